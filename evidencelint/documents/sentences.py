"""Where sentences end, decided without a model: cheap, and the same on every machine."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache

from evidencelint.diagnostics import Span
from evidencelint.errors import ResourceError
from evidencelint.lexicon import stop_stems
from evidencelint.resources import load_lexicon
from evidencelint.words import stem

_END = re.compile(r"(?<![.!?…])[.!?…]+[\"'”’)\]]*(?=\s|$)|\n[ \t]*\n")
_LAST_WORD = re.compile(r"([^\W\d_]+(?:\.[^\W\d_]+)*|\d+)\.$")
_INITIAL = re.compile(r"(?:^|[\s.(])[A-Z]\.$")
# As long as the shortest key with the spaces around it.
_GAP = 4
_LONGEST = 1_500
_PAUSE = re.compile(r"[,;:)][ \t\n]|\s")
_NEXT = re.compile(r"\s*[\"'“‘(\[]*(\w+)")


@cache
def _abbreviations() -> frozenset[str]:
    data = load_lexicon("abbreviations")
    if not isinstance(data, dict) or not isinstance(data.get("never_end"), list):
        raise ResourceError("rules/lexicon/abbreviations.yaml: expected a list under never_end")
    return frozenset(str(item).lower() for item in data["never_end"])


def split(text: str) -> Iterator[Span]:
    """Yield the sentences of a masked passage as trimmed spans, in order.

    A full stop after an abbreviation, an initial, or before a lower-case letter does not end one; but before a
    gap, where something that is no prose begins the next sentence ("It fell. @smith2020 reports"), it does. What runs
    on for more than 1,500 code points is cut at a pause, because the cost of reading a sentence grows faster than its
    length.
    """
    start = 0
    for match in _END.finditer(text):
        if match[0][0] != "\n" and _goes_on(text, match):
            continue
        yield from _trimmed(text, start, match.end())
        start = match.end()
    yield from _trimmed(text, start, len(text))


def _goes_on(text: str, match: re.Match[str]) -> bool:
    following = _NEXT.match(text, match.end())
    if following is None:
        return False
    if following[1][0].islower() and following.start(1) - match.end() < _GAP:
        return True
    if not match[0].startswith(".") or len(match[0]) > 1:
        return False
    window = text[max(0, match.start() - 40) : match.start() + 1]
    last = _LAST_WORD.search(window)
    if last is None:
        return False
    if last[1].lower() in _abbreviations():
        return True
    # "J. Smith" goes on, "vitamin D. It rose" does not
    return _INITIAL.search(window) is not None and stem(following[1]) not in stop_stems()


def _trimmed(text: str, start: int, end: int) -> Iterator[Span]:
    while end - start > _LONGEST:
        cut = _pause(text, start, start + _LONGEST)
        yield from _trimmed(text, start, cut)
        start = cut
    piece = text[start:end]
    kept = piece.strip()
    if kept:
        first = start + len(piece) - len(piece.lstrip())
        yield Span(first, first + len(kept))


def _pause(text: str, start: int, end: int) -> int:
    """Give the last place to cut: after punctuation, else after a space, else where the length ends."""
    middle = (start + end) // 2
    places = [match.end() for match in _PAUSE.finditer(text, middle, end)]
    marked = [place for place in places if text[place - 2] in ",;:)"]
    return max(marked or places or [end])
