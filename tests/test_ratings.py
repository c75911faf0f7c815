from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from evidencelint.claims.ratings import read_ratings
from evidencelint.engine import Linter
from evidencelint.factbase.load import parse_facts
from evidencelint.lexicon import rating_levels
from evidencelint.rules import select


def ratings(text: str, header: str = "") -> list[tuple[int, int, str]]:
    return [(r.low, r.high, r.topics[0].strip(" ,.;")) for r in read_ratings(text, header)]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            "The certainty of the evidence was judged high for floods, moderate for drought and very low for fires.",
            [(4, 4, "floods"), (3, 3, "drought and"), (1, 1, "fires")],
        ),
        ("They put their certainty about floods at low.", [(2, 2, "They put their certainty about floods at")]),
        ("Walls hold back floods (low- to moderate-certainty evidence).", [(2, 3, "Walls hold back floods (")]),
        ("High-quality evidence that walls hold back floods.", [(4, 4, "walls hold back floods")]),
        ("Certainty was downgraded from high to moderate for floods.", [(3, 3, "floods")]),
        ("The certainty is not high.", []),
        ("It falls short of high certainty, being lower than moderate certainty.", []),
        ("The river was high and the certainty of rain low.", [(2, 2, "The river was high and the certainty of rain")]),
        ("High walls, low dams, moderate floods.", []),
        ("GRADE: very low", [(1, 1, "GRADE:")]),
        ("Trials of high quality are rare.", []),
    ],
)
def test_ratings_and_what_they_are_of(text: str, expected: list[tuple[int, int, str]]) -> None:
    assert ratings(text) == expected


def test_a_cell_under_a_header_of_certainty_is_a_rating() -> None:
    assert ratings("moderate", "Certainty of evidence") == [(3, 3, "")]
    assert ratings("moderate", "Rainfall") == []


def test_a_raised_rating_is_told_once() -> None:
    facts = """
version: 1
title: Flood walls
sources: [{key: lee2021}]
vocabulary:
  measure: {floods: [floods, flooding]}
facts:
  - id: certainty
    quote: The certainty of the evidence was judged low for floods.
"""
    linter = Linter(parse_facts(facts, "facts.yaml", None), select())
    report = linter.check(b"The authors rate the certainty of the evidence for floods as high.", "x.md")
    assert [(d.name, d.text) for d in report.diagnostics] == [("certainty-raised", "high")]


WORDS = st.sampled_from(
    ["certainty", "of", "evidence", "for", "floods", "and", ",", "(", ")", ".", "to", "not", "from"]
)


@given(st.lists(WORDS | st.sampled_from(sorted(rating_levels())), max_size=30))
def test_spans_slice_the_words_of_a_rating(parts: list[str]) -> None:
    text = " ".join(parts)
    for rating in read_ratings(text):
        said = text[rating.span.start : rating.span.end].lower()
        assert rating.low <= rating.high
        assert any(word in said for word in rating_levels())
