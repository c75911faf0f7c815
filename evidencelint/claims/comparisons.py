"""Groups that differ: "lower in the treated group", "those who smoked had more", "fell with the new scheduler".

What such a sentence shows depends on the design: between groups that were put under a treatment a difference is its
effect, between groups that were found so it is company (Hill, 1965; the wording guides of Haber et al., 2022).
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from evidencelint.claims.candidates import COMPARED, Candidate, is_evidence, span_of
from evidencelint.claims.directions import motion, noun_way, phrase_way, predicate_way
from evidencelint.claims.groups import assigned, group_beside, is_group, levels_beside, no_better, observed, plural
from evidencelint.claims.tree import Tree
from evidencelint.lexicon import word_set
from evidencelint.model import Direction, Span, Strength

_ODDS = re.compile(
    r"\b(?:(?P<less>less|half as|(?:a|one) (?:third|quarter|fifth) as|least)"
    r"|(?P<more>more|most|twice as|times as|equally|as))\s+"
    r"(?:likely|often|frequently|probable|prone)\b",
    re.IGNORECASE,
)
_EITHER_WAY = re.compile(
    r"(?<!half )(?<!twice )(?<!times )(?<!third )(?<!quarter )(?<!fifth )(?<!not )(?<!n't )"
    r"\bas \w+ (?:with|under|in|for|on|among|after) [^,;]{0,60}?\bas (?:with|without|before|in|under|for|on|among)\b",
    re.IGNORECASE,
)
_EQUAL = re.compile(
    r"\b(?:just|equally|about|exactly|roughly|every bit) as \w+\b(?=.*\bas\b| (?:with|under|after|in|for)\b)",
    re.IGNORECASE,
)
_AS_MANY = re.compile(
    r"(?<!twice )(?<!half )(?<!times )(?<!third )(?<!quarter )\bas (?:many|much) [\w ]+? as\b", re.IGNORECASE
)
_NOT_AS = re.compile(r"(?:\bnot|n['’]t) (?:[a-z]+ )?as [a-z]+\b", re.IGNORECASE)
_TIMES = re.compile(r"\b(?:\w+ times|twice|thrice) (?:as|more)\b|\btimes (?:the|higher|as)\b", re.IGNORECASE)
_HALF = re.compile(
    r"\bhalf (?:as|the|its)\b"
    r"|\b(?:a|one) (?:third|quarter|fifth|tenth) "
    r"(?:as|the (?:size|number|rate|length|weight|cost|time)|of (?:what|its))\b",
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
    if token.text.lower() in word_set("changing") and tree.marked(predicate, "not", "n't", "n’t", "never", "hardly"):
        beside = group_beside(tree, predicate, text)
        if beside is None:
            return None
        told: Strength = "causal" if beside[1] else "correlational"
        cause, effect = span_of(tree, beside[0]), span_of(tree, tree.subject(predicate))
        return Candidate(token.span, predicate, told, "unknown", cause, effect, rank=COMPARED)
    if token.text.lower() not in {"differ", "differed", "differs"}:
        return None
    place = next((i for j in tree.kids(predicate, "prep") for i in tree.kids(j, "pobj")), None)
    if place is None or tree.tokens[place].pos not in {"NOUN", "PROPN", "ADJ", "NUM"}:
        return None
    causal = assigned(text) and not observed(text)
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
    none = tree.passive(predicate) and tree.marked(effect, "no")
    told = span_of(tree, effect)
    return Candidate(span, predicate, "correlational", way, span_of(tree, cause), told, denied=none, rank=COMPARED)


def _of_clause(tree: Tree, predicate: int, text: str) -> Candidate | None:  # noqa: C901, PLR0911 - one way after the other
    rival = no_better(tree, predicate, text)
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
    place = group_beside(tree, predicate, text, cue)
    if place is None and way == "no_difference":
        place = levels_beside(tree, predicate, text)
    anchor = next((i for i in tree.kids(predicate, "xcomp") if set(tree.within(cue)) & set(tree.subtree(i))), predicate)
    if place is not None:
        group, causal = place
        strength: Strength = "causal" if causal else "correlational"
        return Candidate(cue, anchor, strength, way, span_of(tree, group), span_of(tree, subject), rank=COMPARED)
    if subject is None:
        return None
    both = way == "no_difference" and any(True for _ in tree.kids(subject, "conj"))  # "boys and girls scored alike"
    often = plural(tree, subject) and _ODDS.search(text[cue.start : cue.end]) is not None
    if not (both or often or is_group(tree, subject, predicate)):
        return None
    span = span_of(tree, subject)
    causal = span is not None and assigned(text[span.start : span.end])
    rest = Span(cue.start, len(text))
    return Candidate(cue, anchor, "causal" if causal else "correlational", way, span, rest, rank=COMPARED)


def _way(tree: Tree, predicate: int, text: str) -> tuple[Direction, Span | None]:  # noqa: PLR0911 - by turns
    clause = tree.subtree(predicate, frozenset({"advcl", "relcl", "conj", "ccomp"}))
    inside = tree.span(clause)
    equal = _EQUAL.search(text, tree.tokens[predicate].span.end, inside.end)
    below = _NOT_AS.search(text, inside.start, inside.end)
    if below is not None:
        return "decrease", Span(*below.span())
    equal = equal or _AS_MANY.search(text, tree.tokens[predicate].span.end, inside.end)
    equal = equal or _EITHER_WAY.search(text, tree.tokens[predicate].span.end, inside.end)
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
