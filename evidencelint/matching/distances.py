"""Distances and ratios of two figures of a fact, told wrongly: of the wrong group, in percent, or of another size."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from evidencelint.frames import Claim, Figure
from evidencelint.matching.candidates import CLOSE, ENOUGH, set_against
from evidencelint.matching.decisions import FigureMatch
from evidencelint.matching.derived import Derivation, distance, gap, points_as_percent
from evidencelint.matching.index import FactFigure, FactIndex
from evidencelint.matching.rankings import turned
from evidencelint.model import Quantity

_TURNED = 0.75


def turned_round(
    claim: Claim, figure: Figure, derivation: Derivation, near: Sequence[tuple[float, FactFigure]], index: FactIndex
) -> FigureMatch | None:
    """Find a ratio or distance of two groups told of the one that has less."""
    if derivation.pair is None or not turned(claim, figure, *derivation.pair, index.vocabulary):
        return None
    high, _ = derivation.pair
    ours, theirs = figure.stated["measure"] or figure.filled["measure"], high.slots["measure"]
    similarity = max((likeness for likeness, fact in near if fact.fact.id == high.fact.id), default=0.0)
    if similarity < CLOSE / 2 or (ours and theirs and not ours & theirs):
        return None
    return FigureMatch(
        claim, figure, "direction", _TURNED, set_against(figure, similarity, high, index), derivation=derivation.text
    )


def percent_for_points(claim: Claim, figure: Figure, near: Sequence[tuple[float, FactFigure]]) -> FigureMatch | None:
    """Find percentage points told as percent: 81% against 72% is not "9% more"."""
    return _wrong_distance(claim, figure, near, points_as_percent, CLOSE, 0.6)


def misjudged(claim: Claim, figure: Figure, near: Sequence[tuple[float, FactFigure]]) -> FigureMatch | None:
    """Find a distance in percentage points that is not that of the two shares of the fact it speaks of."""
    return _wrong_distance(claim, figure, near, gap, ENOUGH, 0.65)


def _wrong_distance(
    claim: Claim,
    figure: Figure,
    near: Sequence[tuple[float, FactFigure]],
    shares_of: Callable[[Quantity, Sequence[FactFigure]], tuple[FactFigure, FactFigure] | None],
    least: float,
    base: float,
) -> FigureMatch | None:
    """Give the nearest fact of likeness ``least`` whose two shares ``shares_of`` finds; ``base`` is the confidence."""
    for similarity, fact in near[:4]:
        group = [other for _, other in near if other.fact.id == fact.fact.id]
        shares = shares_of(figure.quantity, group)
        if shares is not None and similarity >= least:
            confidence = min(0.9, base + similarity / 2)
            return FigureMatch(claim, figure, "distance", confidence, derivation=distance(*shares), pair=shares)
    return None
