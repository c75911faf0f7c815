r"""Find what a masked text cites: pandoc keys, undefined footnotes, keys inside MyST roles.

The caller has blanked code, links and URLs, and replaced every escaped character by NUL, so that
``\@name`` is not taken for a key.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from evidencelint.model import Citation, Span

_KEY = r"\w(?:[:.#$%&\-+?<>~/]?\w)*"
_TOKEN = re.compile(rf"[\[\]]|(?<![\w/.@&\\])-?@(?:\{{(?P<braced>[^{{}}\n]+)\}}|(?P<plain>{_KEY}))")
_WIKI_KEY = re.compile(rf"@(?P<key>{_KEY})")
_CROSS_REFERENCE = re.compile(
    r"(?:[Ff]ig|[Tt]bl|[Ll]st|[Ee]q|[Ss]ec|[Tt]hm|[Ll]em|[Cc]or|[Pp]rp|[Cc]nj|[Dd]ef|[Ee]xm|[Ee]xr|[Ss]ol"
    r"|[Rr]em|[Aa]lg|[Vv]id|[Tt]ip|[Nn]te|[Ww]rn|[Ii]mp|[Cc]au)-"
)
_FOOTNOTE = re.compile(r"\^[^\s\[\]^]+")
_NUMBERED = re.compile(r"\d{1,3}")
_CITE_ROLE = re.compile(r"(?:foot|full)*cite[a-z]*(?::[a-z]+)*", re.IGNORECASE)
_TEXTUAL = re.compile(r"(?:cite|:)(?:t|ts|al:t)$|textcite", re.IGNORECASE)
_ROLE_PART = re.compile(r"\{[^{}]*\}|(?P<key>[^\s;,`{}]+)")


@dataclass(frozen=True, slots=True)
class CitationScan:
    """What one stretch of text cites, and which parts of it are therefore not prose.

    ``notes`` are the insides of inline footnotes ``^[...]``; their marks are in ``hidden``.
    """

    citations: tuple[Citation, ...]
    hidden: tuple[Span, ...]
    notes: tuple[Span, ...]


@dataclass(slots=True)
class _Scan:
    text: str
    shift: int
    citations: list[Citation]
    hidden: list[Span]
    notes: list[Span]
    opened: list[int]
    pending: list[Span]
    last_key: int = -2

    def key(self, match: re.Match[str]) -> None:
        self.pending.append(Span(match.start(), match.end()))
        self.last_key = match.end()
        target = match["braced"] or match["plain"]
        if match["braced"] is None and is_cross_reference(target):
            return
        start = match.start() + (match[0][0] == "-")
        place = Span(start, match.end()).shift(self.shift)
        # a bracket that is never closed makes no group, but then the key is hardly part of a sentence either
        self.citations.append(Citation(place, "key", target, narrative=not self.opened))

    def close(self, end: int) -> None:
        if not self.opened:
            return
        start = self.opened.pop()
        keys = []
        while self.pending and self.pending[-1].start > start:
            keys.append(self.pending.pop())
        whole = Span(start, end)
        if self.text.startswith("^", start + 1) and _FOOTNOTE.fullmatch(self.text, start + 1, end - 1):
            label = self.text[start + 2 : end - 1]
            self.citations.append(Citation(whole.shift(self.shift), "footnote", label))
            self.hidden.append(whole)
        elif start > 0 and self.text[start - 1] == "^":
            self.notes.append(Span(start + 1, end - 1).shift(self.shift))
            self.hidden += (Span(start - 1, start + 1), Span(end - 1, end), *keys)
        elif keys or self._is_locator(start) or _NUMBERED.fullmatch(self.text, start + 1, end - 1):
            self.hidden.append(whole)

    def _is_locator(self, start: int) -> bool:
        """Tell whether a bracket follows an in-text key, as in ``@smith2020 [p. 33]``."""
        between = self.text[self.last_key : start] if start - self.last_key in (0, 1) else None
        return between is not None and not between.strip()


def scan_citations(text: str, span: Span | None = None) -> CitationScan:
    """Read the citations of ``text`` within ``span`` (default: all of it); offsets are those of ``text``.

    Bracketed groups go as a whole, with prefixes and locators; Quarto cross-references and
    numbered references such as ``[12]`` are hidden but cite nothing. Linear in the text.
    """
    where = span or Span(0, len(text))
    piece = text[where.start : where.end]
    if "@" not in piece and "[" not in piece:
        return CitationScan((), (), ())
    scan = _Scan(piece, where.start, [], [], [], [], [])
    for match in _TOKEN.finditer(piece):
        if match[0] == "[":
            scan.opened.append(match.start())
        elif match[0] == "]":
            scan.close(match.end())
        else:
            scan.key(match)
    hidden = sorted(each.shift(where.start) for each in (*scan.hidden, *scan.pending))
    citations = sorted(scan.citations, key=lambda each: each.span)
    return CitationScan(tuple(citations), tuple(hidden), _outermost(scan.notes))


def is_cross_reference(key: str) -> bool:
    """Tell whether a key is a Quarto cross-reference such as ``fig-flow``."""
    return _CROSS_REFERENCE.match(key) is not None


def is_cite_role(role: str) -> bool:
    """Tell whether a MyST role cites works (``cite``, ``cite:p``, ``footcite`` ...)."""
    return _CITE_ROLE.fullmatch(role) is not None


def role_citations(text: str, span: Span, role: str = "cite") -> Iterator[Citation]:
    """Yield the keys of a cite role; ``span`` covers its code span, back-ticks included.

    The textual roles (``cite:t``, ``citet``) name the authors within the sentence.
    """
    narrative = _TEXTUAL.search(role) is not None
    for match in _ROLE_PART.finditer(text, span.start, span.end):
        if match["key"] is not None:
            yield Citation(Span(match.start(), match.end()), "key", match["key"], narrative)


def wiki_citation(text: str, span: Span) -> Citation | None:
    """Read an Obsidian literature note, ``[[@key]]`` or ``[[@key|alias]]``, covered by ``span``."""
    match = _WIKI_KEY.match(text, span.start + 2, span.end)
    return match and Citation(Span(match.start(), match.end()), "key", match["key"])


def _outermost(notes: list[Span]) -> tuple[Span, ...]:
    kept: list[Span] = []
    for note in sorted(notes):
        if not kept or note.start >= kept[-1].end:
            kept.append(note)
    return tuple(kept)
