"""Take long sentences apart: a fact is best quoted by the piece of the sentence that states it."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from itertools import pairwise

from evidencelint.claims.clauses import split_clauses
from evidencelint.frames import Claim, Mention
from evidencelint.harvest.lexicon import nouns
from evidencelint.model import Span, Token
from evidencelint.words import stem

_LONG = 30
_LEAST = 6
_CUT = re.compile(r"[;:](?=\s)")
_JOINT = re.compile(r",\s+(?:and|but|while|whereas)\s")
_SUBJECTS = frozenset({"nsubj", "nsubjpass", "expl"})
_RELATIVE = frozenset({"which", "that", "who", "whose"})
_INHERITED = ("population", "arm", "study", "species")
_EDGE = " ,;:–—"
_FIRST_JOINT = re.compile(r"(?:and|but|while|whereas)\s+", re.IGNORECASE)
_LAST_JOINT = re.compile(r"(?:,|(?<![\s,]))\s+(?:and|but|while|whereas|or)$", re.IGNORECASE)
_BESIDE = 60


def cut(text: str, tokens: Sequence[Token]) -> tuple[Span, ...]:
    """Give the pieces of a sentence that state something by themselves, in order; most sentences are one piece."""
    if len(text.split()) < _LONG or not tokens:
        return (Span(0, len(text)),)
    inner = {at for at in _places(text, tokens) if not text[at:].lstrip(_EDGE).startswith(("(", "["))}
    inner = {at for at in inner if _states(tokens, at) and not _leans(tokens, at)}
    places = sorted({0, len(text), *inner})
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


def _leans(tokens: Sequence[Token], start: int) -> bool:
    """Tell whether the subject of a piece is known from what stands before it only: "it", "the remaining 9%"."""
    leaning = nouns().lists["leaning"]
    subject = next((t for t in tokens if t.dep in _SUBJECTS and t.span.start >= start), None)
    if subject is None or subject.pos == "PRON":
        return True
    inside = [t for t in tokens if start <= t.span.start <= subject.span.start]
    resumed = len(inside) > 1 and inside[-2].text.lower() == "the" and stem(subject.text) in nouns().lists["resumed"]
    return resumed or any(t.pos != "ADP" and stem(t.text) in leaning for t in inside)


def _trimmed(text: str, piece: Span) -> Span:
    """Leave out the marks and the joints at either end of a piece."""
    start, end = piece.start, piece.end
    whole = text[start:end]
    start += len(whole) - len(whole.lstrip(_EDGE))
    end -= len(whole) - len(whole.rstrip(_EDGE))
    if start > 0 and (joint := _FIRST_JOINT.match(text, start, end)) is not None:
        start = joint.end()
    if (joint := _LAST_JOINT.search(text[start:end])) is not None:
        end = start + joint.start()
    return Span(start, end)


def inherited(before: Sequence[Sequence[Claim]], own: Sequence[Claim]) -> Mapping[str, str]:
    """Give the slots that a piece leaves open and the pieces before it fill: the concept they name first.

    Where they name another one right beside it, neither is taken.
    """
    stated = {slot for claim in own for slot, names in claim.stated.items() if names}
    found: dict[str, str] = {}
    for slot in _INHERITED:
        named: list[Mention] = [m for claims in before for claim in claims for m in claim.mentions if m.slot == slot]
        if slot in stated or not named:
            continue
        rival = next((m for m in named if m.concept != named[0].concept), None)
        if rival is None or rival.span.start - named[0].span.end > _BESIDE:
            found[slot] = named[0].concept
    return found
