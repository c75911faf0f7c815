"""What a changed fact base means: which facts changed, and which lines of documents become wrong."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, fields
from typing import Literal

from evidencelint.diagnostics import Diagnostic
from evidencelint.factbase.facts import Fact, FactBase
from evidencelint.outcome import FileReport

Change = Literal["added", "removed", "changed"]

_PLACES = frozenset({"position", "quote_position", "overrides", "status", "confidence"})


@dataclass(frozen=True, slots=True)
class FactChange:
    """A fact that one fact base has and the other has not, or has otherwise; ``details`` say what differs."""

    kind: Change
    fact: Fact
    details: tuple[str, ...] = ()


def changed_facts(old: FactBase, new: FactBase) -> Iterator[FactChange]:
    """Compare two fact bases by the ids of their facts, in the order of the new one; removed facts come last."""
    before = {fact.id: fact for fact in old.facts}
    after = {fact.id: fact for fact in new.facts}
    for fact in new.facts:
        if fact.id not in before:
            yield FactChange("added", fact)
        elif details := tuple(_differences(before[fact.id], fact)):
            yield FactChange("changed", fact, details)
    for fact in old.facts:
        if fact.id not in after:
            yield FactChange("removed", fact)


def _differences(old: Fact, new: Fact) -> Iterator[str]:
    for field in fields(Fact):
        if field.name in _PLACES:
            continue
        before, after = getattr(old, field.name), getattr(new, field.name)
        if before != after:
            yield f"{field.name}: {_shown(before)} → {_shown(after)}"
    if _overrides(old) != _overrides(new):
        yield f"figures: {_shown(_overrides(old))} → {_shown(_overrides(new))}"


def _overrides(fact: Fact) -> Mapping[str, object]:
    return dict(fact.figures)


def _shown(value: object) -> str:
    if isinstance(value, Mapping):
        return "; ".join(f"{key} {_shown(inner)}" for key, inner in value.items()) or "-"
    if isinstance(value, (frozenset, tuple)):
        return " ".join(sorted(map(str, value))) or "-"
    return f"“{value}”" if isinstance(value, str) and value else "-" if value in {None, ""} else str(value)


@dataclass(frozen=True, slots=True)
class Consequences:
    """Findings that only the new fact base gives, and those that only the old one gave."""

    appeared: tuple[Diagnostic, ...]
    settled: tuple[Diagnostic, ...]


def consequences(old: Iterable[FileReport], new: Iterable[FileReport]) -> Consequences:
    """Compare two runs over the same documents; a finding is the same where rule, place and expectation are."""
    before, after = _findings(old), _findings(new)
    return Consequences(
        appeared=tuple(d for key, d in after.items() if key not in before),
        settled=tuple(d for key, d in before.items() if key not in after),
    )


def _findings(reports: Iterable[FileReport]) -> dict[tuple[object, ...], Diagnostic]:
    return {
        (d.path, d.span.start, d.span.end, d.code, d.expected): d
        for report in reports
        for d in report.diagnostics
        if d.severity != "info"
    }
