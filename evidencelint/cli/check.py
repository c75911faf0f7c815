"""``evidencelint check``: lint documents."""

from __future__ import annotations

from pathlib import Path

import click

from evidencelint.cli.caching import cache_options, jobs_option, open_store
from evidencelint.cli.common import document_options, run_documents, wants_colour, write

_RANK = {"info": 0, "warning": 1, "error": 2, "never": 3}


@click.command()
@document_options
@cache_options
@jobs_option
@click.option("--select", "selected", multiple=True, metavar="RULE", help="Report only these rules (code, EL1, name).")
@click.option("--ignore", "ignored", multiple=True, metavar="RULE", help="Leave these rules out.")
@click.option("--output-format", type=click.Choice(["full", "concise", "json"]), default="full", show_default=True)
@click.option(
    "--fail-on",
    type=click.Choice(["error", "warning", "info", "never"]),
    default="warning",
    show_default=True,
    help="The least severe finding that makes the exit code 1.",
)
@click.option("--exit-zero", is_flag=True, help="Exit 0 in spite of findings; failures still exit 2.")
@click.option("--color", type=click.Choice(["auto", "always", "never"]), default="auto", show_default=True)
@click.option("-q", "--quiet", is_flag=True, help="Leave out the summary line.")
@click.option("-v", "--verbose", is_flag=True, help="Say on stderr which fact base each document is checked against.")
def check(
    paths: tuple[str, ...],
    facts_path: Path | None,
    stdin_filename: str,
    output_file: Path | None,
    selected: tuple[str, ...],
    ignored: tuple[str, ...],
    output_format: str,
    fail_on: str,
    color: str,
    cache_dir: Path | None,
    jobs: int,
    *,
    no_cache: bool,
    exit_zero: bool,
    quiet: bool,
    verbose: bool,
) -> int:
    """Check documents against a fact base.

    PATHS are files or folders of Markdown; '-' is standard input. Without --facts, the nearest facts.yaml at or
    above each document is used.
    """
    from evidencelint.reporters import FORMATS  # noqa: PLC0415 - loaded only to check
    from evidencelint.rules import select  # noqa: PLC0415

    colour = output_file is None and wants_colour(color)
    rules = select(_split(selected), _split(ignored))
    store = open_store(cache_dir, no_cache=no_cache)
    run = run_documents(
        paths, facts_path, stdin_filename, rules, store, jobs=jobs, colour=colour, quiet=quiet, verbose=verbose
    )
    write(FORMATS[output_format](run), output_file)
    if any(not file.checked for file in run.files):
        return 2
    worst = max((_RANK[found.severity] for found in run.diagnostics()), default=-1)
    return int(worst >= _RANK[fail_on] and not exit_zero)


def _split(values: tuple[str, ...]) -> tuple[str, ...]:
    """Read ``--select EL1,EL2`` like ``--select EL1 --select EL2``."""
    return tuple(part.strip() for value in values for part in value.split(",") if part.strip())
