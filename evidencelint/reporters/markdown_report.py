"""A summary in Markdown, for job summaries and merge requests."""

from __future__ import annotations

import re
from collections.abc import Iterator

from evidencelint.diagnostics import Diagnostic
from evidencelint.reporters.full import summary
from evidencelint.reporters.numbers import in_words
from evidencelint.reporters.run import Run, clean, slashes

_MARKS = re.compile(r"[\\`*_{}\[\]<>#!|~@&$^=]|:(?=/)")
_MOST_SHOWN = 200
_LONGEST = 600
_LABELS = {"error": "error", "warning": "warning", "info": "note"}


def render(run: Run) -> str:
    """Render a table of the findings, the severest first."""
    return "".join(f"{line}\n" for line in _lines(run))


def _lines(run: Run) -> Iterator[str]:
    found = run.by_severity()
    yield "### evidencelint"
    yield ""
    yield _text(summary(run))
    yield ""
    yield _text(in_words(run.accounts()))
    yield ""
    if found:
        yield "| place | severity | rule | finding | fact |"
        yield "| --- | --- | --- | --- | --- |"
        yield from (_row(each) for each in found[:_MOST_SHOWN])
        yield ""
    if len(found) > _MOST_SHOWN:
        yield f"{len(found) - _MOST_SHOWN} more are not shown."
        yield ""
    failures = [f"- {_code(f'{slashes(where.path)}:{where.line}')}: {_text(why)}" for where, why in run.failures()]
    if failures:
        yield "Could not be checked:"
        yield ""
        yield from failures
        yield ""
    yield f"<sub>{_text(run.provenance())}</sub>"


def _row(found: Diagnostic) -> str:
    facts = "<br>".join(f"{_code(fact.id)}: “{_text(fact.quote)}”" for fact in found.facts)
    place = _code(f"{slashes(found.path)}:{found.line}:{found.column}")
    rule = f"{found.code} {found.name}"
    return f"| {place} | {_LABELS[found.severity]} | {rule} | {_text(found.message)} | {facts} |"


def _code(text: str) -> str:
    return f"<code>{_text(text)}</code>"


def _text(text: str) -> str:
    """Write every mark that Markdown or HTML could read as its number, and keep names from calling people."""
    shown = clean(text)
    if len(shown) > _LONGEST:
        shown = f"{shown[:_LONGEST]}…"
    return _MARKS.sub(_numbered, shown)


def _numbered(match: re.Match[str]) -> str:
    char = match[0]
    # a word joiner, because services look for names and numbers of issues after the entities are read
    return f"&#{ord(char)};&#8288;" if char in "@#" else f"&#{ord(char)};"
