"""Each outcome that a clause says changed, against the facts on that outcome alone.

"It raised reading and spelling" may be right of the one and wrong of the other.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from evidencelint.frames import Claim, Mention
from evidencelint.lexicon import polarity_words
from evidencelint.matching.index import FactIndex, FactStatement
from evidencelint.matching.matter import sets_groups_apart
from evidencelint.matching.nearness import HEDGED, Near, StatementMatch
from evidencelint.matching.polarity import read_polarity
from evidencelint.matching.slots import compare_slots
from evidencelint.model import Direction
from evidencelint.words import words

_CONFIDENCE = 0.75


def outcomes(claim: Claim, _near: Sequence[Near], index: FactIndex) -> Iterator[StatementMatch]:
    """Find an outcome told to have moved of which every fact on it says that it did not, or moved the other way."""
    if claim.certainty.level < HEDGED or claim.certainty.negations or claim.figures:
        return
    named = [m for m in claim.mentions if m.slot == "measure"]
    leanings = read_polarity(claim, index.reader.lexical.read(claim.text)).leanings if named else {}
    for mention in named:
        way = _way(claim, mention, {term: lean[0] for term, lean in leanings.items()})
        told = [
            item
            for item in index.statements_on(f"measure:{mention.concept}")
            if _speaks(claim, mention, item, index) and not sets_groups_apart(item.claim, index)
        ]
        if way is not None and told and all(_denies(item, way) for item in told):
            yield StatementMatch(claim, "direction", mention.span, _CONFIDENCE, told[0], 1.0)
            return


def _way(claim: Claim, mention: Mention, leanings: dict[str, Direction]) -> Direction | None:
    """Say which way a clause says an outcome went: by its own word of change, or as the one before ("so did")."""
    own = leanings.get(f"measure:{mention.concept}")
    if own is not None:
        return own
    before = claim.text[: mention.span.start - claim.span.start]
    also = list(polarity_words("also").find(words(before)))
    near = bool(also) and mention.span.start - claim.span.start - also[-1].span.end <= len(" the ")
    return claim.direction if near and claim.direction in {"increase", "decrease"} else None


def _speaks(claim: Claim, mention: Mention, item: FactStatement, index: FactIndex) -> bool:
    """Tell whether a fact is on this outcome and no other, of the same treatment, people and time, as far as told."""
    if item.slots["measure"] != frozenset({mention.concept}) or item.claim.certainty.level < HEDGED:
        return False
    ours, theirs = claim.stated["arm"] or claim.filled["arm"], item.slots["arm"]
    slots = compare_slots(claim.stated, claim.filled, item.slots, index.vocabulary)
    apart = [conflict for conflict in slots.conflicts if conflict.slot != "measure"]
    return bool(ours & theirs) and not apart and item.claim.direction != "unknown"


def _denies(item: FactStatement, way: Direction) -> bool:
    theirs = item.claim.direction
    return theirs == "no_difference" or way in item.claim.denied or {theirs, way} == {"increase", "decrease"}
