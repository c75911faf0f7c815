"""The pipeline: the only module that knows the order of the steps.

``bytes -> Source -> Document -> Claims -> Matches -> Findings -> Diagnostics``
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from functools import partial
from pathlib import Path

from evidencelint.accounting import report_figures
from evidencelint.bibliography import Library, Memory, Work, load_all, load_bibliography, load_retractions, works_of
from evidencelint.bibliography.retractions import Retractions
from evidencelint.cache import Store
from evidencelint.checks import CHECKS
from evidencelint.checks.cited import around
from evidencelint.checks.consistency import open_figures, same_thing
from evidencelint.citations import with_citations
from evidencelint.claimreports import report_claims
from evidencelint.claims import ClaimReader
from evidencelint.claims.reader import Parse
from evidencelint.documents.markdown import read_markdown
from evidencelint.errors import DocumentError, EvidencelintError
from evidencelint.factbase.facts import FactBase, Ground
from evidencelint.judgement import Citing, Judgement
from evidencelint.matching.figures import match_figures
from evidencelint.matching.index import FactIndex
from evidencelint.matching.opening import index_of
from evidencelint.matching.statements import match_statement
from evidencelint.model import (
    CITATION_POLICIES,
    CitationPolicy,
    Diagnostic,
    Document,
    Finding,
    Position,
    Span,
)
from evidencelint.outcome import CitedWork, FileReport, OpenFigure
from evidencelint.rules import Rule, RuleSet
from evidencelint.source import Source, read_source
from evidencelint.stamping import SURE_ENOUGH, stamp

# a rule, and another that says more of what is wrong at the same place: the opposite is more than too strong, and
# by how much a rating is raised more than that it is another
_TOLD_BETTER = {"significance-raised": "contradicted-statement", "contradicted-statement": "certainty-raised"}
_ONE_KEY = "ambiguous-key"
_LIKELY = 0.7
_FAULTY = frozenset({"value", "unit", "direction", "slot", "swapped", "counted", "distance", "outdated", "unsupported"})
_SAME_FAULT = frozenset(
    {"contradiction", "direction", "hedge", "cause", "population", "species", "exchanged", "misplaced", "unsupported"}
)


class Linter:
    """A fact base made ready: its facts are read once, then any number of documents are checked."""

    def __init__(
        self,
        base: FactBase | Ground,
        rules: RuleSet,
        works: Mapping[str, Work] | None = None,
        *,
        policy: CitationPolicy = "never",
        retractions: Retractions | None = None,
        memory: Memory | None = None,
        store: Store | None = None,
        alone: bool = False,
        parse: Parse | None = None,
        index: FactIndex | None = None,
    ) -> None:
        """Read the facts' quotes, as far as ``store`` does not hold what was read of them.

        An ``index`` that was opened before takes the place of the facts.

        ``works`` and ``retractions`` replace the files that the fact base names; ``parse`` replaces the parser of
        sentences, for a caller that has parsed them already.

        ``alone`` documents bring no files along: a bibliography that one names is not read.
        ``policy`` says which claims need a citation; ``memory`` knows bibliographies read before.
        """
        self._rules = rules
        if index is None:
            if isinstance(base, Ground):
                raise TypeError("a fact base without its facts needs an index of them")
            index = index_of(base, store, parse=parse)
        self.index = index
        self._reader = index.reader
        known = works if works is not None else load_all(base.bibliography, memory)
        self._library = Library(known) if known is not None else None
        if retractions is None:
            retractions = {key: found for path in base.retractions for key, found in load_retractions(path).items()}
        self._citing = Citing(policy, retractions, known or {})
        self._alone = alone
        self._load = partial(load_bibliography, memory=memory or Memory(store))

    def check(self, data: bytes, path: str) -> FileReport:
        """Check one document; one that cannot be read is reported as not checked."""
        try:
            judgement = self.judge(read_source(data, path))
        except EvidencelintError as error:
            return FileReport(path, checked=False, error=error, claims=(), diagnostics=())
        diagnostics = tuple(self.diagnose(judgement))
        claims = tuple(report_claims(judgement, diagnostics))
        cited = tuple(self._cited(judgement))
        return FileReport(
            path,
            checked=True,
            error=None,
            claims=claims,
            diagnostics=diagnostics,
            cited=cited,
            open_figures=tuple(self._open_figures(judgement)),
            figures=report_figures(judgement, diagnostics),
        )

    def _open_figures(self, judgement: Judgement) -> Iterator[OpenFigure]:
        rule = next((rule for rule in self._rules.selected if rule.name == "drafts-disagree"), None)
        seen: dict[str, int] = {}
        for match in open_figures(judgement) if rule is not None else ():
            quantity = match.figure.quantity
            if rule is not None and quantity.value is not None:
                finding = Finding(rule.name, quantity.span, match.claim.span, "", _LIKELY)
                yield OpenFigure(same_thing(match), quantity.value, stamp(rule, finding, judgement.source, seen))

    def judge(self, source: Source, document: Document | None = None) -> Judgement:
        """Read one document and set its claims against the facts; what rules look at.

        ``document`` is what the Markdown reader makes of the source, or the part of it that matters. Raises
        DocumentError where it cannot be read.
        """
        document = document or read_markdown(source)
        try:
            claims = with_citations(self._reader.read(document), document)
        except DocumentError as error:
            raise DocumentError(error.message, error.position or Position(source.path, 1)) from error
        self.index.prepare(claims)
        figures = match_figures(claims, self.index)
        wrong = {match.claim.span for match in figures if match.status in _FAULTY}
        told = {match.claim.span for match in figures if match.status in _FAULTY and match.confidence >= SURE_ENOUGH}
        statements = tuple(
            match
            for claim in claims
            for match in match_statement(claim, self.index)
            # a clause whose figure is wrong is not told twice that it departs from its fact
            if not (match.fault in _SAME_FAULT and claim.span in (told if match.fault == "unsupported" else wrong))
        )
        library, citing = self._citing_in(source, document)
        return Judgement(source, document, claims, figures, statements, library, self.index, citing)

    def _citing_in(self, source: Source, document: Document) -> tuple[Library | None, Citing]:
        """Give the bibliography and the policy for one document; its front matter may add to them."""
        own = works_of(source, document, None if self._alone else Path(source.path).parent, self._load)
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

    def diagnose(self, judgement: Judgement) -> Iterator[Diagnostic]:
        """Yield what the rules find, in the order of the document."""
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


def describe_facts(base: FactBase) -> Iterator[tuple[str, str]]:
    """Yield a fact's id and a line for each figure and clause of it, as the reader reads them."""
    index = FactIndex(base, ClaimReader(base.vocabulary))
    for item in index.figures:
        if item.figure.quantity.counted == "level" and item.figure.quantity.role == "bound":
            continue  # the 95% of an interval is of nothing
        slots = ", ".join(f"{slot} {' '.join(sorted(names))}" for slot, names in item.slots.items() if names)
        quantity = item.figure.quantity
        yield item.fact.id, f"figure {quantity.text} ({quantity.bound}, {quantity.change}): {slots or 'no slots'}"
    for statement in index.statements:
        fact, relation = statement.fact, statement.claim.relation
        strength = f"{relation.strength}, {relation.direction}" if relation is not None else "no relation"
        given = " and ".join(name for name, own in (("strength", fact.strength), ("direction", fact.direction)) if own)
        hedges = ", ".join(statement.claim.certainty.hedges) or "none"
        note = f" ({given} as the fact says)" if given and relation is not None else ""
        yield fact.id, f"clause “{statement.claim.text}”: {strength}{note}; hedges: {hedges}"


def _without_echoes(found: Sequence[tuple[Rule, Finding]]) -> Iterator[tuple[Rule, Finding]]:
    """Leave out a finding that says less than another at the same place, as it does or of the same fact."""
    said: set[tuple[Span, str]] = set()
    named = [finding for rule, finding in found if rule.name in _TOLD_BETTER.values()]
    for rule, finding in found:
        better = [other for other in named if other.rule == _TOLD_BETTER.get(rule.name)]
        echo = any(finding.span.overlaps(other.span) and _share_fact(finding, other) for other in better)
        if (finding.span, rule.name) not in said and not echo:
            said.add((finding.span, rule.name))
            yield rule, finding


def _share_fact(first: Finding, second: Finding) -> bool:
    return bool({fact.id for fact in first.facts} & {fact.id for fact in second.facts})
