"""Changes and company that nouns state: "a reduction in X was seen after Y", "a link between X and Y"."""

from __future__ import annotations

from collections.abc import Iterator

from evidencelint.claims.candidates import Candidate, is_evidence, object_of, span_of
from evidencelint.claims.directions import phrase_way
from evidencelint.claims.tree import OBJECTS, Tree
from evidencelint.lexicon import RelationCue, word_set
from evidencelint.model import Direction
from evidencelint.words import Hit


def read_shift(hit: Hit[RelationCue], anchor: int, tree: Tree) -> Candidate | None:
    """Read "a reduction in X was seen after Y": a change that is said to be there, with what came before it."""
    token = tree.tokens[anchor]
    home = tree.predicate(anchor)
    if token.pos != "NOUN" or token.dep not in {"dobj", "nsubjpass", "nsubj", "attr", "conj"}:
        return None
    if tree.tokens[home].text.lower() not in word_set("seeing") | word_set("being"):
        return None
    effect = object_of(tree, anchor, ("in", "of"))
    weighing = tree.tokens[home].text.lower() in {"rule", "ruled", "exclude", "excluded"}
    cause = _after(tree, home) if (found := _after(tree, anchor)) is None else found
    if cause is None:
        cause = _group(tree, home)
    if cause is None and effect is not None:
        cause = _after(tree, effect, loose=weighing)  # "a fall in absence after ..."
    if cause is None and not weighing:
        return None
    return Candidate(
        hit.span, anchor, "causal", hit.value.direction, span_of(tree, cause), span_of(tree, effect), rank=2
    )


def _group(tree: Tree, home: int) -> int | None:
    """Give the group that was put under something, in which a change was seen or not ("in the vaccine group")."""
    for child in tree.kids(home, "prep"):
        named = next(tree.kids(child, "pobj"), None) if tree.tokens[child].text.lower() in {"in", "among"} else None
        if named is None or tree.tokens[named].text.lower() not in {"group", "groups", "arm", "arms"}:
            continue
        if any(tree.tokens[i].pos in {"NOUN", "PROPN"} for i in tree.kids(named, "compound")):
            return named
    return None


def _after(tree: Tree, index: int, *, loose: bool = True) -> int | None:
    """Give what a change is said to have come after or, with ``loose``, with."""
    for child in tree.kids(index, "prep", "advcl"):
        if tree.tokens[child].dep == "advcl":
            if tree.marked(child, "after", "once"):
                return child
        elif tree.tokens[child].text.lower() in (
            {"after", "following", "with", "under", "from"} if loose else {"after", "following"}
        ):
            return next(tree.kids(child, "pobj", "pcomp"), None)
    return None


def read_link(hit: Hit[RelationCue], anchor: int, tree: Tree, text: str) -> Candidate | None:
    """Read a word of correlation with what it links ("was inversely associated with X")."""
    token = tree.tokens[anchor]
    home = tree.predicate(anchor)
    if token.dep in {"amod", "compound"}:
        return None
    if (
        hit.first == hit.last
        and token.pos == "VERB"
        and not tree.passive(anchor)
        and is_evidence(tree, tree.subject(home))
    ):
        return None  # "critics predicted"
    effect = next((i for j in reversed(tree.within(hit.span)) for i in tree.kids(j, "pobj", "pcomp")), None)
    if effect is None:
        effect = next(_linked_to(tree, anchor), None)
    if effect is None and token.pos == "VERB":
        effect = next(tree.kids(anchor, *OBJECTS), None)
    if (
        effect is None
        and token.pos == "NOUN"
        and token.text.lower() in word_set("social")
        and not any(True for _ in _linked_to(tree, home))
    ):
        return None  # "better relationships"
    subject = tree.subject(home)
    if token.dep == "acl":
        subject = token.head
    way = hit.value.direction
    if way in {"increase", "unknown"}:
        way = _link_way(tree, anchor, effect, way, text)
    denied = hit.value.denies or (token.dep == "nsubj" and tree.tokens[home].text.lower() in word_set("vanishing"))
    if subject is not None and is_evidence(tree, subject):
        subject = object_of(tree, anchor, ("between", "of"))
    rank = 2 if token.dep == "acl" and hit.first == hit.last else 1
    return Candidate(
        hit.span, anchor, "correlational", way, span_of(tree, subject), span_of(tree, effect), denied=denied, rank=rank
    )


def _linked_to(tree: Tree, anchor: int) -> Iterator[int]:
    for child in tree.kids(anchor, "prep", "agent"):
        if tree.tokens[child].text.lower() in {"with", "to", "between", "for", "of", "on", "and"}:
            yield from tree.kids(child, "pobj", "pcomp")


def _link_way(tree: Tree, anchor: int, effect: int | None, way: Direction, text: str) -> Direction:
    beside = " ".join(tree.tokens[i].text for i in tree.kids(anchor, "advmod", "amod"))
    for sign, words_of in (("decrease", ("inverse", "negative")), ("increase", ("positive", "directly"))):
        if any(part in beside.lower() for part in words_of):
            return "decrease" if sign == "decrease" else "increase"
    if effect is not None:
        named = phrase_way(tree, effect, text)
        if named == "decrease":
            return "decrease"
        if named == "increase":
            return "increase"
        if tree.tokens[effect].dep == "pcomp":
            inner = next(tree.kids(effect, "dobj", "acomp"), None)
            if inner is not None and phrase_way(tree, inner, text) == "decrease":
                return "decrease"
    if tree.tokens[anchor].pos == "NOUN" and any(
        tree.tokens[i].text.lower() == "between" for i in tree.kids(anchor, "prep")
    ):
        return "unknown"
    return way
