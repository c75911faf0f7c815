"""Bytes of a document -> decoded text with exact positions."""

from __future__ import annotations

import codecs
import re
from bisect import bisect_right
from dataclasses import dataclass, field

from evidencelint.diagnostics import Position, Span
from evidencelint.errors import DocumentError

BOM = "\ufeff"
_LINE_END = re.compile(r"\r\n|\r|\n")
_ADVICE = "save the file as UTF-8"
# UTF-32 first: its little-endian mark begins with that of UTF-16.
_FOREIGN_MARKS = (
    (codecs.BOM_UTF32_LE, "UTF-32"),
    (codecs.BOM_UTF32_BE, "UTF-32"),
    (codecs.BOM_UTF16_LE, "UTF-16"),
    (codecs.BOM_UTF16_BE, "UTF-16"),
)


@dataclass(frozen=True, slots=True)
class Source:
    """A decoded document.

    Offsets count the code points of the decoded file. A byte order mark stays in ``text`` as code
    point 0, so it counts in the offsets and in the columns of the first line.
    """

    path: str
    text: str
    _starts: tuple[int, ...] = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        """Find the line starts once; lines end at CR LF, LF or a lone CR."""
        starts = (0, *(match.end() for match in _LINE_END.finditer(self.text)))
        object.__setattr__(self, "_starts", starts)

    def position(self, offset: int) -> tuple[int, int]:
        """Give the 1-based line and column; the end of the text is a valid offset."""
        if not 0 <= offset <= len(self.text):
            raise ValueError(f"offset {offset} is outside the document {self.path}")
        line = bisect_right(self._starts, offset)
        return line, offset - self._starts[line - 1] + 1

    def line_start(self, offset: int) -> int:
        """Give the offset where the line of an offset begins."""
        return self._starts[bisect_right(self._starts, offset) - 1]

    def line_end(self, offset: int) -> int:
        """Give the offset where the line after that of an offset begins, or the end of the text."""
        line = bisect_right(self._starts, offset)
        return self._starts[line] if line < len(self._starts) else len(self.text)

    def slice(self, span: Span) -> str:
        """Give the text as written."""
        return self.text[span.start : span.end]

    def offset(self, line: int, column: int) -> int:
        """Give the offset of a 1-based line and column; a place beyond a line or the text is its end."""
        if line > len(self._starts):
            return len(self.text)
        start = self._starts[max(line, 1) - 1]
        end = self._starts[line] if line < len(self._starts) else len(self.text)
        written = self.text[start:end].rstrip("\r\n")
        return start + min(max(column, 1) - 1, len(written))


def read_source(data: bytes, path: str) -> Source:
    """Decode a document; raises DocumentError, with the place, for whatever is not UTF-8 text."""
    for mark, name in _FOREIGN_MARKS:
        if data.startswith(mark):
            raise DocumentError(f"the file is encoded as {name}; {_ADVICE}", Position(path, 1))
    null = data.find(b"\0")
    if null >= 0:
        message = f"byte {null} is NUL: this is a binary file or not UTF-8 text; {_ADVICE}"
        raise DocumentError(message, _place(data, null, path))
    try:
        text = data.decode("utf-8")
    except UnicodeDecodeError as error:
        message = f"byte {error.start} (0x{data[error.start]:02x}) is not UTF-8; {_ADVICE}"
        raise DocumentError(message, _place(data, error.start, path)) from error
    return Source(path, text)


def _place(data: bytes, offset: int, path: str) -> Position:
    before = Source(path, data[:offset].decode("utf-8", errors="replace"))
    return Position(path, *before.position(len(before.text)))
