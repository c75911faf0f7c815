"""Find a plain statement that says the opposite of the fact it tells: "were admitted" for "were excluded".

Two clauses that share their matter contradict one another where one word of a pair of opposites stands against the
other, or where what the one negates the other asserts; both at once cancel out. The idea is that of alignment and
polarity in recognising contradictions (de Marneffe, Rafferty and Manning, 2008), kept to what a lexicon can show.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from evidencelint.claims.lexical import Lexical, Term
from evidencelint.frames import Claim, Cue
from evidencelint.lexicon import opposites
from evidencelint.matching.departures import small
from evidencelint.matching.index import FactIndex
from evidencelint.matching.nearness import HEDGED, Near, StatementMatch
from evidencelint.model import Span

_NEAR = 0.45
_COVERED = 0.6
_RIVAL = 0.6
_FEWEST_SHARED = 2
_REACH = 40
_SCOPE = 80
_OF_THEM = frozenset({"none", "neither", "nobody", "no one"})
_PARTED = re.compile(r"[;:,]|\b(?:but|and|which|that|who)\b")


@dataclass(frozen=True, slots=True)
class Polarity:
    """What a clause says yes and no to: a sign for each pair of opposites and for each word, and where it stands."""

    pairs: Mapping[int, tuple[int, Span]]
    heads: Mapping[str, Span]
    plain: Mapping[str, Span]


def contradictions(claim: Claim, near: Sequence[Near], index: FactIndex) -> Iterator[StatementMatch]:
    """Find the fact that a clause turns round, where no other fact as near says what the clause says."""
    if claim.certainty.level < HEDGED or not all(small(figure) for figure in claim.figures) or _counts_none(claim):
        return
    speaking = [n for n in near if n.similarity >= _NEAR and not n.slots.hard and not _counts_none(n.fact.claim)][:8]
    if not speaking:
        return
    lexical = index.reader.lexical.read(claim.text)
    ours = _polarity(claim, lexical)
    best = speaking[0]
    for item in speaking:
        if item.similarity < best.similarity * _RIVAL:
            return
        theirs = _polarity(item.fact.claim, index.reader.lexical.read(item.fact.claim.text))
        span = _opposed(ours, theirs) or (None if _agrees(ours, theirs) else _turned(ours, theirs))
        if span is None and _agrees(ours, theirs):
            return
        if span is not None and _covered(lexical, item, span, index):
            confidence = min(0.9, 0.4 + item.similarity * 0.5)
            yield StatementMatch(
                claim, "contradiction", span.shift(claim.span.start), confidence, item.fact, item.similarity,
                found=claim.text[span.start : span.end],
            )  # fmt: skip
            return


def _counts_none(claim: Claim) -> bool:
    """Tell whether a clause negates by counting none of something, which is a figure's matter."""
    return any(figure.quantity.value == 0 for figure in claim.figures)


def _polarity(claim: Claim, lexical: Lexical) -> Polarity:
    hits = list(opposites().find(lexical.words))
    taken = [hit.span for hit in hits]
    # "excluded" is a word with an opposite here, not a negation of what follows it
    negations = [c for c in claim.certainty.negations if not any(c.span.overlaps(span) for span in taken)]
    pairs: dict[int, tuple[int, Span]] = {}
    for hit in hits:
        sign = hit.value.side * (-1 if _negated(claim, negations, hit.span) else 1)
        pairs.setdefault(hit.value.pair, (sign, hit.span))
    free = [term for term in lexical.terms if not any(span.overlaps(term.span) for span in taken)]
    heads = dict(_heads(claim, negations, free))
    plain = {t.value: t.span for t in free if t.value not in heads and not _negated(claim, negations, t.span)}
    return Polarity(pairs, heads, plain)


def _heads(claim: Claim, negations: Sequence[Cue], terms: Sequence[Term]) -> Iterator[tuple[str, Span]]:
    """Yield the word of content that each negation governs: the first after "no", the last after "none of them"."""
    for cue in negations:
        after = [term for term in terms if term.span.start >= cue.span.end]
        if cue.kind != "negation.before" or not after:
            continue
        choose = max if cue.text.lower() in _OF_THEM else min
        head = choose(after, key=lambda term: term.span.start).span
        between = claim.text[cue.span.end : head.start]
        if not _PARTED.search(between) and len(between) < _REACH:
            yield from ((term.value, term.span) for term in after if term.span == head)


def _negated(claim: Claim, negations: Sequence[Cue], span: Span) -> bool:
    """Tell whether a negation stands shortly before, in the same part of the clause."""
    return any(
        cue.kind == "negation.before"
        and cue.span.end <= span.start
        and span.start - cue.span.end < _SCOPE
        and not _PARTED.search(claim.text[cue.span.end : span.start])
        for cue in negations
    )


def _opposed(ours: Polarity, theirs: Polarity) -> Span | None:
    """Give the draft's word of a pair of opposites whose other side is the fact's."""
    return next((at for pair, (sign, at) in ours.pairs.items() if theirs.pairs.get(pair, (sign,))[0] == -sign), None)


def _turned(ours: Polarity, theirs: Polarity) -> Span | None:
    """Give the draft's word that one side negates and the other does not, or None; two turns make none."""
    turns = [span for word, span in ours.heads.items() if word in theirs.plain]
    turns += [span for word, span in ours.plain.items() if word in theirs.heads]
    return turns[0] if len(turns) == 1 else None


def _agrees(ours: Polarity, theirs: Polarity) -> bool:
    """Tell whether the fact says the same of a pair of opposites, or negates the same word."""
    same = any(theirs.pairs.get(pair, (0,))[0] == sign for pair, (sign, _) in ours.pairs.items())
    return same or bool(ours.heads.keys() & theirs.heads.keys())


def _covered(lexical: Lexical, item: Near, turned: Span, index: FactIndex) -> bool:
    """Tell whether the fact speaks of nearly everything else that the clause speaks of."""
    rest = {term.value for term in lexical.terms if not term.span.overlaps(turned)}
    shared = rest & (item.fact.claim.terms | item.fact.weights.keys())
    whole = sum(index.idf(term) for term in rest)
    enough = len(shared) >= _FEWEST_SHARED or any(":" in term for term in shared)
    return enough and sum(index.idf(term) for term in shared) >= _COVERED * whole
