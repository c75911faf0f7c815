"""Compare the slots of a draft's frame with those of a fact's, by contrast sets."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from evidencelint.factbase.vocabulary import Vocabulary
from evidencelint.frames import Slots
from evidencelint.model import SLOTS


@dataclass(frozen=True, slots=True)
class Conflict:
    """A slot in which draft and fact name concepts that exclude one another."""

    slot: str
    draft: str
    fact: str
    stated: bool


@dataclass(frozen=True, slots=True)
class SlotComparison:
    """The slots in which both sides agree, and those in which they exclude one another."""

    agreed: tuple[str, ...]
    conflicts: tuple[Conflict, ...]

    @property
    def hard(self) -> tuple[Conflict, ...]:
        """Give the conflicts that the draft states itself, not its surroundings."""
        return tuple(conflict for conflict in self.conflicts if conflict.stated)


_NOTHING = SlotComparison((), ())


def compare_slots(stated: Slots, filled: Slots, fact: Slots, vocabulary: Vocabulary) -> SlotComparison:
    """Compare slot by slot; an empty slot on either side agrees with everything and proves nothing."""
    agreed: list[str] = []
    conflicts: list[Conflict] = []
    for slot in SLOTS:
        theirs = fact[slot]
        if not theirs:
            continue
        own = stated[slot]
        ours = own or filled[slot]
        if not ours:
            continue
        meet, apart = vocabulary.compare(slot, ours, theirs)
        if meet:
            agreed.append(slot)
        if apart is not None:
            conflicts.append(Conflict(slot, *apart, bool(own)))
    return SlotComparison(tuple(agreed), tuple(conflicts)) if agreed or conflicts else _NOTHING


def merged(read: Slots, overrides: Mapping[str, frozenset[str]], defaulted: frozenset[str]) -> Slots:
    """Give the slots as read, with those that a curator overrode; a default yields to what was read."""
    return {
        slot: read[slot] if slot in defaulted and read[slot] else overrides.get(slot) or read[slot] for slot in SLOTS
    }
