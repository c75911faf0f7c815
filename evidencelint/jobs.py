"""Check documents on several processes: the same reports in the same order as on one."""

from __future__ import annotations

import os
from collections import deque
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import Future, ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from dataclasses import dataclass
from multiprocessing import get_context
from pathlib import Path
from typing import TYPE_CHECKING

from evidencelint.bench import Bench
from evidencelint.cache import Store
from evidencelint.errors import DocumentError, EvidencelintError
from evidencelint.model import Position
from evidencelint.outcome import FileReport
from evidencelint.rules import RuleSet

if TYPE_CHECKING:
    from evidencelint.facts import FactBase

_AHEAD = 4
_bench: Bench | None = None


@dataclass(frozen=True, slots=True)
class Work:
    """A document to check, or why it could not be read, and the fact base to check it against."""

    name: str
    data: bytes | EvidencelintError
    facts: Path


def processors() -> int:
    """Count the processors that this process may use."""
    if hasattr(os, "sched_getaffinity"):
        return len(os.sched_getaffinity(0))
    return os.cpu_count() or 1


def check_all(work: Iterable[Work], bench: Bench, jobs: int) -> Iterator[FileReport]:
    """Yield the report of each document, in order; only a few documents are held at a time.

    Fact bases are loaded here first, so one that must not be used raises here. What is in the store is looked up
    here, and only the rest goes to other processes. A document whose process died is reported as not checked.
    """
    if jobs <= 1:
        for item in work:
            yield _known(item, bench) or _check_with(bench, item)
        return
    crew = _Crew(bench, jobs)
    waiting: deque[FileReport | tuple[Work, Future[FileReport]]] = deque()
    try:
        for item in work:
            known = _known(item, bench)
            waiting.append(known if known is not None else (item, crew.submit(item)))
            while len(waiting) > _AHEAD * jobs:
                yield _finished(waiting.popleft())
        while waiting:
            yield _finished(waiting.popleft())
    finally:
        crew.close()


class _Crew:
    """Processes that are started when there is something to do."""

    def __init__(self, bench: Bench, jobs: int) -> None:
        self._bench = bench
        self._jobs = jobs
        self._pool: ProcessPoolExecutor | None = None

    def submit(self, item: Work) -> Future[FileReport]:
        if self._pool is None:
            folder = self._bench.store.path.parent if self._bench.store.path is not None else None
            # started afresh, not forked: the same on every system, and no locks of other threads come along
            self._pool = ProcessPoolExecutor(
                self._jobs,
                mp_context=get_context("spawn"),
                initializer=_begin,
                initargs=(self._bench.rules, folder, self._bench.elsewhere),
            )
        try:
            return self._pool.submit(_check, item)
        except BrokenProcessPool as problem:
            failed: Future[FileReport] = Future()
            failed.set_exception(problem)
            return failed

    def close(self) -> None:
        if self._pool is not None:
            self._pool.shutdown(wait=True, cancel_futures=True)


def _known(item: Work, bench: Bench) -> FileReport | None:
    """Give the report of a document that need not be checked: it could not be read, or was checked before."""
    linter = bench.linter(item.facts)
    if isinstance(item.data, EvidencelintError):
        return _unchecked(item, item.data)
    return linter.look_up(item.data, item.name)


def _unchecked(item: Work, error: EvidencelintError) -> FileReport:
    return FileReport(item.name, checked=False, error=error, claims=(), diagnostics=())


def _check_with(bench: Bench, item: Work) -> FileReport:
    if isinstance(item.data, EvidencelintError):
        return _unchecked(item, item.data)
    return bench.linter(item.facts).check_anew(item.data, item.name)


def _finished(entry: FileReport | tuple[Work, Future[FileReport]]) -> FileReport:
    if isinstance(entry, FileReport):
        return entry
    item, future = entry
    try:
        return future.result()
    except BrokenProcessPool:
        message = "not checked, because a process of this run died (killed, or out of memory); try --jobs 1"
        return _unchecked(item, DocumentError(message, Position(item.name, 1)))
    except EvidencelintError as problem:
        return _unchecked(item, problem)


def _begin(rules: RuleSet, folder: Path | None, load: Callable[[Path], FactBase]) -> None:
    global _bench  # noqa: PLW0603 - a process of the pool has one bench for all its documents
    _bench = Bench(rules, Store(folder), load)


def _check(item: Work) -> FileReport:
    if _bench is None:
        raise RuntimeError("the process was not made ready")
    return _check_with(_bench, item)
