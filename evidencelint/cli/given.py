"""Options that several commands share."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import TypeVar

import click

F = TypeVar("F", bound=Callable[..., object])


def _only_fact_base(_: click.Context, option: click.Parameter, values: tuple[Path, ...]) -> Path | None:
    if len(values) > 1:
        # refused rather than let the last one win unseen
        raise click.BadParameter(f"given {len(values)} times; this command works on one fact base", param=option)
    return values[0] if values else None


def facts_option(help_text: str) -> Callable[[F], F]:
    """Add ``--facts``, which may be given several times, as ``facts_paths``."""
    path = click.Path(path_type=Path)
    text = f"{help_text} Repeatable."
    return click.option("--facts", "facts_paths", type=path, multiple=True, metavar="PATH", help=text)


def one_facts_option(help_text: str) -> Callable[[F], F]:
    """Add ``--facts`` as ``facts_path`` for a command that works on one fact base."""
    path = click.Path(path_type=Path)
    return click.option(
        "--facts", "facts_path", type=path, multiple=True, callback=_only_fact_base, metavar="PATH", help=help_text
    )


class Choice(click.Choice[str]):
    """A choice of words that says which of them may be meant."""

    def get_invalid_choice_message(self, value: object, ctx: click.Context | None) -> str:
        """Add the nearest word to the message."""
        from evidencelint.yamlio import nearest  # noqa: PLC0415 - only where something is misspelt

        message = super().get_invalid_choice_message(value, ctx).rstrip(".")
        return f"{message}{nearest(str(value), map(str, self.choices))}"


def strict_option(command: F) -> F:
    """Add ``--strict``."""
    text = "Report every claim that no fact speaks to, and exit 1 where there is a figure among them."
    return click.option("--strict/--no-strict", default=None, help=text)(command)
