"""What a project says of the findings of a document: which are reported, how severe they are, what is taken back."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING

from evidencelint.errors import EvidencelintError
from evidencelint.ignoring import fits
from evidencelint.model import Diagnostic, Finding, Severity, Span
from evidencelint.rules import find_rule, find_rules, select
from evidencelint.settings import TOOL, Config, Level
from evidencelint.source import Source, read_source
from evidencelint.stamping import stamp

if TYPE_CHECKING:
    from evidencelint.directives import DocumentSettings
    from evidencelint.engine import FileReport


@dataclass(frozen=True, slots=True)
class Policy:
    """The settings of one document: the rules reported by name, what is set of their severities, its topic."""

    enabled: frozenset[str]
    levels: tuple[tuple[str, Level], ...]
    topic: tuple[str, ...]


def policy_of(document: Path, config: Config) -> Policy:
    """Give the policy of a document by its configuration."""
    return make_policy(config, ignored_in(document, config))


def ignored_in(document: Path, config: Config) -> tuple[str, ...]:
    """Give the rules that the configuration leaves out in a document."""
    if not config.per_file_ignores:
        return ()
    full = document.parent.resolve() / document.name
    return tuple(
        rule for pattern, rules in config.per_file_ignores if fits((pattern,), config.root, full) for rule in rules
    )


def make_policy(config: Config, ignored: tuple[str, ...]) -> Policy:
    """Give the policy of all documents that have a configuration and leave out the same rules."""
    levels = tuple((rule.name, level) for selector, level in config.severities for rule in find_rules(selector))
    off = [name for name, level in dict(levels).items() if level == "off"]
    rules = select(config.select, (*config.ignore, *ignored, *off), config.extend_select)
    return Policy(frozenset(rule.name for rule in rules.selected), levels, config.topic)


def triage(report: FileReport, data: bytes, policy: Policy) -> FileReport:
    """Apply a policy, and the document's own directives and front matter, to what the engine found."""
    if not report.checked or not (report.diagnostics or TOOL.encode() in data):
        return report

    from evidencelint.directives import read_directives, read_document_settings  # noqa: PLC0415 - most have none
    from evidencelint.suppressions import apply  # noqa: PLC0415

    source = read_source(data, report.path)
    own = read_document_settings(source)
    wrong, ignored = _ignored(source, own)
    enabled = policy.enabled - ignored
    levels = dict(policy.levels)
    kept = [_levelled(found, levels) for found in report.diagnostics if found.name in enabled]
    if policy.topic and not _on_topic(source.text, policy.topic):
        kept = [found for found in kept if found.verdict != "unsupported"]
    applied = apply(source, kept, read_directives(source), enabled)
    findings = (*wrong, *applied.findings)
    seen: dict[str, int] = {}
    told = [stamp(find_rule(f.rule), f, source, seen) for f in findings if f.rule in policy.enabled]
    merged = sorted((*applied.kept, *(_levelled(d, levels) for d in told)), key=lambda d: (d.span, d.code, d.message))
    return replace(report, diagnostics=tuple(merged), suppressed=applied.suppressed)


def _ignored(source: Source, own: DocumentSettings) -> tuple[list[Finding], frozenset[str]]:
    """Read the rules that the front matter leaves out; a name that is none becomes a finding."""
    from evidencelint.suppressions import UNKNOWN  # noqa: PLC0415

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


def _levelled(found: Diagnostic, levels: dict[str, Level]) -> Diagnostic:
    """Set the severity of a rule; what the tool is unsure of stays a note."""
    level = levels.get(found.name, "off")
    if level == "off" or (found.severity == "info" and find_rule(found.name).severity != "info"):
        return found
    severity: Severity = level
    return replace(found, severity=severity)


def _on_topic(text: str, words: Sequence[str]) -> bool:
    """Tell whether any of the words stands in the text, also with an ending ("club" in "clubs") or over a line end."""
    phrases = (r"\s+".join(map(re.escape, word.split())) for word in words)
    return re.search(rf"(?<!\w)(?:{'|'.join(phrases)})", text, re.IGNORECASE) is not None
