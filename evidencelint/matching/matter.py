"""Whether a clause and a fact speak of one matter: the same cause and the same effect, not merely in like words.

A cosine similarity is high too where a clause says something else of the same people; what tells the two apart,
measured on the labelled drafts with half of the facts left out, is whether they name one outcome and one treatment, and
whether what the one says moved is among what the other says moved.
"""

from __future__ import annotations

from evidencelint.frames import Claim, Relation
from evidencelint.matching.index import FactIndex
from evidencelint.matching.nearness import Near
from evidencelint.matching.polarity import read_polarity
from evidencelint.matching.values import same_number
from evidencelint.model import Quantity

_WAYS = frozenset({"~increase", "~decrease"})
_HALF = 0.5
_CAUSE = 0.2
_WHOLLY = 0.7


def of_others(claim: Claim, item: Near) -> bool:
    """Tell whether a clause speaks of an outcome or a treatment, and the fact of another."""
    fact = item.fact
    return any(
        (claim.stated[slot] or claim.filled[slot]) and fact.slots[slot] and slot not in item.slots.agreed
        for slot in ("measure", "arm")
    )


def covered(claim: Claim, item: Near, index: FactIndex) -> float:
    """Give the share of what a clause speaks of, by weight, that the fact speaks of, 0 to 1."""
    ours = claim.terms - _WAYS
    whole = index.weight(ours)
    return index.weight(ours & item.fact.told) / whole if whole else 0.0


def told(claim: Claim, item: Near, index: FactIndex) -> float:
    """Give the share of what the clause of a fact speaks of that a clause, or what stands around it, speaks of."""
    theirs = item.fact.claim.terms - _WAYS
    whole = index.weight(theirs)
    return index.weight(theirs & (claim.terms | claim.context)) / whole if whole else 0.0


def one_movement(claim: Claim, item: Near, index: FactIndex) -> bool:
    """Tell whether something that the clause says moved is something that the fact says moved, by the same cause."""
    if of_others(claim, item) or not one_cause(claim, item, index):
        return False
    shared = _moved(claim, index) & _moved(item.fact.claim, index)
    return any(not term.startswith("population:") for term in shared) or told(claim, item, index) >= _WHOLLY


def one_cause(claim: Claim, item: Near, index: FactIndex) -> bool:
    """Tell whether the fact speaks of what a clause says acts, as far as the clause names it."""
    if claim.relation is None:
        return True
    cause = index.reader.lexical.read(claim.relation.cause).values() - _WAYS
    whole = index.weight(cause)
    return not whole or index.weight(cause & item.fact.told) >= _CAUSE * whole


def one_effect(relation: Relation, theirs: Relation, index: FactIndex) -> bool:
    """Tell whether two relations are on one effect: one of them names at least half of what the other names."""
    read = index.reader.lexical.read
    ours, other = (read(each.effect).values() - _WAYS for each in (relation, theirs))
    shared = index.weight(ours & other)
    least = min(index.weight(ours), index.weight(other))
    return shared > 0 and shared >= _HALF * least


def _moved(claim: Claim, index: FactIndex) -> frozenset[str]:
    """Give the terms of what a clause says moved; where it does not say what, of the outcomes that it names."""
    read = index.reader.lexical.read
    effects = frozenset().union(*(read(relation.effect).values() for relation in claim.relations))
    leaning = read_polarity(claim, read(claim.text)).leanings.keys()
    outcomes = {f"measure:{mention.concept}" for mention in claim.mentions if mention.slot == "measure"}
    return frozenset((effects | leaning) or outcomes) | (outcomes if not effects else frozenset()) - _WAYS


def agree_in_way(claim: Claim, item: Near, index: FactIndex) -> bool:
    """Tell whether clause and fact say of something that it moved the same way."""
    read = index.reader.lexical.read
    ours, theirs = (read_polarity(each, read(each.text)).leanings for each in (claim, item.fact.claim))
    return any(ours[term][0] == theirs[term][0] for term in ours.keys() & theirs.keys())


def sets_groups_apart(fact: Claim, index: FactIndex) -> bool:
    """Tell whether a fact sets two groups against each other: that they do not differ is no lack of effect."""
    groups = sorted(fact.stated["population"])
    return any(index.vocabulary.contrast("population", a, b) for a in groups for b in groups if a < b)


def carries_figures(claim: Claim, fact: Claim) -> bool:
    """Tell whether a fact has every figure of a clause."""
    theirs = [figure.quantity for figure in fact.figures]
    return all(any(_same(figure.quantity, other) for other in theirs) for figure in claim.figures)


def _same(ours: Quantity, theirs: Quantity) -> bool:
    ends = (ours.low, ours.high)
    return same_number(ours, theirs) or (ours.value is None and None not in ends and ends == (theirs.low, theirs.high))
