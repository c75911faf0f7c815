"""A bare number as written: what the finders of numbers give to the readers of quantities."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction
from typing import Literal

from evidencelint.diagnostics import Span

_ONE_TIME = Fraction(1)

Kind = Literal["plain", "factor", "ordinal", "label", "year", "vague", "back", "proportion"]


@dataclass(frozen=True, slots=True)
class Number:
    """A number as written: ``step`` is the size of its last digit, 0 for a word fraction.

    ``share`` marks a part of a whole ("a third", "one in five"), whose value is in percent; ``kind``
    tells factors ("doubled"), ordinals ("third"), numerals of labels ("Phase III"), vague ones ("a few hundred"),
    the two of "both valves" and the none of "none of the welds", and proportions ("2:1") from the rest;
    ``scale`` is what a scale word or letter multiplied by, which the lower end of a range may share.
    """

    span: Span
    value: Fraction
    step: Fraction
    share: bool = False
    word: bool = False
    kind: Kind = "plain"
    scale: Fraction = _ONE_TIME
