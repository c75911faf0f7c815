"""What stands around a number: bounds, units, and what is counted."""

from __future__ import annotations

import re
from dataclasses import dataclass

from evidencelint.model import Bound
from evidencelint.quantities.lexicon import (
    currency_before,
    currency_ends,
    number_words,
    unit_names,
    units,
)
from evidencelint.quantities.rates import read_over
from evidencelint.quantities.unitforms import unit_at

_WINDOW = 48
_WORD = re.compile(r"[^\W\d_]+(?:['’-][^\W\d_]+)*")
_GAP = re.compile(r"[\s-]+")
_OF_THE = re.compile(r"\s+of(?:\s+(?:the|all|all\s+the|these|those|our|their|its))?(?=\s)")
_BEFORE_UNIT = re.compile(r"[-‑]|\s*")
_BY_NEXT = re.compile(r"\s?×\s?\d")  # "20 × 30 cm" is no factor
_LAST = re.compile(r"(?<![^\s\d(\[])([^\s\d(\[]+)\s*$")
_EXTREME = re.compile(r"\b(?:an?\s+)?(?P<kind>minimum|maximum)\s+(?:[a-z-]+\s+){1,2}of\s*$", re.IGNORECASE)
_NOT_MORE = re.compile(
    r"\b(?:not|never|cannot)\s+(?:[a-z]+\s+){1,2}(?P<kind>more|less|fewer)\s+than\s*$", re.IGNORECASE
)
_EXTREMES: dict[str, Bound] = {"minimum": "at_least", "maximum": "at_most"}
_NOT_MORES: dict[str, Bound] = {"more": "at_most", "less": "at_least", "fewer": "at_least"}
_AFTER_MARKS = re.compile(r"\s*-?\s*(?:or|and|plus|upwards|approximately|give|at|odd|\+)", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Prefix:
    """What stands before a number: its bound, the currency, and where they start."""

    bound: Bound
    emphatic: bool
    currency: str | None
    start: int


@dataclass(frozen=True, slots=True)
class Suffix:
    """What stands after a number: its unit and bound, and where they end."""

    unit: str | None
    bound: Bound | None
    end: int


def read_prefix(text: str, start: int) -> Prefix:
    """Read leftwards from a number: currency, then bound."""
    currency = None
    if text[max(0, start - 2) : start].strip()[-1:] in currency_ends():
        floor = max(0, start - 6)
        found = currency_before().search(text[floor:start])
        if found is not None:
            currency = unit_names()[found[0].strip()]
            start = floor + found.start()
    floor = max(0, start - _WINDOW)
    window = text[floor:start]
    none = Prefix("exact", emphatic=False, currency=currency, start=start)
    known = number_words()
    last = _LAST.search(window)
    if last is None or not (last[1].lower() in known.last_words or last[1][-1] in "~≈<>≤≥="):
        return none
    best: tuple[int, Bound, str] | None = None
    for bound, pattern in known.before:
        match = pattern.search(window)
        if match is not None and (best is None or match.start() < best[0]):
            best = (match.start(), bound, " ".join(match[0].lower().split()))
    for shape, bounds in ((_EXTREME, _EXTREMES), (_NOT_MORE, _NOT_MORES)):
        match = shape.search(window)
        if match is not None:
            best = (match.start(), bounds[match["kind"].lower()], match[0].lower())
    if best is None:
        return none
    position, bound, phrase = best
    emphatic = phrase in known.emphatic
    if bound == "exact" and not emphatic:
        return none
    lead = len(window[position:]) - len(window[position:].lstrip())
    return Prefix(bound, emphatic, currency, floor + position + lead)


def read_suffix(text: str, end: int) -> Suffix:
    """Read rightwards from a number: unit, then bound ("or more", "+")."""
    unit = read_unit(text, end)
    name = None
    if unit is not None:
        name, end = unit
    if text[end : end + 1] == "+" and not text[end + 1 : end + 2].isdigit():
        return Suffix(name, "at_least", end + 1)
    if _AFTER_MARKS.match(text, end) is not None:
        for bound, pattern in number_words().after:
            found = pattern.match(text, end)
            if found is not None:
                return Suffix(name, bound, found.end())
    return Suffix(name, None, end)


def read_unit(text: str, end: int) -> tuple[str, int] | None:
    """Give the name of the unit that stands right after a number, and where it ends."""
    gap = _BEFORE_UNIT.match(text, end)
    if _BY_NEXT.match(text, end) is not None:
        return None
    found = unit_at(text, gap.end() if gap is not None else end)
    if found is None:
        return None
    form, name, after = found
    # "80 mg/day" is a mass, "5 mg/furlong" nothing we know; "a 10-K" is a form, not a temperature
    unknown = text[after : after + 1] == "/" and read_over(text, after, units()[name].dimension) is None
    lettered = form == "K" and text[after - 2] in "-‑"
    lettered = lettered or (form == "s" and text.startswith((".d.", ".e."), after))
    return None if unknown or lettered else (name, after)


def read_counted(text: str, end: int, *, of: bool = False) -> str | None:
    """Give the noun phrase's last word after a count, as far as it can be told without a parser.

    With ``of``, the noun may follow "of": "67% of the participants", "none of them".
    """
    known = number_words()
    last: str | None = None
    position = end
    if of and (skipped := _OF_THE.match(text, end)) is not None:
        position = skipped.end()
    for step in range(4):
        gap = _GAP.match(text, position)
        if gap is None:
            break
        match = _WORD.match(text, gap.end())
        if match is None:
            break
        word = match[0].lower()
        if step == 0 and word in known.increase | known.decrease:
            break
        if word in known.not_counted:
            break
        last = word
        position = match.end()
        if last in known.plurals or (last.endswith("s") and not last.endswith(("ss", "us", "ous"))):
            break
    return last
