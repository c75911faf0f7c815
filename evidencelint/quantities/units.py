"""Exact conversion between units of one dimension."""

from __future__ import annotations

from fractions import Fraction
from functools import lru_cache

from evidencelint.quantities.lexicon import Unit, units


@lru_cache(maxsize=4_096)
def convertible(first: str, second: str) -> bool:
    """Tell whether two units measure one thing in a fixed proportion; currencies never do."""
    ours, theirs = units().get(first), units().get(second)
    if ours is None or theirs is None:
        return first == second
    return first == second or (_kin(ours, theirs) and ours.size is not None and theirs.size is not None)


def kin(first: str, second: str) -> bool:
    """Tell whether two dimensions may be set side by side: emissions are often written as plain mass."""
    return first == second or {first, second} == {"mass", "emission"}


def _kin(first: Unit, second: Unit) -> bool:
    return kin(first.dimension, second.dimension)


def to_base(value: Fraction, unit: str) -> tuple[Fraction, str]:
    """Give a value in the base unit of its dimension, and the dimension; raises ValueError where none is fixed."""
    known = units().get(unit)
    if known is None or known.size is None:
        raise ValueError(f"{unit} has no fixed size")
    return value * known.size, known.dimension


def convert(value: Fraction, source: str, target: str) -> Fraction:
    """Give a value in another unit; raises ValueError where the two do not convert."""
    if source == target:
        return value
    ours, theirs = units().get(source), units().get(target)
    if ours is None or theirs is None or ours.size is None or theirs.size is None or not _kin(ours, theirs):
        raise ValueError(f"{source} does not convert to {target}")
    return value * ours.size / theirs.size


def decimal(value: Fraction | None) -> str | None:
    """Write a value as a decimal string, exact where it ends within six places, else rounded to six."""
    if value is None:
        return None
    rounded = round(value, 6)
    whole, rest = divmod(abs(rounded.numerator), rounded.denominator)
    places = f"{rest * 10**6 // rounded.denominator:06d}".rstrip("0")
    return ("-" if rounded < 0 else "") + (f"{whole}.{places}" if places else str(whole))
