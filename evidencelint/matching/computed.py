"""Figures that follow from two others of the same text by one step of arithmetic."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import combinations

from evidencelint.frames import Figure
from evidencelint.lexicon import Operation
from evidencelint.matching.derived import DIFFERENCE, REST, SHARE, SUM, WHOLE, Step, show
from evidencelint.matching.steps import TOO_SMALL, reachable, rough, steps
from evidencelint.matching.values import compare
from evidencelint.model import Quantity
from evidencelint.words import stem

_WINDOW = 8
_NO_SUM = frozenset({"p", "bound", "statistic"})
_PRODUCT: frozenset[Operation] = frozenset({"product"})


def computed(figure: Figure, known: Sequence[Quantity], row: Sequence[Quantity] = ()) -> Step | None:
    """Show how a figure follows from two others of the same text by one step of arithmetic, or None.

    ``row`` are the figures around it in the order of the text, if it stands in a table.
    """
    quantity = figure.quantity
    if quantity.value is None or (quantity.dimension == "count" and quantity.value <= TOO_SMALL):
        return None
    if quantity.role in _NO_SUM or (quantity.dimension in {"effect", "ratio"} and quantity.unit is None):
        return None
    if row and (rest := _rest_of_row(quantity, known) or _rest_of_rows(quantity, row)) is not None:
        return rest
    near = [q for q in known if q.value and q.span != quantity.span]
    within = reachable(quantity)
    sized = [(each, rough(each.value)) for each in near[-_WINDOW:] if each.value is not None]
    for (first, a), (second, b) in combinations(sized, 2):
        for sign, value, unit in steps(first, second, (a, b), quantity, within):
            result = Quantity(first.span, "", value, unit=unit, dimension=quantity.dimension, step=quantity.step)
            # any larger sum would be "more than 70"
            agreeing = {"same", "weaker"} if quantity.bound in {"exact", "approximate"} else {"same"}
            if compare(quantity, result) in agreeing:
                typed = sign == "/" and _is_for_one_of(quantity, (first, second))
                text = f"{first.text} {sign} {second.text} = {show(value)}"
                return Step(text, _asks(sign, quantity.dimension), typed=typed)
    return None


def _asks(sign: str, dimension: str) -> frozenset[Operation]:
    """Give the operations of which a word makes a step no chance; a ratio says itself that it is one."""
    match sign:
        case "+":
            return SUM
        case "-":
            return DIFFERENCE | REST
        case "/" if dimension == "ratio":
            return frozenset()
        case "/" if dimension == "fraction":
            return SHARE
        case "% of":
            return SHARE
        case _:
            return _PRODUCT


def _rest_of_row(quantity: Quantity, beside: Sequence[Quantity]) -> Step | None:
    """Show a share in a table as what the cell before it leaves of the whole."""
    before = [q for q in beside if q.span.end <= quantity.span.start and q.dimension == "fraction" and q.value]
    if quantity.dimension != "fraction" or not before or before[-1].value is None or quantity.value is None:
        return None
    if before[-1].value + quantity.value != WHOLE:
        return None
    return Step(f"100% - {show(before[-1].value)} = {show(quantity.value)}")


def _rest_of_rows(quantity: Quantity, around: Sequence[Quantity]) -> Step | None:
    """Show a share in a table as what the one above leaves of the whole, where its neighbour is so, too."""
    place = next((index for index, q in enumerate(around) if q.span == quantity.span), None)
    if place is None:
        return None
    for width in range(2, place + 1):
        above = around[place - width]
        neighbours = [(around[at], around[at - width]) for at in (place - 1, place + 1) if width <= at < len(around)]
        if _make_the_whole(quantity, above) and any(_make_the_whole(*pair) for pair in neighbours):
            return Step(f"100% - {show(above.value or WHOLE)} = {show(quantity.value or WHOLE)}")
    return None


def _make_the_whole(first: Quantity, second: Quantity) -> bool:
    if first.value is None or second.value is None or first.value == second.value:
        return False
    kinds = {first.dimension, second.dimension}
    return first.value + second.value == WHOLE and min(first.value, second.value) > 0 and kinds <= {"fraction", "count"}


def _is_for_one_of(quantity: Quantity, terms: Sequence[Quantity]) -> bool:
    """Tell whether a figure is for one of the things that one of two others counts."""
    ones = {stem(word) for word in (quantity.per or "").split(" per ")}
    return any(q.dimension == "count" and q.counted is not None and stem(q.counted.lower()) in ones for q in terms)
