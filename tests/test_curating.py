"""What a curator leans on: sources by default, what overrides the reading, names that are read elsewhere, lists."""

from __future__ import annotations

from pathlib import Path

import pytest
from click.testing import CliRunner

from evidencelint.claims import ClaimReader
from evidencelint.cli.main import group
from evidencelint.curating.names import audit_names, concepts_in_use
from evidencelint.engine import Linter, describe_facts
from evidencelint.errors import FactBaseError
from evidencelint.factbase.facts import FactBase
from evidencelint.factbase.load import parse_facts
from evidencelint.matching.index import FactIndex
from evidencelint.rules import select
from evidencelint.yamlio import nearest_file

HEAD = "sources: [{key: review}, {key: lee2021}, {key: okafor2019}]\n"
VOCABULARY = """vocabulary:
  population:
    crossings: [crossings]
  arm:
    club: [breakfast clubs]
  measure:
    absence: [absence]
    area: [cross-sectional area]
"""


def base(facts: str, head: str = HEAD, vocabulary: str = VOCABULARY) -> FactBase:
    return parse_facts(f"{head}{vocabulary}facts:\n{facts}", "facts.yaml", None)


def fact(identity: str, quote: str, *more: str) -> str:
    return "".join(f"    {line}\n" for line in (f"id: {identity}", f"quote: {quote}", *more)).replace("    ", "  - ", 1)


def test_defaults_name_the_source_and_who_tells_of_the_others() -> None:
    found = base(
        fact("own", "Absence fell by 3%.")
        + fact("theirs", "Absence fell by 4%.", "source: lee2021")
        + fact("said", "Absence fell by 5%.", "source: [lee2021, review]")
        + fact("elsewhere", "Absence fell by 6%.", "source: lee2021", "reported_in: okafor2019"),
        f"{HEAD}defaults: {{source: review, reported_in: review}}\n",
    )
    told = {each.id: (each.source, each.also, each.reported_in) for each in found.facts}
    assert told == {
        "own": ("review", (), None),
        "theirs": ("lee2021", (), "review"),
        "said": ("lee2021", ("review",), None),
        "elsewhere": ("lee2021", (), "okafor2019"),
    }


@pytest.mark.parametrize(
    ("defaults", "message"),
    [
        ("{source: reviev}", r"facts\.yaml:2:20: defaults\.source: no source reviev; did you mean review\?"),
        ("{reported_in: [review]}", r"facts\.yaml:2:25: defaults\.reported_in: must be text, not a list"),
        ("{sources: review}", r"facts\.yaml:2:12: defaults\.sources: unknown key; did you mean source\?"),
        ("{source: []}", r"defaults\.source: is empty; name a source"),
    ],
)
def test_defaults_are_checked(defaults: str, message: str) -> None:
    with pytest.raises(FactBaseError, match=message):
        base(fact("own", "Absence fell by 3%."), f"{HEAD}defaults: {defaults}\n")


def test_a_work_that_is_no_source_yet_is_told_how_to_add() -> None:
    with pytest.raises(FactBaseError, match=r"no source mbeki2020; if it is a work, add \{key: mbeki2020\} to sources"):
        base(fact("own", "Absence fell by 3%.", "source: [review, mbeki2020]"))


def test_strength_and_direction_are_in_force() -> None:
    quote = "Breakfast clubs reduced absence."
    plain, weak, turned = (
        base(fact("a", quote, "source: review", *more))
        for more in ((), ("strength: correlational",), ("direction: increase",))
    )
    (read,) = (line for _, line in describe_facts(plain))
    assert read == f"clause “{quote}”: causal, decrease; hedges: none"
    (read,) = (line for _, line in describe_facts(weak))
    assert read == f"clause “{quote}”: correlational, decrease (strength as the fact says); hedges: none"
    (read,) = (line for _, line in describe_facts(turned))
    assert read == f"clause “{quote}”: causal, increase (direction as the fact says); hedges: none"
    draft = "Breakfast clubs lowered absence.\n"
    found = [
        [d.name for d in Linter(each, select()).check(draft.encode(), "a.md").diagnostics] for each in (plain, weak)
    ]
    assert found == [[], ["causal-overstatement"]]
    with pytest.raises(FactBaseError, match=r"direction: up is not one of increase, decrease"):
        base(fact("a", quote, "source: review", "direction: up"))


def test_a_strength_without_a_relation_in_the_quote_makes_one() -> None:
    index = FactIndex(
        found := base(fact("a", "Absence fell from 4% to 3% in clubs.", "source: review", "strength: correlational")),
        ClaimReader(found.vocabulary),
    )
    assert [(s.claim.relation.strength, s.claim.relation.direction) for s in index.statements if s.claim.relation] == [
        ("correlational", "decrease")
    ]


def problems(found: FactBase) -> list[tuple[str, int, str]]:
    return [(each.name, each.position.line, each.message) for each in audit_names(found)]


def test_names_within_other_words_are_told_with_their_place() -> None:
    quote = "In a cross-sectional survey, absence was 3%."
    message = (
        "population crossings is read in “cross-sectional survey” (survey, line 12); if it is not meant there, give it "
        "longer names; its id is one, too"
    )
    assert problems(base(fact("survey", quote, "source: review"))) == [
        ("name-within-name", 4, message),
    ]


def test_a_built_in_name_within_an_own_one_is_told_at_the_fact() -> None:
    vocabulary = "vocabulary:\n  measure:\n    capacity: [survey capacity]\n"
    found = base(fact("x", "The survey capacity fell by 3%.", "source: review"), vocabulary=vocabulary)
    assert [(name, line) for name, line, _ in problems(found)] == [("name-within-name", 7)]


@pytest.mark.parametrize(
    ("vocabulary", "quote"),
    [
        ("  arm: {mdma: [MDMA]}\n  measure: {session: [assisted session]}", "MDMA-assisted sessions fell by 3%."),
        ("  measure: {takings: [weekly takings]}", "Weekly takings fell by 3%."),
        ("  measure: {absence: [absence]}\n  arm: {club: [breakfast clubs]}", "Absence fell by 3% in breakfast clubs."),
        ("  measure: {area: [cross-sectional area]}", "The cross-sectional area fell by 3%."),
    ],
)
def test_names_that_are_meant_are_not_told(vocabulary: str, quote: str) -> None:
    assert problems(base(fact("x", quote, "source: review"), vocabulary=f"vocabulary:\n{vocabulary}\n")) == []


def test_own_concepts_that_are_built_in_are_told() -> None:
    vocabulary = "vocabulary:\n  population:\n    women: [mothers]\n    ladies: [female]\n    others: [neighbours]\n"
    found = problems(base(fact("x", "Absence fell by 3%.", "source: review"), vocabulary=vocabulary))
    assert [(name, line, message.split(" is ")[0]) for name, line, message in found] == [
        ("built-in-concept", 4, "population women"),
        ("built-in-concept", 5, "population ladies: “female”"),
    ]


def test_concepts_in_use_are_counted_with_what_the_curator_added() -> None:
    found = base(
        fact("a", "Among women, absence fell by 3%.", "source: review", "slots: {comparator: control}")
        + fact("b", "Absence fell by 4%.", "source: review", 'figures: {"4%": {arm: club}}')
    )
    used = concepts_in_use(found)
    assert {key: used[key] for key in used if key[0] in {"measure", "arm", "population"}} == {
        ("measure", "absence"): 2,
        ("population", "women"): 1,
        ("arm", "control"): 1,
        ("arm", "club"): 1,
    }


@pytest.fixture
def _folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    text = "Pupils in breakfast clubs missed 3.1 days of school. "
    for name, figure in (("a", "3.1"), ("b", "4.1")):
        (tmp_path / f"{name}.md").write_text(text.replace("3.1", figure))
        (tmp_path / f"{name}.yaml").write_text(
            f"sources: [{{key: {name}, path: {name}.md}}]\n{VOCABULARY}facts:\n"
            + fact(f"missed-{name}", text.replace("3.1", figure).strip())
        )


def invoke(*arguments: str) -> tuple[int, str, str]:
    result = CliRunner().invoke(group, arguments, standalone_mode=False)
    code = result.return_value if isinstance(result.return_value, int) else 0
    return code, result.stdout, result.stderr


@pytest.mark.usefixtures("_folder")
def test_contradictions_between_fact_bases_are_told() -> None:
    told = (
        "b.yaml:11:5: warning EL605 contradicting-facts: missed-b: says 4.1 days where missed-a in a.yaml, line 11 "
        "says 3.1 days of the same; add what tells them apart to slots, or drop one"
    )
    for arguments in (("a.yaml", "b.yaml"), ("--facts", "a.yaml", "--facts", "b.yaml")):
        _, out, _ = invoke("facts", "check", *arguments)
        assert [line for line in out.splitlines() if "EL605" in line] == [told]
    assert "EL605" not in invoke("facts", "check", "a.yaml")[1]


@pytest.mark.usefixtures("_folder")
def test_list_takes_the_file_and_prints_the_concepts() -> None:
    assert invoke("facts", "list", "a.yaml")[1] == "missed-a: Pupils in breakfast clubs missed 3.1 days of school.\n"
    lines = invoke("facts", "list", "a.yaml", "--concepts")[1].splitlines()
    assert lines[:2] == ["population crossings [0 facts]: crossings", "arm club [1 fact]: breakfast clubs, club"]
    assert any(line.startswith("arm control [built in, 0 facts]: placebo, ") for line in lines)


@pytest.mark.usefixtures("_folder")
def test_a_search_without_a_hit_says_so() -> None:
    code, out, err = invoke("facts", "search", "unicorns", "--facts", "a.yaml")
    assert (code, out) == (1, "")
    assert err == "no fact has unicorns; try other words, a figure, or: evidencelint facts list\n"


def test_one_finding_for_what_is_said_to_be_significant_and_was_not() -> None:
    found = base(
        fact("late", "At 24 months, the difference in absence was not statistically significant.", "source: lee2021")
    )
    draft = "At 24 months, the difference in absence was statistically significant.\n"
    report = Linter(found, select()).check(draft.encode(), "a.md")
    assert [d.name for d in report.diagnostics] == ["contradicted-statement"]


def test_a_file_that_is_not_there_is_taken_for_no_other(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    for name in ("facts.yaml", "notes.yaml", "draft-one.md"):
        Path(name).write_text("", encoding="utf-8")
    asked = ("fact.yaml", "facts.yml", "draft-on.md", "index.yaml", "paper.yaml", "other-draft.md")
    assert [nearest_file(Path(name)) for name in asked] == [
        "; did you mean facts.yaml?",
        "; did you mean facts.yaml?",
        "; did you mean draft-one.md?",
        "",
        "",
        "",
    ]
