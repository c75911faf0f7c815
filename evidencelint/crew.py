"""The processes of a run that checks on several of them."""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import Future, ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from multiprocessing import get_context
from pathlib import Path
from typing import TYPE_CHECKING

from evidencelint.bench import Bench
from evidencelint.cache import Store
from evidencelint.errors import DocumentError, EvidencelintError
from evidencelint.jobs import Work, check_with, known, unchecked
from evidencelint.model import Position
from evidencelint.outcome import FileReport
from evidencelint.rules import RuleSet

if TYPE_CHECKING:
    from evidencelint.facts import FactBase

_AHEAD = 4
_bench: Bench | None = None


def check_together(work: Iterable[Work], bench: Bench, jobs: int) -> Iterator[FileReport]:
    """Yield the report of each document, in order, as `evidencelint.jobs.check_all` says."""
    crew = _Crew(bench, jobs)
    waiting: deque[FileReport | tuple[Work, Future[FileReport]]] = deque()
    try:
        for item in work:
            found = known(item, bench)
            waiting.append(found if found is not None else (item, crew.submit(item)))
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
                initargs=(self._bench.rules, folder, self._bench.elsewhere, self._bench.seconds),
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


def _finished(entry: FileReport | tuple[Work, Future[FileReport]]) -> FileReport:
    if isinstance(entry, FileReport):
        return entry
    item, future = entry
    try:
        return future.result()
    except BrokenProcessPool:
        message = "not checked, because a process of this run died (killed, or out of memory); try --jobs 1"
        return unchecked(item, DocumentError(message, Position(item.name, 1)))
    except EvidencelintError as problem:
        return unchecked(item, problem)


def _begin(rules: RuleSet, folder: Path | None, load: Callable[[Path], FactBase], seconds: float | None) -> None:
    global _bench  # noqa: PLW0603 - a process of the pool has one bench for all its documents
    _bench = Bench(rules, Store(folder), load, seconds=seconds)


def _check(item: Work) -> FileReport:
    if _bench is None:
        raise RuntimeError("the process was not made ready")
    return check_with(_bench, item)
