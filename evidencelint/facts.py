"""The fact base: what a review says, as small records that are anchored by verbatim quotes."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from os import PathLike
from pathlib import Path

from evidencelint.model import Position, Strength
from evidencelint.vocabulary import Concept, Vocabulary

__all__ = ["Concept", "Fact", "FactBase", "FigureOverride", "SourceRef", "Vocabulary"]


@dataclass(frozen=True, slots=True)
class SourceRef:
    """A document that quotes stand in: the key of its work, and its file where it has one.

    A ``digest`` tells what the work says in other words, so that quotations of the work cannot be looked up in it.
    """

    key: str
    path: str | None
    position: Position
    digest: bool = False


@dataclass(frozen=True, slots=True)
class FigureOverride:
    """The slots of one figure; ``text`` is a piece of the quote that holds it, ``position`` that of the key."""

    text: str
    slots: Mapping[str, frozenset[str]]
    position: Position


@dataclass(frozen=True, slots=True)
class Fact:
    """One statement of the review.

    ``quote`` has its white space folded. ``slots`` and ``overrides`` are what the curator had to add because
    the quote does not say it; ``defaulted`` names those slots that only the fact base's defaults fill, which
    the quote itself may contradict; ``strength`` overrides the strength read from the quote. ``position`` is
    that of the id. ``also`` are further sources that carry it; ``reported_in`` is the source that tells of it, where
    nobody has read it in ``source`` itself.
    """

    id: str
    quote: str
    source: str
    position: Position
    quote_position: Position
    at: str
    slots: Mapping[str, frozenset[str]]
    defaulted: frozenset[str]
    overrides: tuple[FigureOverride, ...]
    strength: Strength | None
    note: str
    also: tuple[str, ...] = ()
    reported_in: str | None = None

    @property
    def carriers(self) -> frozenset[str]:
        """Give the keys of all sources that carry the fact."""
        return frozenset((self.source, *self.also, *filter(None, (self.reported_in,))))

    @property
    def figures(self) -> Mapping[str, Mapping[str, frozenset[str]]]:
        """Give the slots of figures by the piece of the quote that holds them."""
        return {override.text: override.slots for override in self.overrides}


@dataclass(frozen=True, slots=True)
class FactBase:
    """A validated fact base.

    ``source_texts`` holds the text of every source that names a file; ``bibliography`` the files of works,
    ``retractions`` those of retracted works;
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
    retractions: tuple[Path, ...] = ()

    @classmethod
    def load(cls, path: str | PathLike[str]) -> FactBase:
        """Load a fact base file; raises FactBaseError where it, or a source it names, cannot be used."""
        from evidencelint.factload import load_facts  # noqa: PLC0415 - which needs this module

        return load_facts(Path(path))
