"""Say how sure it is that a figure is a slip for a fact's, by what is known of both and of the figures beside them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace

from evidencelint.frames import Figure
from evidencelint.lexicon import counted_nouns
from evidencelint.matching.calibration import departures
from evidencelint.matching.candidates import CLOSE, Candidate, find_candidates
from evidencelint.matching.decisions import CARRIED, FigureMatch, departs
from evidencelint.matching.departures import only_count, small
from evidencelint.matching.index import FactIndex
from evidencelint.matching.traits import context_traits, departure_traits
from evidencelint.words import stem

_VERBATIM, _NEARLY = 0.9, 0.75
_SURE = 0.9
_ONE_NUMBER = 0.75
_DEPARTING = frozenset({"value", "unit", "direction"})


def weighed(match: FigureMatch, beside: Sequence[FigureMatch], index: FactIndex) -> FigureMatch:
    """Give a departure its confidence; ``beside`` are the matches of its sentence. Any other match stays as it is."""
    best = match.best
    if match.status not in _DEPARTING or best is None or not departs(best) or best.agreement == "turned":
        return match
    near = index.nearest_figures(index.draft_weights(match.figure, match.claim.context))
    candidates = find_candidates(match.figure, near, index)
    traits = traits_of(match, best, candidates, beside, index)
    confidence = departures().confidence(traits)
    if best.similarity >= (_NEARLY if traits["slip"] else _VERBATIM) and not best.slots.conflicts:
        confidence = max(confidence, _SURE)  # the fact's own sentence, but for the figure
    if _another_number_of(match.figure, best, candidates):
        confidence = max(confidence, _ONE_NUMBER)
    return replace(match, confidence=confidence)


def _another_number_of(figure: Figure, best: Candidate, candidates: Sequence[Candidate]) -> bool:
    """Tell whether a clause near a fact counts as many of its things as no fact does ("one therapist" of two)."""
    both = (figure.quantity, best.fact.figure.quantity)
    values = [q.value for q in both if q.value is not None and q.value >= 1 and q.value.denominator == 1]
    things = {stem(q.counted or "") for q in both}
    plain = len(values) > 1 and len(things) == 1 and all(q.bound == "exact" for q in both)
    # studies and people are counted afresh in every sentence
    return (
        plain
        and things.isdisjoint(counted_nouns())
        and small(figure)
        and best.similarity >= CLOSE
        and only_count(best, candidates)
    )


def traits_of(
    match: FigureMatch,
    best: Candidate,
    candidates: Sequence[Candidate],
    beside: Sequence[FigureMatch],
    index: FactIndex,
) -> Mapping[str, float]:
    """Describe the departure of a figure from a fact's, as the calibration weighs it."""
    carriers = [m.best if m.status in CARRIED else None for m in beside if m.figure is not match.figure]
    own = departure_traits(match.claim, match.figure, best, candidates, index)
    return {**own, **context_traits(carriers, best)}
