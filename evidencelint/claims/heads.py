"""What the head of a list, a section or a column says of what stands under it: that it is false, missing, elsewhere."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import lru_cache
from typing import Literal

from evidencelint.lexicon import certainty_cues, head_words, stance_marks, stance_words, stop_stems
from evidencelint.words import Hit, Word, words

Head = Literal["false", "true", "absent", "pointer", "none"]

LABEL_ENDS = re.compile(r"\s*(?:[:–—]|-\s)")
_QUESTION = re.compile(r"\?[^\w?]*$")
_NOT = re.compile(r"(?:not|no|never|none|nothing|nobody|nowhere|neither|cannot|no one|.*n't)\Z")
_ABOUT = frozenset({"about", "of", "on", "in", "around", "that", "with", "from", "by", "for", "to", "and", "so", "yet"})
_SAYINGS = frozenset(
    {"claims", "statements", "things", "sentences", "phrases", "words", "lines", "quotes", "assertions"}
)
_KINDS: tuple[Head, ...] = ("false", "true", "absent")
_LONGEST_HEAD = 9
_SHORT = 5
_REACH = 3
_LEFT_OPEN = 2
_REMEMBERED = 1_024


@lru_cache(maxsize=_REMEMBERED)
def tells(heading: str) -> bool:
    """Tell whether a heading is a label with what it labels ("Myth 2: it melts"), so that the section replies to it."""
    sequence = words(heading)
    for hit in head_words().find(sequence):
        last = hit.last + 1
        if last < len(sequence) and sequence[last].text.isdigit():
            last += 1
        end = sequence[last - 1].span.end
        if hit.value == "false" and hit.first <= 1 and LABEL_ENDS.match(heading, end):
            return bool(heading[end:].strip(" :–—-"))
    return False


@lru_cache(maxsize=_REMEMBERED)
def head_of(text: str) -> Head:
    """Say what a head says of what stands under it."""
    sequence = words(text)
    marked = mark_of(text)
    if marked != "none" or not sequence or _QUESTION.search(text) or len(sequence) > _LONGEST_HEAD:
        return marked
    return "pointer" if _points_on(sequence) else _verdict(sequence)


def _verdict(sequence: Sequence[Word]) -> Head:
    found = {hit.value for hit in head_words().find(sequence) if hit.value == "unsaid" or _is_label(hit, sequence)}
    denied = denies_all(sequence)
    refused = "unsaid" in found or is_hearsay(sequence) or (denied and sequence[0].written in _SAYINGS)
    kinds: set[Head] = {kind for kind in _KINDS if kind in found}
    if refused:
        kinds.add("false")
    if {"true", "false"} <= kinds:
        return "none"
    return next((kind for kind in _KINDS if kind in kinds), "absent" if denied else "none")


def is_hearsay(sequence: Sequence[Word]) -> bool:
    """Tell whether a head is of what others say ("What people say")."""
    hits = stance_words("hearsay").find(sequence)
    return any(hit.last + 1 == len(sequence) or hit.first == 0 for hit in hits) and len(sequence) <= _SHORT


def _is_label(hit: Hit[str], sequence: Sequence[Word]) -> bool:
    """Tell whether a word is what a head says, and not a part of its topic ("wrong dose", "unknown donors")."""
    following = sequence[hit.last + 1] if hit.last + 1 < len(sequence) else None
    return following is None or following.text.isdigit() or (hit.first <= _REACH and following.written in _ABOUT)


def _points_on(sequence: Sequence[Word]) -> bool:
    hit = next(iter(stance_words("pointers").find(sequence)), None)
    rest = sequence[hit.last + 1 :] if hit is not None else ()
    return hit is not None and hit.first == 0 and (not rest or rest[0].written in _ABOUT)


def denies_all(sequence: Sequence[Word]) -> bool:
    """Tell whether a head denies and leaves what it denies to its items: "NOT", "what it does not show"."""
    denial = None
    for hit in certainty_cues().find(sequence):
        if any(_NOT.match(word.written) for word in sequence[hit.first : hit.last + 1]):
            if hit.value == "negation.pseudo" or "why" in {word.written for word in sequence[: hit.first]}:
                return False
            denial = hit
    if denial is None:
        return False
    telling = {hit.first for hit in stance_words("telling").find(sequence)}
    after = range(denial.last + 1, len(sequence))
    said = [place for place in after if sequence[place].stem not in stop_stems()]
    return all(place in telling for place in said[:1]) and len(said) <= _LEFT_OPEN


def mark_of(text: str) -> Head:
    """Say what the sign before an item says of it."""
    shown = text.lstrip()
    if shown.startswith(stance_marks("false")):
        return "false"
    return "true" if shown.startswith(stance_marks("true")) else "none"
