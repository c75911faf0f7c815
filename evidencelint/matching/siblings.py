"""What the figures beside a figure tell of it: whether it is when, in a row of facts, attached, or the odd one out.

The odd one out: a sentence that tells all of a fact's figures but one slips where that one has another value.

A small count or a p value is met by chance; not so where the other figures of the sentence are those of one fact, and
the fact has just one of its kind left to tell.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import replace

from evidencelint.diagnostics import Span
from evidencelint.frames import Figure
from evidencelint.lexicon import first_person, infers, own_matter
from evidencelint.matching.candidates import CLOSE, Candidate, of_one_fact, set_against
from evidencelint.matching.decisions import CARRIED, FigureMatch, departs
from evidencelint.matching.departures import departure, mentioned, small
from evidencelint.matching.index import FactFigure, FactIndex
from evidencelint.matching.values import same_number

_TOLD = 2
_NEARLY_WHOLE, _WHOLE = 0.65, 0.85
_CLEARLY = 0.03
_SURE = 0.8
_WARNED = 0.5
_ROWS, _ITEMS, _FEWEST_ROWS = 6, 3, 2
_ATTACHED = frozenset({"statistic", "bound", "p", "total"})
_ITS_NUMBER = frozenset({"same", "dropped", "unit", "direction"})
_SECONDARY = frozenset({"p", "statistic", "bound"})


Beside = Mapping[Span, Sequence[FigureMatch]]


def by_sentence(matches: Sequence[FigureMatch]) -> Beside:
    """Give the matches of each sentence, in order."""
    found: dict[Span, list[FigureMatch]] = defaultdict(list)
    for match in matches:
        found[match.claim.sentence].append(match)
    return found


def timed(match: FigureMatch, beside: Beside) -> FigureMatch:
    """Doubt when something was measured only where the text tells another figure of that very fact."""
    if not match.figure.when or match.status not in {"value", "unit", "unsupported"}:
        return match
    for other in beside[match.claim.sentence]:
        told = other.status == "supported"
        if told and other.best is not None and not other.figure.when and of_one_fact(other.best, match.best):
            return match
    return replace(match, status="silent", confidence=0.3, best=None)


def among_facts(match: FigureMatch, place: int, matches: Sequence[FigureMatch], index: FactIndex) -> FigureMatch:
    """Be surer that nobody's figure is a fault where it stands in a table or list whose like figures are facts."""
    kind = match.claim.passage
    in_table, in_list = match.status == "unsupported" and kind == "cell", kind == "item" and _unknown(match)
    if not in_table and not in_list:
        return match
    reach = _ROWS if in_table else _ITEMS
    around = [*matches[max(0, place - reach) : place], *matches[place + 1 : place + 1 + reach]]
    alike = [m for m in around if m.claim.passage == kind and m.figure.quantity.unit == match.figure.quantity.unit]
    told = sum(m.status in CARRIED and m.best is not None and m.best.similarity >= CLOSE for m in alike)
    if told < _FEWEST_ROWS or (in_list and _stands_in_a_fact(match, index)):
        return match
    if index.source_figures.tells(match.figure.quantity):
        return match
    return replace(match, status="unsupported", confidence=_SURE, best=None)


def _stands_in_a_fact(match: FigureMatch, index: FactIndex) -> bool:
    """Tell whether any fact near has this number, so that it may only be told in too few words."""
    near = index.nearest_figures(index.draft_weights(match.figure, match.claim.context))
    return match.figure.quantity.value is None or any(
        set_against(match.figure, likeness, fact, index).agreement in _ITS_NUMBER for likeness, fact in near
    )


def _unknown(match: FigureMatch) -> bool:
    """Tell whether a share in a list is of an outcome that the fact base does not know."""
    quantity = match.figure.quantity
    plain = quantity.dimension == "fraction" and (quantity.change, quantity.bound) == ("level", "exact")
    if match.status not in {"unsupported", "silent"} or not plain:
        return False
    text = match.claim.text
    own = own_matter(text) or infers(text) or mentioned(match.claim) or match.figure.quantity.step == 0
    return not own and bool(match.figure.local) and not match.figure.stated["measure"]


def attached(match: FigureMatch, around: Beside, index: FactIndex) -> FigureMatch:
    """Judge a spread, interval or p-value by the fact whose estimate it stands beside, not by one met by chance."""
    if match.figure.quantity.role not in _ATTACHED or match.best is None or match.status != "supported":
        return match
    beside = [m for m in around[match.claim.sentence] if m.figure.quantity.role not in _ATTACHED]
    told = {m.best.fact.fact.id for m in beside if m.best and m.status == "supported" and m.best.similarity >= CLOSE}
    if not told or match.best.fact.fact.id in told:
        return match
    for fact_id in sorted(told):
        own = [set_against(match.figure, CLOSE, fact, index) for fact in index.figures_of(fact_id)]
        alike = [c for c in own if c.fact.figure.quantity.role == match.figure.quantity.role and c.counting != "other"]
        if len(alike) == 1 and alike[0].agreement == "differs":
            return replace(match, status="value", confidence=_SURE, best=alike[0], others=(match.best,))
    return match


def odd_one_out(match: FigureMatch, around: Beside, index: FactIndex) -> FigureMatch:
    """Be sure of a departure where the other figures of the sentence leave a fact just this one figure."""
    if not _doubted(match) or _single(match.figure):
        return match
    text = match.claim.text
    if own_matter(text) or first_person(text) or mentioned(match.claim):
        return match
    beside = [m for m in around[match.claim.sentence] if m is not match]
    told: dict[str, set[int]] = {}
    for other in beside:
        if other.status in CARRIED and other.best is not None and other.best.similarity >= CLOSE:
            told.setdefault(other.best.fact.fact.id, set()).add(other.best.fact.order)
    near = index.nearest_figures(index.draft_weights(match.figure, match.claim.context))
    fact_id = max(sorted(told), key=lambda each: len(told[each]), default=near[0][1].fact.id if near else "")
    carried = told.get(fact_id, set())
    alone = len(told) <= 1 and all(m.status in CARRIED for m in beside if not m.figure.when)
    if len(carried) < _TOLD and not alone:
        return match
    likeness = {fact.order: similarity for similarity, fact in near}
    left = _left(match.figure, [f for f in index.figures_of(fact_id) if f.order not in carried], likeness, index)
    if left is None or left.similarity < _needed(match.figure, left, len(carried)):
        return match
    if match.figure.local and not match.figure.local & left.fact.figure.local:
        return match  # the sentence has gone on to another matter
    return replace(match, status=departure(left), confidence=_SURE, best=left, derivation="")


def _doubted(match: FigureMatch) -> bool:
    """Tell whether nothing sure has been found of a figure, for or against it."""
    if match.status in {"value", "unit", "direction", "unsupported"}:
        return match.confidence < _WARNED
    return match.status == "silent" or (match.status == "derived" and not match.reasoned)


def _single(figure: Figure) -> bool:
    """Tell whether a figure is a bare one, which is as often an article as a count."""
    return figure.quantity.dimension == "count" and figure.quantity.value == 1


def _left(
    figure: Figure, untold: Sequence[FactFigure], likeness: Mapping[int, float], index: FactIndex
) -> Candidate | None:
    """Give the one figure of a fact that the sentence does not tell and that this one may be a slip for.

    Of several, it is the one whose own words stand beside the draft's figure.
    """
    rivals = [set_against(figure, likeness.get(fact.order, 0.0), fact, index) for fact in untold]
    apart = [c for c in rivals if _departs(figure, c) and _of_one_role(figure, c.fact)]
    if not apart:
        return None
    best = max(apart, key=lambda c: (c.similarity, -c.fact.order))
    others = [c.similarity for c in apart if c is not best]
    others += [c.similarity for c in rivals if c is not best and same_number(figure.quantity, c.fact.figure.quantity)]
    return best if best.similarity >= max(others, default=0.0) + _CLEARLY * bool(others) else None


def _departs(figure: Figure, candidate: Candidate) -> bool:
    """Tell whether a fact's figure may be meant; lengths that exclude each other as times are what differs here."""
    timed = figure.quantity.dimension == "duration" and {c.slot for c in candidate.slots.hard} == {"timepoint"}
    slip = candidate.agreement in {"differs", "unit"} and candidate.counting != "other"
    return departs(candidate) or (timed and slip)


def _of_one_role(figure: Figure, fact: FactFigure) -> bool:
    """Tell whether both are estimates, or both the same of p value, test statistic and bounds."""
    ours, theirs = figure.quantity.role, fact.figure.quantity.role
    return ours == theirs or not {ours, theirs} & _SECONDARY


def _needed(figure: Figure, left: Candidate, carried: int) -> float:
    """Say how like the fact a sentence must be: the fewer of its figures it tells, the more nearly in its words."""
    vague = small(figure) and left.counting != "same"
    if carried >= _TOLD:
        return _NEARLY_WHOLE if vague else CLOSE
    if carried:
        return _WHOLE if vague else _NEARLY_WHOLE
    return 1.0 if vague else _WHOLE
