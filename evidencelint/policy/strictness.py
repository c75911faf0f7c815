"""What a strict project reports: every claim that no fact speaks to."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING

from evidencelint.accounts import FigureReport
from evidencelint.diagnostics import Diagnostic
from evidencelint.outcome import FileReport
from evidencelint.rules import find_rule
from evidencelint.source import Source
from evidencelint.spans import Spans
from evidencelint.stamping import stamp

if TYPE_CHECKING:
    from evidencelint.model import Finding
    from evidencelint.reported import ClaimReport

FIGURE, STATEMENT = "unmatched-figure", "unmatched-statement"
# reported only where a project is strict, or names them
STRICT = frozenset({FIGURE, STATEMENT})
STRICT_CODES = frozenset({"EL108", "EL210"})
_UNSUPPORTED = "unsupported-figure"
# what fails a strict run whatever else does
FAILING = frozenset({FIGURE, _UNSUPPORTED})
_EVEN = 0.5


def with_unmatched(
    report: FileReport, source: Source, kept: Iterable[Diagnostic], enabled: frozenset[str]
) -> list[Diagnostic]:
    """Add to the diagnostics of a document those of its unmatched figures and statements, as far as ``enabled``.

    A figure that another warning or error speaks of is not told twice, and a note on one gives way.
    """
    unmatched = {f.span: f for f in report.settled_figures() if f.account == "unmatched"} if FIGURE in enabled else {}
    told = [d for d in kept if not (d.name == _UNSUPPORTED and d.severity == "info" and d.span in unmatched)]
    loud = Spans(d.span for d in told if d.severity != "info")
    clauses = Spans(claim.span for claim in report.claims) if unmatched else Spans(())
    findings = [_of_figure(figure, clauses) for figure in unmatched.values() if not loud.meet(figure.span)]
    if STATEMENT in enabled and not report.off_topic:
        findings += _of_statements(report.claims, Spans(d.span for d in told))
    seen: dict[str, int] = {}
    new = [stamp(find_rule(finding.rule), finding, source, seen) for finding in findings]
    return sorted((*told, *new), key=lambda found: (found.span, found.code, found.message))


def _of_figure(figure: FigureReport, clauses: Spans) -> Finding:
    clause = clauses.last(figure.span) or figure.span
    nearest = f"; the nearest is `{figure.facts[0].id}`" if figure.facts else ""
    message = f"no fact speaks to {figure.text}{nearest}"
    return _finding()(FIGURE, figure.span, clause, message, _EVEN, facts=figure.facts)


def _of_statements(claims: Iterable[ClaimReport], told: Spans) -> Iterator[Finding]:
    for claim in claims:
        # a fact about the same groups that says nothing against it does not yet speak to it
        spoken_to = any(ground.shares for ground in claim.grounds)
        open_ = claim.verdict in {None, "supported"} and not spoken_to and claim.kind not in {"none", "numeric"}
        if open_ and _on_topic(claim) and not told.meet(claim.span):
            message = f"no fact speaks to this {claim.kind} claim"
            yield _finding()(STATEMENT, claim.span, claim.span, message, _EVEN)


def _finding() -> type[Finding]:
    from evidencelint.model import Finding  # noqa: PLC0415 - a warm run needs none

    return Finding


def _on_topic(claim: ClaimReport) -> bool:
    """Tell whether a clause names something of the fact base, or stands where it is spoken of."""
    from evidencelint.factbase.vocabulary import names_topic  # noqa: PLC0415 - a warm run needs none

    return names_topic(claim.slots)
