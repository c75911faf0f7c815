"""What a text calls proven, dispensable, unbounded or counted otherwise than its source: an invented review."""

from __future__ import annotations

import pytest

from evidencelint.engine import Linter
from evidencelint.factbase.load import parse_facts
from evidencelint.lexicon import proof, waiving
from evidencelint.rules import select
from tests.helmets import own_arithmetic, recomputed_in, warned

FERRIES = """
sources: [{key: quist2022}]
vocabulary:
  arm:
    electric: [electric ferries, electric ferry]
    diesel: [diesel ferries, diesel ferry]
  measure:
    noise: [underwater noise, noise under water]
    fuel: [fuel use]
    sinkings: [sinkings, sinking, sank, sunk]
    stays: [stayed in service, still in service, remained in service]
    delays: [delays, delay]
    collisions: [collisions, collision]
  topic:
    charging: [charging at the quay, quayside charging]
    drills: [evacuation drills, evacuation drill]
  population:
    islanders: [islanders, island residents]
    tourists: [tourists, visitors]
contrasts:
  - [electric, diesel]
  - [delays, collisions]
  - [islanders, tourists]
facts:
  - id: porpoises
    quote: Lower underwater noise may bring porpoises back to the harbours.
  - id: batteries-open
    quote: How long the batteries of electric ferries last remains an open question.
  - id: noise
    quote: Electric ferries lowered underwater noise by 6 decibels.
  - id: drills
    quote: The authors recommend evacuation drills before an electric ferry enters service.
  - id: no-sinking
    quote: No sinkings were recorded in the trials of electric ferries.
  - id: crew
    quote: An electric ferry is steered by two officers at all times.
  - id: crew-night
    quote: At night, the electric ferry also sails with two officers.
  - id: service
    quote: Most electric ferries stayed in service for at least nine years.
  - id: energy
    quote: Fuel use of the diesel ferries fell from 900 litres to 360 litres a crossing, or by 60%.
  - id: share
    quote: Among islanders, between 35% and 55% took the electric ferry.
  - id: fewer
    quote: With electric ferries, delays fell by 34%.
"""


@pytest.fixture(scope="module")
def ferries() -> Linter:
    return Linter(parse_facts(FERRIES, "facts.yaml", None), select())


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("It has been shown that lower underwater noise brings porpoises back to the harbours.", "hedge-dropped"),
        ("It is settled: the lower underwater noise is why porpoises come back to the harbours.", "hedge-dropped"),
        ("How long the batteries of electric ferries last has been settled.", "contradicted-statement"),
    ],
)
def test_what_is_called_proven_is_at_most_supposed(ferries: Linter, text: str, expected: str) -> None:
    assert [name for name, _ in warned(ferries, text)] == [expected]


@pytest.mark.parametrize(
    "text",
    [
        "It has not been shown that lower underwater noise brings porpoises back to the harbours.",
        "Nobody has proven that lower underwater noise brings porpoises back to the harbours.",
        "Whether lower underwater noise brings porpoises back has yet to be settled.",
        "Electric ferries have been shown to lower underwater noise by 6 decibels.",
        "Has it been shown that lower underwater noise brings porpoises back to the harbours?",
    ],
)
def test_what_is_denied_asked_or_found_is_no_claim_of_proof(ferries: Linter, text: str) -> None:
    assert warned(ferries, text) == []


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("The result has been confirmed.", "been confirmed"),
        ("This shows that the boats are quieter.", "shows"),
        ("The trials demonstrate that the boats are quieter.", "demonstrate"),
        ("The question is closed.", "question is closed"),
        ("Should it be proven that they last, we will buy them.", None),
        ("The map shows the harbours.", None),
        ("It remains to be seen whether this has been shown.", None),
    ],
)
def test_words_of_proof(text: str, said: str | None) -> None:
    found = proof(text)
    assert (None if found is None else text[found.start : found.end]) == said


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            "Evacuation drills are optional before an electric ferry enters service.",
            ["optional"],
        ),
        (
            "Evacuation drills before an electric ferry enters service can be dispensed with.",
            ["dispensed with"],
        ),
        ("Evacuation drills should come before an electric ferry enters service.", []),
        ("Evacuation drills are not optional.", []),
        ("Our lifebelts are optional.", []),
    ],
)
def test_what_a_source_asks_for_is_not_dispensable(ferries: Linter, text: str, expected: list[str]) -> None:
    assert warned(ferries, text) == [("contradicted-statement", said) for said in expected]


def test_words_of_waiving_are_found_where_they_stand() -> None:
    text = "Drills can be left out."
    found = waiving(text)
    assert found is not None
    assert text[found.start : found.end] == "be left out"


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("No electric ferry has ever sunk.", [("setting-widened", "ever")]),
        ("Sinkings of electric ferries were not recorded in the trials.", []),
        ("No sinkings of electric ferries were ever recorded in the trials.", []),
    ],
)
def test_a_denial_has_the_bounds_of_what_was_seen(ferries: Linter, text: str, expected: list[tuple[str, str]]) -> None:
    assert warned(ferries, text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("An electric ferry is steered by one officer at all times.", [("value-mismatch", "one")]),
        ("Two officers steer an electric ferry at all times.", []),
        ("Every electric ferry stayed in service for at least nine years.", [("quantifier-widened", "Every")]),
        ("Most electric ferries stayed in service for at least nine years.", []),
        ("Fuel use of the diesel ferries fell to 60% of what it had been.", [("direction-mismatch", "60%")]),
        ("Fuel use of the diesel ferries fell to 40% of what it had been.", []),
        ("Among tourists, between 35% and 55% took the electric ferry.", [("misplaced-figure", "tourists")]),
        ("With electric ferries, collisions fell by 34%.", [("misplaced-figure", "34%")]),
        ("With electric ferries, delays fell by 34%.", []),
    ],
)
def test_counts_shares_and_changes_of_the_thing_itself(
    ferries: Linter, text: str, expected: list[tuple[str, str]]
) -> None:
    assert warned(ferries, text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("There were 12 urban, 14 rural and 9 coastal libraries, 36 in all.", [("sum-mismatch", "36", "35")]),
        ("There were 12 urban, 14 rural and 9 coastal libraries, 35 in all.", []),
        ("There were 12 libraries, 36 in all the county.", []),
        ("Two nurses, four doctors and three cooks, ten in total, took part.", [("sum-mismatch", "ten", "9")]),
    ],
)
def test_a_list_is_added_up_to_the_total_after_it(text: str, expected: list[tuple[str, str, str]]) -> None:
    assert recomputed_in(own_arithmetic(), text) == expected
