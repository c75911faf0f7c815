"""What a figure leaves out because one before it said it: a unit, a base, the limits of a tolerance."""

from __future__ import annotations

import re
from dataclasses import replace

from evidencelint.quantities.context import read_counted
from evidencelint.quantities.parts import Part

_NO_UNIT_SHARED = frozenset({"money", "ratio", "points", "rate"})
_PARALLEL = re.compile(
    r"\s+(?P<word>in|for|among|at|with|by|after|on)\s+[^,.;()]{1,40}?(?:,|\s+and|,\s+and|,\s+but)\s+", re.IGNORECASE
)
_AFTER_IT = re.compile(r"\s+(?P<word>in|for|among|at|with|by|after|on)\s+(?:[^\W\d]|(?:19|20)\d\d\b)", re.IGNORECASE)
_FROM = re.compile(r"\b(?:from|between)\s+$", re.IGNORECASE)
_TO = re.compile(r"\s+to\s+")
_OR = re.compile(r",?\s+or\s+")
_APART = re.compile(r"\s+(?:of|out\s+of|in\s+(?:every\s+)?\d)\b|\s*[:/]")
_GIVEN = re.compile(r"(?:\s+[a-z-]+){0,3}?,?\s+(?:give\s+or\s+take|plus\s+or\s+minus)\s+", re.IGNORECASE)
_BASE = re.compile(
    r"(?<=[a-z])\s\(?per\s(?P<base>100|1,?000|10,?000|100,?000|million|thousand)\s(?P<of>[a-z]+(?:-[a-z]+)?)\)?(?P<far>[^,.;:\d]{1,60})(?=\d)"
)
_BASES = {"thousand": 1000, "million": 1_000_000}
_JOINED = re.compile(r"\s+(?:to|and|against|versus|vs\.?)\s+")
_SIGNED = frozenset("+-−±")
_SYSTOLIC, _DIASTOLIC = range(60, 261), range(30, 161)


def share_ellipses(text: str, parts: list[Part]) -> list[Part]:
    """Read "14 per cent in towns, 9 in villages", "from 11 points to 4" and "14 days, or 28"."""
    shared = list(parts)
    last: Part | None = None
    for index, part in enumerate(shared):
        if part.aside is not None:
            continue
        if last is not None and is_bare(part) and (_is_parallel(text, last, part) or _is_continued(text, last, part)):
            part = shared[index] = replace(part, unit=last.unit, dimension=last.dimension, per=last.per)  # noqa: PLW2901
        last = part if part.unit is not None and part.role is None and not part.number.share else None
    return shared


def is_bare(part: Part) -> bool:
    """Tell a plain number of which nothing more is known."""
    plain = part.number.kind == "plain" and not part.number.share
    return (
        plain
        and part.unit is None
        and part.per is None
        and part.aside is None
        and part.role is None
        and part.bound == "exact"
    )


def _is_parallel(text: str, last: Part, part: Part) -> bool:
    if part.number.word or last.dimension in _NO_UNIT_SHARED:
        return False
    parallel = _PARALLEL.fullmatch(text, last.end, part.start)
    after = _AFTER_IT.match(text, part.end) if parallel is not None else None
    return parallel is not None and after is not None and parallel["word"].lower() == after["word"].lower()


def _is_continued(text: str, last: Part, part: Part) -> bool:
    """Tell the 4 of "from 11 points to 4" and the 28 of "14 days, or 28 in August"."""
    if last.dimension in {"money", "ratio"} or last.number.kind != "plain" or last.number.word != part.number.word:
        return False
    end = max(last.end, last.taken)
    moved = _TO.fullmatch(text, end, part.start) and _FROM.search(text, max(0, last.start - 8), last.start)
    either = last.dimension == "duration" and _OR.fullmatch(text, end, part.start)
    if not (moved or either) or _APART.match(text, part.end):
        return False
    return read_counted(text, part.end) is None


def share_tolerances(text: str, parts: list[Part]) -> list[Part]:
    """Read the two of "+0.00/−0.02 mm", and "1.6 t per head, give or take 0.2"."""
    shared = list(parts)
    for index in range(1, len(shared)):
        first, second = shared[index - 1], shared[index]
        if first.aside is not None or second.aside is not None:
            continue
        start = second.number.span.start
        if _GIVEN.fullmatch(text, max(first.end, first.taken), start):
            if first.bound == "exact":
                shared[index - 1] = replace(first, bound="approximate")
            second = replace(second, start=start, bound="exact")
            shared[index] = second = _in_unit_of(second, first) if second.unit is None else second
        elif is_bare(first) and second.unit is not None and _is_tolerance(text, first, second):
            shared[index - 1] = _in_unit_of(first, second)
    return shared


def _is_tolerance(text: str, first: Part, second: Part) -> bool:
    signs = (text[part.number.span.start] for part in (first, second))
    return text[first.end : second.start] == "/" and all(sign in _SIGNED for sign in signs)


def _in_unit_of(part: Part, other: Part) -> Part:
    return replace(part, unit=other.unit, dimension=other.dimension, per=other.per)


def share_base(text: str, parts: list[Part]) -> list[Part]:
    """Read "deaths per 1,000 births rose from 5.4 to 8.1" as two rates, whose base is no figure of its own."""
    shared = list(parts)
    bases = list(_BASE.finditer(text)) if " per " in text else []
    starts = {part.number.span.start: index for index, part in enumerate(shared)} if bases else {}
    dropped: set[int] = set()
    for base in bases:
        written = base["base"].replace(",", "")
        size = int(written) if written.isdigit() else _BASES[written]
        index = starts.get(base.end())
        if index is None or index == 0 or shared[index - 1].end > base.start("far"):
            continue
        if shared[index - 1].number.span.start == base.start("base"):
            dropped.add(index - 1)
        while index < len(shared) and is_bare(shared[index]) and read_counted(text, shared[index].end) is None:
            shared[index] = replace(shared[index], unit=f"per {size:,} {base['of']}", dimension="rate")
            end = shared[index].end
            index += 1
            if index == len(shared) or _JOINED.fullmatch(text, end, shared[index].start) is None:
                break
    return [part for index, part in enumerate(shared) if index not in dropped]


def share_pressure(text: str, parts: list[Part]) -> list[Part]:
    """Read "152/94 to 138/86 mmHg" as four pressures, and "168/102 mmHg, and 140/85 later" too."""
    shared = list(parts)
    for index in range(len(shared) - 1, 0, -1):
        last, before = shared[index], shared[index - 1]
        if last.dimension != "pressure" or not is_bare(before):
            continue
        slashed = text[before.end : last.start] == "/"
        over = index + 1 < len(shared) and text[last.end : shared[index + 1].start] == "/"
        if slashed or (over and _VERSUS.fullmatch(text, before.end, last.start)):
            shared[index - 1] = _in_unit_of(before, last)
    said: Part | None = None
    for index in range(1, len(shared)):
        first, second = shared[index - 1], shared[index]
        if second.dimension == "pressure":
            said = second
        elif said is not None and _is_pressure(text, first, second):
            shared[index - 1], shared[index] = _in_unit_of(first, said), _in_unit_of(second, said)
    return shared


_VERSUS = re.compile(r"\s+(?:to|and|or|vs\.?|versus|from|against)\s+")


def _is_pressure(text: str, first: Part, second: Part) -> bool:
    if not (is_bare(first) and is_bare(second)) or text[first.end : second.start] != "/":
        return False
    high, low = first.number.value, second.number.value
    return high > low and high in _SYSTOLIC and low in _DIASTOLIC
