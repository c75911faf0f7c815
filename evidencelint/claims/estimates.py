"""Whose an estimate is that compares two groups: "1.12 in the one and 1.21 in the other (rate ratio 0.93, 95% CI ...)".

A ratio, an effect size or a difference in brackets is of all the groups that the statement before it compares, not of
the one named last; against a control, it is of what was done. An interval, with its level, is of the groups of its
estimate.
"""

from __future__ import annotations

import re
from collections.abc import Container, Sequence

from evidencelint.frames import Mention
from evidencelint.model import Quantity

_COMPARING = frozenset({"ratio", "effect"})
_DIFFERENCE = re.compile(r"\b(?:[Dd]ifference|MD|WMD|RD|[Rr]atio)\b\W{0,20}(?:of|was|is)?\W{0,20}$")
_BETWEEN = re.compile(r"\bdifferences? between\b[^.;:()]*$")
_FEWEST = 2

Shares = Sequence[Sequence[Mention]]


def share_estimates(
    text: str, quantities: Sequence[Quantity], rivals: Sequence[Mention], controls: Container[str], shares: Shares
) -> Shares:
    """Give each figure the mentions of one slot that it has, with those of estimates put right.

    ``rivals`` are the mentions of that slot that exclude others of the sentence, ``controls`` the concepts among them
    that are control arms; ``shares`` are the mentions that each figure has, by order.
    """
    found = [list(share) for share in shares]
    start, last = 0, None
    for figure, quantity in enumerate(quantities):
        if _is_interval(quantity) or (quantity.role == "p" and _opening(text, quantity) is not None):
            # "(95% CI 0.5 to 2.1; p = 0.01)": whose the estimate is, so is its interval
            if last is not None and not _another(quantities[last], quantity, rivals):
                found[figure] = found[last]
            continue
        last = figure
        if not _compares(text, quantity):
            continue
        opening = _opening(text, quantity)
        start = max(start, text.rfind(";", 0, quantity.span.start if opening is None else opening) + 1)
        compared = [m for m in rivals if start <= m.span.start and m.span.end <= quantity.span.start]
        if len({mention.concept for mention in compared}) >= _FEWEST:
            free = [mention for mention in found[figure] if mention not in rivals]
            found[figure] = [*([m for m in compared if m.concept not in controls] or compared), *free]
        start = quantity.span.end
    return found


def _is_interval(quantity: Quantity) -> bool:
    return quantity.role == "bound" and quantity.counted in {"interval", "level"}


def _opening(text: str, quantity: Quantity) -> int | None:
    """Give where the brackets around a figure open, the outermost; None outside of any."""
    depth = 0
    outermost: int | None = None
    for at, mark in enumerate(text[: quantity.span.start]):
        if mark in "([":
            outermost = at if depth == 0 else outermost
            depth += 1
        elif mark in ")]":
            depth = max(0, depth - 1)
    return outermost if depth else None


def _compares(text: str, quantity: Quantity) -> bool:
    """Tell whether a figure is an estimate of how two groups differ, in brackets or after "difference between"."""
    if quantity.role != "estimate":
        return False
    if _opening(text, quantity) is None:
        return _BETWEEN.search(text, 0, quantity.span.start) is not None
    return quantity.dimension in _COMPARING or _DIFFERENCE.search(text[: quantity.span.start]) is not None


def _another(estimate: Quantity, interval: Quantity, rivals: Sequence[Mention]) -> bool:
    """Tell whether another group is named between an estimate and an interval."""
    return any(estimate.span.end <= mention.span.start < interval.span.start for mention in rivals)
