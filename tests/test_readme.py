"""What the README shows is what the commands print.

``python tests/test_readme.py`` writes the present output into it.
"""

from __future__ import annotations

import os
import re
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
README = ROOT / "README.md"
BLOCK = re.compile(
    r"(?P<head><!-- output: (?P<arguments>[^>]*) -->\n```text\n)(?P<body>.*?)(?P<tail>```\n<!-- /output -->)", re.DOTALL
)


def run(arguments: str) -> str:
    environment = {**os.environ, "NO_COLOR": "1", "GITHUB_ACTIONS": "", "PYTHONIOENCODING": "utf-8"}
    command = [sys.executable, "-m", "evidencelint", *arguments.split()]
    done = subprocess.run(command, cwd=ROOT, env=environment, capture_output=True, check=False)
    assert done.returncode in {0, 1}, done.stderr.decode()
    return done.stdout.decode("utf-8")


def test_shown_output_is_real() -> None:
    blocks = list(BLOCK.finditer(README.read_text(encoding="utf-8")))
    assert len(blocks) == 2
    for block in blocks:
        assert block["body"] == run(block["arguments"]), block["arguments"]


def test_commands_of_the_readme_exist() -> None:
    text = README.read_text(encoding="utf-8")
    for marker in ("lint-command", "test-command"):
        assert text.count(f"<!-- {marker} -->") == text.count(f"<!-- /{marker} -->") == 1


if __name__ == "__main__":
    shown = README.read_text(encoding="utf-8")
    README.write_text(BLOCK.sub(lambda m: m["head"] + run(m["arguments"]) + m["tail"], shown), encoding="utf-8")
