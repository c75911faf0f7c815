"""The rule on one thing told in two units, "42.2 km (26.2 miles)", and in two currencies."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from fractions import Fraction

from evidencelint.checks.consistency.reading import Told, told
from evidencelint.checks.consistency.rounding import Reach, reach, show
from evidencelint.judgement import Judgement
from evidencelint.model import Finding, Quantity
from evidencelint.quantities import convert, convertible
from evidencelint.quantities.lexicon import units

_BRACKET = re.compile(
    r"\s*[(\[]\s*(?:or\s+|i\.e\.,?\s+|that\s+is,?\s+|equal\s+to\s+|equivalent\s+to\s+|=\s*)?", re.IGNORECASE
)
_OR = re.compile(r"\s*(?:,\s*)?(?:or|that\s+is,?|i\.e\.,?|=)\s*", re.IGNORECASE)
_TERM = re.compile(r"[+×*÷/−]\s*$")  # what equals the second is more than the first
_CLOSED = re.compile(r"\s*[)\],;]")
_FREEZING, _FIFTHS = Fraction(32), Fraction(9, 5)
_MONEY = "money"


@dataclass(frozen=True, slots=True)
class _Rate:
    """What one unit of a currency is worth in another, as one pair of figures says."""

    rate: Reach
    first: Quantity
    second: Quantity
    line: int


def conversion_mismatch(judgement: Judgement) -> Iterator[Finding]:
    """Report a figure that is not the one before it in another unit, or at another rate of exchange."""
    rates: dict[tuple[str, str], _Rate] = {}
    for sentence in told(judgement):
        for first, second in pairs(sentence):
            if first.dimension == second.dimension == _MONEY:
                line, _ = judgement.source.position(first.span.start)
                yield from _exchange(sentence, first, second, rates, line)
            else:
                yield from _converted(sentence, first, second)


def pairs(sentence: Told) -> Iterator[tuple[Quantity, Quantity]]:
    """Yield a figure and the one that follows it in brackets or after "or", in another unit of its kind."""
    for first, second in zip(sentence.figures, sentence.figures[1:], strict=False):
        between = sentence.between(first, second)
        bracketed = _BRACKET.fullmatch(between) is not None and _CLOSED.match(sentence.after(second, 3)) is not None
        if (
            _TERM.search(sentence.before(first, 3))
            or not (bracketed or _OR.fullmatch(between))
            or None in {first.unit, second.unit}
            or first.unit == second.unit
        ):
            continue
        if first.role not in {"bound", "p", "statistic"} and second.role not in {"bound", "p", "statistic"}:
            yield first, second


def _converted(sentence: Told, first: Quantity, second: Quantity) -> Iterator[Finding]:
    # what is converted is rounded, too: 180 kcal, or 750 kJ
    ours, theirs = reach(first), reach(replace(second, bound="approximate") if second.bound == "exact" else second)
    if ours is None or theirs is None or first.unit is None or second.unit is None or first.per != second.per:
        return
    found = _in_unit(ours, first.unit, second.unit)
    if not found or any(each.meets(theirs) for each in found):
        return
    middle = (found[0].low + found[0].high) / 2
    truth = _like(second, show(middle, _fine(second)))
    message = f"{first.text} is {truth}, the text says {second.text}"
    yield Finding("conversion-mismatch", second.span, sentence.span, message, 0.9, expected=truth)


def _like(quantity: Quantity, value: str) -> str:
    """Write another value the way a figure is written, with its own unit."""
    if quantity.number is None:
        return value
    start, end = quantity.number.start - quantity.span.start, quantity.number.end - quantity.span.start
    return f"{quantity.text[:start]}{value}{quantity.text[end:]}".strip()


def _fine(quantity: Quantity) -> Fraction:
    return quantity.step if quantity.step < 1 else Fraction(1)


def _in_unit(ours: Reach, source: str, target: str) -> list[Reach]:
    """Give a reach in another unit, in each way it can be meant; empty where the two do not convert."""
    warmth = {"degree Celsius", "degree Fahrenheit"}
    if {source, target} == warmth:
        up = source == "degree Celsius"
        change = ours.scaled(_FIFTHS if up else 1 / _FIFTHS)
        cold = Reach(_FREEZING, _FREEZING)
        level = change + cold if up else (ours - cold).scaled(1 / _FIFTHS)
        return [level, change]
    sized = units().get(source), units().get(target)
    if (
        sized[0] is None
        or sized[1] is None
        or not convertible(source, target)
        or sized[0].dimension != sized[1].dimension
    ):
        return []
    if sized[0].dimension in {"fraction", "points"}:
        return []
    return [Reach(convert(ours.low, source, target), convert(ours.high, source, target))]


def _exchange(
    sentence: Told, first: Quantity, second: Quantity, rates: dict[tuple[str, str], _Rate], line: int
) -> Iterator[Finding]:
    """Hold each pair of currencies against the rate that the document used before."""
    if first.unit is None or second.unit is None or _sized(first) or _sized(second):
        return
    ours, theirs = reach(first), reach(second)
    swap = first.unit > second.unit
    if swap:
        ours, theirs = theirs, ours
    rate = theirs.over(ours) if ours is not None and theirs is not None and ours.low > 0 else None
    if rate is None or rate.low <= 0:
        return
    key = (min(first.unit, second.unit), max(first.unit, second.unit))
    known = rates.setdefault(key, _Rate(rate, first, second, line))
    if known.first is first or known.rate.meets(rate):
        return
    message = (
        f"{first.text} for {second.text} is another rate of exchange than {known.first.text} for {known.second.text}"
        f" in line {known.line}"
    )
    yield Finding("conversion-mismatch", second.span, sentence.span, message, 0.6)


def _sized(quantity: Quantity) -> bool:
    """Tell pence and pounds, which convert for good."""
    return quantity.dimension != _MONEY
