"""The text of a source, whatever kind of file it is: Markdown, plain text, HTML, DOCX or PDF.

Readers for the last three come with the extra ``harvest`` and are imported only to read such a file.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from importlib import import_module
from io import BytesIO
from itertools import islice, zip_longest
from pathlib import Path
from typing import Any, Literal
from zipfile import BadZipFile, ZipFile

from evidencelint.diagnostics import Position
from evidencelint.documents.markdown import read_markdown
from evidencelint.errors import FactBaseError
from evidencelint.reading import read_bytes, trouble
from evidencelint.source import read_source
from evidencelint.yamlio import read_text

BlockKind = Literal["prose", "heading", "row"]

_MOST_BYTES = 20_000_000
_MOST_UNPACKED = 200_000_000
_MOST_PAGES = 3_000
_HEADING_WORDS = 14
_RUNNING_SHARE = 0.5
_FEW_PAGES = 3
_INSTALL = "pip install 'evidencelint[harvest]'"
_PARAGRAPHS = re.compile(r"\n[ \t\f]*\n\s*")
_SPACE_BEFORE = re.compile(r"(?<!\s)\s+([.,;:!?)\]])")
_HYPHEN_END = re.compile(r"(?<=[a-z])-\n(?=[a-z])")
_PROSE_END = re.compile(r"[.!?;:,…][\"'”’)\]]*$")
_TITLE = re.compile(r"h[1-6]$")
_HTML_PROSE = ("p", "li", "blockquote", "dd", "dt", "figcaption", "caption")
_HTML_CELLS = ("th", "td")
_HTML_NOISE = ("script", "style", "nav", "header", "footer", "aside", "form", "noscript", "template", "button")


@dataclass(frozen=True, slots=True)
class Block:
    """A paragraph, heading or row of a table with its white space folded.

    ``headings`` is the path to it, outermost first. A row has its ``cells`` that are not empty, with the ``heads`` of
    their columns; its text is the cells with bars between them, as in Markdown. The heads themselves have no cells.
    """

    kind: BlockKind
    text: str
    headings: tuple[str, ...] = ()
    page: int | None = None
    cells: tuple[str, ...] = ()
    heads: tuple[str, ...] = ()


def read_source_text(path: Path) -> str:
    """Give the text that quotes are looked up in; raises FactBaseError where the file cannot be read."""
    if path.suffix.lower() in _BINARY:
        return "\n\n".join(block.text for block in read_blocks(path))
    return read_text(path, "source", FactBaseError, _MOST_BYTES)


def read_blocks(path: Path) -> tuple[Block, ...]:
    """Give the paragraphs and headings of a source in order; raises FactBaseError where it cannot be read."""
    suffix = path.suffix.lower()
    reader = _BINARY.get(suffix)
    if reader is not None:
        return tuple(reader(path))
    text = read_text(path, "source", FactBaseError, _MOST_BYTES)
    return tuple(_markdown(text, str(path)) if suffix in {".md", ".markdown"} else _plain(text))


def bare_text(markdown: str, path: str) -> str:
    """Give the prose of a Markdown text without its markup."""
    return "\n\n".join(block.text for block in _markdown(markdown, path))


def _markdown(text: str, path: str) -> Iterator[Block]:
    passages = iter(read_markdown(read_source(text.encode(), path)).passages)
    for passage in passages:
        words = _fold(passage.text)
        if passage.kind == "cell" and (passage.row or passage.column):
            # a passage for each cell that is not empty
            cells = [passage, *islice(passages, len(passage.row))]
            heads = [" ".join(cell.column) for cell in cells]
            yield from _row([cell.text for cell in cells], heads, passage.headings)
        elif words and passage.kind == "cell":
            yield Block("row", words, passage.headings)  # a head of a column
        elif words:
            yield Block("heading" if passage.kind == "heading" else "prose", words, passage.headings)


def _row(cells: Sequence[str], heads: Sequence[str], headings: tuple[str, ...]) -> Iterator[Block]:
    """Give a row of a table; cells without a head have an empty one."""
    filled = [(_fold(cell), _fold(head)) for cell, head in zip_longest(cells, heads, fillvalue="") if cell.strip()]
    if filled:
        texts = tuple(cell for cell, _ in filled)
        yield Block("row", " | ".join(texts), headings, cells=texts, heads=tuple(head for _, head in filled))


def _table(rows: Iterable[Sequence[str]], headings: tuple[str, ...]) -> Iterator[Block]:
    """Give the rows of a table; the first one holds the heads of the columns."""
    heads: Sequence[str] | None = None
    for cells in rows:
        if heads is None:
            heads = cells
            yield Block("row", " | ".join(_fold(cell) for cell in cells if cell.strip()), headings)
        else:
            yield from _row(cells, heads[: len(cells)], headings)


def _plain(text: str, page: int | None = None) -> Iterator[Block]:
    heading: tuple[str, ...] = ()
    for paragraph in _PARAGRAPHS.split(text.replace("\r\n", "\n")):
        words = _fold(paragraph)
        if not words:
            continue
        if "\n" not in paragraph.strip() and _is_title(words):
            heading = (words,)
            yield Block("heading", words, heading, page)
        else:
            yield Block("prose", words, heading, page)


def _is_title(line: str) -> bool:
    return len(line.split()) <= _HEADING_WORDS and _PROSE_END.search(line) is None


def _fold(text: str) -> str:
    """Fold white space; blanked markup leaves none before a full stop."""
    return _SPACE_BEFORE.sub(r"\1", " ".join(text.split()))


def _html(path: Path) -> Iterator[Block]:
    soup: Any = _library("bs4", "HTML", path).BeautifulSoup(_bytes(path), "html.parser")
    for noise in soup.find_all(_HTML_NOISE):
        noise.decompose()
    levels: dict[int, str] = {}
    for tag in soup.find_all([_TITLE, *_HTML_PROSE, "table"]):
        if tag.name == "table" or tag.find_parent("table") is not None:
            if tag.find("table") is None and tag.name == "table":
                rows = (
                    [_own_text(cell) for cell in row.find_all(_HTML_CELLS) if cell.find_parent("tr") is row]
                    for row in tag.find_all("tr")
                )
                yield from _table(rows, tuple(levels.values()))
            continue
        words = _fold(tag.get_text(" "))
        if not words or (tag.name in _HTML_PROSE and tag.find(_HTML_PROSE) is not None):
            continue
        if _TITLE.match(tag.name):
            level = int(tag.name[1])
            levels = {known: title for known, title in levels.items() if known < level} | {level: words}
            yield Block("heading", words, tuple(levels.values()))
        else:
            yield Block("prose", words, tuple(levels.values()))


def _own_text(cell: Any) -> str:  # noqa: ANN401 - the readers come without types
    """Give the text of a cell without that of the cells that an end tag left out puts into it."""
    return " ".join(text for text in cell.strings if text.find_parent(_HTML_CELLS) is cell)


def _docx(path: Path) -> Iterator[Block]:
    data = _bytes(path)
    library = _library("docx", "DOCX", path)
    try:
        with ZipFile(BytesIO(data)) as archive:
            if sum(entry.file_size for entry in archive.infolist()) > _MOST_UNPACKED:
                raise _unreadable(path, f"unpacks to over {_MOST_UNPACKED // 1_000_000} MB")
        document: Any = library.Document(BytesIO(data))
    except (BadZipFile, KeyError, ValueError) as error:
        raise _unreadable(path, f"is no DOCX file ({error})") from error
    levels: dict[int, str] = {}
    for paragraph in document.iter_inner_content():
        if not hasattr(paragraph, "text"):
            rows = ([cell.text for cell in row.cells] for row in paragraph.rows)
            yield from _table(rows, tuple(levels.values()))
            continue
        words = _fold(paragraph.text)
        style = paragraph.style.name if paragraph.style is not None else ""
        if not words:
            continue
        if style.startswith(("Heading", "Title")):
            level = int(style.split()[-1]) if style.split()[-1].isdigit() else 0
            levels = {known: title for known, title in levels.items() if known < level} | {level: words}
            yield Block("heading", words, tuple(levels.values()))
        else:
            yield Block("prose", words, tuple(levels.values()))


def _pdf(path: Path) -> Iterator[Block]:
    library = _library("pypdf", "PDF", path)
    try:
        reader: Any = library.PdfReader(BytesIO(_bytes(path)))
        if len(reader.pages) > _MOST_PAGES:
            raise _unreadable(path, f"has over {_MOST_PAGES:,} pages")
        pages = [page.extract_text() for page in reader.pages]
    except library.errors.PyPdfError as error:
        raise _unreadable(path, f"cannot be read as PDF ({error})") from error
    if not any(page.strip() for page in pages):
        raise _unreadable(path, "holds no text; a scan has to go through text recognition first")
    running = _running_lines(pages)
    for number, page in enumerate(pages, start=1):
        lines = [line.rstrip() for line in page.splitlines() if _key(line) not in running]
        yield from _plain(_HYPHEN_END.sub("", "\n".join(_parted(lines))), number)


def _parted(lines: list[str]) -> Iterator[str]:
    """Part paragraphs, which a PDF does not mark, at titles and where a short line ends a sentence."""
    longest = max((len(line) for line in lines), default=0)
    for index, line in enumerate(lines):
        following = lines[index + 1].strip() if index + 1 < len(lines) else ""
        short = len(line) < longest * 0.75
        yield line
        if short and following and (_PROSE_END.search(line) or (_is_title(line) and following[:1].isupper())):
            yield ""


def _running_lines(pages: list[str]) -> frozenset[str]:
    """Find what stands at the top or the bottom of most pages."""
    if len(pages) < _FEW_PAGES:
        return frozenset()
    ends: Counter[str] = Counter()
    for page in pages:
        lines = [_key(line) for line in page.splitlines() if line.strip()]
        ends.update({*lines[:2], *lines[-2:]})
    return frozenset(line for line, count in ends.items() if count > len(pages) * _RUNNING_SHARE)


def _key(line: str) -> str:
    return re.sub(r"\d+", "#", line.strip())


def _bytes(path: Path) -> bytes:
    try:
        return read_bytes(path, _MOST_BYTES)
    except FileNotFoundError:
        raise _unreadable(path, "no such source; check the path") from None
    except (OSError, ValueError) as error:
        raise _unreadable(path, trouble(error)) from error


def _library(name: str, kind: str, path: Path) -> Any:  # noqa: ANN401 - the readers come without types
    try:
        return import_module(name)
    except ImportError as error:
        raise _unreadable(path, f"reading {kind} needs a reader that is not installed; run: {_INSTALL}") from error


def _unreadable(path: Path, message: str) -> FactBaseError:
    return FactBaseError(message, Position(str(path), 1))


_BINARY: dict[str, Callable[[Path], Iterator[Block]]] = {".html": _html, ".htm": _html, ".docx": _docx, ".pdf": _pdf}
