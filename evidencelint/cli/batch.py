"""``evidencelint batch``: check a collection of documents."""

from __future__ import annotations

import sys
from dataclasses import dataclass, field
from pathlib import Path
from time import monotonic

import click

from evidencelint.cli.caching import cache_options, open_store, time_option

_TELL_SECONDS = 5.0


@click.command()
@click.argument("source", type=click.Path(path_type=Path, exists=True))
@click.argument("target", type=click.Path(path_type=Path))
@click.option(
    "--facts", required=True, multiple=True, type=click.Path(path_type=Path), help="A fact base to check against."
)
@click.option(
    "--jobs", type=click.IntRange(min=0), default=0, metavar="N",
    help="Check on N processes (default: one for each processor).",
)  # fmt: skip
@click.option("--scheduler", metavar="ADDRESS", help="Check on a Dask cluster, such as tcp://host:8786, instead.")
@click.option("--retry", is_flag=True, help="Try the documents again that could not be checked before.")
@click.option("-q", "--quiet", is_flag=True, help="Tell no progress.")
@time_option
@cache_options
def batch(
    source: Path,
    target: Path,
    facts: tuple[Path, ...],
    jobs: int,
    scheduler: str | None,
    cache_dir: Path | None,
    seconds: float | None,
    *,
    retry: bool,
    quiet: bool,
    no_cache: bool,
) -> int:
    """Check the documents of SOURCE and write a result for each to TARGET, in the same order.

    SOURCE is a file of JSON lines with "id" and "text", or of Parquet with these columns. TARGET is a file of JSON
    lines, or a folder of Parquet parts where its name ends in .parquet. A run that was interrupted goes on where it
    stopped.
    Exit code 0: every document has been checked; 2: some could not be, and their results say why.
    """
    from evidencelint.batch import check_collection, open_target, read_entries  # noqa: PLC0415 - keeps --help cheap
    from evidencelint.running.jobs import processors  # noqa: PLC0415

    store = open_store(cache_dir, no_cache=no_cache)
    with open_target(target, retry=retry) as results:
        count = _Count(quiet=quiet, before=len(results.done), failed=sum(not done for done in results.done.values()))
        entries = (entry for entry in read_entries(source) if entry.id not in results.done)
        for result in check_collection(
            entries, facts, jobs=jobs or processors(), scheduler=scheduler, store=store, seconds=seconds
        ):
            results.write(result)
            count.add(checked=result.checked)
    count.close()
    return 2 if count.failed else 0


@dataclass(slots=True)
class _Count:
    """Counts documents, and tells every few seconds how far the run is."""

    quiet: bool
    before: int
    failed: int
    checked: int = 0
    _started: float = field(default_factory=monotonic)
    _told: float = field(default_factory=monotonic)

    def add(self, *, checked: bool) -> None:
        self.checked += 1
        self.failed += not checked
        now = monotonic()
        if not self.quiet and now - self._told >= _TELL_SECONDS:
            self._told = now
            rate = self.checked / (now - self._started)
            end = "\r" if sys.stderr.isatty() else "\n"
            click.echo(f"evidencelint: {self._words()}; {rate:,.0f} a second{end}", err=True, nl=False)

    def close(self) -> None:
        if not self.quiet:
            click.echo(f"evidencelint: {self._words()}", err=True)

    def _words(self) -> str:
        return f"{self.checked} checked, {self.before} were before; {self.failed} in all could not be"
