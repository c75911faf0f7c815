"""Rules on the amount for one, the number, and the amount for all: products and quotients told in words."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from fractions import Fraction

from evidencelint.checks.consistency.equations import wrong_equations
from evidencelint.checks.consistency.intent import fits_otherwise, is_a_slip, phrases, speaks_of
from evidencelint.checks.consistency.reading import Told, told
from evidencelint.checks.consistency.rounding import Reach, fits, reach, show
from evidencelint.judgement import Judgement
from evidencelint.model import Finding, Quantity
from evidencelint.words import stem

_IS_OR_COMES_TO = re.compile(r"\b(?:adds?|costs?|is|are)\b", re.IGNORECASE)
_AT = re.compile(r"\bat\s+(?:[^\W\d_]+(?:['’]s)?\s+){0,5}?$", re.IGNORECASE)
_ONE_OF = frozenset(
    {
        "head",
        "person",
        "patient",
        "member",
        "pupil",
        "student",
        "child",
        "household",
        "participant",
        "employee",
        "client",
    }
)
_PRICED = frozenset({"money", "mass", "volume", "energy", "emission", "area", "length"})
_NEARBY = 250
_BEFORE = 30
_FOR_ONE = re.compile(
    r"\s+(?:an?|per|each|every|for\s+each|for\s+every|to\s+each)\s+(?P<noun>[^\W\d_]+)", re.IGNORECASE
)
_PLAIN = frozenset({"exact", "approximate"})
_FEWEST = 2
_REMEMBERED = 4


@dataclass(frozen=True, slots=True)
class _Priced:
    """An amount for one, how many there are, and the amount told for all; ``sure`` where the text says that it is."""

    price: Quantity
    count: Quantity
    total: Quantity
    sure: bool


def product_mismatch(judgement: Judgement) -> Iterator[Finding]:
    """Report a total that is not the amount for one times the number told beside it."""
    yield from wrong_equations(judgement, "product-mismatch")
    before: list[Told] = []
    for sentence in told(judgement):
        near = [q for each in before if each.passage is sentence.passage for q in each.figures]
        near = [q for q in near if sentence.span.start - q.span.end < _NEARBY]
        before = [*before, sentence][-_REMEMBERED:]
        priced = _per_one(sentence, near) or _each(sentence)
        if priced is None:
            continue
        total, truth = priced.total, _product(priced.price, priced.count)
        if truth is None or fits(total, truth):
            continue
        others = [q for q in (*sentence.figures, *near) if q not in {priced.price, priced.count, total}]
        if not priced.sure and not is_a_slip(total, truth):
            continue
        if speaks_of("more_than_that", sentence.text) or fits_otherwise(total, truth, others):
            continue
        shown = show((truth.low + truth.high) / 2, min(total.step, Fraction(1)))
        message = f"{priced.price.text} times {priced.count.text} is {shown}, the text says {total.text}"
        yield Finding("product-mismatch", total.span, sentence.span, message, 0.85, expected=shown)


def _per_one(sentence: Told, near: Sequence[Quantity]) -> _Priced | None:
    """Read "At £1,100 a head, 40 employees come to £44,000", where the sentence has no other figures."""
    here = [q for q in sentence.figures if q.per is not None]
    rest = [q for q in sentence.figures if q not in here]
    comes = speaks_of("comes_to", sentence.text) or _IS_OR_COMES_TO.search(sentence.text) is not None
    if len(rest) != _FEWEST or not comes:
        return None
    count, total = rest
    prices = [q for q in here or near if q.unit == total.unit]
    if len(prices) != 1 or len(here) > 1 or total.unit is None or total.change != "level":
        return None
    price = prices[0]
    for index, one in enumerate(price.per.split(" per ") if price.per is not None else ()):
        if _is_number_of(count, one):
            # for one a year, the total may be that of several years
            return _Priced(price, count, total, index == 0 and " per " not in (price.per or ""))
    return None


def _each(sentence: Told) -> _Priced | None:
    """Read "for 2,400 pupils, at $63 each, it comes to $151,200" and "at the median of £80, all 44 would come to"."""
    totals = [q for q in sentence.figures if q.dimension in _PRICED and _is_result(sentence, q)]
    if len(totals) != 1:
        return None
    total = totals[0]
    prices = [q for q in sentence.figures if q.unit == total.unit and q is not total]
    counts = [q for q in sentence.figures if _is_count(q)]
    if len(prices) != 1 or len(counts) != 1 or prices[0].per is not None or prices[0].bound not in _PLAIN:
        return None
    price = prices[0]
    each = phrases("each").match(sentence.after(price, 12).lstrip()) is not None or _is_for_one(
        sentence, price, counts[0]
    )
    if price.span > total.span or not (each or _AT.search(sentence.before(price, 60))):
        return None
    return _Priced(price, counts[0], total, sure=False)


def _is_for_one(sentence: Told, price: Quantity, count: Quantity) -> bool:
    """Tell whether "a tree" or "per tree" stands behind an amount, where trees are counted."""
    one = _FOR_ONE.match(sentence.after(price, 40))
    return one is not None and count.counted is not None and stem(one["noun"].lower()) == stem(count.counted.lower())


def _is_result(sentence: Told, quantity: Quantity) -> bool:
    """Tell whether words such as "comes to" stand before a figure."""
    before = sentence.before(quantity, _BEFORE).rstrip()
    return any(not before[match.end() :].strip(" ,:") for match in phrases("comes_to").finditer(before))


def _is_count(quantity: Quantity) -> bool:
    plain = quantity.unit is None and quantity.dimension == "count" and quantity.bound in _PLAIN
    return plain and quantity.per is None and quantity.value is not None and quantity.value > 1


def _is_number_of(count: Quantity, one: str | None) -> bool:
    """Tell whether a figure says how many of what the other is per: "100 ha" of "280 litres per hectare"."""
    if count.unit is not None:
        return count.unit == one
    if count.dimension != "count" or count.per is not None:
        return False
    return one in _ONE_OF or (count.counted is not None and count.counted.removesuffix("s") == one)


def _product(first: Quantity, second: Quantity) -> Reach | None:
    ours, theirs = reach(first), reach(second)
    return ours * theirs if ours is not None and theirs is not None else None


def quotient_mismatch(judgement: Judgement) -> Iterator[Finding]:
    """Report an amount for one that is not the whole amount over the number of parts that it is cut into."""
    yield from wrong_equations(judgement, "quotient-mismatch")
    before: Told | None = None
    for sentence in told(judgement):
        beside = before is not None and before.passage is sentence.passage
        near = before.figures if before is not None and beside else ()
        before = sentence
        spread = phrases("spread").search(sentence.text)
        if spread is None or speaks_of("more_than_that", sentence.text):
            continue
        parts = _parts(sentence, spread.end())
        whole, one = _whole_and_one(sentence, near, parts) if parts is not None else (None, None)
        if parts is None or whole is None or one is None:
            continue
        ours, theirs = reach(whole), reach(parts)
        truth = ours.over(theirs) if ours is not None and theirs is not None else None
        others = [q for q in (*sentence.figures, *near) if q not in {whole, parts, one}]
        if truth is None or fits(one, truth) or fits_otherwise(one, truth, others):
            continue
        exact = whole.value / parts.value if whole.value is not None and parts.value else (truth.low + truth.high) / 2
        shown = show(exact, one.step)
        message = f"{whole.text} over {parts.text} is {shown}, the text says {one.text}"
        yield Finding("quotient-mismatch", one.span, sentence.span, message, 0.85, expected=shown)


def _parts(sentence: Told, at: int) -> Quantity | None:
    """Give the number of parts, which stands right behind the words for the division."""
    for quantity in sentence.figures:
        between = sentence.text[at : quantity.span.start - sentence.span.start]
        if quantity.span.start - sentence.span.start >= at:
            counted = _is_count(quantity) or (quantity.dimension == "duration" and quantity.per is None)
            return quantity if counted and len(between.split()) <= _FEWEST else None
    return None


def _whole_and_one(
    sentence: Told, near: Sequence[Quantity], parts: Quantity
) -> tuple[Quantity | None, Quantity | None]:
    """Give the one amount that is divided, told here before the division or last, and the one that comes of it."""
    after = [q for q in sentence.figures if q.dimension in _PRICED and q.span > parts.span]
    if len(after) != 1 or after[0].bound not in _PLAIN:
        return None, None
    one = after[0]
    here = [q for q in sentence.figures if q.unit == one.unit and q.span < parts.span]
    wholes = here or [q for q in near if q.unit == one.unit]
    if len(wholes) != 1 or wholes[0].per is not None:
        return None, None
    return wholes[0], one
