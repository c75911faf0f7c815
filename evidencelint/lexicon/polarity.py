"""Words by which statements agree or oppose one another, beyond pairs of opposites: ``polarity.yaml``."""

from __future__ import annotations

import re
from functools import cache

from evidencelint.lexicon.shapes import as_mapping, as_phrases, read_lists, refuse_unknown
from evidencelint.words import PhraseTable, words

_LISTS = ("lacking", "limits", "beside", "other_side", "plainly", "also", "modelled", "tellers", "disbelieved")


@cache
def polarity_words(name: str) -> PhraseTable[str]:
    """Give one of the lists as a table of phrases as written; raises ResourceError for a malformed file."""
    data = read_lists("polarity")
    refuse_unknown(data, {*_LISTS, "working", "comparing", "among"}, "polarity")
    return PhraseTable(
        ((phrase, phrase) for phrase in as_phrases(data.get(name), f"polarity.{name}")),
        by="written",
    )


def has_words(name: str, text: str) -> bool:
    """Tell whether a text has a phrase of one of the lists."""
    return next(iter(polarity_words(name).find(words(text))), None) is not None


def _either(data: object, name: str) -> str:
    return "|".join(map(re.escape, as_phrases(data, f"polarity.{name}")))


@cache
def comparatives() -> re.Pattern[str]:
    """Give the pattern of comparatives with a second side a few words on ("more of the girls than")."""
    parts = _comparing()
    word = rf"\b(?:{parts['words']}|\w+(?:{parts['endings']}))\b"
    return re.compile(rf"{word}(?=(?:\W+\w+){{0,4}}?\W+(?:{parts['than']})\b)", re.IGNORECASE)


@cache
def inflected_comparatives() -> re.Pattern[str]:
    """Give the pattern of comparatives by their ending, directly before a second side ("longer than")."""
    parts = _comparing()
    return re.compile(rf"\b\w+(?:{parts['endings']})\s+(?:{parts['than']})\b", re.IGNORECASE)


def _comparing() -> dict[str, str]:
    kinds = ("words", "endings", "than")
    data = as_mapping(read_lists("polarity").get("comparing"), "polarity.comparing")
    refuse_unknown(data, set(kinds), "polarity.comparing")
    return {kind: _either(data.get(kind), f"comparing.{kind}") for kind in kinds}


@cache
def told_of() -> re.Pattern[str]:
    """Give the pattern of the end of a text after which those stand of whom a figure is told ("among the older ")."""
    among = _either(read_lists("polarity").get("among"), "among")
    return re.compile(rf"\b(?:{among})\s+(?:\w+\s+){{0,2}}$", re.IGNORECASE)


@cache
def working_words() -> re.Pattern[str]:
    """Give the pattern of words that work too much (group ``more``) or too little: "overreacts", "hypoactive"."""
    parts = as_mapping(read_lists("polarity").get("working"), "polarity.working")
    more, less, does = (_either(parts.get(part), f"working.{part}") for part in ("more", "less", "does"))
    return re.compile(rf"\b(?:(?P<more>{more})|{less})-?(?:re)?(?:{does})\w*", re.IGNORECASE)
