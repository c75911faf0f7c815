"""Rules on how far something moved: percent changes and ratios."""

from __future__ import annotations

import re
from collections.abc import Iterator
from fractions import Fraction
from itertools import pairwise

from evidencelint.checks.consistency.equations import wrong_equations
from evidencelint.checks.consistency.proportions import wrong_proportions
from evidencelint.checks.consistency.reading import Told, is_level, told
from evidencelint.checks.consistency.rounding import Reach, fits, reach, show
from evidencelint.judgement import Judgement
from evidencelint.matching.counted import compare_counted
from evidencelint.model import Finding, Quantity

_FROM = re.compile(r"\bfrom\s+$", re.IGNORECASE)
_TO = re.compile(r"(?:\s+(?!per\b|in\b)[^\W\d_]+){0,4}?\s+to\s+", re.IGNORECASE)
_BY_MUCH = re.compile(
    r"(?:\s+(?!and\b|but\b|while\b|with\b|for\b|in\b)[a-z]+){0,2}\s*(?:[,(:;–—-]|\s-\s)\s*(?:which\s+is\s+|that\s+is\s+|i\.e\.,?\s+|or\s+|=\s*|equal\s+to\s+)?"
    r"(?:an?\s+)?(?:(?:[a-z-]+\s+){0,2}(?:of|by)\s+)?[−+-]?",
    re.IGNORECASE,
)
_LEADING = re.compile(r"\s*(?:,\s*)?from\s+", re.IGNORECASE)
_PAIR = 2
_RELATIVE = re.compile(
    r"\brelative\s+(?:risk\s+)?(?:gain|increase|rise|improvement|reduction|fall|drop|decrease|difference|cut)\s+(?:of|was|is)\s+$",
    re.IGNORECASE,
)
_WHOLE = Fraction(100)
_TIMES_AS = re.compile(
    r"\s+(?:as\s+(?:many|much|high|likely|common|often|large|great|frequent|long|big|fast|expensive|costly|dear)\b"
    r"|(?P<more>(?:more|higher|greater|larger|likelier|faster)\b)|the\s+(?:rate|risk|share|number|proportion|odds)\b)",
    re.IGNORECASE,
)


_Move = tuple[Quantity, Quantity, Quantity]


def moves(sentence: Told) -> Iterator[_Move]:
    """Yield "fell from A to B, a drop of C" and "fell by C, from A to B": start, end, and how far."""
    figures = sentence.figures
    for index, (start, end) in enumerate(pairwise(figures)):
        if not (_is_pair(start, end) and _FROM.search(sentence.before(start, 12))):
            continue
        if _TO.fullmatch(sentence.between(start, end)) is None:
            continue
        if index + 2 < len(figures) and _tells_how_far(figures[index + 2]):
            far = figures[index + 2]
            if _BY_MUCH.fullmatch(sentence.between(end, far)):
                yield start, end, far
                continue
        if index > 0 and _tells_how_far(figures[index - 1]):
            far = figures[index - 1]
            if _LEADING.fullmatch(sentence.between(far, start)) and far.change != "level":
                yield start, end, far


def _is_pair(start: Quantity, end: Quantity) -> bool:
    return (
        is_level(start) and is_level(end) and (start.unit == end.unit or (start.unit is None and end.unit is not None))
    )


def _tells_how_far(quantity: Quantity) -> bool:
    return quantity.value is not None and quantity.role not in {"bound", "p", "statistic", "n", "total"}


def change_mismatch(judgement: Judgement) -> Iterator[Finding]:
    """Report a percent change that is not the change from the first figure to the second."""
    for sentence in told(judgement):
        yield from _relative(sentence)
        for start, end, far in moves(sentence):
            ends = reach(start), reach(end)
            if far.unit != "percent" or far.value is None or far.value < 0 or ends[0] is None or ends[1] is None:
                continue
            share = (ends[1] - ends[0]).over(ends[0])
            if share is None:
                continue
            relative = size(share.scaled(_WHOLE))
            absolute = size(ends[1] - ends[0]) if end.unit == "percent" else None
            if fits(far, relative) or (absolute is not None and fits(far, absolute)):
                continue
            truth = f"{show((relative.low + relative.high) / 2, far.step)}%"
            message = f"{start.text} to {end.text} is a change of {truth}, the text says {far.text}"
            yield Finding("change-mismatch", far.span, sentence.span, message, 0.9, expected=truth)


def _relative(sentence: Told) -> Iterator[Finding]:
    """Check "60% vs. 45%, a relative gain of 33%", where the sentence has two shares and no more."""
    told_so = [q for q in sentence.figures if q.unit == "percent" and _RELATIVE.search(sentence.before(q, 50))]
    levels = [q for q in sentence.figures if q.unit == "percent" and q not in told_so and is_level(q)]
    others = [q for q in sentence.figures if q.unit == "percent" and q not in told_so and q.role != "bound"]
    ends = [reach(level) for level in levels]
    if len(told_so) != 1 or len(levels) != _PAIR or len(others) != _PAIR or ends[0] is None or ends[1] is None:
        return
    gap = size(ends[0] - ends[1])
    shares = [share.scaled(_WHOLE) for share in (gap.over(ends[0]), gap.over(ends[1])) if share is not None]
    if not shares or any(fits(told_so[0], share) for share in shares):
        return
    truth = f"{show((shares[-1].low + shares[-1].high) / 2, told_so[0].step)}%"
    message = f"{levels[0].text} against {levels[1].text} is {truth} in relative terms, the text says {told_so[0].text}"
    yield Finding("change-mismatch", told_so[0].span, sentence.span, message, 0.85, expected=truth)


def ratio_mismatch(judgement: Judgement) -> Iterator[Finding]:
    """Report "twice as many", "doubled" or "3-fold" that is not the ratio of the two figures beside it."""
    yield from wrong_equations(judgement, "ratio-mismatch")
    yield from wrong_proportions(judgement)
    for sentence in told(judgement):
        for start, end, far in moves(sentence):
            if far.unit == "times" and (far.value or 0) > 0:
                yield from _ratio(sentence, (start, end), far, plus_one=False, either=False)
        yield from _compared(sentence)


def _compared(sentence: Told) -> Iterator[Finding]:
    """Check "twice as common (67% against 32%)", where the sentence has no other figures of the kind."""
    factors = [q for q in sentence.figures if q.unit == "times" and (q.value or 0) > 0 and q.change != "decrease"]
    if len(factors) != 1 or factors[0].value is None:
        return
    said = _TIMES_AS.match(sentence.after(factors[0], 40))
    others = [q for q in sentence.figures if q is not factors[0] and q.dimension != "ratio"]
    levels = [q for q in others if (is_level(q) or q.role == "n") and q.step > 0]
    if said is None or len(levels) != _PAIR or len(others) != _PAIR or not _are_like(levels[0], levels[1]):
        return
    yield from _ratio(sentence, (levels[0], levels[1]), factors[0], plus_one=said["more"] is not None, either=True)


def _are_like(first: Quantity, second: Quantity) -> bool:
    if first.unit != second.unit or first.dimension != second.dimension:
        return False
    return (
        first.unit is not None
        or (first.counted is not None and compare_counted(first, second) != "other")
        or (second.counted is None or first.counted is None)
    )


def _ratio(
    sentence: Told, pair: tuple[Quantity, Quantity], factor: Quantity, *, plus_one: bool, either: bool
) -> Iterator[Finding]:
    """Report a factor that is not the ratio of a pair, the other way round too where no order is told."""
    ends = reach(pair[0]), reach(pair[1])
    if ends[0] is None or ends[1] is None:
        return
    ratios = [ends[1].over(ends[0]), *([ends[0].over(ends[1])] if either else [])]
    known = [ratio for ratio in ratios if ratio is not None]
    # "three times more" is three times as much to most, and four times to some
    readings = [*known, *([Reach(r.low - 1, r.high - 1) for r in known] if plus_one else [])]
    if not known or any(fits(factor, reading) for reading in readings):
        return
    wanted = [r for r in known if (r.high >= 1) == ((factor.value or 0) >= 1)] or known
    truth = show((wanted[0].low + wanted[0].high) / 2, Fraction(1, 10))
    message = f"{pair[0].text} and {pair[1].text} make {truth} times, the text says {factor.text}"
    yield Finding("ratio-mismatch", factor.span, sentence.span, message, 0.85, expected=f"{truth} times")


def size(change: Reach) -> Reach:
    """Give how far a change goes, whatever its direction."""
    if change.low >= 0:
        return change
    if change.high <= 0:
        return -change
    return Reach(Fraction(0), max(-change.low, change.high))
