"""``evidencelint check``: lint documents."""

from __future__ import annotations

import os
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, cast

import click

from evidencelint.cli.caching import open_store
from evidencelint.cli.common import (
    Checked,
    DocumentToCheck,
    find_documents,
    make_run,
    open_project,
    paths_of,
    say,
    wants_colour,
    write,
)
from evidencelint.cli.options import CheckOptions, check_options
from evidencelint.errors import EvidencelintError

if TYPE_CHECKING:
    from evidencelint.configuration.settings import FailOn, Overrides
    from evidencelint.project import Project
    from evidencelint.reporters import Run

_RANK = {"info": 0, "warning": 1, "error": 2, "never": 3}


@click.command()
@check_options
def check(**given: object) -> int:
    """Check documents against a fact base.

    PATHS are files or folders of Markdown; '-' is standard input. Settings come from evidencelint.yaml or the table
    [tool.evidencelint] of pyproject.toml, from each document upwards. Without any, the nearest facts.yaml at or
    above each document is used.
    """
    # click has seen to the types
    return _run(_with_baseline_path(CheckOptions(**given)))  # type: ignore[arg-type]


def _run(options: CheckOptions) -> int:
    project = open_project(
        options.facts_paths,
        options.config_path,
        isolated=options.isolated,
        overrides=_overrides(options),
        store=open_store(options.cache_dir, no_cache=options.no_cache),
        seconds=options.seconds,
    )
    if options.verbose or options.show_files:
        project.tell_left_out = lambda line: say(f"evidencelint: {line}", err=True)
    paths = paths_of(project, options.paths)
    if options.show_settings or options.show_files:
        from evidencelint.cli import show  # noqa: PLC0415

    _hold_rules(project, options)
    if options.show_settings:
        write(show.settings(project, options.places), options.output_file)
        return 0
    documents = find_documents(project, paths, options.stdin_filename)
    if options.show_files:
        write(show.files([document.name for document in documents]), options.output_file)
        return 0
    _spare(options.output_file, documents)
    return _check(options, project, documents)


def _hold_rules(project: Project, options: CheckOptions) -> None:
    """Refuse settings that leave no rule to report, and tell of rules that are asked for and left out at once."""
    from evidencelint.policy.triage import make_policy  # noqa: PLC0415
    from evidencelint.project import run_config  # noqa: PLC0415
    from evidencelint.rules import find_rules  # noqa: PLC0415

    config = run_config(project, options.places)
    ignored = {rule.name for selector in config.ignore for rule in find_rules(selector)}
    if not make_policy(config, ()).enabled:
        raise EvidencelintError(
            "no rule is left to report: all that are selected are ignored; take one out of --ignore"
        )
    for selector in (*config.select, *config.extend_select):
        if {rule.name for rule in find_rules(selector)} <= ignored:
            say(f"evidencelint: warning: {selector} is selected and ignored, and not reported", err=True)


def _spare(output_file: Path | None, documents: Sequence[DocumentToCheck]) -> None:
    """Refuse to write the report over what is checked; raises EvidencelintError."""
    if output_file is None:
        return
    # a loop of links has a real path, too
    taken = {os.path.realpath(place) for document in documents for place in (document.path, *document.facts)}
    if os.path.realpath(output_file) in taken:
        raise EvidencelintError(f"--output-file {output_file}: is one of the files that are checked; name another")


def _check(options: CheckOptions, project: Project, documents: Sequence[DocumentToCheck]) -> int:
    from evidencelint.cli.judging import Judge  # noqa: PLC0415

    judge = Judge.of(project, options)
    documents = judge.wanted(documents)
    checked = judge.check(documents)
    if options.diff:
        from evidencelint.cli import fixing  # noqa: PLC0415

        to_stdout = options.output_file is None
        patch = fixing.diff(project, checked, to_stdout=to_stdout, colour=wants_colour(options.color))
        write(patch, options.output_file)
        return 2 if _unread(checked) else int(fixing.changes(project, checked))
    stdin = None
    if options.fix:
        from evidencelint.cli import fixing  # noqa: PLC0415

        checked, stdin = fixing.fix(project, judge, documents, checked)
    judge.finish(checked)
    colour = options.output_file is None and wants_colour(options.color)
    run = make_run(checked, colour=colour, quiet=options.quiet, rules=project.reported)
    if stdin is not None:
        # the text takes the place of the report, which goes the other way
        write(stdin, None)
        report = _render(options, project, run)
        if options.output_file is None:
            click.echo(report, err=True, nl=False)
        else:
            write(report, options.output_file)
    else:
        write(_render(options, project, run), options.output_file)
    if options.statistics:
        from evidencelint.cli import statistics  # noqa: PLC0415

        for line in statistics.lines(run, checked.seconds):
            say(line, err=True)
    return 2 if _unread(checked) else int(_fails(project, documents, run) and not options.exit_zero)


def _render(options: CheckOptions, project: Project, run: Run) -> str:
    from evidencelint.project import run_config  # noqa: PLC0415
    from evidencelint.reporters import FORMATS  # noqa: PLC0415

    config = run_config(project, options.places)
    in_actions = os.environ.get("GITHUB_ACTIONS") == "true"
    name = config.output_format
    if name is None:
        name = "github" if in_actions and options.output_file is None else "full"
    summary = os.environ.get("GITHUB_STEP_SUMMARY")
    if name == "github" and in_actions and summary:
        try:
            with Path(summary).open("a", encoding="utf-8", newline="\n") as file:
                file.write(FORMATS["markdown"](run))
        except OSError as error:
            say(f"evidencelint: cannot write the job summary: {error.strerror}", err=True)
    return FORMATS[name](run)


def _unread(checked: Checked) -> bool:
    return any(not file.checked for file in checked.files)


def _fails(project: Project, documents: Sequence[DocumentToCheck], run: Run) -> bool:
    from evidencelint.policy.strictness import FAILING  # noqa: PLC0415 - loaded only to check

    configs = {document.name: project.config(document.path) for document in documents}
    return any(
        _RANK[found.severity] >= _RANK[config.fail_on]
        or (config.strict and found.name in FAILING and config.fail_on != "never")
        for file in run.files
        for config in (configs[file.path],)
        for found in file.diagnostics
    )


def _overrides(options: CheckOptions) -> Overrides:
    from evidencelint.configuration.ignoring import check_pattern  # noqa: PLC0415 - keeps --help cheap
    from evidencelint.configuration.settings import Overrides  # noqa: PLC0415
    from evidencelint.rules import find_rules  # noqa: PLC0415

    chosen = [_split(values) for values in (options.select, options.extend_select, options.ignore)]
    by_file = tuple(_by_file(value) for value in _split(options.per_file_ignores))
    for selector in (*chosen[0], *chosen[1], *chosen[2], *(rule for _, rules in by_file for rule in rules)):
        find_rules(selector)
    for pattern in (*_split(options.exclude), *_split(options.extend_exclude), *(pattern for pattern, _ in by_file)):
        check_pattern(pattern)
    return Overrides(
        select=chosen[0],
        extend_select=chosen[1],
        ignore=chosen[2],
        per_file_ignores=by_file,
        exclude=_split(options.exclude),
        extend_exclude=_split(options.extend_exclude),
        force_exclude=options.force_exclude,
        respect_gitignore=options.respect_gitignore,
        strict=options.strict,
        fail_on=cast("FailOn | None", options.fail_on),
        baseline=options.baseline,
        output_format=options.output_format,
        unsafe_fixes=options.unsafe_fixes,
    )


def _split(values: tuple[str, ...]) -> tuple[str, ...]:
    """Read ``--select EL1,EL2`` like ``--select EL1 --select EL2``."""
    return tuple(part.strip() for value in values for part in value.split(",") if part.strip())


def _by_file(value: str) -> tuple[str, tuple[str, ...]]:
    pattern, colon, rule = value.rpartition(":")
    if not colon or not pattern or not rule:
        raise EvidencelintError(f"--per-file-ignores {value}: write PATTERN:RULE")
    return pattern, (rule,)


def _with_baseline_path(options: CheckOptions) -> CheckOptions:
    """Take what follows --write-baseline for a path to check where it is no name of a baseline."""
    after = options.write_baseline
    if not after or after.endswith(".json"):
        return options
    return replace(options, paths=(after, *options.paths), write_baseline="")
