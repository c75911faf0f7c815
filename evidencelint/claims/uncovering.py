"""A verb of change that was taken for a part of the noun phrases beside it: "exercise training improved distance"."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from evidencelint.claims.participles import NOUNS, changes, kids, take_pairing
from evidencelint.lexicon import word_set
from evidencelint.model import Token

_MISTAKEN = frozenset({"amod", "compound", "dobj", "nmod", "npadvmod", "pobj", "appos", "nsubj", "acl", "ROOT", "conj"})
_AS_CLAUSE = {"conj": "conj", "advcl": "advcl", "nsubj": "dep", "nsubjpass": "dep"}
_ACTING = frozenset({"ccomp", "advcl", "conj", "csubj", "acl"})
_ASIDES = frozenset({"WDT", "WP", "WP$", "VBN", "VBG"})
_TAGS = frozenset({"VBN", "VBD", "VBZ", "NNS", "NNP", "JJ", "NN", "VBP", "NNPS"})


def hidden_verb(index: int, work: Sequence[Token]) -> bool:  # noqa: PLR0911 - one sign after the other
    """Tell whether a word of change between two noun phrases was taken for a part of one of them."""
    token = work[index]
    if token.tag not in _TAGS or token.dep not in _MISTAKEN or not _verbal(index, work):
        return False
    labels = {work[child].dep for child in kids(index, work)}
    if labels & {"nsubjpass", "auxpass", "aux", "csubj"} or (
        "nsubj" in labels and token.dep not in {"amod", "compound"}
    ):
        return False
    before, after = _before(index, work), work[index + 1]
    noun = work[before].pos in NOUNS or (work[before].tag == "VBG" and before < 2)  # noqa: PLR2004 - opens the sentence
    if not noun or work[before].text.endswith(("'s", "’s")):
        return False
    opens = after.pos in {*NOUNS, "ADJ", "DET", "PRON", "NUM"} or after.tag in {"VBG", "VBN", "PRP$"}
    if not opens or not changes(token.text):
        return False
    if token.pos in NOUNS and (after.pos == "DET" or token.dep == "compound"):
        return not _finite(work) or token.dep in {"compound", "ROOT", "dobj"}
    if not token.text.endswith(("ed", "s", "en")) and _finite(work):
        return False
    return token.pos not in NOUNS and (
        token.dep in {"amod", "dobj", "pobj", "nmod", "npadvmod", "appos"} or not _finite(work)
    )


def _verbal(index: int, work: Sequence[Token]) -> bool:
    """Tell whether a word looks like a verb in the present or past; "cut" does where its object ends the clause."""
    text = work[index].text
    if text.lower() not in word_set("unmarked"):
        plural = work[index - 1].tag == "NNS" and text.islower() and work[index].pos not in NOUNS
        return text.endswith(("ed", "s", "en")) or plural  # "statins prolong life"
    thing = work[index].head
    after = work[thing + 1] if thing > index and thing + 1 < len(work) else None
    return after is not None and (after.pos in {"PUNCT", "ADP"} or after.text.lower() == "by")


def _before(index: int, work: Sequence[Token]) -> int:
    place = index - 1
    while place > 0 and (work[place].pos == "ADV" or work[place].text.lower() in {"not", "neither", "both"}):
        place -= 1
    if place > 1 and work[place].text == ",":
        opening = next((i for i in range(place - 1, 0, -1) if work[i].text == ","), None)
        if opening is not None and work[opening + 1].tag in _ASIDES:
            return opening - 1  # "the law, which may be extended, reduced accidents"
    return place


def _finite(work: Sequence[Token]) -> bool:
    return any(token.tag in {"VBZ", "VBP", "MD"} or (token.tag == "VBD" and token.dep == "ROOT") for token in work)


def uncover(index: int, work: list[Token]) -> None:
    """Make a hidden verb the head of its clause, with the noun before it as subject and the one after as object."""
    before = _before(index, work)
    thing = work[index].head if work[index].head > index else None
    gerund = _gerund_before(before, work)
    top = thing if thing is not None else index
    upper, label = work[top].head, work[top].dep
    subject = gerund if gerund is not None else _past_prepositions(_highest(before, index, thing, work), work)
    if upper in {top, subject} or _under(upper, subject, work) or upper in _span_of(subject, before):
        upper, label = work[subject].head, work[subject].dep
    if upper in {subject, index, top} or (thing is not None and upper == thing):
        upper, label = index, "ROOT"
    for child in kids(subject, work):
        if child > index and child != thing:
            work[child] = replace(work[child], head=index)
    if thing is not None:
        for child in kids(thing, work):
            if child < index and child != subject:
                work[child] = replace(work[child], head=subject)
    root = upper == index or label == "ROOT"
    clause = "ROOT" if root else _AS_CLAUSE.get(label, "ccomp")
    work[index] = replace(work[index], pos="VERB", tag="VBD", dep=clause, head=index if root else upper)
    work[subject] = replace(work[subject], dep="csubj" if gerund is not None else "nsubj", head=index)
    if thing is not None:
        work[thing] = replace(work[thing], dep="dobj", head=index)
        _free_clauses(index, thing, work)
    elif index + 1 < len(work):
        _adopt_object(index, work)
    take_pairing(before, index, work)


def _past_prepositions(noun: int, work: list[Token]) -> int:
    """Climb from a noun to the one that it describes with a preposition ("the merger of the two hospitals")."""
    while True:
        first = noun
        while first > 0 and work[first - 1].pos in {"DET", "ADJ", "NUM", *NOUNS}:
            first -= 1
        former = first - 2
        if former < 0 or work[first - 1].text.lower() != "of" or work[former].pos not in NOUNS:
            return noun
        work[noun] = replace(work[noun], head=first - 1, dep="pobj")
        for place in range(first, noun):
            if work[place].head > noun:
                work[place] = replace(work[place], head=noun)
        noun = former


def _free_clauses(index: int, thing: int, work: list[Token]) -> None:
    """Join the clauses that were joined to an object to its verb: "reduced smoking, but it did not ..."."""
    joined = [i for i in kids(thing, work) if work[i].dep == "conj" and work[i].pos in {"VERB", "AUX"}]
    for child in kids(thing, work) if joined else ():
        if child in joined or work[child].dep in {"cc", "punct"}:
            work[child] = replace(work[child], head=index)


def _span_of(subject: int, before: int) -> range:
    return range(min(subject, before), max(subject, before) + 1)


def _under(index: int, top: int, work: Sequence[Token]) -> bool:
    for _ in work:
        if index == top:
            return True
        if work[index].head == index:
            return False
        index = work[index].head
    return False


def _highest(before: int, verb: int, thing: int | None, work: Sequence[Token]) -> int:
    """Climb from the noun before a hidden verb to the head of its phrase, without passing the verb."""
    index = before
    for _ in work:
        head = work[index].head
        if head in {index, verb} or head > verb or head == thing or work[index].dep in {"dobj", "nsubj"}:
            return index
        if work[head].pos not in {*NOUNS, "ADP", "PRON"}:
            return index
        index = head
    return index


def _gerund_before(before: int, work: Sequence[Token]) -> int | None:
    """Find the gerund that opens the sentence and whose object stands before the hidden verb."""
    first = next((i for i, t in enumerate(work[:before]) if t.pos not in {"ADV", "PUNCT"}), None)
    if first is not None and work[first].tag == "VBG" and work[first].head == first:
        return first
    for index in range(before - 1, 0, -1):  # "although skipping breakfast lowered marks"
        if work[index].tag == "VBG" and work[index].dep in _ACTING:
            opened = work[index - 1].pos == "SCONJ" or work[index - 1].text.lower() in {"that", "and", "but"}
            return index if opened and work[before].head in range(index, before + 1) else None
        if work[index].pos in {"PUNCT", "VERB", "AUX"}:
            break
    return None


def _adopt_object(index: int, work: list[Token]) -> None:
    for child in range(index + 1, len(work)):
        if (
            work[child].pos in NOUNS
            and (work[child].head <= index or work[child].head == index)
            and work[child].dep != "compound"
        ):
            work[child] = replace(work[child], dep="dobj", head=index)
            return
