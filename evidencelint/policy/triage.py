"""What a project says of the findings of a document: which are reported, how severe they are, what is taken back."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING

from evidencelint.configuration.ignoring import fits
from evidencelint.configuration.settings import TOOL, Config, Level
from evidencelint.diagnostics import Diagnostic, Severity
from evidencelint.policy.strictness import STRICT, STRICT_CODES, with_unmatched
from evidencelint.rules import find_rule, find_rules, select

if TYPE_CHECKING:
    from evidencelint.outcome import FileReport


@dataclass(frozen=True, slots=True)
class Policy:
    """The settings of one document: the rules reported by name, what is set of their severities, its topic."""

    enabled: frozenset[str]
    levels: tuple[tuple[str, Level], ...]
    topic: tuple[str, ...]


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
    extended = (*config.extend_select, *(sorted(STRICT) if config.strict else ()))
    rules = select(config.select, (*config.ignore, *ignored, *off), extended)
    asked = {
        find_rule(each).name for each in (*config.select, *extended) if each in STRICT or each.upper() in STRICT_CODES
    }
    names = frozenset(rule.name for rule in rules.selected if rule.name not in STRICT or rule.name in asked)
    return Policy(names, levels, config.topic)


def triage(report: FileReport, data: bytes, policy: Policy) -> FileReport:
    """Apply a policy, and the document's own directives and front matter, to what the engine found.

    Raises DocumentError where the front matter sets what there is not.
    """
    if not report.checked:
        return report
    levels = dict(policy.levels)
    kept = [levelled(found, levels) for found in report.diagnostics if found.name in policy.enabled]
    if policy.topic and not _on_topic(data.decode("utf-8", "replace"), policy.topic):
        kept = [found for found in kept if found.verdict != "unsupported"]
        report = replace(report, off_topic=True)
    if policy.enabled & STRICT:
        from evidencelint.source import read_source  # noqa: PLC0415 - most projects are not strict

        added = with_unmatched(report, read_source(data, report.path), kept, policy.enabled)
        kept = [levelled(found, levels) if found.name in STRICT else found for found in added]
    if TOOL.encode() not in data:
        return replace(report, diagnostics=tuple(kept))

    from evidencelint.policy.owndirectives import take_back  # noqa: PLC0415 - most documents say nothing to us

    return take_back(replace(report, diagnostics=tuple(kept)), data, policy.enabled, levels)


def levelled(found: Diagnostic, levels: Mapping[str, Level]) -> Diagnostic:
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
