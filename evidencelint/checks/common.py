"""What the rules on statements share: selecting matches, and turning one into a finding."""

from __future__ import annotations

from collections.abc import Iterator

from evidencelint.judgement import Judgement
from evidencelint.matching.nearness import Fault, StatementMatch
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
        details=_details(match),
    )


def _details(match: StatementMatch) -> tuple[str, ...]:
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
    if match.conflict is not None:
        lines.append(f"{match.conflict.slot}: text {match.conflict.draft}, fact {match.conflict.fact}")
    return tuple(lines)


def _certainty(hedges: tuple[str, ...]) -> str:
    return "asserted" if not hedges else "hedged by " + ", ".join(f"“{hedge}”" for hedge in hedges)
