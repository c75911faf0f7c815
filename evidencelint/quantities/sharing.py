"""What several figures share: a unit at the end of a list, a base or a percent sign said once, and zeros."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from fractions import Fraction
from functools import cache

from evidencelint.model import Quantity, Span
from evidencelint.quantities.ellipses import is_bare
from evidencelint.quantities.lexicon import alternatives, number_words
from evidencelint.quantities.parts import Part

_OF_EVERY = re.compile(r"\b(?:of|in|among|for|from)\s+every\s+(?P<base>hundred|100|ten|10)\b", re.IGNORECASE)
_PERCENT_SAID = re.compile(r"(?<!/N )(?<!/n )\(\s*(?:%|per\s?cent)\s*\)|\bin\s+per\s?cent\b", re.IGNORECASE)
_BRACKETED = re.compile(r"\s\(\d+(?:\.\d+)?\)")
_SENTENCE_END = re.compile(r"[.!?](?=\s+[A-Z])")
_COMMA = re.compile(r"-?\s*,\s*")
_LAST = re.compile(r"-?\s*,?\s*\b(?P<word>and|or)\s+", re.IGNORECASE)
_TO = re.compile(r"\s+to\s+", re.IGNORECASE)
_BY_OTHER = re.compile(r"\s?×\s?|\s?x\s?|\s+by\s+")
_FROM = re.compile(r"\bfrom\s+$", re.IGNORECASE)
_LEAD = re.compile(r"\b(?:at|of|for|after|with|both|in|to|were|was|by)\s+$", re.IGNORECASE)
_RESPECTIVELY = re.compile(r"[^.;]{0,60}\brespectively\b", re.IGNORECASE)
_OPENING = re.compile(r"\s*[,;]?\s*[(\[]\s*")
_OPENING_OF_RATIO = re.compile(r"\s*[,;]?\s*[(\[]\s*|\s*[,;]\s*")
_LIMIT = re.compile(r"\s*(?:,|;|to|[-–—])\s*")
_CLOSING = re.compile(r"\s*[)\];]")
_OF_TOTAL = re.compile(r"\s*[)\]]\s*(?:out\s+)?of\s+(?:the\s+|all\s+)?")
_ESTIMATED = frozenset({"ratio", "effect"})
_SINGLE = frozenset({"money", "ratio", "rate"})
_AGAINST = re.compile(r"\s+(?:v|vs\.?|versus)\s+")
_WHOLE = Fraction(100)
_SMALL, _SCALE = 1000, 1_000_000
_NOT_ZERO = frozenset({"more", "fewer", "less", "other", "further", "such", "longer", "additional", "one", "two"})


def share_units(text: str, parts: list[Part]) -> list[Part]:
    """Give the unit at the end of a list to all of it: "at 3, 6 and 12 months", "80 or 120 mg"."""
    shared = list(parts)
    for index in range(len(shared) - 1, 0, -1):
        last = shared[index]
        if last.unit is None or last.dimension in _SINGLE or last.aside or last.role or last.number.share:
            continue
        first = _first_of_list(text, shared, index)
        for place in range(first, index):
            shared[place] = replace(shared[place], unit=last.unit, dimension=last.dimension, per=last.per)
    return shared


def share_scales(text: str, parts: list[Part]) -> list[Part]:
    """Read "went from 4 to 5 million" as from four million, and "$4, $5 and $9 million" as three of millions."""
    shared = _listed_scales(text, list(parts))
    for index in range(len(shared) - 1):
        first, second = shared[index], shared[index + 1]
        scale = second.number.scale
        alike = first.number.kind == second.number.kind == "plain" and first.unit in {None, second.unit}
        small = first.number.scale == 1 and first.number.value < _SMALL and not first.aside and first.role is None
        if scale < _SCALE or not (alike and small) or not _TO.fullmatch(text, first.end, second.start):
            continue
        if _FROM.search(text, max(0, first.start - 8), first.start):
            number = first.number
            shared[index] = replace(
                first, number=replace(number, value=number.value * scale, step=number.step * scale, scale=scale)
            )
    return shared


def _listed_scales(text: str, shared: list[Part]) -> list[Part]:
    """Give the scale at the end of a list of sums of money to all of them, where there are three or more."""
    for index in range(len(shared) - 1, 1, -1):
        last = shared[index]
        if last.dimension != "money" or last.number.scale < _SCALE:
            continue
        if _LAST.fullmatch(text, shared[index - 1].end, last.start) is None or not _is_small_sum(
            shared[index - 1], last
        ):
            continue
        first = index - 1
        while first > 0 and _is_small_sum(shared[first - 1], last):
            if _COMMA.fullmatch(text, shared[first - 1].end, shared[first].start) is None:
                break
            first -= 1
        for place in range(first, index) if index - first > 1 else ():
            number, scale = shared[place].number, last.number.scale
            number = replace(number, value=number.value * scale, step=number.step * scale, scale=scale)
            shared[place] = replace(shared[place], number=number)
    return shared


def _is_small_sum(part: Part, last: Part) -> bool:
    alike = part.unit == last.unit and part.per is None and part.aside is None
    return alike and part.number.scale == 1 and part.number.value < _SMALL


def _first_of_list(text: str, parts: Sequence[Part], index: int) -> int:
    """Give the index of the first number of the list that ends at ``index``; ``index`` where there is none."""
    before, last = parts[index - 1], parts[index]
    joint = _LAST.fullmatch(text, before.end, last.start)
    if not is_bare(before):
        return index
    if _AGAINST.fullmatch(text, before.end, last.start):
        return index - 1  # "11.2 v 7.4 months"
    if last.dimension == "length" and _BY_OTHER.fullmatch(text, before.end, last.start):
        return index - 1  # "20 × 30 cm"
    if joint is None:
        moved = _TO.fullmatch(text, before.end, last.start) and _FROM.search(
            text, max(0, before.start - 8), before.start
        )
        return index - 1 if moved else index
    first = index - 1
    while first > 0 and is_bare(parts[first - 1]) and _COMMA.fullmatch(text, parts[first - 1].end, parts[first].start):
        first -= 1
    return first if index - first > 1 or _is_short_list(text, before, last, joint) else index


def _is_short_list(text: str, before: Part, last: Part, joint: re.Match[str]) -> bool:
    """Tell "80 or 120 mg" from two figures of their own; "one in three, or 33%" says one thing twice."""
    if "," in joint[0] or before.number.word != last.number.word:
        return False
    if joint["word"].lower() == "or" or joint[0].startswith("-"):
        return True
    if last.dimension in {"fraction", "points"}:
        return _RESPECTIVELY.match(text, last.end) is not None
    return _LEAD.search(text, max(0, before.start - 12), before.start) is not None


def limits_beside(text: str, parts: list[Part]) -> list[Part]:
    """Read "1.8 (1.2 to 2.7)" after a ratio or an effect size as its interval, and "8 (12%) of 67" as one count."""
    found = list(parts)
    for index in range(len(found) - 2):
        first, second, third = found[index : index + 3]
        opening = _OPENING_OF_RATIO if first.dimension in _ESTIMATED and first.counted else _OPENING
        bare = is_bare(third) and opening.fullmatch(text, first.end, second.start) is not None
        if bare and is_bare(second) and _has_limits(text, first, second, third):
            found[index + 1] = replace(second, role="bound", counted="interval")
            found[index + 2] = replace(third, role="bound", counted="interval")
        elif bare and is_bare(first) and _is_share_between(text, first, second, third):
            found[index], found[index + 2] = replace(first, role="n"), replace(third, role="total")
    return found


def _has_limits(text: str, first: Part, second: Part, third: Part) -> bool:
    estimate = first.dimension in _ESTIMATED and first.counted is not None
    inside = second.number.value < first.number.value < third.number.value
    estimate = estimate or (inside and first.aside is None and first.role is None and first.number.kind == "plain")
    joined = _LIMIT.fullmatch(text, second.end, third.start) and _CLOSING.match(text, third.end)
    return estimate and joined is not None


def _is_share_between(text: str, first: Part, second: Part, third: Part) -> bool:
    said = second.dimension == "fraction" and first.number.value <= third.number.value
    return said and _OF_TOTAL.fullmatch(text, second.end, third.start) is not None


def of_every(text: str, found: list[Quantity]) -> Iterator[Quantity]:
    """Read the counts of "of every hundred patients, thirty-two ..." as shares."""
    bases = list(_OF_EVERY.finditer(text))
    place = -1
    for quantity in found:
        while place + 1 < len(bases) and bases[place + 1].start() <= quantity.span.start:
            place += 1
        base = bases[place] if place >= 0 else None
        if base is None or quantity.unit is not None or quantity.role != "estimate" or quantity.value is None:
            yield quantity
            continue
        if base.start() <= quantity.span.start < base.end():
            continue
        whole = Fraction(100) if base["base"].lower() in {"hundred", "100"} else Fraction(10)
        if quantity.value > whole or quantity.counted is not None:
            yield quantity
            continue
        share, step = 100 * quantity.value / whole, 100 / whole
        yield replace(quantity, value=share, step=step, unit="percent", dimension="fraction")


def in_percent(text: str, found: list[Quantity]) -> Iterator[Quantity]:
    """Read bare numbers as percentages where the sentence says so once: "remission (%): 67 and 32"."""
    said = _PERCENT_SAID.search(text)
    until = _SENTENCE_END.search(text, said.end()) if said is not None else None
    end = until.start() if until is not None else len(text)
    for quantity in found:
        bare = quantity.unit is None and quantity.role == "estimate" and quantity.dimension == "count"
        inside = said is not None and quantity.span.start < end
        counted = _BRACKETED.match(text, quantity.span.end) is not None  # "n (%): 14 (28), 12 (24)"
        if inside and bare and not counted and quantity.value is not None and 0 <= quantity.value <= _WHOLE:
            yield replace(quantity, unit="percent", dimension="fraction")
        else:
            yield quantity


@cache
def _zero() -> re.Pattern[str]:
    nouns = alternatives(list(number_words().none_of))
    return re.compile(rf"\b(?P<no>no|nil)\s+(?:(?P<kind>[a-z-]+)\s+)?(?P<noun>{nouns})\b", re.IGNORECASE)


def read_zeros(text: str) -> Iterator[Quantity]:
    """Read "no deaths" as a count of zero."""
    for match in _zero().finditer(text):
        if match["kind"] and match["kind"].lower() in _NOT_ZERO:
            continue
        span = Span(match.start("no"), match.end("no"))
        noun = " ".join(match["noun"].lower().split())
        yield Quantity(span, text[span.start : span.end], Fraction(0), counted=noun, number=span)
