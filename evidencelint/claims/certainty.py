"""How sure a clause is: hedges, boosters, negation, attribution and mood, from cue lists.

The reading follows ConText (Harkema et al., 2009) in spirit: cues are data, and their scope is the
clause they stand in.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

from evidencelint.frames import Certainty, Cue, Mood
from evidencelint.lexicon import certainty_cues
from evidencelint.model import Span
from evidencelint.sentences import split
from evidencelint.words import Word, words

_QUESTION = re.compile(r"\?[\"'”’)\]]*\s*$")
_ANSWER = re.compile(r"\W*no\s*[,:;.!–—]", re.IGNORECASE)
_SHOWN = re.compile(r"shows?|showed|shown|demonstrate[sd]?|found|finds?|conclude[sd]?", re.IGNORECASE)
_MOODS: tuple[Mood, ...] = ("rejection", "recommendation", "condition")
_LEVELS = {
    "weak_hedge": 3,
    "hedge": 2,
    "speculation": 1,
    "open": 1,
    "recommendation": 0,
    "condition": 0,
    "rejection": 0,
}


def find_cues(sequence: Sequence[Word], text: str) -> tuple[Cue, ...]:
    """Find the certainty cues of a text, in order; ``text`` is what the word spans point into.

    The "No" that answers a question ("No: it helps") negates nothing in its own sentence.
    """
    answer = _ANSWER.match(text)
    start = answer.end() if answer else 0
    return tuple(
        Cue(hit.value, text[hit.span.start : hit.span.end], hit.span)
        for hit in certainty_cues().find(sequence)
        if hit.span.end > start
    )


def read_certainty(cues: Iterable[Cue], sentence: str, ceiling: int = 4) -> Certainty:
    """Weigh the cues of one clause; ``ceiling`` is the level that its surroundings allow."""
    kept = tuple(cues)
    hedges = tuple(cue.text for cue in kept if cue.kind in {"hedge", "weak_hedge", "speculation", "open"})
    negations = tuple(
        cue
        if cue.kind.startswith("negation")
        else Cue("negation.before", "no", Span(cue.span.start, cue.span.start + 2))
        for cue in kept
        if cue.kind in {"negation.before", "negation.after"} or cue.text.lower().startswith("no ")
    )
    attribution = next((cue.text for cue in kept if cue.kind == "attribution"), None)
    level = min((_LEVELS[cue.kind] for cue in kept if cue.kind in _LEVELS), default=4)
    if _QUESTION.search(sentence):
        level = 0
    disowned = _disowns(kept)
    return Certainty(
        hedges=hedges,
        boosters=tuple(cue for cue in kept if cue.kind == "booster"),
        absolutes=tuple(cue for cue in kept if cue.kind.startswith("absolute.")),
        negations=negations,
        negated=bool(negations),
        attribution=attribution,
        level=min(level, 4 if _insists(kept) else ceiling, 0 if disowned else 4),
        mood="rejection" if disowned else _mood(kept, sentence),
    )


def _mood(cues: Iterable[Cue], sentence: str) -> Mood:
    """Say what a clause does other than state."""
    if _QUESTION.search(sentence):
        return "question"
    kinds = {cue.kind for cue in cues}
    return next((mood for mood in _MOODS if mood in kinds), "statement")


def _insists(cues: Iterable[Cue]) -> bool:
    """Tell whether a clause claims to be shown, so that no heading or lead-in makes it an idea."""
    return any(cue.kind in {"booster", "absolute.proof"} or _SHOWN.fullmatch(cue.text) for cue in cues)


def _disowns(cues: Iterable[Cue]) -> bool:
    """Tell whether a clause says of someone that they do not say so ("does not claim that")."""
    kept = tuple(cues)
    return any(
        0 <= said.span.start - negation.span.end <= _ADJACENT
        for negation in kept
        if negation.kind == "negation.before"
        for said in kept
        if said.kind == "attribution"
    )


def ceiling_of(lead_ins: Iterable[str], headings: Iterable[str]) -> int:
    """Give the highest level that the surroundings allow ("Hypothesised mechanisms:" allows 1).

    A heading that asks a question says nothing about its answer.
    """
    stated = [text for text in headings if not _QUESTION.search(text)]
    level = 4
    for text in (*(_last_sentence(text) for text in lead_ins), *stated):
        level = min(level, read_certainty(find_cues(words(text), text), text).level)
    return level


def _last_sentence(text: str) -> str:
    """Give the sentence that leads on to a list; what its paragraph says before is of other matters."""
    found = [text[span.start : span.end] for span in split(text)]
    return found[-1] if found else text


def negates(certainty: Certainty, span: Span, text: str) -> bool:
    """Tell whether a cue is under a negation that stands before it in the same clause part."""
    for negation in certainty.negations:
        if negation.kind == "negation.before" and negation.span.end <= span.start:
            between = text[negation.span.end : span.start]
            if not re.search(r"[;:]|\b(?:but|and|which|that is)\b", between) and len(between) < _SCOPE:
                return True
    return False


_SCOPE = 80
_ADJACENT = 2
