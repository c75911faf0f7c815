"""Directives applied: which findings a document takes back, and which directives take back nothing."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from evidencelint.model import Diagnostic, Finding, Fix, Span, Suppressed
from evidencelint.policy.directives import Directive
from evidencelint.source import Source

_COMMENTS = (("<!--", "-->"), ("{/*", "*/}"), ("%%", "%%"))
UNUSED = "unused-suppression"
UNKNOWN = "unknown-suppression"


@dataclass(frozen=True, slots=True)
class Applied:
    """What is left of the findings, what was taken back, and what is wrong with the directives."""

    kept: tuple[Diagnostic, ...]
    suppressed: tuple[Suppressed, ...]
    findings: tuple[Finding, ...]


@dataclass(frozen=True, slots=True)
class _Reach:
    """Where a directive holds for a rule."""

    directive: Directive
    rule: str
    span: Span


def apply(
    source: Source, diagnostics: Sequence[Diagnostic], directives: Sequence[Directive], enabled: frozenset[str]
) -> Applied:
    """Take back what the directives name; ``enabled`` are the rules of the run, others cannot be unused."""
    reaches = [reach for index in range(len(directives)) for reach in _reaches(source, directives, index)]
    kept: list[Diagnostic] = []
    taken: list[Suppressed] = []
    used: set[tuple[Span, str]] = set()
    for diagnostic in diagnostics:
        covering = [r for r in reaches if r.rule == diagnostic.name and _touches(r.span, diagnostic.span)]
        if not covering:
            kept.append(diagnostic)
            continue
        used.update((reach.directive.span, reach.rule) for reach in covering)
        taken.append(Suppressed(diagnostic, "document", covering[-1].directive.reason))
    return Applied(tuple(kept), tuple(taken), tuple(_findings(source, directives, used, enabled)))


def _touches(reach: Span, span: Span) -> bool:
    return reach.start <= span.start < reach.end or reach.overlaps(span)


def _reaches(source: Source, directives: Sequence[Directive], index: int) -> Iterator[_Reach]:
    directive = directives[index]
    if directive.problem:
        return
    whole = Span(0, len(source.text) + 1)
    match directive.verb:
        case "disable-file":
            yield from (_Reach(directive, rule, whole) for rule in directive.rules)
        case "disable-line":
            span = Span(source.line_start(directive.span.start), source.line_end(directive.span.end))
            yield from (_Reach(directive, rule, span) for rule in directive.rules)
        case "disable-next-line":
            span = _next_line(source, directives, directive.span)
            yield from (_Reach(directive, rule, span) for rule in directive.rules)
        case "disable":
            for rule in directive.rules:
                ends = (d.span.start for d in directives[index + 1 :] if d.verb == "enable" and _enables(d, rule))
                yield _Reach(directive, rule, Span(directive.span.end, next(ends, whole.end)))


def _enables(directive: Directive, rule: str) -> bool:
    return not directive.problem and (not directive.rules or rule in directive.rules)


def _next_line(source: Source, directives: Sequence[Directive], span: Span) -> Span:
    """Give the next line that is more than blanks, quote marks and directives: formatters put blank lines between."""
    comments = [directive.span for directive in directives]
    starts = [comment.start for comment in comments]
    end = source.line_end(span.end)
    while end < len(source.text):
        start, end = end, source.line_end(end)
        line = source.text[start:end]
        first = start + len(line) - len(line.lstrip(" \t>\r\n"))
        if first >= end:
            continue
        at = bisect_right(starts, first) - 1
        if at >= 0 and first < comments[at].end:
            last = comments[at].end
            end = source.line_end(max(last - 1, first))
            if not source.text[last:end].strip():
                continue
        return Span(start, end)
    return Span(len(source.text), len(source.text))


def _findings(
    source: Source, directives: Sequence[Directive], used: set[tuple[Span, str]], enabled: frozenset[str]
) -> Iterator[Finding]:
    for index, directive in enumerate(directives):
        if directive.problem:
            yield Finding(UNKNOWN, directive.span, directive.span, directive.problem, 1.0)
        elif directive.verb == "enable":
            if not any(
                d.verb == "disable" and not d.problem and any(_enables(directive, rule) for rule in d.rules)
                for d in directives[:index]
            ):
                yield _unused(directive, "enables what no directive disables", _without(source, directive))
        else:
            idle = [rule for rule in directive.rules if rule in enabled and (directive.span, rule) not in used]
            if idle:
                left = tuple(rule for rule in directive.rules if rule not in idle)
                fix = _rewritten(source, directive, left) if left else _without(source, directive)
                yield _unused(directive, f"disables {', '.join(idle)}, where there is no such finding", fix)


def _unused(directive: Directive, message: str, fix: Fix | None) -> Finding:
    return Finding(UNUSED, directive.span, directive.span, message, 1.0, fix=fix)


def _without(source: Source, directive: Directive) -> Fix | None:
    """Take a comment away where nothing around it is read otherwise for it."""
    if _marks(source, directive) is None:
        return None
    start, end = directive.span.start, directive.span.end
    before = source.text[source.line_start(start) : start]
    if before.strip(" \t>"):
        start -= len(before) - len(before.rstrip(" \t"))
    elif source.text[end : source.line_end(end)].strip():
        # at the head of a line, a comment keeps the rest of it from being read as Markdown
        return None
    return Fix(Span(start, end), "", safe=True)


def _rewritten(source: Source, directive: Directive, rules: tuple[str, ...]) -> Fix | None:
    marks = _marks(source, directive)
    if marks is None or '"' in directive.reason:
        return None
    reason = f' reason="{directive.reason}"' if directive.reason else ""
    body = f"evidencelint-{directive.verb} {' '.join(rules)}{reason}"
    return Fix(directive.span, f"{marks[0]} {body} {marks[1]}", safe=True)


def _marks(source: Source, directive: Directive) -> tuple[str, str] | None:
    """Give the marks of a comment; link definitions and footnotes, which may be referred to, have none."""
    return next((marks for marks in _COMMENTS if source.text.startswith(marks[0], directive.span.start)), None)
