"""Rules of family 3xx: certainty, generality and grade of evidence."""

from __future__ import annotations

from collections.abc import Iterator

from evidencelint.checks.common import from_statement, statements
from evidencelint.checks.reach import design_raised, figure_raised, outweighs, same_scale
from evidencelint.factbase.vocabulary import shown
from evidencelint.judgement import Judgement
from evidencelint.model import Finding


def hedge_dropped(judgement: Judgement) -> Iterator[Finding]:
    """Report a plain assertion of what the fact only supposes."""
    for found in statements(judgement, "hedge"):
        hedges = found.best.claim.certainty.hedges if found.best else ()
        said = f" (“{hedges[0]}”)" if hedges else ""
        message = f"asserts what fact `{{fact}}` only supposes{said}"
        if found.found:
            message = f"says “{found.found}” of what fact `{{fact}}` leaves open{said}"
        yield from_statement("hedge-dropped", found, message)


def absolute_claim(judgement: Judgement) -> Iterator[Finding]:
    """Report "cure", "proven", "risk-free" and the like where no fact is that strong."""
    for found in statements(judgement, "absolute"):
        yield from_statement("absolute-claim", found, f"says “{found.found}”; no fact goes that far")


def quantifier_widened(judgement: Judgement) -> Iterator[Finding]:
    """Report "all" or "most" where the fact says fewer."""
    for found in statements(judgement, "quantifier"):
        yield from_statement("quantifier-widened", found, f"says “{found.found}”; fact `{{fact}}` says fewer")


def population_widened(judgement: Judgement) -> Iterator[Finding]:
    """Report a finding in one group told of another."""
    for found in statements(judgement, "population"):
        conflict = found.conflict
        if conflict is not None and not (conflict.slot == "study" and same_scale(conflict.draft, conflict.fact)):
            message = f"speaks of {shown(conflict.draft)}; fact `{{fact}}` is about {shown(conflict.fact)}"
            yield from_statement("population-widened", found, message)


def setting_widened(judgement: Judgement) -> Iterator[Finding]:
    """Report a finding of a laboratory, a simulation or a clinic told of use or of people at large."""
    for found in statements(judgement, "setting"):
        yield from_statement("setting-widened", found, f"says “{found.found}”; fact `{{fact}}` is not of that")


def animal_evidence(judgement: Judgement) -> Iterator[Finding]:
    """Report a finding in animals told without the animals."""
    for found in statements(judgement, "species"):
        yield from_statement("animal-evidence", found, "leaves out that fact `{fact}` is a finding in animals")


def evidence_grade_raised(judgement: Judgement) -> Iterator[Finding]:
    """Report a narrative review called systematic, and the like."""
    for found in statements(judgement, "grade", "population"):
        conflict = found.conflict
        raised = conflict is not None and conflict.slot == "study" and outweighs(conflict.draft, conflict.fact)
        if found.conflict is not None and (found.fault == "grade" or raised):
            message = f"says {shown(found.conflict.draft)}; fact `{{fact}}` says {shown(found.conflict.fact)}"
            yield from_statement("evidence-grade-raised", found, message)
    yield from design_raised(judgement)
    yield from figure_raised(judgement)
