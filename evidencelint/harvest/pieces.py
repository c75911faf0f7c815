"""Take long sentences apart: a fact is best quoted by the piece of the sentence that states it."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from itertools import pairwise

from evidencelint.claims.clauses import split_clauses
from evidencelint.frames import Claim, Mention
from evidencelint.model import Span, Token

_LONG = 26
_LEAST = 6
_CUT = re.compile(r"[;:](?=\s)")
_JOINT = re.compile(r",\s+(?:and|but|while|whereas)\s")
_SUBJECTS = frozenset({"nsubj", "nsubjpass", "expl"})
_RELATIVE = frozenset({"which", "that", "who", "whose"})
_INHERITED = ("population", "arm", "study", "species")
_EDGE = " ,;:–—"


def cut(text: str, tokens: Sequence[Token]) -> tuple[Span, ...]:
    """Give the pieces of a sentence that state something by themselves, in order; most sentences are one piece."""
    if len(text.split()) < _LONG or not tokens:
        return (Span(0, len(text)),)
    places = sorted({0, len(text), *_places(text, tokens)})
    pieces: list[Span] = []
    for start, end in pairwise(places):
        if pieces and (len(text[start:end].split()) < _LEAST or len(text[pieces[-1].start : start].split()) < _LEAST):
            pieces[-1] = Span(pieces[-1].start, end)
        else:
            pieces.append(Span(start, end))
    return tuple(_trimmed(text, piece) for piece in pieces)


def _places(text: str, tokens: Sequence[Token]) -> Iterator[int]:
    for clause in split_clauses(tokens):
        if _depth(text, clause.start) == 0:
            yield clause.start
    for found in _CUT.finditer(text):
        if _depth(text, found.start()) == 0:
            yield found.end()
    for found in _JOINT.finditer(text):
        if _depth(text, found.start()) == 0 and _states(tokens, found.end()):
            yield found.start() + 1


def _depth(text: str, at: int) -> int:
    before = text[:at]
    return sum(before.count(mark) for mark in "([") - sum(before.count(mark) for mark in ")]")


def _states(tokens: Sequence[Token], start: int) -> bool:
    """Tell whether what follows has a subject with its verb, so that it can stand alone."""
    return any(
        token.dep in _SUBJECTS
        and token.span.start >= start
        and tokens[token.head].span.start >= start
        and token.text.lower() not in _RELATIVE
        for token in tokens
    )


def _trimmed(text: str, piece: Span) -> Span:
    whole = text[piece.start : piece.end]
    start = piece.start + len(whole) - len(whole.lstrip(_EDGE))
    return Span(start, piece.start + len(whole.rstrip(_EDGE)))


def inherited(before: Sequence[Sequence[Claim]], own: Sequence[Claim]) -> Mapping[str, str]:
    """Give the slots that a piece leaves open and the pieces before it fill: the concept they name first."""
    stated = {slot for claim in own for slot, names in claim.stated.items() if names}
    found: dict[str, str] = {}
    earlier: list[Mention] = [mention for claims in before for claim in claims for mention in claim.mentions]
    for mention in earlier:
        if mention.slot in _INHERITED and mention.slot not in stated:
            found.setdefault(mention.slot, mention.concept)
    return found
