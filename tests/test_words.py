from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from evidencelint.lexicon import first_person
from evidencelint.model import Span
from evidencelint.words import PhraseTable, stem, words


@pytest.mark.parametrize(
    ("first", "second"),
    [
        ("reduces", "reduced"),
        ("randomised", "randomized"),
        ("behaviours", "behavior"),
        ("programme", "programs"),
        ("hospitalisation", "hospitalization"),
        ("paediatric", "pediatric"),
        ("patients’", "patient"),
        ("centres", "center"),
    ],
)
def test_spellings_and_inflections_meet(first: str, second: str) -> None:
    assert stem(first) == stem(second)


@pytest.mark.parametrize(("first", "second"), [("US", "us"), ("WHO", "who"), ("AIDS", "aids"), ("causal", "casual")])
def test_different_words_stay_apart(first: str, second: str) -> None:
    assert stem(first) != stem(second)


def test_hyphens_separate_words_and_figures_are_words() -> None:
    assert [(word.text, word.span) for word in words("drug-assisted, 1,600")] == [
        ("drug", Span(0, 4)),
        ("assisted", Span(5, 13)),
        ("1,600", Span(15, 20)),
    ]


def test_the_longest_phrase_wins_and_hits_do_not_overlap() -> None:
    table = PhraseTable([("systematic review", "long"), ("review", "short"), ("no", "no"), ("no longer", "pseudo")])
    hits = [(hit.value, hit.first, hit.last) for hit in table.find(words("No longer a systematic review, a review"))]
    assert hits == [("pseudo", 0, 1), ("long", 3, 4), ("short", 6, 6)]


def test_a_phrase_may_stand_for_several_values() -> None:
    table = PhraseTable([("oxygen", 1), ("oxygen", 2), ("oxygen", 1)])
    assert [hit.value for hit in table.find(words("oxygen"))] == [1, 2]


@given(st.text())
def test_spans_slice_the_text(text: str) -> None:
    for word in words(text):
        assert text[word.span.start : word.span.end] == word.text


def test_us_dollars_are_not_us() -> None:
    assert first_person("Running costs fell for us by 140 dollars.")
    assert not first_person("Running costs fell by US$140.")


@given(
    st.lists(
        st.lists(st.sampled_from(["no", "one", "of", "them", "rose", "slowed"]), min_size=1, max_size=3), max_size=6
    ),
    st.lists(st.sampled_from(["no", "one", "of", "them", "rose", "slowed", "fish"]), max_size=8),
)
def test_phrases_are_found_where_trying_every_place_finds_them(phrases: list[list[str]], said: list[str]) -> None:
    table = PhraseTable(((" ".join(phrase), " ".join(phrase)) for phrase in phrases), by="written")
    tried = [
        (start, " ".join(said[start:end]))
        for start in range(len(said))
        for end in range(len(said), start, -1)
        if said[start:end] in phrases
    ]
    assert [(hit.first, hit.value) for hit in table.find_all(words(" ".join(said)))] == tried
    assert [(hit.first, hit.value) for hit in table.find_all(list(words(" ".join(said))))] == tried
