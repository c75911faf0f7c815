"""Rules of family 4xx: keys, footnotes, and author-year against the bibliography."""

from __future__ import annotations

import re
from collections.abc import Iterator

from rapidfuzz.process import extractOne

from evidencelint.judgement import Judgement
from evidencelint.model import Citation, Finding, Fix, Span

_NEAR = 75
_YEAR = r"(?P<year>(?:19|20)\d\d)[a-z]?"


def undefined_citation(judgement: Judgement) -> Iterator[Finding]:
    """Report a citation key that the bibliography does not have."""
    works = judgement.works
    if works is None:
        return
    for citation in judgement.document.citations:
        if citation.kind != "key" or citation.target in works:
            continue
        near = extractOne(citation.target, sorted(works), score_cutoff=_NEAR)
        hint = f"; nearest is {near[0]}" if near else ""
        fix = Fix(_target(citation), near[0], safe=False) if near else None
        message = f"cites {citation.target}, which the bibliography does not have{hint}"
        yield Finding(
            "undefined-citation", citation.span, _around(judgement, citation.span), message, 0.95,
            expected=near[0] if near else None, fix=fix,
        )  # fmt: skip


def undefined_footnote(judgement: Judgement) -> Iterator[Finding]:
    """Report a footnote mark without a footnote."""
    for citation in judgement.document.citations:
        if citation.kind == "footnote" and citation.target not in judgement.document.footnotes:
            message = f"refers to footnote {citation.target}, which is not defined"
            yield Finding("undefined-footnote", citation.span, _around(judgement, citation.span), message, 0.95)


def wrong_year(judgement: Judgement) -> Iterator[Finding]:
    """Report an author named with a year in which the bibliography has no work of theirs."""
    for name, years in _years_by_author(judgement).items():
        pattern = re.compile(
            rf"\b{re.escape(name)}\b(?:['’]s)?(?:,?\s+(?:et\s+al\.?|and\s+colleagues|\w+\s+review))?[,\s]{{0,3}}\(?\s?{_YEAR}"
            rf"|\b{_YEAR.replace('year', 'before')}\s+(?:\w+\s+){{0,3}}by\s+(?:\w+\s+)?{re.escape(name)}\b"
        )
        for passage in judgement.document.passages:
            for match in pattern.finditer(passage.text):
                group = "year" if match["year"] else "before"
                if int(match[group]) in years:
                    continue
                start = passage.span.start + match.start(group)
                right = ", ".join(str(year) for year in sorted(years))
                fix = Fix(Span(start, start + 4), right, safe=True) if len(years) == 1 else None
                message = f"dates {name} to {match[group]}, the bibliography has {right}"
                claim = Span(passage.span.start + match.start(), passage.span.start + match.end())
                yield Finding("wrong-year", Span(start, start + 4), claim, message, 0.95, expected=right, fix=fix)


def _years_by_author(judgement: Judgement) -> dict[str, set[int]]:
    years: dict[str, set[int]] = {}
    for work in (judgement.works or {}).values():
        if work.authors and work.year is not None:
            years.setdefault(work.authors[0], set()).add(work.year)
    return years


def _target(citation: Citation) -> Span:
    return Span(citation.span.end - len(citation.target), citation.span.end)


def _around(judgement: Judgement, span: Span) -> Span:
    """Give the sentence a citation stands in or ends, or the citation itself."""
    for claim in judgement.claims:
        if claim.sentence.start <= span.start <= claim.sentence.end + 2:
            return claim.sentence
    return span
