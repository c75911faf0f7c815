"""Results on outcomes that a source has no word of, told among those it has; an invented review of three measures."""

from __future__ import annotations

from pathlib import Path

import pytest

from evidencelint.engine import Linter
from evidencelint.factbase.load import load_facts, parse_facts
from evidencelint.rules import select
from tests.helmets import warned, write

SOURCE = """\
# A review of three measures

Night buses raised the number of evening journeys by 12%.
In two surveys, passengers of night buses felt less lonely.
Free fruit in offices lowered the number of sick days among employees.
Loft insulation cut heating bills by a fifth, and installers reported no damp.
None of the studies compared what loft insulation costs with what wall insulation costs.
Crime was not recorded.
"""
FACTS = """\
sources: [{key: lee2021, path: source.md}]
vocabulary:
  arm:
    night-buses: [night buses, night bus]
    free-fruit: [free fruit, fruit bowls]
    loft-insulation: [loft insulation, insulated lofts]
    wall-insulation: [wall insulation]
  measure:
    journeys: [evening journeys, evening trips]
    sick-days: [sick days, days of sick leave]
    heating-bills: [heating bills]
  population:
    employees: [employees, office workers]
    passengers: [passengers]
facts:
  - id: journeys
    quote: Night buses raised the number of evening journeys by 12%.
  - id: sick-days
    quote: Free fruit in offices lowered the number of sick days among employees.
  - id: bills
    quote: Loft insulation cut heating bills by a fifth
"""


@pytest.fixture(scope="module")
def linter(tmp_path_factory: pytest.TempPathFactory) -> Linter:
    folder = tmp_path_factory.mktemp("measures")
    write(folder, {"source.md": SOURCE, "facts.yaml": FACTS})
    return Linter(load_facts(Path(folder / "facts.yaml")), select())


@pytest.mark.parametrize(
    "text",
    [
        # the source knows of it, in a fact, in its text alone, or in other words
        "Free fruit lowered the number of days of sick leave.",
        "Passengers of night buses were also less lonely.",
        "With night buses, loneliness eased.",
        "With loft insulation there was no more condensation than before, say the installers.",
        "Loft insulation made heating cheaper by a fifth.",
        # no result is told
        "Employees sleep in shifts where free fruit is served.",
        "Fewer than half of the employees slept well when free fruit was first served.",
        "The night buses also stop at the library.",
        "Night buses leave from the library at 11 pm.",
        "Does free fruit help employees to sleep better?",
        "Free fruit may help employees to sleep better.",
        "Whether free fruit improves sleep was not looked at.",
        "The review does not say that free fruit improves sleep.",
        "If night buses raised property values, the review would not know.",
        "Future trials should test whether free fruit improves sleep.",
        "Nobody slept better for the free fruit.",
        # it is told of whom, not what came of it
        "Employees who sleep badly took free fruit more often.",
        "Passengers with insomnia used night buses more often than others.",
        "Passengers in long-term unemployment use night buses to save on taxis.",
        "Employees whose morale was low ate less free fruit.",
        # the writer's own affairs, those of others, and what has nothing to do with the matter
        "Since our night bus came, house prices here have gone up.",
        "House prices in the district rose by 4% last year.",
        "Many landlords claim that night buses raise property values.",
        "“Free fruit made me sleep better,” says Ana.",
        "Your appetite may also grow when you walk home.",
        "In 2021 the district had more tourists than night buses.",
        # sums of one's own
        "Our café would break even at 212 bowls of free fruit a week.",
        "Loft insulation costs less than a year of heating.",
        # words that look alike
        "A lone bus driver also answered, and he liked the night buses better.",
        "The costed plan for night buses is longer now.",
        "Depressed prices made the free fruit cheaper.",
    ],
)
def test_known_outcomes_and_what_is_no_result_stay_silent(linter: Linter, text: str) -> None:
    assert warned(linter, text) == []


@pytest.mark.parametrize(
    ("text", "piece"),
    [
        ("Employees also slept better where free fruit was served.", "slept"),
        ("Free fruit improved sleep.", "sleep"),
        ("Office workers with fruit bowls lost weight as well, and their headaches eased.", "lost weight"),
        ("Free fruit reduced staff turnover.", "reduced"),
        ("With free fruit, morale rose.", "morale"),
        ("Night buses also brought down burglaries in the suburbs.", None),
        ("House prices along the night bus rose faster than elsewhere.", "House prices"),
        ("Night buses led to more tourism.", "tourism"),
        ("Homes with loft insulation sell for 4% more, going by the review.", "sell for"),
        ("According to the review, loft insulation lowers insurance premiums.", "lowers"),
        ("- evening trips: up\n- voter turnout among passengers: higher\n", "voter turnout"),
        ("Loft insulation pays for itself within six years.", "pays for itself"),
        ("A loft insulation would pay for itself in six years.", "pay for itself"),
        ("The review finds loft insulation cheaper than wall insulation.", "cheaper than"),
        ("Passengers likewise told the researchers that family life had become easier.", "family life"),
        ("Moreover, GP visits became rarer among employees.", "GP visits"),
        ("Night buses make air quality better.", "air quality"),
        ("Passengers of night buses made more friends, we are glad to report.", None),
        ("Passengers of night buses quit smoking more often, we are glad to report.", "smoking"),
        ("Employees given free fruit were promoted more often, and exam results improved, too.", "exam results"),
    ],
)
def test_results_that_nobody_studied_are_found(linter: Linter, text: str, piece: str | None) -> None:
    assert warned(linter, text) == ([("unsupported-effect", piece)] if piece is not None else [])


def test_the_vocabulary_may_know_an_outcome_by_another_name() -> None:
    facts = """\
sources: [{key: lee2021}]
vocabulary:
  arm: {night-buses: [night buses]}
  measure: {dwelling-worth: [worth of dwellings, house prices]}
facts: [{id: worth, quote: "Night buses raised the worth of dwellings."}]
"""
    linter = Linter(parse_facts(facts, "facts.yaml", None), select())
    assert warned(linter, "Night buses raised house prices.") == []
    assert warned(linter, "Night buses raised hotel bookings.") == [("unsupported-effect", "raised")]
