from __future__ import annotations

import random
import time
from collections.abc import Iterator, Mapping
from decimal import Decimal
from fractions import Fraction
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from evidencelint.model import Quantity
from evidencelint.quantities import decimal, read_quantities
from evidencelint.quantities.lexicon import number_words, unit_names, units
from evidencelint.resources import load_lexicon

SENTENCES = [Path(__file__).with_name(f"quantity_{name}.txt") for name in ("sentences", "news", "constructions")]
BOUNDS = {"approximate", "less", "at_most", "more", "at_least"}
CHANGES = {"increase", "decrease"}
Row = tuple[str, str, str, frozenset[str]]


def number_phrases(key: str) -> Mapping[str, list[str]]:
    data = load_lexicon("numbers")
    assert isinstance(data, dict)
    phrases: Mapping[str, list[str]] = data[key]
    return phrases


def table() -> Iterator[tuple[str, list[Row]]]:
    for path in SENTENCES:
        yield from read_table(path)


def read_table(path: Path) -> Iterator[tuple[str, list[Row]]]:
    sentence: str | None = None
    rows: list[Row] = []
    for line in path.read_text(encoding="utf-8").splitlines():
        if line.startswith("#"):
            continue
        if not line.startswith("    "):
            if sentence is not None:
                yield sentence, rows
            sentence, rows = line, []
            continue
        text, value, unit, marks = (part.strip() for part in line.split("|"))
        rows.append((text, _exact(value), unit, frozenset(marks.split())))
    if sentence is not None:
        yield sentence, rows


def _exact(value: str) -> str:
    return "..".join(str(Fraction(part)) for part in value.split(".."))


def shown(sentence: str) -> list[Row]:
    return [_row(quantity) for quantity in read_quantities(sentence)]


def _row(quantity: Quantity) -> Row:
    value = str(quantity.value) if quantity.bound != "range" else f"{quantity.low}..{quantity.high}"
    marks = {quantity.bound, quantity.role, quantity.change} - {"exact", "range", "estimate", "level"}
    return (
        quantity.text,
        value,
        quantity.full_unit or "-",
        frozenset(marks | ({"emphatic"} if quantity.emphatic else set())),
    )


@pytest.mark.parametrize(("sentence", "rows"), list(table()), ids=lambda value: value if isinstance(value, str) else "")
def test_every_quantity_of_a_sentence(sentence: str, rows: list[Row]) -> None:
    assert shown(sentence) == rows


@pytest.mark.parametrize(
    ("text", "slice_", "value"),
    [
        ("about\n   36 \u00a0% of them", "about\n   36 \u00a0%", 36),
        ("  67%  ", "67%", 67),
        ("67 %", "67 %", 67),
        ("67\u2009%", "67\u2009%", 67),
        ("one\n  in three", "one\n  in three", Fraction(100, 3)),
        ("more than" + " " * 80 + "1,600 doses", "more than" + " " * 80 + "1,600", 1600),
        ("1\u202f600 people", "1\u202f600", 1600),
    ],
)
def test_white_space_of_any_kind_may_stand_between(text: str, slice_: str, value: Fraction) -> None:
    (quantity,) = read_quantities(text)
    assert (quantity.text, quantity.value) == (slice_, value)


def test_wide_gaps_part_numbers() -> None:
    assert [quantity.value for quantity in read_quantities("57   105")] == [57, 105]


@pytest.mark.parametrize(
    ("text", "step"),
    [
        ("67%", "1"),
        ("8.4%", "1/10"),
        ("$11k", "1000"),
        ("11 thousand", "1000"),
        ("1.6 million", "100000"),
        ("half", "0"),
    ],
)
def test_the_step_is_the_size_of_the_last_written_digit(text: str, step: str) -> None:
    assert [quantity.step for quantity in read_quantities(text)] == [Fraction(step)]


@pytest.mark.parametrize(
    ("text", "counted"),
    [
        ("57 participants left", "participants"),
        ("more than 1,600 clinical doses", "doses"),
        ("no deaths", "deaths"),
        ("one patient died", "patient"),
        ("67% of the pupils", "pupils"),
        ("OR = 1.5", "OR"),
        ("NNT = 8", "NNT"),
        ("12 of us", None),
        ("a 36% reduction", None),
    ],
)
def test_what_is_counted(text: str, counted: str | None) -> None:
    assert [quantity.counted for quantity in read_quantities(text)] == [counted]


def test_the_number_alone_is_kept_apart_from_its_surroundings() -> None:
    text = "about 36% of them"
    (quantity,) = read_quantities(text)
    assert quantity.number is not None
    assert text[quantity.number.start : quantity.number.end] == "36"


ALPHABET = st.sampled_from(
    [*"0123456789.,:;/%$€£-–()=<>~ \n\u00a0½xkmg'", " of ", " in ", " to ", "one", "half", " and "]
)


def check_spans(text: str) -> None:
    end = 0
    for quantity in read_quantities(text):
        assert end <= quantity.span.start < quantity.span.end <= len(text)
        assert quantity.text == text[quantity.span.start : quantity.span.end]
        assert quantity.number is not None
        assert quantity.span.contains(quantity.number)
        assert (quantity.value is None) == (quantity.bound == "range")
        if quantity.low is not None and quantity.high is not None:
            assert quantity.low <= quantity.high
        end = quantity.span.end


@given(st.lists(ALPHABET, max_size=60).map("".join))
@settings(max_examples=400, deadline=None)
def test_spans_slice_the_text_in_order_without_overlap(text: str) -> None:
    check_spans(text)


@given(st.text(max_size=200))
@settings(deadline=None)
def test_no_text_is_too_odd(text: str) -> None:
    check_spans(text)


BEFORE = {"": "exact", "about ": "approximate", "more than ": "more", "at least ": "at_least", "fewer than ": "less"}
UNITS = {
    "%": "percent",
    " mg": "milligram",
    " euros": "euro",
    " weeks": "week",
    " percentage points": "percentage point",
}


@given(
    whole=st.integers(0, 1_899_999),
    places=st.integers(0, 3),
    grouped=st.booleans(),
    before=st.sampled_from(sorted(BEFORE)),
    unit=st.sampled_from(sorted(UNITS)),
)
@settings(deadline=None)
def test_a_figure_reads_back_as_written(whole: int, places: int, before: str, unit: str, *, grouped: bool) -> None:
    value = Fraction(whole, 10**places)
    written = decimal(value) or ""
    if grouped:
        head, point, rest = written.partition(".")
        written = f"{int(head):,}{point}{rest}"
    (quantity,) = read_quantities(f"They saw {before}{written}{unit} there.")
    assert (quantity.value, quantity.bound, quantity.unit) == (value, BEFORE[before], UNITS[unit])
    assert quantity.text == f"{before}{written}{unit}"


@given(
    sign=st.sampled_from([("$", "US dollar"), ("€", "euro"), ("£", "pound sterling")]),
    tenths=st.integers(11, 9_999),
    scale=st.sampled_from([("", 1), (" million", 10**6), ("bn", 10**9), (" trillion", 10**12)]),
)
@settings(deadline=None)
def test_money_reads_back_as_written(sign: tuple[str, str], tenths: int, scale: tuple[str, int]) -> None:
    value = Fraction(tenths, 10)
    written = f"{sign[0]}{decimal(value)}{scale[0]}"
    (quantity,) = read_quantities(f"The fund paid {written} to them.")
    assert (quantity.text, quantity.unit, quantity.role) == (written, sign[1], "cost")
    assert (quantity.value, quantity.step) == (
        value * scale[1],
        scale[1] * (1 if value.denominator == 1 else Fraction(1, 10)),
    )


@given(
    number=st.integers(2, 400),
    unit=st.sampled_from(["second", "minute", "hour", "day", "week", "month", "year"]),
    hyphen=st.booleans(),
)
@settings(deadline=None)
def test_a_duration_reads_back_as_written(number: int, unit: str, *, hyphen: bool) -> None:
    written = f"{number}-{unit}" if hyphen else f"{number} {unit}s"
    (quantity,) = read_quantities(f"They kept a {written} of it." if hyphen else f"It took {written} of it.")
    assert (quantity.text, quantity.value, quantity.unit, quantity.role) == (
        written,
        Fraction(number),
        unit,
        "duration",
    )


@given(low=st.integers(1, 500), more=st.integers(1, 500), joint=st.sampled_from(["–", "-", " to ", "—"]))
@settings(deadline=None)
def test_a_range_reads_back_as_written(low: int, more: int, joint: str) -> None:
    (quantity,) = read_quantities(f"It took {low}{joint}{low + more} mg of it.")
    assert (quantity.low, quantity.high, quantity.unit) == (Fraction(low), Fraction(low + more), "milligram")


# Read by what stands around them: angle or warmth, score or share.
OWN_READING = {"degree", "degrees", "degreees", "°", "point", "points", "pointes", "pts", "pt"}


@pytest.mark.parametrize("unit", sorted(units()))
def test_every_form_of_a_unit_reads_back(unit: str) -> None:
    forms = [form for form, name in unit_names().items() if name == unit and form not in OWN_READING]
    read = {form: read_quantities(f"They had 7.5 {form} of it there.") for form in forms}
    found = {form: [(q.value, q.unit, q.text) for q in quantities] for form, quantities in read.items()}
    assert found == {form: [(Fraction(15, 2), unit, f"7.5 {form}")] for form in forms}


@given(
    value=st.decimals("0.01", "9999", places=2),
    unit=st.sampled_from(["mg", "kg", "litres", "kWh", "tonnes", "€", "hours"]),
    per=st.sampled_from(
        [("day", "day"), ("year", "year"), ("person", "person"), ("kg", "kilogram"), ("100 km", "100 kilometres")]
    ),
    joint=st.sampled_from([" per {}", "/{}"]),
)
@settings(deadline=None)
def test_what_a_figure_is_per_reads_back(value: Decimal, unit: str, per: tuple[str, str], joint: str) -> None:
    (quantity,) = read_quantities(f"They used {value} {unit}{joint.format(per[0])} there.")
    assert (quantity.value, quantity.full_unit) == (Fraction(value), f"{unit_names()[unit]} per {per[1]}")


SUPERSCRIPTS = str.maketrans("0123456789-", "⁰¹²³⁴⁵⁶⁷⁸⁹⁻")


@given(
    tenths=st.integers(10, 99),
    power=st.integers(-12, 12),
    shape=st.sampled_from(["{}×10{}", "{} × 10{}", "{} x 10^{}", "{}e{}"]),
    sign=st.sampled_from([("", 1), ("−", -1), ("-", -1)]),
)
@settings(deadline=None)
def test_powers_of_ten_read_back(tenths: int, power: int, shape: str, sign: tuple[str, int]) -> None:
    written = shape.format(
        decimal(Fraction(tenths, 10)),
        str(power) if "^" in shape or "e" in shape else str(power).translate(SUPERSCRIPTS),
    )
    (quantity,) = read_quantities(f"It came to {sign[0]}{written} there.")
    assert quantity.value == sign[1] * Fraction(tenths, 10) * Fraction(10) ** power
    assert quantity.text == sign[0] + written


GLYPHS = sorted(number_words().glyphs)


@given(whole=st.integers(1, 99), glyph=st.sampled_from(GLYPHS), unit=st.sampled_from(["hours", "kg", "miles"]))
@settings(deadline=None)
def test_glyphs_of_parts_read_back(whole: int, glyph: str, unit: str) -> None:
    (quantity,) = read_quantities(f"It took {whole}{glyph} {unit} there.")
    assert (quantity.value, quantity.unit) == (whole + number_words().glyphs[glyph], unit_names()[unit])


BOUND_PHRASES = [
    (phrase, bound)
    for bound, phrases in number_phrases("before").items()
    for phrase in phrases
    if bound != "exact" and not phrase.startswith(("rising", "sub-"))
]


@pytest.mark.parametrize(("phrase", "bound"), BOUND_PHRASES)
def test_every_phrase_of_a_bound_reads_back(phrase: str, bound: str) -> None:
    (quantity,) = read_quantities(f"They counted {phrase} 137 patients there.")
    assert (quantity.value, quantity.bound, quantity.counted) == (Fraction(137), bound, "patients")


@given(
    low=st.integers(1, 40),
    more=st.integers(1, 40),
    role=st.sampled_from(["aged {}–{}", "aged {} to {}", "aged between {} and {}"]),
)
@settings(deadline=None)
def test_ages_read_back(low: int, more: int, role: str) -> None:
    (quantity,) = read_quantities(f"The adults {role.format(low, low + more)} took part.")
    assert (quantity.low, quantity.high, quantity.unit, quantity.role) == (
        Fraction(low),
        Fraction(low + more),
        "year",
        "age",
    )


ONES = (
    "",
    "one",
    "two",
    "three",
    "four",
    "five",
    "six",
    "seven",
    "eight",
    "nine",
    "ten",
    "eleven",
    "twelve",
    "thirteen",
)
TENS = ("", "", "twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety")


def spelled(number: int) -> str:
    for size, name in ((10**9, "billion"), (10**6, "million")):
        if number >= size:
            rest = f" {spelled(number % size)}" if number % size else ""
            return f"{spelled(number // size)} {name}{rest}"
    if number >= 1000:
        rest = f" {spelled(number % 1000)}" if number % 1000 else ""
        return f"{spelled(number // 1000)} thousand{rest}"
    if number >= 100:
        return f"{ONES[number // 100]} hundred" + (f" and {spelled(number % 100)}" if number % 100 else "")
    if number >= 20:
        return TENS[number // 10] + (f"-{ONES[number % 10]}" if number % 10 else "")
    return ONES[number] if number < len(ONES) else {**_TEENS}[number]


_TEENS = {14: "fourteen", 15: "fifteen", 16: "sixteen", 17: "seventeen", 18: "eighteen", 19: "nineteen"}


@given(st.integers(2, 999_999) | st.integers(2, 999_999_999_999))
@settings(deadline=None)
def test_number_words_read_back(number: int) -> None:
    (quantity,) = read_quantities(f"We saw {spelled(number)} birds.")
    assert (quantity.value, quantity.counted) == (Fraction(number), "birds")


@pytest.mark.parametrize(
    "piece",
    [
        "5 mg per day per ",
        "2:1 ",
        "a third of a ",
        "half-hour ",
        "£(1)m ",
        "5 µmol m⁻² s⁻¹ ",
        "116 123 on ",
        "No 1 ",
        "5 kg·m/s of a day ",
        "12 (3) years ",
        "152/94 to ",
        "-",
        "1",
        "1,",
        "123,",
        "1 ",
        "12/34 ",
        "1.",
        "1-",
        ".,/ 7",
        "12:30 ",
        "1 - 2 . ",
        " ",
        "a1",
        "no ",
        "one ",
        "95% CI ",
        "$",
        "a half ",
        "fell 5%, ",
        "\u00d72 ",
        "In Year 9, ",
        "was 1/3 in x ",
        "9.1 v 6.2 years ",
        "300 seats at ",
        "births per 1,000 pupils were 5 ",
        "140/85 mmHg ",
        "3 points, 5% ",
        "give or take 5 ",
    ],
)
def test_reading_time_grows_no_faster_than_the_text(piece: str) -> None:
    def once(text: str) -> float:
        start = time.process_time()
        read_quantities(text)
        return time.process_time() - start

    def seconds(size: int) -> float:
        text = (piece * (size // len(piece) + 1))[:size]
        return min(once(text), once(text))  # the first may have been disturbed

    read_quantities("1")
    small, large = seconds(20_000), seconds(80_000)
    assert large < 0.05 or large < 8 * small


# Pieces of text, with "_" for a space and "^" for a line end.
DENSE = """
3.14 15/92 653,58.97/9 1,204 12-14 1-2-3 40% 2:1 10/12/2020 ½ × . / , ± [ ( ) ^
12_mg (1.2_to_3.4) 0.82_(0.71–0.95) p_=_.03 n=12 $4.5m 5_°C 1.5_×_10⁻³ kg/m² 95%_CI_1.1,_2.3
the of patients per_day at_least fell by between points a_year half twenty_million no_deaths in_every
"""
SPACED = str.maketrans("_^", " \n")


@pytest.mark.parametrize("seed", range(4))
def test_dense_text_of_any_mixture_takes_time_in_proportion(seed: int) -> None:
    """Figures, units, intervals, marks and words in any order, over many lines."""
    chosen = random.Random(seed)  # noqa: S311 - the same mixture each time
    pieces = chosen.sample(DENSE.split(), 20)

    def seconds(size: int) -> float:
        text = " ".join(chosen.choice(pieces) for _ in range(size)).translate(SPACED)
        start = time.process_time()
        read_quantities(text)
        return time.process_time() - start

    read_quantities("1")
    small = max(seconds(2_000), seconds(2_000))
    assert seconds(16_000) < 20 * small + 0.05


def test_a_megabyte_of_digits_dots_slashes_and_commas_takes_under_a_second() -> None:
    text = ("3.14,15/92 653,58.97/9 ," * 50_000)[:1_000_000]
    read_quantities("1")
    start = time.process_time()
    assert read_quantities(text) == ()
    assert time.process_time() - start < 1
