"""The options of ``evidencelint check``, and what the configuration makes of them."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, TypeVar

import click

from evidencelint.cli.common import STDIN, document_options
from evidencelint.cli.given import Choice, strict_option

if TYPE_CHECKING:
    from click.shell_completion import CompletionItem

F = TypeVar("F", bound=Callable[..., object])
FORMATS = (
    *("full", "concise", "json", "jsonl", "github", "gitlab", "sarif", "junit", "checkstyle", "rdjson", "rdjsonl"),
    "markdown",
)


def _complete_rules(_: click.Context, __: click.Parameter, incomplete: str) -> list[CompletionItem]:
    from click.shell_completion import CompletionItem  # noqa: PLC0415 - as below

    from evidencelint.rules import all_rules  # noqa: PLC0415

    head, comma, last = incomplete.rpartition(",")
    names = [name for rule in all_rules() for name in (rule.code, rule.name)]
    return [CompletionItem(f"{head}{comma}{name}") for name in names if name.startswith(last)]


def _rules(name: str, help_text: str) -> Callable[[F], F]:
    return click.option(name, multiple=True, metavar="RULE", shell_complete=_complete_rules, help=help_text)


_FILE = click.Path(path_type=Path)
_OPTIONS = (
    _rules("--select", "Report only these rules (code, EL1, name)."),
    _rules("--extend-select", "Report these rules, too."),
    _rules("--ignore", "Leave these rules out."),
    click.option(
        "--per-file-ignores", multiple=True, metavar="PATTERN:RULE", help="Leave rules out of some documents."
    ),
    click.option("--exclude", multiple=True, metavar="PATTERN", help="Leave these out (instead of those configured)."),
    click.option("--extend-exclude", multiple=True, metavar="PATTERN", help="Leave these out, too."),
    click.option(
        "--force-exclude/--no-force-exclude", default=None, help="Leave out excluded files even where they are named."
    ),
    click.option("--respect-gitignore/--no-respect-gitignore", default=None, help="Leave out what .gitignore names."),
    click.option(
        "--output-format",
        type=Choice(FORMATS),
        help="The format of the report (default: github in GitHub Actions, else full).",
    ),
    strict_option,
    click.option(
        "--fail-on",
        type=Choice(["error", "warning", "info", "never"]),
        help="The least severe finding that makes the exit code 1 (default: warning).",
    ),
    click.option("--exit-zero", is_flag=True, help="Exit 0 in spite of findings; failures still exit 2."),
    click.option("--fix", is_flag=True, help="Apply safe fixes to the documents, and report what is left."),
    click.option("--diff", is_flag=True, help="Print what --fix would change; exit 1 where there is something."),
    click.option(
        "--unsafe-fixes/--no-unsafe-fixes", default=None, help="Let --fix and --diff apply suggestions as well."
    ),
    click.option("--baseline", type=_FILE, help="Do not report the findings that this file knows."),
    click.option(
        "--write-baseline",
        is_flag=False,
        flag_value="",
        metavar="[FILE.json]",
        help="Write the present findings to the baseline (default: evidencelint-baseline.json).",
    ),
    click.option("--since", metavar="REV", help="Report only on lines changed since a git revision."),
    click.option("--statistics", is_flag=True, help="Count findings by rule, and show timings, on stderr."),
    click.option("--show-settings", is_flag=True, help="Print the settings in effect, and check nothing."),
    click.option("--show-files", is_flag=True, help="Print the documents that would be checked."),
    click.option("--color", type=Choice(["auto", "always", "never"]), default="auto", show_default=True),
    click.option("-q", "--quiet", is_flag=True, help="Leave out the summary line."),
    click.option("-v", "--verbose", is_flag=True, help="Say on stderr which fact base and settings each document has."),
)


def check_options(command: F) -> F:
    """Add all options of the command."""
    for decorate in reversed(_OPTIONS):
        command = decorate(command)
    return document_options(command)


@dataclass(frozen=True, slots=True)
class CheckOptions:
    """What the command line says, by the names of its options."""

    paths: tuple[str, ...]
    facts_paths: tuple[Path, ...]
    stdin_filename: str
    output_file: Path | None
    config_path: Path | None
    isolated: bool
    cache_dir: Path | None
    no_cache: bool
    jobs: int
    seconds: float | None
    select: tuple[str, ...]
    extend_select: tuple[str, ...]
    ignore: tuple[str, ...]
    per_file_ignores: tuple[str, ...]
    exclude: tuple[str, ...]
    extend_exclude: tuple[str, ...]
    force_exclude: bool | None
    respect_gitignore: bool | None
    strict: bool | None
    output_format: str | None
    fail_on: str | None
    exit_zero: bool
    fix: bool
    diff: bool
    unsafe_fixes: bool | None
    baseline: Path | None
    write_baseline: str | None
    since: str | None
    statistics: bool
    show_settings: bool
    show_files: bool
    color: str
    quiet: bool
    verbose: bool

    @property
    def places(self) -> tuple[Path, ...]:
        """Give the paths that were named; standard input goes by its name."""
        return tuple(Path(self.stdin_filename if path == STDIN else path) for path in self.paths)
