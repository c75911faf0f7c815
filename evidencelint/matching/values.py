"""Compare two quantities as a careful editor does: rounding and units are fine, bounds are not.

All arithmetic is exact; tolerances follow from the precision a figure is written in.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from fractions import Fraction
from typing import Literal

from evidencelint.model import Quantity
from evidencelint.quantities import convert, convertible, kin

Agreement = Literal[
    "same",  # the fact's value, rounded or converted
    "weaker",  # true if the fact is true, and says less
    "dropped",  # the fact's "about" or "at least" is missing
    "sharpened",  # "exactly" for an approximate or bounded fact, or a bound the fact does not have
    "collapsed",  # one value for the fact's range
    "unit",  # the same number in another unit
    "turned",  # the same number as a limit on the other side
    "direction",  # the same number, moving the other way
    "differs",
    "incomparable",
]

_SOFT = re.compile(r"\b(?:about|around|roughly|some|approximately|circa)\b|[~≈]", re.IGNORECASE)
_ACROSS = re.compile(r"over\b", re.IGNORECASE)
_SPAN_OF_TIME = re.compile(r"within\b", re.IGNORECASE)
_ODDS = re.compile(r"\b(?:in|of)\b")
_PERCENT = re.compile(r"per\s?-?cent|%|\bp{2,}t?s?\b", re.IGNORECASE)
_EVERYDAY = 12
_TIMES = frozenset({"second", "minute", "hour", "day", "week", "month", "year"})
# A limit farther off than this says nothing of the value any more.
_MOST_LOOSE = 2
_BARE_WORD_SLACK = Fraction(2)
_APPROXIMATE_WORD_SLACK = Fraction(5)
_ODDS_SLACK = Fraction(4)
# Dimensions that writers take for one another; within one dimension units are always compared.
_DEGREES = {"kelvin", "degree Celsius"}
_CONFUSED = ({"fraction", "points"}, {"mass", "dose-per-weight"}, {"energy", "power"})


@dataclass(frozen=True, slots=True)
class Scaled:
    """A quantity in the fact's unit: value or ends, and the size of its last written digit."""

    value: Fraction | None
    low: Fraction | None
    high: Fraction | None
    step: Fraction


def compare(draft: Quantity, fact: Quantity) -> Agreement:
    """Say how a draft's quantity stands to a fact's."""
    if _bare_twin(draft, fact) or _bare_twin(fact, draft):
        return "same"
    if {draft.unit, fact.unit} == _DEGREES and "level" not in {draft.change, fact.change}:
        draft = replace(draft, unit=fact.unit, dimension=fact.dimension)  # 0.8 K warmer is 0.8 °C warmer
    if fact.role == "bound" and draft.value is not None:
        # an estimate is no end of an interval, but an end may be told by itself ("as large as 13%")
        ends = comparable(draft, fact) and draft.value in {fact.low, fact.high}
        return "weaker" if ends else "incomparable"
    if _unlike(draft, fact):
        return "incomparable"
    if draft.dimension == fact.dimension == "points" and loose_points(draft) != loose_points(fact):
        # a point may be short for a percentage point, and may be one of a score
        verdict = _compare_comparable(draft, fact)
        return "incomparable" if verdict in {"differs", "unit", "turned"} else verdict
    if comparable(draft, fact):
        return _compare_comparable(draft, fact)
    return "unit" if _same_number_other_unit(draft, fact) else "incomparable"


def _compare_comparable(draft: Quantity, fact: Quantity) -> Agreement:
    if draft.value is not None and draft.value == fact.value and _other_pace(draft.per, fact.per):
        return "unit"  # "6 minutes a week" for six a day
    if draft.value is not None and draft.value < 0 and fact.change == "decrease":
        draft = replace(draft, value=-draft.value, change="decrease")  # "minus 12%" for "fell by 12%"
    scaled = _scale(draft, fact)
    if scaled is None:
        return "incomparable"
    verdict = _compare_scaled(draft, scaled, fact)
    if verdict in {"differs", "weaker", "turned"} and _same_number_other_unit(draft, fact):
        return "unit"
    if verdict in {"same", "weaker", "dropped"} and {draft.change, fact.change} == {"increase", "decrease"}:
        return "direction"
    return verdict


def loose_points(quantity: Quantity) -> bool:
    """Tell whether a figure is in points of which the text does not say whether they are of percent or of a scale."""
    return quantity.dimension == "points" and _PERCENT.search(quantity.text) is None


def _unlike(draft: Quantity, fact: Quantity) -> bool:
    """Tell whether one figure counts whole things and the other cannot: 0.08 is no slip for five."""
    if not draft.dimension == fact.dimension == "count" or draft.value is None or fact.value is None:
        return False
    named = draft.counted is not None or fact.counted is not None
    return named and (draft.value.denominator == 1) != (fact.value.denominator == 1)


def _other_pace(first: str | None, second: str | None) -> bool:
    """Tell whether two figures are for stretches of time that differ, where both name one."""
    ours, theirs = (_TIMES & frozenset((per or "").split()) for per in (first, second))
    return bool(ours and theirs) and not ours & theirs


def _bare_twin(draft: Quantity, fact: Quantity) -> bool:
    """Tell whether a number written without its unit, as in a table, is that of the fact."""
    kind = fact.unit is not None or fact.dimension in {"effect", "ratio"}
    if draft.unit is not None or draft.dimension != "count" or not kind:
        return False
    if draft.value is None:  # an interval in a table: "0.9 (0.3 to 1.5)"
        return fact.role == "bound" and (draft.low, draft.high) == (fact.low, fact.high)
    telling = draft.value.denominator != 1 or draft.value > _EVERYDAY
    return telling and draft.counted is None and draft.value in {fact.value, fact.low, fact.high}


def same_number(draft: Quantity, fact: Quantity) -> bool:
    """Tell whether a draft writes one of a fact's numbers, sign and counted things aside."""
    if draft.value is None or not (draft.unit is None or comparable(draft, fact)):
        return False
    scaled = _scale(draft, fact) if draft.unit is not None else Scaled(draft.value, None, None, draft.step)
    numbers = {abs(number) for number in (fact.value, fact.low, fact.high) if number is not None}
    return scaled is not None and scaled.value is not None and abs(scaled.value) in numbers


def comparable(draft: Quantity, fact: Quantity) -> bool:
    """Tell whether the two are of one kind, so that their numbers can be set side by side."""
    if not kin(draft.dimension, fact.dimension):
        return False
    return draft.unit == fact.unit or (
        draft.unit is not None and fact.unit is not None and convertible(draft.unit, fact.unit)
    )


def _same_number_other_unit(draft: Quantity, fact: Quantity) -> bool:
    if draft.dimension == "fraction" and fact.dimension == "ratio" and draft.value and fact.value:
        return draft.value == 100 * fact.value and draft.change != "level"  # odds 0.71 are not "71% lower"
    if draft.unit == fact.unit or draft.unit is None or fact.unit is None:
        return False
    if draft.dimension != fact.dimension and {draft.dimension, fact.dimension} not in _CONFUSED:
        return False
    if draft.value is not None:
        return draft.value in {fact.value, fact.low, fact.high}
    return draft.low is not None and (draft.low, draft.high) == (fact.low, fact.high)


def confused(draft: Quantity, fact: Quantity) -> bool:
    """Tell whether writers take the dimensions of two figures for one another, as percent and points."""
    return draft.dimension == fact.dimension or {draft.dimension, fact.dimension} in _CONFUSED


def in_another_dimension(draft: Quantity, fact: Quantity) -> bool:
    """Tell whether a draft gives a fact's telling number in a unit of another kind ("35 mm" for "35%")."""
    apart = draft.unit is not None and fact.unit is not None and not kin(draft.dimension, fact.dimension)
    return apart and draft.value is not None and draft.value == fact.value and _digits(draft.value) > 1


def _digits(value: Fraction) -> int:
    return len(str(abs(value.numerator)).strip("0"))


def _scale(draft: Quantity, fact: Quantity) -> Scaled | None:
    if draft.unit == fact.unit or draft.unit is None or fact.unit is None:
        return Scaled(draft.value, draft.low, draft.high, draft.step)
    source, target = draft.unit, fact.unit

    def to(value: Fraction | None) -> Fraction | None:
        return None if value is None else convert(value, source, target)

    zero = convert(Fraction(0), source, target)
    return Scaled(to(draft.value), to(draft.low), to(draft.high), convert(draft.step, source, target) - zero)


def _compare_scaled(draft: Quantity, scaled: Scaled, fact: Quantity) -> Agreement:
    if fact.value is None:
        return _against_range(draft, scaled, fact)
    if scaled.value is None:
        return _range_against_value(draft, scaled, fact.value)
    return _value_against_value(draft, scaled, fact, scaled.value, fact.value)


def _against_range(draft: Quantity, scaled: Scaled, fact: Quantity) -> Agreement:
    if fact.low is None or fact.high is None:
        return "incomparable"
    if scaled.low is not None and scaled.high is not None:
        near = _near(draft, scaled, scaled.low, fact.low) and _near(draft, scaled, scaled.high, fact.high)
        return "same" if near else "differs"
    if scaled.value is None:
        return "incomparable"
    at_low, at_high = (
        _near(draft, scaled, scaled.value, fact.low),
        _near(draft, scaled, scaled.value, fact.high),
    )
    if draft.bound in {"at_least", "more"}:
        return "same" if at_low else ("weaker" if scaled.value < fact.low else "differs")
    if draft.bound in {"at_most", "less"}:
        return "same" if at_high else ("weaker" if scaled.value > fact.high else "differs")
    return "collapsed" if at_low or at_high or fact.low < scaled.value < fact.high else "differs"


def _range_against_value(draft: Quantity, scaled: Scaled, value: Fraction) -> Agreement:
    if scaled.low is None or scaled.high is None:
        return "incomparable"
    inside = scaled.low <= value <= scaled.high
    narrow = scaled.high - scaled.low <= abs(value) * Fraction(1, 2)
    return "weaker" if inside and narrow and draft.role != "bound" else "differs"


def _value_against_value(
    draft: Quantity, scaled: Scaled, fact: Quantity, value: Fraction, truth: Fraction
) -> Agreement:
    near = _near(draft, scaled, value, truth)
    if draft.bound in {"more", "at_least"}:
        return _bounded(
            near=near,
            holds=value <= truth <= _MOST_LOOSE * value if value > 0 else truth >= value,
            # "over a year" is as often during one, "over 16 trials" across them
            strict=truth == value and draft.bound == "more" and not _ACROSS.match(draft.text),
            fact=fact,
            side=("more", "at_least"),
        )
    if draft.bound in {"less", "at_most"}:
        return _bounded(
            near=near,
            holds=value <= _MOST_LOOSE * truth and truth <= value if truth > 0 else truth <= value,
            strict=truth == value and draft.bound == "less",
            fact=fact,
            side=("less", "at_most"),
        )
    if not near:
        return "differs"
    return _unbounded(draft, fact, rounded=value != truth)


def _unbounded(draft: Quantity, fact: Quantity, *, rounded: bool) -> Agreement:
    """Weigh a draft's plain or approximate value that agrees with the fact's number."""
    if draft.emphatic and fact.bound != "exact":
        return "sharpened"
    if fact.bound in {"exact", draft.bound} or (rounded and draft.bound == "exact"):
        return "same"
    if draft.bound == "approximate":
        return "weaker"
    # "three months after" for "within three months" says when; "a third" for "up to a third" says too much
    limit = fact.bound in {"at_most", "less"} and not _SPAN_OF_TIME.match(fact.text)
    return "sharpened" if limit else "dropped"


def _bounded(*, near: bool, holds: bool, strict: bool, fact: Quantity, side: tuple[str, str]) -> Agreement:
    if fact.bound in side:
        return "same" if near else ("weaker" if holds else "differs")
    if fact.bound not in {"exact", "approximate"}:
        return "turned" if near else "differs"
    if strict:
        return "sharpened" if fact.bound == "exact" else "differs"
    return "weaker" if holds or (near and fact.bound == "approximate") else "differs"


def _near(draft: Quantity, scaled: Scaled, value: Fraction, truth: Fraction) -> bool:
    """Tell whether ``value`` is ``truth`` rounded to the precision that the draft is written in."""
    above, below = value.numerator, value.denominator
    apart = abs(above * truth.denominator - truth.numerator * below)
    if not apart:
        return True
    word = draft.step == 0 and draft.dimension == "fraction"
    if draft.bound == "exact" and not word:
        # most figures are simply others, and whole numbers tell that far sooner than fractions
        step = scaled.step
        if 2 * apart * step.denominator > step.numerator * below * truth.denominator:
            return False
    return abs(value - truth) <= _tolerance(draft, scaled, value)


def _tolerance(draft: Quantity, scaled: Scaled, value: Fraction) -> Fraction:
    if draft.step == 0 and draft.dimension == "fraction":
        if _ODDS.search(draft.text):
            return _ODDS_SLACK
        return _APPROXIMATE_WORD_SLACK if draft.bound != "exact" else _BARE_WORD_SLACK
    half = scaled.step / 2
    if scaled.value != draft.value:
        half = min(half, abs(value) / 20)  # "a year" stands for 12 months, not for 8
    if draft.bound == "exact" or (draft.bound == "range" and not _SOFT.search(draft.text)):
        return half
    return max(half, _roundness(value) / 2, abs(value) / 50)


def _roundness(value: Fraction) -> Fraction:
    """Give the step a round number was probably rounded to: 1000 for 33,000; 5 for 35."""
    if value.denominator != 1 or value == 0:
        return Fraction(0)
    number, step = abs(int(value)), 1
    while number % (step * 10) == 0:
        step *= 10
    return Fraction(step * 5 if number % (step * 5) == 0 and step == 1 else step)
