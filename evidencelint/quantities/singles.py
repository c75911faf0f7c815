"""Numbers of forms of their own: "a year", "not a single", "£(45.2)m", "2:1", "1/8 inch", "half-hour"."""

from __future__ import annotations

import re
from collections.abc import Iterator
from fractions import Fraction
from functools import cache

from evidencelint.diagnostics import Span
from evidencelint.quantities.lexicon import alternatives, number_words, units
from evidencelint.quantities.number import Kind, Number
from evidencelint.quantities.unitforms import unit_at

_ONE_TIME = Fraction(1)
_AMOUNT = r"\d[\d,]*(?:\.\d+)?"
_LOSS = re.compile(
    rf"(?<=[$€£¥])\((?P<digits>{_AMOUNT})\)(?P<suffix>bn|mn|m|k)?(?!\w)|\((?P<lost>{_AMOUNT})\)(?=%|p\b)"
)
# An aside in brackets does not follow a preposition: "narrowed to (£3.1m) from (£5.8m)".
_OWED = re.compile(
    rf"\b(?:to|of|from|at|by|was|were|after|against)\s\((?:[A-Z]{{1,2}})?[$€£¥](?P<digits>{_AMOUNT})(?P<suffix>bn|mn|m|k)?\)"
)
_PROPORTION = re.compile(
    r"(?<![\w:.,/-])(?P<top>\d{1,3}(?:\.\d+)?):(?P<bottom>\d(?:\.\d+)?|\d{2,3}(?:[ ,]\d{3})*|\d{4,5})(?![\w:.]\w|\w)"
)
_IN_RATIO = re.compile(
    r"\b(?:ratio|dilut\w+|slope|gradient|scale|odds|randomi[sz]\w+|allocat\w+|mix\w*|proportion|steeper)\b",
    re.IGNORECASE,
)
_ONE_TO_ONE = re.compile(
    r"\s+(?:[a-z]+\s+)?(?:sessions?|support|meetings?|tuition|tutoring|basis|calls?|lessons?|coaching|chats?|care|time|win|draw|defeat)\b"
)
_RATIO_SAID = re.compile(
    r"(?<!from\s)(?<![\w-])(?:(?P<top>two|three|four|five|six|seven|eight|nine|ten)(?:\s+to\s+|-to-)one|(?P<ten>\d{1,3})-to-1)\b(?!\s+(?:of|another)\b)"
    r"|(?<![\w-])(?P<one>one|two|three|four)\s+[a-z]+\s+to\s+every\s+(?P<every>two|three|four|five|six|seven|eight|nine|ten|twelve|twenty|\d{1,3})(?=\s+[a-z])",
    re.IGNORECASE,
)
_STROKE = re.compile(r"(?<![\w/.,-])(?P<top>\d{1,2})/(?P<bottom>\d{1,4})(?=[\s-]?(?P<unit>[^\W\d]))")
_INCH_SAID = re.compile(r"\sin(?=\s*(?:[.,;)]|$))")
_HALVES = frozenset({2, 4, 8, 16, 32, 64})
_MEASURES = frozenset({"length", "duration", "mass", "volume"})
_PARTS = {"half": Fraction(1, 2), "quarter": Fraction(1, 4), "three-quarter": Fraction(3, 4)}
_PART_OF_UNIT = re.compile(
    r"(?<![\w-])(?:half|three-quarter|quarter)(?=-(?:percentage-)?(?:point|hour|acre|mile|inch|pound|century|decade|pint|litre|day)\b)",
    re.IGNORECASE,
)
_PERIOD = r"(?:year|month|week|decade|fortnight|day|hour)"


@cache
def _one() -> re.Pattern[str]:
    measure = rf"(?:{_PERIOD}|{alternatives(list(number_words().one_of))})"
    limit = (
        r"(?:least|most|about|than|over|under|within|nearly|almost|around|roughly|just\s+(?:over|under)"
        r"|up\s+to|below|above|exceed(?:s|ed)?)"
    )
    return re.compile(
        r"\b(?:for|after|last(?:s|ed|ing)?|at|of)\s+"
        rf"(?P<article>an?(?:\s+(?:full|whole))?)(?=\s+{_PERIOD}\b(?!['’]))"
        # "less than a cent", but "more than a year ago" and "a decade earlier" say when
        rf"|\b{limit}\s+(?P<limited>an?(?:\s+(?:full|whole))?)(?=\s+{measure}\b(?!['’-])(?!\s+(?:earlier|later|before|after)\b))"
        rf"|\b(?P<full>an?\s+(?:full|whole))(?=\s+{measure}\b(?!['’]))"
        r"|\bin\s+(?P<ten>a(?:\s+single)?)(?=\s+decade\b(?!['’]))"
        r"|\bin\s+(?:just\s+|only\s+)?(?P<during>an?(?:\s+single)?)(?=\s+(?:minute|hour|day|week|fortnight|month|year)\s*(?:[.,;:!?)]|$))"
        rf"|\b(?P<open>an?)(?=\s+{_PERIOD}\s+(?:or\s+(?:more|longer|so)|apart)\b)"
        rf"|\b(?P<long>an?)(?=\s+{measure}\s+(?:long|wide|high|deep|tall|thick|across|away|offshore|inland)\b)"
        rf"|\b(?P<half>an?)(?=\s+{measure}\s+and\s+a\s+(?:half|quarter)\b)"
        r"|\b(?P<none>not\s+(?:a|one)\s+single(?=\s+[a-z]))|\b(?P<back>not\s+one(?=\s+of\b))"
        r"|\b(?P<single>(?:an?|one|just\s+one|only\s+one)\s+single|(?<!every\s)(?<!mid-)single)(?=\s+(?!digits?\b)[a-z\d])",
        re.IGNORECASE,
    )


def read_singles(text: str) -> Iterator[Number]:
    """Yield these numbers, one form after another."""
    for match in _one().finditer(text):
        if match.lastgroup is not None:
            value = Fraction(0 if match.lastgroup in {"none", "back"} else 1)
            kind: Kind = "back" if match.lastgroup == "back" else "plain"
            yield Number(Span(*match.span(match.lastgroup)), value, _ONE_TIME, word=True, kind=kind)
    yield from _losses(text)
    yield from _proportions(text)
    yield from _strokes(text)
    for match in _PART_OF_UNIT.finditer(text):
        yield Number(Span(*match.span()), _PARTS[match[0].lower()], Fraction(0), word=True)


def _losses(text: str) -> Iterator[Number]:
    """Read figures in brackets after a currency sign, as accounts write a loss: "£(45.2)m", "of (£3.1m)"."""
    for match in _LOSS.finditer(text) if "(" in text else ():
        yield _loss(Span(*match.span()), match["digits"] or match["lost"], match["suffix"])
    for match in _OWED.finditer(text) if "(" in text else ():
        yield _loss(Span(match.start("digits"), match.end() - 1), match["digits"], match["suffix"])


def _loss(span: Span, digits: str, suffix: str | None) -> Number:
    whole, point, rest = digits.replace(",", "").partition(".")
    step = Fraction(1, 10 ** len(rest) if point else 1)
    scale = number_words().suffixes[suffix] if suffix else _ONE_TIME
    return Number(span, -Fraction(int(whole + rest)) * step * scale, step * scale, scale=scale)


def _proportions(text: str) -> Iterator[Number]:
    """Read "2:1" and "three to one" as ratios; "13:15" is a time of day."""
    for match in _PROPORTION.finditer(text) if ":" in text else ():
        bottom = Fraction(re.sub(r"[ ,]", "", match["bottom"]))
        clock = len(match["bottom"]) == 2  # noqa: PLR2004 - "1:20" is a time, unless it is a dilution
        if clock and _IN_RATIO.search(text, max(0, match.start() - 40), match.end() + 40) is None:
            continue
        if bottom and _ONE_TO_ONE.match(text, match.end()) is None:
            yield Number(Span(*match.span()), Fraction(match["top"]) / bottom, Fraction(0), kind="proportion")
    for match in _RATIO_SAID.finditer(text):
        top = _cardinal(match["top"] or match["ten"] or match["one"])
        yield Number(Span(*match.span()), top / _cardinal(match["every"] or "one"), Fraction(0), kind="proportion")


def _cardinal(written: str) -> Fraction:
    return number_words().cardinals[written.lower()] if written.isalpha() else Fraction(written)


def _strokes(text: str) -> Iterator[Number]:
    """Read the part of a unit in "1/8 inch" and "1/250 s", which counts nothing of a total."""
    for match in _STROKE.finditer(text):
        top, bottom = int(match["top"]), int(match["bottom"])
        if not 0 < top < bottom:
            continue
        found = unit_at(text, match.start("unit"))
        one = found is not None and units()[found[1]].dimension in _MEASURES and not found[0].endswith("s")
        exposure = found is not None and found[0] == "s" and top == 1
        inches = bottom in _HALVES and _INCH_SAID.match(text, match.end("bottom")) is not None
        if exposure or inches or (one and bottom in _HALVES):
            yield Number(Span(match.start(), match.end("bottom")), Fraction(top, bottom), Fraction(0))
