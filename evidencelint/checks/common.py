"""What the rules on statements share: selecting matches, and turning one into a finding."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from evidencelint.factbase.vocabulary import shown
from evidencelint.frames import Claim, Slots
from evidencelint.judgement import Judgement
from evidencelint.matching.nearness import Fault, StatementMatch
from evidencelint.matching.slots import Conflict
from evidencelint.model import Finding


def statements(judgement: Judgement, *faults: Fault) -> Iterator[StatementMatch]:
    """Give the statement matches with one of these faults."""
    return (match for match in judgement.statements if match.fault in faults)


def from_statement(rule: str, match: StatementMatch, message: str) -> Finding:
    """Make a finding; ``{fact}`` in the message stands for the fact's id."""
    fact = match.best
    return Finding(
        rule=rule,
        span=match.span,
        claim=match.claim.span,
        message=message.replace("{fact}", fact.fact.id if fact else "-"),
        confidence=match.confidence,
        facts=(fact.ref,) if fact else (),
        details=statement_frames(match),
    )


def statement_frames(match: StatementMatch) -> tuple[str, ...]:
    """Set the frames of a clause and of its fact side by side, where either has something to say."""
    if match.best is None:
        return ()
    theirs, ours = match.best.claim, match.claim
    lines = [
        f"certainty: text {_certainty(ours.certainty.hedges)}, fact {_certainty(theirs.certainty.hedges)}",
    ]
    if ours.relation or theirs.relation:
        ours_strength = ours.relation.strength if ours.relation else "none"
        theirs_strength = theirs.relation.strength if theirs.relation else "none"
        lines.append(f"strength: text {ours_strength}, fact {theirs_strength}")
    if "unknown" not in {ours.direction, theirs.direction}:
        lines.append(f"direction: text {_way(ours)}, fact {_way(theirs)}")
    conflicts = (match.conflict,) if match.conflict is not None else ()
    lines += slot_lines(ours.stated, ours.filled, match.best.slots, conflicts)
    return tuple(lines)


def slot_lines(stated: Slots, filled: Slots, theirs: Slots, conflicts: Iterable[Conflict]) -> Iterator[str]:
    """Set slots side by side, and mark those in which text and fact exclude one another."""
    apart = {conflict.slot: conflict for conflict in conflicts}
    for slot, fact in theirs.items():
        ours = stated[slot] or filled[slot]
        if slot in apart and not (ours and fact):
            yield f"{slot}: text {apart[slot].draft}, fact {apart[slot].fact} (differs)"
        elif ours or fact:
            origin = "" if stated[slot] or not ours else " (from context)"
            mark = " (differs)" if slot in apart else ""
            yield f"{slot}: text {_names(ours)}{origin}, fact {_names(fact)}{mark}"
    for slot, conflict in apart.items():
        if slot not in theirs:
            yield f"{slot}: text {shown(conflict.draft)}, fact {shown(conflict.fact)} (differs)"


def _names(concepts: frozenset[str]) -> str:
    return ", ".join(sorted(map(shown, concepts))) or "-"


def _way(claim: Claim) -> str:
    return f"no {claim.direction}" if claim.denied else claim.direction.replace("_", " ")


def _certainty(hedges: tuple[str, ...]) -> str:
    return "asserted" if not hedges else "hedged by " + ", ".join(f"“{hedge}”" for hedge in hedges)
