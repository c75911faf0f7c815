"""Fit how sure a departure from a fact is, on the labelled drafts that are not held out.

Each draft is looked at twice, the second time with half of the facts left out, as a fact base never has all of its
source.

``python tests/measures/calibrate.py`` prints what cross-validation by draft finds; ``--write`` also writes the weights
to ``rules/calibration.yaml``. Needs nothing but what the package needs (numpy comes with spaCy).
"""

from __future__ import annotations

import sys
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import yaml

from evidencelint.engine import Linter
from evidencelint.evaluation import Gold, find_gold, load_gold
from evidencelint.factbase.load import load_facts
from evidencelint.matching import decisions, figures
from evidencelint.matching.candidates import Candidate
from evidencelint.matching.siblings import by_sentence
from evidencelint.matching.weighing import traits_of
from evidencelint.rules import select
from evidencelint.source import read_source

ROOT = Path(__file__).resolve().parents[2]
sys.path.insert(0, str(ROOT))

from tests.measures.missing_facts import thinned  # noqa: E402 - found by the line above

TARGET = ROOT / "rules" / "calibration.yaml"
PENALTY = 1.0
THRESHOLD = 0.5
THRESHOLDS = (0.2, 0.3, 0.4, 0.5, 0.6)


@dataclass(frozen=True)
class Case:
    """A figure that differs from the fact nearest to it: its traits, whether it is a fault, and what the rules say."""

    draft: str
    traits: dict[str, float]
    fault: bool
    flagged: bool


def cases(gold: Gold, linter: Linter) -> list[Case]:
    """Give the departures of one draft; a figure in a faulty text that is not its wrong piece says nothing."""
    judged = linter.judge(read_source(gold.draft.read_bytes(), str(gold.draft)))
    around = by_sentence(judged.figures)
    found: list[Case] = []
    for match in judged.figures:
        if match.status not in {"value", "unit", "direction", "silent", "unsupported"}:
            continue
        candidates = figures.candidates_of(match.claim, match.figure, linter.index)
        best = _departing(candidates)
        inside = [c for c in gold.claims if c.faulty and c.span.overlaps(match.figure.quantity.span)]
        wrong = any(
            c.anchor and c.anchor.overlaps(match.figure.quantity.span) and "mismatched" in {c.verdict, *c.accept}
            for c in inside
        )
        if best is not None and (wrong or not inside):
            traits = dict(traits_of(match, best, candidates, around[match.claim.sentence], linter.index))
            found.append(Case(str(gold.path), traits, wrong, match.status in {"value", "unit", "direction"}))
    return found


def _departing(candidates: list[Candidate]) -> Candidate | None:
    return next((c for c in candidates if decisions.departs(c)), None)


def fit(traits: np.ndarray, faults: np.ndarray) -> np.ndarray:
    """Fit by Newton's method; the first weight, the intercept, is not penalised."""
    weights = np.zeros(traits.shape[1])
    ridge = np.eye(traits.shape[1]) * PENALTY
    ridge[0, 0] = 1e-3
    for _ in range(50):
        p = 1 / (1 + np.exp(-traits @ weights))
        slope = traits.T @ (p - faults) + ridge @ weights
        weights -= np.linalg.solve(traits.T @ (traits * (p * (1 - p) + 1e-6)[:, None]) + ridge, slope)
    return weights


def main() -> None:
    """Fit, print, and write where asked."""
    linters: dict[Path, tuple[Linter, Linter]] = {}
    found: list[Case] = []
    for gold in map(load_gold, find_gold([ROOT / "corpus"])):
        folder = gold.path.parent.parent
        if gold.held_out:
            continue
        if folder not in linters:
            base = load_facts(folder / "facts.yaml")
            linters[folder] = (Linter(base, select()), Linter(thinned(base, draw=0), select()))
        for linter in linters[folder]:
            found += cases(gold, linter)
    names = sorted(found[0].traits)
    traits = np.array([[1.0, *(case.traits[name] for name in names)] for case in found])
    faults = np.array([float(case.fault) for case in found])
    flagged = np.array([case.flagged for case in found])
    held = np.zeros(len(found))
    for draft in sorted({case.draft for case in found}):
        out = np.array([case.draft == draft for case in found])
        held[out] = 1 / (1 + np.exp(-traits[out] @ fit(traits[~out], faults[~out])))
    print(f"{len(found)} departures, {int(faults.sum())} faults; the rules alone flag {int(flagged.sum())}, "
          f"{int(faults[flagged].sum())} of them faults")  # fmt: skip
    for threshold in THRESHOLDS:
        kept = flagged & (held >= threshold)
        print(f"probability >= {threshold}: flagged {int(kept.sum())}, faults {int(faults[kept].sum())}")
    if "--write" in sys.argv:
        weights = [round(float(weight), 3) for weight in fit(traits, faults)]
        content = {
            "departures": {
                "threshold": THRESHOLD,
                "intercept": weights[0],
                "weights": dict(zip(names, weights[1:], strict=True)),
            }
        }
        head = "# Fitted by tests/measures/calibrate.py --write on the labelled drafts that are not held out.\n"
        TARGET.write_text(head + yaml.safe_dump(content, sort_keys=False), encoding="utf-8")


if __name__ == "__main__":
    main()
