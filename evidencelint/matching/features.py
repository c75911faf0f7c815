"""Find a feature of a design told of the studies that a fact denies them all ("were randomised" for "none was")."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from evidencelint.claims.certainty import negates
from evidencelint.frames import Claim
from evidencelint.lexicon import design_features, gap_phrases, lacks_or_asks, own_matter
from evidencelint.matching.index import FactIndex
from evidencelint.matching.nearness import Near, StatementMatch, asserts, inverted
from evidencelint.matching.quoting import quoted
from evidencelint.words import words

_CONFIDENCE = 0.75
# the feature itself is what clause and fact share, in whatever words
_NEAR = 0.2


def features(claim: Claim, near: Sequence[Near], index: FactIndex) -> Iterator[StatementMatch]:
    """Find a feature that a clause asserts, a near fact denies, and neither facts nor source tell of any study."""
    if not asserts(claim) or claim.certainty.mood != "statement" or claim.passage == "heading":
        return
    if claim.verb is None and claim.passage == "paragraph":
        return  # keywords assert nothing
    if lacks_or_asks(claim.text) or inverted(claim) or own_matter(claim.text) or quoted(claim.text):
        return
    for hit in design_features().find(words(claim.text)):
        if hit.value in index.design_features or negates(claim.certainty, hit.span, claim.text):
            continue
        denying = (n for n in near if n.similarity >= _NEAR and _denies(n.fact.claim, hit.value))
        best = next(denying, None)
        if best is not None:
            said = claim.text[hit.span.start : hit.span.end]
            span = hit.span.shift(claim.span.start)
            yield StatementMatch(claim, "contradiction", span, _CONFIDENCE, best.fact, best.similarity, found=said)
            return


def _denies(fact: Claim, feature: int) -> bool:
    """Tell whether a clause of a fact names a feature and denies it of all."""
    named = any(hit.value == feature for hit in design_features().find(words(fact.text)))
    denied = bool(fact.certainty.negations) or next(iter(gap_phrases().find(words(fact.text))), None) is not None
    return named and denied and fact.certainty.mood == "statement"
