"""Figures that follow from facts: complements, differences, ratios and sums, each shown as a derivation."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from fractions import Fraction
from itertools import combinations, pairwise

from evidencelint.frames import Claim, Figure
from evidencelint.matching.counted import compare_counted
from evidencelint.matching.index import FactFigure
from evidencelint.matching.values import compare
from evidencelint.model import Quantity

_WHOLE = Fraction(100)
_RATIO_SLACK = Fraction(1, 10)
_MOST_PARTS = 4
_TOO_SMALL = 12
_WINDOW = 8
_PERCENT = re.compile(r"%|per\s?-?cent", re.IGNORECASE)
_NO_SUM = frozenset({"p", "bound", "statistic"})


@dataclass(frozen=True, slots=True)
class Derivation:
    """A figure shown to follow: the sum as written, and the fact whose figures it uses (None for several).

    ``complement`` tells that it is what a share leaves of the whole.
    """

    text: str
    fact: str | None
    complement: bool = False


def derive(claim: Claim, figure: Figure, facts: Sequence[FactFigure], told: Sequence[FactFigure]) -> Derivation | None:
    """Show how a figure follows from one fact, from figures of one fact, or from those the text has just told.

    None where it does not follow.
    """
    quantity = figure.quantity
    for fact in facts[:12]:
        if (rest := _complement(claim, figure, fact)) is not None:
            return Derivation(rest, fact.fact.id, complement=True)
        found = _width(quantity, fact.figure.quantity) or _excess(quantity, fact.figure.quantity)
        if found is not None:
            return Derivation(found, fact.fact.id)
    by_fact: dict[str | None, list[FactFigure]] = {}
    for fact in facts[:24]:
        by_fact.setdefault(fact.fact.id, []).append(fact)
    for identity, group in [*by_fact.items(), (None, list(told))]:
        found = _share_of_total(quantity, group) or _from_pairs(quantity, group) or _from_sum(quantity, group)
        if found is not None:
            return Derivation(found, identity)
    return None


def gap(quantity: Quantity, group: Sequence[FactFigure]) -> tuple[FactFigure, FactFigure] | None:
    """Give the two shares of a fact whose distance a figure in percentage points claims to be, if it has just two."""
    shares = [f for f in group if f.figure.quantity.dimension == "fraction" and f.figure.quantity.value is not None]
    shares = [f for f in shares if f.figure.quantity.role == "estimate"]
    match shares:
        case [first, second] if quantity.unit == "percentage point":
            return first, second
    return None


def points_as_percent(quantity: Quantity, group: Sequence[FactFigure]) -> tuple[FactFigure, FactFigure] | None:
    """Give the two shares of a fact whose distance in points a figure tells as a change in percent ("9% higher")."""
    percent = quantity.unit == "percent" and quantity.change != "level" and _PERCENT.search(quantity.text) is not None
    shares = [f for f in group if f.figure.quantity.unit == "percent" and f.figure.quantity.value is not None]
    match [f for f in shares if f.figure.quantity.role == "estimate"]:
        case [first, second] if percent:
            a, b = first.figure.quantity.value or Fraction(0), second.figure.quantity.value or Fraction(0)
            same = compare(quantity, _like(quantity, abs(a - b))) == "same"
            relative = {100 * abs(a - b) / whole for whole in (a, b) if whole}
            if same and a != b and not any(compare(quantity, _like(quantity, each)) == "same" for each in relative):
                return first, second
    return None


def distance(first: FactFigure, second: FactFigure) -> str:
    """Write how far apart two shares are."""
    a, b = first.figure.quantity.value or Fraction(0), second.figure.quantity.value or Fraction(0)
    return f"{_show(max(a, b))} - {_show(min(a, b))} = {_show(abs(a - b))}"


def _share_of_total(quantity: Quantity, group: Sequence[FactFigure]) -> str | None:
    """Show a share as the count over the total that a fact gives."""
    if quantity.dimension != "fraction" or quantity.change != "level":
        return None
    for first, second in pairwise(sorted(group, key=lambda each: each.order)):
        count, total = first.figure.quantity, second.figure.quantity
        if (count.role, total.role) == ("n", "total") and count.value is not None and total.value:
            share = 100 * count.value / total.value
            if compare(quantity, _like(quantity, share)) in {"same", "weaker"}:
                return f"100 x {_show(count.value)} / {_show(total.value)} = {float(share):.1f}%"
    return None


def _complement(claim: Claim, figure: Figure, fact: FactFigure) -> str | None:
    quantity, other = figure.quantity, fact.figure.quantity
    if quantity.dimension != "fraction" or other.dimension != "fraction" or quantity.value is None:
        return None
    if other.value is None or other.value >= _WHOLE or other.value == _WHOLE / 2:
        return None
    if quantity.change != "level" and other.change != "level":
        return None  # what falls by 48% does not fall by 52%
    agrees = compare(quantity, _like(other, _WHOLE - other.value)) in {"same", "weaker", "dropped"}
    if not agrees or not _speaks_of_the_rest(claim, figure, fact):
        return None
    return f"100% - {_show(other.value)} = {_show(_WHOLE - other.value)}"


def _excess(quantity: Quantity, other: Quantity) -> str | None:
    """Show a percent change as what a ratio measure says: odds ratio 0.71, odds 29% lower."""
    if quantity.dimension != "fraction" or other.dimension != "ratio" or other.value is None:
        return None
    away = abs(1 - other.value) * 100
    way = "decrease" if other.value < 1 else "increase"
    if quantity.change not in {way, "level"} or compare(quantity, _like(quantity, away)) not in {"same", "weaker"}:
        return None
    return f"100 x |1 - {_show(other.value)}| = {_show(away)}%"


def _width(quantity: Quantity, other: Quantity) -> str | None:
    """Show a figure as the distance between the ends of a fact's range."""
    if other.low is None or other.high is None or quantity.dimension != other.dimension:
        return None
    if compare(quantity, _like(other, other.high - other.low)) not in {"same", "weaker"}:
        return None
    return f"{_show(other.high)} - {_show(other.low)} = {_show(other.high - other.low)}"


def computed(figure: Figure, beside: Sequence[Quantity], *, in_table: bool) -> str | None:
    """Show how a figure follows from two others of the same text by one step of arithmetic, or None."""
    quantity = figure.quantity
    if quantity.value is None or (quantity.dimension == "count" and quantity.value <= _TOO_SMALL):
        return None
    if quantity.role in _NO_SUM or (quantity.dimension in {"effect", "ratio"} and quantity.unit is None):
        return None
    if in_table and (rest := _rest_of_row(quantity, beside)) is not None:
        return rest
    known = [q for q in beside if q.value and q.span != quantity.span]
    for first, second in combinations(known[-_WINDOW:], 2):
        for sign, value, like in _steps(first, second):
            dimension, unit = (like, quantity.unit) if isinstance(like, str) else (like.dimension, like.unit)
            result = Quantity(first.span, "", value, unit=unit, dimension=quantity.dimension, step=quantity.step)
            if dimension == quantity.dimension and compare(quantity, result) in {"same", "weaker"}:
                return f"{first.text} {sign} {second.text} = {_show(value)}"
    return None


def _rest_of_row(quantity: Quantity, beside: Sequence[Quantity]) -> str | None:
    """Show a share in a table as what the cell before it leaves of the whole."""
    before = [q for q in beside if q.span.end <= quantity.span.start and q.dimension == "fraction" and q.value]
    if quantity.dimension != "fraction" or not before or before[-1].value is None or quantity.value is None:
        return None
    if before[-1].value + quantity.value != _WHOLE:
        return None
    return f"100% - {_show(before[-1].value)} = {_show(quantity.value)}"


def _steps(first: Quantity, second: Quantity) -> Iterator[tuple[str, Fraction, Quantity | str]]:
    """Yield the results that two quantities can have together: sign, value, and the one it is like, or a dimension."""
    a, b = first.value, second.value
    if not a or not b:
        return
    if first.unit == second.unit:
        if min(a, b) > 1:
            yield "+", a + b, first
            yield "-", abs(a - b), first
        if a != b and max(a, b) > _TOO_SMALL:
            yield "/", 100 * min(a, b) / max(a, b), "fraction"
        yield "/", max(a, b) / min(a, b), "ratio"
        if first.dimension == "fraction":
            yield "-", abs(a - b), "points"
    if first.dimension == "count" and second.dimension != "fraction":
        yield "x", a * b, second
        yield "/", b / a, second
    if second.dimension == "count" and first.dimension != "fraction":
        yield "x", a * b, first
        yield "/", a / b, first
    if "fraction" in {first.dimension, second.dimension}:
        share, other = (a, second) if first.dimension == "fraction" else (b, first)
        if other.dimension not in {"fraction", "points"} and other.value:
            yield "% of", share * other.value / 100, other


def _speaks_of_the_rest(claim: Claim, figure: Figure, fact: FactFigure) -> bool:
    """Tell whether a complement is meant: one side is negated, or the words for the outcome differ."""
    if figure.negated != fact.figure.negated:
        return True
    ours, theirs = figure.stated["measure"], fact.slots["measure"]
    return bool(claim.certainty.negated) or not (ours & theirs)


def _like(quantity: Quantity, value: Fraction) -> Quantity:
    return Quantity(
        quantity.span,
        quantity.text,
        value,
        unit=quantity.unit,
        dimension=quantity.dimension,
        step=quantity.step,
    )


def _from_pairs(quantity: Quantity, group: Sequence[FactFigure]) -> str | None:
    """Show a figure as a part, difference, percentage or ratio of two figures of a group."""
    if quantity.value is None:
        return None
    for first, second in combinations(group, 2):
        a, b = first.figure.quantity, second.figure.quantity
        if a.value is None or b.value is None:
            continue
        found = _part(quantity, a, b) or _part(quantity, b, a)
        if found is None and _commensurable(a, b):
            high, low = max(a.value, b.value), min(a.value, b.value)
            found = (
                _gap_of(quantity, a, high, low) or _percentage(quantity, a, high, low) or _times(quantity, high, low)
            )
        if found is not None:
            return found
    return None


def _gap_of(quantity: Quantity, like: Quantity, high: Fraction, low: Fraction) -> str | None:
    """Show a figure as the difference of two of one unit."""
    gap_size = Quantity(
        like.span, like.text, high - low, unit=quantity.unit, dimension=quantity.dimension, step=like.step
    )
    points = quantity.dimension == "points" and like.dimension == "fraction"
    # 81% against 72% is nine points more, not nine percent
    percent = quantity.dimension == "fraction" and _PERCENT.search(quantity.text) is not None
    moved = not percent and (quantity.change != "level" or quantity.dimension not in {"fraction", "count"})
    if (points or (quantity.unit == like.unit and moved)) and compare(quantity, gap_size) == "same":
        return f"{_show(high)} - {_show(low)} = {_show(high - low)}"
    return None


def _percentage(quantity: Quantity, like: Quantity, high: Fraction, low: Fraction) -> str | None:
    """Show a percentage as the relative difference of two figures, or as what share the one is of the other."""
    if quantity.dimension != "fraction" or high <= 0:
        return None
    if low > 0 and (quantity.change != "level" or like.dimension != "fraction"):
        for whole in (high, low):
            relative = 100 * (high - low) / whole
            if compare(quantity, _like(quantity, relative)) == "same":
                return f"100 x ({_show(high)} - {_show(low)}) / {_show(whole)} = {float(relative):.1f}%"
    if like.dimension != "fraction" and quantity.change == "level":
        relative = 100 * low / high
        if compare(quantity, _like(quantity, relative)) in {"same", "weaker"}:
            return f"100 x {_show(low)} / {_show(high)} = {float(relative):.1f}%"
    return None


def _times(quantity: Quantity, high: Fraction, low: Fraction) -> str | None:
    """Show a ratio as one figure over another."""
    if quantity.dimension != "ratio" or not low or quantity.value is None:
        return None
    ratio, value = high / low, quantity.value
    near = abs(ratio - value) <= value * _RATIO_SLACK
    if near or (quantity.bound in {"more", "at_least"} and value <= ratio <= value * 2):
        return f"{_show(high)} / {_show(low)} = {float(ratio):.2f}"
    return None


def _part(quantity: Quantity, share: Quantity, whole: Quantity) -> str | None:
    """Show an amount as the share of another that a fact gives ("seed, about 63 of the 115 euros")."""
    if share.dimension != "fraction" or share.value is None or whole.value is None:
        return None
    if quantity.dimension != whole.dimension or quantity.unit != whole.unit or whole.dimension == "fraction":
        return None
    amount = share.value * whole.value / 100
    if compare(quantity, replace(_like(quantity, amount), bound="approximate")) not in {"same", "weaker", "dropped"}:
        return None
    return f"{_show(share.value)}% x {_show(whole.value)} = {_show(amount)}"


def _commensurable(first: Quantity, second: Quantity) -> bool:
    """Tell whether two figures may be set against each other: of one kind, and counts of the same things."""
    if first.dimension != second.dimension or first.unit != second.unit:
        return False
    estimates = {"estimate", "cost", "dose", "n"}
    return {first.role, second.role} <= estimates and (
        first.dimension != "count" or compare_counted(first, second) == "same"
    )


def _from_sum(quantity: Quantity, group: Sequence[FactFigure]) -> str | None:
    if quantity.value is None or quantity.dimension not in {"count", "duration", "money"}:
        return None
    parts = [f.figure.quantity for f in group if f.figure.quantity.unit == quantity.unit and f.figure.quantity.value]
    for size in range(2, min(_MOST_PARTS, len(parts)) + 1):
        for chosen in combinations(parts[:8], size):
            values = [part.value for part in chosen if part.value is not None]
            if sum(values) == quantity.value and all(compare_counted(quantity, part) != "other" for part in chosen):
                return " + ".join(_show(v) for v in values) + f" = {_show(quantity.value)}"
    return None


def _show(value: Fraction) -> str:
    return str(int(value)) if value.denominator == 1 else f"{float(value):g}"
