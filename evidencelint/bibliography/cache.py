"""Bibliographies as they were read before: by content, so that nothing kept is ever out of date.

What is kept is plain JSON. A value that is missing, damaged or not ours is a miss, and one that cannot be written
is not missed.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Mapping, Sequence
from typing import Protocol, cast

from evidencelint.bibliography.work import Number, Work
from evidencelint.diagnostics import CitationKind, Position

_VERSION = "1"
# Some thirty entries, read sooner than looked up.
_LEAST = 20_000


class Kept(Protocol):
    """A store of JSON values by key, such as lasts from run to run."""

    def get(self, keys: Sequence[bytes]) -> Mapping[bytes, object]:
        """Give what is known, by key."""

    def put(self, values: Mapping[bytes, object]) -> None:
        """Keep values."""


class Memory:
    """The bibliographies of a run by their content, and of earlier runs where there is a store."""

    def __init__(self, store: Kept | None = None, least: int = _LEAST) -> None:
        """Begin with nothing but what the store holds; texts shorter than ``least`` are not worth keeping there."""
        self._store = store
        self._least = least
        self._known: dict[bytes, Mapping[str, Work]] = {}

    def works(self, form: str, text: str, path: str, read: Callable[[], Mapping[str, Work]]) -> Mapping[str, Work]:
        """Give the works of a text as read before, or read them with ``read``."""
        content = f"{_VERSION} {form} {path} {text}".encode("utf-8", "surrogatepass")
        key = hashlib.sha256(content).digest()
        if key not in self._known:
            store = self._store if len(text) >= self._least else None
            self._known[key] = _recalled(store, key, path) or _kept(store, key, read())
        return self._known[key]


def _recalled(store: Kept | None, key: bytes, path: str) -> Mapping[str, Work] | None:
    rows = store.get([key]).get(key) if store is not None else None
    try:
        return {row[0]: _work(row, path) for row in rows} if isinstance(rows, list) else None
    except (ValueError, TypeError, LookupError):
        return None


def _kept(store: Kept | None, key: bytes, works: Mapping[str, Work]) -> Mapping[str, Work]:
    if store is not None:
        store.put({key: [_row(work) for work in works.values()]})
    return works


def _work(row: Sequence[object], path: str) -> Work:
    key, authors, year, title, doi, givens, numbers, aliases, short, line, column = row
    return Work(
        str(key),
        _words(authors),
        year if isinstance(year, int) else None,
        str(title),
        doi if isinstance(doi, str) else None,
        _words(givens),
        _numbers(numbers) if numbers else (),
        _words(aliases),
        str(short),
        Position(path, int(cast("int", line)), int(cast("int", column))),
    )


def _words(value: object) -> tuple[str, ...]:
    if not isinstance(value, list):
        raise TypeError
    return tuple(map(str, value))


def _numbers(value: object) -> tuple[Number, ...]:
    if not isinstance(value, list):
        raise TypeError
    return tuple((cast("CitationKind", str(kind)), str(number)) for kind, number in value)


def _row(work: Work) -> list[object]:
    names = (work.authors, work.year, work.title, work.doi, work.givens, work.numbers, work.aliases, work.short)
    place = work.position
    return [work.key, *names, place.line if place else 1, place.column if place else 1]
