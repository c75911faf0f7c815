"""Bounds beside a figure: before it ("at least 12"), right after it ("12 or more"), or after its phrase ("at most")."""

from __future__ import annotations

import re
from dataclasses import dataclass

from evidencelint.model import Bound
from evidencelint.quantities.lexicon import currency_before, currency_ends, number_words, unit_names

_WINDOW = 48
_LONGEST = 16  # no word that a phrase ends in is longer
_LAST = re.compile(r"(?<![^\s\d(\[])([^\s\d(\[]+)\s*$")
_EXTREME = re.compile(r"\b(?:an?\s+)?(?P<kind>minimum|maximum)\s+(?:[a-z-]+\s+){1,2}of\s*$", re.IGNORECASE)
_NOT_MORE = re.compile(
    r"\b(?:not|never|cannot)\s+(?:[a-z]+\s+){1,2}(?P<kind>more|less|fewer)\s+than\s*$", re.IGNORECASE
)
_EXTREMES: dict[str, Bound] = {"minimum": "at_least", "maximum": "at_most"}
_NOT_MORES: dict[str, Bound] = {"more": "at_most", "less": "at_least", "fewer": "at_least"}
_AFTER_MARKS = re.compile(r"\s*-?\s*(?:or|and|plus|upwards|approximately|give|more|at|odd|ish|\+)", re.IGNORECASE)
_ADDED = re.compile(r"\s+[\w$€£]")  # "$65k plus 10%" adds, "50 plus" is a limit
_ALL_MARKS = re.compile(r",?\s+(?:[a-z-]+,?\s+){0,4}?(?:at|or|max|min|tops|more|give)", re.IGNORECASE)
# What a count counts, up to the bound behind it: "passengers", "levels of nesting".
_COUNTED = re.compile(
    r"(?:\s+(?!(?:of|at|or|and|more|give)\b)[a-z-]+){1,3}?(?:\s+of(?:\s+[a-z-]+){1,2}?)?(?=,?\s+(?:at|or|max|min|tops)\b)"
)
# The whole of a share, up to the bound behind it: "a third of the shortfall at the very most".
_WHOLE = re.compile(
    r"\s+of(?:\s+(?:the|all|our|their|its|these|those))?(?:\s+[a-z-]+){1,2}?(?=,?\s+(?:at|or|max|min|tops)\b)"
)
_BETWEEN = re.compile(r"\b(?:were|was|are|is|had|have|has|who|that|which|than|with|from|for|to|in|on)\b")
_CLOSED = re.compile(r"\s*(?:[.;:!?)\]]|,(?!\d)|$)")


@dataclass(frozen=True, slots=True)
class Prefix:
    """What stands before a number: its bound, the currency, and where they start."""

    bound: Bound
    emphatic: bool
    currency: str | None
    start: int


def read_prefix(text: str, start: int) -> Prefix:
    """Read leftwards from a number: currency, then bound."""
    currency = None
    if text[max(0, start - 2) : start].strip()[-1:] in currency_ends():
        floor = max(0, start - 6)
        found = currency_before().search(text[floor:start])
        if found is not None:
            currency = unit_names()[found[0].strip()]
            start = floor + found.start()
    none = Prefix("exact", emphatic=False, currency=currency, start=start)
    known = number_words()
    last = _LAST.search(text, max(0, start - _LONGEST), start)
    if last is None or not (last[1].lower() in known.last_words or last[1][-1] in "~≈<>≤≥="):
        return none
    floor = max(0, start - _WINDOW)
    window = text[floor:start]
    best = _first_phrase(window)
    if best is None:
        return none
    position, bound, phrase = best
    emphatic = phrase in known.emphatic
    if bound == "exact" and not emphatic:
        return none
    lead = len(window[position:]) - len(window[position:].lstrip())
    return Prefix(bound, emphatic, currency, floor + position + lead)


def _first_phrase(window: str) -> tuple[int, Bound, str] | None:
    """Give the phrase of a bound that ends a text and starts first: where, its bound, and the phrase."""
    known = number_words()
    best: tuple[int, Bound, str] | None = None
    at_most: Bound = "at_most"
    for bound, pattern in (*known.before, (at_most, known.within)):
        match = pattern.search(window)
        if match is not None and (best is None or match.start() < best[0]):
            best = (match.start(), bound, " ".join(match[0].lower().split()))
    for shape, bounds in ((_EXTREME, _EXTREMES), (_NOT_MORE, _NOT_MORES)):
        match = shape.search(window)
        if match is not None:
            best = (match.start(), bounds[match["kind"].lower()], match[0].lower())
    return best


def bound_after(text: str, end: int) -> tuple[Bound, int] | None:
    """Give the bound right after a number or its unit, and where it ends: "or more", "-odd", "+", "at most"."""
    if text[end : end + 1] == "+" and not text[end + 1 : end + 2].isdigit():
        return "at_least", end + 1
    if _AFTER_MARKS.match(text, end) is not None:
        for bound, pattern in number_words().after:
            found = pattern.match(text, end)
            if found is not None and not (found[0] == " plus" and _ADDED.match(text, found.end())):
                return bound, found.end()
    return _closing(text, end)


def bound_behind(text: str, end: int, taken: int, dimension: str) -> tuple[Bound, int] | None:
    """Give the bound that closes the phrase of a figure, behind what it is per or counts, and where it ends."""
    if _ALL_MARKS.match(text, taken) is None:
        return None
    found = _closing(text, taken) or _closing_apart(text, taken)
    shape = {"count": _COUNTED, "fraction": _WHOLE}.get(dimension) if taken == end else None
    noun = shape.match(text, end) if found is None and shape is not None else None
    if noun is not None and _BETWEEN.search(noun[0]) is None:
        found = _closing(text, noun.end()) or _closing_apart(text, noun.end())
    return found


def _closing_apart(text: str, end: int) -> tuple[Bound, int] | None:
    """Read "33%, at least." as a limit; ", at least in part" is none."""
    found = _closing(text, end + 1) if text[end : end + 1] == "," else None
    return found if found is not None and _CLOSED.match(text, found[1]) else None


def _closing(text: str, end: int) -> tuple[Bound, int] | None:
    for bound, pattern in number_words().after_all:
        found = pattern.match(text, end)
        if found is not None:
            return bound, found.end()
    return None
