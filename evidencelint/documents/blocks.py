"""Markdown text -> blocks of prose, from the parser's own ranges.

One pass over the events fills a canvas of the document's length: prose in place, the rest blank.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from evidencelint.documents.canvas import INLINE, Canvas
from evidencelint.documents.events import events
from evidencelint.model import Citation, Note, PassageKind, Span

_CALLOUT = re.compile(r">[ \t]*\[![^\]\r\n]+\]")


@dataclass(slots=True)
class Item:
    """A list item or definition; ``intro`` and ``first`` are indices of blocks.

    ``intro`` is the block directly before the list, ``first`` the first block of the item.
    """

    outer: Item | None
    intro: int | None
    defines: bool = False
    first: int | None = None


@dataclass(slots=True)
class Table:
    """A table; ``before`` and ``after`` are the indices of the paragraphs that touch it."""

    before: int | None
    after: int | None = None


@dataclass(frozen=True, slots=True)
class Cell:
    """Where a table cell stands; row 0 holds the column headers."""

    table: Table
    table_id: int
    row: int
    column: int


@dataclass(frozen=True, slots=True)
class Block:
    """A leaf of the document; ``level`` is 0 for all but the headings of the document itself."""

    span: Span
    kind: PassageKind
    level: int
    item: Item | None
    cell: Cell | None


@dataclass(frozen=True, slots=True)
class Parsed:
    """The blocks and the canvas; offsets are code points of the document.

    ``literal`` marks escaped characters, ``breaks`` hard line breaks, ``code`` the code spans, ``emphasis`` what is
    in italics, ``links`` what is a link.
    """

    masked: str
    blocks: tuple[Block, ...]
    citations: tuple[Citation, ...]
    footnotes: tuple[str, ...]
    code: tuple[Span, ...]
    literal: tuple[int, ...]
    breaks: tuple[int, ...]
    notes: tuple[Note, ...]
    emphasis: tuple[Span, ...]
    links: tuple[Span, ...]


@dataclass(slots=True)
class _Frame:
    """An open container; ``last`` is the paragraph that directly precedes what comes next."""

    tag: str
    last: int | None = None
    intro: int | None = None
    table: Table | None = None
    quote: bool = False


@dataclass(slots=True)
class _Leaf:
    kind: PassageKind
    level: int = 0
    cell: Cell | None = None
    start: int = -1
    end: int = -1
    titled: bool = False


def parse(source: str, prepared: str, start: int) -> Parsed:
    """Parse ``prepared`` (the source from ``start``, with the same bytes per line) into blocks."""
    reader = _Reader(source, Canvas(source))
    for name, value, span in events(source, prepared, start):
        reader.read(name, value, span)
    return reader.finish()


@dataclass(slots=True)
class _Reader:
    """The state of one pass; containers are kept on a stack, so depth costs no recursion."""

    source: str
    canvas: Canvas
    blocks: list[Block] = field(default_factory=list)
    footnotes: dict[str, None] = field(default_factory=dict)
    defined: list[Note] = field(default_factory=list)
    frames: list[_Frame] = field(default_factory=lambda: [_Frame("Document")])
    item: Item | None = None
    leaf: _Leaf | None = None
    quotes: int = 0
    notes: int = 0
    opaque: int = 0
    callout: bool = False
    tables: int = 0
    row: int = 0
    column: int = 0

    def read(self, name: str, value: object, span: Span) -> None:
        if name in ("Start", "End"):
            tag, data = next(iter(value.items())) if isinstance(value, dict) else (str(value), None)
            if tag in INLINE:
                self._touch(span)
                if name == "Start":
                    self.canvas.open(tag, data, span)
                else:
                    self.canvas.close(tag, span)
            elif name == "Start":
                self._open(tag, data, span)
            else:
                self._close(tag)
        elif name == "Rule":
            self._end_leaf()
            self._separate()
        elif name != "Html" and not self.opaque:
            leaf = self._touch(span)
            self.canvas.leaf(name, value, span)
            if leaf.titled and name in ("SoftBreak", "HardBreak"):
                self._end_leaf()

    def finish(self) -> Parsed:
        self._end_leaf()
        canvas = self.canvas
        return Parsed(
            masked="".join(canvas.chars),
            blocks=tuple(self.blocks),
            citations=tuple(canvas.citations),
            footnotes=tuple(self.footnotes),
            code=tuple(canvas.code),
            literal=tuple(canvas.literal),
            breaks=tuple(canvas.breaks),
            notes=tuple(self.defined),
            emphasis=tuple(canvas.emphasis),
            links=tuple(canvas.links),
        )

    def _open(self, tag: str, data: object, span: Span) -> None:
        self._end_leaf()
        frame = self.frames[-1]
        match tag:
            case "Paragraph" | "DefinitionListTitle":
                self._begin_leaf()
            case "Heading":
                top = len(self.frames) == 1 and isinstance(data, dict)
                self.leaf = _Leaf("heading", int(str(data["level"])[1]) if top and isinstance(data, dict) else 0)
            case "TableCell":
                cell = None if frame.table is None else Cell(frame.table, self.tables, self.row, self.column)
                self.leaf = _Leaf("cell", cell=cell)
                self.column += 1
            case "CodeBlock" | "HtmlBlock":
                self.opaque += 1
                if tag == "CodeBlock":
                    self._separate()
            case _:
                self._open_container(frame, tag, data, span)

    def _open_container(self, frame: _Frame, tag: str, data: object, span: Span) -> None:
        new = _Frame(tag)
        match tag:
            case "Table":
                self.tables += 1
                new.table = Table(frame.last)
            case "TableHead" | "TableRow":
                self.row = 0 if tag == "TableHead" else self.row + 1
                self.column = 0
                new.table = frame.table
            case "List":
                new.intro = frame.last
            case "Item" | "DefinitionListDefinition":
                self.item = Item(self.item, frame.intro, defines=tag != "Item")
            case "BlockQuote":
                self.callout = _CALLOUT.match(self.source, span.start) is not None
                new.quote = not self.callout and data is None
                self.quotes += new.quote
            case "FootnoteDefinition":
                self.footnotes[str(data)] = None
                mark = self.source.find("]:", span.start, span.end) + 1
                self.defined.append(Note(str(data), Span(span.start, max(mark, span.start)), span))
                self.notes += 1
        # The container remembers the table just opened: the next paragraph may be its caption.
        frame.table = new.table
        frame.last = None
        self.frames.append(new)

    def _close(self, tag: str) -> None:
        self._end_leaf()
        frame = self.frames[-1]
        if tag == "DefinitionListTitle":
            frame.intro = frame.last
        elif tag in ("CodeBlock", "HtmlBlock"):
            self.opaque -= 1
        elif tag == frame.tag:
            self.frames.pop()
            self.quotes -= frame.quote
            self.notes -= tag == "FootnoteDefinition"
            if tag in ("Item", "DefinitionListDefinition") and self.item is not None:
                self.item = self.item.outer

    def _begin_leaf(self) -> _Leaf:
        kind: PassageKind = "item" if self.item is not None else "paragraph"
        if self.quotes:
            kind = "quote"
        elif self.notes:
            kind = "footnote"
        self.leaf = _Leaf(kind, titled=self.callout)
        self.callout = False
        return self.leaf

    def _end_leaf(self) -> None:
        leaf, self.leaf = self.leaf, None
        if leaf is None or leaf.start < 0:
            return
        self.canvas.html.clear()
        index = len(self.blocks)
        self.blocks.append(Block(Span(leaf.start, leaf.end), leaf.kind, leaf.level, self.item, leaf.cell))
        if self.item is not None and self.item.first is None:
            self.item.first = index
        frame = self.frames[-1]
        if leaf.kind == "heading":
            self._separate()
        elif leaf.kind != "cell":
            if frame.table is not None:
                frame.table.after = index
                frame.table = None
            frame.last = index

    def _separate(self) -> None:
        self.frames[-1].last = None
        self.frames[-1].table = None

    def _touch(self, span: Span) -> _Leaf:
        leaf = self.leaf or self._begin_leaf()
        if leaf.start < 0:
            leaf.start = span.start
        leaf.end = max(leaf.end, span.end)
        return leaf
