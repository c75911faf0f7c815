"""The command group and its entry point."""

from __future__ import annotations

import gc
import os
import sys
from collections.abc import Sequence
from contextlib import suppress

import click

from evidencelint import __version__
from evidencelint.cli.batch import batch
from evidencelint.cli.check import check
from evidencelint.cli.claims import claims
from evidencelint.cli.common import complain
from evidencelint.cli.completion import completion
from evidencelint.cli.config import config_group
from evidencelint.cli.evaluate import evaluate
from evidencelint.cli.explain import explain
from evidencelint.cli.facts import facts
from evidencelint.cli.init import init
from evidencelint.cli.lsp import lsp
from evidencelint.cli.mcp import mcp
from evidencelint.cli.mutate import mutate
from evidencelint.cli.report import report
from evidencelint.errors import EvidencelintError

EXIT_FAILED = 2
_ALLOCATIONS = 50_000
_NAME = "evidencelint"


@click.group(context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(__version__, prog_name="evidencelint")
def group() -> None:
    """Check the figures, causes and certainty of Markdown documents against a fact base."""


for command in (
    check,
    claims,
    batch,
    facts,
    explain,
    init,
    evaluate,
    mutate,
    report,
    lsp,
    mcp,
    config_group,
    completion,
):
    group.add_command(command)


def main(arguments: Sequence[str] | None = None) -> None:
    """Run the command line and exit: 0 clean, 1 findings, 2 the run could not do its job."""
    # what is loaded stays until the end: looking for garbage among it every 700 allocations only costs time
    gc.set_threshold(_ALLOCATIONS, 20, 20)
    try:
        # the name is given because shells complete by it, however we were started
        code = group.main(args=arguments, prog_name=_NAME, standalone_mode=False)
        if sys.stdout is not None:
            sys.stdout.flush()
    except click.ClickException as error:
        error.show()
        code = EXIT_FAILED
    except (click.exceptions.Abort, KeyboardInterrupt):
        click.echo("evidencelint: interrupted", err=True)
        code = EXIT_FAILED
    except EvidencelintError as error:
        complain(error)
        code = EXIT_FAILED
    except BrokenPipeError:
        # whoever read the report has seen enough
        _drop_output()
        code = EXIT_FAILED
    except OSError as error:
        place = f"{error.filename}: " if error.filename else ""
        complain(f"{place}{error.strerror or error}")
        _drop_output()
        code = EXIT_FAILED
    sys.exit(code if isinstance(code, int) else 0)


def _drop_output() -> None:
    """Keep the interpreter from trying once more, at its end, to write what could not be written."""
    if sys.stdout is not None:
        with suppress(OSError, ValueError):
            os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
