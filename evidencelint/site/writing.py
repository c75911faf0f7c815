"""Write the site, and nothing that somebody else would miss."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

from evidencelint.errors import EvidencelintError

_OURS = '<meta name="generator" content="evidencelint">'
_HEAD = 4_000


def write_site(pages: Mapping[str, str], folder: Path) -> None:
    """Write the pages, and remove those of an earlier run that there are no more.

    Raises EvidencelintError where a file is in the way that this tool did not write, or nothing can be written.
    """
    try:
        folder.mkdir(parents=True, exist_ok=True)
        for name in sorted(pages):
            if (folder / name).exists() and not _is_ours(folder / name):
                raise EvidencelintError(f"{folder / name}: there is a file that evidencelint did not write; move it")
        for old in sorted(folder.glob("*.html")):
            if old.name not in pages and _is_ours(old):
                old.unlink()
        for name, text in pages.items():
            (folder / name).write_text(text, encoding="utf-8", newline="\n")
    except OSError as error:
        raise EvidencelintError(f"{error.filename or folder}: cannot write the report: {error.strerror}") from error


def _is_ours(path: Path) -> bool:
    if not path.is_file():
        return False
    with path.open(encoding="utf-8", errors="replace") as file:
        return _OURS in file.read(_HEAD)
