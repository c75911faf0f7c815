"""What the commands share: reading documents, finding their fact bases, running the linter."""

from __future__ import annotations

import os
import sys
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from functools import cache, partial
from pathlib import Path
from time import perf_counter
from typing import TYPE_CHECKING, TypeVar

import click

from evidencelint import __version__
from evidencelint.cli.caching import cache_options, jobs_option, time_option
from evidencelint.cli.given import facts_option
from evidencelint.errors import DocumentError, EvidencelintError, FactBaseError
from evidencelint.timebudget import MOST_SECONDS

if TYPE_CHECKING:
    from evidencelint.cache import Store
    from evidencelint.cli.progress import Progress
    from evidencelint.configuration.settings import Overrides
    from evidencelint.outcome import FileReport, OpenFigure
    from evidencelint.project import Project
    from evidencelint.reporters import Run

STDIN = "-"
F = TypeVar("F", bound=Callable[..., object])


@dataclass(slots=True)
class Checked:
    """What came of the documents of a run, in order: reports, contents, fact bases (path, fingerprint), seconds."""

    files: list[FileReport] = field(default_factory=list)
    data: dict[str, bytes] = field(default_factory=dict)
    bases: dict[str, tuple[tuple[str, str], ...]] = field(default_factory=dict)
    seconds: dict[str, float] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class DocumentToCheck:
    """A document to check: the name it goes by, its place (which need not exist), how to read it, its fact bases."""

    name: str
    path: Path
    read: Callable[[], bytes]
    facts: tuple[Path, ...]
    is_stdin: bool = False


def document_options(command: F) -> F:
    """Add the arguments that every command on documents takes."""
    for decorate in (
        click.argument("paths", nargs=-1, type=click.Path(path_type=str)),
        facts_option("The fact base to check against (default: as configured, else the nearest facts.yaml)."),
        click.option("--stdin-filename", default="stdin.md", show_default=True, help="The name that '-' goes by."),
        click.option("--output-file", type=click.Path(path_type=Path), help="Write the report to a file."),
        click.option(
            "--config",
            "config_path",
            type=click.Path(path_type=Path),
            help="The configuration of all documents (default: evidencelint.yaml or pyproject.toml, found upwards).",
        ),
        click.option("--isolated", is_flag=True, help="Read no configuration."),
    ):
        command = decorate(command)
    return time_option(jobs_option(cache_options(command)))


def complain(error: EvidencelintError | str) -> None:
    """Say on stderr what went wrong."""
    say(f"evidencelint: error: {error}", err=True)


def say(line: str, *, err: bool = False) -> None:
    """Print a line that repeats text we did not write."""
    from evidencelint.reporters.run import clean  # noqa: PLC0415 - brings the engine with it

    click.echo(clean(line), err=err)


def open_project(
    facts_paths: tuple[Path, ...],
    config_path: Path | None,
    *,
    isolated: bool,
    overrides: Overrides | None = None,
    store: Store | None = None,
    seconds: float | None = MOST_SECONDS,
) -> Project:
    """Make ready the project of the command line's settings."""
    from evidencelint.configuration.settings import Overrides  # noqa: PLC0415
    from evidencelint.project import Project  # noqa: PLC0415

    if config_path is not None and isolated:
        raise click.UsageError("--config and --isolated exclude one another")
    facts = tuple(dict.fromkeys(facts_paths))
    project = Project.open(replace(overrides or Overrides(), facts=facts), config=config_path, isolated=isolated)
    project.tell = complain
    project.seconds = seconds
    if store is not None:
        project.store = store
    return project


def paths_of(project: Project, paths: Sequence[str]) -> list[str]:
    """Give the paths to check: those named, else those of the configuration, else the working folder."""
    from evidencelint.configuration.files import shorter  # noqa: PLC0415

    if paths:
        return list(paths)
    config = project.configs.of(Path())
    return [shorter(config.root / path).as_posix() for path in config.paths] or ["."]


def find_documents(project: Project, paths: Sequence[str], stdin_filename: str) -> list[DocumentToCheck]:
    """Find the documents and the fact bases of each, so that what is missing is told before the first, slow, check."""
    return list(_documents(project, paths_of(project, paths), stdin_filename))


def check_documents(
    project: Project,
    documents: Sequence[DocumentToCheck],
    judge: Callable[[FileReport, bytes], FileReport] | None = None,
    *,
    jobs: int = 1,
    progress: Progress | None = None,
    verbose: bool = False,
) -> Checked:
    """Check documents in order; those that cannot be read are told on stderr and kept as not checked.

    ``judge`` makes of what the engine finds what is reported. Only contents that a report or a fix needs are kept.
    """
    from evidencelint.crossing import Crossing, compare_draft  # noqa: PLC0415
    from evidencelint.running.jobs import Work, check_all, processors  # noqa: PLC0415 - loaded only to check

    found = Checked()
    crossing = Crossing()
    told: dict[str, OpenFigure] = {}
    used: dict[str, tuple[Path, ...]] = {}
    stdin = {document.name for document in documents if document.is_stdin}

    def work() -> Iterator[Work]:
        for document in documents:
            try:
                data = document.read()
                facts = project.facts(document.path, data)
            except DocumentError as error:
                yield Work(document.name, error, document.facts)
                continue
            if verbose:
                say(f"evidencelint: {document.name}: checked against {_told(project, document, facts)}", err=True)
            found.data[document.name] = data
            used[document.name] = facts
            yield Work(document.name, data, facts, project.config(document.path).citations)

    started = perf_counter()
    for first in check_all(work(), project.bench, jobs or processors()):
        report = compare_draft(crossing.add(first), told)
        if report.path in used:
            facts = used[report.path]
            report = judge(report, found.data[report.path]) if judge is not None else report
            names = (path.as_posix() for path in facts)
            found.bases[report.path] = tuple(zip(names, project.linter(facts).fingerprints, strict=True))
            if not (report.diagnostics or report.suppressed or report.path in stdin):
                del found.data[report.path]
        if report.error is not None:
            complain(report.error)
        found.files.append(report)
        found.seconds[report.path] = perf_counter() - started
        started = perf_counter()
        if progress is not None:
            progress.advance(report.path)
    return found


def _told(project: Project, document: DocumentToCheck, facts: tuple[Path, ...]) -> str:
    from evidencelint.configuration.files import shorter  # noqa: PLC0415

    settings = project.config(document.path).path
    by = f", by the settings of {shorter(settings).as_posix()}" if settings is not None else ""
    return f"{', '.join(path.as_posix() for path in facts)}{by}"


def make_run(
    checked: Checked, *, colour: bool = False, quiet: bool = False, rules: frozenset[str] = frozenset()
) -> Run:
    """Gather what a report is made from."""
    from evidencelint.configuration.files import repository_root  # noqa: PLC0415
    from evidencelint.nlp import model_name  # noqa: PLC0415
    from evidencelint.reporters import BaseRef, Run  # noqa: PLC0415

    here = Path.cwd()
    root = repository_root(here)
    return Run(
        files=tuple(checked.files),
        texts={name: data.decode("utf-8", "replace") for name, data in checked.data.items()},
        version=__version__,
        model=model_name(),
        colour=colour,
        quiet=quiet,
        bases={name: tuple(BaseRef(*base) for base in bases) for name, bases in checked.bases.items()},
        folder=here.as_posix(),
        root=root.as_posix() if root is not None else "",
        rules=rules,
    )


def _documents(project: Project, paths: Sequence[str], stdin_filename: str) -> Iterator[DocumentToCheck]:
    from evidencelint.reading import project_root  # noqa: PLC0415

    name = Path(stdin_filename)
    if STDIN in paths and not project.leaves_out(name):
        read = cache(_read_stdin)
        yield DocumentToCheck(stdin_filename, name, read, _facts(project, name, read), is_stdin=True)
    named = [Path(path) for path in paths if path != STDIN]
    root_of = cache(project_root)
    for path in project.documents(named) if named else ():
        read_file = partial(_read, path, within=None if path in named else root_of(path.parent))
        yield DocumentToCheck(path.as_posix(), path, read_file, _facts(project, path, read_file))


def _facts(project: Project, path: Path, read: Callable[[], bytes]) -> tuple[Path, ...]:
    try:
        return project.facts(path)
    except FactBaseError:
        # only now is the front matter asked, which may name one
        return project.facts(path, read())


def _read(path: Path, *, within: Path | None) -> bytes:
    """Read a document; one found in a folder must not be a link that leads out of ``within``."""
    from evidencelint.diagnostics import Position  # noqa: PLC0415 - keeps --help cheap
    from evidencelint.reading import MOST_BYTES, NotAFileError, TooLargeError, inside, read_bytes  # noqa: PLC0415

    place = Position(path.as_posix(), 1)
    if path.is_symlink() and not path.exists():
        raise DocumentError("is a link to nothing; mend or delete it", place)
    if within is not None and path.is_symlink() and not inside(path, within):
        raise DocumentError(f"is a link that leads outside {within}; name the file itself to check it", place)
    try:
        return read_bytes(path, MOST_BYTES)
    except NotAFileError as error:
        raise DocumentError(f"{error}; save it as one, or pipe it into '-'", place) from error
    except TooLargeError as error:
        raise DocumentError(f"{error}; split the document", place) from error
    except (OSError, ValueError) as error:
        raise DocumentError(f"cannot be read: {getattr(error, 'strerror', None) or error}", place) from error


def _read_stdin() -> bytes:
    if sys.stdin is None:
        raise DocumentError("standard input is closed")
    from evidencelint.diagnostics import Position  # noqa: PLC0415
    from evidencelint.reading import MOST_BYTES  # noqa: PLC0415

    # no more than we would check: a pipe need not end
    data = sys.stdin.buffer.read(MOST_BYTES + 1)
    if len(data) > MOST_BYTES:
        message = f"is over {MOST_BYTES // 1_000_000} MB; split the document"
        raise DocumentError(message, Position("standard input", 1))
    return data


def read_file(path: Path) -> bytes:
    """Read a document; raises DocumentError."""
    return _read(path, within=None)


def write(report: str, output_file: Path | None) -> None:
    """Write a report to stdout or a file; characters a terminal cannot show are escaped."""
    if output_file is not None:
        try:
            output_file.write_text(report, encoding="utf-8", newline="\n")
        except OSError as error:
            raise EvidencelintError(f"{output_file}: cannot write the report: {error.strerror}") from error
        return
    if sys.stdout is None:
        raise EvidencelintError("standard output is closed; name a file with --output-file")
    encoding = sys.stdout.encoding or "utf-8"
    sys.stdout.write(report.encode(encoding, "backslashreplace").decode(encoding))


def wants_colour(choice: str) -> bool:
    """Decide on colour: the flag, then NO_COLOR and FORCE_COLOR, then whether stdout is a terminal."""
    if choice != "auto":
        return choice == "always"
    if os.environ.get("NO_COLOR"):
        return False
    return bool(os.environ.get("FORCE_COLOR")) or (sys.stdout is not None and sys.stdout.isatty())
