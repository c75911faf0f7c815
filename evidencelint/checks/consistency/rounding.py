"""What a figure can stand for: every true value that would have been written this way.

All tolerances of family 5xx come from here, and so from the precision the text was written in.
"""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction

from evidencelint.model import Quantity

_TEN, _FIVE = 10, 5
_HALF = Fraction(1, 2)
_WHOLE = Fraction(100)


@dataclass(frozen=True, slots=True)
class Reach:
    """A closed interval of values."""

    low: Fraction
    high: Fraction

    def __neg__(self) -> Reach:
        """Turn the sign of every value."""
        return Reach(-self.high, -self.low)

    def __add__(self, other: Reach) -> Reach:
        """Give every sum of a value of each."""
        return Reach(self.low + other.low, self.high + other.high)

    def __sub__(self, other: Reach) -> Reach:
        """Give every difference of a value of each."""
        return self + -other

    def __mul__(self, other: Reach) -> Reach:
        """Give every product of a value of each."""
        ends = [a * b for a in (self.low, self.high) for b in (other.low, other.high)]
        return Reach(min(ends), max(ends))

    def over(self, other: Reach) -> Reach | None:
        """Give every quotient of a value of each; None where the other can be zero."""
        if other.low <= 0 <= other.high:
            return None
        return self * Reach(1 / other.high, 1 / other.low)

    def scaled(self, factor: Fraction) -> Reach:
        """Multiply every value by a number."""
        return self * Reach(factor, factor)

    def meets(self, other: Reach) -> bool:
        """Tell whether the two share a value."""
        return self.low <= other.high and other.low <= self.high


def exactly(value: Fraction) -> Reach:
    """Give the reach of a value that is known exactly."""
    return Reach(value, value)


def reach(quantity: Quantity) -> Reach | None:
    """Give every value that a figure can stand for; None where it is one-sided ("more than 60%")."""
    half = quantity.step * _HALF
    if quantity.low is not None and quantity.high is not None:
        return Reach(quantity.low - half, quantity.high + half)
    value = quantity.value
    if value is None or quantity.bound not in {"exact", "approximate"}:
        return None
    if quantity.step == 0:
        slack = _word_slack(quantity, value)
    elif quantity.bound == "approximate":
        slack = max(quantity.step, _round_step(value, quantity.step) * _HALF)  # "about" is a rounding, too
    elif quantity.dimension == "count" and quantity.step == 1:
        slack = Fraction(0)  # people are counted, not measured
    else:
        slack = half
    return Reach(value - slack, value + slack)


def _word_slack(quantity: Quantity, value: Fraction) -> Fraction:
    """Give half the way to the next part a writer would have named: "a third" is told from a quarter and a half."""
    if quantity.dimension == "fraction":
        parts = (value / _WHOLE).denominator
        slack = _WHOLE / (2 * parts * (parts + 1))
        return 2 * slack if quantity.bound == "approximate" else slack
    if quantity.dimension == "ratio":
        return _HALF if value >= 1 else value / 3
    return value / _TEN


def _round_step(value: Fraction, step: Fraction) -> Fraction:
    """Give the size of the last digit that "about" leaves standing: 100 for "about 1,600", 5 for "about 45"."""
    if value == 0:
        return step
    digits = abs(value / step)
    while digits.denominator == 1 and digits % _TEN == 0 and step * _TEN * 2 <= abs(value):
        digits, step = digits / _TEN, step * _TEN
    if digits.denominator == 1 and digits % _FIVE == 0 and step * _FIVE * 2 <= abs(value):
        step *= _FIVE
    return step


def fits(stated: Quantity, truth: Reach) -> bool:
    """Tell whether a figure can be what was recomputed, its own bound and rounding respected."""
    own = reach(stated)
    if own is not None:
        return own.meets(truth)
    if stated.value is None:
        return True
    if stated.bound in {"more", "at_least"}:
        return truth.high >= stated.value
    return truth.low <= stated.value


def show(value: Fraction, step: Fraction) -> str:
    """Write a recomputed value with as many places as the figure it is set against."""
    places = 0 if step >= 1 or step == 0 else len(str(step.denominator)) - 1
    return f"{float(value):,.{places}f}"
