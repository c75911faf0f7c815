"""Apply the replacements that findings bring along, to the text as it stands in the file."""

from __future__ import annotations

import difflib
import os
import tempfile
from collections.abc import Iterable, Iterator
from pathlib import Path

from evidencelint.diagnostics import Diagnostic, Fix

_NO_NEWLINE = "\\ No newline at end of file\n"


def choose(diagnostics: Iterable[Diagnostic], *, unsafe: bool) -> tuple[Fix, ...]:
    """Choose the fixes to apply, in order: safe ones, or all; of those that overlap, the first."""
    wanted = {d.fix for d in diagnostics if d.fix is not None and (d.fix.safe or unsafe)}
    chosen: list[Fix] = []
    # a safe fix goes before one that is not, whichever stands first
    for fix in sorted(wanted, key=lambda f: (not f.safe, f.span, f.replacement)):
        if all(not fix.span.overlaps(other.span) and fix.span.start != other.span.start for other in chosen):
            chosen.append(fix)
    return tuple(sorted(chosen, key=lambda f: f.span))


def apply(text: str, fixes: Iterable[Fix]) -> str:
    """Put in replacements that are in order and do not overlap; everything else stays as it was."""
    pieces: list[str] = []
    done = 0
    for fix in fixes:
        pieces += (text[done : fix.span.start], fix.replacement)
        done = fix.span.end
    return "".join((*pieces, text[done:]))


def unified_diff(path: str, before: str, after: str) -> Iterator[str]:
    """Give the lines of a patch, with their line ends; carriage returns are content, as git has it."""
    old, new = _lines(before), _lines(after)
    for line in difflib.unified_diff(old, new, path, path):
        yield line if line.endswith("\n") else f"{line}\n{_NO_NEWLINE}"


def _lines(text: str) -> list[str]:
    *whole, last = text.split("\n")
    return [*(f"{line}\n" for line in whole), *([last] if last else [])]


def replace_file(path: Path, text: str) -> None:
    """Write a document in one step, so that no one reads half of it; its mode stays. Raises OSError."""
    target = path.resolve()
    mode = target.stat().st_mode
    handle, name = tempfile.mkstemp(dir=target.parent, prefix=f".{target.name}.")
    temporary = Path(name)
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(text.encode())
        temporary.chmod(mode)
        temporary.replace(target)
    except OSError:
        temporary.unlink(missing_ok=True)
        raise
