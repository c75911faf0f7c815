"""What one construction states, and the small questions that all constructions ask of the parse."""

from __future__ import annotations

from dataclasses import dataclass

from evidencelint.claims.tree import Tree
from evidencelint.lexicon import causal_words, word_set
from evidencelint.model import Direction, Span, Strength
from evidencelint.words import words

COMPARED = 3


@dataclass(frozen=True, slots=True)
class Candidate:
    """A relation as one construction states it; spans are offsets into the sentence.

    ``anchor`` is the token whose cues (hedges, negations) bear on it; ``denied`` says that the words themselves
    deny the relation ("unrelated"); of candidates in one place the one with the lower ``rank`` is believed.
    """

    cue: Span
    anchor: int
    strength: Strength
    direction: Direction
    cause: Span | None
    effect: Span | None
    denied: bool = False
    rank: int = 1
    sign: Direction = "unknown"


def is_evidence(tree: Tree, index: int | None) -> bool:
    """Tell whether a noun is a piece of evidence or one who gathers it ("these results support ...")."""
    if index is None:
        return False
    if tree.tokens[index].text.lower() == "they" and tree.tokens[tree.predicate(index)].dep in {
        "ROOT",
        "conj",
        "advcl",
    }:
        meant = next((i for i in range(index) if tree.tokens[i].dep in {"nsubj", "nsubjpass"}), None)
        if meant is not None and tree.tokens[meant].tag == "NNS":
            index = meant  # "the stents did not lengthen life, but they cut ..."
    if tree.tokens[index].text.lower() in word_set("practices") and _of_practice(tree, index):
        return False
    sequence = words(tree.tokens[index].text)
    return any(next(iter(causal_words(name).find(sequence)), None) is not None for name in ("evidence", "actors"))


def _of_practice(tree: Tree, index: int) -> bool:
    """Tell whether a noun before it says that a review or plan is something done ("code review"), not evidence."""
    before = [tree.tokens[i].text.lower() for i in tree.kids(index, "compound")]
    return bool(before) and not any(word in word_set("of_evidence") for word in before)


def span_of(tree: Tree, index: int | None, without: frozenset[str] = frozenset()) -> Span | None:
    """Give the stretch of a token and what hangs on it."""
    if index is None:
        return None
    return tree.span(tree.subtree(index, without | frozenset({"punct"})))


def object_of(tree: Tree, index: int, prepositions: tuple[str, ...]) -> int | None:
    """Give what stands after one of some prepositions on a word."""
    for child in tree.kids(index, "prep"):
        if tree.tokens[child].text.lower() in prepositions:
            return next(tree.kids(child, "pobj", "pcomp"), None)
    return None


def brought(way: Direction) -> Direction:
    """Give the direction of what something brings about: there is more of it, unless it is said to be less."""
    return "increase" if way == "unknown" else way


def _ended(tree: Tree, attempt: int) -> bool:
    """Tell whether a sentence says how an attempt ended ("attempts to slow it failed")."""
    return tree.tokens[attempt].dep == "nsubj" and tree.tokens[tree.tokens[attempt].head].text.lower() in word_set(
        "ending"
    )


def for_a_purpose(tree: Tree, verb: int) -> bool:
    """Tell whether a verb stands with "to" for what something is meant to do ("a plan to reduce")."""
    token = tree.tokens[verb]
    if token.dep in {"acl", "relcl"} and tree.infinitive(verb):
        if tree.tokens[token.head].text.lower() in word_set("attempts"):
            return not _ended(tree, token.head)
        return tree.tokens[token.head].text.lower() not in word_set("power")
    if token.dep != "advcl" or not tree.infinitive(verb):
        return False
    above = (token.head, *tree.kids(token.head, "acomp", "advmod"))
    return not any(tree.marked(index, "too") for index in above)  # "too weak for it to lower the cost"
