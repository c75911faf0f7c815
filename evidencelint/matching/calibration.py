"""How sure a departure from a fact is: a logistic regression fitted on the labelled drafts, its weights as data.

The weights stand in ``rules/calibration.yaml``; ``tests/measures/calibrate.py`` fits them anew on the drafts that are not
held out, with cross-validation by draft (ridge-penalised logistic regression; le Cessie and van Houwelingen, 1992).
"""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache

from evidencelint.errors import ResourceError
from evidencelint.resources import rules_folder
from evidencelint.yamlio import Value, read_text, read_yaml

# Below this confidence a finding is a note.
_WARNED = 0.5


@dataclass(frozen=True, slots=True)
class Calibration:
    """Weights of traits; ``threshold`` is the probability from which a finding is more than a note."""

    threshold: float
    intercept: float
    weights: Mapping[str, float]

    def confidence(self, traits: Mapping[str, float]) -> float:
        """Give the probability that what has these traits is a fault, kept on its side of what is a note."""
        total = self.intercept + sum(self.weights.get(name, 0.0) * value for name, value in sorted(traits.items()))
        probability = 1 / (1 + math.exp(-total))
        if probability < self.threshold:
            return min(probability, _WARNED - 0.01)
        return min(0.98, max(probability, _WARNED))


@cache
def departures() -> Calibration:
    """Give the calibration of figures that differ from a fact's; raises ResourceError where its file is malformed."""
    path = rules_folder() / "calibration.yaml"
    root = read_yaml(read_text(path, "calibration", ResourceError), path.name, ResourceError)
    fields = root.mapping(("departures",))
    if "departures" not in fields:
        raise root.wrong("departures: missing; run tests/measures/calibrate.py --write")
    entry = fields["departures"].mapping(("threshold", "intercept", "weights"))
    weights = entry["weights"].mapping() if "weights" in entry else {}
    return Calibration(
        threshold=_number(entry["threshold"]),
        intercept=_number(entry["intercept"]),
        weights={name: _number(value) for name, value in weights.items()},
    )


def _number(value: Value) -> float:
    try:
        return float(value.word())
    except ValueError as error:
        raise value.wrong("is not a number") from error
