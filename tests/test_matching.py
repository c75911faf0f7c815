"""Faithful sentences stay silent, faults are named: one invented fact base, many phrasings."""

from __future__ import annotations

import pytest

from evidencelint.engine import Linter
from evidencelint.factbase.load import parse_facts
from evidencelint.rules import select
from tests.helmets import linting

FACTS = """
sources: [{key: okafor2023}]
vocabulary:
  arm:
    drip: [drip irrigation, drip lines, drip]
    flood: [flood irrigation, flooding, flooded plots]
  measure:
    yield: [yield, yields, harvest, harvests, tonnes per hectare]
    water: [water use, water used, water consumption]
    salinity: [salinity, soil salt, salt content]
  population:
    maize: [maize, corn]
    rice: [rice, paddy]
contrasts:
  - [drip, flood]
  - [yield, water, salinity]
  - [maize, rice]
facts:
  - id: water
    quote: In maize, drip irrigation lowered water use by 42%.
  - id: yields
    quote: >-
      Yields of maize were 9.1 tonnes per hectare with drip irrigation and 8.4 tonnes per hectare with flood
      irrigation.
  - id: survey
    quote: Of the farmers in the survey, 63% said that they would keep the drip lines.
  - id: salt
    quote: Drip irrigation may raise soil salinity in dry regions.
  - id: cost
    quote: A drip system costs about €1,900 per hectare.
  - id: life
    quote: Most drip lines lasted for at least 7 years.
  - id: mice
    quote: In mice, water from the drip lines reduced weight gain.
  - id: link
    quote: Use of drip irrigation in rice was associated with lower methane emissions.
"""


@pytest.fixture(scope="module")
def linter() -> Linter:
    return linting(FACTS)


def names(linter: Linter, text: str) -> list[str]:
    return [found.name for found in linter.check(text.encode(), "x.md").diagnostics if found.severity != "info"]


@pytest.mark.parametrize(
    "text",
    [
        "With drip irrigation, maize needed 42% less water.",
        "Water use in maize fell by 42% under drip irrigation.",
        "Maize yields were 8.4 tonnes per hectare under flood irrigation and 9.1 tonnes per hectare under drip.",
        "Flooded plots of maize gave a harvest of 8.4 tonnes per hectare, drip plots 9.1 tonnes per hectare.",
        "Nearly two-thirds of the farmers in the survey said they would keep the drip lines.",
        "Some 37% of the farmers in the survey said that they would not keep the drip lines.",
        "Drip irrigation might raise the salinity of dry soils.",
        "Could drip irrigation raise soil salinity in dry regions?",
        "Trials should test whether drip irrigation raises soil salinity.",
        "Roughly €2,000 a hectare is what a drip system costs.",
        "Most drip lines were still working after seven years.",
        "Drip irrigation is no miracle.",
        "Drip irrigation in rice is linked to lower methane emissions.",
        "The office opens at 9.30 on 12 May 2024; tickets cost £4.",
        "See Table 3, page 42, and section 9.1 of the handbook.",
    ],
)
def test_faithful_sentences_stay_silent(linter: Linter, text: str) -> None:
    assert names(linter, text) == []


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("In maize, drip irrigation lowered water use by 24%.", ["value-mismatch"]),
        ("In maize, drip irrigation raised water use by 42%.", ["direction-mismatch"]),
        ("In rice, drip irrigation lowered water use by 42%.", ["misplaced-figure"]),
        (
            "Yields of maize were 8.4 tonnes per hectare with drip irrigation.",
            ["swapped-figures"],
        ),
        ("A drip system costs about $1,900 per hectare.", ["unit-mismatch"]),
        ("A drip system costs exactly €1,900 per hectare.", ["false-precision"]),
        ("Drip irrigation raises soil salinity in dry regions.", ["hedge-dropped"]),
        ("Drip irrigation in rice lowers methane emissions.", ["causal-overstatement"]),
        ("All drip lines lasted for at least 7 years.", []),
        ("Water from the drip lines reduced weight gain.", ["animal-evidence"]),
        ("Drip irrigation is proven to end drought.", ["absolute-claim"]),
        ("Drip irrigation cut pesticide residues by 18%.", ["unsupported-figure"]),
    ],
)
def test_faults_are_named(linter: Linter, text: str, expected: list[str]) -> None:
    assert names(linter, text) == expected


def test_a_table_is_read_with_its_headers(linter: Linter) -> None:
    table = (
        "Yield of maize, tonnes per hectare:\n\n| Irrigation | Yield |\n| --- | --- |\n"
        "| Drip | 9.1 tonnes per hectare |\n| Flood | 9.1 tonnes per hectare |\n"
    )
    found = linter.check(table.encode(), "x.md").diagnostics
    assert [(d.name, d.text, d.line) for d in found] == [("swapped-figures", "9.1 tonnes", 6)]


def test_a_list_item_is_read_with_its_lead_in(linter: Linter) -> None:
    text = "In rice, drip irrigation had two effects:\n\n- 42% lower water use\n- lower methane emissions\n"
    found = linter.check(text.encode(), "x.md").diagnostics
    assert [d.name for d in found] == ["misplaced-figure"]


def test_spans_and_claims_are_pieces_of_the_document(linter: Linter) -> None:
    text = "Intro — µ 𝛼.\r\n\r\nIn maize, **drip irrigation** lowered water use by 24%.\r\n"
    (found,) = linter.check(text.encode(), "x.md").diagnostics
    assert text[found.span.start : found.span.end] == found.text == "24%"
    assert (found.line, found.column) == (3, 52)


def test_same_bytes_in_same_findings_out(linter: Linter) -> None:
    text = b"In maize, drip irrigation lowered water use by 24%. Drip irrigation raises soil salinity in dry regions."
    assert linter.check(text, "x.md").diagnostics == linter.check(text, "x.md").diagnostics


SUPERSEDED = """
sources: [{key: okafor2023}]
facts:
  - id: old-price
    quote: A drip system costs about €1,900 per hectare.
    valid_until: 2025-06-30
    superseded_by: new-price
  - id: new-price
    quote: A drip system costs about €2,300 per hectare.
"""


def test_a_figure_of_a_superseded_fact_is_outdated() -> None:
    outdated = Linter(parse_facts(SUPERSEDED, "facts.yaml", None), select())
    (found,) = outdated.check(b"A drip system costs about \xe2\x82\xac1,900 per hectare.", "x.md").diagnostics
    assert (found.name, found.facts[0].id) == ("value-mismatch", "new-price")
    assert found.message.startswith("outdated since 2025-06-30: says about €1,900")
    assert found.fix is not None
    assert (found.fix.safe, found.fix.replacement) == (True, "about €2,300")


def test_a_figure_of_the_newer_fact_is_supported() -> None:
    outdated = Linter(parse_facts(SUPERSEDED, "facts.yaml", None), select())
    assert not outdated.check(b"A drip system costs about \xe2\x82\xac2,300 per hectare.", "x.md").diagnostics
