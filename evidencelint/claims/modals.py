"""What a word of certainty is used for: "may" that gives leave, "should" that expects, "fear" the feeling."""

from __future__ import annotations

from collections.abc import Sequence

from evidencelint.claims.tree import Tree
from evidencelint.frames import Cue
from evidencelint.lexicon import causal_words, cue_scope, relation_cues
from evidencelint.words import stem, words


def gives_leave(cue: Cue, tree: Tree) -> bool:  # noqa: PLR0911 - one case after the other
    """Tell whether "may" permits what somebody does ("you may take it with food") rather than supposes something."""
    written = cue.text.lower()
    if written not in cue_scope().leave and not written.startswith(("may be able", "may have")):
        return False
    anchor = next(iter(tree.within(cue.span)), None)
    if anchor is None or tree.tokens[anchor].pos != "AUX":
        return True  # the month
    verb = tree.tokens[anchor].head
    personal = acts(tree, tree.subject(verb))
    if cue.text.lower() == "could" and not personal:
        return False
    if personal and tree.tokens[verb].text.lower() in {"be", "have", "able"}:
        return any(tree.infinitive(child) for child in tree.kids(verb, "xcomp", "acomp")) or "able" in cue.text.lower()
    if tree.marked(verb, "have", "well") or tree.tokens[verb].pos == "AUX":
        return False
    bare = stem(tree.tokens[verb].text)
    known = bare in cue_scope().epistemic or (not personal and bare in cue_scope().things)
    if tree.passive(verb):
        return not (known or _states_relation(tree, verb))
    return not known and not (_states_relation(tree, verb) and not personal)


def is_other_word(cue: Cue, tree: Tree) -> bool:
    """Tell whether a cue that is one as a verb only stands as another word ("fear" the feeling, "failed logins")."""
    anchor = tree.top(cue.span)
    if cue.text.lower() in {"failed", "failing"} and anchor is not None and tree.tokens[anchor].dep == "amod":
        return True
    if cue.text.lower() == "required" and anchor is not None and tree.tokens[anchor].dep not in {"amod", "acl"}:
        return tree.marked(anchor, "was", "were") or tree.tokens[anchor].tag == "VBD"  # "was required less often"
    return cue.text.lower() in cue_scope().verbs and anchor is not None and tree.tokens[anchor].pos in {"NOUN", "PROPN"}


def acts(tree: Tree, subject: int | None) -> bool:
    """Tell whether a subject is a person or body that acts, and so is no cause that was studied."""
    if subject is None:
        return False
    sequence = words(tree.tokens[subject].text)
    return next(iter(causal_words("actors").find(sequence)), None) is not None


def expects(tree: Tree, cue: Cue) -> bool:
    """Tell whether "should" expects an effect ("this should lower costs") rather than asks for something."""
    anchor = tree.top(cue.span)
    if anchor is None or cue.text.lower() not in {"should", "ought to"}:
        return False
    verb = tree.tokens[anchor].head if tree.tokens[anchor].dep == "aux" else next(tree.kids(anchor, "xcomp"), anchor)
    return _states_relation(tree, verb) and not tree.passive(verb) and not acts(tree, tree.subject(verb))


def is_effect(cue: Cue, tree: Tree) -> bool:
    """Tell whether a word of advice stands as a verb of change that a thing does to another."""
    verb = tree.top(cue.span)
    if verb is None or tree.tokens[verb].pos != "VERB" or tree.passive(verb) or acts(tree, tree.subject(verb)):
        return False
    done = any(tree.tokens[i].tag == "VBG" for i in tree.kids(verb, "xcomp"))  # "encourages planting"
    return _states_relation(tree, verb) and (done or any(True for _ in tree.kids(verb, "dobj")))


def _states_relation(tree: Tree, verb: int) -> bool:
    last = max(tree.children[verb], default=verb)
    nearby = [token.text for token in tree.tokens[verb : min(max(last, verb) + 1, verb + 3)]]
    hits: Sequence[object] = [hit for hit in relation_cues().find(words(" ".join(nearby))) if hit.first == 0]
    return bool(hits)
