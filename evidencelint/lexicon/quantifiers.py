"""The words that say of how many something holds, and what is counted: ``quantifiers.yaml``."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache

from evidencelint.errors import ResourceError
from evidencelint.lexicon.shapes import as_mapping, as_phrases, read_lists
from evidencelint.words import PhraseTable, stem


@dataclass(frozen=True, slots=True)
class QuantifierLevel:
    """A quantifier's rank and the shares (percent) it may stand for."""

    name: str
    rank: int
    low: int
    high: int


@cache
def quantifier_cues() -> PhraseTable[QuantifierLevel]:
    """Give the table of quantifying words."""
    data = read_lists("quantifiers")
    levels = data.get("levels")
    if not isinstance(levels, list):
        raise ResourceError("rules/lexicon/quantifiers.yaml: levels must be a list")
    entries: list[tuple[str, QuantifierLevel]] = []
    for rank, raw in enumerate(levels):
        item = as_mapping(raw, f"quantifiers.levels[{rank}]")
        share = item.get("share")
        if not isinstance(share, list) or len(share) != 2:  # noqa: PLR2004 - a pair
            raise ResourceError(f"rules/lexicon/quantifiers.yaml: levels[{rank}].share must be a pair of numbers")
        level = QuantifierLevel(str(item.get("name")), rank, int(share[0]), int(share[1]))
        entries.extend((phrase, level) for phrase in as_phrases(item.get("words"), f"quantifiers.levels[{rank}].words"))
    return PhraseTable(entries, by="written")


@cache
def counted_nouns() -> Mapping[str, str]:
    """Map the stem of a noun to its class, ``people`` or ``studies``."""
    data = read_lists("quantifiers")
    return {
        stem(word): kind for kind in ("people", "studies") for word in as_phrases(data.get(kind), f"quantifiers.{kind}")
    }


@cache
def nouns_apart() -> Mapping[str, str]:
    """Map the stem of a noun to its kind, where a thing of one kind is never one of another."""
    kinds = as_mapping(read_lists("quantifiers").get("apart"), "quantifiers.apart")
    return {
        stem(word): kind for kind, nouns in kinds.items() for word in as_phrases(nouns, f"quantifiers.apart.{kind}")
    }


@cache
def partial_words(name: str = "partial") -> frozenset[str]:
    """Give the adverbs by which something holds often, but not always, or (``excepting``) what takes out of all."""
    return frozenset(as_phrases(read_lists("quantifiers").get(name), f"quantifiers.{name}"))
