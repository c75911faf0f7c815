"""Which words of a clause stand under a negation, which have an opposite, and which way its things lean.

Cues and their reach follow ConText (Harkema et al., 2009) in spirit: a negation reaches to the next boundary of its
part.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from evidencelint.claims.certainty import taken_back
from evidencelint.claims.lexical import Lexical, Term
from evidencelint.frames import Claim, Cue
from evidencelint.lexicon import change_cues, opposites, polarity_words, working_words
from evidencelint.model import Direction, Span

_REACH = 40
_SCOPE = 80
_NEAR = 30
_OF_THEM = frozenset({"none", "neither", "nobody", "no one"})
_PARTED = re.compile(r"[;:,]|\b(?:but|and|which|that|who|than)\b")
_BROKEN = re.compile(
    r"[;:,.()]|\b(?:but|while|whereas|which|that|who|because|than|to|by|from|with|after|during|for|at)\b"
)
_PREDICATED = re.compile(r"\b(?:is|are|was|were|be|been)\s+(?:(?:\w+ly|even|much|far|no|not)\s+)?\Z", re.IGNORECASE)
_JOINED = re.compile(r"\s*(?:,|and|or|, and)\s+(?:[a-z-]+\s+)?", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Sided:
    """A word of a pair of opposites: its side, that side turned by a negation, and where it stands.

    ``named`` tells whether it is a part of what the vocabulary names ("usual" of "usual care"), and is said of nothing.
    """

    side: int
    sign: int
    span: Span
    named: bool = False


Leanings = Mapping[str, tuple[Direction, Span]]


@dataclass(frozen=True, slots=True)
class Polarity:
    """What a clause says yes and no to: a sign for each pair of opposites and for each word, and where it stands.

    ``negates`` tells whether anything in it is negated; ``leanings`` which of its terms are told to be more or less;
    ``text`` is the clause itself.
    """

    pairs: Mapping[int, Sided]
    heads: Mapping[str, Span]
    plain: Mapping[str, Span]
    negates: bool
    leanings: Leanings
    text: str


def read_polarity(claim: Claim, lexical: Lexical) -> Polarity:
    """Read the polarity of a clause; spans are offsets into its text."""
    # "no longer" denies, and is not long; "excluded" is a word with an opposite here, and denies nothing else
    denying = [cue.span for cue in claim.certainty.negations if " " in cue.text]
    hits = [hit for hit in opposites().find(lexical.words) if not any(span.contains(hit.span) for span in denying)]
    taken = [hit.span for hit in hits]
    negations = [c for c in claim.certainty.negations if not any(c.span.overlaps(span) for span in taken)]
    limits = {hit.span.start for hit in polarity_words("limits").find(lexical.words)}
    negations = [c for c in negations if c.span.end + 1 not in limits]  # "no more than" is a limit, and denies nothing
    pairs: dict[int, Sided] = {}
    both: set[int] = set()
    for hit in hits:
        sign = hit.value.side * (-1 if negated(claim.text, negations, hit.span, _REACH) else 1)
        pairs.setdefault(hit.value.pair, Sided(hit.value.side, sign, hit.span, _of_a_name(hit.span, lexical)))
        if pairs[hit.value.pair].sign != sign:
            both.add(hit.value.pair)  # "seldom ... commonly": the clause says both of different things
    free = [term for term in lexical.terms if not any(span.overlaps(term.span) for span in taken)]
    heads = dict(_heads(claim, negations, free))
    plain = {t.value: t.span for t in free if t.value not in heads and not negated(claim.text, negations, t.span)}
    pairs = {pair: sided for pair, sided in pairs.items() if pair not in both}
    return Polarity(pairs, heads, plain, bool(negations), _settled(_leanings(claim, lexical, negations)), claim.text)


def _of_a_name(span: Span, lexical: Lexical) -> bool:
    return any(":" in t.value and t.span.contains(span) and len(t.span) > len(span) for t in lexical.terms)


def _settled(leanings: Iterator[tuple[str, tuple[Direction, Span]]]) -> Leanings:
    """Keep the terms that lean one way only: what is said to "calm overactivity" is both less and too much."""
    found: dict[str, tuple[Direction, Span]] = {}
    torn: set[str] = set()
    for term, (way, span) in leanings:
        if found.setdefault(term, (way, span))[0] != way:
            torn.add(term)
    return {term: lean for term, lean in found.items() if term not in torn}


def negated(text: str, negations: Sequence[Cue], span: Span, scope: int = _SCOPE) -> bool:
    """Tell whether a negation stands shortly before, or, for "was not seen", on either side, in the same part."""
    for cue in negations:
        first, second = (cue.span, span) if cue.span.end <= span.start else (span, cue.span)
        ahead = first is cue.span
        near = 0 <= second.start - first.end < scope and not _PARTED.search(text[first.end : second.start])
        if near and (ahead or cue.kind == "negation.after"):
            return True
    return False


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


def _leanings(claim: Claim, lexical: Lexical, negations: Sequence[Cue]) -> Iterator[tuple[str, tuple[Direction, Span]]]:
    """Yield the terms that a word of change governs: what follows it ("reduced trust"), else what it follows."""
    moves = [(hit.span, hit.value) for hit in change_cues().find(lexical.words)]
    moves += [(relation.cue, relation.sign) for relation in claim.relations]
    moves += [(Span(*m.span()), "increase" if m["more"] else "decrease") for m in working_words().finditer(claim.text)]
    denying = [cue.span for cue in negations if " " in cue.text]
    moves = [(span, way) for span, way in moves if not any(other.contains(span) for other in denying)]
    back = taken_back(claim.text)  # what a teller says whom the text denies
    moves = [(span, way) for span, way in moves if way in {"increase", "decrease"} and span.start >= back]
    cues = [span for span, _ in moves]
    terms = [term for term in lexical.terms if not any(term.span.overlaps(span) for span in cues)]
    for span, way in moves:
        if not negated(claim.text, negations, span):
            yield from ((term.value, (way, span)) for term in _governed(claim.text, span, terms))


def _governed(text: str, span: Span, terms: Sequence[Term]) -> Iterator[Term]:
    if _PREDICATED.search(text, 0, span.start):
        terms = [term for term in terms if term.span.end <= span.start]  # "is smaller in boys" is said of what it is
    after = sorted((t for t in terms if t.span.start >= span.end), key=lambda t: t.span)
    end = span.end
    for term in after:
        between = text[end : term.span.start]
        first = end == span.end
        if (first and (len(between) > _NEAR or _BROKEN.search(between))) or not (first or _JOINED.fullmatch(between)):
            if term.span.start < end:
                yield term  # another reading of the same words
                continue
            break
        yield term
        end = term.span.end
    if end == span.end:
        before = [t for t in terms if t.span.end <= span.start and not _BROKEN.search(text[t.span.end : span.start])]
        nearest = max((t.span.end for t in before), default=None)
        if nearest is not None and span.start - nearest <= _NEAR:
            yield from (t for t in before if t.span.end == nearest)
