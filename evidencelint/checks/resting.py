"""What a clause rests on: the fact that carries it, its sources, and whether a cited source carries it as well."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise

from evidencelint.checks.cited import figures_by_claim, statements_by_claim
from evidencelint.factbase.facts import Fact
from evidencelint.frames import Claim
from evidencelint.judgement import Judgement
from evidencelint.matching.candidates import AGREEING, CLOSE, Candidate, find_candidates
from evidencelint.matching.decisions import FigureMatch
from evidencelint.matching.nearness import StatementMatch, nearest
from evidencelint.model import Citation, FactRef

_SURE = 0.3
_STATEMENT = 0.5
_AS_NEAR = 0.6
_SPEAKS = 0.3
_OWN_WORDS = 2
_COVERED = 0.5
_AFTER_STOP = 2


@dataclass(frozen=True, slots=True)
class Resting:
    """The fact a clause rests on; ``carriers`` are the sources of all facts that carry it.

    ``carried`` tells whether a cited source is one of them; ``rival`` is another figure that a cited source has
    for the same thing; ``reported`` are the work whose finding the fact is and the one that tells of it.
    """

    fact: FactRef
    carriers: frozenset[str]
    carried: bool
    confidence: float
    rival: str | None = None
    reported: tuple[str, str] | None = None


@dataclass(frozen=True, slots=True)
class Part:
    """A clause, or one figure of it that has a citation of its own, with its citations.

    ``known`` are the works that carry facts.
    """

    claim: Claim
    figures: tuple[FigureMatch, ...]
    statements: tuple[StatementMatch, ...]
    citations: tuple[Citation, ...]
    known: frozenset[str]


def parts(judgement: Judgement) -> Iterator[Part]:
    """Yield the clauses that cite, taken apart where each figure is followed by citations of its own.

    ("It fell by 6 points with panels [@a], by 3 with carpets [@b].")
    """
    known = judgement.index.carriers
    all_figures, all_statements = figures_by_claim(judgement), statements_by_claim(judgement)
    for claim in judgement.claims:
        if not claim.citations:
            continue
        figures = sorted(all_figures.get(id(claim), ()), key=lambda m: m.figure.quantity.span)
        statements = tuple(all_statements.get(id(claim), ()))
        starts = [match.figure.quantity.span.start for match in figures]
        own: list[tuple[Citation, ...]] = []
        for start, end in pairwise((*starts, claim.sentence.end + _AFTER_STOP)):
            own.append(tuple(c for c in claim.citations if start < c.span.start < end and not c.narrative))
        if len(figures) > 1 and all(own) and sum(map(len, own)) == len(claim.citations):
            yield from (
                Part(claim, (match,), statements, mine, known) for match, mine in zip(figures, own, strict=True)
            )
        else:
            yield Part(claim, tuple(figures), statements, claim.citations, known)


def resting(judgement: Judgement, part: Part, keys: set[str]) -> Resting | None:
    """Tell what a clause rests on; None where that, or what the cited works say, is not known for sure."""
    if not keys or not keys <= part.known:
        return None  # nothing is known of what such a work says
    if part.figures:
        return _of_figures(judgement, part.figures, keys)
    return _of_statement(judgement, part, keys)


def _of_figures(judgement: Judgement, figures: tuple[FigureMatch, ...], keys: set[str]) -> Resting | None:
    found: list[Resting] = []
    for match in figures:
        if match.status != "supported" or match.best is None or match.best.similarity < _SURE:
            continue
        index = judgement.index
        near = index.nearest_figures(index.draft_weights(match.figure, match.claim.context))
        candidates = find_candidates(match.figure, near, index)
        agreeing = [c for c in candidates if c.agreement in AGREEING and not c.slots.hard and c.near_enough]
        carriers = _carriers(match.best, agreeing)
        reported = _reported(match.best.fact.fact)
        carried = any(c.fact.fact.carriers & keys for c in (match.best, *agreeing))
        confidence = min(0.9, 0.5 + match.best.similarity / 2)
        found.append(Resting(match.best.fact.ref, carriers, carried, confidence, _rival(candidates, keys), reported))
    if not found:
        return None
    return next((each for each in found if each.carried), found[0])


def _carriers(best: Candidate, agreeing: list[Candidate]) -> frozenset[str]:
    """Give the sources of the best fact, and of those that agree and are as near."""
    near = [c for c in agreeing if c.similarity >= _AS_NEAR * best.similarity]
    return frozenset().union(*(c.fact.fact.carriers for c in (best, *near)))


def _rival(candidates: list[Candidate], keys: set[str]) -> str | None:
    apart = (
        c.fact.figure.quantity.text
        for c in candidates
        if c.agreement == "differs" and not c.slots.hard and c.similarity >= CLOSE and c.fact.fact.carriers & keys
    )
    return next(apart, None)


def _of_statement(judgement: Judgement, part: Part, keys: set[str]) -> Resting | None:
    claim = part.claim
    match = next((m for m in part.statements if m.fault is None), None)
    if match is None or match.best is None or match.similarity < _STATEMENT:
        return None
    if claim.relation is None and claim.direction == "unknown":
        return None  # without a figure, an effect or a change there is little that a source could carry or not
    theirs = match.best.claim.terms
    if len(claim.terms & theirs) < max(_OWN_WORDS, _COVERED * len(theirs)):
        return None  # near by its surroundings, or by a word or two of a fact that says more
    fact = match.best.fact
    cited = [near for near in nearest(claim, judgement.index) if near.fact.fact.carriers & keys]
    carried = bool(fact.carriers & keys) or any(
        near.similarity >= max(_SPEAKS, _AS_NEAR * match.similarity) for near in cited
    )
    return Resting(match.best.ref, fact.carriers, carried, min(0.8, 0.3 + match.similarity / 2), None, _reported(fact))


def _reported(fact: Fact) -> tuple[str, str] | None:
    return (fact.source, fact.reported_in) if fact.reported_in is not None else None
