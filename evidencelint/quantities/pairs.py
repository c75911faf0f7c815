"""Two numbers that make one quantity, or that only mean something together."""

from __future__ import annotations

import re
from dataclasses import replace
from fractions import Fraction

from evidencelint.model import Change, Quantity, Span
from evidencelint.quantities.changes import is_moving, read_change
from evidencelint.quantities.context import read_counted
from evidencelint.quantities.parts import COUNTING, ROLES, Part, to_quantity
from evidencelint.quantities.rates import read_over

_ADJACENT = 40
_LEADING = 24
_FAR = 4
_SIZES = frozenset({"area", "length", "volume", "mass", "emission", "energy", "power"})
_RANGE = re.compile(r"\s*(?:[-–—−‑]|-?\s*to(?:\b|-)|and|through)\s*", re.IGNORECASE)
_LIMITS = re.compile(r"\s*(?:[-–—−‑,;]|to|and)\s*", re.IGNORECASE)
_HYPHEN = re.compile(r"[-‑]")
_PLUS_MINUS = re.compile(r"\s*(?:±|\+/[-−–]|plus\s+or\s+minus)\s*")
_MEAN = re.compile(r"(?:\b(?:mean|average|averaged|averaging|median)\b[^.;±]{0,30}|\bM\s*=\s*)$", re.IGNORECASE)
_ODDS = re.compile(r"[\s-](?:(?P<in>in)|out\s+of|of(?=\s+every\s))(?:\s+every)?[\s-]", re.IGNORECASE)
_ODDS_APART = re.compile(r"(?:\s+[^\W\d_][\w-]*){1,4}\s+(?:in|out\s+of)(?:\s+every)?\s+", re.IGNORECASE)
# "15 more patients in every 100"
_MORE = re.compile(r"(?<=\s)(?:more|additional|extra|fewer)(?=\s)(?!\s+than\b)", re.IGNORECASE)
_MORE_IS: dict[str, Change] = {"more": "increase", "additional": "increase", "extra": "increase", "fewer": "decrease"}
_TOTAL = re.compile(
    r"\s*\(?(?:of|out\s+of|/)\s*(?:the\s+|all\s+|these\s+)?|\s+(?:[^\W\d_]+\s+){0,2}(?:of|out\s+of)\s+(?:the\s+)?",
    re.IGNORECASE,
)
_OF = re.compile(r"\s+of\b", re.IGNORECASE)
_RATIO = re.compile(r"\bratio\b[^.;,]{0,30}\b(?:of|is|was|about)\s+$", re.IGNORECASE)
_ARTICLE = re.compile(r"\ban?\s$", re.IGNORECASE)
_IN_EVERY = re.compile(r"\s+[a-z]+\s+in\s+every\s+", re.IGNORECASE)
_LEAD = re.compile(r"\b(?:(?P<between>between(?:\s+the\s+ages\s+of)?)|from)\s+$", re.IGNORECASE)
_MOVED = re.compile(
    r"\b(?:rose|fell|dropped|climbed|slipped|gained|jumped|dipped|sank|eased|added|lost|shed|plunged|soared|tumbled|grew|shrank)\s+$",
    re.IGNORECASE,
)
_OVER_NUMBER = re.compile(r"/\d")
_BY = re.compile(r"\bby\s+$", re.IGNORECASE)
_IDIOMS = frozenset({*range(2, 11), 100, 1000})
_IN_IDIOMS = frozenset({12, 20, 10_000, 100_000, 1_000_000})
_PARTS = frozenset({2, 3, 4, 5, 8, 10})


def read_pair(text: str, first: Part, second: Part) -> tuple[Quantity, ...]:  # noqa: PLR0911 - one reading a line
    """Read two numbers as one range, as odds, or as a count and its total; empty where they are apart."""
    between = text[first.number.span.end : second.number.span.start]
    if len(between) > _ADJACENT:
        return ()
    if _are_odds(text, first, second, between) or _are_sums(first, second, between):
        return (_odds(text, first, second),)
    gap = text[first.end : second.start]
    if _is_interval(first, second) and _LIMITS.fullmatch(gap):
        return (_range(text, first, second),)
    second = _priced(text, first, second)
    if _is_ratio(text, first, second, gap):
        value = first.number.value / second.number.value
        return (
            replace(_range(text, first, second), value=value, low=None, high=None, bound="exact", role="proportion"),
        )
    if _is_range(text, first, second, gap):
        return (_range(text, first, second),)
    if _PLUS_MINUS.fullmatch(text[first.end : second.number.span.start]):
        return _spread(text, first, second)
    return _of_total(text, first, second, between) or _score(text, first, second, gap)


def _are_sums(first: Part, second: Part, between: str) -> bool:
    """Tell a share of money: "one dollar in every six"."""
    said = first.dimension.startswith("money") and first.number.word and _IN_EVERY.fullmatch(between) is not None
    return said and second.unit is None and second.role is None and first.number.value <= second.number.value


def _priced(text: str, first: Part, second: Part) -> Part:
    """Give the upper end of a range of prices what it is per: "$48–72 billion a year"."""
    if first.dimension == "money" and second.dimension == "rate":
        over = (second.unit or "").removeprefix("per ")
        return replace(second, unit=None, dimension="count", per=over, end=second.number.span.end)
    if first.dimension == "money" and second.unit is None and second.per is None:
        told = read_over(text, second.end, "money")
        return replace(second, per=told[0]) if told is not None else second
    return second


def _of_total(text: str, first: Part, second: Part, between: str) -> tuple[Quantity, ...]:
    low, high = first.number.value, second.number.value
    slash = between == "/"
    if slash and second.dimension == "pressure":
        return to_quantity(text, first), to_quantity(text, second)
    plain = first.unit is None and second.unit is None and not (first.number.share or second.number.share)
    if first.unit is None and second.dimension == "duration" and _TOTAL.fullmatch(between) and second.per is None:
        second = replace(second, unit=None, dimension="count", end=second.number.span.end)  # "112 of 365 days"
        plain = not first.number.share
    if first.unit is None and second.unit is not None and _is_part_of(first, second, between):
        first = replace(first, unit=second.unit, dimension=second.dimension)
        return (
            replace(to_quantity(text, first), role="n", change="level"),
            replace(to_quantity(text, second), role="total", change="level"),
        )
    alone = first.role in {None, "n"} and second.role is None and not (first.number.word and low == 0)
    if not (plain and alone and _TOTAL.fullmatch(between) and low <= high):
        return ()
    if slash and low < high and high in _PARTS and _is_part(text, first, second):
        return (_odds(text, first, second),)
    if not all(part.number.value.denominator == 1 for part in (first, second)):
        return ()
    part, whole = to_quantity(text, first), to_quantity(text, second)
    return (
        replace(part, role="n", counted=part.counted or whole.counted, change="level"),
        replace(whole, role="total", change="level"),
    )


def _is_part(text: str, first: Part, second: Part) -> bool:
    """Tell the fraction of "1/3 of the plan" and "a 3/4 majority" from one count of another."""
    return (
        _OF.match(text, second.number.span.end) is not None
        or _ARTICLE.search(text, max(0, first.start - 4), first.start) is not None
    )


def _is_part_of(first: Part, second: Part, between: str) -> bool:
    """Tell "1,930 of 2,760 ha", where the unit is said once."""
    sized = second.dimension in _SIZES and second.per is None and second.role is None and first.role is None
    plain = first.number.kind == second.number.kind == "plain" and not first.number.share
    return sized and plain and between.strip().lower() in {"of", "of the"} and first.number.value <= second.number.value


def _score(text: str, first: Part, second: Part, gap: str) -> tuple[Quantity, ...]:
    """Set aside what a hyphen joins and no range is: "won 3-1", "a 9-5 job"."""
    backwards = gap in {"–", "−"} and first.number.value >= second.number.value and first.role is None
    if first.unit is None and second.unit is None and (backwards or _HYPHEN.fullmatch(gap)):
        return (
            replace(to_quantity(text, first), role="identifier", counted=None),
            replace(to_quantity(text, second), role="identifier", counted=None),
        )
    return ()


def _are_odds(text: str, first: Part, second: Part, between: str) -> bool:
    value, share = second.number.value, first.number.value
    plain = first.unit is None and second.unit is None and first.role is None and second.role is None
    if not plain or value.denominator != 1 or share.denominator != 1 or share > value or value <= 1:
        return False
    said = _ODDS.fullmatch(between)
    if said is not None:
        known = int(value) in _IDIOMS or (said["in"] is not None and (int(value) in _IN_IDIOMS or share == 1))
        unbounded = (
            second.bound in {"exact", "approximate", "at_least", "at_most"} and second.start == second.number.span.start
        )
        return known and unbounded
    # "one patient in twelve", but not "two visits in ten weeks".
    apart = int(value) in _IDIOMS | _IN_IDIOMS and _ODDS_APART.fullmatch(between) is not None
    return apart and read_counted(text, second.number.span.end) is None


def _odds(text: str, first: Part, second: Part) -> Quantity:
    span = Span(first.start, second.end)
    more = _MORE.search(text, first.number.span.end, second.number.span.start)
    return Quantity(
        span=span,
        text=text[span.start : span.end],
        value=100 * first.number.value / second.number.value,
        bound=first.bound if first.bound != "exact" else second.bound,
        unit="percent",
        dimension="fraction",
        counted=read_counted(text, span.end, of=True) or _noun_between(text, first, second),
        step=Fraction(0),
        emphatic=first.emphatic,
        number=Span(first.number.span.start, second.number.span.end),
        change=_MORE_IS[more[0].lower()] if more is not None else read_change(text, span.start, span.end),
    )


def _noun_between(text: str, first: Part, second: Part) -> str | None:
    """Give the "patient" of "one patient in twelve"."""
    between = text[first.number.span.end : second.number.span.start].lower().split()
    return next((word for before, word in zip(between[1:], between, strict=False) if before in {"in", "out"}), None)


def _is_interval(first: Part, second: Part) -> bool:
    return first.counted == second.counted == "interval" and first.number.value <= second.number.value


def _is_range(text: str, first: Part, second: Part, gap: str) -> bool:
    if first.role == "age" and second.role is None and second.unit is None:
        second = replace(second, unit=first.unit, dimension=first.dimension)
    alike = first.unit == second.unit or (first.unit is None and not first.number.share)
    alike = alike or (second.unit is None and first.dimension == "money")
    if not alike or first.number.value >= second.number.value or "p" in {first.role, second.role}:
        return False
    folded = first.number.kind == "plain" and text[second.start : second.end].lower().endswith("fold")
    if ("factor" in {first.number.kind, second.number.kind} and not folded) or second.bound not in {
        "exact",
        "approximate",
        "at_least",
    }:
        return False
    return _RANGE.fullmatch(gap) is not None and _is_joined(text, first, second, gap)


def _is_ratio(text: str, first: Part, second: Part, gap: str) -> bool:
    """Tell "a ratio of 1 to 8" from a range."""
    bare = first.unit is None and second.unit is None and second.number.value != 0
    return (
        bare
        and gap.strip().lower() == "to"
        and _RATIO.search(text, max(0, first.start - _ADJACENT), first.start) is not None
    )


def _is_joined(text: str, first: Part, second: Part, gap: str) -> bool:
    """Tell "5 to 10" from what only looks like it: a move from one to the other, pressures, a rise and its result."""
    over = second.per is None and _OVER_NUMBER.match(text, second.end) is not None
    if over or text[first.number.span.start - 1 : first.number.span.start] == "/":
        return False  # "from 152/94 to 138/86"
    before = text[max(0, first.start - _LEADING) : first.start]
    measured = first.unit is not None and first.dimension != "fraction"
    arrives = measured and second.number.value > _FAR * first.number.value
    if arrives and _BY.search(before) and gap.strip().lower() == "to":
        return False  # "rose by €6.40 to €71.20"
    told_twice = (
        measured and text[first.number.span.end : first.end].strip() and second.number.value > 2 * first.number.value
    )
    if told_twice and _MOVED.search(before) and gap.strip().lower() == "to":
        return False  # "dropped 15 ms to 42 ms"
    lead = _LEAD.search(before)
    if gap.strip().lower() == "and":
        return lead is not None and lead["between"] is not None
    return lead is None or lead["between"] is not None or not is_moving(text, first.start - len(lead[0]))


def _range(text: str, first: Part, second: Part) -> Quantity:
    start = first.start
    lead = _LEAD.search(text[max(0, start - _LEADING) : start])
    if lead is not None:
        start -= len(lead[0])
    low, step = first.number.value, first.number.step
    shared = second.number.scale
    # "10 to 15 thousand" shares its scale word; "500 to 2 million" would run backwards and does not.
    if first.number.scale == 1 and shared > 1 and low * shared < second.number.value:
        low, step = low * shared, step * shared
    dimension = second.dimension if second.unit else first.dimension
    span = Span(start, second.end)
    return Quantity(
        span=span,
        text=text[span.start : span.end],
        value=None,
        low=low,
        high=second.number.value,
        bound="range",
        unit=second.unit or first.unit,
        dimension=dimension,
        counted=first.counted or (read_counted(text, span.end) if dimension in COUNTING else None),
        role=first.role or second.role or ROLES.get(dimension, "estimate"),
        change=read_change(text, span.start, span.end),
        step=max(step, second.number.step),
        number=Span(first.number.span.start, second.number.span.end),
        per=second.per or first.per,
    )


def _spread(text: str, first: Part, second: Part) -> tuple[Quantity, ...]:
    """Read "20 ± 2 °C" as a range, but "a mean of 20 ± 2" as a mean and its spread."""
    if first.unit is not None and second.unit == "percent" != first.unit:
        tolerance = replace(to_quantity(text, second), role="statistic", change="level")  # "45 N·m ± 5%"
        return to_quantity(text, first), tolerance
    unit = first.unit or second.unit
    dimension = first.dimension if first.unit else second.dimension
    middle, width = first.number.value, second.number.value
    per = first.per or second.per
    ours = replace(first, unit=unit, dimension=dimension, per=per)
    if _MEAN.search(text[max(0, first.start - _ADJACENT) : first.start]) or first.role is not None:
        theirs = replace(second, unit=unit, dimension=dimension, per=per)
        return to_quantity(text, ours), replace(to_quantity(text, theirs), role="statistic", change="level")
    span = Span(first.start, second.end)
    base = to_quantity(text, replace(ours, end=second.end))
    return (
        replace(
            base,
            span=span,
            text=text[span.start : span.end],
            value=None,
            low=middle - width,
            high=middle + width,
            bound="range",
            number=Span(first.number.span.start, second.number.span.end),
        ),
    )
