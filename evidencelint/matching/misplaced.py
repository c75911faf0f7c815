"""A fact's statement told of another group, treatment, outcome, study or time than the fact's."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from evidencelint.frames import Claim, Mention
from evidencelint.matching.candidates import OWN_SENTENCE
from evidencelint.matching.index import FactIndex
from evidencelint.matching.nearness import Near, StatementMatch, of_one_mood
from evidencelint.matching.slots import Conflict

_SLOTS = ("population", "arm", "measure", "timepoint")
_NEAR = 0.45
_NEAR_OF_OUTCOMES = 0.6
_COVERED = 0.75
_RETOLD, _RETOLD_OF_OUTCOMES = 0.45, 0.65
_RIVAL = 0.75
_FEWEST = 2
# Of anything but the fact's own sentence this is right too seldom for more than a note.
_NOTED = 0.45


def misplaced(claim: Claim, near: Sequence[Near], index: FactIndex) -> Iterator[StatementMatch]:
    """Find the fact that a clause tells nearly word for word, but of a concept that excludes the fact's.

    No other fact as near may speak of the concept that the clause names.
    """
    if claim.passage == "heading" or claim.certainty.mood in {"question", "rejection", "condition"}:
        return
    best = next((n for n in near[:3] if n.similarity >= _NEAR and of_one_mood(claim, n.fact.claim)), None)
    found = _exchange(claim, best, index) if best is not None else None
    if best is None or found is None or not _retold(claim, best, found[0], index):
        return
    mention, other = found
    for rival in near:
        if rival.similarity < best.similarity * _RIVAL:
            break
        if rival is not best and mention.concept in rival.fact.slots[mention.slot]:
            return
    conflict = Conflict(mention.slot, mention.concept, other, stated=True)
    confidence = 0.5 + best.similarity / 2 if best.similarity >= OWN_SENTENCE else _NOTED
    yield StatementMatch(claim, "misplaced", mention.span, min(0.9, confidence), best.fact, best.similarity, conflict)


def _exchange(claim: Claim, item: Near, index: FactIndex) -> tuple[Mention, str] | None:
    """Give the clause's concept that the fact lacks, and the one in its place, if there is just one such pair."""
    vocabulary = index.vocabulary
    pairs: list[tuple[Mention, str]] = []
    for slot in _SLOTS:
        theirs = item.fact.slots[slot] | {m.concept for m in item.fact.claim.mentions if m.slot == slot}
        mine = [m for m in claim.mentions if m.slot == slot]
        named = frozenset().union(*(vocabulary.closure(slot, m.concept) for m in mine))
        known = frozenset().union(*(vocabulary.closure(slot, concept) for concept in theirs))
        # what a clause sets apart ("not in children") is among its terms, though no mention
        named |= {term.partition(":")[2] for term in claim.terms if term.startswith(f"{slot}:")}
        lacking = sorted(concept for concept in theirs if not vocabulary.closure(slot, concept) & named)
        extra = {m.concept: m for m in mine if not vocabulary.closure(slot, m.concept) & known}
        pairs += [(m, b) for m in extra.values() for b in lacking if vocabulary.contrast(slot, m.concept, b)]
    if item.similarity < _NEAR_OF_OUTCOMES or claim.verb is None:
        pairs = [pair for pair in pairs if pair[0].slot != "measure"]  # outcomes go by common words
    return pairs[0] if len({mention.concept for mention, _ in pairs}) == 1 else None


def _retold(claim: Claim, item: Near, mention: Mention, index: FactIndex) -> bool:
    """Tell whether clause and fact share most of the rest, besides the concept that is exchanged."""
    own = {f"{mention.slot}:{name}" for name in index.vocabulary.closure(mention.slot, mention.concept)}
    rest = claim.terms - own
    theirs = item.fact.told
    shared = rest & theirs
    ours = index.weight(rest)
    whole = index.weight(item.fact.claim.terms)
    told = index.weight(shared)
    least = _RETOLD_OF_OUTCOMES if mention.slot == "measure" else _RETOLD
    return len(shared) >= _FEWEST and told >= _COVERED * ours and told >= least * whole
