"""Several fact bases as one: what a document is checked against when it has more than one.

Facts keep their ids; where two bases have one, both are told apart by the name of their file (``trials:remission``).
Vocabularies are joined: a concept that two bases declare under one id is one concept where they have a name for it in
common, or one of them has no name for it but the id. Otherwise the id means two things ("intervention": the app, the
breakfast club), and the concept of each base after the first goes by the name of its file as well.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from pathlib import Path

from evidencelint.diagnostics import Position
from evidencelint.errors import FactBaseError
from evidencelint.factbase.facts import Fact, FactBase, SourceRef
from evidencelint.factbase.vocabulary import Concept, Vocabulary, circle, general_vocabulary
from evidencelint.words import words

_Key = tuple[str, str]
_Names = Mapping[_Key, str]
_MARK = ":"
_USUAL = "facts"
_ROOT = 2


def join(bases: Sequence[FactBase]) -> FactBase:
    """Join fact bases, in order; one alone is given back as it is.

    Raises FactBaseError where their vocabularies contradict one another. Each base must have been found true to its
    sources by itself: of two texts of one source, a digest gives way, and others are both kept.
    """
    if len(bases) == 1:
        return bases[0]
    labels = _labels([base.path for base in bases])
    vocabulary = general_vocabulary()
    renamed: list[_Names] = []
    for base, label in zip(bases, labels, strict=True):
        names = _apart(vocabulary, base.vocabulary, label)
        renamed.append(names)
        vocabulary = _joined(vocabulary, base, names)
    sources, texts = _sources(bases)
    return FactBase(
        path=" + ".join(base.path for base in bases),
        title="; ".join(dict.fromkeys(base.title for base in bases if base.title)),
        sources=sources,
        bibliography=tuple(dict.fromkeys(path for base in bases for path in base.bibliography)),
        vocabulary=vocabulary,
        facts=tuple(_facts(bases, labels, renamed)),
        source_texts=texts,
        fingerprint=_fingerprint(bases, labels),
        retractions=tuple(dict.fromkeys(path for base in bases for path in base.retractions)),
        files=tuple(dict.fromkeys(file for base in bases for file in base.files)),
        contrasts=tuple(contrast for base in bases for contrast in base.contrasts),
        declared=tuple(concept for base in bases for concept in base.declared),
        dropped=tuple(dict.fromkeys(quote for base in bases for quote in base.dropped)),
        parts=tuple(bases),
    )


def kept_apart(base: FactBase) -> Iterator[str]:
    """Say of each concept of a joined fact base that goes by the name of its file why it does."""
    for slot, identity in base.vocabulary.concepts:
        label, mark, name = identity.rpartition(_MARK)
        if mark:
            yield f"{slot} {name} of {label} goes by {identity}: it has no name in common with the one before it"


def _fingerprint(bases: Sequence[FactBase], labels: Sequence[str]) -> str:
    # the names of the files become part of what is read
    parts = (part for base, label in zip(bases, labels, strict=True) for part in (label, base.fingerprint))
    return hashlib.sha256("\0".join(parts).encode()).hexdigest()[:16]


def _labels(paths: Sequence[str]) -> list[str]:
    """Name each file by as much of the end of its path as tells it from the others; a facts.yaml by its folder."""
    parts = [Path(path).resolve().with_suffix("").parts for path in paths]
    parts = [each[:-1] if each[-1] == _USUAL and len(each) > _ROOT else each for each in parts]
    longest = max(map(len, parts))
    for size in range(1, longest + 1):
        names = ["/".join(each[-size:]) for each in parts]
        if len(set(names)) == len(names):
            break
    return names


def _apart(known: Vocabulary, new: Vocabulary, label: str) -> _Names:
    """Give the new names of those concepts that mean something else than the known ones of their ids."""
    general = general_vocabulary().concepts
    return {
        key: f"{label}{_MARK}{key[1]}"
        for key, concept in new.concepts.items()
        if key in known.concepts and key not in general and not _one_thing(known.concepts[key], concept)
    }


def _one_thing(first: Concept, second: Concept) -> bool:
    ours, theirs = _given_names(first), _given_names(second)
    return not ours or not theirs or bool(ours & theirs)


def _given_names(concept: Concept) -> frozenset[str]:
    """Give the names of a concept as texts are searched for them, but for its id."""
    stems = {" ".join(word.stem for word in words(name)) for name in concept.names}
    return frozenset(stems - {" ".join(word.stem for word in words(concept.id.replace("-", " ")))})


def _joined(known: Vocabulary, base: FactBase, names: _Names) -> Vocabulary:
    concepts = dict(known.concepts)
    for key, concept in base.vocabulary.concepts.items():
        slot, identity = key
        new = (slot, names.get(key, identity))
        is_a = tuple(names.get((slot, parent), parent) for parent in concept.is_a)
        old = concepts.get(new, Concept(slot, new[1], (), ()))
        merged = tuple(dict.fromkeys((*old.names, *concept.names))), tuple(dict.fromkeys((*old.is_a, *is_a)))
        concepts[new] = Concept(slot, new[1], *merged)
    new_sets = (_renamed(group, base, names) for group in base.vocabulary.contrasts)
    found = Vocabulary(concepts, tuple(dict.fromkeys((*known.contrasts, *new_sets))), known.grades)
    ring = circle(found)
    if ring is not None:
        way = " → ".join((*ring, ring[0]))
        message = f"with the fact bases before it, a concept is a kind of itself: {way}; take one is_a out"
        raise FactBaseError(message, Position(base.path, 1))
    return found


def _renamed(group: frozenset[str], base: FactBase, names: _Names) -> frozenset[str]:
    """Give a contrast set with the new names; an id that two slots know may have both."""
    found: set[str] = set()
    for member in group:
        homes = [key for key in base.vocabulary.concepts if key[1] == member]
        found.update(names.get(key, member) for key in homes)
    return frozenset(found)


def _sources(bases: Sequence[FactBase]) -> tuple[tuple[SourceRef, ...], dict[str, str]]:
    refs: dict[str, SourceRef] = {}
    texts: dict[str, str] = {}
    for base in bases:
        for ref in base.sources:
            key, text = ref.key, base.source_texts.get(ref.key)
            known = refs.get(key)
            if known is None or (text is not None and (key not in texts or (known.digest and not ref.digest))):
                refs[key] = ref
                if text is not None:
                    texts[key] = text
            elif text is not None and known.digest == ref.digest and text not in texts[key]:
                texts[key] += f"\n\n{text}"
    return tuple(refs.values()), texts


def _facts(bases: Sequence[FactBase], labels: Sequence[str], renamed: Sequence[_Names]) -> Iterator[Fact]:
    """Yield all facts, those of a file that two bases include once."""
    places: dict[str, set[tuple[str, int]]] = {}
    for base in bases:
        for fact in base.facts:
            places.setdefault(fact.id, set()).add(_place(fact))
    told: set[tuple[str, int]] = set()
    for base, label, names in zip(bases, labels, renamed, strict=True):
        for fact in base.facts:
            if _place(fact) not in told:
                told.add(_place(fact))
                yield _named(fact, label, places, names)


def _place(fact: Fact) -> tuple[str, int]:
    return str(Path(fact.position.path).resolve()), fact.position.line


def _named(fact: Fact, label: str, places: Mapping[str, set[tuple[str, int]]], names: _Names) -> Fact:
    def whole(identity: str | None) -> str | None:
        return f"{label}{_MARK}{identity}" if identity is not None and len(places[identity]) > 1 else identity

    return replace(
        fact,
        id=whole(fact.id) or fact.id,
        superseded_by=whole(fact.superseded_by),
        slots=_slots(fact.slots, names),
        overrides=tuple(replace(each, slots=_slots(each.slots, names)) for each in fact.overrides),
    )


def _slots(slots: Mapping[str, frozenset[str]], names: _Names) -> Mapping[str, frozenset[str]]:
    return {
        slot: frozenset(names.get(("arm" if slot == "comparator" else slot, concept), concept) for concept in concepts)
        for slot, concepts in slots.items()
    }
