"""Advice turned round: "offer it to those under control" where the source advises against it for them."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from evidencelint.frames import Claim
from evidencelint.lexicon import certainty_cues, dissuading, keeps_apart, source_nouns
from evidencelint.matching.index import FactIndex
from evidencelint.matching.nearness import RIVAL_SHARE, Near, StatementMatch, place_of
from evidencelint.matching.polarity import read_polarity
from evidencelint.words import words

_NEAR = 0.45
_COVERED = 0.6
_FEWEST = 2


def advice(claim: Claim, near: Sequence[Near], index: FactIndex) -> Iterator[StatementMatch]:
    """Find the advice that a clause gives the other way round, where no advice as near goes the clause's way."""
    if not _advises(claim) or claim.passage == "heading" or len(claim.terms) < _FEWEST:
        return
    speaking = [n for n in near if n.similarity >= _NEAR and not n.slots.hard and _advises(n.fact.claim)]
    speaking = [n for n in speaking if n.similarity >= speaking[0].similarity * RIVAL_SHARE]
    if not speaking or not _covered(claim, speaking[0], index) or _share_a_pair(claim, speaking[0], index):
        return
    against = _dissuading_words(claim.text)
    if against > 1:
        return  # "will not be talked into it, they advise against that" says no once, "do not avoid" not at all
    if all(bool(_dissuading_words(n.fact.claim.text)) != bool(against) for n in speaking):
        best = speaking[0]
        confidence = min(0.9, 0.45 + best.similarity / 2)
        yield StatementMatch(
            claim, "contradiction", place_of(claim), confidence, best.fact, best.similarity, found=_said(claim)
        )


def _advises(claim: Claim) -> bool:
    """Tell whether a clause gives advice, by its own words or under a heading of advice."""
    mood = claim.certainty.mood
    return mood == "recommendation" or (mood == "statement" and claim.certainty.level == 0)


def _dissuading_words(text: str) -> int:
    """Count the words that say that something is not to be done."""
    return len(list(dissuading().find(words(text)))) + keeps_apart(text)


def _share_a_pair(claim: Claim, item: Near, index: FactIndex) -> bool:
    """Tell whether the two use the words of a pair of opposites, which says more than "not" does."""
    read = index.reader.lexical.read
    theirs = item.fact.claim
    ours = read_polarity(claim, read(claim.text)).pairs
    other = read_polarity(theirs, read(theirs.text)).pairs
    return any(ours[pair].side != other[pair].side for pair in ours.keys() & other.keys())


def _covered(claim: Claim, item: Near, index: FactIndex) -> bool:
    """Tell whether the fact speaks of most of what the clause advises on, apart from who advises."""
    said = claim.terms - index.reader.lexical.read(" ".join(_telling_words(claim.text))).values()
    shared = said & item.fact.told
    return bool(shared) and index.weight(shared) >= _COVERED * index.weight(said)


def _telling_words(text: str) -> list[str]:
    """Give the words that say who advises and that they do, which are of no matter."""
    said = words(text)
    advising = [
        text[hit.span.start : hit.span.end] for hit in certainty_cues().find(said) if hit.value == "recommendation"
    ]
    return [*advising, *(word.text for word in said if word.stem in source_nouns())]


def _said(claim: Claim) -> str:
    span = place_of(claim)
    return claim.text[span.start - claim.span.start : span.end - claim.span.start]
