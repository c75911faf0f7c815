"""What speaks for and against a figure being a slip for a fact's figure, as numbers that a calibration can weigh."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from evidencelint.frames import Claim, Figure
from evidencelint.matching.candidates import Candidate
from evidencelint.matching.index import FactIndex
from evidencelint.model import Quantity

_EVERYDAY = 12
_TELLING = 2
_FIRM = ("measure", "arm", "population", "timepoint", "study")


def departure_traits(
    claim: Claim, figure: Figure, candidate: Candidate, candidates: Sequence[Candidate], index: FactIndex
) -> Mapping[str, float]:
    """Describe a figure that differs from a fact's; every trait lies between 0 and 1.

    ``own`` and ``told`` are the shares, by weight, of the words of the draft's part that the fact's part has, and the
    reverse; ``margin`` is how much nearer this fact is than the next one that gives a figure of this kind.
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
        "small": float(draft.dimension == "count" and draft.value is not None and draft.value <= _EVERYDAY),
        "slip": float(_slip(draft, fact)),
        "vague": float(draft.step == 0),
        "ranges": float((draft.value is None) != (fact.value is None)),
        "unit": float(candidate.agreement == "unit"),
        "way": float(candidate.agreement == "direction"),
        "change": float(draft.change != fact.change),
        "role": float(draft.role != fact.role),
        "cell": float(claim.passage in {"cell", "item"}),
        "crowd": min(1.0, len({c.fact.fact.id for c in candidates if c.similarity >= 0.5 * candidate.similarity}) / 6),
    }


def _slip(draft: Quantity, fact: Quantity) -> bool:
    """Tell whether two numbers are a slip apart: the same digits in another order, one digit changed, lost or added."""
    ours, theirs = _digits(draft), _digits(fact)
    if not ours or not theirs or ours == theirs or max(len(ours), len(theirs)) < _TELLING:
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
