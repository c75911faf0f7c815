"""JUnit XML: a suite per document, a test case per finding, and one that passes where there is none."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from evidencelint.diagnostics import Diagnostic
from evidencelint.reporters.numbers import in_words
from evidencelint.reporters.run import Run, slashes
from evidencelint.reporters.xml_text import HEAD, start, text

if TYPE_CHECKING:
    from evidencelint.outcome import FileReport


def render(run: Run) -> str:
    """Render the findings by document."""
    return HEAD + "".join(f"{line}\n" for line in _lines(run))


def _lines(run: Run) -> Iterator[str]:
    found = sum(len(file.diagnostics) for file in run.files)
    errors = sum(file.error is not None for file in run.files)
    tests = sum(max(1, len(file.diagnostics)) for file in run.files)
    yield start("testsuites", {"name": "evidencelint", "tests": tests, "failures": found, "errors": errors})
    for file in run.files:
        yield from (f"  {line}" for line in _suite(run, file))
    yield "</testsuites>"


def _suite(run: Run, file: FileReport) -> Iterator[str]:
    path = slashes(file.path)
    counts = {"tests": max(1, len(file.diagnostics)), "failures": len(file.diagnostics), "skipped": 0}
    yield start("testsuite", {"name": path, **counts, "errors": int(file.error is not None), "time": "0"})
    yield "  <properties>"
    yield "    " + start("property", {"name": "provenance", "value": run.provenance(file.path)}, empty=True)
    yield "    " + start("property", {"name": "numbers", "value": in_words(file.accounts())}, empty=True)
    yield "  </properties>"
    for found in file.diagnostics:
        attributes = {"name": f"{found.code} {found.name}", "classname": path, "line": found.line}
        yield "  " + start("testcase", {**attributes, "column": found.column, "file": path, "time": "0"})
        kind = {"type": found.severity, "message": found.message}
        yield "    " + start("failure", kind) + text(_account(found)) + "</failure>"
        yield "  </testcase>"
    if file.error is not None:
        yield "  " + start("testcase", {"name": "EL901 unreadable-document", "classname": path, "time": "0"})
        yield "    " + start("error", {"type": "error", "message": file.error.message}) + text([str(file.error)])
        yield "    </error>"
        yield "  </testcase>"
    elif not file.diagnostics:
        yield "  " + start("testcase", {"name": "evidencelint", "classname": path, "time": "0"}, empty=True)
    yield "</testsuite>"


def _account(found: Diagnostic) -> list[str]:
    lines = [f"{slashes(found.path)}:{found.line}:{found.column}: {found.message}", f"claim: {found.claim}"]
    lines += [f"fact {fact.id} ({fact.position.path}:{fact.position.line}): “{fact.quote}”" for fact in found.facts]
    return [*lines, *(f"= {detail}" for detail in found.details)]
