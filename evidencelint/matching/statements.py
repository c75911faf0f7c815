"""Decide whether a clause says more than its fact: causes, certainty, groups, species, evidence."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence

from evidencelint.frames import Claim
from evidencelint.matching.absolutes import absolutes
from evidencelint.matching.advice import advice, waived
from evidencelint.matching.assertions import species, strength
from evidencelint.matching.attributions import unattested
from evidencelint.matching.contradictions import contradictions, turned_leanings
from evidencelint.matching.features import features
from evidencelint.matching.gaps import gaps
from evidencelint.matching.generality import grades
from evidencelint.matching.index import FactIndex
from evidencelint.matching.misplaced import misplaced
from evidencelint.matching.nearness import SPEAKS, Near, StatementMatch, nearest
from evidencelint.matching.outcomes import outcomes
from evidencelint.matching.proofs import proofs
from evidencelint.matching.quantified import none_or_some, quantifiers
from evidencelint.matching.rankings import misranked, uncompared
from evidencelint.matching.raters import raters
from evidencelint.matching.sequences import misordered
from evidencelint.matching.settings import settings
from evidencelint.matching.strangers import strangers
from evidencelint.matching.substitutions import substitutions
from evidencelint.matching.suppositions import suppositions
from evidencelint.matching.turns import comparison, differing, direction
from evidencelint.matching.unstudied import unstudied


def match_statement(claim: Claim, index: FactIndex) -> tuple[StatementMatch, ...]:
    """Match a clause against the fact base; gives every fault found, or one match without a fault."""
    if not claim.certainty.owned:
        return ()
    near = nearest(claim, index)
    faults = [
        *absolutes(claim, near),
        *grades(claim, index),
        *quantifiers(claim, near, index),
        *none_or_some(claim, near, index),
        *settings(claim, near),
    ]
    if not faults:
        faults.extend(species(claim, near))
    if not faults or faults[0].fault == "quantifier":
        faults.extend(strength(claim, near, index))
    # from here on the first kind of fault found is the one told
    for find in _FINDERS:
        if not faults:
            faults.extend(find(claim, near, index))
    if faults:
        return tuple(faults)
    best = next((n for n in near if not n.slots.hard), None)
    if best is None or best.similarity < SPEAKS:
        return ()
    return (StatementMatch(claim, None, claim.span, min(0.95, 0.4 + best.similarity), best.fact, best.similarity),)


def _turns(claim: Claim, near: Sequence[Near], index: FactIndex) -> Iterator[StatementMatch]:
    yield from direction(claim, near, index)
    yield from differing(claim, near, index)
    yield from comparison(claim, index)


_FINDERS: tuple[Callable[[Claim, Sequence[Near], FactIndex], Iterator[StatementMatch]], ...] = (
    misranked,
    _turns,
    gaps,
    contradictions,
    raters,
    features,
    advice,
    waived,
    turned_leanings,
    outcomes,
    misordered,
    substitutions,
    misplaced,
    suppositions,
    proofs,
    uncompared,
    strangers,
    unstudied,
    unattested,
)
