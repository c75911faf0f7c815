"""What the linter took a fault for that it said nothing of: the first thing that whoever improves it asks."""

from __future__ import annotations

from collections.abc import Sequence

from evidencelint.diagnostics import Diagnostic, Span
from evidencelint.judgement import Judgement
from evidencelint.matching.decisions import CARRIED, FigureMatch
from evidencelint.mutation.types import Variant


def reading_of(judgement: Judgement, diagnostics: Sequence[Diagnostic], place: Span, variant: Variant) -> str:
    """Say in a few words how a sentence with a fault was read; ``place`` is where it is now."""
    notes = [d for d in diagnostics if d.severity == "info" and d.span.overlaps(place)]
    if notes:
        return f"noted as {notes[0].name} ({notes[0].confidence}), not warned of"
    first = variant.edits[0]
    piece = Span(first.span.start, first.span.start + max(1, len(first.text)))
    figures = [m for m in judgement.figures if place.contains(m.figure.quantity.span)]
    touched = [m for m in figures if m.figure.quantity.span.overlaps(piece)]
    for match in touched:
        return _of_figure(match)
    for statement in judgement.statements:
        if statement.claim.span.overlaps(piece) and statement.fault is None and statement.best is not None:
            return f"taken as carried by `{statement.best.fact.id}`"
    for match in figures:
        return _of_figure(match)
    if all(c.kind == "none" for c in judgement.claims if c.span.overlaps(piece)):
        return "not read as a claim"
    return "no fact near enough"


def _of_figure(match: FigureMatch) -> str:
    quantity, best = match.figure.quantity, match.best
    told = f"“{quantity.text}”"
    if match.status in CARRIED and best is not None:
        return f"{told} taken as carried by `{best.fact.fact.id}` ({best.agreement})"
    if match.status == "derived":
        return f"{told} taken as derived: {match.derivation}"
    if match.others:
        nearest = match.others[0]
        return f"{told} left alone; nearest `{nearest.fact.fact.id}` ({nearest.similarity:.2f})"
    return f"{told} left alone; no fact near"
