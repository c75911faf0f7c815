"""A number with what stands around it: the step between bare numbers and quantities."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from fractions import Fraction

from evidencelint.model import Bound, Change, Quantity, Span
from evidencelint.quantities.bounds import Prefix, bound_behind, read_prefix
from evidencelint.quantities.changes import read_change
from evidencelint.quantities.context import read_counted, read_suffix
from evidencelint.quantities.lexicon import number_words
from evidencelint.quantities.measured import Measured, read_measured
from evidencelint.quantities.number import Number
from evidencelint.quantities.setaside import set_aside
from evidencelint.quantities.statistics import read_statistic

ROLES = {"mass": "dose", "dose-per-weight": "dose", "duration": "duration", "money": "cost", "money-minor": "cost"}
COUNTING = frozenset({"count", "fraction"})
_OF_WORDS = frozenset({"none", "both", "not one"})
_OLD = re.compile(r"[-\s]?olds?\b|\s+of\s+age\b", re.IGNORECASE)
_AGED = re.compile(r"\b(?:aged|ages|age|age\s+of|aged\s+(?:between|from))\s+$", re.IGNORECASE)
_LAST_WORD = re.compile(r"(?<![\w’'])([\w’']+)\s*$")
_OF_THESE = re.compile(r"\s+of\s+(?:the|these|those|our|their|its|all)\s+", re.IGNORECASE)
_SAID_BEFORE = re.compile(r"\b(?:the|these|those|its|their|our|his|her|both)(?:\s+other)?\s+$", re.IGNORECASE)
_YOUNGEST, _OLDEST = 2, 115
_NAMED = re.compile(r"[a-z],\s$")
_ASIDE = re.compile(r",\s+(?:[a-z]|[A-Z][a-z])(?!nd\b|r\b)")
# After these, "double" is a verb: "will double", "did not halve".
_WILL = re.compile(
    r"\b(?:will|would|could|can|may|might|must|shall|should|to|does|do|did|not|cannot|and|[a-z]+n['’]t)(?:\s+(?:more\s+than|nearly|almost|about|roughly"
    r"|at\s+least|over))?\s+$",
    re.IGNORECASE,
)
_MODAL = 32
_HALF = Fraction(1, 2)
_DIVIDED = frozenset({"duration", "length", "volume", "mass"})
_AND_PART = re.compile(r"\s+and\s+a\s+(?P<part>half|quarter)\b(?!\s+(?:of|million|billion|thousand)\b)", re.IGNORECASE)
# "0.1 mm over 300 mm": along so much, not more than that
_FIGURE_BEFORE = re.compile(r"\d\s?[^\W\d][^\W\d²³/]{0,5}\s$")
_FEW = range(2, 5)
_ROLES_BY_KIND = {"vague": "vague", "back": "anaphor", "proportion": "proportion"}


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
    per: str | None = None
    taken: int = 0


def read_part(text: str, number: Number) -> Part | None:
    """Read what stands around a number; None where it is not to be read at all."""
    prefix = read_prefix(text, number.span.start)
    suffix = read_suffix(text, number.span.end)
    statistic = read_statistic(text, prefix.start, number.span.start, number.span.end)
    measured = read_measured(text, number, prefix.currency or suffix.unit, suffix.end)
    number, measured = _and_a_half(text, number, measured)
    aside = None if statistic else set_aside(text, number, bare=measured.unit is None)
    if aside == "skip":
        return None
    if aside is not None:
        start, end = number.span.start, number.span.end
        return Part(number, "exact", emphatic=False, unit=None, dimension="count", start=start, end=end, aside=aside)
    start, bound = _bound(text, number, prefix, measured.dimension)
    if number.kind == "back":
        start, bound = number.span.start, "exact"
    elif number.kind == "vague":
        bound = "approximate"
    elif bound == "exact":
        bound = suffix.bound or _behind(text, number, measured)
    unit, dimension, counted = measured.unit, measured.dimension, measured.counted
    role = _ROLES_BY_KIND.get(number.kind)
    if _is_age(text, start, number, measured):
        unit, dimension, role = unit or "year", "duration", "age"
    elif statistic is not None:
        role, dimension, counted = statistic.role, statistic.dimension or dimension, statistic.name
    end, taken = measured.end, max(measured.end, measured.taken)
    return Part(number, bound, prefix.emphatic, unit, dimension, start, end, None, role, counted, measured.per, taken)


def _and_a_half(text: str, number: Number, measured: Measured) -> tuple[Number, Measured]:
    """Read "a year and a half", where the part follows the unit."""
    part = _AND_PART.match(text, measured.end) if measured.dimension in _DIVIDED else None
    if part is None or number.value.denominator != 1:
        return number, measured
    value = number.value + (_HALF if part["part"].lower() == "half" else _HALF / 2)
    return replace(number, value=value, step=Fraction(0)), replace(measured, end=part.end())


def _bound(text: str, number: Number, prefix: Prefix, dimension: str) -> tuple[int, Bound]:
    """Tell "rose up to 5%" from "up to 5%", and "over 15 years" as a time from more than that."""
    if prefix.start == number.span.start:
        return prefix.start, prefix.bound
    phrase = text[prefix.start : number.span.start].lower().split()
    before = _LAST_WORD.search(text, max(0, prefix.start - 24), prefix.start)
    word = before[1].lower() if before is not None else ""
    known = number_words()
    moved = phrase[:2] == ["up", "to"] and word in known.moving_up
    # a sign of a unit ends a figure as a word does: "by 30% over 24 months"
    told = word or text[max(0, prefix.start - 2) : prefix.start].rstrip()[-1:] in {"%", ")", "°"}
    if dimension == "count" and known.within.search(text, prefix.start, number.span.start):
        return number.span.start, "exact"  # "differs within three schools" says where
    lasting = dimension == "duration" or (dimension == "count" and read_counted(text, number.span.end) in known.spells)
    during = phrase == ["over"] and lasting and word not in known.more_than_after
    across = phrase == ["over"] and _FIGURE_BEFORE.search(text, max(0, prefix.start - 12), prefix.start) is not None
    if moved or (during and told) or across:
        return number.span.start, "exact"
    return prefix.start, prefix.bound


def _behind(text: str, number: Number, measured: Measured) -> Bound:
    """Give the bound that stands behind the phrase of a figure: "a quarter of an hour a day at most"."""
    dimension = measured.dimension if number.kind == "plain" else ""
    found = bound_behind(text, measured.end, max(measured.end, measured.taken), dimension)
    return found[0] if found is not None else "exact"


def _is_age(text: str, start: int, number: Number, measured: Measured) -> bool:
    aged = _AGED.search(text, max(0, start - 16), start) is not None
    if measured.dimension == "duration":
        return aged or _OLD.match(text, measured.end) is not None
    aged = aged or _is_age_aside(text, number)
    return aged and measured.dimension == "count" and number.kind == "plain" and measured.per is None


def _is_age_aside(text: str, number: Number) -> bool:
    """Tell the age in "the driver, 34, said"."""
    start, end = number.span.start, number.span.end
    grown = not number.word and number.value.denominator == 1 and _YOUNGEST <= number.value <= _OLDEST
    return grown and _NAMED.search(text, max(0, start - 12), start) is not None and _ASIDE.match(text, end) is not None


def to_quantity(text: str, part: Part) -> Quantity:
    """Make a quantity of one number."""
    span = Span(part.start, part.end)
    counted, role = part.counted, part.role
    if counted is None and part.aside is None and part.dimension in COUNTING:
        written = text[part.number.span.start : part.number.span.end].lower()
        of_these = _is_whole(part) and _OF_THESE.match(text, part.end) is not None
        of = part.dimension == "fraction" or written in _OF_WORDS or of_these
        counted = read_counted(text, part.end, of=of)
        if role is None and counted is not None and of_these and part.number.value:
            role = "n"
        elif role is None and _is_said_before(text, part, counted):
            role = "anaphor"
    return Quantity(
        span=span,
        text=text[span.start : span.end],
        value=part.number.value,
        bound=part.bound,
        unit=part.unit,
        dimension=part.dimension,
        counted=counted,
        role=part.aside or role or ROLES.get(part.dimension, "estimate"),
        change=_change(text, part),
        step=part.number.step,
        emphatic=part.emphatic,
        number=part.number.span,
        per=part.per,
    )


def _is_whole(part: Part) -> bool:
    return part.unit is None and part.dimension == "count" and part.number.value.denominator == 1


def _is_said_before(text: str, part: Part, counted: str | None) -> bool:
    """Tell the "two" of "the two groups", which only points back."""
    few = _is_whole(part) and part.number.value in _FEW and part.start == part.number.span.start
    plural = counted is not None and (counted.endswith("s") or counted in number_words().plurals)
    return few and plural and _SAID_BEFORE.search(text, max(0, part.start - 16), part.start) is not None


def _change(text: str, part: Part) -> Change:
    if part.aside is not None or part.role is not None:
        return "level"
    if part.dimension == "duration" and (part.end == part.number.span.end or text.startswith("within", part.start)):
        return "level"  # "at week 12", "halved within a year": when, not by how much
    number = part.number
    if number.kind == "factor":
        word = text[number.span.start : number.span.end].lower()
        known = number_words()
        will = word in known.moving_verbs and _WILL.search(text, max(0, number.span.start - _MODAL), number.span.start)
        if will or word in known.moving:
            return "increase" if number.value > 1 else "decrease"
    return read_change(text, part.start, part.end)
