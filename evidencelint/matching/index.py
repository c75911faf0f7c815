"""The fact base as an index: a claim asks it for candidates, and never scans it."""

from __future__ import annotations

import math
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import TypeVar

from evidencelint.claims import ClaimReader
from evidencelint.facts import Fact, FactBase
from evidencelint.frames import Claim, Figure, Slots
from evidencelint.matching.slots import merged
from evidencelint.model import SLOTS, FactRef

_LOCAL, _SHARED, _CONTEXT, _PART = 1.0, 0.5, 0.2, 0.3
_COMMON_SHARE = 0.2
_SMALL = 2_000
_MOST = 60


@dataclass(frozen=True, slots=True)
class FactFigure:
    """One figure of a fact, with its slots as the curator left them and its weighted terms."""

    fact: Fact
    ref: FactRef
    figure: Figure
    slots: Slots
    weights: Mapping[str, float]
    norm: float
    order: int


@dataclass(frozen=True, slots=True)
class FactStatement:
    """One clause of a fact, for claims without figures."""

    fact: Fact
    ref: FactRef
    claim: Claim
    slots: Slots
    weights: Mapping[str, float]
    norm: float
    order: int


_Entry = TypeVar("_Entry", FactFigure, FactStatement)


class FactIndex:
    """Facts read by the claim reader, findable by their terms."""

    def __init__(self, base: FactBase, reader: ClaimReader) -> None:
        """Read the quotes of all facts in one batch and post their terms."""
        self.base = base
        self.reader = reader
        self.vocabulary = base.vocabulary
        read = reader.read_quotes([fact.quote for fact in base.facts])
        self._frequency = Counter(
            term for claims in read for term in frozenset().union(*(claim.terms for claim in claims))
        )
        self._size = len(base.facts)
        self.figures: list[FactFigure] = []
        self.statements: list[FactStatement] = []
        for fact, claims in zip(base.facts, read, strict=True):
            self._add(fact, claims)
        self._figure_posts = _posts((item.order, item.weights) for item in self.figures)
        self._by_fact: dict[str, list[FactFigure]] = defaultdict(list)
        for item in self.figures:
            self._by_fact[item.fact.id].append(item)
        self._statement_posts = _posts((item.order, item.weights) for item in self.statements)
        self.known_terms = frozenset(self._frequency) | self._source_terms()

    def _source_terms(self) -> frozenset[str]:
        found: frozenset[str] = frozenset()
        for text in self.base.source_texts.values():
            found |= self.reader.lexical.read(text).values()
        return found

    def _add(self, fact: Fact, claims: tuple[Claim, ...]) -> None:
        ref = FactRef(fact.id, fact.quote, fact.source, fact.position)
        own = _concept_terms(fact.slots)
        parts = self.reader.lexical.parts(fact.quote)
        for claim in claims:
            for figure in claim.figures:
                overrides = {**fact.slots, **_override_for(fact, figure.quantity.text, fact.quote, figure)}
                weights = self.weigh((_LOCAL, figure.local), (_LOCAL, own), (_SHARED, figure.shared), (_PART, parts))
                self.figures.append(
                    FactFigure(
                        fact,
                        ref,
                        figure,
                        merged(figure.stated, overrides, fact.defaulted),
                        weights,
                        _norm(weights),
                        len(self.figures),
                    )
                )
            weights = self.weigh((_LOCAL, claim.terms), (_SHARED, own), (_PART, parts))
            slots = merged(_both(claim.stated, claim.filled), fact.slots, fact.defaulted)
            self.statements.append(
                FactStatement(fact, ref, claim, slots, weights, _norm(weights), len(self.statements))
            )

    def figures_of(self, fact_id: str) -> list[FactFigure]:
        """Give the figures of one fact."""
        return self._by_fact.get(fact_id, [])

    def successors_of(self, fact: Fact) -> list[FactFigure]:
        """Give the figures of the fact that holds in place of a superseded one."""
        known = {item.id: item for item in self.base.facts} if fact.superseded_by is not None else {}
        seen: set[str] = set()
        while fact.superseded_by in known and fact.superseded_by not in seen:
            seen.add(fact.superseded_by)
            fact = known[fact.superseded_by]
        return self.figures_of(fact.id)

    def idf(self, term: str) -> float:
        """Give the weight of a term: rare in the fact base is worth more; unknown is worth little."""
        count = self._frequency.get(term, 0)
        return math.log(1 + self._size / count) if count else math.log(2 + self._size) / 2

    def weigh(self, *parts: tuple[float, Iterable[str]]) -> dict[str, float]:
        """Weigh terms by rarity and by where they stand; a term keeps its best place."""
        weights: dict[str, float] = {}
        for factor, terms in parts:
            for term in terms:
                weights[term] = max(weights.get(term, 0.0), factor * self.idf(term))
        return weights

    def draft_weights(self, figure: Figure, context: Iterable[str]) -> dict[str, float]:
        """Weigh the terms of a draft's figure as those of facts are weighed."""
        return self.weigh((_LOCAL, figure.local), (_SHARED, figure.shared), (_CONTEXT, context))

    def statements_on(self, term: str) -> list[FactStatement]:
        """Give the clauses of facts that name a term, in the order of the fact base."""
        return [self.statements[number] for number, _ in self._statement_posts.get(term, ())]

    def nearest_figures(self, weights: Mapping[str, float]) -> list[tuple[float, FactFigure]]:
        """Give the figures of facts that share terms, best first, with cosine similarity 0 to 1."""
        found = self._score(weights, self._figure_posts)
        norm = _norm(weights)
        return _best([(score / (norm * self.figures[i].norm or 1.0), self.figures[i]) for i, score in found.items()])

    def nearest_statements(self, weights: Mapping[str, float]) -> list[tuple[float, FactStatement]]:
        """Give the clauses of facts that share terms, best first, with cosine similarity 0 to 1."""
        found = self._score(weights, self._statement_posts)
        norm = _norm(weights)
        return _best(
            [(score / (norm * self.statements[i].norm or 1.0), self.statements[i]) for i, score in found.items()]
        )

    def _score(self, weights: Mapping[str, float], posts: Mapping[str, list[tuple[int, float]]]) -> dict[int, float]:
        scores: dict[int, float] = defaultdict(float)
        for term, weight in sorted(weights.items()):
            postings = posts.get(term, ())
            if self._size > _SMALL and len(postings) > _COMMON_SHARE * self._size:
                continue
            for number, other in postings:
                scores[number] += weight * other
        return scores


def _override_for(fact: Fact, text: str, quote: str, figure: Figure) -> Mapping[str, frozenset[str]]:
    for key, slots in fact.figures.items():
        start = quote.find(key)
        if key in text or text in key or (start <= figure.quantity.span.start < start + len(key)):
            return slots
    return {}


def _concept_terms(slots: Mapping[str, frozenset[str]]) -> frozenset[str]:
    return frozenset(f"{slot}:{concept}" for slot, concepts in slots.items() for concept in concepts)


def _both(stated: Slots, filled: Slots) -> Slots:
    return {slot: stated[slot] or filled[slot] for slot in SLOTS}


def _posts(items: Iterable[tuple[int, Mapping[str, float]]]) -> dict[str, list[tuple[int, float]]]:
    posts: dict[str, list[tuple[int, float]]] = defaultdict(list)
    for number, weights in items:
        for term, weight in weights.items():
            posts[term].append((number, weight))
    return posts


def _norm(weights: Mapping[str, float]) -> float:
    return math.sqrt(sum(weight * weight for weight in weights.values()))


def _best(found: list[tuple[float, _Entry]]) -> list[tuple[float, _Entry]]:
    return sorted(found, key=lambda item: (-item[0], item[1].order))[:_MOST]
