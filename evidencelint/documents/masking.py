"""Find, in what the Markdown parser leaves as text, the parts that are not prose.

All functions read a masked text of the whole document: prose in place, everything else blank,
lines ended by LF, escaped characters replaced by NUL. They give spans to blank; all are linear.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from evidencelint.diagnostics import Span

_NOT_NEWLINE = re.compile(r"[^\n]")
_LINE = re.compile(r"([^\r\n]*)(\r\n|\r|\n|\Z)")
_FENCE = re.compile(r"([ \t>]*)(:{3,}.*)", re.DOTALL)
_FENCE_OPTION = re.compile(r"([ \t>]*)(:[A-Za-z][\w-]*:(?:[ \t].*)?)", re.DOTALL)
_COMMENT_MARK = re.compile(r"%%|\{/\*|\*/\}")
_URL = re.compile(r"(?<![\w@])(?:(?:https?|ftp)://|www\.(?=\w)|mailto:)", re.IGNORECASE)
_URL_REST = re.compile(r"[^\s<>|`]*")
_DOI = re.compile(r"(?<![\w.])(?:doi:[ ]?)?10\.\d{4,9}/[^\s<>|]+", re.IGNORECASE)
_WIKI_TARGET = re.compile(r"\]\](\([^()\s]*\))")
_TRAILING = ".,;:!?'\")]}*_~”’"
_EARLY = re.compile(
    r"(?<![\w.+-])\w[\w.+-]*(?<=\w)@[\w-]+(?:\.[\w-]+)+"  # an e-mail address
    r"|\{\{[^{}\n]*\}\}|\{%[^{}\n]*%\}"  # a template or shortcode
)
_LATE = re.compile(
    r"\{[ \t]*(?:[#.:][^{}\n]*|[\w-]+=[^{}\n]*)\}"  # an attribute list
    r"|(?<!\S)\^[A-Za-z0-9-]+[ \t]*$"  # an Obsidian block id
    r"|^[ \t]*\[![\w|\- ]+\][+-]?"  # the marker of a callout
    r"|^[ \t]*\([^()\s]+\)=[ \t]*$"  # a MyST target
    r"|(?<![\w:]):[a-z0-9_+-]+:(?!\w)",  # an emoji name
    re.MULTILINE,
)
_ROLE = re.compile(r"\{([\w:+.-]+)\}\Z")
_ROLE_REACH = 60


def blank(text: str, spans: Iterable[Span]) -> str:
    """Replace the spans by spaces, line ends kept; the length stays the same."""
    pieces: list[str] = []
    done = 0
    for span in sorted(spans):
        start = max(span.start, done)
        if span.end <= start:
            continue
        pieces += (text[done:start], _NOT_NEWLINE.sub(" ", text[start : span.end]))
        done = span.end
    pieces.append(text[done:])
    return "".join(pieces)


def blank_fences(text: str) -> str:
    """Empty the ``:::`` lines and the options after them, keeping the length in UTF-8 bytes.

    The parser then sees them as the blank lines they amount to, not as definitions.
    """
    if ":::" not in text:
        return text
    lines: list[str] = []
    after = False
    for match in _LINE.finditer(text):
        line = _FENCE.fullmatch(match[1]) or (_FENCE_OPTION.fullmatch(match[1]) if after else None)
        after = line is not None
        body = match[1] if line is None else line[1] + " " * len(line[2].encode())
        lines.append(body + match[2])
    return "".join(lines)


def comments(masked: str, source: str) -> Iterator[Span]:
    """Yield Obsidian ``%%...%%`` and MDX ``{/*...*/}`` comments.

    A comment may run over several lines only when it opens at the start of one. ``67%%`` opens nothing.
    Marks are read from the source, since the parser takes ``/*a*/`` for emphasis.
    """
    opened: re.Match[str] | None = None
    for match in _COMMENT_MARK.finditer(source):
        mark = match[0]
        if opened is not None and (mark == "%%") == (opened[0] == "%%"):
            if mark == "{/*":
                continue
            if masked.find("\n", opened.end(), match.start()) < 0 or _starts_line(masked, opened.start()):
                yield Span(opened.start(), match.end())
                opened = None
                continue
        elif opened is not None:
            continue
        opened = match if _opens(masked, match) else None


def _opens(masked: str, match: re.Match[str]) -> bool:
    start = match.start()
    if match[0] == "%%":
        before = masked[start - 1] if start else " "
        return masked.startswith("%%", start) and not before.isdigit()
    return match[0] == "{/*" and masked[start] == "{"


def _starts_line(masked: str, offset: int) -> bool:
    return not masked[masked.rfind("\n", 0, offset) + 1 : offset].strip()


def urls(masked: str, source: str) -> Iterator[Span]:
    """Yield bare URLs and DOIs without the punctuation that ends their sentence, and the target of ``[[1]](#r)``.

    The end is sought in the source: escapes and entities inside a URL are part of it.
    """
    done = 0
    for match in _URL.finditer(masked):
        if match.start() < done or masked.endswith("@{", 0, match.start()):
            continue
        rest = _URL_REST.match(source, match.end())
        end = rest.end() if rest else match.end()
        done = match.start() + len(source[match.start() : end].rstrip(_TRAILING))
        yield Span(match.start(), done)
    for match in _DOI.finditer(masked):
        if not masked.endswith(("@", "@{"), 0, match.start()):
            yield Span(match.start(), match.start() + len(match[0].rstrip(_TRAILING)))
    for match in _WIKI_TARGET.finditer(source):
        if masked.startswith("  (", match.start()):
            yield Span(match.start(1), match.end(1))


def before_citations(masked: str) -> Iterator[Span]:
    """Yield what holds an ``@`` or a brace but cites nothing: e-mail addresses, shortcodes."""
    for match in _EARLY.finditer(masked):
        yield Span(match.start(), match.end())


def after_citations(masked: str) -> Iterator[Span]:
    """Yield attribute lists, block ids, callout markers, MyST targets and emoji names."""
    for match in _LATE.finditer(masked):
        yield Span(match.start(), match.end())


def role_before(masked: str, offset: int) -> tuple[str, Span] | None:
    """Read the ``{role}`` that ends at ``offset``, where a code span begins."""
    if not masked.endswith("}", 0, offset):
        return None
    first = max(0, offset - _ROLE_REACH)
    match = _ROLE.search(masked[first:offset])
    return match and (match[1], Span(first + match.start(), offset))
