"""From documents to what is reported of them: check, policy, baseline, changed lines."""

from __future__ import annotations

from collections.abc import Sequence
from contextlib import closing
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import TYPE_CHECKING

import click

from evidencelint.baseline import DEFAULT_NAME, Entry, load_baseline, subtract, write_baseline
from evidencelint.changes import Changes, changes_since
from evidencelint.cli.common import Checked, DocumentToCheck, check_documents, say
from evidencelint.cli.options import CheckOptions
from evidencelint.cli.progress import Progress
from evidencelint.configfile import shorter
from evidencelint.errors import DocumentError, EvidencelintError
from evidencelint.project import Project, run_config
from evidencelint.triage import triage

if TYPE_CHECKING:
    from evidencelint.engine import FileReport

_MOST_TOLD = 10


@dataclass(slots=True)
class Judge:
    """Checks documents for one run and reports what its settings leave."""

    project: Project
    verbose: bool = False
    baseline: Path | None = None
    entries: tuple[Entry, ...] = ()
    changes: Changes | None = None
    writes: bool = False
    _stale: dict[str, tuple[Entry, ...]] = field(default_factory=dict)
    _paths: dict[str, Path] = field(default_factory=dict)

    @classmethod
    def of(cls, project: Project, options: CheckOptions) -> Judge:
        """Make ready; raises EvidencelintError for a baseline or a revision that there is not."""
        writes = options.write_baseline is not None
        if writes and (options.since is not None or options.fix or options.diff):
            raise click.UsageError("--write-baseline goes with neither --since, --fix nor --diff")
        if options.fix and options.diff:
            raise click.UsageError("--fix and --diff exclude one another")
        config = run_config(project, options.places)
        path = Path(options.write_baseline) if options.write_baseline else config.baseline and shorter(config.baseline)
        if path is None and writes:
            path = Path(DEFAULT_NAME)
        entries = load_baseline(path) if path is not None and (path.exists() or not writes) else ()
        changes = changes_since(options.since, Path()) if options.since is not None else None
        return cls(project, options.verbose, path, entries, changes, writes)

    def wanted(self, documents: Sequence[DocumentToCheck]) -> list[DocumentToCheck]:
        """Leave out documents without a changed line."""
        return [d for d in documents if self.changes is None or self.changes.has(d.path)]

    def check(self, documents: Sequence[DocumentToCheck]) -> Checked:
        """Check documents and apply policy, baseline and changes."""
        self._paths.update({document.name: document.path for document in documents})
        with closing(Progress(len(documents))) as progress:
            return check_documents(self.project, documents, self._judged, progress=progress, verbose=self.verbose)

    def finish(self, checked: Checked) -> None:
        """Write the baseline where that is asked for, else tell which of its entries are past."""
        if self.baseline is None:
            return
        if self.writes:
            self._write(self.baseline, checked)
        elif self.changes is None:
            self._tell_stale(self.baseline)

    def _judged(self, file: FileReport, data: bytes) -> FileReport:
        if not file.checked:
            return file
        path = self._paths[file.path]
        try:
            file = triage(file, data, self.project.policy(path))
        except DocumentError as error:
            return replace(file, checked=False, error=error, claims=(), diagnostics=())
        if self.baseline is not None:
            file, stale = subtract(self.baseline, self.entries, file)
            enabled = self.project.policy(path).enabled
            self._stale[file.path] = tuple(entry for entry in stale if entry.name in enabled)
        if self.changes is not None:
            touched = [d for d in file.diagnostics if self.changes.touches(path, d.line, d.end_line)]
            file = replace(file, diagnostics=tuple(touched))
        return file

    def _write(self, path: Path, checked: Checked) -> None:
        try:
            count = write_baseline(path, checked.files, self.entries)
        except OSError as error:
            raise EvidencelintError(f"{path}: cannot write the baseline: {error.strerror}") from error
        say(f"evidencelint: {path.as_posix()}: {count} known {'finding' if count == 1 else 'findings'}", err=True)
        entries = load_baseline(path)
        checked.files = [subtract(path, entries, file)[0] for file in checked.files]

    def _tell_stale(self, path: Path) -> None:
        gone = [entry for entry in self.entries if not (path.parent / entry.path).exists()]
        stale = sorted({*gone, *(entry for entries in self._stale.values() for entry in entries)})
        for entry in stale[:_MOST_TOLD]:
            place = f"{path.as_posix()}:{entry.line}"
            say(f"evidencelint: {place}: stale: {entry.path} no longer has {entry.rule} “{entry.text}”", err=True)
        if stale:
            number = f"{len(stale)} entry is" if len(stale) == 1 else f"{len(stale)} entries are"
            say(f"evidencelint: {path.as_posix()}: {number} stale; --write-baseline drops them", err=True)
