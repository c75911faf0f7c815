"""Find what a text says the source says, where hardly a word of it stands anywhere in the source."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import pairwise

from evidencelint.frames import Claim
from evidencelint.lexicon import certainty_cues, first_person, source_nouns, tellings, tells_of_evidence
from evidencelint.matching.index import FactIndex
from evidencelint.matching.nearness import Near, StatementMatch, asserts, in_topic, place_of
from evidencelint.matching.quoting import quoted
from evidencelint.words import words

# the share of what is said, by weight, that neither facts nor source have a word of; of one word alone, more
_UNKNOWN, _MOSTLY_UNKNOWN = 0.4, 0.55
_NEAR = 0.36
_FEWEST = 2
_EARLY = 5
_CONFIDENCE = 0.6
_THE = frozenset({"the", "this", "these", "its", "their"})


def unattested(claim: Claim, near: Sequence[Near], index: FactIndex) -> Iterator[StatementMatch]:
    """Find a clause that puts into the source's mouth what none of its words speak of."""
    if (
        claim.passage in {"heading", "cell"}
        or claim.certainty.negated
        or claim.certainty.negations
        or claim.certainty.mood not in {"statement", "recommendation"}
        or first_person(claim.text)
        or not in_topic(claim)
    ):
        return
    if near and near[0].similarity >= _NEAR:
        return
    if quoted(claim.text):
        return
    for place, advises in tellings(claim.text):
        said = f"{claim.text[: place.start]} {claim.text[place.end :]}"
        terms = index.reader.lexical.read(said).values() & claim.terms
        unknown = index.unknown(terms) - index.name_words
        if len(terms) < _FEWEST or (not advises and tells_of_evidence(said)) or _names(said, unknown):
            continue
        asked = advises or claim.certainty.mood == "recommendation"
        if not asked and (not asserts(claim) or _hedges(said)):
            continue  # what a source supposes is retold in many words
        least = _UNKNOWN if len(unknown) >= _FEWEST and not asked else _MOSTLY_UNKNOWN
        if index.weight(unknown) >= least * index.weight(terms):
            yield StatementMatch(claim, "unsupported", place_of(claim), _CONFIDENCE)
            return


def _hedges(said: str) -> bool:
    return any(hit.value == "hedge" for hit in certainty_cues().find(words(said)))


def _names(said: str, unknown: frozenset[str]) -> bool:
    """Tell whether what is not known are proper names: those of the writer's own affairs ("Elm Road")."""
    inside = words(said)[1:]
    return any(word.text[0].isupper() and word.stem in unknown for word in inside)


def attributed(claim: Claim) -> bool:
    """Tell whether a clause begins by naming the source, and says that it says, finds or advises something."""
    opening = words(claim.text)[:_EARLY]
    named = any(second.stem in source_nouns() and first.text.lower() in _THE for first, second in pairwise(opening))
    return named and (claim.certainty.attribution is not None or claim.certainty.mood == "recommendation")
