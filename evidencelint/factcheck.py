"""Is a fact base true to its sources? Family 6xx: quotes, figures, duplicates, works."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass

from rapidfuzz import fuzz

from evidencelint.facts import Fact, FactBase
from evidencelint.model import Position
from evidencelint.rules import find_rule
from evidencelint.sentences import split

_LOOKALIKES = str.maketrans(
    {"–": "-", "—": "-", "−": "-", "‑": "-", "’": "'", "‘": "'", "“": '"', "”": '"', "\u00a0": " ", "\u202f": " "}
)


@dataclass(frozen=True, slots=True)
class FactProblem:
    """What is wrong with one fact, and where."""

    code: str
    name: str
    severity: str
    position: Position
    fact: str
    message: str


def check_fact_base(base: FactBase, works: Mapping[str, object] | None = None) -> tuple[FactProblem, ...]:
    """Find every problem of a loaded fact base, in the order of the file.

    ``works`` is the bibliography by key, None where the fact base names none.
    """
    problems = [problem for check in _CHECKS for problem in check(base)]
    if works is not None:
        problems.extend(_source_not_in_bibliography(base, works))
    return tuple(sorted(problems, key=lambda p: (p.position.line, p.code, p.message)))


def _quote_not_in_source(base: FactBase) -> Iterator[FactProblem]:
    folded = {key: " ".join(text.split()) for key, text in base.source_texts.items()}
    plain = {key: text.translate(_LOOKALIKES) for key, text in folded.items()}
    for fact in base.facts:
        text = folded.get(fact.source)
        if text is None or fact.quote in text:
            continue
        if fact.quote.translate(_LOOKALIKES) in plain[fact.source]:
            yield _problem(
                "quote-not-in-source", fact, "the quote differs from the source in dashes or quotation marks only"
            )
            continue
        nearest, likeness = _nearest(fact.quote, text)
        hint = f"; nearest ({likeness:.0f}% alike): “{nearest}”" if nearest else ""
        yield _problem("quote-not-in-source", fact, f"the quote is not in the source {fact.source}{hint}")


def _nearest(quote: str, text: str) -> tuple[str, float]:
    sentences = [text[span.start : span.end] for span in split(text)]
    scored = [(fuzz.ratio(quote, sentence), sentence) for sentence in sentences]
    best = max(scored, key=lambda pair: (pair[0], pair[1]), default=(0.0, ""))
    return best[1], best[0]


def _figure_not_in_quote(base: FactBase) -> Iterator[FactProblem]:
    for fact in base.facts:
        for key in fact.figures:
            if key not in fact.quote:
                yield _problem("figure-not-in-quote", fact, f"figures has {key}, which the quote does not")


def _duplicate_fact(base: FactBase) -> Iterator[FactProblem]:
    seen: dict[tuple[str, str, tuple[tuple[str, frozenset[str]], ...]], Fact] = {}
    for fact in base.facts:
        key = (fact.source, " ".join(fact.quote.lower().split()), tuple(sorted(fact.slots.items())))
        first = seen.setdefault(key, fact)
        if first is not fact:
            yield _problem("duplicate-fact", fact, f"says the same as {first.id} in line {first.position.line}")


def _source_not_in_bibliography(base: FactBase, works: Mapping[str, object]) -> Iterator[FactProblem]:
    for source in base.sources:
        if source.key not in works:
            rule = find_rule("source-not-in-bibliography")
            message = f"the source {source.key} is not in the bibliography"
            yield FactProblem(rule.code, rule.name, rule.severity, source.position, "", message)


def _problem(name: str, fact: Fact, message: str) -> FactProblem:
    rule = find_rule(name)
    return FactProblem(rule.code, rule.name, rule.severity, fact.position, fact.id, message)


_CHECKS: tuple[Callable[[FactBase], Iterator[FactProblem]], ...] = (
    _quote_not_in_source,
    _figure_not_in_quote,
    _duplicate_fact,
)
