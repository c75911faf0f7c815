"""What speaks for and against a figure being a slip for a fact's figure, as numbers that a calibration can weigh."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence

from evidencelint.frames import Claim, Figure
from evidencelint.matching.candidates import Candidate
from evidencelint.matching.index import FactIndex
from evidencelint.model import Quantity

_EVERYDAY = 12
_FAR_APART = 10
_TELLING = 2
_FIRM = ("measure", "arm", "population", "timepoint", "study")


def departure_traits(
    claim: Claim, figure: Figure, candidate: Candidate, candidates: Sequence[Candidate], index: FactIndex
) -> Mapping[str, float]:
    """Describe a figure that differs from a fact's; every trait lies between 0 and 1.

    ``own`` and ``told`` are the shares, by weight, of the words of the draft's part that the fact's part has, and the
    reverse; ``margin`` is how much nearer this fact is than the next one that gives a figure of this kind; ``apart`` is
    how far apart the values are, in powers of ten; ``sourced`` tells that the source has the draft's number somewhere.
    """
    ours, theirs = figure.local or figure.shared, candidate.fact.figure.local or candidate.fact.figure.shared
    theirs |= frozenset(f"{slot}:{name}" for slot, names in candidate.fact.slots.items() for name in names)
    shared = ours & theirs
    others = [c.similarity for c in candidates if c.fact.fact.id != candidate.fact.fact.id and not c.slots.hard]
    draft, fact = figure.quantity, candidate.fact.figure.quantity
    return {
        "similarity": candidate.similarity,
        "margin": max(0.0, candidate.similarity - max(others, default=0.0)),
        "own": index.weight(shared) / (index.weight(ours) or 1.0),
        "told": index.weight(shared) / (index.weight(theirs) or 1.0),
        "concepts": min(1.0, sum(":" in term for term in shared) / 3),
        "measure": float("measure" in candidate.slots.agreed),
        "other_slots": min(1.0, sum(slot in candidate.slots.agreed for slot in _FIRM[1:]) / 2),
        "soft_conflicts": min(1.0, len(candidate.slots.conflicts) / 2),
        "counted": float(candidate.counting == "same"),
        "bare_count": float(draft.dimension == "count" and candidate.counting != "same"),
        "small": float(_everyday(draft)),
        "slip": float(_slip(draft, fact)),
        "vague": float(draft.step == 0),
        "ranges": float((draft.value is None) != (fact.value is None)),
        "unit": float(candidate.agreement == "unit"),
        "way": float(candidate.agreement == "direction"),
        "change": float(draft.change != fact.change),
        "apart": _apart(draft, fact),
        "duration": float(draft.dimension == "duration"),
        "cited": float(bool(claim.citations)),
        "sourced": float(not _everyday(draft) and index.source_figures.tells(draft)),
        "role": float(draft.role != fact.role),
        "cell": float(claim.passage in {"cell", "item"}),
        "crowd": min(1.0, len({c.fact.fact.id for c in candidates if c.similarity >= 0.5 * candidate.similarity}) / 6),
    }


def context_traits(beside: Sequence[Candidate | None], candidate: Candidate) -> Mapping[str, float]:
    """Describe what the other figures of the sentence say of a departure; ``beside`` are the facts that carry them.

    None stands for a figure that no fact carries.
    """
    told = [other.fact.fact.id == candidate.fact.fact.id for other in beside if other is not None]
    return {"alone": float(not beside), "fellows": float(any(told)), "strangers": float(bool(told) and not any(told))}


def _apart(draft: Quantity, fact: Quantity) -> float:
    """Give the distance of two values in powers of ten, at most 1; half where one is not above zero.

    A point or a nought too many, a slip of its own, is no distance.
    """
    ours, theirs = (q.value if q.value is not None else q.low for q in (draft, fact))
    if not ours or not theirs or ours < 0 or theirs < 0:
        return 0.5
    if _digits(draft) == _digits(fact):
        return 0.0
    ratio = max(ours, theirs) / min(ours, theirs)
    return math.log10(ratio) if ratio < _FAR_APART else 1.0


def _everyday(quantity: Quantity) -> bool:
    """Tell whether a figure is a small count, which any text has."""
    return quantity.dimension == "count" and quantity.value is not None and quantity.value <= _EVERYDAY


def _slip(draft: Quantity, fact: Quantity) -> bool:
    """Tell whether two numbers are a slip apart: the same digits in another order, one digit changed, lost or added."""
    ours, theirs = _digits(draft), _digits(fact)
    if not ours or not theirs or max(len(ours), len(theirs)) < _TELLING:
        return False
    if sorted(ours) == sorted(theirs):
        return True
    if len(ours) == len(theirs):
        return sum(a != b for a, b in zip(ours, theirs, strict=True)) == 1
    short, long = sorted((ours, theirs), key=len)
    return len(long) == len(short) + 1 and any(long[:i] + long[i + 1 :] == short for i in range(len(long)))


def _digits(quantity: Quantity) -> str:
    value = quantity.value if quantity.value is not None else quantity.low
    return str(value.numerator).lstrip("-").rstrip("0") if value is not None else ""
