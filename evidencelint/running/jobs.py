"""Check documents on several processes: the same reports in the same order as on one."""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

from evidencelint.diagnostics import CitationPolicy, Position
from evidencelint.errors import DocumentError, EvidencelintError
from evidencelint.outcome import FileReport
from evidencelint.running.bench import Bench


@dataclass(frozen=True, slots=True)
class Work:
    """A document to check, or why it could not be read, its fact bases, and which claims need a citation."""

    name: str
    data: bytes | EvidencelintError
    facts: tuple[Path, ...]
    citations: CitationPolicy = "never"


def processors() -> int:
    """Count the processors that this process may use."""
    if hasattr(os, "sched_getaffinity"):
        return len(os.sched_getaffinity(0))
    return os.cpu_count() or 1


def check_all(work: Iterable[Work], bench: Bench, jobs: int) -> Iterator[FileReport]:
    """Yield the report of each document, in order; only a few documents are held at a time.

    Fact bases are loaded here first, so one that must not be used raises here. What is in the store is looked up
    here, and only the rest goes to other processes. A document whose process died is tried once more, by itself,
    and then reported as not checked.
    """
    if jobs <= 1:
        for item in work:
            yield known(item, bench) or check_with(bench, item)
        return
    from evidencelint.running.crew import check_together  # noqa: PLC0415 - what starts processes is slow to import

    yield from check_together(work, bench, jobs)


def known(item: Work, bench: Bench) -> FileReport | None:
    """Give the report of a document that need not be checked: it could not be read, or was checked before."""
    linter = bench.linter(item.facts, item.citations)
    if isinstance(item.data, EvidencelintError):
        return unchecked(item, item.data)
    return linter.look_up(item.data, item.name)


def unchecked(item: Work, error: EvidencelintError) -> FileReport:
    """Give the report of a document that could not be checked."""
    return FileReport(item.name, checked=False, error=error, claims=(), diagnostics=())


def died(name: str) -> FileReport:
    """Give the report of a document whose process died, and died again when it was tried by itself."""
    why = "a process of this run died twice at it (killed, or out of memory)"
    message = f"not checked, because {why}; try --jobs 1, or split it"
    return FileReport(name, checked=False, error=DocumentError(message, Position(name, 1)), claims=(), diagnostics=())


def check_with(bench: Bench, item: Work) -> FileReport:
    """Check a document that nothing is known of."""
    if isinstance(item.data, EvidencelintError):
        return unchecked(item, item.data)
    return bench.linter(item.facts, item.citations).check_anew(item.data, item.name)
