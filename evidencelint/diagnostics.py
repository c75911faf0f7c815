"""The frozen types of what is reported, apart from those of the pipeline: a run that only looks up loads no more."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal, get_args

Verdict = Literal["supported", "mismatched", "overstated", "unsupported", "inconsistent", "citation", "tool"]
Severity = Literal["error", "warning", "info"]
CitationKind = Literal["key", "footnote", "doi", "pmid", "pmcid", "arxiv", "url", "prose", "ibid"]
CitationPolicy = Literal["never", "first-mention", "every-paragraph", "every-claim"]
CITATION_POLICIES: tuple[CitationPolicy, ...] = get_args(CitationPolicy)


@dataclass(frozen=True, slots=True, order=True)
class Span:
    """A half-open stretch of code points."""

    start: int
    end: int

    def __len__(self) -> int:
        """Give the number of code points covered."""
        return self.end - self.start

    def overlaps(self, other: Span) -> bool:
        """Tell whether the two share at least one code point."""
        return self.start < other.end and other.start < self.end

    def contains(self, other: Span) -> bool:
        """Tell whether ``other`` lies inside."""
        return self.start <= other.start and other.end <= self.end

    def shift(self, by: int) -> Span:
        """Move by a number of code points."""
        return Span(self.start + by, self.end + by)


@dataclass(frozen=True, slots=True)
class Position:
    """A place in a file that a person may want to open; line and column are 1-based."""

    path: str
    line: int
    column: int = 1


@dataclass(frozen=True, slots=True)
class Fix:
    """A replacement for a stretch of the document; safe means it keeps everything else true."""

    span: Span
    replacement: str
    safe: bool


@dataclass(frozen=True, slots=True)
class FactRef:
    """What a diagnostic shows of a fact."""

    id: str
    quote: str
    source: str
    position: Position


@dataclass(frozen=True, slots=True)
class Diagnostic:
    """A finding as reported; lines and columns are 1-based code points, ends exclusive."""

    code: str
    name: str
    verdict: Verdict
    severity: Severity
    confidence: float
    path: str
    line: int
    column: int
    end_line: int
    end_column: int
    span: Span
    text: str
    claim: str
    message: str
    expected: str | None
    facts: tuple[FactRef, ...]
    fix: Fix | None
    details: tuple[str, ...]
    fingerprint: str


@dataclass(frozen=True, slots=True)
class Suppressed:
    """A finding that is not reported, because the document says so or a baseline knows it; ``reason`` may be empty."""

    diagnostic: Diagnostic
    by: Literal["document", "baseline"]
    reason: str = ""
