"""Whose an estimate is that compares two groups, and whose its interval."""

from __future__ import annotations

import pytest

from evidencelint.claims import ClaimReader
from evidencelint.factbase.load import parse_facts

VOCABULARY = """sources: [{key: a}]
vocabulary:
  arm:
    high: [high coverage]
    low: [low coverage]
    checklist: [checklist]
    adhoc: [ad hoc reading]
    scenario: [scenario reading]
contrasts: [[high, low], [checklist, adhoc, scenario]]
facts: []
"""
READER = ClaimReader(parse_facts(VOCABULARY, "facts.yaml", None).vocabulary)
BOTH = {"high", "low"}


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            "With high coverage, 0.9 defects, against 1.6 with low coverage (rate ratio 0.58, 95% CI 0.44 to 0.76).",
            {"0.9": {"high"}, "1.6": {"low"}, "0.58": BOTH, "0.44 to 0.76": BOTH},
        ),
        (
            "Defects were 1.1 with high coverage and 1.2 with low coverage (odds ratio 0.93 [0.78 to 1.10]; p = 0.2).",
            {"1.1": {"high"}, "1.2": {"low"}, "0.93": BOTH, "0.78 to 1.10": BOTH, "0.2": BOTH},
        ),
        (
            "The difference between checklist and ad hoc reading was 1.3 defects (95% CI 0.5 to 2.1).",
            {"1.3": {"checklist", "adhoc"}, "0.5 to 2.1": {"checklist", "adhoc"}},
        ),
        (
            "Checklist (risk ratio 0.8, CI 0.7 to 0.9) and ad hoc reading (risk ratio 0.6, CI 0.5 to 0.7) helped.",
            {"0.8": {"checklist"}, "0.7 to 0.9": {"checklist"}, "0.6": {"adhoc"}, "0.5 to 0.7": {"adhoc"}},
        ),
        (
            "The checklist found 5.4 defects; ad hoc reading found 4.1, against 4.3 in scenario reading (ratio 0.95).",
            {"5.4": {"checklist"}, "4.1": {"adhoc"}, "4.3": {"scenario"}, "0.95": {"adhoc", "scenario"}},
        ),
        (
            "Defects were 1.1 with high coverage and 1.2 in the control group (odds ratio 0.93, 95% CI 0.78 to 1.10).",
            {"1.1": {"high"}, "1.2": {"control"}, "0.93": {"high"}, "0.78 to 1.10": {"high"}},
        ),
        (
            "In the control group there were more defects than with high coverage (odds ratio 0.93).",
            {"0.93": {"high"}},
        ),
        ("With low coverage there were 1.6 defects (95% CI 1.2 to 2.0).", {"1.6": {"low"}, "1.2 to 2.0": {"low"}}),
    ],
)
def test_an_estimate_that_compares_is_of_all_that_are_compared(text: str, expected: dict[str, set[str]]) -> None:
    (claims,) = READER.read_quotes([text])
    figures = {figure.quantity.text: figure.stated["arm"] for claim in claims for figure in claim.figures}
    assert {name: arms for name, arms in figures.items() if name != "95%"} == expected
