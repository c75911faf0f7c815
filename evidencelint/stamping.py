"""Finding -> Diagnostic: severity, position and an identity that no line number is part of."""

from __future__ import annotations

import hashlib
from typing import TYPE_CHECKING, cast

from evidencelint.diagnostics import Diagnostic, Severity, Verdict
from evidencelint.rules import Rule
from evidencelint.source import Source

if TYPE_CHECKING:
    from evidencelint.model import Finding

SURE_ENOUGH = 0.5
_LONGEST = 2_000


def stamp(rule: Rule, finding: Finding, source: Source, seen: dict[str, int]) -> Diagnostic:
    """Turn a finding into a diagnostic; ``seen`` counts its like in the document, to tell them apart."""
    line, column = source.position(finding.span.start)
    end_line, end_column = source.position(finding.span.end)
    text = source.text[finding.span.start : finding.span.end]
    # a clause without an end is shown around the place: each of its findings would repeat all of it
    start = max(finding.claim.start, finding.span.start - _LONGEST)
    claim = " ".join(source.text[start : min(finding.claim.end, finding.span.end + _LONGEST)].split())
    severity: Severity = rule.severity if finding.confidence >= SURE_ENOUGH else "info"
    identity = "\n".join((rule.code, *(fact.id for fact in finding.facts), claim, text))
    ordinal = seen.get(identity, 0)
    seen[identity] = ordinal + 1
    return Diagnostic(
        code=rule.code,
        name=rule.name,
        verdict=cast("Verdict", rule.verdict),
        severity=severity,
        confidence=round(finding.confidence, 2),
        path=source.path,
        line=line,
        column=column,
        end_line=end_line,
        end_column=end_column,
        span=finding.span,
        text=text,
        claim=claim,
        message=finding.message,
        expected=finding.expected,
        facts=finding.facts,
        fix=finding.fix,
        details=finding.details,
        fingerprint=hashlib.sha256(f"{identity}\n{ordinal}".encode()).hexdigest()[:16],
    )
