"""Which way something went, read from the words round a verb or a noun."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import lru_cache

from evidencelint.claims.tree import Tree
from evidencelint.lexicon import motion_cues, relation_cues, word_set, word_stems
from evidencelint.model import Direction, Span
from evidencelint.words import Hit, stem, words

_GOOD = ("improv", "amelior", "better", "effective", "efficac", "benefi", "help", "useful", "good", "valuable", "work")
_BAD = ("worse", "deteriorat", "poorer")
_WHERE = re.compile(r"\s(?:in|among|for|during|after|at)\s")
_PARTICLES: dict[str, Direction] = {"up": "increase", "down": "decrease"}


@lru_cache(maxsize=4096)
def _motions(text: str) -> tuple[Hit[Direction], ...]:
    return tuple(motion_cues().find(words(text)))


def motion(text: str) -> Direction:
    """Give the way the first word of motion in a text points, or unknown; "less often" wins over what follows."""
    found = _motions(text)
    return found[0].value if found else "unknown"


def valued(way: Direction, word: str, thing: str) -> Direction:
    """Turn round the way of a word of good or bad where the thing it is said of is bad or good.

    What makes pain "better" lowers it, what makes performance "worse" lowers it; "worse pain" is more of it.
    """
    if word.lower().startswith(_GOOD) and _undesired(thing):
        return "decrease"
    if word.lower().startswith(_BAD) and _desired(thing):
        return "decrease"
    return way


def _undesired(thing: str) -> bool:
    found = [word.text.lower() for word in words(_WHERE.split(thing, maxsplit=1)[0])]  # not "in people with asthma"
    return bool(found) and any(
        stem(word) in word_stems("undesired") or word.endswith(tuple(word_set("undesired_endings"))) for word in found
    )


def _desired(thing: str) -> bool:
    return any(stem(word.text) in word_stems("desired") for word in words(thing))


def moves(text: str) -> bool:
    """Tell whether a text has a word of motion."""
    return bool(_motions(text))


def own_way(tree: Tree, index: int) -> Direction:
    """Give the way a single verb or adjective points, from the verbs of change, then from the words of motion."""
    text = tree.tokens[index].text
    particle = particle_way(tree, index)
    if particle != "unknown":
        return particle
    for hit in relation_cues().find(words(text)):
        if hit.value.form == "verb" and hit.value.direction != "unknown":
            return hit.value.direction
    return motion(text)


def particle_way(tree: Tree, index: int) -> Direction:
    """Give the way of "up" or "down" beside a verb ("drove prices up")."""
    for child in tree.kids(index, "prt", "advmod", "prep", "acomp"):
        way = _PARTICLES.get(tree.tokens[child].text.lower())
        if way is not None:
            return way
    return "unknown"


def phrase_way(tree: Tree, head: int, text: str) -> Direction:
    """Give the way a noun phrase names: that of its adjectives ("fewer errors"), else of its head ("a rise in")."""
    modifiers = [i for i in tree.kids(head, "amod", "nummod", "advmod", "quantmod", "det", "nmod") if i < head]
    whole = [i for i in modifiers if not (tree.tokens[i + 1].text in {"-", "‑"} and i + 1 < head)]  # "drop-out rates"
    before = _joined(tree, [j for i in whole for j in tree.subtree(i)], text)
    way = motion(before)
    if way != "unknown" or not any(tree.tokens[i].text.lower() in {"in", "of"} for i in tree.kids(head, "prep")):
        return way
    return noun_way(tree.tokens[head].text)


def noun_way(noun: str) -> Direction:
    """Give the way a noun of change names ("a rise"), or unknown."""
    for hit in relation_cues().find(words(noun)):
        if hit.value.form == "shift":
            return hit.value.direction
    return "unknown"


def _joined(tree: Tree, indices: Sequence[int], text: str) -> str:
    return " ".join(text[tree.tokens[i].span.start : tree.tokens[i].span.end] for i in sorted(set(indices)))


def predicate_way(tree: Tree, predicate: int, text: str) -> tuple[Direction, Span | None]:
    """Give the way a clause without a cause says something went, and the word that says so.

    Looked for in the complement ("was lower"), the object ("had fewer"), the adverbs ("less often readmitted"), and the
    verb itself ("fell"), in this order of surface; what is said in relative clauses and after "than" does not count.
    """
    skipped = {
        "relcl",
        "advcl",
        "acl",
        "nsubj",
        "nsubjpass",
        "csubj",
        "ccomp",
        "conj",
        "prep",
        "mark",
        "punct",
        "agent",
    }
    inside = set(tree.subtree(predicate, frozenset(skipped)))
    if tree.tokens[predicate].text.lower() in {"saw", "see", "sees", "seen"}:  # "saw inequality grow"
        inside |= {i for j in tree.kids(predicate, "ccomp") for i in tree.subtree(j, frozenset(skipped))}
    found: list[tuple[int, Direction, Span]] = []
    for hit in _motions(text):
        place = tree.within(hit.span)
        if place and place[0] in inside and not _mere_count(tree, place[0]):
            found.append((place[0], hit.value, hit.span))
    if not found:
        return "unknown", None
    _, way, span = found[0]
    return way, span


def _mere_count(tree: Tree, index: int) -> bool:
    """Tell whether "more" is part of "more than twelve", which counts and compares nothing."""
    after = tree.tokens[index + 1].text.lower() if index + 1 < len(tree.tokens) else ""
    following = tree.tokens[index + 2] if index + 2 < len(tree.tokens) else None
    number = following is not None and (
        following.pos == "NUM"
        or following.text.lower() in {"twice", "once", "half"}
        or following.tag in {"VBD", "VBN"}  # "more than halved"
    )
    return tree.tokens[index].text.lower() in {"more", "less", "fewer"} and after == "than" and number
