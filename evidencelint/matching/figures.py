"""Decide what a draft's figure is: a fact's, nearly a fact's, derived from facts, or nobody's."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Literal

from evidencelint.frames import Claim, Figure
from evidencelint.matching.candidates import (
    AGREEING,
    CLOSE,
    ENOUGH,
    VERY_CLOSE,
    Candidate,
    find_candidates,
    set_against,
)
from evidencelint.matching.departures import article, departure, distinctive, small, speaks_of, unheard_of
from evidencelint.matching.derived import computed, derive
from evidencelint.matching.index import FactFigure, FactIndex
from evidencelint.matching.slots import Conflict
from evidencelint.matching.values import same_number
from evidencelint.model import Quantity

Status = Literal[
    "supported",
    "derived",
    "value",
    "unit",
    "direction",
    "slot",
    "swapped",
    "counted",
    "bound",
    "dropped",
    "unsupported",
    "silent",
]

_MARGIN = 0.2
_FAR_NEARER = 2
_UNSURE = 0.45
_BEFORE, _AFTER = 8, 4
_REMEMBERED = 6
_TELLING = 3


@dataclass(frozen=True, slots=True)
class FigureMatch:
    """The verdict on one figure, the fact it rests on, and the runners-up."""

    claim: Claim
    figure: Figure
    status: Status
    confidence: float
    best: Candidate | None = None
    conflict: Conflict | None = None
    derivation: str = ""
    others: tuple[Candidate, ...] = field(default=())


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
    return tuple(_reconsider(match, matches, place, index) for place, match in enumerate(matches))


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
        return _agreed(claim, figure, clean[0], candidates, derivation)
    if derivation is not None:
        return FigureMatch(claim, figure, "derived", 0.7, candidates[0] if candidates else None, derivation=derivation)
    counts_alike = [c for c in agreeing if c.slots.hard and (c.counting == "same" or not small(figure))]
    rival = _rival([] if article(figure) else counts_alike)
    if rival is not None:
        return _conflicting(claim, figure, rival, candidates)
    verdict = _disagreed(claim, figure, candidates)
    sums = computed(figure, beside, in_table=claim.passage == "cell")
    row = claim.passage == "cell" and sums is not None and sums.startswith("100%")
    if sums is None or (not row and verdict.best is not None and verdict.best.similarity >= VERY_CLOSE):
        return verdict
    return FigureMatch(claim, figure, "derived", 0.6, None, derivation=sums)


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


def _agreed(
    claim: Claim, figure: Figure, best: Candidate, all_of_them: Sequence[Candidate], derivation: str | None
) -> FigureMatch:
    others = tuple(c for c in all_of_them if c is not best)[:2]
    confidence = min(0.99, 0.6 + best.similarity / 2)
    match best.agreement:
        case "sharpened" | "collapsed" if best.similarity >= CLOSE:
            return FigureMatch(claim, figure, "bound", confidence, best, others=others)
        case "dropped" if best.similarity >= CLOSE:
            return FigureMatch(claim, figure, "dropped", confidence, best, others=others)
        case _:
            pass
    if _polarity_turned(figure, best) and derivation is None:
        return FigureMatch(claim, figure, "direction", confidence, best, others=others)
    swapped = _swapped(figure, best, all_of_them)
    if swapped is not None and derivation is None:
        return FigureMatch(claim, figure, "swapped", 0.8, swapped, others=(best,))
    return FigureMatch(claim, figure, "supported", confidence, best, others=others)


def _polarity_turned(figure: Figure, best: Candidate) -> bool:
    """Tell whether the draft says "did not" of a share that the fact says did, or the reverse."""
    fact = best.fact.figure
    return (
        figure.quantity.dimension == fact.quantity.dimension == "fraction"
        and figure.negated != fact.negated
        and best.similarity >= CLOSE
        and "measure" in best.slots.agreed
    )


def _swapped(figure: Figure, best: Candidate, all_of_them: Sequence[Candidate]) -> Candidate | None:
    """Find the figure of the same fact whose own words the draft uses while giving the other's value."""
    mine = best.fact.figure.local
    for other in all_of_them:
        if other.fact.fact.id != best.fact.fact.id or other.agreement != "differs" or other.slots.hard:
            continue
        if other.counting == "other":
            continue
        kinds = {q.value is None for q in (figure.quantity, other.fact.figure.quantity, best.fact.figure.quantity)}
        if len(kinds) > 1:
            continue  # a range is no rival of a value
        theirs = other.fact.figure.local
        ours_only, theirs_only = mine - theirs, theirs - mine
        told = {term for term in theirs_only & figure.local if _has_rival(term, ours_only)}
        if told and not ours_only & (figure.local | figure.shared):
            return other
    return None


def _has_rival(term: str, others: frozenset[str]) -> bool:
    """Tell whether the other figure has a word of the same kind; what both share by ellipsis tells nothing."""
    kind = term.partition(":")[0] if ":" in term else ""
    return any((other.partition(":")[0] if ":" in other else "") == kind for other in others)


def _rival(agreeing: Sequence[Candidate]) -> Candidate | None:
    return next((c for c in agreeing if c.similarity >= CLOSE / 2), None)


def _conflicting(claim: Claim, figure: Figure, rival: Candidate, candidates: Sequence[Candidate]) -> FigureMatch:
    """Decide on a fact's value with other slots: is there a figure with these slots and another value."""
    conflict = rival.slots.hard[0]
    right = next(
        (
            c
            for c in candidates
            if c.agreement == "differs" and not c.slots.hard and c.similarity >= CLOSE and c.counting != "other"
        ),
        None,
    )
    confidence = min(0.97, 0.55 + rival.similarity / 2)
    if conflict.slot == "measure" and distinctive(figure.quantity):
        confidence = _UNSURE  # a figure this particular is hardly ever told of another outcome
    told = any(m.slot == conflict.slot and m.concept == conflict.draft for m in claim.mentions)
    if _names_both(claim, conflict) or _lent_measure(claim, figure, conflict):
        confidence = _UNSURE
    if not told and right is not None and right.fact.fact.id == rival.fact.fact.id and claim.passage != "cell":
        # a lead-in that names one of a fact's two groups leads to the figures of both
        return FigureMatch(claim, figure, "supported", 0.6, rival)
    ranged = right is not None and (right.fact.figure.quantity.value is None) != (figure.quantity.value is None)
    if right is not None and not ranged and right.fact.fact.id == rival.fact.fact.id:
        return FigureMatch(claim, figure, "swapped", max(confidence, 0.85), right, conflict, others=(rival,))
    return FigureMatch(
        claim,
        figure,
        "slot",
        confidence,
        rival,
        conflict,
        others=tuple(c for c in candidates if c is not rival)[:2],
    )


def _names_both(claim: Claim, conflict: Conflict) -> bool:
    """Tell whether the clause names the fact's group as well as the other, so that either may be meant."""
    named = {mention.concept for mention in claim.mentions if mention.slot == conflict.slot}
    return conflict.slot in {"population", "study", "timepoint"} and {conflict.draft, conflict.fact} <= named


def _lent_measure(claim: Claim, figure: Figure, conflict: Conflict) -> bool:
    """Tell whether an outcome is named only later in the sentence, with figures of its own."""
    named = [m.span.start for m in claim.mentions if m.slot == "measure" and m.concept == conflict.draft]
    later = not named or min(named) > figure.quantity.span.start
    return conflict.slot == "measure" and later and f"measure:{conflict.draft}" not in figure.local


def _disagreed(claim: Claim, figure: Figure, candidates: Sequence[Candidate]) -> FigureMatch:
    for candidate in candidates:
        if candidate.slots.hard or candidate.counting == "other" or not speaks_of(figure, candidate, candidates):
            continue
        others = tuple(other for other in candidates if other is not candidate)[:2]
        confidence = min(0.98, 0.5 + candidate.similarity * 0.6)
        return FigureMatch(claim, figure, departure(candidate), confidence, candidate, others=others)
    if unheard_of(claim, figure, candidates):
        return FigureMatch(claim, figure, "unsupported", 0.75, None, others=tuple(candidates[:2]))
    return FigureMatch(claim, figure, "silent", 0.3, None, others=tuple(candidates[:2]))
