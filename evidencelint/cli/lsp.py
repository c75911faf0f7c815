"""``evidencelint lsp``: serve an editor."""

from __future__ import annotations

from pathlib import Path

import click

from evidencelint.cli.given import facts_option


@click.command()
@facts_option("The fact base for all documents (default: the nearest facts.yaml of each).")
@click.option("--stdio", is_flag=True, help="Talk on standard input and output; there is no other way.")
def lsp(facts_paths: tuple[Path, ...], *, stdio: bool) -> None:
    """Run the language server for an editor (extra "lsp").

    The editor starts this command itself; see the README for VS Code, Neovim, Helix and Emacs.
    """
    from evidencelint.lsp import serve  # noqa: PLC0415 - keeps --help cheap

    del stdio  # what most editors pass, and what is done anyway
    serve(facts_paths)
