"""What a clause and a fact have in common, and what is found of them: shared by the matchers of statements."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Literal

from evidencelint.diagnostics import Span
from evidencelint.factbase.vocabulary import TOPICAL, Vocabulary
from evidencelint.frames import Claim
from evidencelint.lexicon import change_cues
from evidencelint.matching.index import FactIndex, FactStatement
from evidencelint.matching.slots import Conflict, SlotComparison, compare_slots
from evidencelint.words import words

Fault = Literal[
    "hedge",
    "cause",
    "direction",
    "population",
    "species",
    "quantifier",
    "absolute",
    "grade",
    "setting",
    "contradiction",
    "exchanged",
    "misplaced",
    "unsupported",
]

# Similarities from which a clause is believed to speak of a fact; chosen on the development drafts.
SPEAKS = 0.3
CLOSE = 0.38
_AGREED = 0.05
RIVAL_SHARE = 0.7
_INVERTED = re.compile(r"\W*(?:had|were|should)\s+(?:the|an?|it|they|these|those|this|its)\b", re.IGNORECASE)
ASSERTED = 3
HEDGED = 2


@dataclass(frozen=True, slots=True)
class StatementMatch:
    """A fault of a clause (or None where a fact carries it), where it shows, and the fact."""

    claim: Claim
    fault: Fault | None
    span: Span
    confidence: float
    best: FactStatement | None = None
    similarity: float = 0.0
    conflict: Conflict | None = None
    found: str = ""


class Near:
    """A clause of a fact beside a draft's: cosine similarity, slots compared, and concepts in common.

    Slots and concepts are compared when they are asked for: most are never, because the fact is too far.
    """

    __slots__ = ("_claim", "_slots", "_vocabulary", "fact", "similarity")

    def __init__(self, fact: FactStatement, similarity: float, claim: Claim, vocabulary: Vocabulary) -> None:
        """Take what is set side by side."""
        self.fact = fact
        self.similarity = similarity
        self._claim = claim
        self._vocabulary = vocabulary
        self._slots: SlotComparison | None = None

    @property
    def slots(self) -> SlotComparison:
        """Give the slots compared."""
        if self._slots is None:
            claim = self._claim
            self._slots = compare_slots(claim.stated, claim.filled, self.fact.slots, self._vocabulary)
        return self._slots

    @property
    def shared(self) -> int:
        """Count the concepts that both name."""
        return sum(":" in term for term in self._claim.terms & self.fact.weights.keys())

    @property
    def closeness(self) -> float:
        """Give the similarity, with a little more for every concept in common beyond the first."""
        return self.similarity + _AGREED * max(0, self.shared - 1)


def nearest(claim: Claim, index: FactIndex) -> list[Near]:
    """Give the clauses of facts that share words with a draft's, best first."""
    return [
        Near(fact, similarity, claim, index.vocabulary)
        for similarity, fact in index.nearest_statements(index.claim_weights(claim))
    ]


def asserts(claim: Claim) -> bool:
    """Tell whether a clause asserts what it says, at most weakly hedged."""
    return claim.certainty.level >= ASSERTED


def inverted(claim: Claim) -> bool:
    """Tell whether a clause only supposes what it says, by its order ("Had the trials been randomised, …")."""
    return _INVERTED.match(claim.text) is not None


def of_one_mood(claim: Claim, fact: Claim) -> bool:
    """Tell whether the clause states something, at most hedged, or both clause and fact recommend something."""
    return claim.certainty.level >= HEDGED or claim.certainty.mood == fact.certainty.mood == "recommendation"


def place_of(claim: Claim) -> Span:
    """Give the words that assert: the cue of a relation or change, else the verb, else the clause."""
    if claim.relation is not None:
        return claim.relation.cue.shift(claim.span.start)
    moved = next(iter(change_cues().find(words(claim.text))), None)
    if moved is not None:
        return moved.span.shift(claim.span.start)
    return claim.verb or claim.span


def in_topic(claim: Claim) -> bool:
    """Tell whether a clause or its surroundings name something the fact base is about."""
    return any(claim.stated[slot] or claim.filled[slot] for slot in TOPICAL)
