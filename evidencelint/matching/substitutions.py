"""The people of a fact exchanged for others in the same place: "messages to teachers" for "messages to parents".

The place is told by the word before or after. Only people by their part are compared: of other words a lexicon can't
tell whether they name another thing or the same one otherwise; measured, they gave more false alarms than finds.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby

from evidencelint.claims.lexical import Lexical
from evidencelint.diagnostics import Span
from evidencelint.frames import Claim
from evidencelint.lexicon import people_roles
from evidencelint.matching.index import FactIndex
from evidencelint.matching.nearness import HEDGED, RIVAL_SHARE, Near, StatementMatch

_NEAR = 0.4
_CONFIDENCE = 0.75


@dataclass(frozen=True, slots=True)
class Unit:
    """A word or name of a text with all the terms it stands for."""

    values: frozenset[str]
    span: Span
    text: str
    role: int | None


def substitutions(claim: Claim, near: Sequence[Near], index: FactIndex) -> Iterator[StatementMatch]:
    """Find the people whom a clause names in the place of those of the fact that it otherwise tells."""
    if claim.certainty.level < HEDGED:
        return
    speaking = [n for n in near[:4] if n.similarity >= _NEAR and not n.slots.hard]
    speaking = [n for n in speaking if n.similarity >= speaking[0].similarity * RIVAL_SHARE]
    ours = read_units(index.reader.lexical.read(claim.text), claim.text) if speaking else []
    found: list[StatementMatch] = []
    for item in speaking:
        text = item.fact.fact.quote
        theirs = read_units(index.reader.lexical.read(text), text)
        pair = _exchanged(ours, theirs)
        if pair is None:
            return  # a fact as near has no other word there
        mine, other = pair
        found.append(
            StatementMatch(
                claim, "exchanged", mine.span.shift(claim.span.start), _CONFIDENCE, item.fact, item.similarity,
                found=f"“{mine.text}” where fact `{{fact}}` has “{other.text}”",
            )
        )  # fmt: skip
    yield from found[:1]


def read_units(lexical: Lexical, text: str) -> list[Unit]:
    """Give the words and names of content in a text, in order."""
    roles = {place: hit.value for hit in people_roles().find(lexical.words) for place in range(*_bounds(hit.span))}
    units: list[Unit] = []
    for span, terms in groupby(lexical.terms, key=lambda term: term.span):
        if not units or span.start >= units[-1].span.end:
            values = frozenset(term.value for term in terms)
            units.append(Unit(values, span, text[span.start : span.end], roles.get(span.start)))
    return units


def _bounds(span: Span) -> tuple[int, int]:
    return span.start, span.end


def _exchanged(ours: Sequence[Unit], theirs: Sequence[Unit]) -> tuple[Unit, Unit] | None:
    """Give the first people of the one side that stand where the other side has others."""
    said, told = ({unit.role for unit in side} for side in (ours, theirs))
    for i, mine in enumerate(ours):
        if mine.role is None or mine.role in told:
            continue
        for j, other in enumerate(theirs):
            beside = _meets(ours, i - 1, theirs, j - 1) or _meets(ours, i + 1, theirs, j + 1)
            if other.role is not None and other.role not in said and beside:
                return mine, other
    return None


def _meets(ours: Sequence[Unit], i: int, theirs: Sequence[Unit], j: int) -> bool:
    inside = 0 <= i < len(ours) and 0 <= j < len(theirs)
    return inside and bool(ours[i].values & theirs[j].values)
