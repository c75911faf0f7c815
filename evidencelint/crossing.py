"""What only shows across documents: one key for two works."""

from __future__ import annotations

from dataclasses import replace

from evidencelint.bibliography.work import described, differ
from evidencelint.diagnostics import Diagnostic
from evidencelint.outcome import CitedWork, FileReport, OpenFigure


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


def compare_draft(file: FileReport, told: dict[str, OpenFigure]) -> FileReport:
    """Add what a document says against those before it in the run: the second of two values for one thing.

    ``told`` keeps the first figure of each thing; it starts empty with the run.
    """
    added: list[Diagnostic] = []
    for figure in file.open_figures:
        known = told.setdefault(figure.thing, figure)
        if known.value != figure.value and known.found.path != file.path:
            where = f"{known.found.path}:{known.found.line}"
            message = f"says {figure.found.text}, {where} says {known.found.text} of the same thing"
            added.append(replace(figure.found, message=message, expected=known.found.text))
    if not added:
        return file
    both = sorted([*file.diagnostics, *added], key=lambda found: (found.span, found.code))
    return replace(file, diagnostics=tuple(both))
