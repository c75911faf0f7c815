"""What a strict project reports: every claim that no fact speaks to."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from evidencelint.accounts import FigureReport
from evidencelint.model import Diagnostic, Finding
from evidencelint.outcome import ClaimReport, FileReport
from evidencelint.rules import find_rule
from evidencelint.source import Source
from evidencelint.stamping import stamp
from evidencelint.vocabulary import general_vocabulary

FIGURE, STATEMENT = "unmatched-figure", "unmatched-statement"
# reported only where a project is strict, or names them
STRICT = frozenset({FIGURE, STATEMENT})
STRICT_CODES = frozenset({"EL108", "EL205"})
_UNSUPPORTED = "unsupported-figure"
# what fails a strict run whatever else does
FAILING = frozenset({FIGURE, _UNSUPPORTED})
_TOPICAL = ("measure", "population", "arm")
_EVEN = 0.5


def with_unmatched(
    report: FileReport, source: Source, kept: Iterable[Diagnostic], enabled: frozenset[str]
) -> list[Diagnostic]:
    """Add to the diagnostics of a document those of its unmatched figures and statements, as far as ``enabled``.

    A figure that another warning or error speaks of is not told twice, and a note on one gives way.
    """
    unmatched = {f.span: f for f in report.settled_figures() if f.account == "unmatched"} if FIGURE in enabled else {}
    told = [d for d in kept if not (d.name == _UNSUPPORTED and d.severity == "info" and d.span in unmatched)]
    loud = [d for d in told if d.severity != "info"]
    findings = [
        _of_figure(figure, report.claims)
        for figure in unmatched.values()
        if not any(d.span.overlaps(figure.span) for d in loud)
    ]
    if STATEMENT in enabled and not report.off_topic:
        findings += _of_statements(report.claims, told)
    seen: dict[str, int] = {}
    new = [stamp(find_rule(finding.rule), finding, source, seen) for finding in findings]
    return sorted((*told, *new), key=lambda found: (found.span, found.code, found.message))


def _of_figure(figure: FigureReport, claims: Iterable[ClaimReport]) -> Finding:
    clause = next((claim.span for claim in claims if claim.span.overlaps(figure.span)), figure.span)
    nearest = f"; the nearest is `{figure.facts[0].id}`" if figure.facts else ""
    message = f"no fact speaks to {figure.text}{nearest}"
    return Finding(FIGURE, figure.span, clause, message, _EVEN, facts=figure.facts)


def _of_statements(claims: Iterable[ClaimReport], told: list[Diagnostic]) -> Iterator[Finding]:
    for claim in claims:
        open_ = claim.verdict is None and not claim.grounds and claim.kind not in {"none", "numeric"}
        if open_ and _on_topic(claim) and not any(d.span.overlaps(claim.span) for d in told):
            message = f"no fact speaks to this {claim.kind} claim"
            yield Finding(STATEMENT, claim.span, claim.span, message, _EVEN)


def _on_topic(claim: ClaimReport) -> bool:
    """Tell whether a clause names something of the fact base, or stands where it is spoken of."""
    general = general_vocabulary().concepts
    return any((slot, name) not in general for slot in _TOPICAL for name in claim.slots[slot])
