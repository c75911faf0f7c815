"""The machine's form of an evaluation: the overall figures, and the same by corpus, verdict, kind and difficulty."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import asdict

from evidencelint.diagnostics import Diagnostic
from evidencelint.evaluation import DIFFICULTIES, KINDS, VERDICTS, GoldClaim, Outcome, Score, errors, score
from evidencelint.reporters.run import as_json

_PARTS = (("tuned_on", False), ("held_out", True))
_DIGITS = 4


def render(outcomes: Sequence[Outcome], *, everything: bool) -> str:
    """Render the figures as one JSON document; ``everything`` adds the misses and false alarms."""
    corpora = sorted({outcome.corpus for outcome in outcomes})
    held_out = {name: [o for o in outcomes if o.gold.held_out is held] for name, held in _PARTS}
    content: dict[str, object] = {
        **_whole(score(outcomes)),
        "by": {
            "corpus": {name: _whole(score([o for o in outcomes if o.corpus == name])) for name in corpora},
            "part": {name: _whole(score(part)) for name, part in held_out.items() if part},
            "verdict": {name: _verdict(outcomes, name) for name in VERDICTS[1:]},
            "kind": {name: _labelled(outcomes, lambda c, n=name: c.kind == n) for name in KINDS},  # type: ignore[misc]
            "difficulty": {
                name: _labelled(outcomes, lambda c, n=name: c.difficulty == n)  # type: ignore[misc]
                for name in DIFFICULTIES
            },
        },
    }
    if everything:
        content["errors"] = list(errors(outcomes))
    return as_json(content, indent=1) + "\n"


def _whole(figures: Score) -> dict[str, float]:
    ratios = {"precision": figures.precision, "recall": figures.recall, "f1": figures.f1}
    return {**asdict(figures), **{name: round(value, _DIGITS) for name, value in ratios.items()}}


def _verdict(outcomes: Sequence[Outcome], verdict: str) -> dict[str, float]:
    """Count the faults that have a verdict, and the alarms that give it."""
    return _part(outcomes, lambda claim: claim.verdict == verdict, lambda _, alarm: alarm.verdict == verdict)


def _labelled(outcomes: Sequence[Outcome], keep: Callable[[GoldClaim], bool]) -> dict[str, float]:
    """Count the faults that a test keeps, and the alarms on claims that it keeps; others belong to no group."""
    return _part(
        outcomes,
        keep,
        lambda outcome, alarm: any(
            keep(claim) and claim.faulty is (alarm in outcome.true_alarms) and alarm.span.overlaps(claim.span)
            for claim in outcome.gold.claims
        ),
    )


def _part(
    outcomes: Sequence[Outcome], keep: Callable[[GoldClaim], bool], counts: Callable[[Outcome, Diagnostic], bool]
) -> dict[str, float]:
    figures = score(outcomes, keep)
    right = sum(counts(outcome, alarm) for outcome in outcomes for alarm in outcome.true_alarms)
    wrong = sum(counts(outcome, alarm) for outcome in outcomes for alarm in outcome.false_alarms)
    precision = right / (right + wrong) if right + wrong else 1.0
    total = precision + figures.recall
    return {
        "faults": figures.faults,
        "found": figures.found,
        "other_verdict": figures.other_verdict,
        "anchored": figures.anchored,
        "true_alarms": right,
        "false_alarms": wrong,
        "precision": round(precision, _DIGITS),
        "recall": round(figures.recall, _DIGITS),
        "f1": round(2 * precision * figures.recall / total if total else 0.0, _DIGITS),
    }
