"""Outcomes that a text may add to those of its source: ``unstudied.yaml``."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache

from evidencelint.errors import ResourceError
from evidencelint.lexicon.shapes import as_mapping, as_phrases, read_lists, refuse_unknown
from evidencelint.words import PhraseTable


@dataclass(frozen=True, slots=True)
class Family:
    """The words of one outcome: ``named`` ones want a word of change, ``told`` ones state a result by themselves.

    ``words`` are all by which a text shows that it knows of the outcome; ``compared`` ones set two treatments
    against each other.
    """

    named: frozenset[str]
    told: frozenset[str]
    words: frozenset[str]
    compared: bool = False


@cache
def families() -> tuple[Family, ...]:
    """Give all families; raises ResourceError where the list is malformed."""
    data = read_lists("unstudied")
    refuse_unknown(data, {"families", "compared", "moved", "listed"}, "unstudied")
    return tuple(
        _family(
            as_mapping(entry, f"unstudied.{part}[{place}]"), f"unstudied.{part}[{place}]", compared=part == "compared"
        )
        for part in ("families", "compared")
        for place, entry in enumerate(_entries(data.get(part), part))
    )


def _entries(value: object, part: str) -> list[object]:
    if not isinstance(value, list):
        raise ResourceError(f"rules/lexicon/unstudied.yaml: {part} must be a list")
    return value


def _family(value: object, where: str, *, compared: bool) -> Family:
    entry = as_mapping(value, where)
    refuse_unknown(entry, {"named", "told", "known_by"}, "unstudied")
    named, told, known = (
        frozenset(as_phrases(entry[key], f"{where}.{key}") if key in entry else ())
        for key in ("named", "told", "known_by")
    )
    return Family(named, told, named | told | known, compared)


@cache
def family_words() -> PhraseTable[tuple[Family, bool]]:
    """Give the table of what names an outcome, as written with regular endings.

    Values are its family, and whether the words state a result.
    """
    return PhraseTable(
        (
            (form, (family, tells))
            for family in families()
            for phrases, tells in ((family.named, False), (family.told, True))
            for phrase in sorted(phrases)
            for form in (_inflected(phrase) if not tells else {phrase})
        ),
        by="written",
    )


@cache
def words_of_families() -> PhraseTable[Family]:
    """Give the table of all words that show that a text knows of an outcome."""
    return PhraseTable(
        ((form, family) for family in families() for word in sorted(family.words) for form in _inflected(word)),
        by="written",
    )


def _inflected(word: str) -> set[str]:
    """Give a word with the regular endings of nouns and verbs; stems would join "costed" with "costly"."""
    short = word[:-1]
    endings = {word, f"{word}s", f"{word}es", f"{word}d", f"{word}ed", f"{word}ing"}
    return endings | ({f"{short}ies", f"{short}ied"} if word.endswith("y") else {f"{short}ing"})


@cache
def moving_words() -> PhraseTable[str]:
    """Give the words by which an outcome is told to have moved, besides those of change."""
    return PhraseTable(((phrase, phrase) for phrase in as_phrases(_list("moved"), "unstudied.moved")), by="written")


@cache
def listing_words() -> PhraseTable[str]:
    """Give the words that put a result beside others, or into the mouth of a source."""
    return PhraseTable(((phrase, phrase) for phrase in as_phrases(_list("listed"), "unstudied.listed")), by="written")


def _list(name: str) -> object:
    return read_lists("unstudied").get(name)
