"""A text that calls its source, or what the source rests on, a weightier kind of work than the facts do."""

from __future__ import annotations

from collections.abc import Iterator

from evidencelint.claims.certainty import negates
from evidencelint.frames import Claim
from evidencelint.matching.index import FactIndex
from evidencelint.matching.nearness import HEDGED, StatementMatch
from evidencelint.matching.slots import Conflict


def grades(claim: Claim, index: FactIndex) -> Iterator[StatementMatch]:
    """Find a kind of study that no fact knows, where facts name another that excludes it."""
    if claim.certainty.level < HEDGED or claim.certainty.negated:
        return
    for mention in claim.mentions:
        if mention.slot != "study":
            continue
        known = index.overview.studies
        rivals = [order for other, order in known.items() if index.vocabulary.contrast("study", mention.concept, other)]
        set_apart = negates(claim.certainty, mention.span.shift(-claim.span.start), claim.text)
        unknown = mention.concept not in known and not set_apart
        if rivals and unknown and index.vocabulary.grade(mention.concept):
            rival = index.statement(min(rivals))
            yield StatementMatch(
                claim, "grade", mention.span, 0.85, rival, 1.0,
                Conflict("study", mention.concept, min(rival.slots["study"]), stated=True),
            )  # fmt: skip
