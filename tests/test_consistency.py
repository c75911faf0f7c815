from __future__ import annotations

import time
from collections.abc import Sequence
from fractions import Fraction
from statistics import stdev

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from evidencelint.checks.consistency.distributions import TestKind, p_value
from evidencelint.checks.consistency.grim import grim, grimmer
from evidencelint.checks.consistency.rounding import Reach, fits, reach
from evidencelint.checks.consistency.tests_reported import is_consistent, recomputed, reported_tests
from evidencelint.crossing import compare_draft
from evidencelint.engine import Linter
from evidencelint.model import Quantity
from evidencelint.outcome import FileReport, OpenFigure
from evidencelint.quantities import read_quantities
from evidencelint.rules import find_rule
from tests.helmets import own_arithmetic, recomputed_in


@pytest.fixture(scope="module")
def linter() -> Linter:
    return own_arithmetic()


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Of 412 bakeries, 398 (96.6%) replied.", []),
        ("Of 412 bakeries, 398 (86.6%) replied.", [("percent-mismatch", "86.6%", "96.6%")]),
        ("Of 412 bakeries, 398 (96.6%) replied and 14 (3.4%) did not.", []),
        ("Of 412 bakeries, 398 replied, and 20 (5.0%) of these had a ramp.", []),
        ("A ramp was found at 23 (11.2%) of 205 bakeries and 9 (6.4%) of 204.", [("percent-mismatch", "6.4%", "4.4%")]),
        ("A ramp was found at 57 of 105 bakeries (more than 60%).", [("percent-mismatch", "more than 60%", "54%")]),
        ("A ramp was found at 57 of 105 bakeries (more than 50%).", []),
        ("A ramp was found at 35 of 105 bakeries (a third).", []),
        ("A ramp was found at 57 of 105 bakeries (a third).", [("percent-mismatch", "a third", "54%")]),
        ("About 60% of the land (1,930 of 2,760 ha) is sand.", [("percent-mismatch", "About 60%", "70%")]),
        ("About 70% of the land (1,930 of 2,760 ha) is sand.", []),
        ("A ramp was found at **57** of *105* bakeries (**8.4%**).", [("percent-mismatch", "8.4%", "54.3%")]),
    ],
)
def test_count_total_and_percent(linter: Linter, text: str, expected: list[tuple[str, str, str | None]]) -> None:
    assert recomputed_in(linter, text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("The wait fell by 14 minutes, from 152 to 138 minutes.", []),
        ("The wait fell by 24 minutes, from 152 to 138 minutes.", [("difference-mismatch", "24 minutes", "14")]),
        ("The wait fell from 120 ms to 45 ms, a reduction of 62.5%.", []),
        ("The wait fell from 120 ms to 45 ms, a reduction of 52.5%.", [("change-mismatch", "52.5%", "62.5%")]),
        ("The share fell from 9.6% to 6.8%, a fall of 2.8 points.", []),
        ("The share fell from 9.6% to 6.8%, a fall of 29%.", []),
        ("The share fell from 9.6% to 6.8%, a fall of 19%.", [("change-mismatch", "19%", "29%")]),
        ("Sales tripled from 40 to 120 loaves.", []),
        ("Ramps were found in 60% vs. 45% (OR 1.83), a relative gain of 33%.", []),
        ("Ramps were found in 60% vs. 45% (OR 1.83), a relative gain of 15%.", [("change-mismatch", "15%", "33%")]),
        ("A ramp at €11,800 together with a door at €4,600 comes to €16,400.", []),
        ("A ramp at €11,800 together with a door at €4,600 comes to €17,400.", [("sum-mismatch", "€17,400", "16,400")]),
        (
            "The oven uses 250 litres of water per hour. In 10 hours that would be 2,800 litres.",
            [("product-mismatch", "2,800 litres", "2,500")],
        ),
        ("The oven uses 250 litres of water per hour. In 10 hours that would be 2,500 litres.", []),
        ("Sales tripled from 40 to 80 loaves.", [("ratio-mismatch", "tripled", "2.0 times")]),
        ("Ramps were twice as common (64%) as stairs (31%).", []),
        ("Ramps were three times as common (64%) as stairs (31%).", [("ratio-mismatch", "three times", "2.1 times")]),
        ("From 2019 to 2023 the share rose by 3 points.", []),
    ],
)
def test_moves_and_ratios(linter: Linter, text: str, expected: list[tuple[str, str, str | None]]) -> None:
    assert recomputed_in(linter, text) == expected


@pytest.mark.parametrize(
    ("text", "rules"),
    [
        ("The odds ratio was 1.49 (95% CI 1.12 to 1.98; p = 0.006).", []),
        ("The odds ratio was 2.49 (95% CI 1.12 to 1.98).", ["estimate-outside-interval"]),
        ("The odds ratio was 1.49 (95% CI 1.12 to 2.98).", ["lopsided-interval"]),
        ("The odds ratio was 1.49 (95% CI 1.12 to 1.98; p = 0.21).", ["p-value-against-interval"]),
        ("The odds ratio was 1.20 (95% CI 0.89 to 1.62; p < 0.01).", ["p-value-against-interval"]),
        ("The odds ratio was 1.31 (99% CI 0.98 to 1.75; p = 0.02).", []),
        ("The hazard ratio for closing was 0.78 (95% CI 0.65 to 0.93; P = .21).", ["p-value-against-interval"]),
        ("The difference was −2.2 points (95% CI −3.9 to −0.5; p = 0.01).", []),
        ("The difference was −2.2 points (95% CI −3.9 to −0.5; p = 0.10).", ["p-value-against-interval"]),
        ("The wait fell by 3.2 minutes (95% CI −4.6 to −1.8).", []),
        ("In all, 12% (95% CI 8% to 18%) had a ramp.", []),
        ("The median wait was 5 minutes (IQR 3–9).", []),
        ("The median wait was 5.2 minutes (range 6–9).", ["estimate-outside-interval"]),
        ("The risk was 28% lower (RR 0.72, 95% CI 0.61 to 0.85).", []),
    ],
)
def test_intervals(linter: Linter, text: str, rules: list[str]) -> None:
    assert [name for name, _, _ in recomputed_in(linter, text)] == rules


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("The road is 42.2 km (26.2 miles) long.", []),
        ("The road is 42.2 km (24.2 miles) long.", [("conversion-mismatch", "24.2 miles", "26.2 miles")]),
        ("It took 90 minutes (1.5 hours).", []),
        ("It took 90 minutes (2.5 hours).", [("conversion-mismatch", "2.5 hours", "1.5 hours")]),
        ("Bake it at 220 °C (428 °F).", []),
        ("Bake it at 220 °C (482 °F).", [("conversion-mismatch", "482 °F", "428 °F")]),
        ("It warmed by 2 °C (3.6 °F).", []),
        ("One costs $11,000 (€10,000) and one costs $22,000 (€20,000).", []),
    ],
)
def test_conversions(linter: Linter, text: str, expected: list[tuple[str, str, str | None]]) -> None:
    assert recomputed_in(linter, text) == expected


# Critical values as every table prints them: two-sided for t, r and z, upper tails for F and chi-squared.
CRITICAL = [
    ("t", 2.228, (10,), 0.05),
    ("t", 2.048, (28,), 0.05),
    ("t", 2.763, (28,), 0.01),
    ("F", 4.965, (1, 10), 0.05),
    ("F", 3.354, (2, 27), 0.05),
    ("chi2", 3.841, (1,), 0.05),
    ("chi2", 5.991, (2,), 0.05),
    ("Q", 16.919, (9,), 0.05),
    ("r", 0.576, (10,), 0.05),
    ("z", 1.960, (), 0.05),
    ("z", 2.576, (), 0.01),
    ("t", 1.960, (1_000_000,), 0.05),
]


@pytest.mark.parametrize(("kind", "value", "df", "p"), CRITICAL)
def test_distributions_give_the_tables_critical_values(
    kind: TestKind, value: float, df: tuple[float, ...], p: float
) -> None:
    assert p_value(kind, value, df) == pytest.approx(p, abs=1e-4)


def verdicts(text: str) -> list[bool]:
    result = []
    for test in reported_tests(text):
        computed = recomputed(test)
        assert computed is not None
        result.append(is_consistent(test, computed[1], computed[2]))
    return result


# The cases of the statcheck manual's own kinds: each sign, each test, rounding of the statistic and of p.
STATCHECK = [
    ("t(28) = 2.20, p = .036", True),
    ("t(28) = 2.20, p = .03", False),
    ("t(28) = 2.20, p = .04", True),
    ("t(28) = 2.2, p = .034", True),
    ("t(28) = 2.2, p = .039", True),
    ("t(28) = 2.2, p = .043", False),
    ("t(28) = −2.20, p < .05", True),
    ("t(28) = 2.20, p < .01", False),
    ("t(28) = 2.20, p > .05", False),
    ("t(28) = 1.20, p > .05", True),
    ("t(28) = 1.20, ns", True),
    ("t(28) = 2.20, n.s.", False),
    ("t (27.6) = 2.20, p=.036", True),
    ("t[28] = 2.20, p = .036", True),
    ("F(2, 114) = 5.32, p = .006", True),
    ("F(2,114)=5.32, p=.06", False),
    ("F(1, 28) = 1.10, p < .05", False),
    ("F(1, 28) < 1, p > .05", True),
    ("F(1, 28) < 1, p < .05", False),
    ("χ²(1, N = 240) = 6.71, p = .010", True),
    ("χ2(1) = 6.71, p = .10", False),
    ("X2 (1) = 6.71, p = .01", True),
    ("chi-square(2) = 5.99, p = .050", True),
    ("r(28) = .45, p = .013", True),
    ("r(28) = .45, p = .13", False),
    ("z = 1.96, p = .05", True),
    ("Z = 2.58, p < .001", False),
    ("Q(9) = 25.0, p = .003", True),
    ("t(28) = 2.20, p = .000", False),
    ("t(28) = 9.20, p < .001", True),
    ("t(28) = 9.20, p = .000", False),
    ("t(28) = 2.20, d = 0.41, p = .036", True),
]


@pytest.mark.parametrize(("text", "consistent"), STATCHECK)
def test_reported_p_values(text: str, *, consistent: bool) -> None:
    assert verdicts(f"Ramps helped, {text}.") == [consistent]


@pytest.mark.parametrize("text", ["p = .03", "t = 2.20, p = .03", "F(2) = 3.1, p = .03", "at(28) = 2.2, p = .9"])
def test_what_is_no_whole_test_is_left_alone(text: str) -> None:
    assert verdicts(text) == []


def test_one_sided_tests_are_halved_only_where_the_text_says_so(linter: Linter) -> None:
    assert recomputed_in(linter, "Ramps helped, t(28) = 1.75, p = .045, one-tailed.") == []
    ((name, text, expected),) = recomputed_in(linter, "Ramps helped, t(28) = 1.75, p = .045.")
    assert (name, text, expected) == ("p-value-mismatch", "p = .045", "p = .091")


@given(
    value=st.floats(0.01, 8),
    df=st.integers(2, 300),
    places=st.integers(1, 3),
    p_places=st.integers(2, 4),
)
@settings(deadline=None, max_examples=60)
def test_a_rounded_test_with_its_rounded_p_is_never_reported(value: float, df: int, places: int, p_places: int) -> None:
    p = p_value("t", value, (df,))
    written = f"{p:.{p_places}f}"
    assume(float(written) > 0)
    assert verdicts(f"It was t({df}) = {value:.{places}f}, p = {written} here.") in ([True], [])


WHOLE = st.lists(st.integers(1, 7), min_size=2, max_size=60)


@given(WHOLE, st.integers(1, 3))
def test_whole_numbers_pass_grim_and_grimmer(numbers: Sequence[int], places: int) -> None:
    step = Fraction(1, 10**places)
    mean = Fraction(f"{sum(numbers) / len(numbers):.{places}f}")
    deviation = Fraction(f"{stdev(numbers):.{places}f}")
    assert grim(mean, step, len(numbers))
    assert grimmer(mean, step, deviation, step, len(numbers))


@pytest.mark.parametrize(
    ("mean", "count", "possible"),
    [
        ("5.19", 28, False),
        ("5.18", 28, True),
        ("3.45", 20, True),
        ("3.44", 20, False),
        ("2.5", 4, True),
        ("2.4", 4, False),
    ],
)
def test_grim(mean: str, count: int, *, possible: bool) -> None:
    step = Fraction(1, 100) if len(mean) == 4 else Fraction(1, 10)
    # 2.4 of four: 9.5/4 rounds to 2.4, but no sum is 9.5
    assert grim(Fraction(mean), step, count) is possible


ITEMS = {"two": 2, "three": 3, "four": 4, "five": 5, "six": 6, "seven": 7, "eight": 8, "nine": 9, "8": 8, "9": 9}


@pytest.mark.parametrize("word", ITEMS)
def test_a_mean_over_items_is_held_against_all_answers(linter: Linter, word: str) -> None:
    """Means that this number of items allows and one more does not, and the other way round."""
    count, step = 10 * ITEMS[word], Fraction(1, 100)
    means = [Fraction(hundredths, 100) for hundredths in range(201, 300)]
    allowed = [mean for mean in means if grim(mean, step, count) and not grim(mean, step, count + 10)]
    ruled_out = [mean for mean in means if grim(mean, step, count + 10) and not grim(mean, step, count)]
    for mean, expected in (*((m, []) for m in allowed[:2]), *((m, ["impossible-mean"]) for m in ruled_out[:2])):
        text = f"On the {word}-item scale, the mean rating was {float(mean):.2f} (n = 10).\n"
        assert [name for name, _, _ in recomputed_in(linter, text)] == expected, text


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("The mean score was 2.11 (n = 10) with tea and the mean score was 3.13 (n = 20) without.", ["2.11", "3.13"]),
        ("The mean score was 2.10 (n = 10) with tea and the mean score was 3.13 (n = 20) without.", ["3.13"]),
        ("In a sample (n = 10), the mean score was 2.11.", ["2.11"]),
        ("In two samples (n = 10 and n = 30), the mean score was 2.11.", []),
        ("Over several items, the mean score was 2.11 (n = 10).", []),
        ("Over several items, the mean score was 2.11 (n = 10); the scale is a three-item one.", ["2.11"]),
    ],
)
def test_whose_size_a_mean_is_held_against(linter: Linter, text: str, expected: list[str]) -> None:
    assert [(name, piece) for name, piece, _ in recomputed_in(linter, text + "\n")] == [
        ("impossible-mean", piece) for piece in expected
    ]


# Of 18 whole numbers that add to 62, the squares add to an even number: 314, 316 and 318 give 2.43, 2.45 and 2.48.
@pytest.mark.parametrize(
    ("deviation", "possible"),
    [("2.43", True), ("2.44", False), ("2.45", True), ("2.46", False), ("2.47", False), ("2.48", True)],
)
def test_grimmer(deviation: str, *, possible: bool) -> None:
    step = Fraction(1, 100)
    assert grimmer(Fraction("3.44"), step, Fraction(deviation), step, 18) is possible


@given(st.integers(1, 5000), st.integers(1, 5000), st.integers(0, 3))
@settings(deadline=None, max_examples=80)
def test_a_rounded_share_always_fits(count: int, total: int, places: int) -> None:
    assume(count <= total)
    share = Fraction(100 * count, total)
    (percent,) = read_quantities(f"It was {float(share):.{places}f}% of it.")
    assert fits(percent, Reach(share, share))
    assert not fits(percent, Reach(share + percent.step * 2, share + percent.step * 2))


@given(st.fractions(), st.fractions(), st.fractions(min_value=0), st.fractions(min_value=0))
def test_reaches_hold_what_they_are_made_of(first: Fraction, second: Fraction, wide: Fraction, wider: Fraction) -> None:
    ours, theirs = Reach(first - wide, first + wide), Reach(second - wider, second + wider)

    def holds(reached: Reach, value: Fraction) -> bool:
        return reached.low <= value <= reached.high

    assert holds(ours + theirs, first + second)
    assert holds(ours - theirs, first - second)
    assert holds(ours * theirs, first * second)
    quotient = ours.over(theirs)
    assert quotient is None or holds(quotient, first / second)


@pytest.mark.parametrize(
    ("text", "low", "high"),
    [
        ("8.4%", "8.35", "8.45"),
        ("about 45%", "42.5", "47.5"),
        ("about 1,600 doses", "1550", "1650"),
        ("about 36%", "35", "37"),
        ("57 bakeries", "57", "57"),
        ("$11k", "10500", "11500"),
        ("5 to 10 mg", "4.5", "10.5"),
    ],
)
def test_what_a_figure_can_stand_for(text: str, low: str, high: str) -> None:
    (quantity,) = read_quantities(text)
    assert reach(quantity) == Reach(Fraction(low), Fraction(high))


def test_a_one_sided_figure_stands_for_no_interval() -> None:
    (quantity,) = read_quantities("more than 60%")
    assert isinstance(quantity, Quantity)
    assert reach(quantity) is None


def compare(files: Sequence[FileReport]) -> list[FileReport]:
    told: dict[str, OpenFigure] = {}
    return [compare_draft(file, told) for file in files]


def blocks(heading: str) -> list[str]:
    rule = find_rule("drafts-disagree")
    return list(rule.blocks(heading))


@pytest.mark.parametrize(("heading", "expected"), [("Bad", [[], ["drafts-disagree"]]), ("Good", [[], []])])
def test_the_drafts_of_a_run_are_held_against_one_another(
    linter: Linter, heading: str, expected: list[list[str]]
) -> None:
    files = [linter.check(block.encode(), f"{index}.md") for index, block in enumerate(blocks(heading))]
    compared = compare(files)
    assert [[d.name for d in file.diagnostics] for file in compared] == expected


def test_a_draft_does_not_disagree_with_itself(linter: Linter) -> None:
    report = linter.check("\n\n".join(blocks("Bad")).encode(), "x.md")
    assert compare([report, report]) == [report, report]


@pytest.mark.parametrize(
    "piece", ["t(28) = 2.20, p = .9 ", "t(", "F(1,", "t = 1", "p = ", "1,", "χ2 ", "t(1) = 1,111,111"]
)
def test_finding_tests_takes_time_in_proportion(piece: str) -> None:
    def seconds(size: int) -> float:
        text = piece * (size // len(piece))
        start = time.process_time()
        list(reported_tests(text))
        return time.process_time() - start

    seconds(1000)
    small, large = (min(seconds(size) for _ in range(3)) for size in (20_000, 80_000))
    assert large < 0.05 or large < 8 * small
