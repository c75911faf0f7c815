"""The inline side of a document: prose written in place on a canvas that is otherwise blank."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field

from evidencelint.citations import link_citation, wiki_citation
from evidencelint.documents.html_pairs import HtmlPairs
from evidencelint.model import Citation, Span

INLINE = frozenset(("Emphasis", "Strong", "Strikethrough", "Superscript", "Subscript", "Link", "Image"))
_LINE_END = re.compile(r"\r\n|\r|\n")
_REFERENCE_NUMBER = re.compile(r"[\d\s,–-]+")


@dataclass(slots=True)
class _Inline:
    hides: bool
    link: bool


@dataclass(slots=True)
class Canvas:
    """What the inline events of one document leave behind; ``chars`` has the document's length.

    ``literal`` are the offsets of escaped characters and decoded entities, ``breaks`` of hard line
    breaks, ``code`` the code spans, ``emphasis`` what is in italics, ``links`` what is a link. Lines
    end with LF on the canvas.
    """

    source: str
    chars: list[str] = field(init=False)
    citations: list[Citation] = field(default_factory=list)
    code: list[Span] = field(default_factory=list)
    emphasis: list[Span] = field(default_factory=list)
    links: list[Span] = field(default_factory=list)
    literal: list[int] = field(default_factory=list)
    breaks: list[int] = field(default_factory=list)
    html: HtmlPairs = field(default_factory=HtmlPairs)
    _inlines: list[_Inline] = field(default_factory=list)
    _hidden: int = 0
    _links: int = 0

    def __post_init__(self) -> None:
        """Start blank."""
        self.chars = [" "] * len(self.source)
        for match in _LINE_END.finditer(self.source):
            self.chars[match.end() - 1] = "\n"

    def open(self, tag: str, data: object, span: Span) -> None:
        """Enter emphasis, a link, an image or the like."""
        hides = tag == "Image" or (tag == "Strikethrough" and self.source.startswith("~~", span.start))
        if tag == "Link" and isinstance(data, Mapping):
            kind, target = data["link_type"], str(data["dest_url"])
            if isinstance(kind, Mapping):
                hides = self._wiki_link(span, alias=bool(kind["WikiLink"]["has_pothole"]), target=target)
            else:
                hides = kind in ("Autolink", "Email") or (target.startswith("#") and self._is_number(span))
                citation = link_citation(self.source, span, target) if not self._hidden else None
                if citation is not None:
                    self.citations.append(citation)
        if tag in ("Emphasis", "Link") and not hides and not self._hidden:
            (self.links if tag == "Link" else self.emphasis).append(span)
        self._inlines.append(_Inline(hides, tag == "Link"))
        self._hidden += hides
        self._links += tag == "Link"

    def close(self, tag: str, span: Span) -> None:
        """Leave it; a lone tilde ("~20~") is no strikethrough but part of the prose."""
        inline = self._inlines.pop()
        self._hidden -= inline.hides
        self._links -= inline.link
        if tag == "Strikethrough" and not inline.hides and not self._hidden:
            self.chars[span.start] = self.chars[span.end - 1] = "~"

    def leaf(self, name: str, value: object, span: Span) -> None:
        """Take text, code, math, a tag or a break."""
        match name:
            case "Code":
                self.code.append(span)
            case "InlineHtml":
                if self.html.read(self.source, span, self.chars) == "br":
                    self.breaks.append(span.start)
            case "HardBreak":
                self.breaks.append(span.end - 1)
            case _ if not self._hidden:
                self._shown(name, value, span)

    def _shown(self, name: str, value: object, span: Span) -> None:
        if name == "Text":
            self._write(span, str(value))
        elif name == "FootnoteReference":
            self.citations.append(Citation(span, "footnote", str(value)))
        elif name == "InlineMath" and self.source[span.end : span.end + 1].isdigit():
            # Pandoc's rule: "$5-$10" is money, a dollar sign before a digit closes nothing.
            self._write(span, self.source[span.start : span.end])

    def _write(self, span: Span, shown: str) -> None:
        """Put text on the canvas; a decoded entity stands at the front of its place."""
        written = self.source[span.start : span.end]
        if written != shown:
            if not written.startswith("&"):
                return
            self.literal.append(span.start)
            written = "".join(char if char.isprintable() else " " for char in shown)
            written = written[: len(span)].ljust(len(span))
        elif span.start and self.source[span.start - 1] == "\\":
            self.literal.append(span.start)
        if self._links:
            self.literal += (span.start + at for at, char in enumerate(written) if char == "@")
        self.chars[span.start : span.end] = [("\n" if char in "\r\n" else char) for char in written]

    def _is_number(self, span: Span) -> bool:
        end = self.source.find("]", span.start, span.end)
        return _REFERENCE_NUMBER.fullmatch(self.source, span.start + 1, end) is not None

    def _wiki_link(self, span: Span, *, alias: bool, target: str) -> bool:
        """Tell whether the link shows no prose: a citation without alias, a number, a date."""
        citation = wiki_citation(self.source, span) if target.startswith("@") else None
        if citation is not None and not self._hidden:
            self.citations.append(citation)
        return not alias and (citation is not None or _REFERENCE_NUMBER.fullmatch(target) is not None)
