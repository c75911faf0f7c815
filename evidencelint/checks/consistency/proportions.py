"""Proportions told in words of two amounts: "less than half was left", "the course is a tenth of that"."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Hashable, Iterator, Sequence
from fractions import Fraction
from itertools import combinations

from evidencelint.checks.consistency.intent import phrases
from evidencelint.checks.consistency.reading import Told, is_level, told
from evidencelint.checks.consistency.rounding import Reach, fits, reach, show
from evidencelint.judgement import Judgement
from evidencelint.model import Finding, Quantity
from evidencelint.words import stem

_LEFT = re.compile(
    r"\s+(?:(?:of\s+(?:it|that|them|this)\s+)?(?:was|is|were|are)\s+left|remain(?:s|ed))\b", re.IGNORECASE
)
_OF_THAT = re.compile(r"\s+of\s+(?:that|this)\b(?!\s+(?:goes|went|is|was)\b)", re.IGNORECASE)
_SUBJECT = re.compile(
    r"\b(?:the|a|an|this|its|their|our)\s+(?P<noun>[^\W\d_]{3,})\s+(?:is|was|costs?|comes?\s+to|takes?|came\s+to|makes?)\s+"
    r"(?:only\s+|just\s+|even\s+|still\s+|barely\s+)?$",
    re.IGNORECASE,
)
_WHOLE = Fraction(100)
_PAIR = 2
_NEARBY = 250
_AMOUNTS = frozenset({"money", "mass", "volume", "energy", "emission", "area", "length", "duration"})
_Proportion = tuple[Quantity, Quantity, Quantity]


def wrong_proportions(judgement: Judgement) -> Iterator[Finding]:
    """Report a proportion in words that is not the ratio of the two amounts it speaks of."""
    before: Told | None = None
    for sentence in told(judgement):
        near = before if before is not None and sentence.span.start - before.span.end < _NEARBY else None
        before = sentence
        for share, small, large in (*_left(sentence), *_of_that(sentence, near)):
            ours, theirs = reach(small), reach(large)
            truth = ours.over(theirs) if ours is not None and theirs is not None else None
            if truth is None or fits(share, truth.scaled(_WHOLE)):
                continue
            percent = f"{show((truth.low + truth.high) / 2 * _WHOLE, Fraction(1))}%"
            message = f"{small.text} is {percent} of {large.text}, the text says {share.text}"
            yield Finding("ratio-mismatch", share.span, sentence.span, message, 0.8, expected=percent)


def _left(sentence: Told) -> Iterator[_Proportion]:
    """Read "it was 3.5 in May and 2.0 in June, so less than half was left", where just two figures are alike."""
    for share in filter(_is_share, sentence.figures):
        if not _LEFT.match(sentence.after(share, 40)) or not phrases("so").search(sentence.before(share, 20)):
            continue
        alike: dict[Hashable, list[Quantity]] = defaultdict(list)
        for quantity in sentence.figures:
            if quantity.span < share.span and is_level(quantity):
                alike[quantity.unit, quantity.dimension, quantity.counted, quantity.per].append(quantity)
        pairs = [pair for pair in alike.values() if len(pair) == _PAIR and all((q.value or 0) > 0 for q in pair)]
        if len(pairs) == 1 and (pairs[0][0].value or 0) > (pairs[0][1].value or 0):
            yield share, pairs[0][1], pairs[0][0]


def _is_share(quantity: Quantity) -> bool:
    return quantity.unit == "percent" and quantity.value is not None and quantity.change == "level"


def _of_that(sentence: Told, near: Told | None) -> Iterator[_Proportion]:
    """Read "A course costs £900. A year of care costs £3,000: the course is a tenth of that."."""
    for share in filter(_is_share, sentence.figures):
        subject = _SUBJECT.search(sentence.before(share, 60))
        if subject is None or near is None or not _OF_THAT.match(sentence.after(share, 12)):
            continue
        large = [q for q in sentence.figures if q.span < share.span and q.dimension in _AMOUNTS]
        amounts = [q for q in near.figures if q.dimension in _AMOUNTS]
        if len(large) != 1 or len({q.unit for q in (*large, *amounts)}) != 1 or large[0].per is not None:
            continue
        small = _first_after(near, subject["noun"], amounts)
        if small is not None and not _any_fits(share, [*amounts, *large]):
            yield share, small, large[0]


def _first_after(sentence: Told, noun: str, amounts: Sequence[Quantity]) -> Quantity | None:
    """Give the first amount of a sentence that stands behind a noun."""
    wanted = stem(noun.lower())
    for match in re.finditer(r"[^\W\d_]+", sentence.text):
        if stem(match[0].lower()) == wanted:
            return next((q for q in amounts if q.span.start - sentence.span.start >= match.end()), None)
    return None


def _any_fits(share: Quantity, amounts: Sequence[Quantity]) -> bool:
    reaches = [found for amount in amounts if (found := reach(amount)) is not None]
    ratios: list[Reach | None] = []
    for first, second in combinations(reaches, 2):
        ratios += [first.over(second), second.over(first)]
    return any(ratio is not None and fits(share, ratio.scaled(_WHOLE)) for ratio in ratios)
