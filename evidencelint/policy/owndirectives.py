"""What a document itself says of its findings: directives in comments, and the front matter."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import TYPE_CHECKING

from evidencelint.configuration.settings import Level
from evidencelint.errors import EvidencelintError
from evidencelint.model import Finding, Span
from evidencelint.policy.directives import read_directives
from evidencelint.policy.documentsettings import DocumentSettings, read_document_settings
from evidencelint.policy.suppressions import UNKNOWN, apply
from evidencelint.policy.triage import levelled
from evidencelint.rules import find_rule, find_rules
from evidencelint.source import Source, read_source
from evidencelint.stamping import stamp

if TYPE_CHECKING:
    from evidencelint.outcome import FileReport


def take_back(report: FileReport, data: bytes, enabled: frozenset[str], levels: Mapping[str, Level]) -> FileReport:
    """Take back what the document says, and add what is wrong with how it says it.

    Raises DocumentError where the front matter sets what there is not.
    """
    source = read_source(data, report.path)
    wrong, ignored = _ignored(source, read_document_settings(source))
    kept = [found for found in report.diagnostics if found.name not in ignored]
    applied = apply(source, kept, read_directives(source), enabled - ignored)
    seen: dict[str, int] = {}
    told = [
        levelled(stamp(find_rule(finding.rule), finding, source, seen), levels)
        for finding in (*wrong, *applied.findings)
        if finding.rule in enabled
    ]
    merged = sorted((*applied.kept, *told), key=lambda found: (found.span, found.code, found.message))
    return replace(report, diagnostics=tuple(merged), suppressed=applied.suppressed)


def _ignored(source: Source, own: DocumentSettings) -> tuple[list[Finding], frozenset[str]]:
    """Read the rules that the front matter leaves out; a name that is none becomes a finding."""
    wrong: list[Finding] = []
    names: set[str] = set()
    for selector in own.ignore:
        found, problem = _rules_of(selector)
        names.update(found)
        if problem:
            start = max(source.text.find(selector), 0)
            span = Span(start, start + len(selector))
            wrong.append(Finding(UNKNOWN, span, span, f"the front matter ignores {selector}: {problem}", 1.0))
    return wrong, frozenset(names)


def _rules_of(selector: str) -> tuple[list[str], str]:
    try:
        return [rule.name for rule in find_rules(selector)], ""
    except EvidencelintError as error:
        return [], error.message
