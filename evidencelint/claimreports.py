"""What a run says of each claim: its frame, its verdict, and the facts behind it."""

from __future__ import annotations

from bisect import bisect_left
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from itertools import accumulate

from evidencelint.checks.common import statement_frames
from evidencelint.frames import Claim
from evidencelint.judgement import Judgement
from evidencelint.matching.decisions import FigureMatch
from evidencelint.matching.nearness import StatementMatch
from evidencelint.model import SLOTS, Diagnostic, Verdict
from evidencelint.outcome import ClaimReport, Ground
from evidencelint.source import Source

_WHO = frozenset({"arm", "comparator", "population", "species", "study"})
_QUIET_VERDICTS = {"dropped": "supported", "derived": "supported", "supported": "supported"}


def report_claims(judgement: Judgement, diagnostics: Iterable[Diagnostic]) -> Iterator[ClaimReport]:
    """Give a report per claim, in the order of the document."""
    figures: dict[int, list[FigureMatch]] = defaultdict(list)
    statements: dict[int, list[StatementMatch]] = defaultdict(list)
    for match in judgement.figures:
        figures[id(match.claim)].append(match)
    for statement in judgement.statements:
        statements[id(statement.claim)].append(statement)
    found = _overlapping(judgement.claims, [d for d in diagnostics if d.severity != "info"])
    for claim in judgement.claims:
        key = id(claim)
        yield _report(claim, judgement.source, found[key], figures[key], statements[key])


def _overlapping(claims: Sequence[Claim], diagnostics: Sequence[Diagnostic]) -> dict[int, list[Diagnostic]]:
    """Give, by claim, the diagnostics that overlap it, without comparing each with each."""
    ordered = sorted(claims, key=lambda claim: claim.span)
    starts = [claim.span.start for claim in ordered]
    farthest = list(accumulate((claim.span.end for claim in ordered), max))
    found: dict[int, list[Diagnostic]] = defaultdict(list)
    for diagnostic in diagnostics:
        index = bisect_left(starts, diagnostic.span.end) - 1
        while index >= 0 and farthest[index] > diagnostic.span.start:
            if diagnostic.span.overlaps(ordered[index].span):
                found[id(ordered[index])].append(diagnostic)
            index -= 1
    return found


def _report(
    claim: Claim,
    source: Source,
    mine: Sequence[Diagnostic],
    figures: Sequence[FigureMatch],
    statements: Sequence[StatementMatch],
) -> ClaimReport:
    verdict, confidence = _verdict(claim, mine, figures, statements)
    line, column = source.position(claim.span.start)
    end_line, end_column = source.position(claim.span.end)
    facts = [fact.id for d in mine for fact in d.facts]
    facts += [m.best.fact.fact.id for m in figures if m.best is not None and m.status in _QUIET_VERDICTS]
    facts += [m.best.fact.id for m in statements if m.best is not None and m.fault is None]
    return ClaimReport(
        path=source.path,
        span=claim.span,
        line=line,
        column=column,
        end_line=end_line,
        end_column=end_column,
        text=claim.text,
        kind=claim.kind,
        verdict=verdict,
        confidence=confidence,
        facts=tuple(dict.fromkeys(facts)),
        quantities=(*(figure.quantity for figure in claim.figures), *claim.set_aside),
        relation=claim.relation,
        certainty=claim.certainty,
        slots={slot: tuple(sorted(claim.stated[slot] or claim.filled[slot])) for slot in SLOTS},
        grounds=tuple(_grounds(statements)),
    )


def _grounds(statements: Sequence[StatementMatch]) -> Iterator[Ground]:
    """Yield each fact once, with the frames of the first match that rests on it or departs from it."""
    told: set[str] = set()
    for match in statements:
        if match.best is not None and match.best.fact.id not in told:
            told.add(match.best.fact.id)
            common = match.claim.terms & match.best.claim.terms
            shares = any(term.partition(":")[0] not in _WHO for term in common)
            yield Ground(match.best.ref, statement_frames(match), shares)


def _verdict(
    claim: Claim,
    diagnostics: Sequence[Diagnostic],
    figures: Sequence[FigureMatch],
    statements: Sequence[StatementMatch],
) -> tuple[Verdict | None, float]:
    if diagnostics:
        worst = min(diagnostics, key=lambda d: (d.severity != "error", -d.confidence))
        return worst.verdict, worst.confidence
    carried = [m.confidence for m in figures if m.status in _QUIET_VERDICTS]
    carried += [m.confidence for m in statements if m.fault is None]
    if claim.kind == "none" or not carried:
        return None, 0.0
    return "supported", round(max(carried), 2)
