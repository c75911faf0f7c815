"""What the figures beside a figure tell: the odd one out is a slip, a sum needs a word that asks for it."""

from __future__ import annotations

import pytest

from evidencelint.engine import Linter
from evidencelint.factbase.load import parse_facts
from evidencelint.lexicon import operations
from evidencelint.rules import select
from tests.helmets import linting, warned

FACTS = """
sources: [{key: ilves2022}]
vocabulary:
  arm:
    lamps: [red lamps, red light, lamps]
    dark: [unlit roads, unlit]
  measure:
    bats: [bat passes, passes]
    insects: [insect catch, insects caught, insects]
  population:
    villages: [villages, village]
    towns: [towns, town]
contrasts:
  - [lamps, dark]
  - [bats, insects]
  - [villages, towns]
facts:
  - id: kinds
    quote: >-
      Of the 44 included studies, 21 were field surveys, eleven were road trials, seven were models and four were
      laboratory studies.
  - id: passes
    quote: >-
      Bat passes fell by 5.9 a night under red lamps and by 2.9 a night on unlit roads (p for interaction = 0.003).
  - id: places
    quote: Twelve of the road trials took place in villages and five in towns.
  - id: followed
    quote: In three road trials with 640 lamps, the insect catch did not change over nine months.
  - id: lasting
    quote: The gain in bat passes was no longer seen after two years.
  - id: survey
    quote: Some 62% of the residents in villages would keep the red lamps.
  - id: nights
    quote: Each lamp was watched for eight dry nights, five wet nights and two frosty nights.
"""


@pytest.fixture(scope="module")
def linter() -> Linter:
    return linting(FACTS)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            "Of the 44 included studies, 21 were field surveys, nine were road trials and seven were models.",
            [("value-mismatch", "nine")],
        ),
        (
            (
                "There were 44 included studies: 21 were field surveys, seven were road trials, eleven were models and "
                "four were laboratory studies."
            ),
            [("swapped-figures", "seven"), ("swapped-figures", "eleven")],
        ),
        (
            "Bat passes fell by 5.9 a night under red lamps and by 2.9 on unlit roads (p for interaction = 0.03).",
            [("value-mismatch", "0.03")],
        ),
        ("Twelve of the road trials took place in villages and nine in towns.", [("value-mismatch", "nine")]),
        (
            "In three road trials with 640 lamps, the insect catch did not change over five months.",
            [("value-mismatch", "five months")],
        ),
        ("The gain in bat passes was no longer seen after three years.", [("value-mismatch", "three years")]),
    ],
)
def test_the_odd_one_out_of_a_facts_figures_is_a_slip(
    linter: Linter, text: str, expected: list[tuple[str, str]]
) -> None:
    assert warned(linter, text) == expected


@pytest.mark.parametrize(
    "text",
    [
        "Of the 44 included studies, 21 were field surveys, eleven were road trials and seven were models.",
        "Of the 44 included studies, 21 were field surveys and eleven were road trials; we read nine of them.",
        "The 44 included studies were done in six countries by nine teams.",
        "Bat passes fell by 5.9 a night under red lamps and by 2.9 on unlit roads, as two reviewers noted.",
        "Twelve of the road trials took place in villages, and three of our members live there.",
        "In three road trials with 640 lamps, the insect catch did not change; the authors answered after five months.",
        "Of the 44 included studies, 21 were field surveys, and a single one was translated.",
        "Twelve of the road trials took place in villages and five in towns, 17 altogether.",
        "Each lamp was watched for 15 nights.",
        "Each lamp was watched for 13 nights without frost, and two with.",
        "Some 38% of the residents in villages would not keep the red lamps.",
    ],
)
def test_what_else_stands_beside_a_facts_figures_stays_silent(linter: Linter, text: str) -> None:
    assert warned(linter, text) == []


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("On unlit roads, bat passes fell about twice as much as elsewhere.", [("direction-mismatch", "about twice")]),
        ("The fall in bat passes was about twice as large on unlit roads.", [("direction-mismatch", "about twice")]),
        ("Under red lamps, the fall in bat passes was about twice as large as on unlit roads.", []),
        ("There were four laboratory studies and nearly twice as many models.", []),
        ("Under red lamps, bat passes fell by about twice what they did on unlit roads.", []),
        ("Unlit roads saw a fall in bat passes of less than half that under red lamps.", []),
        ("On unlit roads, bat passes fell by 2.9 a night, against more than twice that under red lamps.", []),
    ],
)
def test_a_ratio_of_two_groups_is_told_of_the_right_one(
    linter: Linter, text: str, expected: list[tuple[str, str]]
) -> None:
    assert warned(linter, text) == expected


LIST = """# What the residents said

- residents in villages who would keep the red lamps: 62%
- drivers who kept to 40 km/h or less: 48%
- residents who slept through the night: {share}
"""
SHARES = (
    FACTS
    + """
  - id: drivers
    quote: Some 48% of the drivers kept to 40 km/h or less.
"""
)


@pytest.mark.parametrize(("share", "expected"), [("71%", [("unsupported-figure", "71%")]), ("62%", [])])
def test_a_share_that_no_fact_has_between_those_of_facts(share: str, expected: list[tuple[str, str]]) -> None:
    surveys = Linter(parse_facts(SHARES, "facts.yaml", None), select())
    assert warned(surveys, LIST.format(share=share)) == expected


def test_operations_are_read_from_their_words() -> None:
    assert operations("15 points apart") == {"difference"}
    assert "sum" in operations("12 and 5, 17 altogether")
    assert operations("red lamps") == frozenset()
