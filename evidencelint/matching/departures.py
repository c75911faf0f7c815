"""Believe that a figure departs from a fact, or that no fact carries it; silence is the rule, both are exceptions."""

from __future__ import annotations

import re
from collections.abc import Sequence
from fractions import Fraction
from typing import Literal

from evidencelint.factbase.vocabulary import TOPICAL
from evidencelint.frames import Claim, Figure
from evidencelint.lexicon import infers, own_matter
from evidencelint.matching.candidates import CLOSE, VERY_CLOSE, Candidate, telling_digits
from evidencelint.matching.values import confused, loose_points
from evidencelint.model import Quantity
from evidencelint.quantities import to_base

Departure = Literal["value", "unit", "direction"]

_NONE = re.compile(r"(?:none|no|not one|nobody|neither)\b", re.IGNORECASE)
_QUOTED = re.compile(r"[\"“‘'].*[\"”’']")
_UNIT_CLOSE, _RANGE_CLOSE = 0.18, 0.08
_TELLING_RANGE = 3
_TURNED_CLOSE = 0.25
_TABLED = frozenset({"fraction", "money", "mass", "ratio", "energy", "emission"})
_NO_CLAIM = frozenset({"bound", "p", "statistic", "n", "total"})
_SMALL_COUNT = 12
_HEDGED = 2
_LABELLED = 0.6
_MOST_APART = 100
_TIMES_APART = 13
_ALONE = 0.2
_MANY_DIGITS = 4


def distinctive(quantity: Quantity) -> bool:
    """Tell whether a figure has four or more digits that mean something."""
    return _distinctive_digits(quantity) >= _MANY_DIGITS


def _distinctive_digits(quantity: Quantity) -> int:
    return len(str(quantity.value.numerator).strip("0")) if quantity.value is not None else 0


def departure(candidate: Candidate) -> Departure:
    """Name what differs between a draft's figure and the fact's that it stands for."""
    match candidate.agreement:
        case "unit" | "direction" as status:
            return status
        case _:
            return "value"


def speaks_of(figure: Figure, candidate: Candidate, candidates: Sequence[Candidate]) -> bool:
    """Tell whether a fact's figure is about the same thing as the draft's, though the value differs."""
    if candidate.agreement == "turned" and _denies_limit(candidate):
        return False  # where none is longer than a year, all are within one
    if _turns_limit(figure, candidate):
        return True
    if candidate.agreement == "unit":
        return _speaks_in_another_unit(figure, candidate)
    return _speaks_of_another_value(figure, candidate, candidates)


def _denies_limit(candidate: Candidate) -> bool:
    """Tell whether a fact denies what passes its limit ("none longer than a year")."""
    fact = candidate.fact
    return fact.figure.negated or _NONE.match(fact.fact.quote) is not None


def _turns_limit(figure: Figure, candidate: Candidate) -> bool:
    """Tell whether a figure gives a fact's number as the opposite limit ("at most" for "at least")."""
    counted = not small(figure) or candidate.counting == "same"
    return candidate.agreement == "turned" and candidate.similarity >= _TURNED_CLOSE and counted


def _speaks_of_another_value(figure: Figure, candidate: Candidate, candidates: Sequence[Candidate]) -> bool:
    if not _own_terms(candidate.fact.figure) & _own_terms(figure) or not _plausible(figure, candidate):
        return False
    labelled = bool(figure.quantity.value) and figure.quantity.counted is None and candidate.similarity >= _LABELLED
    counts = figure.quantity.dimension == "count" and not _both_counted(figure, candidate)
    if (small(figure) or counts) and candidate.counting != "same" and not labelled:
        return False
    near = candidate.similarity >= VERY_CLOSE or "measure" in candidate.slots.agreed
    if article(figure) and not (near and only_count(candidate, candidates)):
        return False
    if small(figure) and candidate.similarity >= _ALONE and only_count(candidate, candidates):
        return True
    return candidate.similarity >= VERY_CLOSE or (candidate.similarity >= CLOSE and _aligned(candidate))


def _speaks_in_another_unit(figure: Figure, candidate: Candidate) -> bool:
    """Tell whether the same number in another unit is meant for the fact's figure."""
    if not confused(figure.quantity, candidate.fact.figure.quantity):
        return candidate.similarity >= VERY_CLOSE
    if figure.quantity.value is None and telling_digits(figure.quantity) >= _TELLING_RANGE:
        return candidate.similarity >= _RANGE_CLOSE  # both ends of a range are not met by chance
    money = figure.quantity.dimension == "money" and _distinctive_digits(figure.quantity) > 1
    return money or candidate.similarity >= _UNIT_CLOSE


def _plausible(figure: Figure, candidate: Candidate) -> bool:
    """Tell whether one value may be a slip for the other: a year is no slip for eight hours."""
    ours, theirs = (_size(q) for q in (figure.quantity, candidate.fact.figure.quantity))
    if ours is None or theirs is None or not ours or not theirs:
        return True
    apart = _TIMES_APART if figure.quantity.dimension == "duration" else _MOST_APART
    return max(ours, theirs) <= apart * min(ours, theirs)


def _size(quantity: Quantity) -> Fraction | None:
    value = quantity.value if quantity.value is not None else quantity.high
    if value is None or quantity.unit is None:
        return value
    try:
        return abs(to_base(value, quantity.unit)[0])
    except ValueError:
        return abs(value)


def article(figure: Figure) -> bool:
    """Tell whether a figure is the word "one", which is as often an article as a count."""
    return figure.quantity.text.lower() == "one"


def _both_counted(figure: Figure, candidate: Candidate) -> bool:
    """Tell whether both of two counts say what they count."""
    return figure.quantity.counted is not None and candidate.fact.figure.quantity.counted is not None


def only_count(candidate: Candidate, candidates: Sequence[Candidate]) -> bool:
    """Tell whether all facts that count these things give one number of them ("two therapists")."""
    noun = candidate.fact.figure.quantity.counted
    alike = [c for c in candidates if c.counting == "same" and c.fact.figure.quantity.counted == noun]
    return noun is not None and {c.fact.figure.quantity.value for c in alike} == {candidate.fact.figure.quantity.value}


def unheard_of(claim: Claim, figure: Figure, candidates: Sequence[Candidate]) -> bool:
    """Tell whether a figure is a claim in the topic that no fact carries, however distantly."""
    quantity = figure.quantity
    naked = quantity.dimension == "count" and (quantity.counted is None or claim.passage == "heading")
    naked = naked and (claim.passage != "cell" or figure.negated)  # which may be those that a share leaves
    if loose_points(quantity):
        return False  # of which scale, only the writer knows
    if naked or small(figure) or quantity.role in _NO_CLAIM or not _in_topic(claim, figure):
        return False
    if own_matter(claim.text) or infers(claim.text) or mentioned(claim):
        return False
    if any(c.agreement == "same" and not c.slots.hard and c.counting != "other" for c in candidates):
        return False
    vague = (
        quantity.step == 0 or quantity.dimension == "ratio" or (quantity.dimension == "duration" and not _acts(claim))
    )
    single = quantity.dimension == "duration" and quantity.value == 1
    return not single and (not vague or any(c.similarity >= CLOSE for c in candidates))


def mentioned(claim: Claim) -> bool:
    """Tell whether a cell or heading only quotes what others say."""
    text = claim.text.strip(" .,;:!?")
    return claim.passage in {"cell", "heading"} and bool(_QUOTED.fullmatch(text))


def _acts(claim: Claim) -> bool:
    """Tell whether the clause asserts that something brings something about."""
    relation = claim.relation
    return relation is not None and relation.strength == "causal" and claim.certainty.level > _HEDGED


def _own_terms(figure: Figure) -> frozenset[str]:
    """Give the words of a figure's own part, or of its sentence where it has none ("It was 12%.")."""
    return figure.local or figure.shared


def _aligned(candidate: Candidate) -> bool:
    return "measure" in candidate.slots.agreed or len(candidate.slots.agreed) > 1


def small(figure: Figure) -> bool:
    """Tell whether the figure is a small bare count, which ordinary prose is full of."""
    value = figure.quantity.value
    return figure.quantity.dimension == "count" and value is not None and value <= _SMALL_COUNT


def _in_topic(claim: Claim, figure: Figure) -> bool:
    """Tell whether the clause itself names something the fact base is about."""
    if claim.passage == "cell" and figure.quantity.dimension in _TABLED:
        return any(figure.stated[slot] or figure.filled[slot] for slot in TOPICAL)
    if claim.passage in {"cell", "item"}:
        return any(figure.stated[slot] for slot in TOPICAL)
    return any(term.partition(":")[0] in TOPICAL for term in _own_terms(figure))
