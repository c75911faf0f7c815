"""The figures of a document that are no quantities: every other run of digits, and every other number word."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from itertools import chain, islice

from evidencelint.accounting.regions import regions
from evidencelint.accounts import REASONS, Reason
from evidencelint.model import Document, Passage, Span
from evidencelint.quantities import number_spans
from evidencelint.quantities.lexicon import alternatives, number_words
from evidencelint.source import Source
from evidencelint.spans import Spans

_WORD = re.compile(r"\w+")
_DIGIT = re.compile(r"\d")
_RUN = re.compile(r"[^ ]+")
# no number word goes on over two spaces, which is what prose leaves here
_ISLAND = re.compile(r"[^ ]+(?: [^ ]+)*")
_LETTER = re.compile(r"[^\W\d_]")
_SHOWN = re.compile(rb"\x01+")
_JOINTS = frozenset(".,:/-–")
_LIST_MARK = re.compile(r"\s*\(?\d{1,3}[.)]\s")
_PLAIN = re.compile(r"[\d.,:/–-]+s?")
VERSION = re.compile(r"[vV]?\d+(?:\.\d+){2,}|[vV]\d+(?:\.\d+)*")
_MARKUP: Reason = "markup"


@cache
def _words() -> re.Pattern[str]:
    """Match number words as they stand in code and the like, where no grammar tells one from another."""
    known = number_words()
    counting = alternatives([*known.cardinals, *known.scales])
    first = alternatives([*known.cardinals, *known.scales, *known.ordinals, *known.factors])
    return re.compile(rf"(?<!\w)(?:{first})(?!\w)(?:[ -](?:and )?(?:{counting})(?!\w))*", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Found:
    """A figure that is no quantity, and what it is."""

    span: Span
    reason: Reason


def census(source: Source, document: Document, quantities: Iterable[Span]) -> tuple[Found, ...]:
    """Give every figure of a source that lies in none of the quantities, in order.

    ``quantities`` are the spans that were read; a figure that is no prose is found even where one reaches over it.
    Figures are runs of digits with what is joined to them ("3f2", "1.2.3"), and number words.
    """
    prose = _Prose(source.text, document, sorted(quantities))
    outside = _Outside(source, document, prose.shown)
    return tuple(sorted(chain(prose.figures(), outside.figures()), key=lambda found: found.span))


class _Prose:
    """The characters of a source that passages show, and the figures in them that were not read."""

    def __init__(self, text: str, document: Document, read: Sequence[Span]) -> None:
        self.shown = bytearray(len(text))
        self._document = document
        self._read = read
        self._starts = [span.start for span in read]
        for passage in document.passages:
            start = passage.span.start
            for run in _RUN.finditer(passage.text):
                first, last = start + run.start(), start + run.end()
                if text.startswith(run[0], first):
                    self.shown[first:last] = b"\1" * (last - first)
                    continue
                for place, char in enumerate(run[0], first):
                    if char == text[place]:
                        self.shown[place] = 1

    def figures(self) -> Iterator[Found]:
        for passage in self._document.passages:
            start, text = passage.span.start, passage.text
            numbers, long_runs = number_spans(text)
            dumps = Spans(long_runs)
            rest = self._unread(passage)
            for span in _tokens(rest):
                yield Found(span.shift(start), _reason(text, span, dumps))
            for span in numbers:
                word = text[span.start : span.end]
                if word == rest[span.start : span.end] and _DIGIT.search(word) is None:
                    yield Found(span.shift(start), "idiom")

    def _unread(self, passage: Passage) -> str:
        """Give the text of a passage with what was read blanked; its length stays."""
        pieces: list[str] = []
        done = passage.span.start
        at = max(bisect_right(self._starts, done) - 1, 0)
        for span in islice(self._read, at, bisect_right(self._starts, passage.span.end)):
            start, end = max(span.start, done), min(span.end, passage.span.end)
            if start < end:
                pieces += (self._slice(passage, done, start), " " * (end - start))
                done = end
        return "".join((*pieces, self._slice(passage, done, passage.span.end)))

    @staticmethod
    def _slice(passage: Passage, start: int, end: int) -> str:
        return passage.text[start - passage.span.start : end - passage.span.start]


def _reason(text: str, span: Span, dumps: Spans) -> Reason:
    """Say what digits of prose are that make no quantity."""
    if dumps.meet(span):
        return "data"
    mark = _LIST_MARK.match(text)
    if mark is not None and span.end <= mark.end():
        return "list number"
    if VERSION.fullmatch(text, span.start, span.end):
        return "version"
    return "idiom" if _PLAIN.fullmatch(text, span.start, span.end) else "name"


class _Outside:
    """The rest of a source, character by character what it is."""

    def __init__(self, source: Source, document: Document, shown: bytearray) -> None:
        text = source.text
        pieces: list[str] = []
        done = 0
        for run in _SHOWN.finditer(shown):
            prose = text[run.start() : run.end()]
            blank = " " * len(prose) if "\n" not in prose else "".join("\n" if c == "\n" else " " for c in prose)
            pieces += (text[done : run.start()], blank)
            done = run.end()
        self._text = "".join((*pieces, text[done:]))
        self._kinds = bytearray([REASONS.index(_MARKUP)]) * len(text)
        for span, reason in regions(source, document):
            self._kinds[span.start : span.end] = bytes([REASONS.index(reason)]) * len(span)

    def figures(self) -> Iterator[Found]:
        for span in _tokens(self._text):
            yield self._found(span)
        for island in _ISLAND.finditer(self._text):
            for match in _words().finditer(self._text, *island.span()) if _LETTER.search(island[0]) else ():
                yield self._found(Span(*match.span()))

    def _found(self, span: Span) -> Found:
        return Found(span, REASONS[self._kinds[span.start]])


def _tokens(text: str) -> Iterator[Span]:
    """Yield runs of word characters with a digit in them, those joined by one mark as one ("12:30", "1,600")."""
    start = end = -1
    for match in _WORD.finditer(text):
        if _DIGIT.search(match[0]) is None:
            continue
        if end >= 0 and match.start() == end + 1 and text[end] in _JOINTS:
            end = match.end()
            continue
        if end >= 0:
            yield Span(start, end)
        start, end = match.span()
    if end >= 0:
        yield Span(start, end)
