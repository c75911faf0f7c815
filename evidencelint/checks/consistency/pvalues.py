"""Rules on p values: against their statistic, and against the interval beside them."""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction

from evidencelint.checks.consistency.reading import Told, intervals, told
from evidencelint.checks.consistency.tests_reported import (
    Reported,
    changes_decision,
    is_consistent,
    recomputed,
    reported_tests,
)
from evidencelint.judgement import Judgement
from evidencelint.model import Finding, Quantity

_ONE = Fraction(1)
_HALF = Fraction(1, 2)
_WHOLE = Fraction(100)
_USUAL = Fraction(95)
_FAR = 60


def p_value_mismatch(judgement: Judgement) -> Iterator[Finding]:
    """Report a p value that its own test statistic and degrees of freedom do not give, or one above 1."""
    for sentence in told(judgement):
        for test in reported_tests(sentence.text):
            finding = _against_statistic(sentence, test)
            if finding is not None:
                yield finding
        for quantity in sentence.figures:
            if quantity.role == "p" and quantity.value is not None and quantity.value > 1:
                message = f"gives a p value of {quantity.text}; no probability is above 1"
                yield Finding("p-value-mismatch", quantity.span, sentence.span, message, 0.95)


def _against_statistic(sentence: Told, test: Reported) -> Finding | None:
    found = recomputed(test)
    if found is None:
        return None
    p, low, high = found
    if is_consistent(test, low, high):
        return None
    if test.one_sided and test.kind in {"t", "r", "z"} and is_consistent(test, low / 2, high / 2):
        return None
    written = sentence.text[test.p_start : test.p_end].strip()
    tested = sentence.text[test.start : test.p_start].strip(" ,;(")
    truth = _show(p)
    turned = "; that changes whether it is below .05" if changes_decision(test, p) else ""
    message = f"{' '.join(tested.split())} gives {truth}, the text says {' '.join(written.split())}{turned}"
    span = sentence.part(test.p_start, test.p_end)
    return Finding("p-value-mismatch", span, sentence.span, message, 0.95, expected=truth)


def _show(p: float) -> str:
    return "p < .001" if p < 0.001 else "p = " + f"{p:.3f}".removeprefix("0")  # noqa: PLR2004 - APA's last place


def p_value_against_interval(judgement: Judgement) -> Iterator[Finding]:
    """Report a p value below 0.05 beside a 95% interval that holds "no effect", and the other way round."""
    for sentence in told(judgement):
        for interval in intervals(sentence):
            p = p_after(sentence, interval.limits)
            null = _ONE if interval.ratio else Fraction(0) if interval.difference else None
            if p is None or null is None:
                continue
            holds = _holds(interval.limits, null)
            alpha = 1 - (interval.level or _USUAL) / _WHOLE
            significant = _is_below(p, alpha)
            if holds is None or significant is None or holds != significant:
                continue
            side = "holds" if holds else "leaves out"
            message = f"the interval {interval.limits.text} {side} {null}, which does not go with p {p.text}"
            yield Finding("p-value-against-interval", p.span, sentence.span, message, 0.85)


def p_after(sentence: Told, limits: Quantity) -> Quantity | None:
    """Give the first p value after an interval, if no other estimate stands between."""
    for quantity in sentence.figures:
        if quantity.span.start < limits.span.end:
            continue
        near = quantity.span.start - limits.span.end <= _FAR
        return (
            quantity if quantity.role == "p" and near and ";" not in sentence.between(limits, quantity)[:-8] else None
        )
    return None


def _holds(limits: Quantity, null: Fraction) -> bool | None:
    """Tell whether an interval holds a value; None where rounding leaves that open."""
    if limits.low is None or limits.high is None:
        return None
    half = limits.step * _HALF
    if limits.low + half < null < limits.high - half:
        return True
    return False if null < limits.low - half or null > limits.high + half else None


def _is_below(p: Quantity, alpha: Fraction) -> bool | None:
    if p.value is None:
        return None
    half = p.step * _HALF
    if p.bound in {"less", "at_most"}:
        return True if p.value <= alpha else None
    if p.bound in {"more", "at_least"}:
        return False if p.value >= alpha else None
    if p.value + half < alpha:
        return True
    return False if p.value - half > alpha else None
