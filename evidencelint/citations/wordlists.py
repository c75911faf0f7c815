"""The word lists around citations, from ``rules/lexicon/citations.yaml``, validated when first used."""

from __future__ import annotations

from dataclasses import dataclass, fields
from functools import cache

from evidencelint.lexicon.shapes import as_phrases, read_lists, refuse_unknown


@dataclass(frozen=True, slots=True)
class CitationWords:
    """The lists by name; all words are in lower case."""

    particles: frozenset[str]
    not_names: frozenset[str]
    places: frozenset[str]
    others: frozenset[str]
    works: frozenset[str]
    publishing: frozenset[str]
    reporting: frozenset[str]
    finding: frozenset[str]
    ibid: frozenset[str]
    turns: frozenset[str]
    withdrawn: frozenset[str]


@cache
def citation_words() -> CitationWords:
    """Give the lists; raises ResourceError where the lexicon is malformed."""
    data = read_lists("citations")
    names = [field.name for field in fields(CitationWords)]
    refuse_unknown(data, set(names), "citations")
    return CitationWords(
        **{name: frozenset(map(str.lower, as_phrases(data.get(name), f"citations.{name}"))) for name in names}
    )
