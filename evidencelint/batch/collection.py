"""Check the documents of a collection, here or on a cluster: the same results in the same order."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from pathlib import Path

from evidencelint.batch.entries import Entry, encoded
from evidencelint.batch.results import Result
from evidencelint.cache import Store
from evidencelint.errors import EvidencelintError
from evidencelint.project import Project
from evidencelint.running.bench import Bench
from evidencelint.running.jobs import Work, check_all

SECONDS = 60.0
_INSTALL = "pip install 'evidencelint[dask]'"


def check_collection(
    entries: Iterable[Entry],
    facts: Path | tuple[Path, ...],
    *,
    jobs: int = 1,
    scheduler: str | None = None,
    store: Store | None = None,
    seconds: float | None = SECONDS,
) -> Iterator[Result]:
    """Yield the result of each document, in order; only some hundred documents are held at a time.

    ``jobs`` are processes of this machine; ``scheduler`` is the address of a Dask cluster, which is used instead (extra
    ``dask``). ``store`` knows results of earlier runs; ``seconds`` of processor time are what one document may take.
    Documents bring no files along: a bibliography that one names is not read. A document whose process dies is tried
    once more, by itself, and then reported as not checked. Raises EvidencelintError where the fact base must not be
    used, or the cluster cannot be reached.
    """
    bases = (facts,) if isinstance(facts, Path) else facts
    project = Project.open(isolated=True)
    project.store = store or Store()
    project.seconds = seconds
    project.alone = True
    if scheduler is not None:
        try:
            from evidencelint.batch.cluster import check_on_cluster  # noqa: PLC0415 - an extra
        except ImportError as error:
            raise EvidencelintError(f"a scheduler needs Dask; run: {_INSTALL}") from error

        yield from check_on_cluster(entries, project.bench, bases, scheduler)
    else:
        yield from _check_here(entries, project.bench, bases, jobs)


def _check_here(entries: Iterable[Entry], bench: Bench, facts: tuple[Path, ...], jobs: int) -> Iterator[Result]:
    work = (Work(entry.id, encoded(entry), facts) for entry in entries)
    for report in check_all(work, bench, jobs):
        yield Result.of(report)
