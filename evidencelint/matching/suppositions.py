"""Find a plain assertion of what a fact only supposes, whatever the words that state it."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from evidencelint.frames import Claim
from evidencelint.lexicon import certainty_cues, has_words
from evidencelint.matching.index import FactIndex
from evidencelint.matching.matter import carries_figures, one_cause
from evidencelint.matching.nearness import HEDGED, RIVAL_SHARE, Near, StatementMatch, place_of
from evidencelint.words import words

_PLAIN = 4
_NEAR = 0.5
_COVERED = 0.55
_FEWEST = 2
_HALF = 0.5
_PART_ENDS = re.compile(r"[,;:]\s")
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
    if not carries_figures(claim, best.fact.claim):
        return  # a figure is not what a mere idea tells
    if not one_cause(claim, best, index) or not _of_the_idea(claim, best, index):
        return
    rivals = [n for n in compatible if n.similarity >= best.similarity * RIVAL_SHARE]
    if any(n.fact.claim.certainty.level > HEDGED for n in rivals) or not _covered(claim, best, index):
        return
    if _keeps_the_hedge(claim, best):
        return
    confidence = min(0.9, 0.4 + best.similarity * 0.5)
    yield StatementMatch(claim, "hedge", place_of(claim), confidence, best.fact, best.similarity)


def _of_the_idea(claim: Claim, best: Near, index: FactIndex) -> bool:
    """Tell whether a clause says what the fact supposes, not what the fact says beside it or of the same things.

    Of what both speak of, the most does not stand in a part of the fact before that of its hedge ("lowers the pressure,
    and may prevent strokes"); where that is little, they say it by the same verb or of the same change.
    """
    fact = best.fact.claim
    shared = {term for term in claim.terms & best.fact.told if not term.startswith(("arm:", "population:"))}
    hedges = [place for hedge in fact.certainty.hedges if (place := fact.text.find(hedge)) >= 0]
    ends = [end.start() for end in _PART_ENDS.finditer(fact.text, 0, min(hedges, default=0))]
    beside = index.reader.lexical.read(fact.text[: ends[-1]]).values() if ends else frozenset[str]()
    if index.weight(shared & beside) > _HALF * index.weight(shared):
        return False
    verb = claim.verb.shift(-claim.span.start) if claim.verb else None
    said = {t.value for t in index.reader.lexical.read(claim.text).terms if verb is not None and t.span.overlaps(verb)}
    moved = claim.direction != "unknown" and claim.direction == fact.direction
    return len(shared) > _FEWEST or bool(said & fact.terms) or moved


def _states(claim: Claim) -> bool:
    """Tell whether a clause is more than a heading, a fragment or an observation of what goes with what."""
    if claim.relation is not None and claim.relation.strength in {"correlational", "none"}:
        return False
    told = claim.verb is not None or len(claim.terms) >= _TELLING or claim.passage in {"cell", "item"}
    return told and claim.passage != "heading" and len(claim.terms) >= _FEWEST


def _keeps_the_hedge(claim: Claim, best: Near) -> bool:
    """Tell whether a clause says by another form of the word that it is a fear, or that it is a model's."""
    ours = {word.stem for word in words(claim.text)}
    theirs = best.fact.claim
    hedges = {word.stem for hedge in theirs.certainty.hedges for word in words(hedge)}
    modelled = has_words("modelled", claim.text) and has_words("modelled", best.fact.fact.quote)
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
