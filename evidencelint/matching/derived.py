"""Figures that follow from facts: complements, differences, ratios and sums, each shown as a derivation."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from fractions import Fraction
from itertools import combinations, pairwise

from evidencelint.frames import Claim, Figure
from evidencelint.lexicon import Operation, operations
from evidencelint.matching.counted import compare_counted
from evidencelint.matching.index import FactFigure
from evidencelint.matching.values import comparable, compare
from evidencelint.model import Quantity

WHOLE = Fraction(100)
_RATIO_SLACK = Fraction(1, 10)
_MOST_PARTS = 4
_PERCENT = re.compile(r"%|per\s?-?cent", re.IGNORECASE)
SUM: frozenset[Operation] = frozenset({"sum", "part"})
REST: frozenset[Operation] = frozenset({"rest"})
DIFFERENCE: frozenset[Operation] = frozenset({"difference"})
SHARE: frozenset[Operation] = frozenset({"share", "difference"})


@dataclass(frozen=True, slots=True)
class Derivation:
    """A figure shown to follow: the sum as written, and the fact whose figures it uses (None for several).

    ``complement`` tells that it is what a share leaves of the whole, ``reasoned`` that the text speaks of such a step;
    ``pair`` are the two figures of one fact whose distance or ratio it is, the larger first.
    """

    text: str
    fact: str | None
    complement: bool = False
    reasoned: bool = True
    pair: tuple[FactFigure, FactFigure] | None = None


@dataclass(frozen=True, slots=True)
class Step:
    """A step of arithmetic as written, and the operations of which a word in the text makes it none of chance.

    With no operations it speaks for itself, as "twice" does; ``typed`` tells that the units leave no other step.
    """

    text: str
    asks: frozenset[Operation] = frozenset()
    typed: bool = False
    pair: tuple[FactFigure, FactFigure] | None = None

    def reasoned(self, claim: Claim) -> bool:
        """Tell whether a clause speaks of the step."""
        return not self.asks or bool(self.asks & operations(claim.text))


def derive(claim: Claim, figure: Figure, facts: Sequence[FactFigure], told: Sequence[FactFigure]) -> Derivation | None:
    """Show how a figure follows from one fact, from figures of one fact, or from those the text has just told.

    None where it does not follow.
    """
    quantity = figure.quantity
    for fact in facts[:12]:
        if (rest := _complement(claim, figure, fact)) is not None:
            denied = figure.negated != fact.figure.negated or bool(claim.certainty.negated)
            led = claim.passage in {"cell", "item"}  # whose lead-in may say that it is of the others
            return Derivation(rest.text, fact.fact.id, complement=True, reasoned=led or denied or rest.reasoned(claim))
        # what something fell *to* is no size of a fall
        found = _width(quantity, fact.figure.quantity)
        found = found or (None if figure.arrival else _excess(quantity, fact.figure.quantity))
        if found is not None:
            return Derivation(found.text, fact.fact.id, reasoned=found.reasoned(claim))
    by_fact: dict[str | None, list[FactFigure]] = {}
    for fact in facts[:24]:
        by_fact.setdefault(fact.fact.id, []).append(fact)
    for identity, group in [*by_fact.items(), (None, list(told))]:
        found = _share_of_total(quantity, group) or _from_pairs(quantity, group) or _from_sum(quantity, group)
        if found is not None and not (figure.arrival and found.asks is DIFFERENCE):
            return Derivation(found.text, identity, reasoned=found.reasoned(claim), pair=found.pair)
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
    return f"{show(max(a, b))} - {show(min(a, b))} = {show(abs(a - b))}"


def _share_of_total(quantity: Quantity, group: Sequence[FactFigure]) -> Step | None:
    """Show a share as the count over the total that a fact gives."""
    if quantity.dimension != "fraction" or quantity.change != "level":
        return None
    for first, second in pairwise(sorted(group, key=lambda each: each.order)):
        count, total = first.figure.quantity, second.figure.quantity
        if (count.role, total.role) == ("n", "total") and count.value is not None and total.value:
            share = 100 * count.value / total.value
            if compare(quantity, _like(quantity, share)) in {"same", "weaker"}:
                return Step(f"100 x {show(count.value)} / {show(total.value)} = {float(share):.1f}%")
    return None


def _complement(claim: Claim, figure: Figure, fact: FactFigure) -> Step | None:
    quantity, other = figure.quantity, fact.figure.quantity
    if quantity.dimension != "fraction" or other.dimension != "fraction" or quantity.value is None:
        return None
    if other.value is None or other.value >= WHOLE or other.value == WHOLE / 2:
        return None
    if quantity.change != "level" and other.change != "level":
        return None  # what falls by 48% does not fall by 52%
    agrees = compare(quantity, _like(other, WHOLE - other.value)) in {"same", "weaker", "dropped"}
    if not agrees or not _speaks_of_the_rest(claim, figure, fact):
        return None
    return Step(f"100% - {show(other.value)} = {show(WHOLE - other.value)}", REST)


def _excess(quantity: Quantity, other: Quantity) -> Step | None:
    """Show a percent change as what a ratio measure says: odds ratio 0.71, odds 29% lower."""
    if quantity.dimension != "fraction" or other.dimension != "ratio" or other.value is None:
        return None
    away = abs(1 - other.value) * 100
    way = "decrease" if other.value < 1 else "increase"
    if quantity.change not in {way, "level"} or compare(quantity, _like(quantity, away)) not in {"same", "weaker"}:
        return None
    return Step(f"100 x |1 - {show(other.value)}| = {show(away)}%")


def _width(quantity: Quantity, other: Quantity) -> Step | None:
    """Show a figure as the distance between the ends of a fact's range."""
    if other.low is None or other.high is None or quantity.dimension != other.dimension:
        return None
    if compare(quantity, _like(other, other.high - other.low)) not in {"same", "weaker"}:
        return None
    return Step(f"{show(other.high)} - {show(other.low)} = {show(other.high - other.low)}", DIFFERENCE)


def _speaks_of_the_rest(claim: Claim, figure: Figure, fact: FactFigure) -> bool:
    """Tell whether a complement is meant: one side is negated, or the words for the outcome differ."""
    if figure.negated != fact.figure.negated:
        return True
    ours, theirs = figure.stated["measure"], fact.slots["measure"]
    return bool(claim.certainty.negated) or not (ours & theirs) or "left" in operations(claim.text)


def _like(quantity: Quantity, value: Fraction) -> Quantity:
    return Quantity(
        quantity.span,
        quantity.text,
        value,
        unit=quantity.unit,
        dimension=quantity.dimension,
        step=quantity.step,
    )


def _from_pairs(quantity: Quantity, group: Sequence[FactFigure]) -> Step | None:
    """Show a figure as a part, difference, percentage or ratio of two figures of a group."""
    if quantity.value is None:
        return None
    for first, second in combinations(group, 2):
        a, b = first.figure.quantity, second.figure.quantity
        if a.value is None or b.value is None:
            continue
        found = _part(quantity, a, b) or _part(quantity, b, a)
        if found is not None:
            return found
        if not _commensurable(a, b):
            continue
        high, low = max(a.value, b.value), min(a.value, b.value)
        found = _gap_of(quantity, a, high, low) or _percentage(quantity, a, high, low) or _times(quantity, high, low)
        if found is not None:
            ranked = (first, second) if a.value >= b.value else (second, first)
            return replace(found, pair=ranked if first.fact.id == second.fact.id else None)
    return None


def _gap_of(quantity: Quantity, like: Quantity, high: Fraction, low: Fraction) -> Step | None:
    """Show a figure as the difference of two of one unit."""
    points = quantity.dimension == "points" and like.dimension == "fraction"
    unit = quantity.unit if points else like.unit
    # 81% against 72% is nine points more, not nine percent
    percent = quantity.dimension == "fraction" and _PERCENT.search(quantity.text) is not None
    moved = not percent and (quantity.change != "level" or quantity.dimension not in {"fraction", "count"})
    if not points and not (moved and comparable(quantity, like)):
        return None
    gap_size = Quantity(like.span, like.text, high - low, unit=unit, dimension=quantity.dimension, step=like.step)
    if compare(quantity, gap_size) == "same":
        return Step(f"{show(high)} - {show(low)} = {show(high - low)}", DIFFERENCE)
    return None


def _percentage(quantity: Quantity, like: Quantity, high: Fraction, low: Fraction) -> Step | None:
    """Show a percentage as the relative difference of two figures, or as what share the one is of the other."""
    if quantity.dimension != "fraction" or high <= 0:
        return None
    if low > 0 and (quantity.change != "level" or like.dimension != "fraction"):
        for whole in (high, low):
            relative = 100 * (high - low) / whole
            if compare(quantity, _like(quantity, relative)) == "same":
                return Step(f"100 x ({show(high)} - {show(low)}) / {show(whole)} = {float(relative):.1f}%", DIFFERENCE)
    if like.dimension != "fraction" and quantity.change == "level":
        relative = 100 * low / high
        if compare(quantity, _like(quantity, relative)) in {"same", "weaker"}:
            return Step(f"100 x {show(low)} / {show(high)} = {float(relative):.1f}%", SHARE)
    return None


def _times(quantity: Quantity, high: Fraction, low: Fraction) -> Step | None:
    """Show a ratio as one figure over another."""
    if quantity.dimension != "ratio" or not low or quantity.value is None:
        return None
    ratio, value = high / low, quantity.value
    near = abs(ratio - value) <= value * _RATIO_SLACK
    if near or (quantity.bound in {"more", "at_least"} and value <= ratio <= value * 2):
        return Step(f"{show(high)} / {show(low)} = {float(ratio):.2f}")
    return None


def _part(quantity: Quantity, share: Quantity, whole: Quantity) -> Step | None:
    """Show an amount as the share of another that a fact gives ("seed, about 63 of the 115 euros")."""
    if share.dimension != "fraction" or share.value is None or whole.value is None:
        return None
    if quantity.dimension != whole.dimension or quantity.unit != whole.unit or whole.dimension == "fraction":
        return None
    amount = share.value * whole.value / 100
    if compare(quantity, replace(_like(quantity, amount), bound="approximate")) not in {"same", "weaker", "dropped"}:
        return None
    return Step(f"{show(share.value)}% x {show(whole.value)} = {show(amount)}", SHARE)


def _commensurable(first: Quantity, second: Quantity) -> bool:
    """Tell whether two figures may be set against each other: of one kind, and counts of the same things."""
    if first.dimension != second.dimension or first.unit != second.unit:
        return False
    estimates = {"duration"} if first.role == second.role == "duration" else {"estimate", "cost", "dose", "n"}
    return {first.role, second.role} <= estimates and (
        first.dimension != "count" or compare_counted(first, second) == "same"
    )


def _from_sum(quantity: Quantity, group: Sequence[FactFigure]) -> Step | None:
    if quantity.value is None or quantity.dimension not in {"count", "duration", "money"}:
        return None
    parts = [f.figure.quantity for f in group if f.figure.quantity.unit == quantity.unit and f.figure.quantity.value]
    for size in range(2, min(_MOST_PARTS, len(parts)) + 1):
        for chosen in combinations(parts[:8], size):
            values = [part.value for part in chosen if part.value is not None]
            if sum(values) == quantity.value and all(compare_counted(quantity, part) != "other" for part in chosen):
                text = " + ".join(show(v) for v in values) + f" = {show(quantity.value)}"
                return Step(text, frozenset() if _all_of_a_kind(chosen, parts) else SUM)
    return None


def _all_of_a_kind(chosen: Sequence[Quantity], parts: Sequence[Quantity]) -> bool:
    """Tell whether a sum is of all the things of one kind that a fact counts; it then needs no word for it."""
    kind = [part for part in parts if compare_counted(part, chosen[0]) == "same"]
    return len(chosen) == len(kind) and all(part in kind for part in chosen)


def show(value: Fraction) -> str:
    """Write a number as plain text."""
    return str(int(value)) if value.denominator == 1 else f"{float(value):g}"
