"""The figures of facts that a draft's figure may stand for, best first, each with how it differs."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from evidencelint.frames import Figure
from evidencelint.matching.counted import Counting, compare_counted, counts_outcome
from evidencelint.matching.index import FactFigure, FactIndex
from evidencelint.matching.slots import SlotComparison, compare_slots
from evidencelint.matching.values import Agreement, compare, in_another_dimension
from evidencelint.model import Bound, Quantity

AGREEING = frozenset({"same", "weaker", "dropped", "sharpened", "collapsed"})
# Similarities (cosine, 0 to 1) from which a match is believed; chosen on the development drafts.
ENOUGH = 0.12
CLOSE = 0.34
VERY_CLOSE = 0.5
# From here on a sentence is nearly the fact's own, so that what differs is meant.
OWN_SENTENCE = 0.7
_HARDLY = 0.02
# Digits from which a figure is hardly ever met by chance.
TELLING = 4
_RANGE_BONUS = 2
_TURNED: dict[Bound, Bound] = {"less": "at_least", "at_most": "more", "more": "at_most", "at_least": "less"}
_SLOT_BONUS = 0.06
_CONFLICT_MALUS = 0.25
_WEAK_CONFLICT_MALUS = 0.05
_VALUE_BONUS = 0.15


@dataclass(frozen=True, slots=True)
class Candidate:
    """A fact's figure set against a draft's: how like, how the numbers stand, which slots differ."""

    fact: FactFigure
    similarity: float
    agreement: Agreement
    slots: SlotComparison
    counting: Counting

    @property
    def near_enough(self) -> bool:
        """Tell whether the topic is near enough for an agreement to be none of chance; a telling figure needs less."""
        telling = self.agreement == "same" and telling_digits(self.fact.figure.quantity) >= TELLING
        return self.similarity >= (_HARDLY if telling else ENOUGH)

    @property
    def score(self) -> float:
        """Rank candidates: likeness of topic, slots in common, and the value as one more clue."""
        hard = len(self.slots.hard)
        weak = len(self.slots.conflicts) - hard
        value = _VALUE_BONUS if self.agreement in AGREEING else 0.0
        counted = {"same": 0.05, "unknown": 0.0, "other": -0.15}[self.counting]
        return (
            self.similarity
            + _SLOT_BONUS * len(self.slots.agreed)
            - _CONFLICT_MALUS * hard
            - _WEAK_CONFLICT_MALUS * weak
            + value
            + counted
        )


def of_one_fact(first: Candidate, second: Candidate | None) -> bool:
    """Tell whether two candidates are figures of the same fact; False where there is no second."""
    return second is not None and first.fact.fact.id == second.fact.fact.id


def find_candidates(figure: Figure, near: Sequence[tuple[float, FactFigure]], index: FactIndex) -> list[Candidate]:
    """Set the nearest figures of facts against a draft's; those of another kind are left out."""
    agreements = [_agreement(figure, fact) for _, fact in near]
    result = [
        _compared(figure, similarity, fact, agreement, index)
        for agreement, (similarity, fact) in zip(agreements, near, strict=True)
        if agreement != "incomparable"
    ]
    return sorted(result, key=lambda c: (-c.score, c.fact.order))


def set_against(figure: Figure, similarity: float, fact: FactFigure, index: FactIndex) -> Candidate:
    """Set one figure of a fact against a draft's."""
    return _compared(figure, similarity, fact, _agreement(figure, fact), index)


def _agreement(figure: Figure, fact: FactFigure) -> Agreement:
    """Say how the numbers stand to one another, whatever they are of."""
    agreement = compare(figure.quantity, fact.figure.quantity)
    if agreement == "incomparable" and in_another_dimension(figure.quantity, fact.figure.quantity):
        agreement = "unit"
    if figure.negated and agreement in {"differs", "turned"}:
        agreement = compare(_denied(figure.quantity), fact.figure.quantity)
    if figure.arrival and fact.figure.quantity.change != "level" and agreement in AGREEING:
        agreement = "direction"  # "fell to" is not "fell by"
    return agreement


def _compared(figure: Figure, similarity: float, fact: FactFigure, agreement: Agreement, index: FactIndex) -> Candidate:
    comparison = compare_slots(figure.stated, figure.filled, fact.slots, index.vocabulary)
    counting = compare_counted(figure.quantity, fact.figure.quantity)
    if counting == "other" and counts_outcome(figure.quantity, fact.figure.quantity, fact.slots["measure"]):
        counting = "unknown"
    return Candidate(fact, similarity, agreement, comparison, counting)


def _denied(quantity: Quantity) -> Quantity:
    """Turn the bound of a figure that is denied: what none has in under 12 years takes at least 12."""
    return replace(quantity, bound=_TURNED.get(quantity.bound, quantity.bound))


def telling_digits(quantity: Quantity) -> int:
    """Count the digits of a figure that mean something; both ends of a range count."""
    ends = (quantity.value, quantity.low, quantity.high)
    return sum(len(str(end.numerator).strip("0")) for end in ends if end is not None) + _RANGE_BONUS * (
        quantity.low is not None and quantity.high is not None
    )
