"""The sentences of a document with their figures: what every rule of this family walks over."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator
from dataclasses import dataclass
from fractions import Fraction
from itertools import groupby

from evidencelint.judgement import Judgement
from evidencelint.model import Passage, Quantity, Span

_RATIOS = frozenset({"OR", "HR", "RR", "IRR", "SMR", "AOR", "AHR", "ARR"})
_RATIO_WORDS = frozenset({"odds ratio", "hazard ratio", "hazards ratio", "risk ratio", "relative risk", "rate ratio"})
_NOT_LEVELS = frozenset({"bound", "p", "statistic", "n", "total"})
_FAR = 60
_DIFFERENCE = re.compile(r"\b(?:differences?|MD|WMD|SMD|RD|ARR|change)\b", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Told:
    """A sentence, its text with markup blanked, and its figures in order; spans are those of the document."""

    span: Span
    text: str
    figures: tuple[Quantity, ...]
    passage: Passage

    def between(self, first: Quantity, second: Quantity) -> str:
        """Give the text between two figures."""
        return self.text[first.span.end - self.span.start : second.span.start - self.span.start]

    def before(self, quantity: Quantity, size: int) -> str:
        """Give some text before a figure."""
        at = quantity.span.start - self.span.start
        return self.text[max(0, at - size) : at]

    def after(self, quantity: Quantity, size: int) -> str:
        """Give some text after a figure."""
        at = quantity.span.end - self.span.start
        return self.text[at : at + size]

    def part(self, start: int, end: int) -> Span:
        """Give the span of the document for a stretch of the sentence."""
        return Span(self.span.start + start, self.span.start + end)


@dataclass(frozen=True, slots=True)
class Interval:
    """A confidence interval with its estimate and, where the text gives one, its level in percent."""

    estimate: Quantity
    limits: Quantity
    level: Fraction | None
    ratio: bool
    difference: bool


def told(judgement: Judgement) -> tuple[Told, ...]:
    """Give every sentence that has a figure."""
    return judgement.shared(_told)


def _told(judgement: Judgement) -> Iterator[Told]:
    passages = sorted(judgement.document.passages, key=lambda passage: passage.span)
    starts = [passage.span.start for passage in passages]
    for span, claims in groupby(judgement.claims, key=lambda claim: claim.sentence):
        figures = tuple(figure.quantity for claim in claims for figure in claim.figures)
        if not figures:
            continue
        passage = passages[bisect_right(starts, span.start) - 1]
        offset = span.start - passage.span.start
        text = passage.text[offset : offset + len(span)]
        yield Told(span, text, figures, passage)


def is_level(quantity: Quantity) -> bool:
    """Tell whether a figure says how much something is, not how far it moved or how sure that is."""
    plain = quantity.change == "level" and quantity.role not in _NOT_LEVELS
    return plain and quantity.dimension not in {"points", "ratio", "p", "effect"} and quantity.value is not None


def intervals(sentence: Told) -> Iterator[Interval]:
    """Yield the confidence intervals of a sentence with the estimate that each stands beside."""
    estimate: Quantity | None = None
    level: Fraction | None = None
    for quantity in sentence.figures:
        if quantity.role == "bound" and quantity.counted == "level":
            level = quantity.value
        elif quantity.role == "bound" and quantity.low is not None:
            if estimate is not None and _belongs(sentence, estimate, quantity):
                yield _interval(sentence, estimate, quantity, level)
            estimate = level = None
        elif quantity.role not in _NOT_LEVELS and quantity.value is not None:
            estimate = quantity


def _belongs(sentence: Told, estimate: Quantity, limits: Quantity) -> bool:
    between = sentence.between(estimate, limits)
    return len(between) <= _FAR and ";" not in between and estimate.unit in {limits.unit, None}


def _interval(sentence: Told, estimate: Quantity, limits: Quantity, level: Fraction | None) -> Interval:
    name = estimate.counted or ""
    ratio = estimate.dimension == "ratio" and (name in _RATIOS or name in _RATIO_WORDS)
    difference = (
        estimate.dimension in {"points", "effect"} or _DIFFERENCE.search(sentence.before(estimate, 30)) is not None
    )
    confidence = limits.counted == "interval"  # a range need not be symmetric, and says nothing of p
    return Interval(estimate, limits, level, ratio and confidence, difference and confidence and not ratio)
