from __future__ import annotations

from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from evidencelint.quantities import convert, convertible, decimal, to_base
from evidencelint.quantities.lexicon import unit_names, units

SIZED = sorted(name for name, unit in units().items() if unit.size is not None)


@pytest.mark.parametrize(
    ("value", "source", "target", "result"),
    [
        (1, "gram", "milligram", 1000),
        (1, "year", "month", 12),
        (2, "week", "day", 14),
        (90, "minute", "hour", Fraction(3, 2)),
        (1, "mile", "kilometre", Fraction(1609344, 1000000)),
        (50, "basis point", "percentage point", Fraction(1, 2)),
        (1, "kilowatt hour", "megajoule", Fraction(36, 10)),
        (1, "microgram per kilogram", "milligram per kilogram", Fraction(1, 1000)),
    ],
)
def test_conversion_is_exact(value: int, source: str, target: str, result: Fraction) -> None:
    assert convert(Fraction(value), source, target) == result


@pytest.mark.parametrize(
    ("source", "target"),
    [
        ("euro", "US dollar"),
        ("percent", "percentage point"),
        ("gram", "metre"),
        ("degree Celsius", "kelvin"),
        ("furlong", "metre"),
    ],
)
def test_what_does_not_convert_says_so(source: str, target: str) -> None:
    assert not convertible(source, target)
    with pytest.raises(ValueError, match="does not convert"):
        convert(Fraction(1), source, target)


def test_a_unit_converts_to_itself_even_without_a_size() -> None:
    assert convertible("euro", "euro")
    assert convert(Fraction(3), "euro", "euro") == 3


def test_base_values_name_their_dimension() -> None:
    assert to_base(Fraction(5), "milligram") == (Fraction(5, 1000), "mass")
    with pytest.raises(ValueError, match="no fixed size"):
        to_base(Fraction(1), "euro")


@given(st.fractions(), st.sampled_from(SIZED), st.sampled_from(SIZED))
def test_conversion_there_and_back(value: Fraction, source: str, target: str) -> None:
    if convertible(source, target):
        assert convert(convert(value, source, target), target, source) == value


def test_every_name_belongs_to_a_known_unit() -> None:
    assert set(unit_names().values()) <= set(units())


@pytest.mark.parametrize(("value", "text"), [("1/3", "0.333333"), ("-5/2", "-2.5"), ("1600", "1600"), ("1/10", "0.1")])
def test_decimals(value: str, text: str) -> None:
    assert decimal(Fraction(value)) == text
