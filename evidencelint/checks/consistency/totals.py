"""The rule on sums."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from fractions import Fraction

from evidencelint.checks.consistency import wholes
from evidencelint.checks.consistency.equations import wrong_equations
from evidencelint.checks.consistency.intent import is_a_slip
from evidencelint.checks.consistency.reading import Told, told
from evidencelint.checks.consistency.rounding import fits, reach, show
from evidencelint.judgement import Judgement
from evidencelint.matching.counted import compare_counted
from evidencelint.model import Finding, Quantity

_TOTAL = re.compile(
    r"\b(?:in total|in all|altogether|total(?:s|ling|ing)?|sum(?:s|med)?|adds? up|making|makes)\b",
    re.IGNORECASE,
)
_AMOUNTS = frozenset({"money", "duration", "mass", "length", "volume", "area", "energy", "emission"})
_AMOUNTS_TO = re.compile(
    r"\b(?:com(?:es|e|ing)\s+to|came\s+to|add(?:s|ing)?\s+up\s+to|added\s+up\s+to|a\s+total\s+of|making|totall?(?:s|ing|ed))"
    r"\s+(?:a\s+total\s+of\s+)?$",
    re.IGNORECASE,
)
_TOGETHER = re.compile(r"\b(?:together|plus|and)\b|\+", re.IGNORECASE)
_FEWEST_PARTS = 2
_NEARBY = 250
_REMEMBERED = 8
_BEFORE = 30
# between the counts of a list stand what they count and a comma or "and", before their total a comma
_LINK = re.compile(r"(?:\s[\w’'-]+){1,3}(?:,\s|\s(?:and|plus)\s|,\s(?:and|plus)\s)")
_LAST_LINK = re.compile(r"(?:\s[\w’'-]+){1,4}(?:,|\s[–—-]|:|;)\s")
_IN_ALL = re.compile(r"in all|in total|all told|altogether", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Sum:
    """A stated total and the like figures that it is held to be the sum of."""

    sentence: Told
    total: Quantity
    parts: tuple[Quantity, ...]


def sum_mismatch(judgement: Judgement) -> Iterator[Finding]:
    """Report a stated total that is not the sum of the like figures beside or before it."""
    yield from wholes.tables(judgement)
    yield from wholes.lists(judgement)
    yield from wrong_equations(judgement, "sum-mismatch")
    for sentence in told(judgement):
        yield from wholes.made_of(sentence)
        yield from wholes.both_halves(sentence)
    for each in sums(judgement):
        total, parts = each.total, each.parts
        wrong = _wrong_sum(total, parts) if total.dimension == "count" else _wrong_amount(total, parts)
        if wrong is not None:
            shown = " + ".join(part.text for part in parts)
            message = f"{shown} is {wrong}, the text says {total.text}"
            yield Finding("sum-mismatch", total.span, each.sentence.span, message, 0.85, expected=wrong)


def sums(judgement: Judgement) -> Iterator[Sum]:
    """Yield the totals of a document that can be added up."""
    before: list[Quantity] = []
    for sentence in told(judgement):
        counts = [q for q in sentence.figures if q.dimension == "count" and q.value is not None]
        yield from _sums_of_amounts(sentence)
        total = _stated_total(sentence, counts)
        parts = [q for q in counts if q is not total and total is not None and _alike(q, total)]
        if total is not None and len(parts) < _FEWEST_PARTS:
            parts = [q for q in before if _alike(q, total) and sentence.span.start - q.span.end < _NEARBY]
        if total is not None and len(parts) < _FEWEST_PARTS and total.counted is None:
            parts = _listed_before(sentence, counts, total)
        before = [*before, *counts][-_REMEMBERED:]
        if total is not None and len(parts) >= _FEWEST_PARTS:
            yield Sum(sentence, total, tuple(parts))


def _listed_before(sentence: Told, counts: Sequence[Quantity], total: Quantity) -> list[Quantity]:
    """Give the counts of a list that ends right before its total: "three urban and two rural schools, five in all"."""
    if _IN_ALL.match(sentence.text[total.span.end - sentence.span.start :].lstrip()) is None:
        return []
    listed: list[Quantity] = []
    following = total
    for count in reversed([q for q in counts if q.span < total.span]):
        between = sentence.text[count.span.end - sentence.span.start : following.span.start - sentence.span.start]
        link = _LINK if listed else _LAST_LINK
        if link.fullmatch(between) is None or count.bound != "exact":
            break
        listed.insert(0, count)
        following = count
    return listed


def _wrong_sum(total: Quantity, parts: Sequence[Quantity]) -> str | None:
    """Give the sum of counts where neither it, nor that of the last of them, is the total."""
    values = [q.value for q in parts if q.value is not None]
    known = {sum(values[start:], Fraction(0)) for start in range(len(values) - 1)}
    if total.value in known or total.value in values:
        return None
    return show(sum(values, Fraction(0)), Fraction(1))


def _alike(first: Quantity, second: Quantity) -> bool:
    return compare_counted(first, second) == "same"


def _stated_total(sentence: Told, counts: Sequence[Quantity]) -> Quantity | None:
    match = _TOTAL.search(sentence.text)
    if match is None or not counts:
        return None
    centre = sentence.span.start + match.start()
    # "21 in all, namely four ...": what stands before the word of the whole is its figure, if it is near
    behind = _IN_ALL.fullmatch(match[0].strip()) is not None
    before = [q for q in counts if behind and 0 <= centre - q.span.end <= _BEFORE]
    return min(before or counts, key=lambda q: min(abs(q.span.start - centre), abs(q.span.end - centre)))


def _sums_of_amounts(sentence: Told) -> Iterator[Sum]:
    """Read "A at €11,800 together with B at €4,600 comes to €16,400", where the sentence has no other amounts."""
    for total in sentence.figures:
        if total.dimension not in _AMOUNTS or _AMOUNTS_TO.search(sentence.before(total, 30)) is None:
            continue
        parts = [q for q in sentence.figures if q.unit == total.unit and q is not total]
        plain = all(q.change == "level" and q.span < total.span and q.per in {None, total.per} for q in parts)
        told_sum = _TOGETHER.search(sentence.text) is not None
        reaches = [reach(part) for part in parts]
        if len(parts) >= _FEWEST_PARTS and plain and told_sum and None not in reaches:
            yield Sum(sentence, total, tuple(parts))


def _wrong_amount(total: Quantity, parts: Sequence[Quantity]) -> str | None:
    reaches = [found for part in parts if (found := reach(part)) is not None]
    truth = sum(reaches[1:], start=reaches[0])
    # "at £85 and £90, 90 rooms come to £7,875" is no sum
    return None if fits(total, truth) or not is_a_slip(total, truth) else show((truth.low + truth.high) / 2, total.step)
