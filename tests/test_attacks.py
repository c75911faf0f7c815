"""No regular expression is superlinear: each is tried on texts that are built from it to make it slow."""

from __future__ import annotations

import json
import re
import subprocess
import sys
from pathlib import Path

import pytest

from tests.attacks.patterns import MOST_SECONDS, Found, attacks, slowest

ROOT = Path(__file__).resolve().parents[1]
PARTS = 2
# as many as there were when this was written, less a few: the search for patterns must not fail unseen
LEAST = 340


@pytest.mark.parametrize("part", range(PARTS))
def test_no_pattern_is_superlinear(part: int) -> None:
    command = [sys.executable, str(ROOT / "tests" / "attacks" / "patterns.py"), str(part), str(PARTS)]
    done = subprocess.run(command, capture_output=True, text=True, check=True)
    *slow, count = done.stdout.splitlines()
    assert [json.loads(line) for line in slow] == []
    assert int(count) * PARTS >= LEAST


@pytest.mark.parametrize(
    "pattern", [r"(a+)+$", r"a*a*b", r"\s+and\s+", r"x*y", r"(?:\S+\s*){0,12}$", r"(?:a|a)*b", r"\d+(?:\.\d+){2,}"]
)
def test_the_search_finds_what_is_known_to_be_slow(pattern: str) -> None:
    found = Found("somewhere.py:1", re.compile(pattern), "somewhere.py:_SLOW")
    assert slowest(found)[0] > MOST_SECONDS


def test_the_search_is_content_with_what_is_linear() -> None:
    found = Found("somewhere.py:1", re.compile(r"(?<!\s)\s+and\s+(?=[a-z])"), "somewhere.py:_FAST")
    assert list(attacks(found.pattern))
    assert slowest(found)[0] < 0.05
