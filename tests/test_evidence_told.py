"""Who judged, by what design and how sure: what a text says of the evidence itself; an invented review of workshops."""

from __future__ import annotations

import pytest

from evidencelint.engine import Linter
from evidencelint.factbase.load import load_facts
from evidencelint.rules import select
from tests.helmets import warned, write

SOURCE = """\
# Repair workshops in towns

None of the trials of repair workshops was randomised.
In nine observational studies, repair workshops went with 21 minutes less screen time a day.
Participants of the workshops reported more patience and said that they felt useful.
Trainers measured the speed of repair with a stopwatch.
Certainty was rated low for patience and moderate for screen time; no outcome was rated high.
The authors ask for randomised trials of repair workshops.
"""
FACTS = """\
sources: [{key: lee2021, path: source.md}]
vocabulary:
  arm:
    workshops: [repair workshops, workshops]
  measure:
    patience: [patience]
    speed: [speed of repair]
    screen-time: [screen time]
facts:
  - id: not-randomised
    quote: None of the trials of repair workshops was randomised.
  - id: screens
    quote: In nine observational studies, repair workshops went with 21 minutes less screen time a day.
  - id: patience
    quote: Participants of the workshops reported more patience and said that they felt useful.
  - id: speed
    quote: Trainers measured the speed of repair with a stopwatch.
  - id: certainty
    quote: Certainty was rated low for patience and moderate for screen time; no outcome was rated high.
"""


def linter_of(folder: object, source: str = SOURCE) -> Linter:
    write(folder, {"source.md": source, "facts.yaml": FACTS})  # type: ignore[arg-type]
    return Linter(load_facts(folder / "facts.yaml"), select())  # type: ignore[operator]


@pytest.fixture(scope="module")
def linter(tmp_path_factory: pytest.TempPathFactory) -> Linter:
    return linter_of(tmp_path_factory.mktemp("workshops"))


@pytest.mark.parametrize(
    "text",
    [
        # who judged
        "Participants of the workshops reported more patience.",
        "More patience was reported by the participants of the workshops themselves.",
        "Patience after the workshops was self-reported, not rated by clinicians.",
        "Patience was not rated by clinicians.",
        "Patience should be rated by independent assessors in future trials of repair workshops.",
        "Were the workshops judged by clinicians?",
        "Our own doctors rated the workshops in May.",
        "Trainers measured the speed of repair.",
        "The speed of repair was measured by the trainers.",
        # the design
        "The trials of repair workshops were not randomised.",
        "No trial of repair workshops was randomised.",
        "Randomised trials of repair workshops are needed.",
        "The authors call for randomised trials of repair workshops.",
        "Repair workshops have only been tested without randomisation.",
        "In observational studies, repair workshops went with 21 minutes less screen time a day.",
        "Had the trials of repair workshops been randomised, we would know more.",
        "Few of us would call the trials of repair workshops randomised.",
        "Keywords: randomised trial, repair workshops, towns",
        # how sure
        "Certainty for patience is low.",
        "The evidence on screen time is of moderate certainty.",
        "None of this is high-certainty evidence.",
        "High-certainty evidence on repair workshops is missing.",
    ],
)
def test_what_the_source_says_of_its_evidence_stays_silent(linter: Linter, text: str) -> None:
    assert warned(linter, text) == []


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Clinicians rated patience after the workshops.", [("contradicted-statement", "Clinicians rated")]),
        (
            "After the workshops, patience was judged by independent assessors to have grown.",
            [("contradicted-statement", "judged by independent assessors")],
        ),
        (
            "With the workshops, observers also scored patience, which had grown.",
            [("contradicted-statement", "observers also scored")],
        ),
        ("The trials of repair workshops were randomised.", [("contradicted-statement", "randomised")]),
        (
            "Towns were randomly assigned in the trials of repair workshops, which is hard to argue with.",
            [("contradicted-statement", "randomly assigned")],
        ),
        (
            "Randomised trials found 21 minutes less screen time a day with repair workshops.",
            [("misplaced-figure", "Randomised trials"), ("evidence-grade-raised", "Randomised trials")],
        ),
        (
            "Workshops build patience. This is high-certainty evidence.",
            [("causal-overstatement", "build"), ("certainty-raised", "high")],
        ),
        (
            "The certainty of the evidence on screen time is high, which is rare in our field.",
            [("certainty-raised", "high")],
        ),
    ],
)
def test_what_is_told_otherwise_is_found(linter: Linter, text: str, expected: list[tuple[str, str]]) -> None:
    assert warned(linter, text) == expected


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("Workshops thrive beside bakeries, says the article.", True),
        ("Solder only under a hood in the workshops, as the review advises.", True),
        ("Participants of the workshops gained patience, says the article.", False),
        ("Workshops thrive beside bakeries, says the mayor.", False),
        ("Patience grew with the workshops, as the review notes.", False),
        ("Open the workshops on Saturdays, as the baker advises.", False),
    ],
)
def test_the_source_may_be_named_last(linter: Linter, text: str, *, found: bool) -> None:
    assert [name for name, _ in warned(linter, text)] == ["unsupported-effect"] * found


def test_a_source_that_has_both_settles_nothing(tmp_path_factory: pytest.TempPathFactory) -> None:
    more = SOURCE + "In a later study, clinicians rated patience. A later trial was randomised.\n"
    linter = linter_of(tmp_path_factory.mktemp("both"), more)
    assert warned(linter, "Clinicians rated patience after the workshops.") == []
    assert warned(linter, "Some towns were randomised.") == []
