"""The claims of documents for people: what was read, the verdict, and the fact behind it."""

from __future__ import annotations

from collections.abc import Iterator

from evidencelint.reported import ClaimReport
from evidencelint.reporters.run import Run, clean, slashes


def render(run: Run, *, everything: bool) -> str:
    """Render the claims; ``everything`` adds the sentences that claim nothing."""
    claims = [claim for file in run.files for claim in file.claims if everything or claim.kind != "none"]
    return "\n".join("\n".join(_block(claim)) + "\n" for claim in claims)


def _block(claim: ClaimReport) -> Iterator[str]:
    verdict = claim.verdict or "no verdict"
    yield f"{slashes(claim.path)}:{claim.line}:{claim.column}: {claim.kind}: {verdict}"
    yield f"   | {clean(' '.join(claim.text.split()))}"
    for quantity in claim.quantities:
        unit = f" {quantity.unit}" if quantity.unit else ""
        yield f"   = figure: {clean(quantity.text)} ({quantity.role}, {quantity.bound}{unit})"
    if claim.relation is not None:
        relation = claim.relation
        arrow = f"{clean(relation.cause) or '?'} -> {clean(relation.effect) or '?'}"
        yield f"   = relation: {arrow} ({relation.strength}, {relation.direction})"
    if claim.certainty.hedges:
        yield f"   = hedges: {', '.join(clean(hedge) for hedge in claim.certainty.hedges)}"
    slots = ", ".join(f"{slot} {' '.join(concepts)}" for slot, concepts in claim.slots.items() if concepts)
    if slots:
        yield f"   = slots: {clean(slots)}"
    if claim.facts:
        yield f"   = facts: {clean(', '.join(claim.facts))}"
