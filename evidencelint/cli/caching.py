"""The options of the cache, and the store that a command works with."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import closing
from pathlib import Path
from typing import TYPE_CHECKING, TypeVar

import click

from evidencelint.timebudget import MOST_SECONDS

if TYPE_CHECKING:
    from evidencelint.cache import Store

F = TypeVar("F", bound=Callable[..., object])


def cache_options(command: F) -> F:
    """Add ``--no-cache`` and ``--cache-dir``."""
    for decorate in (
        click.option(
            "--cache-dir",
            type=click.Path(path_type=Path, file_okay=False),
            metavar="FOLDER",
            help="Where results are kept between runs (default: the user's cache folder).",
        ),
        click.option("--no-cache", is_flag=True, help="Neither look up nor keep results."),
    ):
        command = decorate(command)
    return command


def jobs_option(command: F) -> F:
    """Add ``--jobs``."""
    return click.option(
        "--jobs",
        type=click.IntRange(min=0),
        default=1,
        show_default=True,
        metavar="N",
        help="Check on N processes; 0 takes one for each processor.",
    )(command)


def time_option(command: F) -> F:
    """Add ``--time-budget`` as ``seconds``."""
    return click.option(
        "--time-budget",
        "seconds",
        type=click.FloatRange(min=0),
        default=MOST_SECONDS,
        show_default=True,
        metavar="SECONDS",
        callback=lambda _, __, seconds: seconds or None,
        help="Give up on a document after so much processor time; 0 sets no limit.",
    )(command)


def open_store(cache_dir: Path | None, *, no_cache: bool) -> Store:
    """Open the store, until the command ends; one that cannot be used is done without, and a message says so."""
    from evidencelint.cache import NotPrivateError, Store, default_folder  # noqa: PLC0415 - keeps --help cheap

    folder = None if no_cache else cache_dir or default_folder()
    try:
        store = Store(folder)
    except NotPrivateError as error:
        click.echo(f"evidencelint: warning: {error}; running without it", err=True)
        store = Store()
    if cache_dir is not None and not no_cache and store.path is None:
        click.echo(f"evidencelint: warning: the cache folder {cache_dir} cannot be used; running without it", err=True)
    return click.get_current_context().with_resource(closing(store))
