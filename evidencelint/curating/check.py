"""Is a fact base true to its sources? Family 6xx: quotes, figures, duplicates, works."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass

from evidencelint.bibliography import Work, load_all
from evidencelint.diagnostics import Position, Severity
from evidencelint.factbase.facts import Fact, FactBase
from evidencelint.rules import find_rule
from evidencelint.sources.quotes import SourceText, plain_text, stands_whole
from evidencelint.yamlio import suggest


@dataclass(frozen=True, slots=True)
class FactProblem:
    """What is wrong with one fact, and where; ``fact`` is its id, empty where a source is at fault."""

    code: str
    name: str
    severity: Severity
    position: Position
    fact: str
    message: str

    def located(self) -> str:
        """Give the problem as one line with its place."""
        place = f"{self.position.path}:{self.position.line}:{self.position.column}"
        fact = f" {self.fact}:" if self.fact else ""
        return f"{place}: {self.severity} {self.code} {self.name}:{fact} {self.message}"


def check_fact_base(base: FactBase, works: Mapping[str, Work] | None = None) -> tuple[FactProblem, ...]:
    """Find every problem of a loaded fact base, in the order of the file.

    ``works`` is the bibliography by key; without it, the one that the fact base names is loaded, and raises
    BibliographyError where it is malformed.
    """
    known = works if works is not None else load_all(base.bibliography)
    problems = [problem for check in _CHECKS for problem in check(base, known)]
    return tuple(sorted(problems, key=lambda p: (p.position.line, p.position.column, p.code, p.message)))


def _quote_not_in_source(base: FactBase, _: Mapping[str, Work] | None) -> Iterator[FactProblem]:
    sources: dict[str, SourceText] = {}
    for key, quotes in _quotes_by_source(base).items():
        sources[key] = SourceText(base.source_texts[key], _markdown_path(base, key))
        sources[key].look_for(quotes)
    for fact in base.facts:
        keys = [key for key in fact.quoted_from if key in base.source_texts]
        if keys and not any(sources[key].has(fact.quote) for key in keys):
            message = f"the quote is not in {' or '.join(keys)}{sources[keys[0]].nearest(fact.quote)}"
            yield _problem("quote-not-in-source", fact, fact.quote_position, message)


def _quotes_by_source(base: FactBase) -> Mapping[str, list[str]]:
    found: dict[str, list[str]] = {}
    for fact in base.facts:
        for key in fact.quoted_from:
            if key in base.source_texts:
                found.setdefault(key, []).append(fact.quote)
    return found


def _markdown_path(base: FactBase, key: str) -> str | None:
    path = next((source.path for source in base.sources if source.key == key), None) or ""
    return path if path.lower().endswith((".md", ".markdown")) else None


def _figure_not_in_quote(base: FactBase, _: Mapping[str, Work] | None) -> Iterator[FactProblem]:
    for fact in base.facts:
        for override in fact.overrides:
            if not stands_whole(override.text, fact.quote):
                message = f"figures has “{override.text}”, which the quote does not; the quote is “{fact.quote}”"
                yield _problem("figure-not-in-quote", fact, override.position, message)


def _duplicate_fact(base: FactBase, _: Mapping[str, Work] | None) -> Iterator[FactProblem]:
    seen: dict[tuple[str, str, tuple[tuple[str, frozenset[str]], ...]], Fact] = {}
    for fact in base.facts:
        key = (fact.source, plain_text(fact.quote).lower(), tuple(sorted(fact.slots.items(), key=lambda item: item[0])))
        first = seen.setdefault(key, fact)
        if first is not fact:
            message = f"the quote and slots are those of {first.id} in line {first.position.line}; keep one"
            yield _problem("duplicate-fact", fact, fact.position, message)


def _source_not_in_bibliography(base: FactBase, works: Mapping[str, Work] | None) -> Iterator[FactProblem]:
    rule = find_rule("source-not-in-bibliography")
    for source in base.sources if works is not None else ():
        if works is not None and source.key not in works:
            message = f"the source {source.key} is not in the bibliography{suggest(source.key, tuple(works))}"
            yield FactProblem(rule.code, rule.name, rule.severity, source.position, "", message)


def problem_at(name: str, position: Position, fact: str, message: str) -> FactProblem:
    """Make the problem that a rule reports at a place; ``fact`` is empty where no single fact is at fault."""
    rule = find_rule(name)
    return FactProblem(rule.code, rule.name, rule.severity, position, fact, message)


def _problem(name: str, fact: Fact, position: Position, message: str) -> FactProblem:
    return problem_at(name, position, fact.id, message)


_CHECKS: tuple[Callable[[FactBase, Mapping[str, Work] | None], Iterator[FactProblem]], ...] = (
    _quote_not_in_source,
    _figure_not_in_quote,
    _duplicate_fact,
    _source_not_in_bibliography,
)
