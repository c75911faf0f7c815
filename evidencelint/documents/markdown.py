r"""Source -> Document: passages of prose at their exact places, with what surrounds them.

A passage's text has the length of its span, and what is not prose is blank. Every character that
is not blank equals the source at that offset, with one exception: an HTML entity (``&ndash;``)
shows its character at the place of the ``&``, padded with spaces. Line ends inside a passage are
spaces, hard ones (and ``<br>``) ``\n``. Text struck out (``~~67~~``) is retracted, so it is blank.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass

from evidencelint.citations import (
    identifiers,
    is_cite_role,
    prose_citations,
    role_citations,
    scan_citations,
    url_citation,
)
from evidencelint.documents import masking
from evidencelint.documents.blocks import Cell, Item, Parsed, parse
from evidencelint.documents.frontmatter import read_front_matter
from evidencelint.model import Citation, Document, Hidden, Passage, Span
from evidencelint.source import Source
from evidencelint.spans import Spans

_MOST_LEAD_INS = 12
_LONGEST_LINE = 9  # words
_CAPTION_BEFORE = re.compile(r"(?:Table\b|:\s)")
_CAPTION_AFTER = re.compile(r"(?:Table:|:\s)")
# In a wider row every cell would list every other one: only the row header is kept.
_WIDEST_ROW = 40


def read_markdown(source: Source) -> Document:
    """Read a document; raises DocumentError where the front matter is malformed."""
    front = read_front_matter(source)
    parsed = parse(source.text, masking.blank_fences(source.text[front.body :]), front.body)
    prose = _mask(source.text, parsed)
    passages = _Context(source.text, parsed, prose).passages()
    told = [each for passage in passages for each in prose_citations(passage.text, passage.span.start)]
    return Document(
        passages=passages,
        citations=tuple(sorted((*prose.citations, *told), key=lambda each: each.span)),
        footnotes=parsed.footnotes,
        front_matter=front.pairs,
        notes=parsed.notes,
        metadata=front.yaml,
        hidden=prose.hidden,
    )


@dataclass(frozen=True, slots=True)
class _Prose:
    """The masked text of the document with and without its inline footnotes."""

    with_notes: str
    text: str
    notes: tuple[Span, ...]
    citations: tuple[Citation, ...]
    hidden: tuple[tuple[Span, Hidden], ...]


def _mask(source: str, parsed: Parsed) -> _Prose:
    seen = _put(parsed.masked, parsed.literal, "\0")
    hidden = list(masking.comments(seen, source))
    seen = masking.blank(seen, hidden)
    kinds: list[tuple[Span, Hidden]] = [(span, "comment") for span in hidden]
    citations = _outside(parsed.citations, hidden)
    spans: list[Span] = []
    for code in parsed.code:
        role = masking.role_before(seen, code.start)
        if role is not None:
            spans.append(role[1])
            if is_cite_role(role[0]):
                citations += role_citations(source, code, role[0])
    addresses = [*masking.urls(seen, source), *identifiers(seen)]
    citations += filter(None, (url_citation(source, span) for span in addresses))
    kinds += [(span, "markup") for span in spans]
    kinds += [(span, "link") for span in addresses]
    spans += addresses
    early = list(masking.before_citations(seen))
    kinds += [(span, "markup") for span in early]
    spans += early
    seen = masking.blank(seen, spans)
    hidden += spans
    spans = []
    notes: list[Span] = []
    for block in parsed.blocks:
        scan = scan_citations(seen, block.span)
        citations += scan.citations
        spans += scan.hidden
        notes += scan.notes
    seen = masking.blank(seen, spans)
    kinds += [(span, "citation") for span in spans]
    hidden += spans
    hidden += masking.after_citations(seen)
    prose = masking.blank(parsed.masked, hidden).replace("\n", " ")
    prose = _put(prose, parsed.breaks, "\n")
    citations.sort(key=lambda each: each.span)
    return _Prose(prose, masking.blank(prose, notes), tuple(notes), tuple(citations), tuple(kinds))


def _put(text: str, offsets: Sequence[int], char: str) -> str:
    if not offsets:
        return text
    chars = list(text)
    for offset in offsets:
        chars[offset] = char
    return "".join(chars)


def _outside(citations: Sequence[Citation], hidden: Sequence[Span]) -> list[Citation]:
    """Drop what stands in a comment; both come in the order of the document."""
    starts = [span.start for span in hidden]

    def inside(span: Span) -> bool:
        at = bisect_right(starts, span.start) - 1
        return at >= 0 and span.overlaps(hidden[at])

    return [each for each in citations if not inside(each.span)]


def _plain(prose: str, source: str, span: Span) -> str:
    """Give a block as it reads, without gaps where markup stood ("**Rates**:" is "Rates:")."""
    shown, written = prose[span.start : span.end], source[span.start : span.end]
    if shown != written:
        pairs = zip(shown, written, strict=True)
        # "&" begins an entity, which may be a space; "<br>" shows as a line end.
        shown = "".join(char for char, raw in pairs if char != " " or raw == "&" or raw.isspace())
    return " ".join(shown.split())


def _introduces(text: str, written: str) -> bool:
    """Tell whether a paragraph before a list leads on to it: it ends in a colon, or is a short line in bold.

    ``text`` is what it shows, ``written`` how it is written.
    """
    bold = any(written.startswith(mark) and written.endswith(mark) for mark in ("**", "__"))
    return text.endswith(":") or (bold and text[-1:].isalnum() and text.count(" ") < _LONGEST_LINE)


class _Context:
    """Turns blocks into passages with their headings, lead-ins, rows and columns."""

    def __init__(self, source: str, parsed: Parsed, prose: _Prose) -> None:
        self._blocks = blocks = parsed.blocks
        self._emphasis = Spans(parsed.emphasis)
        self._links = Spans(parsed.links)
        self._prose = prose
        self._plain = [_plain(prose.text, source, block.span) for block in blocks]
        self._introduces = [
            _introduces(text, source[block.span.start : block.span.end])
            for text, block in zip(self._plain, blocks, strict=True)
        ]
        self._rows: dict[tuple[int, int], list[int]] = {}
        self._headers: dict[tuple[int, int], str] = {}
        for index, block in enumerate(blocks):
            if block.cell is not None:
                self._rows.setdefault((block.cell.table_id, block.cell.row), []).append(index)
                if block.cell.row == 0:
                    self._headers[block.cell.table_id, block.cell.column] = self._plain[index]

    def passages(self) -> tuple[Passage, ...]:
        passages: list[Passage] = []
        path: list[tuple[int, str]] = []
        notes = list(reversed(self._prose.notes))
        for index, block in enumerate(self._blocks):
            if block.level:
                while path and path[-1][0] >= block.level:
                    path.pop()
            headings = tuple(text for _, text in path)
            if self._plain[index]:
                passages.append(self._passage(index, headings))
            while notes and notes[-1].start < block.span.end:
                note = notes.pop()
                text = self._prose.with_notes[note.start : note.end]
                if text.strip():
                    passages.append(Passage(note, "footnote", text, headings))
            if block.level and self._plain[index]:
                path.append((block.level, self._plain[index]))
        return tuple(passages)

    def _passage(self, index: int, headings: tuple[str, ...]) -> Passage:
        block = self._blocks[index]
        text = self._prose.text[block.span.start : block.span.end]
        lead_ins = self._lead_ins(block.item, index)
        row: tuple[str, ...] = ()
        corner = ""
        column: tuple[str, ...] = ()
        borrowed = [self._blocks[each].span for each in reversed(self._introductions(block.item, index))]
        cell = block.cell
        if cell is not None:
            caption = self._caption(cell.table.before, _CAPTION_BEFORE, colon=True)
            caption += self._caption(cell.table.after, _CAPTION_AFTER, colon=False)
            lead_ins += tuple(self._plain[each].removeprefix(": ") for each in caption)
            if cell.row:
                row = self._row((cell.table_id, cell.row), index)
                header = self._headers.get((cell.table_id, cell.column), "")
                column = (header,) if header else ()
                corner = self._headers.get((cell.table_id, 0), "")
            borrowed = [*self._beside(cell, index), *(self._blocks[each].span for each in caption), *borrowed]
        emphasis, links = (each.beginning_in(block.span) for each in (self._emphasis, self._links))
        return Passage(
            block.span, block.kind, text, headings, lead_ins, row, column, tuple(borrowed), emphasis, links, corner
        )

    def _beside(self, cell: Cell, index: int) -> list[Span]:
        """Give the other cells of a row, and the header of the column."""
        cells = self._rows[cell.table_id, cell.row] if cell.row else []
        head = self._rows.get((cell.table_id, 0), []) if cell.row else []
        if len(cells) > _WIDEST_ROW:
            cells = cells[:1]
        return [self._blocks[each].span for each in (*cells, *head[cell.column : cell.column + 1]) if each != index]

    def _row(self, key: tuple[int, int], index: int) -> tuple[str, ...]:
        cells = self._rows[key]
        if len(cells) > _WIDEST_ROW:
            cells = cells[:1]
        return tuple(self._plain[other] for other in cells if other != index and self._plain[other])

    def _caption(self, index: int | None, start: re.Pattern[str], *, colon: bool) -> tuple[int, ...]:
        text = self._plain[index] if index is not None else ""
        is_caption = start.match(text) or (colon and text.endswith(":"))
        return (index,) if index is not None and text and is_caption else ()

    def _lead_ins(self, item: Item | None, index: int) -> tuple[str, ...]:
        return tuple(self._plain[each] for each in self._introductions(item, index))

    def _introductions(self, item: Item | None, index: int) -> list[int]:
        """Give the introductions of the lists and the parent items around a block, outermost first.

        Only the nearest ones: what stands a dozen levels up introduces nothing, and all would cost their square.
        """
        found: list[int] = []
        innermost = item
        while item is not None and len(found) < _MOST_LEAD_INS:
            first = item.first if item is not innermost else None
            # The first block of an item often introduces the list inside it: name it once.
            if first is not None and first != index and first not in found[-1:]:
                found.append(first)
            if item.intro is not None and (item.defines or self._introduces[item.intro]):
                found.append(item.intro)
            item = item.outer
        return [each for each in reversed(found) if self._plain[each]]
