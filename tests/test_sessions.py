"""The sessions that the README shows are what a person sees who types them.

``python -m tests.test_sessions`` writes the present output into it.
"""

from __future__ import annotations

import re
import shlex
import shutil
import tempfile
from pathlib import Path

from tests import helmets

ROOT = helmets.ROOT
README = ROOT / "README.md"
SESSION = re.compile(
    r"(?P<head><!-- session: (?P<files>[^>]*) -->\n)(?P<body>.*?)(?P<tail><!-- /session -->)", re.DOTALL
)
BLOCK = re.compile(r"(?P<head>```console\n)(?P<body>.*?)(?P<tail>```\n)", re.DOTALL)
PIPED = re.compile(r"echo (?P<keys>\w+) \| (?P<command>.*)")


def run(line: str, folder: Path) -> str:
    """Run one command; ``echo KEYS | ...`` gives it keys, ``| head -n 3`` and ``| tail -n 3`` cut its output."""
    line, _, last = line.partition(" | tail -n ")
    line, _, most = line.partition(" | head -n ")
    piped = PIPED.fullmatch(line)
    keys, command = (piped["keys"], piped["command"]) if piped is not None else ("", line)
    name, *arguments = shlex.split(command)
    assert name == "evidencelint", line
    done = helmets.run(folder, *arguments, stdin=keys, NO_COLOR="1")
    assert done.returncode in {0, 1}, done.stderr
    shown = done.stdout.lstrip("\n").splitlines(keepends=True)
    return "".join(shown[-int(last) :] if last else shown[: int(most)] if most else shown)


def replayed(files: str, body: str) -> str:
    """Give the text of a session with the real output below each command; all its blocks run in one scratch folder."""
    with tempfile.TemporaryDirectory() as scratch:
        folder = Path(scratch)
        for name in files.split():
            shutil.copy(ROOT / name, folder / Path(name).name)

        def replay(block: re.Match[str]) -> str:
            lines = [line[2:] for line in block["body"].splitlines() if line.startswith("$ ")]
            return block["head"] + "".join(f"$ {line}\n{run(line, folder)}" for line in lines) + block["tail"]

        return BLOCK.sub(replay, body)


def test_sessions_are_real() -> None:
    sessions = list(SESSION.finditer(README.read_text(encoding="utf-8")))
    assert len(sessions) == 1
    for session in sessions:
        assert session["body"] == replayed(session["files"], session["body"])


if __name__ == "__main__":
    shown = README.read_text(encoding="utf-8")
    README.write_text(
        SESSION.sub(lambda m: m["head"] + replayed(m["files"], m["body"]) + m["tail"], shown), encoding="utf-8"
    )
