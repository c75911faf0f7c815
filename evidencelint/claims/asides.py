"""Verbs cut off from their subjects by an aside, and clauses turned round: "zinc, unlike iron, shortened colds"."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from evidencelint.claims.participles import NOUNS, changes, in_past, kids
from evidencelint.claims.windows import is_noun, phrase_end
from evidencelint.lexicon import cue_scope
from evidencelint.model import Token

_RELATIVE = frozenset({"that", "which", "who"})
_STANDING = frozenset({"VBZ", "VBD", "VBP", "MD"})
_LONGEST = 12
_NEXT = 6
_FIRST = frozenset({"although", "though", "while", "whereas", "because", "since", "if", "when", "once", "as", "after"})


def cut_off(index: int, work: Sequence[Token]) -> bool:
    """Tell whether a verb of change right after an aside or "that" was taken for a part of the phrase after it."""
    token = work[index]
    if index + 1 >= len(work) or token.dep not in {"amod", "compound", "nmod", "relcl", "appos"}:
        return False
    if not (in_past(token.text) or token.text.endswith("s")) or not changes(token.text) or is_noun(token.text):
        return False
    opens = work[index + 1].pos in {*NOUNS, "DET", "ADJ", "PRON", "NUM"}
    return opens and token.dep != "relcl" and _owner(index, work) is not None and not _content(index, work)


def _content(index: int, work: Sequence[Token]) -> bool:
    """Tell whether a verb of change follows in what a noun of content says ("evidence that reduced tillage cut it")."""
    if (
        work[index - 1].text.lower() != "that"
        or work[index - 2].text.lower().removesuffix("s") not in cue_scope().content
    ):
        return False
    rest = work[index + 2 : index + _NEXT]
    return any(token.text != work[index].text and token.text.endswith("ed") and changes(token.text) for token in rest)


def join_up(index: int, work: list[Token]) -> None:
    """Make the verb the head of its clause, the noun before the aside its subject, the noun after it its object."""
    owner = _owner(index, work)
    thing = phrase_end(index + 1, len(work), work)
    if owner is None:
        return
    relative = work[index - 1].text.lower() in _RELATIVE
    tag = "VBD" if work[index].text.endswith("ed") else "VBZ"
    if thing is not None:
        for child in kids(thing, work):
            if child < index:
                work[child] = replace(work[child], head=owner, dep="dep")
        work[thing] = replace(work[thing], head=index, dep="dobj")
    if relative:
        work[index] = replace(work[index], pos="VERB", tag=tag, dep="relcl", head=owner)
        work[index - 1] = replace(work[index - 1], dep="nsubj", head=index, tag="WDT")
        return
    for place, token in enumerate(work):
        if token.head == place and place != index:
            work[place] = replace(token, head=index, dep="dep")
    work[index] = replace(work[index], pos="VERB", tag=tag, dep="ROOT", head=index)
    work[owner] = replace(work[owner], dep="nsubj", head=index)


def _owner(index: int, work: Sequence[Token]) -> int | None:
    """Give the noun that a verb after an aside or "that" belongs to."""
    before = index - 1
    if work[before].text.lower() in _RELATIVE:
        before -= 1
        if before >= 0 and work[before].pos in NOUNS:
            return before
    if before < 0 or work[before].text != ",":
        return None
    opening = next((i for i in range(before - 1, 0, -1) if work[i].text == ","), None)
    if opening is None or before - opening > _LONGEST or work[opening - 1].pos not in {*NOUNS, "PRON"}:
        return None
    relative = work[index - 1].text.lower() in _RELATIVE
    if not relative and any(token.tag in _STANDING for token in work[:opening]):
        return None
    return _top(opening - 1, opening, work)


def _top(place: int, end: int, work: Sequence[Token]) -> int:
    """Climb from the last noun of a phrase to its head, without leaving the phrase."""
    for _ in range(end):
        head = work[place].head
        if head == place or head >= end or work[head].pos not in {*NOUNS, "ADP", "PRON"}:
            return place
        place = head
    return place


def gerund_first(index: int, work: Sequence[Token]) -> bool:
    """Tell whether the verb after a gerund that opens the sentence was hung on it ("not taking zinc lengthens it")."""
    token, first = work[index], work[work[index].head]
    if token.dep != "ccomp" or token.head > 1 or first.tag != "VBG" or first.dep != "ROOT":
        return False
    subject = [i for i in kids(index, work) if work[i].dep == "nsubj"]
    alone = not any(work[i].dep in {"mark", "aux"} for i in kids(index, work))
    return alone and token.tag in _STANDING and len(subject) == 1 and subject[0] < index


def gerund_subject(index: int, work: list[Token]) -> None:
    """Make the gerund the subject of the verb, and the noun between them its object."""
    first = work[index].head
    subject = next(i for i in kids(index, work) if work[i].dep == "nsubj")
    for child in kids(first, work):
        if child > index:
            work[child] = replace(work[child], head=index)
    work[subject] = replace(work[subject], dep="dobj", head=first)
    work[index] = replace(work[index], dep="ROOT", head=index)
    work[first] = replace(work[first], dep="csubj", head=index)


def two_subjects(index: int, work: Sequence[Token]) -> bool:
    """Tell whether "that" was taken for a subject beside the real one ("evidence that rent control lowered it")."""
    token = work[index]
    if token.dep != "nsubj" or token.text.lower() != "that":
        return False
    others = [i for i in kids(token.head, work) if i > index and work[i].dep in {"nsubj", "csubj"} and i < token.head]
    return bool(others)


def mark(index: int, work: list[Token]) -> None:
    """Make "that" the mark of its clause, and the clause what the noun or verb before it says."""
    verb = work[index].head
    work[index] = replace(work[index], dep="mark", tag="IN")
    if work[verb].dep == "relcl":
        work[verb] = replace(work[verb], dep="acl")


def finite_participle(index: int, work: Sequence[Token]) -> bool:
    """Tell whether a verb with a subject before it was tagged as a participle ("evidence that typing cut it")."""
    if work[index].tag != "VBN" or work[index].dep != "acl":
        return False
    below = {work[i].dep for i in kids(index, work) if i < index}
    return "nsubj" in below and not below & {"aux", "auxpass"}


def tag_past(index: int, work: list[Token]) -> None:
    """Tag a verb as past."""
    work[index] = replace(work[index], tag="VBD")


def noun_as_verb(index: int, work: Sequence[Token]) -> bool:
    """Tell whether the subject of a verb was taken for a clause of its own ("cover crops increased it")."""
    token, former = work[index], index - 2
    if former < 0 or token.dep not in {"ccomp", "acl", "conj", "advcl"} or token.tag not in _STANDING:
        return False
    below = {work[i].dep for i in kids(index, work)}
    upper = {work[i].dep for i in kids(former, work) if i < former and work[i].text.lower() != "that"}
    mistaken = work[former].tag in {"VB", "VBP"} and work[index - 1].dep == "dobj" and work[index - 1].head == former
    owned = {"nsubj", "nsubjpass", "csubj", "mark", "aux", "auxpass"}
    return mistaken and not below & owned and not upper & (owned - {"mark"})


def as_subject(index: int, work: list[Token]) -> None:
    """Make the noun phrase the subject of the verb, which takes the place of what was taken for one."""
    former = index - 2
    label, upper = work[former].dep, work[former].head
    for child in kids(former, work):
        if child not in {index, index - 1}:
            that = work[child].text.lower() == "that"
            work[child] = replace(work[child], head=index, dep="mark" if that else work[child].dep)
    if work[index].head == former or upper == former:
        work[index] = replace(work[index], dep=label, head=index if upper == former else upper)
    work[index - 1] = replace(work[index - 1], dep="nsubj", head=index)
    work[former] = replace(work[former], pos="NOUN", tag="NN", dep="compound", head=index - 1)


def clause_first(index: int, work: Sequence[Token]) -> bool:
    """Tell whether "although it did not fall", put first, was taken for the sentence and the sentence for its part."""
    token = work[index]
    head = work[token.head]
    if token.dep != "ccomp" or head.dep != "ROOT" or token.head > index:
        return False
    marked = any(work[i].dep in {"mark", "advmod"} and work[i].text.lower() in _FIRST for i in kids(token.head, work))
    own = any(work[i].dep in {"nsubj", "nsubjpass", "csubj"} for i in kids(index, work))
    free = not any(work[i].dep == "mark" for i in kids(index, work))
    return marked and own and free and any(t.text == "," for t in work[token.head : index])


def clause_after(index: int, work: list[Token]) -> None:
    """Make the second clause the sentence, and the first one hang on it."""
    first = work[index].head
    work[index] = replace(work[index], dep="ROOT", head=index)
    work[first] = replace(work[first], dep="advcl", head=index)


def inverted(index: int, work: Sequence[Token]) -> bool:
    """Tell whether the subject between helper and verb was taken for a part of the object ("none did zinc shorten")."""
    token = work[index]
    after = work[index + 1] if index + 1 < len(work) else None
    helped = work[index - 1].text.lower() in {"did", "does", "do"} or work[index - 1].pos == "DET"
    if after is None or after.pos != "VERB" or token.dep not in {"compound", "amod", "nmod"} or token.head <= index + 1:
        return False
    return helped and any(work[i].dep == "aux" and i < index for i in kids(index + 1, work))


def set_right(index: int, work: list[Token]) -> None:
    """Make the noun the subject of the verb after it."""
    work[index] = replace(work[index], dep="nsubj", head=index + 1)
