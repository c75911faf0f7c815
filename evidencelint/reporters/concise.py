"""One line per finding: ``path:line:column: CODE name message``."""

from __future__ import annotations

from evidencelint.reporters.run import Run, clean, slashes


def render(run: Run) -> str:
    """Render the findings, one a line; nothing when there are none."""
    return "".join(
        f"{slashes(d.path)}:{d.line}:{d.column}: {d.code} {d.name} {clean(d.message)}\n" for d in run.diagnostics()
    )
