"""Put numbers, bounds, units and ranges together into quantities."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from fractions import Fraction

from evidencelint.model import Bound, Quantity, Span
from evidencelint.quantities.context import (
    read_change,
    read_counted,
    read_prefix,
    read_rate,
    read_suffix,
)
from evidencelint.quantities.lexicon import alternatives, number_words, unit_names, units
from evidencelint.quantities.numbers import Number, read_numbers
from evidencelint.quantities.setaside import set_aside
from evidencelint.quantities.statistics import read_statistic

_RANGE = re.compile(r"[-‑]?\s*(?:[-–—−‑]|to|and|through)\s*(?:US\$|[$€£¥])?$|\s*(?:[-–—−‑]|to|and)\s*$")
_PLUS_MINUS = re.compile(r"\s*(?:±|\+/-)\s*$")
_ODDS = re.compile(r"\s+(?:in|out\s+of)(?:\s+every)?\s+$", re.IGNORECASE)
_ODDS_APART = re.compile(r"(?:\s+[^\W\d_][\w-]*){1,4}\s+(?:in|out\s+of)(?:\s+every)?\s+", re.IGNORECASE)
_OF_EVERY = re.compile(r"\b(?:of|in|among|for|from)\s+every\s+(?P<base>hundred|100|ten|10)\b", re.IGNORECASE)
_PERCENT_SAID = re.compile(r"\(\s*(?:%|per\s?cent)\s*\)|\bin\s+per\s?cent\b", re.IGNORECASE)
_WHOLE = Fraction(100)
_TOTAL = re.compile(
    r"\s*(?:of|out\s+of|of\s+the|of\s+all|/)\s*$|\s+(?:[^\W\d_]+\s+){0,2}(?:of|out\s+of)\s+(?:the\s+)?$", re.IGNORECASE
)
_IDIOMS = frozenset({*range(2, 11), 12, 20, 100, 1000})
_ROLES = {"mass": "dose", "dose-per-weight": "dose", "duration": "duration", "money": "cost"}
_BETWEEN = re.compile(r"\bbetween\s+$", re.IGNORECASE)
_ADJACENT = 40
_HALF_A = re.compile(r"\s+an?\s+(?P<unit>year|month|week|day|hour|century|mile|pint|litre|kilo)\b", re.IGNORECASE)
_OLD = re.compile(r"[-\s]?olds?\b|\s+of\s+age\b", re.IGNORECASE)
_AGED = re.compile(r"\b(?:aged|ages|age)\s+$", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class _Part:
    """A number with what stands around it."""

    number: Number
    bound: Bound
    emphatic: bool
    unit: str | None
    dimension: str
    start: int
    end: int
    aside: str | None
    role: str | None = None
    counted: str | None = None


def read_quantities(text: str) -> tuple[Quantity, ...]:
    """Read every quantity of a text in order; dates, labels and names come with their role.

    Pure and linear; spans are code points of ``text`` and never overlap.
    """
    parts = [part for part in (_part(text, number) for number in read_numbers(text)) if part is not None]
    found = [*_in_percent(text, list(_of_every(text, list(_joined(text, parts))))), *_nones(text)]
    found.sort(key=lambda quantity: quantity.span)
    return tuple(_apart(found))


def _of_every(text: str, found: list[Quantity]) -> Iterator[Quantity]:
    """Read the counts of "of every hundred patients, thirty-two ..." as shares."""
    bases = list(_OF_EVERY.finditer(text))
    for quantity in found:
        base = next((match for match in reversed(bases) if match.start() <= quantity.span.start), None)
        if base is None or quantity.unit is not None or quantity.role != "estimate" or quantity.value is None:
            yield quantity
            continue
        whole = Fraction(100) if base["base"].lower() in {"hundred", "100"} else Fraction(10)
        if base.start() <= quantity.span.start < base.end():
            continue
        if quantity.value > whole or quantity.counted is not None:
            yield quantity
            continue
        share, step = 100 * quantity.value / whole, 100 / whole
        yield replace(quantity, value=share, step=step, unit="percent", dimension="fraction")


def _in_percent(text: str, found: list[Quantity]) -> Iterator[Quantity]:
    """Read bare numbers as percentages where the text says so once: "remission (%): 67 and 32"."""
    said = _PERCENT_SAID.search(text) is not None
    for quantity in found:
        bare = quantity.unit is None and quantity.role == "estimate" and quantity.dimension == "count"
        if said and bare and quantity.value is not None and 0 <= quantity.value <= _WHOLE:
            yield replace(quantity, unit="percent", dimension="fraction")
        else:
            yield quantity


def _apart(found: list[Quantity]) -> Iterator[Quantity]:
    end = -1
    for quantity in found:
        if quantity.span.start >= end:
            yield quantity
            end = quantity.span.end


def _part(text: str, number: Number) -> _Part | None:
    prefix = read_prefix(text, number.span.start)
    suffix = read_suffix(text, number.span.end)
    statistic = read_statistic(text, prefix.start, number.span.end)
    unit = prefix.currency or suffix.unit
    dimension = units()[unit].dimension if unit else "count"
    end = suffix.end
    half = _HALF_A.match(text, number.span.end) if number.share else None
    if half is not None and (word := unit_names().get(half["unit"].lower())) is not None:
        number = replace(number, value=number.value / 100, step=Fraction(1, 10), share=False)
        unit, dimension, end = word, units()[word].dimension, half.end()
    elif number.share:
        unit, dimension = "percent", "fraction"
        end = number.span.end
    elif number.factor:
        unit, dimension = "times", "ratio"
    elif unit is None and (rate := read_rate(text, number.span.end)) is not None:
        unit, end = rate
        dimension = "rate"
    if unit == "percentage point" and not _is_points(text, number, suffix.end):
        unit, dimension, end = None, "count", number.span.end
    aside = None if statistic else set_aside(text, number, bare=unit is None)
    if aside == "skip":
        return None
    if dimension == "duration" and (
        _OLD.match(text, end) or _AGED.search(text[max(0, prefix.start - 12) : prefix.start])
    ):
        aside = "age"
    bound = prefix.bound if prefix.bound != "exact" else (suffix.bound or "exact")
    start = prefix.start
    if aside is not None and aside != "age":
        start, end, bound = number.span.start, number.span.end, "exact"
    if statistic is not None:
        return _Part(
            number,
            bound,
            prefix.emphatic,
            unit,
            statistic.dimension or dimension,
            start,
            end,
            None,
            statistic.role,
            statistic.name,
        )
    return _Part(number, bound, prefix.emphatic, unit, dimension, start, end, aside)


def _is_points(text: str, number: Number, end: int) -> bool:
    """Tell percentage points from points of another kind: "the point", "three points to make"."""
    written = text[number.span.end : end].lower()
    if "percent" in written or "%" in written or written.strip() in {"pp", "ppt"}:
        return True
    return not re.match(r"\s+(?:to|of|about|that|on|scale)\b", text[end : end + 12]) and not re.match(
        r"\s+on\b", text[end : end + 6]
    )


def _joined(text: str, parts: list[_Part]) -> Iterator[Quantity]:
    index = 0
    while index < len(parts):
        part = parts[index]
        following = parts[index + 1] if index + 1 < len(parts) else None
        if following is not None and part.aside is None and following.aside in {None, "age"}:
            between = text[part.number.span.end : following.number.span.start]
            pair = _pair(text, part, following, between)
            if pair:
                yield from pair
                index += 2
                continue
        yield _quantity(text, part)
        index += 1


def _pair(text: str, first: _Part, second: _Part, between: str) -> tuple[Quantity, ...]:
    """Read two numbers as one range, as odds, or as a count and its total; empty where they are apart."""
    if len(between) > _ADJACENT:
        return ()
    if _is_odds(first, second) and (_ODDS.fullmatch(between) or _split_odds(text, second, between)):
        return (_odds(text, first, second),)
    if _is_range(text, first, second):
        return (_range(text, first, second),)
    if _PLUS_MINUS.search(text[first.end : second.number.span.start]) and first.number.value >= second.number.value:
        return (
            replace(_quantity(text, first), text=text[first.start : first.end]),
            replace(_quantity(text, second), role="statistic"),
        )
    if (
        first.unit is None
        and second.unit is None
        and _TOTAL.fullmatch(between)
        and first.number.value <= second.number.value
    ):
        return (replace(_quantity(text, first), role="n"), replace(_quantity(text, second), role="total"))
    return ()


def _split_odds(text: str, second: _Part, between: str) -> bool:
    """Tell whether words stand between the two: "one patient in twelve", but not "two visits in ten weeks"."""
    return _ODDS_APART.fullmatch(between) is not None and read_counted(text, second.number.span.end) is None


def _is_odds(first: _Part, second: _Part) -> bool:
    value = second.number.value
    plain = first.unit is None and not first.number.share and not second.number.share
    return (
        plain
        and value.denominator == 1
        and int(value) in _IDIOMS
        and first.number.value <= value
        and second.unit is None
    )


def _odds(text: str, first: _Part, second: _Part) -> Quantity:
    share = 100 * first.number.value / second.number.value
    span = Span(first.start, second.number.span.end)
    return Quantity(
        span=span,
        text=text[span.start : span.end],
        value=share,
        bound=first.bound,
        unit="percent",
        dimension="fraction",
        counted=read_counted(text, span.end),
        step=Fraction(0),
        emphatic=first.emphatic,
        number=Span(first.number.span.start, second.number.span.end),
        change=read_change(text, span.start, span.end),
    )


def _is_range(text: str, first: _Part, second: _Part) -> bool:
    alike = first.unit == second.unit or (first.unit is None and not first.number.share)
    alike = alike or (second.unit is None and first.dimension == "money")
    if not alike or first.number.value >= second.number.value or "p" in {first.role, second.role}:
        return False
    gap = text[first.end : second.number.span.start]
    if not _RANGE.fullmatch(gap):
        return False
    if gap.strip().lower() == "and":
        return bool(_BETWEEN.search(text[max(0, first.start - 12) : first.start]))
    return True


def _range(text: str, first: _Part, second: _Part) -> Quantity:
    start = first.start
    between = _BETWEEN.search(text[max(0, start - 12) : start])
    leading = re.search(r"\b(?:from|between)\s+$", text[max(0, start - 12) : start], re.IGNORECASE) or between
    if leading is not None:
        start -= len(leading[0])
    span = Span(start, second.end)
    unit = second.unit or first.unit
    dimension = second.dimension if second.unit else first.dimension
    low = first.number.value
    step = max(first.number.step, second.number.step)
    if first.unit is None and second.number.step >= 1000 and low < 1000 and text[second.number.span.end - 1].isalpha():  # noqa: PLR2004
        low *= second.number.step if second.number.step == 10 ** (len(str(int(second.number.step))) - 1) else 1
    return Quantity(
        span=span,
        text=text[span.start : span.end],
        value=None,
        low=low,
        high=second.number.value,
        bound="range",
        unit=unit,
        dimension=dimension,
        counted=read_counted(text, span.end) if dimension in {"count", "fraction"} else None,
        role="age" if second.aside == "age" else first.role or second.role or _ROLES.get(dimension, "estimate"),
        change=read_change(text, span.start, span.end),
        step=step,
        number=Span(first.number.span.start, second.number.span.end),
    )


def _quantity(text: str, part: _Part) -> Quantity:
    span = Span(part.start, part.end)
    role = part.aside or part.role or _ROLES.get(part.dimension, "estimate")
    counted = part.counted
    if counted is None and part.aside is None and part.dimension in {"count", "fraction"}:
        counted = read_counted(text, part.end)
    return Quantity(
        span=span,
        text=text[span.start : span.end],
        value=part.number.value,
        bound=part.bound,
        unit=part.unit,
        dimension=part.dimension,
        counted=counted,
        role=role,
        change="level" if part.aside else read_change(text, part.start, part.end),
        step=part.number.step,
        emphatic=part.emphatic,
        number=part.number.span,
    )


def _nones(text: str) -> Iterator[Quantity]:
    """Read "no deaths" as a count of zero."""
    nouns = alternatives(list(number_words().none_of))
    for match in re.finditer(rf"\b(?P<no>no|zero|nil)\s+(?:[a-z-]+\s+)?(?P<noun>{nouns})\b", text, re.IGNORECASE):
        if match["no"].lower() == "zero":
            continue
        span = Span(match.start("no"), match.end("no"))
        yield Quantity(span, text[span.start : span.end], Fraction(0), counted=match["noun"].lower(), number=span)
