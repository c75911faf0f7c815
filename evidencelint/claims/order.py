"""What the order of words says of how far a negation reaches: contrasts, fresh starts, and phrases put first."""

from __future__ import annotations

from itertools import pairwise

from evidencelint.claims.tree import Tree

_PHRASE = frozenset({"NOUN", "ADJ", "ADP", "DET", "PROPN", "NUM"})
_HELPERS = frozenset({"did", "does", "do", "has", "have", "had", "was", "were", "could", "would"})
_LONGEST = 7
_OPENING = 2
_STOPS = frozenset({";", ":", "—", "–"})
_ANEW = frozenset({"but", "and", "yet", "so"})
_BESIDE = frozenset({"while", "whereas", "although", "though"})
CONCEDING = frozenset({"though", "although", "albeit", "if"})


def set_against(tree: Tree, anchor: int) -> bool:
    """Tell whether "not" sets one thing against another: "sugar, not fat, raises it", "cut sales, not profits"."""
    after = tree.tokens[anchor + 1] if anchor + 1 < len(tree.tokens) else None
    if after is None or anchor == 0 or tree.tokens[anchor - 1].text.lower() not in {",", "—", "–", *CONCEDING}:
        return False
    return after.pos in {"NOUN", "PROPN", "DET", "ADJ", "PRON", "NUM"} or after.text.lower() in {
        "by",
        "from",
        "in",
        "of",
    }


def begins_anew(tree: Tree, target: int, anchor: int) -> bool:
    """Tell whether a comma and a conjunction part a negation from what stands before them ("fell, and no one ...")."""
    between = tree.tokens[target + 1 : anchor + 1]
    return any(a.text == "," and b.text.lower() in {"and", "but", "yet", "so", "while"} for a, b in pairwise(between))


def put_first(tree: Tree, noun: int) -> bool:
    """Tell whether a negated phrase opens its clause, which turns the clause round ("at no dose did it affect ...")."""
    prep = tree.tokens[noun].head
    home = tree.predicate(noun)
    upper = tree.tokens[prep].head
    beside = upper == home or (tree.tokens[upper].dep == "aux" and tree.tokens[upper].head == home)
    if tree.tokens[noun].dep != "pobj" or not beside or prep > home:
        return False
    subject = next(tree.kids(home, "nsubj", "nsubjpass", "csubj"), None)
    helper = next(tree.kids(home, "aux", "auxpass"), home)
    return subject is not None and noun < helper < subject


def by_order(tree: Tree, first: int, last: int, target: int) -> bool | None:
    """Tell whether the order of words says that a negation reaches a verb, or not; None where it does not say."""
    if turned_round(tree, last, target) or _not_it(tree, last, target):
        return True
    return False if parted(tree, first, last, target) else None


def _not_it(tree: Tree, last: int, target: int) -> bool:
    """Tell whether a verb is what "it was not X that ..." says of something else, however X was parsed."""
    opening = [token.text.lower() for token in tree.tokens[:last]]
    after = tree.tokens[last + 1] if last + 1 < len(tree.tokens) else None
    if opening not in (["it", "was"], ["it", "is"]) or after is None:
        return False
    thing = after.pos in {"DET", "NOUN", "PROPN"} or after.tag == "VBG"
    that = next((i for i in range(last + 1, target) if tree.tokens[i].text.lower() == "that"), None)
    ends = {",", ";", ":"}
    return thing and that is not None and not any(token.text in ends for token in tree.tokens[that:target])


def turned_round(tree: Tree, last: int, target: int) -> bool:
    """Tell whether a negated phrase that opens the sentence is followed by "did" and what it denies, in one clause.

    ``last`` is the last word of the cue. The order of words says it however the rest was parsed ("in neither trial did
    mulch reduce attacks").
    """
    helper = last + 1
    while helper < len(tree.tokens) and tree.tokens[helper].pos in _PHRASE:
        helper += 1
    if helper >= target or helper - last > _LONGEST or tree.tokens[helper].text.lower() not in _HELPERS:
        return False
    opens = tree.tokens[0].pos == "ADP" and last <= _OPENING and helper > last + 1
    ends = {",", ";", ":", "that", "which", "who"}
    return opens and not any(token.text.lower() in ends for token in tree.tokens[helper + 1 : target])


def parted(tree: Tree, first: int, last: int, target: int) -> bool:
    """Tell whether marks and conjunctions part a negation from a verb, however the parser joined their clauses.

    ``first`` and ``last`` are the ends of the cue: "prices did not fall; the tax cut debt", "helped no one, while the
    tax cut debt", "the tax, which had never been tried, cut debt", "cut debt (no other change was made)".
    """
    if last < target:
        return _between_clauses(tree, last, target) or _in_relative(tree, first, target)
    between = tree.tokens[target + 1 : first]
    if any(token.text in _STOPS or token.text == "(" for token in between):
        return True
    aside = first > 0 and tree.tokens[first - 1].text == "," and tree.tokens[first].text.lower() == "none"
    helped = any(a.pos == "CCONJ" and b.text.lower() in _HELPERS for a, b in pairwise(between))
    return aside or helped


def _between_clauses(tree: Tree, last: int, target: int) -> bool:
    """Tell whether a new clause begins between a cue and a verb after it."""
    subject = next(tree.kids(target, "nsubj", "nsubjpass", "csubj"), None)
    for place in range(last + 1, target):
        text = tree.tokens[place].text.lower()
        if text in _STOPS:
            return True
        if tree.tokens[place - 1].text == ",":
            anew = text in _ANEW and subject is not None and place < subject
            if text in _BESIDE or anew:
                return True
    return False


def _in_relative(tree: Tree, first: int, target: int) -> bool:
    """Tell whether a cue stands in a clause with "which" between commas that ends before a verb."""
    opened = next(
        (i for i in range(first - 1, 0, -1) if tree.tokens[i].text.lower() in {"which", "who", "whose"}), None
    )
    if opened is None or tree.tokens[opened - 1].text != ",":
        return False
    return any(token.text == "," for token in tree.tokens[first:target])
