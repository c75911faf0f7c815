"""What a clause and a fact must have in common before they are said to disagree."""

from __future__ import annotations

from pathlib import Path

import pytest

from evidencelint.engine import Linter
from evidencelint.factbase.load import load_facts
from evidencelint.rules import select
from tests.helmets import warned

BASE = """\
sources: [{key: reed2022}]
vocabulary:
  arm:
    bus-lanes: [bus lanes, bus lane]
    usual-roads: [usual roads]
  measure:
    delays: [delays, delay]
    collisions: [collisions, collision]
    ridership: [ridership, passenger numbers]
    noise: [traffic noise]
facts:
  - id: delays
    quote: Bus lanes reduced delays in nine cities.
  - id: collisions
    quote: Bus lanes had no significant effect on collisions.
  - id: ridership
    quote: Bus lanes may increase ridership.
  - id: noise
    quote: Bus lanes were associated with lower traffic noise.
  - id: advice
    quote: The authors recommend that bus lanes be enforced by cameras.
  - id: conclusion
    quote: The authors conclude that bus lanes shorten journeys for passengers, and that they might attract drivers.
"""


@pytest.fixture(scope="module")
def linter(tmp_path_factory: pytest.TempPathFactory) -> Linter:
    path: Path = tmp_path_factory.mktemp("matter") / "facts.yaml"
    path.write_text(BASE, encoding="utf-8")
    return Linter(load_facts(path), select())


@pytest.mark.parametrize(
    "text",
    [
        "Bus lanes reduced delays.",
        "Fewer delays go with bus lanes.",
        "With bus lanes, collisions did not change significantly.",
        "Traffic noise was lower where there were bus lanes.",
        "Bus lanes went with less traffic noise.",
        "Bus lanes shorten journeys for passengers.",
        "For ridership, see [Bus lanes](lanes.md).",
        "Anyone who tells you that bus lanes increase delays has not read the review.",
        "People who say that bus lanes increase ridership go beyond the evidence.",
        "The authors favour cameras to enforce bus lanes.",
    ],
)
def test_what_is_faithful_or_of_another_matter_is_left_alone(linter: Linter, text: str) -> None:
    assert warned(linter, text + "\n") == []


@pytest.mark.parametrize(
    ("text", "rule"),
    [
        ("Bus lanes increased delays.", "direction-mismatch"),
        ("Bus lanes reduced collisions.", "direction-mismatch"),
        ("Bus lanes increase ridership.", "hedge-dropped"),
        ("Bus lanes reduce traffic noise.", "causal-overstatement"),
    ],
)
def test_what_turns_round_or_goes_beyond_its_fact_is_told(linter: Linter, text: str, rule: str) -> None:
    assert [name for name, _ in warned(linter, text + "\n")] == [rule]
