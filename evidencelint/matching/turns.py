"""What moved the other way than a fact says, or differs where a fact found no difference, told without estimates."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from evidencelint.claims.certainty import taken_back
from evidencelint.diagnostics import Span
from evidencelint.frames import Claim
from evidencelint.lexicon import comparatives, comparison_cues
from evidencelint.matching.index import FactIndex
from evidencelint.matching.matter import agree_in_way, covered, one_movement
from evidencelint.matching.nearness import CLOSE, HEDGED, RIVAL_SHARE, Near, StatementMatch, asserts
from evidencelint.matching.values import same_number
from evidencelint.words import words

_COVERED = 0.35


def direction(claim: Claim, near: Sequence[Near], index: FactIndex) -> Iterator[StatementMatch]:
    """Find a fact that says the opposite: up for down, an effect for none, none for an effect."""
    silent = not claim.denied and claim.direction == "unknown"
    unstated = claim.relation is not None and claim.relation.strength == "none"
    if claim.certainty.level < HEDGED or silent or unstated or taken_back(claim.text):
        return
    compatible = [n for n in near if n.similarity >= CLOSE and not n.slots.hard and _names_the_same(claim, n)]
    if not compatible:
        return
    best = compatible[0]
    others = [n for n in compatible if n.similarity >= best.similarity * RIVAL_SHARE]
    if not all(_contradicts(claim, n.fact.claim) for n in others) or not _carries_figures(claim, best.fact.claim):
        return
    if covered(claim, best, index) < _COVERED or not one_movement(claim, best, index):
        return
    if agree_in_way(claim, best, index):
        return  # "fewer defects go with review": the link is a rise, what it is with fell
    relation = claim.relation
    span = relation.cue.shift(claim.span.start) if relation is not None else claim.span
    confidence = min(0.9, 0.35 + best.similarity * 0.7)
    yield StatementMatch(claim, "direction", span, confidence, best.fact, best.similarity)


def differing(claim: Claim, near: Sequence[Near], index: FactIndex) -> Iterator[StatementMatch]:
    """Find two groups told to differ that a fact found not to ("girls rather more than boys")."""
    if not asserts(claim) or claim.certainty.negations or claim.figures or claim.direction == "no_difference":
        return
    cue = comparatives().search(claim.text)
    for item in near[:3]:
        if cue is None or item.similarity < CLOSE or item.slots.hard or item.fact.claim.direction != "no_difference":
            continue
        for slot in ("population", "arm", "study", "timepoint"):
            both = sorted(claim.stated[slot] & item.fact.claim.stated[slot])
            if any(index.vocabulary.contrast(slot, a, b) for a in both for b in both if a < b):
                span = Span(cue.start(), cue.end()).shift(claim.span.start)
                confidence = min(0.9, 0.5 + item.similarity / 2)
                yield StatementMatch(claim, "direction", span, confidence, item.fact, item.similarity)
                return


def _carries_figures(claim: Claim, fact: Claim) -> bool:
    """Tell whether a clause has no figures but counts ("in five of the six trials"), and the fact has them all."""
    theirs = [figure.quantity for figure in fact.figures]
    counts = {"n", "total"} <= {f.quantity.role for f in claim.figures} <= {"n", "total"} if claim.figures else True
    return counts and all(any(same_number(f.quantity, other) for other in theirs) for f in claim.figures)


def _names_the_same(claim: Claim, near: Near) -> bool:
    """Tell whether clause and fact name a concept in common."""
    return bool(near.slots.agreed) or any(":" in term for term in claim.terms & near.fact.claim.terms)


def _contradicts(claim: Claim, fact: Claim) -> bool:
    if fact.certainty.level < HEDGED:
        return False  # advice, and what is not known, says of nothing which way it went
    if {claim.direction, fact.direction} == {"increase", "decrease"}:
        return True
    return fact.direction in claim.denied or claim.direction in fact.denied


def comparison(claim: Claim, index: FactIndex) -> Iterator[StatementMatch]:
    """Find one treatment set above another that no fact compares it with."""
    if not asserts(claim) or claim.certainty.negated:
        return
    cue = next(iter(comparison_cues().find(words(claim.text))), None)
    arms = sorted(claim.stated["arm"])
    rivals = [(a, b) for a in arms for b in arms if a < b and index.vocabulary.contrast("arm", a, b)]
    if cue is None or not rivals or any(pair in index.overview.compared for pair in rivals):
        return
    yield StatementMatch(claim, "unsupported", cue.span.shift(claim.span.start), 0.75)
