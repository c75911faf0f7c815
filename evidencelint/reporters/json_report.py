"""The machine's report: one JSON document, valid also when there is nothing to say."""

from __future__ import annotations

from evidencelint.model import Diagnostic, FactRef, Quantity
from evidencelint.outcome import ClaimReport
from evidencelint.reporters.numbers import as_data, figure_data
from evidencelint.reporters.run import Run, as_json

SCHEMA_VERSION = 1


def render(run: Run) -> str:
    """Render the findings, and apart from them those that a document or a baseline takes back."""
    suppressed = [
        {"by": each.by, "reason": each.reason, "diagnostic": diagnostic(each.diagnostic)} for each in run.suppressed()
    ]
    return _document(run, {"diagnostics": [diagnostic(d) for d in run.diagnostics()]}, {"suppressed": suppressed})


def render_claims(run: Run, *, everything: bool, numbers: bool = False) -> str:
    """Render the claims; ``everything`` adds the sentences that claim nothing, ``numbers`` every figure."""
    claims = [_claim(claim) for file in run.files for claim in file.claims if everything or claim.kind != "none"]
    figures = [figure_data(figure) for file in run.files for figure in file.settled_figures()] if numbers else []
    return _document(run, {"claims": claims, **({"numbers": figures} if numbers else {})}, {})


def _document(run: Run, content: dict[str, object], more: dict[str, object]) -> str:
    files = [
        {
            "path": _path(file.path),
            "claims": file.tally().claims,
            "checked": file.checked,
            "numbers": as_data(file.accounts()),
            **({"error": str(file.error)} if file.error is not None else {}),
        }
        for file in run.files
    ]
    whole = {
        "schema_version": SCHEMA_VERSION,
        "tool": {"name": "evidencelint", "version": run.version, "model": run.model},
        "files": files,
        **content,
        "summary": {**run.summary(), "numbers": as_data(run.accounts())},
        "fact_bases": [{"path": _path(base.path), "fingerprint": base.fingerprint} for base in run.fact_bases()],
        **more,
    }
    return as_json(whole, indent=1) + "\n"


def _path(path: str) -> str:
    return path.replace("\\", "/")


def diagnostic(found: Diagnostic) -> dict[str, object]:
    """Give a diagnostic as data."""
    fix = found.fix
    return {
        "code": found.code,
        "name": found.name,
        "verdict": found.verdict,
        "severity": found.severity,
        "confidence": found.confidence,
        "path": _path(found.path),
        "line": found.line,
        "column": found.column,
        "end_line": found.end_line,
        "end_column": found.end_column,
        "offset": found.span.start,
        "end_offset": found.span.end,
        "text": found.text,
        "claim": found.claim,
        "message": found.message,
        "expected": found.expected,
        "facts": [_fact(fact) for fact in found.facts],
        "details": list(found.details),
        "fix": None
        if fix is None
        else {
            "safe": fix.safe,
            "offset": fix.span.start,
            "end_offset": fix.span.end,
            "replacement": fix.replacement,
        },
        "fingerprint": found.fingerprint,
    }


def _fact(fact: FactRef) -> dict[str, object]:
    return {
        "id": fact.id,
        "quote": fact.quote,
        "source": fact.source,
        "path": _path(fact.position.path),
        "line": fact.position.line,
    }


def _claim(claim: ClaimReport) -> dict[str, object]:
    relation = claim.relation
    return {
        "path": _path(claim.path),
        "line": claim.line,
        "column": claim.column,
        "end_line": claim.end_line,
        "end_column": claim.end_column,
        "offset": claim.span.start,
        "end_offset": claim.span.end,
        "text": claim.text,
        "kind": claim.kind,
        "verdict": claim.verdict,
        "confidence": claim.confidence,
        "facts": list(claim.facts),
        "quantities": [_quantity(quantity) for quantity in claim.quantities],
        "relation": None
        if relation is None
        else {
            "cause": relation.cause,
            "effect": relation.effect,
            "direction": relation.direction,
            "strength": relation.strength,
        },
        "certainty": {
            "hedges": list(claim.certainty.hedges),
            "boosters": [cue.text for cue in (*claim.certainty.boosters, *claim.certainty.absolutes)],
            "negated": claim.certainty.negated,
            "attribution": claim.certainty.attribution,
        },
        "slots": {slot: list(concepts) for slot, concepts in claim.slots.items()},
        "grounds": [{**_fact(ground.fact), "details": list(ground.details)} for ground in claim.grounds],
    }


def _quantity(quantity: Quantity) -> dict[str, object]:
    from evidencelint.quantities import decimal  # noqa: PLC0415 - brings the reader of figures with it

    return {
        "text": quantity.text,
        "offset": quantity.span.start,
        "end_offset": quantity.span.end,
        "value": decimal(quantity.value),
        "low": decimal(quantity.low),
        "high": decimal(quantity.high),
        "bound": quantity.bound,
        "unit": quantity.unit,
        "per": quantity.per,
        "dimension": quantity.dimension,
        "counted": quantity.counted,
        "role": quantity.role,
        "change": quantity.change,
    }
