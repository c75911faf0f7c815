"""What the commands share: reading documents, finding their fact bases, running the linter."""

from __future__ import annotations

import os
import sys
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, TypeVar

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


def document_options(command: F) -> F:
    """Add the arguments that every command on documents takes."""
    for decorate in (
        click.argument("paths", nargs=-1, type=click.Path(path_type=str)),
        click.option("--facts", "facts_path", type=click.Path(path_type=Path), help="The fact base to check against."),
        click.option("--stdin-filename", default="stdin.md", show_default=True, help="The name that '-' goes by."),
        click.option("--output-file", type=click.Path(path_type=Path), help="Write the report to a file."),
    ):
        command = decorate(command)
    return command


def run_documents(
    paths: Sequence[str], facts_path: Path | None, stdin_filename: str, rules: RuleSet, *, colour: bool, quiet: bool
) -> Run:
    """Check documents one by one; those that cannot be read are told on stderr and kept as not checked."""
    from evidencelint.engine import FileReport  # noqa: PLC0415 - the engine is loaded only to check
    from evidencelint.nlp import model_name  # noqa: PLC0415
    from evidencelint.reporters import Run  # noqa: PLC0415

    linters: dict[Path, Linter] = {}
    files: list[FileReport] = []
    texts: dict[str, str] = {}
    for name, folder, read in _documents(paths, stdin_filename):
        linter = _linter(linters, facts_path, folder, rules)
        try:
            data = read()
        except EvidencelintError as error:
            report = FileReport(name, checked=False, error=error, claims=(), diagnostics=())
        else:
            report = linter.check(data, name)
            texts[name] = data.decode("utf-8", "replace")
        if report.error is not None:
            click.echo(f"evidencelint: error: {report.error}", err=True)
        files.append(report)
    return Run(tuple(files), texts, __version__, model_name(), colour=colour, quiet=quiet)


def _documents(paths: Sequence[str], stdin_filename: str) -> Iterator[tuple[str, Path, Callable[[], bytes]]]:
    """Yield name, folder and reader of each document."""
    from evidencelint.discovery import find_documents  # noqa: PLC0415

    if STDIN in paths:
        yield stdin_filename, Path(stdin_filename).parent, sys.stdin.buffer.read
    named = [Path(path) for path in paths or (".",) if path != STDIN]
    for path in find_documents(named) if named else ():
        yield path.as_posix(), path.parent, lambda path=path: _read(path)  # type: ignore[misc]


def _read(path: Path) -> bytes:
    try:
        if path.stat().st_size > _MOST_BYTES:
            raise DocumentError(f"over {_MOST_BYTES // 1_000_000} MB; split the document", Position(str(path), 1))
        return path.read_bytes()
    except OSError as error:
        raise DocumentError(f"cannot be read: {error.strerror}", Position(str(path), 1)) from error


def _linter(linters: dict[Path, Linter], facts_path: Path | None, folder: Path, rules: RuleSet) -> Linter:
    from evidencelint.discovery import find_facts  # noqa: PLC0415
    from evidencelint.engine import Linter  # noqa: PLC0415
    from evidencelint.factload import load_facts  # noqa: PLC0415

    path = facts_path or find_facts(folder)
    if path not in linters:
        linters[path] = Linter(_trusted(load_facts(path)), rules)
    return linters[path]


def _trusted(base: FactBase) -> FactBase:
    """Refuse a fact base that its own sources contradict: nothing checked against it would mean anything."""
    from evidencelint.bibliography import load_all  # noqa: PLC0415
    from evidencelint.factcheck import check_fact_base  # noqa: PLC0415

    wrong = [problem for problem in check_fact_base(base, load_all(base.bibliography)) if problem.severity == "error"]
    for problem in wrong[:-1]:
        click.echo(f"evidencelint: error: {problem.located()}", err=True)
    if wrong:
        raise FactBaseError(f"{wrong[-1].code} {wrong[-1].name}: {wrong[-1].message}", wrong[-1].position)
    return base


def write(report: str, output_file: Path | None) -> None:
    """Write a report to stdout or a file; characters a terminal cannot show are escaped."""
    if output_file is not None:
        output_file.write_text(report, encoding="utf-8")
        return
    encoding = sys.stdout.encoding or "utf-8"
    sys.stdout.write(report.encode(encoding, "backslashreplace").decode(encoding))


def wants_colour(choice: str) -> bool:
    """Decide on colour: the flag, then NO_COLOR and FORCE_COLOR, then whether stdout is a terminal."""
    if choice != "auto":
        return choice == "always"
    if os.environ.get("NO_COLOR"):
        return False
    return bool(os.environ.get("FORCE_COLOR")) or sys.stdout.isatty()
