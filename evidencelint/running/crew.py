"""The processes of a run that checks on several of them."""

from __future__ import annotations

import pickle
from collections import deque
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import Future, ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from dataclasses import replace
from functools import partial
from multiprocessing import get_context
from pathlib import Path
from typing import TYPE_CHECKING

from evidencelint.cache import Store
from evidencelint.errors import EvidencelintError
from evidencelint.outcome import FileReport
from evidencelint.rules import RuleSet
from evidencelint.running.bench import Bench
from evidencelint.running.garbage import collect_seldom
from evidencelint.running.jobs import Work, check_with, died, known, unchecked
from evidencelint.running.remembered import StoredClaims, StoredFigures

if TYPE_CHECKING:
    from evidencelint.factbase.facts import FactBase

_AHEAD = 4
_bench: Bench | None = None


def check_together(work: Iterable[Work], bench: Bench, jobs: int) -> Iterator[FileReport]:
    """Yield the report of each document, in order, as `evidencelint.running.jobs.check_all` says."""
    crew = _Crew(bench, jobs)
    waiting: deque[FileReport | tuple[Work, Future[FileReport]]] = deque()

    def finished(entry: FileReport | tuple[Work, Future[FileReport]]) -> FileReport:
        return entry if isinstance(entry, FileReport) else crew.finished(*entry)

    try:
        for item in work:
            found = known(item, bench)
            waiting.append(found if found is not None else (item, crew.submit(item)))
            while len(waiting) > _AHEAD * jobs:
                yield finished(waiting.popleft())
        while waiting:
            yield finished(waiting.popleft())
    finally:
        crew.close()


class _Crew:
    """Processes that are started when there is something to do."""

    def __init__(self, bench: Bench, jobs: int) -> None:
        self._bench = bench
        self._jobs = jobs
        self._pool: ProcessPoolExecutor | None = None
        self._spare: ProcessPoolExecutor | None = None

    def submit(self, item: Work) -> Future[FileReport]:
        if self._pool is None:
            self._pool = self._started(self._jobs)
        try:
            return self._pool.submit(_check, item)
        except BrokenProcessPool as problem:
            failed: Future[FileReport] = Future()
            failed.set_exception(problem)
            return failed

    def finished(self, item: Work, future: Future[FileReport]) -> FileReport:
        """Give the report of a document; what was on its way when a process died is tried once more, by itself.

        By itself, because nothing tells which of the documents on their way brought the process down.
        """
        try:
            return future.result()
        except BrokenProcessPool:
            # the next document finds another crew
            self._pool = None
        except EvidencelintError as problem:
            return unchecked(item, problem)
        if self._spare is None:
            self._spare = self._started(1)
        try:
            return self._spare.submit(_check, item).result()
        except BrokenProcessPool:
            self._spare = None
            return died(item.name)
        except EvidencelintError as problem:
            return unchecked(item, problem)

    def close(self) -> None:
        for pool in (self._pool, self._spare):
            if pool is not None:
                pool.shutdown(wait=True, cancel_futures=True)

    def _started(self, jobs: int) -> ProcessPoolExecutor:
        bench = self._bench
        folder = bench.store.path.parent if bench.store.path is not None else None
        # started afresh, not forked: the same on every system, and no locks of other threads come along
        return ProcessPoolExecutor(
            jobs,
            mp_context=get_context("spawn"),
            initializer=_begin,
            initargs=(bench.rules, folder, bench.elsewhere, bench.seconds, bench.alone),
        )


def _begin(
    rules: RuleSet,
    folder: Path | None,
    load: Callable[[Path], FactBase],
    seconds: float | None,
    alone: bool,  # noqa: FBT001
) -> None:
    global _bench  # noqa: PLW0603 - a process of the pool has one bench for all its documents
    collect_seldom()
    _bench = Bench(rules, Store(folder), load, seconds=seconds, alone=alone)


def _check(item: Work) -> FileReport:
    if _bench is None:
        raise RuntimeError("the process was not made ready")
    return _packed(check_with(_bench, item))


def _packed(report: FileReport) -> FileReport:
    """Pack up claims and figures, which most runs only count: who never looks at them need not unpack them."""
    claims = StoredClaims(report.tally(), partial(pickle.loads, pickle.dumps(report.claims)))
    figures = StoredFigures(report.accounts(), partial(pickle.loads, pickle.dumps(report.figures)))
    return replace(report, claims=claims, figures=figures)
