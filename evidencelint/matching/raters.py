"""Find what people reported of themselves told as judged by others ("clinicians rated their mood")."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from evidencelint.claims.certainty import negates
from evidencelint.diagnostics import Span
from evidencelint.frames import Claim
from evidencelint.lexicon import own_matter, rated_by_others, told_by_themselves
from evidencelint.matching.index import FactIndex, FactStatement
from evidencelint.matching.nearness import CLOSE, Near, StatementMatch, asserts, in_topic
from evidencelint.matching.quoting import quoted

_CONFIDENCE = 0.75


def raters(claim: Claim, near: Sequence[Near], index: FactIndex) -> Iterator[StatementMatch]:
    """Find who is said to have judged an outcome that facts have from the people themselves, and nobody from others."""
    judged = rated_by_others(claim.text)
    if (
        judged is None
        or not asserts(claim)
        or negates(claim.certainty, judged, claim.text)
        or claim.certainty.mood != "statement"
    ):
        return
    if claim.passage == "heading" or not in_topic(claim) or told_by_themselves(claim.text):
        return
    if own_matter(claim.text) or quoted(claim.text) or index.knows_raters:
        return
    fact = _on_the_same(claim, judged.shift(claim.span.start), near, index)
    if fact is not None:
        span = judged.shift(claim.span.start)
        said = claim.text[judged.start : judged.end]
        yield StatementMatch(claim, "contradiction", span, _CONFIDENCE, fact, 1.0, found=said)


def _on_the_same(claim: Claim, judged: Span, near: Sequence[Near], index: FactIndex) -> FactStatement | None:
    """Give a fact on an outcome of the clause, or close to it, whose people told of themselves."""
    told = [n.fact for n in near if n.similarity >= CLOSE and not n.slots.hard]
    # who judged is named at one end of those words, and is no outcome
    outcomes = [m for m in claim.mentions if m.slot == "measure" and m.span.start != judged.start]
    named = {m.concept for m in outcomes if m.span.end != judged.end}
    told += [item for measure in sorted(named) for item in index.statements_on(f"measure:{measure}")]
    return next((item for item in told if told_by_themselves(item.fact.quote)), None)
