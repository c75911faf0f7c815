"""The account of every figure: matched, derived, checked by arithmetic, set aside for a reason, or unmatched."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from evidencelint.accounting.census import VERSION, census
from evidencelint.accounts import Account, FigureReport, Reason
from evidencelint.checks.consistency import recomputed_figures
from evidencelint.checks.numbers import elsewhere, frames
from evidencelint.factbase.vocabulary import names_topic
from evidencelint.judgement import Judgement
from evidencelint.matching.candidates import AGREEING, CLOSE, Candidate
from evidencelint.matching.decisions import FigureMatch, Status, departs
from evidencelint.model import Diagnostic, FactRef, Quantity, Span, Verdict
from evidencelint.source import Source
from evidencelint.spans import Spans

_VERDICTS: Mapping[Status, Verdict] = {
    "supported": "supported",
    "dropped": "supported",
    "bound": "overstated",
    **dict.fromkeys(("value", "unit", "direction", "slot", "swapped", "counted", "outdated"), "mismatched"),
}
_ROLES: Mapping[str, Reason] = {
    "date": "date",
    "identifier": "label",
    "ordinal": "ordinal",
    "age": "age",
    "anaphor": "reference",
    "vague": "vague",
    "proportion": "proportion",
}
_VERSION_BEFORE = re.compile(r"\b(?:version|release|v)\.?\s*$", re.IGNORECASE)
_MORE_PARTS = re.compile(r"(?:\.\d+)*")
_FAMILY = "EL5"


def report_figures(judgement: Judgement, diagnostics: Sequence[Diagnostic]) -> tuple[FigureReport, ...]:
    """Account for every figure of a document, in order; ``diagnostics`` are what was found in it."""
    book = _Book.open(judgement, diagnostics)
    read = [*book.claimed(), *book.left_alone()]
    rest = census(judgement.source, judgement.document, [figure.span for figure in read])
    others = (_placed(judgement.source, found.span, found.reason) for found in rest)
    return tuple(sorted((*read, *others), key=lambda figure: (figure.span, figure.text)))


@dataclass(frozen=True, slots=True)
class _Book:
    judgement: Judgement
    recomputed: frozenset[Span]
    inconsistent: Spans
    cited: Spans

    @classmethod
    def open(cls, judgement: Judgement, diagnostics: Sequence[Diagnostic]) -> _Book:
        wrong = (found.span for found in diagnostics if found.code.startswith(_FAMILY))
        cited = (citation.span for citation in judgement.document.citations)
        return cls(judgement, recomputed_figures(judgement), Spans(wrong), Spans(cited))

    def claimed(self) -> Iterator[FigureReport]:
        """Yield the figures of claims."""
        for match in self.judgement.figures:
            figure = _placed(self.judgement.source, match.figure.quantity.span, None)
            yield self._matched(match, figure) or self._open(match, figure)

    def left_alone(self) -> Iterator[FigureReport]:
        """Yield what was read as a quantity and claims nothing."""
        source = self.judgement.source
        for claim in self.judgement.claims:
            for quantity in claim.set_aside:
                yield _placed(source, self._whole(quantity), self._reason(quantity))

    def _whole(self, quantity: Quantity) -> Span:
        """Take in the rest of "2.1.4", of which "2.1" was read."""
        more = _MORE_PARTS.match(self.judgement.source.text, quantity.span.end)
        named = quantity.role == "identifier" and more is not None
        return Span(quantity.span.start, more.end()) if named and more is not None else quantity.span

    def _reason(self, quantity: Quantity) -> Reason:
        if self.cited.meet(quantity.span):
            return "citation"
        if quantity.role == "identifier" and (VERSION.fullmatch(quantity.text) or self._is_version(quantity.span)):
            return "version"
        return _ROLES.get(quantity.role, "name")

    def _is_version(self, span: Span) -> bool:
        return _VERSION_BEFORE.search(self.judgement.source.text[max(0, span.start - 12) : span.start]) is not None

    def _matched(self, match: FigureMatch, figure: FigureReport) -> FigureReport | None:
        """Give the account of a figure that a fact speaks to."""
        best = match.best
        if match.status == "distance" and match.pair is not None:
            refs = tuple(dict.fromkeys(each.ref for each in match.pair))
            return replace(figure, account="derived", verdict="mismatched", facts=refs, derivation=match.derivation)
        if match.status == "derived" and match.origin != "text":
            facts = self._origin(match)
            return replace(figure, account="derived", verdict="supported", facts=facts, derivation=match.derivation)
        verdict = _VERDICTS.get(match.status)
        if verdict is None or best is None:
            return None
        others = elsewhere(self.judgement, match, best, _agrees if verdict == "supported" else departs)
        refs = (best.fact.ref, *(other.fact.ref for other in others))
        return replace(figure, account="matched", verdict=verdict, facts=refs, details=frames(match, best))

    def _origin(self, match: FigureMatch) -> tuple[FactRef, ...]:
        figures = self.judgement.index.figures_of(match.origin)
        return (figures[0].ref,) if figures else ()

    def _open(self, match: FigureMatch, figure: FigureReport) -> FigureReport:
        """Give the account of a figure that no fact speaks to."""
        named = self._named(match, figure.span)
        if named is not None:
            return replace(figure, account="set_aside", reason=named)
        if self.inconsistent.meet(figure.span):
            return replace(figure, account="arithmetic", verdict="inconsistent", derivation=match.derivation)
        if match.origin == "text" or figure.span in self.recomputed:
            return replace(figure, account="arithmetic", derivation=match.derivation)
        if match.status != "unsupported" and not self._on_topic(match):
            return replace(figure, account="set_aside", reason="other topic")
        nearest = tuple(other.fact.ref for other in match.others[:1])
        return replace(figure, account="unmatched", facts=nearest)

    def _named(self, match: FigureMatch, span: Span) -> Reason | None:
        """Say what a figure is that looks like a quantity and is told of nothing."""
        quantity = match.figure.quantity
        if (quantity.role, quantity.counted) == ("bound", "level"):
            return "level"
        if match.claim.passage == "heading" and self._numbers_heading(span):
            return "list number"
        return "version" if self._is_version(span) else None

    def _numbers_heading(self, span: Span) -> bool:
        """Tell the "3." of "## 3. Costs"."""
        text = self.judgement.source.text
        line = text[text.rfind("\n", 0, span.start) + 1 : span.start]
        return not line.strip(" \t#>") and text[span.end : span.end + 1] in {".", ")", ":"}

    def _on_topic(self, match: FigureMatch) -> bool:
        """Tell whether a figure's clause names something of the fact base, or is near one of its facts."""
        near = any(other.similarity >= CLOSE for other in match.others)
        return near or names_topic(match.figure.stated, match.figure.filled)


def _agrees(candidate: Candidate) -> bool:
    return candidate.agreement in AGREEING and not candidate.slots.hard and candidate.counting != "other"


def _placed(source: Source, span: Span, reason: Reason | None) -> FigureReport:
    line, column = source.position(span.start)
    end_line, end_column = source.position(span.end)
    text = source.text[span.start : span.end]
    account: Account = "unmatched" if reason is None else "set_aside"
    return FigureReport(source.path, span, line, column, end_line, end_column, text, account, reason)
