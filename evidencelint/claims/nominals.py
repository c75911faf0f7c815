"""Relations that nouns, adjectives and connectives state: "an effect on", "effective in", "thanks to", "linked to"."""

from __future__ import annotations

from evidencelint.claims.candidates import Candidate, for_a_purpose, is_evidence, object_of, span_of
from evidencelint.claims.directions import motion, noun_way, own_way, phrase_way, predicate_way, valued
from evidencelint.claims.tree import Tree
from evidencelint.diagnostics import Span
from evidencelint.lexicon import RelationCue, word_set
from evidencelint.model import Direction
from evidencelint.words import Hit

_PREDICATIVE = frozenset({"acomp", "attr", "ROOT", "oprd", "conj", "ccomp", "xcomp"})
_AFFECTED = ("on", "upon", "in", "for", "to", "against", "over")


def read_predicate(hit: Hit[RelationCue], anchor: int, tree: Tree, text: str) -> Candidate | None:  # noqa: C901, PLR0911, PLR0912
    """Read what an adjective or noun says of its subject ("is effective in reducing X", "is responsible for")."""
    token = tree.tokens[anchor]
    home = tree.predicate(anchor)
    if token.pos == "VERB":
        if (token.dep in {"amod", "acl"} and not tree.passive(anchor)) or for_a_purpose(tree, anchor):
            return None
        if (
            hit.value.direction != "unknown"
            and not hit.value.denies
            and any(True for _ in tree.kids(anchor, "auxpass"))
        ):
            return None  # "is used for" is not "is useful for"
        if (hit.value.direction == "unknown" or hit.value.denies) and tree.passive(anchor):
            agent = next((i for i in tree.kids(anchor, "agent", "prep")), None)
            cause = next(tree.kids(agent, "pobj", "pcomp"), None) if agent is not None else None
            if cause is None or is_evidence(tree, cause):
                return None
            return Candidate(
                hit.span,
                anchor,
                "causal",
                "increase",
                span_of(tree, cause),
                span_of(tree, tree.subject(anchor), frozenset({"acl", "relcl"})),
                denied=hit.value.denies,
            )
        if any(True for _ in tree.kids(anchor, "dobj")):
            return None
    elif token.dep == "nsubj" and token.pos == "NOUN" and _is_being(tree, home):
        return _named_cause(hit, anchor, home, tree, text)
    elif not (
        token.dep in _PREDICATIVE
        or (token.dep == "prep" and (hit.last > hit.first or token.text == "behind") and _is_being(tree, token.head))
        or _one_of(tree, anchor)
        or (token.dep == "advmod" and hit.last > hit.first)
        or _of_treatment(tree, anchor)
    ):
        return None
    subject = tree.subject(home)
    if subject is None or is_evidence(tree, subject) or not (token.pos == "VERB" or _is_being(tree, home)):
        return None
    way = hit.value.direction
    if tree.marked(anchor, "equally", "similarly", "as") and not hit.value.denies:
        way = "no_difference"  # "were equally effective"
    prep = next(
        (
            i
            for i in (*tree.kids(anchor, "prep"), *tree.kids(home, "prep"))
            if tree.tokens[i].span.start >= token.span.start
        ),
        None,
    )
    effect = None
    if token.dep == "prep":
        last = tree.within(hit.span)[-1]
        effect = object_of(tree, last, _AFFECTED)  # "of no benefit to"
        if effect is None and last == anchor:
            effect = next(tree.kids(anchor, "pobj"), None)  # "is behind the rise"
    elif prep is not None:
        done = next(tree.kids(prep, "pcomp"), None)
        effect = next(tree.kids(done if done is not None else prep, "dobj", "pobj"), None)
        if done is not None:
            found = own_way(tree, done)
            way = found if found != "unknown" else way
    told = span_of(tree, effect)
    if told is None and tree.tokens[tree.within(hit.span)[-1]].pos == "NOUN" and hit.span.end < len(text):
        told = Span(hit.span.end, len(text))  # "is the reason people stay"
    denied = hit.value.denies
    if told is not None:
        way = valued(way, text[hit.span.start : hit.span.end], text[told.start : told.end])
    acting, moved = span_of(tree, subject), told
    if text[hit.span.start : hit.span.end].lower().endswith(" by"):
        acting, moved = moved, acting  # "unaffected by"
    return Candidate(hit.span, anchor, "causal", way, acting, moved, denied=denied, rank=2)


def _named_cause(hit: Hit[RelationCue], anchor: int, home: int, tree: Tree, text: str) -> Candidate | None:
    """Read "the main cause of X is Y"."""
    cause = next(tree.kids(home, "attr"), None)
    effect = object_of(tree, anchor, ("of", "for"))
    clause = next(tree.kids(anchor, "relcl", "acl"), None)
    told = span_of(tree, effect if effect is not None else clause)
    if cause is None or told is None or tree.tokens[cause].pos not in {"NOUN", "PROPN"} or is_evidence(tree, cause):
        return None
    way = hit.value.direction
    if effect is None and clause is not None:
        moved = predicate_way(tree, clause, text)[0]  # "the reason prices rose is the drought"
        way = way if moved == "unknown" else moved
    return Candidate(hit.span, home, "causal", way, span_of(tree, cause), told, rank=2)


def _one_of(tree: Tree, anchor: int) -> bool:
    """Tell "one of the main drivers of"."""
    prep = tree.tokens[anchor].head
    of = tree.tokens[prep].text.lower() in {"of", "among"} and tree.tokens[anchor].dep == "pobj"
    one = tree.tokens[tree.tokens[prep].head]
    return of and ((one.text.lower() == "one" and one.dep == "attr") or tree.tokens[prep].text.lower() == "among")


def _is_being(tree: Tree, home: int) -> bool:
    """Tell whether a verb says what its subject is ("is", "proved"), and does not quote ("called it a cure")."""
    token = tree.tokens[home]
    return (
        token.pos == "AUX"
        or token.text.lower() in word_set("being")
        or token.dep in {"xcomp", "acl", "relcl"}
        or (home == token.head and token.pos != "VERB")
    )


def _of_treatment(tree: Tree, anchor: int) -> bool:
    """Tell whether an adjective stands before what its subject is said to be ("is an effective treatment")."""
    token = tree.tokens[anchor]
    head = tree.tokens[token.head]
    return (
        token.dep in {"amod", "conj"}
        and head.dep in {"attr", "conj", "pobj"}
        and (head.pos == "NOUN" or head.text.lower() == "anything")  # "is anything but effective"
        and (tree.tokens[head.head].text.lower() in {"is", "are", "was", "were", "be", "as", "been", "remains"})
    )


def read_noun(hit: Hit[RelationCue], anchor: int, tree: Tree, text: str) -> Candidate | None:  # noqa: PLR0911
    """Read a noun of effect where a clause says there is one ("had no effect on X", "an effect of X on Y was seen")."""
    token = tree.tokens[anchor]
    home = tree.predicate(anchor)
    verb = tree.tokens[home].text.lower()
    if token.text.lower() in {"nothing", "little"}:
        subject = tree.subject(home)
        done = (
            token.dep == "dobj" and verb in word_set("doing") and subject is not None and not is_evidence(tree, subject)
        )
        effect = object_of(tree, anchor, ("for", "to")) or object_of(tree, home, ("for", "to"))
        return (
            Candidate(hit.span, anchor, "causal", "unknown", span_of(tree, subject), span_of(tree, effect), denied=True)
            if done
            else None
        )
    if token.pos != "NOUN":
        return None
    effect = object_of(tree, anchor, _AFFECTED)
    cause = object_of(tree, anchor, ("of", "from"))
    if cause is None and token.text.lower().startswith("difference"):
        cause = object_of(tree, anchor, ("between",)) or object_of(tree, home, ("between",))
    evidence = tree.tokens[tree.tokens[token.head].head]
    shown = (
        token.dep == "pobj"
        and evidence.text.lower() in word_set("showing")
        and evidence.dep in {"attr", "dobj", "nsubjpass", "nsubj"}
    )
    way = _worth(tree, anchor, text)
    if token.dep == "dobj" and verb in word_set("having") and not is_evidence(tree, tree.subject(home)):
        if effect is None:
            effect = object_of(tree, home, _AFFECTED)
        subject = tree.subject(home)
        return Candidate(hit.span, anchor, "causal", way, span_of(tree, subject), span_of(tree, effect))
    if token.dep == "pobj" and tree.tokens[token.head].text.lower() == "without" and verb in word_set("being"):
        being, subject = tree.tokens[token.head].head, tree.subject(home)
        return Candidate(hit.span, being, "causal", way, span_of(tree, subject), span_of(tree, effect))
    if _without_it(tree, anchor) and effect is not None and not is_evidence(tree, tree.subject(home)):
        return Candidate(hit.span, anchor, "causal", way, span_of(tree, tree.subject(home)), span_of(tree, effect))
    if token.dep == "attr" and effect is None and cause is not None and token.text.lower() == "consequence":
        subject = tree.subject(home)
        return Candidate(hit.span, home, "causal", "increase", span_of(tree, cause), span_of(tree, subject), rank=2)
    stated = verb in word_set("seeing") or verb in word_set("being")
    if (
        (stated or shown)
        and (shown or token.dep in {"dobj", "attr", "nsubj", "nsubjpass", "conj"})
        and (cause is not None or effect is not None)
    ):
        return Candidate(hit.span, anchor, "causal", way, span_of(tree, cause), span_of(tree, effect), rank=2)
    return None


def _worth(tree: Tree, noun: int, text: str) -> Direction:
    """Give the way a noun of effect names: a benefit is more of what it is for, "all the difference" too."""
    way = phrase_way(tree, noun, text)
    named = tree.tokens[noun].text.lower()
    good = named.startswith(("benefit", "efficacy", "effectiveness", "advantage")) and way == "unknown"
    return "increase" if good or (named == "difference" and tree.marked(noun, "all")) else way


def _without_it(tree: Tree, noun: int) -> bool:
    """Tell whether a verb with a subject is said to have passed without an effect ("came and went without any")."""
    preposition = tree.tokens[noun].head
    if tree.tokens[noun].dep != "pobj" or tree.tokens[preposition].text.lower() != "without":
        return False
    return tree.tokens[tree.tokens[preposition].head].pos == "VERB" and tree.subject(tree.predicate(noun)) is not None


def read_connective(hit: Hit[RelationCue], anchor: int, tree: Tree, text: str) -> Candidate | None:
    """Read what an effect is owed to ("fell because of X", "is due to X")."""
    home = tree.predicate(anchor)
    inside = tree.within(hit.span)
    last = max(inside)
    cause = next((i for j in reversed(inside) for i in tree.kids(j, "pobj", "pcomp")), None)
    if cause is None:
        cause = last + 1 if last + 1 < len(tree.tokens) else None
    blanked = text[: hit.span.start] + " " * len(hit.span) + text[hit.span.end :]
    way, _ = predicate_way(tree, home, blanked)
    if way == "unknown" and tree.tokens[home].pos == "VERB" and home not in inside:
        way = own_way(tree, home)
    if way == "unknown":
        way = noun_way(tree.tokens[tree.tokens[anchor].head].text)
    subject = tree.subject(home)
    if way == "unknown" and subject is not None:
        way = phrase_way(tree, subject, text)
    if way == "unknown" and home in inside:
        way = "increase"  # "was triggered by", "results from"
    being = tree.tokens[home].text.lower() in word_set("being")
    if being and way == "unknown":
        way = "increase"
    return Candidate(
        hit.span,
        anchor,
        "causal",
        way,
        span_of(tree, cause),
        span_of(tree, subject),
        rank=2 if being or way != "unknown" else 4,
    )


def read_blame(hit: Hit[RelationCue], anchor: int, tree: Tree, text: str) -> Candidate | None:
    """Read "rents rose, and tenants blame the landlords": the cause is named, the effect told before or with "for"."""
    if tree.tokens[anchor].pos != "VERB":
        return None
    cause = next(tree.kids(anchor, "dobj", "nsubjpass"), None)
    if cause is None:
        return None
    effect = object_of(tree, anchor, ("for",))
    owed = object_of(tree, anchor, ("to",)) if tree.tokens[anchor].text.lower().startswith("attribut") else None
    if owed is not None:
        way = noun_way(tree.tokens[cause].text)
        return Candidate(hit.span, anchor, "causal", way, span_of(tree, owed), span_of(tree, cause), rank=2)
    way = phrase_way(tree, effect, text) if effect is not None else motion(text[: hit.span.start])
    told = span_of(tree, effect) if effect is not None else Span(0, hit.span.start)
    return Candidate(hit.span, anchor, "causal", way, span_of(tree, cause), told, rank=2)
