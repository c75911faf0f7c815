"""Clauses hung wrongly: what "although" opens taken for what the sentence says, a subject taken for an aside.

What "although" or "because" opens is not under the negation and the hedges of the main clause, and a gerund that opens
a sentence is the subject of a verb that has no other ("adding a server, however, raised costs").
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from evidencelint.claims.participles import changes, kids
from evidencelint.model import Token

_SUBORDINATORS = frozenset({"although", "though", "because", "whereas", "while", "unless", "once"})
_FINITE = frozenset({"VBZ", "VBD", "VBP"})
_ASIDE = 6


def subordinate(index: int, work: Sequence[Token]) -> bool:
    """Tell whether a clause that "although" or its like opens was hung on its verb as a complement or on the word."""
    token = work[index]
    if token.dep not in {"ccomp", "conj", "pobj", "pcomp"} or token.pos not in {"VERB", "AUX"}:
        return False
    return _opener(index, work) is not None


def set_under(index: int, work: list[Token]) -> None:
    """Make a clause an adverbial one of the verb outside of it."""
    opener = _opener(index, work)
    if opener is None:
        return
    upper = work[index].head
    for _ in work:
        if upper not in {opener, index} and work[upper].pos in {"VERB", "AUX"}:
            break
        if work[upper].head == upper:
            break
        upper = work[upper].head
    work[opener] = replace(work[opener], dep="mark", head=index)
    work[index] = replace(work[index], dep="advcl", head=upper)


def _opener(index: int, work: Sequence[Token]) -> int | None:
    """Give the conjunction right before the subject of a verb."""
    subject = next((i for i in kids(index, work) if work[i].dep in {"nsubj", "nsubjpass", "csubj"} and i < index), None)
    if subject is None:
        return None
    first = subject
    while first > 0 and (work[first - 1].head == subject or work[first - 1].head in range(first, subject + 1)):
        if work[first - 1].text.lower() in _SUBORDINATORS:
            break
        first -= 1
    before = first - 1
    return before if before >= 0 and work[before].text.lower() in _SUBORDINATORS else None


def lost_subject(index: int, work: Sequence[Token]) -> bool:
    """Tell whether the noun before a verb of change was taken for anything but its subject ("longer leases cut it").

    Only a phrase that opens the sentence is, or one right after an opening aside.
    """
    token = work[index]
    if token.tag not in _FINITE or not changes(token.text) or token.dep not in {"ROOT", "ccomp", "conj"}:
        return False
    if any(work[i].dep in {"nsubj", "nsubjpass", "csubj", "expl"} for i in kids(index, work)):
        return False
    return _opening_noun(index, work) is not None


def take_subject(index: int, work: list[Token]) -> None:
    """Make the noun that opens the sentence the subject of the verb, and the verb its head."""
    noun = _opening_noun(index, work)
    if noun is None:
        return
    if work[index].head == noun:
        work[index] = replace(
            work[index], dep="ROOT" if work[noun].head == noun else work[noun].dep, head=work[noun].head
        )
        if work[noun].head == noun:
            work[index] = replace(work[index], head=index)
    tag = "NNS" if work[noun].text.endswith("s") else "NN"
    work[noun] = replace(work[noun], pos="NOUN", tag=tag, dep="nsubj", head=index)
    for child in kids(noun, work):
        if child > noun:
            work[child] = replace(work[child], head=index)


def asked_gerund(index: int, work: Sequence[Token]) -> bool:
    """Tell whether the gerund after "did" was taken for the verb ("in no trial did removing it lower the risk")."""
    token, first = work[index], work[work[index].head]
    if token.tag != "VB" or token.dep not in {"conj", "ccomp", "xcomp"} or first.tag != "VBG" or token.head > index:
        return False
    helped = any(work[i].text.lower() in {"did", "does", "do"} and work[i].dep == "aux" for i in kids(token.head, work))
    return helped and not any(work[i].dep in {"cc", "mark"} for i in (*kids(token.head, work), *kids(index, work)))


def answer_gerund(index: int, work: list[Token]) -> None:
    """Make the verb the head, the gerund its subject, and "did" its helper."""
    first = work[index].head
    upper, label = work[first].head, work[first].dep
    for child in kids(first, work):
        if work[child].dep != "dobj" and child != index:
            work[child] = replace(work[child], head=index)
    work[index] = replace(work[index], dep=label, head=index if upper == first else upper)
    work[first] = replace(work[first], dep="csubj", head=index)


def said_first(index: int, work: Sequence[Token]) -> bool:
    """Tell whether "that X causes Y", put first, was taken for the sentence ("that X causes Y is a myth")."""
    return work[index].pos == "AUX" and work[index].tag in _FINITE and _said(index, work) is not None


def set_first(index: int, work: list[Token]) -> None:
    """Make what is said to be so the subject of what is said of it."""
    verb = _said(index, work)
    if verb is None:
        return
    for child in kids(index, work):
        if verb < child < index and work[child].dep in {"nsubj", "nsubjpass"}:
            work[child] = replace(work[child], dep="dobj", head=verb)
    for child in kids(verb, work):
        if child > index:
            work[child] = replace(work[child], head=index)
    work[index] = replace(work[index], dep="ROOT", head=index)
    work[verb] = replace(work[verb], dep="csubj", head=index)
    work[0] = replace(work[0], dep="mark", tag="IN", head=verb)


def _said(index: int, work: Sequence[Token]) -> int | None:
    if work[0].text.lower() != "that" or work[index].dep not in {"ccomp", "dep", "ROOT", "conj", "advcl"}:
        return None
    verbs = [
        i for i in range(2, index - 1) if work[i].tag in _FINITE and work[i].pos == "VERB" and changes(work[i].text)
    ]
    before = [
        token for token in work[1:index] if token.text in {",", ";"} or token.text.lower() in {"and", "but", "so"}
    ]
    linked = verbs and (
        work[index].head in {verbs[0], index} and (work[verbs[0]].dep == "ROOT" or work[verbs[0]].head == index)
    )
    return verbs[0] if linked and not before and work[verbs[0]].dep != "csubj" else None


def _opening_noun(index: int, work: Sequence[Token]) -> int | None:
    """Give the word before a verb that opens the sentence with what stands before it, if it may be a noun."""
    place = index - 1
    while place > 0 and (work[place].pos == "ADV" or work[place].dep in {"neg", "preconj", "punct", "advmod"}):
        place -= 1
    token = work[place]
    bare = not any(
        work[i].dep not in {"amod", "compound", "advmod", "det", "nummod", "punct"}
        for i in kids(place, work)
        if i < place
    )
    written = (
        token.pos in {"NOUN", "PROPN"}
        or (token.tag == "VBZ" and token.pos == "VERB")
        or (place == 0 and token.tag == "JJ")
    )
    hung = token.head == index or (token.head == place and work[index].head == place)
    before = all(t.pos in {"ADJ", "ADV", "DET", "NUM", "NOUN", "PROPN"} for t in work[:place])
    misled = token.dep in {"npadvmod", "advcl", "dep", "ROOT", "nmod"}
    return place if written and hung and bare and before and misled and place < index else None


def gerund_opens(index: int, work: Sequence[Token]) -> bool:
    """Tell whether a gerund that opens the sentence was taken for an aside of a verb that has no subject."""
    token = work[index]
    if token.tag not in _FINITE or token.dep not in {"ROOT", "conj"}:
        return False
    if any(work[i].dep in {"nsubj", "nsubjpass", "csubj", "expl"} for i in kids(index, work)):
        return False
    return _opening(index, work) is not None


def as_clausal_subject(index: int, work: list[Token]) -> None:
    """Make the gerund the subject of the verb."""
    first = _opening(index, work)
    if first is not None:
        work[first] = replace(work[first], dep="csubj", head=index)


def _opening(index: int, work: Sequence[Token]) -> int | None:
    first = next((i for i in kids(index, work) if work[i].tag == "VBG" and work[i].dep == "advcl" and i <= 1), None)
    if first is None:
        return None
    commas = [i for i in range(first, index) if work[i].text == ","]
    apart = len(commas) == 1 or (commas and commas[-1] - commas[0] > _ASIDE)
    return None if apart else first
