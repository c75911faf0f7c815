"""Verbs that act on an object or bring it about: "raises X", "was lowered by Y", "led to fewer", "makes Z faster"."""

from __future__ import annotations

import re
from collections.abc import Iterator

from evidencelint.claims.candidates import Candidate, brought, for_a_purpose, is_evidence, object_of, span_of
from evidencelint.claims.directions import motion, moves, noun_way, own_way, particle_way, phrase_way, valued
from evidencelint.claims.tree import Tree
from evidencelint.lexicon import RelationCue, word_set
from evidencelint.model import Direction, Span
from evidencelint.words import Hit

_ADJACENT = 2
_JUST_AS = re.compile(
    r"\b(?:just|exactly|equally|every bit|about) as (?:much|well|far|often|fast|effectively) as\b", re.IGNORECASE
)
_NEXT_TO_NOTHING = frozenset({"little", "nothing"})


def read_verb(hit: Hit[RelationCue], anchor: int, tree: Tree, text: str) -> Candidate | None:  # noqa: C901, PLR0911
    """Read a verb with what it acts on, in the active, the passive or as part of a compound."""
    token = tree.tokens[anchor]
    if token.dep == "amod" and anchor > 1 and tree.tokens[anchor - 1].text == "-":
        return _compound(hit, anchor, tree)
    misread = (
        token.tag in {"NNS", "NN"} and token.dep == "ROOT" and not any(t.pos in {"VERB", "AUX"} for t in tree.tokens)
    )
    misread = misread or (hit.last > hit.first and token.pos == "NOUN" and token.text.endswith("s"))
    if misread:  # "X lowers Y" in which the tagger saw no verb
        return _around(hit, anchor, text)
    if token.pos != "VERB" or token.dep in {"amod", "compound", "prep"}:
        return None
    if for_a_purpose(tree, anchor):
        return None
    if tree.passive(anchor):
        return _passive(hit, anchor, tree)
    subject = tree.subject(anchor)
    if subject is None or is_evidence(tree, subject):
        return None
    named = _object(hit, anchor, tree)
    if named is None or (named < anchor and tree.tokens[named].dep in {"ccomp", "xcomp"}):
        return None
    light = token.text.lower() in word_set("light") and hit.last == hit.first
    if light and not _moved_by(tree, anchor, named, text):
        return None
    if tree.tokens[named].text.lower() in _NEXT_TO_NOTHING:  # "contributed little to recovery"
        effect = object_of(tree, anchor, ("to", "for", "towards")) or object_of(tree, named, ("to", "for", "towards"))
        return Candidate(
            hit.span, anchor, "causal", "increase", span_of(tree, subject), span_of(tree, effect), denied=True
        )
    way = _verb_way(hit, anchor, named, tree, text)
    if _JUST_AS.search(text, hit.span.end):
        way = "no_difference"  # "lowered it just as much as the brand did"
    told = _reach_of(tree, anchor, named)
    if told is not None and hit.value.form == "outcome" and text[told.start : told.end].endswith((" up", " down")):
        way = "increase" if text[told.start : told.end].endswith(" up") else "decrease"  # "drove the risk of falls up"
    way_shown = way if hit.value.form == "verb" else brought(way)
    if told is not None:
        own = span_of(tree, named)
        thing = text[own.start : own.end] if own is not None else ""
        said = token.text if hit.value.form == "verb" else text[tree.tokens[anchor].span.end : told.end]
        judged = next((word for word in said.split() if word.strip(".,").lower() in {"better", "worse"}), said)
        way_shown = valued(way_shown, judged, thing)
    return Candidate(hit.span, anchor, "causal", way_shown, span_of(tree, subject), told, sign=way)


def _around(hit: Hit[RelationCue], anchor: int, text: str) -> Candidate:
    before, after = Span(0, hit.span.start), Span(hit.span.end, len(text))
    return Candidate(hit.span, anchor, "causal", brought(hit.value.direction), before, after, rank=4)


def _reach_of(tree: Tree, verb: int, named: int) -> Span | None:
    """Give the object of a verb and what the clause says of it after that: where, in whom, when."""
    own = span_of(tree, named)
    if own is None or named < verb:
        return own
    after = [
        i
        for child in tree.kids(verb, "prep", "npadvmod", "advmod")
        if child > named
        for i in tree.subtree(child, frozenset({"relcl", "advcl"}))
    ]
    return Span(own.start, max(own.end, tree.span(after).end)) if after else own


def _compound(hit: Hit[RelationCue], anchor: int, tree: Tree) -> Candidate | None:
    """Read "cases of drug-induced fever" where a clause tells of the cases."""
    thing = tree.tokens[anchor].head
    home = tree.predicate(thing)
    if hit.value.form != "outcome" or tree.tokens[home].text.lower() not in word_set("naming"):
        return None
    return Candidate(
        hit.span, anchor, "causal", "increase", tree.tokens[anchor - 2].span, tree.tokens[thing].span, rank=4
    )


def _passive(hit: Hit[RelationCue], anchor: int, tree: Tree) -> Candidate | None:
    agent = next((i for i in tree.kids(anchor, "agent") if tree.tokens[i].text.lower() == "by"), None)
    bare = tree.tokens[anchor].dep == "acl" and tree.tokens[anchor].text.lower() in word_set("light")
    if agent is None or bare:  # "the protection given by the first"
        return None
    cause = next(tree.kids(agent, "pobj", "pcomp"), None)
    subject = tree.subject(anchor)
    if cause is None or is_evidence(tree, cause):
        return None
    way = hit.value.direction
    if hit.value.form == "outcome":
        way = "increase"
    sign = way if hit.value.form == "verb" else "unknown"
    told = span_of(tree, subject, frozenset({"acl", "relcl"}))
    return Candidate(hit.span, anchor, "causal", way, span_of(tree, cause), told, sign=sign)


def _object(hit: Hit[RelationCue], verb: int, tree: Tree) -> int | None:
    """Find what a verb acts on: its object or clause, or the object of the preposition that the cue ends in."""
    for index in tree.within(hit.span):
        if tree.tokens[index].dep in {"prep", "dative"} or tree.tokens[index].pos == "ADP":
            found = next(tree.kids(index, "pobj", "pcomp"), None)
            if found is not None:
                return found
    labels = ("dobj", "ccomp", "xcomp", "oprd", "attr") if hit.value.form == "outcome" else ("dobj",)
    found = next((i for i in tree.kids(verb, *labels) if i > verb), None)
    if found is None and hit.value.form == "verb":
        others = (i for i in tree.kids(verb, "ccomp", "dative", "xcomp", "acl") if i > verb)
        found = next((i for i in others if tree.tokens[i].dep == "ccomp" or tree.tokens[i].tag == "VBG"), None)
    if found is None:
        beside = next((i for i in tree.kids(verb, "npadvmod") if 0 < i - verb <= _ADJACENT), None)
        found = beside if beside is not None and tree.tokens[beside].pos == "NOUN" else None
    return _shared(tree, verb) if found is None else found


def _shared(tree: Tree, verb: int) -> int | None:
    """Find the object that a verb shares with the next: "did not raise, but cut, it", "cut rather than raised it"."""
    following = [token.text.lower() for token in tree.tokens[verb + 1 : verb + 3]]
    if following[:2] == [",", "but"]:
        second = next((i for i in tree.kids(verb, "conj") if tree.tokens[i].pos == "VERB"), None)
        return next(tree.kids(second, "dobj", "conj"), None) if second is not None else None
    if following[:2] in (["rather", "than"], ["instead", "of"]):
        return next((i for j in tree.kids(verb, "cc", "prep") for i in tree.kids(j, "pobj")), None)
    return next((i for i in tree.kids(verb, "conj") if _after_comma(tree, verb, i)), None)


def _after_comma(tree: Tree, verb: int, noun: int) -> bool:
    """Tell whether a noun behind the comma after a conjoined verb is its object ("did not raise, but cut, costs")."""
    second = tree.tokens[verb].dep == "conj" and tree.tokens[verb - 1].text.lower() == "but"
    return second and tree.tokens[verb + 1].text == "," and tree.tokens[noun].pos == "NOUN"


def _moved_by(tree: Tree, verb: int, named: int, text: str) -> bool:
    """Tell whether a light verb moves something: with a clause, a particle, or an object of another size."""
    if (
        any(True for _ in tree.kids(verb, "ccomp", "xcomp", "oprd"))
        or _parts(tree, verb, named)
        or particle_way(tree, verb) != "unknown"
    ):
        return True
    after = _after_verb(tree, verb, text)
    if tree.tokens[verb].text.lower() in word_set("open_object") and tree.tokens[named].dep == "dobj":
        return True
    return moves(after) or noun_way(tree.tokens[named].text) != "unknown"


def _parts(tree: Tree, verb: int, named: int) -> bool:
    """Tell whether a light verb takes its object away: "took the load off the server", "kept rabbits out of it"."""
    if tree.tokens[verb].text.lower() not in word_set("taking"):
        return False
    below = (*tree.kids(verb, "prt", "prep", "advmod"), *tree.kids(named, "prep", "advmod"))
    return any(i > named and tree.tokens[i].text.lower() in {"off", "out", "away", "from"} for i in below)


def _verb_way(hit: Hit[RelationCue], verb: int, named: int, tree: Tree, text: str) -> Direction:  # noqa: C901, PLR0911 - by turns
    particle = particle_way(tree, verb)
    if particle != "unknown":
        return particle
    if hit.value.form == "verb":
        return hit.value.direction
    if _parts(tree, verb, named):
        return "decrease"
    clauses = [named, *tree.kids(verb, "xcomp", "ccomp", "oprd")]
    for index in clauses:
        if tree.tokens[index].dep in {"xcomp", "ccomp", "oprd", "acomp", "pcomp"}:
            way = own_way(tree, index)
            if way != "unknown":
                return way
            inner = next(tree.kids(index, "dobj", "acomp", "advmod"), None)
            if inner is not None:
                way = phrase_way(tree, inner, text)
                if way != "unknown":
                    return way
    way = phrase_way(tree, named, text)
    if way == "unknown" and motion(_after_verb(tree, verb, text)) == "no_difference":
        return "no_difference"  # "produced results comparable to those of"
    if way == "unknown" and tree.tokens[verb].text.lower() in word_set("light"):
        after = _after_verb(tree, verb, text)
        way = motion(after)
    return way


def _after_verb(tree: Tree, verb: int, text: str) -> str:
    """Give what a verb governs after itself, without what is joined to it."""
    span = span_of(tree, verb, frozenset({"conj", "advcl", "relcl"}))
    return text[tree.tokens[verb].span.end : span.end] if span is not None else ""


def read_unlisted(tree: Tree) -> Iterator[Candidate]:
    """Yield what verbs that no list has say of an object: "closing the road emptied the shops", "it may empty them".

    A verb with an action for its subject, or one that a thing "may" do, nearly always tells of an effect; which way it
    points is not known, so it counts as bringing its object about.
    """
    for index, token in enumerate(tree.tokens):
        if (
            token.pos != "VERB"
            or token.text.lower() in word_set("stative")
            or not tree.is_predicate(index)
            or tree.passive(index)
        ):
            continue
        if token.dep not in {"ROOT", "ccomp", "conj"}:
            continue
        subject = next(tree.kids(index, "nsubj", "csubj"), None)
        named = next((i for i in tree.kids(index, "dobj") if i > index), None)
        if (
            subject is None
            or named is None
            or is_evidence(tree, subject)
            or tree.tokens[named].pos not in {"NOUN", "PROPN"}
        ):
            continue
        formed = any(tree.tokens[i].tag == "VBG" and i == 0 for i in tree.kids(subject, "amod", "compound"))
        action = formed or (tree.tokens[subject].dep == "csubj" and tree.tokens[subject].tag == "VBG")
        possible = any(tree.tokens[i].text.lower() in {"may", "might", "could"} for i in tree.kids(index, "aux"))
        if action or (possible and tree.tokens[subject].pos == "NOUN"):
            yield Candidate(
                token.span, index, "causal", "increase", span_of(tree, subject), _reach_of(tree, index, named), rank=4
            )
