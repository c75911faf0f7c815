"""Concepts with their names, and the contrast sets that tell another thing from another word."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True)
class Concept:
    """Something a field speaks of: its slot, its id, its names, and the concepts it is a kind of."""

    slot: str
    id: str
    names: tuple[str, ...]
    is_a: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Vocabulary:
    """All concepts of a fact base, the general ones included.

    ``contrasts`` are sets of concept ids whose members exclude one another; ``grades`` orders kinds of
    evidence from light to heavy.
    """

    concepts: Mapping[tuple[str, str], Concept]
    contrasts: tuple[frozenset[str], ...] = ()
    grades: tuple[str, ...] = ()
    _closures: dict[tuple[str, str], frozenset[str]] = field(default_factory=dict, compare=False, repr=False)

    def names(self) -> Iterator[tuple[str, tuple[str, str]]]:
        """Yield every name with the slot and id of its concept."""
        for key, concept in self.concepts.items():
            for name in concept.names:
                yield name, key

    def closure(self, slot: str, concept: str) -> frozenset[str]:
        """Give a concept's id with those of all it is a kind of."""
        key = (slot, concept)
        if key not in self._closures:
            found = {concept}
            waiting = [concept]
            while waiting:
                entry = self.concepts.get((slot, waiting.pop()))
                for parent in entry.is_a if entry is not None else ():
                    if parent not in found:
                        found.add(parent)
                        waiting.append(parent)
            self._closures[key] = frozenset(found)
        return self._closures[key]

    def contrast(self, slot: str, first: str, second: str) -> bool:
        """Tell whether two concepts of a slot exclude one another, by themselves or by what they are kinds of.

        Any arm excludes a control arm that it is no kind of.
        """
        ours, theirs = self.closure(slot, first), self.closure(slot, second)
        if first in theirs or second in ours:
            return False
        if slot == "arm" and ("control" in ours) != ("control" in theirs):
            return True
        return any(
            bool(ours & group) and bool(theirs & group) and (ours & group) != (theirs & group)
            for group in self.contrasts
        )

    def grade(self, concept: str) -> int:
        """Give the weight of a kind of evidence, from 1; 0 for what is no kind of evidence."""
        return self.grades.index(concept) + 1 if concept in self.grades else 0


def combined(general: Vocabulary, own: Sequence[Concept], contrasts: Sequence[frozenset[str]]) -> Vocabulary:
    """Add a fact base's concepts to the general ones; declaring an id again adds names to it."""
    concepts = dict(general.concepts)
    for concept in own:
        key = (concept.slot, concept.id)
        known = concepts.get(key)
        if known is not None:
            names = tuple(dict.fromkeys((*known.names, *concept.names)))
            concepts[key] = Concept(concept.slot, concept.id, names, (*known.is_a, *concept.is_a))
        else:
            concepts[key] = concept
    return Vocabulary(concepts, (*general.contrasts, *contrasts), general.grades)
