"""Groups that differ: "lower in the treated group", "those who smoked had more", "fell with the new scheduler".

What such a sentence shows depends on the design: between groups that were put under a treatment a difference is its
effect, between groups that were found so it is company (Hill, 1965; the wording guides of Haber et al., 2022).
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from evidencelint.claims.candidates import COMPARED, Candidate, is_evidence, span_of
from evidencelint.claims.directions import motion, noun_way, phrase_way, predicate_way
from evidencelint.claims.tree import Tree
from evidencelint.lexicon import causal_words, counted_nouns, word_set
from evidencelint.model import Direction, Span, Strength
from evidencelint.words import stem, words

_ODDS = re.compile(
    r"\b(?:(?P<less>less|half as|(?:a|one) (?:third|quarter|fifth) as|least)"
    r"|(?P<more>more|most|twice as|times as|equally|as))\s+"
    r"(?:likely|often|frequently|probable|prone)\b",
    re.IGNORECASE,
)
_EQUAL = re.compile(r"\b(?:just|equally|about|exactly|roughly|every bit) as \w+\b(?=.*\bas\b)", re.IGNORECASE)
_TIMES = re.compile(r"\b(?:\w+ times|twice|thrice) (?:as|more)\b|\btimes (?:the|higher|as)\b", re.IGNORECASE)
_HALF = re.compile(r"\bhalf (?:as|the)\b|\b(?:a|one) (?:third|quarter) as\b", re.IGNORECASE)
_DEFINING = frozenset({"relcl", "acl"})
_FREQUENCY = re.compile(r"\b(?:common|frequent|prevalent|likely|often|rarer|commoner)\b", re.IGNORECASE)
_AHEAD = 10
_ON_OTHER = re.compile(r"\b(?:than|as)\s+on\b", re.IGNORECASE)
_NO_BETTER = re.compile(
    r"\s+(no (?:more|less) \w+|no (?:better|worse|faster|slower|safer|\w+er))\b[^,;:]{0,40}?\bthan\s+(?!\d|expected|before|usual)",
    re.IGNORECASE,
)
_THE_MORE = re.compile(
    r"\W*(the (?:more|less|fewer|\w+er)\b[^,;]*),\s*(the (?:more|less|fewer|\w+er)\b.*)", re.IGNORECASE
)


def read_comparisons(tree: Tree, text: str) -> Iterator[Candidate]:
    """Yield what the clauses of a sentence say of groups that differ."""
    paired = _THE_MORE.match(text)
    if paired is not None:
        head = next((i for i, token in enumerate(tree.tokens) if token.dep == "ROOT"), 0)
        cause, effect = Span(*paired.span(1)), Span(*paired.span(2))
        yield Candidate(cause, head, "correlational", motion(paired[2]), cause, effect, rank=COMPARED)
        return
    for index, token in enumerate(tree.tokens):
        if not tree.is_predicate(index) or token.dep in {"acl", "xcomp", "pcomp", "csubj", "relcl"}:
            continue
        found = _of_clause(tree, index, text)
        if found is not None:
            yield found


def _differing(tree: Tree, predicate: int, text: str) -> Candidate | None:
    """Read "did not differ between the groups"."""
    token = tree.tokens[predicate]
    if token.text.lower() in {"followed", "follows", "follow"}:
        return _following(tree, predicate, text)
    if token.text.lower() not in {"differ", "differed", "differs"}:
        return None
    place = next((i for j in tree.kids(predicate, "prep") for i in tree.kids(j, "pobj")), None)
    if place is None or tree.tokens[place].pos != "NOUN":
        return None
    causal = _assigned(text) and not _observed(text)
    strength: Strength = "causal" if causal else "correlational"
    return Candidate(
        token.span,
        predicate,
        strength,
        "unknown",
        span_of(tree, place),
        span_of(tree, tree.subject(predicate)),
        rank=COMPARED,
    )


def _following(tree: Tree, predicate: int, text: str) -> Candidate | None:
    """Read "X was followed by fewer Y" and "a rise in Y followed X"."""
    subject = tree.subject(predicate)
    if subject is None or is_evidence(tree, subject):
        return None
    cause: int | None = subject
    effect: int | None = subject
    if tree.passive(predicate):
        agent = next(tree.kids(predicate, "agent"), None)
        effect = next(tree.kids(agent, "pobj"), None) if agent is not None else None
        way = phrase_way(tree, effect, text) if effect is not None else "unknown"
    else:
        cause = next(tree.kids(predicate, "dobj"), None)
        way = noun_way(tree.tokens[subject].text)
    if cause is None or effect is None or way == "unknown":
        return None
    span = tree.tokens[predicate].span  # what comes after is not said to come of it
    return Candidate(span, predicate, "correlational", way, span_of(tree, cause), span_of(tree, effect), rank=COMPARED)


def _of_clause(tree: Tree, predicate: int, text: str) -> Candidate | None:  # noqa: PLR0911 - one way after the other
    rival = _no_better(tree, predicate, text)
    if rival is not None:
        return rival
    if tree.tokens[predicate].text.lower() in {"followed", "follows", "follow"}:
        following = _following(tree, predicate, text)
        if following is not None:
            return following
    way, cue = _way(tree, predicate, text)
    subject = tree.subject(predicate)
    if cue is None:
        way, cue = _subject_way(tree, subject)
    if cue is None:
        return _differing(tree, predicate, text)
    if subject is not None and tree.tokens[subject].text.lower() in {"you", "we", "i"}:
        return None  # "you can lower the volume with ..."
    place = _group_beside(tree, predicate, text, cue)
    if place is None and way == "no_difference":
        place = _levels_beside(tree, predicate, text)
    anchor = next((i for i in tree.kids(predicate, "xcomp") if set(tree.within(cue)) & set(tree.subtree(i))), predicate)
    if place is not None:
        group, causal = place
        strength: Strength = "causal" if causal else "correlational"
        return Candidate(cue, anchor, strength, way, span_of(tree, group), span_of(tree, subject), rank=COMPARED)
    if subject is None:
        return None
    both = way == "no_difference" and any(True for _ in tree.kids(subject, "conj"))  # "boys and girls scored alike"
    often = _plural(tree, subject) and _ODDS.search(text[cue.start : cue.end]) is not None
    if not (both or often or _is_group(tree, subject, predicate)):
        return None
    span = span_of(tree, subject)
    causal = span is not None and _assigned(text[span.start : span.end])
    rest = Span(cue.start, len(text))
    return Candidate(cue, anchor, "causal" if causal else "correlational", way, span, rest, rank=COMPARED)


def _levels_beside(tree: Tree, predicate: int, text: str) -> tuple[int, bool] | None:
    """Find the groups between which something is the same: "in mulched and bare plots", "between the sexes"."""
    places = [predicate, *tree.kids(predicate, "acomp", "attr", "npadvmod", "oprd", "advmod")]
    for child in (i for place in places for i in tree.kids(place, "prep")):
        named = next(tree.kids(child, "pobj"), None)
        word = tree.tokens[child].text.lower()
        if named is None or word not in {"in", "between", "across", "among", "for", "despite"}:
            continue
        span = span_of(tree, named)
        phrase = text[span.start : span.end] if span is not None else ""
        several = _plural(tree, named) and re.search(r"\b(?:and|both|two|three|either|all|non-?)\b", phrase) is not None
        if several or word in {"between", "despite"}:
            return named, word == "despite" or (_assigned(text) and not _observed(text))
    return None


def _no_better(tree: Tree, predicate: int, text: str) -> Candidate | None:
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
    group = _plural(tree, subject) and not _assigned(text)
    strength: Strength = "correlational" if group else "causal"
    return Candidate(cue, inside[-1], strength, "increase", span_of(tree, subject), effect, denied=True, rank=COMPARED)


def _way(tree: Tree, predicate: int, text: str) -> tuple[Direction, Span | None]:
    clause = tree.subtree(predicate, frozenset({"advcl", "relcl", "conj", "ccomp"}))
    inside = tree.span(clause)
    equal = _EQUAL.search(text, tree.tokens[predicate].span.end, inside.end)
    if equal is not None:
        return "no_difference", Span(*equal.span())
    for pattern, direction in ((_ODDS, None), (_HALF, "decrease"), (_TIMES, "increase")):
        match = pattern.search(text, tree.tokens[predicate].span.start, inside.end)
        if match is not None:
            if direction is None:
                return ("decrease" if match["less"] else "increase"), Span(*match.span())
            return ("decrease" if direction == "decrease" else "increase"), Span(*match.span())
    way, cue = predicate_way(tree, predicate, text)
    if cue is not None and tree.tokens[predicate].text.lower() in word_set("doing_well"):
        worse = text[cue.start : cue.end].lower() in {"worse", "worst"}
        way = "decrease" if worse else way
    if cue is None:
        return _locative(tree, predicate)
    slowed = tree.tokens[predicate].text.lower() in {"slowed", "slow", "slows"}
    subject = tree.subject(predicate)
    if slowed and subject is not None and noun_way(tree.tokens[subject].text) != "unknown":
        return "decrease", cue  # "the decline slowed": there is less of the decline
    return way, cue


def _subject_way(tree: Tree, subject: int | None) -> tuple[Direction, Span | None]:
    """Read "fewer children learned to swim after ...", where the subject says that there were fewer."""
    for child in tree.kids(subject, "amod") if subject is not None else ():
        if tree.tokens[child].text.lower() in {"fewer", "more", "less"} and not _mere(tree, child):
            return motion(tree.tokens[child].text), tree.tokens[child].span
    return "unknown", None


def _mere(tree: Tree, index: int) -> bool:
    return index + 1 < len(tree.tokens) and tree.tokens[index + 1].text.lower() == "than"


def _locative(tree: Tree, predicate: int) -> tuple[Direction, Span | None]:
    """Read "the crashes show up mostly on machines with ...": where it is found says there is more of it."""
    for child in tree.kids(predicate, "advmod"):
        if tree.tokens[child].text.lower() in {"mostly", "mainly", "chiefly", "predominantly", "particularly"}:
            return "increase", tree.tokens[child].span
    return "unknown", None


def _group_beside(tree: Tree, predicate: int, text: str, cue: Span | None = None) -> tuple[int, bool] | None:
    """Find the group or treatment beside which an outcome is told, and whether it was put under it."""
    places = [predicate, *tree.kids(predicate, "acomp", "advmod", "attr", "dobj", "npadvmod", "xcomp")]
    places += [j for i in places[1:] for j in tree.kids(i, "advmod", "conj")]
    beside = sorted({child for place in places for child in tree.kids(place, "prep", "advcl")})
    for child in beside:
        word = tree.tokens[child].text.lower()
        if tree.tokens[child].dep == "advcl":
            if tree.marked(child, "because") and tree.subject(predicate) is not None:
                return child, True
            if tree.marked(child, "after", "once", "since") and tree.subject(predicate) is not None:
                return child, not _observed(text)
            continue
        named = next(tree.kids(child, "pobj", "pcomp"), None)
        if named is None:
            continue
        span = span_of(tree, named)
        phrase = text[span.start : span.end] if span is not None else ""
        common = cue is not None and _FREQUENCY.search(text[cue.start : cue.end + _AHEAD]) is not None
        if (word in word_set("among") and (common and _plural(tree, named))) or (
            word in word_set("among")
            and (
                (_defined(tree, named) and _countable(tree, named))
                or _assigned(phrase)
                or _kind_of_people(tree, named, cue)
            )
        ):
            return named, _assigned(phrase) or (_assigned(text) and not _observed(text))
        if (
            (word in word_set("with") or (word == "on" and _ON_OTHER.search(text)))
            and not _counts(tree, named)
            and _treats(tree, named)
        ):
            loose = word == "with" and not any(True for _ in tree.kids(named, "det", "poss", "compound", "amod"))
            than = any(token.text.lower() == "than" for token in tree.tokens[predicate:])
            return named, not _observed(text) and (than or not loose)  # "rose with age"
    return None


def _is_group(tree: Tree, subject: int, predicate: int) -> bool:
    """Tell whether a subject is a group set apart from others: by what it did, has, or is."""
    token = tree.tokens[subject]
    if token.dep in {"csubj", "csubjpass"}:
        return False
    if not (_plural(tree, subject) or token.text.lower() == "those" or _named_group(tree, subject)):
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


def _plural(tree: Tree, index: int) -> bool:
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
    ) and (_plural(tree, noun) or tree.tokens[noun].text.lower() == "those")


def _kind_of_people(tree: Tree, noun: int, cue: Span | None) -> bool:
    """Tell "higher in obese children": people of a kind, and a comparative."""
    if cue is None or not _counts(tree, noun) or not any(True for _ in tree.kids(noun, "amod", "compound")):
        return False
    return any(tree.tokens[i].tag in {"JJR", "RBR"} for i in tree.within(cue))


def _countable(tree: Tree, noun: int) -> bool:
    return _plural(tree, noun) or tree.tokens[noun].text.lower() in {"those", "who"} or _counts(tree, noun)


def _counts(tree: Tree, noun: int) -> bool:
    return stem(tree.tokens[noun].text) in counted_nouns()


def _treats(tree: Tree, noun: int) -> bool:
    """Tell whether what stands after "with" or "after" may be a treatment, not a number or a date."""
    return (
        tree.tokens[noun].pos in {"NOUN", "PROPN", "VERB"}
        and tree.tokens[noun].dep in {"pobj", "pcomp"}
        and not (re.search(r"\d", tree.tokens[noun].text) or tree.tokens[noun].text.lower() in word_set("timewords"))
    )


def _assigned(text: str) -> bool:
    return next(iter(causal_words("assigned").find(words(text))), None) is not None


def _observed(text: str) -> bool:
    return next(iter(causal_words("observed").find(words(text))), None) is not None
