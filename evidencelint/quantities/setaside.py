"""Numbers that are no quantities: dates, labels, names that hold digits. Recognised as what they are."""

from __future__ import annotations

import re
from functools import cache

from evidencelint.quantities.lexicon import alternatives, number_words
from evidencelint.quantities.names import COUNT_AFTER, covers, is_return_period, names_something
from evidencelint.quantities.number import Number

_YEAR = range(1500, 2101)
_MODERN = range(1900, 2100)
_CLOCK = re.compile(
    r"\d\d?(?:[:.]\d\d\s*(?:am|pm|a\.m\.|p\.m\.|h\b|GMT|UTC|CET)|:\d\d(?::\d\d(?:\.\d+)?)?\b"
    r"|\s?(?:[-–]|to|and)\s?\d\d?(?:[:.]\d\d)?\s?(?:am|pm)\b|\s?(?:am\b|pm\b|a\.m\.|p\.m\.|o['’]clock\b))",
    re.IGNORECASE,
)
_NUMERIC_DATE = re.compile(r"\d{1,4}(?P<mark>[-/])\d{1,2}(?P=mark)\d{1,4}|\d{1,2}\.\d{1,2}\.\d{4}")
_DATE_MARK = re.compile(r"[-/]|\.\d\d?\.")
_RANGE_MARKS = frozenset("-–/")
_SEASON_YEAR = re.compile(r"\b(?:19|20)\d\d[-–/]$")
_ORDINAL = re.compile(r"(?:st|nd|rd|th)\b", re.IGNORECASE)
_DECADE = re.compile(r"['’]?s\b")
_LIST_MARK = re.compile(r"\s*(?:\(?\d{1,2}[.)]|\d+(?:\.\d+)+(?=\s+[A-Z]))\s+(?=\S)")
_DATE_BEFORE = re.compile(
    r"(?:\b(?:in|since|by|until|till|from|during|before|after|circa|of|early|late|mid|year|years|and|to|between|ca\.)|\()\s*$",
    re.IGNORECASE,
)
_PRONOUN_AFTER = re.compile(
    r"\s+(?:of|another|might|may|could|can|should|would|must|is|was|has|had|does|did|who|that|which|by\s+one|way|thing|day|such|hand|side|another's|end|reason|more|less|or\s+more|or\s+other|and\s+only|could)\b"
    r"|\s*[,.;:!?)]|['’]s\b|\s*$|\s+[$€£]?\d",
    re.IGNORECASE,
)
_OF_NUMBER = re.compile(
    r"\s+(?:out\s+)?of\s+(?:the\s+|all\s+)?(?:\d|(?:two|three|four|five|six|seven|eight|nine|ten|eleven|twelve)\b)"
)
_ONE_NAMES = re.compile(r"[-‑](?:off|sided|way|to-one|on-one|size|third|half)")
_WORD_LABEL = re.compile(
    r"\b(?:phase|stage|grade|level|type|step|chapter|question|section|table|figure|page)\s*$", re.IGNORECASE
)
_PRONOUN_BEFORE = re.compile(
    r"\b(?:no|any|every|some|each|this|that|the|another|which|everyone|not|other|latter|former)\s+$",
    re.IGNORECASE,
)
_SEASONS = frozenset({"spring", "summer", "autumn", "winter"})
_LIST_DEPTH = 8
_DAYS = 31
_KINDS: dict[str, str | None] = {"ordinal": "ordinal", "label": "identifier", "year": "date"}


@cache
def _month_before() -> re.Pattern[str]:
    return re.compile(rf"\b(?:{_months()})\.?\s+(?:\d{{1,2}}(?:st|nd|rd|th)?,?\s*(?:[-–]\s*)?)?$")


@cache
def _month_after() -> re.Pattern[str]:
    return re.compile(rf"(?:st|nd|rd|th)?(?:\s*[-–]\s*\d{{1,2}})?(?:\s+of)?\s+(?:{_months()})\b")


def _months() -> str:
    """Give the months as names: "12 may respond" is no date. Seasons also stand in lower case."""
    known = number_words().months
    return alternatives([*(word.title() for word in known), *(word for word in known if word in _SEASONS)])


def set_aside(text: str, number: Number, *, bare: bool) -> str | None:
    """Give ``date``, ``identifier``, ``ordinal`` or ``skip`` for what is no quantity, else None.

    ``bare`` says that no unit, currency or percent sign goes with the number.
    """
    start, end = number.span.start, number.span.end
    before, after = text[max(0, start - 40) : start], text[end : end + 40]
    if number.kind != "plain":
        return _KINDS.get(number.kind)
    if _some_day(text, number, before, after) or (before[-1:] == "/" and _UNDER_STROKE.search(before)):
        return "skip"
    if not bare or is_return_period(text, start):
        return "identifier" if is_return_period(text, start) else None
    if number.word:
        return _word_aside(text, number, before, after)
    line, offset = text[max(0, start - 12) : end + 24], start - max(0, start - 12)
    if _is_hour(text[start:end], before, after, line, offset) or _is_date(before, after, text[start:end]):
        return "date"
    return "ordinal" if _ORDINAL.match(after) else _name_or_none(text, number, line, offset)


def _is_hour(written: str, before: str, after: str, line: str, offset: int) -> bool:
    """Tell a time of day or a date in figures; "10.30" is one only where the words say so."""
    told = _WHOLE_CLOCK.fullmatch(written) and (
        (_HOUR_BEFORE.search(before) and _HOUR_AFTER.match(after))
        or (_THE.search(before) and _DESTINATION.match(after))
    )
    if told or covers(_CLOCK, line, offset):
        return True
    return _DATE_MARK.search(line) is not None and covers(_NUMERIC_DATE, line, offset)


def _name_or_none(text: str, number: Number, line: str, offset: int) -> str | None:
    after = text[number.span.end : number.span.end + 40]
    if _is_no_figure(text, number, after):
        return "skip"
    return "identifier" if names_something(text, number, line, offset) else None


def _is_no_figure(text: str, number: Number, after: str) -> bool:
    """Tell the mark of a list item, and "in the 30s"."""
    start = number.span.start
    if start <= _LIST_DEPTH and _LIST_MARK.match(text) and not text[:start].strip(" (\t"):
        return True
    return after[:1] == "s" and number.value % 10 == 0 and not after[1:2].isalnum()


def _is_date(before: str, after: str, raw: str) -> bool:
    if len(raw) == 2 and before[-1:] in _RANGE_MARKS and _SEASON_YEAR.search(before):  # noqa: PLR2004
        return True
    day = raw.isdecimal() and (int(raw) <= _DAYS or int(raw) in _YEAR)
    if day and _month_after().match(after):
        return True
    if day and _month_before().search(before) and not COUNT_AFTER.match(after):
        return True
    if raw.isdecimal() and len(raw) == 4 and int(raw) in _YEAR:  # noqa: PLR2004
        return (int(raw) in _MODERN or bool(_DATE_BEFORE.search(before))) and not COUNT_AFTER.match(after)
    return bool(_DECADE.match(after)) and raw.endswith("0") and len(raw) == 4  # noqa: PLR2004


def _some_day(text: str, number: Number, before: str, after: str) -> bool:
    """Tell "one day" in the sense of some time from a length of time."""
    word = text[number.span.start : number.span.end].lower()
    return (
        word == "one"
        and _DAY.match(after) is not None
        and _LASTING.search(before) is None
        and not _MEASURED_DAY.match(after)
    )


_UNDER_STROKE = re.compile(r"\d\s?[^\W\d]{2,}/$")  # "1,000 cfu/100 ml"
_DAY = re.compile(r"\s+day\b", re.IGNORECASE)
_MEASURED_DAY = re.compile(r"\s+day\s+(?:shorter|longer|less|more|fewer|each|apart|per|off|old|a\s+week)\b")
_LASTING = re.compile(r"\b(?:for|in|within|after|only|just|least|than|about|lasts?|lasted)\s+$", re.IGNORECASE)
# "Channel Four", "the Birmingham Six": a number word with a capital inside a sentence.
_NAME_BEFORE = re.compile(r"(?:,|(?<![\w’'-])(?=(?:(?![a-z])[\w’'-])*[a-z]))[\w’'-]*\s$|(?<![\w’'-])[A-Z]{2,5}\s$")
_FIGURES = re.compile(r"[-\s]figures?\b")
_SUM_BEFORE = re.compile(
    r"\b(?:hit|hits|reach\w*|into|in|of|low|high|mid|at|to|cost\w*|earn\w*|now|nearly|almost)\s+$", re.IGNORECASE
)
_PAST = re.compile(r"\b(?:half|quarter|minutes)\s+past\s+$|\bquarter\s+to\s+$", re.IGNORECASE)
_O_CLOCK = re.compile(r"\s+o['’]clock\b", re.IGNORECASE)
_WHOLE_CLOCK = re.compile(r"(?:0?[1-9]|00|1\d|2[0-3])\.[0-5]\d")
_HOUR_BEFORE = re.compile(
    r"(?<!stood\s)(?<!held\s)(?<!kept\s)(?<!set\s)(?<!priced\s)(?<!valued\s)(?<!closed\s)(?<!traded\s)(?<!remained\s)"
    r"(?<!peaked\s)(?<!estimated\s)\b(?:at|by|from|until|till|leaves?|starts?|begins?|opens?|closes?|between)\s+$",
    re.IGNORECASE,
)
_HOUR_AFTER = re.compile(
    r"\s*(?:$|[,.;)](?!\d)|(?:on|every|each|sharp|in\s+(?:the|(?-i:[A-Z])\w*)|until|till|daily|tomorrow|tonight|yesterday|train|and\s+(?:\d|ends?|closes?)"
    r"|to\s+\d{1,2}\.[0-5]\d\b(?!\d)|[-–])\b)",
    re.IGNORECASE,
)
_THE = re.compile(r"\bthe\s+$", re.IGNORECASE)
_DESTINATION = re.compile(r"\s+(?:to|from|for)\s+[A-Z]|\s+(?:train|bus|ferry|service|flight|sailing)\b")


def _word_aside(text: str, number: Number, before: str, after: str) -> str | None:
    word = text[number.span.start : number.span.end].lower()
    if word == "one":
        pronoun = _PRONOUN_AFTER.match(after) or _PRONOUN_BEFORE.search(before)
        return "skip" if (pronoun and not _OF_NUMBER.match(after)) or _ONE_NAMES.match(after) else None
    if _WORD_LABEL.search(before) or (text[number.span.start].isupper() and _NAME_BEFORE.search(before)):
        return "identifier"
    if _FIGURES.match(after) and (after[:1] == "-" or _SUM_BEFORE.search(before)):
        return "skip"  # "in six figures" gives the size of a sum, and no figure
    if _PAST.search(before) or _O_CLOCK.match(after):
        return "date"
    bare_scale = not number.share and word in number_words().scales
    return "skip" if bare_scale and not before.endswith("every ") else None
