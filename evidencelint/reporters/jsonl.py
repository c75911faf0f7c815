"""One JSON object per finding and line, each with what made it; nothing when there are none."""

from __future__ import annotations

from evidencelint.reporters.json_report import diagnostic
from evidencelint.reporters.run import Run, as_json


def render(run: Run) -> str:
    """Render the findings, and the documents that could not be checked as findings of unreadable-document."""
    tool = {"name": "evidencelint", "version": run.version, "model": run.model}
    lines: list[dict[str, object]] = []
    for found in run.diagnostics():
        base = run.bases.get(found.path)
        facts = None if base is None else {"path": base.path.replace("\\", "/"), "fingerprint": base.fingerprint}
        lines.append({**diagnostic(found), "tool": tool, "fact_base": facts})
    for where, message in run.failures():
        lines.append(
            {
                "code": "EL901", "name": "unreadable-document", "verdict": "tool", "severity": "error",
                "path": where.path.replace("\\", "/"), "line": where.line, "column": where.column,
                "message": message, "tool": tool, "fact_base": None,
            }
        )  # fmt: skip
    return "".join(f"{as_json(line)}\n" for line in lines)
