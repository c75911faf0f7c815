"""What stands after a number: its unit and bound, and what is counted."""

from __future__ import annotations

import re
from dataclasses import dataclass

from evidencelint.model import Bound
from evidencelint.quantities.bounds import bound_after
from evidencelint.quantities.lexicon import number_words, units
from evidencelint.quantities.rates import read_over
from evidencelint.quantities.unitforms import unit_at

_WORD = re.compile(r"[^\W\d_]+(?:['’-][^\W\d_]+)*")
_GAP = re.compile(r"[\s-]+")
_OF_THE = re.compile(r"\s+of(?:\s+(?:the|all|all\s+the|these|those|our|their|its))?(?=\s)")
_BEFORE_UNIT = re.compile(r"[-‑]|\s*")
_BY_NEXT = re.compile(r"\s?×\s?\d")  # "20 × 30 cm" is no factor


@dataclass(frozen=True, slots=True)
class Suffix:
    """What stands after a number: its unit and bound, and where they end."""

    unit: str | None
    bound: Bound | None
    end: int


def read_suffix(text: str, end: int) -> Suffix:
    """Read rightwards from a number: unit, then bound ("or more", "+")."""
    unit = read_unit(text, end)
    name = None
    if unit is not None:
        name, end = unit
    found = bound_after(text, end)
    if found is None:
        return Suffix(name, None, end)
    bound, end = found
    # "20-odd per cent", "12 or more weeks"
    if name is None and (unit := read_unit(text, end)) is not None:
        name, end = unit
    return Suffix(name, bound, end)


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
