"""Find the bare numbers of a text, in figures and in words, each with its exact value."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from fractions import Fraction
from functools import cache

from evidencelint.model import Span
from evidencelint.quantities.lexicon import NumberWords, alternatives, number_words

_SUPERSCRIPTS = str.maketrans("⁰¹²³⁴⁵⁶⁷⁸⁹⁻", "0123456789-")
_CURRENCY_SIGNS = frozenset("$€£¥")
_MIXED = re.compile(r"\s+and\s+a\s+(?:half|quarter)$", re.IGNORECASE)
_AND_WORDS = re.compile(r"[\s-]+|\band\b")


@dataclass(frozen=True, slots=True)
class Number:
    """A number as written: ``step`` is the size of its last digit, 0 for a word fraction.

    ``share`` marks a part of a whole ("a third", "one in five"), whose value is in percent.
    """

    span: Span
    value: Fraction
    step: Fraction
    share: bool = False
    word: bool = False
    factor: bool = False


@cache
def _scanner() -> re.Pattern[str]:
    known = number_words()
    ones = alternatives(list(known.cardinals))
    scales = alternatives(list(known.scales))
    word = rf"(?:{ones})(?:-(?:{ones}))?"
    mixed = rf"{word}\s+and\s+a\s+(?:half|quarter)\b"
    more = rf"(?<!dozen)[\s-]+(?:and\s+)?(?:{word}|(?:{scales})s?)\b"
    words = rf"(?:{mixed}|{word}|a(?=\s+(?:{scales}))|(?:{scales}))(?:{more}){{0,8}}"
    parts = alternatives(list(known.denominators))
    part = rf"(?P<count>(?:{ones})|an?)?(?P<join>[\s-]+)?(?P<part>{parts})"
    glyphs = "".join(known.glyphs)
    digits = (
        r"(?P<digits>\d{1,3}(?:,\d{3})+(?:\.\d+)?|\d{1,3}(?:[\u00a0\u202f\u2009 ]\d{3})+(?!\d)(?:\.\d+)?"
        r"|\d+(?:\.\d+)?|\.\d+)"
        rf"(?P<glyph>[{glyphs}])?"
        r"(?:\s?[×x]\s?10(?P<power>[⁻⁰¹²³⁴⁵⁶⁷⁸⁹]+|\^-?\d{1,3})|[eE](?P<exponent>[-+]?\d{1,3})(?!\w))?"
        r"(?:(?P<suffix>(?-i:bn|mn|tn|[kKmMB]))(?![\w²³])|\s*-?(?P<scale>hundred|thousand|million|billion|trillion)\b)?"
    )
    factors = alternatives(list(known.factors))
    return re.compile(
        rf"(?<![\w.,])(?<![A-Za-z]-)(?P<sign>(?<![^\s(=<>≤≥~≈\[])[-−‑+])?(?<!\w)(?:{digits})"
        rf"|(?<![\w-])(?P<fraction>{part})\b(?![-\s]?(?:life|way|time|hearted|sister|brother|term|party|parties|world)\b)"
        rf"|(?<![\w-])(?P<factor>{factors})\b(?![-‑]\w)"
        rf"|(?<![\w-])(?P<words>{words})\b"
        rf"|(?P<lone>[{glyphs}])",
        re.IGNORECASE,
    )


_ONE = re.compile(
    r"\b(?:for|least|about|after|than|over|within|nearly|almost|around|roughly|under|last(?:s|ed|ing)?|at)\s+"
    r"(?P<article>an?(?:\s+(?:full|whole))?)(?=\s+(?:year|month|week|decade|fortnight|day|hour)\b(?!['’]))"
    r"|\b(?P<open>an?)(?=\s+(?:year|month|week|decade|fortnight|day|hour)\s+or\s+(?:more|longer|so)\b)"
    r"|\b(?P<single>(?:an?|one|just\s+one|only\s+one)\s+single|single)(?=\s+[a-z])",
    re.IGNORECASE,
)


def read_numbers(text: str) -> Iterator[Number]:
    """Yield the numbers of a text from left to right."""
    ones = [
        Number(Span(*match.span(kind)), Fraction(1), Fraction(1), word=True)
        for match in _ONE.finditer(text)
        for kind in (match.lastgroup,)
        if kind is not None
    ]
    taken = [one.span for one in ones]
    others = [n for n in _scanned(text) if not any(n.span.overlaps(span) for span in taken)] if ones else _scanned(text)
    yield from sorted([*ones, *others], key=lambda number: number.span)


def _scanned(text: str) -> Iterator[Number]:
    known = number_words()
    for match in _scanner().finditer(text):
        span = Span(*match.span())
        if match["digits"] is not None:
            money = text[match.start("digits") - 1 : match.start("digits")] in _CURRENCY_SIGNS
            yield _from_digits(match, span, known, money=money)
        elif match["fraction"] is not None:
            found = _from_fraction(match, span, known)
            if found is not None:
                yield found
        elif match["factor"] is not None:
            yield Number(span, known.factors[match["factor"].lower()], Fraction(0), word=True, factor=True)
        elif match["lone"] is not None:
            yield Number(span, 100 * known.glyphs[match["lone"]], Fraction(0), share=True, word=True)
        else:
            yield _from_words(match["words"], span, known)


def _from_digits(match: re.Match[str], span: Span, known: NumberWords, *, money: bool) -> Number:
    raw = re.sub(r"[,\s]", "", match["digits"])
    value = Fraction(raw if not raw.startswith(".") else "0" + raw)
    step = Fraction(1, 10 ** len(raw.partition(".")[2])) if "." in raw else Fraction(1)
    if match["glyph"]:
        value, step = value + known.glyphs[match["glyph"]], Fraction(1, 10)
    exponent = _exponent(match)
    factor = Fraction(10) ** exponent
    if match["suffix"] in {"m", "M", "B"} and not money:
        span = Span(span.start, match.start("suffix"))  # metres, not millions
    elif match["suffix"]:
        factor *= known.suffixes[match["suffix"]]
    if match["scale"]:
        factor *= known.scales[match["scale"].lower()]
    sign = -1 if match["sign"] and match["sign"] != "+" else 1
    return Number(span, sign * value * factor, step * factor)


def _exponent(match: re.Match[str]) -> int:
    if match["power"]:
        return int(match["power"].lstrip("^").translate(_SUPERSCRIPTS))
    return int(match["exponent"]) if match["exponent"] else 0


def _from_fraction(match: re.Match[str], span: Span, known: NumberWords) -> Number | None:
    """Read "two-thirds", "a quarter", "half"; a bare "third" is an ordinal and no number."""
    count, part = match["count"], match["part"].lower()
    if count is None and part != "half":
        return None
    if count is None and match["join"]:
        span = Span(match.start("part"), span.end)
    top = Fraction(1) if count is None or count.lower() in {"a", "an"} else known.cardinals[count.lower()]
    bottom = known.denominators[part]
    plural = part.endswith("s") or part == "half"
    if (top > 1) != plural and part != "half":
        return None
    if top > bottom:
        return None
    return Number(span, 100 * top / bottom, Fraction(0), share=True, word=True)


def _from_words(words: str, span: Span, known: NumberWords) -> Number:
    mixed = _MIXED.search(words)
    if mixed is not None:
        whole = known.cardinals.get(words[: mixed.start()].strip().lower(), Fraction(1))
        return Number(span, whole + Fraction(1, 2 if "half" in mixed[0].lower() else 4), Fraction(1, 10), word=True)
    total = current = Fraction(0)
    scale_seen = Fraction(1)
    for raw in _AND_WORDS.split(words.lower()):
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
    return Number(span, total + current, step, word=True)
