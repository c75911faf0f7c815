"""The word lists around citations, from ``rules/lexicon/citations.yaml``, validated when first used."""

from __future__ import annotations

from dataclasses import dataclass, fields
from functools import cache

from evidencelint.errors import ResourceError
from evidencelint.resources import load_lexicon


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
    data = load_lexicon("citations")
    names = {field.name for field in fields(CitationWords)}
    if not isinstance(data, dict) or set(data) != names:
        raise ResourceError(f"rules/lexicon/citations.yaml: expected the lists {', '.join(sorted(names))}")
    for name, words in data.items():
        if not isinstance(words, list) or not all(isinstance(word, str) and word for word in words):
            raise ResourceError(f"rules/lexicon/citations.yaml: {name} must be a list of words; quote 'no' and 'on'")
    return CitationWords(**{name: frozenset(word.lower() for word in words) for name, words in data.items()})
