"""What comes of checking a document: the diagnostics, and the claims, which are read only when they are shown.

Apart from the engine, so that a run in which nothing has changed need not load it.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from fractions import Fraction
from typing import TYPE_CHECKING, Protocol, runtime_checkable

from evidencelint.accounts import Accounted, Accounts, FigureReport, add_up, settled
from evidencelint.bibliography.work import Work
from evidencelint.diagnostics import Diagnostic, Suppressed
from evidencelint.errors import EvidencelintError

if TYPE_CHECKING:
    from evidencelint.reported import ClaimReport


@dataclass(frozen=True, slots=True)
class CitedWork:
    """A key that a document cites from a bibliography of its own; ``diagnostic`` is ready but for its message."""

    key: str
    work: Work
    diagnostic: Diagnostic


@dataclass(frozen=True, slots=True)
class OpenFigure:
    """A figure that no fact decides: what it is of, its value, and what to report if another document differs."""

    thing: str
    value: Fraction
    found: Diagnostic


@dataclass(frozen=True, slots=True)
class Tally:
    """How many claims a document makes, and how many of them a fact supports."""

    claims: int
    supported: int


@runtime_checkable
class Tallied(Protocol):
    """Claims that know their tally beforehand."""

    @property
    def tally(self) -> Tally:
        """Give it."""


def tally(claims: Iterable[ClaimReport]) -> Tally:
    """Count claims; sentences that claim nothing are none."""
    made = [claim for claim in claims if claim.kind != "none"]
    return Tally(len(made), sum(claim.verdict == "supported" for claim in made))


@dataclass(frozen=True, slots=True)
class FileReport:
    """What came of one document; ``checked`` is false where it could not be read, and ``error`` says why.

    ``cited`` are the works of the document's own bibliography that it cites, and ``open_figures`` the figures that no
    fact decides, to be compared with other documents. ``figures`` are all there are, as the engine accounts for them;
    ``off_topic`` tells that the project asks for no support here. `accounts` says how it all adds up.
    """

    path: str
    checked: bool
    error: EvidencelintError | None
    claims: Sequence[ClaimReport]
    diagnostics: tuple[Diagnostic, ...]
    suppressed: tuple[Suppressed, ...] = ()
    cited: tuple[CitedWork, ...] = ()
    open_figures: tuple[OpenFigure, ...] = ()
    figures: Sequence[FigureReport] = ()
    off_topic: bool = False

    def tally(self) -> Tally:
        """Count the claims; those of a stored report are counted without being read."""
        return self.claims.tally if isinstance(self.claims, Tallied) else tally(self.claims)

    def settled_figures(self) -> tuple[FigureReport, ...]:
        """Give all figures with what document, baseline and topic set aside."""
        return tuple(settled(self.figures, self.suppressed, off_topic=self.off_topic))

    def accounts(self) -> Accounts:
        """Count the figures; those of a stored report are counted without being read, where nothing is taken back."""
        if isinstance(self.figures, Accounted) and not self.suppressed and not self.off_topic:
            return self.figures.accounts
        return add_up(self.settled_figures())
