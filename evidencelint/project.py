"""A project as its files set it up: configuration, fact bases and policy of any document, and its check."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING

from evidencelint.cache import Store
from evidencelint.configuration.discovery import Search, facts_of
from evidencelint.configuration.files import Configs, load_config, repository_root, shorter
from evidencelint.configuration.settings import TOOL, Config, Overrides
from evidencelint.diagnostics import CitationPolicy, Position
from evidencelint.errors import DocumentError, EvidencelintError, FactBaseError
from evidencelint.outcome import FileReport
from evidencelint.policy.triage import Policy, ignored_in, make_policy, triage
from evidencelint.reading import read_bytes, real
from evidencelint.running.bench import Bench
from evidencelint.running.remembered import RememberingLinter
from evidencelint.timebudget import MOST_SECONDS

if TYPE_CHECKING:
    from evidencelint.factbase.facts import FactBase


_MOST_BYTES = 100_000_000
_MOST_NAMED = 3


@dataclass(slots=True)
class Project:
    """Knows what every document is checked against.

    ``tell`` is called with all but the last of the problems of a fact base that cannot be trusted; the last one is
    raised. ``seconds`` of processor time are what one document may take; documents that are ``alone`` bring no files
    along. ``tell_left_out`` is called with a line for each document that is left out as a source.
    """

    configs: Configs
    tell: Callable[[str], None] = field(default=lambda _: None)
    tell_left_out: Callable[[str], None] = field(default=lambda _: None)
    store: Store = field(default_factory=Store)
    seconds: float | None = MOST_SECONDS
    alone: bool = False
    _bench: Bench | None = None
    _nearest: dict[Path, tuple[Path, ...]] = field(default_factory=dict)
    _texts: dict[Path, bytes] = field(default_factory=dict)
    _policies: dict[tuple[int, tuple[str, ...]], Policy] = field(default_factory=dict)

    @classmethod
    def open(cls, overrides: Overrides | None = None, *, config: Path | None = None, isolated: bool = False) -> Project:
        """Make ready a project; raises ConfigError where the configuration that is named cannot be read."""
        named = load_config(config) if config is not None else None
        return cls(Configs(named, isolated=isolated, overrides=overrides or Overrides()))

    def config(self, document: Path) -> Config:
        """Give the settings of a document."""
        return self.configs.of(document.parent)

    def documents(self, paths: Sequence[Path]) -> Iterator[Path]:
        """Find the documents under paths, as the configuration says, but for the sources of their fact bases.

        Those are checked only where they are named, and told to `tell_left_out` elsewhere. Raises EvidencelintError
        where nothing else is there.
        """
        named = frozenset(paths)
        left_out: list[Path] = []
        found = 0
        for document in Search(self.configs).documents(paths):
            named_so = document in named and not self.config(document).force_exclude
            base = None if named_so else self.source_of(document)
            if base is None:
                found += 1
                yield document
            else:
                left_out.append(document)
                self.tell_left_out(f"{document.as_posix()}: left out, because {base.as_posix()} is made from it")
        if left_out and not found and not all(document in named for document in left_out):
            names = ", ".join(document.as_posix() for document in left_out[:_MOST_NAMED])
            raise EvidencelintError(f"no documents but what fact bases are made from ({names}); name one to check it")

    def source_of(self, document: Path) -> Path | None:
        """Give the fact base of a document that the document is itself a file or source of; None where it is none."""
        try:
            bases = self.facts(document)
        except FactBaseError:
            return None
        return next((base for base in bases if self._leads_to(base, document)), None)

    def _leads_to(self, base: Path, document: Path) -> bool:
        """Tell whether a fact base reads a document; it is loaded only where its text might speak of it."""
        if base not in self._texts:
            try:
                self._texts[base] = read_bytes(base, _MOST_BYTES)
            except (OSError, ValueError):
                self._texts[base] = b""
        text = self._texts[base]
        if b"include" not in text and document.name.encode("utf-8", "replace") not in text:
            return False
        files = self.bench.identity(base).files
        return real(document) in {real(Path(name)) for name in files if Path(name).name == document.name}

    def leaves_out(self, document: Path) -> bool:
        """Tell whether a document is left out though it is named, as editors name what they pipe in."""
        return Search(self.configs).leaves_out(document)

    def facts(self, document: Path, data: bytes | None = None) -> tuple[Path, ...]:
        """Give the fact bases of a document: those of the command line, its own front matter, the configuration.

        Without ``data``, the front matter is not looked at. Raises FactBaseError where there are none, and
        DocumentError where the front matter names one outside of the project.
        """
        if data is not None and not self.configs.overrides.facts and TOOL.encode() in data:
            from evidencelint.policy.documentsettings import read_document_settings  # noqa: PLC0415 - most documents set nothing
            from evidencelint.source import read_source  # noqa: PLC0415

            own = read_document_settings(read_source(data, document.as_posix())).facts
            if own:
                return _inside(document, own)
        config = self.config(document)
        if config.per_path_facts:
            return facts_of(document, config)
        if document.parent not in self._nearest:
            self._nearest[document.parent] = facts_of(document, config)
        return self._nearest[document.parent]

    def base(self, facts: Path) -> FactBase:
        """Load a fact base; raises FactBaseError where it, or its own sources, say that it cannot be trusted."""
        return self._trusted(_load(facts))

    def joined(self, facts: tuple[Path, ...]) -> FactBase:
        """Load several fact bases as one; raises FactBaseError where they, or one of them, cannot be used."""
        return self.bench.joined(facts)

    @property
    def bench(self) -> Bench:
        """Give what makes the linters of the fact bases."""
        from evidencelint.rules import select  # noqa: PLC0415

        if self._bench is None:
            self._bench = Bench(select(), self.store, self.base, _load, seconds=self.seconds, alone=self.alone)
        return self._bench

    def linter(self, facts: tuple[Path, ...], citations: CitationPolicy = "never") -> RememberingLinter:
        """Give the linter of fact bases; what it finds is not yet as the project wants it, see `triage`.

        ``citations`` says which claims need one, where the document itself does not.
        """
        return self.bench.linter(facts, citations)

    @property
    def reported(self) -> frozenset[str]:
        """Give the names of the rules that some document of the run so far was checked by."""
        return frozenset(name for policy in self._policies.values() for name in policy.enabled)

    def policy(self, document: Path) -> Policy:
        """Give the policy of a document."""
        config = self.config(document)
        # documents of one configuration have the same object
        key = (id(config), ignored_in(document, config))
        if key not in self._policies:
            self._policies[key] = make_policy(config, key[1])
        return self._policies[key]

    def check(self, data: bytes, document: Path) -> FileReport:
        """Check one document and apply its policy; one that cannot be read is reported as not checked."""
        try:
            facts = self.facts(document, data)
            report = self.linter(facts, self.config(document).citations).check(data, document.as_posix())
            return triage(report, data, self.policy(document))
        except DocumentError as error:
            return FileReport(document.as_posix(), checked=False, error=error, claims=(), diagnostics=())

    def _trusted(self, base: FactBase) -> FactBase:
        """Refuse a fact base that its own sources contradict: nothing checked against it would mean anything."""
        from evidencelint.bibliography import Memory, load_all  # noqa: PLC0415
        from evidencelint.curating.check import check_fact_base  # noqa: PLC0415

        problems = check_fact_base(base, load_all(base.bibliography, Memory(self.store)))
        wrong = [problem for problem in problems if problem.severity == "error"]
        for problem in wrong[:-1]:
            self.tell(problem.located())
        if wrong:
            raise FactBaseError(f"{wrong[-1].code} {wrong[-1].name}: {wrong[-1].message}", wrong[-1].position)
        return base


def _load(facts: Path) -> FactBase:
    from evidencelint.factbase.load import load_facts  # noqa: PLC0415 - loaded only to check

    return load_facts(facts)


def _inside(document: Path, names: Sequence[str]) -> tuple[Path, ...]:
    """Give the fact bases that a document names, which must lie in its repository: documents come from anyone."""
    place = Position(document.as_posix(), 1)
    folder = real(document.parent)
    root = repository_root(folder) or Path.cwd()
    found: list[Path] = []
    for name in names:
        path = real(folder / name)
        if not path.is_relative_to(root):
            raise DocumentError(f"front matter {TOOL}.facts: {name} lies outside of {root.name}", place)
        if not path.is_file():
            raise DocumentError(f"front matter {TOOL}.facts: {name}: no such file beside the document", place)
        found.append(shorter(path))
    return tuple(dict.fromkeys(found))


def run_config(project: Project, paths: Sequence[Path]) -> Config:
    """Give the settings of a run as a whole (format, baseline, paths): those of the first path."""
    first = paths[0] if paths else Path()
    try:
        return project.configs.of(first if first.is_dir() else first.parent)
    except OSError as error:
        raise EvidencelintError(f"{first}: {error.strerror}") from error
