from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from evidencelint.bibliography import Work
from evidencelint.claims import ClaimReader
from evidencelint.curating.check import check_fact_base
from evidencelint.factbase.load import load_facts, parse_facts
from evidencelint.harvest.abbreviations import read_abbreviations
from evidencelint.harvest.reading import Harvest, harvest
from evidencelint.harvest.studies import Studies
from evidencelint.harvest.suggestions import slug
from evidencelint.harvest.updating import covers, update
from evidencelint.harvest.writing import render
from evidencelint.matching.index import FactIndex
from evidencelint.sources.text import Block, read_blocks
from tests.benchmarks.harvest import found_statements, labelled

CORPUS = Path(__file__).resolve().parents[1] / "corpus"

POND = """# Ponds and frogs: a review

Ponds were dug in twelve villages. All rights reserved.

## Results

In farm ponds (FP), 67% of frogs survived the winter, against 32% in garden ponds.
The Frog Welfare Index (FWI) rose by 4 points in farm ponds.
Shade may reduce mortality, but no trial has tested this.
Is that all?
Fencing reduced mortality by 12% in the largest field trial; fencing had no effect on spawning.
It was a nice walk that we had.

See https://example.org for more about all of this.
"""


def harvested(text: str) -> Harvest:
    return harvest([Block("prose", line, ("Results",)) for line in text.splitlines() if line])


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("dialectical behaviour therapy (DBT) helps", [("DBT", "dialectical behaviour therapy")]),
        ("the post-hoc test score [PHTS] rose", [("PHTS", "post-hoc test score")]),
        ("body mass index (BMI) and the body mass index (BMI)", [("BMI", "body mass index")]),
        ("a sun stroke disorder (SSD)", [("SSD", "sun stroke disorder")]),
        ("found in Table (A) and (see Table)", []),
        ("nothing like it (XYZ) here", []),
        ("the World Health Organization (WHO) said. It (WHO) left", [("WHO", "World Health Organization")]),
    ],
)
def test_abbreviations(text: str, expected: list[tuple[str, str]]) -> None:
    assert [(found.short, found.long) for found in read_abbreviations(text)] == expected


@given(st.text(alphabet="aA bB(cC)[]-.", max_size=60))
def test_abbreviations_never_fail(text: str) -> None:
    for found in read_abbreviations(text):
        assert found.short in text
        assert found.long.split()[-1] in text


def test_what_becomes_a_candidate(tmp_path: Path) -> None:
    path = tmp_path / "pond.md"
    path.write_text(POND, encoding="utf-8")
    result = harvest(read_blocks(path))
    assert [(c.quote[:30], c.at) for c in result.candidates] == [
        ("Ponds were dug in twelve villa", "Ponds and frogs: a review"),
        ("In farm ponds (FP), 67% of fro", "Results"),
        ("The Frog Welfare Index (FWI) r", "Results"),
        ("Shade may reduce mortality, bu", "Results"),
        ("Fencing reduced mortality by 1", "Results"),
    ]
    confidences = [c.confidence for c in result.candidates]
    assert max(confidences) <= 1
    assert result.candidates[1].confidence > result.candidates[3].confidence
    assert len({c.id for c in result.candidates}) == 5


def names(result: Harvest, slot: str) -> dict[str, tuple[str, ...]]:
    return {concept.id: concept.names for concept in result.concepts if concept.slot == slot}


def test_a_vocabulary_with_contrasts() -> None:
    result = harvested(
        "People with snow blindness (SB) and people with sun stroke disorder (SSD) took part in trials in SSD.\n"
        "Mirror-guided therapy (MGT) improved night vision in people with SB, whereas lamp therapy did not.\n"
        "With MGT, 40% of pupils in rural schools reported better reading comfort, against 20% in urban schools.\n"
        "In the MGT group, response speed rose by 9%.\n"
    )
    assert names(result, "population")["ssd"] == ("SSD", "sun stroke disorder")
    assert {"rural-schools", "urban-schools"} <= set(names(result, "population"))
    assert names(result, "arm")["mgt"][:2] == ("MGT", "Mirror-guided therapy")
    assert {"reading-comfort", "response-speed"} <= set(names(result, "measure"))
    assert any({"rural-schools", "urban-schools"} <= set(group) for group in result.contrasts)
    assert any({"reading-comfort", "response-speed"} <= set(group) for group in result.contrasts)


def test_a_long_sentence_is_quoted_by_its_pieces_which_keep_what_they_leave_unsaid() -> None:
    result = harvested(
        "People with night blindness (NB) are few. Trials in NB are rare.\n"
        "Safety was monitored in several of the trials in NB: at baseline about 87% reported headaches in the morning "
        "(37% classified as severe); at follow-up the number of people with headaches had decreased by about 36%, and "
        "no deaths were seen in any of the groups.\n"
    )
    pieces = [c for c in result.candidates if "%" in c.quote]
    assert [c.quote for c in pieces] == [
        "at baseline about 87% reported headaches in the morning (37% classified as severe)",
        "at follow-up the number of people with headaches had decreased by about 36%",
    ]
    assert [dict(c.slots).get("population") for c in pieces] == ["nb", "nb"]


@given(st.text(alphabet="abc ABC(),.;:-%0123456789\n", max_size=200))
@settings(max_examples=15, deadline=None)
def test_every_quote_stands_in_its_source(text: str) -> None:
    blocks = [Block("prose", " ".join(part.split())) for part in text.split("\n") if part.strip()]
    whole = "\n".join(block.text for block in blocks)
    result = harvest(blocks, least=0)
    assert all(candidate.quote in whole for candidate in result.candidates)
    parse_facts(render(result, key="a", path="a.md", title=text, bibliography=None), "facts.yaml", None)


@pytest.mark.parametrize("corpus", sorted(path.parent.name for path in CORPUS.glob("*/source.md")))
def test_harvests_of_the_corpora(tmp_path: Path, corpus: str) -> None:
    folder = CORPUS / corpus
    curated = load_facts(folder / "facts.yaml")
    result = harvest(read_blocks(folder / "source.md"))
    found = set(found_statements(curated, result, same_text=True))
    assert len(found) >= 0.95 * len(curated.facts)
    (tmp_path / "source.md").write_bytes((folder / "source.md").read_bytes())
    text = render(result, key="a", path="source.md", title="T", bibliography=None)
    (tmp_path / "facts.yaml").write_text(text, encoding="utf-8")
    base = load_facts(tmp_path / "facts.yaml")
    assert [problem.located() for problem in check_fact_base(base)] == []
    assert len(base.facts) == len(result.candidates)


def test_candidates_of_the_first_review_are_worth_keeping() -> None:
    labels = labelled("mdma-bpd")
    result = harvest(read_blocks(CORPUS / "mdma-bpd" / "source.md"))
    unlabelled = [c.quote for c in result.candidates if c.quote not in labels]
    assert len(unlabelled) <= 0.1 * len(result.candidates), "label the new ones in tests/harvest"
    assert sum(labels.get(c.quote, False) for c in result.candidates) >= 0.8 * len(result.candidates)


def test_harvesting_is_the_same_every_time() -> None:
    blocks = read_blocks(CORPUS / "school-breakfast" / "source.md")
    assert harvest(blocks) == harvest(blocks)


def test_covers() -> None:
    assert covers("fell by 12%", "Mortality fell by 12% in the trial.")
    assert covers("Mortality fell by 12% in the trial.", "mortality fell by 12% in trials")
    assert not covers("Mortality fell by 12% in the trial.", "Spawning rose by 12% in the trial.")


FACTS = """# ours
sources: [{key: pond, path: pond.md}]
vocabulary:
  arm:
    fencing: [fencing]  # by hand
facts:
  # survival first
  - id: survival
    quote: In farm ponds (FP), 67% of frogs survived the winter, against 32% in garden ponds.
    note: seen  # by Ann
  - {id: index, quote: The Frog Welfare Index (FWI) rose by 4 points in farm ponds.}
  - id: gone
    quote: Herons ate one in ten of the tadpoles.
dropped:
  - Shade may reduce mortality, but no trial has tested this.
"""


def test_an_update_marks_and_adds_and_touches_nothing_else(tmp_path: Path) -> None:
    source = tmp_path / "pond.md"
    source.write_text(POND.replace("67%", "68%"), encoding="utf-8")
    (tmp_path / "facts.yaml").write_text(FACTS, encoding="utf-8")
    base = load_facts(tmp_path / "facts.yaml")
    result = harvest(read_blocks(source), known=[fact.id for fact in base.facts])
    done = update(base, result, "pond", source.read_text(encoding="utf-8"))
    assert (done.changed, done.gone, len(done.added)) == (("survival",), ("gone",), 2)
    (text,) = done.texts.values()
    kept = [line for line in FACTS.splitlines() if line not in text.splitlines()]
    assert kept == []
    assert (
        "    note: seen  # by Ann\n    status: changed\n"
        '    now: "In farm ponds (FP), 68% of frogs survived the winter, against 32% in garden ponds."\n'
    ) in text
    assert "  - id: gone\n    quote: Herons ate one in ten of the tadpoles.\n    status: gone\n" in text
    after = parse_facts(text, "facts.yaml", None)
    assert [fact.status for fact in after.facts] == ["candidate", "changed", "kept", "candidate", "gone"]
    # taking the change back takes the marks back
    source.write_text(POND + "\nHerons ate one in ten of the tadpoles.\n", encoding="utf-8")
    (tmp_path / "facts.yaml").write_text(text, encoding="utf-8")
    again = update(load_facts(tmp_path / "facts.yaml"), result, "pond", source.read_text(encoding="utf-8"))
    (text,) = again.texts.values()
    assert "status: changed" not in text
    assert "status: gone" not in text
    assert "now:" not in text
    assert again.added == ()


TABLE = """# Corals

| Group | Experiments | Survival, % | Usual care | Brine |
| --- | --- | --- | --- | --- |
| Stony **corals** | 19 | 88% | 3.1 days | 4.4 days |
| Oysters | 11 | 71% | 2.9 days | 2.9 days |
| Sea urchins | 8 | 93 | 1.0 days | 2.0 days |
| Mussels | | none | | |
"""


def test_a_row_of_a_table_is_a_fact_where_it_says_its_units(tmp_path: Path) -> None:
    path = tmp_path / "source.md"
    path.write_text(TABLE, encoding="utf-8")
    found = harvest(read_blocks(path))
    assert [candidate.quote for candidate in found.candidates] == [
        "Stony corals | 19 | 88% | 3.1 days | 4.4 days",
        "Oysters | 11 | 71% | 2.9 days | 2.9 days",
    ]
    # the heads of columns say whose figures they are; one that stands there twice is told apart by the cell beside it
    assert [candidate.figures for candidate in found.candidates] == [
        {"88%": {"measure": "survival"}, "3.1 days": {"arm": "control"}},
        {"71%": {"measure": "survival"}, "71% | 2.9 days": {"arm": "control"}},
    ]
    assert found.unclear == ("Sea urchins | 8 | 93 | 1.0 days | 2.0 days",)
    assert ("stony-corals", "oysters") in found.contrasts
    (tmp_path / "facts.yaml").write_text(
        render(found, key="pond", path="source.md", title="", bibliography=None), encoding="utf-8"
    )
    base = load_facts(tmp_path / "facts.yaml")
    assert [p.name for p in check_fact_base(base) if p.severity == "error"] == []


def test_what_form_gives_away() -> None:
    found = harvest(
        [
            Block("prose", "The tablet lowered pressure by 3 mmHg among patients with diabetes (mean fall)."),
            Block("prose", "It lowered pressure by 6 mmHg among patients without diabetes."),
            Block(
                "prose", "Stopping was more common at 37% in people aged 80 or over than in those aged under 65 (21%)."
            ),
            Block("prose", "Use fell by 46% from the first week to week 8."),
            Block("prose", "The PHQ-9 score fell by 4 points."),
        ]
    )
    names = {concept.id: (concept.slot, concept.names[:2]) for concept in found.concepts}
    assert names["without-diabetes"] == ("population", ("without diabetes", "patients without diabetes"))
    assert names["aged-80-or-over"] == ("population", ("aged 80 or over", "aged 80 and over"))
    assert names["under-65"] == ("population", ("under 65", "aged under 65"))
    assert names["week-1"] == ("timepoint", ("week 1", "first week"))
    assert names["week-8"] == ("timepoint", ("week 8", "eighth week"))
    assert names["phq-9"] == ("measure", ("PHQ-9", "PHQ-9 score"))
    for pair in ({"diabetes", "without-diabetes"}, {"aged-80-or-over", "under-65"}, {"week-1", "week-8"}):
        assert any(pair <= set(group) for group in found.contrasts), pair


def test_what_a_sentence_sets_side_by_side_and_phrases_made_whole() -> None:
    found = harvest(
        [
            Block("prose", "In 29 trials, cover crops reduced leaching by 48%."),
            Block("prose", "Cover crops raised carbon by 12%."),
            Block("prose", "Most farmers had heard of cover crops."),
            Block("prose", "On sandy soils, cover crops reduced leaching by 31 kg, against 14 kg on clay soils."),
        ]
    )
    ids = {concept.id: concept.slot for concept in found.concepts}
    assert ids["cover-crops"] == "arm"
    assert "crops" not in ids
    assert ids["sandy-soils"] == ids["clay-soils"] == "population"
    assert ("sandy-soils", "clay-soils") in found.contrasts


def ids(result: Harvest) -> set[str]:
    return {concept.id for concept in result.concepts}


def test_names_of_people_and_places_are_no_concepts() -> None:
    result = harvested(
        "Delacroix and Yun (2019) found that dropout fell by 12% in the coached clubs.\n"
        "Van Rijn et al. (2021) found that dropout rose by 4% in Gothenburg.\n"
        "Sørlie (2020) gave ten lamps to clubs in autumn, and Sørlie found a rise of 3%.\n"
        "In Utrecht, dropout fell from 9% to 4%.\n"
        "Dropout stayed at 7% in Utrecht in the second year.\n"
    )
    assert not ids(result) & {"delacroix", "yun", "rijn", "van-rijn", "srlie", "sorlie", "gothenburg", "ten", "autumn"}
    # a place that figures are told of again and again is who they are of
    assert "utrecht" in names(result, "population")


def test_ids_of_names_with_letters_of_other_alphabets() -> None:
    assert [slug(text) for text in ("Sørlie's æther", "Straße", "Łódź", "Bogotá")] == [
        "sorlie-s-aether",
        "strasse",
        "lodz",
        "bogota",
    ]


def test_units_that_are_treated_are_arms_and_their_controls_the_control() -> None:
    result = harvested(
        "The waiting time fell from 27 to 19 hours in the reminder teams and from 26 to 25 in the control teams.\n"
        "Defects were 1.1 in the mandatory teams and 1.2 in the optional teams.\n"
        "With a checklist, students found 5.4 faults, and without a checklist 4.1.\n"
        "Low-traffic areas reduced injuries by half.\n"
        "Low-traffic areas cut crime by 3%.\n"
    )
    arms = names(result, "arm")
    assert {"reminder-teams", "mandatory-teams", "optional-teams", "checklist", "low-traffic-areas"} <= set(arms)
    assert arms["control"] == ("control teams",)
    assert not {"reminder-teams", "control-teams", "low-traffic-areas"} & set(names(result, "population"))


def test_what_a_rate_is_of_is_an_outcome_and_the_rate_a_name_of_it() -> None:
    result = harvested(
        "The lanes lowered the rate of cyclist injuries by 29%.\n"
        "Cyclist injuries fell by 40% beside the lanes.\n"
        "Twelve low-income countries took part, and household sizes rose by 3%.\n"
    )
    assert set(names(result, "measure")["cyclist-injuries"]) >= {"cyclist injuries", "rate of cyclist injuries"}
    assert "household-income" not in ids(result)


def test_a_piece_that_leans_on_what_was_said_stays_in_its_sentence() -> None:
    sentence = (
        "In a sample of 1,560 review comments from three firms, 71% concerned the naming and structure of the code and "
        "16% functional defects; the remaining 13% of the comments could not be classified by the two readers."
    )
    other = (
        "Changes with two reviewers were followed by 18% fewer faults in the next six months than changes with one "
        "reviewer; it was also seen that they were merged two days later than the changes of the other teams."
    )
    result = harvested(f"{sentence}\n{other}\n")
    assert [candidate.quote for candidate in result.candidates] == [sentence, other]


def test_short_conclusions_are_candidates_and_lines_of_authors_are_not() -> None:
    blocks = [Block("prose", "Checklists may help novices.", ("Review", "Conclusion"))]
    blocks += [Block("prose", "Ostberg H, Mwangi L, Delacroix P (2025).", ("Review",))]
    assert [candidate.quote for candidate in harvest(blocks).candidates] == ["Checklists may help novices."]


def test_ids_say_more_than_a_word_twice() -> None:
    result = harvested("Six tools together detected 31% of the tool faults.\nThe tools detected 27 of 594 real bugs.\n")
    assert all(len(set(candidate.id.split("-"))) > 2 for candidate in result.candidates)


TRIAL = """# Reminders

| Outcome | Reminder teams, baseline | Reminder teams, 3 months | Control teams, 3 months |
| --- | --- | --- | --- |
| Satisfied with review (%) | 57 | 63 | 57 |

The waiting time fell by 3% in the reminder teams and by 1% in the control teams.
"""


def test_heads_of_columns_tell_figures_of_one_value_apart(tmp_path: Path) -> None:
    path = tmp_path / "source.md"
    path.write_text(TRIAL, encoding="utf-8")
    found = harvest(read_blocks(path))
    (row,) = [candidate for candidate in found.candidates if "|" in candidate.quote]
    assert row.figures == {
        "57 | 63": {"arm": "reminder-teams", "timepoint": "baseline"},
        "63": {"arm": "reminder-teams"},
        "63 | 57": {"arm": "control"},
    }
    place = tmp_path / "facts.yaml"
    place.write_text(render(found, key="a", path="source.md", title="", bibliography=None), encoding="utf-8")
    base = load_facts(place)
    index = FactIndex(base, ClaimReader(base.vocabulary))
    read = [(item.figure.quantity.text, sorted(item.slots["arm"])) for item in index.figures_of(row.id)]
    assert read == [("57", ["reminder-teams"]), ("63", ["reminder-teams"]), ("57", ["control"])]


def test_a_sentence_that_names_its_study_is_told_second_hand(tmp_path: Path) -> None:
    works = [
        Work("review2025", ("Ostberg",), 2025, "A review", None),
        Work("vanrijn2022", ("van Rijn", "Oduya"), 2022, "Reminders", None),
        Work("ito2024", ("Ito", "Bauer"), 2024, "Assistants", None),
    ]
    sentences = (
        "Reminders cut the waiting time by 27% in large firms (van Rijn et al. 2022).",
        "Ito and Bauer (2024) found 2.6 phantom defects per person.",
        "Defects fell by 3% (van Rijn et al. 2022; Ito and Bauer 2024).",
        "In our analysis, defects fell by 4%.",
    )
    (tmp_path / "source.md").write_text("\n\n".join(sentences), encoding="utf-8")
    blocks = [Block("prose", sentence, ("Results",)) for sentence in sentences]
    found = harvest(blocks, studies=Studies.of(works, "review2025"))
    assert [candidate.study for candidate in found.candidates] == ["vanrijn2022", "ito2024", None, None]
    place = tmp_path / "facts.yaml"
    place.write_text(render(found, key="review2025", path="source.md", title="", bibliography=None), encoding="utf-8")
    base = load_facts(place)
    assert [source.key for source in base.sources] == ["review2025", "vanrijn2022", "ito2024"]
    assert [(fact.source, fact.reported_in) for fact in base.facts] == [
        ("vanrijn2022", "review2025"),
        ("ito2024", "review2025"),
        ("review2025", None),
        ("review2025", None),
    ]


def test_what_is_told_once_is_an_outcome() -> None:
    result = harvested(
        "Dizziness was reported by 9.4% of the riders with lamps and by 6.8% of the others.\n"
        "Kerb scrapes occurred in 31 of 5,100 trips.\n"
        "None of the included studies measured night-blindness.\n"
        "Riding beside an expert roughly doubled the effect on balance.\n"
        "In nine trials, lamps had no significant effect on riding confidence (g = 0.05).\n"
        "In six trials, lamps had no effect on word riding (g = 0.02).\n"
    )
    measures = set(names(result, "measure"))
    assert {"dizziness", "kerb-scrapes", "night-blindness", "balance"} <= measures
    assert "word" not in measures
    assert any({"dizziness", "kerb-scrapes"} <= set(group) for group in result.contrasts)


def test_what_a_comparison_ends_with_was_done_and_named_wherever_it_stands() -> None:
    result = harvested(
        "After clover, oat yield was 0.6 t/ha higher than after bare ground (9.8 against 9.2 t/ha).\n"
        "After rye, oat yield was 0.3 t/ha lower than after bare ground.\n"
        "Grass crops reduced runoff by 56%, clover crops by 24%.\n"
        "Clover crops reduced weeds by 21% in spring.\n"
        "Grass crops reduced weeds by 40% in spring.\n"
    )
    assert "bare-ground" in names(result, "arm")
    assert any({"grass-crops", "clover-crops"} <= set(group) for group in result.contrasts)


def test_limits_and_the_younger_ones_exclude_one_another() -> None:
    result = harvested(
        "In riders whose speed was 25 kmh or more at the start, lamps lowered it by 9.3 kmh, against 3.6 kmh in riders"
        " who started below 25 kmh.\n"
        "Stopping was more common among riders aged 80 or over (37%) than among younger riders (21%).\n"
    )
    assert {"25 kmh or more", "at least 25 kmh"} <= set(names(result, "population")["25-kmh-or-more"])
    assert {("25-kmh-or-more", "below-25-kmh"), ("aged-80-or-over", "under-80")} <= set(result.contrasts)
    assert "younger riders" in names(result, "population")["under-80"]


def test_a_verb_taken_for_a_noun_makes_no_concept() -> None:
    result = harvested(
        "The authors conclude that crew-led telewatching lowers systolic pressure modestly, and that it may last.\n"
        "Replacing a coal stove by a small heat pump reduced emissions by 1.9 t per home.\n"
    )
    every = {name for concept in result.concepts for name in concept.names}
    assert not {name for name in every if "lowers" in name or "reduced" in name}


def test_kinds_of_one_outcome_are_no_rivals_of_it() -> None:
    result = harvested(
        "In the largest trial, energy use for heating fell from 14,200 to 5,300 kWh a year.\n"
        "Heating energy fell by 11% after the lofts were insulated.\n"
        "Energy use rose by 4% in the second year.\n"
        "Noise fell by 3% in the second year.\n"
    )
    assert not any({"heating-energy", "energy-use"} <= set(group) for group in result.contrasts)
