"""Collections of documents as files: JSON lines, or Parquet by the extra ``parquet``."""

from __future__ import annotations

import json
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass
from importlib import import_module
from pathlib import Path
from typing import Any

from evidencelint.diagnostics import Position
from evidencelint.errors import DocumentError, EvidencelintError

_MOST_LINE = 40_000_000
_ROWS = 256
_COLUMNS = ("id", "text")
PARQUET = ".parquet"


@dataclass(frozen=True, slots=True)
class Entry:
    """A document of a collection; ``id`` is unique in it."""

    id: str
    text: str


def encoded(entry: Entry) -> bytes:
    """Give a document as bytes; half a surrogate pair becomes a question mark, so that no place moves."""
    return entry.text.encode("utf-8", "replace")


def read_entries(path: Path) -> Iterator[Entry]:
    """Read the documents of a file, or of the Parquet files in a folder, one after the other.

    JSON lines hold objects with ``id`` and ``text``, Parquet files columns of these names; what else they hold is not
    looked at. Raises DocumentError with the place of whatever is no document, and of an id that stands twice.
    """
    entries = _parquet(path) if path.suffix == PARQUET or path.is_dir() else _json_lines(path)
    seen: set[str] = set()
    for number, entry in entries:
        if entry.id in seen:
            raise DocumentError(f"the id {entry.id} stands twice", Position(str(path), number))
        seen.add(entry.id)
        yield entry


def _json_lines(path: Path) -> Iterator[tuple[int, Entry]]:
    with path.open("rb") as file:
        for number, line in enumerate(iter(lambda: file.readline(_MOST_LINE + 1), b""), start=1):
            place = Position(str(path), number)
            if len(line) > _MOST_LINE:
                raise DocumentError(f"the line is over {_MOST_LINE // 1_000_000} MB; split the document", place)
            if not line.strip():
                continue
            try:
                data = json.loads(line)
            except (ValueError, RecursionError) as problem:
                raise DocumentError(f"not valid JSON: {problem}", place) from problem
            match data:
                case {"id": str() as identity, "text": str() as text} if identity:
                    yield number, Entry(identity, text)
                case _:
                    raise DocumentError('must be an object with "id" and "text", both text', place)


def _parquet(path: Path) -> Iterator[tuple[int, Entry]]:
    parquet = arrow("pyarrow.parquet")
    row = 0
    for part in sorted(path.glob(f"*{PARQUET}")) if path.is_dir() else (path,):
        with _opened(parquet, part) as file:
            missing = [name for name in _COLUMNS if name not in file.schema_arrow.names]
            if missing:
                raise DocumentError(f"has no column {missing[0]}; it needs id and text", Position(str(part), 1))
            for batch in file.iter_batches(batch_size=_ROWS, columns=list(_COLUMNS)):
                columns = batch.to_pydict()
                for identity, text in zip(columns["id"], columns["text"], strict=True):
                    row += 1
                    if not isinstance(identity, str) or not identity or not isinstance(text, str):
                        raise DocumentError("id and text must both be text", Position(str(part), row))
                    yield row, Entry(identity, text)


def _opened(parquet: Any, path: Path) -> Any:  # noqa: ANN401 - the library comes without types
    with suppress(ValueError):
        return parquet.ParquetFile(path)
    raise DocumentError("is no Parquet file", Position(str(path), 1))


def arrow(name: str) -> Any:  # noqa: ANN401 - the library comes without types
    """Import a module of pyarrow; raises EvidencelintError with the line that installs it."""
    try:
        return import_module(name)
    except ImportError as error:
        raise EvidencelintError("Parquet needs pyarrow; run: pip install 'evidencelint[parquet]'") from error
