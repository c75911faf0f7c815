"""One step of arithmetic between two figures of a text, made exact only where its result could be that looked for."""

from __future__ import annotations

import math
import operator
import sys
from collections.abc import Callable, Iterator
from fractions import Fraction

from evidencelint.model import Quantity

TOO_SMALL = 12
_FAR, _SLACK = 2.5, 5.0
_Exact = Callable[[Fraction, Fraction], Fraction]


def reachable(quantity: Quantity) -> tuple[float, float]:
    """Give bounds far outside of what is let pass for a figure, so that most sums need not be exact."""
    value = rough(quantity.value or Fraction(0))
    if value <= 0:
        return -math.inf, math.inf
    slack = _SLACK + rough(quantity.step)
    return value / _FAR - slack, value * _FAR + slack


def steps(
    first: Quantity, second: Quantity, about: tuple[float, float], wanted: Quantity, within: tuple[float, float]
) -> Iterator[tuple[str, Fraction, str | None]]:
    """Yield what two quantities, ``about`` so large, can make that is of a figure's dimension: sign, value, unit.

    Results in the figure's unit that are far from it, outside of what is ``reachable``, are left out.
    """
    a, b = first.value, second.value
    if not a or not b:
        return
    low, high = within
    for sign, like, size, exact in _ways(first, second, *about):
        dimension, unit = (like, wanted.unit) if isinstance(like, str) else (like.dimension, like.unit)
        near = unit != wanted.unit or size <= 0 or low <= size <= high
        if dimension == wanted.dimension and near:
            yield sign, exact(a, b), unit


def _ways(first: Quantity, second: Quantity, a: float, b: float) -> Iterator[tuple[str, Quantity | str, float, _Exact]]:
    """Yield the steps that two quantities allow: sign, what the result is like, about what it is, the exact step."""
    if first.unit == second.unit:
        if min(a, b) > 1:
            yield "+", first, a + b, operator.add
            yield "-", first, abs(a - b), _apart
        if first.value != second.value and max(a, b) > TOO_SMALL:
            yield "/", "fraction", 100 * min(a, b) / max(a, b), _percent
        yield "/", "ratio", max(a, b) / min(a, b), _ratio
        if first.dimension == "fraction":
            yield "-", "points", abs(a - b), _apart
    if first.dimension == "count" and second.dimension != "fraction":
        yield "x", second, a * b, operator.mul
        yield "/", second, b / a, _turned
    if second.dimension == "count" and first.dimension != "fraction":
        yield "x", first, a * b, operator.mul
        yield "/", first, a / b, operator.truediv
    if "fraction" in {first.dimension, second.dimension}:
        other = second if first.dimension == "fraction" else first
        if other.dimension not in {"fraction", "points"}:
            yield "% of", other, a * b / 100, _share


def rough(value: Fraction) -> float:
    """Give a value as a float, never nought where it is something."""
    try:
        # what is too small for a float is still not nothing
        return float(value) or math.copysign(sys.float_info.min, value)
    except OverflowError:
        return math.inf


def _apart(a: Fraction, b: Fraction) -> Fraction:
    return abs(a - b)


def _percent(a: Fraction, b: Fraction) -> Fraction:
    return 100 * min(a, b) / max(a, b)


def _ratio(a: Fraction, b: Fraction) -> Fraction:
    return max(a, b) / min(a, b)


def _turned(a: Fraction, b: Fraction) -> Fraction:
    return b / a


def _share(a: Fraction, b: Fraction) -> Fraction:
    return a * b / 100
