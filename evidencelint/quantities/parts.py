"""A number with what stands around it: the step between bare numbers and quantities."""

from __future__ import annotations

import re
from dataclasses import dataclass

from evidencelint.model import Bound, Change, Quantity, Span
from evidencelint.quantities.changes import read_change
from evidencelint.quantities.context import read_counted, read_per, read_prefix, read_rate, read_suffix
from evidencelint.quantities.lexicon import number_words, units
from evidencelint.quantities.numbers import Number
from evidencelint.quantities.setaside import set_aside
from evidencelint.quantities.statistics import Statistic, read_statistic

ROLES = {"mass": "dose", "dose-per-weight": "dose", "duration": "duration", "money": "cost", "money-minor": "cost"}
COUNTING = frozenset({"count", "fraction"})
_NO_POINTS = re.compile(r"\s+(?:to|of|about|that|on|scale)\b")
_AGED = re.compile(r"\b(?:over|under)[\s-]$", re.IGNORECASE)
_PERIOD = re.compile(
    r"(?:^|[(,;:]\s*|\b(?:at|by|on|from|until|to|and|through|after|before|of|in|between)\s+)(?P<period>day|week|month|year)s?\s+"
    r"(?:\d+\s*(?:,|and|or|to|[-–])\s*){0,3}$",
    re.IGNORECASE,
)
_LEADING, _LATEST, _TEN = 32, 500, 10
_OF_WORDS = frozenset({"none", "both"})


@dataclass(frozen=True, slots=True)
class Part:
    """A number with its bound, unit and role; ``aside`` names what is no quantity."""

    number: Number
    bound: Bound
    emphatic: bool
    unit: str | None
    dimension: str
    start: int
    end: int
    aside: str | None = None
    role: str | None = None
    counted: str | None = None


def read_part(text: str, number: Number) -> Part | None:
    """Read what stands around a number; None where it is not to be read at all."""
    prefix = read_prefix(text, number.span.start)
    suffix = read_suffix(text, number.span.end)
    statistic = read_statistic(text, prefix.start, number.span.start, number.span.end)
    unit, dimension, end, counted = _unit(text, number, prefix.currency or suffix.unit, suffix.end)
    aside = None if statistic else set_aside(text, number, bare=unit is None)
    if aside == "skip":
        return None
    if aside is not None:
        start, end = number.span.start, number.span.end
        return Part(number, "exact", emphatic=False, unit=None, dimension="count", start=start, end=end, aside=aside)
    bound = prefix.bound if prefix.bound != "exact" else (suffix.bound or "exact")
    if dimension == "duration" and _is_age(text, prefix.start, end):
        return Part(number, bound, prefix.emphatic, unit, dimension, prefix.start, end, None, "age", counted)
    role, dimension, counted = _stated(statistic, dimension, counted)
    return Part(number, bound, prefix.emphatic, unit, dimension, prefix.start, end, None, role, counted)


def _is_age(text: str, start: int, end: int) -> bool:
    return _OLD.match(text, end) is not None or _AGED.search(text[max(0, start - 12) : start]) is not None


_OLD = re.compile(r"[-\s]?olds?\b|\s+of\s+age\b", re.IGNORECASE)
_AGED = re.compile(r"\b(?:aged|ages|age)\s+$", re.IGNORECASE)


def _stated(statistic: Statistic | None, dimension: str, counted: str | None) -> tuple[str | None, str, str | None]:
    if statistic is None:
        return None, dimension, counted
    return statistic.role, statistic.dimension or dimension, statistic.name


def _unit(text: str, number: Number, unit: str | None, end: int) -> tuple[str | None, str, int, str | None]:
    """Give the unit, its dimension, where the figure ends, and what a rate counts."""
    if number.share or number.kind == "factor":
        unit, dimension = ("percent", "fraction") if number.share else ("times", "ratio")
        return unit, dimension, number.span.end, None
    if unit is None:
        return _unit_apart(text, number, end)
    if (unit == "percentage point" and not _is_points(text, number, end)) or _is_decade(text, number, end):
        return None, "count", number.span.end, None
    return unit, units()[unit].dimension, end, None


def _is_decade(text: str, number: Number, end: int) -> bool:
    """Tell "the 1990s", "in her 30s" and "over 65s" from seconds."""
    if text[number.span.end : end] != "s" or number.value < _TEN:
        return False
    return number.value % 10 == 0 or _AGED.search(text, max(0, number.span.start - 8), number.span.start) is not None


def _unit_apart(text: str, number: Number, end: int) -> tuple[str | None, str, int, str | None]:
    """Give the same for a number with no unit beside it: a rate, a time, or a bare count."""
    if (rate := read_rate(text, number.span.end)) is not None:
        return rate[0], "rate", rate[1], rate[2]
    if (per := read_per(text, number.span.end)) is not None:
        return f"per {per[0]}", "rate", per[1], None
    if (period := _period(text, number)) is not None:
        return period, "duration", end, None
    return None, "count", end, None


def _period(text: str, number: Number) -> str | None:
    """Read "at week 12" as a time, but not "that week 12 people ..."."""
    before = text[max(0, number.span.start - _LEADING) : number.span.start]
    found = _PERIOD.search(before)
    if found is None or number.kind != "plain" or number.value.denominator != 1 or number.value > _LATEST:
        return None
    return found["period"].lower() if read_counted(text, number.span.end) is None else None


def _is_points(text: str, number: Number, end: int) -> bool:
    """Tell percentage points from points of another kind: "the point", "three points to make"."""
    written = text[number.span.end : end].lower()
    if "percent" in written or "%" in written or written.strip() in {"pp", "ppt"}:
        return True
    return not _NO_POINTS.match(text, end)


def to_quantity(text: str, part: Part) -> Quantity:
    """Make a quantity of one number."""
    span = Span(part.start, part.end)
    counted = part.counted
    if counted is None and part.aside is None and part.dimension in COUNTING:
        written = text[part.number.span.start : part.number.span.end].lower()
        of = part.dimension == "fraction" or written in _OF_WORDS
        counted = read_counted(text, part.end, of=of)
    return Quantity(
        span=span,
        text=text[span.start : span.end],
        value=part.number.value,
        bound=part.bound,
        unit=part.unit,
        dimension=part.dimension,
        counted=counted,
        role=part.aside or part.role or ROLES.get(part.dimension, "estimate"),
        change=_change(text, part),
        step=part.number.step,
        emphatic=part.emphatic,
        number=part.number.span,
    )


def _change(text: str, part: Part) -> Change:
    if part.aside is not None or part.role is not None:
        return "level"
    if part.dimension == "duration" and part.end == part.number.span.end:
        return "level"  # "at week 12": when, not by how much
    number = part.number
    if number.kind == "factor" and text[number.span.start : number.span.end].lower() in number_words().moving:
        return "increase" if number.value > 1 else "decrease"
    return read_change(text, part.start, part.end)
