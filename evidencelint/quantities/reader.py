"""Put numbers, bounds, units and pairs together into quantities."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace
from functools import lru_cache

from evidencelint.model import Quantity, Span
from evidencelint.quantities.beside import shared_beside, units_beside
from evidencelint.quantities.ellipses import share_base, share_ellipses, share_pressure, share_tolerances
from evidencelint.quantities.folding import Folded, dumps, fold
from evidencelint.quantities.numbers import read_numbers
from evidencelint.quantities.pairs import read_pair
from evidencelint.quantities.parts import Part, read_part, to_quantity
from evidencelint.quantities.sharing import (
    in_percent,
    limits_beside,
    of_every,
    read_zeros,
    share_scales,
    share_units,
)

_SHARING = (
    share_scales,
    share_base,
    share_pressure,
    share_units,
    share_tolerances,
    share_ellipses,
    limits_beside,
    units_beside,
)


@lru_cache(maxsize=4_096)
def read_quantities(text: str) -> tuple[Quantity, ...]:
    """Read every quantity of a text in order; dates, labels and names come with their role.

    Pure and linear; spans are code points of ``text`` and never overlap.
    """
    folded = fold(text)
    inner = folded.text
    parts = list(_parts(inner))
    for share in _SHARING:
        parts = share(inner, parts)
    found = [*in_percent(inner, list(of_every(inner, list(_joined(inner, parts))))), *read_zeros(inner)]
    found.sort(key=lambda quantity: quantity.span)
    found = shared_beside(inner, list(_apart(found)))
    if inner is text:
        return tuple(found)
    return tuple(_unfolded(text, folded, quantity) for quantity in found)


def number_spans(text: str) -> tuple[tuple[Span, ...], tuple[Span, ...]]:
    """Give the places of all bare numbers of a text, read or not, and of the dumps of figures left out."""
    folded = fold(text)
    return tuple(folded.unfold(number.span) for number in read_numbers(folded.text)), dumps(text)


def _unfolded(text: str, folded: Folded, quantity: Quantity) -> Quantity:
    span = folded.unfold(quantity.span)
    number = folded.unfold(quantity.number) if quantity.number is not None else None
    return replace(quantity, span=span, text=text[span.start : span.end], number=number)


def _parts(text: str) -> Iterator[Part]:
    """Yield what numbers make with their surroundings, leaving out what a unit has taken ("20 seconds")."""
    end = -1
    for number in read_numbers(text):
        if number.span.start < end:
            continue
        part = read_part(text, number)
        if part is not None:
            yield part
            end = max(part.end, part.taken)


def _joined(text: str, parts: list[Part]) -> Iterator[Quantity]:
    index = 0
    while index < len(parts):
        part = parts[index]
        other = _following(parts, index)
        if other is not None and part.aside is None and parts[other].aside is None:
            pair = read_pair(text, part, parts[other])
            if pair:
                yield from pair
                index = other + 1
                continue
        yield to_quantity(text, part)
        index += 1


def _following(parts: list[Part], index: int) -> int | None:
    """Give the number to read together with this one, past a label between: "one Phase II patient in twelve"."""
    other = index + 1
    if other + 1 < len(parts) and parts[other].number.kind == "label":
        other += 1
    return other if other < len(parts) else None


def _apart(found: Iterable[Quantity]) -> Iterator[Quantity]:
    end = -1
    for quantity in found:
        if quantity.span.start >= end:
            yield quantity
            end = quantity.span.end
