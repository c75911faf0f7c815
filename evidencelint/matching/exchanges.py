"""Two figures of one fact told in each other's place: each stands with the words that belong to the other."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from evidencelint.matching.candidates import set_against
from evidencelint.matching.decisions import CARRIED, FigureMatch
from evidencelint.matching.index import FactIndex

_APART = 4
_CONFIDENCE = 0.85


def exchanged(matches: Sequence[FigureMatch], index: FactIndex) -> tuple[FigureMatch, ...]:
    """Mark the pairs of neighbouring figures that would fit their fact better the other way round."""
    result = list(matches)
    for first, match in enumerate(matches):
        for second in range(first + 1, min(first + _APART, len(matches))):
            other = matches[second]
            if _crossed(match, other, index):
                result[first] = _swapped(match, other, index)
                result[second] = _swapped(other, match, index)
    return tuple(result)


def _crossed(match: FigureMatch, other: FigureMatch, index: FactIndex) -> bool:
    if match.status not in CARRIED or other.status not in CARRIED or match.best is None or other.best is None:
        return False
    if not {match.best.agreement, other.best.agreement} <= {"same", "dropped"}:
        return False
    ours, theirs = match.best.fact, other.best.fact
    if ours.fact.id != theirs.fact.id or ours is theirs:
        return False
    a, b = ours.figure, theirs.figure
    if a.quantity.unit != b.quantity.unit or a.quantity.value == b.quantity.value:
        return False
    only_a, only_b = a.local - b.local, b.local - a.local
    mine, yours = match.figure.local - other.figure.local, other.figure.local - match.figure.local
    straight = index.weight(mine & only_a) + index.weight(yours & only_b)
    first, second = index.weight(mine & only_b), index.weight(yours & only_a)
    return straight == 0 and first > 0 and second > 0


def _swapped(match: FigureMatch, other: FigureMatch, index: FactIndex) -> FigureMatch:
    if match.best is None or other.best is None:
        return match
    right = set_against(match.figure, match.best.similarity, other.best.fact, index)
    return replace(match, status="swapped", confidence=_CONFIDENCE, best=right, others=(match.best,))
