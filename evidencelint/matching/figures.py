"""Match every figure of a document, in order: a fact's, nearly a fact's, derived from facts, or nobody's."""

from __future__ import annotations

from collections.abc import Sequence

from evidencelint.frames import Claim, Figure
from evidencelint.matching.candidates import (
    AGREEING,
    CLOSE,
    ENOUGH,
    TELLING,
    VERY_CLOSE,
    Candidate,
    find_candidates,
    of_one_fact,
    set_against,
    telling_digits,
)
from evidencelint.matching.computed import computed
from evidencelint.matching.decisions import FigureMatch, agreed, conflicting, counted_otherwise, disagreed
from evidencelint.matching.departures import article, small
from evidencelint.matching.derived import Derivation, derive
from evidencelint.matching.distances import misjudged, percent_for_points, turned_round
from evidencelint.matching.exchanges import exchanged
from evidencelint.matching.index import FactFigure, FactIndex
from evidencelint.matching.inverted import inverted
from evidencelint.matching.owning import silent_unless_told
from evidencelint.matching.siblings import Beside, among_facts, attached, by_sentence, odd_one_out, timed
from evidencelint.matching.values import same_number
from evidencelint.matching.weighing import weighed
from evidencelint.model import Quantity

_FAR_NEARER = 2
_BEFORE, _AFTER = 8, 4
_REMEMBERED = 6
_TELLING = 3
_MARGIN = 0.2
_WARNED = 0.5
_OF_THE_FACT = 0.8


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
    around = by_sentence(matches)
    matches = [weighed(match, around[match.claim.sentence], index) for match in matches]
    matches = [among_facts(match, place, matches, index) for place, match in enumerate(matches)]
    around = by_sentence(matches)
    matches = [attached(timed(match, around), around, index) for match in matches]
    around = by_sentence(matches)
    matches = [odd_one_out(match, around, index) for match in matches]
    around = by_sentence(matches)
    settled = [_reconsider(match, matches, around, place, index) for place, match in enumerate(matches)]
    return tuple(silent_unless_told(match) for match in exchanged(settled, index))


def _reconsider(
    match: FigureMatch, matches: Sequence[FigureMatch], beside: Beside, place: int, index: FactIndex
) -> FigureMatch:
    """Take back a doubt about a number that stands in a fact which the text around it is telling."""
    if match.status not in {"value", "unsupported"} or (match.best is not None and _settled(match.best)):
        return match
    sentence = match.claim.sentence
    around = [m for m in beside[sentence] if m is not match]
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
        known = {fact.order: fact for fact in told}
        speaking = {**known, **{fact.order: fact for similarity, fact in near if similarity >= ENOUGH}}
        derivation = derive(claim, figure, list(speaking.values()), list(known.values()))
    if clean:
        clean = _prefer_plain(clean)
        told_so = _told_otherwise(claim, figure, clean[0], index, beside) or _outdated(claim, figure, clean, index)
        return told_so or agreed(claim, figure, clean[0], candidates, index, derived=derivation is not None)
    departed = disagreed(claim, figure, candidates, index)
    if figure.when:
        return departed
    percent = percent_for_points(claim, figure, near)
    if percent is not None:
        return percent
    if derivation is not None and (crossed := turned_round(claim, figure, derivation, near, index)) is not None:
        return crossed
    found = _elsewhere(claim, figure, candidates, _rival(figure, agreeing), derivation, departed, index)
    return found or _computed(claim, figure, near, departed, told, beside)


def _told_otherwise(
    claim: Claim, figure: Figure, best: Candidate, index: FactIndex, beside: Sequence[Quantity]
) -> FigureMatch | None:
    """Find that a text tells a fact's range by its two ends, or its rate the other way round."""
    if best.agreement == "collapsed" and _both_ends(best.fact.figure.quantity, beside):
        return FigureMatch(claim, figure, "supported", 0.8, best)
    turned = inverted(claim, figure, best, index.figures_of(best.fact.fact.id), beside)
    return None if turned is None else FigureMatch(claim, figure, "supported", 0.8, best, derivation=turned)


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
    index: FactIndex,
) -> FigureMatch | None:
    """Decide on a value that a fact has of something else, or from which it follows; None where none has it."""
    complement = derivation is not None and derivation.complement
    if rival is not None and of_one_fact(rival, departed.best) and not complement:
        return conflicting(claim, figure, rival, candidates, index)
    if rival is not None and not complement and derivation is not None and _nearer(rival, derivation, candidates):
        return conflicting(claim, figure, rival, candidates, index)
    chance = derivation is not None and not derivation.reasoned and _sure(departed)
    if derivation is not None and not chance and (departed.best is None or _explains(derivation, departed.best)):
        best = candidates[0] if candidates else None
        return FigureMatch(
            claim,
            figure,
            "derived",
            0.7,
            best,
            derivation=derivation.text,
            origin=derivation.fact or "facts",
            reasoned=derivation.reasoned,
        )
    if rival is not None:
        return conflicting(claim, figure, rival, candidates, index)
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
    sums = computed(figure, known, beside if claim.passage == "cell" else ())
    if sums is None:
        apart = misjudged(claim, figure, near) if departed.status == "unsupported" else None
        return apart or departed
    row = claim.passage == "cell" and sums.text.startswith("100%")
    if not (row or sums.typed) and departed.best is not None and departed.best.similarity >= VERY_CLOSE:
        return departed
    reasoned = sums.reasoned(claim)
    if not (row or sums.typed) and not reasoned and _sure(departed):
        return departed
    return FigureMatch(claim, figure, "derived", 0.6, None, derivation=sums.text, origin="text", reasoned=reasoned)


def _sure(departed: FigureMatch) -> bool:
    """Tell whether a fact clearly speaks of the thing, so that a sum no word speaks of is one of chance."""
    return departed.status in {"value", "unit", "direction"} and departed.confidence >= _WARNED


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
    """Tell whether a telling figure is told of the fact's matter, but of other people, times or studies.

    A range, or the size of a change, tells of itself what it was, and may be told of another outcome.
    """
    theirs = candidate.fact.figure.quantity
    telling = candidate.agreement == "same" and telling_digits(theirs) >= TELLING
    apart = {conflict.slot for conflict in candidate.slots.hard}
    if candidate.agreement == "same" and theirs.value is None and theirs.low is not None and theirs.high is not None:
        return apart <= {"population", "measure"}  # both ends of a range are not met by chance
    if telling and apart == {"measure"} and theirs.change != "level":
        return True  # nor is the size of a change
    return telling and bool(candidate.slots.agreed) and apart <= {"population", "timepoint", "study"}


def _nearer(rival: Candidate, derivation: Derivation, candidates: Sequence[Candidate]) -> bool:
    """Tell whether a fact that has this very value speaks of the matter more nearly than those a sum is made of."""
    used = [c.similarity for c in candidates if c.fact.fact.id == derivation.fact]
    return rival.agreement == "same" and rival.similarity >= CLOSE and rival.similarity > max(used, default=0.0)


def _explains(derivation: Derivation, best: Candidate) -> bool:
    """Tell whether a sum is to be believed although a fact seems to speak of the figure and says another."""
    return derivation.fact in {None, best.fact.fact.id} or best.similarity < VERY_CLOSE


def _without_strays(figure: Figure, clean: list[Candidate], candidates: Sequence[Candidate]) -> list[Candidate]:
    """Leave out agreement by chance: with a fact far less near than one that has another value for the very thing.

    A value somewhere in a fact's range is no agreement either, where the fact gives the value itself.
    """
    apart = [
        c for c in candidates if c.agreement in {"differs", "turned"} and not c.slots.hard and c.counting != "other"
    ]
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
