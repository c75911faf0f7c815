"""``evidencelint claims``: show what the reader makes of documents."""

from __future__ import annotations

from pathlib import Path

import click

from evidencelint.cli.caching import open_store
from evidencelint.cli.common import check_documents, document_options, find_documents, make_run, open_project, write


@click.command()
@document_options
@click.option("--all", "everything", is_flag=True, help="Show the sentences that claim nothing, too.")
@click.option("--output-format", type=click.Choice(["text", "json"]), default="text", show_default=True)
def claims(
    paths: tuple[str, ...],
    facts_path: Path | None,
    stdin_filename: str,
    output_file: Path | None,
    config_path: Path | None,
    output_format: str,
    cache_dir: Path | None,
    jobs: int,
    seconds: float | None,
    *,
    no_cache: bool,
    isolated: bool,
    everything: bool,
) -> int:
    """Show every claim with its frame, its verdict and the fact it was matched to."""
    from evidencelint.reporters import claims_text, json_report  # noqa: PLC0415 - loaded only to check

    store = open_store(cache_dir, no_cache=no_cache)
    project = open_project(facts_path, config_path, isolated=isolated, store=store, seconds=seconds)
    run = make_run(check_documents(project, find_documents(project, paths, stdin_filename), jobs=jobs))
    render = json_report.render_claims if output_format == "json" else claims_text.render
    write(render(run, everything=everything), output_file)
    return 0 if all(file.checked for file in run.files) else 2
