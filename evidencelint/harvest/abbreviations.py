"""Abbreviations that a text defines: "dialectical behaviour therapy (DBT)"; after Schwartz and Hearst (2003)."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

_DEFINED = re.compile(r"[(\[]([A-Za-z][A-Za-z0-9/&-]{1,11})[)\]]")
_WORD = re.compile(r"\S+")
_PART = re.compile(r"[^\W_]+")
_SPARE_WORDS = 5
_ARTICLES = frozenset({"a", "an", "the", "of", "in", "on", "for", "with", "and", "or", "is", "as", "see", "to"})


@dataclass(frozen=True, slots=True)
class Abbreviation:
    """A short form and what it stands for, as the text writes both."""

    short: str
    long: str


def read_abbreviations(text: str) -> Iterator[Abbreviation]:
    """Yield the abbreviations that a text defines, each once, in order."""
    seen: set[str] = set()
    for found in _DEFINED.finditer(text):
        short = found[1]
        if short in seen or sum(letter.isupper() for letter in short) < 2:  # noqa: PLR2004 - "(Table)" is none
            continue
        long = _long_form(short, text[: found.start()])
        if long:
            seen.add(short)
            yield Abbreviation(short, long)


def _long_form(short: str, before: str) -> str:
    """Give the shortest run of words before the bracket that holds the letters in order, or nothing."""
    sentence = re.split(r"[.;:!?]\s|[()\[\]]", before)[-1]
    words = list(_WORD.finditer(sentence))[-(len(short) + _SPARE_WORDS) :]
    if not words:
        return ""
    window = sentence[words[0].start() :].rstrip()
    letters = [letter.lower() for letter in short if letter.isalnum()]
    if (spelt := _by_initials(letters, window)) is not None:
        return spelt
    at = len(window)
    for place, letter in enumerate(reversed(letters)):
        first = place == len(letters) - 1
        at -= 1
        while at >= 0 and (window[at].lower() != letter or (first and at > 0 and window[at - 1].isalnum())):
            at -= 1
        if at < 0:
            return ""
    long = window[window.rfind(" ", 0, at) + 1 :]
    parts = long.split()
    while parts and parts[0].lower() in _ARTICLES:
        parts.pop(0)
    long = " ".join(parts)
    # one word can't be spelt out by itself, and a long form is longer than its short form
    return long if len(long) > len(short) and not long.lower().startswith(short.lower()) else ""


def _by_initials(letters: list[str], window: str) -> str | None:
    """Give the words right before the bracket whose first letters are those of the short form, if they are."""
    words = [word for word in _PART.finditer(window) if word[0].lower() not in _ARTICLES]
    last = words[-len(letters) :]
    if [word[0][0].lower() for word in last] != letters:
        return None
    return window[last[0].start() :]
