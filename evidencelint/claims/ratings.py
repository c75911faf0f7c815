"""Read how the certainty of evidence is rated, and of what: "low for stroke", "high-certainty evidence that ..."."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache

from evidencelint.lexicon import rating_levels, rating_words
from evidencelint.model import Span
from evidencelint.quantities.lexicon import alternatives

_SENTENCE_ENDS = re.compile(r"[.;!?](?=\s|$)")
_APART = re.compile(r"[(:,\u2013\u2014]\s*$")
_TO = re.compile(r"-?\s*(?:to|or|[-\u2013/])\s*", re.IGNORECASE)
_FROM = re.compile(r"\bfrom\s+$", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Rating:
    """A rating of certainty: ``low`` to ``high`` is its rank (1 very low to 4 high; a range has two).

    ``topics`` are the pieces of text that may say what is rated, the likelier first.
    """

    low: int
    high: int
    span: Span
    topics: tuple[str, ...]


def read_ratings(text: str, header: str = "") -> tuple[Rating, ...]:
    """Read the ratings of a text; ``header`` is what stands over it where it is a cell of a table."""
    if not _heads().search(text) and not (header and _heads().search(header)):
        return ()
    found: list[Rating] = []
    start = 0
    for end in (*(m.end() for m in _SENTENCE_ENDS.finditer(text)), len(text)):
        found += _of_sentence(text, Span(start, end), under=bool(_heads().search(header)))
        start = end
    return tuple(found)


def rates(text: str) -> bool:
    """Tell whether a text speaks of the certainty of evidence."""
    return _heads().search(text) is not None


def without_heads(text: str) -> str:
    """Leave out the words of certainty from a text."""
    return _heads().sub(" ", text)


def _of_sentence(text: str, sentence: Span, *, under: bool) -> Iterator[Rating]:
    """Yield the ratings of one sentence; ``under`` a header that speaks of certainty a word alone is one."""
    piece = text[sentence.start : sentence.end]
    hits = _joined(piece, [m for m in _levels().finditer(piece) if _rates(piece, m, under=under)])
    for number, (span, ranks) in enumerate(hits):
        before = piece[hits[number - 1][0].end if number else 0 : span.start]
        after = piece[span.end : hits[number + 1][0].start if number + 1 < len(hits) else len(piece)]
        if not _set_apart().search(before):
            yield Rating(min(ranks), max(ranks), span.shift(sentence.start), _topics(before, after))


def _joined(piece: str, hits: Sequence[re.Match[str]]) -> list[tuple[Span, tuple[int, ...]]]:
    """Take the two ends of "low to moderate" as one; of "lowered from high to moderate", the second is the rating."""
    found: list[tuple[Span, tuple[int, ...]]] = []
    for hit in hits:
        rank = rating_levels()[" ".join(hit[0].lower().split())]
        if found and _TO.fullmatch(piece[found[-1][0].end : hit.start()]):
            last, ranks = found.pop()
            moved = _FROM.search(piece, 0, last.start) is not None
            found.append((Span(*hit.span()), (rank,)) if moved else (Span(last.start, hit.end()), (*ranks, rank)))
        else:
            found.append((Span(*hit.span()), (rank,)))
    return found


def _rates(piece: str, hit: re.Match[str], *, under: bool) -> bool:
    """Tell whether a word rates certainty: it stands before the word of certainty, or after it and alone."""
    after = piece[hit.end() :]
    joint = _TO.match(after)
    if _next_head().match(after) or (joint and _levels().match(after, joint.end())):
        return True
    return (under or _heads().search(piece, 0, hit.start()) is not None) and _alone().match(after) is not None


def _topics(before: str, after: str) -> tuple[str, ...]:
    """Give what may be rated: what a preposition brings in, else what stands before, else what follows."""
    led = _led().match(after)
    if led:
        return (after[led.end() :], before)
    direct = _next_head().match(after)
    if direct and not _APART.search(before):
        return (after[direct.end() :], before)
    return (before, after)


@cache
def _levels() -> re.Pattern[str]:
    return re.compile(rf"(?<![\w-])(?:{alternatives(list(rating_levels()))})(?!\w)", re.IGNORECASE)


@cache
def _heads() -> re.Pattern[str]:
    return re.compile(rf"(?<!\w)(?:{alternatives(list(rating_words('heads')))})(?!\w)", re.IGNORECASE)


@cache
def _next_head() -> re.Pattern[str]:
    return re.compile(rf"[\s-]+(?:{alternatives(list(rating_words('heads')))})(?!\w)", re.IGNORECASE)


@cache
def _alone() -> re.Pattern[str]:
    return re.compile(
        rf"\s*(?:$|[^\w\s-]|[-\u2013\u2014]\s|(?:{alternatives(list(rating_words('follow')))})\b)", re.IGNORECASE
    )


@cache
def _led() -> re.Pattern[str]:
    heads, leads = (alternatives(list(rating_words(name))) for name in ("heads", "leads"))
    return re.compile(rf"(?:[\s-]+(?:{heads})(?:\s+evidence)?)?\s+(?:{leads})\b", re.IGNORECASE)


@cache
def _set_apart() -> re.Pattern[str]:
    return re.compile(
        rf"\b(?:{alternatives(list(rating_words('set_apart')))})\s+(?:[a-z]+\s+){{0,1}}$|n['\u2019]t\s+(?:\w+\s+){{0,1}}$",
        re.IGNORECASE,
    )
