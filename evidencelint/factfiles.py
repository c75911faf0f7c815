"""The files of a fact base: the one that is named and those that it includes."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from evidencelint.errors import FactBaseError
from evidencelint.yamlio import Value, read_text, read_yaml

TOP = (
    "version",
    "title",
    "include",
    "sources",
    "bibliography",
    "retractions",
    "defaults",
    "vocabulary",
    "contrasts",
    "facts",
    "dropped",
)
_OWN_PREFIX = "x-"
_MOST_FILES = 200
# some 300,000 facts
MOST_BYTES = 40_000_000


@dataclass(frozen=True, slots=True)
class FactFile:
    """One file: its top-level values, and the folder that paths in it count from (None: read from text alone)."""

    path: str
    folder: Path | None
    text: str
    root: Value
    fields: dict[str, Value]


def read_files(text: str, path: str, folder: Path | None) -> tuple[FactFile, ...]:
    """Read a file and all that it includes, those first, each once; raises FactBaseError where one cannot be used."""
    found: dict[str, FactFile] = {}
    _read(text, path, folder, found, ())
    return tuple(found.values())


def _read(text: str, path: str, folder: Path | None, found: dict[str, FactFile], above: tuple[str, ...]) -> None:
    root = read_yaml(text, path, FactBaseError, MOST_BYTES)
    # a key that starts with x- is the author's own: a place for anchors
    known = [*TOP, *(key for key in root.mapping() if key.startswith(_OWN_PREFIX))]
    fields = root.mapping(known)
    version = fields.get("version")
    if version is not None and version.text != "1":
        raise version.wrong("this tool reads version 1")
    for value, inner in _included(fields.get("include"), folder):
        name = _name(inner)
        if name in (*above, _name(path)):
            raise value.wrong(f"{value.word()} includes itself")
        if name in found:
            continue
        if len(found) + len(above) >= _MOST_FILES:
            raise value.wrong(f"more than {_MOST_FILES} files")
        try:
            content = read_text(inner, "fact base", FactBaseError, MOST_BYTES)
        except FactBaseError as error:
            raise value.wrong(f"{value.word()}: {error.message}") from error
        _read(content, str(inner), inner.parent, found, (*above, _name(path)))
    found[_name(path)] = FactFile(path, folder, text, root, fields)


def _included(value: Value | None, folder: Path | None) -> Iterator[tuple[Value, Path]]:
    """Yield the files that are named; ``*`` in a name stands for any, in the order of names."""
    if value is None or folder is None:
        return
    for entry in value.words():
        word = entry.word()
        if "*" not in word:
            yield entry, folder / word
            continue
        try:
            paths = sorted(folder.glob(word))
        except (ValueError, NotImplementedError, OSError) as error:
            raise entry.wrong(f"{word}: is no pattern of files below this folder") from error
        if not paths:
            raise entry.wrong(f"{word}: no such files; the pattern counts from the folder of the fact base")
        yield from ((entry, path) for path in paths)


def _name(path: str | Path) -> str:
    try:
        return str(Path(path).resolve())
    except (OSError, ValueError, RuntimeError):
        return str(path)
