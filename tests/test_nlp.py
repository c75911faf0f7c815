from __future__ import annotations

from hypothesis import given, settings
from hypothesis import strategies as st

from evidencelint.nlp import parse


def test_folded_white_space_is_unfolded_in_the_spans() -> None:
    text = "In   the\n\n trial ,  67%   of them   recovered   ."
    (tokens,) = parse([text])
    assert [token.text for token in tokens] == [text[t.span.start : t.span.end] for t in tokens]
    assert [token.text for token in tokens][:4] == ["In", "the", "trial", ","]


def test_each_text_is_parsed_apart() -> None:
    first, second = parse(["It may help.", "Nobody knows."])
    assert [token.text for token in first] == ["It", "may", "help", "."]
    assert second[0].head < len(second)


def test_an_endless_line_is_no_sentence() -> None:
    assert list(parse(["word " * 2_000])) == [()]


@given(st.lists(st.text(alphabet=st.characters(exclude_categories=["Cs"]), max_size=40), max_size=3))
@settings(max_examples=40, deadline=None)
def test_spans_stay_inside_any_text(texts: list[str]) -> None:
    for text, tokens in zip(texts, parse(texts), strict=True):
        assert all(0 <= token.span.start < token.span.end <= len(text) for token in tokens)
