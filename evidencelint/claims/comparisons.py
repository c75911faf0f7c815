"""Groups that differ: "lower in the treated group", "those who smoked had more", "fell with the new scheduler".

What such a sentence shows depends on the design: between groups that were put under a treatment a difference is its effect,
between groups that were found so it is company (Hill, 1965; the wording guides of Haber et al., 2022).
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from evidencelint.claims.constructions import COMPARED, Candidate, span_of
from evidencelint.claims.directions import noun_way, opposite, predicate_way
from evidencelint.claims.tree import Tree
from evidencelint.lexicon import causal_words, counted_nouns, motion_cues
from evidencelint.model import Direction, Span
from evidencelint.words import stem, words

_AMONG = frozenset({"in", "among", "amongst", "for", "on", "at", "of"})
_WITH = frozenset({"with", "under", "after", "following"})
_HAVE = frozenset("have has had show showed shown report reported get got earn earned experience experienced "
                  "receive received take took spend spent contain contained emit emitted eat ate live lived score scored "
                  "grow grew need needed use used make made feature featured produce produced detect detected achieve achieved "
                  "lag lagged perform performed".split())  # fmt: skip
_ODDS = re.compile(
    r"\b(?:(?P<less>less|half as|(?:a|one) (?:third|quarter|fifth) as|least)|(?P<more>more|most|twice as|times as|equally|as))\s+"
    r"(?:likely|often|frequently|probable|prone)\b",
    re.IGNORECASE,
)
_TIMES = re.compile(r"\b(?:\w+ times|twice|thrice) (?:as|more)\b|\btimes (?:the|higher|as)\b", re.IGNORECASE)
_HALF = re.compile(r"\bhalf (?:as|the)\b|\b(?:a|one) (?:third|quarter) as\b", re.IGNORECASE)
_DEFINING = frozenset({"relcl", "acl"})
_SETTING = frozenset({"with", "without", "from", "on", "under"})


def read_comparisons(tree: Tree, text: str) -> Iterator[Candidate]:
    """Yield what the clauses of a sentence say of groups that differ."""
    for index, token in enumerate(tree.tokens):
        if not tree.is_predicate(index) or token.dep in {"acl", "xcomp", "pcomp", "csubj", "relcl"}:
            continue
        found = _of_clause(tree, index, text)
        if found is not None:
            yield found


def _of_clause(tree: Tree, predicate: int, text: str) -> Candidate | None:
    way, cue = _way(tree, predicate, text)
    if cue is None:
        return None
    subject = tree.subject(predicate)
    place = _group_beside(tree, predicate, text)
    if place is not None:
        group, causal = place
        strength = "causal" if causal else "correlational"
        return Candidate(cue, predicate, strength, way, span_of(tree, group), span_of(tree, subject), rank=COMPARED)
    if subject is None or not _is_group(tree, subject, predicate, text):
        return None
    span = span_of(tree, subject)
    causal = span is not None and _assigned(text[span.start : span.end])
    rest = Span(cue.start, len(text))
    return Candidate(cue, predicate, "causal" if causal else "correlational", way, span, rest, rank=COMPARED)


def _way(tree: Tree, predicate: int, text: str) -> tuple[Direction, Span | None]:
    clause = tree.subtree(predicate, frozenset({"advcl", "relcl", "conj", "ccomp"}))
    inside = tree.span(clause)
    for pattern, direction in ((_ODDS, None), (_HALF, "decrease"), (_TIMES, "increase")):
        match = pattern.search(text, tree.tokens[predicate].span.start, inside.end)
        if match is not None:
            if direction is None:
                return ("decrease" if match["less"] else "increase"), Span(*match.span())
            return ("decrease" if direction == "decrease" else "increase"), Span(*match.span())
    way, cue = predicate_way(tree, predicate, text)
    if cue is None:
        return _locative(tree, predicate)
    if tree.tokens[predicate].dep == "ROOT" or True:
        slowed = tree.tokens[predicate].text.lower() in {"slowed", "slow", "slows"}
        subject = tree.subject(predicate)
        if slowed and subject is not None and noun_way(tree.tokens[subject].text) != "unknown":
            return "decrease", cue
    return way, cue


def _locative(tree: Tree, predicate: int) -> tuple[Direction, Span | None]:
    """Read "the crashes show up mostly on machines with ...": where something is found says that there is more of it."""
    for child in tree.kids(predicate, "advmod"):
        if tree.tokens[child].text.lower() in {"mostly", "mainly", "chiefly", "predominantly", "particularly"}:
            return "increase", tree.tokens[child].span
    return "unknown", None


def _group_beside(tree: Tree, predicate: int, text: str) -> tuple[int, bool] | None:
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
        if word in _AMONG and (_defined(tree, named) and _countable(tree, named) or _assigned(phrase)):
            return named, _assigned(phrase) or (_assigned(text) and not _observed(text))
        if word in _WITH and not _counts(tree, named) and _treats(tree, named):
            return named, not _observed(text)
    return None


def _is_group(tree: Tree, subject: int, predicate: int, text: str) -> bool:
    """Tell whether a subject is a group set apart from others: by what it did, has, or is."""
    token = tree.tokens[subject]
    if token.dep in {"csubj", "csubjpass"}:
        return False
    if not (_plural(tree, subject) or token.text.lower() in {"those"}):
        return False
    compares = "than" in (t.text.lower() for t in tree.tokens[predicate:])
    if _defined(tree, subject):
        return True
    named = any(True for _ in tree.kids(subject, "amod", "compound"))
    return compares or (named and tree.tokens[predicate].text.lower() in _HAVE)


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
            tree.tokens[i].text.lower() in _SETTING
            or (tree.tokens[i].text.lower() in {"in", "at"} and _counts(tree, noun))
        )
        and i > noun
        for i in tree.kids(noun, "prep")
    ) and (_plural(tree, noun) or tree.tokens[noun].text.lower() == "those")


def _countable(tree: Tree, noun: int) -> bool:
    return _plural(tree, noun) or tree.tokens[noun].text.lower() in {"those", "who"} or _counts(tree, noun)


def _counts(tree: Tree, noun: int) -> bool:
    return stem(tree.tokens[noun].text) in counted_nouns()


def _treats(tree: Tree, noun: int) -> bool:
    """Tell whether what stands after "with" or "after" may be a treatment, not a number or a date."""
    return (
        tree.tokens[noun].pos in {"NOUN", "PROPN", "VERB"}
        and tree.tokens[noun].dep in {"pobj", "pcomp"}
        and not (re.search(r"\d", tree.tokens[noun].text) or stem(tree.tokens[noun].text) in _TIMEWORDS)
    )


_TIMEWORDS = frozenset(
    map(
        stem,
        (
            "year",
            "month",
            "week",
            "day",
            "hour",
            "minute",
            "time",
            "age",
            "baseline",
            "follow-up",
            "treatment",
            "adjustment",
        )[:9],
    )
)


def _assigned(text: str) -> bool:
    return next(iter(causal_words("assigned").find(words(text))), None) is not None


def _observed(text: str) -> bool:
    return next(iter(causal_words("observed").find(words(text))), None) is not None


__all__ = ["motion_cues", "opposite", "read_comparisons"]
