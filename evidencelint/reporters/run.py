"""What every report is made from, and what all of them do to text they did not write."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass

from evidencelint.model import Diagnostic
from evidencelint.outcome import FileReport

_COMMAND = re.compile(r"##\[")


@dataclass(frozen=True, slots=True)
class Run:
    """The results of one run: a report per document in order, their texts by path, and how to show them."""

    files: tuple[FileReport, ...]
    texts: dict[str, str]
    version: str
    model: str
    colour: bool = False
    quiet: bool = False

    def diagnostics(self) -> Iterator[Diagnostic]:
        """Yield all diagnostics, in the order of the files."""
        for file in self.files:
            yield from file.diagnostics

    def summary(self) -> dict[str, int]:
        """Count files, claims and findings."""
        found = list(self.diagnostics())
        tallies = [file.tally() for file in self.files]
        return {
            "files": len(self.files),
            "claims": sum(tally.claims for tally in tallies),
            "supported": sum(tally.supported for tally in tallies),
            "errors": sum(d.severity == "error" for d in found),
            "warnings": sum(d.severity == "warning" for d in found),
            "infos": sum(d.severity == "info" for d in found),
        }


def clean(text: str) -> str:
    """Make text from a document safe to print: no control or format characters, no workflow commands."""
    spaced = "".join(" " if unicodedata.category(c) in {"Cc", "Zl", "Zp"} else c for c in text)
    kept = "".join(c for c in spaced if unicodedata.category(c) not in {"Cf", "Cs"})
    return _COMMAND.sub("# #[", kept)


def slashes(path: str) -> str:
    """Give a path with forward slashes; one that begins like a workflow command gets ``./`` in front."""
    shown = clean(path.replace("\\", "/"))
    return f"./{shown}" if shown.lstrip().startswith("::") else shown
