"""Negation without a negative word, and negative words that say something else in the construction they stand in.

"Too late to prevent it" says that it was not prevented, "relieved pain no more than sham did" that pain was not
relieved by it, "few doubt that" that it is so, and "too small to exclude a rise" that there may be one (Huddleston and
Pullum, 2002, ch. 9; Horn, 1989, on implicit negatives).
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace

from evidencelint.claims.scope import reaches
from evidencelint.claims.tree import Tree
from evidencelint.frames import Cue
from evidencelint.lexicon import certainty_cues, relation_cues, word_set
from evidencelint.words import words

NEGATIVE = frozenset({"negation.before", "negation.after"})
_LIMITS = re.compile(r"(?:no|not) (?:more|less|better|worse) than\Z", re.IGNORECASE)
_FEW = frozenset({"few", "little"})
_COUNTED = frozenset({"NUM", "SYM"})
_EXCLUDING = frozenset({"exclude", "excludes", "excluded", "rule out", "ruled out", "excluding"})


def implied(tree: Tree) -> Iterator[Cue]:
    """Yield the negations in "too late to prevent the run" and "never stopped raising"."""
    for index, token in enumerate(tree.tokens):
        if token.text.lower() in word_set("stopping") and any(
            tree.tokens[i].tag == "VBG" for i in tree.kids(index, "xcomp", "ccomp") if i > index
        ):
            yield Cue("negation.before", token.text, token.span)
        if token.text.lower() != "too" or token.dep != "advmod" or tree.tokens[token.head].pos not in {"ADJ", "ADV"}:
            continue
        if too_for(tree, index) is not None:
            yield Cue("negation.before", token.text, token.span)


def too_for(tree: Tree, too: int) -> int | None:
    """Give the verb that something is too much for, if it is one of change or one that excludes."""
    degree = tree.tokens[too].head
    places = (degree, tree.tokens[degree].head)
    for place in places:
        for child in tree.kids(place, "xcomp", "advcl", "acl", "relcl", "ccomp"):
            if child > degree and tree.infinitive(child) and _does(tree, child):
                return child
    return None


def _does(tree: Tree, verb: int) -> bool:
    after = " ".join(token.text for token in tree.tokens[verb : verb + 3])
    does = any(hit.first == 0 for hit in relation_cues().find(words(after)))
    return does or any(hit.first == 0 and hit.value in NEGATIVE for hit in certainty_cues().find(words(after)))


def as_compared(cue: Cue, tree: Tree) -> Cue:
    """Take "no more than" before a thing for a negation of the verb it follows: "eased it no more than sham did"."""
    if cue.kind != "negation.pseudo" or not _LIMITS.match(cue.text):
        return cue
    last = max(tree.within(cue.span))
    rest = tree.tokens[last + 1 : last + 3]
    limits = word_set("quantities") | word_set("timewords")
    if not rest or any(token.pos in _COUNTED or token.text.lower() in limits for token in rest):
        return cue
    first = min(tree.within(cue.span))
    verb = next((i for i in range(first - 1, -1, -1) if tree.tokens[i].pos == "VERB"), None)
    beside = first and tree.tokens[first - 1].pos in {"NOUN", "PROPN", "PRON", "VERB", "ADV"}
    return replace(cue, kind="negation.before") if verb is not None and beside else cue


def few_deny(tree: Tree, verb: int) -> bool:
    """Tell whether those who doubt or deny something are said to be few."""
    subject = tree.subject(verb)
    if subject is None:
        return False
    return tree.tokens[subject].text.lower() in _FEW or tree.marked(subject, *_FEW)


def excludes(cue: Cue) -> bool:
    """Tell whether a cue says that something is excluded."""
    return cue.kind == "negation.before" and cue.text.lower() in _EXCLUDING


def not_excluded(cue: Cue, tree: Tree, negative: Sequence[Cue]) -> Cue | None:
    """Give the negation that leaves possible what a cue would exclude ("no trial excluded a rise"), if there is one."""
    verb = tree.top(cue.span)
    if verb is None:
        return None
    return next((other for other in negative if not other.span.overlaps(cue.span) and reaches(other, tree, verb)), None)
