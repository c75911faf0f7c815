"""What every report is made from, and what all of them do to text they did not write."""

from __future__ import annotations

import json
import posixpath
import re
import unicodedata
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from evidencelint.accounts import Accounts
from evidencelint.diagnostics import Diagnostic, Position, Severity, Span, Suppressed
from evidencelint.source import Source

if TYPE_CHECKING:
    from evidencelint.outcome import FileReport

_COMMAND = re.compile(r"##\[")
_HIDDEN = re.compile("[\x7f-\x9f\u2028-\u202e\u2066-\u2069\ufeff]|#(?=#\\[)")
_DRIVE = re.compile(r"[A-Za-z]:/")
_SEVERITIES: Mapping[Severity, int] = {"error": 0, "warning": 1, "info": 2}


@dataclass(frozen=True, slots=True)
class BaseRef:
    """A fact base of the run; the fingerprint is that of its content."""

    path: str
    fingerprint: str


@dataclass(frozen=True, slots=True)
class Run:
    """The results of one run: a report per document in order, their texts by path, and how to show them.

    ``bases`` are the fact bases by document. ``folder`` is the working folder, and ``root`` the root of the repository
    that paths of the build services' formats count from (absolute, with forward slashes; empty where there is none).
    ``rules`` are the names of the rules that were reported.
    """

    files: tuple[FileReport, ...]
    texts: dict[str, str]
    version: str
    model: str
    colour: bool = False
    quiet: bool = False
    bases: Mapping[str, tuple[BaseRef, ...]] = field(default_factory=dict)
    folder: str = ""
    root: str = ""
    rules: frozenset[str] = frozenset()

    def diagnostics(self) -> Iterator[Diagnostic]:
        """Yield all diagnostics, in the order of the files."""
        for file in self.files:
            yield from file.diagnostics

    def by_severity(self) -> list[Diagnostic]:
        """Give all diagnostics, errors first: some services show only the first ones."""
        return sorted(self.diagnostics(), key=lambda d: _SEVERITIES[d.severity])

    def suppressed(self) -> Iterator[Suppressed]:
        """Yield what is not reported because a document or a baseline says so."""
        for file in self.files:
            yield from file.suppressed

    def failures(self) -> Iterator[tuple[Position, str]]:
        """Yield the documents that could not be checked, and why."""
        for file in self.files:
            if file.error is not None:
                yield file.error.position or Position(file.path, 1), file.error.message

    def fact_bases(self) -> list[BaseRef]:
        """Give the fact bases of the run, each once."""
        found = {base for bases in self.bases.values() for base in bases}
        return sorted(found, key=lambda base: (base.path, base.fingerprint))

    def provenance(self, path: str | None = None) -> str:
        """Say in words what made the report: the tool, the model, and the fact bases of a document or of all."""
        bases = self.fact_bases() if path is None else self.bases.get(path, ())
        facts = "".join(f"; facts {slashes(base.path)} {base.fingerprint}" for base in bases)
        return f"evidencelint {self.version}; model {self.model}{facts}"

    def repository_path(self, path: str) -> str:
        """Give a path from the root of the repository, as build services want it; one outside stays as it is."""
        plain = path.replace("\\", "/")
        whole = plain if plain.startswith("/") or _DRIVE.match(plain) else f"{self.folder}/{plain}"
        whole = posixpath.normpath(whole)
        if self.root and whole.startswith(f"{self.root}/"):
            return whole[len(self.root) + 1 :]
        return posixpath.normpath(plain)

    def source(self, path: str) -> Source:
        """Give the text of a document, with its lines."""
        return Source(path, self.texts.get(path, ""))

    def accounts(self) -> Accounts:
        """Count the figures of all documents by what became of them."""
        return sum((file.accounts() for file in self.files), start=Accounts())

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
            "suppressed": sum(1 for _ in self.suppressed()),
        }


def clean(text: str) -> str:
    """Make text from a document safe to print: no control or format characters, no workflow commands."""
    if text.isprintable():
        # nearly all text is: none of its characters are of the categories below
        return _COMMAND.sub("# #[", text)
    spaced = "".join(" " if unicodedata.category(c) in {"Cc", "Zl", "Zp"} else c for c in text)
    kept = "".join(c for c in spaced if unicodedata.category(c) not in {"Cf", "Cs"})
    return _COMMAND.sub("# #[", kept)


def as_json(data: object, indent: int | None = None) -> str:
    """Write JSON that a terminal or a build service can show: what they would obey is written as its number.

    Surrogates, which a file name may have, are no JSON and become question marks.
    """
    text = json.dumps(data, ensure_ascii=False, indent=indent).encode("utf-8", "replace").decode()
    return _HIDDEN.sub(lambda match: f"\\u{ord(match[0]):04x}", text)


def slashes(path: str) -> str:
    """Give a path with forward slashes; one that begins like a workflow command gets ``./`` in front."""
    shown = clean(path.replace("\\", "/"))
    return f"./{shown}" if shown.lstrip().startswith("::") else shown


def uri(path: str) -> str:
    """Give a relative path as a URI."""
    from urllib.parse import quote  # noqa: PLC0415 - only two formats write addresses

    return quote(path.encode("utf-8", "replace"), safe="/~!$&'()*+,;=@")


def place(source: Source, span: Span) -> tuple[int, int, int, int]:
    """Give first line and column and last line and column of a span, 1-based, end exclusive."""
    return (*source.position(span.start), *source.position(span.end))
