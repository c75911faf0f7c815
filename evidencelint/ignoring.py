"""Patterns as .gitignore has them: which files a search leaves out, and which settings a file has."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path, PurePath
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pathspec import GitIgnoreSpec

_GITIGNORE = ".gitignore"
_PLAIN = re.compile(r"(?P<ending>\*(?=\.))?(?P<name>[\w.+~ -]*[\w.+~-])(?P<folder>/?)")


def fits(patterns: Sequence[str], root: Path, path: Path, *, folder: bool = False) -> bool:
    """Tell whether a path, or a folder it lies in, fits patterns that count from ``root``.

    Of a path outside of ``root``, the name alone is looked at. Raises ValueError for what is no pattern.
    """
    return bool(patterns) and _compile(tuple(patterns)).decide(_relative(path, root), folder=folder) is True


def _relative(path: Path, root: Path) -> PurePath:
    try:
        return path.relative_to(root)
    except ValueError:
        return PurePath(path.name)


@dataclass(frozen=True, slots=True)
class _Patterns:
    """Compiled patterns; ``plain`` has those that are mere names, ``spec`` all of them where some are more."""

    plain: tuple[tuple[str, bool, bool], ...]
    spec: GitIgnoreSpec | None

    def decide(self, path: PurePath, *, folder: bool) -> bool | None:
        """Give True for left out, False for taken back in by a ``!`` pattern, None for neither."""
        if self.spec is not None:
            return self.spec.check_file(path.as_posix() + "/" * folder).include
        parts = path.parts
        for name, ending, only_folders in self.plain:
            looked_at = parts if folder or not only_folders else parts[:-1]
            if any(part.endswith(name) if ending else part == name for part in looked_at):
                return True
        return None


@cache
def _compile(patterns: tuple[str, ...]) -> _Patterns:
    plain = [_PLAIN.fullmatch(pattern) for pattern in patterns]
    if all(plain):
        found = ((m["name"], m["ending"] is not None, bool(m["folder"])) for m in plain if m is not None)
        return _Patterns(tuple(found), None)
    # most files have mere names, which are faster matched than this is imported
    from pathspec import GitIgnoreSpec  # noqa: PLC0415

    return _Patterns((), GitIgnoreSpec.from_lines(patterns))


@dataclass(slots=True)
class GitIgnore:
    """The .gitignore files of a repository, each read once; ``top`` is its root."""

    top: Path
    _known: dict[Path, _Patterns | None] = field(default_factory=dict)

    def ignores(self, path: Path, *, folder: bool) -> bool:
        """Tell whether git would ignore a path whose parents it does not ignore; the nearest file's word counts."""
        for parent in path.parents:
            patterns = self._of(parent)
            decision = patterns.decide(_relative(path, parent), folder=folder) if patterns is not None else None
            if decision is not None:
                return decision
            if parent == self.top:
                break
        return False

    def _of(self, folder: Path) -> _Patterns | None:
        if folder not in self._known:
            files = [folder / _GITIGNORE]
            if folder == self.top:
                files.insert(0, folder / ".git" / "info" / "exclude")
            lines = tuple(line for file in files for line in _lines(file))
            self._known[folder] = _compile(lines) if lines else None
        return self._known[folder]


def _lines(file: Path) -> list[str]:
    try:
        text = file.read_text(encoding="utf-8", errors="replace")
    except OSError:
        return []
    return [line.rstrip() for line in text.splitlines() if line.strip() and not line.startswith("#")]
