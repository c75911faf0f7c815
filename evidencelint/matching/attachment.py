"""Whether a concept that a sentence names speaks of a figure, or of another matter told in the same breath."""

from __future__ import annotations

import re
from functools import cache

from evidencelint.frames import Claim, Figure, Mention
from evidencelint.lexicon import boundary_cues, clause_openers, nouns_apart
from evidencelint.quantities.lexicon import alternatives
from evidencelint.words import stem, words

_MARKS = re.compile(r"[,;:)\]]|[–—→|]|\s[-/=<>+]\s")
_FRONTED = re.compile(
    r"\s*(?:in|among|amongst|for|of|with|at|by|on|after|from|within|across|under|before|during)\b[^,;:.]{0,70},",
    re.IGNORECASE,
)
_OF = re.compile(r"\b(?:of|among|amongst|in|with|from|across)\s+$", re.IGNORECASE)


def stands_by(claim: Claim, figure: Figure, slot: str, concept: str) -> bool:
    """Tell whether a concept is named in the figure's own part of a clause, or in a phrase that opens the clause."""
    start = claim.span.start
    at = figure.quantity.span.shift(-start)
    for mention in (m for m in claim.mentions if m.slot == slot and m.concept == concept):
        place = mention.span.shift(-start)
        first, last = (place.end, at.start) if place.end <= at.start else (at.end, place.start)
        if not _parted(claim.text[first:last]) or _opens(claim, mention, at.start):
            return True
    return False


def in_another_clause(claim: Claim, figure: Figure, slot: str, concept: str) -> bool:
    """Tell whether a concept is named only in a clause of its own ("once the boiler was gone"), not in the figure's."""
    start, at = claim.span.start, figure.quantity.span
    named = [m.span for m in claim.mentions if m.slot == slot and m.concept == concept]
    between = [(m.end, at.start) if m.end <= at.start else (at.end, m.start) for m in named]
    return bool(named) and all(_openers().search(claim.text[a - start : b - start]) for a, b in between)


def is_sample(claim: Claim, figure: Figure) -> bool:
    """Tell whether a count is of the people that something was seen in ("a study of 14,200 residents")."""
    persons = nouns_apart().get(stem((figure.quantity.counted or "").split(" ")[-1])) == "persons"
    before = claim.text[: figure.quantity.span.start - claim.span.start]
    return persons and _OF.search(before) is not None


def _opens(claim: Claim, mention: Mention, before: int) -> bool:
    """Tell whether a mention stands in a phrase set before the clause: "In the youngest, it was 7%"."""
    front = _FRONTED.match(claim.text, 0, before)
    return front is not None and mention.span.end <= claim.span.start + front.end()


def _parted(text: str) -> bool:
    """Tell whether a stretch holds a mark or word at which one matter may give way to another."""
    if _MARKS.search(text) or _openers().search(text):
        return True
    return any(hit.value == "boundary" for hit in boundary_cues().find(words(text)))


@cache
def _openers() -> re.Pattern[str]:
    return re.compile(rf"\b(?:{alternatives(list(clause_openers()))})\b", re.IGNORECASE)
