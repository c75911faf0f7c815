"""What a curator's word makes of the reading of a quote: its strength and direction as they are in force."""

from __future__ import annotations

from dataclasses import replace

from evidencelint.factbase.facts import Fact
from evidencelint.frames import Claim, Figure, Relation
from evidencelint.model import Change, Direction, Span, Strength

_CHANGES: dict[Direction, Change] = {"increase": "increase", "decrease": "decrease"}


def in_force(fact: Fact, claim: Claim) -> Claim:
    """Give a clause of a fact's quote with the strength and the direction that the fact overrides, if it does.

    A clause that was read to move or to compare, without a relation, gets one of the strength that is written.
    """
    strength, direction = fact.strength, fact.direction
    if strength is None and direction is None:
        return claim
    relations = tuple(_related(relation, strength, direction) for relation in claim.relations)
    relation = _related(claim.relation, strength, direction) if claim.relation is not None else None
    way = direction or claim.direction
    if relation is None and strength not in {None, "none"} and way != "unknown":
        relation = Relation("", "", way, strength or "none", claim.verb or Span(0, 0), sign=way)
        relations = (relation,)
    figures = tuple(_moved(figure, direction) for figure in claim.figures) if direction is not None else claim.figures
    return replace(
        claim,
        relation=relation,
        relations=relations,
        direction=way,
        denied=claim.denied - {way} if direction is not None else claim.denied,
        figures=figures,
    )


def _related(relation: Relation, strength: Strength | None, direction: Direction | None) -> Relation:
    return replace(
        relation,
        strength=strength or relation.strength,
        direction=direction or relation.direction,
        sign=direction or relation.sign,
    )


def _moved(figure: Figure, direction: Direction) -> Figure:
    """Turn a change that was read the other way; a level stays one."""
    change = _CHANGES.get(direction)
    if change is None or figure.quantity.change not in _CHANGES.values():
        return figure
    return replace(figure, quantity=replace(figure.quantity, change=change))
