"""Results of a collection as files that a run can be taken up from: JSON lines, or a folder of Parquet parts."""

from __future__ import annotations

import json
import os
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from typing import IO, Any, Protocol

from evidencelint.accounts import Accounts
from evidencelint.batch.entries import PARQUET, arrow
from evidencelint.diagnostics import Diagnostic
from evidencelint.errors import EvidencelintError
from evidencelint.outcome import FileReport

_ROWS = 1_000
_PART = "part-{:06}" + PARQUET


@dataclass(frozen=True, slots=True)
class Result:
    """What came of one document; where it could not be checked, ``error`` says why and the rest is empty."""

    id: str
    checked: bool
    error: str | None = None
    claims: int = 0
    supported: int = 0
    diagnostics: tuple[Diagnostic, ...] = ()
    accounts: Accounts | None = None

    @staticmethod
    def of(report: FileReport) -> Result:
        """Take from a report, whose path is the id, what results keep."""
        tally = report.tally()
        error = str(report.error) if report.error is not None else None
        return Result(
            report.path, report.checked, error, tally.claims, tally.supported, report.diagnostics, report.accounts()
        )

    def data(self) -> dict[str, object]:
        """Give plain data; diagnostics in the shape of the JSON report."""
        from evidencelint.reporters.json_report import diagnostic  # noqa: PLC0415 - brings the reporters
        from evidencelint.reporters.numbers import as_data  # noqa: PLC0415

        return {
            "id": self.id,
            "checked": self.checked,
            "error": self.error,
            "claims": self.claims,
            "supported": self.supported,
            "numbers": as_data(self.accounts) if self.accounts is not None else {},
            "diagnostics": [diagnostic(found) for found in self.diagnostics],
        }


class Target(Protocol):
    """Where results go; ``done`` tells of each id that has one whether that document could be checked."""

    done: dict[str, bool]

    def write(self, result: Result) -> None:
        """Keep a result."""

    def finish(self) -> None:
        """Keep what was not kept yet."""


@contextmanager
def open_target(path: Path, *, retry: bool = False) -> Iterator[Target]:
    """Open results to be added to; ``retry`` drops those of documents that could not be checked.

    Raises EvidencelintError where the path holds something else, or another run writes to it.
    """
    parquet = path.suffix == PARQUET or path.is_dir()
    if parquet:
        path.mkdir(parents=True, exist_ok=True)
    with _alone(path / ".lock" if parquet else path):
        target: Target
        if parquet:
            target = _Parquet(path, retry=retry)
            yield target
            target.finish()
        else:
            with path.open("r+b" if path.exists() else "w+b") as file:
                target = _JsonLines(file, path, retry=retry)
                yield target
                target.finish()


@contextmanager
def _alone(path: Path) -> Iterator[None]:
    """Keep out a second run, which would write every result twice; a lock goes with its process, however that ends."""
    try:
        import fcntl  # noqa: PLC0415 - not everywhere
    except ImportError:  # pragma: no cover - Windows
        yield
        return
    with path.open("ab") as file:
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError as error:
            raise EvidencelintError(f"{path}: another run writes to it; wait for its end, or name another") from error
        yield


class _JsonLines:
    """A result a line; a line that was cut short is cut off."""

    def __init__(self, file: IO[bytes], path: Path, *, retry: bool) -> None:
        self.done: dict[str, bool] = {}
        self._file = file
        whole = 0
        kept: list[tuple[int, int]] = []
        for line in file:
            known = _known(line)
            if known is None:
                break
            if known[1] or not retry:
                self.done[known[0]] = known[1]
                kept.append((whole, len(line)))
            whole += len(line)
        file.seek(whole)
        if b"\n" in file.read():
            raise EvidencelintError(f"{path}: holds lines that no such run wrote; name another file")
        end = 0
        for start, length in kept:
            if start != end:
                file.seek(start)
                line = file.read(length)
                file.seek(end)
                file.write(line)
            end += length
        file.truncate(end)
        file.seek(end)

    def write(self, result: Result) -> None:
        self._file.write(json.dumps(result.data(), separators=(",", ":")).encode() + b"\n")
        self._file.flush()

    def finish(self) -> None:
        os.fsync(self._file.fileno())


def _known(line: bytes) -> tuple[str, bool] | None:
    """Give the id of a line, and whether that document could be checked; None for what no run wrote as a whole."""
    data: object = None
    if line.endswith(b"\n"):
        with suppress(ValueError, RecursionError):
            data = json.loads(line)
    match data:
        case {"id": str() as identity, "checked": bool() as checked, "diagnostics": list()}:
            return identity, checked
        case _:
            return None


class _Parquet:
    """Parts of a thousand results, each written whole under another name and then given its own."""

    def __init__(self, folder: Path, *, retry: bool) -> None:
        self.done: dict[str, bool] = {}
        self._folder = folder
        self._rows: list[Result] = []
        self._arrow = arrow("pyarrow")
        self._parquet = arrow("pyarrow.parquet")
        for rest in folder.glob(".part-*"):
            # what a killed run was writing
            rest.unlink()
        for part in sorted(folder.glob(f"*{PARQUET}")):
            self._take_up(part, retry=retry)
        numbers = [int(part.stem.rpartition("-")[2]) for part in folder.glob(f"part-*{PARQUET}")]
        self._next = max(numbers, default=-1) + 1

    def write(self, result: Result) -> None:
        self._rows.append(result)
        if len(self._rows) >= _ROWS:
            self.finish()

    def finish(self) -> None:
        if self._rows:
            rows = [
                {**row.data(), **{name: json.dumps(row.data()[name]) for name in ("numbers", "diagnostics")}}
                for row in self._rows
            ]
            self._put(self._folder / _PART.format(self._next), self._arrow.Table.from_pylist(rows, self._schema()))
            self._next += 1
            self._rows.clear()

    def _take_up(self, part: Path, *, retry: bool) -> None:
        try:
            table = self._parquet.read_table(part, partitioning=None)
            columns = table.select(["id", "checked"]).to_pydict()
        except (ValueError, KeyError) as error:
            raise EvidencelintError(f"{part}: no such run wrote it; name another folder") from error
        checked = columns["checked"]
        if retry and not all(checked):
            table = table.filter(self._arrow.array(checked))
            self._put(part, table)
        self.done.update({key: done for key, done in zip(columns["id"], checked, strict=True) if done or not retry})

    def _put(self, path: Path, table: Any) -> None:  # noqa: ANN401 - the library comes without types
        rest = path.with_name(f".{path.name}")
        self._parquet.write_table(table, rest)
        with rest.open("rb") as file:
            os.fsync(file.fileno())
        rest.replace(path)

    def _schema(self) -> Any:  # noqa: ANN401
        text, number = self._arrow.string(), self._arrow.int32()
        fields = [("id", text), ("checked", self._arrow.bool_()), ("error", text), ("claims", number)]
        return self._arrow.schema([*fields, ("supported", number), ("numbers", text), ("diagnostics", text)])
