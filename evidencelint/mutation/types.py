"""The frozen types of mutation testing: pages, what is known of their sentences, variants, and what came of them."""

from __future__ import annotations

from dataclasses import dataclass

from evidencelint.frames import Claim, Figure
from evidencelint.matching.index import FactFigure, FactStatement
from evidencelint.model import Document, Passage, Span, Token, Verdict
from evidencelint.source import Source

FAULTS = (
    "value",
    "unit",
    "swapped",
    "arm",
    "outcome",
    "population",
    "timepoint",
    "study",
    "species",
    "direction",
    "opposite",
    "hedge",
    "quantifier",
    "grade",
    "bound",
    "approximation",
    "cause",
    "citation",
)
REPHRASINGS = (
    "unit-spelling",
    "number-spelling",
    "rounding",
    "complement",
    "same-length",
    "voice",
    "synonym",
    "abbreviation",
    "hedge-exchanged",
    "clause-order",
)

RIGHT: dict[str, frozenset[Verdict]] = {
    **dict.fromkeys(("value", "unit", "swapped"), frozenset({"mismatched"})),
    **dict.fromkeys(("arm", "outcome"), frozenset({"mismatched", "unsupported"})),
    **dict.fromkeys(("population", "timepoint", "study"), frozenset({"mismatched", "overstated", "unsupported"})),
    **dict.fromkeys(("direction", "opposite"), frozenset({"mismatched"})),
    **dict.fromkeys(("species", "hedge", "quantifier", "grade", "cause"), frozenset({"overstated"})),
    **dict.fromkeys(("bound", "approximation"), frozenset({"overstated", "mismatched"})),
    "citation": frozenset({"citation"}),
}


@dataclass(frozen=True, slots=True)
class Page:
    """A text with faithful sentences: a draft, or the quote of a fact (``plain``: no Markdown is read in it).

    ``line`` is the line of the file at which the text begins; the survivors of ``held_out`` pages are counted, never
    shown. ``fact`` is the id of the fact that a quote belongs to.
    """

    source: Source
    document: Document
    line: int = 1
    plain: bool = False
    held_out: bool = False
    fact: str = ""


@dataclass(frozen=True, slots=True)
class Carried:
    """A figure of a faithful sentence and the figure of a fact that it tells."""

    claim: Claim
    figure: Figure
    fact: FactFigure
    derived: bool = False


@dataclass(frozen=True, slots=True)
class Told:
    """A clause of a faithful sentence and the clause of a fact that it tells."""

    claim: Claim
    fact: FactStatement


@dataclass(frozen=True, slots=True)
class Site:
    """A faithful sentence: where it stands, its parse (spans relative to the sentence), and what it tells."""

    page: Page
    passage: Passage
    sentence: Span
    tokens: tuple[Token, ...]
    claims: tuple[Claim, ...]
    figures: tuple[Carried, ...]
    statements: tuple[Told, ...]

    @property
    def owners(self) -> tuple[Carried | Told, ...]:
        """Give everything that the sentence tells of facts, its figures first."""
        return (*self.figures, *self.statements)

    @property
    def fact(self) -> str:
        """Give the id of the first fact that the sentence tells; empty where it tells none."""
        return next((owner.fact.fact.id for owner in self.owners), "")

    @property
    def text(self) -> str:
        """Give the sentence as the reader sees it: markup is blank."""
        start = self.passage.span.start
        return self.passage.text[self.sentence.start - start : self.sentence.end - start]


@dataclass(frozen=True, slots=True, order=True)
class Edit:
    """A stretch of the page's text and what stands in its place."""

    span: Span
    text: str


@dataclass(frozen=True, slots=True)
class Variant:
    """A faithful sentence changed in one thing: a fault of a kind, or a re-phrasing that keeps it true.

    ``edits`` are in order and do not touch; ``fact`` is the id of the fact that the fault departs from.
    """

    kind: str
    edits: tuple[Edit, ...]
    fact: str = ""

    @property
    def faulty(self) -> bool:
        """Tell whether the variant is false."""
        return self.kind in RIGHT


@dataclass(frozen=True, slots=True)
class Trial:
    """A variant and what the linter said of it: the rules that fired on its sentence with their verdicts.

    ``reading`` says of a fault that nothing fired on how it was read.
    """

    site: Site
    variant: Variant
    alarms: tuple[tuple[str, Verdict], ...]
    reading: str = ""

    @property
    def flagged(self) -> bool:
        """Tell whether an error or warning sits on the changed sentence."""
        return bool(self.alarms)

    @property
    def rightly(self) -> bool:
        """Tell whether one of them has a verdict that such a fault deserves."""
        return any(verdict in RIGHT.get(self.variant.kind, frozenset()) for _, verdict in self.alarms)


def applied(text: str, edits: tuple[Edit, ...]) -> str:
    """Give a text with edits made; raises ValueError where they overlap or are out of order."""
    pieces: list[str] = []
    position = 0
    for edit in edits:
        if edit.span.start < position or edit.span.end > len(text):
            raise ValueError("edits overlap, or leave the text")
        pieces += (text[position : edit.span.start], edit.text)
        position = edit.span.end
    return "".join((*pieces, text[position:]))
