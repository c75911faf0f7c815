"""Documents checked again and again while their fact bases and settings change: what editors and agents need.

A session keeps the linter of every fact base it has met, and makes it anew once a file of it has changed. It is
the one door through which the language server, the agents' server and the report reach the engine.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path
from threading import RLock

from evidencelint.bibliography import load_all
from evidencelint.configuration.discovery import FACTS_NAME
from evidencelint.configuration.files import TOML_NAME, YAML_NAME
from evidencelint.curating.check import check_fact_base
from evidencelint.diagnostics import Diagnostic, Span
from evidencelint.engine import Linter
from evidencelint.errors import FactBaseError
from evidencelint.factbase.facts import Fact, FactBase
from evidencelint.factbase.joining import join
from evidencelint.factbase.load import load_facts
from evidencelint.outcome import FileReport
from evidencelint.policy.baseline import load_baseline, subtract
from evidencelint.policy.triage import triage
from evidencelint.project import Project
from evidencelint.rules import select
from evidencelint.source import Source, read_source

# name, time of change and size of each file of a fact base; -1 where there is no such file
Signature = tuple[tuple[str, int, int], ...]


@dataclass(frozen=True, slots=True)
class Checked:
    """One document as it was checked: its text, what came of it, and the fact base it was held against, by id, too.

    Of several fact bases, it is the one that they make together.
    """

    source: Source
    report: FileReport
    base: FactBase
    facts: Mapping[str, Fact]

    def at(self, offset: int) -> tuple[Diagnostic, ...]:
        """Give the findings whose piece holds an offset, its end included, the smallest first."""
        found = [d for d in self.report.diagnostics if d.span.start <= offset <= d.span.end]
        return tuple(sorted(found, key=lambda d: len(d.span)))


@dataclass(frozen=True, slots=True)
class _Ready:
    base: FactBase
    facts: Mapping[str, Fact]
    linter: Linter
    signature: Signature


class Session:
    """Checks texts; safe to use from several threads, which then wait for one another."""

    def __init__(self, opened: Callable[[], Project]) -> None:
        """Check by the settings of a project, which is asked for anew each time: its files may have changed."""
        self._opened = opened
        self._ready: dict[tuple[Path, ...], _Ready] = {}
        self._inputs: set[str] = set()
        self._lock = RLock()

    def check(self, text: str, path: str) -> Checked:
        """Check a text under the name of a file, which need not exist.

        Raises EvidencelintError for a fact base, settings or a text that cannot be used.
        """
        return self.check_bytes(text.encode("utf-8", "replace"), path)

    def check_bytes(self, data: bytes, path: str, *, hide_known: bool = True) -> Checked:
        """Check a document as it stands on disk, as `check` does; ``hide_known`` takes out what a baseline has."""
        document = Path(path)
        with self._lock:
            project = self._opened()
            ready = self._linter(project.facts(document, data))
            report = ready.linter.check(data, path)
            if report.error is not None:
                raise report.error
            report = triage(report, data, project.policy(document))
        baseline = project.config(document).baseline
        if baseline is not None and hide_known:
            report, _ = subtract(baseline, load_baseline(baseline), report)
        return Checked(read_source(data, path), report, ready.base, ready.facts)

    def concerns(self, text: str, path: str) -> bool:
        """Tell whether a document is to be checked at all: it has a fact base, and no setting leaves it out.

        Raises EvidencelintError for settings that cannot be used.
        """
        project, document = self._opened(), Path(path)
        try:
            project.facts(document, text.encode("utf-8", "replace"))
        except FactBaseError:
            return False
        return not project.leaves_out(document) and project.source_of(document) is None

    def base(self, path: str) -> FactBase:
        """Give the fact base of a document, joined where it has several, as it is on disk now."""
        with self._lock:
            return self._linter(self._opened().facts(Path(path))).base

    def depends_on(self, path: Path) -> bool:
        """Tell whether a file is one of settings or of a fact base that was asked for, so that its change matters."""
        with self._lock:
            known = str(path.resolve()) in self._inputs
        return known or path.name in {FACTS_NAME, YAML_NAME, TOML_NAME}

    def is_fact_base(self, path: Path) -> bool:
        """Tell whether a file is a fact base, by its name or because documents are checked against it."""
        with self._lock:
            known = {each.resolve() for paths in self._ready for each in paths}
        return path.name == FACTS_NAME or path.resolve() in known

    def _linter(self, paths: tuple[Path, ...]) -> _Ready:
        known = self._ready.get(paths)
        if known is not None and known.signature == _signature(known.base):
            return known
        self._inputs.update(str(path.resolve()) for path in paths)
        base = join([trusted(load_facts(path)) for path in paths])
        signature = _signature(base)
        self._inputs.update(name for name, _, _ in signature)
        ready = _Ready(base, {fact.id: fact for fact in base.facts}, Linter(base, select()), signature)
        self._ready[paths] = ready
        return ready


def trusted(base: FactBase) -> FactBase:
    """Refuse a fact base that its own sources contradict: nothing checked against it would mean anything."""
    wrong = [problem for problem in check_fact_base(base, load_all(base.bibliography)) if problem.severity == "error"]
    if wrong:
        more = f" (and {len(wrong) - 1} more; see `evidencelint facts check`)" if len(wrong) > 1 else ""
        raise FactBaseError(f"{wrong[0].code} {wrong[0].name}: {wrong[0].message}{more}", wrong[0].position)
    return base


def belongs(diagnostic: Diagnostic, span: Span) -> bool:
    """Tell whether a finding belongs to a stretch of the document: it overlaps it, or stands at a point in it."""
    point = len(diagnostic.span) == 0 and span.start <= diagnostic.span.start < span.end
    return point or diagnostic.span.overlaps(span)


def _signature(base: FactBase) -> Signature:
    """Describe the files of a fact base as they are now, so that a change shows without reading them."""
    sources = (Path(each.position.path).parent / each.path for each in base.sources if each.path)
    files = (*map(Path, base.files), *sources, *base.bibliography)
    return tuple((str(file.resolve()), *_state(file)) for file in files)


def _state(file: Path) -> tuple[int, int]:
    try:
        status = file.stat()
    except OSError:
        return -1, -1
    return status.st_mtime_ns, status.st_size
