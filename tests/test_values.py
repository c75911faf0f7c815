"""What a careful editor accepts as the same figure, and what not."""

from __future__ import annotations

from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from evidencelint.matching import values
from evidencelint.matching.values import Scaled, compare
from evidencelint.model import Quantity
from evidencelint.quantities import read_quantities


def quantity(text: str) -> Quantity:
    (found,) = read_quantities(text)
    return found


@pytest.mark.parametrize(
    ("draft", "fact", "expected"),
    [
        ("67%", "67%", "same"),
        ("about two-thirds", "67%", "same"),
        ("a third", "32%", "same"),
        ("nearly nine in ten", "89%", "same"),
        ("67%", "66.7%", "same"),
        ("76%", "67%", "differs"),
        ("66.7%", "67%", "differs"),
        ("a year", "12 months", "incomparable"),
        ("one year", "12 months", "same"),
        ("12 weeks", "12 months", "unit"),
        ("roughly $11k", "$11,000", "same"),
        ("$31,130", "€31,130", "unit"),
        ("more than 1,600", "more than 1,600", "same"),
        ("over 1,500", "more than 1,600", "weaker"),
        ("1,600 doses", "more than 1,600 doses", "dropped"),
        ("exactly half", "about 50%", "sharpened"),
        ("half", "about 50%", "dropped"),
        ("more than 67%", "67%", "sharpened"),
        ("over half", "67%", "weaker"),
        ("80%", "30%-80%", "collapsed"),
        ("up to 80%", "30% to 80%", "same"),
        ("at least 30%", "30% to 80%", "same"),
        ("between 30% and 80%", "30% to 80%", "same"),
        ("between 40% and 80%", "30% to 80%", "differs"),
        ("67 kg", "67%", "incomparable"),
        ("36 percentage points", "36%", "unit"),
        ("up 36%", "down 36%", "direction"),
        ("80 mg", "0.08 g", "same"),
    ],
)
def test_comparison(draft: str, fact: str, expected: str) -> None:
    if draft == "a year":
        assert read_quantities(draft) == ()
        return
    assert compare(quantity(draft), quantity(fact)) == expected


@given(
    st.sampled_from(
        ["67%", "about 67%", "0.5%", "half", "one in three", "1,600 people", "about 40 people", "8.4 weeks"]
    ),
    st.fractions(min_value=-2_000, max_value=2_000, max_denominator=20),
)
def test_what_is_near_is_what_the_exact_tolerance_lets_pass(text: str, truth: Fraction) -> None:
    draft = quantity(text)
    assert draft.value is not None
    scaled = Scaled(draft.value, None, None, draft.step)
    exact = abs(draft.value - truth) <= values._tolerance(draft, scaled, draft.value)
    assert values._near(draft, scaled, draft.value, truth) == exact
