"""The processes of a Dask cluster (extra ``dask``); only this module imports Dask.

Every process of the cluster gets the fact base once, read here, with its bibliographies: nothing has to lie on its own
disk but this package. The cluster runs what it is sent, so it has to be trusted as this process is.
"""

from __future__ import annotations

import pickle
import threading
from collections import deque
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from distributed import Client, KilledWorker, WorkerPlugin
from distributed.client import FutureCancelledError

from evidencelint.batch.entries import Entry, encoded
from evidencelint.batch.results import Result
from evidencelint.bibliography import Memory, Work, load_all, load_retractions
from evidencelint.bibliography.retractions import Retractions
from evidencelint.cache import digest
from evidencelint.engine import Linter
from evidencelint.errors import EvidencelintError
from evidencelint.factbase.facts import FactBase
from evidencelint.rules import RuleSet
from evidencelint.running.bench import Bench
from evidencelint.running.jobs import died
from evidencelint.running.remembered import check_in_time

_WAIT_SECONDS = 30
_DOCUMENTS = 32
_CHARACTERS = 200_000
_AHEAD = 4
# The parser is not made for several threads at once.
_ONE_AT_A_TIME = threading.Lock()


@dataclass(frozen=True, slots=True)
class Kit:
    """What a process needs to check documents."""

    base: FactBase
    rules: RuleSet
    works: Mapping[str, Work] | None
    retractions: Retractions
    seconds: float | None

    @staticmethod
    def of(bench: Bench, facts: tuple[Path, ...]) -> Kit:
        """Read what a bench would read."""
        base = bench.joined(facts)
        retractions = {key: found for path in base.retractions for key, found in load_retractions(path).items()}
        return Kit(base, bench.rules, load_all(base.bibliography, Memory(bench.store)), retractions, bench.seconds)


def check_on_cluster(
    entries: Iterable[Entry], bench: Bench, facts: tuple[Path, ...], scheduler: str
) -> Iterator[Result]:
    """Yield the result of each document, in order, as `evidencelint.batch.check_collection` says.

    Work whose process died is done again by another one; a document that ends one process after another is found out by
    checking each of its fellows alone, and reported as not checked.
    """
    kit = pickle.dumps(Kit.of(bench, facts))
    name = f"evidencelint-{digest(kit).hex()}"
    waiting: deque[tuple[Sequence[Entry], Any]] = deque()
    with _connected(scheduler) as client:
        # kept by the scheduler for every process that starts later, too
        client.register_plugin(_Provision(name, kit))
        try:
            for parcel in parcels(entries):
                waiting.append((parcel, _send(client, name, parcel)))
                while len(waiting) > _AHEAD * max(1, sum(client.nthreads().values())):
                    yield from _gathered(client, name, *waiting.popleft())
            while waiting:
                yield from _gathered(client, name, *waiting.popleft())
        except FutureCancelledError as error:
            raise EvidencelintError(f"{scheduler}: the cluster gave up; run again to go on") from error
        finally:
            client.cancel([future for _, future in waiting])


def parcels(entries: Iterable[Entry]) -> Iterator[tuple[Entry, ...]]:
    """Group documents, so that sending them costs little beside checking them."""
    parcel: list[Entry] = []
    size = 0
    for entry in entries:
        parcel.append(entry)
        size += len(entry.text)
        if len(parcel) >= _DOCUMENTS or size >= _CHARACTERS:
            yield tuple(parcel)
            parcel, size = [], 0
    if parcel:
        yield tuple(parcel)


class _Provision(WorkerPlugin):
    """Brings a kit to every process of the cluster."""

    def __init__(self, name: str, kit: bytes) -> None:
        self.name = name
        self._kit = kit

    def setup(self, worker: object) -> None:
        """Unpack it when the first document comes."""
        del worker
        _kits[self.name] = self._kit


_kits: dict[str, bytes] = {}


@cache
def _linter(name: str) -> tuple[Linter, float | None]:
    kit: Kit = pickle.loads(_kits[name])  # noqa: S301 - made by the run itself
    linter = Linter(kit.base, kit.rules, kit.works, retractions=kit.retractions, alone=True)
    return linter, kit.seconds


def _check(name: str, parcel: Sequence[Entry]) -> tuple[Result, ...]:
    """Check a parcel of documents in a process of the cluster."""
    with _ONE_AT_A_TIME:
        linter, seconds = _linter(name)
        return tuple(Result.of(check_in_time(linter, encoded(entry), entry.id, seconds)) for entry in parcel)


def _connected(scheduler: str) -> Any:  # noqa: ANN401 - the library is typed in parts only
    try:
        made: Any = Client
        client = made(scheduler, timeout=_WAIT_SECONDS, set_as_default=False)
        client.wait_for_workers(1, timeout=_WAIT_SECONDS)
    except (OSError, TimeoutError, ValueError) as error:
        raise EvidencelintError(f"{scheduler}: no Dask cluster with a worker answers there ({error})") from error
    return client


def _send(client: Any, name: str, parcel: Sequence[Entry]) -> Any:  # noqa: ANN401
    return client.submit(_check, name, tuple(parcel), pure=False)


def _gathered(client: Any, name: str, parcel: Sequence[Entry], future: Any) -> Iterator[Result]:  # noqa: ANN401
    try:
        yield from future.result()
    except KilledWorker:
        if len(parcel) == 1:
            yield Result.of(died(parcel[0].id))
            return
        for entry in parcel:
            yield from _gathered(client, name, (entry,), _send(client, name, (entry,)))
