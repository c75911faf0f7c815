"""Figures that follow from two others of the same text by one step of arithmetic."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import combinations

from evidencelint.frames import Figure
from evidencelint.lexicon import Operation
from evidencelint.matching.derived import DIFFERENCE, REST, SHARE, SUM, WHOLE, Step, show
from evidencelint.matching.steps import TOO_SMALL, steps
from evidencelint.matching.values import compare
from evidencelint.model import Quantity

_WINDOW = 8
_NO_SUM = frozenset({"p", "bound", "statistic"})
_PRODUCT: frozenset[Operation] = frozenset({"product"})


def computed(figure: Figure, beside: Sequence[Quantity], *, in_table: bool) -> Step | None:
    """Show how a figure follows from two others of the same text by one step of arithmetic, or None."""
    quantity = figure.quantity
    if quantity.value is None or (quantity.dimension == "count" and quantity.value <= TOO_SMALL):
        return None
    if quantity.role in _NO_SUM or (quantity.dimension in {"effect", "ratio"} and quantity.unit is None):
        return None
    if in_table and (rest := _rest_of_row(quantity, beside)) is not None:
        return rest
    known = [q for q in beside if q.value and q.span != quantity.span]
    for first, second in combinations(known[-_WINDOW:], 2):
        for sign, value, unit in steps(first, second, quantity):
            result = Quantity(first.span, "", value, unit=unit, dimension=quantity.dimension, step=quantity.step)
            # any larger sum would be "more than 70"
            agreeing = {"same", "weaker"} if quantity.bound in {"exact", "approximate"} else {"same"}
            if compare(quantity, result) in agreeing:
                return Step(f"{first.text} {sign} {second.text} = {show(value)}", _asks(sign, quantity.dimension))
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
