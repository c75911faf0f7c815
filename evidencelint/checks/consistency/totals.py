"""Rules on sums and products."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from fractions import Fraction

from evidencelint.checks.consistency.reading import Told, told
from evidencelint.checks.consistency.rounding import Reach, fits, reach, show
from evidencelint.judgement import Judgement
from evidencelint.matching.counted import compare_counted
from evidencelint.model import Finding, Quantity

_TOTAL = re.compile(
    r"\b(?:in total|in all|altogether|total(?:s|ling|ing)?|sum(?:s|med)?|adds? up|making|makes)\b",
    re.IGNORECASE,
)
_COMES_TO = re.compile(
    r"\b(?:comes?\s+to|came\s+to|amounts?\s+to|amounted\s+to|totals?|adds?|makes?|costs?|would\s+cost)\b", re.IGNORECASE
)
_ONE_OF = frozenset(
    {
        "head",
        "person",
        "patient",
        "member",
        "pupil",
        "student",
        "child",
        "household",
        "participant",
        "employee",
        "client",
    }
)
_FEWEST_PARTS = 2
_NEARBY = 250
_REMEMBERED = 8


def sum_mismatch(judgement: Judgement) -> Iterator[Finding]:
    """Report a stated total that is not the sum of the like figures beside or before it."""
    before: list[Quantity] = []
    for sentence in told(judgement):
        counts = [q for q in sentence.figures if q.dimension == "count" and q.value is not None]
        total = _stated_total(sentence, counts)
        parts = [q for q in counts if q is not total and total is not None and _alike(q, total)]
        if total is not None and len(parts) < _FEWEST_PARTS:
            parts = [q for q in before if _alike(q, total) and sentence.span.start - q.span.end < _NEARBY]
        before = [*before, *counts][-_REMEMBERED:]
        if total is None or len(parts) < _FEWEST_PARTS:
            continue
        values = [q.value for q in parts if q.value is not None]
        sums = {sum(values[start:], Fraction(0)) for start in range(len(values) - 1)}
        if total.value in sums or total.value in values:
            continue
        truth = sum(values, Fraction(0))
        shown = " + ".join(q.text for q in parts)
        message = f"{shown} is {show(truth, Fraction(1))}, the text says {total.text}"
        yield Finding("sum-mismatch", total.span, sentence.span, message, 0.85, expected=show(truth, Fraction(1)))


def _alike(first: Quantity, second: Quantity) -> bool:
    return compare_counted(first, second) == "same"


def _stated_total(sentence: Told, counts: Sequence[Quantity]) -> Quantity | None:
    match = _TOTAL.search(sentence.text)
    if match is None or not counts:
        return None
    centre = sentence.span.start + match.start()
    return min(counts, key=lambda q: min(abs(q.span.start - centre), abs(q.span.end - centre)))


def product_mismatch(judgement: Judgement) -> Iterator[Finding]:
    """Report a stated cost that is not the price for one times the number told beside it."""
    for sentence in told(judgement):
        prices = [q for q in sentence.figures if q.dimension == "money" and q.per in _ONE_OF]
        totals = [q for q in sentence.figures if q.dimension == "money" and q.per is None]
        counts = [q for q in sentence.figures if q.dimension == "count" and q.unit is None and q.per is None]
        if (len(prices), len(totals), len(counts)) != (1, 1, 1) or prices[0].unit != totals[0].unit:
            continue
        price, total, count = prices[0], totals[0], counts[0]
        if (
            total.span < price.span
            or _COMES_TO.search(sentence.text) is None
            or len(sentence.figures) != len((price, total, count))
        ):
            continue
        truth = _product(price, count)
        if truth is None or fits(total, truth):
            continue
        shown = show((truth.low + truth.high) / 2, Fraction(1))
        message = f"{price.text} times {count.text} is {shown}, the text says {total.text}"
        yield Finding("product-mismatch", total.span, sentence.span, message, 0.85, expected=shown)


def _product(first: Quantity, second: Quantity) -> Reach | None:
    ours, theirs = reach(first), reach(second)
    return ours * theirs if ours is not None and theirs is not None else None
