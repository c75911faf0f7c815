"""Reviewdog's diagnostic formats: columns count UTF-8 bytes, and no field beside its own is allowed."""

from __future__ import annotations

from evidencelint.diagnostics import Diagnostic, Fix
from evidencelint.reporters.run import Run, as_json, clean
from evidencelint.source import Source

_SEVERITIES = {"error": "ERROR", "warning": "WARNING", "info": "INFO"}


def render(run: Run) -> str:
    """Render one DiagnosticResult."""
    result: dict[str, object] = {"source": {"name": "evidencelint"}, "diagnostics": _diagnostics(run)}
    return as_json(result, indent=1) + "\n"


def render_lines(run: Run) -> str:
    """Render one Diagnostic a line."""
    source = {"source": {"name": "evidencelint"}}
    return "".join(f"{as_json({**found, **source})}\n" for found in _diagnostics(run))


def _diagnostics(run: Run) -> list[dict[str, object]]:
    items: list[dict[str, object]] = []
    for file in run.files:
        source = run.source(file.path)
        items += [_diagnostic(run, source, found) for found in file.diagnostics]
    for where, message in run.failures():
        place = {"line": where.line, "column": 1}
        items.append(
            {
                "message": clean(message),
                "location": {"path": _path(where.path), "range": {"start": place}},
                "severity": "ERROR",
                "code": {"value": "EL901"},
                "original_output": clean(run.provenance(where.path)),
            }
        )
    return items


def _path(path: str) -> str:
    return path.replace("\\", "/")


def _diagnostic(run: Run, source: Source, found: Diagnostic) -> dict[str, object]:
    item: dict[str, object] = {
        "message": clean(f"{found.name}: {found.message}"),
        "location": {"path": _path(found.path), "range": _range(source, found.span.start, found.span.end)},
        "severity": _SEVERITIES[found.severity],
        "code": {"value": found.code},
        "original_output": clean(run.provenance(found.path)),
    }
    if found.fix is not None:
        item["suggestions"] = [_suggestion(source, found.fix)]
    if found.facts:
        item["related_locations"] = [
            {
                "message": clean(f"fact {fact.id}: “{fact.quote}”"),
                "location": {
                    "path": _path(fact.position.path),
                    "range": {"start": {"line": fact.position.line, "column": fact.position.column}},
                },
            }
            for fact in found.facts
        ]
    return item


def _suggestion(source: Source, fix: Fix) -> dict[str, object]:
    return {"range": _range(source, fix.span.start, fix.span.end), "text": fix.replacement}


def _range(source: Source, start: int, end: int) -> dict[str, object]:
    return {"start": _position(source, start), "end": _position(source, end)}


def _position(source: Source, offset: int) -> dict[str, int]:
    line, _ = source.position(offset)
    before = source.text[source.line_start(offset) : offset]
    return {"line": line, "column": len(before.encode("utf-8", "surrogatepass")) + 1}
