"""What `check` does in a repository: settings, baseline, changed lines, fixes, streams."""

from __future__ import annotations

import io
import json
import os
import re
import shutil
import subprocess
import sys
from collections.abc import Mapping
from contextlib import closing, redirect_stderr, redirect_stdout
from pathlib import Path
from typing import NamedTuple
from unittest.mock import patch

import pytest

from evidencelint.cli import main, progress

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
needs_git = pytest.mark.skipif(shutil.which("git") is None, reason="needs git")


class Done(NamedTuple):
    returncode: str | int | None
    stdout: str
    stderr: str


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    write(tmp_path, {"facts.yaml": FACTS, "wrong.md": WRONG, "right.md": RIGHT})
    (tmp_path / ".git").mkdir()
    return tmp_path


def write(folder: Path, files: dict[str, str]) -> None:
    for name, text in files.items():
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_bytes(text.encode())


def run(
    folder: Path, *arguments: str, stdin: str = "", code: int | None = None, env: Mapping[str, str] | None = None
) -> Done:
    """Run the command line in this process, where the language model is loaded already."""
    out, err = (io.TextIOWrapper(io.BytesIO(), encoding="utf-8", newline="") for _ in range(2))
    given = io.TextIOWrapper(io.BytesIO(stdin.encode()), encoding="utf-8", newline="")
    before = Path.cwd()
    os.chdir(folder)
    try:
        with (
            patch.dict(os.environ, {"GITHUB_ACTIONS": "", **(env or {})}),
            patch.object(sys, "stdin", given),
            redirect_stdout(out),
            redirect_stderr(err),
            pytest.raises(SystemExit) as ended,
        ):
            main(arguments)
    finally:
        os.chdir(before)
    texts = []
    for stream in (out, err):
        stream.flush()
        texts.append(stream.buffer.getvalue().decode())
    done = Done(ended.value.code, *texts)
    assert code is None or done.returncode == code, done
    return done


def places(done: Done) -> list[str]:
    return [line.rpartition(": ")[0].split(":")[0] + ":" + line.split(":")[1] for line in done.stdout.splitlines()]


def test_settings_decide_what_is_checked_and_what_fails(folder: Path) -> None:
    write(folder, {"evidencelint.yaml": "paths: [docs]\nper-file-ignores: {old/: EL1}\nseverities: {EL101: warning}\n"})
    write(folder, {"docs/a.md": WRONG, "docs/old/b.md": WRONG})
    done = run(folder, "check", "--output-format", "concise", code=1)
    assert places(done) == ["docs/a.md:1"]
    run(folder, "check", "--fail-on", "error", code=0)
    run(folder, "check", "--isolated", "docs/old/b.md", code=1)
    # each document has its own settings, and its own threshold
    write(folder, {"docs/new/evidencelint.yaml": "fail-on: never\n", "docs/new/c.md": WRONG})
    run(folder, "check", "docs/new/c.md", code=0)
    done = run(folder, "check", "docs", "--show-files", code=0)
    assert done.stdout == "docs/a.md\ndocs/new/c.md\ndocs/old/b.md\n"
    done = run(folder, "check", "--config", "evidencelint.yaml", "docs/new/c.md", "-v", code=1)
    assert done.stderr == (
        "evidencelint: docs/new/c.md: checked against facts.yaml, by the settings of evidencelint.yaml\n"
    )


def test_what_is_piped_in_is_left_out_by_its_name(folder: Path) -> None:
    write(folder, {"evidencelint.yaml": "exclude: [drafts/]\n"})
    run(folder, "check", "-", "--stdin-filename", "drafts/a.md", stdin=WRONG, code=1)
    done = run(folder, "check", "-", "--stdin-filename", "drafts/a.md", "--force-exclude", stdin=WRONG, code=0)
    assert done.stdout == "0 claims in 0 files: 0 supported, 0 errors, 0 warnings, 0 notes\n0 figures\n"
    run(folder, "check", "-", "--stdin-filename", "new/a.md", "--force-exclude", stdin=WRONG, code=1)
    write(folder, {"drafts/evidencelint.yaml": "output-format: concise\n"})
    done = run(folder, "check", "-", "--stdin-filename", "drafts/a.md", stdin=WRONG, code=1)
    assert places(done) == ["drafts/a.md:1"]


def test_a_wrong_setting_ends_the_run(folder: Path) -> None:
    write(folder, {"evidencelint.yaml": "fail_on: error\n"})
    done = run(folder, "check", "wrong.md", code=2)
    assert done.stdout == ""
    assert done.stderr == "evidencelint: error: evidencelint.yaml:1:1: fail_on: unknown key; did you mean fail-on?\n"
    run(folder, "check", "wrong.md", "--config", "none.yaml", code=2)
    run(folder, "check", "wrong.md", "--config", "evidencelint.yaml", "--isolated", code=2)
    run(folder, "check", "wrong.md", "--isolated", "--per-file-ignores", "nonsense", code=2)
    run(folder, "check", "wrong.md", "--isolated", "--per-file-ignores", "wrong*:EL1", code=0)
    done = run(folder, "check", "wrong.md", "--isolated", "--exclude", "[z-a]", code=2)
    assert "'[z-a]' is no pattern" in done.stderr


def test_a_page_about_something_else_is_not_asked_for_support(folder: Path) -> None:
    write(folder, {"a.md": "Bicycle\nhelmets saved the towns €120 per rider.\n"})
    for topic, asked in (("", True), ("[cycling, bicycle helmet]", True), ("[school breakfast, helmetry]", False)):
        write(folder, {"evidencelint.yaml": f"topic: {topic or '[]'}\n"})
        assert ("unsupported-figure" in run(folder, "check", "a.md").stdout) is asked


def test_the_project_says_which_claims_need_a_citation(folder: Path) -> None:
    assert "uncited-claim" not in run(folder, "check", "right.md").stdout
    write(folder, {"evidencelint.yaml": "citations: every-claim\n"})
    assert "uncited-claim" in run(folder, "check", "right.md").stdout
    write(folder, {"own.md": f"---\nevidencelint: {{citations: never}}\n---\n\n{RIGHT}"})
    assert "uncited-claim" not in run(folder, "check", "own.md").stdout
    write(folder, {"evidencelint.yaml": "citations: always\n"})
    assert "'always' is not one of never" in run(folder, "check", "right.md", code=2).stderr


def test_fact_bases_by_path_front_matter_and_command_line(folder: Path) -> None:
    other = FACTS.replace("48%", "84%")
    write(
        folder,
        {
            "other.yaml": other,
            "policy/a.md": WRONG,
            "b.md": f"---\nevidencelint: {{facts: other.yaml}}\n---\n\n{WRONG}",
        },
    )
    write(folder, {"evidencelint.yaml": "facts: facts.yaml\nper-path-facts: {policy/: other.yaml}\n"})
    run(folder, "check", "wrong.md", code=1)
    run(folder, "check", "policy", "b.md", code=0)
    run(folder, "check", "policy", "b.md", "--facts", "facts.yaml", code=1)
    report = json.loads(run(folder, "check", "wrong.md", "policy", "--output-format", "json").stdout)
    assert [base["path"] for base in report["fact_bases"]] == ["facts.yaml", "other.yaml"]
    write(folder, {"b.md": "---\nevidencelint: {facts: ../../etc/facts.yaml}\n---\n"})
    assert "lies outside of" in run(folder, "check", "b.md", code=2).stderr
    write(folder, {"b.md": "---\nevidencelint: {facts: none.yaml}\n---\n"})
    assert "none.yaml: no such file" in run(folder, "check", "b.md", "wrong.md", code=2).stderr


def test_commands_on_the_fact_base_use_the_configured_one(folder: Path) -> None:
    (folder / "facts.yaml").rename(folder / "other.yaml")
    assert "facts.yaml" in run(folder, "facts", "list", code=2).stderr
    write(folder, {"evidencelint.yaml": "facts: other.yaml\n", "sub/a.md": ""})
    assert run(folder / "sub", "facts", "list", code=0).stdout.startswith("injuries: ")


def test_baseline_takes_known_findings_back_until_they_are_gone(folder: Path) -> None:
    write(folder, {"docs/a.md": f"{WRONG}\n{WRONG}", "docs/b.md": WRONG})
    done = run(folder, "check", "docs", "--write-baseline", code=0)
    assert done.stderr == "evidencelint: evidencelint-baseline.json: 3 known findings\n"
    assert "3 suppressed" in done.stdout
    text = (folder / "evidencelint-baseline.json").read_text(encoding="utf-8")
    assert text.count("\n") == 5
    assert [e["path"] for e in json.loads(text)["findings"]] == ["docs/a.md", "docs/a.md", "docs/b.md"]
    assert "line" not in json.loads(text)["findings"][0]
    # lines move; a third like finding is new
    write(folder, {"docs/a.md": f"# A title\n\n{WRONG}\n{WRONG}\n{WRONG}"})
    write(folder, {"evidencelint.yaml": "baseline: evidencelint-baseline.json\n"})
    done = run(folder, "check", "--output-format", "concise", "docs", code=1)
    assert places(done) == ["docs/a.md:7"]
    # from another folder too
    assert places(run(folder / "docs", "check", "--output-format", "concise", ".")) == ["a.md:7"]
    write(folder, {"docs/a.md": f"{RIGHT}\n{WRONG}"})
    (folder / "docs/b.md").unlink()
    done = run(folder, "check", "docs", code=0)
    assert "evidencelint-baseline.json:3: stale: docs/a.md no longer has EL101 “84%”" in done.stderr
    assert "evidencelint-baseline.json: 2 entries are stale; --write-baseline drops them" in done.stderr
    done = run(folder, "check", "docs", "--write-baseline", code=0)
    assert "1 known finding\n" in done.stderr


def test_a_baseline_of_some_documents_keeps_the_others(folder: Path) -> None:
    write(folder, {"docs/a.md": WRONG, "docs/b.md": WRONG})
    run(folder, "check", "docs", "--write-baseline", "known.json", code=0)
    write(folder, {"docs/a.md": RIGHT})
    done = run(folder, "check", "--write-baseline", "docs/a.md", "--baseline", "known.json", code=0)
    assert "known.json: 1 known finding" in done.stderr
    run(folder, "check", "docs", "--baseline", "known.json", code=0)


@pytest.mark.parametrize(
    "text", ["", "[]", '{"schema_version": 9}', '{"schema_version": 1, "findings": [{"path": 1}]}']
)
def test_a_baseline_that_is_none_ends_the_run(folder: Path, text: str) -> None:
    write(folder, {"known.json": text})
    done = run(folder, "check", "wrong.md", "--baseline", "known.json", code=2)
    assert "--write-baseline" in done.stderr
    assert run(folder, "check", "wrong.md", "--baseline", "none.json", code=2).stderr.startswith(
        "evidencelint: error: none.json:1:1: no such baseline"
    )


def git(folder: Path, *arguments: str) -> None:
    names = {f"GIT_{who}_{what}": "a@b.c" for who in ("AUTHOR", "COMMITTER") for what in ("NAME", "EMAIL")}
    environ = {**os.environ, **names, "GIT_CONFIG_GLOBAL": os.devnull}
    subprocess.run(["git", *arguments], cwd=folder, check=True, capture_output=True, env=environ)  # noqa: S607


@needs_git
def test_only_changed_lines_are_reported(tmp_path: Path) -> None:
    write(tmp_path, {"facts.yaml": FACTS, "a.md": f"{WRONG}\n{RIGHT}", "b.md": WRONG, "sub/ü ä.md": WRONG})
    git(tmp_path, "init", "-q", "-b", "main")
    git(tmp_path, "add", "-A")
    git(tmp_path, "commit", "-qm", "x")
    run(tmp_path, "check", "--since", "HEAD", code=0)
    write(tmp_path, {"a.md": f"{WRONG}\n{WRONG}", "new.md": WRONG, "sub/ü ä.md": f"{WRONG}\n{WRONG}"})
    done = run(tmp_path, "check", "--since", "HEAD", "--output-format", "concise", code=1)
    assert places(done) == ["a.md:3", "new.md:1", "sub/ü ä.md:3"]
    assert places(run(tmp_path / "sub", "check", ".", "--since", "main", "--output-format", "concise")) == ["ü ä.md:3"]
    # what others have changed meanwhile is not ours
    git(tmp_path, "checkout", "-qb", "ours")
    git(tmp_path, "commit", "-qam", "ours")
    git(tmp_path, "stash", "-u", "-q")
    git(tmp_path, "checkout", "-q", "main")
    write(tmp_path, {"b.md": f"{RIGHT}\n{WRONG}"})
    git(tmp_path, "commit", "-qam", "theirs")
    git(tmp_path, "checkout", "-q", "ours")
    done = run(tmp_path, "check", "--since", "main", "--output-format", "concise", code=1)
    assert places(done) == ["a.md:3", "sub/ü ä.md:3"]


@needs_git
def test_a_revision_that_git_does_not_know(tmp_path: Path) -> None:
    write(tmp_path, {"facts.yaml": FACTS, "a.md": WRONG})
    assert "git says" in run(tmp_path, "check", "--since", "HEAD", code=2).stderr
    git(tmp_path, "init", "-q")
    for revision in ("v9", "--output=evil", "HEAD"):
        done = run(tmp_path, "check", f"--since={revision}", code=2)
        assert f"--since {revision}: git knows no such revision" in done.stderr
    assert not (tmp_path / "evil").exists()
    run(tmp_path, "check", "--since", "HEAD", "--write-baseline", code=2)


def test_fix_changes_what_is_wrong_and_nothing_else(folder: Path) -> None:
    text = f"\ufeff# µ 𝒳\r\n\r\n{WRONG[:-1]}\r\n\ttab – end without a line end; helmets lowered head injury by 84%."
    write(folder, {"a.md": text})
    done = run(folder, "check", "a.md", "--diff", code=1)
    assert done.stdout.startswith("--- a.md\n+++ a.md\n@@")
    assert "\\ No newline at end of file" in done.stdout
    assert (folder / "a.md").read_bytes() == text.encode()
    done = run(folder, "check", "a.md", "--fix")
    assert done.stderr == "evidencelint: a.md: fixed\n"
    assert (folder / "a.md").read_bytes() == text.replace("injury by 84%.\r", "injury by 48%.\r").replace(
        "84%", "48%"
    ).encode()
    run(folder, "check", "a.md", "--fix", code=0)
    assert run(folder, "check", "a.md", "--diff", code=0).stdout == ""


@needs_git
def test_the_diff_is_a_patch(folder: Path) -> None:
    (folder / ".git").rmdir()
    write(folder, {"a.md": f"{WRONG[:-1]}\r\n\nmore\n{WRONG[:-1]}", "b.md": WRONG})
    patch = run(folder, "check", "a.md", "b.md", "--diff", code=1).stdout
    write(folder, {"x.patch": patch})
    git(folder, "init", "-q")
    git(folder, "apply", "-p0", "x.patch")
    assert (folder / "a.md").read_bytes().decode() == f"{WRONG[:-1]}\r\n\nmore\n{WRONG[:-1]}".replace("84", "48")
    assert (folder / "b.md").read_text(encoding="utf-8") == WRONG.replace("84", "48")


def test_suggestions_are_applied_by_choice_and_what_is_taken_back_is_not(folder: Path) -> None:
    works = '[{"id": "lee2021", "type": "book"}]'
    write(
        folder, {"works.json": works, "facts.yaml": f"bibliography: works.json\n{FACTS}", "a.md": "See [@lee2023].\n"}
    )
    run(folder, "check", "a.md", "--fix", code=1)
    assert (folder / "a.md").read_text(encoding="utf-8") == "See [@lee2023].\n"
    assert "+See [@lee202" in run(folder, "check", "a.md", "--diff", "--unsafe-fixes", code=1).stdout
    write(folder, {"evidencelint.yaml": "unsafe-fixes: true\n"})
    run(folder, "check", "a.md", "--fix", code=0)
    assert (folder / "a.md").read_text(encoding="utf-8") in {"See [@lee2021].\n", "See [@lee2022].\n"}
    text = f"{WRONG[:-1]} <!-- evidencelint-disable-line value-mismatch -->\n"
    write(folder, {"a.md": text})
    run(folder, "check", "a.md", "--fix", code=0)
    assert (folder / "a.md").read_text(encoding="utf-8") == text


def test_fix_of_standard_input_goes_to_standard_output(folder: Path) -> None:
    done = run(folder, "check", "-", "--fix", "--stdin-filename", "a.md", stdin=WRONG, code=0)
    assert done.stdout == WRONG.replace("84", "48")
    assert "1 claim in 1 file" in done.stderr
    assert run(folder, "check", "-", "--fix", stdin=RIGHT, code=0).stdout == RIGHT
    assert run(folder, "check", "-", "--fix", "--output-file", "r", stdin=WRONG, code=0).stdout.endswith("48%.\n")
    assert run(folder, "check", "-", "--diff", stdin=WRONG, code=1).stdout.endswith("by 48%.\n")
    run(folder, "check", "-", "--fix", "--diff", stdin=WRONG, code=2)


@pytest.mark.skipif(os.name != "posix" or os.geteuid() == 0, reason="needs a folder that cannot be written")
def test_a_document_that_cannot_be_written(folder: Path) -> None:
    folder.chmod(0o555)
    try:
        assert "cannot be written" in run(folder, "check", "wrong.md", "--fix", code=2).stderr
    finally:
        folder.chmod(0o755)


def test_a_fixed_file_keeps_its_mode_and_its_link(folder: Path) -> None:
    write(folder, {"real.md": WRONG})
    (folder / "real.md").chmod(0o640)
    (folder / "link.md").symlink_to("real.md")
    run(folder, "check", "link.md", "--fix", code=0)
    assert (folder / "link.md").is_symlink()
    assert (folder / "real.md").stat().st_mode & 0o777 == 0o640
    assert sorted(p.name for p in folder.iterdir() if p.name.startswith(".")) == [".git"]


def test_github_actions_get_annotations_unless_told_otherwise(folder: Path) -> None:
    summary = folder / "summary.md"
    summary.write_text("before\n", encoding="utf-8")
    actions = {"GITHUB_ACTIONS": "true", "GITHUB_STEP_SUMMARY": str(summary)}
    done = run(folder, "check", "wrong.md", code=1, env=actions)
    assert done.stdout.startswith("::error file=wrong.md,line=1,endLine=1,title=EL101 value-mismatch,col=52")
    text = summary.read_text(encoding="utf-8")
    assert text.startswith("before\n### evidencelint\n")
    assert "EL101 value-mismatch" in text
    assert run(folder, "check", "wrong.md", "--output-format", "full", env=actions).stdout.startswith("wrong.md:1:52")
    write(folder, {"evidencelint.yaml": "output-format: concise\n"})
    assert run(folder, "check", "wrong.md", env=actions).stdout.startswith("wrong.md:1:52")
    run(folder, "check", "wrong.md", "--output-file", "report.txt", "--isolated", env=actions)
    assert (folder / "report.txt").read_text(encoding="utf-8").startswith("wrong.md:1:52")
    # a log obeys lines that a patch only holds
    write(folder, {"evil.md": f"::error::x\n{WRONG}"})
    lines = run(folder, "check", "evil.md", "--diff", env=actions).stdout.splitlines()
    assert all(line.startswith("| ") for line in lines)


def test_statistics_leave_the_report_alone(folder: Path) -> None:
    done = run(folder, "check", "wrong.md", "right.md", "--statistics", "--output-format", "json", code=1)
    assert len(json.loads(done.stdout)["diagnostics"]) == 1
    lines = done.stderr.splitlines()
    assert lines[0] == "     1  EL101 value-mismatch"
    assert re.fullmatch(r" +\d+\.\d\d s for 2 documents", lines[1])
    assert len(lines) == 4


class Terminal(io.StringIO):
    def isatty(self) -> bool:
        return True


def test_a_long_run_shows_its_progress_on_a_terminal(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(progress, "_PATIENCE", 0.0)
    for stream, shown in ((Terminal(), True), (io.StringIO(), False)):
        monkeypatch.setattr(sys, "stderr", stream)
        with closing(progress.Progress(5)) as bar:
            for name in ("a.md", "b\x1b[31m.md", "c.md", "d.md"):
                bar.advance(name)
        text = stream.getvalue()
        assert ("4/5" in text) is shown
        assert ("c.md" in text) is shown
        assert "\x1b[31m" not in text


def test_a_short_run_shows_none(monkeypatch: pytest.MonkeyPatch) -> None:
    stream = Terminal()
    monkeypatch.setattr(sys, "stderr", stream)
    with closing(progress.Progress(3)) as bar:
        for _ in range(3):
            bar.advance("a.md")
    assert stream.getvalue() == ""


def test_exit_codes_do_not_depend_on_the_format(folder: Path) -> None:
    for name in ("sarif", "gitlab", "junit", "rdjson", "markdown"):
        run(folder, "check", "wrong.md", "--output-format", name, "--output-file", "out", code=1)
        run(folder, "check", "right.md", "--output-format", name, code=0)
        run(folder, "check", "wrong.md", "--output-format", name, "--exit-zero", code=0)


@pytest.mark.parametrize("shell", ["bash", "zsh", "fish"])
def test_completion_scripts(folder: Path, shell: str) -> None:
    script = run(folder, "completion", shell, code=0).stdout
    assert "_EVIDENCELINT_COMPLETE" in script
    words = {"COMP_WORDS": "evidencelint check --select value", "COMP_CWORD": "3"}
    done = run(folder, env={"_EVIDENCELINT_COMPLETE": "bash_complete", **words})
    assert done.stdout == "plain,value-mismatch\n"


def test_the_report_never_takes_the_place_of_a_draft(folder: Path) -> None:
    done = run(folder, "check", "wrong.md", "--output-file", "wrong.md", code=2)
    assert "--output-file wrong.md: is one of the files that are checked" in done.stderr
    assert (folder / "wrong.md").read_text(encoding="utf-8") == WRONG
