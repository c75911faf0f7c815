"""Questions to git: where a repository is, what a revision is, what stood in it."""

from __future__ import annotations

import io
import os
import subprocess
import tarfile
from collections.abc import Sequence
from pathlib import Path

from evidencelint.errors import EvidencelintError


def ask(folder: Path, *arguments: str, what: str, may_fail: bool = False) -> bytes:
    """Give what git prints, nothing where it fails and may; ``what`` is the part of the command line that asks.

    Raises EvidencelintError where git is not installed, or fails and may not.
    """
    command: Sequence[str] = ("git", "--no-pager", *arguments)
    environment = {**os.environ, "GIT_OPTIONAL_LOCKS": "0", "LC_ALL": "C"}
    try:
        done = subprocess.run(command, cwd=folder, env=environment, capture_output=True, check=False)  # noqa: S603
    except OSError as error:
        raise EvidencelintError(f"{what} asks git, which is not installed") from error
    if done.returncode and not may_fail:
        raise EvidencelintError(f"{what}: git says: {done.stderr.decode('utf-8', 'replace').strip()}")
    return b"" if done.returncode else done.stdout


def top_of(folder: Path, what: str) -> Path:
    """Give the root of the repository that a folder is in."""
    return Path(ask(folder, "rev-parse", "--show-toplevel", what=what).decode().rstrip("\n")).resolve()


def commit_of(top: Path, revision: str, what: str) -> str:
    """Give the commit that a revision names; raises EvidencelintError where there is none."""
    wanted = ("rev-parse", "--verify", "--quiet", "--end-of-options", f"{revision}^{{commit}}")
    found = ask(top, *wanted, what=what, may_fail=True)
    if not found:
        raise EvidencelintError(f"{what} {revision}: git knows no such revision; in CI, fetch it first".lstrip())
    return found.decode().strip()


def unpack(top: Path, commit: str, folder: Path, what: str) -> None:
    """Write the files of a commit into a folder, which is made a root as a repository is."""
    archive = ask(top, "archive", "--format=tar", commit, what=what)
    with tarfile.open(fileobj=io.BytesIO(archive)) as files:
        for member in files:
            # plain files only: neither links nor devices, which a fact base does not need
            name = Path(member.name)
            if member.isfile() and not name.is_absolute() and ".." not in name.parts:
                place = folder / name
                place.parent.mkdir(parents=True, exist_ok=True)
                content = files.extractfile(member)
                place.write_bytes(content.read() if content is not None else b"")
    (folder / ".git").mkdir(exist_ok=True)
