"""What only shows across documents: one key for two works."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from evidencelint.bibliography.work import described, differ
from evidencelint.engine import CitedWork, FileReport
from evidencelint.model import Diagnostic


class Crossing:
    """The keys that the documents of a run cite from bibliographies of their own; their order decides who is first."""

    def __init__(self) -> None:
        """Begin with no document."""
        self._first: dict[str, tuple[str, CitedWork]] = {}

    def add(self, file: FileReport) -> FileReport:
        """Give a report with what it shows together with those before it.

        A document whose bibliography has another work under a key than that of an earlier document is told so where
        it first cites it.
        """
        more: list[Diagnostic] = []
        for cited in file.cited:
            path, other = self._first.setdefault(cited.key, (file.path, cited))
            told = any(d.code == cited.diagnostic.code and d.span == cited.diagnostic.span for d in file.diagnostics)
            if differ(cited.work, other.work) and not told:
                message = f"{cited.key} is {described(cited.work)} here, and {described(other.work)} in {path}"
                more.append(replace(cited.diagnostic, message=message))
        found = sorted((*file.diagnostics, *more), key=lambda d: (d.span, d.code, d.message))
        return replace(file, diagnostics=tuple(found)) if more else file


def across(files: Sequence[FileReport]) -> tuple[FileReport, ...]:
    """Give the reports of documents with what only the documents together show."""
    crossing = Crossing()
    return tuple(crossing.add(file) for file in files)
