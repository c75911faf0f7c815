"""Which citations belong to which clause.

A citation belongs to the clause or sentence that it ends, back to the citation before it; one after the full
stop to the sentence before; one that is part of its sentence ("Smith (2020) found") to what follows. A list
item or table cell without one of its own has those of its lead-in, caption, row and column header. A footnote
brings what its body cites, "ibid." what was cited before.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from evidencelint.frames import Claim
from evidencelint.model import Citation, Document, Passage, Span

_Found = tuple[Citation, ...]


def with_citations(claims: Sequence[Claim], document: Document) -> tuple[Claim, ...]:
    """Give the claims with the citations that belong to each; ``claims`` are those of the document, in order."""
    if not document.citations:
        return tuple(claims)
    reader = _Scopes(document)
    owned = dict(reader.of_claims(claims))
    return tuple(replace(claim, citations=owned[i]) if owned.get(i) else claim for i, claim in enumerate(claims))


@dataclass(frozen=True, slots=True)
class _Sentence:
    span: Span
    claims: tuple[int, ...]


class _Scopes:
    """The citations of a document, findable by place."""

    def __init__(self, document: Document) -> None:
        self._document = document
        self._citations = sorted(document.citations, key=lambda each: each.span)
        self._starts = [each.span.start for each in self._citations]
        self._notes = {note.label.casefold(): note.span for note in reversed(document.notes)}
        self._inner = sorted(p.span for p in document.passages if p.kind == "footnote")
        self._inner_starts = [span.start for span in self._inner]

    def of_claims(self, claims: Sequence[Claim]) -> Iterator[tuple[int, _Found]]:
        """Yield the index of a claim with its citations."""
        order = sorted(range(len(claims)), key=lambda i: claims[i].span)
        begins = [claims[i].span.start for i in order]
        for passage in self._document.passages:
            inside = order[bisect_left(begins, passage.span.start) : bisect_left(begins, passage.span.end)]
            notes = self._notes_in(passage)
            mine = [i for i in inside if not any(note.contains(claims[i].span) for note in notes)]
            yield from self._of_passage(passage, claims, mine, notes)

    def _notes_in(self, passage: Passage) -> list[Span]:
        """Give the inline footnotes of a passage, which are passages of their own."""
        first = bisect_left(self._inner_starts, passage.span.start)
        last = bisect_left(self._inner_starts, passage.span.end)
        return [note for note in self._inner[first:last] if note != passage.span and passage.span.contains(note)]

    def _of_passage(
        self, passage: Passage, claims: Sequence[Claim], mine: list[int], notes: Sequence[Span]
    ) -> Iterator[tuple[int, _Found]]:
        sentences = _sentences(claims, mine)
        owned: dict[int, list[Citation]] = {i: [] for i in mine}
        inside = self.within(passage.span)
        for number, sentence in enumerate(sentences):
            begin = sentences[number - 1].span.end if number else passage.span.start
            until = sentences[number + 1].span.start if number + 1 < len(sentences) else passage.span.end
            here = [
                c
                for c in inside
                if _belongs(c, sentence.span, Span(begin, until), first=not number, last=number + 1 == len(sentences))
            ]
            _share(sentence, here, claims, owned, notes)
        borrowed = self._borrowed(passage) if any(not found for found in owned.values()) else ()
        for i, found in owned.items():
            yield i, tuple(self.resolved(found or borrowed))

    def _borrowed(self, passage: Passage) -> _Found:
        """Give what a cell's row, column and caption cite, or the nearest introduction of a list that cites."""
        found: list[Citation] = []
        for span in passage.borrowed:
            found += self.within(span)
            if found and passage.kind != "cell":
                break
        return tuple(found)

    def within(self, span: Span) -> _Found:
        """Give the citations of a stretch of the document."""
        return tuple(self._citations[bisect_left(self._starts, span.start) : bisect_left(self._starts, span.end)])

    def resolved(self, citations: Sequence[Citation]) -> Iterator[Citation]:
        """Yield citations, with the bodies of footnotes, and with what an "ibid." refers to."""
        for citation in citations:
            yield citation
            if citation.kind == "footnote" and (body := self._notes.get(citation.target.casefold())) is not None:
                yield from (each for each in self.within(body) if each.kind not in {"footnote", "ibid"})
            elif citation.kind == "ibid":
                yield from self._before(citation)

    def _before(self, ibid: Citation) -> Iterator[Citation]:
        for index in range(bisect_right(self._starts, ibid.span.start) - 1, -1, -1):
            earlier = self._citations[index]
            if earlier.kind not in {"ibid", "footnote"} and earlier.span.end <= ibid.span.start:
                yield earlier
                return


def _sentences(claims: Sequence[Claim], mine: Sequence[int]) -> list[_Sentence]:
    grouped: dict[Span, list[int]] = {}
    for i in mine:
        grouped.setdefault(claims[i].sentence, []).append(i)
    return [_Sentence(span, tuple(found)) for span, found in sorted(grouped.items())]


def _belongs(citation: Citation, sentence: Span, reach: Span, *, first: bool, last: bool) -> bool:
    """Tell whether a citation stands in a sentence, or in a gap beside it that it belongs to."""
    start = citation.span.start
    if sentence.start <= start < sentence.end:
        return True
    if sentence.end <= start < reach.end:
        return not citation.narrative or last
    return reach.start <= start < sentence.start and (citation.narrative or first)


def _share(
    sentence: _Sentence,
    here: Sequence[Citation],
    claims: Sequence[Claim],
    owned: dict[int, list[Citation]],
    notes: Sequence[Span],
) -> None:
    """Give the clauses of a sentence its citations."""
    clauses = sentence.claims
    starts = [claims[i].span.start for i in clauses]
    at = {id(c): max(0, bisect_right(starts, c.span.start) - 1) for c in here}
    forward = [c for c in here if c.narrative and not any(n.contains(c.span) for n in notes)]
    edge, previous = -1, -1
    for citation in here:
        place = at[id(citation)]
        if any(citation is each for each in forward) and citation.span.end < sentence.span.end - 1:
            later = [at[id(c)] for c in forward if at[id(c)] > place]
            covered = range(place, min(later, default=len(clauses)))
        else:
            if place != previous:
                edge, previous = previous, place
            covered = range(edge + 1, place + 1)
        for index in covered:
            owned[clauses[index]].append(citation)
