"""How a text puts something into the mouth of its source: ``telling.yaml``."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache

from evidencelint.lexicon.shapes import as_phrases, read_lists
from evidencelint.lexicon.wordlists import source_nouns
from evidencelint.model import Span
from evidencelint.words import stem, words

_AS = re.compile(r"(?<=[,;:(–—])\s*(?:as|so)\s*\Z", re.IGNORECASE)
_PART = re.compile(r"[,;:()–—]|\s-\s")


def tellings(text: str) -> Iterator[tuple[Span, bool]]:
    """Yield the places where a text names its source with a verb of saying, and whether what it says is advice.

    A place is at the front of the text ("The authors also report that") or a part of its own (", they add,").
    """
    for hit in _inverted().finditer(text):
        if stem(words(hit["source"])[-1].written) in source_nouns():
            yield Span(*hit.span()), False
    for hit in _pattern().finditer(text):
        named = words(hit["source"])
        if named and named[-1].stem not in source_nouns() and named[-1].written not in _list("pronouns"):
            continue
        before, after = text[: hit.start()], text[hit.end() :]
        before = _AS.sub("", before)
        opened = not before.strip() or _PART.search(before.rstrip()[-1:]) is not None
        closed = not after.strip(" .!?") or _PART.match(after.lstrip()) is not None
        if len(words(before)) <= _EARLY or (opened and closed):
            yield Span(*hit.span()), hit["verb"].lower() in _list("advising")


_EARLY = 2


def tells_of_evidence(text: str) -> bool:
    """Tell whether a text speaks of evidence, studies or what is known."""
    return any(word.stem in _of_evidence() for word in words(text))


def others_say(text: str) -> bool:
    """Tell whether a text begins by saying who says it, and that is neither the source nor anyone of science."""
    said = words(text)
    hit = _others().match(text, said[0].span.start) if said else None
    return hit is not None and stem(hit["who"]) not in {*source_nouns(), *map(stem, _list("scholars"))}


@cache
def _list(name: str) -> tuple[str, ...]:
    return tuple(as_phrases(read_lists("telling").get(name), f"telling.{name}"))


@cache
def _of_evidence() -> frozenset[str]:
    return frozenset(map(stem, _list("of_evidence")))


def _one_of(*names: str) -> str:
    phrases = [phrase for name in names for phrase in _list(name)]
    return "|".join(sorted(map(re.escape, phrases), key=lambda phrase: (-len(phrase), phrase)))


@cache
def _pattern() -> re.Pattern[str]:
    source = rf"(?:the|this|their|its|these)(?:\s+[\w-]+)??\s+[\w-]+|{_one_of('pronouns')}"
    between, verbs = rf"(?:\s+(?:{_one_of('between')})){{0,2}}", _one_of("telling", "advising")
    return re.compile(rf"(?<![\w-])(?P<source>{source}){between}\s+(?P<verb>{verbs})\b(?:\s+that\b)?", re.IGNORECASE)


@cache
def _inverted() -> re.Pattern[str]:
    """Give the pattern of a source named after its verb, at the end of a text (", says the article.")."""
    return re.compile(rf",\s+(?:{_one_of('telling')})\s+(?P<source>(?:the|this)\s+[\w-]+)\W*\Z", re.IGNORECASE)


@cache
def _others() -> re.Pattern[str]:
    who = rf"(?:{_one_of('owners')})\s+(?:[\w-]+\s+)??(?P<who>[\w-]+)"
    return re.compile(rf"(?<![\w-]){who}(?:\s+(?:{_one_of('between')}))?\s+(?:{_one_of('claiming')})\b", re.IGNORECASE)
