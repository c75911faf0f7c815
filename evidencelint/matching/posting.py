"""A large fact base made ready to be asked: which facts have a term or a value, without reading any of them closely.

Only words, concepts and figures are read here, which needs no parser; what a fact says is read when a claim comes near
it. A term that many facts have keeps those that it says most of, and a list for each value it stands with.
"""

from __future__ import annotations

import json
import math
import zlib
from array import array
from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from itertools import combinations

from evidencelint.cache import encode
from evidencelint.claims import ClaimReader
from evidencelint.factbase.facts import Fact, FactBase, Ground, SourceRef
from evidencelint.factbase.vocabulary import Concept
from evidencelint.lexicon import comparison_cues, gap_phrases
from evidencelint.matching.entries import concept_terms
from evidencelint.matching.overview import ACTING, Pair
from evidencelint.model import Quantity
from evidencelint.quantities import read_quantities

MOST_POSTED = 384
_MOST_WITH_VALUE = 64
_PART = 0.3
_NUMBER, _IMPACT = "I", "f"


def marks_of(quantity: Quantity) -> frozenset[str]:
    """Give the values of a figure, rounded to two digits, as terms that an index can hold ("=fraction:67")."""
    values = (quantity.value, quantity.low, quantity.high)
    return frozenset(f"={quantity.dimension}:{float(value):.2g}" for value in values if value is not None)


def packed(postings: Sequence[tuple[float, int]], frequency: int) -> bytes:
    """Write postings (impact, fact) with the number of facts that have the term."""
    numbers = array(_NUMBER, (number for _, number in postings))
    impacts = array(_IMPACT, (impact for impact, _ in postings))
    return array(_NUMBER, (frequency, len(numbers))).tobytes() + numbers.tobytes() + impacts.tobytes()


def unpacked(data: bytes) -> tuple[int, list[tuple[int, float]]]:
    """Read the number of facts that have a term, and its postings (fact, impact)."""
    head = array(_NUMBER)
    head.frombytes(data[: 2 * head.itemsize])
    frequency, count = head
    numbers, impacts = array(_NUMBER), array(_IMPACT)
    start = 2 * head.itemsize
    end = start + count * numbers.itemsize
    numbers.frombytes(data[start:end])
    impacts.frombytes(data[end:])
    return frequency, list(zip(numbers, impacts, strict=True))


def json_row(data: object) -> bytes:
    """Write plain data as a row."""
    return zlib.compress(json.dumps(data, separators=(",", ":")).encode(), 1)


@dataclass(slots=True)
class _Gathered:
    """What is gathered of the facts, one after the other; terms are numbered as they come."""

    terms: dict[str, int] = field(default_factory=dict)
    frequency: Counter[int] = field(default_factory=Counter)
    of_fact: list[array[int]] = field(default_factory=list)
    parts: list[array[int]] = field(default_factory=list)
    marks: list[tuple[str, ...]] = field(default_factory=list)
    told: set[str] = field(default_factory=set)
    compared: set[Pair] = field(default_factory=set)
    linked: set[Pair] = field(default_factory=set)
    studies: dict[str, int] = field(default_factory=dict)

    def number(self, term: str) -> int:
        return self.terms.setdefault(term, len(self.terms))

    def add(self, fact: Fact, reader: ClaimReader) -> None:
        lexical = reader.lexical.read(fact.quote)
        said = lexical.values()
        numbers = array(_NUMBER, sorted(map(self.number, said | concept_terms(fact.slots))))
        self.frequency.update(map(self.number, said))
        self.parts.append(array(_NUMBER, sorted({*map(self.number, reader.lexical.parts(fact.quote))} - {*numbers})))
        quantities = read_quantities(fact.quote)
        self.marks.append(tuple(sorted(frozenset().union(*map(marks_of, quantities)))))
        slots = reader.lexical.slots(lexical.mentions)
        named = {slot: slots[slot] | fact.slots.get(slot, frozenset()) for slot in slots}
        if next(iter(gap_phrases().find(lexical.words)), None) is None:
            self.told |= named["measure"]
        if quantities or next(iter(comparison_cues().find(lexical.words)), None) is not None:
            self.compared.update(combinations(sorted(named["arm"]), 2))
        acting = sorted(term for term in said | concept_terms(fact.slots) if term.startswith(ACTING))
        self.linked.update(combinations(acting, 2))
        self.linked.update((term, term) for term in acting)
        for study in named["study"]:
            self.studies.setdefault(study, len(self.of_fact))
        self.of_fact.append(numbers)


def rows_of(base: FactBase, reader: ClaimReader) -> Iterator[tuple[str, bytes]]:
    """Yield the rows of a fact base: facts, postings by term and by term and value, and what all facts tell."""
    found = _Gathered()
    for fact in base.facts:
        found.add(fact, reader)
    for number, fact in enumerate(base.facts):
        yield f"f:{number}", json_row(encode(fact, Fact))
        yield f"i:{fact.id}", str(number).encode()
    yield from _posting_rows(found)
    known: set[str] = set()
    for text in base.source_texts.values():
        known |= reader.lexical.read(text).values()
    yield from ((f"k:{term}", b"") for term in known - found.terms.keys())
    yield from ((f"l:{a}\0{b}", b"") for a, b in found.linked)
    yield from ((f"s:{key}", zlib.compress(text.encode(), 1)) for key, text in base.source_texts.items())
    carriers = frozenset().union(*(fact.carriers for fact in base.facts))
    yield (
        "m:",
        json_row(
            {
                "size": len(base.facts),
                "ground": ground_data(base.ground),
                "texts": sorted(base.source_texts),
                "carriers": sorted(carriers),
                "told": sorted(found.told),
                "compared": sorted(found.compared),
                "studies": found.studies,
            }
        ),
    )


def _posting_rows(found: _Gathered) -> Iterator[tuple[str, bytes]]:
    size = len(found.of_fact)
    unknown = math.log(2 + size) / 2
    idf = [unknown] * len(found.terms)
    for term, count in found.frequency.items():
        idf[term] = math.log(1 + size / count)
    lengths: list[float] = []
    holders: dict[int, array[int]] = defaultdict(lambda: array(_NUMBER))
    partly: dict[int, array[int]] = defaultdict(lambda: array(_NUMBER))
    for number, (own, parts) in enumerate(zip(found.of_fact, found.parts, strict=True)):
        square = sum(idf[term] ** 2 for term in own) + sum((_PART * idf[term]) ** 2 for term in parts)
        lengths.append(math.sqrt(square) or 1.0)
        for term in own:
            holders[term].append(number)
        for term in parts:
            partly[term].append(number)
    for name, term in found.terms.items():
        postings = [(idf[term] / lengths[number], number) for number in holders[term]]
        postings += [(_PART * idf[term] / lengths[number], number) for number in partly.get(term, ())]
        yield f"t:{name}", packed(_strongest(postings, MOST_POSTED), found.frequency.get(term, 0))
        if len(postings) > MOST_POSTED:
            yield from _with_values(name, postings, found)
    yield from _value_rows(found)


def _value_rows(found: _Gathered) -> Iterator[tuple[str, bytes]]:
    """Yield the facts of the values that few facts have."""
    marked: dict[str, list[tuple[float, int]]] = defaultdict(list)
    for number, marks in enumerate(found.marks):
        for mark in marks:
            marked[mark].append((0.0, number))
    for mark, each in marked.items():
        if len(each) <= MOST_POSTED:
            yield f"t:{mark}", packed(each, len(each))


def _with_values(name: str, postings: Sequence[tuple[float, int]], found: _Gathered) -> Iterator[tuple[str, bytes]]:
    """Yield the postings of a common term by the values it stands with."""
    together: dict[str, list[tuple[float, int]]] = defaultdict(list)
    for posting in postings:
        for mark in found.marks[posting[1]]:
            together[mark].append(posting)
    for mark, each in together.items():
        yield f"t:{with_value(name, mark)}", packed(_strongest(each, _MOST_WITH_VALUE), len(each))


def with_value(term: str, mark: str) -> str:
    """Name the postings of a term and a value."""
    return f"{term}\0{mark}"


def _strongest(postings: list[tuple[float, int]], most: int) -> list[tuple[float, int]]:
    """Give the facts that a term says most of; of equals, those that come first."""
    return sorted(postings, key=lambda each: (-each[0], each[1]))[:most]


def ground_data(ground: Ground) -> dict[str, object]:
    """Write what a fact base is without its facts as plain data."""
    vocabulary = ground.vocabulary
    return {
        "path": ground.path,
        "fingerprint": ground.fingerprint,
        "sources": [encode(source, SourceRef) for source in ground.sources],
        "bibliography": [str(path) for path in ground.bibliography],
        "retractions": [str(path) for path in ground.retractions],
        "concepts": [encode(concept, Concept) for concept in vocabulary.concepts.values()],
        "contrasts": [sorted(group) for group in vocabulary.contrasts],
        "grades": list(vocabulary.grades),
        "parts": [list(files) for files in ground.parts],
    }
