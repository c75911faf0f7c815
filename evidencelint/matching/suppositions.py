"""Find a plain assertion of what a fact only supposes, whatever the words that state it."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from evidencelint.frames import Claim
from evidencelint.lexicon import certainty_cues
from evidencelint.matching.index import FactIndex
from evidencelint.matching.nearness import HEDGED, RIVAL_SHARE, Near, StatementMatch, place_of
from evidencelint.words import words

_MODEL = re.compile(r"\b(?:model|simulat|project(?:ed|ion)|scenario|forecast)", re.IGNORECASE)
_PLAIN = 4
_NEAR = 0.5
_COVERED = 0.55
_FEWEST = 2
_TELLING = 4
_SUPPOSING = frozenset({"hedge", "speculation"})


def suppositions(claim: Claim, near: Sequence[Near], index: FactIndex) -> Iterator[StatementMatch]:
    """Find the hedged fact that a plain clause tells, where no fact as near asserts it."""
    certainty = claim.certainty
    if certainty.level < _PLAIN or certainty.negated or not _states(claim):
        return
    compatible = [n for n in near if n.similarity >= _NEAR and not n.slots.hard]
    if not compatible or not _supposes(compatible[0].fact.claim):
        return
    best = compatible[0]
    if claim.figures and not best.fact.claim.figures:
        return  # a figure is not what a mere idea tells
    rivals = [n for n in compatible if n.similarity >= best.similarity * RIVAL_SHARE]
    if any(n.fact.claim.certainty.level > HEDGED for n in rivals) or not _covered(claim, best, index):
        return
    if _keeps_the_hedge(claim, best):
        return
    confidence = min(0.9, 0.4 + best.similarity * 0.5)
    yield StatementMatch(claim, "hedge", place_of(claim), confidence, best.fact, best.similarity)


def _states(claim: Claim) -> bool:
    """Tell whether a clause is more than a heading, a fragment or an observation of what goes with what."""
    if claim.relation is not None and claim.relation.strength == "correlational":
        return False
    told = claim.verb is not None or len(claim.terms) >= _TELLING or claim.passage in {"cell", "item"}
    return told and claim.passage != "heading" and len(claim.terms) >= _FEWEST


def _keeps_the_hedge(claim: Claim, best: Near) -> bool:
    """Tell whether a clause says by another form of the word that it is a fear, or that it is a model's."""
    ours = {word.stem for word in words(claim.text)}
    theirs = best.fact.claim
    hedges = {word.stem for hedge in theirs.certainty.hedges for word in words(hedge)}
    modelled = _MODEL.search(claim.text) is not None and _MODEL.search(best.fact.fact.quote) is not None
    return bool(ours & {*hedges, *(stem.removesuffix("ed") for stem in hedges)}) or modelled


def _supposes(fact: Claim) -> bool:
    """Tell whether a fact says that something may be so, rather than that it is not known."""
    if fact.certainty.level > HEDGED:
        return False
    kinds = {hit.value for hit in certainty_cues().find(words(fact.text))}
    return bool(kinds & _SUPPOSING) and "recommendation" not in kinds


def _covered(claim: Claim, best: Near, index: FactIndex) -> bool:
    """Tell whether one of the two speaks of most of what the other speaks of."""
    shared = claim.terms & best.fact.told
    wholes = (claim.terms, best.fact.claim.terms)
    return index.weight(shared) >= _COVERED * min(map(index.weight, wholes))
