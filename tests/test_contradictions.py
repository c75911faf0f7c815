"""Statements without figures against facts that say otherwise, less, or that nobody looked: an invented review."""

from __future__ import annotations

import pytest

from evidencelint.engine import Linter
from tests.helmets import linting, warned

FACTS = """
sources: [{key: adeyemi2024}]
vocabulary:
  arm:
    pairing: [pair programming, pairing]
    review: [code review, reviews of code]
  measure:
    defects: [defects, bugs, faults found]
    turnover: [staff turnover, turnover, resignations]
    delivery: [delivery time, time to delivery, lead time]
  population:
    juniors: [junior developers, juniors]
    seniors: [senior developers, seniors]
contrasts:
  - [pairing, review]
  - [juniors, seniors]
facts:
  - id: contractors
    quote: Contractors were excluded from all of the trials of pair programming.
  - id: assigned
    quote: Teams were not randomised to pair programming.
  - id: rated
    quote: The quality of the code was rated by the developers themselves.
  - id: gap
    quote: None of the included studies measured staff turnover.
  - id: complaints
    quote: None of the complaints about pair programming was serious.
  - id: habit
    quote: Regular pairing might make junior developers more confident in their judgement.
  - id: defects
    quote: Code review lowered the number of defects.
  - id: ranges
    quote: A course in code review cost $400 (range $250 to $620) per developer.
  - id: wait
    quote: In every team, delivery time was at least 12 days.
"""


@pytest.fixture(scope="module")
def linter() -> Linter:
    return linting(FACTS)


@pytest.mark.parametrize(
    "text",
    [
        "No trial of pair programming admitted contractors.",
        "Contractors were left out of the trials of pair programming.",
        "The trials of pair programming did not include contractors.",
        "Teams were allotted to pair programming without randomisation.",
        "Were teams randomised to pair programming?",
        "The developers themselves rated the quality of the code.",
        "Whether staff turnover changes, no study has measured.",
        "We hope that staff turnover falls.",
        "Serious complaints about pair programming were not made.",
        "Pairing could leave junior developers more confident in their judgement.",
        "Does regular pairing make junior developers more confident in their judgement?",
        "Code review cut the number of bugs.",
        "Prices for a course in code review run from $250 to $620.",
        "Not one team had a delivery time of under 12 days.",
        "Our 48 contractors were excluded.",
    ],
)
def test_faithful_statements_stay_silent(linter: Linter, text: str) -> None:
    assert warned(linter, text) == []


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Contractors were included in all of the trials of pair programming.", ("contradicted-statement", "included")),
        ("Teams were randomised to pair programming.", ("contradicted-statement", "randomised")),
        ("Some of the complaints about pair programming were serious.", ("direction-mismatch", "Some")),
        ("Pairing reduced staff turnover.", ("unsupported-effect", "reduced")),
        ("Regular pairing makes junior developers more confident in their judgement.", ("hedge-dropped", "makes")),
        ("Pair programming caused defects.", ("unsupported-effect", "caused")),
        ("A course in code review cost $540 per developer.", ("value-mismatch", "$540")),
        ("In every team, delivery time was at most 12 days.", ("value-mismatch", "at most 12 days")),
    ],
)
def test_turned_statements_are_found(linter: Linter, text: str, expected: tuple[str, str]) -> None:
    assert warned(linter, text) == [expected]


def test_a_turned_rating_is_found_by_its_own_words(linter: Linter) -> None:
    found_there = warned(linter, "The quality of the code was rated by observers.")
    assert found_there == [("contradicted-statement", "rated by observers")]
