"""What the heads of a table say of the figures in a cell: their unit, and which of two groups each belongs to."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from itertools import pairwise

from evidencelint.claims.lexical import LexicalReader
from evidencelint.frames import Slots
from evidencelint.model import SLOTS, Passage, Quantity

_PERCENT = re.compile(r"%|\bper\s?-?cents?\b|\bpercentages?\b|\bpct\b", re.IGNORECASE)
_OTHERWISE = re.compile(r"\b(?:n|number|count|p|difference|diff|gap|change|ratio|years?|mean|sd)\b", re.IGNORECASE)
_BESIDE = re.compile(r"\s{0,20}(?:/|\||;|(?:\bvs?\b|\bversus\b|\bagainst\b)\.?)\s{0,20}", re.IGNORECASE)
_BARE = re.compile(r"[~≈<>≤≥±+−\s\d.,/|;–-]{0,60}(?:vs?\.?|versus)?[~≈<>≤≥±+−\s\d.,/|;–-]{0,60}", re.IGNORECASE)
_WHOLE = 100


def with_units(passage: Passage, quantities: tuple[Quantity, ...]) -> tuple[Quantity, ...]:
    """Give bare numbers of a cell the unit that stands in the head of its column, its row or its table ("(%)")."""
    heads = (*passage.column, *passage.row[:1], *passage.lead_ins, passage.corner)
    if passage.kind != "cell" or not passage.column or not _BARE.fullmatch(passage.text):
        return quantities
    if not any(_PERCENT.search(head) for head in heads) or any(_OTHERWISE.search(head) for head in passage.column):
        return quantities
    return tuple(replace(each, unit="percent", dimension="fraction") if _is_bare(each) else each for each in quantities)


def _is_bare(quantity: Quantity) -> bool:
    ends = [each for each in (quantity.value, quantity.low, quantity.high) if each is not None]
    bare = quantity.dimension == "count" and quantity.unit is None and quantity.counted is None
    return bare and quantity.role == "estimate" and all(0 <= each <= _WHOLE for each in ends)


def side_by_side(passage: Passage, text: str, quantities: Sequence[Quantity], reader: LexicalReader) -> list[Slots]:
    """Give the slots of each figure of a cell such as "67% / 32%" whose head is parted alike ("drug / placebo").

    The list is empty where no head is. Only slots by which the parts differ are given; one of them may name none.
    """
    between = [text[a.span.end : b.span.start] for a, b in pairwise(quantities)]
    if passage.kind != "cell" or not between or not all(_BESIDE.fullmatch(each) for each in between):
        return []
    for head in (*passage.row[:1], *passage.column):
        parts = [part for part in _BESIDE.split(head) if part]
        if len(parts) == len(quantities):
            named = [reader.slots(reader.read(part).mentions) for part in parts]
            # what only the first part names, it names for all ("remission, drug / placebo")
            own = [slot for slot in SLOTS if any(part[slot] for part in named[1:])]
            own = [slot for slot in own if len({part[slot] for part in named}) == len(parts)]
            if own:
                return [{slot: part[slot] for slot in own} for part in named]
    return []


def of_others(sides: Sequence[Slots], index: int) -> frozenset[str]:
    """Give the terms of the concepts that belong to the other figures of a cell only."""
    named = [{f"{slot}:{name}" for slot, names in side.items() for name in names} for side in sides]
    return frozenset().union(*named) - frozenset(named[index])
