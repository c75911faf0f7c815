"""The verb of a sentence lost to a participle: "patients given it were ...", "pupils with hearing loss lagged"."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from functools import lru_cache

from evidencelint.lexicon import motion_cues, relation_cues
from evidencelint.model import Token
from evidencelint.words import words

NOUNS = frozenset({"NOUN", "PROPN"})


def kids(index: int, work: Sequence[Token]) -> list[int]:
    """Give the dependents of a token."""
    return [i for i, token in enumerate(work) if token.head == index and i != index]


@lru_cache(maxsize=8192)
def changes(text: str) -> bool:
    """Tell whether a word is a verb of change or causation of the lexicon."""
    return any(hit.value.form in {"verb", "outcome"} for hit in relation_cues().find(words(text)))


def in_past(text: str) -> bool:
    """Tell whether a word is written as the regular past of a verb; "speed" and "feed" are not."""
    return text.endswith("ed") and not text.endswith("eed")


def headless(index: int, work: Sequence[Token]) -> bool:
    """Tell whether the verb of a sentence was hung on its subject, which the parser took for the whole sentence."""
    token = work[index]
    if token.tag not in {"VBD", "VBZ", "VBN"} or token.dep not in {"ccomp", "xcomp", "acl", "relcl"}:
        return False
    root = next((i for i, other in enumerate(work) if other.dep == "ROOT"), index)
    if (
        work[root].pos not in NOUNS
        or root > index
        or any(work[i].tag in {"VBZ", "VBP", "MD"} for i in range(len(work)) if i != index)
    ):
        return False
    labels = {work[child].dep for child in kids(index, work)}
    if labels & {"nsubj", "nsubjpass", "aux", "auxpass", "agent", "mark"} or work[-1].text != ".":
        return False
    fewer = any(work[child].tag == "JJR" and child < index for child in kids(root, work))  # "fewer plants wilted"
    return fewer or changes(token.text) or bool(list(motion_cues().find(words(token.text))))


def head_with(index: int, work: list[Token]) -> None:
    """Make a verb the head of its sentence, and what was taken for the head its subject."""
    root = next(i for i, other in enumerate(work) if other.dep == "ROOT")
    work[index] = replace(work[index], pos="VERB", tag="VBD", dep="ROOT", head=index)
    work[root] = replace(work[root], dep="nsubj", head=index)
    for child in kids(root, work):
        if child > index:
            work[child] = replace(work[child], head=index)


def swallowed(index: int, work: Sequence[Token]) -> bool:
    """Tell whether the verb of a sentence was hung on the clause in its subject ("schools that had none scored")."""
    token = work[index]
    if token.dep != "ccomp" or token.tag not in {"VBN", "VBD"}:
        return False
    inner = work[token.head]
    if inner.dep != "relcl" or token.head > index:
        return False
    root = inner.head
    below = {work[i].dep: i for i in kids(index, work)}
    subject = below.get("nsubj")
    bare = subject is not None and subject > token.head and not below.keys() & {"mark", "aux", "auxpass"}
    return work[root].head == root and work[root].pos in NOUNS and bare


def disgorge(index: int, work: list[Token]) -> None:
    """Make the verb the head of the sentence, and what was taken for its subject the object of the inner clause."""
    inner = work[index].head
    root = work[inner].head
    subject = next(i for i in kids(index, work) if work[i].dep == "nsubj")
    work[subject] = replace(work[subject], dep="dobj", head=inner)
    work[index] = replace(work[index], pos="VERB", tag="VBD", dep="ROOT", head=index)
    for child in kids(root, work):
        if work[child].dep == "punct":
            work[child] = replace(work[child], head=index)
    work[root] = replace(work[root], dep="nsubj", head=index)


def on_helper(index: int, work: Sequence[Token]) -> bool:
    """Tell whether a word was hung on the helper of a verb instead of the verb ("did not, as was feared, destroy")."""
    helper = work[index].head
    return work[index].dep in {"nsubj", "nsubjpass", "neg"} and work[helper].dep == "aux" and helper != index


def move_to_verb(index: int, work: list[Token]) -> None:
    """Hang a word on the verb that its helper helps."""
    work[index] = replace(work[index], head=work[work[index].head].head)


def hidden_participle(index: int, work: Sequence[Token]) -> bool:
    """Tell whether "given" in "patients given the drug were ..." was taken for the verb of the sentence."""
    token = work[index]
    if token.tag not in {"VBN", "VBD"} or token.dep not in {"ROOT", "ccomp", "csubj", "advcl"}:
        return False
    below = kids(index, work)
    if any(work[child].dep in {"aux", "auxpass", "mark", "neg"} for child in below):
        return False
    subjects = [child for child in below if work[child].dep == "nsubj" and child < index]
    return len(subjects) == 1 and _verb_after(index, work) is not None and work[index - 1].pos in {*NOUNS, "PRON"}


def _verb_after(index: int, work: Sequence[Token]) -> int | None:
    """Find the finite verb without a subject that the participle's noun belongs to."""
    token = work[index]
    options = (
        [token.head]
        if token.dep != "ROOT"
        else [i for i in kids(index, work) if work[i].dep in {"conj", "ccomp", "advcl", "dep"}]
    )
    for option in options:
        if _repeats(option, index, work):
            continue
        finite = work[option].tag in {"VBZ", "VBP", "VBD"} or any(
            work[child].dep in {"aux", "auxpass"} for child in kids(option, work)
        )
        bare = not any(work[child].dep in {"nsubj", "nsubjpass", "cc", "mark"} for child in kids(option, work))
        joined = any(work[child].dep == "cc" for child in kids(index, work))
        if option > index and finite and bare and not joined:
            return option
    return None


def _repeats(option: int, index: int, work: Sequence[Token]) -> bool:
    """Tell whether "did" only stands for the verb before it ("more than rereading did")."""
    if work[option].text.lower() not in {"did", "does", "do"} or option + 1 < len(work) - 1:
        return False
    return any(token.text.lower() == "than" for token in work[index:option])


def attach(index: int, work: list[Token]) -> None:
    """Hang a participle on its noun, and the noun on the verb it is the subject of."""
    verb = _verb_after(index, work)
    if verb is None:
        return
    subject = next(child for child in kids(index, work) if work[child].dep == "nsubj" and child < index)
    if work[index].dep == "ROOT":
        work[verb] = replace(work[verb], head=verb, dep="ROOT")
    passive = any(work[child].dep == "auxpass" for child in kids(verb, work))
    work[subject] = replace(work[subject], head=verb, dep="nsubjpass" if passive else "nsubj")
    work[index] = replace(work[index], head=subject, dep="acl", tag="VBN")
    for child in kids(index, work):
        if child > verb:
            work[child] = replace(work[child], head=verb)


def take_pairing(before: int, verb: int, work: list[Token]) -> None:
    """Hang the "neither" or "never" right before a verb on it."""
    for place in range(before + 1, verb):
        if work[place].text.lower() in {"neither", "both"}:
            work[place] = replace(work[place], head=verb, dep="preconj")
        elif work[place].dep in {"neg", "advmod"}:
            work[place] = replace(work[place], head=verb)
