"""Is a fact base good to check with? What a curator should look at, as the reader and the matcher see the facts.

Family 6xx beside `check`: that one asks whether facts are true to their sources, and a run stops where they are
not; this one advises, needs the language model, and knows the day.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from itertools import combinations

from evidencelint.curating.check import FactProblem, problem_at
from evidencelint.curating.names import audit_names
from evidencelint.factbase.facts import Fact, FactBase
from evidencelint.frames import Slots
from evidencelint.matching.index import FactFigure, FactIndex, FactStatement
from evidencelint.matching.values import compare
from evidencelint.model import SLOTS, Direction
from evidencelint.words import stems

_ALIKE = 0.9
_SAME = 0.97
_OPPOSITE: dict[Direction, Direction] = {"increase": "decrease", "decrease": "increase"}
_FEW = 3
_SIDE_ROLES = frozenset({"n", "total", "bound", "p", "statistic", "interval", "date", "identifier", "ordinal", "age"})


def audit_fact_base(base: FactBase, index: FactIndex, today: date | None) -> tuple[FactProblem, ...]:
    """Find what a curator should look at, in the order of the file; without ``today``, dates are not looked at."""
    found = [
        *_contrasts(base),
        *audit_names(base),
        *_conditions(base, index),
        *_dates(base, today),
        *_superseded(base),
        *_misread(index),
        *_contradicting(base, index),
        *_indistinct(index),
        *_candidates(base),
    ]
    return tuple(sorted(found, key=lambda p: (p.position.path, p.position.line, p.position.column, p.code, p.message)))


def _contrasts(base: FactBase) -> Iterator[FactProblem]:
    for group in base.contrasts:
        for first, second in combinations(group.members, 2):
            why = _one_thing(base, first, second)
            if why:
                yield problem_at("contrast-contradiction", group.position, "", f"[{first}, {second}]: {why}")


def _one_thing(base: FactBase, first: str, second: str) -> str:
    """Say why two members of a contrast set don't exclude one another, or nothing."""
    vocabulary = base.vocabulary
    slots = sorted(
        {slot for slot, name in vocabulary.concepts if name == first}
        & {s for s, n in vocabulary.concepts if n == second}
    )
    for slot in slots:
        if first == second:
            return "the concept stands in the set twice"
        if second in vocabulary.closure(slot, first):
            return f"every {first} is a {second}, so that one cannot exclude the other"
        if first in vocabulary.closure(slot, second):
            return f"every {second} is a {first}, so that one cannot exclude the other"
        one, other = vocabulary.concepts[slot, first], vocabulary.concepts[slot, second]
        shared = {stems(name) for name in one.names} & {stems(name) for name in other.names}
        if shared:
            return f"both are called “{' '.join(next(n for n in one.names if stems(n) in shared).split())}”"
    return ""


def _conditions(base: FactBase, index: FactIndex) -> Iterator[FactProblem]:
    """Find conditions that no draft could state: they name nothing known, or what excludes itself or the fact."""
    for fact in base.facts:
        if not fact.when:
            continue
        read = index.reader.lexical.read(fact.when)
        named = index.reader.lexical.slots(read.mentions)
        clash = _clash_within(base, named) or _clash(base, named, fact.slots)
        if clash:
            message = f"when: “{fact.when}” {clash}; no draft can state that"
        elif read.values() <= index.unknown(read.values()) and not any(character.isdigit() for character in fact.when):
            message = (
                f"when: “{fact.when}” names nothing that the vocabulary or a source knows; no draft can state that"
            )
        else:
            continue
        yield problem_at("unstatable-condition", fact.position, fact.id, message)


def _clash_within(base: FactBase, named: Slots) -> str:
    for slot in SLOTS:
        for first, second in combinations(sorted(named[slot]), 2):
            if base.vocabulary.contrast(slot, first, second):
                return f"names {first} and {second}, which exclude one another"
    return ""


def _clash(base: FactBase, named: Slots, own: Slots) -> str:
    for slot in SLOTS:
        for first in sorted(named[slot]):
            for second in sorted(own.get(slot, ())):
                if base.vocabulary.contrast(slot, first, second):
                    return f"is of {first}, the fact of {second}"
    return ""


def _dates(base: FactBase, today: date | None) -> Iterator[FactProblem]:
    for fact in base.facts if today is not None else ():
        if (
            today is not None
            and fact.valid_until is not None
            and fact.valid_until < today
            and fact.superseded_by is None
        ):
            message = f"holds until {fact.valid_until}; name the fact that follows in superseded_by, or look again"
            yield problem_at("expired-fact", fact.position, fact.id, message)
        if today is not None and fact.recheck_by is not None and fact.recheck_by < today:
            message = f"was to be looked at again by {fact.recheck_by}"
            yield problem_at("expired-fact", fact.position, fact.id, message)


def _superseded(base: FactBase) -> Iterator[FactProblem]:
    facts = {fact.id: fact for fact in base.facts}
    for fact in base.facts:
        following = facts.get(fact.superseded_by or "")
        if following is None:
            continue
        if following.quote == fact.quote:
            message = f"is superseded by {following.id}, which says the same"
        else:
            since = f" after {fact.valid_until}" if fact.valid_until is not None else ""
            message = f"is superseded by {following.id}{since}; a draft that tells it is outdated"
        yield problem_at("superseded-fact", fact.position, fact.id, message)


def _misread(index: FactIndex) -> Iterator[FactProblem]:
    """Find slots in which the curator and the reader exclude one another."""
    seen: set[tuple[str, str]] = set()
    for item in index.statements:
        fact, read = item.fact, item.claim.stated
        for slot in SLOTS:
            own = fact.slots.get(slot, frozenset())
            if not own or slot in fact.defaulted or own & read[slot] or (fact.id, slot) in seen:
                continue
            rivals = [r for r in sorted(read[slot]) if all(index.vocabulary.contrast(slot, r, o) for o in own)]
            if rivals and len(rivals) == len(read[slot]):
                seen.add((fact.id, slot))
                wrote = ", ".join(sorted(own))
                read_as = ", ".join(rivals)
                message = f"slots say {slot} {wrote}, the quote reads as {read_as}; write it per figure if both hold"
                yield problem_at("slot-misread", fact.position, fact.id, message)


def contradictions_between(base: FactBase, index: FactIndex) -> tuple[FactProblem, ...]:
    """Find the facts of one fact base that say otherwise than those of another, of a joined one with its index."""
    homes = {file: number for number, part in enumerate(base.parts) for file in part.files}
    apart = [
        problem_at("contradicting-facts", later.position, later.id, message)
        for earlier, later, message in _contradictions(base, index)
        if homes.get(earlier.position.path) != homes.get(later.position.path)
    ]
    return tuple(dict.fromkeys(apart))


def _contradicting(base: FactBase, index: FactIndex) -> Iterator[FactProblem]:
    for _, later, message in _contradictions(base, index):
        yield problem_at("contradicting-facts", later.position, later.id, message)


def _contradictions(base: FactBase, index: FactIndex) -> Iterator[tuple[Fact, Fact, str]]:
    """Find two facts of one thing that say different things of it: the earlier, the later, and what is wrong."""
    retired = {fact.id for fact in base.facts if fact.superseded_by is not None}
    for item in index.figures:
        for likeness, other in index.nearest_figures(item.weights)[:_FEW]:
            if other.order <= item.order or likeness < _ALIKE or not _of_one(item, other, retired):
                continue
            if _estimates(item, other) and compare(item.figure.quantity, other.figure.quantity) == "differs":
                message = (
                    f"says {other.figure.quantity.text} where {item.fact.id} in {_place(item.fact, other.fact)} says "
                    f"{item.figure.quantity.text} of the same; add what tells them apart to slots, or drop one"
                )
                yield item.fact, other.fact, message
    for statement in index.statements:
        way = statement.claim.direction
        for likeness, rival in index.nearest_statements(statement.weights)[:_FEW]:
            if rival.order <= statement.order or likeness < _ALIKE or not _of_one(statement, rival, retired):
                continue
            if way in _OPPOSITE and rival.claim.direction == _OPPOSITE[way]:
                message = f"says the opposite of {statement.fact.id} in {_place(statement.fact, rival.fact)}"
                yield statement.fact, rival.fact, message


def _place(fact: Fact, beside: Fact) -> str:
    where = "" if fact.position.path == beside.position.path else f"{fact.position.path}, "
    return f"{where}line {fact.position.line}"


def _of_one(item: FactFigure | FactStatement, other: FactFigure | FactStatement, retired: set[str]) -> bool:
    return item.fact.id != other.fact.id and item.slots == other.slots and not {item.fact.id, other.fact.id} & retired


def _estimates(item: FactFigure, other: FactFigure) -> bool:
    one, two = item.figure.quantity, other.figure.quantity
    same = (
        one.role == two.role and one.role not in _SIDE_ROLES and one.dimension == two.dimension and one.unit == two.unit
    )
    # a count is taken for another only where both count the same
    return same and (one.dimension != "count" or (one.counted is not None and one.counted == two.counted))


def _indistinct(index: FactIndex) -> Iterator[FactProblem]:
    """Find figures that nothing tells apart: a draft that exchanges them, or takes one for the other, goes unseen."""
    for item in index.figures:
        for other in index.figures_of(item.fact.id):
            if other.order <= item.order or not _estimates(item, other) or item.slots != other.slots:
                continue
            if item.figure.local == other.figure.local and item.figure.quantity.value != other.figure.quantity.value:
                message = (
                    f"nothing tells {item.figure.quantity.text} from {other.figure.quantity.text}: a draft that "
                    "exchanges them goes unseen; say under figures what each is of"
                )
                yield problem_at("indistinct-facts", item.fact.position, item.fact.id, message)
                break
        for likeness, other in index.nearest_figures(item.weights)[:_FEW]:
            if (
                other.order <= item.order
                or likeness < _SAME
                or item.slots != other.slots
                or other.fact.id == item.fact.id
            ):
                continue
            if item.fact.quote.lower() == other.fact.quote.lower():
                continue  # a duplicate, which is told already
            if _estimates(item, other) and compare(item.figure.quantity, other.figure.quantity) == "same":
                message = (
                    f"says the same as {item.fact.id} in line {item.fact.position.line}; keep one, with both sources"
                )
                yield problem_at("indistinct-facts", other.fact.position, other.fact.id, message)


def _candidates(base: FactBase) -> Iterator[FactProblem]:
    waiting: list[Fact] = [fact for fact in base.facts if fact.status != "kept"]
    if waiting:
        counts = ", ".join(
            f"{number} {status}"
            for status in ("candidate", "changed", "gone")
            if (number := sum(fact.status == status for fact in waiting))
        )
        message = f"{counts}: nobody has looked at them yet; run evidencelint facts review"
        yield problem_at("unreviewed-fact", waiting[0].position, "", message)
