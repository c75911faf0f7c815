"""The rule on how the certainty of evidence is rated (GRADE), set against the ratings that facts give."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from evidencelint.claims.ratings import Rating, rates, read_ratings, without_heads
from evidencelint.documents.sentences import split
from evidencelint.frames import Claim
from evidencelint.judgement import Judgement
from evidencelint.lexicon import first_person, lacks_or_asks, rating_words
from evidencelint.matching.entries import FactStatement
from evidencelint.matching.index import FactIndex
from evidencelint.matching.nearness import asserts
from evidencelint.model import Finding, Passage, Span

_NAMES = {1: "very low", 2: "low", 3: "moderate", 4: "high"}
_HIGH = 4
_NONE_HIGH = re.compile(
    r"\b(?:no|none|not one)\s+(?:of\s+)?(?:(?:the|these|its|their)\s+)?(?:[\w-]+\s+){0,2}"
    r"(?:reached|attained|achieved|received|got|was|were|is|are|had)\s+"
    r"(?:(?:rated|graded|judged|of|as|a|the|rating|grade)\s+){0,3}high(?![\w-]|\s+risk)",
    re.IGNORECASE,
)
_COVERED = 0.5
_SENTENCES = 2


@dataclass(frozen=True, slots=True)
class Rated:
    """A rating of a fact, and what share of the draft's topic, 0 to 1, it is about."""

    fact: FactStatement
    rating: Rating
    share: float


def certainty_raised(judgement: Judgement) -> Iterator[Finding]:
    """Report evidence told to be of higher certainty than the fact rates it."""
    for passage in judgement.document.passages:
        if passage.kind == "heading":
            continue
        for rating in read_ratings(passage.text, " ".join(passage.column)):
            span = rating.span.shift(passage.span.start)
            claims = [claim for claim in judgement.claims if claim.span.overlaps(span)]
            if all(asserts(c) and not c.certainty.negated and not first_person(_part(c, span)) for c in claims):
                yield from _set_against(rating, passage, claims, judgement.index)


def _part(claim: Claim, rating: Span) -> str:
    """Give the part of a clause, between commas, that holds a rating ("…, which is rare in our field" is another)."""
    start, end = (place - claim.span.start for place in (rating.start, rating.end))
    return claim.text[claim.text.rfind(",", 0, max(0, start)) + 1 : end] + claim.text[end:].partition(",")[0]


def _set_against(rating: Rating, passage: Passage, claims: Sequence[Claim], index: FactIndex) -> Iterator[Finding]:
    """Set one rating against those of the facts that rate the same."""
    asked = lacks_or_asks(" ".join(claim.text for claim in claims))  # "high-certainty evidence is missing"
    none_high = _none_rated_high(index) if rating.low == _HIGH and not asked else None
    if none_high is not None:
        span = rating.span.shift(passage.span.start)
        said = passage.text[rating.span.start : rating.span.end]
        message = f"says “{said}”; fact `{none_high.fact.id}` says that nothing was rated so"
        yield Finding("certainty-raised", span, span, message, 0.9, facts=(none_high.ref,))
        return
    rated = _rated(_topic(rating, passage, index), index)
    most = max((each.share for each in rated), default=0.0)
    best = [each for each in rated if each.share == most]
    if not best or any(each.rating.high >= rating.low for each in best):
        return
    theirs = best[0]
    span = rating.span.shift(passage.span.start)
    said = passage.text[rating.span.start : rating.span.end]
    message = f"says “{said}”; fact `{theirs.fact.fact.id}` rates the certainty {_NAMES[theirs.rating.high]}"
    yield Finding("certainty-raised", span, span, message, 0.6 + 0.3 * theirs.share, facts=(theirs.fact.ref,))


def _none_rated_high(index: FactIndex) -> FactStatement | None:
    """Give the fact that says that no outcome was rated high."""
    terms = index.reader.lexical.read(" ".join(rating_words("heads"))).values()
    near = [fact for _, fact in index.nearest_statements(index.weigh((1.0, terms)))]
    return next((fact for fact in near if _NONE_HIGH.search(fact.fact.quote) and rates(fact.fact.quote)), None)


def _topic(rating: Rating, passage: Passage, index: FactIndex) -> frozenset[str]:
    """Give the terms of what is rated: those of the first of its topics that names anything, else of what is around."""
    before = [passage.text[s.start : min(s.end, rating.span.start)] for s in split(passage.text)]
    near = [text for text in before if text][-_SENTENCES:]
    around = (*reversed(near), *passage.row[:1], *reversed(passage.lead_ins), *reversed(passage.headings[1:]))
    for text in (*rating.topics, *around):
        terms = _topic_terms(text, index)
        if terms:
            return terms
    return frozenset()


def _topic_terms(text: str, index: FactIndex) -> frozenset[str]:
    """Give the terms of a text that the fact base knows, the words of certainty aside."""
    terms = index.reader.lexical.read(without_heads(text)).values()
    return terms - index.unknown(terms)


def _rated(topic: frozenset[str], index: FactIndex) -> list[Rated]:
    """Give the ratings of facts that are of a topic, each with how much of it they name."""
    found: list[Rated] = []
    facts = {near.fact.id: near for _, near in reversed(index.nearest_statements(index.weigh((1.0, topic))))}
    for _, near in sorted(facts.items()):
        for rating in read_ratings(near.fact.quote):
            terms = _topic_terms(rating.topics[0], index)
            shared = topic & terms
            share = index.weight(shared) / (index.weight(topic) or 1.0)
            named = share >= _COVERED or any(":" in term for term in shared)
            if named and not _apart(topic, terms, index):
                found.append(Rated(near, rating, share))
    return found


def _apart(ours: frozenset[str], theirs: frozenset[str], index: FactIndex) -> bool:
    """Tell whether two topics name concepts of which one excludes the other."""
    pairs = [(a.split(":", 1), b.split(":", 1)) for a in ours - theirs for b in theirs - ours if ":" in a and ":" in b]
    return any(a[0] == b[0] and index.vocabulary.contrast(a[0], a[1], b[1]) for a, b in pairs)
