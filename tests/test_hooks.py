"""The hooks, the action and the problem matcher, run by what reads them."""

from __future__ import annotations

import json
import os
import re
import shutil
import subprocess
import sys
from importlib.util import find_spec
from pathlib import Path
from typing import Any

import pytest
import yaml

from tests.helmets import FACTS, ROOT, WRONG, git, run, start, write

MANIFEST = ROOT / ".pre-commit-hooks.yaml"
needs_pre_commit = pytest.mark.skipif(
    find_spec("pre_commit") is None or shutil.which("git") is None, reason="needs pre-commit and git"
)
needs_bash = pytest.mark.skipif(shutil.which("bash") is None, reason="needs bash")


def repository(folder: Path, files: dict[str, str]) -> Path:
    folder.mkdir()
    write(folder, files)
    for command in (["init", "-q"], ["add", "-A"], ["commit", "-qm", "x"]):
        git(folder, *command)
    return folder


def hooks(folder: Path, language: str) -> Path:
    """Give a repository with the manifest; in another language than its own, it runs what is installed here."""
    if language == "python":
        tracked = git(ROOT, "ls-files", "-z").split("\0")
        return repository(folder, {name: (ROOT / name).read_text("utf-8") for name in tracked if name})
    entries = yaml.safe_load(MANIFEST.read_text(encoding="utf-8"))
    for entry in entries:
        entry["language"] = language
        entry["entry"] = f"{sys.executable} -m {entry['entry']}"
    return repository(folder, {MANIFEST.name: yaml.safe_dump(entries)})


@needs_pre_commit
def test_the_manifest_is_valid() -> None:
    done = start(ROOT, [sys.executable, "-m", "pre_commit", "validate-manifest", str(MANIFEST)])
    assert done.returncode == 0, done.stdout


@needs_pre_commit
@pytest.mark.parametrize(
    "language",
    [
        "system",
        pytest.param(
            "python",
            marks=pytest.mark.skipif("EVIDENCELINT_SLOW" not in os.environ, reason="installs us; EVIDENCELINT_SLOW=1"),
        ),
    ],
)
def test_fault_and_fix_under_pre_commit(tmp_path: Path, language: str) -> None:
    source = hooks(tmp_path / "hooks", language)
    pages = repository(
        tmp_path / "pages",
        {
            "facts.yaml": FACTS,
            "docs/a.md": WRONG,
            "drafts/b.md": WRONG,
            "evidencelint.yaml": "exclude: [drafts]\n",
            "notes.txt": WRONG,
        },
    )

    def hook(name: str, *files: str) -> subprocess.CompletedProcess[str]:
        command = [sys.executable, "-m", "pre_commit", "try-repo", str(source), name, "--verbose", "--color=never"]
        # to install a package is to leave this machine
        path = {"PYTHONPATH": str(ROOT)} if language == "python" else {}
        return start(pages, [*command, "--files", *files], PRE_COMMIT_HOME=str(tmp_path / "home"), **path)

    fault = hook("evidencelint", "docs/a.md", "drafts/b.md", "notes.txt")
    assert fault.returncode == 1, fault.stdout + fault.stderr
    assert "docs/a.md:1:52: error EL101 value-mismatch: says 84%" in fault.stdout
    # what the project excludes stays excluded though the hook is given it
    assert "drafts/b.md" not in fault.stdout
    facts = hook("evidencelint-facts", "facts.yaml")
    assert facts.returncode == 1, facts.stdout
    assert "docs/a.md:1:52" in facts.stdout
    assert "(no files to check)Skipped" in hook("evidencelint-facts", "docs/a.md").stdout

    fixed = run(pages, "check", "--fix")
    assert fixed.returncode == 0, fixed.stdout
    assert hook("evidencelint", "docs/a.md", "drafts/b.md").returncode == 0
    assert hook("evidencelint-facts", "facts.yaml").returncode == 0
    # a fact base that is broken fails the hook, too
    (pages / "facts.yaml").write_text(FACTS.replace("quote", "qoute"), encoding="utf-8")
    broken = hook("evidencelint-facts", "facts.yaml")
    assert broken.returncode == 1
    assert "did you mean quote?" in broken.stdout


def readme(language: str, having: str) -> str:
    blocks = re.findall(rf"```{language}\n(.*?)```", (ROOT / "README.md").read_text(encoding="utf-8"), re.DOTALL)
    return next(str(block) for block in blocks if having in block)


@needs_pre_commit
def test_from_an_empty_repository_to_the_first_green_hook(tmp_path: Path) -> None:
    """The fact base and the hooks are those of the README, the draft is the one it speaks of."""
    source = hooks(tmp_path / "hooks", "system")
    head = git(source, "rev-parse", "HEAD").strip()
    lines = readme("yaml", "repos:").replace("https://example.org/evidencelint", str(source)).replace("v0.1.0", head)
    work = tmp_path / "work"
    (work / "docs").mkdir(parents=True)
    (work / "facts.yaml").write_text(readme("yaml", "days-missed"), encoding="utf-8")
    quote = "Pupils in the breakfast clubs missed 3.1 days of school in the first year."
    (work / "source.md").write_text(f"# Results\n\n{quote}\n", encoding="utf-8")
    (work / "references.json").write_text('[{"id": "lee2021", "type": "report"}]\n', encoding="utf-8")
    (work / ".pre-commit-config.yaml").write_text(lines, encoding="utf-8")
    (work / "docs/a.md").write_text(quote.replace("3.1", "1.3"), encoding="utf-8")
    home = {"PRE_COMMIT_HOME": str(tmp_path / "home"), "PATH": f"{Path(sys.executable).parent}:{os.environ['PATH']}"}

    def step(*command: str) -> subprocess.CompletedProcess[str]:
        return start(work, [*command], **home)

    assert step("git", "init", "-q").returncode == 0
    assert step(sys.executable, "-m", "pre_commit", "install").returncode == 0
    step("git", "add", "-A")
    refused = step("git", "commit", "-qm", "A first page")
    assert refused.returncode == 1
    assert "docs/a.md:1:38: error EL101 value-mismatch: says 1.3 days" in refused.stdout + refused.stderr
    assert step(sys.executable, "-m", "evidencelint", "check", "--fix", "docs").returncode == 0
    step("git", "add", "-A")
    done = step("git", "commit", "-qm", "A first page")
    assert done.returncode == 0, done.stdout + done.stderr
    assert step("git", "log", "--oneline").stdout.count("\n") == 1


def action() -> dict[str, Any]:
    data: dict[str, Any] = yaml.safe_load((ROOT / "action.yml").read_text(encoding="utf-8"))
    return data


def test_the_action_is_valid() -> None:
    if find_spec("check_jsonschema") is None:
        pytest.skip("needs check-jsonschema")
    command = [sys.executable, "-m", "check_jsonschema", "--builtin-schema", "vendor.github-actions", "action.yml"]
    done = start(ROOT, command)
    assert done.returncode == 0, done.stdout


def test_no_input_reaches_a_script_but_by_the_environment() -> None:
    steps = action()["runs"]["steps"]
    assert [step["shell"] for step in steps] == ["bash", "bash"]
    assert not any("${{" in step["run"] for step in steps)
    given = {value for step in steps for value in step["env"].values()} | {steps[1]["working-directory"]}
    assert {f"${{{{ inputs.{name} }}}}" for name in action()["inputs"]} <= given


@needs_bash
@pytest.mark.parametrize(
    ("inputs", "expected"),
    [
        ({}, ["check", "--output-format=github", "--"]),
        (
            {"PATHS": "docs\n\na b.md\n$(touch evil)", "FACTS": "f;touch evil", "ARGS": "--quiet  -v"},
            ["check", "--output-format=github", "--facts=f;touch evil", "--quiet", "-v", "--", "docs", "a b.md",
             "$(touch evil)"],
        ),
        (
            {"FORMAT": "sarif", "OUTPUT_FILE": "o.sarif", "FAIL_ON": "never", "SINCE": "origin/main",
             "CONFIG": "c.yaml", "BASELINE": "b.json"},
            ["check", "--output-format=sarif", "--config=c.yaml", "--output-file=o.sarif", "--fail-on=never",
             "--since=origin/main", "--baseline=b.json", "--"],
        ),
    ],
)  # fmt: skip
def test_the_action_s_script(tmp_path: Path, inputs: dict[str, str], expected: list[str]) -> None:
    program = tmp_path / "evidencelint" / "bin" / "evidencelint"
    program.parent.mkdir(parents=True)
    program.write_text(
        '#!/usr/bin/env bash\nprintf "%s\\n" "$@" > "$RUNNER_TEMP"/arguments\nexit 1\n', encoding="utf-8"
    )
    program.chmod(0o755)
    step = action()["runs"]["steps"][1]
    environment = dict.fromkeys(step["env"], "") | {"FORMAT": "github"} | inputs
    output = tmp_path / "output"
    command = ["bash", "-e", "-c", step["run"]]
    done = start(tmp_path, command, RUNNER_TEMP=str(tmp_path), GITHUB_OUTPUT=str(output), **environment)
    # the shell that runs a step stops at the first failure, which must not lose the exit code
    assert done.returncode == 1, done.stderr
    assert output.read_text(encoding="utf-8") == "exit-code=1\n"
    assert (tmp_path / "arguments").read_text(encoding="utf-8").splitlines() == expected
    assert not (tmp_path / "evil").exists()


@needs_bash
@pytest.mark.parametrize(
    ("version", "expected"), [("", "/the action"), ("1.2.3; rm -rf x", "evidencelint==1.2.3; rm -rf x")]
)
def test_what_the_action_installs(tmp_path: Path, version: str, expected: str) -> None:
    fake = tmp_path / "tools" / "python3"
    fake.parent.mkdir()
    fake.write_text(
        '#!/bin/sh\nmkdir -p "$3/bin"; cp "$0" "$3/bin/python"\nprintf "%s\\n" "$@" > "$RUNNER_TEMP/last"\n'
    )
    fake.chmod(0o755)
    step = action()["runs"]["steps"][0]
    environment = {"PATH": f"{fake.parent}{os.pathsep}{os.environ['PATH']}", "RUNNER_TEMP": str(tmp_path)}
    done = start(tmp_path, ["bash", "-e", "-c", step["run"]], VERSION=version, SOURCE="/the action", **environment)
    assert done.returncode == 0, done.stderr
    assert (tmp_path / "last").read_text(encoding="utf-8").splitlines()[-1] == expected


def test_the_problem_matcher_reads_the_concise_format() -> None:
    (matcher,) = json.loads((ROOT / ".ci" / "problem-matcher.json").read_text(encoding="utf-8"))["problemMatcher"]
    (pattern,) = matcher["pattern"]
    lines = (ROOT / "tests" / "golden" / "pond-concise.txt").read_text(encoding="utf-8").splitlines()
    opening = {"EL101": "value-mismatch says", "EL904": "disguised-text U+202E"}
    assert len(lines) > len(opening)
    for line in lines:
        match = re.fullmatch(pattern["regexp"], line)
        assert match is not None
        assert match[pattern["file"]] == "docs/pond.md"
        assert int(match[pattern["line"]]) > 0
        assert match[pattern["message"]].startswith(opening[match[pattern["code"]]])
