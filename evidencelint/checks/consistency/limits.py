"""Rules on intervals: the estimate lies inside, and in the middle where it has to."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from fractions import Fraction

from evidencelint.checks.consistency.reading import Interval, intervals, told
from evidencelint.judgement import Judgement
from evidencelint.model import Finding

_NO_ESTIMATES = frozenset({"bound", "p", "statistic"})
_ONE = Fraction(1)
_HALF = Fraction(1, 2)
_WHOLE = Fraction(100)


def estimate_outside_interval(judgement: Judgement) -> Iterator[Finding]:
    """Report an estimate that lies outside the interval given for it."""
    for sentence in told(judgement):
        for interval in intervals(sentence):
            estimate, limits = interval.estimate, interval.limits
            # "seven were treated for 12 months (5 to 9)": the interval may be that of an earlier figure
            earlier = [q for q in sentence.figures if q.span <= estimate.span and q.role not in _NO_ESTIMATES]
            if any(_is_inside(replace(interval, estimate=each)) for each in earlier if each.value is not None):
                continue
            message = f"{estimate.text} lies outside its own interval, {limits.text}"
            yield Finding("estimate-outside-interval", estimate.span, sentence.span, message, 0.9)


def _is_inside(interval: Interval) -> bool:
    estimate, limits = interval.estimate, interval.limits
    if (
        estimate.value is None
        or limits.low is None
        or limits.high is None
        or estimate.bound not in {"exact", "approximate"}
    ):
        return True
    half = (estimate.step + limits.step) * _HALF
    value = estimate.value
    # "fell by 3.2 (−4.1 to −2.3)", and "a 28% lower risk (0.61 to 0.85)"
    readings = [value, -value]
    if estimate.unit == "percent":
        readings += [_ONE - value / _WHOLE, _ONE + value / _WHOLE, value / _WHOLE]
    return any(limits.low - half <= reading <= limits.high + half for reading in readings)


def lopsided_interval(judgement: Judgement) -> Iterator[Finding]:
    """Note an interval that is not symmetric where it has to be: ratios in logarithms, differences as they are."""
    for sentence in told(judgement):
        for interval in intervals(sentence):
            estimate, limits = interval.estimate, interval.limits
            if estimate.value is None or limits.low is None or limits.high is None or not _is_inside(interval):
                continue
            if estimate.bound != "exact" or limits.low >= limits.high:
                continue
            scale = _lopsided(interval)
            if scale is None:
                continue
            message = f"{limits.text} is not symmetric around {estimate.text}{scale}"
            yield Finding("lopsided-interval", limits.span, sentence.span, message, 0.6)


def _lopsided(interval: Interval) -> str | None:
    """Say on which scale an interval is lopsided; None where rounding may explain it, or it need not be symmetric."""
    estimate, limits = interval.estimate, interval.limits
    value, low, high = estimate.value, limits.low, limits.high
    if value is None or low is None or high is None:
        return None
    half, own = limits.step * _HALF, estimate.step * _HALF
    if interval.ratio and low - half > 0 and value - own > 0:
        least, most = (low - half) * (high - half), (low + half) * (high + half)
        return None if least <= (value + own) ** 2 and (value - own) ** 2 <= most else " in logarithms"
    if interval.difference and estimate.dimension != "effect":
        if value < low or value > high:
            value = -value
        return None if abs(low + high - 2 * value) <= 2 * half + 2 * own else ""
    return None
