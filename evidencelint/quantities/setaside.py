"""Numbers that are no quantities: dates, labels, names that hold digits. Recognised as what they are."""

from __future__ import annotations

import re
from functools import cache

from evidencelint.quantities.lexicon import alternatives, number_words
from evidencelint.quantities.numbers import Number

_YEAR = range(1500, 2101)
_AFTER_DATE = re.compile(r"(?:st|nd|rd|th)?\b", re.IGNORECASE)
_CLOCK = re.compile(
    r"\d{1,2}[:.]\d{2}\s*(?:am|pm|a\.m\.|p\.m\.|h\b|GMT|UTC|CET)|\d{1,2}:\d{2}\b|\d{1,2}\s?(?:am|pm|a\.m\.|p\.m\.)\b",
    re.IGNORECASE,
)
_NUMERIC_DATE = re.compile(r"\d{1,4}[-/.]\d{1,2}[-/.]\d{1,4}")
_ROMAN_OR_VERSION = re.compile(r"\d+(?:\.\d+){2,}")
_PHONE = re.compile(r"\+?\d[\d\s()-]{7,}\d")
_ORDINAL = re.compile(r"(?:st|nd|rd|th)\b", re.IGNORECASE)
_DECADE = re.compile(r"['’]?s\b")
_LIST_MARK = re.compile(r"^\s*(?:\(?\d{1,2}[.)]|\d+(?:\.\d+)+)\s+(?=\S)")
_PRONOUN_AFTER = re.compile(
    r"\s+(?:of|another|might|may|could|can|should|would|must|is|was|has|had|does|did|who|that|which|by\s+one|way|thing|day|such|hand|side|another's|end|reason|more|less|or\s+more|or\s+other|and\s+only|could)\b"
    r"|\s*[,.;:!?)]|['’]s\b|\s*$",
    re.IGNORECASE,
)
_PRONOUN_BEFORE = re.compile(
    r"\b(?:no|any|every|some|each|this|that|the|another|which|everyone|not|other|latter|former)\s+$",
    re.IGNORECASE,
)


@cache
def _label() -> re.Pattern[str]:
    return re.compile(
        rf"(?:(?<=^)|(?<=[\s(\[“\"/]))(?:{alternatives(list(number_words().labels))})\.?\s*$", re.IGNORECASE
    )


@cache
def _month_before() -> re.Pattern[str]:
    months = alternatives(list(number_words().months))
    return re.compile(rf"\b(?:{months})\.?\s+(?:\d{{1,2}}(?:st|nd|rd|th)?,?\s*)?$", re.IGNORECASE)


@cache
def _month_after() -> re.Pattern[str]:
    months = alternatives(list(number_words().months))
    return re.compile(rf"(?:st|nd|rd|th)?(?:\s+of)?\s+(?:{months})\b", re.IGNORECASE)


def set_aside(text: str, number: Number, *, bare: bool) -> str | None:
    """Give ``date``, ``identifier``, ``ordinal`` or ``skip`` for what is no quantity, else None.

    ``bare`` says that no unit, currency or percent sign goes with the number.
    """
    start, end = number.span.start, number.span.end
    before, after = text[max(0, start - 40) : start], text[end : end + 40]
    if number.word and not number.factor:
        if bare:
            return _word_aside(text, number, before, after)
        return "skip" if _some_day(text, number, before, after) else None
    return _figures_aside(text, number, before, after) if bare else None


def _figures_aside(text: str, number: Number, before: str, after: str) -> str | None:
    start, end = number.span.start, number.span.end
    line, offset = text[max(0, start - 12) : end + 24], start - max(0, start - 12)
    told_hour = _WHOLE_CLOCK.match(text[start:end]) and _CLOCK_POINT.search(text[max(0, start - 10) : end + 1])
    dated = bool(told_hour) or _covers(_CLOCK, line, offset) or _covers(_NUMERIC_DATE, line, offset)
    if dated or _is_date(number, before, after, text[start:end]):
        return "date"
    if _ORDINAL.match(after):
        return "ordinal"
    if _LIST_MARK.match(text[: end + 4]) and not text[:start].strip(" ("):
        return "skip"
    return "identifier" if _names_something(text, number, line, offset) else None


def _names_something(text: str, number: Number, line: str, offset: int) -> bool:
    start, end = number.span.start, number.span.end
    before, after = text[max(0, start - 40) : start], text[end : end + 40]
    if _covers(_ROMAN_OR_VERSION, line, offset) or _label().search(before) or _part_of_name(before, after):
        return True
    phone = _PHONE.search(text, max(0, start - 16), min(len(text), end + 20))
    return (
        phone is not None
        and phone.start() <= start < phone.end()
        and sum(c.isdigit() for c in phone[0]) >= _PHONE_DIGITS
    )


_PHONE_DIGITS = 9


_CLOCK_POINT = re.compile(
    r"\b(?:at|by|from|until|till|to|leaves?|starts?|begins?|opens?|closes?|between|and)\s+(?:[01]?\d|2[0-3])\.[0-5]\d\b(?!\d)",
    re.IGNORECASE,
)
_WHOLE_CLOCK = re.compile(r"\d{1,2}\.\d{2}$")


def _covers(pattern: re.Pattern[str], line: str, offset: int) -> bool:
    return any(match.start() <= offset < match.end() for match in pattern.finditer(line))


def _is_date(number: Number, before: str, after: str, raw: str) -> bool:
    if _month_before().search(before) or _month_after().match(after):
        return True
    if number.value.denominator == 1 and int(number.value) in _YEAR and raw.isdigit() and len(raw) == 4:  # noqa: PLR2004
        return not re.match(
            r"\s+(?:people|participants|patients|doses|pupils|households|homes|schools|women|men|adults|children|cases)\b",
            after,
        )
    return bool(_DECADE.match(after)) and raw.endswith("0") and len(raw) == 4  # noqa: PLR2004


def _part_of_name(before: str, after: str) -> bool:
    """Tell whether the digits belong to a name: COVID-19, GPT-4, 5-HT2A, H1N1, 3,4-methylene..."""
    if re.search(r"[A-Za-z]{2,}[-‑]?$", before) and not re.search(r"\b(?:of|to|n|in|by|vs)-?$", before, re.IGNORECASE):
        return bool(re.search(r"[A-Za-z][-‑]?$", before))
    if re.search(r"\b[A-Z][-‑]$", before):
        return True
    return bool(re.match(r"[-‑][A-Z]{2}|[-‑](?:HT|methyl|hydroxy|oxo|dimethyl|di\w+yl|tri\w+yl)|,\d+-[a-z]", after))


def _word_aside(text: str, number: Number, before: str, after: str) -> str | None:
    word = text[number.span.start : number.span.end].lower()
    if word == "one":
        return _one_aside(before, after)
    if word in {"second", "third"}:
        return "ordinal"
    if _label().search(before) and _NUMBERED.search(before):
        return "identifier"
    alone = not number.share and word in {"hundred", "thousand", "million", "billion", "dozen"}
    return "skip" if alone else None


def _one_aside(before: str, after: str) -> str | None:
    """Tell the pronoun, and "one-off" and the like, from the number."""
    pronoun = _PRONOUN_AFTER.match(after) or _PRONOUN_BEFORE.search(before) or _ONE_COMPOUND.match(after)
    return "skip" if pronoun else None


def _some_day(text: str, number: Number, before: str, after: str) -> bool:
    """Tell "one day" in the sense of some time from a length of time."""
    word = text[number.span.start : number.span.end].lower()
    return word == "one" and _DAY.match(after) is not None and _LASTING.search(before) is None


_ONE_COMPOUND = re.compile(r"[-‑](?:off|sided|way|to-one|on-one|size|third|half)")
_NUMBERED = re.compile(
    r"\b(?:phase|stage|grade|level|type|step|chapter|question|section|table|figure|page)\s*$", re.IGNORECASE
)
_DAY = re.compile(r"\s+day\b", re.IGNORECASE)
_LASTING = re.compile(r"\b(?:for|in|within|after|only|just|least|than|about|lasts?|lasted)\s+$", re.IGNORECASE)
