"""The pipeline: the only module that knows the order of the steps.

``bytes -> Source -> Document -> Claims -> Matches -> Findings -> Diagnostics``
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from evidencelint.bibliography import Work, load_all
from evidencelint.checks import CHECKS
from evidencelint.claims import ClaimReader
from evidencelint.errors import EvidencelintError
from evidencelint.facts import FactBase
from evidencelint.frames import Certainty, Claim, Relation
from evidencelint.judgement import Judgement
from evidencelint.markdown import read_markdown
from evidencelint.matching.decisions import FigureMatch
from evidencelint.matching.figures import match_figures
from evidencelint.matching.index import FactIndex
from evidencelint.matching.nearness import StatementMatch
from evidencelint.matching.statements import match_statement
from evidencelint.model import SLOTS, Diagnostic, Finding, Quantity, Span, Suppressed, Verdict
from evidencelint.rules import Rule, RuleSet
from evidencelint.source import Source, read_source
from evidencelint.stamping import stamp

_FAULTY = frozenset({"value", "unit", "direction", "slot", "swapped", "counted", "distance", "unsupported"})
_SAME_FAULT = frozenset({"contradiction", "direction", "hedge", "cause", "population", "species", "unsupported"})
_QUIET_VERDICTS = {"dropped": "supported", "derived": "supported", "supported": "supported"}


@dataclass(frozen=True, slots=True)
class ClaimReport:
    """One claim as `claims` shows it; sentences that claim nothing have kind ``none`` and no verdict."""

    path: str
    span: Span
    line: int
    column: int
    end_line: int
    end_column: int
    text: str
    kind: str
    verdict: Verdict | None
    confidence: float
    facts: tuple[str, ...]
    quantities: tuple[Quantity, ...]
    relation: Relation | None
    certainty: Certainty
    slots: Mapping[str, tuple[str, ...]]


@dataclass(frozen=True, slots=True)
class FileReport:
    """What came of one document; ``checked`` is false where it could not be read, and ``error`` says why."""

    path: str
    checked: bool
    error: EvidencelintError | None
    claims: tuple[ClaimReport, ...]
    diagnostics: tuple[Diagnostic, ...]
    suppressed: tuple[Suppressed, ...] = ()


class Linter:
    """A fact base made ready: its facts are read once, then any number of documents are checked."""

    def __init__(self, base: FactBase, rules: RuleSet, works: Mapping[str, Work] | None = None) -> None:
        """Read the facts' quotes; ``works`` replaces the bibliography that the fact base names."""
        self._rules = rules
        self._reader = ClaimReader(base.vocabulary)
        self._index = FactIndex(base, self._reader)
        self._works = works if works is not None else load_all(base.bibliography)

    def check(self, data: bytes, path: str) -> FileReport:
        """Check one document; one that cannot be read is reported as not checked."""
        try:
            judgement = self._judge(read_source(data, path))
        except EvidencelintError as error:
            return FileReport(path, checked=False, error=error, claims=(), diagnostics=())
        diagnostics = tuple(self._diagnostics(judgement))
        claims = tuple(_claim_report(claim, judgement, diagnostics) for claim in judgement.claims)
        return FileReport(path, checked=True, error=None, claims=claims, diagnostics=diagnostics)

    def _judge(self, source: Source) -> Judgement:
        document = read_markdown(source)
        claims = self._reader.read(document)
        figures = match_figures(claims, self._index)
        wrong = {match.claim.span for match in figures if match.status in _FAULTY}
        statements = tuple(
            match
            for claim in claims
            for match in match_statement(claim, self._index)
            # a clause whose figure is wrong is not told twice that it departs from its fact
            if not (claim.span in wrong and match.fault in _SAME_FAULT)
        )
        return Judgement(source, document, claims, figures, statements, self._works)

    def _diagnostics(self, judgement: Judgement) -> Iterator[Diagnostic]:
        found = [
            (rule, finding)
            for rule in self._rules.selected
            if rule.name in CHECKS
            for finding in CHECKS[rule.name](judgement)
        ]
        found.sort(key=lambda pair: (pair[1].span, pair[0].code, pair[1].message))
        seen: dict[str, int] = {}
        for rule, finding in _without_echoes(found):
            yield stamp(rule, finding, judgement.source, seen)


def check_document(data: bytes, path: str, base: FactBase, rules: RuleSet) -> FileReport:
    """Check one document against one fact base; for several documents, keep a `Linter`."""
    return Linter(base, rules).check(data, path)


def describe_facts(base: FactBase) -> Iterator[tuple[str, str]]:
    """Yield a fact's id and a line for each figure and clause of it, as the reader reads them."""
    index = FactIndex(base, ClaimReader(base.vocabulary))
    for item in index.figures:
        slots = ", ".join(f"{slot} {' '.join(sorted(names))}" for slot, names in item.slots.items() if names)
        quantity = item.figure.quantity
        yield item.fact.id, f"figure {quantity.text} ({quantity.bound}, {quantity.change}): {slots or 'no slots'}"
    for statement in index.statements:
        relation = statement.claim.relation
        strength = f"{relation.strength}, {relation.direction}" if relation is not None else "no relation"
        hedges = ", ".join(statement.claim.certainty.hedges) or "none"
        yield statement.fact.id, f"clause “{statement.claim.text}”: {strength}; hedges: {hedges}"


def _without_echoes(found: Iterable[tuple[Rule, Finding]]) -> Iterator[tuple[Rule, Finding]]:
    """Leave out a finding that says less than another at the same place."""
    kept: list[tuple[Rule, Finding]] = []
    for rule, finding in found:
        if any(other.span == finding.span and before.name == rule.name for before, other in kept):
            continue
        kept.append((rule, finding))
    yield from kept


def _claim_report(claim: Claim, judgement: Judgement, diagnostics: tuple[Diagnostic, ...]) -> ClaimReport:
    figures = [match for match in judgement.figures if match.claim is claim]
    statements = [match for match in judgement.statements if match.claim is claim]
    mine = [d for d in diagnostics if d.span.overlaps(claim.span) and d.severity != "info"]
    verdict, confidence = _verdict(claim, mine, figures, statements)
    line, column = judgement.source.position(claim.span.start)
    end_line, end_column = judgement.source.position(claim.span.end)
    facts = [fact.id for d in mine for fact in d.facts]
    facts += [m.best.fact.fact.id for m in figures if m.best is not None and m.status in _QUIET_VERDICTS]
    facts += [m.best.fact.id for m in statements if m.best is not None and m.fault is None]
    return ClaimReport(
        path=judgement.source.path,
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
    )


def _verdict(
    claim: Claim, diagnostics: list[Diagnostic], figures: list[FigureMatch], statements: list[StatementMatch]
) -> tuple[Verdict | None, float]:
    if diagnostics:
        worst = min(diagnostics, key=lambda d: (d.severity != "error", -d.confidence))
        return worst.verdict, worst.confidence
    carried = [m.confidence for m in figures if m.status in _QUIET_VERDICTS]
    carried += [m.confidence for m in statements if m.fault is None]
    if claim.kind == "none" or not carried:
        return None, 0.0
    return "supported", round(max(carried), 2)
