"""Find two things told in the wrong order: "trials before any safety work" for "after safety work, trials"."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from evidencelint.claims.lexical import Lexical
from evidencelint.diagnostics import Span
from evidencelint.frames import Claim
from evidencelint.lexicon import sequence_cues
from evidencelint.matching.index import FactIndex
from evidencelint.matching.nearness import Near, StatementMatch, of_one_mood

_NEAR = 0.35
_CLEARLY = 1.5
_ENDS = re.compile(r"[,;:.]")


@dataclass(frozen=True, slots=True)
class Order:
    """The terms of what comes first and of what comes second, and the word that says so."""

    first: frozenset[str]
    second: frozenset[str]
    span: Span


def misordered(claim: Claim, near: Sequence[Near], index: FactIndex) -> Iterator[StatementMatch]:
    """Find the fact that tells the same two things the other way round."""
    speaking = [n for n in near[:4] if n.similarity >= _NEAR and not n.slots.hard and of_one_mood(claim, n.fact.claim)]
    ours = read_order(claim.text, index.reader.lexical.read(claim.text)) if speaking else None
    if ours is None:
        return
    for item in speaking:
        fact = item.fact.claim
        theirs = read_order(fact.text, index.reader.lexical.read(fact.text))
        if theirs is None or not theirs.first or not theirs.second:
            continue
        straight = index.weight(ours.first & theirs.first) + index.weight(ours.second & theirs.second)
        crossing = index.weight(ours.first & theirs.second), index.weight(ours.second & theirs.first)
        told_first = not ours.second and crossing[0] > _CLEARLY * straight
        if told_first or (min(crossing) > 0 and sum(crossing) > _CLEARLY * straight):
            confidence = min(0.9, 0.45 + item.similarity * 0.5)
            found = claim.text[ours.span.start : ours.span.end]
            yield StatementMatch(
                claim, "contradiction", ours.span.shift(claim.span.start), confidence, item.fact, item.similarity,
                found=found,
            )  # fmt: skip
        return


def read_order(text: str, lexical: Lexical) -> Order | None:
    """Read what a clause says comes first; None where it has no word of order, or several.

    Of a clause that puts its matter first ("as the very first step"), what comes second is not told.
    """
    hits = list(sequence_cues().find(lexical.words))
    if len(hits) != 1:
        return None
    cue = hits[0]
    if cue.value == "first":  # what the whole clause is of
        return Order(lexical.values(), frozenset(), cue.span)
    end = _ENDS.search(text, cue.span.end)
    stop = end.start() if end else len(text)
    inside = frozenset(t.value for t in lexical.terms if cue.span.end <= t.span.start < stop)
    rest = frozenset(t.value for t in lexical.terms if not cue.span.start <= t.span.start < stop) - inside
    if not inside or not rest:
        return None
    return Order(inside, rest, cue.span) if cue.value == "after" else Order(rest, inside, cue.span)
