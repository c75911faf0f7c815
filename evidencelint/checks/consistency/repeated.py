"""Rules on one thing told twice: within a document, and across the documents of a run."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Hashable, Iterator

from evidencelint.judgement import Judgement
from evidencelint.matching.decisions import FigureMatch
from evidencelint.model import Finding

_ENOUGH_WORDS = 3


def contradicting_figures(judgement: Judgement) -> Iterator[Finding]:
    """Report the second of two values that a document gives for one thing, where no fact decides."""
    # the first figure of each value, for figures of one unit that stand in clauses of the same words
    told: dict[Hashable, dict[Hashable, FigureMatch]] = defaultdict(dict)
    for match in open_figures(judgement):
        quantity = match.figure.quantity
        before = told[same_thing(match)]
        others = (each for value, each in before.items() if value != quantity.value)
        # "from 120 to 180" tells one thing at two times
        other = next((each for each in others if each.claim.sentence != match.claim.sentence), None)
        before.setdefault(quantity.value, match)
        if other is None:
            continue
        line, _ = judgement.source.position(other.figure.quantity.span.start)
        expected = other.figure.quantity.text
        message = f"says {quantity.text}, line {line} says {expected} of the same thing"
        yield Finding("contradicting-figures", quantity.span, match.claim.span, message, 0.7, expected=expected)


def open_figures(judgement: Judgement) -> Iterator[FigureMatch]:
    """Yield the figures that no fact decides, stated exactly and in words enough to know them again."""
    for match in judgement.figures:
        quantity = match.figure.quantity
        open_one = match.status in {"unsupported", "silent"} and quantity.value and quantity.role not in {"n", "total"}
        if open_one and quantity.bound == "exact" and len(match.figure.local) >= _ENOUGH_WORDS:
            yield match


def same_thing(match: FigureMatch) -> str:
    """Give what two figures share that tell of one thing: unit, what is counted, and the words around them."""
    quantity = match.figure.quantity
    parts = (quantity.full_unit or "", quantity.counted or "", quantity.change, *sorted(match.figure.local))
    return "\n".join(parts)
