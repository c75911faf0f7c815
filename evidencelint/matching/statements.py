"""Decide whether a clause says more than its fact: causes, certainty, groups, species, evidence."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Literal

from evidencelint.claims.certainty import negates
from evidencelint.frames import Claim, Cue, Quantifier
from evidencelint.lexicon import comparison_cues
from evidencelint.matching.index import FactIndex, FactStatement
from evidencelint.matching.slots import Conflict, SlotComparison, compare_slots
from evidencelint.model import Span
from evidencelint.words import words

Fault = Literal[
    "hedge",
    "cause",
    "direction",
    "population",
    "species",
    "quantifier",
    "absolute",
    "grade",
    "unsupported",
]

# Similarities from which a clause is believed to speak of a fact; chosen on the development drafts.
_SPEAKS = 0.3
_CLOSE = 0.38
_AGREED = 0.05
_RIVAL_SHARE = 0.7
_ASSERTED = 3
_HEDGED = 2
_SUPPOSED = 0.7
_STRENGTHS = {"none": 0, "correlational": 1, "conditional": 2, "causal": 3}


@dataclass(frozen=True, slots=True)
class StatementMatch:
    """A fault of a clause (or None where a fact carries it), where it shows, and the fact."""

    claim: Claim
    fault: Fault | None
    span: Span
    confidence: float
    best: FactStatement | None = None
    similarity: float = 0.0
    conflict: Conflict | None = None
    found: str = ""


@dataclass(frozen=True, slots=True)
class _Near:
    fact: FactStatement
    similarity: float
    slots: SlotComparison
    shared: int

    @property
    def closeness(self) -> float:
        """Give the similarity, with a little more for every concept in common beyond the first."""
        return self.similarity + _AGREED * max(0, self.shared - 1)


def match_statement(claim: Claim, index: FactIndex) -> tuple[StatementMatch, ...]:
    """Match a clause against the fact base; gives every fault found, or one match without a fault."""
    near = _nearest(claim, index)
    faults = [
        *_absolutes(claim, near),
        *_grades(claim, index),
        *_quantifiers(claim, near),
        *_none_or_some(claim, near),
    ]
    if not faults or faults[0].fault == "quantifier":
        faults.extend(_strength(claim, near, index))
    if not faults:
        faults.extend((*_direction(claim, near), *_comparison(claim, index)))
    if faults:
        return tuple(faults)
    best = next((n for n in near if not n.slots.hard), None)
    if best is None or best.similarity < _SPEAKS:
        return ()
    return (StatementMatch(claim, None, claim.span, min(0.95, 0.4 + best.similarity), best.fact, best.similarity),)


def _nearest(claim: Claim, index: FactIndex) -> list[_Near]:
    weights = index.weigh((1.0, claim.terms), (0.2, claim.context))
    return [
        _Near(
            fact,
            similarity,
            compare_slots(claim.stated, claim.filled, fact.slots, index.vocabulary),
            sum(":" in term for term in claim.terms & fact.weights.keys()),
        )
        for similarity, fact in index.nearest_statements(weights)
    ]


def _asserts(claim: Claim) -> bool:
    return claim.certainty.level >= _ASSERTED


def _in_topic(claim: Claim) -> bool:
    return any(claim.stated[slot] or claim.filled[slot] for slot in ("arm", "measure", "population"))


def _absolutes(claim: Claim, near: Sequence[_Near]) -> Iterator[StatementMatch]:
    if not _asserts(claim) or not _in_topic(claim):
        return
    for cue in claim.certainty.absolutes:
        if negates(claim.certainty, cue.span, claim.text) or _in_quotes(claim, cue):
            continue
        if any(_uses(item.fact, cue) for item in near if item.similarity >= _SPEAKS):
            continue
        best = next((n for n in near if not n.slots.hard), None)
        span = cue.span.shift(claim.span.start)
        yield StatementMatch(
            claim,
            "absolute",
            span,
            0.85,
            best.fact if best else None,
            best.similarity if best else 0.0,
            found=cue.text,
        )


def _uses(fact: FactStatement, cue: Cue) -> bool:
    own = fact.claim.certainty
    return own.level >= _ASSERTED and any(
        other.kind == cue.kind and not negates(own, other.span, fact.claim.text) for other in own.absolutes
    )


def _in_quotes(claim: Claim, cue: Cue) -> bool:
    before, after = claim.text[: cue.span.start], claim.text[cue.span.end :]
    return any(mark in before and close in after for mark, close in (("“", "”"), ('"', '"'), ("‘", "’")))


def _grades(claim: Claim, index: FactIndex) -> Iterator[StatementMatch]:
    """Find a kind of study that no fact knows, where facts name another that excludes it."""
    if claim.certainty.level < _HEDGED or claim.certainty.negated:
        return
    for mention in claim.mentions:
        if mention.slot != "study":
            continue
        rivals = [
            item
            for item in index.statements
            if any(index.vocabulary.contrast("study", mention.concept, other) for other in item.slots["study"])
        ]
        known = any(mention.concept in item.slots["study"] for item in index.statements)
        if rivals and not known and index.vocabulary.grade(mention.concept):
            yield StatementMatch(
                claim, "grade", mention.span, 0.85, rivals[0], 1.0,
                Conflict("study", mention.concept, min(rivals[0].slots["study"]), stated=True),
            )  # fmt: skip


def _quantifiers(claim: Claim, near: Sequence[_Near]) -> Iterator[StatementMatch]:
    if not _asserts(claim) or claim.certainty.negated:
        return
    for quantifier in claim.quantifiers:
        best = next((n for n in near if n.similarity >= _SPEAKS and not n.slots.hard), None)
        if best is None or any(
            q.rank >= quantifier.rank and q.noun == quantifier.noun
            for n in near
            if n.similarity >= best.similarity * _RIVAL_SHARE
            for q in n.fact.claim.quantifiers
        ):
            continue
        if _outgrows(quantifier, best.fact):
            yield StatementMatch(
                claim, "quantifier", quantifier.span.shift(claim.span.start), 0.5 + best.similarity / 2,
                best.fact, best.similarity,
                found=claim.text[quantifier.span.start : quantifier.span.end],
            )  # fmt: skip


def _none_or_some(claim: Claim, near: Sequence[_Near]) -> Iterator[StatementMatch]:
    """Find "some" where the nearest fact says none of them, and "none" where it says some."""
    speaking = [n for n in near if n.similarity >= _CLOSE and not n.slots.hard]
    if not _asserts(claim) or not speaking:
        return
    best = speaking[0]
    theirs = {q.noun: q for q in best.fact.claim.quantifiers}
    for quantifier in claim.quantifiers:
        other = theirs.get(quantifier.noun)
        same_words = claim.terms - {f"measure:{quantifier.noun}"} <= best.fact.claim.terms
        if other is None or not same_words or (other.rank == 0) == (quantifier.rank == 0):
            continue
        span = quantifier.span.shift(claim.span.start)
        yield StatementMatch(claim, "direction", span, 0.5 + best.similarity / 3, best.fact, best.similarity)


def _outgrows(quantifier: Quantifier, fact: FactStatement) -> bool:
    shares = [
        f.quantity for f in fact.claim.figures if f.quantity.dimension == "fraction" and f.quantity.value is not None
    ]
    if len(shares) == 1 and shares[0].value is not None:
        return shares[0].value < quantifier.low - 1 and quantifier.name in {"most", "nearly all", "all"}
    lower = [q for q in fact.claim.quantifiers if q.noun == quantifier.noun]
    return (
        bool(lower)
        and quantifier.name in {"most", "nearly all", "all"}
        and all(q.rank < quantifier.rank for q in lower)
    )


def _strength(claim: Claim, near: Sequence[_Near], index: FactIndex) -> Iterator[StatementMatch]:
    """Set a plain assertion against the facts that speak of it."""
    relation = claim.relation
    if relation is None or not _asserts(claim) or relation.direction == "no_difference":
        return
    speaking = [n for n in near if n.similarity >= _SPEAKS]
    compatible = [n for n in speaking if not n.slots.hard]
    span = relation.cue.shift(claim.span.start)
    if any(_carries(claim, n.fact) for n in compatible if n.similarity >= compatible[0].similarity * _RIVAL_SHARE):
        return
    close = compatible and compatible[0].closeness >= _CLOSE and _shares_effect(claim, compatible[0].fact, index)
    faults = list(_beyond(claim, compatible[0], span)) if close else []
    supposed = _only_supposed(claim, index) if not faults else None
    if supposed is not None:
        faults.append(StatementMatch(claim, "hedge", span, _SUPPOSED, supposed))
    if not faults and not compatible:
        faults.extend(_elsewhere(claim, [n for n in speaking if n.similarity >= _CLOSE], span))
    if not faults and not speaking:
        faults.extend(_novel(claim, index))
    yield from faults


def _only_supposed(claim: Claim, index: FactIndex) -> FactStatement | None:
    """Give the fact nearest to a treatment's effect in a group, where every such fact is an idea or a hope."""
    arms, groups = claim.stated["arm"], claim.stated["population"]
    causal = claim.relation is not None and claim.relation.strength == "causal"
    if not causal or not arms or not groups or claim.certainty.level <= _ASSERTED:
        return None
    speaking = [
        item
        for item in index.statements
        if item.slots["arm"] & arms and item.slots["population"] & groups and item.claim.relation is not None
    ]
    if not speaking or any(item.claim.certainty.level >= _ASSERTED for item in speaking):
        return None
    return max(speaking, key=lambda item: (len(item.claim.terms & claim.terms), -item.order))


def _shares_effect(claim: Claim, fact: FactStatement, index: FactIndex) -> bool:
    """Tell whether the clause speaks of what the fact says is affected, not only of what acts."""
    relation = fact.claim.relation
    if relation is None:
        return True
    lexical = index.reader.lexical.read(relation.effect)
    affected = frozenset(value for value in lexical.values() if not value.startswith("arm:"))
    return not affected or bool(affected & claim.terms)


def _beyond(claim: Claim, best: _Near, span: Span) -> Iterator[StatementMatch]:
    """Say in what the clause goes beyond the nearest fact."""
    fault: Fault | None = None
    if _opposite(claim, best.fact):
        fault = "direction"
    elif _hides_animals(claim, best.fact):
        fault = "species"
    elif _weaker(claim, best.fact) and claim.certainty.level > _ASSERTED:
        fault = "hedge" if best.fact.claim.certainty.level < _ASSERTED else "cause"
    if fault is not None:
        confidence = min(0.95, 0.45 + best.similarity * 0.7)
        place = (_group_named(claim) or span) if fault == "species" else span
        yield StatementMatch(claim, fault, place, confidence, best.fact, best.similarity)


def _group_named(claim: Claim) -> Span | None:
    """Give the words that name the people whom a finding in animals is told of."""
    return next((m.span for m in claim.mentions if m.slot in {"species", "population"}), None)


def _elsewhere(claim: Claim, conflicting: Sequence[_Near], span: Span) -> Iterator[StatementMatch]:
    """Say of whom or what the facts say this, where the clause says it of another."""
    if not conflicting:
        return
    worst = conflicting[0]
    conflict = worst.slots.hard[0]
    mention = next((m for m in claim.mentions if m.slot == conflict.slot and m.concept == conflict.draft), None)
    place = mention.span if mention is not None else span
    fault: Fault = "species" if conflict.slot == "species" else "population"
    yield StatementMatch(claim, fault, place, 0.4 + worst.similarity / 2, worst.fact, worst.similarity, conflict)


def _direction(claim: Claim, near: Sequence[_Near]) -> Iterator[StatementMatch]:
    """Find a fact that says the opposite: up for down, an effect for none, none for an effect."""
    silent = not claim.denied and claim.direction == "unknown"
    if claim.certainty.level < _HEDGED or claim.figures or silent:
        return
    compatible = [n for n in near if n.similarity >= _CLOSE and not n.slots.hard and _names_the_same(claim, n)]
    if not compatible:
        return
    best = compatible[0]
    others = [n for n in compatible if n.similarity >= best.similarity * _RIVAL_SHARE]
    if not all(_contradicts(claim, n.fact.claim) for n in others):
        return
    relation = claim.relation
    span = relation.cue.shift(claim.span.start) if relation is not None else claim.span
    confidence = min(0.9, 0.35 + best.similarity * 0.7)
    yield StatementMatch(claim, "direction", span, confidence, best.fact, best.similarity)


def _names_the_same(claim: Claim, near: _Near) -> bool:
    """Tell whether clause and fact name a concept in common."""
    return bool(near.slots.agreed) or any(":" in term for term in claim.terms & near.fact.claim.terms)


def _contradicts(claim: Claim, fact: Claim) -> bool:
    if {claim.direction, fact.direction} == {"increase", "decrease"}:
        return True
    return fact.direction in claim.denied or claim.direction in fact.denied


def _comparison(claim: Claim, index: FactIndex) -> Iterator[StatementMatch]:
    """Find one treatment set above another that no fact compares it with."""
    if not _asserts(claim) or claim.certainty.negated:
        return
    cue = next(iter(comparison_cues().find(words(claim.text))), None)
    arms = sorted(claim.stated["arm"])
    rivals = [(a, b) for a in arms for b in arms if a < b and index.vocabulary.contrast("arm", a, b)]
    if cue is None or not rivals:
        return
    for item in index.statements:
        compared = next(iter(comparison_cues().find(words(item.claim.text))), None) is not None or item.claim.figures
        if compared and any({a, b} <= item.slots["arm"] for a, b in rivals):
            return
    yield StatementMatch(claim, "unsupported", cue.span.shift(claim.span.start), 0.75)


def _carries(claim: Claim, fact: FactStatement) -> bool:
    """Tell whether a fact says at least as much of the same matter, not only of the same people."""
    matter = {term for term in claim.terms & fact.claim.terms if not term.startswith(("arm:", "population:"))}
    said = not _weaker(claim, fact) and not _opposite(claim, fact) and not _hides_animals(claim, fact)
    same_arm = not claim.stated["arm"] or bool(claim.stated["arm"] & fact.slots["arm"])
    return bool(matter) and said and same_arm


def _weaker(claim: Claim, fact: FactStatement) -> bool:
    """Tell whether the fact says less than the clause: hedged, or no cause where the clause has one."""
    if fact.claim.certainty.level < _ASSERTED:
        return True
    ours = claim.relation.strength if claim.relation else "none"
    theirs = fact.claim.relation.strength if fact.claim.relation else "none"
    return ours == "causal" and theirs == "correlational"


def _opposite(claim: Claim, fact: FactStatement) -> bool:
    ours = claim.relation.direction if claim.relation else "unknown"
    theirs = fact.claim.relation.direction if fact.claim.relation else "unknown"
    return {ours, theirs} == {"increase", "decrease"}


def _hides_animals(claim: Claim, fact: FactStatement) -> bool:
    """Tell whether a finding in animals is told without them."""
    told = claim.stated["species"] | claim.filled["species"]
    return "animals" in fact.slots["species"] and "animals" not in told


def _novel(claim: Claim, index: FactIndex) -> Iterator[StatementMatch]:
    """Find a cause in the topic with an effect that neither facts nor sources have a word for."""
    relation = claim.relation
    if relation is None or relation.strength != "causal" or not claim.stated["arm"]:
        return
    effect = index.reader.lexical.read(relation.effect).values()
    if effect and not effect & index.known_terms:
        yield StatementMatch(claim, "unsupported", relation.cue.shift(claim.span.start), 0.7)
