"""The noun phrases of a parsed sentence, each with the part it plays there."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

from evidencelint.harvest.lexicon import Nouns, nouns
from evidencelint.harvest.parts import LONGEST, NOUNS, first_conjunct, is_cue, leads_to, parts_of, written_parts
from evidencelint.lexicon import change_cues, stop_stems
from evidencelint.model import Span, Token
from evidencelint.quantities import read_quantities
from evidencelint.words import stems

_INNER = frozenset({"compound", "amod", "nmod", "punct", "npadvmod", "advmod"})
_FIGURE = re.compile(r"[\d%€£$]")
_FARTHEST = 4
_HYPHENS = ("-", "–", "/")
_TELLING_ORDER = frozenset({"largest", "smallest"})
_ROMAN = frozenset({"i", "ii", "iii", "iv"})


@dataclass(frozen=True, slots=True)
class Phrase:
    """A noun phrase without article, number and words of change; ``parts`` are the parts it plays.

    ``link`` is the preposition that leads to it, with its place in the sentence.
    """

    text: str
    head: str
    key: tuple[str, ...]
    span: Span
    parts: frozenset[str]
    link: tuple[str, int] | None = None


def read_phrases(text: str, tokens: Sequence[Token]) -> Iterator[Phrase]:
    """Yield the noun phrases of a sentence in order."""
    known = nouns()
    for index, token in enumerate(tokens):
        if token.pos not in NOUNS or token.dep in {"compound", "nmod"} or not token.text[:1].isalpha():
            continue
        start = _start(tokens, index, known)
        if start is None:
            continue
        parts = frozenset((*parts_of(tokens, index, known), *written_parts(tokens, start, index, known)))
        end = _end(tokens, index, known)
        if start < index and known.has("groups", token.text):
            # who is in the group says what was given: the group itself is no concept
            group = _phrase(
                text, tokens, start, _without_hyphen(tokens, index - 1), index - 1, parts | {"given", "grouped"}
            )
            if group is not None:
                yield group
            continue
        for last in sorted({index, end}):
            phrase = _phrase(text, tokens, start, last, index, parts)
            if phrase is not None:
                yield phrase


def _phrase(
    text: str, tokens: Sequence[Token], start: int, last: int, head: int, parts: frozenset[str]
) -> Phrase | None:
    span = Span(tokens[start].span.start, tokens[last].span.end)
    written = " ".join(text[span.start : span.end].split())
    if start == 0 and written[1:2].islower():
        written = written[0].lower() + written[1:]
    key = stems(written)
    if (key and set(key) <= stop_stems()) or _no_name(tokens, start, head, written):
        return None
    if start > 0 and tokens[start - 1].pos == "NUM":
        parts |= {"counted"}
    if not key or len(key) > LONGEST or _FIGURE.search(written) is not None or len(written) < 3:  # noqa: PLR2004
        return None
    return Phrase(written, tokens[head].text, key, span, parts, _link(tokens, head))


def _no_name(tokens: Sequence[Token], start: int, head: int, written: str) -> bool:
    """Tell whether a phrase is a number in words, or a sentence that was parsed as a noun: "lowers pressure".

    A word in -ing that begins a sentence is what somebody does ("adding reviewers").
    """
    inner = tokens[start:head]
    verbal = any(token.tag not in {"VBN", "VBG", "JJ"} and is_cue(change_cues(), token.text) for token in inner)
    finite = any(token.tag in {"VBZ", "VBD", "VBP"} for token in inner)
    doing = start == 0 and bool(inner) and inner[0].tag == "VBG"
    # "a heat pump reduced emissions": a participle between two nouns
    done = any(
        token.tag in {"VBN", "VBD"} and before.pos in NOUNS and is_cue(change_cues(), token.text)
        for before, token in pairwise(inner)
    )
    # "lowers" of "telemonitoring lowers systolic pressure", where a parse takes it for a noun that nothing governs
    stray = start == head and tokens[head].dep in {"prep", "ROOT", "dep"} and is_cue(change_cues(), tokens[head].text)
    return verbal or finite or doing or done or stray or (start == head and bool(read_quantities(written)))


def _link(tokens: Sequence[Token], head: int) -> tuple[str, int] | None:
    token = tokens[first_conjunct(tokens, head)]
    governor = tokens[token.head]
    return (governor.text.lower(), governor.span.start) if token.dep == "pobj" else None


def _without_hyphen(tokens: Sequence[Token], last: int) -> int:
    return last - 1 if last > 0 and tokens[last].text in _HYPHENS else last


def _start(tokens: Sequence[Token], head: int, known: Nouns) -> int | None:
    """Walk left over the words that belong to the noun, then drop those that name nothing.

    None where a hyphen leads on to what is no part of it: "hydroxyvitamin" of "25-hydroxyvitamin" is no word.
    """
    start = head
    while start > 0:
        before = tokens[start - 1]
        if before.dep not in _INNER or not leads_to(tokens, start - 1, head):
            break
        if before.dep == "punct" and before.text not in _HYPHENS:
            break
        spelt = before.pos == "NUM" and before.text.isalpha() and tokens[start].text in _HYPHENS  # "two-way"
        if before.pos in {"NUM", "DET", "PRON"} and not spelt and before.text.lower() not in _ROMAN:
            break
        start -= 1
    if tokens[start].text in _HYPHENS or (start > 0 and tokens[start - 1].text in _HYPHENS and _touch(tokens, start)):
        return None
    while start < head and tokens[start + 1].text not in _HYPHENS and _names_nothing(tokens[start], known):
        start += 1
    return start


def _touch(tokens: Sequence[Token], index: int) -> bool:
    """Tell whether a word follows a hyphen that itself follows a word, without a space."""
    hyphen = tokens[index - 1].span
    joined = hyphen.end == tokens[index].span.start
    return joined and index > 1 and tokens[index - 2].span.end == hyphen.start


def _names_nothing(token: Token, known: Nouns) -> bool:
    compared = token.tag in {"JJR", "JJS", "RBR", "RBS"} and token.text.lower() not in _TELLING_ORDER
    return compared or token.text in _HYPHENS or token.pos in {"ADV", "NUM"} or known.has("leading", token.text)


def _end(tokens: Sequence[Token], head: int, known: Nouns) -> int:
    """Take in what a measure is of: "cost of installation", "demand for heat", "ability to feel emotions"."""
    following = head + 1
    if following >= len(tokens) or not known.has("measures", tokens[head].text):
        return head
    joint = tokens[following]
    if joint.text.lower() in {"of", "for"} and joint.head == head:
        ends = [i for i, t in enumerate(tokens) if t.head == following and t.dep == "pobj" and t.pos in NOUNS]
    elif joint.text.lower() == "to" and following + 1 < len(tokens) and tokens[following + 1].pos == "VERB":
        ends = [i for i, t in enumerate(tokens) if t.head == following + 1 and t.dep == "dobj" and t.pos in NOUNS]
    else:
        return head
    end = ends[0] if ends else head
    if any(token.pos in {"DET", "PRON"} and token.text.lower() != "the" for token in tokens[following:end]):
        return head
    return end if head < end <= head + _FARTHEST and not known.has("people", tokens[end].text) else head
