"""Quantifiers over people and studies: none, few, some, many, most, nearly all, all."""

from __future__ import annotations

from collections.abc import Sequence

from evidencelint.diagnostics import Span
from evidencelint.frames import Mention, Quantifier
from evidencelint.lexicon import counted_nouns, quantifier_cues
from evidencelint.quantities.lexicon import number_words
from evidencelint.words import Word

_REACH = 6
_RATES = frozenset({"every", "each"})
_OWN = frozenset({"us", "you", "our", "your"})
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


def _is_number(word: str) -> bool:
    """Tell a figure or number word; "one" of "every one" counts nothing."""
    known = number_words()
    return word[:1].isdigit() or (word != "one" and (word in known.cardinals or word in known.scales))


def _noun_after(text: str, sequence: Sequence[Word], last: int, mentions: Sequence[Mention]) -> str | None:
    nouns = counted_nouns()
    following = sequence[last + 1].text.lower() if last + 1 < len(sequence) else ""
    counted = _is_number(following) or following in number_words().ordinals or following == "other"
    if text[sequence[last].span.start : sequence[last].span.end].lower() in _RATES and counted:
        return None  # "for every seven people", "every second patient"
    if _is_number(text[sequence[last].span.start : sequence[last].span.end].lower()):
        return None  # "15 more in every 100"
    measures = {m.span.start: m.concept for m in mentions if m.slot == "measure"}
    for index in range(last + 1, min(last + 1 + _REACH, len(sequence))):
        between = text[sequence[index - 1].span.end : sequence[index].span.start]
        if any(mark in between for mark in ",;:."):
            return None
        if sequence[index].text.lower() in _OWN:
            return None
        kind = nouns.get(sequence[index].stem) or measures.get(sequence[index].span.start)
        if kind is not None:
            return kind
    return None
