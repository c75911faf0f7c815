"""Advice turned round: "offer it to those under control" where the source advises against it for them."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from evidencelint.frames import Claim
from evidencelint.lexicon import certainty_cues, dissuading, keeps_apart, source_nouns, waiving
from evidencelint.matching.index import FactIndex
from evidencelint.matching.nearness import RIVAL_SHARE, Near, StatementMatch, place_of
from evidencelint.matching.polarity import read_polarity
from evidencelint.words import words

_NEAR = 0.45
_COVERED = 0.6
_FEWEST = 2
_HALF, _DISTANT = 0.4, 0.25
_NOT_SAID = frozenset({"question", "rejection"})


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


def waived(claim: Claim, near: Sequence[Near], index: FactIndex) -> Iterator[StatementMatch]:
    """Find what a clause calls dispensable, and the nearest fact asks for."""
    place = waiving(claim.text)
    if place is None or claim.certainty.negated or claim.certainty.mood in _NOT_SAID or claim.passage == "heading":
        return
    said = claim.terms - index.reader.lexical.read(claim.text[place.start : place.end]).values()
    said -= index.reader.lexical.read(" ".join(_telling_words(claim.text))).values()
    matter = {term for term in said if ":" in term and not term.startswith(("arm:", "population:", "timepoint:"))}
    speaking = [n for n in near if n.similarity >= _DISTANT and not n.slots.hard and matter & n.fact.told]
    best = next(iter(speaking), None)
    if best is None or not all(_asks_for(n.fact.claim) for n in speaking[:_FEWEST]):
        return
    if index.weight(said & best.fact.told) >= _HALF * index.weight(said):
        confidence, found = min(0.9, 0.5 + best.similarity / 2), claim.text[place.start : place.end]
        span = place.shift(claim.span.start)
        yield StatementMatch(claim, "contradiction", span, confidence, best.fact, best.similarity, found=found)


def _asks_for(fact: Claim) -> bool:
    """Tell whether a fact recommends something, and not that it be left."""
    against = _dissuading_words(fact.text) or waiving(fact.text) is not None
    return fact.certainty.mood == "recommendation" and not against and not fact.certainty.negations


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
