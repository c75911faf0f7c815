"""Statements that retell a fact with one thing changed: groups, people, outcomes, order, advice; an invented review."""

from __future__ import annotations

import pytest

from evidencelint.engine import Linter
from tests.helmets import linting, warned

FACTS = """
sources: [{key: okafor2024}]
vocabulary:
  arm:
    lights: [timed street lights, timed lights]
    usual: [usual lighting, ordinary lights]
  measure:
    falls: [falls, tumbles]
    burglary: [burglary, burglaries, break-ins]
    walking: [walking after dark, evening walks]
    complaints: [complaints about glare]
  population:
    towns: [towns]
    villages: [villages]
    women: [women]
    men: [men]
contrasts:
  - [towns, villages]
  - [women, men]
facts:
  - id: falls
    quote: Falls were more common in towns than in villages.
  - id: walking
    quote: Timed street lights increased walking after dark.
  - id: burglary
    quote: Timed street lights did not change burglary.
  - id: drivers
    quote: In one district, letters to drivers about timed street lights halved the number of complaints about glare.
  - id: survey
    quote: In a survey of 420 drivers, 64% approved of timed street lights.
  - id: alternatives
    quote: In villages, alternatives to ordinary lights are costly after midnight.
  - id: order
    quote: After measurements of glare, the authors recommend a trial of timed street lights in villages.
  - id: parks
    quote: The authors advise against timed street lights in parks with old trees.
  - id: economy
    quote: The authors call for studies that compare the cost of timed street lights with that of motion sensors.
  - id: limit
    quote: In the models, the new lamps paid for themselves after at least 12 years.
  - id: shares
    quote: With timed street lights 81% of the walkers felt safe, with ordinary lights 72%.
"""


@pytest.fixture(scope="module")
def linter() -> Linter:
    return linting(FACTS)


@pytest.mark.parametrize(
    "text",
    [
        "Falls were rarer in villages than in towns.",
        "Towns saw more falls than villages.",
        "Walking after dark increased with timed lights, while burglary stayed as it was.",
        "In one district, letters to motorists about timed street lights halved the number of complaints about glare.",
        "Almost two thirds of the drivers surveyed approved of timed street lights.",
        "Alternatives to ordinary lights are costly after midnight in villages, whatever holds for towns.",
        "The authors recommend a trial of timed street lights in villages once glare has been measured.",
        "Timed street lights should be kept out of parks with old trees.",
        "Do not put timed street lights in parks with old trees.",
        "What timed street lights cost beside motion sensors remains to be studied.",
        "In the models, the new lamps took 12 years or more to pay for themselves.",
        "With timed street lights, nine percentage points more of the walkers felt safe.",
        "Did women walk more than men under timed street lights?",
    ],
)
def test_faithful_statements_stay_silent(linter: Linter, text: str) -> None:
    assert warned(linter, text) == []


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Falls were more common in villages than in towns.", ("direction-mismatch", "more common in villages than")),
        (
            "Walking after dark increased with timed street lights, and so did burglary.",
            ("direction-mismatch", "burglary"),
        ),
        (
            "In one district, letters to teachers about timed street lights halved the complaints about glare.",
            ("other-people", "teachers"),
        ),
        (
            "Almost two thirds of the teachers surveyed approved of timed street lights.",
            ("misplaced-figure", "Almost two thirds"),
        ),
        ("In towns, alternatives to ordinary lights are costly after midnight.", ("misplaced-statement", "towns")),
        (
            "The authors recommend a trial of timed street lights in villages as the very first step.",
            ("contradicted-statement", "as the very first step"),
        ),
        ("The authors recommend timed street lights in parks with old trees.", ("contradicted-statement", "recommend")),
        (
            "The authors found timed street lights cheaper than motion sensors.",
            ("unsupported-effect", "cheaper"),
        ),
        (
            "In the models, the new lamps paid for themselves after at most 12 years.",
            ("value-mismatch", "at most 12 years"),
        ),
        (
            "With timed street lights, 9% more of the walkers felt safe than with ordinary lights.",
            ("value-mismatch", "9%"),
        ),
        ("Women walked more than men under timed street lights.", ("unsupported-effect", "more than")),
    ],
)
def test_what_is_changed_is_found(linter: Linter, text: str, expected: tuple[str, str]) -> None:
    assert warned(linter, text) == [expected]
