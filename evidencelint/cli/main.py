"""The command group and its entry point."""

from __future__ import annotations

import os
import sys
from collections.abc import Mapping, Sequence
from contextlib import suppress
from importlib import import_module

import click

from evidencelint import __version__
from evidencelint.errors import EvidencelintError
from evidencelint.running.garbage import collect_seldom

EXIT_FAILED = 2
_NAME = "evidencelint"


# the first line of each command's help: a run needs one of them, a list none
COMMANDS: Mapping[str, str] = {
    "batch": "Check the documents of SOURCE and write a result for each to TARGET, in the same order.",
    "check": "Check documents against a fact base.",
    "claims": "Show every claim with its frame, its verdict and the fact it was matched to.",
    "completion": "Print the completion script of a shell; source it from the shell's start-up file.",
    "config": "Work with the configuration file.",
    "eval": "Measure precision and recall against gold-labelled drafts (default: the folder corpus).",
    "explain": "Explain a rule, by code or name; without one, list them all.",
    "facts": "Check and show a fact base.",
    "init": "Make FOLDER ready: a configuration, an example fact base that passes, and the lines of a commit hook.",
    "lsp": 'Run the language server for an editor (extra "lsp").',
    "mcp": 'Run the server for writing assistants (extra "mcp").',
    "mutate": "Plant known faults in faithful text one at a time, and say which of them the linter would catch.",
    "report": "Write a site: the drafts as rendered, every claim coloured by its verdict, with its fact and quote.",
}


# where a command is, other than in the module and by the function of its name: both are Python's own words
_ELSEWHERE: Mapping[str, tuple[str, str]] = {"config": ("config", "config_group"), "eval": ("evaluate", "evaluate")}


class _Commands(click.Group):
    """Loads a command when it is called."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        """Give the names of all commands."""
        return sorted({*super().list_commands(ctx), *COMMANDS})

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        """Load one command."""
        if cmd_name not in COMMANDS:
            return super().get_command(ctx, cmd_name)
        module, name = _ELSEWHERE.get(cmd_name, (cmd_name, cmd_name))
        command: click.Command = getattr(import_module(f"evidencelint.cli.{module}"), name)
        return command

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:  # noqa: ARG002
        """Write the list of commands as click does, without loading them."""
        limit = formatter.width - 6 - max(map(len, COMMANDS))
        with formatter.section("Commands"):
            formatter.write_dl(
                [
                    (name, click.Command(name, help=COMMANDS[name]).get_short_help_str(limit))
                    for name in sorted(COMMANDS)
                ]
            )


@click.group(cls=_Commands, context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(__version__, prog_name="evidencelint")
def group() -> None:
    """Check the figures, causes and certainty of Markdown documents against a fact base."""


def main(arguments: Sequence[str] | None = None) -> None:
    """Run the command line and exit: 0 clean, 1 findings, 2 the run could not do its job."""
    collect_seldom()
    # one thread multiplies small matrices as fast as several, and leaves the other processors to --jobs
    os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")
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
        _complain(error)
        code = EXIT_FAILED
    except BrokenPipeError:
        # whoever read the report has seen enough
        _drop_output()
        code = EXIT_FAILED
    except OSError as error:
        place = f"{error.filename}: " if error.filename else ""
        _complain(f"{place}{error.strerror or error}")
        _drop_output()
        code = EXIT_FAILED
    except RuntimeError as error:
        if "Symlink loop" not in str(error):  # as older Pythons say it
            raise
        _complain(str(error))
        code = EXIT_FAILED
    sys.exit(code if isinstance(code, int) else 0)


def _complain(problem: EvidencelintError | str) -> None:
    from evidencelint.cli.common import complain  # noqa: PLC0415 - only where something is wrong

    complain(problem)


def _drop_output() -> None:
    """Keep the interpreter from trying once more, at its end, to write what could not be written."""
    if sys.stdout is not None:
        with suppress(OSError, ValueError):
            os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
