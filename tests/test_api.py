"""The Python interface does what the command line does."""

from __future__ import annotations

import doctest
import subprocess
import sys
from pathlib import Path

import pytest

import evidencelint
from evidencelint import EvidencelintError, FactBase, api, check_paths, check_text
from tests.helmets import FACTS, WRONG


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    (tmp_path / ".git").mkdir()
    (tmp_path / "facts.yaml").write_text(FACTS, encoding="utf-8")
    (tmp_path / "a.md").write_text(WRONG, encoding="utf-8")
    (tmp_path / "b.md").write_bytes(b"\xff")
    return tmp_path


def test_a_text_against_a_fact_base_loaded_named_or_found(folder: Path) -> None:
    base = FactBase.load("facts.yaml")
    for facts in (base, "facts.yaml", folder / "facts.yaml", None):
        report = check_text(WRONG, facts=facts)
        (found,) = report.diagnostics
        assert (found.name, found.text, found.expected, found.path) == ("value-mismatch", "84%", "48%", "text.md")
        assert [claim.verdict for claim in report.claims] == ["mismatched"]
    assert check_text(WRONG, facts=base, ignore=["EL1"]).diagnostics == ()
    assert check_text(WRONG, facts=base, select=["EL2"]).diagnostics == ()
    assert check_text(WRONG.encode(), facts=base, path="x/y.md").diagnostics[0].path == "x/y.md"


def test_files_and_folders(folder: Path) -> None:
    reports = list(check_paths([folder]))
    assert [(Path(report.path).name, report.checked) for report in reports] == [("a.md", True), ("b.md", False)]
    assert reports[1].error is not None
    assert [report.path for report in check_paths(["a.md"])] == ["a.md"]
    with pytest.raises(EvidencelintError, match="no such file"):
        check_paths(["none.md"])


def test_directives_and_settings_count(folder: Path) -> None:
    text = f"{WRONG[:-1]} <!-- evidencelint-disable-line value-mismatch reason='r' -->\n"
    report = check_text(text)
    assert report.diagnostics == ()
    assert [(each.by, each.reason) for each in report.suppressed] == [("document", "r")]
    (folder / "evidencelint.yaml").write_text("severities: {EL101: info}\n", encoding="utf-8")
    assert check_text(WRONG).diagnostics[0].severity == "info"
    assert check_text(WRONG, isolated=True).diagnostics[0].severity == "error"
    assert check_text(WRONG, config=folder / "evidencelint.yaml", path="/x.md", facts="facts.yaml").diagnostics


@pytest.mark.usefixtures("folder")
def test_what_cannot_be_done_is_raised() -> None:
    with pytest.raises(EvidencelintError, match="no rule EL999"):
        check_text("x", select=["EL999"])
    with pytest.raises(EvidencelintError, match="no such fact base"):
        check_text("x", facts="none.yaml")
    with pytest.raises(EvidencelintError, match="no such configuration"):
        check_text("x", config="none.yaml")
    assert check_text(b"\xff", facts="facts.yaml").checked is False
    with pytest.raises(AttributeError, match="no attribute 'nothing'"):
        evidencelint.nothing  # noqa: B018


@pytest.mark.usefixtures("folder")
def test_the_example_of_the_documentation() -> None:
    assert doctest.testmod(api).failed == 0


def test_the_names_are_all_there_and_cost_nothing_until_used() -> None:
    assert dir(evidencelint) == evidencelint.__all__ == sorted(evidencelint.__all__)
    assert all(getattr(evidencelint, name) is not None for name in evidencelint.__all__)
    assert not hasattr(evidencelint, "Linter")
    script = "import evidencelint, sys; sys.exit('evidencelint.engine' in sys.modules or 'yaml' in sys.modules)"
    subprocess.run([sys.executable, "-c", script], check=True)
