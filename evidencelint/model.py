"""The frozen types that travel between the modules, in the order of the pipeline.

``bytes -> Source -> Document (Passages) -> Claims -> Matches -> Findings -> Diagnostics``.
Every span is a pair of 0-based code point offsets into the decoded document, end exclusive.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from fractions import Fraction
from typing import Literal

from evidencelint.diagnostics import (
    CITATION_POLICIES,
    CitationKind,
    CitationPolicy,
    Diagnostic,
    FactRef,
    Fix,
    Position,
    Severity,
    Span,
    Suppressed,
    Verdict,
)

__all__ = [
    "CITATION_POLICIES",
    "SLOTS",
    "AuthorYear",
    "Bound",
    "Change",
    "Citation",
    "CitationKind",
    "CitationPolicy",
    "ClaimKind",
    "Diagnostic",
    "Direction",
    "Document",
    "FactRef",
    "Finding",
    "Fix",
    "Hidden",
    "Note",
    "Passage",
    "PassageKind",
    "Position",
    "Quantity",
    "Severity",
    "Span",
    "Strength",
    "Suppressed",
    "Token",
    "Verdict",
]

PassageKind = Literal["paragraph", "item", "cell", "heading", "quote", "footnote"]
Bound = Literal["exact", "approximate", "less", "at_most", "more", "at_least", "range"]
Change = Literal["level", "increase", "decrease", "none"]
Direction = Literal["increase", "decrease", "no_difference", "unknown"]
Strength = Literal["none", "correlational", "conditional", "causal"]
Hidden = Literal["comment", "link", "citation", "markup"]
ClaimKind = Literal["numeric", "causal", "certainty", "scope", "evidence", "none"]

SLOTS = ("measure", "population", "arm", "comparator", "timepoint", "study", "species")


@dataclass(frozen=True, slots=True)
class AuthorYear:
    """An author-year citation in prose ("Smith and Lee, 2020a").

    ``names`` are the authors as written, each with its place; ``others`` tells of "et al." and the like;
    ``clear`` that the words can hardly be anything but a citation, whoever the authors are.
    """

    names: tuple[tuple[str, Span], ...]
    year: int
    place: Span
    letter: str = ""
    others: bool = False
    clear: bool = False


@dataclass(frozen=True, slots=True)
class Citation:
    """A reference to a work or a footnote, as written in the document.

    ``span`` covers the smallest piece that names the target (``@smith2020``, ``[^1]``); ``target`` is the
    key, label or identifier without its marks. A ``narrative`` citation is part of its sentence
    ("@smith2020 found", "Smith (2020) found") and speaks for what follows it.
    """

    span: Span
    kind: CitationKind
    target: str
    narrative: bool = field(default=False, compare=False)
    prose: AuthorYear | None = field(default=None, compare=False)


@dataclass(frozen=True, slots=True)
class Note:
    """A footnote definition: its label, its mark (``[^1]``) and the whole of it."""

    label: str
    mark: Span
    span: Span


@dataclass(frozen=True, slots=True)
class Passage:
    """A run of prose with its surroundings.

    ``text`` has exactly the length of ``span``: whatever is not prose (markup, code, URLs, HTML,
    math, citations) is blanked with spaces, so an offset into it is an offset into the document.
    ``headings`` is the heading path (outermost first); ``lead_ins`` the paragraph or parent items
    that introduce a list item (outermost first); ``row`` the other cells of a table row (row header
    first) and ``column`` the header of a cell's column. ``borrowed`` are the places of those surroundings,
    nearest first: what they cite, they cite for this passage too. ``emphasis`` are its stretches in italics, ``links``
    those that are a link, in offsets of the document: so titles of works and pages are set.
    ``corner`` is the header above the row headers of a cell's table.
    """

    span: Span
    kind: PassageKind
    text: str
    headings: tuple[str, ...] = ()
    lead_ins: tuple[str, ...] = ()
    row: tuple[str, ...] = ()
    column: tuple[str, ...] = ()
    borrowed: tuple[Span, ...] = field(default=(), compare=False)
    emphasis: tuple[Span, ...] = field(default=(), compare=False)
    links: tuple[Span, ...] = field(default=(), compare=False)
    corner: str = field(default="", compare=False)


@dataclass(frozen=True, slots=True)
class Document:
    """What the Markdown reader makes of one source; ``metadata`` is the inside of its YAML front matter.

    ``hidden`` are stretches that look like prose to a Markdown parser and are none, each with what it is.
    """

    passages: tuple[Passage, ...]
    citations: tuple[Citation, ...] = ()
    footnotes: tuple[str, ...] = ()
    front_matter: tuple[tuple[str, str], ...] = ()
    notes: tuple[Note, ...] = field(default=(), compare=False)
    metadata: Span | None = field(default=None, compare=False)
    hidden: tuple[tuple[Span, Hidden], ...] = field(default=(), compare=False)


@dataclass(frozen=True, slots=True)
class Token:
    """One token of a parsed sentence; ``head`` is an index into the sentence's tokens."""

    text: str
    pos: str
    tag: str
    dep: str
    head: int
    span: Span


@dataclass(frozen=True, slots=True)
class Quantity:
    """A figure as a careful editor reads it, exact and with the precision it was written in.

    ``value`` (or ``low`` and ``high`` for a range) is in ``unit``; ``step`` is the size of the last
    written digit (1 for "67", 1/10 for "8.4", 1000 for "11k" or "11 thousand"), 0 for an exact
    word such as "half"; ``role`` is one of the roles of the reader (estimate, n, total, bound, p,
    statistic, dose, duration, cost, age, date, identifier, ordinal, anaphor, vague); dates, identifiers, "the
    two groups" and "a few hundred" are recognised but are never claims. ``emphatic`` marks "exactly", "precisely".
    ``per`` is what a figure with a unit is for one of: "day" in "80 mg per day".
    """

    span: Span
    text: str
    value: Fraction | None
    low: Fraction | None = None
    high: Fraction | None = None
    bound: Bound = "exact"
    unit: str | None = None
    dimension: str = "count"
    counted: str | None = None
    role: str = "estimate"
    change: Change = "level"
    step: Fraction = field(default_factory=lambda: Fraction(1))
    emphatic: bool = False
    number: Span | None = None
    per: str | None = None

    @property
    def full_unit(self) -> str | None:
        """Give the unit with what it is per: "milligram per day"."""
        return self.unit if self.per is None else f"{self.unit or ''} per {self.per}".strip()


@dataclass(frozen=True, slots=True)
class Finding:
    """What a rule has to say; the engine adds severity, position and fingerprint.

    ``span`` is the smallest wrong piece, ``claim`` the clause around it; ``details`` are the lines
    of the frame-against-frame comparison.
    """

    rule: str
    span: Span
    claim: Span
    message: str
    confidence: float
    expected: str | None = None
    facts: tuple[FactRef, ...] = ()
    fix: Fix | None = None
    details: tuple[str, ...] = ()
