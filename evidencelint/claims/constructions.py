"""The constructions that state a relation: a verb with its object, a predicate, a noun of effect, a connective, a link.

Each function takes a cue found in a parsed sentence and gives what it states there, or None where the word is only used.
The constructions are those of Girju (2003) and Khoo, Chan and Niu (2000) for causal relations in text, read from the
dependency parse instead of from surface patterns.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from evidencelint.claims.directions import (
    motion,
    moves,
    noun_way,
    own_way,
    particle_way,
    phrase_way,
    predicate_way,
)
from evidencelint.claims.tree import OBJECTS, Tree
from evidencelint.lexicon import RelationCue, causal_words, relation_cues
from evidencelint.model import Direction, Span, Strength
from evidencelint.words import Hit, words

COMPARED = 3
_LIGHT = frozenset("make makes made making give gives gave given put puts send sends sent keep keeps kept leave leaves left "
                   "let provide provides provided offer offers offered deliver delivers allow allows enable enables permit force help "
                   "helps helped drive drives drove driven bring brings brought prompt render renders rendered".split())  # fmt: skip
_OPEN_OBJECT = frozenset("bring brings brought bringing drive drives drove driven help helps helped prompt".split())
_HAVING = frozenset("have has had having exert exerts exerted show shows showed shown produce produces produced make makes made "
                    "making demonstrate demonstrated exhibit exhibited yield yields yielded possess confer confers bring brings "
                    "brought do does did take retain retained exercised exercise lack lacks lacked".split())  # fmt: skip
_SEEING = frozenset("find found finds see saw seen observe observed report reported detect detected show shows showed shown "
                    "reveal revealed note noted identify identified record recorded demonstrate demonstrated document documented "
                    "estimate measured confirm confirmed obtained experienced yield there".split())  # fmt: skip
_BEING = frozenset("is was are were be been being remains remained seems seemed appears appeared proved proves became "
                   "becomes".split())  # fmt: skip
_POWER = frozenset({"potential", "ability", "capacity", "power", "potency", "tendency", "propensity", "scope", "likelihood"})  # fmt: skip
_ADJACENT = 2
_SOCIAL = frozenset("relationship relationships relation relations link links connection connections".split())
_DOING = frozenset({"do", "does", "did", "done", "doing"})
_NAMING = frozenset("describe describes described report reports reported present presents presented see saw seen "
                    "identify identified find found".split())  # fmt: skip
_AFFECTED = ("on", "upon", "in", "for", "to", "against", "over")


@dataclass(frozen=True, slots=True)
class Candidate:
    """A relation as one construction states it; spans are offsets into the sentence.

    ``anchor`` is the token whose cues (hedges, negations) bear on it; ``denied`` says that the words themselves
    deny the relation ("unrelated"); of candidates in one place the one with the lower ``rank`` is believed.
    """

    cue: Span
    anchor: int
    strength: Strength
    direction: Direction
    cause: Span | None
    effect: Span | None
    denied: bool = False
    rank: int = 1
    sign: Direction = "unknown"


def read_construction(hit: Hit[RelationCue], tree: Tree, text: str) -> Candidate | None:
    """Read what a cue states in the construction that it stands in."""
    anchor = tree.top(hit.span)
    if anchor is None:
        return None
    match hit.value.form:
        case "verb" | "outcome":
            return _verb(hit, anchor, tree, text)
        case "predicate":
            return _predicate(hit, anchor, tree, text)
        case "noun":
            return _noun(hit, anchor, tree, text)
        case "shift":
            return _shift(hit, anchor, tree, text)
        case "connective":
            return _connective(hit, anchor, tree, text)
        case "blame":
            return _blame(hit, anchor, tree, text)
        case "link":
            return _link(hit, anchor, tree, text)


def is_evidence(tree: Tree, index: int | None) -> bool:
    """Tell whether a noun is a piece of evidence or one who gathers it ("these results support ...")."""
    if index is None:
        return False
    sequence = words(tree.tokens[index].text)
    return any(next(iter(causal_words(name).find(sequence)), None) is not None for name in ("evidence", "actors"))


def span_of(tree: Tree, index: int | None, without: frozenset[str] = frozenset()) -> Span | None:
    """Give the stretch of a token and what hangs on it."""
    if index is None:
        return None
    return tree.span(tree.subtree(index, without | frozenset({"punct"})))


def _verb(hit: Hit[RelationCue], anchor: int, tree: Tree, text: str) -> Candidate | None:
    token = tree.tokens[anchor]
    if token.dep == "amod" and anchor > 1 and tree.tokens[anchor - 1].text == "-":
        return _compound(hit, anchor, tree)
    misread = (
        token.tag in {"NNS", "NN"} and token.dep == "ROOT" and not any(t.pos in {"VERB", "AUX"} for t in tree.tokens)
    )
    misread = misread or (hit.last > hit.first and token.pos == "NOUN" and token.text.endswith("s"))
    if misread:  # "X lowers Y" in which the tagger saw no verb
        return _around(hit, anchor, text)
    if token.pos != "VERB" or token.dep in {"amod", "compound", "prep"}:
        return None
    if _for_a_purpose(tree, anchor):
        return None
    if tree.passive(anchor):
        return _passive(hit, anchor, tree, text)
    subject = tree.subject(anchor)
    if subject is None or is_evidence(tree, subject):
        return None
    named = _object(hit, anchor, tree)
    if named is None or (named < anchor and tree.tokens[named].dep in {"ccomp", "xcomp"}):
        return None
    light = token.text.lower() in _LIGHT and hit.last == hit.first
    if light and not _moved_by(tree, anchor, named, text):
        return None
    way = _verb_way(hit, anchor, named, tree, text)
    told = _reach_of(tree, anchor, named)
    way_shown = way if hit.value.form == "verb" else _brought(way)
    return Candidate(hit.span, anchor, "causal", way_shown, span_of(tree, subject), told, sign=way)


def _reach_of(tree: Tree, verb: int, named: int) -> Span | None:
    """Give the object of a verb and what the clause says of it after that: where, in whom, when."""
    own = span_of(tree, named)
    if own is None or named < verb:
        return own
    after = [
        i
        for child in tree.kids(verb, "prep", "npadvmod", "advmod")
        if child > named
        for i in tree.subtree(child, frozenset({"relcl", "advcl"}))
    ]
    return Span(own.start, max(own.end, tree.span(after).end)) if after else own


def _compound(hit: Hit[RelationCue], anchor: int, tree: Tree) -> Candidate | None:
    """Read "cases of drug-induced fever" where a clause tells of the cases."""
    thing = tree.tokens[anchor].head
    home = tree.predicate(thing)
    if hit.value.form != "outcome" or tree.tokens[home].text.lower() not in _NAMING:
        return None
    return Candidate(
        hit.span, anchor, "causal", "increase", tree.tokens[anchor - 2].span, tree.tokens[thing].span, rank=4
    )


def _blame(hit: Hit[RelationCue], anchor: int, tree: Tree, text: str) -> Candidate | None:
    """Read "rents rose, and tenants blame the landlords": the cause is named, the effect told before or with "for"."""
    if tree.tokens[anchor].pos != "VERB":
        return None
    cause = next(tree.kids(anchor, "dobj", "nsubjpass"), None)
    if cause is None:
        return None
    effect = _object_of(tree, anchor, ("for",))
    way = phrase_way(tree, effect, text) if effect is not None else motion(text[: hit.span.start])
    told = span_of(tree, effect) if effect is not None else Span(0, hit.span.start)
    return Candidate(hit.span, anchor, "causal", way, span_of(tree, cause), told, rank=2)


def _around(hit: Hit[RelationCue], anchor: int, text: str) -> Candidate:
    before, after = Span(0, hit.span.start), Span(hit.span.end, len(text))
    return Candidate(hit.span, anchor, "causal", hit.value.direction, before, after, rank=4)


def _for_a_purpose(tree: Tree, verb: int) -> bool:
    """Tell whether a verb stands with "to" for what something is meant to do ("a plan to reduce")."""
    token = tree.tokens[verb]
    if token.dep == "acl" and tree.infinitive(verb):
        return tree.tokens[token.head].text.lower() not in _POWER
    return token.dep == "advcl" and tree.infinitive(verb)


def _passive(hit: Hit[RelationCue], anchor: int, tree: Tree, text: str) -> Candidate | None:
    agent = next((i for i in tree.kids(anchor, "agent") if tree.tokens[i].text.lower() == "by"), None)
    if agent is None:
        return None
    cause = next(tree.kids(agent, "pobj", "pcomp"), None)
    subject = tree.subject(anchor)
    if cause is None or is_evidence(tree, cause):
        return None
    way = hit.value.direction
    if hit.value.form == "outcome":
        way = "increase"
    sign = way if hit.value.form == "verb" else "unknown"
    told = span_of(tree, subject, frozenset({"acl", "relcl"}))
    return Candidate(hit.span, anchor, "causal", way, span_of(tree, cause), told, sign=sign)


def _object(hit: Hit[RelationCue], verb: int, tree: Tree) -> int | None:
    """Find what a verb acts on: its object or clause, or the object of the preposition that the cue ends in."""
    for index in tree.within(hit.span):
        if tree.tokens[index].dep in {"prep", "dative"} or tree.tokens[index].pos == "ADP":
            found = next(tree.kids(index, "pobj", "pcomp"), None)
            if found is not None:
                return found
    labels = ("dobj", "ccomp", "xcomp", "oprd", "attr") if hit.value.form == "outcome" else ("dobj",)
    found = next(tree.kids(verb, *labels), None)
    if found is None and hit.value.form == "verb":
        found = next(tree.kids(verb, "ccomp", "dative"), None)
    if found is None:
        beside = next((i for i in tree.kids(verb, "npadvmod") if 0 < i - verb <= _ADJACENT), None)
        found = beside if beside is not None and tree.tokens[beside].pos == "NOUN" else None
    return found


def _moved_by(tree: Tree, verb: int, named: int, text: str) -> bool:
    """Tell whether a light verb moves something: with a clause, a particle, or an object of another size."""
    if any(True for _ in tree.kids(verb, "ccomp", "xcomp", "oprd")) or particle_way(tree, verb) != "unknown":
        return True
    span = span_of(tree, verb)
    after = text[tree.tokens[verb].span.end : span.end] if span else ""
    if tree.tokens[verb].text.lower() in _OPEN_OBJECT and tree.tokens[named].dep == "dobj":
        return True
    return moves(after) or noun_way(tree.tokens[named].text) != "unknown"


def _verb_way(hit: Hit[RelationCue], verb: int, named: int, tree: Tree, text: str) -> Direction:
    particle = particle_way(tree, verb)
    if particle != "unknown":
        return particle
    if hit.value.form == "verb":
        return hit.value.direction
    clauses = [named, *tree.kids(verb, "xcomp", "ccomp", "oprd")]
    for index in clauses:
        if tree.tokens[index].dep in {"xcomp", "ccomp", "oprd", "acomp", "pcomp"}:
            way = own_way(tree, index)
            if way != "unknown":
                return way
            inner = next(tree.kids(index, "dobj", "acomp", "advmod"), None)
            if inner is not None:
                way = phrase_way(tree, inner, text)
                if way != "unknown":
                    return way
    way = phrase_way(tree, named, text)
    if way == "unknown" and tree.tokens[verb].text.lower() in _LIGHT:
        span = span_of(tree, verb)
        after = text[tree.tokens[verb].span.end : span.end] if span else ""
        way = motion(after)
    return way


def _brought(way: Direction) -> Direction:
    """Give the direction of what something brings about: there is more of it, unless it is said to be less."""
    return "increase" if way == "unknown" else way


def _predicate(hit: Hit[RelationCue], anchor: int, tree: Tree, text: str) -> Candidate | None:
    token = tree.tokens[anchor]
    home = tree.predicate(anchor)
    if token.pos == "VERB":
        if token.dep in {"amod", "acl"} and not tree.passive(anchor) or _for_a_purpose(tree, anchor):
            return None
        if hit.value.direction == "unknown" and tree.passive(anchor):
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
            )
        if any(True for _ in tree.kids(anchor, "dobj")):
            return None
    elif not (token.dep in {"acomp", "attr", "ROOT", "oprd", "conj", "ccomp", "xcomp"} or _of_treatment(tree, anchor)):
        return None
    subject = tree.subject(home)
    if subject is None or is_evidence(tree, subject):
        return None
    way = hit.value.direction
    prep = next(
        (
            i
            for i in (*tree.kids(anchor, "prep"), *tree.kids(home, "prep"))
            if tree.tokens[i].span.start >= token.span.start
        ),
        None,
    )
    effect = None
    if prep is not None:
        done = next(tree.kids(prep, "pcomp"), None)
        effect = next(tree.kids(done if done is not None else prep, "dobj", "pobj"), None)
        if done is not None:
            found = own_way(tree, done)
            way = found if found != "unknown" else way
    told = span_of(tree, effect)
    if told is None and tree.tokens[tree.within(hit.span)[-1]].pos == "NOUN" and hit.span.end < len(text):
        told = Span(hit.span.end, len(text))  # "is the reason people stay"
    return Candidate(hit.span, anchor, "causal", way, span_of(tree, subject), told, rank=2)


def _of_treatment(tree: Tree, anchor: int) -> bool:
    """Tell whether an adjective stands before what its subject is said to be ("is an effective treatment")."""
    token = tree.tokens[anchor]
    head = tree.tokens[token.head]
    return (
        token.dep in {"amod", "conj"}
        and head.dep in {"attr", "conj", "pobj"}
        and head.pos == "NOUN"
        and (tree.tokens[head.head].text.lower() in {"is", "are", "was", "were", "be", "as", "been", "remains"})
    )


def _noun(hit: Hit[RelationCue], anchor: int, tree: Tree, text: str) -> Candidate | None:
    token = tree.tokens[anchor]
    home = tree.predicate(anchor)
    verb = tree.tokens[home].text.lower()
    if token.text.lower() == "nothing":
        subject = tree.subject(home)
        done = token.dep == "dobj" and verb in _DOING and subject is not None and not is_evidence(tree, subject)
        effect = _object_of(tree, anchor, ("for", "to")) or _object_of(tree, home, ("for", "to"))
        return (
            Candidate(hit.span, anchor, "causal", "unknown", span_of(tree, subject), span_of(tree, effect))
            if done
            else None
        )
    if token.pos != "NOUN":
        return None
    effect = _object_of(tree, anchor, _AFFECTED)
    cause = _object_of(tree, anchor, ("of", "from"))
    way = phrase_way(tree, anchor, text)
    if token.text.lower().startswith(("benefit", "efficacy", "effectiveness", "advantage")) and way == "unknown":
        way = "increase"
    if token.dep == "dobj" and verb in _HAVING and not is_evidence(tree, tree.subject(home)):
        if effect is None:
            effect = _object_of(tree, home, _AFFECTED)
        subject = tree.subject(home)
        return Candidate(hit.span, anchor, "causal", way, span_of(tree, subject), span_of(tree, effect))
    if token.dep == "pobj" and tree.tokens[token.head].text.lower() == "without" and verb in _BEING:
        return Candidate(hit.span, tree.tokens[token.head].head, "causal", "no_difference", span_of(tree, tree.subject(home)), span_of(tree, effect))  # fmt: skip
    stated = verb in _SEEING or verb in _BEING
    if (
        stated
        and token.dep in {"dobj", "attr", "nsubj", "nsubjpass", "conj"}
        and (cause is not None or effect is not None)
    ):
        return Candidate(hit.span, anchor, "causal", way, span_of(tree, cause), span_of(tree, effect), rank=2)
    return None


def _object_of(tree: Tree, index: int, prepositions: tuple[str, ...]) -> int | None:
    for child in tree.kids(index, "prep"):
        if tree.tokens[child].text.lower() in prepositions:
            return next(tree.kids(child, "pobj", "pcomp"), None)
    return None


def _shift(hit: Hit[RelationCue], anchor: int, tree: Tree, text: str) -> Candidate | None:
    """Read "a reduction in X was seen after Y": a change that is said to be there, with what came before it."""
    token = tree.tokens[anchor]
    home = tree.predicate(anchor)
    if token.pos != "NOUN" or token.dep not in {"dobj", "nsubjpass", "nsubj", "attr", "conj"}:
        return None
    if tree.tokens[home].text.lower() not in _SEEING | _BEING:
        return None
    cause = _after(tree, home) if (found := _after(tree, anchor)) is None else found
    if cause is None:
        return None
    effect = _object_of(tree, anchor, ("in", "of"))
    return Candidate(
        hit.span, anchor, "causal", hit.value.direction, span_of(tree, cause), span_of(tree, effect), rank=2
    )


def _after(tree: Tree, index: int) -> int | None:
    """Give what a change is said to have come after or with."""
    for child in tree.kids(index, "prep", "advcl"):
        if tree.tokens[child].dep == "advcl":
            if tree.marked(child, "after", "once"):
                return child
        elif tree.tokens[child].text.lower() in {"after", "following", "with", "under", "from"}:
            return next(tree.kids(child, "pobj", "pcomp"), None)
    return None


def _connective(hit: Hit[RelationCue], anchor: int, tree: Tree, text: str) -> Candidate | None:
    home = tree.predicate(anchor)
    inside = tree.within(hit.span)
    last = max(inside)
    cause = next((i for j in reversed(inside) for i in tree.kids(j, "pobj", "pcomp")), None)
    if cause is None:
        cause = last + 1 if last + 1 < len(tree.tokens) else None
    blanked = text[: hit.span.start] + " " * len(hit.span) + text[hit.span.end :]
    way, _ = predicate_way(tree, home, blanked)
    if way == "unknown":
        way = noun_way(tree.tokens[tree.tokens[anchor].head].text)
    being = tree.tokens[home].text.lower() in _BEING
    if being and way == "unknown":
        way = "increase"
    return Candidate(
        hit.span,
        anchor,
        "causal",
        way,
        span_of(tree, cause),
        span_of(tree, tree.subject(home)),
        rank=2 if being or way != "unknown" else 4,
    )


def _link(hit: Hit[RelationCue], anchor: int, tree: Tree, text: str) -> Candidate | None:
    token = tree.tokens[anchor]
    home = tree.predicate(anchor)
    if token.dep in {"amod", "compound"}:
        return None
    if (
        hit.first == hit.last
        and token.pos == "VERB"
        and not tree.passive(anchor)
        and is_evidence(tree, tree.subject(home))
    ):
        return None  # "critics predicted"
    effect = next((i for j in reversed(tree.within(hit.span)) for i in tree.kids(j, "pobj", "pcomp")), None)
    if effect is None:
        effect = next(_linked_to(tree, anchor), None)
    if effect is None and token.pos == "VERB":
        effect = next(tree.kids(anchor, *OBJECTS), None)
    if (
        effect is None
        and token.pos == "NOUN"
        and token.text.lower() in _SOCIAL
        and not any(True for _ in _linked_to(tree, home))
    ):
        return None  # "better relationships"
    subject = tree.subject(home)
    if token.dep == "acl":
        subject = token.head
    way = hit.value.direction
    if way in {"increase", "unknown"}:
        way = _link_way(tree, anchor, effect, way, text)
    denied = hit.value.direction == "no_difference"
    if subject is not None and is_evidence(tree, subject):
        subject = _object_of(tree, anchor, ("between", "of"))
    rank = 2 if token.dep == "acl" and hit.first == hit.last else 1
    return Candidate(
        hit.span, anchor, "correlational", way, span_of(tree, subject), span_of(tree, effect), denied=denied, rank=rank
    )


def _linked_to(tree: Tree, anchor: int) -> Iterator[int]:
    for child in tree.kids(anchor, "prep", "agent"):
        if tree.tokens[child].text.lower() in {"with", "to", "between", "for", "of", "on", "and"}:
            yield from tree.kids(child, "pobj", "pcomp")


def _link_way(tree: Tree, anchor: int, effect: int | None, way: Direction, text: str) -> Direction:
    beside = " ".join(tree.tokens[i].text for i in tree.kids(anchor, "advmod", "amod"))
    for sign, words_of in (("decrease", ("inverse", "negative")), ("increase", ("positive", "directly"))):
        if any(part in beside.lower() for part in words_of):
            return "decrease" if sign == "decrease" else "increase"
    if effect is not None:
        named = phrase_way(tree, effect, text)
        if named == "decrease":
            return "decrease"
        if named == "increase":
            return "increase"
        if tree.tokens[effect].dep == "pcomp":
            inner = next(tree.kids(effect, "dobj", "acomp"), None)
            if inner is not None and phrase_way(tree, inner, text) == "decrease":
                return "decrease"
    return way


def cues_in(text: str) -> list[Hit[RelationCue]]:
    """Find the words of relation in a text, the longest at each place."""
    return list(relation_cues().find(words(text)))
