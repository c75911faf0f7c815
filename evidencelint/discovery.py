"""Which documents to check, and which fact base each of them is checked against."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path

from evidencelint.errors import EvidencelintError, FactBaseError

FACTS_NAME = "facts.yaml"
_SUFFIXES = frozenset({".md", ".markdown"})
_SKIPPED = frozenset({"node_modules", "__pycache__", "site-packages"})


def find_documents(paths: Sequence[Path]) -> Iterator[Path]:
    """Yield the Markdown files under folders, sorted, and named files as they are, each once.

    Raises EvidencelintError for a path that does not exist and for a folder without Markdown.
    """
    seen: set[Path] = set()
    for path in paths:
        if path.is_dir():
            found = sorted(_walk(path))
            if not found:
                raise EvidencelintError(f"{path}: no Markdown files (.md, .markdown) in this folder")
        elif path.exists():
            found = [path]
        else:
            raise EvidencelintError(f"{path}: no such file or folder")
        for document in found:
            if document not in seen:
                seen.add(document)
                yield document


def _walk(folder: Path) -> Iterator[Path]:
    for entry in folder.iterdir():
        if entry.name.startswith(".") or entry.name in _SKIPPED:
            continue
        if entry.is_dir() and not entry.is_symlink():
            yield from _walk(entry)
        elif entry.suffix.lower() in _SUFFIXES and not entry.is_dir():
            # a broken link or a pipe by that name is told of when it is read, not left out in silence
            yield entry


def find_facts(start: Path) -> Path:
    """Find the nearest ``facts.yaml`` from a folder upwards, up to the root of the repository."""
    folder = start.resolve()
    for candidate in (folder, *folder.parents):
        if (candidate / FACTS_NAME).is_file():
            return _shorter(candidate / FACTS_NAME)
        if (candidate / ".git").exists():
            break
    raise FactBaseError(f"no {FACTS_NAME} in {start} or above; write one or name one with --facts")


def _shorter(path: Path) -> Path:
    """Give a path relative to the working folder where it lies inside, so that reports are the same everywhere."""
    try:
        return path.relative_to(Path.cwd())
    except ValueError:
        return path
