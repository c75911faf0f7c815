"""Match every figure of a document, in order: a fact's, nearly a fact's, derived from facts, or nobody's."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from evidencelint.frames import Claim, Figure
from evidencelint.matching.candidates import (
    AGREEING,
    CLOSE,
    ENOUGH,
    TELLING,
    VERY_CLOSE,
    Candidate,
    find_candidates,
    set_against,
    telling_digits,
)
from evidencelint.matching.decisions import FigureMatch, agreed, conflicting, counted_otherwise, disagreed
from evidencelint.matching.departures import article, small
from evidencelint.matching.derived import Derivation, computed, derive, distance, gap, points_as_percent
from evidencelint.matching.exchanges import exchanged
from evidencelint.matching.index import FactFigure, FactIndex
from evidencelint.matching.values import same_number
from evidencelint.model import Quantity

_FAR_NEARER = 2
_BEFORE, _AFTER = 8, 4
_REMEMBERED = 6
_TELLING = 3
_MARGIN = 0.2
_OF_THE_FACT = 0.8
_ROWS, _FEWEST_ROWS = 6, 2
_ATTACHED = frozenset({"statistic", "bound", "p", "total"})


def match_figures(claims: Sequence[Claim], index: FactIndex) -> tuple[FigureMatch, ...]:
    """Match every figure of a document, in order; what a passage has already cited helps with the rest."""
    matches: list[FigureMatch] = []
    recent = Recent()
    everything = [figure.quantity for claim in claims for figure in claim.figures]
    position = 0
    for claim in claims:
        for figure in claim.figures:
            beside = everything[max(0, position - _BEFORE) : position + _AFTER]
            match = _match(claim, figure, index, recent.facts(figure), beside)
            recent.note(match)
            matches.append(match)
            position += 1
    matches = [_among_facts(match, place, matches) for place, match in enumerate(matches)]
    matches = [_attached(_timed(match, matches), matches, index) for match in matches]
    settled = [_reconsider(match, matches, place, index) for place, match in enumerate(matches)]
    return exchanged(settled, index)


def _timed(match: FigureMatch, matches: Sequence[FigureMatch]) -> FigureMatch:
    """Doubt when something was measured only where the text tells another figure of that very fact."""
    if not match.figure.when or match.status not in {"value", "unit", "unsupported"}:
        return match
    for other in matches:
        told = other.claim.sentence == match.claim.sentence and other.status == "supported"
        if told and other.best is not None and not other.figure.when and _same_fact(other.best, match.best):
            return match
    return replace(match, status="silent", confidence=0.3, best=None)


def _among_facts(match: FigureMatch, place: int, matches: Sequence[FigureMatch]) -> FigureMatch:
    """Be surer that nobody's figure is a fault where it stands in a table whose like figures are facts."""
    if match.status != "unsupported" or match.claim.passage != "cell":
        return match
    around = [*matches[max(0, place - _ROWS) : place], *matches[place + 1 : place + 1 + _ROWS]]
    alike = [m for m in around if m.claim.passage == "cell" and m.figure.quantity.unit == match.figure.quantity.unit]
    told = sum(m.status == "supported" and m.best is not None and m.best.similarity >= CLOSE for m in alike)
    return replace(match, confidence=_OF_THE_FACT) if told >= _FEWEST_ROWS else match


def _attached(match: FigureMatch, matches: Sequence[FigureMatch], index: FactIndex) -> FigureMatch:
    """Judge a spread, interval or p-value by the fact whose estimate it stands beside, not by one met by chance."""
    if match.figure.quantity.role not in _ATTACHED or match.best is None or match.status != "supported":
        return match
    beside = [
        m for m in matches if m.claim.sentence == match.claim.sentence and m.figure.quantity.role not in _ATTACHED
    ]
    told = {m.best.fact.fact.id for m in beside if m.best and m.status == "supported" and m.best.similarity >= CLOSE}
    if not told or match.best.fact.fact.id in told:
        return match
    for fact_id in sorted(told):
        own = [set_against(match.figure, CLOSE, fact, index) for fact in index.figures_of(fact_id)]
        alike = [c for c in own if c.fact.figure.quantity.role == match.figure.quantity.role and c.counting != "other"]
        if len(alike) == 1 and alike[0].agreement == "differs":
            return replace(match, status="value", confidence=_OF_THE_FACT, best=alike[0], others=(match.best,))
    return match


def _reconsider(match: FigureMatch, matches: Sequence[FigureMatch], place: int, index: FactIndex) -> FigureMatch:
    """Take back a doubt about a number that stands in a fact which the text around it is telling."""
    if match.status not in {"value", "unsupported"} or (match.best is not None and _settled(match.best)):
        return match
    sentence = match.claim.sentence
    around = [m for m in matches if m.claim.sentence == sentence and m is not match]
    around += [m for m in matches[max(0, place - _TELLING) : place] if m.claim.sentence != sentence]
    told = {m.best.fact.fact.id for m in around if m.status == "supported" and m.best and m.best.similarity >= CLOSE}
    for fact_id in sorted(told):
        for fact in index.figures_of(fact_id):
            if same_number(match.figure.quantity, fact.figure.quantity):
                return FigureMatch(
                    match.claim, match.figure, "supported", 0.6, set_against(match.figure, 0.0, fact, index)
                )
    return match


def _settled(best: Candidate) -> bool:
    """Tell whether a fact speaks of the very thing counted, so that no other fact of the text can lend its number."""
    return best.counting == "same" or best.similarity >= VERY_CLOSE


class Recent:
    """The figures of facts that the text has just told, for sums and differences with words like "that gap"."""

    def __init__(self) -> None:
        """Start with nothing told."""
        self._told: list[FactFigure] = []

    def note(self, match: FigureMatch) -> None:
        """Remember the fact of a figure that was matched."""
        if match.best is not None and match.status != "silent":
            self._told = [*self._told, match.best.fact][-_REMEMBERED:]

    def facts(self, figure: Figure) -> list[FactFigure]:
        """Give the remembered figures, unless the figure opens a matter of its own."""
        return [fact for fact in self._told if fact.figure is not figure]


def candidates_of(claim: Claim, figure: Figure, index: FactIndex) -> list[Candidate]:
    """Give the figures of facts that a draft's figure may stand for, best first."""
    return find_candidates(figure, index.nearest_figures(index.draft_weights(figure, claim.context)), index)


def _match(
    claim: Claim, figure: Figure, index: FactIndex, told: Sequence[FactFigure], beside: Sequence[Quantity]
) -> FigureMatch:
    near = index.nearest_figures(index.draft_weights(figure, claim.context))
    candidates = find_candidates(figure, near, index)
    agreeing = [c for c in candidates if c.agreement in AGREEING and c.counting != "other" and c.near_enough]
    clean = _without_strays(figure, [c for c in agreeing if not c.slots.hard], candidates)
    derivation = None
    if not _counted_apart(figure, candidates):
        speaking = [*told, *(fact for similarity, fact in near if similarity >= ENOUGH)]
        derivation = derive(claim, figure, speaking, told)
    if clean:
        clean = _prefer_plain(clean)
        if clean[0].agreement == "collapsed" and _both_ends(clean[0].fact.figure.quantity, beside):
            return FigureMatch(claim, figure, "supported", 0.8, clean[0])
        outdated = _outdated(claim, figure, clean, index)
        return outdated or agreed(claim, figure, clean[0], candidates, derived=derivation is not None)
    departed = disagreed(claim, figure, candidates, index)
    if figure.when:
        return departed
    percent = _points_as_percent(claim, figure, near)
    if percent is not None:
        return percent
    found = _elsewhere(claim, figure, candidates, _rival(figure, agreeing), derivation, departed)
    return found or _computed(claim, figure, near, departed, told, beside)


def _outdated(claim: Claim, figure: Figure, clean: Sequence[Candidate], index: FactIndex) -> FigureMatch | None:
    """Find the figure that holds now, where only facts that others have superseded carry the text's."""
    if any(c.fact.fact.superseded_by is None for c in clean):
        return None
    for fact in index.successors_of(clean[0].fact.fact):
        now = set_against(figure, clean[0].similarity, fact, index)
        if now.agreement == "differs" and now.counting != "other":
            return FigureMatch(claim, figure, "outdated", _OF_THE_FACT, now, others=(clean[0],))
    return None


def _elsewhere(
    claim: Claim,
    figure: Figure,
    candidates: Sequence[Candidate],
    rival: Candidate | None,
    derivation: Derivation | None,
    departed: FigureMatch,
) -> FigureMatch | None:
    """Decide on a value that a fact has of something else, or from which it follows; None where none has it."""
    complement = derivation is not None and derivation.complement
    if rival is not None and _same_fact(rival, departed.best) and not complement:
        return conflicting(claim, figure, rival, candidates)
    if rival is not None and not complement and derivation is not None and _nearer(rival, derivation, candidates):
        return conflicting(claim, figure, rival, candidates)
    if derivation is not None and (departed.best is None or _explains(derivation, departed.best)):
        best = candidates[0] if candidates else None
        return FigureMatch(
            claim, figure, "derived", 0.7, best, derivation=derivation.text, origin=derivation.fact or "facts"
        )
    if rival is not None:
        return conflicting(claim, figure, rival, candidates)
    return counted_otherwise(claim, figure, candidates)


def _computed(
    claim: Claim,
    figure: Figure,
    near: Sequence[tuple[float, FactFigure]],
    departed: FigureMatch,
    told: Sequence[FactFigure],
    beside: Sequence[Quantity],
) -> FigureMatch:
    """Believe a sum of what the text tells, unless a fact very near says another value."""
    known = [*(fact.figure.quantity for fact in told if fact.figure.quantity.role == "estimate"), *beside]
    sums = computed(figure, known, in_table=claim.passage == "cell")
    if sums is None:
        apart = _distance(claim, figure, near) if departed.status == "unsupported" else None
        return apart or departed
    row = claim.passage == "cell" and sums.startswith("100%")
    if not row and departed.best is not None and departed.best.similarity >= VERY_CLOSE:
        return departed
    return FigureMatch(claim, figure, "derived", 0.6, None, derivation=sums, origin="text")


def _points_as_percent(claim: Claim, figure: Figure, near: Sequence[tuple[float, FactFigure]]) -> FigureMatch | None:
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


def _distance(claim: Claim, figure: Figure, near: Sequence[tuple[float, FactFigure]]) -> FigureMatch | None:
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


def _rival(figure: Figure, agreeing: Sequence[Candidate]) -> Candidate | None:
    """Give the nearest fact with this very value and another slot; small counts must count the same things."""
    if article(figure):
        return None
    for candidate in agreeing:
        counted = candidate.counting == "same" or not small(figure)
        if candidate.slots.hard and counted and (candidate.similarity >= CLOSE / 2 or _told_of_others(candidate)):
            return candidate
    return None


def _told_of_others(candidate: Candidate) -> bool:
    """Tell whether a telling figure is told of the fact's matter, but of other people, times or studies."""
    telling = candidate.agreement == "same" and telling_digits(candidate.fact.figure.quantity) >= TELLING
    apart = {conflict.slot for conflict in candidate.slots.hard}
    return telling and bool(candidate.slots.agreed) and apart <= {"population", "timepoint", "study"}


def _nearer(rival: Candidate, derivation: Derivation, candidates: Sequence[Candidate]) -> bool:
    """Tell whether a fact that has this very value speaks of the matter more nearly than those a sum is made of."""
    used = [c.similarity for c in candidates if c.fact.fact.id == derivation.fact]
    return rival.agreement == "same" and rival.similarity >= CLOSE and rival.similarity > max(used, default=0.0)


def _same_fact(rival: Candidate, best: Candidate | None) -> bool:
    return best is not None and best.fact.fact.id == rival.fact.fact.id


def _explains(derivation: Derivation, best: Candidate) -> bool:
    """Tell whether a sum is to be believed although a fact seems to speak of the figure and says another."""
    return derivation.fact in {None, best.fact.fact.id} or best.similarity < VERY_CLOSE


def _without_strays(figure: Figure, clean: list[Candidate], candidates: Sequence[Candidate]) -> list[Candidate]:
    """Leave out agreement by chance: with a fact far less near than one that has another value for the very thing.

    A value somewhere in a fact's range is no agreement either, where the fact gives the value itself.
    """
    apart = [c for c in candidates if c.agreement == "differs" and not c.slots.hard and c.counting != "other"]
    kept = [
        c
        for c in clean
        if not any(
            other.fact.fact.id == c.fact.fact.id and other.fact.figure.quantity.unit == c.fact.figure.quantity.unit
            for other in apart
            if c.agreement == "collapsed"
            and other.fact.figure.quantity.value is not None
            and not same_number(figure.quantity, c.fact.figure.quantity)
        )
    ]
    if not kept or not apart or kept[0].similarity >= CLOSE or kept[0].agreement == "same":
        return kept
    nearest = max(c.similarity for c in apart)
    return [] if nearest >= VERY_CLOSE and nearest > _FAR_NEARER * kept[0].similarity else kept


def _counted_apart(figure: Figure, candidates: Sequence[Candidate]) -> bool:
    """Tell whether a fact counts exactly these things otherwise, so that no sum can stand for its figure."""
    named = {term for term in figure.local if term.startswith("measure:")}
    return any(
        c.counting == "same" and c.agreement == "differs" and named & c.fact.figure.local for c in candidates[:3]
    )


def _prefer_plain(clean: list[Candidate]) -> list[Candidate]:
    """Put a fact that carries the figure as it stands before one that only holds it in a range or bound."""
    near = [c for c in clean if c.score >= clean[0].score - _MARGIN]
    plain = [c for c in near if c.agreement in {"same", "weaker", "dropped"}]
    plain.sort(key=lambda c: c.agreement == "dropped")
    return [*plain, *(c for c in clean if c not in plain)] if plain else clean


def _both_ends(fact: Quantity, beside: Sequence[Quantity]) -> bool:
    """Tell whether the text gives both ends of a fact's range, in one figure each."""
    values = {quantity.value for quantity in beside if quantity.unit == fact.unit}
    return {fact.low, fact.high} <= values
