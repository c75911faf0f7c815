"""What a draft works out for its readers, in symbols and in words, told right and told wrong."""

from __future__ import annotations

from fractions import Fraction

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from evidencelint.engine import Linter
from evidencelint.factbase.load import parse_facts
from evidencelint.rules import select
from tests.helmets import own_arithmetic, recomputed_in

Found = list[tuple[str, str, str | None]]


@pytest.fixture(scope="module")
def linter() -> Linter:
    return own_arithmetic()


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("12 lectures + 8 labs + 4 tutorials = 24 classes", []),
        ("2 kg + 3 kg = 7 kg", [("sum-mismatch", "7 kg", "5")]),
        ("2 kg + 3 litres = 7 kg", []),
        ("12 lectures + 8 labs + 4 tutorials = 26 classes", [("sum-mismatch", "26", "24")]),
        ("26 classes = 12 lectures + 8 labs + 4 tutorials", [("sum-mismatch", "26", "24")]),
        ("Per tray: 45 g oats + 30 g nuts + 25 g honey = 110 g.", [("sum-mismatch", "110 g", "100")]),
        ("The order was 2,400 leaflets × £0.15 = £630.", [("product-mismatch", "£630", "360")]),
        ("The order was 2,400 leaflets × £0.15 = £360.", []),
        ("350 bikes x €420 = €174,000", [("product-mismatch", "€174,000", "147,000")]),
        ("So the share without a seat is 100% − 62% = 48%.", [("difference-mismatch", "48%", "38")]),
        ("So the share without a seat is 100% − 62% = 38%.", []),
        ("$84,000 / 120 pupils = $750 per pupil", [("quotient-mismatch", "$750", "700")]),
        ("£1,250 / 3 = £417", []),
        ("£1,250 / 3 ≈ £420", []),
        ("3 sessions × 20 min = 1 hour", []),
        ("8 weeks × 5 days × 2 sessions = 80 sessions", []),
        ("5 days × 8 hours = 50 hours", [("product-mismatch", "50 hours", "40")]),
        ("1,200 households × 35% = 420 households", []),
        ("1,200 households × 35% = 520 households", [("product-mismatch", "520", "42,000")]),
        ("0.9 × 0.9 = 0.81", []),
        ("12 passes × €99.50 = €1,194", []),
        ("2 cans + 1 free = £3", []),
        ("10 + VAT = £12", []),
        ("y = 3 + 4x = 12", []),
        ("(3 + 4) × 2 = 14", []),
        ("2 × (3 + 4) = 14", []),
        ("2^3 + 4 = 12", []),
        ("Buses 4-6 + 2 trams = 5 lines", []),
        ("The ratio $48/12$ is fourfold.", []),
        ("The ratio $48/12$ is sixfold.", [("ratio-mismatch", "sixfold", "4.0")]),
        ("Blood pressure of 120/80 is normal; n = 14.", []),
        ("Lines 3 + 4 = 2 of the five that run at night.", [("sum-mismatch", "2", "7")]),
    ],
)
def test_equations_in_symbols(linter: Linter, text: str, expected: Found) -> None:
    assert recomputed_in(linter, text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("For our 1,200 students, at £45 each, the licence comes to £54,000.", []),
        (
            "For our 1,200 students, at £45 each, the licence comes to £45,000.",
            [("product-mismatch", "£45,000", "54,000")],
        ),
        (
            "For our 1,200 students, at £45 each, the licence comes to £58,000.",
            [("product-mismatch", "£58,000", "54,000")],
        ),
        ("For our 1,200 students, at £45 each, the licence comes to £58,000 including support.", []),
        ("For our 1,200 students, at £45 each plus VAT, the licence comes to £58,000.", []),
        (
            "At a price of £85 each, tablets for all 90 classrooms would come to £8,550.",
            [("product-mismatch", "£8,550", "7,650")],
        ),
        ("At the median of €3,200, chargers for all 64 stops would come to €204,800.", []),
        (
            "At the median of €3,200, chargers for all 64 stops would come to €2,048,000.",
            [("product-mismatch", "€2,048,000", "204,800")],
        ),
        ("At a price of £85 in June and £90 in July, tablets for 90 rooms come to £8,000.", []),
        ("The rent is £800 a month. For 3 flats that comes to £28,800 a year.", []),
        ("A ticket costs £20, and the 30 pupils raised £590.", []),
        ("Prices start at €4,000, and in one town the bill for 10 flats came to €43,500.", []),
        ("At €4,000 or more, the bill for 10 flats came to €43,500.", []),
        (
            "The drip line saves 9 litres a tree each week, so in an orchard of 300 trees that comes to 27,000 litres.",
            [("product-mismatch", "27,000 litres", "2,700")],
        ),
        (
            "The drip line saves 9 litres a tree each week, so over ten weeks our 300 trees save 27,000 litres.",
            [],
        ),
        ("Rates differ. The median is £90 per hectare. Ours is £80; on 100 ha that is £8,000.", []),
        ("The median is £90 per hectare.\n\nWe manage 100 ha, and at the local rate that is £8,000.", []),
        ("At 20 °C, 40 samples came to 760 g.", []),
    ],
)
def test_products_in_words(linter: Linter, text: str, expected: Found) -> None:
    assert recomputed_in(linter, text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            "A pass costs $420 and covers 70 rides. Spread over those 70 rides, that is $9 a ride.",
            [("quotient-mismatch", "$9", "6")],
        ),
        ("A pass costs $420 and covers 70 rides. Spread over those 70 rides, that is $6 a ride.", []),
        (
            "The grant of £90,000 was shared evenly among 60 schools, or £1,800 a school.",
            [("quotient-mismatch", "£1,800", "1,500")],
        ),
        ("The grant of £90,000 was shared evenly among 60 schools, or £1,500 a school.", []),
        ("The grant of £90,000 was shared among 60 schools, with up to £3,000 a school.", []),
        ("Spread over ten years, the $420,000 comes to $3,500 a month.", []),
        ("The tunnel cost €3.6m. Divided by its 1,200 users, it comes to €3,000 per user.", []),
        (
            "The tunnel cost €3.6m. Divided by its 1,200 users, it comes to €300 per user.",
            [("quotient-mismatch", "€300", "3,000")],
        ),
        ("The tunnel cost €3.6m and the bridge €1.2m. Divided by the 1,200 users, that is €300 per user.", []),
        ("The flu spread over 12 villages, and a dose cost $4.", []),
        ("The fee of $300 is split between two payers; the first pays $200.", []),
        (
            "The grant of £9,000 is spread over 12 months, which is £850 a month.",
            [("quotient-mismatch", "£850", "750")],
        ),
        ("The grant of £9,000 is spread over 12 months, which is £850 a month and £40 a day.", []),
    ],
)
def test_quotients_in_words(linter: Linter, text: str, expected: Found) -> None:
    assert recomputed_in(linter, text) == expected


TABLE = """| Outcome | New line | Old line |
|---|---|---|
| On time | 71% | 48% |
| Seat found | 93% | |

"""
BOTH = """| Outcome | New line | Old line |
|---|---|---|
| On time | 71% | 48% |
| Seat found | 93% | 80% |

"""


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            "Scores rose by fourteen with coaching. The rest rose by nine.",
            [],
        ),
        (
            "Coached classes went up fourteen, the others went up nine. So coaching was worth eight points.",
            [("difference-mismatch", "eight points", "5.0 points")],
        ),
        ("Coached classes went up fourteen, the others went up nine. So coaching was worth five points.", []),
        (
            "Of the coached, 72 in every 100 passed, against 58 without: a lead of 24 points.",
            [("difference-mismatch", "24 points", "14.0 points")],
        ),
        ("Of the coached, 72 in every 100 passed, against 58 without: a lead of 14 points.", []),
        (
            "72 per cent paid on time with reminders and 58 per cent without. That is a gap of 24 points.",
            [("difference-mismatch", "24 points", "14.0 points")],
        ),
        ("72 per cent paid on time with reminders and 58 per cent without. Among women the gap was 24 points.", []),
        ("72 per cent paid on time in May and 58 per cent in June. Staff took 24 points more than in April.", []),
        ("The old bus took 42 minutes and the new one 35 minutes, a gap of 7 minutes.", []),
        (
            "The old bus took 42 minutes and the new one 35 minutes, a gap of 17 minutes.",
            [("difference-mismatch", "17 minutes", "7")],
        ),
        (
            "A seat is dearer by train, at 95p per rider per mile against 52p by bus; the difference is 33p.",
            [("difference-mismatch", "33p", "43")],
        ),
        ("A seat is dearer by train, at 95p per rider per mile against 52p by bus; the difference is 43p.", []),
        ("The flat cost £900 and the house £1,400, and the view is worth £50.", []),
        (
            TABLE + "In the first row lies a gap of 33 percentage points.",
            [("difference-mismatch", "33 percentage points", "23.0 points")],
        ),
        (TABLE + "In the first row lies a gap of 23 percentage points.", []),
        (
            TABLE + "Between the two lines lies a gap of 33 points.",
            [("difference-mismatch", "33 points", "23.0 points")],
        ),
        (
            BOTH + "In the last row lies a gap of 23 percentage points.",
            [("difference-mismatch", "23 percentage points", "13.0 points")],
        ),
        (BOTH + "In the last row lies a gap of 13 percentage points.", []),
        (BOTH + "Between the two lines lies a gap of 33 points.", []),
        (
            "The east pool had 1,400 swimmers and the west pool had 900 swimmers, a difference of 700.",
            [("difference-mismatch", "700", "500")],
        ),
        ("The east pool had 1,400 swimmers and the west pool had 900 parking places, a difference of 700.", []),
        (TABLE + "In the year before, a gap of 33 points was found in another town.", []),
        ("- 64% on foot, 29% by bike\n- Rural riders were 9 points ahead of town riders", []),
    ],
)
def test_distances(linter: Linter, text: str, expected: Found) -> None:
    assert recomputed_in(linter, text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("- wages 55%, rent 20%\n- everything else: 35%", [("parts-mismatch", "35%", "25%")]),
        ("- wages 55%, rent 20%\n- everything else: 25%", []),
        ("- wages ≈ 55%, rent ≈ 20%\n- all else ≈ 35%", [("parts-mismatch", "≈ 35%", "25%")]),
        ("By bus came 67%. The rest, 43%, walked.", [("parts-mismatch", "43%", "33%")]),
        ("By bus came 67%. The rest, 33%, walked.", []),
        ("Two thirds came by bus, 67%. The rest, 33%, walked.", []),
        ("In the north 67% came by bus and the other 33% walked.", []),
        ("In the north 67% came by bus and the other 43% walked.", [("parts-mismatch", "43%", "33%")]),
        ("In May 40% came by bus. The rest, 80%, of what was lost came back.", []),
        ("About 60% cycled, 30% of them daily. The rest, 40%, walked.", []),
        ("Some 12% said yes, and the other 4% of answers were blank.", []),
    ],
)
def test_parts_and_the_rest(linter: Linter, text: str, expected: Found) -> None:
    assert recomputed_in(linter, text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("A meal costs £2.40.\n\nAt £2.40, as I wrote above, it is cheap.", []),
        (
            "The scheme costs £136 a child.\n\nIt is £163 a child, as I wrote above.",
            [("contradicting-figures", "£163", "£136")],
        ),
        ("The scheme costs £136 a child.\n\nAs I wrote above, a tablet costs £163.", []),
        ("The scheme costs £136 a child and a tablet £900.\n\nIt is £410, as noted above.", []),
        (
            "## 2 Costs\n\nA year costs €4,500.\n\n## 3 Plan\n\nThe €5,100 given in section 2 are safe.",
            [("contradicting-figures", "€5,100", "€4,500")],
        ),
        ("## 2 Costs\n\nA year costs €4,500.\n\n## 3 Plan\n\nThe €5,100 given in Annex 7 are safe.", []),
        ("Costs run from £130 to £170.\n\nThe £163 mentioned above is safe.", []),
    ],
)
def test_figures_told_again(linter: Linter, text: str, expected: Found) -> None:
    assert recomputed_in(linter, text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            "The signal was 8.4 in May and 5.9 in June, so less than half was left.",
            [("ratio-mismatch", "less than half", "70%")],
        ),
        ("The signal was 8.4 in May and 3.9 in June, so less than half was left.", []),
        ("Of 8.4 in May 5.9 was used, and half remained of 12.", []),
        (
            "A season pass costs £900. A car costs £3,000 a year to run: the pass is a tenth of that.",
            [],
        ),
        (
            "A season pass costs £900. A small car costs £3,000: the pass is less than a tenth of that.",
            [("ratio-mismatch", "less than a tenth", "30%")],
        ),
        ("A season pass costs £900. A small car costs £3,000: the pass is less than a third of that.", []),
        ("A season pass costs £900. A small car costs £3,000: a tenth of that goes to tyres.", []),
        ("A season pass costs £900. A small car costs £3,000: the tax is a tenth of that.", []),
        ("The tank held 20 litres on Monday and 60 litres on Friday, so half was left.", []),
        ("The tank held 0 litres on Monday and 60 litres on Friday, so half was left.", []),
        ("The tank held 60 litres on Monday, 40 litres on Tuesday and 20 litres on Friday, so half was left.", []),
        (
            "A comb costs £30 and a season pass costs £900. A small car costs £3,000: the pass is a tenth of that.",
            [("ratio-mismatch", "a tenth", "30%")],
        ),
        ("A season pass costs €900. A small car costs £3,000: the pass is a tenth of that.", []),
        ("A season pass costs £900. A small car costs £3,000 and a van £8,000: the pass is a tenth of that.", []),
        ("A season pass costs £900. A small car costs £3,000 and a bell £5: the pass is a tenth of that.", []),
    ],
)
def test_proportions_in_words(linter: Linter, text: str, expected: Found) -> None:
    assert recomputed_in(linter, text) == expected


@given(st.lists(st.integers(2, 900), min_size=2, max_size=5), st.integers(-40, 40))
@settings(deadline=None, max_examples=40)
def test_a_sum_in_symbols_is_reported_if_and_only_if_it_is_wrong(parts: list[int], off: int) -> None:
    assume(sum(parts) + off > 1)
    linter = LINTER
    text = " + ".join(f"{part} seats" for part in parts) + f" = {sum(parts) + off:,} seats"
    names = {name for name, _, _ in recomputed_in(linter, text)}
    assert ("sum-mismatch" in names) == (off != 0)


@given(st.integers(3, 400), st.integers(2, 90), st.integers(0, 2))
@settings(deadline=None, max_examples=40)
def test_a_rounded_quotient_is_never_reported(total: int, parts: int, places: int) -> None:
    share = Fraction(total, parts)
    text = f"The {total} kg were shared evenly among {parts} stalls, or {float(share):.{places}f} kg a stall."
    assume(float(f"{float(share):.{places}f}") > 0)
    assert recomputed_in(LINTER, text) == []


LINTER = own_arithmetic()


SILENT = (
    "Each of the 24 classrooms gets three lamps at £18 each, so the school spends £1,296 on lamps.",
    "A pack holds 12 masks and costs €9.60, or €0.80 each.",
    "The council put aside £2.4m; spread across its 30 wards, that is £80,000 a ward.",
    "Fares rose from £2.10 to £2.60, a rise of 24%.",
    "The pilot had 48 pupils, 26 of them girls; the other 22 were boys.",
    "Among drivers the lead was 14 points; among cyclists 61% were for and 29% against, a gap of 32 points.",
    "Support stood at 61% in spring and 49% in autumn. The gap between men and women was 8 points.",
    "Support stood at 61% in spring and 49% in autumn. By then a gap of 8 points had opened between the parties.",
    "At $63 each, the sets for two classes of 30 come to $3,780.",
    "At £1.20 a mile, a round trip of 14 miles comes to £33.60.",
    "A nurse costs $52 an hour. For 6 shifts of 8 hours that comes to $2,496.",
    "The bill came to £4,400: 40 staff at £110 a head.",
    "The bill came to £4,950 for 40 staff at £110 a head, with a tenth on top for service.",
    "Half of the £900 went on food. The rest, £450, paid for the hall.",
    "In 2019, 45% of buses were electric; the remaining 20% of the old fleet will go by 2030.",
    "It took 35 minutes on the old line and 28 on the new, a saving of seven minutes.",
    "Class A scored 71 points and class B 64 points, so A was seven points ahead.",
    "The north scored 71 points, the south 64. A third region was 12 points ahead of both.",
    "Between them, 14 + 9 = 23 towns took part.",
    "The formula is 0.5 × 70 kg = 35 g of protein per meal.",
    "Energy: 4 × 12 g + 9 × 5 g = 93 kcal.",
    "BMI = 70 / 1.75² = 22.9",
    "1,000 / 7 ≈ 143 per day",
    "The odds were 3 to 1, i.e. 75%.",
    "The 16-bit value 2 × 128 = 256 overflows.",
    "On 3/4 = 12 days of the trial it rained.",
    "At 9 a.m., 40 parents came to the 2 p.m. talk.",
    "We asked 250 riders. Of these, 180 (72%) had a pass.",
    "We asked 250 riders, and 190 replied. Of these, 152 (80%) had a pass.",
    "We wrote to 300 schools. Of these, 120 replied, and 90 (75%) had a garden.",
    "The average class has 27 pupils; the 27 desks, as I wrote above, cost £45 each.",
    "A seat costs £136; in the other hall, as I said, it costs £163.",
    "Tickets cost from £12. For 40 pupils the day came to £510.",
    "The farm saves 30 kg of nitrogen per hectare; on its 80 ha, minus headlands, that comes to 2,250 kg.",
    "About 70% walked, a fifth cycled and the rest, around 10%, came by car.",
    "Roughly two in five walked. Everyone else, about 60%, drove.",
    "The club has 120 members: 70 juniors and 50 seniors. Everyone else, 12%, is a guest.",
    "The score was 3.5 in the first test and 2.0 in the second; a difference of 0.5 is taken as meaningful.",
    "Mean pain fell by 1.2 with yoga and 0.8 with walking. A difference of 1.0 would matter to patients.",
    "Mean pain was 4.2 with yoga and 4.6 with walking (difference 0.4).",
    "The sample lost 12 kg in one group and 9 kg in the other, a difference of 3 kg.",
    "The course runs for 12 weeks at 3 hours a week, which makes 36 hours.",
    "A dozen eggs cost $3.60, so each comes to 30 cents.",
    "The grant is divided by 12 partners who also pay $4,000 each.",
    "Divided by income, the $900 falls mostly on the poor, who pay $120.",
    "The heater uses 2 kW. Over 6 hours it uses 12 kWh.",
    "The heater uses 2 kWh a day; over a year that comes to 730 kWh.",
    "The annual fee is £48, or £4 a month; for our 25 staff that comes to £1,200 a year.",
    "Reading took 18 minutes per page for 10 pages, and the whole took 3 hours.",
    "Between them the two pumps cost €16,400, of which €11,800 is for the larger.",
    "Of 58 studies, 33, or 57%, were at risk of bias.",
    "On 5 of 12 days, or 42%, it rained.",
    "On 5 of 12 sites visited by the team last year, or 3% of all sites, it rained.",
)


@pytest.mark.parametrize("text", SILENT)
def test_what_is_told_right_or_is_told_of_other_things_is_left_alone(linter: Linter, text: str) -> None:
    assert recomputed_in(linter, text) == []


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            "The council put aside £2.4m; spread across its 30 wards, that is £8,000 a ward.",
            ("quotient-mismatch", "£8,000", "80,000"),
        ),
        ("With 24 rooms at £18 each, the lamps come to £532.", ("product-mismatch", "£532", "432")),
        ("The bill for 40 staff at £110 a head came to £4,800.", ("product-mismatch", "£4,800", "4,400")),
        (
            "The course runs for 12 weeks at 3 hours a week, which makes 46 hours.",
            ("product-mismatch", "46 hours", "36"),
        ),
        (
            "It took 35 minutes on the old line and 28 minutes on the new one, a difference of 9 minutes.",
            ("difference-mismatch", "9 minutes", "7"),
        ),
        (
            "Class A gained 17 points and class B 10 points, which gives A a lead of 12 points.",
            ("difference-mismatch", "12 points", "7.0 points"),
        ),
        ("In May 420 rode, in June 560. That is a difference of 240.", ("difference-mismatch", "240", "140")),
        (
            "Wait times were 6.4 with the rota and 8.1 without. That is a difference of 2.7.",
            ("difference-mismatch", "2.7", "1.7"),
        ),
        ("Between them, 14 + 9 = 25 towns took part.", ("sum-mismatch", "25", "23")),
        ("2,400 × 63 is 161,200.", ("product-mismatch", "161,200", "151,200")),
        ("Two in five walked, the other 70% drove.", ("parts-mismatch", "70%", "60%")),
        ("Of 58 lanes, 33, or 67%, were lit.", ("percent-mismatch", "67%", "57%")),
        ("We asked 250 riders. Of these, 180 (62%) had a pass.", ("percent-mismatch", "62%", "72%")),
        ("They spotted 5.4 of twelve errors on average, or 54%.", ("percent-mismatch", "54%", "45%")),
    ],
)
def test_what_is_worked_out_wrong(linter: Linter, text: str, expected: tuple[str, str, str]) -> None:
    assert recomputed_in(linter, text) == [expected]


RAIL = """
version: 1
sources: [{key: lee2021}]
vocabulary:
  arm: {subsidy: [subsidised], full: [full price]}
  measure: {on-time: [on time], derailment: [derailments, derailment], pass-cost: [season pass]}
facts:
  - id: on-time
    quote: Of the trains on the new line, 64% were on time, against 41% on the old line.
  - id: derailment
    quote: Only one derailment has been reported in more than 2,300 journeys.
  - id: pass
    quote: A season pass costs about $4,200.
  - id: trip-time
    quote: In a pilot, the mean trip time improved from 27.4 to 23.1 minutes.
  - id: filter
    quote: The gate let through 94% of the valid tickets.
"""


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("| | New | Old |\n|---|---|---|\n| on time | 64 | 41 |\n| not on time | 36 | 59 |\n", []),
        ("There was fewer than one derailment per 2,300 journeys.", []),
        ("A season pass costs about $4,200; over 60 rides, that is about $70 a ride.", []),
        ("The pilot shaved 4.3 minutes off the mean trip time.", []),
        ("The gate lost only 6% of the valid tickets.", []),
    ],
)
def test_what_follows_from_facts_is_no_departure(text: str, expected: list[str]) -> None:
    linter = Linter(parse_facts(RAIL, "facts.yaml", None), select(["EL1"]))
    diagnostics = linter.check(text.encode(), "x.md").diagnostics
    assert [d.name for d in diagnostics if d.severity != "info"] == expected


def test_a_rate_told_the_other_way_round_needs_the_fact_s_number() -> None:
    linter = Linter(parse_facts(RAIL, "facts.yaml", None), select(["EL106"]))
    report = linter.check(b"There was fewer than one derailment in 900 journeys.", "x.md")
    assert [d.name for d in report.diagnostics] == ["false-precision"]
