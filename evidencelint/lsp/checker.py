"""From the text of an open document to its view: drafts are checked, fact bases validated, other files left alone."""

from __future__ import annotations

from contextlib import suppress
from pathlib import Path

from lsprotocol import types

from evidencelint.bibliography import load_all
from evidencelint.curating.check import FactProblem, check_fact_base
from evidencelint.diagnostics import Position
from evidencelint.errors import EvidencelintError
from evidencelint.factbase.load import parse_facts
from evidencelint.lsp.positions import Positions
from evidencelint.lsp.view import SEVERITIES, TOOL, View, rest_of_line, rule_page, trouble
from evidencelint.session import Session
from evidencelint.source import Source

_DATA = frozenset({".yaml", ".yml", ".json", ".bib", ".bibtex", ".toml"})


class Checker:
    """Checks what is open in an editor; runs in one thread, and raises nothing that a text can be at fault for."""

    def __init__(self, session: Session) -> None:
        """Check with a session."""
        self._session = session

    def check(self, uri: str, path: str, version: int | None, text: str, encoding: str) -> View:
        """Check one version of a document."""
        places = Positions(Source(path, text), encoding)
        if Path(path).suffix.lower() in _DATA:
            problems = self._facts(path, text, places) if self._session.is_fact_base(Path(path)) else ()
            return View(uri, version, places, None, problems)
        try:
            # a page without a fact base, or that settings leave out, is none of our business
            checked = self._session.check(text, path) if self._session.concerns(text, path) else None
        except EvidencelintError as error:
            return View(uri, version, places, None, (trouble(error, places),))
        return View(uri, version, places, checked)

    def depends_on(self, path: Path) -> bool:
        """Tell whether a file on disk matters to what is checked."""
        return self._session.depends_on(path)

    def warm_up(self, folder: Path) -> None:
        """Load what the first check would wait for."""
        with suppress(EvidencelintError, OSError):
            self._session.check("Of 10 people, 5 did.", str(folder / "warm-up.md"))

    def _facts(self, path: str, text: str, places: Positions) -> tuple[types.Diagnostic, ...]:
        """Validate a fact base as it is being written; its sources and works are those on disk."""
        if Path(path).suffix.lower() not in {".yaml", ".yml"}:
            return ()
        try:
            base = parse_facts(text, path, Path(path).parent)
            problems = check_fact_base(base, load_all(base.bibliography))
        except EvidencelintError as error:
            if error.position is not None and error.position.path == path:
                return (_broken(error.message, error.position, places),)
            return (_broken(str(error), Position(path, 1), places),)
        return tuple(_problem(problem, places) for problem in problems)


def _broken(message: str, position: Position, places: Positions) -> types.Diagnostic:
    severity = types.DiagnosticSeverity.Error
    return types.Diagnostic(rest_of_line(places, position), message, severity=severity, source=TOOL)


def _problem(problem: FactProblem, places: Positions) -> types.Diagnostic:
    return types.Diagnostic(
        range=rest_of_line(places, problem.position),
        message=f"{problem.fact}: {problem.message}" if problem.fact else problem.message,
        severity=SEVERITIES[problem.severity],
        code=problem.code,
        code_description=rule_page(problem.code),
        source=TOOL,
    )
