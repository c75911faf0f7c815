"""The index of a large fact base: facts are found by rows on disk, and read only when a claim comes near them.

A claim meets at most a fixed number of facts, whatever there is: those that share its rarest terms come first, then
those of which a common term says most, and those that have its figure (impact-ordered postings, as in Anh and Moffat,
2002). What is so found is read in full and weighed as in a small fact base.
"""

from __future__ import annotations

import json
import math
import zlib
from collections import OrderedDict, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from functools import cached_property
from heapq import nsmallest
from pathlib import Path
from typing import Any

from evidencelint.cache import CodecError, decode
from evidencelint.cache.shelf import DamagedShelfError, Shelf
from evidencelint.claims import ClaimReader
from evidencelint.factbase.facts import Fact, Ground, SourceRef
from evidencelint.factbase.vocabulary import Concept, Vocabulary
from evidencelint.frames import Claim, Figure
from evidencelint.lexicon import Family, every_feature, rated_by_others
from evidencelint.matching.entries import Entry, FactFigure, FactStatement, entry_of, norm
from evidencelint.matching.index import FactIndex, best, homes_of
from evidencelint.matching.overview import Overview
from evidencelint.matching.posting import marks_of, unpacked, with_value
from evidencelint.matching.sourced import known_families, known_features

_MOST_READ = 24
_MOST_TOUCHED = 3_000
_SAME_VALUE = 0.15
_MOST_NAMING = 100
_KEPT_FACTS = 6_000
_KEPT_TERMS = 50_000
_A_FACT = 1_000

Postings = tuple[int, list[tuple[int, float]]]


class LargeIndex(FactIndex):
    """Facts on a shelf. Raises DamagedShelfError wherever the shelf turns out to be damaged."""

    finds_facts = True

    def __init__(self, shelf: Shelf, reader: ClaimReader, head: Head) -> None:
        """Take what `head_of` gives of the shelf, and a reader with its vocabulary."""
        self.shelf = shelf
        self.reader = reader
        self.vocabulary = head.ground.vocabulary
        self.sources = head.ground.sources
        self.homes = homes_of(head.ground)
        self.carriers = head.carriers
        self._size = head.size
        self.overview = head.overview
        self._texts = head.texts
        self._entries: OrderedDict[int, Entry] = OrderedDict()
        self._postings: dict[str, Postings] = {}
        self._near: dict[frozenset[str], list[int]] = {}

    @property
    def source_texts(self) -> Mapping[str, str]:
        """Give the texts of the sources by their keys."""
        return self._whole_texts

    @cached_property
    def _whole_texts(self) -> Mapping[str, str]:
        rows = self.shelf.get([f"s:{key}" for key in self._texts])
        return {key: zlib.decompress(rows[f"s:{key}"]).decode() for key in self._texts}

    def prepare(self, claims: Sequence[Claim]) -> None:
        """Read all facts that the claims of a document come near, at once."""
        wanted: dict[int, None] = {}
        for claim in claims:
            wanted.update(dict.fromkeys(self._candidates(self.claim_weights(claim))))
            for figure in claim.figures:
                wanted.update(dict.fromkeys(self._candidates(self.draft_weights(figure, claim.context))))
        numbers = list(wanted)
        for start in range(0, len(numbers), _KEPT_FACTS // 2):
            self._read(numbers[start : start + _KEPT_FACTS // 2])

    def discard(self) -> None:
        """Delete the shelf."""
        self.shelf.discard()

    def unknown(self, terms: Iterable[str]) -> frozenset[str]:
        """Give the terms that neither a fact nor a source has."""
        absent = [term for term in terms if not self._posted([term])[term][0]]
        known = self.shelf.get([f"k:{term}" for term in absent])
        return frozenset(term for term in absent if f"k:{term}" not in known)

    def unheard(self, family: Family) -> bool:
        """Tell whether neither facts nor source have a word of an outcome; of the facts only terms are known."""
        terms = [self.reader.lexical.read(name).values() for name in sorted(family.words)]
        return super().unheard(family) and all(self.unknown(each) for each in terms if each)

    @cached_property
    def design_features(self) -> frozenset[int]:
        """Give the features of a design that a source may tell of a study; all where no source is at hand."""
        texts = self.source_texts.values()
        return known_features(texts or every_feature())

    @cached_property
    def knows_raters(self) -> bool:
        """Tell whether a source speaks of people judged by others; taken for granted where none is at hand."""
        texts = self.source_texts.values()
        return not texts or any(rated_by_others(text) is not None for text in texts)

    @cached_property
    def _heard(self) -> frozenset[Family]:
        return known_families(self.source_texts.values())

    def links(self, some: Iterable[str], others: Iterable[str]) -> bool:
        """Tell whether a fact names a term of each side together."""
        others = tuple(others)
        return bool(self.shelf.get([f"l:{min(a, b)}\0{max(a, b)}" for a in some for b in others]))

    def effects_of(self, arms: Iterable[str], groups: Iterable[str]) -> list[FactStatement]:
        """Give clauses that tell the effect of one of the arms in one of the groups, in order."""
        arms, groups = frozenset(arms), frozenset(groups)
        acting = {number for term in arms for number, _ in self._posted([f"arm:{term}"])[f"arm:{term}"][1]}
        met = {n for term in groups for n, _ in self._posted([f"population:{term}"])[f"population:{term}"][1]}
        numbers = nsmallest(_MOST_NAMING, acting & met)
        return [
            item
            for entry in self._read(numbers)
            for item in entry.statements
            if item.slots["arm"] & arms
            and item.slots["population"] & groups
            and item.claim.relation is not None
            and not item.claim.relation.compared
        ]

    def statements_on(self, term: str) -> list[FactStatement]:
        """Give clauses of facts that name a term, in the order of the fact base; of a common one, not all of them."""
        numbers = nsmallest(_MOST_NAMING, (number for number, _ in self._posted([term])[term][1]))
        return [item for entry in self._read(numbers) for item in entry.statements if term in item.weights]

    def statement(self, order: int) -> FactStatement:
        """Give a clause of a fact, or the first one of it, by the order that `overview` names."""
        (entry,) = self._read([order])
        return entry.statements[0]

    def figures_of(self, fact_id: str) -> list[FactFigure]:
        """Give the figures of one fact."""
        rows = self.shelf.get([f"i:{fact_id}"])
        return [figure for entry in self._read([int(row) for row in rows.values()]) for figure in entry.figures]

    def successors_of(self, fact: Fact) -> list[FactFigure]:
        """Give the figures of the fact that holds in place of a superseded one."""
        seen = {fact.id}
        following = fact.superseded_by
        while following is not None and following not in seen:
            seen.add(following)
            rows = self.shelf.get([f"i:{following}"])
            if not rows:
                break
            (fact,) = self._facts([int(row) for row in rows.values()]).values()
            following = fact.superseded_by
        return self.figures_of(fact.id)

    def idf(self, term: str) -> float:
        """Give the weight of a term: rare in the fact base is worth more; unknown is worth little."""
        count = self._posted([term])[term][0]
        return math.log(1 + self._size / count) if count else math.log(2 + self._size) / 2

    def draft_weights(self, figure: Figure, context: Iterable[str]) -> dict[str, float]:
        """Weigh the terms of a draft's figure; its values are among them, without weight, to be looked up by."""
        weights = super().draft_weights(figure, context)
        weights.update(dict.fromkeys(sorted(marks_of(figure.quantity)), 0.0))
        return weights

    def nearest_figures(self, weights: Mapping[str, float]) -> list[tuple[float, FactFigure]]:
        """Give the figures of facts that share terms, best first, with cosine similarity 0 to 1."""
        length = norm(weights)
        items = [item for entry in self._read(self._candidates(weights)) for item in entry.figures]
        return best([(_dot(weights, item.weights) / (length * item.norm or 1.0), item) for item in items])

    def nearest_statements(self, weights: Mapping[str, float]) -> list[tuple[float, FactStatement]]:
        """Give the clauses of facts that share terms, best first, with cosine similarity 0 to 1."""
        length = norm(weights)
        items = [item for entry in self._read(self._candidates(weights)) for item in entry.statements]
        return best([(_dot(weights, item.weights) / (length * item.norm or 1.0), item) for item in items])

    def _candidates(self, weights: Mapping[str, float]) -> list[int]:
        """Give the facts to look at, the likeliest first."""
        key = frozenset(f"{term}\0{weight}" for term, weight in weights.items())
        if key not in self._near:
            if len(self._near) >= _KEPT_FACTS:
                self._near.clear()
            self._near[key] = self._chosen(weights)
        return self._near[key]

    def _chosen(self, weights: Mapping[str, float]) -> list[int]:
        terms = sorted(term for term, weight in weights.items() if weight)
        marks = sorted(term for term, weight in weights.items() if not weight)
        found = self._posted([*terms, *marks, *(with_value(term, mark) for term in terms for mark in marks)])
        scores: dict[int, float] = defaultdict(float)
        bonus = _SAME_VALUE * norm(weights)
        same: set[int] = {number for mark in marks for number, _ in found[mark][1]}
        touched = 0
        for term in sorted(terms, key=lambda each: (found[each][0], each)):
            weight = weights[term]
            if touched < _MOST_TOUCHED:
                for number, impact in found[term][1]:
                    scores[number] += weight * impact
                touched += len(found[term][1])
            had = {number for number, _ in found[term][1]}
            for mark in marks:
                for number, impact in found[with_value(term, mark)][1]:
                    same.add(number)
                    if number not in had:
                        scores[number] += weight * impact
        for number in same:
            scores[number] += bonus
        return nsmallest(_MOST_READ, scores, key=lambda number: (-scores[number], number))

    def _posted(self, terms: Sequence[str]) -> Mapping[str, Postings]:
        """Give the postings of terms; those of unknown ones are empty."""
        missing = [term for term in terms if term not in self._postings]
        if missing:
            if len(self._postings) + len(missing) > _KEPT_TERMS:
                self._postings.clear()
                missing = list(dict.fromkeys(terms))
            rows = self.shelf.get([f"t:{term}" for term in missing])
            for term in missing:
                row = rows.get(f"t:{term}")
                self._postings[term] = unpacked(row) if row is not None else (0, [])
        return self._postings

    def _read(self, numbers: Sequence[int]) -> list[Entry]:
        """Give facts as they are matched; those that were not read before are read in one batch."""
        missing = [number for number in dict.fromkeys(numbers) if number not in self._entries]
        if missing:
            facts = self._facts(missing)
            read = self.reader.read_each([facts[number].quote for number in missing])
            for number, claims in zip(missing, read, strict=True):
                fact, first = facts[number], number * _A_FACT
                parts = self.reader.lexical.parts(fact.quote)
                self._entries[number] = entry_of(fact, claims, parts, self.weigh, first, first)
        found = [self._entries[number] for number in numbers]
        while len(self._entries) > _KEPT_FACTS:
            self._entries.popitem(last=False)
        return found

    def _facts(self, numbers: Sequence[int]) -> dict[int, Fact]:
        rows = self.shelf.get([f"f:{number}" for number in numbers])
        try:
            return {number: decode(_data(rows[f"f:{number}"]), Fact) for number in numbers}
        except (KeyError, CodecError) as problem:
            raise DamagedShelfError(f"{self.shelf.path}: {problem}") from problem


class Head:
    """What a shelf says of the whole fact base."""

    def __init__(self, data: Mapping[str, Any]) -> None:
        """Read the row; raises KeyError, TypeError, ValueError or CodecError where it is another's."""
        ground = data["ground"]
        concepts = [decode(concept, Concept) for concept in ground["concepts"]]
        vocabulary = Vocabulary(
            {(concept.slot, concept.id): concept for concept in concepts},
            tuple(frozenset(group) for group in ground["contrasts"]),
            tuple(ground["grades"]),
        )
        self.ground = Ground(
            path=ground["path"],
            fingerprint=ground["fingerprint"],
            sources=tuple(decode(source, SourceRef) for source in ground["sources"]),
            bibliography=tuple(map(Path, ground["bibliography"])),
            retractions=tuple(map(Path, ground["retractions"])),
            vocabulary=vocabulary,
            parts=tuple(tuple(files) for files in ground["parts"]),
        )
        self.size = int(data["size"])
        self.texts: tuple[str, ...] = tuple(data["texts"])
        self.carriers = frozenset(data["carriers"])
        self.overview = Overview(
            told=frozenset(data["told"]),
            compared=frozenset((a, b) for a, b in data["compared"]),
            linked=frozenset(),
            studies={str(study): int(number) for study, number in data["studies"].items()},
            effects={},
        )


def head_of(shelf: Shelf) -> Head:
    """Read what a shelf says of the whole fact base; raises DamagedShelfError."""
    try:
        return Head(_data(shelf.get(["m:"])["m:"]))
    except (KeyError, TypeError, ValueError, CodecError) as problem:
        raise DamagedShelfError(f"{shelf.path}: {problem}") from problem


def _data(row: bytes) -> Any:  # noqa: ANN401 - plain JSON data
    return json.loads(zlib.decompress(row))


def _dot(weights: Mapping[str, float], others: Mapping[str, float]) -> float:
    return sum(weight * others[term] for term, weight in sorted(weights.items()) if term in others)
