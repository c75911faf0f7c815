"""Durations that say when something was measured: "at 6, 12 and 24 months", "after a year".

They become time points of the vocabulary where one of its names has that length, else time points of their own,
whose ids begin with ``@`` and hold the length in seconds.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from fractions import Fraction

from evidencelint.factbase.vocabulary import Vocabulary
from evidencelint.frames import Mention
from evidencelint.model import Quantity
from evidencelint.quantities import read_quantities, to_base

_BEFORE = re.compile(
    r"\b(?:at|by|after|within|over|during|until|through)\s+"
    r"(?:(?:the|about|around|roughly|some|just|nearly|first|next|end\s+of|course\s+of)\s+)*$",
    re.IGNORECASE,
)
_LISTED = re.compile(r"^\s*(?:,|and|or|,\s*and|to|–|-)\s*$", re.IGNORECASE)
_AFTER = re.compile(r"^[\s-]*(?:follow-up|later|on\b(?!\s+\w+ing)|after(?:wards?)?|mark\b)", re.IGNORECASE)


class Timepoints:
    """Knows the time points of a vocabulary by their length."""

    def __init__(self, vocabulary: Vocabulary) -> None:
        """Read the names of the vocabulary's time points that are durations."""
        self._named: dict[Fraction, str] = {}
        for name, (slot, concept) in vocabulary.names():
            if slot == "timepoint" and (length := _only_duration(name)) is not None:
                self._named.setdefault(length, concept)

    def mentions(self, text: str, quantities: Sequence[Quantity], known: Sequence[Mention]) -> Iterator[Mention]:
        """Yield the durations that are time points and that no name of the vocabulary covers already."""
        named = [mention.span for mention in known if mention.slot == "timepoint"]
        before: Quantity | None = None
        for quantity in quantities:
            if quantity.dimension != "duration":
                before = None
                continue
            stands = bool(_BEFORE.search(text[: quantity.span.start]) or _AFTER.match(text[quantity.span.end :]))
            listed = before is not None and bool(_LISTED.match(text[before.span.end : quantity.span.start]))
            before = quantity if stands or listed else None
            length = _length(quantity)
            if before is not None and length is not None and not any(quantity.span.overlaps(s) for s in named):
                yield Mention("timepoint", self._named.get(length, f"@{length}"), quantity.span)


def _only_duration(name: str) -> Fraction | None:
    read = read_quantities(name)
    if len(read) != 1 or len(read[0].span) < len(name) - len("first "):
        return None
    return _length(read[0])


def _length(quantity: Quantity) -> Fraction | None:
    if quantity.dimension != "duration" or quantity.value is None or quantity.unit is None:
        return None
    try:
        return to_base(quantity.value, quantity.unit)[0]
    except ValueError:
        return None
