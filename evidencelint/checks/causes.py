"""Rules of family 2xx: causes, effects and their direction."""

from __future__ import annotations

from collections.abc import Iterator

from evidencelint.checks.common import from_statement, statements
from evidencelint.factbase.vocabulary import shown
from evidencelint.judgement import Judgement
from evidencelint.model import Finding

_CHANGES = {"increase": "an increase", "decrease": "a decrease", "level": "a level", "none": "no change"}


def direction_mismatch(judgement: Judgement) -> Iterator[Finding]:
    """Report a rise told as a fall, or the reverse."""
    for match in judgement.figures:
        if match.status == "direction" and match.best is not None:
            fact = match.best.fact
            quantity = match.figure.quantity
            truth = fact.figure.quantity
            if quantity.change != truth.change:
                ours, theirs = _CHANGES[quantity.change], _CHANGES[truth.change]
                message = f"says {quantity.text} is {ours}, fact `{fact.fact.id}` has {theirs}"
            else:
                message = f"says {quantity.text} of the opposite of what fact `{fact.fact.id}` says it of"
            yield Finding(
                "direction-mismatch",
                quantity.span,
                match.claim.span,
                message,
                match.confidence,
                expected=truth.text,
                facts=(fact.ref,),
            )
    for found in statements(judgement, "direction"):
        said = found.claim.text[found.span.start - found.claim.span.start :][: len(found.span)]
        yield from_statement("direction-mismatch", found, f"says “{said}”, fact `{{fact}}` says otherwise")


def causal_overstatement(judgement: Judgement) -> Iterator[Finding]:
    """Report a cause where the fact has an association."""
    for found in statements(judgement, "cause"):
        yield from_statement("causal-overstatement", found, "states a cause, fact `{fact}` states an association")


def contradicted_statement(judgement: Judgement) -> Iterator[Finding]:
    """Report a plain statement that turns a fact round, such as "included" for "excluded"."""
    for found in statements(judgement, "contradiction"):
        message = f"says “{found.found}”; fact `{{fact}}` says the opposite"
        yield from_statement("contradicted-statement", found, message)


def misplaced_statement(judgement: Judgement) -> Iterator[Finding]:
    """Report a fact's statement told of another group, treatment, outcome, study or time."""
    for found in statements(judgement, "misplaced"):
        if found.conflict is not None:
            slot, ours, theirs = found.conflict.slot, shown(found.conflict.draft), shown(found.conflict.fact)
            message = f"says this of {slot} {ours}; fact `{{fact}}` says it of {theirs}"
            yield from_statement("misplaced-statement", found, message)


def other_people(judgement: Judgement) -> Iterator[Finding]:
    """Report people by another part in the place of the fact's."""
    for found in statements(judgement, "exchanged"):
        yield from_statement("other-people", found, f"says {found.found}")


def unsupported_effect(judgement: Judgement) -> Iterator[Finding]:
    """Report an effect in the topic of the fact base that no fact speaks of."""
    for found in statements(judgement, "unsupported"):
        message = "claims an effect that no fact speaks of"
        if found.best is not None:
            message = "claims a result; fact `{fact}` says that this was not studied"
        yield from_statement("unsupported-effect", found, message)
