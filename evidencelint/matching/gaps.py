"""Find a finding about what the evidence never looked at: a fact says that no study measured it."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from evidencelint.frames import Claim
from evidencelint.lexicon import asks_for_research, comparison_cues, gap_phrases, observes
from evidencelint.matching.index import FactIndex
from evidencelint.matching.nearness import Near, StatementMatch, asserts, place_of
from evidencelint.matching.quoting import quoted
from evidencelint.words import words

_THAN = re.compile(r"\b(?:(?:more|less|fewer|better|worse) (?:[\w-]+ ){0,2}|\w+er )than\b", re.IGNORECASE)
_VERY_NEAR = 0.5
_NEAR = 0.3
_NEARLY_THE_SAME = 0.6
_CONFIDENCE = 0.75


def gaps(claim: Claim, near: Sequence[Near], index: FactIndex) -> Iterator[StatementMatch]:
    """Find the fact that says that what a clause finds was not studied."""
    if not asserts(claim) or _is_gap(claim) or observes(claim.text) or quoted(claim.text):
        return
    if not _finds(claim) and not claim.certainty.negations:
        return
    gap = next((n for n in near if n.similarity >= _NEAR and not n.slots.hard and not_known(n.fact.claim)), None)
    plain = gap is not None and gap is near[0] and gap.similarity >= _VERY_NEAR and not claim.certainty.negations
    alike = gap is not None and (
        gap.shared > 0 or len(claim.terms & gap.fact.claim.terms) > 1 or gap.similarity >= _NEARLY_THE_SAME
    )
    if gap is None or not alike or not (_of_the_same(claim, gap, index) or plain):
        return
    yield StatementMatch(claim, "unsupported", place_of(claim), _CONFIDENCE, gap.fact, gap.similarity)


def not_known(fact: Claim) -> bool:
    """Tell whether a fact says that something was not studied, or asks that it be."""
    return _is_gap(fact) or (fact.certainty.mood == "recommendation" and asks_for_research(fact.text))


def _finds(claim: Claim) -> bool:
    """Tell whether a clause states a result: an effect, a change or a comparison."""
    if claim.direction != "unknown" or (claim.relation is not None and claim.relation.strength == "causal"):
        return True
    compared = _THAN.search(claim.text) is not None
    return compared or next(iter(comparison_cues().find(words(claim.text))), None) is not None


def _is_gap(claim: Claim) -> bool:
    return next(iter(gap_phrases().find(words(claim.text))), None) is not None


def _of_the_same(claim: Claim, gap: Near, index: FactIndex) -> bool:
    """Tell whether clause and gap name an outcome of which no other fact tells anything."""
    named = claim.stated["measure"] & gap.fact.slots["measure"]
    return bool(named) and named.isdisjoint(index.overview.told)
