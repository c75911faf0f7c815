"""The report for people: each finding with its line, the fact, its quote, and what differs."""

from __future__ import annotations

import re
from collections.abc import Iterator

from evidencelint.diagnostics import Diagnostic
from evidencelint.reporters.numbers import in_words
from evidencelint.reporters.run import Run, clean, slashes
from evidencelint.wording import count

_WIDTH = 96
_BEFORE = 30
_REST_OF_LINE = re.compile(r"[^\r\n]*")
_COLOURS = {"error": "31", "warning": "33", "info": "36"}


def render(run: Run) -> str:
    """Render the findings, what there is in all, and how its figures are accounted for."""
    blocks = ["\n".join(_block(run, diagnostic)) + "\n" for diagnostic in run.diagnostics()]
    return "\n".join([*blocks, "" if run.quiet else f"{summary(run)}\n{in_words(run.accounts())}\n"])


def summary(run: Run) -> str:
    """Count files, claims and findings in one line."""
    counts = run.summary()
    parts = [count(counts["errors"], "error"), count(counts["warnings"], "warning"), count(counts["infos"], "note")]
    checked = f"{count(counts['claims'], 'claim')} in {count(counts['files'], 'file')}"
    unread = sum(not file.checked for file in run.files)
    missing = f"; {count(unread, 'file')} could not be checked" if unread else ""
    hidden = f", {counts['suppressed']} suppressed" if counts["suppressed"] else ""
    fixes = sum(found.fix is not None and found.fix.safe for found in run.diagnostics())
    fixable = f"; {fixes} can be fixed by --fix" if fixes else ""
    return f"{checked}: {counts['supported']} supported, {', '.join(parts)}{hidden}{fixable}{missing}"


def _block(run: Run, found: Diagnostic) -> Iterator[str]:
    label = _paint(run, f"{found.severity} {found.code} {found.name}", _COLOURS[found.severity])
    yield f"{slashes(found.path)}:{found.line}:{found.column}: {label}: {clean(found.message)}"
    yield from _excerpt(run, found)
    for fact in found.facts:
        place = f"{slashes(fact.position.path)}:{fact.position.line}"
        yield f"   = fact: {clean(fact.id)} ({clean(fact.source)}, {place})"
        yield f"   = quote: “{clean(fact.quote)}”"
    for detail in found.details:
        yield f"   = {clean(detail)}"
    if found.fix is not None:
        kind = "fix" if found.fix.safe else "suggestion"
        yield f"   = {kind}: replace by “{clean(found.fix.replacement)}”"


def _excerpt(run: Run, found: Diagnostic) -> Iterator[str]:
    text = run.texts[found.path]
    start = found.span.start - (found.column - 1)
    rest = _REST_OF_LINE.match(text, start)
    line = rest[0] if rest is not None else ""
    first = found.column - 1
    last = found.end_column - 1 if found.end_line == found.line else len(line)
    shift = max(0, first - _BEFORE) if len(line) > _WIDTH else 0
    shown = line[shift : shift + _WIDTH]
    head = "…" if shift else ""
    tail = "…" if shift + _WIDTH < len(line) else ""
    marks = " " * len(head + clean(line[shift:first])) + "^" * max(
        1, len(clean(line[first : min(last, shift + _WIDTH)]))
    )
    number = str(found.line)
    yield f"{number:>5} | {head}{clean(shown)}{tail}"
    yield f"{'':>5} | {_paint(run, marks, _COLOURS[found.severity])}"


def _paint(run: Run, text: str, colour: str) -> str:
    return f"\x1b[{colour}m{text}\x1b[0m" if run.colour else text
