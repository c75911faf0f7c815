"""What each character of a document is where it is no prose: code, a link, front matter, ..."""

from __future__ import annotations

import re
from collections.abc import Iterator

from evidencelint.accounts import Reason
from evidencelint.documents.events import events
from evidencelint.documents.frontmatter import read_front_matter
from evidencelint.documents.masking import blank_fences
from evidencelint.model import Document, Span
from evidencelint.source import Source

_MARKER = re.compile(r"[ \t>]*\d{1,9}[.)]")
_DEFINITION = re.compile(r"^[ \t>]{0,12}\[[^\]\r\n]+\]:[^\r\n]*", re.MULTILINE)
_TAGS: dict[str, Reason] = {"CodeBlock": "code", "HtmlBlock": "html", "Link": "link", "Image": "image"}
_CITED: dict[str, Reason] = {"footnote": "footnote", "url": "link"}
_LEAVES: dict[str, Reason] = {
    "Code": "code",
    "InlineMath": "math",
    "DisplayMath": "math",
    "InlineHtml": "html",
    "FootnoteReference": "footnote",
}


def regions(source: Source, document: Document) -> Iterator[tuple[Span, Reason]]:
    """Yield stretches with what they are; a later one is more exact where two overlap, and the rest is markup.

    A stretch may hold prose ("link" covers the words of the link too), which the passages of the document tell.
    """
    text = source.text
    body = read_front_matter(source).body
    for match in _DEFINITION.finditer(text, body):
        yield Span(*match.span()), "link"
    for note in document.notes:
        yield note.mark, "footnote"
    for name, value, span in events(text, blank_fences(text[body:]), body):
        if name == "Start":
            tag = next(iter(value)) if isinstance(value, dict) else str(value)
            yield from _container(str(tag), text, span)
        elif name in _LEAVES:
            yield span, _comment_or(_LEAVES[name], text, span)
    yield Span(0, body), "metadata"
    for span, reason in document.hidden:
        yield span, reason
    for citation in document.citations:
        yield citation.span, _CITED.get(citation.kind, "citation")


def _container(tag: str, text: str, span: Span) -> Iterator[tuple[Span, Reason]]:
    if tag == "Item":
        marker = _MARKER.match(text, span.start, span.end)
        if marker is not None:
            yield Span(*marker.span()), "list number"
    elif tag == "Strikethrough" and text.startswith("~~", span.start):
        yield span, "struck out"
    elif tag in _TAGS:
        yield span, _comment_or(_TAGS[tag], text, span)


def _comment_or(reason: Reason, text: str, span: Span) -> Reason:
    return "comment" if reason == "html" and text.startswith("<!--", span.start) else reason
