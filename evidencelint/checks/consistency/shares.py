"""Rules on parts of a whole: count, total and percent; more than all; parts and the rest."""

from __future__ import annotations

import re
from collections.abc import Iterator
from fractions import Fraction

from evidencelint.checks.consistency.reading import Told, is_level, told
from evidencelint.checks.consistency.rounding import Reach, exactly, fits, reach, show
from evidencelint.judgement import Judgement
from evidencelint.lexicon import counted_nouns
from evidencelint.model import Finding, Quantity
from evidencelint.words import stem

_WHOLE = Fraction(100)
_LEAD = re.compile(
    r"(?:^|[.;:,(]\s*)(?:of|among|from|out\s+of)\s+(?:the\s+|these\s+|all\s+|a\s+total\s+of\s+)?$", re.IGNORECASE
)
_BRACKET = re.compile(r"\s*(?:[^\W\d_]+\s+){0,3}\(\s*")
_OPENED = re.compile(r"(?:\s+[^\W\d_]+){0,5}\s*\(\s*")
_CLOSED = re.compile(r"\s*[),;]")
_OF_WHOM = re.compile(
    r"\s+of\s+(?:the\s+|all\s+|these\s+|those\s+)?(?:[a-z-]+\s+){0,2}?(?P<noun>[a-z]+)\b(?!['’])", re.IGNORECASE
)
_REST = re.compile(r"\b(?:the\s+)?(?:remaining|remainder|rest)\b[^.;,\d]{0,20}$", re.IGNORECASE)


def percent_mismatch(judgement: Judgement) -> Iterator[Finding]:
    """Report a percentage that is not the count over the total beside it."""
    for sentence in told(judgement):
        for count, totals, percent in (*triples(sentence), *under_a_lead(sentence)):
            shares = [_WHOLE * (count.value or 0) / (total.value or 1) for total in totals]
            if any(fits(percent, exactly(share)) for share in shares):
                continue
            truth = f"{show(shares[-1], percent.step)}%"
            message = f"{count.text} of {totals[-1].text} is {truth}, the text says {percent.text}"
            sure = 0.97 if len(totals) == 1 else 0.85
            yield Finding("percent-mismatch", percent.span, sentence.span, message, sure, expected=truth)


_Triple = tuple[Quantity, list[Quantity], Quantity]


def triples(sentence: Told) -> Iterator[_Triple]:
    """Yield "57 of 105 (54%)", "57 (54%) of 105" and "54% (57 of 105)"."""
    figures = sentence.figures
    for first, second, third in zip(figures, figures[1:], figures[2:], strict=False):
        opened = _OPENED.fullmatch(sentence.between(first, second)) is not None
        orders = ((first, second, third), (first, third, second), *([(second, third, first)] if opened else []))
        for count, total, percent in orders:
            roles = (count.role, total.role, percent.unit) == ("n", "total", "percent")
            told_all = count.value is not None and total.value and percent.value is not None
            if roles and told_all and count.bound == total.bound == "exact":
                yield count, [total], percent


def under_a_lead(sentence: Told) -> Iterator[_Triple]:
    """Yield "Of 412 patients, 398 (96.6%) ...", where any count told before may be the whole."""
    figures = sentence.figures
    led = False
    wholes: list[Quantity] = []
    for index, count in enumerate(figures):
        if not _is_count(count):
            continue
        percent = figures[index + 1] if index + 1 < len(figures) else None
        paired = percent is not None and percent.unit == "percent" and percent.value is not None
        if (
            percent is not None
            and paired
            and led
            and count.role in {"estimate", "n"}
            and _is_bracketed(sentence, count, percent)
        ):
            fitting = [whole for whole in wholes if (whole.value or 0) >= (count.value or 0)]
            followed = index + 2 < len(figures) and figures[index + 2].role == "total"
            if fitting and not followed:
                yield count, fitting, percent
        led = led or count.role == "total" or _LEAD.search(sentence.before(count, 24)) is not None
        wholes.append(count)


def _is_count(quantity: Quantity) -> bool:
    whole = quantity.value is not None and quantity.value > 0 and quantity.value.denominator == 1
    return whole and quantity.dimension == "count" and quantity.unit is None and quantity.bound == "exact"


def _is_bracketed(sentence: Told, count: Quantity, percent: Quantity) -> bool:
    opened = _BRACKET.fullmatch(sentence.between(count, percent)) is not None
    return opened and _CLOSED.match(sentence.after(percent, 3)) is not None


def percent_above_whole(judgement: Judgement) -> Iterator[Finding]:
    """Report more than 100% of a group: a part cannot be more than its whole."""
    classes = counted_nouns()
    for sentence in told(judgement):
        for percent in sentence.figures:
            own = reach(percent)
            if percent.unit != "percent" or not is_level(percent) or own is None or own.low <= _WHOLE:
                continue
            whole = _OF_WHOM.match(sentence.after(percent, 60))
            if whole is None or stem(whole["noun"].lower()) not in classes:
                continue
            message = f"says {percent.text} of the {whole['noun']}; a part of a group is at most 100% of it"
            yield Finding("percent-above-whole", percent.span, sentence.span, message, 0.85)


def parts_mismatch(judgement: Judgement) -> Iterator[Finding]:
    """Report "the remaining 25%" or "the other 30" that is not what the parts before it leave."""
    for sentence in told(judgement):
        for index, rest in enumerate(sentence.figures):
            if not _is_rest(sentence, rest):
                continue
            parts = [part for part in sentence.figures[:index] if _is_like(part, rest)]
            whole = exactly(_WHOLE) if rest.unit == "percent" else _whole_of(sentence, parts)
            if rest.unit != "percent":
                parts = [part for part in parts if part.role != "total" and not _leads(sentence, part)]
            left = _left(whole, parts)
            if left is None or not parts or fits(rest, left):
                continue
            mark = "%" if rest.unit == "percent" else ""
            truth = show((left.low + left.high) / 2, rest.step) + mark
            shown = ", ".join(part.text for part in parts)
            total = "100%" if mark else "the total"
            message = f"{shown} leave {truth} of {total}, the text says {rest.text}"
            yield Finding("parts-mismatch", rest.span, sentence.span, message, 0.85, expected=truth)


def _is_rest(sentence: Told, quantity: Quantity) -> bool:
    plain = quantity.unit == "percent" or _is_count(quantity)
    if not plain or not is_level(quantity):
        return False
    return _REST.search(sentence.before(quantity, 50)) is not None


def _is_like(part: Quantity, rest: Quantity) -> bool:
    same = part.unit == rest.unit and part.dimension == rest.dimension and part.value is not None
    return same and (is_level(part) or part.role in {"n", "total"})


def _leads(sentence: Told, part: Quantity) -> bool:
    return part.role == "total" or _LEAD.search(sentence.before(part, 24)) is not None


def _whole_of(sentence: Told, parts: list[Quantity]) -> Reach | None:
    led = [part for part in parts if _leads(sentence, part)]
    return reach(led[0]) if len(led) == 1 else None


def _left(whole: Reach | None, parts: list[Quantity]) -> Reach | None:
    """Give what the parts leave of the whole; None where one of them is not told exactly, or they exceed it."""
    if whole is None:
        return None
    left = whole
    for part in parts:
        own = reach(part)
        if own is None:
            return None
        left -= own
    return left if left.high >= 0 else None
