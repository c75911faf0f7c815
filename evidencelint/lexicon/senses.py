"""Words that say the same, and words that exclude one another: ``synonyms.yaml`` and ``opposites.yaml``."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache

from evidencelint.errors import ResourceError
from evidencelint.lexicon.shapes import as_phrases, read_lists
from evidencelint.words import PhraseTable


@dataclass(frozen=True, slots=True)
class Opposite:
    """One side, 1 or -1, of a numbered pair of opposites."""

    pair: int
    side: int


@cache
def opposite_words() -> Mapping[tuple[int, int], tuple[str, ...]]:
    """Give the words of each side of each pair of opposites, by the pair's number and the side, 1 or -1."""
    data = read_lists("opposites")
    pairs = data.get("pairs")
    if not isinstance(pairs, list) or not all(isinstance(pair, list) and len(pair) == 2 for pair in pairs):  # noqa: PLR2004
        raise ResourceError("rules/lexicon/opposites.yaml: pairs must be a list of pairs of lists")
    return {
        (number, side): tuple(as_phrases(phrases, f"opposites.pairs[{number}]"))
        for number, pair in enumerate(pairs)
        for side, phrases in zip((1, -1), pair, strict=True)
    }


@cache
def opposites() -> PhraseTable[Opposite]:
    """Give the table of words that exclude one another when said of the same thing."""
    return PhraseTable(
        ((phrase, Opposite(*key)) for key, phrases in opposite_words().items() for phrase in phrases),
        by="written",
    )


@cache
def synonym_words() -> tuple[tuple[str, ...], ...]:
    """Give the groups of words and phrases that say the same."""
    data = read_lists("synonyms")
    groups = data.get("groups")
    if not isinstance(groups, list):
        raise ResourceError("rules/lexicon/synonyms.yaml: groups must be a list")
    return tuple(tuple(as_phrases(group, f"synonyms.groups[{index}]")) for index, group in enumerate(groups))


@cache
def synonym_groups() -> PhraseTable[str]:
    """Give the table that maps a word or phrase to the first word of its synonym group."""
    return PhraseTable((name, f"~{names[0]}") for names in synonym_words() for name in names)


@cache
def weak_senses(name: str) -> frozenset[str]:
    """Give one list of ``senses.yaml``: what tells that a strong word is not meant as one."""
    return frozenset(as_phrases(read_lists("senses").get(name), f"senses.{name}"))


@cache
def denied_after() -> PhraseTable[str]:
    """Give the table of phrases that take back the word before them."""
    return PhraseTable(((phrase, phrase) for phrase in sorted(weak_senses("denied"))), by="written")
