"""The works that a document names itself: ``bibliography:`` and ``references:`` of its front matter."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from pathlib import Path

from evidencelint.bibliography.csl import works_in
from evidencelint.bibliography.load import load_bibliography
from evidencelint.bibliography.work import Work
from evidencelint.errors import BibliographyError
from evidencelint.model import Document, Position, Span
from evidencelint.reading import inside, note_unread, project_root
from evidencelint.source import Source
from evidencelint.yamlio import Value, read_yaml

_KEYS = ("bibliography", "references")


@dataclass(frozen=True, slots=True)
class DocumentWorks:
    """What a document's front matter adds to the bibliography.

    ``inline`` are the works written into it, ``missing`` the places and names of files that are not there, and
    ``outside`` those of files that are not read because they lie outside the project of the document.
    """

    works: Mapping[str, Work] = field(default_factory=dict)
    inline: Mapping[str, Work] = field(default_factory=dict)
    missing: tuple[tuple[Span, str], ...] = ()
    outside: tuple[tuple[Span, str], ...] = ()


def works_of(
    source: Source,
    document: Document,
    folder: Path | None,
    load: Callable[[Path], Mapping[str, Work]] = load_bibliography,
) -> DocumentWorks:
    """Read what a document names, paths counting from ``folder``; without one, no file is read.

    Nothing outside the project is read: messages quote what they read, and a document may come from anybody. Raises
    BibliographyError for what is malformed.
    """
    block = document.metadata
    if block is None or not any(key in source.text[block.start : block.end] for key in _KEYS):
        return DocumentWorks()
    before = source.position(block.start)[0] - 1
    # blank lines in place of what stands before keep the positions those of the document
    root = read_yaml("\n" * before + source.text[block.start : block.end], source.path, BibliographyError)
    fields = root.mapping()
    works: dict[str, Work] = {}
    missing: list[tuple[Span, str]] = []
    outside: list[tuple[Span, str]] = []
    for name in fields["bibliography"].words() if "bibliography" in fields else ():
        path = (folder or Path()) / name.word()
        if folder is None or not inside(path, project_root(folder)):
            note_unread(path)
            outside.append((_span(source, name), name.word()))
            continue
        try:
            works.update(load(path))
        except BibliographyError:
            if _exists(path):
                raise
            missing.append((_span(source, name), name.word()))
    inline = works_in(fields["references"]) if _is_list(fields.get("references")) else {}
    return DocumentWorks({**works, **inline}, inline, tuple(missing), tuple(outside))


def _is_list(value: Value | None) -> bool:
    return value is not None and isinstance(value.data, tuple) and all(isinstance(v.data, dict) for v in value.data)


def _exists(path: Path) -> bool:
    try:
        return path.exists()
    except (OSError, ValueError):
        return False


def _span(source: Source, name: Value) -> Span:
    start = offset_of(source, name.position)
    word = name.word()
    at = source.text.find(word, start, start + len(word) + 2)
    return Span(at, at + len(word)) if at >= 0 else Span(start, start + 1)


def offset_of(source: Source, position: Position) -> int:
    """Give the offset of a place in a document."""
    low, high = 0, len(source.text)
    while low < high:
        middle = (low + high) // 2
        if source.position(middle) < (position.line, position.column):
            low = middle + 1
        else:
            high = middle
    return low
