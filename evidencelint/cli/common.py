"""What the commands share: reading documents, finding their fact bases, running the linter."""

from __future__ import annotations

import os
import sys
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, BinaryIO, TypeVar

import click

from evidencelint import __version__
from evidencelint.errors import DocumentError, EvidencelintError, FactBaseError
from evidencelint.model import Position

if TYPE_CHECKING:
    from evidencelint.engine import Linter
    from evidencelint.facts import FactBase
    from evidencelint.reporters import Run
    from evidencelint.rules import RuleSet

STDIN = "-"
_MOST_BYTES = 20_000_000
F = TypeVar("F", bound=Callable[..., object])


@dataclass(frozen=True, slots=True)
class _Document:
    """A document to check: the name it goes by, how to read it, and its fact base."""

    name: str
    read: Callable[[], bytes]
    facts: Path


def _only_fact_base(_: click.Context, option: click.Parameter, values: tuple[Path, ...]) -> Path | None:
    if len(values) > 1:
        # repeatable in the contract: refused rather than let the last one win unseen
        raise click.BadParameter(f"given {len(values)} times; a run takes one fact base so far", param=option)
    return values[0] if values else None


def facts_option(help_text: str) -> Callable[[F], F]:
    """Add ``--facts`` as ``facts_path``."""
    path = click.Path(path_type=Path)
    return click.option(
        "--facts", "facts_path", type=path, multiple=True, callback=_only_fact_base, metavar="PATH", help=help_text
    )


def document_options(command: F) -> F:
    """Add the arguments that every command on documents takes."""
    for decorate in (
        click.argument("paths", nargs=-1, type=click.Path(path_type=str)),
        facts_option("The fact base to check against (default: the nearest facts.yaml)."),
        click.option("--stdin-filename", default="stdin.md", show_default=True, help="The name that '-' goes by."),
        click.option("--output-file", type=click.Path(path_type=Path), help="Write the report to a file."),
    ):
        command = decorate(command)
    return command


def complain(error: EvidencelintError | str) -> None:
    """Say on stderr what went wrong."""
    say(f"evidencelint: error: {error}", err=True)


def count(number: int, noun: str) -> str:
    """Write a number with its noun."""
    return f"{number} {noun}" if number == 1 else f"{number} {noun}s"


def say(line: str, *, err: bool = False) -> None:
    """Print a line that repeats text we did not write."""
    from evidencelint.reporters.run import clean  # noqa: PLC0415 - brings the engine with it

    click.echo(clean(line), err=err)


def run_documents(
    paths: Sequence[str],
    facts_path: Path | None,
    stdin_filename: str,
    rules: RuleSet,
    *,
    colour: bool = False,
    quiet: bool = False,
    verbose: bool = False,
) -> Run:
    """Check documents one by one; those that cannot be read are told on stderr and kept as not checked."""
    # every path and fact base is looked up before the first, slow, check
    documents = list(_documents(paths, stdin_filename, facts_path))

    from evidencelint.engine import FileReport  # noqa: PLC0415 - the engine is loaded only to check
    from evidencelint.nlp import model_name  # noqa: PLC0415
    from evidencelint.reporters import Run  # noqa: PLC0415

    linters: dict[Path, Linter] = {}
    files: list[FileReport] = []
    texts: dict[str, str] = {}
    for document in documents:
        name = document.name
        if verbose:
            say(f"evidencelint: {name}: checked against {document.facts.as_posix()}", err=True)
        linter = linter_for(linters, document.facts, rules)
        try:
            data = document.read()
        except EvidencelintError as error:
            report = FileReport(name, checked=False, error=error, claims=(), diagnostics=())
        else:
            report = linter.check(data, name)
            texts[name] = data.decode("utf-8", "replace")
        if report.error is not None:
            complain(report.error)
        files.append(report)
    return Run(tuple(files), texts, __version__, model_name(), colour=colour, quiet=quiet)


def _documents(paths: Sequence[str], stdin_filename: str, facts_path: Path | None) -> Iterator[_Document]:
    from evidencelint.discovery import find_documents, find_facts  # noqa: PLC0415

    if STDIN in paths:
        yield _Document(stdin_filename, _read_stdin, facts_path or find_facts(Path(stdin_filename).parent))
    named = [Path(path) for path in paths or (".",) if path != STDIN]
    for path in find_documents(named) if named else ():
        yield _Document(path.as_posix(), lambda path=path: _read(path), facts_path or find_facts(path.parent))  # type: ignore[misc]


def _read(path: Path) -> bytes:
    try:
        with path.open("rb") as file:
            return _limited(file, path.as_posix())
    except OSError as error:
        raise DocumentError(f"cannot be read: {error.strerror}", Position(path.as_posix(), 1)) from error


def _read_stdin() -> bytes:
    if sys.stdin is None:
        raise DocumentError("standard input is closed")
    return _limited(sys.stdin.buffer, "standard input")


def _limited(file: BinaryIO, name: str) -> bytes:
    """Read no more than we would check: a pipe or a device need not end."""
    data = file.read(_MOST_BYTES + 1)
    if len(data) > _MOST_BYTES:
        raise DocumentError(f"over {_MOST_BYTES // 1_000_000} MB; split the document", Position(name, 1))
    return data


def linter_for(linters: dict[Path, Linter], path: Path, rules: RuleSet) -> Linter:
    """Give the linter of a fact base, made on first use."""
    from evidencelint.engine import Linter  # noqa: PLC0415
    from evidencelint.factload import load_facts  # noqa: PLC0415

    if path not in linters:
        linters[path] = Linter(_trusted(load_facts(path)), rules)
    return linters[path]


def _trusted(base: FactBase) -> FactBase:
    """Refuse a fact base that its own sources contradict: nothing checked against it would mean anything."""
    from evidencelint.bibliography import load_all  # noqa: PLC0415
    from evidencelint.factcheck import check_fact_base  # noqa: PLC0415

    wrong = [problem for problem in check_fact_base(base, load_all(base.bibliography)) if problem.severity == "error"]
    for problem in wrong[:-1]:
        complain(problem.located())
    if wrong:
        raise FactBaseError(f"{wrong[-1].code} {wrong[-1].name}: {wrong[-1].message}", wrong[-1].position)
    return base


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
