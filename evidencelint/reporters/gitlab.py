"""GitLab Code Quality: a JSON list of issues with fingerprints that survive moved lines."""

from __future__ import annotations

import hashlib

from evidencelint.reporters.run import Run, as_json, clean

_SEVERITIES = {"error": "major", "warning": "minor", "info": "info"}


def render(run: Run) -> str:
    """Render the findings; other fields than GitLab's own, which it ignores, say what made the report."""
    issues = [
        _issue(
            run,
            (found.path, found.line, found.end_line),
            f"{found.code} {found.name}",
            clean(found.message),
            _SEVERITIES[found.severity],
            found.fingerprint,
        )
        for found in run.diagnostics()
    ]
    for where, message in run.failures():
        place = (where.path, where.line, where.line)
        issues.append(_issue(run, place, "EL901 unreadable-document", clean(message), "critical", "unreadable"))
    return as_json(issues, indent=1) + "\n"


def _issue(
    run: Run, place: tuple[str, int, int], check: str, message: str, severity: str, fingerprint: str
) -> dict[str, object]:
    path, first, last = place
    shown = run.repository_path(path)
    # only the first issue with a fingerprint is shown: the document is part of it
    identity = hashlib.sha256(f"{shown}\n{check}\n{fingerprint}".encode("utf-8", "replace")).hexdigest()[:32]
    return {
        "description": f"{check}: {message}",
        "check_name": check.partition(" ")[2],
        "fingerprint": identity,
        "severity": severity,
        "location": {"path": shown, "lines": {"begin": first, "end": last}},
        "engine_name": "evidencelint",
        "content": {"body": clean(run.provenance(path))},
    }
