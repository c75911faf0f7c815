"""Where a comment that takes back a finding can stand, so that the document reads the same with it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from evidencelint.documents.markdown import read_markdown
from evidencelint.errors import EvidencelintError
from evidencelint.model import Passage, Span
from evidencelint.policy.directives import read_directives
from evidencelint.source import BOM, Source

_ALONE = frozenset({"paragraph", "heading"})
# blanks, and the backslash of a hard line break, stay at the end of the line
_LINE = re.compile(r"(?P<text>[^\r\n]*)(?P<end>\r\n|\r|\n|\Z)")


@dataclass(frozen=True, slots=True)
class Insertion:
    """Text to put in at an offset."""

    offset: int
    text: str


def insertion(source: Source, span: Span, rule: str) -> Insertion | None:
    """Find the place for a comment that disables a rule at a span; None where the document would read otherwise.

    A line of its own above comes first, then the end of the line, then the place right after the span, as in the
    cell of a table. MDX knows no HTML comments, so it gets its own.
    """
    before, heard = _reading(source), _heard(source, rule)
    for place in _places(source, span, rule):
        changed = source.text[: place.offset] + place.text + source.text[place.offset :]
        after = Source(source.path, changed)
        if before is not None and _reading(after) == before and _heard(after, rule) == heard + 1:
            return place
    return None


def _places(source: Source, span: Span, rule: str) -> Iterator[Insertion]:
    opening, closing = ("{/*", "*/}") if source.path.lower().endswith(".mdx") else ("<!--", "-->")
    passage = next((p for p in read_markdown(source).passages if p.span.start <= span.start < p.span.end), None)
    start = max(span.start - (source.position(span.start)[1] - 1), source.text.startswith(BOM))
    line = _LINE.match(source.text, start)
    if line is None:
        return
    if passage is not None and passage.kind in _ALONE and passage.span.start >= start:
        end = line["end"] or "\n"
        if not source.text[start : passage.span.start].strip("# \t"):
            yield Insertion(start, f"{opening} evidencelint-disable-next-line {rule} {closing}{end}")
    inline = f"{opening} evidencelint-disable-line {rule} {closing}"
    if passage is None or passage.kind not in {"cell", "heading"}:
        # before the marks of a hard line break
        written = line["text"].removesuffix("\\").rstrip(" \t")
        yield Insertion(start + len(written), f" {inline}")
    yield Insertion(span.end, f" {inline}")


def _reading(source: Source) -> list[tuple[str, str, tuple[str, ...]]] | None:
    """Give the prose as it reads, blanks aside; None for what cannot be read."""
    try:
        passages = read_markdown(source).passages
    except EvidencelintError:
        return None
    return [(passage.kind, _words(passage), passage.headings) for passage in passages]


def _heard(source: Source, rule: str) -> int:
    """Count the directives that name a rule: one in code, say, is none."""
    try:
        return sum(rule in directive.rules for directive in read_directives(source))
    except EvidencelintError:
        return 0


def _words(passage: Passage) -> str:
    return " ".join(passage.text.split())
