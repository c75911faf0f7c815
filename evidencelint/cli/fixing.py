"""``check --fix`` and ``check --diff``."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator, Sequence
from dataclasses import replace
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from evidencelint.cli.common import Checked, DocumentToCheck, read_file, say
from evidencelint.errors import EvidencelintError
from evidencelint.policy import fixes

if TYPE_CHECKING:
    from evidencelint.cli.judging import Judge
    from evidencelint.project import Project

_MOST_ROUNDS = 5


def changes(project: Project, checked: Checked) -> bool:
    """Tell whether there is something to fix."""
    return any(before != after for _, before, after in _fixed(project, checked))


def diff(project: Project, checked: Checked, *, to_stdout: bool, colour: bool) -> str:
    """Give a patch of what would be fixed; for a terminal, it is made safe to look at."""
    lines = [
        line for name, before, after in _fixed(project, checked) for line in fixes.unified_diff(name, before, after)
    ]
    # a log or a terminal obeys what a file only holds; a log even at the beginning of a line
    if os.environ.get("GITHUB_ACTIONS") == "true":
        lines = [f"| {_clean(line)}\n" for line in lines]
    elif to_stdout and sys.stdout is not None and sys.stdout.isatty():
        lines = [_paint(f"{_clean(line)}", colour=colour) for line in lines]
    return "".join(lines)


def _paint(line: str, *, colour: bool) -> str:
    code = {"+": "32", "-": "31", "@": "36"}.get(line[:1]) if colour else None
    return f"{line}\n" if code is None else f"\x1b[{code}m{line}\x1b[0m\n"


def fix(
    project: Project, judge: Judge, documents: Sequence[DocumentToCheck], checked: Checked
) -> tuple[Checked, str | None]:
    """Fix documents in place until nothing is left to fix; gives what is left, and the text of standard input.

    Raises EvidencelintError where a document cannot be written.
    """
    by_name = {document.name: document for document in documents}
    stdin: str | None = None
    told: set[str] = set()
    for _ in range(_MOST_ROUNDS):
        again: list[DocumentToCheck] = []
        for name, before, after in list(_fixed(project, checked)):
            document = by_name[name]
            if document.is_stdin:
                stdin = after
            else:
                _write(document.path, before, after)
            if name not in told:  # once, however many rounds it takes
                told.add(name)
                say(f"evidencelint: {name}: fixed", err=True)
            again.append(replace(document, read=partial(bytes, after.encode())))
        if not again:
            break
        _merge(checked, judge.check(again))
    stdin_names = [document.name for document in documents if document.is_stdin and document.name in checked.data]
    if stdin is None and stdin_names:
        stdin = checked.data[stdin_names[0]].decode()
    return checked, stdin


def _fixed(project: Project, checked: Checked) -> Iterator[tuple[str, str, str]]:
    for file in checked.files:
        if not file.checked or not any(found.fix is not None for found in file.diagnostics):
            continue
        unsafe = project.config(Path(file.path)).unsafe_fixes
        before = checked.data[file.path].decode()
        after = fixes.apply(before, fixes.choose(file.diagnostics, unsafe=unsafe))
        if after != before:
            yield file.path, before, after


def _write(path: Path, before: str, after: str) -> None:
    if read_file(path) != before.encode():
        raise EvidencelintError(f"{path}: changed while it was checked; run again")
    try:
        fixes.replace_file(path, after)
    except OSError as error:
        raise EvidencelintError(f"{path}: cannot be written: {error.strerror}") from error


def _merge(checked: Checked, newer: Checked) -> None:
    reports = {file.path: file for file in newer.files}
    checked.files = [reports.get(file.path, file) for file in checked.files]
    checked.data.update(newer.data)
    checked.bases.update(newer.bases)
    for name, seconds in newer.seconds.items():
        checked.seconds[name] = checked.seconds.get(name, 0) + seconds


def _clean(line: str) -> str:
    from evidencelint.reporters.run import clean  # noqa: PLC0415

    return clean(line.rstrip("\n"))
