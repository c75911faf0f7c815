"""Whether a figure that does not follow was meant to: it misses the result by a slip and nothing else."""

from __future__ import annotations

import re
from collections.abc import Iterable
from fractions import Fraction
from functools import cache

from evidencelint.checks.consistency.rounding import Reach, fits, reach
from evidencelint.lexicon import arithmetic_words
from evidencelint.model import Quantity
from evidencelint.quantities.lexicon import alternatives

# a tenth and a half: a digit wrong or two exchanged behind the first one
_NEAR = Fraction(15, 100)
_SLIPS = tuple(Fraction(10) ** power for power in (-3, -2, -1, 1, 2, 3))
# months, weeks, days, hours, minutes, working days; both ways, a pair, a half
_OFTEN = (12, 52, 365, 7, 24, 60, 30, 4, 5, 40, 48, 50, 200, 250, 2, 3)
_WHOLE = Fraction(100)
_TELLING = 3  # digits of a number that is hardly written by chance


def is_a_slip(stated: Quantity, truth: Reach) -> bool:
    """Tell whether a figure is so near what was worked out, or a power of ten away, that it was meant."""
    own = reach(stated)
    if own is None or stated.value is None or truth.low <= 0:
        return False
    middle = (truth.low + truth.high) / 2
    if abs(stated.value - middle) <= middle * _NEAR or _is_misspelt(stated.value, middle):
        return True
    return any(own.scaled(slip).meets(truth) for slip in _SLIPS)


def _is_misspelt(value: Fraction, truth: Fraction) -> bool:
    """Tell whether two numbers differ in one digit, or in two digits that have changed places."""
    ours, theirs = (str(round(each)) for each in (value, truth))
    apart = [place for place, (a, b) in enumerate(zip(ours, theirs, strict=False)) if a != b]
    if len(ours) != len(theirs) or len(ours) < _TELLING:
        return False
    match apart:
        case [first, second]:
            return ours[first] == theirs[second] and ours[second] == theirs[first]
        case _:
            return len(apart) == 1


def fits_otherwise(stated: Quantity, truth: Reach, told: Iterable[Quantity]) -> bool:
    """Tell whether a figure is what was worked out for a year, a week, a share or a number that the text also tells."""
    factors = [Fraction(n) for n in _OFTEN]
    for quantity in told:
        value = quantity.value
        if value is None or value <= 0:
            continue
        if quantity.unit == "percent":
            factors += [value / _WHOLE, 1 + value / _WHOLE, abs(1 - value / _WHOLE)]
        else:
            factors.append(value)
    return any(fits(stated, truth.scaled(each)) for factor in factors if factor > 0 for each in (factor, 1 / factor))


def speaks_of(name: str, text: str) -> bool:
    """Tell whether a text has a word of a list of ``arithmetic.yaml``."""
    return phrases(name).search(text) is not None


@cache
def phrases(name: str) -> re.Pattern[str]:
    """Give a pattern for the words of a list of ``arithmetic.yaml``."""
    words = alternatives(list(arithmetic_words(name)))
    return re.compile(rf"(?<![\w-])(?:{words})(?![\w-])", re.IGNORECASE)
