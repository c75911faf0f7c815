"""The rule on numbers needed to treat: they are one over the difference of two risks."""

from __future__ import annotations

import re
from collections.abc import Iterator
from fractions import Fraction

from evidencelint.checks.consistency.reading import Told, is_level, told
from evidencelint.checks.consistency.rounding import Reach, exactly, reach, show
from evidencelint.judgement import Judgement
from evidencelint.model import Finding, Quantity

_NAMES = frozenset({"NNT", "NNH", "number needed to treat", "number needed to harm"})
_ABSOLUTE = re.compile(
    r"\babsolute\s+(?:risk\s+)?(?:reduction|difference|increase|benefit)\b[^.;]{0,20}$|\bARR\b[^.;]{0,10}$",
    re.IGNORECASE,
)
_WHOLE = Fraction(100)
_PAIR = 2


def nnt_mismatch(judgement: Judgement) -> Iterator[Finding]:
    """Report a number needed to treat that the two risks beside it do not give."""
    for sentence in told(judgement):
        needed = [q for q in sentence.figures if q.counted in _NAMES and q.value is not None]
        if len(needed) != 1:
            continue
        gap = _risk_gap(sentence)
        if gap is None or gap.low <= 0:
            continue
        truth = exactly(_WHOLE).over(gap)
        own = _rounded(needed[0])
        if truth is None or own is None or own.meets(truth):
            continue
        shown = show(_WHOLE / ((gap.low + gap.high) / 2), Fraction(1))
        apart = show((gap.low + gap.high) / 2, Fraction(1, 10))
        message = f"a difference of {apart} points needs {shown} to treat, the text says {needed[0].text}"
        yield Finding("nnt-mismatch", needed[0].span, sentence.span, message, 0.85, expected=shown)


def _rounded(needed: Quantity) -> Reach | None:
    """Give what the number can stand for; it is often rounded up to whole patients."""
    value = needed.value
    if value is None or needed.bound not in {"exact", "approximate"}:
        return None
    slack = needed.step if needed.bound == "exact" else 2 * needed.step
    return Reach(value - slack, value + slack / 2)


def _risk_gap(sentence: Told) -> Reach | None:
    """Give the difference of the only two risks of a sentence, or the one it states."""
    stated = [
        q
        for q in sentence.figures
        if q.unit in {"percent", "percentage point"} and _ABSOLUTE.search(sentence.before(q, 50))
    ]
    if len(stated) == 1:
        return reach(stated[0])
    risks = [q for q in sentence.figures if q.unit == "percent" and is_level(q) and q.bound == "exact" and q.step > 0]
    others = [q for q in sentence.figures if q.unit == "percent" and q not in risks and q.role != "bound"]
    if len(risks) != _PAIR or others:
        return None
    first, second = reach(risks[0]), reach(risks[1])
    if first is None or second is None:
        return None
    return first - second if (risks[0].value or 0) >= (risks[1].value or 0) else second - first
