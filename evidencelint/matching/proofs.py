"""Find what a clause calls shown or settled, and a fact only supposes, leaves open or asks to be tested."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from evidencelint.frames import Claim
from evidencelint.lexicon import proof
from evidencelint.matching.gaps import not_known
from evidencelint.matching.index import FactIndex
from evidencelint.matching.nearness import ASSERTED, HEDGED, Near, StatementMatch
from evidencelint.matching.quoting import quoted

_NEAR = 0.25
_AS_NEAR = 0.7
_FEWEST = 2
_CONFIDENCE = 0.45


def proofs(claim: Claim, near: Sequence[Near], index: FactIndex) -> Iterator[StatementMatch]:
    """Find the open or hedged fact that a clause calls proven, where no fact that shares as much asserts it."""
    place = proof(claim.text)
    if place is None or claim.certainty.negated or claim.certainty.mood in {"rejection", "question"}:
        return
    if claim.passage == "heading" or quoted(claim.text):
        return
    compatible = [n for n in near if not n.slots.hard and n.similarity >= _NEAR]
    opens = next((n for n in compatible if _open(n.fact.claim) and _of_one_matter(claim, n)), None)
    if opens is None or opens.similarity < _AS_NEAR * compatible[0].similarity:
        return
    shared = index.weight(claim.terms & opens.fact.told)
    for rival in compatible:
        plain = rival.fact.claim.certainty.level >= ASSERTED and not _open(rival.fact.claim)
        if plain and index.weight(claim.terms & rival.fact.told) >= shared:
            return
    confidence = min(0.9, _CONFIDENCE + opens.similarity * 0.7)
    said = claim.text[place.start : place.end]
    span = place.shift(claim.span.start)
    yield StatementMatch(claim, "hedge", span, confidence, opens.fact, opens.similarity, found=said)


def _open(fact: Claim) -> bool:
    """Tell whether a fact supposes, leaves open, or asks for what would show it."""
    supposes = fact.certainty.level <= HEDGED and fact.certainty.mood != "recommendation"
    return supposes or not_known(fact)


def _of_one_matter(claim: Claim, near: Near) -> bool:
    """Tell whether clause and fact share more than whom they speak of."""
    shared = {term for term in claim.terms & near.fact.told if not term.startswith(("arm:", "population:"))}
    return len(shared) >= _FEWEST or (bool(shared) and near.shared > 0)
