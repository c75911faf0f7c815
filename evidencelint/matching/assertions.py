"""A plain assertion against facts that say less, say the opposite, or say it of others."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace

from evidencelint.diagnostics import Span
from evidencelint.frames import Claim, Relation
from evidencelint.lexicon import change_cues, others_say, own_matter, weak_senses
from evidencelint.matching.index import FactIndex, FactStatement
from evidencelint.matching.matter import one_cause, one_effect
from evidencelint.matching.nearness import (
    ASSERTED,
    CLOSE,
    RIVAL_SHARE,
    SPEAKS,
    Fault,
    Near,
    StatementMatch,
    asserts,
)
from evidencelint.matching.roles import aligned
from evidencelint.matching.values import same_number
from evidencelint.words import words

_OF_WHOM = frozenset({"population", "species"})
_NOT_HUMAN = frozenset({"animals", "cells"})
_IS = re.compile(r"\b(?:is|are|was|were|be|been|being|as|\w+ly)\s+$", re.IGNORECASE)
_SPOKEN_OF = 0.45
_SAME_EFFECT = 0.5
_SUPPOSED = 0.7
_UNKNOWN, _FEWEST_UNKNOWN = 0.6, 2


def strength(claim: Claim, near: Sequence[Near], index: FactIndex) -> Iterator[StatementMatch]:
    """Set what a clause plainly asserts against the facts that speak of it, one relation after the other."""
    others = [relation for relation in claim.relations if relation is not claim.relation]
    for relation in (claim.relation, *others):
        faults = list(_of_relation(replace(claim, relation=relation), near, index))
        if faults and (relation is claim.relation or (faults[0].fault == "cause" and claim.verb is not None)):
            yield from faults
            return


def _of_relation(claim: Claim, near: Sequence[Near], index: FactIndex) -> Iterator[StatementMatch]:
    relation = claim.relation
    if relation is None or relation.compared or not asserts(claim) or relation.direction == "no_difference":
        return
    speaking = [n for n in near if n.similarity >= SPEAKS]
    compatible = [n for n in speaking if not n.slots.hard]
    span = relation.cue.shift(claim.span.start)
    if any(
        _carries(claim, n.fact, index) for n in compatible if n.similarity >= compatible[0].similarity * RIVAL_SHARE
    ):
        return
    same = [each for each in aligned(claim, near, index) if not each.near.slots.hard]
    if any(_carries(claim, each.near.fact, index) for each in same if each.share >= same[0].share * RIVAL_SHARE):
        return
    close = compatible and compatible[0].closeness >= CLOSE and _shares_effect(claim, compatible[0].fact, index)
    close = close and not _acted_on(claim, compatible[0].fact, index) and _in_earnest(claim, compatible[0])
    faults = list(_beyond(claim, compatible[0], span, index)) if close else []
    if not faults and same:
        faults = list(_beyond(claim, same[0].near, span, index))
    supposed = _only_supposed(claim, index) if not faults else None
    if supposed is not None:
        faults.append(StatementMatch(claim, "hedge", span, _SUPPOSED, supposed))
    if not faults and not compatible:
        faults.extend(_elsewhere(claim, [n for n in speaking if n.similarity >= CLOSE], span))
    spoken_of = bool(compatible) and compatible[0].similarity >= _SPOKEN_OF
    spoken_of = spoken_of and _shares_effect(claim, compatible[0].fact, index)
    if not faults and not spoken_of and claim.passage != "cell":
        faults.extend(_novel(claim, index))
    yield from faults


def _only_supposed(claim: Claim, index: FactIndex) -> FactStatement | None:
    """Give the fact nearest to a treatment's effect in a group, where every such fact is an idea or a hope."""
    arms, groups = claim.stated["arm"], claim.stated["population"]
    causal = claim.relation is not None and claim.relation.strength == "causal"
    if not causal or not arms or not groups or claim.certainty.level <= ASSERTED or claim.certainty.negated:
        return None
    speaking = index.effects_of(arms, groups)
    if not speaking or any(item.claim.certainty.level >= ASSERTED for item in speaking):
        return None
    return max(speaking, key=lambda item: (len(item.claim.terms & claim.terms), -item.order))


def _acted_on(claim: Claim, fact: FactStatement, index: FactIndex) -> bool:
    """Tell whether what a clause says acts is only what the fact says something acts on."""
    theirs = fact.claim.relation
    if claim.relation is None or theirs is None:
        return False
    read = index.reader.lexical.read
    cause = read(claim.relation.cause).values()
    return bool(cause & read(theirs.effect).values()) and not cause & read(theirs.cause).values()


def _in_earnest(claim: Claim, near: Near) -> bool:
    """Tell whether clause and fact share more than one everyday word ("a fair question" for "an open question")."""
    return near.shared > 0 or len(claim.terms & near.fact.claim.terms) > 1


def _shares_effect(claim: Claim, fact: FactStatement, index: FactIndex) -> bool:
    """Tell whether the clause speaks of what the fact says is affected, not only of what acts."""
    relation = fact.claim.relation
    if relation is None:
        return True
    lexical = index.reader.lexical.read(relation.effect)
    affected = frozenset(value for value in lexical.values() if not value.startswith("arm:"))
    return not affected or bool(affected & claim.terms)


def _beyond(claim: Claim, best: Near, span: Span, index: FactIndex) -> Iterator[StatementMatch]:
    """Say in what the clause goes beyond the nearest fact."""
    fault: Fault | None = None
    if _opposite(claim, best.fact, index) and _in_earnest(claim, best) and not _told_by_figures(claim, best.fact):
        fault = "direction"
    elif _hides_animals(claim, best.fact):
        fault = "species"
    elif claim.certainty.level > ASSERTED and _weaker(claim, best.fact, index):
        if best.fact.claim.certainty.level >= ASSERTED:
            fault = "cause"
        elif _supposes_it(claim, best, index):
            fault = "hedge"
    if fault is not None:
        confidence = min(0.95, 0.45 + best.similarity * 0.7)
        place = (_group_named(claim) or span) if fault == "species" else span
        yield StatementMatch(claim, fault, place, confidence, best.fact, best.similarity)


def _supposes_it(claim: Claim, best: Near, index: FactIndex) -> bool:
    """Tell whether the fact supposes the effect that a clause asserts.

    Advice supposes nothing, what was only seen to go together is no effect, and another effect of the same fact may be
    hedged where this one is not.
    """
    fact, relation = best.fact.claim, claim.relation
    if relation is None or relation.strength != "causal" or fact.certainty.mood in {"recommendation", "question"}:
        return False
    effect = index.reader.lexical.read(relation.effect).values()
    whole = index.weight(effect)
    if not whole or index.weight(effect & best.fact.told) < _SAME_EFFECT * whole:
        return False
    related = [each for each in fact.relations if one_effect(relation, each, index)]
    if fact.relations and not related and not (one_cause(claim, best, index) and _hedged_before(fact, effect, index)):
        return False
    return all(each.hedges or each.strength in {"none", "conditional"} for each in related)


def _hedged_before(fact: Claim, effect: frozenset[str], index: FactIndex) -> bool:
    """Tell whether a hedge of the fact stands before the effect: what follows it may be of something else."""
    places = [term.span.start for term in index.reader.lexical.read(fact.text).terms if term.value in effect]
    hedges = [place for hedge in fact.certainty.hedges if (place := fact.text.find(hedge)) >= 0]
    return bool(places and hedges) and min(hedges) < min(places)


def _told_by_figures(claim: Claim, fact: FactStatement) -> bool:
    """Tell whether a clause has a fact's figures and no verb of change: it may keep what the fact loses less of."""
    cue = claim.relation.cue if claim.relation is not None else None
    moves = cue is not None and any(hit.span.overlaps(cue) for hit in change_cues().find(words(claim.text)))
    theirs = [figure.quantity for figure in fact.claim.figures]
    estimates = [f for f in claim.figures if f.quantity.dimension != "count"]
    carried = [f for f in estimates if any(same_number(f.quantity, other) for other in theirs)]
    return bool(carried) and not moves


def _group_named(claim: Claim) -> Span | None:
    """Give the words that name the people whom a finding in animals is told of."""
    return next((m.span for m in claim.mentions if m.slot in {"species", "population"}), None)


def species(claim: Claim, near: Sequence[Near]) -> Iterator[StatementMatch]:
    """Find a finding in animals told of people, however carefully it is put."""
    named = _group_named(claim)
    if claim.certainty.mood != "statement" or named is None or not near:
        return
    best = next((n for n in near if n.similarity >= SPEAKS), None)
    if (
        best is None
        or not _hides_animals(claim, best.fact)
        or best.fact.slots["population"] & claim.stated["population"]
    ):
        return
    if any(
        not n.fact.slots["species"] & _NOT_HUMAN
        for n in near
        if n is not best and n.similarity >= best.similarity * RIVAL_SHARE
    ):
        return
    yield StatementMatch(claim, "species", named, min(0.95, 0.5 + best.similarity * 0.6), best.fact, best.similarity)


def _elsewhere(claim: Claim, conflicting: Sequence[Near], span: Span) -> Iterator[StatementMatch]:
    """Say of whom or what the facts say this, where the clause says it of another."""
    if not conflicting:
        return
    worst = conflicting[0]
    conflict = worst.slots.hard[0]
    if conflict.slot not in _OF_WHOM:
        return  # another outcome or treatment is another finding
    mention = next((m for m in claim.mentions if m.slot == conflict.slot and m.concept == conflict.draft), None)
    place = mention.span if mention is not None else span
    fault: Fault = "species" if conflict.slot == "species" else "population"
    yield StatementMatch(claim, fault, place, 0.4 + worst.similarity / 2, worst.fact, worst.similarity, conflict)


def _carries(claim: Claim, fact: FactStatement, index: FactIndex) -> bool:
    """Tell whether a fact says at least as much of the same matter, not only of the same people."""
    matter = {term for term in claim.terms & fact.claim.terms if not term.startswith(("arm:", "population:"))}
    said = not _weaker(claim, fact, index) and not _opposite(claim, fact, index) and not _hides_animals(claim, fact)
    same_arm = not claim.stated["arm"] or bool(claim.stated["arm"] & fact.slots["arm"])
    return bool(matter) and said and same_arm and _same_cause(claim, fact, index) and _tells_effect(claim, fact, index)


def _tells_effect(claim: Claim, fact: FactStatement, index: FactIndex) -> bool:
    """Tell whether a fact speaks of what a clause says is affected, as far as the clause names it."""
    effect = index.reader.lexical.read(claim.relation.effect).values() if claim.relation is not None else frozenset()
    effect = frozenset(term for term in effect if not term.startswith(("arm:", "~")))
    return not effect or bool(effect & fact.told)


def _same_cause(claim: Claim, fact: FactStatement, index: FactIndex) -> bool:
    """Tell whether a fact names what a clause says is the cause, where that is a concept of the vocabulary."""
    if claim.relation is None:
        return True
    terms = index.reader.lexical.read(claim.relation.cause).values()
    causes = {term for term in terms if term.startswith(("arm:", "topic:", "measure:"))}
    return not causes or bool(causes & fact.weights.keys())


def _counterparts(claim: Claim, fact: FactStatement, index: FactIndex) -> tuple[Relation, ...]:
    """Give the relations of a fact that speak of what the clause's relation affects; of one alone, that one."""
    relations = fact.claim.relations
    if claim.relation is None or len(relations) <= 1:
        return relations
    read = index.reader.lexical.read
    affected = read(claim.relation.effect).values()
    shares = [sum(map(index.idf, affected & read(_reach(fact.claim, each)).values())) for each in relations]
    most = max(shares)
    return tuple(each for each, share in zip(relations, shares, strict=True) if share == most) if most else ()


def _reach(fact: Claim, relation: Relation) -> str:
    """Give what a relation of a fact may affect: from its cue to the next one's, or what stands before its cue."""
    if fact.text.find(relation.effect) < relation.cue.start:
        return relation.effect
    following = [other.cue.start for other in fact.relations if other.cue.start > relation.cue.start]
    return fact.text[relation.cue.end : min(following, default=len(fact.text))]


def _weaker(claim: Claim, fact: FactStatement, index: FactIndex) -> bool:
    """Tell whether the fact says less than the clause: hedged, or no cause where the clause has one."""
    if fact.claim.certainty.level < ASSERTED:
        return True
    ours = claim.relation.strength if claim.relation else "none"
    if fact.fact.strength is not None and claim.relation is not None and _same_word(claim, claim.relation, fact):
        return False  # a curator may weigh the source's word less; who repeats it says no more than the source
    related = _counterparts(claim, fact, index) or fact.claim.relations
    theirs = {relation.strength for relation in related if not _names_events(fact.claim, relation)}
    return ours == "causal" and "correlational" in theirs and "causal" not in theirs


def _same_word(claim: Claim, relation: Relation, fact: FactStatement) -> bool:
    """Tell whether a clause states its relation in the very word of the quote."""
    said = claim.text[relation.cue.start : relation.cue.end].lower()
    return bool(said) and said in fact.fact.quote.lower()


def _names_events(fact: Claim, relation: Relation) -> bool:
    """Tell whether "related to" only says which events are meant ("one event related to the drug"), not how sure."""
    said = fact.text[relation.cue.start : relation.cue.end].lower().startswith("related")
    return said and not _IS.search(fact.text[: relation.cue.start])


def _opposite(claim: Claim, fact: FactStatement, index: FactIndex) -> bool:
    """Tell whether an effect goes the other way than the fact's, or the fact found none."""
    ours = claim.relation.sign if claim.relation else "unknown"
    own, others = claim.relation, _counterparts(claim, fact, index)
    theirs = next((each.sign for each in others if own is not None and one_effect(own, each, index)), "unknown")
    found_none = fact.claim.direction == "no_difference" or theirs == "no_difference"
    effective = ours in {"increase", "decrease"} and claim.relation is not None and claim.relation.strength == "causal"
    effective = effective and not claim.certainty.negated and not claim.certainty.negations and not claim.figures
    return {ours, theirs} == {"increase", "decrease"} or (found_none and effective)


def _hides_animals(claim: Claim, fact: FactStatement) -> bool:
    """Tell whether a finding in animals is told without them."""
    told = claim.stated["species"] | claim.filled["species"]
    return bool(fact.slots["species"] & _NOT_HUMAN) and not told & _NOT_HUMAN


def _novel(claim: Claim, index: FactIndex) -> Iterator[StatementMatch]:
    """Find a cause in the topic with an effect that no words of the facts speak of, or that none links with it."""
    relation = claim.relation
    if relation is None or relation.strength != "causal" or own_matter(claim.text) or claim.figures:
        return
    if others_say(claim.text):
        return
    if {word.written for word in words(claim.text[relation.cue.start : relation.cue.end])} & weak_senses("light"):
        return
    if any(index.source_figures.tells(figure.quantity) for figure in claim.figures):
        return  # it is told there, in whatever words
    read = index.reader.lexical.read
    cause, effect = read(relation.cause).values(), read(relation.effect).values()
    foreign = index.unknown(effect)
    unknown = len(foreign) >= _FEWEST_UNKNOWN and index.weight(foreign) >= _UNKNOWN * index.weight(effect)
    if (unknown and claim.stated["arm"]) or _unlinked(cause, effect, index):
        yield StatementMatch(claim, "unsupported", relation.cue.shift(claim.span.start), 0.7)


def _unlinked(cause: frozenset[str], effect: frozenset[str], index: FactIndex) -> bool:
    """Tell whether both sides name concepts of the vocabulary that no fact names together."""
    causes = {term for term in cause if term.startswith(("arm:", "topic:", "measure:"))}
    effects = {term for term in effect - causes if term.startswith(("topic:", "measure:"))}
    apart = bool(causes and effects) and not index.links(causes, effects)
    return apart and not index.source_concepts.link(causes, effects)
