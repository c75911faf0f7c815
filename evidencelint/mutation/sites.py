"""Find the faithful sentences of a page, and the facts that they tell."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence

from evidencelint.claimreports import report_claims
from evidencelint.diagnostics import Diagnostic, Span
from evidencelint.engine import Linter
from evidencelint.evaluation import Gold
from evidencelint.frames import Claim
from evidencelint.judgement import Judgement
from evidencelint.matching.candidates import AGREEING
from evidencelint.matching.decisions import FigureMatch
from evidencelint.matching.figures import candidates_of
from evidencelint.matching.nearness import SPEAKS, StatementMatch, nearest
from evidencelint.mutation.linting import Parses, row_of
from evidencelint.mutation.types import Carried, Page, Site, Told

_TELLING = frozenset({"supported", "derived", "dropped"})


def sites_of(page: Page, gold: Gold | None, linter: Linter, parses: Parses) -> Iterator[tuple[Site, bool]]:
    """Yield the faithful sentences of a page, each with whether the linter already finds fault with it.

    Faithful are those that the labels call supported; without labels, those that a fact supports with nothing against
    them; and every quote.
    """
    judgement = linter.judge(page.source, page.document)
    diagnostics = list(linter.diagnose(judgement))
    alarms = [d for d in diagnostics if d.severity != "info"]
    kept = _faithful(page, gold, judgement, diagnostics)
    passages = page.document.passages
    told = [f.quantity.span for claim in judgement.claims for f in claim.figures]
    for sentence, claims in kept.items():
        passage = next(p for p in passages if p.span.contains(sentence))
        row = row_of(page.source, passage, sentence)
        if passage.kind == "heading" or (passage.kind == "cell" and not any(row.contains(span) for span in told)):
            continue  # what it names shows only in what stands under it
        text = passage.text[sentence.start - passage.span.start : sentence.end - passage.span.start]
        (tokens,) = parses([text])
        figures = tuple(_figures(page, claims, judgement))
        statements = tuple(_statements(page, claims, judgement, figures))
        site = Site(page, passage, sentence, tokens, tuple(claims), figures, statements)
        yield site, any(d.span.overlaps(row) for d in alarms)


def _faithful(
    page: Page, gold: Gold | None, judgement: Judgement, diagnostics: Sequence[Diagnostic]
) -> dict[Span, list[Claim]]:
    by_sentence: dict[Span, list[Claim]] = defaultdict(list)
    for claim in judgement.claims:
        by_sentence[claim.sentence].append(claim)
    if page.plain:
        return by_sentence
    if gold is None:
        reports = list(report_claims(judgement, diagnostics))
        good = {r.span for r in reports if r.verdict == "supported"}
        bad = [d.span for d in diagnostics if d.severity != "info"]
    else:
        labelled = [label.span for label in gold.claims if not label.faulty]
        good = {c.span for c in judgement.claims if any(c.span.overlaps(span) for span in labelled)}
        bad = [label.span for label in gold.claims if label.faulty]
    found: dict[Span, list[Claim]] = {}
    for sentence, claims in by_sentence.items():
        kept = [claim for claim in claims if claim.span in good]
        if kept and not any(span.overlaps(sentence) for span in bad):
            found[sentence] = kept
    return found


def _figures(page: Page, claims: Sequence[Claim], judgement: Judgement) -> Iterator[Carried]:
    """Yield the figures of some claims with the fact's figure behind each, where there is one."""
    matches = {(m.claim.span, m.figure.quantity.span): m for m in judgement.figures}
    for claim in claims:
        for figure in claim.figures:
            match = matches[claim.span, figure.quantity.span]
            carried = _carried(page, match, judgement)
            if carried is not None:
                yield carried


def _carried(page: Page, match: FigureMatch, judgement: Judgement) -> Carried | None:
    claim, figure = match.claim, match.figure
    if page.fact:
        own = [f for f in judgement.index.figures_of(page.fact) if f.figure.quantity.span == figure.quantity.span]
        return Carried(claim, figure, own[0]) if own else None
    if match.status in _TELLING and match.best is not None:
        return Carried(claim, figure, match.best.fact, derived=match.status == "derived")
    # a fact that carries the figure, though the linter is not sure enough of it to say so
    agreeing = (
        c
        for c in candidates_of(claim, figure, judgement.index)
        if c.agreement in AGREEING and not c.slots.hard and c.counting != "other"
    )
    best = next(agreeing, None)
    return Carried(claim, figure, best.fact) if best is not None else None


def _statements(
    page: Page, claims: Sequence[Claim], judgement: Judgement, figures: Sequence[Carried]
) -> Iterator[Told]:
    """Yield some claims with the clause of a fact behind each: that of its figures, else the nearest."""
    matches: dict[Span, StatementMatch] = {m.claim.span: m for m in judgement.statements if m.fault is None and m.best}
    for claim in claims:
        if claim.certainty.mood == "question":
            continue
        ids = {page.fact} if page.fact else {c.fact.fact.id for c in figures if c.claim is claim and not c.derived}
        match = matches.get(claim.span)
        if not ids and match is not None and match.best is not None:
            yield Told(claim, match.best)
            continue
        near = [n for n in nearest(claim, judgement.index) if not n.slots.hard and (not ids or n.fact.fact.id in ids)]
        if near and (ids or near[0].similarity >= SPEAKS):
            yield Told(claim, near[0].fact)
