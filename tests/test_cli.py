"""Exit codes, streams and messages of the command line."""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[1]
FACTS = """\
sources: [{key: lee2021}]
vocabulary:
  arm: {helmets: [bicycle helmets, helmets]}
  measure: {injury: [head injury, head injuries]}
facts:
  - id: injuries
    quote: Bicycle helmets lowered the risk of head injury by 48%.
"""
WRONG = "Bicycle helmets lowered the risk of head injury by 84%.\n"
RIGHT = "With bicycle helmets, the risk of head injury fell by 48%.\n"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "facts.yaml").write_text(FACTS, encoding="utf-8")
    (tmp_path / "wrong.md").write_text(WRONG, encoding="utf-8")
    (tmp_path / "right.md").write_text(RIGHT, encoding="utf-8")
    (tmp_path / ".git").mkdir()
    return tmp_path


def run(folder: Path, *arguments: str, stdin: bytes = b"", **environment: str) -> subprocess.CompletedProcess[bytes]:
    environ = {**os.environ, "PYTHONPATH": str(ROOT), "PYTHONIOENCODING": "utf-8", "GITHUB_ACTIONS": "", **environment}
    command = [sys.executable, "-m", "evidencelint", *arguments]
    done = subprocess.run(command, cwd=folder, input=stdin, capture_output=True, check=False, env=environ)
    assert b"Traceback" not in done.stderr, done.stderr.decode()
    return done


@pytest.mark.parametrize(
    ("arguments", "code"),
    [
        (["check", "right.md"], 0),
        (["check", "wrong.md"], 1),
        (["check"], 1),
        (["check", "wrong.md", "--exit-zero"], 0),
        (["check", "wrong.md", "--fail-on", "never"], 0),
        (["check", "wrong.md", "--ignore", "EL1"], 0),
        (["check", "wrong.md", "--select", "value-mismatch"], 1),
        (["check", "nothing.md"], 2),
        (["check", "--bogus"], 2),
        (["check", "right.md", "--select", "EL999"], 2),
        (["check", "right.md", "--facts", "none.yaml"], 2),
        (["claims", "right.md"], 0),
        (["facts", "check"], 0),
        (["facts", "list"], 0),
        (["facts", "show", "injuries"], 0),
        (["facts", "show", "injury"], 2),
        (["explain", "value-mismatch"], 0),
        (["explain", "--all", "--output-format", "json"], 0),
        (["explain", "nothing-like-it"], 2),
        (["eval", "."], 2),
    ],
)
def test_exit_codes(folder: Path, arguments: list[str], code: int) -> None:
    done = run(folder, *arguments)
    assert done.returncode == code, done.stderr.decode()
    if code == 2:
        assert done.stdout == b""
        assert done.stderr


def test_the_report_is_on_stdout_and_nothing_else(folder: Path) -> None:
    done = run(folder, "check", "wrong.md", "--output-format", "concise")
    assert done.stdout.decode() == "wrong.md:1:52: EL101 value-mismatch says 84%, fact `injuries` has 48%\n"
    assert done.stderr == b""


def test_json_is_whole_and_has_the_contract_s_keys(folder: Path) -> None:
    report = json.loads(run(folder, "check", "wrong.md", "--output-format", "json").stdout)
    assert list(report) == ["schema_version", "tool", "files", "diagnostics", "summary", "fact_bases", "suppressed"]
    (base,) = report["fact_bases"]
    assert base["path"] == "facts.yaml"
    assert re.fullmatch(r"[0-9a-f]{16}", base["fingerprint"])
    (found,) = report["diagnostics"]
    assert (found["text"], found["expected"], found["fix"]["replacement"]) == ("84%", "48%", "48%")
    assert WRONG[found["offset"] : found["end_offset"]] == "84%"
    (file,) = report["files"]
    assert (file["path"], file["claims"], file["checked"]) == ("wrong.md", 1, True)
    assert file["numbers"] == report["summary"]["numbers"]
    empty = json.loads(run(folder, "check", "right.md", "--output-format", "json").stdout)
    assert empty["diagnostics"] == []


def test_claims_as_json(folder: Path) -> None:
    text = b"With helmets, head injuries may fall by about 48%. The shop is in Hill Street.\n"
    done = run(folder, "claims", "-", "--all", "--output-format", "json", stdin=text)
    first, second = json.loads(done.stdout)["claims"]
    assert set(first) == {
        "path", "line", "column", "end_line", "end_column", "offset", "end_offset", "text", "kind", "verdict",
        "confidence", "facts", "quantities", "relation", "certainty", "slots", "grounds",
    }  # fmt: skip
    assert first["quantities"][0]["value"] == "48"
    assert first["quantities"][0]["bound"] == "approximate"
    assert first["certainty"]["hedges"] == ["may"]
    assert second["kind"] == "none"


def test_an_unreadable_document_fails_the_run_but_not_the_others(folder: Path) -> None:
    (folder / "latin.md").write_bytes(b"caf\xe9 48%")
    done = run(folder, "check", "latin.md", "wrong.md", "--output-format", "json")
    assert done.returncode == 2
    report = json.loads(done.stdout)
    assert [file["checked"] for file in report["files"]] == [False, True]
    assert len(report["diagnostics"]) == 1
    assert b"latin.md:1:4" in done.stderr


def test_a_quote_that_is_not_in_its_source_stops_the_run(folder: Path) -> None:
    (folder / "source.md").write_text("Helmets are worn.\n", encoding="utf-8")
    (folder / "facts.yaml").write_text(FACTS.replace("key: lee2021", "key: lee2021, path: source.md"), encoding="utf-8")
    done = run(folder, "check", "right.md")
    assert done.returncode == 2
    assert b"facts.yaml:7" in done.stderr
    assert b"EL601" in done.stderr


def test_an_empty_file_is_fine_and_a_folder_without_markdown_is_not(folder: Path) -> None:
    (folder / "empty.md").write_bytes(b"")
    (folder / "bare").mkdir()
    assert run(folder, "check", "empty.md").returncode == 0
    assert run(folder, "check", "bare").returncode == 2


def test_standard_input_goes_by_its_name(folder: Path) -> None:
    done = run(folder, "check", "-", "--stdin-filename", "docs.md", "--output-format", "concise", stdin=WRONG.encode())
    assert done.stdout.startswith(b"docs.md:1:52:")


def test_colour_is_for_those_who_want_it(folder: Path) -> None:
    assert b"\x1b[" not in run(folder, "check", "wrong.md").stdout
    assert b"\x1b[" in run(folder, "check", "wrong.md", FORCE_COLOR="1", NO_COLOR="").stdout
    assert b"\x1b[" not in run(folder, "check", "wrong.md", FORCE_COLOR="1", NO_COLOR="1").stdout
    assert b"\x1b[" in run(folder, "check", "wrong.md", "--color", "always", NO_COLOR="1").stdout


def test_document_text_cannot_command_the_terminal_or_the_runner(folder: Path) -> None:
    (folder / "evil.md").write_text(
        "##[error] \x1b[31mHelmets cut head injury by 84%.\n\n::error::x\n", encoding="utf-8"
    )
    out = run(folder, "check", "evil.md").stdout
    assert b"##[" not in out
    assert b"\x1b" not in out
    assert not any(line.lstrip().startswith(b"::") for line in out.splitlines())


def test_output_file(folder: Path) -> None:
    done = run(folder, "check", "wrong.md", "--output-file", "report.txt")
    assert (done.returncode, done.stdout) == (1, b"")
    assert "value-mismatch" in (folder / "report.txt").read_text(encoding="utf-8")


def test_eval_prints_figures_and_holds_the_floor(folder: Path) -> None:
    gold = (
        "draft: wrong.md\nclaims:\n"
        f'  - {{text: "{WRONG.strip()}", verdict: mismatched, kind: numeric, anchor: "84%", '
        "accept: [], difficulty: easy, why: x}\n"
    )
    (folder / "wrong.gold.yaml").write_text(gold, encoding="utf-8")
    report = json.loads(run(folder, "eval", ".", "--output-format", "json").stdout)
    assert (report["precision"], report["recall"], report["found"]) == (1.0, 1.0, 1)
    assert run(folder, "eval", ".", "--floor-recall", "1").returncode == 0
    (folder / "wrong.gold.yaml").write_text(gold.replace("mismatched", "overstated"), encoding="utf-8")
    assert run(folder, "eval", ".", "--floor-recall", "1").returncode == 1
