"""Put right two readings that a small parser gets wrong again and again in the language of findings.

Both are garden paths of English (Bever, 1970): "exercise training improved walking distance" read as one long noun
phrase with a participle in it, and "patients given the drug were ..." read as if the patients gave. A small
statistical parser falls for them where the verb is a word of change; the lexicon knows these verbs, so the tree is
turned round.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace

from evidencelint.claims.asides import (
    as_subject,
    clause_after,
    clause_first,
    cut_off,
    finite_participle,
    gerund_first,
    gerund_subject,
    inverted,
    join_up,
    mark,
    noun_as_verb,
    set_right,
    tag_past,
    two_subjects,
)
from evidencelint.claims.participles import (
    NOUNS,
    attach,
    changes,
    disgorge,
    head_with,
    headless,
    hidden_participle,
    kids,
    move_to_verb,
    on_helper,
    swallowed,
)
from evidencelint.claims.subordinate import (
    answer_gerund,
    as_clausal_subject,
    asked_gerund,
    gerund_opens,
    lost_subject,
    said_first,
    set_first,
    set_under,
    subordinate,
    take_subject,
)
from evidencelint.claims.uncovering import hidden_verb, uncover
from evidencelint.claims.windows import hang, lost_object, lost_verb, stretches, take_object
from evidencelint.model import Token

_Mistakes = tuple[tuple[Callable[[int, Sequence[Token]], bool], Callable[[int, list[Token]], None]], ...]


def repaired(tokens: Sequence[Token]) -> tuple[Token, ...]:
    """Give the tokens of a sentence with the two mistakes put right; most sentences come back as they are.

    A repair that would hang a word on itself, by whatever way round, is not made: walks down such a tree never end.
    """
    work = list(tokens)
    for mistakes in (_WORDS, _SENTENCES, _OBJECTS):
        _mend(mistakes, work)
    for start, end in tuple(stretches(work)):
        verb = lost_verb(start, end, work)
        if verb is None:
            continue
        before = tuple(work)
        hang(start, end, verb, work)
        if not _is_tree(work):
            work[:] = before
    _mend(_CLAUSES, work)
    return tuple(work)


def _mend(mistakes: _Mistakes, work: list[Token]) -> None:
    for index in range(1, len(work) - (mistakes is _WORDS)):
        for seen, mend in mistakes:  # noqa: B007 - the one that was seen is made good below
            if seen(index, work):
                break
        else:
            continue
        before = tuple(work)
        mend(index, work)
        if not _is_tree(work):
            work[:] = before


def _is_tree(work: Sequence[Token]) -> bool:
    """Tell whether every token hangs, by way of others, on one that hangs on nothing."""
    reached: set[int] = set()
    for start in range(len(work)):
        path: set[int] = set()
        here = start
        while here not in reached:
            if here in path:
                return False
            path.add(here)
            if work[here].head == here:
                break
            here = work[here].head
        reached |= path
    return True


def _with_auxiliary(index: int, work: Sequence[Token]) -> bool:
    """Tell whether an adjective of change stands with "to" or "did", as only a verb can ("seems to lower")."""
    thing = work[index].head if work[index].dep == "amod" and work[work[index].head].pos in NOUNS else index
    if not (work[index].pos == "ADJ" or work[index].dep == "amod"):
        return False
    helped = any(work[i].dep == "aux" and i < index for i in kids(index, work))
    helped = helped or any(work[i].text.lower() in {"did", "does", "do"} and i < index for i in kids(thing, work))
    return helped and changes(work[index].text)


def _little_to(index: int, work: Sequence[Token]) -> bool:
    """Tell whether "to change" after "did little" was taken for a purpose."""
    token = work[index]
    if token.dep not in {"advcl", "relcl"} or token.tag != "VB" or work[index - 1].tag != "TO":
        return False
    return any(
        work[i].dep == "dobj" and work[i].text.lower() in {"little", "nothing", "much"}
        for i in (token.head, *kids(token.head, work))
    )


def _as_complement(index: int, work: list[Token]) -> None:
    verb = work[index].head if work[work[index].head].pos == "VERB" else work[work[index].head].head
    work[index] = replace(work[index], dep="xcomp", head=verb)


def _as_verb(index: int, work: list[Token]) -> None:
    thing = work[index].head
    work[index] = replace(work[index], pos="VERB", tag="VB" if work[index].pos == "ADJ" else work[index].tag)
    if work[index].dep == "amod" and thing > index:
        _take_over(index, thing, work)


def _as_gerund(index: int, work: list[Token]) -> None:
    thing = work[index].head
    work[index] = replace(work[index], pos="VERB", tag="VBG", dep="pcomp", head=index - 1)
    work[thing] = replace(work[thing], dep="dobj", head=index)


def _false_auxiliary(index: int, work: Sequence[Token]) -> bool:
    """Tell whether a verb of change was taken for the auxiliary of its object ("pollution accelerates ageing")."""
    token = work[index]
    return token.dep == "aux" and token.tag in {"VBZ", "VBD", "VBP"} and token.head > index and changes(token.text)


def _take_over(index: int, thing: int, work: list[Token]) -> None:
    """Put a verb in the place of the word it was hung on, which becomes its object."""
    label, upper = work[thing].dep, work[thing].head
    for child in kids(thing, work):
        if (
            work[child].dep in {"nsubj", "csubj", "mark", "aux", "neg", "advmod", "punct", "prep", "advcl"}
            and child != index
        ):
            work[child] = replace(work[child], head=index)
    root = upper == thing
    clause = "ROOT" if root else ("xcomp" if label == "dobj" and work[upper].pos == "VERB" else label)
    work[index] = replace(work[index], pos="VERB", dep=clause, head=index if root else upper)
    work[thing] = replace(work[thing], dep="dobj", head=index)


def _hidden_conjunct(index: int, work: Sequence[Token]) -> bool:
    """Tell whether "and reduced Y" after "improved X" was taken for a second object with a participle."""
    token, thing = work[index], work[index].head
    if token.dep != "amod" or thing <= index or work[index - 1].pos != "CCONJ" or not changes(token.text):
        return False
    first = work[thing].head
    verb = first if work[first].pos == "VERB" else work[first].head
    if (
        work[thing].dep != "conj"
        or (first != verb and work[first].dep != "dobj")
        or work[verb].pos != "VERB"
        or not changes(work[verb].text)
    ):
        return False
    compared = any(work[child].tag == "JJR" for child in kids(first, work))
    did = work[index - 1].text.lower() in {"but", "and"} and any(
        work[i].text.lower() == "did" for i in kids(verb, work)
    )
    past = (work[verb].tag in {"VBD", "VBN"} or did) and token.text.endswith("ed")
    return past or (work[verb].tag == "VB" and token.tag == "JJR" and not compared)


def _conjoin(index: int, work: list[Token]) -> None:
    thing = work[index].head
    first = work[thing].head
    verb = first if work[first].pos == "VERB" else work[first].head
    tag = "VBD" if work[index].text.endswith("ed") and work[verb].tag == "VB" else work[verb].tag
    work[index] = replace(work[index], pos="VERB", tag=tag, dep="conj", head=verb)
    work[thing] = replace(work[thing], dep="dobj", head=index)
    if work[index - 1].pos == "CCONJ":
        work[index - 1] = replace(work[index - 1], dep="cc", head=verb)


def _hidden_gerund(index: int, work: Sequence[Token]) -> bool:
    """Tell whether "of increasing risk" after "suspected" was taken for a risk that increases."""
    token, before = work[index], work[index - 1]
    if before.text.lower() == "without" and token.dep == "amod" and token.text.endswith("ing"):
        return token.head > index and changes(token.text)
    if token.tag != "VBG" or token.dep != "amod" or before.text.lower() not in {"of", "in", "at", "by"}:
        return False
    governor = work[before.head]
    return (governor.pos == "ADJ" or governor.tag == "VBN") and token.head > index and changes(token.text)


_WORDS: _Mistakes = (
    (_little_to, _as_complement),
    (_false_auxiliary, lambda index, work: _take_over(index, work[index].head, work)),
    (_with_auxiliary, _as_verb),
    (hidden_verb, uncover),
    (_hidden_conjunct, _conjoin),
    (_hidden_gerund, _as_gerund),
)
_SENTENCES: _Mistakes = (
    (hidden_participle, attach),
    (headless, head_with),
    (swallowed, disgorge),
    (on_helper, move_to_verb),
    (cut_off, join_up),
    (gerund_first, gerund_subject),
    (inverted, set_right),
    (two_subjects, mark),
    (finite_participle, tag_past),
    (noun_as_verb, as_subject),
    (clause_first, clause_after),
)
_OBJECTS: _Mistakes = ((lost_object, take_object),)
_CLAUSES: _Mistakes = (
    (said_first, set_first),
    (asked_gerund, answer_gerund),
    (subordinate, set_under),
    (gerund_opens, as_clausal_subject),
    (lost_subject, take_subject),
)
