"""Pair the figures of a list with the things that the sentence lists beside it, one by one and in order.

"Respectively" says that two lists belong together; without it, lists of one length do that stand apart.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import groupby, pairwise

from evidencelint.frames import Mention
from evidencelint.model import Quantity, Span

_LISTED = re.compile(r"[^.;:()]*?(?:,|;|/|&|\band\b|\bor\b|\bagainst\b|\bversus\b|\bvs\b)[^.;:()]*", re.IGNORECASE)
_BETWEEN_FIGURES = 40
_TO_CUE = 60
_FEWEST = 2


def in_order(quantities: Sequence[Quantity], mentions: Sequence[Mention], apart: Sequence[Span]) -> dict[int, Mention]:
    """Pair figures and concepts where the sentence lists as many of both; ``apart`` are the parts that hold figures.

    The figures of a list are neighbours of one kind ("at 6, 12 and 24 months were 5.8, 4.2 and 1.9 mmHg").
    """
    listed = _firsts(mentions)
    runs = [run for run in _runs(quantities) if len(run) == len(listed) >= _FEWEST]
    runs = [run for run in runs if not any(quantities[i].span.overlaps(m.span) for i in run for m in listed)]
    if len(runs) != 1:
        return {}
    run = runs[0]
    held = [span for span in apart if any(span.overlaps(quantities[figure].span) for figure in run)]
    start, end = held[0].start, quantities[run[-1]].span.end
    ahead = all(m.span.end <= quantities[run[0]].span.start for m in listed)
    before = ahead and (len(mentions) == len(listed) or all(m.span.end <= start for m in listed))
    return dict(zip(run, listed, strict=True)) if before or all(m.span.start >= end for m in listed) else {}


def listed_figures(text: str, quantities: Sequence[Quantity], cue: Span) -> tuple[int, ...]:
    """Give the figures that "respectively" speaks of: the list that ends before it, else the one that follows it."""
    first = sum(quantity.span.start < cue.start for quantity in quantities)
    before = [r for r in _chains(text, quantities[:first]) if cue.start - quantities[r[-1]].span.end <= _TO_CUE]
    if before:
        return before[-1]
    rest = quantities[first:]
    after = [r for r in _chains(text, rest) if rest[r[0]].span.start - cue.end <= _TO_CUE]
    return tuple(first + figure for figure in after[0]) if after else ()


def respectively(
    text: str, quantities: Sequence[Quantity], run: Sequence[int], mentions: Sequence[Mention]
) -> dict[int, Mention]:
    """Pair a list of figures with the one list of as many concepts before it, else after it; else give none."""
    start, end = quantities[run[0]].span.start, quantities[run[-1]].span.end
    for side in ([m for m in mentions if m.span.end <= start], [m for m in mentions if m.span.start >= end]):
        chains = [chain for chain in _coordinated(text, _firsts(side)) if len(chain) == len(run)]
        if len(chains) == 1:
            return dict(zip(run, chains[0], strict=True))
    return {}


def _firsts(mentions: Sequence[Mention]) -> list[Mention]:
    """Give the first mention of each concept, in order."""
    firsts: dict[str, Mention] = {}
    for mention in mentions:
        firsts.setdefault(mention.concept, mention)
    return list(firsts.values())


def _coordinated(text: str, mentions: Sequence[Mention]) -> Iterator[list[Mention]]:
    """Yield the chains of mentions that commas and conjunctions join."""
    chain: list[Mention] = []
    for mention in mentions:
        if chain and not _LISTED.fullmatch(text, chain[-1].span.end, mention.span.start):
            yield chain
            chain = []
        chain.append(mention)
    if chain:
        yield chain


def _runs(quantities: Sequence[Quantity]) -> Iterator[tuple[int, ...]]:
    """Yield the neighbouring figures of one unit and role."""
    for _, group in groupby(range(len(quantities)), key=lambda i: _kind(quantities[i])):
        yield tuple(group)


def _chains(text: str, quantities: Sequence[Quantity]) -> Iterator[tuple[int, ...]]:
    """Yield the lists of two and more figures of one kind that commas and conjunctions join."""
    for run in _runs(quantities):
        chain = [run[0]]
        for first, second in pairwise(run):
            start, end = quantities[first].span.end, quantities[second].span.start
            if end - start > _BETWEEN_FIGURES or not _LISTED.fullmatch(text, start, end):
                if len(chain) >= _FEWEST:
                    yield tuple(chain)
                chain = []
            chain.append(second)
        if len(chain) >= _FEWEST:
            yield tuple(chain)


def _kind(quantity: Quantity) -> tuple[str | None, str, str]:
    return quantity.unit, quantity.dimension, quantity.role
