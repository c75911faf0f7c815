"""The works that a fact base names, their texts, and the files beside it that it leads to."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from evidencelint.errors import FactBaseError
from evidencelint.factbase.facts import SourceRef
from evidencelint.factbase.files import FactFile
from evidencelint.model import Position
from evidencelint.sources.text import read_source_text
from evidencelint.yamlio import Value

_MOST_CHARACTERS = 100_000_000


def _yes(value: Value | None) -> bool:
    if value is not None and value.text not in {"true", "false"}:
        raise value.wrong("must be true or false")
    return value is not None and value.text == "true"


def read_sources(files: tuple[FactFile, ...]) -> Iterator[SourceRef]:
    """Yield the sources that the files name; a key may stand in one of them only."""
    places: dict[str, Position] = {}
    for file in files:
        value = file.fields.get("sources")
        if value is None:
            continue
        if not value.items():
            raise value.wrong("is empty; name at least one source with its key")
        for entry in value.items():
            fields = entry.mapping(("key", "path", "digest"))
            if "key" not in fields:
                raise entry.wrong("key is missing; name the work's key in the bibliography")
            key = fields["key"].word()
            if key in places:
                raise fields["key"].wrong(f"{key} is the key of {line_of(places[key], entry.position)} too")
            places[key] = entry.position
            path = fields["path"].word() if "path" in fields else None
            yield SourceRef(key, path, entry.position, digest=_yes(fields.get("digest")))


def line_of(first: Position, second: Position) -> str:
    """Name the line of the first place, and its file where the second is in another."""
    where = "" if first.path == second.path else f"{first.path}, "
    return f"{where}line {first.line}"


def read_texts(file: FactFile) -> Iterator[tuple[str, str]]:
    """Yield the key and the text of each source with a path; raises FactBaseError where one cannot be read."""
    value = file.fields.get("sources")
    read = 0
    for entry in value.items() if value is not None and file.folder is not None else ():
        fields = entry.mapping()
        if "path" in fields and file.folder is not None:
            named = fields["path"]
            path = file.folder / named.word()
            file.check_inside(path, named)
            text = _source_text(path, named)
            read += len(text)
            if read > _MOST_CHARACTERS:
                raise named.wrong(f"the sources have over {_MOST_CHARACTERS // 1_000_000} million characters in all")
            yield fields["key"].word(), text


def _source_text(path: Path, file: Value) -> str:
    try:
        return read_source_text(path)
    except FactBaseError as error:
        raise file.wrong(f"{file.word()}: {error.message}") from error


def named_files(file: FactFile, key: str) -> Iterator[Path]:
    """Yield the files that stand under a key; raises FactBaseError where one is missing or outside of the project."""
    value = file.fields.get(key)
    for name in value.words() if value is not None else ():
        path = (file.folder or Path()) / name.word()
        file.check_inside(path, name)
        if file.folder is not None and not _is_file(path):
            raise name.wrong(f"{name.word()}: no such file; the path counts from the folder of the fact base")
        yield path


def _is_file(path: Path) -> bool:
    try:
        return path.is_file()
    except (OSError, ValueError):
        # A name that is too long for the system, for one.
        return False
