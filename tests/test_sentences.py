from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from evidencelint.documents.sentences import split


def sentences(text: str) -> list[str]:
    return [text[span.start : span.end] for span in split(text)]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("One. Two.", ["One.", "Two."]),
        ("Smith et al. Found it. Next.", ["Smith et al. Found it.", "Next."]),
        ("See Fig. 2 and p. 33. Then go.", ["See Fig. 2 and p. 33.", "Then go."]),
        ("It rose by 3.5 mmol/L. It fell.", ["It rose by 3.5 mmol/L.", "It fell."]),
        ("Was it true? Yes! “Quite.” Good.", ["Was it true?", "Yes!", "“Quite.”", "Good."]),
        ("e.g. this one (cf. that).", ["e.g. this one (cf. that)."]),
        ("by J. Smith in 2019. After.", ["by J. Smith in 2019.", "After."]),
        ("It needs vitamin D. It is cheap.", ["It needs vitamin D.", "It is cheap."]),
        ("a stop. then lower case", ["a stop. then lower case"]),
        ("one\ntwo\n\nthree", ["one\ntwo", "three"]),
        ("  ", []),
        ("", []),
        ("About 67% vs. 32% remitted. (So they say.) End", ["About 67% vs. 32% remitted.", "(So they say.)", "End"]),
    ],
)
def test_where_sentences_end(text: str, expected: list[str]) -> None:
    assert sentences(text) == expected


@given(st.text(alphabet=st.sampled_from("ab .!?\n\"'A1(),…"), max_size=80))
def test_sentences_cover_every_character_that_is_not_space(text: str) -> None:
    spans = list(split(text))
    kept = "".join(text[span.start : span.end] for span in spans)
    assert "".join(kept.split()) == "".join(text.split())
    assert all(first.end <= second.start for first, second in pairwise(spans))
