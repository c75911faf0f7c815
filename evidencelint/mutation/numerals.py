"""Other numbers in the writing of one: digits stay digits, words stay words, and so do places and separators."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterator
from decimal import ROUND_HALF_EVEN, Decimal
from fractions import Fraction
from itertools import pairwise
from typing import TypeVar

from evidencelint.mutation.lexicon import fault_words
from evidencelint.quantities.lexicon import number_words

T = TypeVar("T")

_DIGITS = re.compile(r"\d[\d,]*(?:\.\d+)?")
_GROUPED = re.compile(r"\d{1,3}(?:,\d{3})+")
_FACTORS = (
    Fraction(13, 10),
    Fraction(7, 10),
    Fraction(2),
    Fraction(1, 2),
    Fraction(8, 5),
    Fraction(3, 10),
    Fraction(3),
)
_SMALL = 12
_THOUSAND = 1000


def digest(*parts: object) -> int:
    """Give a number that depends on the parts alone, the same on every machine."""
    return int.from_bytes(hashlib.sha256("\x1f".join(map(str, parts)).encode()).digest()[:8], "big")


def other_numbers(written: str, seed: int) -> Iterator[str]:
    """Yield other values in the writing of a number ("67", "8.4", "1,600", "two", "a third"), in an order by seed."""
    lowered = written.lower()
    words = fault_words()
    if lowered in words.factors:
        yield words.factors[lowered]
        return
    if lowered in {*words.shares, "a half", "two thirds", "three quarters"}:
        yield from (share for share in _turned(words.shares, seed) if share != lowered)
        return
    spelled = {word: int(value) for word, value in number_words().cardinals.items()}
    if lowered in spelled:
        yield from _other_words(spelled, spelled[lowered], seed)
        return
    found = list(_DIGITS.finditer(written))
    if found:
        last = found[-1]
        for other in _other_digits(last[0], seed):
            yield written[: last.start()] + other + written[last.end() :]


def _other_words(spelled: dict[str, int], value: int, seed: int) -> Iterator[str]:
    others = [word for word, number in spelled.items() if number not in {0, 1, value} and number <= 3 * value + 2]
    near = [word for word in others if spelled[word] <= _SMALL] or others
    if value > 1:
        yield from _turned(tuple(near), seed)


def _other_digits(digits: str, seed: int) -> Iterator[str]:
    plain = digits.replace(",", "")
    number = Decimal(plain)
    places = -int(number.as_tuple().exponent)
    proposals = [_transposed(plain), *(_scaled(plain, factor) for factor in _turned(_FACTORS, seed))]
    if places == 0 and 1 < number <= _SMALL:
        proposals += [str(number + step) for step in (2, 3, -1, 1)]
    seen = {number}
    for proposal in proposals:
        value = Decimal(proposal) if proposal else number
        if value in seen or value <= (1 if places == 0 else 0):
            continue
        seen.add(value)
        yield grouped(proposal) if _GROUPED.match(digits) and value >= _THOUSAND else proposal


def _transposed(digits: str) -> str:
    """Exchange the first two digits that differ ("67", "76"; "8.4", "4.8")."""
    places = [index for index, char in enumerate(digits) if char.isdigit()]
    for first, second in pairwise(places):
        if digits[first] != digits[second] and (digits[second] != "0" or first):
            swapped = list(digits)
            swapped[first], swapped[second] = swapped[second], swapped[first]
            return "".join(swapped)
    return ""


def _scaled(digits: str, factor: Fraction) -> str:
    """Multiply a number and write it with as many decimal places, and as many trailing zeros."""
    zeros = len(digits) - len(digits.rstrip("0")) if "." not in digits else 0
    zeros = min(zeros, max(0, len(digits) - 2))
    places = len(digits.partition(".")[2])
    step = Decimal(10) ** (zeros or -places)
    value = Decimal(digits) * factor.numerator / factor.denominator
    return f"{(value / step).quantize(Decimal(1), ROUND_HALF_EVEN) * step:f}"


def grouped(digits: str) -> str:
    """Write a whole number with separators of thousands."""
    whole, point, rest = digits.partition(".")
    return f"{int(whole):,}{point}{rest}"


def _turned(options: tuple[T, ...], seed: int) -> list[T]:
    start = seed % len(options) if options else 0
    return [*options[start:], *options[:start]]
