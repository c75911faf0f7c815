"""Numbers that are no quantities: dates, labels, names that hold digits. Recognised as what they are."""

from __future__ import annotations

import re
from functools import cache

from evidencelint.quantities.context import read_counted
from evidencelint.quantities.lexicon import alternatives, number_words
from evidencelint.quantities.number import Number

_YEAR = range(1500, 2101)
_MODERN = range(1900, 2100)
_CLOCK = re.compile(
    r"\d{1,2}[:.]\d{2}\s*(?:am|pm|a\.m\.|p\.m\.|h\b|GMT|UTC|CET)|\d{1,2}:\d{2}(?::\d{2}(?:\.\d+)?)?\b|\d{1,2}\s?(?:[-–]|to|and)\s?\d{1,2}(?:[:.]\d{2})?\s?(?:am|pm)\b|\d{1,2}\s?(?:am\b|pm\b|a\.m\.|p\.m\.|o['’]clock\b)",
    re.IGNORECASE,
)
_NUMERIC_DATE = re.compile(r"\d{1,4}(?P<mark>[-/])\d{1,2}(?P=mark)\d{1,4}|\d{1,2}\.\d{1,2}\.\d{4}")
_SEASON_YEAR = re.compile(r"\b(?:19|20)\d\d[-–/]$")
_CODE = re.compile(
    r"10\.\d{4,}/|24/7\b|9/11\b|7/7\b|\b\d+/\d+\s+(?:rule|split)\b|\b9-(?:to-)?5\b|(?<![\d.])\d{1,4}[x×]\d{1,4}(?![\d.])|\b\d-for-\d+|\b\d{1,3}:\d{1,3}\b|50/50\b|\d+/\d+/[A-Z]{2}|\d+[-‑]point\s+(?:\w+\s+)?(?:scale|rating|Likert)"
)
_ROMAN_OR_VERSION = re.compile(r"\d+(?:\.\d+){2,}")
_PHONE = re.compile(r"\+?\d[\d\s()-]{7,}\d")
_ORDINAL = re.compile(r"(?:st|nd|rd|th)\b", re.IGNORECASE)
_DECADE = re.compile(r"['’]?s\b")
_LIST_MARK = re.compile(r"\s*(?:\(?\d{1,2}[.)]|\d+(?:\.\d+)+(?=\s+[A-Z]))\s+(?=\S)")
_DATE_BEFORE = re.compile(
    r"(?:\b(?:in|since|by|until|till|from|during|before|after|circa|of|early|late|mid|year|years|and|to|between|ca\.)|\()\s*$",
    re.IGNORECASE,
)
# What a four-digit figure counts, where it is not the year of it ("2022 participants", "2022 trials").
_COUNT_AFTER = re.compile(
    r"\s+(?:people|participants|patients|doses|pupils|households|homes|schools|women|men|adults|children|cases|deaths"
    r"|students|respondents|employees|workers|users|volunteers|individuals|subjects|babies|births|kilometres|miles)\b",
    re.IGNORECASE,
)
_HYPHENED = re.compile(r"(?<![\d.])\d+(?:[-‑]\d+){2,}(?![\d])")
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
_PHONE_DIGITS = 9
_SEASONS = frozenset({"spring", "summer", "autumn", "winter"})
_LIST_DEPTH = 8
_DAYS = 31
_KINDS: dict[str, str | None] = {"ordinal": "ordinal", "label": "identifier", "year": "date"}


@cache
def _label() -> re.Pattern[str]:
    labels = number_words().labels
    # "vs." is no plural of "v."
    plurals = [f"{label}s" for label in labels if len(label) > len("fig") and not label.endswith("s")]
    named = alternatives(list(number_words().named))
    return re.compile(
        rf"(?<![^\s(\[“\"/–-])(?:(?:{alternatives([*labels, *plurals])})|(?-i:{named}))\.?\s*"
        r"(?:\d+[a-z]?\s*(?:,\s*(?:and\s+|or\s+)?|and\s+|or\s+|to\s+|[-–&/]\s*)){0,4}$",
        re.IGNORECASE,
    )


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
    if _some_day(text, number, before, after) or _UNDER_STROKE.search(before):
        return "skip"
    if not bare:
        return None
    if number.word:
        return _word_aside(text, number, before, after)
    line, offset = text[max(0, start - 12) : end + 24], start - max(0, start - 12)
    told_hour = _WHOLE_CLOCK.fullmatch(text[start:end]) and (
        (_HOUR_BEFORE.search(before) and _HOUR_AFTER.match(after))
        or (_THE.search(before) and _DESTINATION.match(after))
    )
    dated = bool(told_hour) or _covers(_CLOCK, line, offset) or _covers(_NUMERIC_DATE, line, offset)
    if dated or _is_date(before, after, text[start:end]):
        return "date"
    return "ordinal" if _ORDINAL.match(after) else _name_or_none(text, number, line, offset)


def _name_or_none(text: str, number: Number, line: str, offset: int) -> str | None:
    after = text[number.span.end : number.span.end + 40]
    if _is_no_figure(text, number, after):
        return "skip"
    return "identifier" if _names_something(text, number, line, offset) else None


def _is_no_figure(text: str, number: Number, after: str) -> bool:
    """Tell the mark of a list item, and "in the 30s"."""
    start = number.span.start
    if start <= _LIST_DEPTH and _LIST_MARK.match(text) and not text[:start].strip(" (\t"):
        return True
    return after[:1] == "s" and number.value % 10 == 0 and not after[1:2].isalnum()


def _names_something(text: str, number: Number, line: str, offset: int) -> bool:
    start, end = number.span.start, number.span.end
    before, after = text[max(0, start - 40) : start], text[end : end + 40]
    if any(_covers(pattern, line, offset) for pattern in (_ROMAN_OR_VERSION, _HYPHENED, _CODE)):
        return True
    labelled = _label().search(before)
    if labelled and (not _COUNT_AFTER.match(after) or _is_rung(text, number, before)):
        return True
    if _is_reference(text, number) or _part_of_name(before, after):
        return True
    written = text[start:end]
    if _TRUNK.fullmatch(written) or _TRUNK_BEFORE.search(before) or _is_dialled(text, number, before):
        return True
    if (written.isdigit() and _STREET.match(after)) or (_SUBSECTION.search(before) and after.startswith(")")):
        return True
    return any(
        phone.start() <= start < phone.end() and sum(c.isdigit() for c in phone[0]) >= _PHONE_DIGITS
        for phone in _PHONE.finditer(text, max(0, start - 16), min(len(text), end + 20))
    )


def _is_rung(text: str, number: Number, before: str) -> bool:
    """Tell "Grade 7 pupils" and "phase 3 patients" from "in Table 20 patients"."""
    whole = text[number.span.start : number.span.end].isdigit() and number.value <= _LAST_RUNG
    return whole and _RUNG.search(before) is not None


def _is_reference(text: str, number: Number) -> bool:
    """Tell the numbers of works in brackets, "as shown [12, 14–16]", from an interval, "6 [3, 9]"."""
    start, end = number.span.start, number.span.end
    if not text[start:end].isdigit():
        return False
    opening = _OPENED.search(text, max(0, start - _BRACKET_REACH), start)
    if opening is None or _CLOSING.match(text, end) is None:
        return False
    lead = text[max(0, opening.start() - _LEAD) : opening.start()]
    return _FIGURED.search(lead) is None


def _is_dialled(text: str, number: Number, before: str) -> bool:
    """Tell the "116 123" of a helpline from a count of calls."""
    start, end = number.span.start, number.span.end
    digits = re.sub(r"\s", "", text[start:end])
    if not digits.isdigit() or len(digits) < _SHORT_CODE or read_counted(text, end) is not None:
        return False
    if _DIALLED.search(before):
        return True
    return _REACHED_ON.search(before) is not None and _PAIRED.match(text, start) is not None


def _covers(pattern: re.Pattern[str], line: str, offset: int) -> bool:
    return any(match.start() <= offset < match.end() for match in pattern.finditer(line))


def _is_date(before: str, after: str, raw: str) -> bool:
    if len(raw) == 2 and _SEASON_YEAR.search(before):  # noqa: PLR2004
        return True
    day = raw.isdigit() and (int(raw) <= _DAYS or int(raw) in _YEAR)
    if day and _month_after().match(after):
        return True
    if day and _month_before().search(before) and not _COUNT_AFTER.match(after):
        return True
    if raw.isdigit() and len(raw) == 4 and int(raw) in _YEAR:  # noqa: PLR2004
        return (int(raw) in _MODERN or bool(_DATE_BEFORE.search(before))) and not _COUNT_AFTER.match(after)
    return bool(_DECADE.match(after)) and raw.endswith("0") and len(raw) == 4  # noqa: PLR2004


def _part_of_name(before: str, after: str) -> bool:
    """Tell whether the digits belong to a name: COVID-19, GPT-4, 5-HT2A, H1N1, 3,4-methylene..."""
    if re.search(r"(?<![A-Za-z])[A-Za-z]{2,}[-‑]?$", before) and not re.search(
        r"\b(?:of|to|n|in|by|vs)-?$", before, re.IGNORECASE
    ):
        return bool(re.search(r"[A-Za-z][-‑]?$", before))
    if re.search(r"\b[A-Z][-‑]$", before):
        return True
    return bool(
        re.match(
            r"\([a-z]\)|[A-Z]{1,2}\b|[-‑][A-Z](?![a-z])|[-‑](?:HT|methyl|hydroxy|oxo|dimethyl|di\w+yl|tri\w+yl)|,\d+-[a-z]",
            after,
        )
    )


def _some_day(text: str, number: Number, before: str, after: str) -> bool:
    """Tell "one day" in the sense of some time from a length of time."""
    word = text[number.span.start : number.span.end].lower()
    return word == "one" and _DAY.match(after) is not None and _LASTING.search(before) is None


_UNDER_STROKE = re.compile(r"\d\s?[^\W\d]{2,}/$")  # "1,000 cfu/100 ml"
_DAY = re.compile(r"\s+day\b", re.IGNORECASE)
_LASTING = re.compile(r"\b(?:for|in|within|after|only|just|least|than|about|lasts?|lasted)\s+$", re.IGNORECASE)
# "Channel Four", "the Birmingham Six": a number word with a capital inside a sentence.
_NAME_BEFORE = re.compile(r"(?:,|(?<![\w’'-])(?=(?:(?![a-z])[\w’'-])*[a-z]))[\w’'-]*\s$")
_PAST = re.compile(r"\b(?:half|quarter|minutes)\s+past\s+$|\bquarter\s+to\s+$", re.IGNORECASE)
_O_CLOCK = re.compile(r"\s+o['’]clock\b", re.IGNORECASE)
_SHORT_CODE = 3
_LAST_RUNG = 13
_RUNG = re.compile(r"\b(?:grade|year|phase|stage|level|type|tier|class|key\s+stage|category|band)\s$", re.IGNORECASE)
_BRACKET_REACH, _LEAD = 40, 24
_OPENED = re.compile(r"\[(?:\d{1,3}\s*[,;–-]\s*)*$")
_CLOSING = re.compile(r"(?:\s*[,;–-]\s*\d{1,3})*\]")
_FIGURED = re.compile(r"\d|\b(?:CI|CrI|IQR|SD|range|mean|median|interval|limits)\b|=\s*$|^\s*$", re.IGNORECASE)
_TRUNK = re.compile(r"0\d{2,}(?:\s\d{3})*")
_TRUNK_BEFORE = re.compile(r"(?<!\d)0\d{2,4}\s$")
_DIALLED = re.compile(
    r"\b(?:call|calling|ring|ringing|phone|telephone|dial|dialling|text|helpline|hotline|freephone|fax|lines?\s+on)\b[^.;]{0,24}$"
    r"|\bon\s\d{3}\s$",
    re.IGNORECASE,
)
_REACHED_ON = re.compile(r"\bon\s$", re.IGNORECASE)
_PAIRED = re.compile(r"\d{3}\s\d{3}(?![\d\s]*\d)")
_STREET = re.compile(
    r"[a-d]?\s+(?:[A-Z][\w’'.-]*\s+){1,3}(?:Street|St|Road|Rd|Avenue|Ave|Lane|Drive|Square|Place|Terrace|Close|Crescent|Gardens"
    r"|Boulevard|Row|Way|Court|Quay|Mews|Hill)\b"
)
_SUBSECTION = re.compile(
    r"(?:\)|\b(?:article|art|rule|section|sec|regulation|reg|clause|paragraph|para|s)\.?\s*\d+[a-z]?)\($", re.IGNORECASE
)
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
    if _PAST.search(before) or _O_CLOCK.match(after):
        return "date"
    bare_scale = not number.share and word in number_words().scales
    return "skip" if bare_scale and not before.endswith("every ") else None
