"""Patterns as .gitignore has them: which files a search leaves out, and which settings a file has."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path, PurePath
from typing import TYPE_CHECKING

from evidencelint.errors import EvidencelintError

if TYPE_CHECKING:
    from pathspec import GitIgnoreSpec

_STARS = re.compile(r"\*+")
_MOST_STARS = 3
_MOST_FOLDERS = 2
_GITIGNORE = ".gitignore"
_PLAIN = re.compile(r"(?P<ending>\*(?=\.))?(?P<name>[\w.+~ -]*[\w.+~-])(?P<folder>/?)")


def fits(patterns: Sequence[str], root: Path, path: Path, *, folder: bool = False) -> bool:
    """Tell whether a path, or a folder it lies in, fits patterns that count from ``root``.

    Of a path outside of ``root``, the name alone is looked at. Raises ValueError for what is no pattern.
    """
    return bool(patterns) and _compile(tuple(patterns)).decide(_relative(path, root), folder=folder) is True


def check_pattern(pattern: str) -> None:
    """Raise EvidencelintError for a pattern of the command line that cannot be read."""
    try:
        _compile((pattern,))
    except ValueError as error:
        raise EvidencelintError(f"{pattern!r} is no pattern: {error}") from error


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
    for pattern in patterns:
        if _costly(pattern):
            raise ValueError(f"more than {_MOST_STARS} * in one name, or more than {_MOST_FOLDERS} ** in all")
    # most files have mere names, which are faster matched than this is imported
    from pathspec import GitIgnoreSpec  # noqa: PLC0415

    try:
        spec = GitIgnoreSpec.from_lines(patterns)
        spec.check_file("a")  # some faults show only when a pattern is used
        return _Patterns((), spec)
    except re.error as error:
        raise ValueError(str(error)) from error


def _costly(pattern: str) -> bool:
    """Tell whether a pattern could take very long on a long name: such regular expressions try every way to fit."""
    names = pattern.split("/")
    return names.count("**") > _MOST_FOLDERS or any(len(_STARS.findall(name)) > _MOST_STARS for name in names)


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
            lines = tuple(line for file in files for line in _lines(file) if _is_pattern(line))
            self._known[folder] = _compile(lines) if lines else None
        return self._known[folder]


def _is_pattern(line: str) -> bool:
    """Tell whether a line can be read; git passes over those that cannot."""
    try:
        _compile((line,))
    except ValueError:
        return False
    return True


def _lines(file: Path) -> list[str]:
    try:
        text = file.read_text(encoding="utf-8", errors="replace")
    except OSError:
        return []
    return [line.rstrip() for line in text.splitlines() if line.strip() and not line.startswith("#")]
