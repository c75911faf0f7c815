"""The parts that a noun plays in a sentence: what it is subject, object or companion of."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import cache
from typing import TypeVar

from evidencelint.harvest.lexicon import Nouns
from evidencelint.lexicon import change_cues, relation_cues
from evidencelint.model import Token
from evidencelint.words import PhraseTable, stem, words

T = TypeVar("T")

NOUNS = frozenset({"NOUN", "PROPN"})
LONGEST = 6
_FIGURE = re.compile(r"[\d%€£$]")
_SUBJECTS = frozenset({"nsubj", "nsubjpass"})
_STUDIED = frozenset({"in", "with", "for", "among"})
_LEVELS = frozenset({"of", "on", "for", "in"})
_ASSIGNED = frozenset(stem(word) for word in ("assign", "allocate", "randomise", "randomize"))
_BEING = frozenset(
    (
        *("is", "are", "was", "were", "be", "been", "remained", "remains", "stayed", "stays", "averaged", "averages"),
        *("reached", "ranged", "ranges", "totalled", "stood", "numbered", "exceeded"),
    )
)
_DONE = frozenset({"with", "without", "under", "after"})
_COMPANIONS = frozenset({"with", "in", "among", "for", "of", "on"})


def leads_to(tokens: Sequence[Token], index: int, head: int) -> bool:
    """Tell whether a word hangs on another one, with a few words between at most."""
    for _ in range(LONGEST):
        if tokens[index].head == head:
            return True
        if tokens[index].head == index:
            return False
        index = tokens[index].head
    return False


def parts_of(tokens: Sequence[Token], index: int, known: Nouns) -> Iterator[str]:
    """Yield the parts a noun plays: what it is subject, object or companion of."""
    token = tokens[first_conjunct(tokens, index)]
    if token.dep in _SUBJECTS:
        yield from _as_subject(tokens, token, known)
    elif token.dep == "attr":
        yield "predicate"
    elif token.dep in {"dobj", "obj"}:
        yield from _as_object(tokens, token, known)
    elif token.dep == "pobj":
        yield from _as_companion(tokens, tokens[token.head], known)


def written_parts(tokens: Sequence[Token], start: int, head: int, known: Nouns) -> Iterator[str]:
    """Yield what the words just before a phrase say of it, however they were parsed.

    "An effect on vocabulary" and "higher than after bare fallow" are often parsed as parts of something else.
    """
    if head + 1 < len(tokens) and (tokens[head + 1].pos in NOUNS or tokens[head + 1].tag == "VBG"):
        return  # "an effect on word reading" is none on words
    if start > 1 and tokens[start - 1].tag == "VBG":
        start -= 1  # "an effect on reading comprehension"
    before = [token.text.lower() for token in tokens[max(0, start - 2) : start]]
    match before:
        case [change, "in" | "on"] if stem(change) in _changes():
            yield "changing"
        case [rival, done] if done in _DONE and stem(rival) in known.lists["comparing"]:
            yield "beside-done"
        case [studies, verb] if known.has("studies", studies) and known.has("studying", verb):
            yield "reported"
        case _:
            pass


def _as_subject(tokens: Sequence[Token], token: Token, known: Nouns) -> Iterator[str]:
    verb = tokens[token.head].text
    if is_cue(change_cues(), verb) and not _has_object(tokens, token.head):
        yield "changing"
    elif is_cue(relation_cues(), verb):
        yield "acting" if token.dep == "nsubj" else "affected"
    elif _tells_figure(tokens, token.head) or _compared(tokens, token.head):
        yield "measured"
    if token.dep == "nsubjpass" and known.has("giving", verb):
        yield "given"
    if _reported(tokens, token, known):
        yield "reported"


def _as_object(tokens: Sequence[Token], token: Token, known: Nouns) -> Iterator[str]:
    verb = tokens[token.head].text
    if is_cue(relation_cues(), verb) or is_cue(change_cues(), verb):
        yield "affected"
    if known.has("telling", verb) and _share_subject(tokens, token.head):
        yield "measured"
    if known.has("studying", verb) and _studies_subject(tokens, token.head, known):
        yield "reported"
    if known.has("giving", verb):
        yield "given"


def _reported(tokens: Sequence[Token], token: Token, known: Nouns) -> bool:
    """Tell whether a share of people has it: "dizziness was reported by 9%", "strokes occurred in 61 patients"."""
    verb = tokens[token.head]
    if token.dep == "nsubjpass" and known.has("telling", verb.text):
        leading = {"by", "in", "among"}
    elif token.dep == "nsubj" and known.has("occurring", verb.text):
        leading = {"in", "among"}
    else:
        return False
    return any(
        prep.head == token.head and prep.text.lower() in leading and index > token.head and _counts(tokens, index)
        for index, prep in enumerate(tokens)
    )


def _counts(tokens: Sequence[Token], preposition: int) -> bool:
    """Tell whether a preposition leads to a figure: "by 9.4% of patients"."""
    return any(t.pos == "NUM" or _FIGURE.match(t.text) for t in tokens[preposition + 1 : preposition + 4])


def _studies_subject(tokens: Sequence[Token], verb: int, known: Nouns) -> bool:
    """Tell whether studies, or some of them, are what a verb has as its subject: "none of the trials measured"."""
    subject = next((i for i, t in enumerate(tokens) if t.head == verb and t.dep in _SUBJECTS), None)
    if subject is None:
        return False
    whole = [t for i, t in enumerate(tokens) if i == subject or (i > subject and i < verb)]
    return any(known.has("studies", t.text) for t in whole)


def _as_companion(tokens: Sequence[Token], governor: Token, known: Nouns) -> Iterator[str]:
    preposition, above = governor.text.lower(), tokens[governor.head]
    if preposition == "as":
        yield "predicate"
    if preposition in {"in", "on"} and above.pos == "NOUN" and stem(above.text) in _changes():
        yield "changing"
    if (preposition in {"with", "by"} and known.has("giving", above.text)) or (
        preposition == "of" and known.has("given_of", above.text)
    ):
        yield "given"
    if preposition in _LEVELS and above.pos == "NOUN" and known.has("levels", above.text):
        yield "measured"
    if preposition == "to" and stem(above.text) in _ASSIGNED:
        yield "given"
    if preposition == "among" or (preposition in _COMPANIONS and known.has("people", above.text)):
        yield "of-people"
    if preposition in _STUDIED and known.has("studies", above.text):
        yield "of-study"


@cache
def _changes() -> frozenset[str]:
    return frozenset(
        stem(word)
        for word in (
            *("difference", "change", "improvement", "gain", "effect", "impact", "increase", "decrease", "reduction"),
            *("rise", "fall", "decline", "drop", "growth", "saving", "loss"),
        )
    )


def first_conjunct(tokens: Sequence[Token], index: int) -> int:
    """Give the first noun of the list that a noun is one of, which stands for them all."""
    for _ in range(len(tokens)):
        if tokens[index].dep != "conj" or tokens[tokens[index].head].pos not in NOUNS:
            return index
        index = tokens[index].head
    return index


def is_cue(table: PhraseTable[T], word: str) -> bool:
    """Tell whether a word is in a list of cues."""
    return next(iter(table.find(words(word))), None) is not None


def _has_object(tokens: Sequence[Token], verb: int) -> bool:
    return any(
        token.head == verb and token.dep in {"dobj", "obj"} and not _FIGURE.match(token.text) for token in tokens
    )


def _compared(tokens: Sequence[Token], verb: int) -> bool:
    """Tell whether a verb such as "are" is followed by a comparative: "are smaller"."""
    return any(token.head == verb and token.dep == "acomp" and token.tag == "JJR" for token in tokens)


def _tells_figure(tokens: Sequence[Token], verb: int) -> bool:
    """Tell whether a verb such as "was" is followed by a figure of its own."""
    if tokens[verb].text.lower() not in _BEING:
        return False
    return any(
        token.pos == "NUM" and verb < index <= verb + LONGEST * 2 and leads_to(tokens, index, verb)
        for index, token in enumerate(tokens)
    )


def _share_subject(tokens: Sequence[Token], verb: int) -> bool:
    """Tell whether a verb has a share of people as its subject, or shares it with one that has."""
    for index, token in enumerate(tokens):
        if token.head == verb and token.dep in _SUBJECTS:
            return any(t.pos == "NUM" or t.text == "%" for t in tokens[max(0, index - 3) : index + 4])
    return False
