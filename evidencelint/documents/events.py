"""Markdown text -> the parser's events, each with its place in code points."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator
from itertools import accumulate
from typing import cast

import pyromark

from evidencelint.diagnostics import Span

_Options = pyromark.Options
# YAML blocks are read apart: the parser would take prose between two thematic breaks for one.
OPTIONS = (
    _Options.ENABLE_GFM
    | _Options.ENABLE_TABLES
    | _Options.ENABLE_FOOTNOTES
    | _Options.ENABLE_STRIKETHROUGH
    | _Options.ENABLE_TASKLISTS
    | _Options.ENABLE_HEADING_ATTRIBUTES
    | _Options.ENABLE_MATH
    | _Options.ENABLE_DEFINITION_LIST
    | _Options.ENABLE_WIKILINKS
)
_NON_ASCII = re.compile(r"[^\x00-\x7f]")


def events(source: str, prepared: str, start: int) -> Iterator[tuple[str, object, Span]]:
    """Yield the parser's events as name and value, each with its place in the source.

    ``prepared`` is the source from ``start``, with the same bytes per line.
    """
    offsets = _Offsets(source[start:], start)
    found = pyromark.events_with_range(prepared, options=OPTIONS)
    for event, where in cast("Iterator[tuple[str | dict[str, object], dict[str, int]]]", found):
        name, value = next(iter(event.items())) if isinstance(event, dict) else (event, None)
        yield name, value, Span(offsets.at(where["start"]), offsets.at(where["end"]))


class _Offsets:
    """UTF-8 byte offsets -> code points."""

    def __init__(self, text: str, start: int) -> None:
        self._start = start
        wide = [] if text.isascii() else list(_NON_ASCII.finditer(text))
        self._extra = [0, *accumulate(len(match[0].encode()) - 1 for match in wide)]
        self._ends = [match.end() + extra for match, extra in zip(wide, self._extra[1:], strict=True)]

    def at(self, offset: int) -> int:
        return self._start + offset - self._extra[bisect_right(self._ends, offset)]
