from __future__ import annotations

import pytest

from evidencelint.claims.certainty import find_cues, read_certainty
from evidencelint.claims.relations import read_direction, read_relation
from evidencelint.frames import Relation
from evidencelint.nlp import parse
from evidencelint.words import words


def relation(text: str) -> Relation | None:
    (tokens,) = parse([text])
    sequence = words(text)
    return read_relation(text, tokens, sequence, read_certainty(find_cues(sequence, text), text))


@pytest.mark.parametrize(
    ("text", "strength", "direction"),
    [
        ("Exercise reduces blood pressure.", "causal", "decrease"),
        ("Exercise may reduce blood pressure.", "conditional", "decrease"),
        ("Exercise did not reduce blood pressure.", "causal", "no_difference"),
        ("Exercise was associated with lower blood pressure.", "correlational", "unknown"),
        ("Smoking causes cancer.", "causal", "unknown"),
        ("Screen time is linked to poor sleep.", "correlational", "unknown"),
        ("Homework improves grades.", "causal", "increase"),
    ],
)
def test_strength_and_direction(text: str, strength: str, direction: str) -> None:
    found = relation(text)
    assert found is not None
    assert (found.strength, found.direction) == (strength, direction)


def test_cause_and_effect_in_active_and_passive() -> None:
    active, passive = relation("The new tax has reduced smoking."), relation("Smoking was reduced by the new tax.")
    assert active is not None
    assert passive is not None
    assert (active.cause, active.effect) == ("The new tax", "smoking")
    assert (passive.cause, passive.effect) == ("by the new tax", "Smoking")


@pytest.mark.parametrize(
    "text", ["The school opened in May.", "Reduced fees apply.", "The treatment group met weekly."]
)
def test_no_relation(text: str) -> None:
    assert relation(text) is None


@pytest.mark.parametrize(
    ("text", "direction"),
    [
        ("Attendance rose.", "increase"),
        ("Fewer pupils were absent.", "decrease"),
        ("Scores did not change.", "no_difference"),
        ("Scores rose and absences fell.", "unknown"),
    ],
)
def test_direction_without_a_cause(text: str, direction: str) -> None:
    assert read_direction(words(text)) == direction
