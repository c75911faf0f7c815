"""Words that say too much of too many: absolutes, grades of evidence, quantifiers."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import pairwise

from evidencelint.claims.certainty import negates
from evidencelint.diagnostics import Span
from evidencelint.frames import Claim, Cue, Quantifier
from evidencelint.lexicon import counted_nouns, effect_nouns, first_person
from evidencelint.matching.index import FactIndex, FactStatement
from evidencelint.matching.nearness import (
    ASSERTED,
    CLOSE,
    HEDGED,
    RIVAL_SHARE,
    SPEAKS,
    Near,
    StatementMatch,
    asserts,
    in_topic,
)
from evidencelint.matching.slots import Conflict
from evidencelint.words import stem, words

_DENIED_AFTER = re.compile(r"\s+(?:it|this|that|they|he|she)\s+(?:is|are|was|were)\s*(?:not\b|n['’]t)", re.IGNORECASE)
_WHOLE = 100
# between a share and what is said of it, where no verb joins them
_APART = re.compile(r"^[^.;]*(?::|\s[–—-]\s)\W*$")
_PART_ENDS = re.compile(r"[;:,.()]|\b(?:but|while|whereas|although)\b")
_NARROWED = re.compile(
    r"\s+(?:was|were|is|are|has|have|had|could|can|would|will|that|of|in|which|among|from|for|beyond|other|more|greater)\b",
    re.IGNORECASE,
)


def absolutes(claim: Claim, near: Sequence[Near]) -> Iterator[StatementMatch]:
    """Find words like "cure" and "proven" that no fact near the clause uses."""
    if not asserts(claim) or not in_topic(claim) or not _of_effects(claim) or first_person(claim.text):
        return
    for cue in claim.certainty.absolutes:
        if negates(claim.certainty, cue.span, claim.text) or _in_quotes(claim, cue) or _goes_on(claim, cue):
            continue
        if _of_a_share(claim, cue):
            continue
        if any(_uses(item.fact, cue) for item in near if item.similarity >= SPEAKS):
            continue
        best = next((n for n in near if not n.slots.hard), None)
        span = cue.span.shift(claim.span.start)
        yield StatementMatch(
            claim,
            "absolute",
            span,
            0.85,
            best.fact if best else None,
            best.similarity if best else 0.0,
            found=cue.text,
        )


def _of_a_share(claim: Claim, cue: Cue) -> bool:
    """Tell whether a clause says of what share it holds ("no harm reported by 91.6%", "nine in ten: no harm")."""
    start, end = (claim.span.start + place for place in (cue.span.start, cue.span.end))
    shares = [f.quantity for f in claim.figures if f.quantity.dimension == "fraction" and f.quantity.value != _WHOLE]
    before = [claim.text[q.span.end - claim.span.start : cue.span.start] for q in shares if q.span.end <= start]
    apart = any(_APART.search(between) for between in before)
    return cue.text.lower().startswith("no ") and (apart or any(q.span.start >= end for q in shares))


def _of_effects(claim: Claim) -> bool:
    """Tell whether a clause itself names something of the field, or speaks of a treatment, effect or harm at all."""
    if claim.verb is None and claim.passage == "paragraph":
        return False
    named = any(m.slot in {"arm", "measure", "population", "species", "study"} for m in claim.mentions)
    return named or any(word.stem in effect_nouns() for word in words(claim.text))


def _goes_on(claim: Claim, cue: Cue) -> bool:
    """Tell whether the text after a cue takes it back or narrows it: "proven it is not", "no harm was severe"."""
    after = claim.text[cue.span.end :]
    return bool(_DENIED_AFTER.match(after)) or (cue.text.lower().startswith("no ") and bool(_NARROWED.match(after)))


def _uses(fact: FactStatement, cue: Cue) -> bool:
    own = fact.claim.certainty
    return own.level >= ASSERTED and any(
        other.kind == cue.kind and not negates(own, other.span, fact.claim.text) for other in own.absolutes
    )


def _in_quotes(claim: Claim, cue: Cue) -> bool:
    before, after = claim.text[: cue.span.start], claim.text[cue.span.end :]
    if claim.text.count('"') == 1 and claim.text.rstrip(" .!?").endswith('"'):
        return True  # the quotation began in a sentence before
    return any(mark in before and close in after for mark, close in (("“", "”"), ('"', '"'), ("‘", "’")))


def grades(claim: Claim, index: FactIndex) -> Iterator[StatementMatch]:
    """Find a kind of study that no fact knows, where facts name another that excludes it."""
    if claim.certainty.level < HEDGED or claim.certainty.negated:
        return
    for mention in claim.mentions:
        if mention.slot != "study":
            continue
        known = index.overview.studies
        rivals = [order for other, order in known.items() if index.vocabulary.contrast("study", mention.concept, other)]
        set_apart = negates(claim.certainty, mention.span.shift(-claim.span.start), claim.text)
        unknown = mention.concept not in known and not set_apart
        if rivals and unknown and index.vocabulary.grade(mention.concept):
            rival = index.statement(min(rivals))
            yield StatementMatch(
                claim, "grade", mention.span, 0.85, rival, 1.0,
                Conflict("study", mention.concept, min(rival.slots["study"]), stated=True),
            )  # fmt: skip


def quantifiers(claim: Claim, near: Sequence[Near]) -> Iterator[StatementMatch]:
    """Find "most" or "all" where the nearest fact says fewer."""
    if not asserts(claim) or claim.certainty.negations or first_person(claim.text):
        return
    for quantifier in claim.quantifiers:
        best = next((n for n in near if n.similarity >= SPEAKS and not n.slots.hard), None)
        if best is None or any(
            q.rank >= quantifier.rank and q.noun == quantifier.noun
            for n in near
            if n.similarity >= best.similarity * RIVAL_SHARE
            for q in n.fact.claim.quantifiers
        ):
            continue
        if _outgrows(quantifier, best.fact) or _many_for_one(quantifier, best.fact):
            yield StatementMatch(
                claim, "quantifier", quantifier.span.shift(claim.span.start), 0.5 + best.similarity / 2,
                best.fact, best.similarity,
                found=claim.text[quantifier.span.start : quantifier.span.end],
            )  # fmt: skip


def none_or_some(claim: Claim, near: Sequence[Near], index: FactIndex) -> Iterator[StatementMatch]:
    """Find "some" where the nearest fact says none of them, and "none" where it says some."""
    speaking = [n for n in near if n.similarity >= CLOSE and not n.slots.hard]
    if not asserts(claim) or not speaking:
        return
    for quantifier in claim.quantifiers:
        end = _PART_ENDS.search(claim.text, quantifier.span.end)
        stop = end.start() if end else len(claim.text)
        part = claim.text[quantifier.span.end : stop]
        told = Span(quantifier.span.start, stop).shift(claim.span.start)
        if any(figure.quantity.span.overlaps(told) for figure in claim.figures):
            continue  # "not one took under 12 days" is a matter of the figure
        said = index.reader.lexical.read(part).values() - {f"measure:{quantifier.noun}"}
        alike = [n for n in speaking if said and said <= n.fact.claim.terms and _quantified(n, quantifier)]
        if not alike or any((q.rank == 0) == (quantifier.rank == 0) for n in alike for q in _quantified(n, quantifier)):
            continue
        best = alike[0]
        span = quantifier.span.shift(claim.span.start)
        yield StatementMatch(claim, "direction", span, 0.5 + best.similarity / 3, best.fact, best.similarity)


def _quantified(near: Near, quantifier: Quantifier) -> list[Quantifier]:
    """Give the quantifiers of a fact that stand on the same things."""
    return [q for q in near.fact.claim.quantifiers if q.noun == quantifier.noun]


def _many_for_one(quantifier: Quantifier, fact: FactStatement) -> bool:
    """Tell whether a clause speaks of many studies where the fact rests on one ("in the only trial that ...")."""
    if quantifier.noun != "studies" or quantifier.name in {"none", "few", "some"}:
        return False
    figures = [
        f.quantity for f in fact.claim.figures if counted_nouns().get(stem(f.quantity.counted or "")) == "studies"
    ]
    if figures:
        return all(q.value == 1 for q in figures)
    return any(
        first.text.lower() == "only" and counted_nouns().get(second.stem) == "studies"
        for first, second in pairwise(words(fact.claim.text))
    )


def _outgrows(quantifier: Quantifier, fact: FactStatement) -> bool:
    shares = [
        f.quantity for f in fact.claim.figures if f.quantity.dimension == "fraction" and f.quantity.value is not None
    ]
    if len(shares) == 1 and shares[0].value is not None:
        return shares[0].value < quantifier.low - 1 and quantifier.name in {"most", "nearly all", "all"}
    parts = [
        f.quantity for f in fact.claim.figures if f.quantity.role in {"n", "total"} and f.quantity.value is not None
    ]
    if [part.role for part in parts] == ["n", "total"]:
        count, total = parts[0].value, parts[1].value
        if count is not None and total and counted_nouns().get(stem(parts[1].counted or "")) == quantifier.noun:
            return 100 * count / total < quantifier.low - 1 and quantifier.name in {"most", "nearly all", "all"}
    lower = [q for q in fact.claim.quantifiers if q.noun == quantifier.noun]
    return (
        bool(lower)
        and quantifier.name in {"most", "nearly all", "all"}
        and all(q.rank < quantifier.rank for q in lower)
    )
