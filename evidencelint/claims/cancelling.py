"""Cues that do not mean what they mean alone: a denial that is denied, a negation that praises, an ability denied.

"Nobody denies that X raises Y" asserts it, "nothing cut it more than X" says that X cut it most (Horn, 1989, on double
negation; Huddleston and Pullum, 2002, ch. 9, on what is negative in form only), and "could not be shown" is no "may".
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import replace

from evidencelint.claims.implicit import NEGATIVE, as_compared, excludes, few_deny, implied, not_excluded
from evidencelint.claims.scope import reaches
from evidencelint.claims.tree import Tree
from evidencelint.frames import Cue
from evidencelint.lexicon import relation_cues, word_set
from evidencelint.words import words

_ABILITY = frozenset({"can", "could"})
_SUPERLATIVE = re.compile(
    r"^(?:nothing\b(?! but)|no other\b)[^;:]*?\b"
    r"(?:(?:more|less|better|worse|\w+er)\b[^,;:]*?\bthan|(?:as|so) (?:much|far|well|often|fast|\w+ly) as)"
    r"\s+(?!\d|placebo|sham|control)",
    re.IGNORECASE,
)


def as_meant(cues: Iterable[Cue], tree: Tree, text: str) -> tuple[Cue, ...]:
    """Give the cues of a parsed sentence without those that others cancel."""
    kept = (*(as_compared(_degree(cue, tree), tree) for cue in cues), *implied(tree))
    negative = [cue for cue in kept if cue.kind in NEGATIVE]
    gone: set[Cue] = {cue for cue in negative if _SUPERLATIVE.match(text[cue.span.start :])}
    turned: dict[Cue, Cue] = {}
    for cue in kept:
        verb = tree.top(cue.span)
        if verb is None:
            continue
        token = tree.tokens[verb]
        if (
            cue.kind == "denial"
            and cue.text.lower().endswith("prove")
            and any(True for _ in tree.kids(verb, "acomp", "oprd"))
        ):
            turned[cue] = replace(cue, kind="negation.before")  # "did not prove beneficial"
        elif excludes(cue) and (other := not_excluded(cue, tree, negative)) is not None:
            gone.add(other)
            turned[cue] = replace(cue, kind="hedge")  # "no trial has excluded a rise"
        elif cue.kind in {"denial", "hedge"} and token.text.lower() in word_set("denying") and few_deny(tree, verb):
            gone.add(cue)
        elif cue.kind == "denial" and token.pos == "VERB" and token.text.lower() in word_set("denying"):
            against = [other for other in negative if not other.span.overlaps(cue.span) and reaches(other, tree, verb)]
            if against and not any(token.text.lower() in {"support", "show"} for token in tree.tokens):
                gone |= {cue, *against}
        elif cue.kind in {"hedge", "weak_hedge"} and cue.text.lower() in _ABILITY and _finds(tree, token.head):
            gone |= {cue} if _denied(tree, token.head, negative) else set()
        elif cue.text.lower() == "apparent" and token.dep in {"acomp", "oprd"}:
            gone.add(cue)  # "no benefit was apparent"
    return tuple(turned.get(cue, cue) for cue in kept if cue not in gone)


def _degree(cue: Cue, tree: Tree) -> Cue:
    """Take "far from effective" for a negation of the word; elsewhere the phrase rejects a claim ("far from true")."""
    if cue.text.lower() not in {"far from", "stop short of", "stops short of", "stopped short of"}:
        return cue
    after = next((token for token in tree.tokens if token.span.start >= cue.span.end), None)
    if after is None or not any(
        hit.value.form in {"predicate", "verb"} for hit in relation_cues().find(words(after.text))
    ):
        return cue
    return replace(cue, kind="negation.before")


def _finds(tree: Tree, verb: int) -> bool:
    """Tell whether a verb says in the passive that something is found, shown or put down to something."""
    return tree.passive(verb) and tree.tokens[verb].text.lower() in word_set("seeing") | word_set("ascribing")


def _denied(tree: Tree, verb: int, negative: Sequence[Cue]) -> bool:
    return any(reaches(cue, tree, verb) for cue in negative)
