"""Numbers that belong to a name: labels, codes, versions, references, telephone numbers, addresses."""

from __future__ import annotations

import re
from functools import cache

from evidencelint.quantities.context import read_counted
from evidencelint.quantities.lexicon import alternatives, number_words
from evidencelint.quantities.number import Number

# Two parts of a hundred are a mix by name ("60/40", "80/20"), not a count of a total.
_SPLITS = "|".join(f"{first}/{100 - first}" for first in range(50, 100))
_CODE = re.compile(
    r"10\.\d{4,}/|24/7\b|9/11\b|7/7\b|\b\d+/\d+\s+(?:rule|split)\b|\b9-(?:to-)?5\b|(?<![\d.])\d{1,4}[x×]\d{1,4}(?![\d.])|\b\d-for-\d+"
    rf"|\b\d{{1,3}}:\d{{1,3}}\b|(?<![\d./])(?:{_SPLITS})(?![\d/]|\.\d|\s*mm)|\d+/\d+/[A-Z]{{2}}"
    r"|\d+[-‑]point\s+(?:\w+\s+)?(?:scale|rating|Likert)"
    r"|(?<!\w)[48]K(?=[\s-](?:frames?|videos?|resolution|screens?|displays?|monitors?|TVs?|footage|stream\w*|cameras?)\b)"
)
_CODE_MARK = re.compile(r"[/:x×K‑-]")
_VERSION = re.compile(r"\d+(?:\.\d+){2,}")
_HYPHENED = re.compile(r"(?<![\d.])\d+(?:[-‑]\d+){2,}(?![\d])")
_RETURN = re.compile(r"\d{1,2}[-‑]in[-‑]\d[\d,]*[-‑\s]year\b", re.IGNORECASE)
_PHONE = re.compile(r"\+?\d[\d\s()-]{7,}\d")
_PHONE_DIGITS = 9
# What a four-digit figure counts, where it is not the year of it ("2022 participants", "2022 trials").
COUNT_AFTER = re.compile(
    r"\s+(?:people|participants|patients|doses|pupils|households|homes|schools|women|men|adults|children|cases|deaths"
    r"|students|respondents|employees|workers|users|volunteers|individuals|subjects|babies|births|kilometres|miles)\b",
    re.IGNORECASE,
)
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
_THE = re.compile(r"\bthe\s$", re.IGNORECASE)
_LINE = re.compile(r"\s(?:line|helpline|hotline|number|call\s+(?:line|handlers?)|phone\s+line)\b")
_PAIRED = re.compile(r"\d{3}\s\d{3}(?![\d\s]*\d)")
_STREET = re.compile(
    r"[a-d]?\s+(?:[A-Z][\w’'.-]*\s+){1,3}(?:Street|St|Road|Rd|Avenue|Ave|Lane|Drive|Square|Place|Terrace|Close|Crescent|Gardens"
    r"|Boulevard|Row|Way|Court|Quay|Mews|Hill)\b"
)
_SUBSECTION = re.compile(
    r"(?:\)|\b(?:article|art|rule|section|sec|regulation|reg|clause|paragraph|para|s)\.?\s*\d+[a-z]?)\($", re.IGNORECASE
)
_GLUED_NAME = re.compile(r"(?<![A-Za-z])[A-Za-z]{2,}[-‑]?$")
_JOINT = re.compile(r"\b(?:of|to|n|in|by|vs)-?$", re.IGNORECASE)
_LETTERED = re.compile(r"\b[A-Z][-‑]$|(?<![\w.])[A-Za-z]{1,8}\d{1,4}(?:\.\d+)?[-‑]$")
_NAME_BEHIND = re.compile(
    r"\([a-z]\)|[A-Z]{1,2}\b|[-‑][A-Z](?![a-z])|[-‑](?:HT|methyl|hydroxy|oxo|dimethyl|di\w+yl|tri\w+yl)|,\d+-[a-z]"
)
_HYPHENS = frozenset("-‑")
_DIGITS = re.compile(r"\d+")
_AGAINST = re.compile(r"[)\d%]\s+vs?\.?\s+(?:\d+/)?$")  # "12/48 (25%) v 9/51": no version
_WORDS = re.compile(r"[^\W\d_]+|#")


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
def _label_words() -> frozenset[str]:
    """Give the words that labels end in: most figures stand near none of them, and the long pattern can be left out."""
    ends = [_WORDS.findall(label.lower())[-1] for label in (*number_words().labels, *number_words().named)]
    return frozenset(form for end in ends for form in (end, end + "s"))


def is_labelled(before: str) -> bool:
    """Tell whether the text before a number ends in a label: "Table", "phases 1 and "."""
    if _label_words().isdisjoint(_WORDS.findall(before.lower())) or _AGAINST.search(before):
        return False
    return _label().search(before) is not None


def covers(pattern: re.Pattern[str], line: str, offset: int) -> bool:
    """Tell whether a match of a pattern, from the start of some figures of a line, holds a place of it."""
    for digits in _DIGITS.finditer(line, 0, offset + 1):
        match = pattern.match(line, digits.start())
        if match is not None and match.end() > offset:
            return True
    return False


def is_return_period(text: str, start: int) -> bool:
    """Tell the figures of "a 1-in-200-year event"."""
    floor = max(0, start - 12)
    line = text[floor : start + 24]
    return "-in-" in line.lower() and covers(_RETURN, line, start - floor)


def names_something(text: str, number: Number, line: str, offset: int) -> bool:
    """Tell whether a bare number is part of a name; ``line`` is what stands around it, ``offset`` its place there."""
    start, end = number.span.start, number.span.end
    before, after = text[max(0, start - 40) : start], text[end : end + 40]
    if _is_code(line, offset):
        return True
    if is_labelled(before) and (not COUNT_AFTER.match(after) or _is_rung(text, number, before)):
        return True
    if _is_reference(text, number) or _part_of_name(before, after):
        return True
    written = text[start:end]
    if _TRUNK.fullmatch(written) or _TRUNK_BEFORE.search(before) or _is_dialled(text, number, before):
        return True
    if (written.isdecimal() and _STREET.match(after)) or (after[:1] == ")" and _SUBSECTION.search(before)):
        return True
    return _is_phone(text, max(0, start - 16), start, min(len(text), end + 20))


def _is_phone(text: str, low: int, start: int, high: int) -> bool:
    if sum(map(str.isdigit, text[low:high])) < _PHONE_DIGITS:
        return False
    return any(
        phone.start() <= start < phone.end() and sum(map(str.isdigit, phone[0])) >= _PHONE_DIGITS
        for phone in _PHONE.finditer(text, low, high)
    )


def _is_code(line: str, offset: int) -> bool:
    if line.count(".") > 1 and covers(_VERSION, line, offset):
        return True
    if line.count("-") + line.count("‑") > 1 and covers(_HYPHENED, line, offset):
        return True
    return (_CODE_MARK.search(line) is not None or "10." in line) and covers(_CODE, line, offset)


def _is_rung(text: str, number: Number, before: str) -> bool:
    """Tell "Grade 7 pupils" and "phase 3 patients" from "in Table 20 patients"."""
    whole = text[number.span.start : number.span.end].isdecimal() and number.value <= _LAST_RUNG
    return whole and _RUNG.search(before) is not None


def _is_reference(text: str, number: Number) -> bool:
    """Tell the numbers of works in brackets, "as shown [12, 14–16]", from an interval, "6 [3, 9]"."""
    start, end = number.span.start, number.span.end
    if not text[start:end].isdecimal():
        return False
    opening = _OPENED.search(text, max(0, start - _BRACKET_REACH), start)
    if opening is None or _CLOSING.match(text, end) is None:
        return False
    lead = text[max(0, opening.start() - _LEAD) : opening.start()]
    return _FIGURED.search(lead) is None


def _is_dialled(text: str, number: Number, before: str) -> bool:
    """Tell the "116 123" of a helpline, and "the 101 line", from a count of calls."""
    start, end = number.span.start, number.span.end
    digits = re.sub(r"\s", "", text[start:end])
    if not digits.isdecimal() or len(digits) < _SHORT_CODE:
        return False
    if len(digits) == _SHORT_CODE and _THE.search(before) and _LINE.match(text, end):
        return True
    if read_counted(text, end) is not None:
        return False
    if _DIALLED.search(before):
        return True
    return _REACHED_ON.search(before) is not None and _PAIRED.match(text, start) is not None


def _part_of_name(before: str, after: str) -> bool:
    """Tell whether the digits belong to a name: COVID-19, GPT-4, x86-64, 5-HT2A, H1N1, 3,4-methylene..."""
    if _GLUED_NAME.search(before) and not _JOINT.search(before):
        return True
    hyphened = before[-1:] in _HYPHENS and _LETTERED.search(before) is not None
    return hyphened or _NAME_BEHIND.match(after) is not None
