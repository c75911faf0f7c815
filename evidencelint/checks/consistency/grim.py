"""Rules on means and standard deviations of whole numbers: GRIM (Brown & Heathers) and GRIMMER (Anaya; Allard)."""

from __future__ import annotations

import math
import re
from collections.abc import Iterator
from fractions import Fraction

from evidencelint.checks.consistency.reading import Told, told
from evidencelint.judgement import Judgement
from evidencelint.model import Finding, Quantity

_HALF = Fraction(1, 2)
_MEAN = re.compile(r"(?:\bM(?:ean)?\s?=\s?|\bmean\b[^.;()]{0,40}?\s(?:was\s|of\s|is\s|=\s?)?|\bmean\s)$", re.IGNORECASE)
_WHOLE_NUMBERS = re.compile(
    r"\b(?:Likert|items?|ratings?|rated|scores?|scored|scale|questionnaire|inventory|number\s+of|counts?|symptoms?|errors?"
    r"|episodes?|visits|sessions\s+attended|children\s+per|siblings|goals)\b",
    re.IGNORECASE,
)
_ITEMS = re.compile(r"\b(\d{1,3}|two|three|four|five|six|seven|eight|nine|ten|twelve)[-\s]items?\b", re.IGNORECASE)
_WORDS = {
    "two": 2,
    "three": 3,
    "four": 4,
    "five": 5,
    "six": 6,
    "seven": 7,
    "eight": 8,
    "nine": 9,
    "ten": 10,
    "twelve": 12,
}
_SEVERAL = re.compile(r"\bitems\b", re.IGNORECASE)
_DEVIATIONS = frozenset({"SD", "s.d.", "standard deviation", "Standard deviation"})
_LARGEST = 10_000


def grim(mean: Fraction, step: Fraction, count: int) -> bool:
    """Tell whether whole numbers, ``count`` of them, can have this mean; ``step`` is the size of its last digit."""
    return bool(_sums(mean, step, count))


def _sums(mean: Fraction, step: Fraction, count: int) -> range:
    """Give the sums that the mean allows."""
    low = math.ceil((mean - step * _HALF) * count)
    high = math.floor((mean + step * _HALF) * count)
    return range(low, high + 1)


def grimmer(mean: Fraction, mean_step: Fraction, deviation: Fraction, step: Fraction, count: int) -> bool:
    """Tell whether whole numbers can have this mean and this standard deviation (of a sample)."""
    if count < 2:  # noqa: PLR2004 - one value has no deviation
        return True
    least = max(deviation - step * _HALF, Fraction(0)) ** 2 * (count - 1)
    most = (deviation + step * _HALF) ** 2 * (count - 1)
    for total in _sums(mean, mean_step, count):
        around = Fraction(total * total, count)
        first = math.ceil(least + around)
        # squares of whole numbers add to an even number exactly where the numbers do
        first += (first - total) % 2
        if first <= most + around:
            return True
    return False


def impossible_mean(judgement: Judgement) -> Iterator[Finding]:
    """Report a mean of whole numbers that no sample of the size given can have."""
    for sentence in told(judgement):
        for mean, count, items in means(sentence):
            if mean.value is None or grim(mean.value, mean.step, count * items):
                continue
            of = f"{count} × {items} answers" if items > 1 else f"{count} whole numbers"
            near = Fraction(round(mean.value * count * items), count * items)
            places = len(str(mean.step.denominator)) - 1
            message = f"{of} cannot have a mean of {mean.text}; the nearest is {float(near):.{places}f}"
            yield Finding("impossible-mean", mean.span, sentence.span, message, 0.75)


def impossible_deviation(judgement: Judgement) -> Iterator[Finding]:
    """Report a standard deviation of whole numbers that their mean and number rule out."""
    for sentence in told(judgement):
        for mean, count, items in means(sentence):
            deviation = _deviation(sentence, mean)
            if deviation is None or deviation.value is None or mean.value is None or items > 1:
                continue
            if not grim(mean.value, mean.step, count):
                continue  # told by impossible-mean
            if grimmer(mean.value, mean.step, deviation.value, deviation.step, count):
                continue
            message = (
                f"{count} whole numbers with a mean of {mean.text} cannot have a standard deviation of {deviation.text}"
            )
            yield Finding("impossible-deviation", deviation.span, sentence.span, message, 0.75)


def means(sentence: Told) -> Iterator[tuple[Quantity, int, int]]:
    """Yield means of what is plainly whole numbers, with the sample's size and the number of items averaged."""
    if _WHOLE_NUMBERS.search(sentence.text) is None:
        return
    named = _ITEMS.search(sentence.text)
    if named is None and _SEVERAL.search(sentence.text):
        return  # a mean over items, and no telling how many
    items = int(_WORDS.get(named[1].lower(), 0) or named[1]) if named is not None else 1
    sizes = [q for q in sentence.figures if q.role in {"n", "total"} and q.counted == "participants"]
    for mean in sentence.figures:
        decimal = mean.value is not None and mean.step < 1 and mean.step > 0 and mean.bound == "exact"
        if not decimal or mean.unit not in {None, "point"} or mean.role != "estimate":
            continue
        if _MEAN.search(sentence.before(mean, 60)) is None:
            continue
        size = _size_of(sentence, mean, sizes)
        # with more answers than the mean has steps, every mean is possible
        if size is not None and 0 < size * items <= _LARGEST and size * items * mean.step <= 1:
            yield mean, size, items


def _size_of(sentence: Told, mean: Quantity, sizes: list[Quantity]) -> int | None:
    """Give the sample's size where the sentence leaves no doubt: the only one, or the next one in its bracket."""
    after = [q for q in sizes if q.span.start > mean.span.end and ")" not in sentence.between(mean, q)]
    chosen = after[:1] or (sizes if len(sizes) == 1 else [])
    value = chosen[0].value if chosen else None
    return int(value) if value is not None and value.denominator == 1 else None


def _deviation(sentence: Told, mean: Quantity) -> Quantity | None:
    after = [q for q in sentence.figures if q.span.start > mean.span.end]
    if after and after[0].role == "statistic" and after[0].counted in _DEVIATIONS:
        return after[0]
    return None
