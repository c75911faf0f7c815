"""Rules on parts of a whole: count, total and percent; more than all; parts and the rest."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from fractions import Fraction
from itertools import pairwise

from evidencelint.checks.consistency.intent import phrases
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
_BRACKET = re.compile(r"\s*(?:[^\W\d_]+\s+){0,3}\(\s*|,\s+or\s+")
_OPENED = re.compile(r"(?:\s+[^\W\d_]+){0,5}\s*\(\s*")
_CLOSED = re.compile(r"\s*[),;]")
_OF = re.compile(r"\s+(?:of|in)\s", re.IGNORECASE)
_LINK = re.compile(
    r"(?:\s+[^\W\d_]+(?:-[^\W\d_]+)?){0,8}\s*(?:[,(\[:;=–—]|\s-\s)\s*(?:[^\W\d_.]+[.,]*\s+){0,3}", re.IGNORECASE
)
_OUT_OF = re.compile(r"\s+(?:out\s+)?of\s+(?:the\s+|all\s+|a\s+total\s+of\s+)?", re.IGNORECASE)
_OR = re.compile(r"(?:\s+[^\W\d_]+){0,6}\s*(?:,\s*(?:or|that\s+is,?|i\.e\.,?)\s+|=\s*)", re.IGNORECASE)
_THESE = re.compile(r"(?:^|[.;]\s*)of\s+(?:these|them|those)\b\W*$", re.IGNORECASE)
_OF_WHOM = re.compile(
    r"\s+of\s+(?:the\s+|all\s+|these\s+|those\s+)?(?:[a-z-]+\s+){0,2}?(?P<noun>[a-z]+)\b(?!['’])", re.IGNORECASE
)
_OTHER = re.compile(r"(?:^|[,;:.(]\s*|\band\s+)the\s+other\s+$", re.IGNORECASE)
_ALL_ELSE = re.compile(r"\s{0,20}[,:(–—-]?\s{0,20}(?:[^\W\d_]+\s+){0,2}", re.IGNORECASE)
_NEAR = 15
_REMEMBERED = 8
_REST = re.compile(r"\b(?:the\s+)?(?:remaining|remainder|rest)\b[^.;,\d]{0,20}$", re.IGNORECASE)


def percent_mismatch(judgement: Judgement) -> Iterator[Finding]:
    """Report a percentage that is not the count over the total beside it."""
    before: Told | None = None
    for sentence in told(judgement):
        near = before if before is not None and before.passage is sentence.passage else None
        before = sentence
        for count, totals, percent in (*triples(sentence), *under_a_lead(sentence), *_of_these(sentence, near)):
            shares = [share for total in totals if (share := _share(count, total)) is not None]
            if not shares or any(fits(percent, share) for share in shares):
                continue
            truth = f"{show((shares[-1].low + shares[-1].high) / 2, percent.step)}%"
            message = f"{count.text} of {totals[-1].text} is {truth}, the text says {percent.text}"
            sure = 0.97 if len(totals) == 1 else 0.85
            yield Finding("percent-mismatch", percent.span, sentence.span, message, sure, expected=truth)


_Triple = tuple[Quantity, list[Quantity], Quantity]


def triples(sentence: Told) -> Iterator[_Triple]:
    """Yield "57 of 105 (54%)", "57 (54%) of 105" and "54% (57 of 105)", and only what fits where one of them does."""
    found = list(_orders(sentence))
    for count, totals, percent in found:
        rivals = [other for each, _, other in found if each is count and other is not percent]
        share = exactly(_WHOLE * (count.value or 0) / (totals[0].value or 1))
        if not any(fits(rival, share) for rival in rivals):
            yield count, totals, percent


def _share(count: Quantity, total: Quantity) -> Reach | None:
    own = reach(count)
    return own.scaled(_WHOLE / total.value) if own is not None and total.value else None


def _of_these(sentence: Told, before: Told | None) -> Iterator[_Triple]:
    """Yield "There were 58. Of these, 33 (57%) ...", where any count of the sentence before may be the whole."""
    for count, percent in pairwise(sentence.figures):
        led = _THESE.search(sentence.before(count, 30)) is not None
        if before is None or not (led and _is_count(count) and percent.unit == "percent" and percent.value is not None):
            continue
        wholes = [q for q in before.figures if _is_count(q) and (q.value or 0) >= (count.value or 0)]
        if wholes and _is_bracketed(sentence, count, percent):
            yield count, wholes, percent


def _said_as_well(sentence: Told) -> Iterator[_Triple]:
    """Yield "5.4 of twelve defects on average, or 45%"."""
    for count, total, percent in zip(sentence.figures, sentence.figures[1:], sentence.figures[2:], strict=False):
        counts = {count.dimension, total.dimension} == {"count"} and _is_count(total) and count.bound == "exact"
        if not counts or count.value is None or count.value > (total.value or 0) or percent.unit != "percent":
            continue
        if _OF.match(sentence.after(percent, 8)):
            continue  # "5 of 12 sites, or 3% of all"
        if _OUT_OF.fullmatch(sentence.between(count, total)) and _OR.fullmatch(sentence.between(total, percent)):
            yield count, [total], percent


def _orders(sentence: Told) -> Iterator[_Triple]:
    yield from _said_as_well(sentence)
    figures = sentence.figures
    for first, second, third in zip(figures, figures[1:], figures[2:], strict=False):
        opened = _OPENED.fullmatch(sentence.between(first, second)) is not None
        linked = _LINK.fullmatch(sentence.between(second, third)) and not _OF.match(sentence.after(third, 8))
        orders = (
            *([(first, second, third)] if linked else []),
            (first, third, second),
            *([(second, third, first)] if opened else []),
        )
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
    before: list[Told] = []
    for sentence in told(judgement):
        for index, rest in enumerate(sentence.figures):
            if not (_is_rest(sentence, rest) or _is_all_else(sentence, rest)):
                continue
            parts = [part for part in sentence.figures[:index] if _is_like(part, rest)]
            if not parts and rest.unit == "percent":
                parts = _parts_before(before, sentence, rest)
            whole = exactly(_WHOLE) if rest.unit == "percent" else _whole_of(sentence, parts)
            if rest.unit != "percent":
                parts = [part for part in parts if part.role != "total" and not _leads(sentence, part)]
            left = _left(whole, parts, rest)
            if left is None or not parts or _is_left(rest, parts, left) or not _nearly_all(parts, rest):
                continue
            mark = "%" if rest.unit == "percent" else ""
            truth = show((left.low + left.high) / 2, rest.step) + mark
            shown = ", ".join(part.text for part in parts)
            total = "100%" if mark else "the total"
            message = f"{shown} leave {truth} of {total}, the text says {rest.text}"
            yield Finding("parts-mismatch", rest.span, sentence.span, message, 0.85, expected=truth)
        before = [*before, sentence][-_REMEMBERED:]


def _is_rest(sentence: Told, quantity: Quantity) -> bool:
    return _is_part(quantity) and _REST.search(sentence.before(quantity, 50)) is not None


def _is_part(quantity: Quantity) -> bool:
    return (quantity.unit == "percent" or _is_count(quantity)) and is_level(quantity)


def _is_all_else(sentence: Told, quantity: Quantity) -> bool:
    """Tell whether "everything else:", "the rest," or "the other" stands before a share."""
    if quantity.unit != "percent" or not is_level(quantity):
        return False
    before = sentence.before(quantity, 50)
    led = list(phrases("what_is_left").finditer(before))
    return _OTHER.search(before) is not None or (bool(led) and _ALL_ELSE.fullmatch(before, led[-1].end()) is not None)


def _parts_before(before: Sequence[Told], sentence: Told, rest: Quantity) -> list[Quantity]:
    """Give the shares of the items beside, or of the sentence before, unless the last of them fit the rest."""
    passage = sentence.passage
    if passage.kind == "item":
        near = [each for each in before if each.passage.kind == "item" and each.passage.lead_ins == passage.lead_ins]
    else:
        near = [each for each in before[-1:] if each.passage is passage]
    parts = [q for each in near for q in each.figures if q.unit == "percent"]
    if not all(_is_like(part, rest) for part in parts):
        return []
    ends = (_left(exactly(_WHOLE), parts[start:], rest) for start in range(1, len(parts)))
    return [] if any(left is not None and fits(rest, left) for left in ends) else parts


def _nearly_all(parts: Sequence[Quantity], rest: Quantity) -> bool:
    """Tell whether parts and the rest come so near to the whole that they were meant to be all of it."""
    values = [part.value for part in (*parts, rest) if part.value is not None]
    return rest.unit != "percent" or abs(sum(values, Fraction(0)) - _WHOLE) <= _NEAR


def _is_like(part: Quantity, rest: Quantity) -> bool:
    same = part.unit == rest.unit and part.dimension == rest.dimension and part.value is not None
    return same and (is_level(part) or part.role in {"n", "total"})


def _leads(sentence: Told, part: Quantity) -> bool:
    return part.role == "total" or _LEAD.search(sentence.before(part, 24)) is not None


def _whole_of(sentence: Told, parts: list[Quantity]) -> Reach | None:
    led = [part for part in parts if _leads(sentence, part)]
    return reach(led[0]) if len(led) == 1 else None


def _left(whole: Reach | None, parts: Sequence[Quantity], rest: Quantity) -> Reach | None:
    """Give what the parts leave of the whole; None where one of them is not told exactly, or they exceed it."""
    if whole is None:
        return None
    left = whole
    for part in parts:
        own = _beside(part, (*parts, rest))
        if own is None:
            return None
        left -= own
    return left if left.high >= 0 else None


def _beside(part: Quantity, others: Sequence[Quantity]) -> Reach | None:
    """Give the reach of a part told beside others: "about 45%, about 40%" are both rounded to fives."""
    own = reach(part)
    if own is None or part.value is None or part.bound != "approximate" or part.step == 0:
        return own
    reaches = [reach(q) for q in (part, *others) if q.bound == "approximate" and q.step > 0]
    slack = min((each.high - each.low) / 2 for each in reaches if each is not None)
    return Reach(part.value - slack, part.value + slack)


def _is_left(rest: Quantity, parts: Sequence[Quantity], left: Reach) -> bool:
    own = _beside(rest, parts)
    return fits(rest, left) if own is None else own.meets(left)
