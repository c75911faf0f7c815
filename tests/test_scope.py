"""What is checked and what of it is reported: sources left out, topics, rules at cross purposes, words misspelt."""

from __future__ import annotations

from pathlib import Path

import pytest
from click.testing import CliRunner

from evidencelint import check_paths
from evidencelint.cli.main import group
from evidencelint.errors import EvidencelintError
from evidencelint.project import Project
from evidencelint.session import Session

FACTS = """\
version: 1
sources: [{key: lee2021, path: review.md}]
vocabulary:
  arm: {club: [breakfast club, breakfast clubs]}
  measure: {absence: [absence, days missed]}
facts:
  - id: absence-cut
    quote: Breakfast clubs cut absence by 21%.
"""
REVIEW = "# Results\n\nBreakfast clubs cut absence by 21%. Of 57 pupils, 10 (50%) came.\n"


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    (tmp_path / ".git").mkdir()
    (tmp_path / "facts.yaml").write_text(FACTS)
    (tmp_path / "review.md").write_text(REVIEW)
    (tmp_path / "draft.md").write_text("Breakfast clubs cut absence by 21%.\n")
    return tmp_path


def run(*arguments: str) -> tuple[int, str, str]:
    result = CliRunner().invoke(group, [*arguments, "--no-cache"], standalone_mode=False)
    if result.exception is not None:
        raise result.exception
    return int(result.return_value or 0), result.stdout, result.stderr


LEFT_OUT = "evidencelint: review.md: left out, because facts.yaml is made from it\n"


@pytest.mark.usefixtures("folder")
def test_the_source_of_a_fact_base_is_no_document() -> None:
    assert run("check", "--show-files") == (0, "draft.md\n", LEFT_OUT)
    code, out, err = run("check", "--output-format", "concise")
    assert (code, out, err) == (0, "", "")
    assert LEFT_OUT in run("check", "-v")[2]
    assert [report.path for report in check_paths(["."])] == ["draft.md"]
    assert not Session(Project.open).concerns(REVIEW, "review.md")


@pytest.mark.usefixtures("folder")
def test_a_source_that_is_named_is_checked_unless_a_hook_names_it() -> None:
    code, out, _ = run("check", "review.md", "--output-format", "concise")
    assert (code, out.split()[1:3]) == (1, ["EL501", "percent-mismatch"])
    assert run("check", "review.md", "draft.md", "--force-exclude", "--show-files")[1] == "draft.md\n"


def test_a_folder_of_sources_alone_is_no_clean_run(folder: Path) -> None:
    (folder / "draft.md").unlink()
    with pytest.raises(EvidencelintError, match=r"no documents but what fact bases are made from \(review.md\)"):
        run("check")


def test_the_sources_of_an_included_file_are_left_out(folder: Path) -> None:
    (folder / "main.yaml").write_text("include: facts.yaml\nfacts: []\n")
    assert run("check", "--facts", "main.yaml", "--show-files")[1] == "draft.md\n"
    # another fact base has nothing to do with it
    (folder / "other.yaml").write_text(FACTS.replace(", path: review.md", ""))
    assert run("check", "--facts", "other.yaml", "--show-files")[1] == "draft.md\nreview.md\n"


def test_a_page_about_something_else_is_not_asked_for_support(folder: Path) -> None:
    text = "The museum opened 14 halls in 1998. Tickets cost £12, and 340,000 people came last year, 8% more.\n"
    (folder / "draft.md").write_text(text)
    assert run("check", "draft.md", "--strict", "--output-format", "concise")[:2] == (0, "")
    (folder / "draft.md").write_text("Breakfast clubs cost €1,340 a pupil.\n")
    assert run("check", "draft.md", "--strict")[0] == 1
    (folder / "evidencelint.yaml").write_text("topic: [museum]\nstrict: true\n")
    assert run("check", "draft.md", "--output-format", "concise")[:2] == (0, "")


def test_strict_notes_statements_that_no_fact_speaks_to(folder: Path) -> None:
    (folder / "draft.md").write_text("Breakfast clubs may improve the mood.\n")
    code, out, _ = run("check", "draft.md", "--strict", "--output-format", "concise")
    assert (code, out) == (0, "draft.md:1:1: EL210 unmatched-statement no fact speaks to this causal claim\n")
    assert run("check", "draft.md", "--output-format", "concise")[:2] == (0, "")


@pytest.mark.usefixtures("folder")
def test_rules_that_are_selected_and_ignored() -> None:
    with pytest.raises(EvidencelintError, match="no rule is left to report"):
        run("check", "draft.md", "--select", "EL101", "--ignore", "value-mismatch")
    code, _, err = run("check", "draft.md", "--select", "EL101,EL102", "--ignore", "EL102")
    assert (code, err) == (0, "evidencelint: warning: EL102 is selected and ignored, and not reported\n")
    assert run("check", "draft.md", "--select", "EL1", "--ignore", "EL102")[2] == ""


@pytest.mark.usefixtures("folder")
@pytest.mark.parametrize(
    ("arguments", "hint"),
    [
        (
            ["explain", "mismatch"],
            "did you mean value-mismatch, unit-mismatch, direction-mismatch or percent-mismatch?",
        ),
        (["explain", "Value_Mismatch"], "did you mean value-mismatch?"),
        (["check", "--select", "EL7"], "the families are EL1, EL2, EL3, EL4, EL5, EL6, EL9"),
        (["check", "--select", "numbers"], "EL1 selects the family numbers"),
        (["check", "drafts.md"], "did you mean draft.md?"),
        (["check", "--facts", "fact.yaml"], "did you mean facts.yaml?"),
        (["check", "--fail-on", "warn"], "did you mean warning?"),
        (["check", "--output-format", "jsn"], "did you mean json?"),
        (["facts", "show", "breakfast"], "look with: evidencelint facts search breakfast"),
        (["facts", "show", "absence-cuts"], "did you mean absence-cut?"),
    ],
)
def test_what_may_be_meant_is_said(arguments: list[str], hint: str) -> None:
    result = CliRunner().invoke(group, arguments, standalone_mode=False)
    assert hint in str(getattr(result.exception, "message", None) or result.exception)
