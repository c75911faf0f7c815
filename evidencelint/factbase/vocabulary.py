"""Concepts with their names, and the contrast sets that tell another thing from another word."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from fractions import Fraction
from functools import cache
from graphlib import CycleError, TopologicalSorter

from evidencelint.errors import ResourceError
from evidencelint.model import SLOTS
from evidencelint.resources import rules_folder
from evidencelint.wording import count
from evidencelint.yamlio import Value, read_text, read_yaml, suggest

_SAME_CONCEPTS = {"comparator": "arm"}
_KINDS = (*(slot for slot in SLOTS if slot not in _SAME_CONCEPTS), "topic")
# The slots whose concepts say what a text is about.
TOPICAL = ("measure", "population", "arm")
_LEAST_ID_NAME = 3
_MOST_REMEMBERED = 50_000


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
    evidence from light to heavy. A comparator is an arm: its slot takes the concepts of arms.
    """

    concepts: Mapping[tuple[str, str], Concept]
    contrasts: tuple[frozenset[str], ...] = ()
    grades: tuple[str, ...] = ()
    _closures: dict[tuple[str, str], frozenset[str]] = field(default_factory=dict, compare=False, repr=False)
    _contrasts: dict[tuple[str, str, str], bool] = field(default_factory=dict, compare=False, repr=False)
    _compared: dict[tuple[str, frozenset[str], frozenset[str]], tuple[bool, tuple[str, str] | None]] = field(
        default_factory=dict, compare=False, repr=False
    )

    def names(self) -> Iterator[tuple[str, tuple[str, str]]]:
        """Yield every name with the slot and id of its concept."""
        for key, concept in self.concepts.items():
            for name in concept.names:
                yield name, key

    def find(self, slot: str, concept: str) -> Concept | None:
        """Give the concept that a slot knows by an id."""
        return self.concepts.get((_SAME_CONCEPTS.get(slot, slot), concept))

    def ids(self, slot: str) -> tuple[str, ...]:
        """Give the ids of the concepts that a slot takes."""
        kind = _SAME_CONCEPTS.get(slot, slot)
        return tuple(concept for of, concept in self.concepts if of == kind)

    def closure(self, slot: str, concept: str) -> frozenset[str]:
        """Give a concept's id with those of all it is a kind of."""
        key = (slot, concept)
        if key not in self._closures:
            found = {concept}
            waiting = [concept]
            while waiting:
                entry = self.find(slot, waiting.pop())
                for parent in entry.is_a if entry is not None else ():
                    if parent not in found:
                        found.add(parent)
                        waiting.append(parent)
            self._closures[key] = frozenset(found)
        return self._closures[key]

    def contrast(self, slot: str, first: str, second: str) -> bool:
        """Tell whether two concepts of a slot exclude one another, by themselves or by what they are kinds of.

        Any arm excludes a control arm that it is no kind of; a time point that is a length excludes any other length.
        """
        if first.startswith("@") and second.startswith("@"):
            return first != second
        key = (slot, first, second)
        if key not in self._contrasts:
            self._contrasts[key] = self._contrast(slot, first, second)
        return self._contrasts[key]

    def _contrast(self, slot: str, first: str, second: str) -> bool:
        ours, theirs = self.closure(slot, first), self.closure(slot, second)
        if first in theirs or second in ours:
            return False
        if slot in {"arm", "comparator"} and ("control" in ours) != ("control" in theirs):
            return True
        return any(
            bool(ours & group) and bool(theirs & group) and (ours & group) != (theirs & group)
            for group in self.contrasts
        )

    def compare(self, slot: str, ours: frozenset[str], theirs: frozenset[str]) -> tuple[bool, tuple[str, str] | None]:
        """Tell whether two sides of a slot name one thing, and give two concepts of theirs that exclude one another.

        Both may be: "asthma in the general population" and "asthma in clinics" share the illness and are still of
        other people. Then the two concepts are those of a contrast set of which each side names another.
        """
        key = (slot, ours, theirs)
        known = self._compared.get(key)
        if known is None:
            if len(self._compared) >= _MOST_REMEMBERED:
                self._compared.clear()
            known = self._compared[key] = self._compare(slot, ours, theirs)
        return known

    def _compare(self, slot: str, ours: frozenset[str], theirs: frozenset[str]) -> tuple[bool, tuple[str, str] | None]:
        if any(a in self.closure(slot, b) or b in self.closure(slot, a) for a in ours for b in theirs):
            return True, self._apart(slot, ours, theirs)
        pairs = ((a, b) for a in sorted(ours) for b in sorted(theirs) if self.contrast(slot, a, b))
        return False, next(pairs, None)

    def _apart(self, slot: str, ours: frozenset[str], theirs: frozenset[str]) -> tuple[str, str] | None:
        mine = {name: concept for concept in sorted(ours) for name in self.closure(slot, concept)}
        yours = {name: concept for concept in sorted(theirs) for name in self.closure(slot, concept)}
        for group in self.contrasts:
            here, there = group & mine.keys(), group & yours.keys()
            if here and there and not here & there:
                return mine[min(here)], yours[min(there)]
        return None

    def grade(self, concept: str) -> int:
        """Give the weight of a kind of evidence, from 1; 0 for what is no kind of evidence."""
        return self.grades.index(concept) + 1 if concept in self.grades else 0


_LENGTHS = ((Fraction(1461, 4), "year"), (Fraction(487, 16), "month"), (Fraction(7), "week"), (Fraction(1), "day"))


def shown(concept: str) -> str:
    """Write a concept as a person reads it: a time point that is a length is kept as "@" and a number of days."""
    try:
        days = Fraction(concept.removeprefix("@")) if concept.startswith("@") else None
    except ValueError:
        days = None
    for length, name in _LENGTHS if days is not None else ():
        if days is not None and days and (days / length).denominator == 1:
            return count(int(days / length), name)
    return concept


@cache
def general_vocabulary() -> Vocabulary:
    """Give the concepts that ship with the tool; raises ResourceError where their file is malformed."""
    path = rules_folder() / "lexicon" / "general-concepts.yaml"
    root = read_yaml(read_text(path, "lexicon", ResourceError), path.name, ResourceError)
    fields = root.mapping(("vocabulary", "contrasts", "grades"))
    found = read_vocabulary(fields.get("vocabulary"), fields.get("contrasts"), Vocabulary({}))
    grades = fields["grades"].words() if "grades" in fields else ()
    for grade in grades:
        check_concept(grade, "study", found)
    return Vocabulary(found.concepts, found.contrasts, tuple(grade.word() for grade in grades))


def names_topic(*slots: Mapping[str, Iterable[str]]) -> bool:
    """Tell whether slots name something of the fact base itself: a topical concept that is not a general one."""
    general = general_vocabulary().concepts
    return any((slot, name) not in general for each in slots for slot in TOPICAL for name in each[slot])


def read_vocabulary(concepts: Value | None, contrasts: Value | None, general: Vocabulary) -> Vocabulary:
    """Read a file's own concepts and contrast sets, and add them to the general ones."""
    own: list[Concept] = []
    parents: dict[tuple[str, str], Value] = {}
    for slot, group in concepts.mapping(_KINDS).items() if concepts is not None else ():
        for name, entry in group.mapping().items():
            is_a = entry.mapping(("names", "is_a")).get("is_a") if isinstance(entry.data, dict) else None
            if is_a is not None:
                parents[slot, name] = is_a
            own.append(_concept(slot, name, entry, is_a, general))
    known = combined(general, own, ())
    for (slot, _), value in parents.items():
        for parent in value.words():
            check_concept(parent, slot, known)
    _refuse_cycles(known, parents)
    return combined(general, own, tuple(_contrasts(contrasts, known)) if contrasts is not None else ())


def check_concept(value: Value, slot: str, known: Vocabulary) -> str:
    """Give the concept id that a value names; raises the value's error where the slot has no such concept."""
    name = value.word()
    if known.find(slot, name) is None:
        raise value.wrong(f"no {slot} concept {name}{suggest(name, known.ids(slot))}")
    return name


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


def _concept(slot: str, name: str, entry: Value, is_a: Value | None, general: Vocabulary) -> Concept:
    names = entry
    if isinstance(entry.data, dict):
        if "names" not in entry.data:
            raise entry.wrong("names are missing; write names: [...]", entry.key_position)
        names = entry.data["names"]
    # An id as short as "us" is no name, nor is that of a general concept: "control" is not always a group.
    is_name = len(name) >= _LEAST_ID_NAME and general.find(slot, name) is None
    own = (name.replace("-", " "),) if is_name else ()
    return Concept(
        slot=slot,
        id=name,
        names=tuple(dict.fromkeys((*(value.word() for value in names.words()), *own))),
        is_a=tuple(value.word() for value in is_a.words()) if is_a is not None else (),
    )


def _refuse_cycles(known: Vocabulary, parents: Mapping[tuple[str, str], Value]) -> None:
    cycle = _circle(known)
    if cycle is not None:
        start = next(key for key in parents if key in cycle)
        ring = cycle[cycle.index(start) : -1] + cycle[: cycle.index(start) + 1]
        way = " → ".join(concept for _, concept in dict.fromkeys(ring))
        raise parents[start].wrong(f"leads back to itself: {way} → {start[1]}")


def circle(known: Vocabulary) -> tuple[str, ...] | None:
    """Give the ids of concepts that are kinds of one another in a circle, each once; None where there are none."""
    found = _circle(known)
    return tuple(dict.fromkeys(concept for _, concept in found)) if found is not None else None


def _circle(known: Vocabulary) -> list[tuple[str, str]] | None:
    graph = {key: [(key[0], parent) for parent in concept.is_a] for key, concept in known.concepts.items()}
    try:
        TopologicalSorter(graph).prepare()
    except CycleError as error:
        found: list[tuple[str, str]] = error.args[1][::-1]
        return found
    return None


def _contrasts(value: Value, vocabulary: Vocabulary) -> Iterator[frozenset[str]]:
    homes: dict[str, set[str]] = defaultdict(set)
    for slot, concept in vocabulary.concepts:
        homes[concept].add(slot)
    for group in value.items():
        members = group.words()
        slots: set[str] = set()
        for member in members:
            name = member.word()
            if name not in homes:
                raise member.wrong(f"no concept {name}{suggest(name, tuple(homes))}")
            if slots and not slots & homes[name]:
                kinds = f"{name} is of {_either(homes[name])}, {members[0].word()} of {_either(slots)}"
                raise member.wrong(f"{kinds}; a contrast set is of one slot")
            slots = slots & homes[name] or homes[name]
        if len({member.word() for member in members}) < 2:  # noqa: PLR2004 - a contrast has two sides
            raise group.wrong("a contrast set needs two or more concepts")
        yield frozenset(member.word() for member in members)


def _either(slots: set[str]) -> str:
    return " or ".join(sorted(slots))
