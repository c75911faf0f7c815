"""The fact base: what a review says, as small records that are anchored by verbatim quotes."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from evidencelint.model import Position, Strength
from evidencelint.vocabulary import Vocabulary


@dataclass(frozen=True, slots=True)
class SourceRef:
    """A document that quotes stand in: the key of its work, and its file where it has one."""

    key: str
    path: str | None
    position: Position


@dataclass(frozen=True, slots=True)
class Fact:
    """One statement of the review.

    ``slots`` and ``figures`` (by a piece of the quote that holds the figure) are what the curator had to
    add because the quote does not say it; ``strength`` overrides the strength read from the quote.
    """

    id: str
    quote: str
    source: str
    position: Position
    at: str
    slots: Mapping[str, frozenset[str]]
    figures: Mapping[str, Mapping[str, frozenset[str]]]
    strength: Strength | None
    note: str


@dataclass(frozen=True, slots=True)
class FactBase:
    """A validated fact base.

    ``source_texts`` holds the text of every source that names a file; ``bibliography`` the files of works;
    ``fingerprint`` identifies the content (fact base and sources) in reports.
    """

    path: str
    title: str
    sources: tuple[SourceRef, ...]
    bibliography: tuple[Path, ...]
    vocabulary: Vocabulary
    facts: tuple[Fact, ...]
    source_texts: Mapping[str, str]
    fingerprint: str
