"""Rules on one thing told twice: within a document, and across the documents of a run."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Hashable, Iterator

from evidencelint.checks.consistency.intent import is_a_slip, phrases
from evidencelint.checks.consistency.reading import Told, told
from evidencelint.checks.consistency.rounding import reach
from evidencelint.judgement import Judgement
from evidencelint.lexicon import stop_stems
from evidencelint.matching.decisions import FigureMatch
from evidencelint.model import Finding, Quantity
from evidencelint.words import stems

_ENOUGH_WORDS = 3
_SHARED = 0.8
_FEW_WORDS = re.compile(r"(?:\s+[^\W\d_]+){0,3}[\s,(]*")
_PLACE = re.compile(r"\s+(?:section\s+|chapter\s+|part\s+|§\s*)?(?P<name>[A-Z]?\d+(?:\.\d+)*)")


def contradicting_figures(judgement: Judgement) -> Iterator[Finding]:
    """Report the second of two values that a document gives for one thing, where no fact decides."""
    yield from _told_again(judgement)
    # the first figure of each value, for figures of one unit that stand in clauses of the same words
    known: dict[Hashable, dict[Hashable, FigureMatch]] = defaultdict(dict)
    for match in open_figures(judgement):
        quantity = match.figure.quantity
        before = known[same_thing(match)]
        others = (each for value, each in before.items() if value != quantity.value)
        # "from 120 to 180" tells one thing at two times
        apart = (each for each in others if each.claim.sentence != match.claim.sentence)
        other = next((each for each in apart if _say_the_same(each.claim.text, match.claim.text)), None)
        before.setdefault(quantity.value, match)
        if other is None:
            continue
        line, _ = judgement.source.position(other.figure.quantity.span.start)
        expected = other.figure.quantity.text
        message = f"says {quantity.text}, line {line} says {expected} of the same thing"
        yield Finding("contradicting-figures", quantity.span, match.claim.span, message, 0.7, expected=expected)


def _say_the_same(first: str, second: str) -> bool:
    """Tell whether the clauses around two figures have the same words; of a second trial others are told."""
    ours, theirs = (frozenset(s for s in stems(text) if s.isalpha()) - stop_stems() for text in (first, second))
    return len(ours & theirs) >= _SHARED * min(len(ours), len(theirs))


def _told_again(judgement: Judgement) -> Iterator[Finding]:
    """Report "£181, as I wrote above" where the text has no such figure above, but one that differs by a slip."""
    before: list[Quantity] = []
    for sentence in told(judgement):
        for quantity in sentence.figures:
            if not _is_told_above(judgement, sentence, quantity):
                continue
            like = [q for q in before if q.unit == quantity.unit]
            near = [q for q in like if _is_slip_of(quantity, q)]
            if not near or any(_may_be_same(quantity, q) for q in like):
                continue
            other = near[-1]
            line, _ = judgement.source.position(other.span.start)
            message = f"says {quantity.text} again, line {line} says {other.text}"
            yield Finding("contradicting-figures", quantity.span, sentence.span, message, 0.8, expected=other.text)
        before += sentence.figures


def _is_told_above(judgement: Judgement, sentence: Told, quantity: Quantity) -> bool:
    """Tell whether the words right behind a measured figure refer to an earlier place of the text."""
    if quantity.unit is None or quantity.value is None or quantity.bound not in {"exact", "approximate"}:
        return False
    after = sentence.after(quantity, 80)
    led = _FEW_WORDS.match(after)
    if led is None:
        return False
    for end in range(led.end(), -1, -1):
        if phrases("told_above").match(after, end):
            return True
        named = phrases("told_in").match(after, end)
        place = _PLACE.match(after, named.end()) if named is not None else None
        if place is not None:
            headings = {heading for passage in judgement.document.passages for heading in passage.headings}
            return any(place["name"] in {word.rstrip(".:") for word in heading.split()} for heading in headings)
    return False


def _may_be_same(quantity: Quantity, other: Quantity) -> bool:
    ours, theirs = reach(quantity), reach(other)
    return quantity.value == other.value if ours is None or theirs is None else ours.meets(theirs)


def _is_slip_of(quantity: Quantity, other: Quantity) -> bool:
    theirs = reach(other)
    if theirs is None or quantity.value is None or other.value is None:
        return False
    exchanged = sorted(str(quantity.value)) == sorted(str(other.value))
    return exchanged or is_a_slip(quantity, theirs)


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
