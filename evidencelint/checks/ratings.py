"""The rule on how the certainty of evidence is rated (GRADE), set against the ratings that facts give."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from evidencelint.claims.ratings import Rating, read_ratings, without_heads
from evidencelint.documents.sentences import split
from evidencelint.judgement import Judgement
from evidencelint.lexicon import first_person
from evidencelint.matching.entries import FactStatement
from evidencelint.matching.index import FactIndex
from evidencelint.matching.nearness import asserts
from evidencelint.model import Finding, Passage

_NAMES = {1: "very low", 2: "low", 3: "moderate", 4: "high"}
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
            if all(asserts(c) and not c.certainty.negated and not first_person(c.text) for c in claims):
                yield from _set_against(rating, passage, judgement.index)


def _set_against(rating: Rating, passage: Passage, index: FactIndex) -> Iterator[Finding]:
    """Set one rating against those of the facts that rate the same."""
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
