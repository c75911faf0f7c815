"""The constructions that state a relation: a verb with its object, a predicate, a noun of effect, a connective, a link.

Each reader takes a cue found in a parsed sentence and gives what it states there, or None where the word is only
used. The constructions are those of Girju (2003) and Khoo, Chan and Niu (2000) for causal relations in text, read from
the dependency parse instead of from surface patterns.
"""

from __future__ import annotations

from collections.abc import Iterator

from evidencelint.claims.candidates import Candidate
from evidencelint.claims.links import read_link, read_shift
from evidencelint.claims.nominals import read_blame, read_connective, read_noun, read_predicate
from evidencelint.claims.tree import Tree
from evidencelint.claims.verbs import read_verb
from evidencelint.lexicon import RelationCue, relation_cues, word_set
from evidencelint.words import Hit, words


def read_construction(hit: Hit[RelationCue], tree: Tree, text: str) -> Candidate | None:  # noqa: PLR0911 - one a form
    """Read what a cue states in the construction that it stands in."""
    anchor = tree.top(hit.span)
    if anchor is None:
        return None
    if hit.value.form == "predicate" and tree.tokens[tree.within(hit.span)[0]].pos == "NOUN" and _is_effect(hit, text):
        return None if hit.first == hit.last else read_noun(hit, tree.within(hit.span)[0], tree, text)
    match hit.value.form:
        case "verb" | "outcome":
            return read_verb(hit, anchor, tree, text)
        case "predicate":
            return read_predicate(hit, anchor, tree, text)
        case "noun":
            return read_noun(hit, anchor, tree, text)
        case "shift":
            return read_shift(hit, anchor, tree)
        case "connective":
            return read_connective(hit, anchor, tree, text)
        case "blame":
            return read_blame(hit, anchor, tree, text)
        case "link":
            return read_link(hit, anchor, tree, text)


def _is_effect(hit: Hit[RelationCue], text: str) -> bool:
    """Tell whether a hit on the stem of "effective" is the noun."""
    return (
        text[hit.span.start : hit.span.end].lower().startswith("effect")
        and "ive" not in text[hit.span.start : hit.span.end]
    )


def cues_in(text: str) -> list[Hit[RelationCue]]:
    """Find the words of relation in a text, the longest at each place."""
    return list(relation_cues().find(words(text)))


def parted_cues(tree: Tree) -> Iterator[Hit[RelationCue]]:
    """Yield the verbs of relation whose particle stands apart from them ("held the readers back")."""
    for index, token in enumerate(tree.tokens):
        if token.pos != "VERB":
            continue
        for child in tree.kids(index, "prt", "advmod"):
            if child <= index + 1 or tree.tokens[child].text.lower() not in word_set("particles"):
                continue
            for hit in relation_cues().find(words(f"{token.text} {tree.tokens[child].text}")):
                if hit.last > hit.first:
                    yield Hit(hit.value, token.span, hit.first, hit.last)
