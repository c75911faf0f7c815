"""``evidencelint claims``: show what the reader makes of documents."""

from __future__ import annotations

from pathlib import Path

import click

from evidencelint.cli.caching import open_store
from evidencelint.cli.common import document_options, find_documents, make_run, open_project, write
from evidencelint.cli.given import Choice, strict_option


@click.command()
@document_options
@strict_option
@click.option("--numbers", is_flag=True, help="Account for every figure: its fact, its sum, or why it is left alone.")
@click.option("--all", "everything", is_flag=True, help="Show the sentences that claim nothing, too.")
@click.option("--output-format", type=Choice(["text", "json"]), default="text", show_default=True)
def claims(
    paths: tuple[str, ...],
    facts_paths: tuple[Path, ...],
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
    numbers: bool,
    strict: bool | None,
) -> int:
    """Show every claim with its frame, its verdict and the fact it was matched to."""
    from evidencelint.cli.judging import Judge  # noqa: PLC0415 - loaded only to check
    from evidencelint.configuration.settings import Overrides  # noqa: PLC0415
    from evidencelint.policy.strictness import FAILING  # noqa: PLC0415
    from evidencelint.reporters import claims_text, json_report  # noqa: PLC0415
    from evidencelint.reporters import numbers as accounts  # noqa: PLC0415

    store = open_store(cache_dir, no_cache=no_cache)
    overrides = Overrides(strict=strict)
    project = open_project(
        facts_paths, config_path, isolated=isolated, overrides=overrides, store=store, seconds=seconds
    )
    documents = find_documents(project, paths, stdin_filename)
    run = make_run(Judge(project, jobs=jobs).check(documents))
    if output_format == "json":
        report = json_report.render_claims(run, everything=everything, numbers=numbers)
    else:
        report = accounts.render(run) if numbers else claims_text.render(run, everything=everything)
    write(report, output_file)
    if not all(file.checked for file in run.files):
        return 2
    strictly = {document.name for document in documents if project.config(document.path).strict}
    return int(any(found.name in FAILING for file in run.files if file.path in strictly for found in file.diagnostics))
