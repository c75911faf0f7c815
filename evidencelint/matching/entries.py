"""What a claim is set against: the figures and the clauses of facts, with their slots and weighted terms."""

from __future__ import annotations

import math
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Protocol

from evidencelint.factbase.facts import Fact
from evidencelint.frames import Claim, Figure, Slots
from evidencelint.matching.inforce import in_force
from evidencelint.matching.slots import merged
from evidencelint.model import SLOTS, FactRef

_LOCAL, _SHARED, _PART = 1.0, 0.5, 0.3


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

    @property
    def told(self) -> frozenset[str]:
        """Give the terms of the clause itself and those that its fact lends it."""
        return self.claim.terms | self.weights.keys()


@dataclass(frozen=True, slots=True)
class Entry:
    """A fact as it is matched: its figures and its clauses, in the order of the quote."""

    figures: tuple[FactFigure, ...]
    statements: tuple[FactStatement, ...]


class Weigh(Protocol):
    """Weighs terms by rarity and by where they stand."""

    def __call__(self, *parts: tuple[float, Iterable[str]]) -> dict[str, float]: ...  # noqa: D102 - said above


def entry_of(
    fact: Fact, claims: Sequence[Claim], parts: frozenset[str], weigh: Weigh, figures: int = 0, statements: int = 0
) -> Entry:
    """Make the entry of a fact from what was read of its quote.

    ``parts`` are the stems of the longer names in the quote; ``figures`` and ``statements`` count those before.
    """
    ref = FactRef(fact.id, fact.quote, fact.source, fact.position)
    own = concept_terms(fact.slots)
    found: list[FactFigure] = []
    clauses: list[FactStatement] = []
    for claim in (in_force(fact, read) for read in claims):
        for figure in claim.figures:
            overrides = {**fact.slots, **_override_for(fact, figure.quantity.text, fact.quote, figure)}
            weights = weigh((_LOCAL, figure.local), (_LOCAL, own), (_SHARED, figure.shared), (_PART, parts))
            slots = merged(figure.stated, overrides, fact.defaulted)
            found.append(FactFigure(fact, ref, figure, slots, weights, norm(weights), figures + len(found)))
        weights = weigh((_LOCAL, claim.terms), (_SHARED, own), (_PART, parts))
        slots = merged(_both(claim.stated, claim.filled), fact.slots, fact.defaulted)
        clauses.append(FactStatement(fact, ref, claim, slots, weights, norm(weights), statements + len(clauses)))
    return Entry(tuple(found), tuple(clauses))


def norm(weights: Mapping[str, float]) -> float:
    """Give the Euclidean length of weighted terms."""
    return math.sqrt(sum(weight * weight for weight in weights.values()))


def _override_for(fact: Fact, text: str, quote: str, figure: Figure) -> Mapping[str, frozenset[str]]:
    """Give the slots that the curator wrote for a figure: under its own text, else under the shortest piece around it.

    A longer piece tells two figures of one text apart: "59 | 57" is not "57 | 63".
    """
    span = figure.quantity.span
    around = [
        key for key in fact.figures if any(at < span.end and span.start < at + len(key) for at in _at(key, quote))
    ]
    if around:
        return fact.figures[min(around, key=lambda key: (key != text, len(key)))]
    return next((slots for key, slots in fact.figures.items() if key in text or text in key), {})


def _at(piece: str, quote: str) -> Iterator[int]:
    """Yield where a piece stands in a quote, not within a longer number."""
    at = quote.find(piece)
    while at >= 0:
        before, after = quote[at - 1 : at], quote[at + len(piece) : at + len(piece) + 1]
        if not (piece[0].isdigit() and before.isdigit()) and not (piece[-1].isdigit() and after.isdigit()):
            yield at
        at = quote.find(piece, at + 1)


def concept_terms(slots: Mapping[str, frozenset[str]]) -> frozenset[str]:
    """Give the concepts of slots as terms."""
    return frozenset(f"{slot}:{concept}" for slot, concepts in slots.items() for concept in concepts)


def _both(stated: Slots, filled: Slots) -> Slots:
    return {slot: stated[slot] or filled[slot] for slot in SLOTS}
