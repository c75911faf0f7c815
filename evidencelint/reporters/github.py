"""Annotations for GitHub Actions: one workflow command per finding, and a line that says what there is."""

from __future__ import annotations

from collections.abc import Iterator

from evidencelint.diagnostics import Diagnostic
from evidencelint.reporters.full import summary
from evidencelint.reporters.numbers import in_words
from evidencelint.reporters.run import Run, clean

_COMMANDS = {"error": "error", "warning": "warning", "info": "notice"}
_MOST_SHOWN = 10


def render(run: Run) -> str:
    """Render the findings, the severest first: the service shows ten of each kind and step."""
    lines = [_line(run, found) for found in run.by_severity()]
    for where, message in run.failures():
        properties = {
            "file": run.repository_path(where.path),
            "line": str(where.line),
            "title": "EL901 unreadable-document",
        }
        lines.append(_command("error", properties, clean(message)))
    return "".join(f"{line}\n" for line in (*lines, *_tail(run)))


def _tail(run: Run) -> Iterator[str]:
    counts = run.summary()
    if max(counts["errors"], counts["warnings"], counts["infos"]) > _MOST_SHOWN:
        yield f"GitHub shows {_MOST_SHOWN} annotations of each kind; all findings are in the log and in the job summary"
    if not run.quiet:
        yield summary(run)
        yield in_words(run.accounts())
    yield clean(run.provenance())


def _line(run: Run, found: Diagnostic) -> str:
    properties = {
        "file": run.repository_path(found.path),
        "line": str(found.line),
        "endLine": str(found.end_line),
        "title": f"{found.code} {found.name}",
    }
    if found.line == found.end_line:
        # the service drops columns, with a warning, where they are of two lines
        properties |= {"col": str(found.column), "endColumn": str(found.end_column)}
    quotes = "".join(f"\n{clean(fact.id)}: “{clean(fact.quote)}”" for fact in found.facts)
    return _command(_COMMANDS[found.severity], properties, f"{clean(found.message)}{quotes}")


def _command(name: str, properties: dict[str, str], message: str) -> str:
    shown = ",".join(f"{key}={_property(clean(value))}" for key, value in properties.items())
    return f"::{name} {shown}::{_data(message)}"


def _data(text: str) -> str:
    return text.replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")


def _property(text: str) -> str:
    return _data(text).replace(":", "%3A").replace(",", "%2C")
