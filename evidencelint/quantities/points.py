"""Points: percentage points, points of a scale or an index, or points to make."""

from __future__ import annotations

import re
from functools import cache

from evidencelint.quantities.lexicon import alternatives, number_words
from evidencelint.quantities.number import Number

# An instrument by its letters: PHQ-9, GAD-7, HAM-D.
_INSTRUMENT = re.compile(r"\b(?!COVID)[A-Z]{2,}[a-z]?[-‑](?:\d{1,2}|[A-Z])\b")
_FAR, _NEAR, _BEHIND = 120, 60, 32
_NO_POINTS = re.compile(r"\s+(?:to(?!\s+[$€£]?\d)|of|about|that|scale)\b")
_MADE = re.compile(
    r"\b(?:mak(?:e|es|ing)|made|rais(?:e|es|ed|ing)|list(?:s|ed)?|agree[ds]?|these|those|following)\s+(?:[a-z]+\s+)?$"
)
_ABOUT = re.compile(r"\s+on\b")
_PERCENTAGE = re.compile(r"(?:\d\s?%|\bper\s?cent\b)(?!-?\s*(?:CI|CrI|confidence|credible))")


def read_points(text: str, number: Number, unit: str, end: int) -> str | None:
    """Tell percentage points from points of a scale, and both from points to make.

    A point is one of percent where the words beside it speak of percentages and of no score; else one of a scale.
    """
    if unit == "percentage point":
        return unit
    start = number.span.start
    exact = number.value.denominator != 1 or text[max(0, start - 3) : start] == "by "
    made = _MADE.search(text, max(0, start - _BEHIND), start) is not None
    if not exact and (_NO_POINTS.match(text, end) or (made and _ABOUT.match(text, end))):
        return None
    scored, graded, shares = _score_words()
    around = (max(0, start - _NEAR), end + _BEHIND)
    if scored.search(text, *around) or _INSTRUMENT.search(text, *around):
        return "point"
    if _PERCENTAGE.search(text, max(0, start - _FAR), end + _NEAR):
        return "percentage point"
    if graded.search(text, *around):
        return "point"
    # where nothing tells, rates are written with decimals or said to move, and scores in whole points
    rated = exact and not (number.word and number.value.denominator != 1)
    return "percentage point" if rated or shares.search(text, *around) else "point"


@cache
def _score_words() -> tuple[re.Pattern[str], re.Pattern[str], re.Pattern[str]]:
    """Give the words that tell a score, a grade, and a share."""
    known = number_words()
    scored, graded, shares = (
        re.compile(rf"\b(?:{alternatives(list(words))})\b", re.IGNORECASE)
        for words in (known.scored, known.graded, known.shares)
    )
    return scored, graded, shares
