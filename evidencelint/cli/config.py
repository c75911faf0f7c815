"""``evidencelint config``: about the configuration file."""

from __future__ import annotations

import json

import click


@click.group("config")
def config_group() -> None:
    """Work with the configuration file."""


@config_group.command()
def schema() -> None:
    """Print the JSON Schema of evidencelint.yaml, with which editors complete and validate it."""
    from evidencelint.configuration.schema import schema as content  # noqa: PLC0415 - keeps --help cheap

    click.echo(json.dumps(content(), indent=1))
