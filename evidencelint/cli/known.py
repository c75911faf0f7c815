"""``check --baseline`` and ``--write-baseline``."""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING

from evidencelint.cli.common import Checked, say
from evidencelint.errors import EvidencelintError
from evidencelint.policy.baseline import DEFAULT_NAME, Entry, load_baseline, subtract, write_baseline

if TYPE_CHECKING:
    from evidencelint.outcome import FileReport

_MOST_TOLD = 10


@dataclass(slots=True)
class Known:
    """The findings that a baseline knows, and what the run makes of them."""

    path: Path
    writes: bool
    entries: tuple[Entry, ...]
    _stale: set[Entry] = field(default_factory=set)

    @classmethod
    def open(cls, path: Path | None, *, writes: bool) -> Known:
        """Read the baseline; one that is to be written need not be there. Raises ConfigError."""
        path = path or Path(DEFAULT_NAME)
        return cls(path, writes, load_baseline(path) if path.exists() or not writes else ())

    def subtract(self, file: FileReport, enabled: frozenset[str]) -> FileReport:
        """Take what is known out of a report; ``enabled`` are the rules without which nothing can be missed."""
        file, stale = subtract(self.path, self.entries, file)
        self._stale.update(entry for entry in stale if entry.name in enabled)
        return file

    def finish(self, checked: Checked) -> None:
        """Write the baseline where that is asked for, else tell which of its entries are past."""
        if self.writes:
            self._write(checked)
        else:
            self._tell_stale()

    def _write(self, checked: Checked) -> None:
        try:
            count = write_baseline(self.path, checked.files, self.entries)
        except OSError as error:
            raise EvidencelintError(f"{self.path}: cannot write the baseline: {error.strerror}") from error
        say(f"evidencelint: {self.path.as_posix()}: {count} known {'finding' if count == 1 else 'findings'}", err=True)
        entries = load_baseline(self.path)
        checked.files = [subtract(self.path, entries, file)[0] for file in checked.files]

    def _tell_stale(self) -> None:
        gone = [entry for entry in self.entries if not (self.path.parent / entry.path).exists()]
        stale = sorted({*gone, *self._stale})
        for entry in stale[:_MOST_TOLD]:
            place = f"{self.path.as_posix()}:{entry.line}"
            say(f"evidencelint: {place}: stale: {entry.path} no longer has {entry.rule} “{entry.text}”", err=True)
        if stale:
            number = f"{len(stale)} entry is" if len(stale) == 1 else f"{len(stale)} entries are"
            say(f"evidencelint: {self.path.as_posix()}: {number} stale; --write-baseline drops them", err=True)
