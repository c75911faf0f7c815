"""Find people compared by how they fared, of a kind that the source never speaks of ("women did better than men")."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from evidencelint.frames import Claim
from evidencelint.lexicon import faring_words, first_person, kinds_of_people, own_matter
from evidencelint.matching.index import FactIndex
from evidencelint.matching.nearness import Near, StatementMatch, asserts, in_topic, place_of
from evidencelint.words import words

_CONFIDENCE = 0.7
_COMPARED = ("er", "est")


def strangers(claim: Claim, _near: Sequence[Near], index: FactIndex) -> Iterator[StatementMatch]:
    """Find who did better than whom, where neither facts nor source have a word for people of that kind."""
    if not asserts(claim) or claim.certainty.mood != "statement" or claim.certainty.negations or not in_topic(claim):
        return
    if claim.passage == "heading" or first_person(claim.text) or own_matter(claim.text):
        return
    said = words(claim.text)
    written = {word.written for word in said}
    if not written & faring_words("by_how_much") or not written & faring_words("faring"):
        return
    for kind in kinds_of_people():
        named = {word.written for word in said if word.written in kind.groups}
        apart = len(named) > 1 or any(name.endswith(_COMPARED) for name in named)
        if apart and _unheard_of(kind.groups | kind.known_by, index):
            yield StatementMatch(claim, "unsupported", place_of(claim), _CONFIDENCE)
            return


def _unheard_of(names: Iterable[str], index: FactIndex) -> bool:
    """Tell whether neither facts nor source have one of these names."""
    read = index.reader.lexical.read
    terms = [read(name).values() for name in names]
    unknown = index.unknown(frozenset().union(*terms))
    return all(unknown & each for each in terms if each)
