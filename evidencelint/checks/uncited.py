"""The rule on claims without a citation: where one is needed is a choice."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator

from evidencelint.checks.cited import cites, figures_by_claim, statements_by_claim
from evidencelint.judgement import Judgement
from evidencelint.model import Finding

_SPEAKS = 0.3


def uncited_claim(judgement: Judgement) -> Iterator[Finding]:
    """Report a claim that the policy wants a citation for."""
    policy = judgement.citing.policy
    if policy == "never":
        return
    drawn = {index: sources for index, sources in _drawn_upon(judgement) if sources}
    if policy == "every-paragraph":
        wanted = list(_paragraphs(judgement, drawn))
    elif policy == "first-mention":
        wanted = list(_first(drawn))
    else:
        wanted = list(drawn)
    for index in wanted:
        claim = judgement.claims[index]
        if not cites(judgement, claim):
            message = f"has no citation; the fact base has it from {' and '.join(sorted(drawn[index]))}"
            yield Finding("uncited-claim", claim.span, claim.span, message, 0.8)


def _drawn_upon(judgement: Judgement) -> Iterator[tuple[int, frozenset[str]]]:
    """Yield the index of each claim with the sources of the facts that it speaks to."""
    figures, statements = figures_by_claim(judgement), statements_by_claim(judgement)
    for index, claim in enumerate(judgement.claims):
        if claim.passage == "heading" or claim.kind == "none" or not claim.certainty.level:
            continue
        told = (m.best for m in figures.get(id(claim), ()) if m.status != "silent")
        facts = [best.fact.fact for best in told if best is not None]
        near = (m.best for m in statements.get(id(claim), ()) if m.similarity >= _SPEAKS)
        # a clause is near a fact by its surroundings, too: some of the words must be its own
        facts += [best.fact for best in near if best is not None and claim.terms & best.weights.keys()]
        yield index, frozenset(fact.source for fact in facts)


def _first(drawn: dict[int, frozenset[str]]) -> Iterator[int]:
    """Yield the claims that draw upon a source for the first time."""
    seen: set[str] = set()
    for index, sources in drawn.items():
        if not sources <= seen:
            yield index
        seen |= sources


def _paragraphs(judgement: Judgement, drawn: dict[int, frozenset[str]]) -> Iterator[int]:
    """Yield the first claim that draws upon a source in each passage without any citation.

    An inline note is part of its passage.
    """
    order = sorted(range(len(judgement.claims)), key=lambda index: judgement.claims[index].span)
    starts = [judgement.claims[index].span.start for index in order]
    done = 0
    for passage in judgement.document.passages:
        if passage.span.start < done:
            continue
        done = passage.span.end
        inside = order[bisect_left(starts, passage.span.start) : bisect_left(starts, passage.span.end)]
        mine = [index for index in inside if index in drawn]
        if mine and not any(cites(judgement, judgement.claims[index]) for index in inside):
            yield mine[0]
