"""The fact base as an index: a claim asks it for candidates, and never scans it."""

from __future__ import annotations

import math
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from functools import cached_property
from typing import TypeVar

from evidencelint.claims import ClaimReader
from evidencelint.factbase.facts import Fact, FactBase, Ground
from evidencelint.frames import Claim, Figure
from evidencelint.lexicon import Family, rated_by_others
from evidencelint.matching.entries import FactFigure, FactStatement, entry_of, norm
from evidencelint.matching.overview import overview_of
from evidencelint.matching.sourced import SourceConcepts, SourceFigures, known_families, known_features
from evidencelint.words import stems

__all__ = ["FactFigure", "FactIndex", "FactStatement", "best"]

_LOCAL, _SHARED, _CONTEXT = 1.0, 0.5, 0.2
_COMMON_SHARE = 0.2
_SMALL = 2_000
_MOST = 60

_Entry = TypeVar("_Entry", FactFigure, FactStatement)


class FactIndex:
    """Facts read by the claim reader, findable by their terms.

    All of them are read beforehand and compared by every term, which is exact; for more than some thousand facts see
    `matching.large`.
    """

    # whether facts are found one by one, so that nobody need hold them all
    finds_facts = False

    def __init__(self, base: FactBase, reader: ClaimReader) -> None:
        """Read the quotes of all facts in one batch and post their terms."""
        self.base = base
        self.reader = reader
        self.vocabulary = base.vocabulary
        self.sources = base.sources
        self.homes = homes_of(base.ground)
        self._source_texts = base.source_texts
        self.carriers = frozenset().union(*(fact.carriers for fact in base.facts))
        self._superseded = {fact.id: fact for fact in base.facts}
        read = reader.read_quotes([fact.quote for fact in base.facts])
        self._frequency = Counter(
            term for claims in read for term in frozenset().union(*(claim.terms for claim in claims))
        )
        self._size = len(base.facts)
        self._rarity = {term: math.log(1 + self._size / count) for term, count in self._frequency.items()}
        self._unknown = math.log(2 + self._size) / 2
        self.figures: list[FactFigure] = []
        self.statements: list[FactStatement] = []
        self._by_fact: dict[str, list[FactFigure]] = defaultdict(list)
        for fact, claims in zip(base.facts, read, strict=True):
            parts = reader.lexical.parts(fact.quote)
            entry = entry_of(fact, claims, parts, self.weigh, len(self.figures), len(self.statements))
            self.figures.extend(entry.figures)
            self.statements.extend(entry.statements)
            self._by_fact[fact.id].extend(entry.figures)
        self._figure_posts = _posts((item.order, item.weights) for item in self.figures)
        self._statement_posts = _posts((item.order, item.weights) for item in self.statements)
        self.overview = overview_of(self.statements)

    @property
    def source_texts(self) -> Mapping[str, str]:
        """Give the texts of the sources by their keys."""
        return self._source_texts

    def prepare(self, claims: Sequence[Claim]) -> None:
        """Make ready what the claims of a document will ask for."""

    def discard(self) -> None:
        """Forget what is kept of the index, because it cannot be read."""

    def unknown(self, terms: Iterable[str]) -> frozenset[str]:
        """Give the terms that neither a fact nor a source has."""
        return frozenset(term for term in terms if term not in self._frequency) - self._source_terms

    def unheard(self, family: Family) -> bool:
        """Tell whether neither facts nor source have a word of an outcome."""
        return family not in self._heard

    @cached_property
    def design_features(self) -> frozenset[int]:
        """Give the features of a design that a source or a fact may tell of a study."""
        return known_features((*self.source_texts.values(), *(fact.quote for fact in self.base.facts)))

    @cached_property
    def knows_raters(self) -> bool:
        """Tell whether a source or a fact speaks of people judged by others."""
        facts = (fact.quote for fact in self.base.facts)
        return any(rated_by_others(text) is not None for text in (*self.source_texts.values(), *facts))

    @cached_property
    def _heard(self) -> frozenset[Family]:
        return known_families((*self.source_texts.values(), *(fact.quote for fact in self.base.facts)))

    @cached_property
    def name_words(self) -> frozenset[str]:
        """Give the stems of the words that the names of the vocabulary are made of."""
        return frozenset(stem for name, _ in self.vocabulary.names() for stem in stems(name))

    @cached_property
    def _source_terms(self) -> frozenset[str]:
        return self.reader.terms_of(self.source_texts.values())

    @cached_property
    def source_figures(self) -> SourceFigures:
        """Give the figures of the sources themselves."""
        return SourceFigures(self.source_texts, self.reader.lexical)

    @cached_property
    def source_concepts(self) -> SourceConcepts:
        """Give the concepts that the sources name together."""
        return SourceConcepts(self.source_texts, self.reader.lexical)

    def links(self, some: Iterable[str], others: Iterable[str]) -> bool:
        """Tell whether a fact names a term of each side together."""
        return self.overview.links(some, others)

    def statement(self, order: int) -> FactStatement:
        """Give a clause of a fact by its order."""
        return self.statements[order]

    def effects_of(self, arms: Iterable[str], groups: Iterable[str]) -> list[FactStatement]:
        """Give the clauses that tell the effect of one of the arms in one of the groups, in order."""
        groups = tuple(groups)
        found = {order for arm in arms for group in groups for order in self.overview.effects.get((arm, group), ())}
        return [self.statements[order] for order in sorted(found)]

    def figures_of(self, fact_id: str) -> list[FactFigure]:
        """Give the figures of one fact."""
        return self._by_fact.get(fact_id, [])

    def successors_of(self, fact: Fact) -> list[FactFigure]:
        """Give the figures of the fact that holds in place of a superseded one."""
        seen: set[str] = set()
        while (later := self._superseded.get(fact.superseded_by or "")) is not None and later.id not in seen:
            seen.add(later.id)
            fact = later
        return self.figures_of(fact.id)

    def idf(self, term: str) -> float:
        """Give the weight of a term: rare in the fact base is worth more; unknown is worth little."""
        return self._rarity.get(term, self._unknown)

    def weight(self, terms: Iterable[str]) -> float:
        """Give what terms weigh together: the sum of their `idf`."""
        return sum(map(self.idf, terms))

    def weigh(self, *parts: tuple[float, Iterable[str]]) -> dict[str, float]:
        """Weigh terms by rarity and by where they stand; a term keeps its best place."""
        weights: dict[str, float] = {}
        for factor, terms in parts:
            for term in terms:
                weight = factor * self.idf(term)
                if weight > weights.get(term, 0.0):
                    weights[term] = weight
        return weights

    def draft_weights(self, figure: Figure, context: Iterable[str]) -> dict[str, float]:
        """Weigh the terms of a draft's figure as those of facts are weighed."""
        return self.weigh((_LOCAL, figure.local), (_SHARED, figure.shared), (_CONTEXT, context))

    def statements_on(self, term: str) -> list[FactStatement]:
        """Give the clauses of facts that name a term, in the order of the fact base."""
        return [self.statements[number] for number, _ in self._statement_posts.get(term, ())]

    def claim_weights(self, claim: Claim) -> dict[str, float]:
        """Weigh the terms of a clause as those of facts are weighed."""
        return self.weigh((_LOCAL, claim.terms), (_CONTEXT, claim.context))

    def nearest_figures(self, weights: Mapping[str, float]) -> list[tuple[float, FactFigure]]:
        """Give the figures of facts that share terms, best first, with cosine similarity 0 to 1."""
        found = self._score(weights, self._figure_posts)
        length = norm(weights)
        return best([(score / (length * self.figures[i].norm or 1.0), self.figures[i]) for i, score in found.items()])

    def nearest_statements(self, weights: Mapping[str, float]) -> list[tuple[float, FactStatement]]:
        """Give the clauses of facts that share terms, best first, with cosine similarity 0 to 1."""
        found = self._score(weights, self._statement_posts)
        length = norm(weights)
        return best(
            [(score / (length * self.statements[i].norm or 1.0), self.statements[i]) for i, score in found.items()]
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


def homes_of(ground: Ground) -> Mapping[str, int]:
    """Give, for each file of several fact bases in use together, the number of its fact base."""
    return {file: number for number, files in enumerate(ground.parts) for file in files}


def _posts(items: Iterable[tuple[int, Mapping[str, float]]]) -> dict[str, list[tuple[int, float]]]:
    posts: dict[str, list[tuple[int, float]]] = defaultdict(list)
    for number, weights in items:
        for term, weight in weights.items():
            posts[term].append((number, weight))
    return posts


def best(found: list[tuple[float, _Entry]]) -> list[tuple[float, _Entry]]:
    """Sort what was found by similarity, and keep the nearest."""
    # the order tells all entries apart, so no two are ever compared themselves
    ranked = sorted([(-similarity, entry.order, entry) for similarity, entry in found])[:_MOST]
    return [(-similarity, entry) for similarity, _, entry in ranked]
