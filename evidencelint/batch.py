"""Check collections of any size on local processes: documents as JSON lines in, reports as JSON lines out.

Each line in is an object with ``id`` (text, unique) and ``text``; each line out has the ``id``, ``checked``, ``error``,
``claims``, ``supported``, ``numbers`` and ``diagnostics`` in the shape of the JSON report. Run with
``python -m evidencelint.batch IN.jsonl OUT.jsonl --facts facts.yaml``.

A run that was interrupted goes on where it stopped: what stands whole in the output is not checked again, and a last
line cut short is dropped. Memory does not grow with the collection, but for the ids.
"""

from __future__ import annotations

import json
import os
import sys
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import IO

import click

from evidencelint.bench import Bench
from evidencelint.cli.caching import cache_options, open_store
from evidencelint.cli.common import complain, open_project
from evidencelint.errors import DocumentError, EvidencelintError
from evidencelint.jobs import Work, check_all, processors
from evidencelint.model import Position
from evidencelint.outcome import FileReport

_MOST_LINE = 40_000_000
_TOLD_EVERY = 1_000


@dataclass(frozen=True, slots=True)
class Entry:
    """A document of a collection."""

    id: str
    text: str


def read_entries(file: IO[bytes], name: str) -> Iterator[Entry]:
    """Read documents one a line; raises DocumentError with the line for whatever is no document."""
    for number, line in enumerate(iter(lambda: file.readline(_MOST_LINE + 1), b""), start=1):
        place = Position(name, number)
        if len(line) > _MOST_LINE:
            raise DocumentError(f"the line is over {_MOST_LINE // 1_000_000} MB; split the document", place)
        if not line.strip():
            continue
        try:
            data = json.loads(line)
        except (ValueError, RecursionError) as problem:
            raise DocumentError(f"not valid JSON: {problem}", place) from problem
        match data:
            case {"id": str() as identity, "text": str() as text} if identity:
                yield Entry(identity, text)
            case _:
                raise DocumentError('must be an object with "id" and "text", both text', place)


def check_entries(
    entries: Iterable[Entry], facts: tuple[Path, ...], bench: Bench, jobs: int = 1
) -> Iterator[FileReport]:
    """Yield the report of each document, in order; its path is the id."""
    work = (Work(entry.id, entry.text.encode("utf-8", "replace"), facts) for entry in entries)
    yield from check_all(work, bench, jobs)


def as_line(report: FileReport) -> str:
    """Give a report as one line of JSON."""
    from evidencelint.reporters.json_report import diagnostic  # noqa: PLC0415 - brings the reporters
    from evidencelint.reporters.numbers import as_data  # noqa: PLC0415

    tally = report.tally()
    data = {
        "id": report.path,
        "checked": report.checked,
        "error": str(report.error) if report.error is not None else None,
        "claims": tally.claims,
        "supported": tally.supported,
        "numbers": as_data(report.accounts()),
        "diagnostics": [diagnostic(found) for found in report.diagnostics],
    }
    return json.dumps(data, separators=(",", ":"))


def done_before(path: Path) -> set[str]:
    """Give the ids whose reports stand in the output; the rest of a line cut short is cut off."""
    done: set[str] = set()
    if not path.exists():
        return done
    with path.open("r+b") as file:
        whole = 0
        for line in file:
            try:
                data = json.loads(line) if line.endswith(b"\n") else None
            except ValueError:
                data = None
            if not isinstance(data, dict) or not isinstance(data.get("id"), str):
                break
            if data.get("checked") is True:
                done.add(data["id"])
            whole += len(line)
        rest = path.stat().st_size - whole
        if rest and b"\n" in _tail(file, whole):
            raise EvidencelintError(f"{path}: holds lines that no such run wrote; name another file")
        file.truncate(whole)
    return done


def _tail(file: IO[bytes], start: int) -> bytes:
    file.seek(start)
    return file.read()


@click.command()
@click.argument("source", type=click.Path(path_type=Path))
@click.argument("target", type=click.Path(path_type=Path))
@click.option(
    "--facts", required=True, multiple=True, type=click.Path(path_type=Path), help="A fact base to check against."
)
@click.option("--jobs", type=click.IntRange(min=0), default=0, help="Processes (0: one for each processor).")
@click.option("-q", "--quiet", is_flag=True, help="Tell no progress.")
@cache_options
def main(
    source: Path,
    target: Path,
    facts: tuple[Path, ...],
    jobs: int,
    cache_dir: Path | None,
    *,
    quiet: bool,
    no_cache: bool,
) -> int:
    """Check the documents of SOURCE (JSON lines) and write their reports to TARGET; goes on where it stopped."""
    bench = open_project(facts, None, isolated=True, store=open_store(cache_dir, no_cache=no_cache)).bench
    done = done_before(target)
    skipped, checked, failed = len(done), 0, 0
    seen: set[str] = set()
    with source.open("rb") as lines, target.open("a", encoding="utf-8", newline="\n") as out:
        entries = (entry for entry in _once(read_entries(lines, str(source)), seen) if entry.id not in done)
        for report in check_entries(entries, facts, bench, jobs or processors()):
            out.write(as_line(report) + "\n")
            out.flush()
            checked += 1
            failed += not report.checked
            if not quiet and checked % _TOLD_EVERY == 0:
                click.echo(f"evidencelint: {checked} checked", err=True)
        os.fsync(out.fileno())
    if not quiet:
        click.echo(f"evidencelint: {checked} checked, {failed} of them could not be; {skipped} were before", err=True)
    return 2 if failed else 0


def _once(entries: Iterable[Entry], seen: set[str]) -> Iterator[Entry]:
    for entry in entries:
        if entry.id in seen:
            raise DocumentError(f"the id {entry.id} stands twice", Position(entry.id, 1))
        seen.add(entry.id)
        yield entry


def run() -> None:
    """Run the command and exit: 0 all checked, 2 something could not be."""
    try:
        code = main.main(standalone_mode=False)
    except click.ClickException as error:
        error.show()
        code = 2
    except EvidencelintError as error:
        complain(error)
        code = 2
    except OSError as error:
        complain(f"{error.filename or ''}: {error.strerror or error}")
        code = 2
    sys.exit(code if isinstance(code, int) else 0)


if __name__ == "__main__":
    run()
