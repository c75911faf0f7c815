"""Put right two readings that a small parser gets wrong again and again in the language of findings.

Both are garden paths of English (Bever, 1970): "exercise training improved walking distance" read as one long noun phrase with
a participle in it, and "patients given the drug were ..." read as if the patients gave. A small statistical parser
falls for them where the verb is a word of change; the lexicon knows these verbs, so the tree is turned round.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from evidencelint.lexicon import relation_cues
from evidencelint.model import Token
from evidencelint.words import words

_NOUNS = frozenset({"NOUN", "PROPN"})
_MISTAKEN = frozenset({"amod", "compound", "dobj", "nmod", "npadvmod", "pobj", "appos", "nsubj", "acl", "ROOT", "conj"})
_AS_CLAUSE = {"conj": "conj", "advcl": "advcl", "nsubj": "dep", "nsubjpass": "dep"}
_TAGS = frozenset({"VBN", "VBD", "VBZ", "NNS", "NNP", "JJ", "NN", "VBP", "NNPS"})


def repaired(tokens: Sequence[Token]) -> tuple[Token, ...]:
    """Give the tokens of a sentence with the two mistakes put right; most sentences come back as they are."""
    work = list(tokens)
    for index in range(1, len(work) - 1):
        if work[index].pos != "VERB" and _with_auxiliary(index, work):
            work[index] = replace(work[index], pos="VERB", tag="VB")
        elif _hidden_verb(index, work):
            _uncover(index, work)
        elif _hidden_conjunct(index, work):
            _conjoin(index, work)
        elif _hidden_gerund(index, work):
            thing = work[index].head
            work[index] = replace(work[index], dep="pcomp", head=index - 1)
            work[thing] = replace(work[thing], dep="dobj", head=index)
    for index in range(1, len(work)):
        if _hidden_participle(index, work):
            _attach(index, work)
    return tuple(work)


def _kids(index: int, work: Sequence[Token]) -> list[int]:
    return [i for i, token in enumerate(work) if token.head == index and i != index]


def _hidden_verb(index: int, work: Sequence[Token]) -> bool:
    """Tell whether a word of change between two noun phrases was taken for a part of one of them."""
    token = work[index]
    if token.tag not in _TAGS or token.dep not in _MISTAKEN or not token.text.endswith(("ed", "s", "en")):
        return False
    labels = {work[child].dep for child in _kids(index, work)}
    if labels & {"nsubjpass", "auxpass", "aux", "csubj"} or (
        "nsubj" in labels and token.dep not in {"amod", "compound"}
    ):
        return False
    before, after = _before(index, work), work[index + 1]
    noun = work[before].pos in _NOUNS or (work[before].tag == "VBG" and before < 2)  # noqa: PLR2004 - opens the sentence
    if not noun or work[before].text.endswith(("'s", "’s")):
        return False
    opens = after.pos in {*_NOUNS, "ADJ", "DET", "PRON", "NUM"} or after.tag in {"VBG", "VBN", "PRP$"}
    if not opens or not _changes(token.text):
        return False
    if token.pos in _NOUNS and (after.pos == "DET" or token.dep == "compound"):
        return not _finite(work) or token.dep in {"compound", "ROOT", "dobj"}
    return token.pos not in _NOUNS and (
        token.dep in {"amod", "dobj", "pobj", "nmod", "npadvmod", "appos"} or not _finite(work)
    )


def _with_auxiliary(index: int, work: Sequence[Token]) -> bool:
    """Tell whether an adjective of change stands with "to" or "did", as only a verb can ("seems to lower")."""
    helped = any(
        (work[i].tag == "TO" and i == index - 1) or (work[i].dep == "aux" and i < index) for i in _kids(index, work)
    )
    return helped and work[index].pos == "ADJ" and _changes(work[index].text)


def _hidden_conjunct(index: int, work: Sequence[Token]) -> bool:
    """Tell whether "and reduced Y" after "improved X" was taken for a second object with a participle."""
    token, thing = work[index], work[index].head
    if token.dep != "amod" or thing <= index or work[index - 1].pos != "CCONJ" or not _changes(token.text):
        return False
    first = work[thing].head
    verb = work[first].head
    if (
        work[thing].dep != "conj"
        or work[first].dep != "dobj"
        or work[verb].pos != "VERB"
        or not _changes(work[verb].text)
    ):
        return False
    compared = any(work[child].tag == "JJR" for child in _kids(first, work))
    past = work[verb].tag in {"VBD", "VBN"} and token.text.endswith("ed")
    return past or (work[verb].tag == "VB" and token.tag == "JJR" and not compared)


def _conjoin(index: int, work: list[Token]) -> None:
    thing = work[index].head
    verb = work[work[thing].head].head
    work[index] = replace(work[index], pos="VERB", tag=work[verb].tag, dep="conj", head=verb)
    work[thing] = replace(work[thing], dep="dobj", head=index)


def _hidden_gerund(index: int, work: Sequence[Token]) -> bool:
    """Tell whether "of increasing risk" after "suspected" was taken for a risk that increases."""
    token, before = work[index], work[index - 1]
    if token.tag != "VBG" or token.dep != "amod" or before.text.lower() not in {"of", "in", "at", "by"}:
        return False
    governor = work[before.head]
    return (governor.pos == "ADJ" or governor.tag == "VBN") and token.head > index and _changes(token.text)


def _before(index: int, work: Sequence[Token]) -> int:
    place = index - 1
    while place > 0 and (work[place].pos == "ADV" or work[place].text.lower() == "not"):
        place -= 1
    return place


def _finite(work: Sequence[Token]) -> bool:
    return any(token.tag in {"VBZ", "VBP", "MD"} or (token.tag == "VBD" and token.dep == "ROOT") for token in work)


def _changes(text: str) -> bool:
    return any(hit.value.form in {"verb", "outcome"} for hit in relation_cues().find(words(text)))


def _uncover(index: int, work: list[Token]) -> None:
    """Make a hidden verb the head of its clause, with the noun before it as subject and the one after as object."""
    before = _before(index, work)
    thing = work[index].head if work[index].head > index else None
    gerund = _gerund_before(before, work)
    top = thing if thing is not None else index
    upper, label = work[top].head, work[top].dep
    subject = gerund if gerund is not None else _highest(before, index, thing, work)
    if upper == top or upper == subject or _under(upper, subject, work) or upper in _span_of(subject, before):
        upper, label = work[subject].head, work[subject].dep
    if upper in {subject, index, top} or (thing is not None and upper == thing):
        upper, label = index, "ROOT"
    for child in _kids(subject, work):
        if child > index and child != thing:
            work[child] = replace(work[child], head=index)
    if thing is not None:
        for child in _kids(thing, work):
            if child < index and child != subject:
                work[child] = replace(work[child], head=subject)
    root = upper == index or label == "ROOT"
    clause = "ROOT" if root else _AS_CLAUSE.get(label, "ccomp")
    work[index] = replace(work[index], pos="VERB", tag="VBD", dep=clause, head=index if root else upper)
    work[subject] = replace(work[subject], dep="csubj" if gerund is not None else "nsubj", head=index)
    if thing is not None:
        work[thing] = replace(work[thing], dep="dobj", head=index)
    elif index + 1 < len(work):
        _adopt_object(index, work)


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
        if work[head].pos not in {*_NOUNS, "ADP", "PRON"}:
            return index
        index = head
    return index


def _gerund_before(before: int, work: Sequence[Token]) -> int | None:
    """Find the gerund that opens the sentence and whose object stands before the hidden verb."""
    first = next((i for i, t in enumerate(work[:before]) if t.pos != "ADV" and t.pos != "PUNCT"), None)
    if first is not None and work[first].tag == "VBG" and work[first].head == first:
        return first
    return None


def _adopt_object(index: int, work: list[Token]) -> None:
    for child in range(index + 1, len(work)):
        if (
            work[child].pos in _NOUNS
            and (work[child].head <= index or work[child].head == index)
            and work[child].dep != "compound"
        ):
            work[child] = replace(work[child], dep="dobj", head=index)
            return


def _hidden_participle(index: int, work: Sequence[Token]) -> bool:
    """Tell whether "given" in "patients given the drug were ..." was taken for the verb of the sentence."""
    token = work[index]
    if token.tag not in {"VBN", "VBD"} or token.dep not in {"ROOT", "ccomp", "csubj", "advcl"}:
        return False
    kids = _kids(index, work)
    if any(work[child].dep in {"aux", "auxpass", "mark", "neg"} for child in kids):
        return False
    subjects = [child for child in kids if work[child].dep == "nsubj" and child < index]
    return len(subjects) == 1 and _verb_after(index, work) is not None and work[index - 1].pos in {*_NOUNS, "PRON"}


def _verb_after(index: int, work: Sequence[Token]) -> int | None:
    """Find the finite verb without a subject that the participle's noun belongs to."""
    token = work[index]
    options = (
        [token.head]
        if token.dep != "ROOT"
        else [i for i in _kids(index, work) if work[i].dep in {"conj", "ccomp", "advcl"}]
    )
    for option in options:
        finite = work[option].tag in {"VBZ", "VBP", "VBD"} or any(
            work[child].dep in {"aux", "auxpass"} for child in _kids(option, work)
        )
        bare = not any(work[child].dep in {"nsubj", "nsubjpass", "cc", "mark"} for child in _kids(option, work))
        joined = any(work[child].dep == "cc" for child in _kids(index, work))
        if option > index and finite and bare and not joined:
            return option
    return None


def _attach(index: int, work: list[Token]) -> None:
    verb = _verb_after(index, work)
    if verb is None:
        return
    subject = next(child for child in _kids(index, work) if work[child].dep == "nsubj" and child < index)
    if work[index].dep == "ROOT":
        work[verb] = replace(work[verb], head=verb, dep="ROOT")
    passive = any(work[child].dep == "auxpass" for child in _kids(verb, work))
    work[subject] = replace(work[subject], head=verb, dep="nsubjpass" if passive else "nsubj")
    work[index] = replace(work[index], head=subject, dep="acl", tag="VBN")
    for child in _kids(index, work):
        if child > verb:
            work[child] = replace(work[child], head=verb)
