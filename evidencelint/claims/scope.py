"""How far a cue reaches: from "may" to the verb it weakens, from "no" to the effect there is none of.

After ConText (Harkema et al., 2009) a cue has a direction and a scope that something ends. Here the scope follows
the dependency parse, as in the dependency-based refinements of NegEx (Mehrabi et al., 2015, DEEPEN): a cue reaches the
statement of the verb it belongs to and, downwards, what that verb says, asks or tries (its complements). It
does not reach up into the clause around it, nor into relative and adverbial clauses; some cues reach only their
own phrase. Which cues do what is data: ``scope`` in ``rules/lexicon/certainty.yaml``.
"""

from __future__ import annotations

from collections.abc import Iterator
from itertools import pairwise

from evidencelint.claims.order import begins_anew, by_order, put_first, set_against
from evidencelint.claims.tree import Tree
from evidencelint.diagnostics import Span
from evidencelint.frames import Cue
from evidencelint.lexicon import cue_scope, word_set
from evidencelint.model import Token

_COMPLEMENTS = frozenset({"ccomp", "xcomp", "csubj", "csubjpass", "pcomp", "acl", "parataxis"})
_NOMINAL_PARTS = frozenset({"det", "amod", "neg", "preconj", "nummod", "advmod", "quantmod", "predet", "cc"})
_NOMINAL = frozenset({"NOUN", "PROPN", "PRON", "NUM", "ADP"})
_GOVERNED = frozenset({"nsubj", "nsubjpass", "dobj", "attr", "dative", "oprd", "acomp", "expl", "ROOT"})
_ASKING = frozenset({"inquiry", "recommendation", "condition", "open"})
_CONTENTS = frozenset({"hedge", "speculation", "denial", "unproven", "open", "recommendation"})
_JUDGING = frozenset({"denial", "rejection", "unproven"})
_DENYING = frozenset({"negation.before", "negation.after"})
_NEAR = 40
_LABEL = 3
_JOINING = frozenset({"and", "but", "so", "yet"})
_AHEAD = 5
_BARE = frozenset({"VB", "VBG", "VBN"})
_PUNCTUATION = frozenset({",", ";", ":", "(", ")", "—", "–"})


def reaches(cue: Cue, tree: Tree, target: int) -> bool:  # noqa: C901, PLR0911 - exceptions, then the rule
    """Tell whether a cue covers a token of the parsed sentence that its span points into."""
    inside = tree.within(cue.span)
    anchor = next((index for index in inside if tree.tokens[index].dep == "neg"), None)  # the "n't" of "isn't"
    if anchor is None:
        anchor = tree.top(cue.span)
        if anchor is None or (target in inside and tree.is_predicate(target)):
            return False
        if target in inside and cue.kind == "negation.before" and len(inside) > 1:
            return True  # "little effect"
    ordered = by_order(tree, min(inside), max(inside), target) if cue.kind in _DENYING else None
    if ordered is not None:
        return ordered
    if tree.tokens[anchor].dep == "cc" and cue.text.lower().startswith("nor"):
        return 0 <= tree.tokens[target].span.start - cue.span.end < _NEAR
    helping = tree.tokens[anchor].dep == "aux" and target < anchor
    if helping or (cue.kind not in _JUDGING and begins_anew(tree, target, anchor)):
        return False
    if cue.text.lower() == "not" and set_against(tree, anchor):
        return target in _phrase(tree, cue.span)
    judged = cue.kind in _JUDGING and _judges(tree, cue, target)
    if judged or (cue.kind in _CONTENTS and (_says_that(tree, cue, target) or _labels(tree, cue, target))):
        return True
    if cue.text.lower() in cue_scope().phrase and not _of_being(tree, anchor):
        return target in _phrase(tree, cue.span)
    if cue.text.lower() == "too":
        return target > anchor and _under_infinitive(tree, anchor, target)
    home = _small_clause(tree, tree.predicate(anchor))
    if anchor != home:
        local = _nominal_home(tree, anchor)
        if local is not None:
            return target in tree.subtree(local)
    kind = "" if cue.text.lower().endswith(("whether", "if")) else cue.kind
    return target != anchor and any(step == home for step in _upwards(tree, target, anchor, kind))


def _under_infinitive(tree: Tree, anchor: int, target: int) -> bool:
    """Tell whether a token is part of what something is too much for ("too late to prevent the run")."""
    steps = (target, *tree.above(target))
    return any(tree.infinitive(step) and anchor < step for step in steps)


def _judges(tree: Tree, cue: Cue, target: int) -> bool:
    """Tell whether a cue judges what a noun before it says, however that was parsed ("the claim that ... is wrong")."""
    first = min(tree.within(cue.span))
    opened = next(
        (
            i
            for i in range(first - 1, 0, -1)
            if tree.tokens[i].text.lower() == "that"
            and tree.tokens[i - 1].text.lower().removesuffix("s") in cue_scope().content
        ),
        None,
    )
    if opened is None or not opened < target < first:
        return False
    ends = {";", ":", *cue_scope().terminators} - {"that is"}
    return not any(token.text.lower() in ends for token in tree.tokens[opened + 1 : first])


def _labels(tree: Tree, cue: Cue, target: int) -> bool:
    """Tell whether a cue is the label of what follows ("Myth: ...")."""
    last = max(tree.within(cue.span))
    return last < _LABEL and last + 1 < len(tree.tokens) and tree.tokens[last + 1].text == ":" and target > last


def in_same_statement(cue: Cue, tree: Tree, focus: int) -> bool:
    """Tell whether a cue stands in the statement round a token, not in a clause or phrase of its own."""
    anchor = tree.top(cue.span)
    if anchor is None:
        return True
    if cue.text.lower() in cue_scope().phrase:
        return focus in _phrase(tree, cue.span)
    home = {tree.predicate(focus), *(tree.predicate(index) for index in tree.above(focus))}
    for index in (tree.predicate(anchor), *(tree.predicate(above) for above in tree.above(anchor))):
        if index in home:
            return True
        careful = tree.tokens[index].dep == "relcl" and cue.kind == "hedge"  # "X, which may do Y, did Z"
        if tree.tokens[index].dep in {"relcl", "advcl"} and not careful and not tree.marked(index, "as"):
            return False
    return True


def _says_that(tree: Tree, cue: Cue, target: int) -> bool:
    """Tell whether a target stands in the "that" clause right after a cue, whatever the parser made of the clause."""
    last = max(tree.within(cue.span))
    opened = cue.text.lower().endswith((" if", " though", " like")) and target > last
    following = " ".join(token.text.lower() for token in tree.tokens[last + 1 : last + 3])
    opened = opened or (following == "by which" and target > last)
    if not opened and cue.kind in _JUDGING:
        last = _to_content(tree, last)
    if not opened and (
        last + 1 >= len(tree.tokens) or tree.tokens[last + 1].text.lower() != "that" or target <= last + 1
    ):
        return False
    between = tree.tokens[last + 1 : target]
    return not any(token.text in {";", ":"} or token.text.lower() in cue_scope().terminators for token in between)


def _to_content(tree: Tree, last: int) -> int:
    """Give the place of the noun of content that follows a judgement ("called false the claim that"), else the same."""
    for index in range(last + 1, min(last + _AHEAD, len(tree.tokens) - 1)):
        if tree.tokens[index].text.lower().removesuffix("s") in cue_scope().content:
            return index if tree.tokens[index + 1].text.lower() == "that" else last
        if tree.tokens[index].pos not in {"DET", "ADJ", "NOUN", "ADP"}:
            break
    return last


def _small_clause(tree: Tree, home: int) -> int:
    """Climb from what a light verb makes of its object to the verb ("made it neither better nor worse")."""
    token = tree.tokens[home]
    small = token.dep in {"ccomp", "oprd", "xcomp"} and token.pos in {"ADJ", "ADV"}
    return token.head if small and tree.tokens[token.head].text.lower() in word_set("light") else home


def _of_being(tree: Tree, anchor: int) -> bool:
    """Tell whether "without" and the like are what a subject is said to be ("is without effect")."""
    head = tree.tokens[tree.tokens[anchor].head]
    return head.pos == "AUX" and head.dep in {"ROOT", "ccomp", "conj"} and tree.tokens[anchor].dep == "prep"


def _phrase(tree: Tree, cue: Span) -> set[int]:
    """Give what stands after a cue up to a mark of punctuation or a verb with a subject or tense of its own."""
    found: set[int] = set()
    for index, token in enumerate(tree.tokens):
        if token.span.start < cue.end:
            continue
        if token.text in _PUNCTUATION or token.tag in {"VBZ", "VBD", "VBP", "MD"} or token.dep == "ROOT":
            break
        found.add(index)
    return found


def _nominal_home(tree: Tree, anchor: int) -> int | None:  # noqa: C901, PLR0911 - exceptions, then the rule
    """Give the noun that a cue stays with, or None where it reaches the verb of which the noun is subject or object."""
    token = tree.tokens[anchor]
    noun = anchor
    if token.dep == "preconj" and tree.tokens[token.head].pos == "ADP":
        return None  # "fell neither with zinc nor with iron"
    if token.dep in _NOMINAL_PARTS and tree.tokens[token.head].pos in _NOMINAL:
        noun = token.head
    elif token.dep == "preconj" or token.pos not in _NOMINAL or token.dep in {"prep", "neg"}:
        return None
    if tree.is_predicate(noun):
        return None
    if tree.tokens[noun].pos == "NOUN" and tree.tokens[noun].text.lower() in cue_scope().absent:
        return noun  # "a lack of exercise raises"
    if put_first(tree, noun):
        return None
    if _describes(tree, noun):
        return noun  # "animations with no link to the story took time"
    for _ in tree.tokens:
        label = tree.tokens[noun].dep
        if label in _GOVERNED:
            return None
        if label not in {"conj", "appos", "compound"}:
            return noun
        if label == "conj" and token.dep == "neg":
            return noun  # "the levy, not the labels"
        noun = tree.tokens[noun].head
    return noun


def _describes(tree: Tree, noun: int) -> bool:
    """Tell whether a noun stands in a phrase with "with" that describes another noun."""
    preposition = tree.tokens[noun].head
    if tree.tokens[noun].dep != "pobj" or tree.tokens[preposition].text.lower() != "with":
        return False
    owner = tree.tokens[tree.tokens[preposition].head]
    return owner.pos == "NOUN" and owner.dep in {"nsubj", "nsubjpass"}


def _upwards(tree: Tree, target: int, anchor: int, kind: str) -> Iterator[int]:
    """Yield the predicates whose cues reach a token: its own, and those of which it is a complement.

    What is only asked about or planned is not stated in the relative clauses of its nouns either.
    """
    links = _COMPLEMENTS | {"relcl"} if kind in _ASKING else _COMPLEMENTS
    here = tree.predicate(target)
    yield here
    for _ in tree.tokens:
        token = tree.tokens[here]
        if token.head == here or (kind in _DENYING and tree.marked(here, "whether")):
            return  # "we did not measure whether": the measuring is denied
        if token.dep == "conj":
            if not _shares(tree, here, anchor):
                return
        elif (
            token.dep not in links and not _content(tree, here) and not _cleft(tree, here) and not _as_subject(token)
        ) or _set_apart(tree, here, token.head):
            return
        here = tree.predicate(token.head)
        yield here


def _as_subject(token: Token) -> bool:
    """Tell whether a clause stands as a subject ("that it helps could not be shown")."""
    return token.pos == "VERB" and token.dep in {"nsubj", "nsubjpass"}


def _cleft(tree: Tree, clause: int) -> bool:
    """Tell whether a relative clause is the rest of a cleft ("it was not the ban that lowered it")."""
    noun = tree.tokens[tree.tokens[clause].head]
    while noun.dep == "pobj" and tree.tokens[tree.tokens[noun.head].head].pos == "NOUN":
        noun = tree.tokens[tree.tokens[noun.head].head]  # "not the merger of the two banks that ..."
    being = noun.head
    it = any(tree.tokens[i].text.lower() == "it" for i in tree.kids(being, "nsubj", "expl"))
    return tree.tokens[clause].dep == "relcl" and noun.dep == "attr" and tree.tokens[being].pos == "AUX" and it


def _content(tree: Tree, clause: int) -> bool:
    """Tell whether a clause says what its noun is about ("the hypothesis that ..."), not which noun is meant."""
    token = tree.tokens[clause]
    return (
        token.dep == "relcl"
        and tree.tokens[token.head].text.lower() in cue_scope().content
        and tree.marked(clause, "that")
    )


def _set_apart(tree: Tree, clause: int, head: int) -> bool:
    """Tell whether a clause that the parser took for a complement stands apart: "X prevents Y; Z does not"."""
    between = tree.tokens[min(clause, head) + 1 : max(clause, head)]
    joined = any(a.text == "," and b.text.lower() in _JOINING for a, b in pairwise(between))
    if clause > head and joined and not tree.marked(clause, "that") and next(tree.kids(clause, "nsubj"), None):
        return True  # "no one complained, and the tax reduced it"
    return clause < head and any(token.text in {";", ":", "—", "–"} for token in between)


def _shares(tree: Tree, conjunct: int, anchor: int) -> bool:
    """Tell whether a conjoined verb is under the same auxiliary or report as the verb before it."""
    token = tree.tokens[conjunct]
    first = token.head
    if tree.predicate(anchor) != tree.predicate(first) or tree.tokens[anchor].head not in {first, conjunct}:
        return tree.predicate(anchor) != tree.predicate(first)  # the cue is farther up: both are under it
    if any(True for _ in tree.kids(conjunct, "nsubj", "nsubjpass", "aux", "neg")):
        return False
    return token.tag in _BARE and (tree.tokens[first].tag == token.tag or tree.marked(first, "or", "nor"))
