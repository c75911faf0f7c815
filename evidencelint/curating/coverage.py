"""What a fact base leaves unused, and what its sources say that it does not hold."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

from evidencelint.factbase.facts import Fact, FactBase
from evidencelint.harvest.reading import Candidate, harvest
from evidencelint.harvest.updating import covers
from evidencelint.outcome import FileReport
from evidencelint.sources.text import read_blocks


@dataclass(frozen=True, slots=True)
class Gap:
    """A statement of a source that no fact holds."""

    source: str
    candidate: Candidate


@dataclass(frozen=True, slots=True)
class Coverage:
    """Facts by how often documents tell them, and the statements of sources that no fact holds."""

    told: dict[str, int]
    unused: tuple[Fact, ...]
    gaps: tuple[Gap, ...]
    statements: int


def cover(base: FactBase, reports: Iterable[FileReport], least: float) -> Coverage:
    """Set documents and sources against a fact base; statements less sure than ``least`` are not asked for."""
    told = dict.fromkeys((fact.id for fact in base.facts), 0)
    for report in reports:
        for claim in report.claims:
            for identity in claim.facts:
                if identity in told:
                    told[identity] += 1
    statements = list(_statements(base, least))
    quotes = [*(fact.quote for fact in base.facts), *base.dropped]
    gaps = [gap for gap in statements if not any(covers(quote, gap.candidate.quote) for quote in quotes)]
    return Coverage(
        told=told,
        unused=tuple(fact for fact in base.facts if not told[fact.id]),
        gaps=tuple(gaps),
        statements=len(statements),
    )


def _statements(base: FactBase, least: float) -> Iterator[Gap]:
    for source in base.sources:
        if source.path is not None:
            path = Path(source.position.path).parent / source.path
            for candidate in harvest(read_blocks(path), least=least).candidates:
                yield Gap(source.key, candidate)
