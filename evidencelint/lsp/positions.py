"""Offsets in code points <-> positions as a client counts them.

Lines are those of the protocol (CR LF, LF, CR), which are also those of `Source`. The helpers of pygls are not
used here: they split lines as Python does, also at form feeds and line separators, and miss every line after one.
"""

from __future__ import annotations

from dataclasses import dataclass

from lsprotocol import types

from evidencelint.diagnostics import Span
from evidencelint.source import Source

_CODECS = {"utf-8": ("utf-8", 1), "utf-16": ("utf-16-le", 2), "utf-32": ("utf-32-le", 4)}


@dataclass(frozen=True, slots=True)
class Positions:
    """The places of one text in the encoding that client and server agreed on."""

    source: Source
    encoding: str = "utf-16"

    def position(self, offset: int) -> types.Position:
        """Give a 0-based line and character for an offset."""
        line, column = self.source.position(offset)
        return types.Position(line - 1, self._units(self.source.text[offset - column + 1 : offset]))

    def range(self, span: Span) -> types.Range:
        """Give a range for a span, the end exclusive."""
        return types.Range(self.position(span.start), self.position(span.end))

    def offset(self, position: types.Position) -> int:
        """Give the offset of a position; one beyond its line, or within a character, is moved back."""
        start = self.source.offset(position.line + 1, 1)
        end = self.source.offset(position.line + 1, len(self.source.text) + 1)
        at, left = start, position.character
        while at < end and left > 0:
            left -= self._units(self.source.text[at])
            at += left >= 0
        return at

    def span(self, place: types.Range) -> Span:
        """Give the span of a range; one that runs backwards is empty."""
        start = self.offset(place.start)
        return Span(start, max(start, self.offset(place.end)))

    def _units(self, text: str) -> int:
        codec, width = _CODECS[self.encoding]
        return len(text.encode(codec, "surrogatepass")) // width
