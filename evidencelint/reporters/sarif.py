"""SARIF 2.1.0, as GitHub code scanning and other services read it."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from pathlib import PurePosixPath

from evidencelint.diagnostics import Diagnostic, FactRef, Fix, Position
from evidencelint.reporters.line_hash import line_hashes
from evidencelint.reporters.numbers import as_data
from evidencelint.reporters.run import Run, as_json, clean, place, slashes, uri
from evidencelint.rules import Rule, all_rules
from evidencelint.source import Source

_LEVELS = {"error": "error", "warning": "warning", "info": "note"}
_PROBLEMS = {"error": "error", "warning": "warning", "info": "recommendation"}
_MOST_RESULTS = 25_000
_LONGEST = 1024
_SPECIAL = re.compile(r"([\\\[\]])")
_TITLE = re.compile(r"^# .*\n+")
_PRECISION = {"error": "very-high", "warning": "high", "info": "medium"}
Json = dict[str, object]


def render(run: Run) -> str:
    """Render one run; results beyond what services take are left out, the least severe first, and said to be."""
    rules = [rule for rule in all_rules() if not run.rules or rule.name in run.rules]
    order = {rule.code: index for index, rule in enumerate(rules)}
    chosen = run.by_severity()[:_MOST_RESULTS]
    by_path: dict[str, list[Diagnostic]] = {}
    for found in chosen:
        by_path.setdefault(found.path, []).append(found)
    results: list[Json] = []
    for file in run.files:
        source = run.source(file.path)
        mine = by_path.get(file.path, [])
        hidden = [each for each in file.suppressed if each.by == "document"]
        lines = line_hashes(source.text, [d.line for d in (*mine, *(each.diagnostic for each in hidden))])
        results += [_result(run, source, found, order, lines) for found in mine]
        for each in hidden:
            suppression = {"kind": "inSource", **({"justification": each.reason} if each.reason else {})}
            result = _result(run, source, each.diagnostic, order, lines)
            results.append({**result, "suppressions": [suppression]})
    log = {
        "$schema": "https://json.schemastore.org/sarif-2.1.0.json",
        "version": "2.1.0",
        "runs": [_run(run, rules, results)],
    }
    return as_json(log, indent=1) + "\n"


def _run(run: Run, rules: Sequence[Rule], results: Sequence[Json]) -> Json:
    bases = [{"path": slashes(base.path), "fingerprint": base.fingerprint} for base in run.fact_bases()]
    return {
        "tool": {
            "driver": {
                "name": "evidencelint",
                "version": run.version,
                "semanticVersion": run.version,
                "rules": [_rule(rule) for rule in rules],
                "properties": {"model": run.model},
            }
        },
        "columnKind": "unicodeCodePoints",
        "invocations": [_invocation(run)],
        "properties": {"factBases": bases, "model": run.model, "numbers": as_data(run.accounts())},
        "results": list(results),
    }


def _invocation(run: Run) -> Json:
    notes = [
        {
            "level": "error",
            "message": {"text": _plain(message)},
            "descriptor": {"id": "EL901"},
            "locations": [{"physicalLocation": _at(run, where)}],
        }
        for where, message in run.failures()
    ]
    count = sum(1 for _ in run.diagnostics())
    if count > _MOST_RESULTS:
        text = f"{count - _MOST_RESULTS} results are left out: services take no more than {_MOST_RESULTS}"
        notes.append({"level": "warning", "message": {"text": text}})
    done = not any(True for _ in run.failures())
    return {"executionSuccessful": done, **({"toolExecutionNotifications": notes} if notes else {})}


def _rule(rule: Rule) -> Json:
    about = _first_paragraph(rule)
    body = _TITLE.sub("", rule.page)
    return {
        "id": rule.code,
        "name": rule.name,
        "shortDescription": {"text": _clip(about.partition(". ")[0].rstrip(".") + ".")},
        "fullDescription": {"text": _clip(about)},
        "help": {"text": body, "markdown": body},
        "defaultConfiguration": {"level": _LEVELS[rule.severity]},
        "properties": {
            "tags": sorted({rule.family, rule.verdict}),
            "precision": _PRECISION[rule.severity],
            "problem.severity": _PROBLEMS[rule.severity],
        },
    }


def _first_paragraph(rule: Rule) -> str:
    return " ".join(rule.sections.get("What it does", rule.name).strip().split("\n\n")[0].split())


def _clip(text: str) -> str:
    return text if len(text) <= _LONGEST else f"{text[: _LONGEST - 1]}…"


def _result(run: Run, source: Source, found: Diagnostic, order: Mapping[str, int], lines: Mapping[int, str]) -> Json:
    message = _plain(found.message)
    related = [_related(run, index, fact) for index, fact in enumerate(found.facts, start=1)]
    for index, fact in enumerate(found.facts, start=1):
        message += f"\n[{_plain(fact.id)}]({index}): “{_plain(fact.quote)}”"
    result: Json = {
        "ruleId": found.code,
        **({"ruleIndex": order[found.code]} if found.code in order else {}),
        "level": _LEVELS[found.severity],
        "message": {"text": message},
        "locations": [{"physicalLocation": _location(run, found)}],
        "partialFingerprints": {
            **({"primaryLocationLineHash": lines[found.line]} if found.line in lines else {}),
            "evidencelint/claim/v1": found.fingerprint,
        },
        "properties": {"verdict": found.verdict, "confidence": found.confidence},
    }
    if related:
        result["relatedLocations"] = related
    if found.fix is not None:
        result["fixes"] = [_fix(run, source, found.fix)]
    return result


def _plain(text: str) -> str:
    """Escape what SARIF reads as a link in a message."""
    return _SPECIAL.sub(r"\\\1", clean(text))


def _artifact(run: Run, path: str) -> Json:
    shown = run.repository_path(path)
    return {"uri": uri(shown) if not PurePosixPath(shown).is_absolute() else f"file://{uri(shown)}"}


def _location(run: Run, found: Diagnostic) -> Json:
    ends = (found.line, found.column, found.end_line, found.end_column)
    return {"artifactLocation": _artifact(run, found.path), "region": _region(ends)}


def _region(ends: Iterable[int]) -> Json:
    return dict(zip(("startLine", "startColumn", "endLine", "endColumn"), ends, strict=True))


def _at(run: Run, where: Position) -> Json:
    return {"artifactLocation": _artifact(run, where.path), "region": {"startLine": where.line}}


def _related(run: Run, index: int, fact: FactRef) -> Json:
    return {
        "id": index,
        "message": {"text": f"fact {_plain(fact.id)}: “{_plain(fact.quote)}”"},
        "physicalLocation": _at(run, fact.position),
    }


def _fix(run: Run, source: Source, fix: Fix) -> Json:
    replacement = {
        "deletedRegion": _region(place(source, fix.span)),
        "insertedContent": {"text": fix.replacement},
    }
    return {
        "description": {"text": "Replace by what the fact has" if fix.safe else "Perhaps replace by this"},
        "artifactChanges": [{"artifactLocation": _artifact(run, source.path), "replacements": [replacement]}],
    }
