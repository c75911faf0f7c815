"""The claims of documents for people: what was read, the verdict, and the facts behind it, frame against frame."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator, Sequence

from evidencelint.accounts import FigureReport
from evidencelint.diagnostics import FactRef
from evidencelint.outcome import FileReport
from evidencelint.reported import ClaimReport
from evidencelint.reporters.numbers import account_of, in_words
from evidencelint.reporters.run import Run, clean, slashes


def render(run: Run, *, everything: bool) -> str:
    """Render the claims; ``everything`` adds the sentences that claim nothing."""
    blocks = [block for file in run.files for block in _blocks(file, everything=everything)]
    summary = f"{in_words(run.accounts())}\n" if run.files and not run.quiet else ""
    return "\n".join([*blocks, *filter(None, (summary,))])


def _blocks(file: FileReport, *, everything: bool) -> Iterator[str]:
    figures = file.settled_figures()
    starts = [figure.span.start for figure in figures]
    for claim in file.claims:
        if everything or claim.kind != "none":
            mine = figures[bisect_left(starts, claim.span.start) : bisect_left(starts, claim.span.end)]
            yield "\n".join(_block(claim, mine)) + "\n"


def _block(claim: ClaimReport, figures: Sequence[FigureReport]) -> Iterator[str]:
    verdict = claim.verdict or "no verdict"
    yield f"{slashes(claim.path)}:{claim.line}:{claim.column}: {claim.kind}: {verdict}"
    yield f"   | {clean(' '.join(claim.text.split()))}"
    told: set[str] = set()
    known = {figure.span: figure for figure in figures}
    for quantity in claim.quantities:
        unit = f" {quantity.unit}" if quantity.unit else ""
        figure = known.pop(quantity.span, None)
        became = f": {account_of(figure)}" if figure is not None else ""
        yield f"   = figure: {clean(quantity.text)} ({quantity.role}, {quantity.bound}{unit}){became}"
        if figure is not None and figure.account in {"matched", "derived"}:
            for fact in figure.facts:
                yield from _fact(fact, told)
            yield from (f"       {clean(detail)}" for detail in figure.details if detail not in told)
            told.update(figure.details)
    for figure in known.values():
        yield f"   = figure: {clean(' '.join(figure.text.split()))}: {account_of(figure)}"
    if claim.relation is not None:
        relation = claim.relation
        arrow = f"{clean(relation.cause) or '?'} -> {clean(relation.effect) or '?'}"
        yield f"   = relation: {arrow} ({relation.strength}, {relation.direction})"
    if claim.certainty.hedges:
        yield f"   = hedges: {', '.join(clean(hedge) for hedge in claim.certainty.hedges)}"
    slots = ", ".join(f"{slot} {' '.join(concepts)}" for slot, concepts in claim.slots.items() if concepts)
    if slots:
        yield f"   = slots: {clean(slots)}"
    for ground in claim.grounds:
        yield f"   = words: by `{clean(ground.fact.id)}`"
        yield from _fact(ground.fact, told)
        yield from (f"       {clean(detail)}" for detail in ground.details if detail not in told)
    if claim.facts:
        yield f"   = facts: {clean(', '.join(claim.facts))}"


def _fact(fact: FactRef, told: set[str]) -> Iterator[str]:
    """Show where a fact stands, and its quote, once in a claim."""
    if fact.id not in told:
        told.add(fact.id)
        place = f"{slashes(fact.position.path)}:{fact.position.line}"
        yield f"       fact {clean(fact.id)} ({clean(fact.source)}, {place}): “{clean(fact.quote)}”"
