"""The fact base: what a review says, as small records that are anchored by verbatim quotes."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from os import PathLike
from pathlib import Path
from typing import Literal

from evidencelint.factbase.vocabulary import Concept, Vocabulary
from evidencelint.model import Direction, Position, Strength

__all__ = [
    "STATUSES",
    "Concept",
    "Contrast",
    "Declared",
    "Fact",
    "FactBase",
    "FigureOverride",
    "SourceRef",
    "Status",
    "Vocabulary",
]

Status = Literal["kept", "candidate", "changed", "gone"]
STATUSES: tuple[Status, ...] = ("candidate", "changed", "gone")


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
class Contrast:
    """A contrast set of the fact base, where it is written."""

    members: tuple[str, ...]
    position: Position


@dataclass(frozen=True, slots=True)
class Declared:
    """A concept as a file of the fact base declares it: its slot, id and names, and where."""

    slot: str
    id: str
    names: tuple[str, ...]
    position: Position


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
    the quote itself may contradict; ``strength`` and ``direction`` override what is read from the quote. ``position``
    is that of the id.

    ``source`` carries the fact, and so do those in ``also``; where the finding is told second-hand,
    ``reported_in`` is the source that its quote stands in. A fact may end: ``valid_until`` is its last day,
    ``superseded_by`` the id of the fact that holds since. ``recheck_by`` is the day by which a person looks again.
    ``when`` is the condition under which the fact holds, in words. ``status`` tells what harvesting left for a person
    to decide, with the ``confidence`` (0 to 1) that it is worth keeping.
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
    valid_until: date | None = None
    superseded_by: str | None = None
    recheck_by: date | None = None
    when: str = ""
    status: Status = "kept"
    confidence: float | None = None
    direction: Direction | None = None

    @property
    def carriers(self) -> frozenset[str]:
        """Give the keys of all sources that carry the fact."""
        return frozenset((self.source, *self.also, *filter(None, (self.reported_in,))))

    @property
    def figures(self) -> Mapping[str, Mapping[str, frozenset[str]]]:
        """Give the slots of figures by the piece of the quote that holds them."""
        return {override.text: override.slots for override in self.overrides}

    @property
    def quoted_from(self) -> tuple[str, ...]:
        """Give the keys of the sources in any of which the quote may stand."""
        return (self.reported_in,) if self.reported_in is not None else (self.source, *self.also)


@dataclass(frozen=True, slots=True)
class Ground:
    """What a fact base is without its facts and texts: enough to begin with where those are found one by one.

    ``parts`` are the files of each fact base that it was joined from, if it was.
    """

    path: str
    fingerprint: str
    sources: tuple[SourceRef, ...]
    bibliography: tuple[Path, ...]
    retractions: tuple[Path, ...]
    vocabulary: Vocabulary
    parts: tuple[tuple[str, ...], ...] = ()


@dataclass(frozen=True, slots=True)
class FactBase:
    """A validated fact base.

    ``source_texts`` holds the text of every source that names a file; ``bibliography`` the files of works,
    ``retractions`` those of retracted works;
    ``fingerprint`` identifies the content (fact base and sources) in reports. ``files`` are the files it was read
    from, the included ones first; ``declared`` its own concepts; ``dropped`` the statements of sources that a person
    decided to be no facts; ``parts`` the fact bases that it was joined from, if it was.
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
    files: tuple[str, ...] = ()
    contrasts: tuple[Contrast, ...] = ()
    declared: tuple[Declared, ...] = ()
    dropped: tuple[str, ...] = ()
    parts: tuple[FactBase, ...] = ()

    @property
    def ground(self) -> Ground:
        """Give all but the facts and texts."""
        return Ground(
            path=self.path,
            fingerprint=self.fingerprint,
            sources=self.sources,
            bibliography=self.bibliography,
            retractions=self.retractions,
            vocabulary=self.vocabulary,
            parts=tuple(tuple(part.files) for part in self.parts),
        )

    @classmethod
    def load(cls, path: str | PathLike[str]) -> FactBase:
        """Load a fact base file; raises FactBaseError where it, or a source it names, cannot be used."""
        from evidencelint.factbase.load import load_facts  # noqa: PLC0415 - which needs this module

        return load_facts(Path(path))
