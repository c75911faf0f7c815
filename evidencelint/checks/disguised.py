"""Rule of family 9xx: characters that look like others, so that people and programs read different things."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator

from evidencelint.judgement import Judgement
from evidencelint.model import Finding, Passage, Span

_RULE = "disguised-text"
# Letters that are drawn like Latin ones (after the confusables of Unicode Technical Standard 39); Greek capitals only,
# and the omicron, because small Greek letters stand among Latin ones in honest names ("IκB", "TNFα").
_ALIKE = dict(
    zip(
        "асеорхуіјѕԁԛԝһӏАВЕКМНОРСТУХІЈЅԚԜ" + "ΑΒΕΖΗΙΚΜΝΟΡΤΥΧο",
        "aceopxyijsdqwhlABEKMHOPCTYXIJSQW" + "ABEZHIKMNOPTYXo",
        strict=True,
    )
) | {"м": "m", "к": "k", "т": "t", "н": "h", "в": "b", "г": "r", "л": "n", "и": "u"}
_GREEK = "".join(letter for letter in _ALIKE if "GREEK" in unicodedata.name(letter))
_SURE = "".join(letter for letter in _ALIKE if letter not in _GREEK and _ALIKE[letter].lower() != "u")
_CYRILLIC = "\u0400-\u052f"
_WORD = re.compile(rf"[A-Za-z{_CYRILLIC}{_GREEK}]+")
_FULL_WIDTH = re.compile("[\uff21-\uff3a\uff41-\uff5a]+")
# a unit of look-alikes only, in English text: "got 5 м of"
_UNIT = re.compile(rf"(?<=[A-Za-z] )\d[\d.,]{{0,12}} ?(?P<wrong>[{_SURE}]{{1,3}})(?=[\s.,;:)]|$)")
# letters for digits, and digits that are none in a share: "4l%", "4О%", "⁴¹%", "41⁒"
_DIGITS = re.compile(
    r"(?<![\w.,])(?=[\dOolIОоӏΟο]{2,12} ?%)(?=[\d]*[OolIОоӏΟο])[\dOolIОоӏΟο]*\d[\dOolIОоӏΟο]*(?= ?%)"
    r"|(?<![\w%)\]²³¹⁰-⁹₀-₉①-⓿❶-➓])[²³¹⁰-⁹₀-₉①-⓿❶-➓]{1,12}(?= ?(?:%|per ?cent\b))"
    r"|(?<=\d)⁒"
)
# Controls that change the order in which what follows is shown.
_TURNED = re.compile("[\u202a-\u202e\u2066-\u2069]")
_AROUND = 40


def disguised_text(judgement: Judgement) -> Iterator[Finding]:
    """Report words, units and figures with characters that only look like those they stand for."""
    for passage in judgement.document.passages:
        text = passage.text
        found = {*_in_figures(text)} if text.isascii() else {*_in_words(text), *_in_figures(text), *_turned(text)}
        last = -1
        for start, end, message, expected in sorted(found):
            if start < last:
                continue
            last = end
            span = Span(start, end).shift(passage.span.start)
            yield Finding(_RULE, span, _around(passage, span), message, 0.95, expected=expected or None)


def _in_words(text: str) -> Iterator[tuple[int, int, str, str]]:
    for word in _WORD.finditer(text):
        if word[0].isascii() or not any(letter.isascii() for letter in word[0]):
            continue
        strange = next(letter for letter in word[0] if not letter.isascii())
        meant = "".join(_ALIKE.get(letter, letter) for letter in word[0])
        message = f"has {_named(strange)} among Latin letters, so it is read as another word"
        yield word.start(), word.end(), message, meant if meant.isascii() else ""
    for word in _FULL_WIDTH.finditer(text):
        message = f"has full-width letters, such as {_named(word[0][0])}, so it is read as another word"
        yield word.start(), word.end(), message, unicodedata.normalize("NFKC", word[0])
    for unit in _UNIT.finditer(text):
        wrong = unit["wrong"]
        message = f"has {_named(wrong[0])} for a unit, so the figure is read without one"
        yield unit.start("wrong"), unit.end("wrong"), message, "".join(_ALIKE[letter] for letter in wrong)


def _in_figures(text: str) -> Iterator[tuple[int, int, str, str]]:
    for match in _DIGITS.finditer(text):
        strange = next(char for char in match[0] if not ("0" <= char <= "9"))
        message = f"has {_named(strange)} in a figure, which is not read as one"
        yield match.start(), match.end(), message, ""


def _turned(text: str) -> Iterator[tuple[int, int, str, str]]:
    """Find controls of direction near a figure: they can show 14 as 41."""
    for match in _TURNED.finditer(text):
        near = text[max(0, match.start() - _AROUND) : match.end() + _AROUND]
        if any(char.isdecimal() for char in near):
            message = f"{_named(match[0])} changes the order in which a figure is shown; delete it"
            yield match.start(), match.end(), message, ""


def _named(char: str) -> str:
    name = unicodedata.name(char, "an unnamed character").lower()
    return f"U+{ord(char):04X} ({name})"


def _around(passage: Passage, span: Span) -> Span:
    """Give the surroundings of a place, as far as one sees them at once."""
    start = max(passage.span.start, span.start - _AROUND)
    return Span(start, min(passage.span.end, span.end + _AROUND))
