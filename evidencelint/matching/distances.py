"""Distances and ratios of two figures of a fact, told wrongly: of the wrong group, in percent, or of another size."""

from __future__ import annotations

from collections.abc import Sequence

from evidencelint.frames import Claim, Figure
from evidencelint.matching.candidates import CLOSE, ENOUGH, set_against
from evidencelint.matching.decisions import FigureMatch
from evidencelint.matching.derived import Derivation, distance, gap, points_as_percent
from evidencelint.matching.index import FactFigure, FactIndex
from evidencelint.matching.rankings import turned

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
    for similarity, fact in near[:4]:
        group = [other for _, other in near if other.fact.id == fact.fact.id]
        shares = points_as_percent(figure.quantity, group)
        if shares is not None and similarity >= CLOSE:
            return FigureMatch(
                claim, figure, "distance", min(0.9, 0.6 + similarity / 2), derivation=distance(*shares),
                pair=shares,
            )  # fmt: skip
    return None


def misjudged(claim: Claim, figure: Figure, near: Sequence[tuple[float, FactFigure]]) -> FigureMatch | None:
    """Find a distance in percentage points that is not that of the two shares of the fact it speaks of."""
    for similarity, fact in near[:4]:
        group = [other for _, other in near if other.fact.id == fact.fact.id]
        shares = gap(figure.quantity, group)
        if shares is not None and similarity >= ENOUGH:
            return FigureMatch(
                claim, figure, "distance", min(0.9, 0.65 + similarity / 2), derivation=distance(*shares),
                pair=shares,
            )  # fmt: skip
    return None
