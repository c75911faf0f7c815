"""What the command line does where files, streams and options are not as they should be: exit 2, and says why."""

from __future__ import annotations

import os
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
posix = pytest.mark.skipif(os.name != "posix", reason="needs a POSIX shell and devices")


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "facts.yaml").write_text(FACTS, encoding="utf-8")
    (tmp_path / "wrong.md").write_text(WRONG, encoding="utf-8")
    (tmp_path / ".git").mkdir()
    return tmp_path


def run(folder: Path, *arguments: str, redirect: str = "") -> subprocess.CompletedProcess[str]:
    environ = {**os.environ, "PYTHONPATH": str(ROOT), "PYTHONIOENCODING": "utf-8", "GITHUB_ACTIONS": ""}
    command = [sys.executable, "-m", "evidencelint", *arguments]
    if redirect:
        command = ["sh", "-c", f'"$@" {redirect}', "sh", *command]
    done = subprocess.run(
        command, cwd=folder, capture_output=True, check=False, env=environ, encoding="utf-8", timeout=60
    )
    assert "Traceback" not in done.stderr, done.stderr
    assert "Exception ignored" not in done.stderr, done.stderr
    return done


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (["check", "wrong.md", "--output-file", "none/report.txt"], "cannot write the report: No such file"),
        (["check", "wrong.md", "--output-file", "."], "cannot write the report"),
        (["facts", "export", "--facts", "facts.yaml", "--facts", "facts.yaml"], "given 2 times"),
        (["facts", "check", "facts.yaml", "--facts", "facts.yaml"], "name the fact base once"),
        (["check", "wrong.md", "none.md"], "none.md: no such file"),
        (["check", "a" * 5000], "File name too long"),
    ],
)
def test_what_cannot_be_done_is_said(folder: Path, arguments: list[str], message: str) -> None:
    done = run(folder, *arguments)
    assert (done.returncode, done.stdout) == (2, "")
    assert message in done.stderr


@posix
@pytest.mark.parametrize(
    ("arguments", "redirect", "message"),
    [
        (["check", "wrong.md"], ">/dev/full", "No space left"),
        (["explain", "--all"], ">/dev/full", "No space left"),
        (["check", "wrong.md"], ">&-", "standard output is closed"),
        (["check", "-"], "<&-", "standard input is closed"),
        (["check", "/dev/zero", "--facts", "facts.yaml"], "", "is a device, not a file"),
        (["check", "-"], "</dev/zero", "is over 20 MB"),
    ],
)
def test_streams_that_are_full_closed_or_endless(
    folder: Path, arguments: list[str], redirect: str, message: str
) -> None:
    if "/dev/full" in redirect and not Path("/dev/full").exists():
        pytest.skip("this system has no /dev/full")
    done = run(folder, *arguments, redirect=redirect)
    assert done.returncode == 2
    assert message in done.stderr


@posix
def test_a_reader_that_has_seen_enough_is_no_trouble(folder: Path) -> None:
    (folder / "wrong.md").write_text(WRONG * 500, encoding="utf-8")
    assert run(folder, "check", "wrong.md", redirect="| head -n 1").stderr == ""


def test_verbose_says_which_fact_base_was_used(folder: Path) -> None:
    done = run(folder, "check", "wrong.md", "-v", "--output-format", "concise")
    assert done.stderr == "evidencelint: wrong.md: checked against facts.yaml\n"
    assert done.stdout.startswith("wrong.md:1:52: EL101")


def test_the_fact_base_can_command_neither_terminal_nor_runner(folder: Path) -> None:
    evil = '"##[error]\\e[31mx"'
    (folder / "evil.yaml").write_text(FACTS.replace("id: injuries", f"id: injuries\n    at: {evil}"), encoding="utf-8")
    (folder / "bad.yaml").write_text(f"{evil}: 1\n{FACTS}", encoding="utf-8")
    shown = run(folder, "facts", "show", "injuries", "--facts", "evil.yaml").stdout
    told = run(folder, "check", "wrong.md", "--facts", "bad.yaml").stderr
    for text in (shown, told):
        assert "# #[error]" in text
        assert "##[" not in text
        assert "\x1b" not in text


@posix
def test_a_file_name_cannot_be_a_workflow_command(folder: Path) -> None:
    (folder / "::error::x.md").write_text(WRONG, encoding="utf-8")
    lines = run(folder, "check", "::error::x.md", "--output-format", "concise").stdout.splitlines()
    assert [line[:16] for line in lines] == ["./::error::x.md:"]


def test_the_mark_stands_under_the_figure_after_a_line_separator(folder: Path) -> None:
    (folder / "wrong.md").write_text(f"Intro \u2028 here. {WRONG}", encoding="utf-8")
    _, line, marks, *_ = run(folder, "check", "wrong.md").stdout.splitlines()
    assert line[marks.index("^") : marks.rindex("^") + 1] == "84%"
