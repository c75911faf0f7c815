"""Groups and treatments that a sentence sets beside one another, and whether they were put there or found so."""

from __future__ import annotations

import re

from evidencelint.claims.candidates import COMPARED, Candidate, is_evidence, span_of
from evidencelint.claims.tree import Tree
from evidencelint.lexicon import causal_words, counted_nouns, word_set
from evidencelint.model import Span, Strength
from evidencelint.words import stem, words

_DEFINING = frozenset({"relcl", "acl"})
_FREQUENCY = re.compile(r"\b(?:common|frequent|prevalent|likely|often|rarer|commoner)\b", re.IGNORECASE)
_AHEAD = 10
_ON_OTHER = re.compile(r"\b(?:than|as)\s+on\b", re.IGNORECASE)
_NO_BETTER = re.compile(
    r"\s+(no (?:more|less) \w+|no (?:better|worse|\w+er))\b[^,;:]{0,40}?\bthan\s+(?!\d|expected|before|usual)",
    re.IGNORECASE,
)


def group_beside(tree: Tree, predicate: int, text: str, cue: Span | None = None) -> tuple[int, bool] | None:
    """Find the group or treatment beside which an outcome is told, and whether it was put under it."""
    places = [predicate, *tree.kids(predicate, "acomp", "advmod", "attr", "dobj", "npadvmod", "xcomp")]
    places += [j for i in places[1:] for j in tree.kids(i, "advmod", "conj")]
    beside = sorted({child for place in places for child in tree.kids(place, "prep", "advcl")})
    for child in beside:
        word = tree.tokens[child].text.lower()
        if tree.tokens[child].dep == "advcl":
            clause = _clause_beside(tree, predicate, child, text)
            if clause is not None and (cue is not None or not tree.marked(child, "where", "wherever")):
                return clause
            continue
        named = next(tree.kids(child, "pobj", "pcomp"), None)
        if named is None:
            continue
        span = span_of(tree, named)
        phrase = text[span.start : span.end] if span is not None else ""
        furthest = cue is not None and any(tree.tokens[i].tag in {"JJS", "RBS"} for i in tree.within(cue))
        if furthest and word in word_set("where") and tree.tokens[named].pos == "NOUN" and not re.search(r"\d", phrase):
            return named, assigned(phrase)  # "are highest near the line"
        common = cue is not None and _FREQUENCY.search(text[cue.start : cue.end + _AHEAD]) is not None
        if (word in word_set("among") and (common and plural(tree, named))) or (
            word in word_set("among")
            and (
                (_defined(tree, named) and _countable(tree, named))
                or (_named_group(tree, named) and assigned(text))
                or _with_after(tree, named)
                or assigned(phrase)
                or _kind_of_people(tree, named, cue)
            )
        ):
            return named, assigned(phrase) or (assigned(text) and not observed(text))
        if (
            (word in word_set("with") or (word == "on" and _ON_OTHER.search(text)) or _since(tree, child, named))
            and (tree.tokens[named].tag == "NN" or not _counts(tree, named))
            and _treats(tree, named)
        ):
            loose = word == "with" and not any(True for _ in tree.kids(named, "det", "poss", "compound", "amod"))
            than = any(token.text.lower() == "than" for token in tree.tokens[predicate:])
            return named, not observed(text) and (than or not loose)  # "rose with age"
    return None


def _clause_beside(tree: Tree, predicate: int, clause: int, text: str) -> tuple[int, bool] | None:
    """Read what a clause with "because", "after" or "where" says an outcome went with, and whether it came of it."""
    if tree.subject(predicate) is not None and tree.marked(clause, "because"):
        return clause, True
    if tree.marked(clause, "where", "wherever") and clause < predicate:
        return clause, False
    if tree.subject(predicate) is not None and tree.marked(clause, "after", "once", "since"):
        return clause, not observed(text)
    return None


def _since(tree: Tree, preposition: int, named: int) -> bool:
    """Tell "since the rollout" from "since the census": what was done, not when one looked."""
    if tree.tokens[preposition].text.lower() != "since" or tree.tokens[named].pos != "NOUN":
        return False
    done = tree.tokens[named].text.lower() in word_set("done_things") or tree.tokens[named].text.lower().endswith(
        ("tion", "ment", "out", "ing")
    )
    return done and any(True for _ in tree.kids(named, "det"))


def levels_beside(tree: Tree, predicate: int, text: str) -> tuple[int, bool] | None:
    """Find the groups between which something is the same: "in mulched and bare plots", "between the sexes"."""
    places = [predicate, *tree.kids(predicate, "acomp", "attr", "npadvmod", "oprd", "advmod")]
    for child in (i for place in places for i in tree.kids(place, "prep")):
        named = next(tree.kids(child, "pobj"), None)
        word = tree.tokens[child].text.lower()
        if named is None or word not in {"in", "between", "across", "among", "for", "despite"}:
            continue
        span = span_of(tree, named)
        phrase = text[span.start : span.end] if span is not None else ""
        several = plural(tree, named) and re.search(r"\b(?:and|both|two|three|either|all|non-?)\b", phrase) is not None
        if several or word in {"between", "despite"}:
            return named, word == "despite" or (assigned(text) and not observed(text))
    return None


def no_better(tree: Tree, predicate: int, text: str) -> Candidate | None:
    """Read "was no more accurate than Y": one thing set beside another, and no better or worse."""
    rest = text[tree.tokens[predicate].span.end : tree.span(tree.subtree(predicate)).end]
    found = _NO_BETTER.match(rest)
    subject = tree.subject(predicate)
    if found is None or subject is None or is_evidence(tree, subject):
        return None
    start = tree.tokens[predicate].span.end
    cue = Span(start + found.start(1), start + found.end(1))
    inside = tree.within(cue)
    effect = Span(cue.start, start + len(rest))
    if not inside:
        return None
    group = plural(tree, subject) and not assigned(text)
    strength: Strength = "correlational" if group else "causal"
    return Candidate(cue, inside[-1], strength, "increase", span_of(tree, subject), effect, denied=True, rank=COMPARED)


def is_group(tree: Tree, subject: int, predicate: int) -> bool:
    """Tell whether a subject is a group set apart from others: by what it did, has, or is."""
    token = tree.tokens[subject]
    if token.dep in {"csubj", "csubjpass"}:
        return False
    if not (plural(tree, subject) or token.text.lower() == "those" or _named_group(tree, subject)):
        return False
    if _named_group(tree, subject):
        return tree.tokens[predicate].text.lower() in word_set("have")
    compares = "than" in (t.text.lower() for t in tree.tokens[predicate:])
    if _defined(tree, subject) or token.text.lower().startswith("non"):
        return True
    larger = any(tree.tokens[i].tag == "JJR" for i in tree.kids(subject, "amod"))  # "larger teams ship more faults"
    things = tree.kids(predicate, "dobj")
    if larger and any(tree.tokens[i].tag == "JJR" for j in things for i in tree.kids(j, "amod")):
        return True
    named = any(True for _ in tree.kids(subject, "amod", "compound"))
    return compares or (named and tree.tokens[predicate].text.lower() in word_set("have"))


def _named_group(tree: Tree, noun: int) -> bool:
    """Tell "the drug arm" and "the control group"."""
    named = tree.tokens[noun].text.lower() in {"arm", "group"}
    return named and any(True for _ in tree.kids(noun, "compound", "amod"))


def plural(tree: Tree, index: int) -> bool:
    """Tell whether a noun names several."""
    return tree.tokens[index].tag in {"NNS", "NNPS"} or tree.tokens[index].text.lower() in {
        "people",
        "children",
        "men",
        "women",
    }


def _defined(tree: Tree, noun: int) -> bool:
    """Tell whether words after a noun set it apart ("those who", "patients with", "children exposed to")."""
    if any(True for _ in tree.kids(noun, *_DEFINING)):
        return True
    return any(
        (
            tree.tokens[i].text.lower() in word_set("setting")
            or (tree.tokens[i].text.lower() in {"in", "at", "of"} and _counts(tree, noun))
        )
        and i > noun
        for i in tree.kids(noun, "prep")
    ) and (plural(tree, noun) or tree.tokens[noun].text.lower() == "those")


def _kind_of_people(tree: Tree, noun: int, cue: Span | None) -> bool:
    """Tell "higher in obese children": people of a kind, and a comparative."""
    if cue is None or not _counts(tree, noun) or not any(True for _ in tree.kids(noun, "amod", "compound")):
        return False
    return any(tree.tokens[i].tag in {"JJR", "RBR"} for i in tree.within(cue))


def _with_after(tree: Tree, noun: int) -> bool:
    """Tell whether "with" right after people says which people, however it was parsed ("in children with a screen")."""
    following = tree.tokens[noun + 1].text.lower() if noun + 1 < len(tree.tokens) else ""
    return following in {"with", "without"} and _counts(tree, noun) and plural(tree, noun)


def _countable(tree: Tree, noun: int) -> bool:
    return plural(tree, noun) or tree.tokens[noun].text.lower() in {"those", "who"} or _counts(tree, noun)


def _counts(tree: Tree, noun: int) -> bool:
    return stem(tree.tokens[noun].text) in counted_nouns()


def _treats(tree: Tree, noun: int) -> bool:
    """Tell whether what stands after "with" or "after" may be a treatment, not a number or a date."""
    return (
        tree.tokens[noun].pos in {"NOUN", "PROPN", "VERB"}
        and tree.tokens[noun].dep in {"pobj", "pcomp"}
        and not (re.search(r"\d", tree.tokens[noun].text) or tree.tokens[noun].text.lower() in word_set("timewords"))
    )


def assigned(text: str) -> bool:
    """Tell whether a text says that groups were put under a treatment."""
    return next(iter(causal_words("assigned").find(words(text))), None) is not None


def observed(text: str) -> bool:
    """Tell whether a text names a design that can only show what goes together."""
    return next(iter(causal_words("observed").find(words(text))), None) is not None
