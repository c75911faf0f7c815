"""Comments of a document that speak to the linter, read from where a comment can stand.

HTML ``<!-- -->``, MDX ``{/* */}``, Obsidian ``%% %%``, the link definition that serves as a comment
(``[//]: # (…)``) and a footnote of its own (``[^off]: …``). What stands in code or math is none.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal, cast, get_args

import pyromark

from evidencelint.configuration.settings import TOOL
from evidencelint.diagnostics import Span
from evidencelint.documents.events import OPTIONS
from evidencelint.documents.frontmatter import read_front_matter
from evidencelint.documents.masking import blank_fences
from evidencelint.errors import EvidencelintError
from evidencelint.rules import find_rule
from evidencelint.source import Source
from evidencelint.yamlio import suggest

Verb = Literal["disable", "enable", "disable-line", "disable-next-line", "disable-file"]
VERBS: tuple[Verb, ...] = get_args(Verb)

# nothing here may run past the next opening mark, so that marks without an end cost no more than others
_OTHER = re.compile(
    r"\{/\*(?P<mdx>\s*evidencelint(?:[^*{]|\*(?!/))*)\*/\}"
    r"|%%(?P<obsidian>\s*evidencelint(?:[^%]|%(?!%))*)%%"
    r"|^[ >\t]*\[(?:\^[^\]\r\n]+\]:[ \t]*(?P<note>evidencelint-[^\r\n]*)"
    r"|[^\]\r\n]+\]:(?:[ \t]*(?:<\#?>?|\#>?|>))?[ \t]+(?P<link>\"[^\r\n]*\"|'[^\r\n]*'|\([^\r\n]*\))[ \t]*\r?$)",
    re.MULTILINE,
)
_DIRECTIVE = re.compile(r"\s*evidencelint(?P<mark>-|:?\s+(?=disable|enable))(?P<verb>[\w-]*)(?P<rest>.*)", re.DOTALL)
_REASON = re.compile(r"\breason\s*=\s*(?:\"([^\"]*)\"|'([^']*)'|“([^“”]*)”)")
_SPLIT = re.compile(r"[\s,]+")
_CODE_LENGTH = len("EL101")
_CODE = frozenset({"Code", "InlineMath", "DisplayMath"})


@dataclass(frozen=True, slots=True)
class Directive:
    """One comment that speaks to us; ``rules`` are names, ``problem`` says what is wrong with it, if anything."""

    span: Span
    verb: Verb | None
    rules: tuple[str, ...]
    reason: str
    problem: str


def read_directives(source: Source) -> tuple[Directive, ...]:
    """Read the directives of a document, in order."""
    if TOOL not in source.text:
        return ()
    return tuple(directive for span, body in _comments(source) if (directive := _read(span, body)) is not None)


def _read(span: Span, body: str) -> Directive | None:
    match = _DIRECTIVE.fullmatch(body)
    if match is None:
        return None
    rest = match["rest"]
    given = _REASON.search(rest)
    reason = next((part for part in given.groups() if part is not None), "") if given is not None else ""
    words = tuple(word for word in _SPLIT.split(_REASON.sub(" ", rest)) if word)
    problem = _problem(match["mark"], match["verb"], words)
    verb = cast("Verb", match["verb"]) if match["verb"] in VERBS else None
    rules = () if problem else tuple(find_rule(word).name for word in words)
    return Directive(span, verb, rules, " ".join(reason.split()), problem)


def _problem(mark: str, verb: str, words: tuple[str, ...]) -> str:
    if verb not in VERBS:
        return f"no directive {TOOL}-{verb}{suggest(verb, VERBS)}"
    if mark != "-":
        return f"write {TOOL}-{verb}, with a hyphen"
    if not words and verb != "enable":
        return f"{TOOL}-{verb} names no rule; name those that are meant"
    return next(filter(None, map(_no_rule, words)), "")


def _no_rule(word: str) -> str:
    if word.startswith("reason"):
        return 'the reason needs quotes: reason="…"'
    try:
        rule = find_rule(word)
    except EvidencelintError as error:
        several = word.upper().startswith("EL") and len(word) < _CODE_LENGTH
        return f"{word} names several rules; name each that is meant" if several else error.message
    tool = rule.family == "tool"
    return f"{rule.name} cannot be disabled in a document; ignore it in the configuration" if tool else ""


def _comments(source: Source) -> Iterator[tuple[Span, str]]:
    text = source.text
    html, code = _regions(text, read_front_matter(source).body)
    found = [comment for region in html for comment in _in_html(text, region)]
    taken = sorted((*code, *html))
    starts = [span.start for span in taken]
    for match in _OTHER.finditer(text):
        body = match["mdx"] or match["obsidian"] or match["note"] or (match["link"] or "")[1:-1]
        at = bisect_right(starts, match.start()) - 1
        if TOOL in body and not (at >= 0 and match.start() < taken[at].end):
            found.append((Span(match.start(), match.end()), body))
    yield from sorted(found)


def _in_html(text: str, region: Span) -> Iterator[tuple[Span, str]]:
    start = text.find("<!--", region.start, region.end)
    while start >= 0:
        end = text.find("-->", start, region.end)
        if end < 0:
            return
        yield Span(start, end + 3), text[start + 4 : end]
        start = text.find("<!--", end, region.end)


def _regions(text: str, start: int) -> tuple[list[Span], list[Span]]:
    """Give the stretches of HTML, and those of code and math."""
    prepared = blank_fences(text[start:])
    body = text[start:].encode()
    html: list[Span] = []
    code: list[Span] = []
    done = chars = 0
    for event, where in pyromark.events_with_range(prepared, options=OPTIONS):
        name, value = next(iter(event.items())) if isinstance(event, dict) else (event, None)
        tag = next(iter(value)) if isinstance(value, dict) else value
        is_html = name == "InlineHtml" or (name == "Start" and tag == "HtmlBlock")
        if is_html or name in _CODE or (name == "Start" and tag == "CodeBlock"):
            if where["start"] < done:
                continue
            chars += len(body[done : where["start"]].decode())
            first = start + chars
            chars += len(body[where["start"] : where["end"]].decode())
            done = where["end"]
            (html if is_html else code).append(Span(first, start + chars))
    return html, code
