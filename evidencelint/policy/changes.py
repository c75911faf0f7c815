"""Which lines of which documents have changed since a revision, asked of git."""

from __future__ import annotations

import os
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

from evidencelint.gitcalls import ask, commit_of, top_of

_ASKING = "--since"
_HUNK = re.compile(rb"^@@ -\S+ \+(\d+)(?:,(\d+))? @@", re.MULTILINE)
# whatever a repository's own settings say: no external programs, no colour, plain names
_DIFF = (
    *("-c", "core.quotepath=off", "diff", "--no-ext-diff", "--no-textconv", "--no-color", "--no-renames"),
    *("--unified=0", "--src-prefix=a/", "--dst-prefix=b/"),
)


@dataclass(slots=True)
class Changes:
    """Changed documents, and their changed lines when asked for; what git does not know has changed everywhere."""

    top: Path
    commit: str
    changed: frozenset[str]
    new: frozenset[str]
    _lines: dict[str, tuple[range, ...]] = field(default_factory=dict)

    def has(self, document: Path) -> bool:
        """Tell whether a document has changed at all; one outside of the repository always has."""
        name = self._name(document)
        return name is None or name in self.new or name in self.changed

    def touches(self, document: Path, first: int, last: int) -> bool:
        """Tell whether any of the lines of a document, both included, has changed."""
        name = self._name(document)
        if name is None or name in self.new:
            return True
        if name not in self.changed:
            return False
        if name not in self._lines:
            self._lines[name] = tuple(_changed(self.top, self.commit, name))
        return any(changed.start <= last and first < changed.stop for changed in self._lines[name])

    def _name(self, document: Path) -> str | None:
        full = document.parent.resolve() / document.name
        return full.relative_to(self.top).as_posix() if full.is_relative_to(self.top) else None


def changes_since(revision: str, folder: Path) -> Changes:
    """Ask git what has changed in the work tree since a revision, or since where the two lines of history parted.

    Raises EvidencelintError where there is no git, no repository or no such revision.
    """
    top = top_of(folder, _ASKING)
    commit = commit_of(top, revision, _ASKING)
    parted = _git(top, "merge-base", commit, "HEAD", may_fail=True).decode().strip() or commit
    changed = _git(top, *_DIFF, "--name-only", "-z", parted, "--")
    new = _git(top, "ls-files", "--others", "--exclude-standard", "-z", "--")
    return Changes(top, parted, _names(changed), _names(new))


def _names(listed: bytes) -> frozenset[str]:
    return frozenset(os.fsdecode(name) for name in listed.split(b"\0") if name)


def _changed(top: Path, commit: str, name: str) -> Iterator[range]:
    diff = _git(top, *_DIFF, commit, "--", f":(literal){name}")
    for match in _HUNK.finditer(diff):
        start, count = int(match[1]), int(match[2]) if match[2] is not None else 1
        # where lines were only taken away, the line before the gap now says something else
        yield range(max(start, 1), max(start, 1) + max(count, 1))


def _git(folder: Path, *arguments: str, may_fail: bool = False) -> bytes:
    return ask(folder, *arguments, what=_ASKING, may_fail=may_fail)
