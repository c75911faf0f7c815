"""From documents to what is reported of them: check, policy, baseline, changed lines."""

from __future__ import annotations

from collections.abc import Sequence
from contextlib import closing
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import TYPE_CHECKING

import click

from evidencelint.cli.common import Checked, DocumentToCheck, check_documents
from evidencelint.cli.options import CheckOptions
from evidencelint.cli.progress import Progress
from evidencelint.configuration.files import shorter
from evidencelint.errors import DocumentError
from evidencelint.policy.triage import triage
from evidencelint.project import Project, run_config

if TYPE_CHECKING:
    from evidencelint.cli.known import Known
    from evidencelint.outcome import FileReport
    from evidencelint.policy.changes import Changes


@dataclass(slots=True)
class Judge:
    """Checks documents for one run and reports what its settings leave."""

    project: Project
    verbose: bool = False
    jobs: int = 1
    known: Known | None = None
    changes: Changes | None = None
    _paths: dict[str, Path] = field(default_factory=dict)

    @classmethod
    def of(cls, project: Project, options: CheckOptions) -> Judge:
        """Make ready; raises EvidencelintError for a baseline or a revision that there is not."""
        writes = options.write_baseline is not None
        if writes and (options.since is not None or options.fix or options.diff):
            raise click.UsageError("--write-baseline goes with neither --since, --fix nor --diff")
        if options.fix and options.diff:
            raise click.UsageError("--fix and --diff exclude one another")
        judge = cls(project, options.verbose, options.jobs)
        configured = run_config(project, options.places).baseline
        path = Path(options.write_baseline) if options.write_baseline else configured and shorter(configured)
        if writes or path is not None:
            from evidencelint.cli.known import Known  # noqa: PLC0415 - most runs have none

            judge.known = Known.open(path, writes=writes)
        if options.since is not None:
            from evidencelint.policy.changes import changes_since  # noqa: PLC0415

            judge.changes = changes_since(options.since, Path())
        return judge

    def wanted(self, documents: Sequence[DocumentToCheck]) -> list[DocumentToCheck]:
        """Leave out documents without a changed line."""
        return [d for d in documents if self.changes is None or self.changes.has(d.path)]

    def check(self, documents: Sequence[DocumentToCheck]) -> Checked:
        """Check documents and apply policy, baseline and changes."""
        self._paths.update({document.name: document.path for document in documents})
        with closing(Progress(len(documents))) as progress:
            return check_documents(
                self.project, documents, self._judged, jobs=self.jobs, progress=progress, verbose=self.verbose
            )

    def finish(self, checked: Checked) -> None:
        """Write the baseline, or tell which of its entries are past; a run on some lines cannot know."""
        if self.known is not None and self.changes is None:
            self.known.finish(checked)

    def _judged(self, file: FileReport, data: bytes) -> FileReport:
        if not file.checked:
            return file
        path = self._paths[file.path]
        policy = self.project.policy(path)
        try:
            file = triage(file, data, policy)
        except DocumentError as error:
            return replace(file, checked=False, error=error, claims=(), diagnostics=())
        if self.known is not None:
            file = self.known.subtract(file, policy.enabled)
        if self.changes is not None:
            touched = [d for d in file.diagnostics if self.changes.touches(path, d.line, d.end_line)]
            file = replace(file, diagnostics=tuple(touched))
        return file
