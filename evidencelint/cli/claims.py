"""``evidencelint claims``: show what the reader makes of documents."""

from __future__ import annotations

from pathlib import Path

import click

from evidencelint.cli.caching import cache_options, jobs_option, open_store
from evidencelint.cli.common import document_options, run_documents, write


@click.command()
@document_options
@cache_options
@jobs_option
@click.option("--all", "everything", is_flag=True, help="Show the sentences that claim nothing, too.")
@click.option("--output-format", type=click.Choice(["text", "json"]), default="text", show_default=True)
def claims(
    paths: tuple[str, ...],
    facts_path: Path | None,
    stdin_filename: str,
    output_file: Path | None,
    output_format: str,
    cache_dir: Path | None,
    jobs: int,
    *,
    no_cache: bool,
    everything: bool,
) -> int:
    """Show every claim with its frame, its verdict and the fact it was matched to."""
    from evidencelint.reporters import claims_text, json_report  # noqa: PLC0415 - loaded only to check
    from evidencelint.rules import select  # noqa: PLC0415

    run = run_documents(
        paths, facts_path, stdin_filename, select(), open_store(cache_dir, no_cache=no_cache), jobs=jobs
    )
    render = json_report.render_claims if output_format == "json" else claims_text.render
    write(render(run, everything=everything), output_file)
    return 0 if all(file.checked for file in run.files) else 2
