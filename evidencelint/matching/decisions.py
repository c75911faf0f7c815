"""What a draft's figure is once its candidates are known: supported, misplaced, swapped, or departing from its fact."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Literal

from evidencelint.frames import Claim, Figure
from evidencelint.lexicon import first_person, infers
from evidencelint.matching.attachment import in_another_clause, is_sample, stands_by
from evidencelint.matching.attributions import attributed
from evidencelint.matching.calibration import departures
from evidencelint.matching.candidates import AGREEING, CLOSE, OWN_SENTENCE, Candidate, telling_digits
from evidencelint.matching.counted import clearly_other, other_people
from evidencelint.matching.departures import departure, distinctive, mentioned, small, speaks_of, unheard_of
from evidencelint.matching.index import FactFigure, FactIndex
from evidencelint.matching.slots import Conflict
from evidencelint.matching.traits import departure_traits
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
    "distance",
    "outdated",
    "bound",
    "dropped",
    "unsupported",
    "silent",
]
# The figures that a fact carries, told as it tells them or without their bound.
CARRIED: frozenset[Status] = frozenset({"supported", "dropped"})

_YOURS = re.compile(r"(?:of|among|in)\s+your\b", re.IGNORECASE)
_ASIDE = re.compile(r"[;:]|,\s*(?:which|who|where|while|but|and)\b", re.IGNORECASE)
# Slots whose concepts a sentence names for many reasons besides a figure.
_LOOSE = frozenset({"population", "measure", "timepoint"})
_TOLD_OF_STUDY = 0.3
_UNSURE = 0.45
_KINDS_APART = 5
_ATTRIBUTED = 0.75


@dataclass(frozen=True, slots=True)
class FigureMatch:
    """The verdict on one figure, the fact it rests on, and the runners-up.

    ``pair`` are the two figures of a fact whose distance it claims to be. A derived one follows from the fact of the id
    ``origin``, from several facts ("facts"), or from other figures of the text ("text"); ``reasoned`` tells that a word
    there speaks of such a step, so that it is none of chance.
    """

    claim: Claim
    figure: Figure
    status: Status
    confidence: float
    best: Candidate | None = None
    conflict: Conflict | None = None
    derivation: str = ""
    others: tuple[Candidate, ...] = field(default=())
    pair: tuple[FactFigure, FactFigure] | None = None
    origin: str = ""
    reasoned: bool = True


def agreed(
    claim: Claim,
    figure: Figure,
    best: Candidate,
    all_of_them: Sequence[Candidate],
    index: FactIndex,
    *,
    derived: bool,
) -> FigureMatch:
    """Decide on a fact's value with nothing against it: supported, unless a bound, a side or a rival is lost."""
    others = tuple(c for c in all_of_them if c is not best)[:2]
    confidence = min(0.99, 0.6 + best.similarity / 2)
    match best.agreement:
        case "sharpened" | "collapsed" if best.similarity >= CLOSE:
            alone = best.agreement == "collapsed" and index.source_figures.tells(figure.quantity)
            status: Status = "supported" if alone else "bound"
            return FigureMatch(claim, figure, status, confidence, best, others=others)
        case "dropped" if best.similarity >= CLOSE:
            return FigureMatch(claim, figure, "dropped", confidence, best, others=others)
        case _:
            pass
    if _polarity_turned(claim, figure, best) and not derived:
        return FigureMatch(claim, figure, "direction", confidence, best, others=others)
    swapped = _swapped(figure, best, all_of_them)
    if swapped is not None and not derived:
        return FigureMatch(claim, figure, "swapped", 0.8, swapped, others=(best,))
    people = other_people(figure.quantity, best.fact.figure.quantity, best.fact.fact.quote)
    counts = figure.quantity.dimension in {"fraction", "count"} and best.similarity >= CLOSE
    if people is not None and counts and not small(figure):
        conflict = Conflict("people", *people, stated=True)
        return FigureMatch(claim, figure, "slot", confidence, best, conflict, others=others)
    return FigureMatch(claim, figure, "supported", confidence, best, others=others)


def _polarity_turned(claim: Claim, figure: Figure, best: Candidate) -> bool:
    """Tell whether the draft says "did not" of a share that the fact says did, or the reverse."""
    fact = best.fact.figure
    return (
        figure.quantity.dimension == fact.quantity.dimension == "fraction"
        and figure.negated != fact.negated
        and figure.negated == claim.certainty.negated
        and best.similarity >= CLOSE
        and ("measure" in best.slots.agreed or (figure.negated and best.similarity >= OWN_SENTENCE))
    )


def _swapped(figure: Figure, best: Candidate, all_of_them: Sequence[Candidate]) -> Candidate | None:
    """Find the figure of the same fact whose own words the draft uses while giving the other's value."""
    mine = best.fact.figure.local
    for other in all_of_them:
        if other.fact.fact.id != best.fact.fact.id or other.agreement != "differs" or other.slots.hard:
            continue
        if other.counting == "other" or _of_two_kinds(other.fact.figure.quantity, best.fact.figure.quantity):
            continue
        kinds = {q.value is None for q in (figure.quantity, other.fact.figure.quantity, best.fact.figure.quantity)}
        if len(kinds) > 1:
            continue  # a range is no rival of a value
        theirs = other.fact.figure.local
        ours_only, theirs_only = mine - theirs, theirs - mine
        told = {term for term in theirs_only & figure.local if _has_rival(term, ours_only)}
        told = told if any(":" in term for term in told) or len(told) > 1 else set()
        if told and not ours_only & (figure.local | figure.shared):
            return other
    return None


def _has_rival(term: str, others: frozenset[str]) -> bool:
    """Tell whether the other figure has a word of the same kind; what both share by ellipsis tells nothing."""
    kind = term.partition(":")[0] if ":" in term else ""
    return any((other.partition(":")[0] if ":" in other else "") == kind for other in others)


def conflicting(
    claim: Claim, figure: Figure, rival: Candidate, candidates: Sequence[Candidate], index: FactIndex
) -> FigureMatch:
    """Decide on a fact's value with other slots: is there a figure with these slots and another value."""
    conflict = rival.slots.hard[0]
    right = next(
        (
            c
            for c in candidates
            if c.agreement == "differs"
            and not c.slots.hard
            and c.similarity >= CLOSE
            and c.counting != "other"
            and not _of_two_kinds(c.fact.figure.quantity, rival.fact.figure.quantity)
        ),
        None,
    )
    confidence = min(0.97, 0.55 + rival.similarity / 2)
    if conflict.slot == "measure" and distinctive(figure.quantity):
        confidence = _UNSURE  # a figure this particular is hardly ever told of another outcome
    told = any(m.slot == conflict.slot and m.concept == conflict.draft for m in claim.mentions)
    if _names_both(claim, conflict) or _lent_measure(claim, figure, conflict):
        confidence = _UNSURE
    # of a sentence that is nearly the fact's own, all that differs is meant
    own = told and rival.similarity >= OWN_SENTENCE
    apart = told and not own and not stands_by(claim, figure, conflict.slot, conflict.draft)
    if apart and conflict.slot in _LOOSE:
        confidence = _UNSURE  # named in another part of the sentence, which may speak of another matter
    aside = not own and conflict.slot == "arm" and in_another_clause(claim, figure, conflict.slot, conflict.draft)
    if aside or (conflict.slot == "measure" and is_sample(claim, figure)):
        confidence = _UNSURE
    if not told and claim.passage == "paragraph" and conflict.slot in {"arm", "study"}:
        confidence = _UNSURE  # another clause of the sentence names it, and may speak of another matter
    if not told and right is not None and right.fact.fact.id == rival.fact.fact.id and claim.passage != "cell":
        # a lead-in that names one of a fact's two groups leads to the figures of both
        return FigureMatch(claim, figure, "supported", 0.6, rival)
    ranged = right is not None and (right.fact.figure.quantity.value is None) != (figure.quantity.value is None)
    if right is not None and not ranged and right.fact.fact.id == rival.fact.fact.id:
        lent = (apart and conflict.slot in {"measure", "study"}) or _set_against(claim, figure, right, conflict.slot)
        sure = _UNSURE if aside or lent else max(confidence, 0.85)
        return FigureMatch(claim, figure, "swapped", sure, right, conflict, others=(rival,))
    if not own and index.source_figures.tells_of(figure.quantity, conflict.slot, conflict.draft, rival.fact.fact.quote):
        confidence = _UNSURE  # so the source itself says, where no fact was made of it
    arms = {mention.concept for mention in claim.mentions if mention.slot == "arm"}
    clear = own or (rival.similarity >= CLOSE and "measure" in rival.slots.agreed and len(arms) == 1)
    if (conflict.slot == "arm" and not clear) or (conflict.slot == "study" and rival.similarity < _TOLD_OF_STUDY):
        # an arm is named as often for what a figure is compared with; a study's number is met by chance
        confidence = _UNSURE
    return FigureMatch(
        claim,
        figure,
        "slot",
        confidence,
        rival,
        conflict,
        others=tuple(c for c in candidates if c is not rival)[:2],
    )


def _of_two_kinds(first: Quantity, second: Quantity) -> bool:
    """Tell a level from a change of another size: of "0.6 t higher (9.8 t)", neither is put for the other."""
    if (first.change == "level") == (second.change == "level") or not first.value or not second.value:
        return False
    ours, theirs = abs(first.value), abs(second.value)
    return max(ours, theirs) > _KINDS_APART * min(ours, theirs)


def _set_against(claim: Claim, figure: Figure, right: Candidate, slot: str) -> bool:
    """Tell whether a figure stands behind the right one and was only lent its group ("9.3, as opposed to 3.6")."""
    value, group = right.fact.figure.quantity.value, figure.stated[slot]
    return value is not None and any(
        other.quantity.value == value and other.stated[slot] == group
        for other in claim.figures
        if other.quantity.span < figure.quantity.span
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


def disagreed(claim: Claim, figure: Figure, candidates: Sequence[Candidate], index: FactIndex) -> FigureMatch:
    """Decide on a value that no fact has: it departs from the fact that speaks of the thing, or is unheard of."""
    if figure.quantity.text.lower() == "once":
        return FigureMatch(claim, figure, "silent", 0.3, None, others=tuple(candidates[:2]))  # as often a conjunction
    none_at_all = figure.negated and figure.quantity.value == 1 and figure.quantity.dimension == "count"
    own = first_person(claim.text) or infers(claim.text) or _YOURS.match(claim.text) is not None
    if mentioned(claim) or none_at_all or (own and not attributed(claim)):
        return FigureMatch(claim, figure, "silent", 0.3, None, others=tuple(candidates[:2]))
    for candidate in candidates:
        if not departs(candidate) or not speaks_of(figure, candidate, candidates):
            continue
        others = tuple(other for other in candidates if other is not candidate)[:2]
        confidence = _sureness(claim, figure, candidate, candidates, index)
        return FigureMatch(claim, figure, departure(candidate), confidence, candidate, others=others)
    if unheard_of(claim, figure, candidates) and not index.source_figures.tells(figure.quantity):
        # a figure of the writer's own is as often met as one that is put into the source's mouth
        before = claim.text[: figure.quantity.span.start - claim.span.start]
        told = attributed(claim) and not _ASIDE.search(before)
        confidence = _ATTRIBUTED if told or _is_result(claim, figure) else _UNSURE
        return FigureMatch(claim, figure, "unsupported", confidence, None, others=tuple(candidates[:2]))
    return FigureMatch(claim, figure, "silent", 0.3, None, others=tuple(candidates[:2]))


def _sureness(
    claim: Claim, figure: Figure, candidate: Candidate, candidates: Sequence[Candidate], index: FactIndex
) -> float:
    """Give how sure a departure is before the figures beside it are known (`weighing` has the last word).

    A limit told as the opposite limit has the fact's own number, and is no chance.
    """
    if candidate.agreement == "turned":
        return min(0.9, 0.65 + candidate.similarity / 2)
    return departures().confidence(departure_traits(claim, figure, candidate, candidates, index))


def _is_result(claim: Claim, figure: Figure) -> bool:
    """Tell whether a figure is the size of an effect that the clause ascribes to something of the field."""
    relation = claim.relation
    causal = relation is not None and relation.strength == "causal" and claim.certainty.mood == "statement"
    return causal and bool(claim.stated["arm"]) and figure.quantity.change in {"increase", "decrease"}


def departs(candidate: Candidate) -> bool:
    """Tell whether a fact's figure may be what a draft's departs from: of the same things, with another value."""
    apart = candidate.agreement in {"differs", "turned", "unit", "direction"}
    return apart and not candidate.slots.hard and candidate.counting != "other"


def counted_otherwise(claim: Claim, figure: Figure, candidates: Sequence[Candidate]) -> FigureMatch | None:
    """Find a telling number of a fact told of other things than the fact counts ("1,600 patients" for doses)."""
    for candidate in candidates:
        telling = telling_digits(candidate.fact.figure.quantity) > 1 and not small(figure)
        telling = telling and figure.quantity.bound == candidate.fact.figure.quantity.bound
        other = clearly_other(figure.quantity, candidate.fact.figure.quantity)
        if candidate.agreement not in AGREEING or not other or not telling:
            continue
        if candidate.similarity >= CLOSE / 2 and not candidate.slots.hard:
            return FigureMatch(claim, figure, "counted", min(0.9, 0.55 + candidate.similarity / 2), candidate)
    return None
