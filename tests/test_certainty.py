from __future__ import annotations

import pytest

from evidencelint.claims.certainty import ceiling_of, find_cues, negates, read_certainty, takes_back
from evidencelint.frames import Certainty
from evidencelint.words import words


def certainty(text: str) -> Certainty:
    return read_certainty(find_cues(words(text), text), text)


@pytest.mark.parametrize(
    ("text", "level"),
    [
        ("The vaccine halves infections.", 4),
        ("The vaccine can halve infections in some cases.", 3),
        ("The vaccine may halve infections.", 2),
        ("Early results suggest fewer infections.", 2),
        ("The team speculates that infections fall.", 1),
        ("Whether infections fall is unknown.", 0),
        ("Trials should test whether infections fall.", 0),
        ("Does it halve infections?", 0),
        ("Headlines say it ends infections.", 0),
    ],
)
def test_levels(text: str, level: int) -> None:
    assert certainty(text).level == level


@pytest.mark.parametrize(
    ("sentence", "after", "expected"),
    [
        ("Some say that garlic cures colds.", "It does not.", True),
        ("Adverts claim that garlic cures colds.", "In fact, it doesn't.", True),
        ("Some say that garlic cures colds.", "That is a myth.", True),
        ("Some say that garlic cures colds.", "It does not cost much.", False),
        ("Garlic cures colds.", "It does not.", False),
    ],
)
def test_the_next_sentence_may_take_a_report_back(sentence: str, after: str, *, expected: bool) -> None:
    assert takes_back(sentence, after) == expected


def test_surroundings_set_a_ceiling() -> None:
    assert ceiling_of(["Benefits that may follow:"], []) == 2
    assert ceiling_of([], ["Results"]) == 4
    assert ceiling_of([], ["Could it help?"]) == 4


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("It has not been proven.", True),
        ("No study has proved it.", True),
        ("It is proven, not guessed.", False),
        ("Nobody objected, and it was proven.", False),
    ],
)
def test_negation_scope(text: str, expected: bool) -> None:  # noqa: FBT001
    found = certainty(text)
    cue = found.absolutes[0]
    assert negates(found, cue.span, text) is expected
