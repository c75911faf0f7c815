"""What the facts of a base tell between them, gathered once, so that no claim has to go through all of them."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from itertools import combinations

from evidencelint.lexicon import comparison_cues, gap_phrases
from evidencelint.matching.entries import FactStatement
from evidencelint.words import words

Pair = tuple[str, str]
ACTING = ("arm:", "topic:", "measure:")


@dataclass(frozen=True, slots=True)
class Overview:
    """What some fact tells, by concept.

    ``told`` are the measures of which a fact tells more than that nobody studied them, ``compared`` the arms (in
    order) that a fact sets against one another, ``linked`` the terms of acting and affected things that a fact names
    together, ``studies`` the first clause that is of a kind of study, and ``effects`` the clauses that tell
    the effect of an arm in a population, by both; clauses are named by their order.
    """

    told: frozenset[str]
    compared: frozenset[Pair]
    linked: frozenset[Pair]
    studies: Mapping[str, int]
    effects: Mapping[Pair, tuple[int, ...]]

    def links(self, some: Iterable[str], others: Iterable[str]) -> bool:
        """Tell whether a fact names a term of each side."""
        others = tuple(others)
        return any((min(a, b), max(a, b)) in self.linked for a in some for b in others)


def overview_of(statements: Iterable[FactStatement]) -> Overview:
    """Gather what the clauses of all facts tell."""
    told: set[str] = set()
    compared: set[Pair] = set()
    linked: set[Pair] = set()
    studies: dict[str, int] = {}
    effects: dict[Pair, list[int]] = defaultdict(list)
    for item in statements:
        claim, slots = item.claim, item.slots
        sequence = words(claim.text)
        if next(iter(gap_phrases().find(sequence)), None) is None:
            told |= slots["measure"]
        if claim.figures or next(iter(comparison_cues().find(sequence)), None) is not None:
            compared.update(combinations(sorted(slots["arm"]), 2))
        terms = sorted(term for term in item.weights if term.startswith(ACTING))
        linked.update(combinations(terms, 2))
        linked.update((term, term) for term in terms)
        for study in slots["study"]:
            studies.setdefault(study, item.order)
        if claim.relation is not None and not claim.relation.compared:
            for pair in ((arm, group) for arm in slots["arm"] for group in slots["population"]):
                effects[pair].append(item.order)
    return Overview(
        frozenset(told),
        frozenset(compared),
        frozenset(linked),
        studies,
        {pair: tuple(orders) for pair, orders in effects.items()},
    )
