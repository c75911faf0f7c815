"""What a figure takes over from the one beside it: the unit of its estimate, a bound, a rise or fall."""

from __future__ import annotations

import re
from dataclasses import replace

from evidencelint.model import Quantity
from evidencelint.quantities.bounds import bound_after
from evidencelint.quantities.lexicon import units
from evidencelint.quantities.measured import unit_after
from evidencelint.quantities.parts import Part

_REACH = 90
_SENTENCE_END = re.compile(r"[.!?]\s+[A-Z]|;\s")
_BRACKET = re.compile(r"\s*\(\s*(?:SD|SE|SEM|s\.d\.|s\.e\.|±|range|IQR)?[\s:,=]*", re.IGNORECASE)
_LIMIT = re.compile(r"\s*(?:[-–—]|to|,)\s*")
_RANGE_WORD = re.compile(r"[([;,]\s*(?:full\s+)?range[:,]?\s*$", re.IGNORECASE)
_SPREAD_SAID = re.compile(r"\(\s*(?:SD|s\.d\.|SE|IQR)\s*\)|\bmean\s*±", re.IGNORECASE)
_CONVERTED = re.compile(r"\s*[(\[]\s*|\s*,\s*or\s+")
_OR = re.compile(r"(?:\s+[a-z]+)?\s+or\s+")
_JOINED = re.compile(r"\s*(?:to|and|or|,|,\s*and)\s*")
_LISTED = re.compile(r"\s*,\s*|\s*,?\s+and\s+")
_CLOSED = re.compile(r"[)\]]")
_LIST = 3
_LIMITS = frozenset({"at_most", "at_least"})
_BOUNDED = _LIMITS | {"less", "more"}
_UNSHARED = frozenset({"n", "total", "p", "bound", "statistic", "date", "identifier", "ordinal", "age"})


def units_beside(text: str, parts: list[Part]) -> list[Part]:
    """Give limits and spreads the unit of their estimate, and an estimate the unit behind its spread's bracket."""
    found = list(parts)
    estimate: Part | None = None
    for index in range(len(found)):
        if found[index].role in {"estimate", "age"}:
            estimate = found[index]
        elif found[index].role is None and found[index].aside is None:
            part = found[index] = _unit_behind(text, found, index)
            if part.unit is None and _is_ranged(text, found, index):
                found[index] = replace(_in_unit_of(text, part, estimate), role="bound", counted="range")
            else:
                estimate = part
        elif found[index].unit is None and found[index].counted != "level" and _takes_unit(found[index]):
            found[index] = _in_unit_of(text, found[index], estimate)
    return found


def _takes_unit(part: Part) -> bool:
    return part.role == "bound" or (part.role == "statistic" and part.dimension == "count")


def _is_ranged(text: str, parts: list[Part], index: int) -> bool:
    """Tell the ends of "(range 0.5–7.1)"."""
    start = parts[index].start
    if _RANGE_WORD.search(text, max(0, start - 16), start):
        return True
    before = parts[index - 1] if index > 0 else None
    return before is not None and before.counted == "range" and _LIMIT.fullmatch(text, before.end, start) is not None


def _in_unit_of(text: str, part: Part, estimate: Part | None) -> Part:
    if estimate is None or estimate.unit is None:
        return part
    between = text[estimate.end : part.start]
    outside = between if ")" in between else between.partition("(")[0]  # "44 years (SD 11; range 19–71)"
    if len(between) > _REACH or _SENTENCE_END.search(outside):
        return part
    return replace(part, unit=estimate.unit, dimension=estimate.dimension, per=estimate.per)


def _unit_behind(text: str, parts: list[Part], index: int) -> Part:
    """Read "24.1 (SD 1.9) g" and "61.3 (9.8) years", where the unit follows the bracket."""
    part = parts[index]
    if part.unit is not None or part.number.kind != "plain" or index + 1 >= len(parts):
        return part
    last = index + 1
    if _BRACKET.fullmatch(text, part.end, parts[last].start) is None or parts[last].unit is not None:
        return part
    if last + 1 < len(parts) and _LIMIT.fullmatch(text, parts[last].end, parts[last + 1].start):
        last += 1
    if _CLOSED.match(text, parts[last].end) is None:
        return part
    measured = unit_after(text, parts[last].end + 1)
    if measured is None:
        return part
    spread = _SPREAD_SAID.search(text, max(0, part.start - _REACH), part.start) is not None
    for place in range(index + 1, last + 1):
        role = parts[place].role or ("statistic" if spread else None)
        parts[place] = replace(
            parts[place], unit=measured.unit, dimension=measured.dimension, per=measured.per, role=role
        )
    return replace(part, unit=measured.unit, dimension=measured.dimension, per=measured.per)


def shared_beside(text: str, found: list[Quantity]) -> list[Quantity]:
    """Give a bound or a change to what is said in the same breath: "fell 1.5%, 2.2% and 0.4%", "up to €5 or 4%"."""
    shared = list(found)
    for index in range(1, len(shared)):
        first, second = shared[index - 1], shared[index]
        if {first.role, second.role} & _UNSHARED:
            continue
        between = text[first.span.end : second.span.start]
        if first.bound in _LIMITS and second.bound == "exact" and _OR.fullmatch(between):
            second = replace(second, bound=first.bound)
        if first.change != "level" and second.change == "level" and _moves_too(text, shared, index, between):
            second = replace(second, change=first.change)
        if first.per is None and second.per is not None and first.unit == second.unit and _JOINED.fullmatch(between):
            shared[index - 1] = first = replace(first, per=second.per)
        if (
            first.bound in _BOUNDED
            and second.bound == "exact"
            and between.strip() == "("
            and _one_measure(first, second)
        ):
            second = replace(second, bound=first.bound)
        shared[index] = second
        if _CONVERTED.fullmatch(between) and _one_measure(first, second) and first.bound == "exact":
            shared[index - 1 : index + 1] = _bounded_after(text, first, second)
    return shared


def _moves_too(text: str, found: list[Quantity], index: int, between: str) -> bool:
    first, second = found[index - 1], found[index]
    if _CONVERTED.fullmatch(between):
        return _one_measure(first, second) or between.strip().endswith("or")
    if first.unit != second.unit or second.unit is None or _LISTED.fullmatch(between) is None:
        return False
    if text[second.span.end : second.span.end + 4] == " of " or first.dimension == "duration":
        return False
    return _list_length(text, found, index) >= _LIST


def _list_length(text: str, found: list[Quantity], index: int) -> int:
    """Give how many figures of one unit the list has that goes through this place."""
    low = high = index
    while high - low < _LIST and low > 0 and _listed(text, found[low - 1], found[low]):
        low -= 1
    while high - low < _LIST and high + 1 < len(found) and _listed(text, found[high], found[high + 1]):
        high += 1
    return high - low + 1


def _listed(text: str, first: Quantity, second: Quantity) -> bool:
    return first.unit == second.unit and _LISTED.fullmatch(text, first.span.end, second.span.start) is not None


def _one_measure(first: Quantity, second: Quantity) -> bool:
    """Tell whether the second may be the first in another unit."""
    if first.unit == second.unit or first.unit is None or second.unit is None:
        return False
    ours, theirs = first.dimension.partition("-")[0], second.dimension.partition("-")[0]
    concentrations = first.dimension.endswith("concentration") and second.dimension.endswith("concentration")
    return (ours == theirs or concentrations) and first.unit in units()


def _bounded_after(text: str, first: Quantity, second: Quantity) -> list[Quantity]:
    """Read "38.5 °C (101.3 °F) or higher" as two limits."""
    if _CLOSED.match(text, second.span.end) is not None:
        found = bound_after(text, second.span.end + 1)
        if found is not None:
            return [replace(first, bound=found[0]), replace(second, bound=found[0])]
    return [first, second]
