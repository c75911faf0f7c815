"""Runs that are killed, that find no room, and that crowd one another; the same bytes wherever and however often.

What takes minutes is left out unless EVIDENCELINT_SLOW=1.
"""

from __future__ import annotations

import os
import random
import resource
import shutil
import signal
import subprocess
import sys
import time
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[1]
FACTS = """\
version: 1
sources: [{key: pond2020}]
vocabulary:
  measure: {algae: [algae]}
facts:
  - {id: algae-fell, quote: Algae fell by 40% in the treated ponds.}
"""


@pytest.fixture
def project(tmp_path: Path) -> Path:
    folder = tmp_path / "project"
    (folder / ".git").mkdir(parents=True)
    (folder / "facts.yaml").write_text(FACTS)
    for number in range(8):
        text = f"# Pond {number}\n\nAlgae fell by {38 + number}% in the treated ponds.\n\nThe İslay ponds: 12.\n"
        (folder / f"d{number}.md").write_text(text, encoding="utf-8")
    return folder


def command(*arguments: str) -> list[str]:
    return [sys.executable, "-m", "evidencelint", "check", *arguments, "--output-format", "json"]


def environment(**more: str) -> dict[str, str]:
    return {**os.environ, **more}


def run(project: Path, *arguments: str, **more: str) -> tuple[int, bytes]:
    done = subprocess.run(
        command(*(arguments or (".",))), cwd=project, env=environment(**more), capture_output=True, check=False
    )
    assert b"Traceback" not in done.stderr, done.stderr
    return done.returncode, done.stdout


def test_the_bytes_do_not_depend_on_jobs_seed_place_or_time(project: Path, cache_folder: Path) -> None:
    expected = run(project, ".", "--no-cache")
    assert expected[0] == 1
    cache = str(cache_folder)
    variants = {
        "cold, two jobs": run(project, ".", "--cache-dir", cache, "--jobs", "2", PYTHONHASHSEED="1"),
        "warm": run(project, ".", "--cache-dir", cache, PYTHONHASHSEED="2", TZ="Pacific/Kiritimati", LC_ALL="C"),
        "warm, three jobs": run(project, ".", "--cache-dir", cache, "--jobs", "3", LC_ALL="tr_TR.UTF-8", LANG="tr_TR"),
        "no utf-8": run(project, ".", "--no-cache", PYTHONUTF8="0", LC_ALL="C", TZ="America/St_Johns"),
    }  # fmt: skip
    assert {name for name, found in variants.items() if found != expected} == set()


def test_documents_are_checked_alike_in_any_order(project: Path) -> None:
    names = [f"d{number}.md" for number in range(8)]
    forwards = run(project, *names, "--output-format", "jsonl", "--no-cache")
    backwards = run(project, *reversed(names), "--output-format", "jsonl", "--no-cache")
    assert forwards[0] == backwards[0] == 1
    assert sorted(forwards[1].splitlines()) == sorted(backwards[1].splitlines())


@pytest.mark.parametrize("tries", [3, pytest.param(40, marks=pytest.mark.slow)])
def test_runs_that_are_killed_anywhere_leave_a_cache_that_does_no_harm(
    project: Path, cache_folder: Path, tries: int
) -> None:
    expected = run(project, ".", "--no-cache")
    chance = random.Random(tries)  # noqa: S311 - the same moments each time, as far as a clock goes
    for attempt in range(tries):
        jobs = ("--jobs", "2") if attempt % 2 else ()
        victim = subprocess.Popen(
            command(".", "--cache-dir", str(cache_folder), *jobs), cwd=project, env=environment(),
            stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, start_new_session=True,
        )  # fmt: skip
        time.sleep(chance.uniform(0.2, 6))
        os.killpg(victim.pid, signal.SIGKILL)
        victim.wait()
        assert run(project, ".", "--cache-dir", str(cache_folder)) == expected
        if attempt % 3 == 2:
            shutil.rmtree(cache_folder)


@pytest.mark.parametrize("room", [0, 30_000])
def test_a_full_disk_costs_no_finding(project: Path, cache_folder: Path, room: int) -> None:
    expected = run(project, ".", "--no-cache")

    def little_room() -> None:
        signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
        resource.setrlimit(resource.RLIMIT_FSIZE, (room, room))

    done = subprocess.run(
        command(".", "--cache-dir", str(cache_folder)), cwd=project, env=environment(), capture_output=True,
        check=False, preexec_fn=little_room,
    )  # fmt: skip
    assert (done.returncode, done.stdout) == expected, done.stderr
    assert run(project, ".", "--cache-dir", str(cache_folder)) == expected


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="needs a device that is always full")
def test_a_report_that_finds_no_room_ends_the_run_with_two(project: Path) -> None:
    with Path("/dev/full").open("wb") as full:
        done = subprocess.run(
            command("."), cwd=project, env=environment(), stdout=full, stderr=subprocess.PIPE, check=False
        )
    assert done.returncode == 2
    assert b"No space left" in done.stderr
    assert b"Traceback" not in done.stderr


def test_a_cache_that_cannot_be_written_is_read(project: Path, cache_folder: Path) -> None:
    expected = run(project, ".", "--cache-dir", str(cache_folder))
    for path in (*cache_folder.iterdir(), cache_folder):
        path.chmod(0o500 if path.is_dir() else 0o400)
    (project / "d9.md").write_text("Nothing to see.\n")
    try:
        found = run(project, ".", "--cache-dir", str(cache_folder))
        (project / "d9.md").unlink()
        assert run(project, ".", "--cache-dir", str(cache_folder)) == expected
        assert found[0] == expected[0]
    finally:
        cache_folder.chmod(0o700)


@pytest.mark.parametrize(("runs", "at_once"), [(4, 4), pytest.param(200, 12, marks=pytest.mark.slow)])
def test_runs_that_share_a_cache_do_not_disturb_one_another(
    project: Path, cache_folder: Path, runs: int, at_once: int
) -> None:
    expected = run(project, ".", "--no-cache")

    def crowding(number: int) -> tuple[int, bytes]:
        return run(project, ".", "--cache-dir", str(cache_folder), PYTHONHASHSEED=str(number))

    with ThreadPoolExecutor(at_once) as pool:
        assert set(pool.map(crowding, range(runs))) == {expected}
