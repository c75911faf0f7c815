"""Numbers of forms of their own: "a year", "not a single", "£(45.2)m", "2:1", "half-hour"."""

from __future__ import annotations

import re
from collections.abc import Iterator
from fractions import Fraction

from evidencelint.diagnostics import Span
from evidencelint.quantities.lexicon import number_words
from evidencelint.quantities.number import Kind, Number

_ONE_TIME = Fraction(1)
_LOSS = re.compile(
    r"(?<=[$€£¥])\((?P<digits>\d[\d,]*(?:\.\d+)?)\)(?P<suffix>bn|mn|m|k)?(?!\w)|\((?P<lost>\d[\d,]*(?:\.\d+)?)\)(?=%|p\b)"
)
_PROPORTION = re.compile(
    r"(?<![\w:.,/-])(?P<top>\d{1,3}(?:\.\d+)?):(?P<bottom>\d(?:\.\d+)?|\d{2,3}(?:[ ,]\d{3})*|\d{4,5})(?![\w:.]\w|\w)"
)
_IN_RATIO = re.compile(
    r"\b(?:ratio|dilut\w+|slope|gradient|scale|odds|randomi[sz]\w+|allocat\w+|mix\w*|proportion)\b", re.IGNORECASE
)
_ONE_TO_ONE = re.compile(
    r"\s+(?:[a-z]+\s+)?(?:sessions?|support|meetings?|tuition|tutoring|basis|calls?|lessons?|coaching|chats?|care|time|win|draw|defeat)\b"
)
_PARTS = {"half": Fraction(1, 2), "quarter": Fraction(1, 4), "three-quarter": Fraction(3, 4)}
_PART_OF_UNIT = re.compile(
    r"(?<![\w-])(?:half|three-quarter|quarter)(?=-(?:percentage-)?(?:point|hour|mile|inch|pound|century|decade|pint|litre|day)\b)",
    re.IGNORECASE,
)
_PERIOD = r"(?:year|month|week|decade|fortnight|day|hour)"
_ONE = re.compile(
    r"\b(?:for|least|about|after|than|over|within|nearly|almost|around|roughly|under|last(?:s|ed|ing)?|at|of)\s+"
    rf"(?P<article>an?(?:\s+(?:full|whole))?)(?=\s+{_PERIOD}\b(?!['’]))"
    r"|\bin\s+(?P<ten>a(?:\s+single)?)(?=\s+decade\b(?!['’]))"
    rf"|\b(?P<open>an?)(?=\s+{_PERIOD}\s+or\s+(?:more|longer|so)\b)"
    rf"|\b(?P<half>an?)(?=\s+(?:{_PERIOD}|minute|century|mile|pint|litre|kilo)\s+and\s+a\s+(?:half|quarter)\b)"
    r"|\b(?P<none>not\s+(?:a|one)\s+single(?=\s+[a-z]))|\b(?P<back>not\s+one(?=\s+of\b))"
    r"|\b(?P<single>(?:an?|one|just\s+one|only\s+one)\s+single|(?<!every\s)(?<!mid-)single)(?=\s+(?!digits?\b)[a-z])",
    re.IGNORECASE,
)


_ONE_NEEDS = (
    *("year", "month", "week", "decade", "fortnight", "day", "hour", "minute", "century", "mile", "pint", "litre"),
    *("kilo", "single"),
)


def _may_hold_one(lowered: str) -> bool:
    return any(word in lowered for word in _ONE_NEEDS) or ("not" in lowered and "one" in lowered)


def read_singles(text: str) -> Iterator[Number]:
    """Yield these numbers, one form after another."""
    # most texts have none of the words, and to look for those is quick
    lowered = text.lower() if text.isascii() else ""
    for match in _ONE.finditer(text) if not lowered or _may_hold_one(lowered) else ():
        if match.lastgroup is not None:
            value = Fraction(0 if match.lastgroup in {"none", "back"} else 1)
            kind: Kind = "back" if match.lastgroup == "back" else "plain"
            yield Number(Span(*match.span(match.lastgroup)), value, _ONE_TIME, word=True, kind=kind)
    yield from _losses(text)
    yield from _proportions(text)
    for match in _PART_OF_UNIT.finditer(text) if not lowered or "half-" in lowered or "quarter-" in lowered else ():
        yield Number(Span(*match.span()), _PARTS[match[0].lower()], Fraction(0), word=True)


def _losses(text: str) -> Iterator[Number]:
    """Read figures in brackets after a currency sign, as accounts write a loss: "£(45.2)m"."""
    suffixes = number_words().suffixes
    for match in _LOSS.finditer(text) if "(" in text else ():
        whole, point, rest = (match["digits"] or match["lost"]).replace(",", "").partition(".")
        step = Fraction(1, 10 ** len(rest) if point else 1)
        scale = suffixes[match["suffix"]] if match["suffix"] else _ONE_TIME
        yield Number(Span(*match.span()), -Fraction(int(whole + rest)) * step * scale, step * scale, scale=scale)


def _proportions(text: str) -> Iterator[Number]:
    """Read "2:1" as two to one; "13:15" is a time of day."""
    for match in _PROPORTION.finditer(text) if ":" in text else ():
        bottom = Fraction(re.sub(r"[ ,]", "", match["bottom"]))
        clock = len(match["bottom"]) == 2  # noqa: PLR2004 - "1:20" is a time, unless it is a dilution
        if clock and _IN_RATIO.search(text, max(0, match.start() - 40), match.end() + 40) is None:
            continue
        if bottom and _ONE_TO_ONE.match(text, match.end()) is None:
            yield Number(Span(*match.span()), Fraction(match["top"]) / bottom, Fraction(0), kind="proportion")
