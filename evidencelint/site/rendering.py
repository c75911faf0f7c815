"""Markdown -> HTML that can hold no script, with the items of a document marked at their exact characters.

Everything is written here from the parser's events, and every piece of the draft is escaped: raw HTML is shown as
text, links are named but lead nowhere, pictures are their descriptions. So nothing of a draft can act on a page.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from markupsafe import Markup, escape

from evidencelint.diagnostics import Severity, Span
from evidencelint.documents import masking
from evidencelint.documents.events import events
from evidencelint.documents.frontmatter import read_front_matter
from evidencelint.site.survey import SHADES, Item
from evidencelint.source import Source

# what HTML does not allow, and what turns the direction of the text round unseen
_UNSHOWABLE = re.compile(
    "[^\t\n\r\x20-\x7e\x85\xa0-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]|[\u202a-\u202e\u2066-\u2069]"
)
_COMMENT = re.compile(r"\s*(?:<!--(?:(?!-->).)*-->\s*)+", re.DOTALL)
_BREAK = re.compile(r"<br\s*/?>", re.IGNORECASE)
_RANK: Mapping[Severity, int] = {"info": 0, "warning": 1, "error": 2}
_DEEPEST_HEADING = 6
_INLINE = {"Emphasis": "em", "Strong": "strong", "Strikethrough": "del", "Superscript": "sup", "Subscript": "sub"}
_BLOCKS = {
    "Paragraph": "p",
    "BlockQuote": "blockquote",
    "Item": "li",
    "FootnoteDefinition": "div",
    "DefinitionList": "dl",
    "DefinitionListTitle": "dt",
    "DefinitionListDefinition": "dd",
    "TableRow": "tr",
}


@dataclass(frozen=True, slots=True)
class Rendered:
    """A document as HTML, and the text of each item as it reads there, by number."""

    html: Markup
    texts: Mapping[int, str]


def render_document(source: Source, items: Sequence[Item]) -> Rendered:
    """Render a document that could be read; each item is a link to its card, ``#c`` and its number."""
    front = read_front_matter(source)
    page = _Page(source, _Marks(items))
    for name, value, span in events(source.text, masking.blank_fences(source.text[front.body :]), front.body):
        page.read(name, value, span)
    return Rendered(page.finish(), {number: " ".join("".join(parts).split()) for number, parts in page.texts.items()})


def show(text: str) -> Markup:
    """Escape text, and make visible what a page could not show."""
    return escape(_UNSHOWABLE.sub("\ufffd", text))


class _Marks:
    """Which item, and how bad a finding, stands at each place; where items overlap, the inner one shows."""

    def __init__(self, items: Sequence[Item]) -> None:
        edges = sorted({edge for item in items for edge in _edges(item)})
        self._starts = edges
        self._at: list[tuple[Item | None, Severity | None]] = [(None, None)] * len(edges)
        for item in sorted(items, key=lambda item: -len(item.span)):
            for index in self._within(item.span):
                self._at[index] = (item, None)
        for item in items:
            for found in item.findings:
                for index in self._within(found.span):
                    holder, worst = self._at[index]
                    if worst is None or _RANK[found.severity] > _RANK[worst]:
                        self._at[index] = (holder, found.severity)

    def pieces(self, span: Span) -> Iterator[tuple[Span, Item | None, Severity | None]]:
        """Cut a stretch of text where marks begin and end."""
        start = span.start
        index = bisect_right(self._starts, start) - 1
        while start < span.end:
            end = min(span.end, self._starts[index + 1] if index + 1 < len(self._starts) else span.end)
            yield Span(start, end), *(self._at[index] if index >= 0 else (None, None))
            start, index = end, index + 1

    def whole(self, span: Span) -> Item | None:
        """Give the item that all of a stretch belongs to, if there is one."""
        holders = {id(item): item for _, item, _ in self.pieces(span)}
        return next(iter(holders.values())) if len(holders) == 1 else None

    def _within(self, span: Span) -> range:
        first = bisect_right(self._starts, span.start) - 1
        last = bisect_right(self._starts, span.end - 1) if span.end > span.start else first
        return range(max(first, 0), last)


def _edges(item: Item) -> Iterator[int]:
    for span in (item.span, *(found.span for found in item.findings)):
        yield span.start
        yield span.end


@dataclass(slots=True)
class _Page:
    """The state of one rendering; ``open`` is the item whose link is open, and ``depth`` the tags inside of it."""

    source: Source
    marks: _Marks
    out: list[Markup] = field(default_factory=list)
    open: Item | None = None
    depth: int = 0
    texts: dict[int, list[str]] = field(default_factory=dict)
    ends: list[tuple[str, bool]] = field(default_factory=list)
    columns: tuple[str, ...] = ()
    column: int = 0
    head: bool = False
    literal: list[str] | None = None

    def finish(self) -> Markup:
        self._close()
        return Markup("").join(self.out)

    def read(self, name: str, value: object, span: Span) -> None:
        if name in ("Start", "End"):
            tag, data = next(iter(value.items())) if isinstance(value, dict) else (str(value), None)
            if name == "Start":
                self._start(tag, data, span)
            else:
                self._end(tag)
        elif self.literal is not None:
            self.literal.append(str(value))
        else:
            self._leaf(name, value, span)

    def _leaf(self, name: str, value: object, span: Span) -> None:
        match name:
            case "Text" if self.source.slice(span) == value:
                for piece, item, severity in self.marks.pieces(span):
                    text = self.source.slice(piece)
                    self._put(show(text), text, item, severity)
            case "Text":
                self._atom(show(str(value)), str(value), span)
            case "Code" | "InlineMath" | "DisplayMath":
                self._atom(Markup("<code>{}</code>").format(show(str(value))), str(value), span)
            case "SoftBreak":
                self._atom(Markup("\n"), " ", span)
            case "HardBreak" | "InlineHtml" if name == "HardBreak" or _BREAK.fullmatch(str(value)):
                self._atom(Markup("<br>\n"), " ", span)
            case "FootnoteReference":
                self._atom(Markup("<sup>[{}]</sup>").format(show(str(value))), f"[^{value}]", span)
            case "TaskListMarker":
                self._tag(Markup("☑ ") if value else Markup("☐ "))
            case "Rule":
                self._tag(Markup("<hr>\n"))
            case _:
                pass  # tags of HTML: the text between them comes as text

    def _start(self, tag: str, data: object, span: Span) -> None:
        if tag in ("CodeBlock", "HtmlBlock"):
            self.literal = []
        elif tag in _INLINE or tag in ("Link", "Image"):
            self._start_inline(tag, data, span)
        else:
            self._close()
            self.out.append(self._start_block(tag, data))
            if tag == "FootnoteDefinition":
                # the label is no text to the parser, but may be what is wrong
                self._atom(Markup("<b>[{}]</b>").format(show(str(data))), f"[^{data}]", Span(span.start, span.start))
                self._tag(Markup(" "))

    def _start_block(self, tag: str, data: object) -> Markup:
        match tag:
            case "Heading" if isinstance(data, dict):
                # the name of the document is the first heading of the page
                name = f"h{min(int(str(data['level'])[1:]) + 1, _DEEPEST_HEADING)}"
            case "List":
                name = "ul" if data is None else "ol"
                self.ends.append((name, False))
                numbered = isinstance(data, int) and data != 1
                return Markup('<ol start="{}">\n').format(data) if numbered else Markup(f"<{name}>\n")  # noqa: S704
            case "Table":
                self.columns = tuple(str(each).lower() for each in data) if isinstance(data, (tuple, list)) else ()
                self.ends.append(("table></div", False))
                return Markup('<div class="wide" tabindex="0" role="region" aria-label="Table"><table>\n')
            case "TableHead":
                self.head, self.column = True, 0
                name = "tr"
            case "TableCell":
                name = "th" if self.head else "td"
                side = self.columns[self.column] if self.column < len(self.columns) else "none"
                self.column += 1
                self.ends.append((name, False))
                scope = Markup(' scope="col"') if self.head else Markup("")
                # the name is one of ours
                return Markup('<{} class="to-{}"{}>').format(Markup(name), side, scope)  # noqa: S704
            case "FootnoteDefinition":
                self.ends.append(("div", False))
                return Markup('<div class="note">')
            case _:
                self.column = 0 if tag == "TableRow" else self.column
                name = _BLOCKS.get(tag, "div")
        self.ends.append((name, False))
        return Markup(f"<{name}>")  # noqa: S704 - the name is one of ours

    def _start_inline(self, tag: str, data: object, span: Span) -> None:
        item = self.marks.whole(span)
        if self.open is not None and item is not self.open:
            self._close()
        if item is not None and self.open is None and not any(inside for _, inside in self.ends):
            self._open(item)
        inside = self.open is not None
        self.depth += inside
        if tag in _INLINE:
            self.ends.append((_INLINE[tag], inside))
            self.out.append(Markup(f"<{_INLINE[tag]}>"))  # noqa: S704 - the name is one of ours
            return
        target = str(data.get("dest_url", "")) if isinstance(data, dict) else ""
        self.ends.append(("span", inside))
        self.out.append(Markup('<span class="{}" title="{}">').format(tag.lower(), show(target)))

    def _end(self, tag: str) -> None:
        if tag in ("CodeBlock", "HtmlBlock"):
            text = "".join(self.literal or ())
            self.literal = None
            if not _COMMENT.fullmatch(text):
                self._tag(Markup('<pre class="{}" tabindex="0">{}</pre>\n').format(tag.lower(), show(text)))
            return
        if not self.ends:
            return
        name, inside = self.ends.pop()
        if inside:
            self.depth -= 1
        else:
            self._close()
        line = Markup("") if tag in _INLINE or tag in ("Link", "Image") else Markup("\n")
        self.out.append(Markup(f"</{name}>") + line)  # noqa: S704 - the name is one of ours
        if tag == "TableHead":
            self.head = False

    def _atom(self, shown: Markup, text: str, span: Span) -> None:
        """Put something that cannot be cut; it belongs to what stands at its beginning."""
        _, item, severity = next(self.marks.pieces(Span(span.start, max(span.end, span.start + 1))))
        self._put(shown, text, item, severity)

    def _put(self, shown: Markup, text: str, item: Item | None, severity: Severity | None) -> None:
        if item is not self.open and not self.depth:
            self._close()
            if item is not None:
                self._open(item)
        if self.open is not None:
            self.texts[self.open.number].append(text)
        if severity is not None:
            shown = Markup('<b class="{}">{}</b>').format(severity, shown)
        self.out.append(shown)

    def _tag(self, shown: Markup) -> None:
        self._close()
        self.out.append(shown)

    def _open(self, item: Item) -> None:
        first = item.number not in self.texts
        self.texts.setdefault(item.number, [])
        self.open = item
        # the parts of a claim after its first one are no further stops for the keyboard
        name = Markup('id="t{}"').format(item.number) if first else Markup('tabindex="-1"')
        what = SHADES[item.shade]
        link = Markup('<a class="c {}" {} href="#c{}" data-n="{}" title="{}: {}">')
        self.out.append(link.format(item.shade, name, item.number, item.number, item.shade, what))

    def _close(self) -> None:
        if self.open is not None:
            self.out.append(Markup("</a>"))
            self.open = None
            self.depth = 0
