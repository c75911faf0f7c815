"""Rates told the other way round: "one in more than 1,600" as "fewer than one per 1,600"."""

from __future__ import annotations

import re
from collections.abc import Sequence

from evidencelint.frames import Claim, Figure
from evidencelint.matching.candidates import Candidate
from evidencelint.matching.counted import compare_counted
from evidencelint.matching.index import FactFigure
from evidencelint.model import Quantity

_PER = re.compile(r"\b(?:per|in|for|out\s+of)\s+(?:every\s+|each\s+)?$", re.IGNORECASE)
_OTHER_SIDE = {"less": {"more", "at_least"}, "at_most": {"at_least", "more"}, "more": {"less", "at_most"}}
_FAR = 60


def inverted(
    claim: Claim, figure: Figure, best: Candidate, group: Sequence[FactFigure], beside: Sequence[Quantity]
) -> str | None:
    """Show how a bounded numerator follows from a fact that bounds the denominator; None where it does not.

    ``group`` are the figures of the fact, ``beside`` those around the figure. One in more than n is less than one in n.
    """
    ours, theirs = figure.quantity, best.fact.figure.quantity
    bounds = _OTHER_SIDE.get(ours.bound, set())
    if theirs.bound != "exact" or ours.value is None or ours.value != theirs.value:
        return None
    for base in beside:
        if base.span <= ours.span or base.bound != "exact" or base.span.start - ours.span.end > _FAR:
            continue
        before = claim.text[max(0, ours.span.end - claim.span.start) : base.span.start - claim.span.start]
        if _PER.search(before) is None:
            continue
        for other in group:
            whole = other.figure.quantity
            if whole.bound in bounds and whole.value == base.value and compare_counted(base, whole) != "other":
                return f"{theirs.text} in {whole.text} = {ours.text} per {base.text}"
    return None
