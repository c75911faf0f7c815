"""The word lists that a vocabulary is suggested with."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache

from evidencelint.errors import ResourceError
from evidencelint.resources import load_lexicon
from evidencelint.words import stem, stems

_LISTS = (
    *("people", "places", "conditions", "arms", "measures", "studies", "generic", "leading"),
    *("comparing", "giving", "given_of", "telling", "vague", "groups"),
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
    data = load_lexicon("harvest")
    if not isinstance(data, dict) or set(data) != {*_LISTS, "furniture"}:
        raise ResourceError(f"rules/lexicon/harvest.yaml: expected the lists {', '.join((*_LISTS, 'furniture'))}")
    lists = {name: frozenset("-".join(stems(str(word))) for word in data[name]) for name in _LISTS}
    doers, things = (
        {name: frozenset("-".join(stems(str(w))) for w in data[name] if _is_doer(str(w)) is doer) for name in _LISTS}
        for doer in (True, False)
    )
    return Nouns(lists, doers, things, tuple(str(phrase).lower() for phrase in data["furniture"]))


@cache
def outcomes() -> tuple[Outcome, ...]:
    """Give the shared outcomes; raises ResourceError where their file is malformed."""
    data = load_lexicon("outcomes")
    if not isinstance(data, dict):
        raise ResourceError("rules/lexicon/outcomes.yaml: expected slots with concepts")
    return tuple(
        Outcome(str(slot), str(name), tuple(map(str, names)))
        for slot, concepts in data.items()
        for name, names in concepts.items()
    )
