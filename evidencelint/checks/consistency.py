"""Rules of family 5xx: the document against its own arithmetic."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Hashable, Iterator, Sequence
from fractions import Fraction
from itertools import groupby

from evidencelint.frames import Figure
from evidencelint.judgement import Judgement
from evidencelint.matching.counted import compare_counted
from evidencelint.matching.decisions import FigureMatch
from evidencelint.model import Finding, Quantity, Span

_GAP = re.compile(
    r"[Δ∆]|\b(?:difference|gap|margin|advantage|apart|lead|spread)\b"
    r"|\bpoints?\s+(?:more|higher|lower|fewer|less|ahead|better)\b",
    re.IGNORECASE,
)
_TOTAL = re.compile(
    r"\b(?:in total|in all|altogether|total(?:s|ling|ing)?|sum(?:s|med)?|adds? up|making|makes)\b",
    re.IGNORECASE,
)
_FEWEST_PARTS = 2
_ENOUGH_WORDS = 3
_NEARBY = 250
_REMEMBERED = 8


def _by_sentence(judgement: Judgement) -> Iterator[tuple[Span, str, list[Figure]]]:
    for sentence, claims in groupby(judgement.claims, key=lambda claim: claim.sentence):
        figures = [figure for claim in claims for figure in claim.figures]
        if figures:
            yield sentence, judgement.source.text[sentence.start : sentence.end], figures


def percent_mismatch(judgement: Judgement) -> Iterator[Finding]:
    """Report a percentage that is not the count over the total beside it."""
    for sentence, _, figures in _by_sentence(judgement):
        quantities = [figure.quantity for figure in figures]
        for count, total, percent in zip(quantities, quantities[1:], quantities[2:], strict=False):
            if (count.role, total.role, percent.unit) != ("n", "total", "percent"):
                continue
            if count.value is None or not total.value or percent.value is None:
                continue
            share = 100 * count.value / total.value
            slack = percent.step / 2 if percent.bound == "exact" else max(percent.step, Fraction(5))
            if abs(share - percent.value) > slack:
                truth = f"{_show(share, percent.step)}%"
                message = f"{count.text} of {total.text} is {truth}, the text says {percent.text}"
                yield Finding(
                    "percent-mismatch",
                    percent.span,
                    sentence,
                    message,
                    0.97,
                    expected=truth,
                )


def difference_mismatch(judgement: Judgement) -> Iterator[Finding]:
    """Report a stated difference that is not the difference of the two figures beside it."""
    before: list[Quantity] = []
    for sentence, text, figures in _by_sentence(judgement):
        beside = [f.quantity for f in figures if f.quantity.unit == "percent" and f.quantity.value is not None]
        levels = beside or [q for q in before if sentence.start - q.span.end < _NEARBY]
        before = beside
        gaps = [f.quantity for f in figures if f.quantity.dimension == "points" and f.quantity.value is not None]
        if len(levels) != _FEWEST_PARTS or len(gaps) != 1 or not _GAP.search(text):
            continue
        first, second, gap = levels[0].value, levels[1].value, gaps[0].value
        if first is None or second is None or gap is None:
            continue
        if any(level.bound != "exact" or level.step == 0 for level in levels):
            continue  # rounded words say too little to subtract
        truth = abs(first - second)
        slack = (levels[0].step + levels[1].step + gaps[0].step) / 2 if gaps[0].bound == "exact" else Fraction(5)
        if abs(truth - gap) >= max(slack, Fraction(1)) and gaps[0].bound in {"exact", "approximate"}:
            points = f"{_show(truth, Fraction(1, 10))} points"
            message = f"{levels[0].text} and {levels[1].text} are {points} apart, the text says {gaps[0].text}"
            yield Finding(
                "difference-mismatch",
                gaps[0].span,
                sentence,
                message,
                0.95,
                expected=points,
            )


def sum_mismatch(judgement: Judgement) -> Iterator[Finding]:
    """Report a stated total that is not the sum of the like figures beside or before it."""
    before: list[Quantity] = []
    for sentence, text, figures in _by_sentence(judgement):
        counts = [f.quantity for f in figures if f.quantity.dimension == "count" and f.quantity.value is not None]
        total = _stated_total(text, sentence, counts)
        parts = [q for q in counts if q is not total and total is not None and _alike(q, total)]
        if total is not None and len(parts) < _FEWEST_PARTS:
            parts = [q for q in before if _alike(q, total) and sentence.start - q.span.end < _NEARBY]
        before = [*before, *counts][-_REMEMBERED:]
        if total is None or len(parts) < _FEWEST_PARTS:
            continue
        values = [q.value for q in parts if q.value is not None]
        sums = {sum(values[start:], Fraction(0)) for start in range(len(values) - 1)}
        if total.value in sums or total.value in values:
            continue
        truth = sum(values, Fraction(0))
        shown = " + ".join(q.text for q in parts)
        message = f"{shown} is {_show(truth, Fraction(1))}, the text says {total.text}"
        yield Finding("sum-mismatch", total.span, sentence, message, 0.85, expected=_show(truth, Fraction(1)))


def _alike(first: Quantity, second: Quantity) -> bool:
    return compare_counted(first, second) == "same"


def _stated_total(text: str, sentence: Span, counts: Sequence[Quantity]) -> Quantity | None:
    match = _TOTAL.search(text)
    if match is None or not counts:
        return None
    centre = sentence.start + match.start()
    return min(counts, key=lambda q: min(abs(q.span.start - centre), abs(q.span.end - centre)))


def contradicting_figures(judgement: Judgement) -> Iterator[Finding]:
    """Report the second of two values that a document gives for one thing, where no fact decides."""
    open_ones = [
        match
        for match in judgement.figures
        if match.status in {"unsupported", "silent"}
        and match.figure.quantity.value
        and match.figure.quantity.role not in {"n", "total"}
    ]
    # the first figure of each value, for figures of one unit that stand in clauses of the same words
    told: dict[Hashable, list[FigureMatch]] = defaultdict(list)
    for match in open_ones:
        quantity = match.figure.quantity
        if quantity.bound != "exact" or len(match.figure.local) < _ENOUGH_WORDS:
            continue
        before = told[quantity.unit, quantity.counted, quantity.change, match.figure.local]
        other = next((each for each in before if each.figure.quantity.value != quantity.value), None)
        if all(each.figure.quantity.value != quantity.value for each in before):
            before.append(match)
        if other is None:
            continue
        line, _ = judgement.source.position(other.figure.quantity.span.start)
        expected = other.figure.quantity.text
        message = f"says {quantity.text}, line {line} says {expected} of the same thing"
        yield Finding("contradicting-figures", quantity.span, match.claim.span, message, 0.7, expected=expected)


def _show(value: Fraction, step: Fraction) -> str:
    places = 0 if step >= 1 else len(str(step.denominator)) - 1
    return f"{float(value):.{places}f}"
