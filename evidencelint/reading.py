"""Read files that others wrote: only regular ones, never more than a limit, and with a record of what was read."""

from __future__ import annotations

import errno
import hashlib
import os
import stat
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from contextvars import ContextVar
from pathlib import Path

ABSENT = "absent"
_UNREAD = "unread"
# the largest document that is checked
MOST_BYTES = 20_000_000
_KINDS = ((stat.S_ISFIFO, "a pipe"), (stat.S_ISSOCK, "a socket"))
_record: ContextVar[dict[str, str] | None] = ContextVar("files read", default=None)


class NotAFileError(OSError):
    """The path leads to a pipe, a socket or a device; ``kind`` says which ("a pipe")."""

    def __init__(self, kind: str) -> None:
        """Keep what it is for the message."""
        super().__init__(f"is {kind}, not a file")
        self.kind = kind


class TooLargeError(OSError):
    """The file is larger than the caller would read."""


def read_bytes(path: Path, most_bytes: int) -> bytes:
    """Read a regular file of at most ``most_bytes``.

    Anything else is refused before it is read, because a pipe or a device may never answer or never end. Raises
    IsADirectoryError, NotAFileError, TooLargeError, another OSError, or ValueError for a path that no system knows.
    """
    try:
        # opened without waiting, because a pipe may have taken the place of the file since
        with open(path, "rb", opener=_open) as file:
            data = file.read(most_bytes + 1)
    except OSError:
        _note(path, ABSENT)
        raise
    if len(data) > most_bytes:
        raise TooLargeError(f"is over {most_bytes // 1_000_000} MB")
    _note(path, fingerprint(data))
    return data


def fingerprint(data: bytes) -> str:
    """Identify content: SHA-256 in hexadecimal."""
    return hashlib.sha256(data).hexdigest()


@contextmanager
def recorded() -> Iterator[Mapping[str, str]]:
    """Record every file read inside: its path as it was named, and the fingerprint of its content or ``ABSENT``.

    Records nest: an outer one holds what inner ones hold.
    """
    files: dict[str, str] = {}
    outer = _record.get()
    token = _record.set(files)
    try:
        yield files
    finally:
        _record.reset(token)
        if outer is not None:
            outer.update(files)


def unchanged(files: Mapping[str, str], most_bytes: int) -> bool:
    """Tell whether recorded files still hold what they held."""
    for name, before in files.items():
        try:
            now = fingerprint(read_bytes(Path(name), most_bytes))
        except (OSError, ValueError):
            now = ABSENT
        if now != before:
            return False
    return True


def note_unread(path: Path) -> None:
    """Record a file that was not looked at, whatever it holds, so that a result which says so is never looked up."""
    _note(path, _UNREAD)


def real(path: Path) -> Path:
    """Give a path with its links followed; of links that lead to themselves, the path as it is, which nothing reads."""
    return Path(os.path.realpath(path))


def inside(path: Path, root: Path) -> bool:
    """Tell whether a path, links followed, leads to a place at or under ``root``."""
    try:
        return real(path).is_relative_to(real(root))
    except (OSError, RuntimeError, ValueError):
        # a loop of links, or no path at all: reading it will say so
        return True


def project_root(folder: Path) -> Path:
    """Give the folder that files named by a project's own files must stay in.

    That is the root of the repository (the nearest folder with ``.git``), else the working folder where it lies
    above, else the folder above, so that sources may stand beside the folder of the fact base.
    """
    start = real(folder)
    for candidate in (start, *start.parents):
        if (candidate / ".git").exists():
            return candidate
    here = Path.cwd()
    return here if start.is_relative_to(here) else start.parent


def trouble(problem: OSError | ValueError) -> str:
    """Give the words for what went wrong with a file ("cannot be read (Permission denied)")."""
    if isinstance(problem, (NotAFileError, TooLargeError)):
        return str(problem)
    return f"cannot be read ({getattr(problem, 'strerror', None) or problem})"


def _open(path: str, flags: int) -> int:
    descriptor = os.open(path, flags | getattr(os, "O_NONBLOCK", 0))
    try:
        mode = os.fstat(descriptor).st_mode
        if stat.S_ISDIR(mode):
            raise IsADirectoryError(errno.EISDIR, os.strerror(errno.EISDIR), path)
        if not stat.S_ISREG(mode):
            raise NotAFileError(_kind(mode))
    except OSError:
        os.close(descriptor)
        raise
    return descriptor


def _kind(mode: int) -> str:
    return next((name for test, name in _KINDS if test(mode)), "a device")


def _note(path: Path, content: str) -> None:
    files = _record.get()
    if files is not None:
        files[str(path)] = content
