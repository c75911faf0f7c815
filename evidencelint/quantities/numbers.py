"""Find the bare numbers of a text, in figures and in words, each with its exact value."""

from __future__ import annotations

import re
from collections.abc import Iterator
from fractions import Fraction
from functools import cache

from evidencelint.diagnostics import Span
from evidencelint.quantities.lexicon import NumberWords, alternatives, currency_before, number_words
from evidencelint.quantities.number import Kind, Number
from evidencelint.quantities.scanner import written_numbers
from evidencelint.quantities.singles import read_singles
from evidencelint.quantities.unitforms import is_measure

_SUPERSCRIPTS = str.maketrans("⁰¹²³⁴⁵⁶⁷⁸⁹⁻−", "0123456789--")
_AND_WORDS = re.compile(r"[\s-]+|\band\b")
_AND_PART = re.compile(r"[\s-]+and[\s-]+a[\s-]+(half|quarter)(?:\s+(\w+))?$")
_POINT = re.compile(r"\s+point((?:\s+(?:zero|one|two|three|four|five|six|seven|eight|nine)\b)+)$")
_ONE_TIME = Fraction(1)
_TENTH = Fraction(1, 10)
_LATTER_HALF = re.compile(r"\b(?:first|second|latter)\s+$", re.IGNORECASE)
_MONEY_RANGE = re.compile(r"(?:[$€£¥₹]|\b[A-Z]{3})\s?\d[\d.,]*\s?(?:bn|mn|[mk]|[mb]illion)?\s?(?:[-–—]|to\s)\s?$")
_SPECIALS = {"a": Fraction(2), "none": Fraction(0), "both": Fraction(2), "once": Fraction(1)}
_PLURAL_AFTER = re.compile(r"(?:\s+[A-Z]{2,})?\s+[a-z]{2,}[^s\W\d]s\b|\s+people\b")
_AS_LIKELY = re.compile(
    r"\s+as\s+(?:likely|many|much|often|common|high|low|large|big|long|fast|far|effective|frequent|expensive|great|good|strong"
    r"|prevalent|severe|heavy|wide|deep|old|well|dense|rich|probable|cheap|costly|productive|[a-z]+ly)\b",
    re.IGNORECASE,
)
_AS_MUCH_AGAIN = re.compile(r"\s+as\s+(?:much|many|large|big|high|long)\s+again\b", re.IGNORECASE)
_GROUPING = re.compile(r"[,\s]")
_CENTURIES = frozenset({17, 18, 19, 20})
_UNSURE_SUFFIXES = frozenset("mMB")


def read_numbers(text: str) -> Iterator[Number]:
    """Yield the numbers of a text from left to right; none overlaps another."""
    # The sort is stable: where a single one and another reading start together, the single one wins.
    end = -1
    for number in sorted([*read_singles(text), *_scanned(text)], key=lambda found: found.span.start):
        if number.span.start >= end:
            yield number
            end = number.span.end


def _scanned(text: str) -> Iterator[Number]:
    known = number_words()
    for match in written_numbers(text):
        if match["digits"] is not None:
            yield _from_digits(text, match, known)
        elif match["fraction"] is not None:
            yield from _from_fraction(match, known)
        elif match["words"] is not None:
            yield _from_words(match["words"], Span(*match.span()), known)
        else:
            yield from _from_other(match, known)


def _from_other(match: re.Match[str], known: NumberWords) -> Iterator[Number]:
    span = Span(*match.span())
    if (factor := match["factor"]) is not None:
        yield Number(span, known.factors[factor.lower()], Fraction(0), word=True, kind="factor")
    elif (few := match["few"]) is not None:
        times = known.few.get(" ".join(few.lower().split()), Fraction(2))
        scale = known.scales[match["few_of"].lower()]
        yield Number(span, times * scale, scale, word=True, kind="vague", scale=scale)
    elif (back := match["back"]) is not None:
        yield Number(span, Fraction(2 if back.lower() == "both" else 0), Fraction(1), word=True, kind="back")
    elif (special := match["special"]) is not None:
        word = special.split()[0].lower()
        kind: Kind = "factor" if word == "once" else "plain"
        yield Number(span, _SPECIALS[word], Fraction(1), word=True, kind=kind)
    elif (ordinal := match["ordinal"]) is not None:
        yield Number(span, known.ordinals[ordinal.lower()], Fraction(1), word=True, kind="ordinal")
    elif match["roman"] is not None:
        first = known.romans[match["roman"]]
        yield Number(Span(*match.span("roman")), first, Fraction(1), kind="label")
        if match["roman_too"] and known.romans[match["roman_too"]] > first:
            second = known.romans[match["roman_too"]]
            yield Number(Span(*match.span("roman_too")), second, Fraction(1), kind="label")
    elif match["lone_of"] is not None and is_measure(match.string, match.end()):
        end = match.end() - (match["lone_of"][-1:].isspace() or match["lone_of"] == "-")
        yield Number(Span(span.start, end), known.glyphs[match["lone"]], Fraction(0), word=True)
    else:
        yield Number(Span(*match.span("lone")), 100 * known.glyphs[match["lone"]], Fraction(0), share=True, word=True)


def _from_digits(text: str, match: re.Match[str], known: NumberWords) -> Number:
    span = Span(*match.span())
    whole, point, rest = _plain_digits(match["digits"]).partition(".")
    places = 10 ** len(rest) if point else 1
    value = Fraction(int((whole + rest) or "0"), places)
    step = Fraction(1, places)
    if match["glyph"]:
        value, step = value + known.glyphs[match["glyph"]], _TENTH
    if match["top"]:
        value, step = value + Fraction(int(match["top"]), int(match["bottom"])), _TENTH
    factor = _ONE_TIME
    if match["power"] or match["exponent"]:
        factor = Fraction(10) ** _exponent(match)
    elif match["raised"]:
        factor = Fraction(10) ** (int(match["raised"].lstrip("^").translate(_SUPERSCRIPTS)) - 1)
    if match["suffix"]:
        suffix = match["suffix"].strip()
        if suffix in _UNSURE_SUFFIXES and not _means_million(text, match):
            span = Span(span.start, match.start("suffix"))  # metres, not millions
        else:
            factor *= known.suffixes[suffix]
    elif match["scale"]:
        factor *= known.scales[" ".join(match["scale"].lower().split())]
    if match["minus"] or (match["sign"] and match["sign"] != "+"):
        value = -value
    if factor is not _ONE_TIME:
        value, step = value * factor, step * factor
    return Number(span, value, step, scale=factor)


def _plain_digits(raw: str) -> str:
    """Give figures with a decimal point and no marks between thousands."""
    if raw.startswith("0,"):
        return raw.replace(",", ".")  # "0,5" as much of Europe writes it
    if "." in raw.partition(",")[0] and "," in raw:
        return raw.replace(".", "").replace(",", ".")  # "1.500,50" likewise
    return _GROUPING.sub("", raw) if _GROUPING.search(raw) else raw


@cache
def _nth() -> re.Pattern[str]:
    return re.compile(rf"\s+(?:{alternatives(list(number_words().nth_of))})\b", re.IGNORECASE)


@cache
def _ranked() -> re.Pattern[str]:
    return re.compile(rf"\b(?:{alternatives(list(number_words().ranked))})\s+$", re.IGNORECASE)


@cache
def _millions() -> re.Pattern[str]:
    return re.compile(rf"\s+(?:{alternatives(list(number_words().millions_of))}|USD|EUR|GBP|CHF)\b")


def _means_million(text: str, match: re.Match[str]) -> bool:
    start = match.start("digits")
    return bool(
        _MONEY_RANGE.search(text[max(0, start - 20) : start])
        or currency_before().search(text[max(0, start - 5) : start])
        or _millions().match(text, match.end())
        or match["suffix"] == "B"
        or (match["suffix"] == "M" and _PLURAL_AFTER.match(text, match.end()))
    )


def _exponent(match: re.Match[str]) -> int:
    if match["power"]:
        return int(match["power"].lstrip("^").translate(_SUPERSCRIPTS))
    return int(match["exponent"])


def _from_fraction(match: re.Match[str], known: NumberWords) -> Iterator[Number]:
    """Read "two-thirds", "a quarter", "half", "half a million"; a bare "third" is an ordinal."""
    count, part = match["count"], match["part"].lower()
    span = Span(match.start("part") if count is None else match.start(), match.end("part"))
    before = match.string[max(0, match.start() - 16) : match.start()]
    if count is None and part == "half" and _LATTER_HALF.search(before):
        return
    if count is None and part != "half":
        if part in known.denominators and not part.endswith("s") and _ranked().search(before):
            yield Number(span, Fraction(100, known.denominators[part]), Fraction(0), share=True, word=True)
        elif part in known.ordinals:
            yield Number(span, known.ordinals[part], Fraction(1), word=True, kind="ordinal")
        return
    adjoined = count is not None and count.lower() == "a" and match["of_one"] is None
    if adjoined and part in known.ordinals and _nth().match(match.string, match.end()):
        yield Number(Span(match.start("part"), match.end("part")), known.ordinals[part], _ONE_TIME, kind="ordinal")
        return
    top = Fraction(1) if count is None or count.lower() in {"a", "an"} else known.cardinals[count.lower()]
    bottom = known.denominators[part]
    plural = part.endswith("s") or part == "half"
    if top >= bottom > 1 and plural and count is not None and part == "quarters":
        yield Number(Span(match.start(), match.end("count")), top, _ONE_TIME, word=True)  # of a year
        return
    if ((top > 1) != plural and part != "half") or top > bottom:
        return
    yield _part_of(match, span, Fraction(top, bottom), known)


def _part_of(match: re.Match[str], span: Span, share: Fraction, known: NumberWords) -> Number:
    """Give a part as what it is one of: a rate ("half as likely"), a number, a unit, or a whole, in percent."""
    if _AS_MUCH_AGAIN.match(match.string, span.end):
        return Number(span, 100 * share, Fraction(0), share=True, word=True)
    if _AS_LIKELY.match(match.string, span.end):
        return Number(span, share, Fraction(0), word=True, kind="factor")
    scale = known.scales.get(match["of_what"].lower()) if match["of_what"] else None
    if scale is None and not (match["of_what"] and is_measure(match.string, match.start("of_what"))):
        return Number(span, 100 * share, Fraction(0), share=True, word=True)
    if scale is not None:
        return Number(Span(span.start, match.end("of_what")), share * scale, scale / 10, word=True)
    return Number(Span(span.start, match.end("of_one")), share, Fraction(0), word=True)


def _year(words: str, known: NumberWords) -> Fraction | None:
    """Read "nineteen eighty-four"."""
    first, *rest = [word for word in re.split(r"[\s-]+", words) if word]
    century = known.cardinals.get(first)
    if century is None or not rest or century not in _CENTURIES or not all(word in known.cardinals for word in rest):
        return None
    years = sum((known.cardinals[word] for word in rest), Fraction(0))
    return 100 * century + years if years >= 10 else None  # noqa: PLR2004 - "twenty-four" is a number


def _from_words(words: str, span: Span, known: NumberWords) -> Number:
    lower = words.lower()
    half = _AND_PART.search(lower)
    extra, times = Fraction(0), Fraction(1)
    if half is not None:
        lower, extra = lower[: half.start()], Fraction(1, known.denominators[half[1]])
        times = known.scales[half[2]] if half[2] else times
        # "a million and a half" is one and a half million.
        extra *= known.scales.get(lower.split()[-1], _ONE_TIME) if not half[2] else 1
    if (year := _year(lower, known)) is not None:
        return Number(span, year, _ONE_TIME, word=True, kind="year")
    pointed = _POINT.search(lower)
    if pointed is not None:
        lower = lower[: pointed.start()]
        digits = "".join(str(known.cardinals[word]) for word in pointed[1].split())
        extra, times = Fraction(int(digits), 10 ** len(digits)), _ONE_TIME
    total = current = Fraction(0)
    scale_seen = Fraction(1)
    for raw in _AND_WORDS.split(lower):
        word = raw.strip()
        if not word:
            continue
        if word == "a":
            current = Fraction(1)
        elif word in known.cardinals:
            current += known.cardinals[word]
        else:
            scale = known.scales.get(word) or known.scales[word.rstrip("s")]
            scale_seen = scale
            if scale in {100, 12}:
                current = (current or Fraction(1)) * scale
            else:
                total += (current or Fraction(1)) * scale
                current = Fraction(0)
    step = scale_seen if scale_seen > 1 and current == 0 else Fraction(1)
    return Number(
        span, (total + current + extra) * times, _TENTH * times if extra else step, word=True, scale=max(step, times)
    )
