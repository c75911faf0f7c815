"""Small projects that many tests check, and the command line as a user runs it: in a process of its own."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

from evidencelint.engine import Linter
from evidencelint.factbase.load import parse_facts
from evidencelint.rules import select

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
POND = """\
version: 1
sources: [{key: pond2020}]
vocabulary:
  measure:
    algae: [algae]
facts:
  - id: algae-fell
    quote: Algae fell by 40% in the treated ponds.
"""
_OUTER = frozenset({"GITHUB_ACTIONS", "GIT_DIR", "GIT_INDEX_FILE", "GIT_WORK_TREE", "PRE_COMMIT"})


def write(folder: Path, files: dict[str, str]) -> None:
    """Write files by name, with the folders they need."""
    for name, text in files.items():
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_bytes(text.encode())


def run(
    folder: Path, *arguments: str, stdin: str | bytes = b"", redirect: str = "", **environment: str
) -> subprocess.CompletedProcess[str]:
    """Run the command line in a folder; ``redirect`` is what a shell would write behind it."""
    command = [sys.executable, "-m", "evidencelint", *arguments]
    if redirect:
        command = ["sh", "-c", f'"$@" {redirect}', "sh", *command]
    done = start(folder, command, stdin=stdin, **environment)
    assert "Traceback" not in done.stderr, done.stderr
    assert "Exception ignored" not in done.stderr, done.stderr
    return done


def git(folder: Path, *arguments: str) -> str:
    """Run git, which must succeed, as an author of its own; give what it prints."""
    done = start(folder, ["git", *arguments])
    assert done.returncode == 0, done.stderr
    return done.stdout


def start(
    folder: Path, command: list[str], *, stdin: str | bytes = b"", **environment: str
) -> subprocess.CompletedProcess[str]:
    """Run any command in a folder with this package in reach, and nothing of the user's git or build service.

    What it prints is read as UTF-8, with the line ends that it has.
    """
    environ = {
        **{name: value for name, value in os.environ.items() if name not in _OUTER},
        **{f"GIT_{who}_{what}": "a@b.c" for who in ("AUTHOR", "COMMITTER") for what in ("NAME", "EMAIL")},
        "GIT_CONFIG_GLOBAL": os.devnull,
        "PYTHONIOENCODING": "utf-8",
        **environment,
    }
    given = stdin.encode() if isinstance(stdin, str) else stdin
    done = subprocess.run(command, cwd=folder, input=given, capture_output=True, check=False, env=environ)
    return subprocess.CompletedProcess(
        done.args, done.returncode, done.stdout.decode("utf-8"), done.stderr.decode("utf-8")
    )


def linting(facts: str) -> Linter:
    """Give a linter of a fact base, with all rules."""
    return Linter(parse_facts(facts, "facts.yaml", None), select())


def warned(linter: Linter, text: str) -> list[tuple[str, str]]:
    """Give the name and the words of every error and warning in a text."""
    report = linter.check(text.encode(), "x.md")
    return [(d.name, d.text) for d in report.diagnostics if d.severity != "info"]


AUDIT = """
version: 1
title: Accessibility of public library apps
sources: [{key: lee2021}]
facts: [{id: apps-tested, quote: The audit covered the apps of public libraries.}]
"""


def own_arithmetic() -> Linter:
    """Give a linter that holds drafts only against what they say themselves."""
    return Linter(parse_facts(AUDIT, "facts.yaml", None), select(["EL5"]))


def recomputed_in(linter: Linter, text: str) -> list[tuple[str, str, str | None]]:
    """Give what is found wrong: the rule, the piece, and what it should be."""
    return [(d.name, d.text, d.expected) for d in linter.check(text.encode(), "x.md").diagnostics]
