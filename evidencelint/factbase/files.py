"""The files of a fact base: the one that is named and those that it includes."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import islice
from pathlib import Path

from evidencelint.errors import FactBaseError
from evidencelint.reading import inside, project_root
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
_MOST_CHARACTERS = 50_000_000
_MOST_FOLDERS = 1


@dataclass(frozen=True, slots=True)
class FactFile:
    """One file: its top-level values, and the folder that paths in it count from (None: read from text alone).

    Files that it names must lie in ``limit``, the project of the file that was named first.
    """

    path: str
    folder: Path | None
    text: str
    root: Value
    fields: dict[str, Value]
    limit: Path | None

    def check_inside(self, path: Path, named: Value) -> None:
        """Refuse a file outside the project: messages quote what they read, and a fact base may come from anybody."""
        if self.limit is not None:
            _check_inside(path, named, self.limit)


def read_files(text: str, path: str, folder: Path | None) -> tuple[FactFile, ...]:
    """Read a file and all that it includes, those first, each once; raises FactBaseError where one cannot be used."""
    found: dict[str, FactFile] = {}
    _Reader(found, project_root(folder) if folder is not None else None).read(text, path, folder, ())
    return tuple(found.values())


@dataclass(frozen=True, slots=True)
class _Reader:
    """Reads files into ``found``, by their real paths."""

    found: dict[str, FactFile]
    limit: Path | None

    def read(self, text: str, path: str, folder: Path | None, above: tuple[str, ...]) -> None:
        root = read_yaml(text, path, FactBaseError, MOST_BYTES)
        # a key that starts with x- is the author's own: a place for anchors
        known = [*TOP, *(key for key in root.mapping() if key.startswith(_OWN_PREFIX))]
        fields = root.mapping(known)
        version = fields.get("version")
        if version is not None and version.text != "1":
            raise version.wrong("this tool reads version 1")
        if folder is not None and "include" in fields:
            for value, inner in _included(fields["include"], folder):
                self._include(value, inner, (*above, _name(path)))
        self.found[_name(path)] = FactFile(path, folder, text, root, fields, self.limit)

    def _include(self, value: Value, path: Path, above: tuple[str, ...]) -> None:
        if self.limit is not None:
            _check_inside(path, value, self.limit)
        name = _name(path)
        if name in above:
            raise value.wrong(f"{value.word()} includes itself")
        if name in self.found:
            return
        if len(self.found) + len(above) >= _MOST_FILES:
            raise value.wrong(f"more than {_MOST_FILES} files")
        try:
            content = read_text(path, "fact base", FactBaseError, MOST_BYTES)
        except FactBaseError as error:
            raise value.wrong(f"{value.word()}: {error.message}") from error
        if len(content) + sum(len(file.text) for file in self.found.values()) > _MOST_CHARACTERS:
            raise value.wrong(f"the files have over {_MOST_CHARACTERS // 1_000_000} million characters in all")
        self.read(content, str(path), path.parent, above)


def _included(value: Value, folder: Path) -> Iterator[tuple[Value, Path]]:
    """Yield the files that are named; ``*`` in a name stands for any, in the order of names."""
    for entry in value.words():
        word = entry.word()
        if "*" not in word:
            yield entry, folder / word
            continue
        parts = Path(word).parts
        if ".." in parts or parts.count("**") > _MOST_FOLDERS:
            # such a pattern may look through a whole disk, or find every file in a thousand ways
            raise entry.wrong(f"{word}: a pattern has no .., and ** once at most; name the files")
        try:
            paths = sorted(islice(folder.glob(word), _MOST_FILES + 1))
        except (ValueError, NotImplementedError, OSError) as error:
            raise entry.wrong(f"{word}: is no pattern of files below this folder") from error
        if not paths:
            raise entry.wrong(f"{word}: no such files; the pattern counts from the folder of the fact base")
        yield from ((entry, path) for path in paths)


def _check_inside(path: Path, named: Value, limit: Path) -> None:
    if not inside(path, limit):
        raise named.wrong(f"{named.word()}: leads outside the project {limit}; copy the file into it")


def _name(path: str | Path) -> str:
    try:
        return str(Path(path).resolve())
    except (OSError, ValueError, RuntimeError):
        return str(path)
