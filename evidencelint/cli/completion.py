"""``evidencelint completion``: the script by which a shell completes our commands, options and rules."""

from __future__ import annotations

import click

_SHELLS = ("bash", "zsh", "fish")


@click.command()
@click.argument("shell", type=click.Choice(_SHELLS))
@click.pass_context
def completion(context: click.Context, shell: str) -> None:
    """Print the completion script of a shell; source it from the shell's start-up file.

    For instance: evidencelint completion bash >> ~/.bashrc
    """
    from click.shell_completion import get_completion_class  # noqa: PLC0415 - seldom wanted

    kind = get_completion_class(shell)
    if kind is not None:
        script = kind(context.find_root().command, {}, "evidencelint", "_EVIDENCELINT_COMPLETE")
        # what the class does before it prints the script is to ask bash for its version, which need not be here
        click.echo(script.source_template % script.source_vars())
