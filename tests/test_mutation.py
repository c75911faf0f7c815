"""Mutation testing: what is planted, that it is one fault in its place and false, and what is counted."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import replace
from fractions import Fraction
from pathlib import Path

import pytest
from click.testing import CliRunner
from hypothesis import given, settings
from hypothesis import strategies as st

from evidencelint.cache import Store
from evidencelint.cli.main import group
from evidencelint.documents.markdown import read_markdown
from evidencelint.errors import ResourceError
from evidencelint.evaluation import load_gold
from evidencelint.factbase.facts import FactBase
from evidencelint.model import Span
from evidencelint.mutation.lexicon import fault_words
from evidencelint.mutation.numerals import other_numbers
from evidencelint.mutation.reports import Outcome, as_text, sentences_of
from evidencelint.mutation.running import Workshop, open_workshop, quote_pages, sampled
from evidencelint.mutation.truth import Truth, implied, within
from evidencelint.mutation.types import FAULTS, REPHRASINGS, Edit, Page, Site, Variant, applied
from evidencelint.mutation.wording import is_plural, present, struck, with_article
from evidencelint.quantities import read_quantities
from evidencelint.resources import load_lexicon
from evidencelint.source import Source

ROOT = Path(__file__).resolve().parents[1]

FACTS = """\
version: 1
sources: [{key: lee2021}, {key: okafor2019}]
bibliography: references.json
vocabulary:
  arm:
    club: [breakfast club, breakfast clubs]
    lunch: [school lunch, school lunches]
  population:
    primary: [primary schools, primary pupils]
    secondary: [secondary schools, secondary pupils]
  measure:
    absence: [days missed, absence]
    reading: [reading scores, reading]
    bmi: [body mass index, BMI]
contrasts:
  - [primary, secondary]
  - [absence, reading, bmi]
  - [club, lunch]
facts:
  - id: absence
    quote: Pupils in the breakfast clubs of primary schools had 3.1 days missed in the first year.
  - id: uptake
    quote: In primary schools 38% of pupils came to the breakfast clubs, against 17% of pupils in secondary schools.
  - id: more-reading
    quote: Breakfast clubs raised reading scores by 2.4 points.
  - id: hunger
    quote: Breakfast clubs may reduce hunger in class.
  - id: liked
    quote: Some pupils liked the breakfast clubs.
  - id: sleep
    quote: Coming to the breakfast clubs was associated with longer sleep.
  - id: cost
    quote: A breakfast costs up to 2 euros per pupil per day and fed about 400 pupils.
  - id: weight
    quote: Body mass index was measured after 12 months in 240 pupils.
"""
REFERENCES = [
    {"id": "lee2021", "title": "Clubs", "author": [{"family": "Leeson"}], "issued": {"date-parts": [[2021]]}},
    {"id": "okafor2019", "title": "Trial", "author": [{"family": "Okafor"}], "issued": {"date-parts": [[2019]]}},
]


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    place = tmp_path_factory.mktemp("base")
    written = FACTS.replace("    quote:", "    source: lee2021\n    quote:")
    (place / "facts.yaml").write_text(written, encoding="utf-8")
    (place / "references.json").write_text(json.dumps(REFERENCES), encoding="utf-8")
    return place


@pytest.fixture(scope="module")
def workshop(folder: Path) -> Workshop:
    return open_workshop(FactBase.load(folder / "facts.yaml"), Store())


@pytest.fixture(scope="module")
def sites(workshop: Workshop) -> dict[str, Site]:
    return {page.fact: site for page in quote_pages(workshop.base) for site in workshop.sites(page)}


def after(site: Site, variant: Variant) -> str:
    return within(site, variant.edits)


@pytest.fixture(scope="module")
def made(workshop: Workshop, sites: dict[str, Site]) -> Callable[..., set[str]]:
    def variants(fact: str, *kinds: str) -> set[str]:
        return {after(sites[fact], v) for v in workshop.variants(sites[fact], frozenset(kinds))}

    return variants


def test_another_value_in_the_same_writing(made: Callable[..., set[str]]) -> None:
    (found,) = made("more-reading", "value")
    assert found.startswith("Breakfast clubs raised reading scores by ")
    assert found.endswith(" points.")
    (figure,) = read_quantities(found)
    assert figure.value not in {None, Fraction(12, 5)}
    assert figure.step == Fraction(1, 10)


def test_slots_that_exclude_the_fact(made: Callable[..., set[str]]) -> None:
    assert made("more-reading", "outcome", "arm", "population") == {
        "School lunches raised reading scores by 2.4 points."
    }
    assert made("absence", "outcome", "arm", "population", "timepoint") == {
        "Pupils in the school lunches of primary schools had 3.1 days missed in the first year.",
        "Pupils in the breakfast clubs of secondary schools had 3.1 days missed in the first year.",
    }
    assert made("weight", "outcome", "opposite") == {
        "Reading was measured after 12 months in 240 pupils.",
        "Body mass index was modelled after 12 months in 240 pupils.",
    }


def test_exchanged_figures(made: Callable[..., set[str]]) -> None:
    assert made("uptake", "swapped") == {
        "In primary schools 17% of pupils came to the breakfast clubs, against 38% of pupils in secondary schools."
    }


def test_a_group_named_already_is_not_planted(made: Callable[..., set[str]]) -> None:
    # "17% in primary schools" would be false, but the sentence would name one group twice
    assert made("uptake", "population") == set()


def test_directions_hedges_quantifiers_causes(made: Callable[..., set[str]]) -> None:
    assert made("more-reading", "direction") == {"Breakfast clubs lowered reading scores by 2.4 points."}
    assert made("hunger", "hedge") == {"Breakfast clubs reduce hunger in class."}
    assert made("liked", "quantifier") == {"All pupils liked the breakfast clubs."}
    assert made("sleep", "cause") == {"Coming to the breakfast clubs led to longer sleep."}


def test_limits(made: Callable[..., set[str]]) -> None:
    assert made("cost", "bound") == {"A breakfast costs 2 euros per pupil per day and fed about 400 pupils."}
    assert made("cost", "approximation") == {
        "A breakfast costs up to 2 euros per pupil per day and fed exactly 400 pupils."
    }


def test_units(made: Callable[..., set[str]]) -> None:
    assert made("weight", "unit") == {"Body mass index was measured after 12 weeks in 240 pupils."}
    assert made("more-reading", "unit") == {"Breakfast clubs raised reading scores by 2.4 percent."}
    assert made("cost", "unit") == {
        "A breakfast costs up to 2 US dollars per pupil per day and fed about 400 pupils.",
        "A breakfast costs up to 2 euros per pupil per week and fed about 400 pupils.",
    }


def test_rephrasings(made: Callable[..., set[str]]) -> None:
    assert made("weight", "same-length", "abbreviation", "number-spelling") == {
        "Body mass index was measured after a year in 240 pupils.",
        "BMI was measured after 12 months in 240 pupils.",
        "Body mass index was measured after twelve months in 240 pupils.",
    }
    assert made("hunger", "hedge-exchanged") == {"Breakfast clubs might reduce hunger in class."}
    assert made("liked", "voice") == {"The breakfast clubs were liked by some pupils."}
    # "were raised by breakfast clubs by 2.4 points" would be no sentence
    assert made("more-reading", "voice") == set()
    assert made("sleep", "synonym") == {"Coming to the breakfast clubs was connected with longer sleep."}
    came = "In primary schools {} of pupils came to the breakfast clubs, against {} of pupils in secondary schools."
    assert made("uptake", "unit-spelling") == {came.format("38 percent", "17%"), came.format("38%", "17 percent")}
    assert made("cost", "hedge-exchanged") == {
        "A breakfast costs up to 2 euros per pupil per day and fed around 400 pupils."
    }


def test_a_value_that_the_facts_allow_is_not_planted(workshop: Workshop, sites: dict[str, Site]) -> None:
    first, _ = sites["uptake"].figures
    allowed = {
        text: Truth(workshop.linter.index, workshop.parses).carries(first, read_quantities(text)[0])
        for text in ("38%", "about 38%", "over 35%", "52%", "17%")
    }
    # 17% is that of the secondary schools, which primary schools exclude
    assert allowed == {"38%": True, "about 38%": True, "over 35%": True, "52%": False, "17%": False}


@pytest.mark.parametrize(
    ("draft", "fact", "follows"),
    [
        ("at least 1 month", "12 months", True),
        ("at least 24 months", "12 months", False),
        ("less than 3 days", "2 days", True),
        ("under 1 day", "2 days", False),
        ("more than 20", "30 to 40", True),
        ("up to 2 euros per day", "2 euros per week", False),
        ("12 months", "12 months", False),
    ],
)
def test_limits_that_follow(draft: str, fact: str, *, follows: bool) -> None:
    (ours,), (theirs,) = read_quantities(draft), read_quantities(fact)
    assert implied(ours, theirs) is follows


def test_every_variant_changes_only_its_sentence(workshop: Workshop, sites: dict[str, Site]) -> None:
    kinds = frozenset((*FAULTS, *REPHRASINGS))
    for site in sites.values():
        for variant in workshop.variants(site, kinds):
            text = site.page.source.text
            changed = applied(text, variant.edits)
            assert changed != text
            assert all(site.sentence.contains(edit.span) for edit in variant.edits)
            growth = sum(len(edit.text) - len(edit.span) for edit in variant.edits)
            assert len(changed) == len(text) + growth
            assert changed[: site.sentence.start] == text[: site.sentence.start]
            assert "  " not in changed


def test_a_draft_with_markup_keeps_it(workshop: Workshop, folder: Path) -> None:
    text = "# Clubs\n\nBreakfast clubs raised **reading scores** by *2.4* points [@lee2021].\n"
    source = Source(str(folder / "draft.md"), text)
    page = Page(source, read_markdown(source))
    (site,) = workshop.sites(page)
    found = {applied(text, v.edits) for v in workshop.variants(site, frozenset({"value", "arm", "citation"}))}
    assert len(found) >= 2
    assert all(each.startswith("# Clubs\n\n") and each.count("**") == 2 and each.count("*2.4*") <= 1 for each in found)


def test_citations_are_broken(workshop: Workshop, folder: Path) -> None:
    text = "Breakfast clubs raised reading scores by 2.4 points [@lee2021]. So found Okafor (2019), with 2.4 points.\n"
    source = Source(str(folder / "draft.md"), text)
    found = {
        applied(text, variant.edits)
        for site in workshop.sites(Page(source, read_markdown(source)))
        for variant in workshop.variants(site, frozenset({"citation"}))
    }
    assert text.replace("@lee2021", "@okafor2019") in found


def test_labels_decide_what_is_faithful(workshop: Workshop, folder: Path) -> None:
    draft = folder / "labelled.md"
    draft.write_text(
        "Breakfast clubs raised reading scores by 2.4 points. Breakfast clubs raised reading scores by 9 points.\n",
        encoding="utf-8",
    )
    gold = folder / "labelled.gold.yaml"
    gold.write_text(
        "draft: labelled.md\nclaims:\n"
        "  - {text: reading scores by 2.4 points, verdict: supported, kind: numeric, difficulty: easy}\n"
        "  - {text: reading scores by 9 points, verdict: mismatched, kind: numeric, difficulty: easy}\n",
        encoding="utf-8",
    )
    source = Source(str(draft), draft.read_text(encoding="utf-8"))
    (site,) = workshop.sites(Page(source, read_markdown(source)), load_gold(gold))
    assert site.text == "Breakfast clubs raised reading scores by 2.4 points."


def test_what_is_flagged_as_it_is_is_left_out(folder: Path) -> None:
    own = open_workshop(FactBase.load(folder / "facts.yaml"), Store())
    gold = folder / "flagged.gold.yaml"
    text = "Breakfast clubs raised reading scores by 4.2 points.\n"
    (folder / "flagged.md").write_text(text, encoding="utf-8")
    gold.write_text(
        "draft: flagged.md\nclaims:\n"
        "  - {text: reading scores by 4.2 points, verdict: supported, kind: numeric, difficulty: easy}\n",
        encoding="utf-8",
    )
    source = Source(str(folder / "flagged.md"), text)
    assert list(own.sites(Page(source, read_markdown(source)), load_gold(gold))) == []
    assert own.already == 1


def test_trials_and_their_report(workshop: Workshop, sites: dict[str, Site]) -> None:
    planted = [(sites["more-reading"], v) for v in workshop.variants(sites["more-reading"], frozenset({"value"}))]
    (trial,) = workshop.trials(planted)
    assert trial.flagged
    assert trial.rightly
    whole = Outcome((trial, replace(trial, alarms=(), reading="left alone")), sentences=1, already=0)
    shown = as_text(whole, listed=True)
    assert "all                      2        1    0.50              1" in shown
    assert "  - Breakfast clubs raised reading scores by 2.4 points." in shown
    assert "  = left alone" in shown
    assert "value survives" not in as_text(whole, listed=False)
    hidden = replace(trial.site, page=replace(trial.site.page, held_out=True))
    secret = Outcome((replace(trial, site=hidden, alarms=()),), sentences=1, already=0)
    assert "survives" not in as_text(secret, listed=True)


def test_sampling_is_the_same_every_time(workshop: Workshop, sites: dict[str, Site]) -> None:
    kinds = frozenset((*FAULTS, *REPHRASINGS))
    planted = [(site, v) for site in sites.values() for v in workshop.variants(site, kinds)]
    once, again = sampled(planted, 2), sampled(planted, 2)
    assert once == again
    assert max(sum(v.kind == kind for _, v in once) for kind in kinds) == 2


NUMBERS = st.one_of(
    st.integers(2, 99_999).map(str),
    st.integers(1_000, 999_999).map(lambda n: f"{n:,}"),
    st.decimals("0.1", "999", places=1).map(str),
    st.sampled_from(["two", "seven", "twelve", "a third", "two-thirds", "half", "doubled", "twice"]),
)


@given(NUMBERS, st.integers(0, 2**32))
def test_other_numbers_are_other_and_of_the_same_writing(written: str, seed: int) -> None:
    for other in other_numbers(written, seed):
        assert other != written
        assert other[0].isdigit() is written[0].isdigit()
        assert ("." in other) is ("." in written)
        assert (other.partition(".")[2] == "") is (written.partition(".")[2] == "")
        (old,), (new,) = read_quantities(f"It rose by {written} of it."), read_quantities(f"It rose by {other} of it.")
        assert old.value != new.value


@given(st.text("abc .", max_size=30), st.data())
def test_edits_are_made_where_they_stand(text: str, data: st.DataObject) -> None:
    cuts = sorted(data.draw(st.lists(st.integers(0, len(text)), max_size=6)))
    pairs = list(zip(cuts[::2], cuts[1::2], strict=False))
    edits = tuple(Edit(Span(a, b), data.draw(st.text("xyz", max_size=3))) for a, b in pairs)
    changed = applied(text, edits)
    back, moved = [], 0
    for edit in edits:
        start = edit.span.start + moved
        assert changed[start : start + len(edit.text)] == edit.text
        back.append(Edit(Span(start, start + len(edit.text)), text[edit.span.start : edit.span.end]))
        moved += len(edit.text) - len(edit.span)
    assert applied(changed, tuple(back)) == text


@settings(max_examples=25, deadline=None)
@given(
    value=st.integers(3, 96),
    group=st.sampled_from(["primary schools", "secondary schools"]),
    unit=st.sampled_from(["%", " per cent"]),
)
def test_a_planted_value_is_the_only_change(workshop: Workshop, value: int, group: str, unit: str) -> None:
    quote = f"In {group}, {value}{unit} of 640 pupils came to the breakfast clubs."
    fact = replace(workshop.base.facts[0], id="drawn", quote=quote)
    base = replace(workshop.base, facts=(fact,), fingerprint=quote)
    own = open_workshop(base, Store())
    (page,) = quote_pages(base)
    for site in own.sites(page):
        for variant in own.variants(site, frozenset({"value"})):
            old, new = read_quantities(site.text), read_quantities(after(site, variant))
            apart = [(a, b) for a, b in zip(old, new, strict=True) if a.value != b.value]
            assert len(apart) == 1
            assert apart[0][0].unit == apart[0][1].unit


@pytest.mark.parametrize(
    ("word", "plural", "form"),
    [
        ("reduce", False, "reduces"),
        ("be", True, "are"),
        ("be", False, "is"),
        ("carry", False, "carries"),
        ("have", True, "have"),
    ],
)
def test_forms_of_verbs(word: str, form: str, *, plural: bool) -> None:
    assert present(word, plural=plural) == form


@pytest.mark.parametrize(
    ("text", "old", "new", "result"),
    [
        ("a cohort study", "cohort study", "observational study", "an observational study"),
        ("an app", "app", "book", "a book"),
        ("An app", "app", "book", "A book"),
        ("the app", "app", "MRI", "the MRI"),
        ("a rat", "rat", "user", "a user"),
    ],
)
def test_articles_follow(text: str, old: str, new: str, result: str) -> None:
    start = text.index(old)
    span, replacement = with_article(text, Span(start, start + len(old)), new)
    assert applied(text, (Edit(span, replacement),)) == result


def test_a_struck_word_leaves_no_gap() -> None:
    for text, word, left in (
        ("It possibly helps.", "possibly", "It helps."),
        ("It, perhaps, helps.", "perhaps", "It helps."),
        ("Perhaps it helps.", "Perhaps", "it helps."),
    ):
        start = text.index(word)
        assert applied(text, (Edit(struck(text, Span(start, start + len(word))), ""),)) == left


def test_plurals() -> None:
    assert [word for word in ("pupils", "people", "analysis", "class", "cohort studies", "BMI") if is_plural(word)] == [
        "pupils",
        "people",
        "cohort studies",
    ]


def test_a_malformed_list_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    good = load_lexicon("faults")
    assert isinstance(good, dict)
    for wrong, message in (
        ({**good, "more": []}, "unknown key 'more'"),
        ({**good, "directions": [["up"]]}, r"directions\[0\] must be a pair"),
        ({**good, "movable": [True]}, "movable must be a list of words"),
        ({**good, "causes": ["x"]}, "causes must be a mapping"),
    ):
        monkeypatch.setattr("evidencelint.lexicon.shapes.load_lexicon", lambda _, data=wrong: data)
        fault_words.cache_clear()
        with pytest.raises(ResourceError, match=message):
            fault_words()
    fault_words.cache_clear()


def run(*arguments: str) -> tuple[int, str, str]:
    done = CliRunner().invoke(group, ["mutate", "--isolated", *arguments], standalone_mode=False)
    return (2 if done.exception else done.return_value), done.stdout, str(done.exception or done.stderr)


def test_the_command(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(folder)
    code, shown, _ = run("facts.yaml", "--kinds", "value,unit", "--output-format", "json")
    data = json.loads(shown)
    assert code == 0
    assert set(data) == {
        *("schema_version", "tool", "sentences", "already_flagged", "faults", "rephrasings"),
        *("survivors", "flagged_rephrasings"),
    }
    assert set(data["faults"]["by_kind"]) == {"value", "unit"}
    assert data["rephrasings"] == {"made": 0, "flagged": 0, "share": None, "by_kind": {}}
    assert run("--quotes", "--kinds", "value,unit", "--output-format", "json")[1] == shown
    for survivor in data["survivors"]:
        assert survivor["path"] == "facts.yaml"
        assert survivor["after"] != survivor["before"]
        assert survivor["reading"]
        quoted = (folder / "facts.yaml").read_text(encoding="utf-8").splitlines()[survivor["line"] - 1]
        assert survivor["before"] in quoted


def test_floors(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(folder)
    assert run("facts.yaml", "--kinds", "direction,quantifier", "--fail-under", "1.0")[0] == 0
    code, _, told = run("facts.yaml", "--kinds", "arm", "--fail-under", "0.9")
    assert code == 1
    assert "below the floor of 0.9" in told
    # nothing to catch is no success
    assert run("facts.yaml", "--kinds", "synonym", "--fail-under", "0.5")[0] == 1
    assert run("facts.yaml", "--kinds", "synonym", "--fail-over", "0.0")[0] == 0


def test_mistakes_are_told(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(folder)
    code, _, told = run("facts.yaml", "--kinds", "valu")
    assert code == 2
    assert "'valu' is not one of value, unit" in told
    assert "mutate reads files" in run("-")[2]
    (folder / "empty.md").write_text("Nothing is said here.\n", encoding="utf-8")
    assert "nothing to plant a fault in" in run("empty.md")[2]


def test_drafts_without_labels(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(folder)
    (folder / "free.md").write_text(
        "# Notes\n\nBreakfast clubs raised reading scores by 2.4 points. It rained.\n", encoding="utf-8"
    )
    _, shown, _ = run("free.md", "--kinds", "value", "--output-format", "json")
    data = json.loads(shown)
    assert (data["sentences"], data["faults"]["planted"], data["faults"]["caught"]) == (1, 1, 1)


@pytest.mark.parametrize(("corpus", "floor"), [("school-breakfast", 0.75), ("mdma-bpd", 0.75)])
def test_the_shipped_facts_are_told_from_their_mutants(corpus: str, floor: float) -> None:
    base = FactBase.load(ROOT / "corpus" / corpus / "facts.yaml")
    own = open_workshop(base, Store())
    kinds = frozenset((*FAULTS, *REPHRASINGS))
    planted = [(s, v) for page in quote_pages(base) for s in own.sites(page) for v in own.variants(s, kinds)]
    trials = tuple(own.trials(sampled(planted, 10)))
    outcome = Outcome(trials, len(planted), own.already)
    caught, flagged = outcome.count(FAULTS), outcome.count(REPHRASINGS)
    assert caught.share is not None
    assert caught.share >= floor
    told = [sentences_of(trial)[1] for trial in outcome.flagged()]
    assert flagged.made > 30
    assert len(told) <= flagged.made / 50, told
