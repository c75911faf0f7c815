"""Quantifiers over people and studies: none, few, some, many, most, nearly all, all."""

from __future__ import annotations

from collections.abc import Sequence

from evidencelint.frames import Mention, Quantifier
from evidencelint.lexicon import counted_nouns, quantifier_cues
from evidencelint.model import Span
from evidencelint.words import Word

_REACH = 6
_SELF_STANDING = frozenset({"everyone", "everybody", "no one", "nobody", "nearly everyone", "almost everyone"})


def read_quantifiers(text: str, sequence: Sequence[Word], mentions: Sequence[Mention]) -> tuple[Quantifier, ...]:
    """Find quantifiers that stand on people, studies or a measure, or that hold the noun themselves.

    Spans, those of ``mentions`` too, are offsets into ``text``; the noun is a class (``people``,
    ``studies``) or the id of a measure.
    """
    found: list[Quantifier] = []
    for hit in quantifier_cues().find(sequence):
        phrase = text[hit.span.start : hit.span.end].lower()
        noun = "people" if phrase in _SELF_STANDING else _noun_after(text, sequence, hit.last, mentions)
        if noun is not None:
            level = hit.value
            span = Span(hit.span.start, hit.span.end)
            found.append(Quantifier(level.name, level.rank, level.low, level.high, noun, span))
    return tuple(found)


def _noun_after(text: str, sequence: Sequence[Word], last: int, mentions: Sequence[Mention]) -> str | None:
    nouns = counted_nouns()
    measures = {m.span.start: m.concept for m in mentions if m.slot == "measure"}
    for index in range(last + 1, min(last + 1 + _REACH, len(sequence))):
        between = text[sequence[index - 1].span.end : sequence[index].span.start]
        if any(mark in between for mark in ",;:."):
            return None
        kind = nouns.get(sequence[index].stem) or measures.get(sequence[index].span.start)
        if kind is not None:
            return kind
    return None
