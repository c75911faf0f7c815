"""A store of results by key, in one SQLite file: it only ever saves work, and nothing that goes wrong in it matters.

Whatever cannot be read is a miss, and whatever cannot be written is left unwritten: a locked, full, damaged or
read-only store costs time, never a finding. Values are JSON, compressed, so that a damaged one is noticed.
"""

from __future__ import annotations

import json
import os
import sqlite3
import time
import zlib
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import suppress
from pathlib import Path
from typing import Any

from evidencelint.cache.codec import CodecError, decode, encode
from evidencelint.cache.folder import prepare

_NAME = "results-1.sqlite"
_WAIT_SECONDS = 10.0
_SECONDS_A_DAY = 86_400
_AT_ONCE = 500
_MOST_BYTES = 400_000_000
_SCHEMA = "CREATE TABLE IF NOT EXISTS results (key BLOB PRIMARY KEY, day INTEGER NOT NULL, value BLOB NOT NULL)"


class Store:
    """Results by key; ``path`` is None for a store that forgets everything."""

    def __init__(self, folder: Path | None = None) -> None:
        """Open or make the store in a folder; raises NotPrivateError where it must not be used."""
        self.path: Path | None = None
        self._connection: sqlite3.Connection | None = None
        self._writable = True
        self._used: set[bytes] = set()
        self._day = int(time.time()) // _SECONDS_A_DAY
        if folder is None:
            return
        try:
            prepare(folder)
        except OSError:
            return
        self.path = folder / _NAME
        self._connect(self.path)

    @property
    def keeps(self) -> bool:
        """Tell whether what is put here is kept."""
        return self._connection is not None and self._writable

    def get(self, keys: Sequence[bytes]) -> dict[bytes, object]:
        """Give what is known, by key."""
        found: dict[bytes, object] = {}
        for part in _parts(keys):
            for key, day, value in self._rows(part):
                try:
                    found[key] = json.loads(zlib.decompress(value))
                except (zlib.error, ValueError, TypeError, RecursionError):
                    continue
                if day != self._day:
                    self._used.add(key)
        return found

    def put(self, values: Mapping[bytes, object]) -> None:
        """Keep values, all or none of them."""
        if not self.keeps or not values:
            return
        rows = [
            (key, self._day, zlib.compress(json.dumps(value, separators=(",", ":")).encode(), 1))
            for key, value in values.items()
        ]
        self._write("INSERT OR REPLACE INTO results VALUES (?, ?, ?)", rows)

    def recall(self, keys: Sequence[bytes], kind: object) -> dict[bytes, Any]:
        """Give what is known, by key, as values of a declared type; what does not fit it is not known."""
        found: dict[bytes, Any] = {}
        for key, data in self.get(keys).items():
            with suppress(CodecError):
                found[key] = decode(data, kind)
        return found

    def keep(self, values: Mapping[bytes, object], kind: object) -> None:
        """Keep values of a declared type, or none where it is one that cannot be kept."""
        if not self.keeps:
            return
        with suppress(CodecError):
            self.put({key: encode(value, kind) for key, value in values.items()})

    def close(self) -> None:
        """Note what was used, drop what has not been for longest where the store has grown too large, and close."""
        if self._connection is None:
            return
        if self._used and self._writable:
            self._write("UPDATE results SET day = ? WHERE key = ?", [(self._day, key) for key in self._used])
        with suppress(sqlite3.Error):
            self._shrink(self._connection)
        with suppress(sqlite3.Error):
            self._connection.close()
        self._connection = None

    def _connect(self, path: Path) -> None:
        for attempt in range(2):
            try:
                # made before SQLite makes it, so that nobody else can read it; its side files take after it
                with suppress(OSError):
                    os.close(os.open(path, os.O_WRONLY | os.O_CREAT, 0o600))
                self._connection = _connected(path)
            except sqlite3.OperationalError:
                self._connection = _read_only(path)
            except sqlite3.DatabaseError:
                # no database, or a damaged one: begin anew, once
                self._connection = None
                if attempt:
                    return
                for name in (path.name, f"{path.name}-wal", f"{path.name}-shm"):
                    with suppress(OSError):
                        path.with_name(name).unlink()
                continue
            return

    def _rows(self, keys: Sequence[bytes]) -> list[tuple[bytes, int, bytes]]:
        if self._connection is None:
            return []
        marks = ",".join("?" * len(keys))
        query = f"SELECT key, day, value FROM results WHERE key IN ({marks})"  # noqa: S608 - question marks only
        try:
            return self._connection.execute(query, keys).fetchall()
        except sqlite3.Error:
            return []

    def _write(self, statement: str, rows: Iterable[tuple[object, ...]]) -> None:
        if self._connection is None:
            return
        try:
            self._connection.execute("BEGIN IMMEDIATE")
            self._connection.executemany(statement, rows)
            self._connection.execute("COMMIT")
        except sqlite3.Error:
            # full, locked for too long, read-only, damaged: this run writes no more
            self._writable = False
            self._undo()
        except BaseException:
            # given up in the middle: nothing half written stays, and nobody waits for this run
            self._undo()
            raise

    def _undo(self) -> None:
        if self._connection is not None:
            with suppress(sqlite3.Error):
                self._connection.execute("ROLLBACK")

    def _shrink(self, connection: sqlite3.Connection) -> None:
        (pages,) = connection.execute("PRAGMA page_count").fetchone()
        (free,) = connection.execute("PRAGMA freelist_count").fetchone()
        (size,) = connection.execute("PRAGMA page_size").fetchone()
        if (pages - free) * size <= _MOST_BYTES or not self._writable:
            return
        oldest = "SELECT rowid FROM results ORDER BY day, rowid LIMIT (SELECT count(*) / 2 FROM results)"
        self._write(f"DELETE FROM results WHERE rowid IN ({oldest})", [()])  # noqa: S608 - fixed text


def _connected(path: Path) -> sqlite3.Connection:
    connection = sqlite3.connect(path, timeout=_WAIT_SECONDS, isolation_level=None)
    # readers and a writer do not wait for one another; what a crash of the machine loses is only time
    connection.execute("PRAGMA journal_mode = WAL")
    connection.execute("PRAGMA synchronous = NORMAL")
    connection.execute(_SCHEMA)
    connection.execute("SELECT key FROM results LIMIT 1").fetchone()
    return connection


def _read_only(path: Path) -> sqlite3.Connection | None:
    """Open what may not be written, or is being made by another run."""
    for mode in ("mode=ro", "mode=ro&immutable=1"):
        try:
            connection = sqlite3.connect(f"{path.absolute().as_uri()}?{mode}", uri=True, timeout=_WAIT_SECONDS)
            connection.execute("SELECT key FROM results LIMIT 1").fetchone()
        except (sqlite3.Error, ValueError):
            continue
        return connection
    return None


def _parts(keys: Sequence[bytes]) -> Iterator[Sequence[bytes]]:
    for start in range(0, len(keys), _AT_ONCE):
        yield keys[start : start + _AT_ONCE]
