from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

FACTS = """\
version: 1
sources: [{key: pond2020}]
vocabulary:
  measure:
    algae: [algae]
facts:
  - id: algae-fell
    quote: Algae fell by 40% in the treated ponds.
"""
COMMAND = [sys.executable, "-m", "evidencelint.batch"]
ENVIRONMENT = {**os.environ, "PYTHONPATH": str(Path(__file__).resolve().parents[1])}


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "facts.yaml").write_text(FACTS, encoding="utf-8")
    lines = [
        json.dumps({"id": f"d{n}", "text": f"Algae fell by {40 + n % 3}% in the treated ponds."}) for n in range(40)
    ]
    (tmp_path / "in.jsonl").write_text("\n".join(lines) + "\n", encoding="utf-8")
    return tmp_path


def batch(folder: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    command = [*COMMAND, "in.jsonl", "out.jsonl", "--facts", "facts.yaml", "--no-cache", *arguments]
    return subprocess.run(command, cwd=folder, env=ENVIRONMENT, capture_output=True, text=True, check=False)


def ids(folder: Path) -> list[str]:
    return [json.loads(line)["id"] for line in (folder / "out.jsonl").read_text().splitlines()]


def test_a_collection_is_checked_in_order_and_goes_on_where_it_stopped(folder: Path) -> None:
    done = batch(folder, "--jobs", "1")
    assert (done.returncode, done.stderr) == (0, "evidencelint: 40 checked, 0 of them could not be; 0 were before\n")
    first = (folder / "out.jsonl").read_text()
    reports = [json.loads(line) for line in first.splitlines()]
    assert [report["id"] for report in reports] == [f"d{n}" for n in range(40)]
    assert [[d["name"] for d in report["diagnostics"]] for report in reports[:3]] == [
        [], ["value-mismatch"], ["value-mismatch"],
    ]  # fmt: skip
    whole = first.splitlines(keepends=True)
    (folder / "out.jsonl").write_text("".join(whole[:17]) + whole[17][:20])
    again = batch(folder, "--jobs", "2")
    assert again.stderr == "evidencelint: 23 checked, 0 of them could not be; 17 were before\n"
    assert (folder / "out.jsonl").read_text() == first


def test_nothing_is_lost_or_doubled_when_a_run_is_killed(folder: Path) -> None:
    command = [*COMMAND, "in.jsonl", "out.jsonl", "--facts", "facts.yaml", "--no-cache", "--jobs", "1"]
    victim = subprocess.Popen(command, cwd=folder, env=ENVIRONMENT, stderr=subprocess.DEVNULL)
    deadline = time.monotonic() + 60
    while time.monotonic() < deadline and not ((folder / "out.jsonl").exists() and ids(folder)[4:]):
        time.sleep(0.02)
    victim.send_signal(signal.SIGKILL)
    victim.wait()
    assert batch(folder, "--jobs", "1").returncode == 0
    assert ids(folder) == [f"d{n}" for n in range(40)]


@pytest.mark.parametrize(
    ("line", "message"),
    [
        ("{", "in.jsonl:41:1: not valid JSON"),
        ('{"id": 1, "text": "a"}', 'in.jsonl:41:1: must be an object with "id" and "text"'),
        ('{"id": "d0", "text": "a"}', "the id d0 stands twice"),
    ],
)
def test_what_is_no_document_is_told(folder: Path, line: str, message: str) -> None:
    with (folder / "in.jsonl").open("a") as file:
        file.write(line + "\n")
    done = batch(folder, "--jobs", "1")
    assert done.returncode == 2
    assert message in done.stderr


def test_a_file_of_something_else_is_not_written_into(folder: Path) -> None:
    (folder / "out.jsonl").write_text("my notes\nmore of them\n")
    done = batch(folder)
    assert done.returncode == 2
    assert "holds lines that no such run wrote" in done.stderr
    assert (folder / "out.jsonl").read_text() == "my notes\nmore of them\n"
