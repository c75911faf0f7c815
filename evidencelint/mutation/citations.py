"""Faults of citations: a key, year or author that is not the work's, and another source for a claim."""

from __future__ import annotations

from collections.abc import Iterator

from evidencelint.bibliography import Library
from evidencelint.factbase.facts import FactBase
from evidencelint.model import Citation, Span
from evidencelint.mutation.numerals import digest
from evidencelint.mutation.types import Edit, Site, Variant

_SHORTEST = 5


def citation_faults(site: Site, base: FactBase, library: Library | None) -> Iterator[Variant]:
    """Yield the faults of the citations that belong to a sentence, each at its own place once."""
    seen: set[Span] = set()
    for claim in site.claims:
        for citation in claim.citations:
            near = site.passage.span.contains(citation.span)
            if library is None or not near or citation.span in seen or not library.keys_of(citation):
                continue
            seen.add(citation.span)
            for edit in _broken(citation, library, base):
                yield Variant("citation", (edit,), site.fact)


def _broken(citation: Citation, library: Library, base: FactBase) -> Iterator[Edit]:
    if citation.kind == "key" and citation.target in library:
        end = citation.span.end
        place = Span(end - len(citation.target), end)
        letters = citation.target.rstrip("0123456789")
        wrong = shortened(letters) + citation.target[len(letters) :]
        if len(letters) >= _SHORTEST and wrong not in library:
            yield Edit(place, wrong)
        yield from _of_another(citation, library, base, place)
    prose = citation.prose
    if prose is not None:
        years = {work.year for work in library.by_name(prose.names[0][0])}
        step = 1 + digest(citation.target) % 2
        year = next(year for year in range(prose.year - step, 0, -1) if year not in years)
        yield Edit(prose.place, str(year))
        name, place = prose.names[0]
        last = name.split()[-1]
        if len(last) > _SHORTEST and last.isalpha():
            yield Edit(Span(place.end - len(last), place.end), shortened(last))


def _of_another(citation: Citation, library: Library, base: FactBase, place: Span) -> Iterator[Edit]:
    """Cite another source of the fact base; whether it carries the claim, the fact decides."""
    own = {source.key for source in base.sources}
    others = [source.key for source in base.sources if source.key != citation.target and source.key in library]
    if others and citation.target in own:
        yield Edit(place, others[digest(citation.target) % len(others)])


def shortened(word: str) -> str:
    """Lose the letter in the middle."""
    middle = len(word) // 2
    return word[:middle] + word[middle + 1 :]
