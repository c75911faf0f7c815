"""What a number measures: its unit and dimension, what it is per, and where the figure ends."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache

from evidencelint.quantities.context import read_counted, read_unit
from evidencelint.quantities.lexicon import alternatives, number_words, unit_names, units
from evidencelint.quantities.number import Number
from evidencelint.quantities.points import read_points
from evidencelint.quantities.rates import read_over, read_per, read_product, read_rate

_NEAR = 120
_LEADING, _LATEST, _TEN = 32, 500, 10
_OVER = re.compile(r"\b(?:over|under)[\s-]$", re.IGNORECASE)
_PERIOD = re.compile(
    r"(?:^|[(,;:]\s*|\b(?:at|by|on|from|until|to|and|through|after|before|of|in|between)\s+)(?P<period>day|week|month|year)s?\s+"
    r"(?:\d+\s*(?:,|and|or|to|[-–])\s*){0,3}$",
    re.IGNORECASE,
)
_PERIOD_PARTS = ("ay", "eek", "onth", "ear", "AY", "EEK", "ONTH", "EAR")
_EVERY = re.compile(r"(?:\s+[a-z-]+){0,3}?\s+in\s+every\s")
_TIMES = re.compile(r"[x×](?![\w²³])(?!\s*\d)")
_HOURS_BEFORE = re.compile(r"\d\s?h(?:rs?|ours?)?\s+$")
_SECONDS_AFTER = re.compile(r"\s?\d{1,2}(?:\.\d+)?\s?s(?!\w)")
_MINUTES_BEFORE = re.compile(r"\d\s?m(?:in)?\s?$")
_FEET_MARK = re.compile(r"['’′](?=\s?\d{1,2}(?:\.\d+)?\s?(?:[\"″”]|''))")
_BY_NEXT = re.compile(r"\s?[x×]\s?\d")
_GLUED_INCHES = re.compile(r"in(?!\w)|″")
_INCHES = re.compile(r"\s?(?:in|″|”|\"|'')(?!\w)")
_GENETIC = re.compile(
    r"\b(?:DNA|RNA|reads?|genom\w+|genes?|sequenc\w+|primers?|amplicons?|fragments?|alleles?|exons?)\b"
)
_FEET_BEFORE = re.compile(r"\d\s?(?:ft|feet|foot)\s?$|\d\s?['’′]\s?$")
_WARMTH = re.compile(
    r"\b(?:temperatures?|warm\w*|heat\w*|hott?\w*|cool\w*|cold\w*|climate|weather|thermostat|oven|fever|froze|freez\w+|mercury)\b",
    re.IGNORECASE,
)
# Letters that are a unit only where the text is about it: "38C", "4.5 A".
_GLUED = re.compile(r"[CF](?![\w²³])| ?A(?![\w-])(?!\s+[a-z]+s?\b(?<=level))")
_ELECTRIC = re.compile(
    r"\b(?:currents?|volt\w*|\d+\s?k?V|fuse|circuit|breaker|draws?|drew|motor|charg\w+|amps?|cables?|wir(?:es?|ing)|conductors?|sockets?|relays?|coil|kW)\b"
)
_GLUED_NEAR = {"C": _WARMTH, "F": _WARMTH, "A": _ELECTRIC, " A": _ELECTRIC}
_GLUED_UNITS = {"C": "degree Celsius", "F": "degree Fahrenheit", "A": "ampere"}
# The pounds of "9 stone 4 pounds" and the kt of emissions, told from money and from knots.
_BY_WEIGHT = {"pound sterling": "pound", "knot": "kilotonne"}
_WEIGHED = {
    "pound sterling": re.compile(r"\b(?:weigh\w*|stone|ounces?|heavy|heavier|heaviest|birthweight)\b", re.IGNORECASE),
    "knot": re.compile(
        r"\b(?:CO2|tonnes?|emi(?:t|ts|tted|ssions?)|[MG]t|produc\w+|landfill|harvest\w*|export\w*)\b|CO₂"
    ),
}
_ANGLE = re.compile(
    r"\b(?:angles?|slopes?|sweep|tilt\w*|rotat\w+|turn\w*|inclin\w+|latitudes?|longitudes?|bends?|arc|pitch|roofs?|azimuth|facing"
    r"|north|south|east|west|view|bearing|freedom|separation)\b",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Measured:
    """A unit (None for a bare count), its dimension, where the figure ends, what a rate counts, and what it is per.

    The figure ends before what it is per, which is a matter of its surroundings; ``taken`` is where that ends.
    """

    unit: str | None
    dimension: str
    end: int
    counted: str | None = None
    per: str | None = None
    taken: int = 0


def read_measured(text: str, number: Number, unit: str | None, end: int) -> Measured:
    """Say what a number measures; ``unit`` and ``end`` are what stands right beside it."""
    after = number.span.end
    if number.share or number.kind == "factor":
        name, dimension = ("percent", "fraction") if number.share else ("times", "ratio")
        return Measured(name, dimension, after)
    if number.kind == "proportion":
        return Measured(None, "proportion", after)
    if unit is None:
        return _apart(text, number, end)
    if unit in {"point", "percentage point"}:
        unit = read_points(text, number, unit, end)
    if unit is None or _is_decade(text, number, end):
        return Measured(None, "count", after)
    unit = _told_apart(text, number, unit, end)
    dimension = units()[unit].dimension
    product = read_product(text, end)
    if product is not None:
        unit, dimension, end = f"{unit} {product[0]}", f"{dimension} {product[1]}", product[2]
    over = read_over(text, end, dimension)
    return Measured(unit, dimension, end, per=over[0] if over else None, taken=over[1] if over else end)


def _told_apart(text: str, number: Number, unit: str, end: int) -> str:
    """Tell units that share a sign: the minutes of "2h 14m" and "12m 30s", the base pairs of "412 bp", degrees."""
    start, after = number.span.start, number.span.end
    if unit == "metre" and text[end - 1] == "m":
        timed = _HOURS_BEFORE.search(text, max(0, after - _LEADING), start) or _SECONDS_AFTER.match(text, end)
        return "minute" if timed else unit
    if unit == "basis point" and text.endswith("bp", 0, end):
        return "base pair" if _GENETIC.search(text, max(0, after - _NEAR), end + _NEAR) else unit
    if (
        unit in _BY_WEIGHT
        and text[end - 1] in "tds"
        and _WEIGHED[unit].search(text, max(0, start - _LEADING), end + _LEADING)
    ):
        return _BY_WEIGHT[unit]
    return "degree Celsius" if unit == "degree" and _is_warmth(text, after, end) else unit


def _is_warmth(text: str, start: int, end: int) -> bool:
    """Tell degrees of temperature from those of an angle: the sign alone is an angle's, the word alone is not."""
    around = (max(0, start - _NEAR), end + _NEAR)
    if _WARMTH.search(text, *around):
        return True
    return "°" not in text[start:end] and _ANGLE.search(text, *around) is None


def _is_decade(text: str, number: Number, end: int) -> bool:
    """Tell "the 1990s", "in her 30s" and "over 65s" from seconds."""
    if text[number.span.end : end] != "s" or number.value < _TEN:
        return False
    if _MINUTES_BEFORE.search(text, max(0, number.span.start - 6), number.span.start):
        return False
    return number.value % 10 == 0 or _OVER.search(text, max(0, number.span.start - 8), number.span.start) is not None


def _apart(text: str, number: Number, end: int) -> Measured:
    """Read a number with no unit right beside it: a rate, a time, or a bare count."""
    after = number.span.end
    rate = read_rate(text, after, whole=number.value.denominator == 1)
    if rate is not None and not (number.value == 1 and _EVERY.match(text, after)):
        return Measured(rate[0], "rate", rate[1], rate[2])
    if (per := read_per(text, after)) is not None:
        if per[2] is not None:
            return Measured(None, "count", end, per=per[0], taken=per[1])  # "300 units an hour" still counts units
        return Measured(f"per {per[0]}", "rate", per[1])
    return _by_neighbours(text, number, after) or Measured(None, "count", end)


def _by_neighbours(text: str, number: Number, after: int) -> Measured | None:
    """Read units that only the words around tell: "5,000 operating hours", "38C", "×20", "6 ft 5 in", "at week 12"."""
    adjective = _adjectives().match(text, after) if number.value != 1 else None
    unit = read_unit(text, adjective.end()) if adjective is not None else None
    if unit is not None and units()[unit[0]].dimension == "duration":
        return Measured(unit[0], "duration", unit[1])
    glued = _GLUED.match(text, after)
    if glued is not None and _GLUED_NEAR[glued[0]].search(text, max(0, after - _NEAR), after + _NEAR):
        name = _GLUED_UNITS[glued[0].strip()]
        return Measured(name, units()[name].dimension, glued.end())
    start = number.span.start
    if text[start - 1 : start] == "×" and not text[max(0, start - 3) : start - 1].rstrip()[-1:].isdigit():
        return Measured("times", "ratio", after)
    if _TIMES.match(text, after) and _BY_NEXT.match(text, after) is None:
        return Measured("times", "ratio", after + 1)
    if (long := _feet_or_inches(text, start, after)) is not None:
        return long
    period = _period(text, number)
    return Measured(period, "duration", after) if period is not None else None


def _feet_or_inches(text: str, start: int, after: int) -> Measured | None:
    """Read the parts of "6 ft 5 in" and of 5'4" with its marks, and "1/8 in"."""
    feet = _FEET_MARK.match(text, after)
    if feet is not None:
        return Measured("foot", "length", feet.end())
    inches = _INCHES.match(text, after)
    if inches is None:
        return None
    footed = "/" in text[start:after] or _FEET_BEFORE.search(text, max(0, start - 8), start) is not None
    inches = inches if footed else _GLUED_INCHES.match(text, after)
    return Measured("inch", "length", inches.end()) if inches is not None else None


@cache
def _adjectives() -> re.Pattern[str]:
    return re.compile(rf"\s+(?:{alternatives(list(number_words().of_time))})(?=\s)", re.IGNORECASE)


def _period(text: str, number: Number) -> str | None:
    """Read "at week 12" as a time, but not "that week 12 people ..."."""
    before = text[max(0, number.span.start - _LEADING) : number.span.start]
    if not any(part in before for part in _PERIOD_PARTS):
        return None
    found = _PERIOD.search(before)
    if found is not None and found["period"][0].isupper() and before[: found.start("period")].strip():
        return None  # "pupils in Year 9"
    if found is None or number.kind != "plain" or number.value.denominator != 1 or number.value > _LATEST:
        return None
    return found["period"].lower() if read_counted(text, number.span.end) is None else None


def unit_after(text: str, position: int) -> Measured | None:
    """Read a unit, and what it is per, from a place where no number ends: "61.3 (9.8) years"."""
    found = read_unit(text, position)
    if found is None or not text[position : position + 1].isspace():
        return None
    name, end = found
    over = read_over(text, end, units()[name].dimension)
    known = units()[unit_names().get(name, name)]
    return Measured(name, known.dimension, end, per=over[0] if over else None)
