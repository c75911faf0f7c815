"""What the report tells of one document: its claims and findings as items, numbered in the order of the text."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Literal

from evidencelint.diagnostics import Diagnostic, Span, Suppressed, Verdict
from evidencelint.errors import EvidencelintError
from evidencelint.reported import ClaimReport
from evidencelint.session import Checked, belongs

Shade = Verdict | Literal["open"]
# the order of the legend; "open" is a claim that nothing was found to say for or against
SHADES: Mapping[Shade, str] = {
    "supported": "a fact says this",
    "mismatched": "the fact says something else",
    "overstated": "the fact says less",
    "unsupported": "no fact speaks to it",
    "inconsistent": "the draft contradicts itself",
    "citation": "a citation is wrong or missing",
    "open": "not judged",
}


@dataclass(frozen=True, slots=True)
class Item:
    """A claim with the findings in it, or a finding outside of any claim; ``shade`` is how it is shown."""

    number: int
    span: Span
    shade: Shade
    claim: ClaimReport | None
    findings: tuple[Diagnostic, ...]
    suppressed: tuple[Suppressed, ...] = ()


@dataclass(frozen=True, slots=True)
class Surveyed:
    """One document of the report; without ``checked`` it could not be checked, and ``error`` says why."""

    path: str
    checked: Checked | None
    error: EvidencelintError | None = None

    def items(self) -> tuple[Item, ...]:
        """Give what is to be shown, in the order of the text."""
        return tuple(_items(self.checked)) if self.checked is not None else ()


def _items(checked: Checked) -> Iterator[Item]:
    report = checked.report
    found, hidden = report.diagnostics, report.suppressed
    items: list[Item] = []
    told: set[int] = set()
    for claim in report.claims:
        mine = tuple(each for each in found if belongs(each, claim.span))
        silent = tuple(each for each in hidden if belongs(each.diagnostic, claim.span))
        if claim.kind == "none" and not mine and not silent:
            continue
        told.update(id(each) for each in mine)
        items.append(Item(0, claim.span, _shade_of(claim, mine), claim, mine, silent))
    items += [Item(0, each.span, _shade(each), None, (each,)) for each in found if id(each) not in told]
    items.sort(key=lambda item: item.span)
    yield from (replace(item, number=number) for number, item in enumerate(items, start=1))


def _shade_of(claim: ClaimReport, found: Sequence[Diagnostic]) -> Shade:
    """Give the verdict of a claim, unless it rests on findings that the document takes back."""
    if claim.verdict is None or (claim.verdict != "supported" and not found):
        return "open"
    return claim.verdict if claim.verdict in SHADES else "open"


def _shade(found: Diagnostic) -> Shade:
    return found.verdict if found.severity != "info" and found.verdict in SHADES else "open"
