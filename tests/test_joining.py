"""Several fact bases at once: joined vocabularies, facts told apart, what a document is checked against."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from click.testing import CliRunner

from evidencelint import FactBase, check_text
from evidencelint.cli.main import group
from evidencelint.configuration.settings import Overrides
from evidencelint.errors import FactBaseError
from evidencelint.factbase.joining import join, kept_apart
from evidencelint.project import Project
from evidencelint.session import Session

CLUBS = """\
version: 1
title: Clubs
sources: [{key: lee2021}]
vocabulary:
  arm:
    intervention: [breakfast club, breakfast clubs]
  measure:
    absence: [days of school missed, days missed]
    reading: [reading score, reading scores]
contrasts: [[absence, reading]]
facts:
  - id: days-missed
    quote: Pupils in the breakfast clubs missed 3.1 days of school in the first year.
    slots: {measure: absence}
  - id: same-effect
    quote: Breakfast clubs cut days of school missed by 21%.
"""
APPS = """\
version: 1
title: Apps
sources: [{key: okafor2019}]
vocabulary:
  arm:
    intervention: [reading app, reading apps]
  measure:
    reading: [reading score, score in reading]
facts:
  - id: days-missed
    quote: Pupils in breakfast clubs missed 3.4 days of school in the first year.
  - id: agreeing-effect
    quote: Breakfast clubs cut days of school missed by 21%.
  - id: app
    quote: Reading apps raised reading scores by 4.5 points.
"""
DRAFT = """\
Pupils in the breakfast clubs missed 3.1 days of school in the first year.

Pupils in the breakfast clubs missed 3.4 days of school in the first year.

Reading apps raised reading scores by 4.5 points.
"""


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    (tmp_path / ".git").mkdir()
    for name, text in (("clubs/facts.yaml", CLUBS), ("apps/facts.yaml", APPS), ("draft.md", DRAFT)):
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).write_text(text)
    return tmp_path


def bases(folder: Path) -> list[FactBase]:
    return [FactBase.load(folder / "clubs/facts.yaml"), FactBase.load(folder / "apps/facts.yaml")]


def run(*arguments: str) -> tuple[int, str, str]:
    result = CliRunner().invoke(group, arguments, standalone_mode=False)
    if result.exception is not None:
        raise result.exception
    return int(result.return_value or 0), result.stdout, result.stderr


def both() -> list[str]:
    return ["--facts", "clubs/facts.yaml", "--facts", "apps/facts.yaml"]


def test_ids_that_two_bases_have_are_told_apart_by_the_names_of_their_files(folder: Path) -> None:
    joined = join(bases(folder))
    assert [fact.id for fact in joined.facts] == [
        *("clubs:days-missed", "same-effect", "apps:days-missed", "agreeing-effect", "app"),
    ]
    assert [fact.source for fact in joined.facts] == ["lee2021", "lee2021", "okafor2019", "okafor2019", "okafor2019"]
    assert joined.title == "Clubs; Apps"
    assert join(bases(folder)[:1]) == bases(folder)[0]


def test_concepts_of_one_id_are_one_only_with_a_name_in_common(folder: Path) -> None:
    joined = join(bases(folder))
    arms = {key[1]: concept.names for key, concept in joined.vocabulary.concepts.items() if "intervention" in key[1]}
    assert arms == {
        "intervention": ("breakfast club", "breakfast clubs", "intervention"),
        "apps:intervention": ("reading app", "reading apps", "intervention"),
    }
    reading = joined.vocabulary.concepts["measure", "reading"]
    assert reading.names == ("reading score", "reading scores", "reading", "score in reading")
    assert frozenset({"absence", "reading"}) in joined.vocabulary.contrasts
    assert list(kept_apart(joined)) == [
        "arm intervention of apps goes by apps:intervention: it has no name in common with the one before it"
    ]


def test_slots_and_successors_follow_their_base(folder: Path) -> None:
    apps = APPS.replace("id: app\n", "id: app\n    slots: {arm: intervention}\n    superseded_by: days-missed\n")
    (folder / "apps/facts.yaml").write_text(apps)
    fact = join(bases(folder)).facts[-1]
    assert fact.slots == {"arm": frozenset({"apps:intervention"})}
    assert fact.superseded_by == "apps:days-missed"


def test_a_file_that_two_bases_include_is_told_once(folder: Path) -> None:
    (folder / "shared.yaml").write_text("facts:\n  - {id: shared, quote: Tea has 5 parts., source: lee2021}\n")
    for name, text in (("one.yaml", CLUBS), ("two.yaml", APPS)):
        more = text.replace("version: 1\n", "version: 1\ninclude: shared.yaml\n")
        (folder / name).write_text(more.replace("okafor2019", "lee2021"))
    joined = join([FactBase.load("one.yaml"), FactBase.load("two.yaml")])
    assert [fact.id for fact in joined.facts].count("shared") == 1


def test_concepts_in_a_circle_are_refused(folder: Path) -> None:
    for name, is_a in (("clubs", "child: {names: [pupil], is_a: person}\n    person: [human]"),
                       ("apps", "person: {names: [human], is_a: child}\n    child: [pupil]")):  # fmt: skip
        text = f"sources: [{{key: k}}]\nvocabulary:\n  population:\n    {is_a}\nfacts: []\n"
        (folder / name / "facts.yaml").write_text(text)
    with pytest.raises(FactBaseError, match="a concept is a kind of itself"):
        join(bases(folder))


@pytest.mark.usefixtures("folder")
def test_a_claim_that_either_base_supports_is_supported() -> None:
    code, out, _ = run("check", "draft.md", *both(), "--output-format", "json")
    report = json.loads(out)
    assert (code, report["diagnostics"], report["summary"]["supported"]) == (0, [], 3)
    assert [base["path"] for base in report["fact_bases"]] == ["apps/facts.yaml", "clubs/facts.yaml"]


def test_a_claim_that_departs_from_both_names_both(folder: Path) -> None:
    (folder / "draft.md").write_text("Pupils in the breakfast clubs missed 5.2 days of school in the first year.\n")
    code, out, _ = run("check", "draft.md", *both(), "--output-format", "json")
    (found,) = json.loads(out)["diagnostics"]
    assert code == 1
    told = {fact["id"]: (fact["source"], fact["path"]) for fact in found["facts"]}
    assert told == {
        "clubs:days-missed": ("lee2021", "clubs/facts.yaml"),
        "apps:days-missed": ("okafor2019", "apps/facts.yaml"),
    }
    assert "3.1 days" in found["message"]
    assert "3.4 days" in found["message"]
    assert found["fix"] is None


def test_where_both_agree_the_fix_is_sure(folder: Path) -> None:
    (folder / "draft.md").write_text("Breakfast clubs cut days of school missed by 25%.\n")
    found = json.loads(run("check", "draft.md", *both(), "--output-format", "json")[1])["diagnostics"][0]
    assert {fact["id"] for fact in found["facts"]} == {"same-effect", "agreeing-effect"}
    assert found["fix"]["replacement"] == "21%"


@pytest.mark.parametrize(
    "settings",
    [
        "facts: [clubs/facts.yaml, apps/facts.yaml]\n",
        "facts: clubs/facts.yaml\nper-path-facts: {'*.md': [clubs/facts.yaml, apps/facts.yaml]}\n",
    ],
)
def test_settings_name_several(folder: Path, settings: str) -> None:
    (folder / "evidencelint.yaml").write_text(settings)
    assert Project.open().facts(Path("draft.md")) == (Path("clubs/facts.yaml"), Path("apps/facts.yaml"))
    assert json.loads(run("check", "draft.md", "--output-format", "json")[1])["summary"]["supported"] == 3
    with pytest.raises(FactBaseError, match="2 fact bases are configured here"):
        run("facts", "export")


def test_front_matter_names_several(folder: Path) -> None:
    head = "---\nevidencelint: {facts: [clubs/facts.yaml, apps/facts.yaml]}\n---\n"
    (folder / "draft.md").write_text(head + DRAFT)
    code, out, err = run("check", "draft.md", "-v", "--output-format", "json")
    assert (code, json.loads(out)["summary"]["supported"]) == (0, 3)
    assert "checked against clubs/facts.yaml, apps/facts.yaml" in err


def test_cache_processes_session_and_interface_give_the_same(folder: Path) -> None:
    (folder / "other.md").write_text(DRAFT.replace("3.1", "5.2"))
    arguments = ["check", "draft.md", "other.md", *both(), "--output-format", "json"]
    fresh = run(*arguments, "--no-cache")
    for more in (["--cache-dir", "kept"], ["--cache-dir", "kept"], ["--no-cache", "--jobs", "2"]):
        assert run(*arguments, *more) == fresh
    apps = (folder / "apps/facts.yaml").read_text()
    (folder / "apps/facts.yaml").write_text(apps.replace("3.4", "5.2"))
    changed = json.loads(run(*arguments, "--cache-dir", "kept")[1])
    assert {found["text"] for found in changed["diagnostics"]} == {"3.4 days"}
    (folder / "apps/facts.yaml").write_text(apps)
    names = ("clubs/facts.yaml", "apps/facts.yaml")
    expected = [found["message"] for found in json.loads(fresh[1])["diagnostics"]]
    told = check_text((folder / "other.md").read_text(), facts=names, path="other.md")
    assert [found.message for found in told.diagnostics] == expected
    loaded = check_text((folder / "other.md").read_text(), facts=bases(folder), path="other.md")
    assert [found.message for found in loaded.diagnostics] == expected
    session = Session(lambda: Project.open(Overrides(facts=tuple(map(Path, names)))))
    checked = session.check((folder / "other.md").read_text(), "other.md")
    assert [found.message for found in checked.report.diagnostics] == expected
    assert set(checked.facts) == {fact.id for fact in checked.base.facts}
    assert session.is_fact_base(Path("apps/facts.yaml"))
    assert session.depends_on(Path("clubs/facts.yaml"))


@pytest.mark.usefixtures("folder")
def test_commands_on_fact_bases_take_several() -> None:
    assert [line.partition(": ")[0] for line in run("facts", "list", *both())[1].splitlines()] == [
        *("clubs:days-missed", "same-effect", "apps:days-missed", "agreeing-effect", "app"),
    ]
    code, out, _ = run("facts", "check", *both())
    assert (code, out.splitlines()[-1].partition(":")[0]) == (0, "note")
    whole = json.loads(run("facts", "check", *both(), "--output-format", "json")[1])
    assert [base["path"] for base in whole["fact_bases"]] == ["clubs/facts.yaml", "apps/facts.yaml"]
