"""Checkstyle XML, which Jenkins, reviewdog and many others read."""

from __future__ import annotations

from collections.abc import Iterator

from evidencelint.reporters.run import Run, slashes
from evidencelint.reporters.xml_text import HEAD, start, text


def render(run: Run) -> str:
    """Render the findings by document."""
    return HEAD + "".join(f"{line}\n" for line in _lines(run))


def _lines(run: Run) -> Iterator[str]:
    # the version is the format's; the names after it are our own, which readers pass over
    yield start("checkstyle", {"version": "4.3"})
    yield f"  <!-- {text([run.provenance()]).replace('--', '- -')} -->"
    for file in run.files:
        yield start("file", {"name": slashes(file.path)})
        for found in file.diagnostics:
            attributes = {
                "line": found.line,
                "column": found.column,
                "severity": found.severity,
                "message": f"{found.name}: {found.message}",
                "source": f"evidencelint.{found.code}",
            }
            yield "  " + start("error", attributes, empty=True)
        if file.error is not None:
            line = file.error.position.line if file.error.position is not None else 1
            attributes = {
                "line": line,
                "severity": "error",
                "message": f"unreadable-document: {file.error.message}",
                "source": "evidencelint.EL901",
            }
            yield "  " + start("error", attributes, empty=True)
        yield "</file>"
    yield "</checkstyle>"
