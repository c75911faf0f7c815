"""A file of rows by name that is written once and then only read: what is too large to be loaded whole.

It is SQLite, so that a row is found without reading the others. Every row carries a checksum, and one that is damaged
says so instead of giving something else.
"""

from __future__ import annotations

import os
import sqlite3
import zlib
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager, suppress
from pathlib import Path

_SCHEMA = "CREATE TABLE rows (name TEXT PRIMARY KEY, value BLOB NOT NULL) WITHOUT ROWID"
_PREFIX, _SUFFIX = "shelf-", ".sqlite"
_AT_ONCE = 500
_MOST_FILES = 6
_CHECK = 4
Rows = Iterable[tuple[str, bytes]]


class DamagedShelfError(Exception):
    """A shelf that cannot be read as it was written; whoever meets it makes it anew, and nobody is told."""


class Shelf:
    """Rows of bytes by name."""

    def __init__(self, connection: sqlite3.Connection, path: Path | None) -> None:
        """Take an open database; use `written` and `find`."""
        self._connection = connection
        self.path = path

    def get(self, names: Sequence[str]) -> dict[str, bytes]:
        """Give the rows there are, by name; raises DamagedShelfError."""
        found: dict[str, bytes] = {}
        for start in range(0, len(names), _AT_ONCE):
            part = names[start : start + _AT_ONCE]
            marks = ",".join("?" * len(part))
            query = f"SELECT name, value FROM rows WHERE name IN ({marks})"  # noqa: S608 - question marks only
            try:
                rows = self._connection.execute(query, part).fetchall()
            except sqlite3.Error as problem:
                raise DamagedShelfError(f"{self.path}: {problem}") from problem
            for name, value in rows:
                if zlib.crc32(value[_CHECK:]).to_bytes(_CHECK, "big") != value[:_CHECK]:
                    raise DamagedShelfError(f"{self.path}: the row {name} is damaged")
                found[name] = value[_CHECK:]
        return found

    def discard(self) -> None:
        """Delete the file, so that nobody meets it again."""
        with suppress(sqlite3.Error):
            self._connection.close()
        if self.path is not None:
            with suppress(OSError):
                self.path.unlink()


def find(folder: Path | None, key: bytes) -> Shelf | None:
    """Open the shelf of a key, or None where there is none."""
    path = _path(folder, key) if folder is not None else None
    if path is None or not path.is_file():
        return None
    try:
        connection = sqlite3.connect(f"{path.absolute().as_uri()}?mode=ro&immutable=1", uri=True)
        connection.execute("SELECT name FROM rows LIMIT 1").fetchone()
    except (sqlite3.Error, ValueError):
        with suppress(OSError):
            path.unlink()
        return None
    with suppress(OSError):
        os.utime(path)
    return Shelf(connection, path)


def written(folder: Path | None, key: bytes, rows: Callable[[], Rows]) -> Shelf:
    """Write a shelf, all of it or nothing, and open it; in memory where there is no folder or it cannot be written."""
    if folder is not None:
        with suppress(OSError, sqlite3.Error):
            with _part(folder) as part:
                connection = sqlite3.connect(part, isolation_level=None)
                try:
                    # nobody reads the file before it has its name
                    connection.execute("PRAGMA journal_mode = OFF")
                    connection.execute("PRAGMA synchronous = OFF")
                    _fill(connection, rows())
                finally:
                    connection.close()
                part.replace(_path(folder, key))
            _drop_oldest(folder)
            shelf = find(folder, key)
            if shelf is not None:
                return shelf
    connection = sqlite3.connect(":memory:", isolation_level=None)
    _fill(connection, rows())
    return Shelf(connection, None)


def _fill(connection: sqlite3.Connection, rows: Rows) -> None:
    connection.execute(_SCHEMA)
    connection.execute("BEGIN")
    connection.executemany("INSERT INTO rows VALUES (?, ?)", (_checked(name, value) for name, value in rows))
    connection.execute("COMMIT")


def _checked(name: str, value: bytes) -> tuple[str, bytes]:
    return name, zlib.crc32(value).to_bytes(_CHECK, "big") + value


def _path(folder: Path, key: bytes) -> Path:
    return folder / f"{_PREFIX}{key.hex()[:32]}{_SUFFIX}"


@contextmanager
def _part(folder: Path) -> Iterator[Path]:
    """Give the name of a new file of our own, which is gone at the end unless it got another name."""
    path = folder / f".{_PREFIX}{os.getpid()}-{os.urandom(8).hex()}"
    os.close(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600))
    try:
        yield path
    finally:
        with suppress(OSError):
            path.unlink()


def _drop_oldest(folder: Path) -> None:
    """Keep the shelves that were used last."""
    known = sorted(folder.glob(f"{_PREFIX}*{_SUFFIX}"), key=lambda path: path.stat().st_mtime)
    for path in known[:-_MOST_FILES]:
        with suppress(OSError):
            path.unlink()
