"""What an editor shows of one document: its findings, what a place means, and where its facts stand."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from lsprotocol import types
from pygls.uris import from_fs_path

from evidencelint.diagnostics import Diagnostic, Position, Severity, Span
from evidencelint.errors import DocumentError, EvidencelintError
from evidencelint.lsp.positions import Positions
from evidencelint.reported import ClaimReport
from evidencelint.resources import rules_folder
from evidencelint.rules import find_rule
from evidencelint.session import Checked
from evidencelint.source import read_source

TOOL = "evidencelint"
_UNREADABLE = "unreadable-document"
SEVERITIES: dict[Severity, types.DiagnosticSeverity] = {
    "error": types.DiagnosticSeverity.Error,
    "warning": types.DiagnosticSeverity.Warning,
    "info": types.DiagnosticSeverity.Information,
}
_MARKDOWN = re.compile(r"([\\`*_{}\[\]()<>#+\-.!|~&$])")
_NAME = re.compile(r"(`[a-z0-9-]+`)")


@dataclass(frozen=True, slots=True)
class View:
    """One version of an open document; without a check, ``problems`` say why there is none, if anything is wrong."""

    uri: str
    version: int | None
    places: Positions
    checked: Checked | None
    problems: tuple[types.Diagnostic, ...] = ()

    def diagnostics(self) -> list[types.Diagnostic]:
        """Give all that the editor is to underline."""
        found = self.checked.report.diagnostics if self.checked is not None else ()
        return [*self.problems, *(self.diagnostic(each) for each in found)]

    def diagnostic(self, found: Diagnostic) -> types.Diagnostic:
        """Give one finding as the protocol has it; its facts are places that the editor can open."""
        facts = [
            types.DiagnosticRelatedInformation(
                location(fact.position, self.places.encoding), f"fact {fact.id}: “{fact.quote}”"
            )
            for fact in found.facts
        ]
        return types.Diagnostic(
            range=self.places.range(found.span),
            message=found.message,
            severity=SEVERITIES[found.severity],
            code=found.code,
            code_description=rule_page(found.code),
            source=TOOL,
            related_information=facts or None,
            data={"name": found.name, "fingerprint": found.fingerprint},
        )

    def hover(self, offset: int, *, markdown: bool) -> types.Hover | None:
        """Tell what is known of the finding, or else the claim, at an offset."""
        findings = self._findings(offset)
        claim = self._claim(offset)
        if findings:
            lines = [line for each in findings for line in _finding_lines(each)]
            span = findings[0].span
        elif claim is not None and claim.verdict is not None and self.checked is not None:
            lines = list(_claim_lines(claim, self.checked))
            span = claim.span
        else:
            return None
        kind = types.MarkupKind.Markdown if markdown else types.MarkupKind.PlainText
        text = "\n\n".join(lines) if markdown else "\n".join(_plain(line) for line in lines)
        return types.Hover(types.MarkupContent(kind, text), self.places.range(span))

    def facts_at(self, offset: int) -> list[types.Location]:
        """Give the places of the facts that the finding, or the claim, at an offset rests on."""
        if self.checked is None:
            return []
        positions = [fact.position for found in self._findings(offset) for fact in found.facts]
        claim = self._claim(offset)
        if not positions and claim is not None:
            known = self.checked.facts
            positions = [known[identity].position for identity in claim.facts if identity in known]
        return [self._place(position) for position in dict.fromkeys(positions)]

    def findings_in(self, span: Span) -> list[Diagnostic]:
        """Give the findings that a selection touches."""
        found = self.checked.report.diagnostics if self.checked is not None else ()
        return [each for each in found if each.span.start <= span.end and span.start <= each.span.end]

    def _place(self, position: Position) -> types.Location:
        return location(position, self.places.encoding)

    def _findings(self, offset: int) -> tuple[Diagnostic, ...]:
        return self.checked.at(offset) if self.checked is not None else ()

    def _claim(self, offset: int) -> ClaimReport | None:
        claims = self.checked.report.claims if self.checked is not None else ()
        return next((c for c in claims if c.kind != "none" and c.span.start <= offset <= c.span.end), None)


def location(position: Position, encoding: str) -> types.Location:
    """Give a place in a file; the client's unit counts, and the file on disk says how the two differ."""
    path = Path(position.path).resolve()
    start = types.Position(position.line - 1, position.column - 1)
    try:
        places = _file(path, path.stat().st_mtime_ns, encoding)
        start = places.position(places.source.offset(position.line, position.column))
    except (OSError, EvidencelintError):
        pass  # gone, or changed meanwhile: the line is still the best answer
    return types.Location(from_fs_path(str(path)) or path.as_uri(), types.Range(start, start))


@lru_cache(maxsize=8)
def _file(path: Path, _changed: int, encoding: str) -> Positions:
    """Read a file once as long as it does not change: many findings lead to one fact base."""
    return Positions(read_source(path.read_bytes(), str(path)), encoding)


def trouble(error: EvidencelintError, places: Positions) -> types.Diagnostic:
    """Say in the document that it could not be checked, and why."""
    place, message, facts = Position(places.source.path, 1), " ".join(str(error).split()), None
    if isinstance(error, DocumentError) and error.position is not None:
        place, message = error.position, error.message
    elif error.position is not None:
        where = location(error.position, places.encoding)
        facts = [types.DiagnosticRelatedInformation(where, error.message)]
    rule = find_rule(_UNREADABLE)
    return types.Diagnostic(
        range=rest_of_line(places, place),
        message=f"not checked: {message}",
        severity=types.DiagnosticSeverity.Error,
        code=rule.code,
        code_description=rule_page(rule.code),
        source=TOOL,
        related_information=facts,
    )


def rest_of_line(places: Positions, position: Position) -> types.Range:
    """Give the range from a place to the end of its line."""
    start = places.source.offset(position.line, position.column)
    end = places.source.offset(position.line, len(places.source.text) + 1)
    return places.range(Span(start, max(start, end)))


def rule_page(code: str) -> types.CodeDescription:
    """Give the page of a rule as a link that needs no network."""
    rule = find_rule(code)
    return types.CodeDescription((rules_folder() / f"{rule.code}-{rule.name}.md").as_uri())


def _finding_lines(found: Diagnostic) -> Iterator[str]:
    yield f"**{found.code} {found.name}** ({found.verdict}, {found.severity}): {_message(found.message)}"
    for fact in found.facts:
        yield _quote(fact.id, fact.quote, fact.source, fact.position)
    if found.details:
        yield "\n".join(f"- {_escape(detail)}" for detail in found.details)


def _claim_lines(claim: ClaimReport, checked: Checked) -> Iterator[str]:
    yield f"**{claim.verdict}** ({claim.kind} claim)"
    for identity in claim.facts:
        fact = checked.facts.get(identity)
        if fact is not None:
            yield _quote(fact.id, fact.quote, fact.source, fact.position)


def _quote(identity: str, quote: str, source: str, position: Position) -> str:
    place = f"{Path(position.path).name}:{position.line}"
    return f"> “{_escape(quote)}”\n>\n> fact {_escape(identity)} ({_escape(source)}, {_escape(place)})"


def _escape(text: str) -> str:
    return _MARKDOWN.sub(r"\\\1", text)


def _message(text: str) -> str:
    """Escape a message, but leave the names of facts and rules as code."""
    return "".join(part if _NAME.fullmatch(part) else _escape(part) for part in _NAME.split(text))


def _plain(line: str) -> str:
    """Take the marks of a line back out, for a client that shows it as it is."""
    shown = re.sub(r"\\(.)|\*\*", r"\1", line)
    return re.sub(r"^> ?", "", shown, flags=re.MULTILINE).replace("\n\n", "\n")
