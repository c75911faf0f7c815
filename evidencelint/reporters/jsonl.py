"""One JSON object per finding and line, each with what made it; nothing when there are none."""

from __future__ import annotations

from evidencelint.reporters.json_report import diagnostic
from evidencelint.reporters.run import Run, as_json


def render(run: Run) -> str:
    """Render the findings, and the documents that could not be checked as findings of unreadable-document."""
    tool = {"name": "evidencelint", "version": run.version, "model": run.model}
    lines: list[dict[str, object]] = []
    for found in run.diagnostics():
        bases = [
            {"path": base.path.replace("\\", "/"), "fingerprint": base.fingerprint}
            for base in run.bases.get(found.path, ())
        ]
        more = {"fact_base": bases[0] if bases else None, "fact_bases": bases}
        lines.append({**diagnostic(found), "tool": tool, **more})
    for where, message in run.failures():
        lines.append(
            {
                "code": "EL901", "name": "unreadable-document", "verdict": "tool", "severity": "error",
                "path": where.path.replace("\\", "/"), "line": where.line, "column": where.column,
                "message": message, "tool": tool, "fact_base": None, "fact_bases": [],
            }
        )  # fmt: skip
    return "".join(f"{as_json(line)}\n" for line in lines)
