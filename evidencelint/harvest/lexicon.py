"""The word lists that a vocabulary is suggested with."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache

from evidencelint.lexicon.shapes import as_mapping, as_phrases, read_lists, refuse_unknown
from evidencelint.words import stem, stems

_LISTS = (
    *("people", "places", "conditions", "arms", "measures", "studies", "generic", "leading"),
    *(
        "comparing",
        "giving",
        "given_of",
        "telling",
        "studying",
        "occurring",
        "vague",
        "groups",
        "levels",
        "rates",
        "concluding",
        "leaning",
        "resumed",
    ),
)


@dataclass(frozen=True, slots=True)
class Nouns:
    """Word lists by name, as stems; ``doers`` are those of words in -er, ``things`` all others.

    ``furniture`` are phrases as written.
    """

    lists: Mapping[str, frozenset[str]]
    doers: Mapping[str, frozenset[str]]
    things: Mapping[str, frozenset[str]]
    furniture: tuple[str, ...]

    def has(self, name: str, word: str) -> bool:
        """Tell whether a list holds a word in any inflection; a reviewer is no review."""
        return stem(word) in (self.doers if _is_doer(word) else self.things)[name]


@dataclass(frozen=True, slots=True)
class Outcome:
    """An outcome that reports of several fields share: its slot, id and names."""

    slot: str
    id: str
    names: tuple[str, ...]


def _is_doer(word: str) -> bool:
    return word.lower().removesuffix("s").endswith("er")


@cache
def nouns() -> Nouns:
    """Give the word lists; raises ResourceError where their file is malformed."""
    data = read_lists("harvest")
    refuse_unknown(data, {*_LISTS, "furniture"}, "harvest")
    written = {name: as_phrases(data.get(name), f"harvest.{name}") for name in _LISTS}
    lists = {name: _keys(phrases) for name, phrases in written.items()}
    doers, things = (
        {name: _keys(each for each in phrases if _is_doer(each) is doer) for name, phrases in written.items()}
        for doer in (True, False)
    )
    furniture = as_phrases(data.get("furniture"), "harvest.furniture")
    return Nouns(lists, doers, things, tuple(phrase.lower() for phrase in furniture))


def _keys(phrases: Iterable[str]) -> frozenset[str]:
    return frozenset("-".join(stems(phrase)) for phrase in phrases)


@cache
def outcomes() -> tuple[Outcome, ...]:
    """Give the shared outcomes; raises ResourceError where their file is malformed."""
    return tuple(
        Outcome(slot, name, tuple(as_phrases(names, f"outcomes.{slot}.{name}")))
        for slot, concepts in read_lists("outcomes").items()
        for name, names in as_mapping(concepts, f"outcomes.{slot}").items()
    )
