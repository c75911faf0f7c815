"""A claim as it is shown, apart from the outcome of a document: a run in which nothing has changed reads none."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from evidencelint.frames import Certainty, Relation
from evidencelint.model import FactRef, Quantity, Span, Verdict


@dataclass(frozen=True, slots=True)
class Ground:
    """A fact that the words of a claim rest on or depart from, and the two frames side by side, a line each.

    ``shares`` tells that the two have more words in common than the names of groups and studies.
    """

    fact: FactRef
    details: tuple[str, ...]
    shares: bool = True


@dataclass(frozen=True, slots=True)
class ClaimReport:
    """One claim as `claims` shows it; sentences that claim nothing have kind ``none`` and no verdict.

    ``grounds`` are those of its words; the figures of a document have their own, see `FileReport.figures`.
    """

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
    grounds: tuple[Ground, ...] = ()
