"""Decide what a draft's figure is: a fact's, nearly a fact's, derived from facts, or nobody's."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Literal

from evidencelint.frames import Claim, Figure
from evidencelint.matching.counted import Counting, compare_counted
from evidencelint.matching.derived import computed, derive
from evidencelint.matching.index import FactFigure, FactIndex
from evidencelint.matching.slots import Conflict, SlotComparison, compare_slots
from evidencelint.matching.values import Agreement, compare
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

_AGREEING = frozenset({"same", "weaker", "dropped", "sharpened", "collapsed"})
# Similarities (cosine, 0 to 1) from which a match is believed; chosen on the development drafts.
_ENOUGH = 0.12
_CLOSE = 0.34
_VERY_CLOSE = 0.5
_UNIT_CLOSE = 0.18
_SLOT_BONUS = 0.06
_CONFLICT_MALUS = 0.25
_WEAK_CONFLICT_MALUS = 0.05
_VALUE_BONUS = 0.15
_WORTHWHILE_SLOTS = ("measure", "population", "arm")
_TABLED = frozenset({"fraction", "money", "mass", "ratio", "energy", "emission"})
_NO_CLAIM = frozenset({"bound", "p", "statistic", "n", "total"})
_SMALL_COUNT = 12
_HEDGED = 2
_LABELLED = 0.6
_MARGIN = 0.2
_ALONE = 0.2
_MANY_DIGITS = 4
_UNSURE = 0.45
_BEFORE, _AFTER = 8, 4
_REMEMBERED = 6


@dataclass(frozen=True, slots=True)
class Candidate:
    """A fact's figure set against a draft's: how like, how the numbers stand, which slots differ."""

    fact: FactFigure
    similarity: float
    agreement: Agreement
    slots: SlotComparison
    counting: Counting

    @property
    def score(self) -> float:
        """Rank candidates: likeness of topic, slots in common, and the value as one more clue."""
        hard = len(self.slots.hard)
        weak = len(self.slots.conflicts) - hard
        value = _VALUE_BONUS if self.agreement in _AGREEING else 0.0
        counted = {"same": 0.05, "unknown": 0.0, "other": -0.15}[self.counting]
        return (
            self.similarity
            + _SLOT_BONUS * len(self.slots.agreed)
            - _CONFLICT_MALUS * hard
            - _WEAK_CONFLICT_MALUS * weak
            + value
            + counted
        )


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
    return tuple(matches)


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
    candidates = _candidates(figure, near, index)
    agreeing = [c for c in candidates if c.agreement in _AGREEING and c.counting != "other" and c.similarity >= _ENOUGH]
    clean = [c for c in agreeing if not c.slots.hard]
    derivation = None
    if not _counted_apart(figure, candidates):
        speaking = [*told, *(fact for similarity, fact in near if similarity >= _ENOUGH)]
        derivation = derive(claim, figure, speaking, told)
    if clean:
        clean = _prefer_plain(clean)
        if clean[0].agreement == "collapsed" and _both_ends(clean[0].fact.figure.quantity, beside):
            return FigureMatch(claim, figure, "supported", 0.8, clean[0])
        return _agreed(claim, figure, clean[0], candidates, derivation)
    if derivation is not None:
        return FigureMatch(claim, figure, "derived", 0.7, candidates[0] if candidates else None, derivation=derivation)
    rival = _rival([c for c in agreeing if c.counting == "same" or not _small(figure)])
    if rival is not None:
        return _conflicting(claim, figure, rival, candidates)
    verdict = _disagreed(claim, figure, candidates)
    sums = computed(figure, beside, in_table=claim.passage == "cell")
    row = claim.passage == "cell" and sums is not None and sums.startswith("100%")
    if sums is None or (not row and verdict.best is not None and verdict.best.similarity >= _VERY_CLOSE):
        return verdict
    return FigureMatch(claim, figure, "derived", 0.6, None, derivation=sums)


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


def _candidates(figure: Figure, near: Sequence[tuple[float, FactFigure]], index: FactIndex) -> list[Candidate]:
    result: list[Candidate] = []
    for similarity, fact in near:
        agreement = compare(figure.quantity, fact.figure.quantity)
        if figure.arrival and fact.figure.quantity.change != "level" and agreement in _AGREEING:
            agreement = "differs"  # "fell to" is not "fell by"
        if agreement == "incomparable":
            continue
        comparison = compare_slots(figure.stated, figure.filled, fact.slots, index.vocabulary)
        counting = compare_counted(figure.quantity, fact.figure.quantity)
        result.append(Candidate(fact, similarity, agreement, comparison, counting))
    result.sort(key=lambda c: (-c.score, c.fact.order))
    return result


def _agreed(
    claim: Claim, figure: Figure, best: Candidate, all_of_them: Sequence[Candidate], derivation: str | None
) -> FigureMatch:
    others = tuple(c for c in all_of_them if c is not best)[:2]
    confidence = min(0.99, 0.6 + best.similarity / 2)
    match best.agreement:
        case "sharpened" | "collapsed" if best.similarity >= _CLOSE:
            return FigureMatch(claim, figure, "bound", confidence, best, others=others)
        case "dropped" if best.similarity >= _CLOSE:
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
        and best.similarity >= _CLOSE
        and "measure" in best.slots.agreed
    )


def _swapped(figure: Figure, best: Candidate, all_of_them: Sequence[Candidate]) -> Candidate | None:
    """Find the figure of the same fact whose own words the draft uses while giving the other's value."""
    mine = best.fact.figure.local
    for other in all_of_them:
        if other.fact.fact.id != best.fact.fact.id or other.agreement != "differs" or other.slots.hard:
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
    return next((c for c in agreeing if c.similarity >= _CLOSE / 2), None)


def _conflicting(claim: Claim, figure: Figure, rival: Candidate, candidates: Sequence[Candidate]) -> FigureMatch:
    """Decide on a fact's value with other slots: is there a figure with these slots and another value."""
    conflict = rival.slots.hard[0]
    right = next(
        (
            c
            for c in candidates
            if c.agreement == "differs" and not c.slots.hard and c.similarity >= _CLOSE and c.counting != "other"
        ),
        None,
    )
    confidence = min(0.97, 0.55 + rival.similarity / 2)
    if conflict.slot == "measure" and _distinctive(figure.quantity):
        confidence = _UNSURE  # a figure this particular is hardly ever told of another outcome
    told = any(m.slot == conflict.slot and m.concept == conflict.draft for m in claim.mentions)
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


def _distinctive(quantity: Quantity) -> bool:
    """Tell whether a figure has four or more digits that mean something."""
    return _distinctive_digits(quantity) >= _MANY_DIGITS


def _distinctive_digits(quantity: Quantity) -> int:
    return len(str(quantity.value.numerator).strip("0")) if quantity.value is not None else 0


def _disagreed(claim: Claim, figure: Figure, candidates: Sequence[Candidate]) -> FigureMatch:
    for candidate in candidates:
        if candidate.slots.hard or candidate.counting == "other" or not _speaks_of(figure, candidate, candidates):
            continue
        others = tuple(other for other in candidates if other is not candidate)[:2]
        confidence = min(0.98, 0.5 + candidate.similarity * 0.6)
        return FigureMatch(claim, figure, _departure(candidate), confidence, candidate, others=others)
    if _unheard_of(claim, figure, candidates):
        return FigureMatch(claim, figure, "unsupported", 0.75, None, others=tuple(candidates[:2]))
    return FigureMatch(claim, figure, "silent", 0.3, None, others=tuple(candidates[:2]))


def _departure(candidate: Candidate) -> Status:
    match candidate.agreement:
        case "unit" | "direction" as status:
            return status
        case _:
            return "value"


def _speaks_of(figure: Figure, candidate: Candidate, candidates: Sequence[Candidate]) -> bool:
    """Tell whether a fact's figure is about the same thing as the draft's, though the value differs."""
    if candidate.agreement == "unit":
        money = figure.quantity.dimension == "money" and _distinctive_digits(figure.quantity) > 1
        return money or candidate.similarity >= _UNIT_CLOSE
    if not _own_terms(candidate.fact.figure) & _own_terms(figure):
        return False
    labelled = bool(figure.quantity.value) and figure.quantity.counted is None and candidate.similarity >= _LABELLED
    counts = figure.quantity.dimension == "count" and _one_sided(figure, candidate)
    if (_small(figure) or counts) and candidate.counting != "same" and not labelled:
        return False
    if _small(figure) and candidate.similarity >= _ALONE and _only_count(candidate, candidates):
        return True
    return candidate.similarity >= _VERY_CLOSE or (candidate.similarity >= _CLOSE and _aligned(candidate))


def _one_sided(figure: Figure, candidate: Candidate) -> bool:
    """Tell whether just one of two counts says what it counts."""
    return (figure.quantity.counted is None) != (candidate.fact.figure.quantity.counted is None)


def _only_count(candidate: Candidate, candidates: Sequence[Candidate]) -> bool:
    """Tell whether all facts that count these things give one number of them ("two therapists")."""
    noun = candidate.fact.figure.quantity.counted
    alike = [c for c in candidates if c.counting == "same" and c.fact.figure.quantity.counted == noun]
    return noun is not None and {c.fact.figure.quantity.value for c in alike} == {candidate.fact.figure.quantity.value}


def _unheard_of(claim: Claim, figure: Figure, candidates: Sequence[Candidate]) -> bool:
    """Tell whether a figure is a claim in the topic that no fact carries, however distantly."""
    quantity = figure.quantity
    naked = claim.passage != "cell" and quantity.dimension == "count"
    naked = naked and (quantity.counted is None or claim.passage == "heading")
    if naked or _small(figure) or quantity.role in _NO_CLAIM or not _in_topic(claim, figure):
        return False
    if any(c.agreement == "same" and not c.slots.hard and c.counting != "other" for c in candidates):
        return False
    vague = (
        quantity.step == 0 or quantity.dimension == "ratio" or (quantity.dimension == "duration" and not _acts(claim))
    )
    single = quantity.dimension == "duration" and quantity.value == 1
    return not single and (not vague or any(c.similarity >= _CLOSE for c in candidates))


def _acts(claim: Claim) -> bool:
    """Tell whether the clause asserts that something brings something about."""
    relation = claim.relation
    return relation is not None and relation.strength == "causal" and claim.certainty.level > _HEDGED


def _own_terms(figure: Figure) -> frozenset[str]:
    """Give the words of a figure's own part, or of its sentence where it has none ("It was 12%.")."""
    return figure.local or figure.shared


def _aligned(candidate: Candidate) -> bool:
    return "measure" in candidate.slots.agreed or len(candidate.slots.agreed) > 1


def _small(figure: Figure) -> bool:
    """Tell whether the figure is a small bare count, which ordinary prose is full of."""
    value = figure.quantity.value
    return figure.quantity.dimension == "count" and value is not None and value <= _SMALL_COUNT


def _in_topic(claim: Claim, figure: Figure) -> bool:
    """Tell whether the clause itself names something the fact base is about."""
    if claim.passage == "cell" and figure.quantity.dimension in _TABLED:
        return any(figure.stated[slot] or figure.filled[slot] for slot in _WORTHWHILE_SLOTS)
    if claim.passage in {"cell", "item"}:
        return any(figure.stated[slot] for slot in _WORTHWHILE_SLOTS)
    return any(claim.stated[slot] for slot in _WORTHWHILE_SLOTS)
