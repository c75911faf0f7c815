"""Find the facts that a few words or a figure speak of: by words, by concepts under any of their names, by number."""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass

from rapidfuzz.fuzz import token_set_ratio

from evidencelint.facts import Fact, FactBase
from evidencelint.lexicon import stop_stems
from evidencelint.quantities import read_quantities
from evidencelint.words import PhraseTable, words

_CONCEPT = 2.0
_FIGURE = 3.0


@dataclass(frozen=True, slots=True)
class FoundFact:
    """A fact and how well it fits the question, from 0 (not at all) to 1 (it has all that was asked for)."""

    fact: Fact
    score: float


def search_facts(base: FactBase, query: str, limit: int = 10) -> tuple[FoundFact, ...]:
    """Give the facts that fit a question, best first; what has nothing of it is left out."""
    table = PhraseTable(base.vocabulary.names(), by="name")
    asked = frozenset(_terms(query, table))
    if not asked:
        return ()
    held = [frozenset(_held(fact, table)) for fact in base.facts]
    known = Counter(term for terms in held for term in terms)
    weights = {term: _weight(term, known[term], len(held)) for term in asked}
    whole = sum(weights.values())
    found: list[tuple[float, float, int]] = []
    for index, terms in enumerate(held):
        share = sum(weights[term] for term in asked & terms) / whole
        if share > 0:
            likeness = token_set_ratio(query.lower(), base.facts[index].quote.lower()) / 100
            found.append((-share, -likeness, index))
    found.sort()
    return tuple(FoundFact(base.facts[index], round(-share, 3)) for share, _, index in found[:limit])


def _weight(term: str, known: int, size: int) -> float:
    """Weigh a term by its rarity; a concept or figure says more than a word."""
    rarity = math.log(1 + (size + 1) / (known + 1))
    return rarity * (_FIGURE if term.startswith("figure:") else _CONCEPT if ":" in term else 1.0)


def _held(fact: Fact, table: PhraseTable[tuple[str, str]]) -> Iterator[str]:
    yield from _terms(" ".join((fact.quote, fact.at, fact.note, fact.id.replace("-", " "))), table)
    for slots in (fact.slots, *fact.figures.values()):
        yield from (f"{slot}:{concept}" for slot, concepts in slots.items() for concept in concepts)


def _terms(text: str, table: PhraseTable[tuple[str, str]]) -> Iterator[str]:
    """Give the stems, concepts and figures of a text."""
    read = words(text)
    yield from (word.stem for word in read if word.stem not in stop_stems() and not word.text[0].isdigit())
    yield from (":".join(hit.value) for hit in table.find(read))
    for quantity in read_quantities(text):
        for value in (quantity.value, quantity.low, quantity.high):
            if value is not None:
                yield f"figure:{value}{'%' * (quantity.dimension == 'fraction')}"
