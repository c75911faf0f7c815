"""Rules on what a citation leads to: does the source carry the claim, is it retracted, is it the one that was read."""

from __future__ import annotations

import re
from collections.abc import Iterator

from evidencelint.bibliography import Retraction, Work
from evidencelint.bibliography.library import fold
from evidencelint.checks.cited import around, key_span, keys_of
from evidencelint.checks.resting import Resting, parts, resting
from evidencelint.citations.wordlists import citation_words
from evidencelint.documents.sentences import split
from evidencelint.frames import Claim
from evidencelint.judgement import Judgement
from evidencelint.model import Citation, Finding, Fix, Span

_WORD = re.compile(r"[^\W\d_]+")
_AFTER = 40
_UNSURE = 0.45


def wrong_source(judgement: Judgement) -> Iterator[Finding]:
    """Report a claim cited to a source whose facts do not carry it while those of another do."""
    told: set[Span] = set()
    for part in parts(judgement):
        claim = part.claim
        cited = dict.fromkeys(keys_of(judgement, part.citations))
        keys = {key for _, key in cited}
        rest = resting(judgement, part, keys)
        if rest is None or rest.carried or _credits(judgement, rest, keys):
            continue
        citation = _last(claim, [c for c, _ in cited])
        if citation.span in told:
            continue
        told.add(citation.span)
        yield _wrong_source(claim, citation, sorted(keys), rest)


def _credits(judgement: Judgement, rest: Resting, keys: set[str]) -> bool:
    """Tell whether the source itself names a cited work where it tells the fact, so that the finding is that work's."""
    for key in rest.carriers:
        text = judgement.index.source_texts.get(key, "")
        place = text.find(rest.fact.quote)
        if place < 0:
            continue
        passage = fold(_around(text, Span(place, place + len(rest.fact.quote))))
        works = [judgement.works.get(key) for key in keys] if judgement.works is not None else []
        if any(_named_in(passage, work) for work in works if work is not None):
            return True
    return False


def _around(text: str, quote: Span) -> str:
    """Give the sentences of a source that a quote stands in, and the one before them."""
    sentences = list(split(text))
    inside = [number for number, sentence in enumerate(sentences) if sentence.overlaps(quote)]
    if not inside:
        return text[quote.start : quote.end]
    return text[sentences[max(0, inside[0] - 1)].start : sentences[inside[-1]].end]


def _named_in(passage: str, work: Work) -> bool:
    """Tell whether a folded text names the first author of a work, and its year."""
    if not work.authors or work.year is None:
        return False
    return fold(work.authors[0]) in passage and str(work.year) in passage


def _last(claim: Claim, citations: list[Citation]) -> Citation:
    """Give the citation to point at: the last of the clause; a footnote's mark rather than what its body cites."""
    inside = [c for c in citations if claim.sentence.start <= c.span.start <= claim.sentence.end + 2]
    marks = [c for c in claim.citations if c.kind in {"footnote", "ibid"}]
    return (inside or marks or citations)[-1]


def _wrong_source(claim: Claim, citation: Citation, keys: list[str], rest: Resting) -> Finding:
    right = " or ".join(sorted(rest.carriers))
    unique = len(rest.carriers) == 1 and len(keys) == 1 and citation.kind == "key"
    fix = Fix(key_span(citation), right, safe=rest.rival is None) if unique else None
    other = f", and {keys[0]} has {rest.rival}" if rest.rival else ""
    message = f"cites {' and '.join(keys)}, but fact `{rest.fact.id}` is from {right}{other}"
    return Finding(
        "wrong-source", citation.span, claim.span, message, rest.confidence,
        expected=right, facts=(rest.fact,), fix=fix,
    )  # fmt: skip


def secondary_citation(judgement: Judgement) -> Iterator[Finding]:
    """Report a finding known at second hand cited as if it had been read, or as the finding of who tells of it."""
    told: set[Span] = set()
    named = {key for _, key in keys_of(judgement, judgement.document.citations)}
    for part in parts(judgement):
        claim = part.claim
        cited = list(dict.fromkeys(keys_of(judgement, part.citations)))
        keys = {key for _, key in cited}
        rest = resting(judgement, part, keys)
        if rest is None or rest.reported is None:
            continue
        primary, teller = rest.reported
        for citation, key in cited:
            if citation.span in told:
                continue
            if key == primary and teller not in keys:
                told.add(citation.span)
                message = f"cites {primary}, but fact `{rest.fact.id}` knows this finding only as reported in {teller}"
                # a text that names the teller anywhere says what it goes by
                yield _secondary(claim, citation, message, teller, rest, _UNSURE if teller in named else 0.8)
            elif key == teller and primary not in keys and _claims_it(judgement, citation):
                told.add(citation.span)
                message = f"tells this as a finding of {teller}, which reports it from {primary}"
                yield _secondary(claim, citation, message, primary, rest, _UNSURE)


def _secondary(
    claim: Claim, citation: Citation, message: str, expected: str, rest: Resting, confidence: float
) -> Finding:
    return Finding(
        "secondary-citation", citation.span, claim.span, message, confidence, expected=expected, facts=(rest.fact,)
    )


def _claims_it(judgement: Judgement, citation: Citation) -> bool:
    """Tell whether a narrative citation goes on with a verb of finding ("Smith (2020) found")."""
    after = judgement.source.text[citation.span.end : citation.span.end + _AFTER]
    words = [match[0].lower() for match in _WORD.finditer(after)]
    return citation.narrative and bool(citation_words().finding.intersection(words[:2]))


def retracted_source(judgement: Judgement) -> Iterator[Finding]:
    """Report a work on the list of retractions, at its first citation, unless the text says that it was retracted."""
    if not judgement.citing.retractions:
        return
    told: set[Retraction] = set()
    for citation in judgement.document.citations:
        for name, notice in _notices(judgement, citation):
            claim = around(judgement, citation.span)
            if notice in told or _says_so(judgement, claim):
                continue
            told.add(notice)
            nature = notice.nature.lower()
            what = "was retracted" if nature == "retraction" else f"has a notice: {nature}"
            when = f" ({notice.date})" if notice.date else ""
            why = f", {notice.reason}" if notice.reason else ""
            message = f"{name} {what}{when}{why}; {notice.position.path}:{notice.position.line}"
            confidence = _UNSURE if nature == "correction" else 0.95
            yield Finding("retracted-source", citation.span, claim, message, confidence)


def _notices(judgement: Judgement, citation: Citation) -> Iterator[tuple[str, Retraction]]:
    listed = judgement.citing.retractions
    if citation.kind in {"doi", "pmid"} and (citation.kind, citation.target) in listed:
        yield citation.target, listed[citation.kind, citation.target]
        return
    for _, key in keys_of(judgement, (citation,)):
        work = judgement.works.get(key) if judgement.works is not None else None
        numbers = [*work.numbers, ("doi", (work.doi or "").lower())] if work is not None else []
        found = next((listed[number] for number in numbers if number in listed), None)
        if found is not None:
            yield key, found


def _says_so(judgement: Judgement, sentence: Span) -> bool:
    text = judgement.source.slice(sentence).lower()
    return any(word in text for word in citation_words().withdrawn)
