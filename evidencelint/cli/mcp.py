"""``evidencelint mcp``: serve a writing assistant."""

from __future__ import annotations

from pathlib import Path

import click

from evidencelint.cli.given import facts_option


@click.command()
@facts_option("The fact base for all texts (default: the nearest facts.yaml).")
def mcp(facts_paths: tuple[Path, ...]) -> None:
    """Run the server for writing assistants (extra "mcp").

    An assistant that speaks the Model Context Protocol starts this command itself, in the project's folder, and gets
    the tools check_text, explain and search_facts.
    """
    from evidencelint.mcp_server import serve  # noqa: PLC0415 - keeps --help cheap

    serve(facts_paths)
