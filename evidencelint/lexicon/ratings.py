"""The words by which reviews rate the certainty of evidence: ``ratings.yaml``."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache

from evidencelint.errors import ResourceError
from evidencelint.lexicon.shapes import as_phrases, read_lists


@cache
def rating_words(name: str) -> tuple[str, ...]:
    """Give one list of ``ratings.yaml``: ``heads``, ``set_apart``, ``follow`` or ``leads``."""
    return tuple(as_phrases(read_lists("ratings").get(name), f"ratings.{name}"))


@cache
def rating_levels() -> Mapping[str, int]:
    """Map words of a rating to its rank, 1 the lowest; raises ResourceError where the list is malformed."""
    levels = read_lists("ratings").get("levels")
    if not isinstance(levels, list):
        raise ResourceError("rules/lexicon/ratings.yaml: levels must be a list of lists")
    return {
        word: rank for rank, names in enumerate(levels, 1) for word in as_phrases(names, f"ratings.levels[{rank - 1}]")
    }
