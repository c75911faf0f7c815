"""Whether a text tells a figure as its own, and of the thing that stands beside it."""

from __future__ import annotations

import re
from dataclasses import replace

from evidencelint.matching.decisions import FigureMatch

_SILENT = 0.3
_THAT = re.compile(r"\s+(?:as\s+(?:much|many)\s+as\s+)?that\b", re.IGNORECASE)
_PLUS_BEFORE = re.compile(r"\+\s*$")
_PLUS_AFTER = re.compile(r"\s*\+\s*[\d£€$]")


def silent_unless_told(match: FigureMatch) -> FigureMatch:
    """Leave alone what differs in a claim that the text does not make its own (a myth), or told of no one thing."""
    certain = match.claim.certainty
    if match.status in {"supported", "derived"}:
        return match
    leaning = match.status in {"value", "direction", "unsupported"} and _of_that(match)
    leaning = leaning or (match.status in {"swapped", "slot"} and _in_a_sum(match))
    if certain.owned and certain.mood != "question" and not leaning:
        return match
    return replace(match, status="silent", confidence=min(match.confidence, _SILENT))


def _of_that(match: FigureMatch) -> bool:
    """Tell whether a factor is of what the text told just before ("four and a half times that")."""
    return match.figure.quantity.dimension == "ratio" and _THAT.match(_behind(match)) is not None


def _in_a_sum(match: FigureMatch) -> bool:
    """Tell whether a figure is a term of a sum ("3 + 3 + 9 sessions"), of which the words beside it tell nothing."""
    before = match.claim.text[: match.figure.quantity.span.start - match.claim.span.start]
    return _PLUS_BEFORE.search(before) is not None or _PLUS_AFTER.match(_behind(match)) is not None


def _behind(match: FigureMatch) -> str:
    return match.claim.text[match.figure.quantity.span.end - match.claim.span.start :]
