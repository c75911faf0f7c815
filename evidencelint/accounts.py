"""What becomes of every figure of a document: which facts it rests on, or why it is left alone."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from typing import Literal, Protocol, get_args, runtime_checkable

from evidencelint.diagnostics import FactRef, Span, Suppressed, Verdict
from evidencelint.spans import Spans

Account = Literal["matched", "derived", "arithmetic", "unmatched", "set_aside"]
Reason = Literal[
    "date",
    "version",
    "label",
    "ordinal",
    "age",
    "reference",
    "vague",
    "proportion",
    "level",
    "name",
    "idiom",
    "data",
    "other topic",
    "suppressed",
    "citation",
    "footnote",
    "link",
    "image",
    "list number",
    "code",
    "math",
    "html",
    "comment",
    "metadata",
    "struck out",
    "markup",
]
REASONS: tuple[Reason, ...] = get_args(Reason)


@dataclass(frozen=True, slots=True)
class FigureReport:
    """One figure of a document and its account.

    ``reason`` says why a figure is set aside; ``verdict`` what a matched or derived one is found to be; ``facts`` are
    those it rests on or departs from, with ``details`` (frame against frame, a line each) and ``derivation`` (the sum).
    Lines and columns are 1-based code points, ends exclusive.
    """

    path: str
    span: Span
    line: int
    column: int
    end_line: int
    end_column: int
    text: str
    account: Account
    reason: Reason | None = None
    verdict: Verdict | None = None
    facts: tuple[FactRef, ...] = ()
    details: tuple[str, ...] = ()
    derivation: str = ""


@dataclass(frozen=True, slots=True)
class Accounts:
    """How many figures there are, by account; those set aside by reason. ``departing`` of the matched differ."""

    matched: int = 0
    departing: int = 0
    derived: int = 0
    arithmetic: int = 0
    unmatched: int = 0
    set_aside: Mapping[str, int] = field(default_factory=dict)

    @property
    def figures(self) -> int:
        """Give the number of all figures."""
        return self.matched + self.derived + self.arithmetic + self.unmatched + sum(self.set_aside.values())

    def __add__(self, other: Accounts) -> Accounts:
        """Add up the accounts of two documents."""
        reasons = Counter(self.set_aside) + Counter(other.set_aside)
        return Accounts(
            self.matched + other.matched,
            self.departing + other.departing,
            self.derived + other.derived,
            self.arithmetic + other.arithmetic,
            self.unmatched + other.unmatched,
            {reason: reasons[reason] for reason in REASONS if reasons[reason]},
        )


@runtime_checkable
class Accounted(Protocol):
    """Figures that know their accounts beforehand."""

    @property
    def accounts(self) -> Accounts:
        """Give them."""


def add_up(figures: Iterable[FigureReport]) -> Accounts:
    """Count figures by account and reason."""
    counts: Counter[str] = Counter()
    reasons: Counter[str] = Counter()
    departing = 0
    for figure in figures:
        counts[figure.account] += 1
        if figure.reason is not None:
            reasons[figure.reason] += 1
        departing += figure.account == "matched" and figure.verdict != "supported"
    return Accounts(
        counts["matched"],
        departing,
        counts["derived"],
        counts["arithmetic"],
        counts["unmatched"],
        {reason: reasons[reason] for reason in REASONS if reasons[reason]},
    )


def settled(
    figures: Iterable[FigureReport], suppressed: Iterable[Suppressed], *, off_topic: bool
) -> Iterable[FigureReport]:
    """Yield figures as a project sees them: those of findings that are taken back, and of other topics, set aside."""
    taken = Spans(each.diagnostic.span for each in suppressed)
    for figure in figures:
        if figure.account != "set_aside" and taken.meet(figure.span):
            yield replace(figure, account="set_aside", reason="suppressed")
        elif figure.account == "unmatched" and off_topic:
            yield replace(figure, account="set_aside", reason="other topic")
        else:
            yield figure
