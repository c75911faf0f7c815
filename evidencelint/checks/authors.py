"""Rules on authors and years in prose: one letter off is a slip, another name is another work."""

from __future__ import annotations

import re
from collections.abc import Iterator

from rapidfuzz.distance import OSA

from evidencelint.bibliography import Library, Work
from evidencelint.bibliography.library import fold
from evidencelint.checks.cited import Within, around, reference_lists
from evidencelint.judgement import Judgement
from evidencelint.model import AuthorYear, Citation, Finding, Fix, Span

_HARDLY = 0.4
_SHORTEST_SLIP = 4


def wrong_year(judgement: Judgement) -> Iterator[Finding]:
    """Report an author named with a year in which the bibliography has no work of theirs."""
    for citation, prose, library in _prose(judgement):
        works = _works(prose, library)
        years = {work.year for work in works}
        if not works or None in years or prose.year in years:
            continue
        first = [work for work in works if work in library.by_name(prose.names[0][0]) and _leads(prose, work)]
        right = sorted({work.year for work in first or works if work.year is not None})
        shown = ", ".join(map(str, right))
        fix = Fix(prose.place, shown, safe=True) if len(right) == 1 else None
        message = f"dates {prose.names[0][0]} to {prose.year}, the bibliography has {shown}"
        claim = around(judgement, citation.span)
        yield Finding("wrong-year", prose.place, claim, message, 0.95 if first else _HARDLY, expected=shown, fix=fix)


def wrong_author(judgement: Judgement) -> Iterator[Finding]:
    """Report an author who is misspelt, or who is none of those of the work."""
    for citation, prose, library in _prose(judgement):
        claim = around(judgement, citation.span)
        works = library.written(prose)
        if works:
            for name, span in prose.names[1:]:
                if not any(_is_author(name, work) for work in works):
                    yield _stranger(name, span, works, claim)
        elif not library.by_name(prose.names[0][0]):
            name, span = prose.names[0]
            near = _near(name, prose.year, library)
            if near:
                yield _slip(name, span, near, claim)


def unknown_work(judgement: Judgement) -> Iterator[Finding]:
    """Report an author and year that are nobody's in the bibliography, where they clearly are a citation."""
    notes = Within(passage.span for passage in judgement.document.passages if passage.kind == "footnote")
    listed = _listed(judgement, notes) | _listed(judgement, reference_lists(judgement))
    for citation, prose, library in _prose(judgement):
        name = prose.names[0][0]
        if citation.span in notes:
            continue  # a footnote may give the reference itself
        if not prose.clear or not library or _works(prose, library) or library.written(prose):
            continue
        if _near(name, prose.year, library) or (fold(name).split()[-1], prose.year) in listed:
            continue
        if _in_sources(name, prose.year, judgement):
            continue
        message = f"cites {citation.target}, which is not in the bibliography"
        yield Finding("unknown-work", citation.span, around(judgement, citation.span), message, 0.7)


def _prose(judgement: Judgement) -> Iterator[tuple[Citation, AuthorYear, Library]]:
    """Yield the author-year citations of a document, but for those of its own list of references."""
    if judgement.works is None:
        return
    lists = reference_lists(judgement)
    listed = _listed(judgement, lists)
    for citation in judgement.document.citations:
        prose = citation.prose
        if prose is None or citation.span in lists:
            continue
        known = bool(judgement.works.written(prose))
        if known or (fold(prose.names[0][0]).split()[-1], prose.year) not in listed:
            yield citation, prose, judgement.works


def _listed(judgement: Judgement, lists: Within) -> frozenset[tuple[str, int]]:
    """Give the authors and years that stand in some parts of the document, such as its own list of references."""
    return frozenset(
        (fold(citation.prose.names[0][0]).split()[-1], citation.prose.year)
        for citation in judgement.document.citations
        if citation.prose is not None and citation.span in lists
    )


def _in_sources(name: str, year: int, judgement: Judgement) -> bool:
    """Tell whether a source of the fact base itself cites such a work."""
    cited = re.compile(rf"{re.escape(name.rsplit(maxsplit=1)[-1])}\W.{{0,80}}?{year}", re.DOTALL)
    return any(cited.search(text) for text in judgement.index.source_texts.values())


def _works(prose: AuthorYear, library: Library) -> list[Work]:
    """Give the works of the first author named that have the other authors named, too."""
    found = library.by_name(prose.names[0][0])
    return [work for work in found if all(_is_author(name, work) for name, _ in prose.names[1:])]


def _leads(prose: AuthorYear, work: Work) -> bool:
    return _is_author(prose.names[0][0], Work(work.key, work.authors[:1], work.year, work.title, work.doi))


def _is_author(name: str, work: Work) -> bool:
    """Tell whether a work has an author of this name; one letter off in the name will do here."""
    last = fold(name).split()[-1]
    for author in work.authors:
        known = fold(author).split()[-1]
        if known == last or fold(author) == fold(name):
            return True
    return False


def _near(name: str, year: int, library: Library) -> list[str]:
    """Give the authors of works of that year whose names are nearly this one."""
    last = name.rsplit(maxsplit=1)[-1]
    near = library.near_names(name) or library.near_names(last)
    return [author for author in near if any(work.year == year for work in library.by_name(author))]


def _slip(name: str, span: Span, near: list[str], claim: Span) -> Finding:
    last = name.rsplit(maxsplit=1)[-1]
    place = Span(span.end - len(last), span.end)
    right = near[0].split()[-1]
    fix = Fix(place, right, safe=True) if len({author.split()[-1] for author in near}) == 1 else None
    message = f"names {last} as author, the bibliography has {right}"
    return Finding("wrong-author", place, claim, message, 0.85, expected=right, fix=fix)


def _stranger(name: str, span: Span, works: list[Work], claim: Span) -> Finding:
    """Make the finding on a further author who is none of the work's: a slip of one of them, or somebody else."""
    last = fold(name).split()[-1]
    others = sorted({author for work in works for author in work.authors[1:]})
    near = [author for author in others if len(last) >= _SHORTEST_SLIP and OSA.distance(fold(author), last) <= 1]
    if near:
        return _slip(name, span, near, claim)
    whose = "; ".join(sorted({" and ".join(work.authors) or work.key for work in works}))
    message = f"names {name} as author, the bibliography has {whose}"
    # a bibliography often has the first author alone
    confidence = 0.8 if all(len(work.authors) > 1 for work in works) else _HARDLY
    return Finding("wrong-author", span, claim, message, confidence, expected=whose)
