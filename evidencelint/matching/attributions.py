"""Find what a text says the source says, where hardly a word of it stands anywhere in the source."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import pairwise

from evidencelint.frames import Claim
from evidencelint.lexicon import source_nouns
from evidencelint.matching.index import FactIndex
from evidencelint.matching.nearness import SPEAKS, Near, StatementMatch, in_topic, place_of
from evidencelint.words import words

_UNKNOWN = 0.5
_FEWEST = 2
_EARLY = 5
_CONFIDENCE = 0.6
_THE = frozenset({"the", "this", "these", "its", "their"})


def unattested(claim: Claim, near: Sequence[Near], index: FactIndex) -> Iterator[StatementMatch]:
    """Find a clause that puts into the source's mouth what none of its words speak of."""
    if (
        claim.passage in {"heading", "cell"}
        or claim.certainty.negated
        or claim.certainty.mood not in {"statement", "recommendation"}
        or not in_topic(claim)
    ):
        return
    if not attributed(claim) or (near and near[0].similarity >= SPEAKS):
        return
    unknown = index.unknown(claim.terms)
    whole = sum(map(index.idf, claim.terms))
    if len(unknown) >= _FEWEST and sum(map(index.idf, unknown)) >= _UNKNOWN * whole:
        yield StatementMatch(claim, "unsupported", place_of(claim), _CONFIDENCE)


def attributed(claim: Claim) -> bool:
    """Tell whether a clause begins by naming the source, and says that it says, finds or advises something."""
    opening = words(claim.text)[:_EARLY]
    named = any(second.stem in source_nouns() and first.text.lower() in _THE for first, second in pairwise(opening))
    return named and (claim.certainty.attribution is not None or claim.certainty.mood == "recommendation")
