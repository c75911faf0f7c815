from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from evidencelint.engine import Linter
from evidencelint.factbase.load import parse_facts
from evidencelint.model import Span
from evidencelint.quantities import read_quantities
from evidencelint.quantities.folding import fold
from evidencelint.rules import select
from tests.helmets import POND


@pytest.mark.parametrize(
    ("text", "figure", "value"),
    [
        ("fell by 6\u200b7% in all", "6\u200b7%", "67"),
        ("fell by ６７％ in all", "６７％", "67"),
        ("fell by ٦٧٪ in all", "٦٧٪", "67"),
        ("fell by ६७% in all", "६७%", "67"),
        ("fell by 𝟔𝟕% in all", "𝟔𝟕%", "67"),
        ("fell by 67\ufeff% in all", "67\ufeff%", "67"),
        ("of 1\u2060,\u2060600 people", "1\u2060,\u2060600", "1600"),
        ("took ３．５ mg", "３．５ mg", "7/2"),
    ],
)
def test_figures_in_other_digits_or_with_unseen_characters_are_read(text: str, figure: str, value: str) -> None:
    (found,) = read_quantities(text)
    assert (text[found.span.start : found.span.end], str(found.value)) == (figure, value)


@given(st.text(alphabet=st.sampled_from([*"67% ,.a\t\n", "\u200b", "\ufeff", "６", "٦", "٪", "𝟔"]), max_size=30))
def test_folded_characters_know_where_they_stood(text: str) -> None:
    folded = fold(text)
    assert len(folded.text) == len(folded.places)
    assert list(folded.places) == sorted(set(folded.places))
    for index, char in enumerate(folded.text):
        place = folded.unfold(Span(index, index + 1))
        assert len(place) == 1
        assert char in {text[place.start], "\t", " "} or text[place.start] in "６٦٪𝟔"


def test_a_wrong_figure_cannot_be_hidden_by_how_its_digits_are_written() -> None:
    linter = Linter(parse_facts(POND, "facts.yaml", None), select())
    for figure in ("4\u200b5%", "４５％", "٤٥٪"):
        report = linter.check(f"Algae fell by {figure} in the treated ponds.".encode(), "x.md")
        assert [(d.name, d.text) for d in report.diagnostics] == [("value-mismatch", figure)]
    for figure in ("4\u200b0%", "４０％", "٤٠٪"):
        assert linter.check(f"Algae fell by {figure} in the treated ponds.".encode(), "x.md").diagnostics == ()
