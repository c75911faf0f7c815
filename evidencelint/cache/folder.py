"""Where the cache lives, and that it belongs to nobody else."""

from __future__ import annotations

import os
import stat
import sys
from contextlib import suppress
from pathlib import Path

from evidencelint.errors import EvidencelintError

VARIABLE = "EVIDENCELINT_CACHE_DIR"
_TAG = (
    "Signature: 8a477f597d28d172789f06886806bc55\n"
    "# This file marks a cache of evidencelint, which can be deleted at any time.\n"
    "# For information about cache directory tags see https://bford.info/cachedir/\n"
)
_IGNORE = "# made by evidencelint\n*\n"
_OTHERS = stat.S_IWGRP | stat.S_IWOTH


class NotPrivateError(EvidencelintError):
    """The cache folder is another user's, or others may write into it: what it holds cannot be believed."""


def default_folder() -> Path | None:
    """Give the folder that the environment names, else the user's own for caches; None where there is none.

    It lies outside the project on purpose: a cache is believed, and a project may come from anybody.
    """
    named = os.environ.get(VARIABLE)
    if named:
        return Path(named)
    if sys.platform == "win32":
        base = os.environ.get("LOCALAPPDATA")
    elif sys.platform == "darwin":
        base = "~/Library/Caches"
    else:
        base = os.environ.get("XDG_CACHE_HOME") or "~/.cache"
    folder = Path(base).expanduser() if base else None
    return folder / "evidencelint" if folder is not None and folder.is_absolute() else None


def prepare(folder: Path) -> None:
    """Make the folder, private, with the files that tell backups and version control to leave it out.

    Raises OSError where that fails, and NotPrivateError where it must not be used.
    """
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    found = folder.stat()
    if hasattr(os, "geteuid") and (found.st_uid != os.geteuid() or found.st_mode & _OTHERS):
        raise NotPrivateError(f"the cache folder {folder} belongs to another user, or others may write into it")
    for name, content in (("CACHEDIR.TAG", _TAG), (".gitignore", _IGNORE)):
        # a folder that may not be written can still be read from
        with suppress(OSError):
            write_once(folder / name, content)


def write_once(path: Path, content: str) -> None:
    """Write a file that is not there yet, readable by its owner only, so that no one sees half of it."""
    if path.exists():
        return
    part = path.with_name(f".{path.name}.{os.getpid()}")
    descriptor = os.open(part, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
    with os.fdopen(descriptor, "w", encoding="utf-8", newline="\n") as file:
        file.write(content)
    part.replace(path)
