"""Compare the slots of a draft's frame with those of a fact's, by contrast sets."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from evidencelint.frames import Slots
from evidencelint.model import SLOTS
from evidencelint.vocabulary import Vocabulary


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


def compare_slots(stated: Slots, filled: Slots, fact: Slots, vocabulary: Vocabulary) -> SlotComparison:
    """Compare slot by slot; an empty slot on either side agrees with everything and proves nothing."""
    agreed: list[str] = []
    conflicts: list[Conflict] = []
    for slot in SLOTS:
        ours, theirs, own = stated[slot] or filled[slot], fact[slot], bool(stated[slot])
        if not ours or not theirs:
            continue
        if _meet(slot, ours, theirs, vocabulary):
            agreed.append(slot)
            if (apart := vocabulary.apart(slot, ours, theirs)) is not None:
                conflicts.append(Conflict(slot, *apart, own))
            continue
        pair = next(
            ((a, b) for a in sorted(ours) for b in sorted(theirs) if vocabulary.contrast(slot, a, b)),
            None,
        )
        if pair is not None:
            conflicts.append(Conflict(slot, *pair, own))
    return SlotComparison(tuple(agreed), tuple(conflicts))


def _meet(slot: str, ours: frozenset[str], theirs: frozenset[str], vocabulary: Vocabulary) -> bool:
    return any(a in vocabulary.closure(slot, b) or b in vocabulary.closure(slot, a) for a in ours for b in theirs)


def merged(read: Slots, overrides: Mapping[str, frozenset[str]], defaulted: frozenset[str]) -> Slots:
    """Give the slots as read, with those that a curator overrode; a default yields to what was read."""
    return {
        slot: read[slot] if slot in defaulted and read[slot] else overrides.get(slot) or read[slot] for slot in SLOTS
    }
