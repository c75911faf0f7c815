"""The pipeline: the only module that knows the order of the steps.

``bytes -> Source -> Document -> Claims -> Matches -> Findings -> Diagnostics``
"""

from __future__ import annotations

from collections.abc import Hashable, Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from fractions import Fraction
from functools import partial
from pathlib import Path

from evidencelint.bibliography import Library, Memory, Work, load_all, load_bibliography, load_retractions, works_of
from evidencelint.bibliography.retractions import Retractions
from evidencelint.checks import CHECKS
from evidencelint.checks.cited import around
from evidencelint.citations import with_citations
from evidencelint.checks.consistency import open_figures, same_thing
from evidencelint.claims import ClaimReader
from evidencelint.errors import EvidencelintError
from evidencelint.facts import FactBase
from evidencelint.frames import Certainty, Claim, Relation
from evidencelint.judgement import Citing, Judgement
from evidencelint.markdown import read_markdown
from evidencelint.matching.decisions import FigureMatch
from evidencelint.matching.figures import match_figures
from evidencelint.matching.index import FactIndex
from evidencelint.matching.nearness import StatementMatch
from evidencelint.matching.statements import match_statement
from evidencelint.model import (
    CITATION_POLICIES,
    SLOTS,
    CitationPolicy,
    Diagnostic,
    Document,
    Finding,
    Quantity,
    Span,
    Suppressed,
    Verdict,
)
from evidencelint.rules import Rule, RuleSet
from evidencelint.source import Source, read_source
from evidencelint.stamping import stamp

_ONE_KEY = "ambiguous-key"
_LIKELY = 0.7
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
class CitedWork:
    """A key that a document cites from a bibliography of its own; ``diagnostic`` is ready but for its message."""

    key: str
    work: Work
    diagnostic: Diagnostic


@dataclass(frozen=True, slots=True)
class OpenFigure:
    """A figure that no fact decides: what it is of, its value, and what to report if another document differs."""

    thing: Hashable
    value: Fraction
    found: Diagnostic


@dataclass(frozen=True, slots=True)
class FileReport:
    """What came of one document; ``checked`` is false where it could not be read, and ``error`` says why.

    ``cited`` are the works of the document's own bibliography that it cites, to be compared with other documents.
    ``open_figures`` is what `compare_draft` holds against the other documents of the run.
    """

    path: str
    checked: bool
    error: EvidencelintError | None
    claims: tuple[ClaimReport, ...]
    diagnostics: tuple[Diagnostic, ...]
    suppressed: tuple[Suppressed, ...] = ()
    cited: tuple[CitedWork, ...] = ()
    open_figures: tuple[OpenFigure, ...] = ()


class Linter:
    """A fact base made ready: its facts are read once, then any number of documents are checked."""

    def __init__(
        self,
        base: FactBase,
        rules: RuleSet,
        works: Mapping[str, Work] | None = None,
        *,
        policy: CitationPolicy = "never",
        retractions: Retractions | None = None,
        memory: Memory | None = None,
    ) -> None:
        """Read the facts' quotes; ``works`` and ``retractions`` replace the files that the fact base names.

        ``policy`` says which claims need a citation; ``memory`` knows bibliographies read before.
        """
        self._rules = rules
        self._reader = ClaimReader(base.vocabulary)
        self._index = FactIndex(base, self._reader)
        known = works if works is not None else load_all(base.bibliography, memory)
        self._library = Library(known) if known is not None else None
        if retractions is None:
            retractions = {key: found for path in base.retractions for key, found in load_retractions(path).items()}
        self._citing = Citing(policy, retractions, known or {})
        self._load = partial(load_bibliography, memory=memory or Memory())

    def check(self, data: bytes, path: str) -> FileReport:
        """Check one document; one that cannot be read is reported as not checked."""
        try:
            judgement = self._judge(read_source(data, path))
        except EvidencelintError as error:
            return FileReport(path, checked=False, error=error, claims=(), diagnostics=())
        diagnostics = tuple(self._diagnostics(judgement))
        claims = tuple(_claim_report(claim, judgement, diagnostics) for claim in judgement.claims)
        cited = tuple(self._cited(judgement))
        figures = tuple(self._open_figures(judgement))
        return FileReport(
            path, checked=True, error=None, claims=claims, diagnostics=diagnostics, cited=cited, open_figures=figures
        )

    def _open_figures(self, judgement: Judgement) -> Iterator[OpenFigure]:
        rule = next((rule for rule in self._rules.selected if rule.name == "drafts-disagree"), None)
        seen: dict[str, int] = {}
        for match in open_figures(judgement) if rule is not None else ():
            quantity = match.figure.quantity
            if rule is not None and quantity.value is not None:
                finding = Finding(rule.name, quantity.span, match.claim.span, "", _LIKELY)
                yield OpenFigure(same_thing(match), quantity.value, stamp(rule, finding, judgement.source, seen))

    def _judge(self, source: Source) -> Judgement:
        document = read_markdown(source)
        claims = with_citations(self._reader.read(document), document)
        figures = match_figures(claims, self._index)
        wrong = {match.claim.span for match in figures if match.status in _FAULTY}
        statements = tuple(
            match
            for claim in claims
            for match in match_statement(claim, self._index)
            # a clause whose figure is wrong is not told twice that it departs from its fact
            if not (claim.span in wrong and match.fault in _SAME_FAULT)
        )
        library, citing = self._citing_in(source, document)
        return Judgement(source, document, claims, figures, statements, library, self._index, citing)

    def _citing_in(self, source: Source, document: Document) -> tuple[Library | None, Citing]:
        """Give the bibliography and the policy for one document; its front matter may add to them."""
        own = works_of(source, document, Path(source.path).parent, self._load)
        wish = dict(document.front_matter).get("evidencelint.citations")
        policy = next((each for each in CITATION_POLICIES if each == wish), self._citing.policy)
        library = Library({**self._citing.shared, **own.works}) if own.works else self._library
        return library, replace(self._citing, policy=policy, own=own)

    def _cited(self, judgement: Judgement) -> Iterator[CitedWork]:
        """Yield the works of the document's own bibliography, each at its first citation."""
        rule = next((rule for rule in self._rules.selected if rule.name == _ONE_KEY), None)
        own = judgement.citing.own.works
        told: set[str] = set()
        for citation in judgement.document.citations if rule is not None and own else ():
            key = citation.target
            if rule is not None and citation.kind == "key" and key in own and key not in told:
                told.add(key)
                finding = Finding(_ONE_KEY, citation.span, around(judgement, citation.span), "", 0.9)
                yield CitedWork(key, own[key], stamp(rule, finding, judgement.source, {}))

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


def compare_draft(file: FileReport, told: dict[Hashable, OpenFigure]) -> FileReport:
    """Add what a document says against those before it in the run: the second of two values for one thing.

    ``told`` keeps the first figure of each thing; it starts empty with the run.
    """
    added: list[Diagnostic] = []
    for figure in file.open_figures:
        known = told.setdefault(figure.thing, figure)
        if known.value != figure.value and known.found.path != file.path:
            where = f"{known.found.path}:{known.found.line}"
            message = f"says {figure.found.text}, {where} says {known.found.text} of the same thing"
            added.append(replace(figure.found, message=message, expected=known.found.text))
    if not added:
        return file
    both = sorted([*file.diagnostics, *added], key=lambda found: (found.span, found.code))
    return replace(file, diagnostics=tuple(both))


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
