"""The Python interface: check texts and files as the command line does.

>>> from evidencelint import check_text
>>> report = check_text("Helmets cut head injuries by 84%.", facts="facts.yaml")
>>> [(found.line, found.name, found.expected) for found in report.diagnostics]
[(1, 'value-mismatch', '48%')]

What these functions take and give is stable: additions only, until a version that says otherwise. Lines and columns are
1-based and count code points; spans are 0-based offsets into the text, end exclusive.
"""

from __future__ import annotations

import os
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Union

from evidencelint.configuration.settings import Overrides
from evidencelint.diagnostics import Position
from evidencelint.engine import Linter
from evidencelint.errors import DocumentError
from evidencelint.factbase.facts import FactBase
from evidencelint.factbase.joining import join
from evidencelint.outcome import FileReport
from evidencelint.policy.triage import triage
from evidencelint.project import Project
from evidencelint.reading import MOST_BYTES, read_bytes, trouble
from evidencelint.rules import select

PathLike = Union[str, "os.PathLike[str]"]
Facts = FactBase | PathLike
SeveralFacts = Facts | Sequence[Facts]


def check_text(
    text: str | bytes,
    *,
    facts: SeveralFacts | None = None,
    path: PathLike = "text.md",
    select: Sequence[str] = (),
    ignore: Sequence[str] = (),
    config: PathLike | None = None,
    isolated: bool = False,
) -> FileReport:
    """Check one text; ``path`` is the name it goes by, and decides on its configuration and fact base.

    ``facts`` is a fact base, loaded or named, or several; without it, that of the configuration or the nearest
    ``facts.yaml``.
    ``select`` and ``ignore`` name rules by code, beginning of a code, or name. Raises EvidencelintError where fact base
    or configuration cannot be used; a text that cannot be read comes back with ``checked`` false and its ``error``.
    """
    data = text if isinstance(text, bytes) else text.encode("utf-8", "replace")
    checker = _Checker(facts, select, ignore, config, isolated=isolated)
    return checker.check(data, Path(path))


def check_paths(
    paths: Sequence[PathLike],
    *,
    facts: SeveralFacts | None = None,
    select: Sequence[str] = (),
    ignore: Sequence[str] = (),
    config: PathLike | None = None,
    isolated: bool = False,
) -> Iterator[FileReport]:
    """Check files, and the documents under folders, one after the other as the iterator is read.

    Takes and raises what `check_text` does; also EvidencelintError for a path that does not exist, at once.
    """
    checker = _Checker(facts, select, ignore, config, isolated=isolated)
    documents = list(checker.project.documents([Path(path) for path in paths]))
    return (checker.check_file(document) for document in documents)


def _listed(facts: SeveralFacts | None) -> Sequence[Facts]:
    if facts is None:
        return ()
    return (facts,) if isinstance(facts, (str, os.PathLike, FactBase)) else facts


class _Checker:
    """Checks documents against a loaded fact base, or the one each of them has."""

    def __init__(
        self,
        facts: SeveralFacts | None,
        chosen: Sequence[str],
        ignored: Sequence[str],
        config: PathLike | None,
        *,
        isolated: bool,
    ) -> None:
        select(chosen, ignored)  # a rule that there is not is told at once
        given = _listed(facts)
        loaded = any(isinstance(each, FactBase) for each in given)
        named = () if loaded else tuple(Path(each) for each in given if not isinstance(each, FactBase))
        overrides = Overrides(facts=named, select=tuple(chosen), ignore=tuple(ignored))
        self.project = Project.open(overrides, config=None if config is None else Path(config), isolated=isolated)
        bases = [each if isinstance(each, FactBase) else FactBase.load(each) for each in given] if loaded else []
        self._linter = Linter(join(bases), select()) if bases else None

    def check_file(self, document: Path) -> FileReport:
        try:
            data = read_bytes(document, MOST_BYTES)
        except (OSError, ValueError) as problem:
            name = document.as_posix()
            error = DocumentError(trouble(problem), Position(name, 1))
            return FileReport(name, checked=False, error=error, claims=(), diagnostics=())
        return self.check(data, document)

    def check(self, data: bytes, document: Path) -> FileReport:
        if self._linter is None:
            return self.project.check(data, document)
        report = self._linter.check(data, document.as_posix())
        return triage(report, data, self.project.policy(document))
