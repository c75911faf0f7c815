"""Findings that are known: written once, subtracted from then on, and told when they are gone.

A key is path, rule, facts, claim and ordinal (the fingerprint of a diagnostic has all but the path), never a line
number, so that text moving about a file changes nothing.
"""

from __future__ import annotations

import json
import os
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING

from evidencelint.diagnostics import Diagnostic, Position, Suppressed
from evidencelint.errors import ConfigError
from evidencelint.reading import real
from evidencelint.yamlio import read_text

if TYPE_CHECKING:
    from evidencelint.outcome import FileReport

DEFAULT_NAME = "evidencelint-baseline.json"
SCHEMA_VERSION = 1
_KEYS = ("path", "rule", "name", "fingerprint", "text")
_HEAD = '{"schema_version": 1, "findings": ['


@dataclass(frozen=True, slots=True, order=True)
class Entry:
    """One known finding; ``path`` counts from the folder of the baseline, ``text`` is there for people."""

    path: str
    rule: str
    fingerprint: str
    name: str
    text: str
    line: int = 0

    @property
    def key(self) -> tuple[str, str, str]:
        """Give what a finding must share."""
        return self.path, self.rule, self.fingerprint


def load_baseline(path: Path) -> tuple[Entry, ...]:
    """Read a baseline; raises ConfigError where it is missing or is none."""
    text = read_text(path, "baseline", ConfigError)
    advice = "write it anew with --write-baseline"
    try:
        data = json.loads(text)
    except (ValueError, RecursionError) as error:
        place = Position(path.as_posix(), getattr(error, "lineno", 1), getattr(error, "colno", 1))
        raise ConfigError(f"is not JSON; {advice}", place) from error
    if not isinstance(data, dict) or data.get("schema_version") != SCHEMA_VERSION:
        raise ConfigError(f"is no baseline of version {SCHEMA_VERSION}; {advice}", Position(path.as_posix(), 1))
    findings = data.get("findings")
    entries = [_entry(item) for item in findings] if isinstance(findings, list) else [None]
    if None in entries:
        raise ConfigError(f"has an entry without {', '.join(_KEYS)}; {advice}", Position(path.as_posix(), 1))
    lines = {line.strip().rstrip(","): number for number, line in enumerate(text.split("\n"), start=1)}
    return tuple(replace(entry, line=lines.get(_line(entry), 1)) for entry in entries if entry is not None)


def write_baseline(path: Path, files: Iterable[FileReport], before: Iterable[Entry]) -> int:
    """Write what the files have, and give the number of entries; those of documents not checked now are kept.

    One entry a line, sorted, so that merges of branches go well. Raises OSError.
    """
    reports = list(files)
    checked = {_from(path, file.path) for file in reports}
    kept = {entry for entry in before if entry.path not in checked and (path.parent / entry.path).exists()}
    found = {_entry_of(path, found) for file in reports for found in _known(file)}
    entries = sorted({entry.key: replace(entry, line=0) for entry in (*kept, *found)}.values())
    body = ",\n".join(_line(entry) for entry in entries)
    text = f"{_HEAD}\n{body}\n]}}\n" if body else f"{_HEAD}]}}\n"
    path.write_text(text, encoding="utf-8", newline="\n")
    return len(entries)


def subtract(path: Path, entries: Iterable[Entry], file: FileReport) -> tuple[FileReport, tuple[Entry, ...]]:
    """Take known findings out of a report; gives the entries of this document that it no longer has, too."""
    mine = {entry.key: entry for entry in entries if entry.path == _from(path, file.path)}
    if not mine or not file.checked:
        return file, ()
    met: set[tuple[str, str, str]] = set()
    kept: list[Diagnostic] = []
    taken: list[Suppressed] = []
    for found in file.diagnostics:
        key = _entry_of(path, found).key
        if key in mine:
            met.add(key)
            taken.append(Suppressed(found, "baseline"))
        else:
            kept.append(found)
    report = replace(file, diagnostics=tuple(kept), suppressed=(*file.suppressed, *taken))
    return report, tuple(sorted(entry for key, entry in mine.items() if key not in met))


def _known(file: FileReport) -> Iterable[Diagnostic]:
    yield from file.diagnostics
    yield from (each.diagnostic for each in file.suppressed if each.by == "baseline")


def _entry_of(path: Path, found: Diagnostic) -> Entry:
    return Entry(_from(path, found.path), found.code, found.fingerprint, found.name, " ".join(found.text.split()))


def _from(baseline: Path, document: str) -> str:
    try:
        return Path(os.path.relpath(real(Path(document)), real(baseline.parent))).as_posix()
    except ValueError:
        # another drive
        return Path(document).as_posix()


def _line(entry: Entry) -> str:
    shown = {key: getattr(entry, key) for key in _KEYS}
    return json.dumps(shown, ensure_ascii=False)


def _entry(item: object) -> Entry | None:
    if not isinstance(item, Mapping) or not all(isinstance(item.get(key), str) for key in _KEYS):
        return None
    return Entry(item["path"], item["rule"], item["fingerprint"], item["name"], item["text"])
