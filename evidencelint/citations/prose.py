"""Author-year citations in prose: "Smith (2020)", "(Smith & Lee, 2020a; WHO 2019)", "a 2020 review by Smith".

A year is found first, and names are read from it outwards over a bounded stretch, so that the work is linear
in the text. What looks like a citation is only a candidate: whoever asks decides with the bibliography, and
`AuthorYear.clear` tells whether the words alone leave no doubt.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import takewhile

from evidencelint.citations.names import Authors, Word, reach_forward, read_back
from evidencelint.citations.wordlists import CitationWords, citation_words
from evidencelint.model import AuthorYear, Citation, Span

_YEAR = re.compile(r"(?<![\w./$€£%-])(?P<year>1[89]\d\d|20\d\d)(?P<letter>[a-h]?)(?![\w%]|[-–/.,]\d)")
_WORD = re.compile(r"[^\W\d_]+(?:[-’'‑][^\W\d_]+)*\.?|\d+|[^\w\s]")
_AGAIN = re.compile(r"(?:1[89]|20)\d\d[a-h]?(?:\s*,\s*[a-h])*\s*(?:,|and|&)\s*$")
_BY = re.compile(r"\s+(?:[^\W\d_][\w-]*\s+){0,4}by\s+(?:Dr\.?\s+|Prof(?:essor|\.)?\s+)?")
_ENDS_WORD = re.compile(r"([^\W\d_][^\s()\[\],;:]*)[\s.,(\[]{0,6}\Z")
_DATED = re.compile(
    r"(?:,?\s+(?:(?:was|were|is|first|which|that|it|they)\s+){0,3}(?P<published>[^\W\d_]+)(?:\s+(?:it|this|them|out)){0,2})?"
    r"(?:\s+(?:in|on|from|of)\s+(?:[^\W\d_]+\s+)?|\s+)\Z"
)
_IBID = re.compile(r"(?<![\w-])(?:ibid(?:em)?\b\.?|op\.\s*cit\.|loc\.\s*cit\.)", re.IGNORECASE)
_LOCATOR = re.compile(r"\s*[,:]\s*(?:pp?\.|ch\.|chap\.|§|para\.?|fig\.|table|\d)", re.IGNORECASE)
_REACH = 180
_NEAR = 40
_FEW = 4
_SHORT_LEAD = 5


def prose_citations(text: str, offset: int = 0) -> Iterator[Citation]:
    """Yield what may be an author-year citation, and every "ibid.", in the order of the text.

    ``offset`` is that of the text in the document. The span runs from the first name to the year or back.
    """
    lists = citation_words()
    for match in _IBID.finditer(text):
        yield Citation(Span(match.start(), match.end()).shift(offset), "ibid", "", narrative=False)
    before: Citation | None = None
    for match in _YEAR.finditer(text):
        found = (
            _after(text, match, before)
            or _left(text, match, lists)
            or _right(text, match, lists)
            or _dated(text, match, lists)
        )
        if found is not None and before is not None:
            found = _in_group(text, found, before)
        before = found
        if found is not None:
            yield _shifted(found, offset)


def _after(text: str, match: re.Match[str], before: Citation | None) -> Citation | None:
    """Read a further year of the same authors, as in "Smith (2019, 2021)"."""
    if before is None or before.prose is None or not 0 <= match.start() - before.span.end <= _NEAR:
        return None
    if not _AGAIN.search(text[before.prose.place.start : match.start()]):
        return None
    old = before.prose
    new = AuthorYear(old.names, int(match["year"]), _place(match), match["letter"], old.others, old.clear)
    return Citation(Span(match.start(), match.end()), "prose", _label(new), before.narrative, new)


def _in_group(text: str, found: Citation, before: Citation) -> Citation:
    """Take what stands in one bracket with a clear citation, after a semicolon, for as clear."""
    between = text[before.span.end : found.span.start]
    sure = before.prose is not None and before.prose.clear and not before.narrative and not found.narrative
    if found.prose is None or not sure or ";" not in between or ")" in between or len(between) > _REACH:
        return found
    return replace(found, prose=replace(found.prose, clear=True))


def _left(text: str, match: re.Match[str], lists: CitationWords) -> Citation | None:
    """Read authors that stand before the year."""
    ends = _ENDS_WORD.search(text, max(0, match.start() - _NEAR), match.start())
    if ends is None or not (ends[1][0].isupper() or ends[1].rstrip(".").lower() in {"al", *lists.others, *lists.works}):
        return None
    first = max(0, match.start() - _REACH)
    words = [Word(m[0], m.start() + first, m.end() + first) for m in _WORD.finditer(text[first : match.start()])]
    at = len(words) - 1
    narrative = comma = False
    if at >= 0 and words[at].text in {"(", "["}:
        narrative, at = True, at - 1
    elif at >= 0 and words[at].text == ",":
        comma, at = True, at - 1
    lead = 0
    while at >= 0 and words[at].bare in lists.works and words[at].text[0].islower() and narrative:
        at, lead = at - 1, lead + 1
    while lead and at >= 0 and lead < _SHORT_LEAD and words[at].text[0].islower() and not _ends_name(words, at, lists):
        at, lead = at - 1, lead + 1
    authors = read_back(words, at, lists)
    if authors is None:
        return None
    bracket = _open_bracket(text, authors.start, first)
    possessive = re.search(r"['’]s?$", words[at].text) is not None
    if possessive and not narrative and not bracket and not comma and not _names_work(text, match.end(), lists):
        return None  # "Smith's 2020 grant"
    clear = _is_clear(text, match, authors, lists, narrative=narrative, bracket=bracket, comma=comma)
    if not narrative and not bracket and not comma and not possessive and match["letter"]:
        clear = authors.others
    prose = AuthorYear(authors.names, int(match["year"]), _place(match), match["letter"], authors.others, clear)
    return Citation(Span(authors.start, match.end()), "prose", _label(prose), not bracket, prose)


def _names_work(text: str, start: int, lists: CitationWords) -> bool:
    """Tell whether one of the next words is what a work is called, or none follows at all."""
    following = [m[0].lower() for m in _WORD.finditer(text[start : start + _NEAR])][:_FEW]
    return not following or not following[0][0].isalpha() or not lists.works.isdisjoint(following)


def _ends_name(words: Sequence[Word], at: int, lists: CitationWords) -> bool:
    return words[at].bare in lists.others or words[at].bare == "al"


def _is_clear(
    text: str,
    match: re.Match[str],
    authors: Authors,
    lists: CitationWords,
    *,
    narrative: bool,
    bracket: bool,
    comma: bool,
) -> bool:
    """Tell whether the words alone make a citation: names of places, laws and meetings stand before years too."""
    last = authors.names[-1][0]
    if authors.others:
        return bracket or narrative or text.find("et", authors.names[-1][1].end, match.start()) >= 0
    # an abbreviation may be anything that has a year
    if last.split()[-1].lower() in lists.places or (last.isupper() and not match["letter"] and len(authors.names) == 1):
        return False
    if (bracket or narrative) and (len(authors.names) > 1 or match["letter"]):
        return True
    if bracket or not narrative:
        return bracket and (comma or _LOCATOR.match(text, match.end()) is not None)
    following = [m[0].lower() for m in _WORD.finditer(text[match.end() : match.end() + 40])][1:3]
    following = list(takewhile(str.isalpha, following))
    before = text[max(0, authors.start - 14) : authors.start].lower()
    return bool(lists.reporting.intersection(following)) or before.rstrip().endswith("according to")


def _dated(text: str, match: re.Match[str], lists: CitationWords) -> Citation | None:
    """Read the authors of a work of which the year is told ("a review by Smith, published in May 2020")."""
    lead = _DATED.search(text, max(0, match.start() - _NEAR), match.start())
    if lead is None:
        return None
    published = (lead["published"] or "").lower() in lists.publishing
    stop = lead.start() if published else max(lead.start(), lead.end("published"))
    first = max(0, stop - _REACH)
    words = [Word(m[0], m.start() + first, m.end() + first) for m in _WORD.finditer(text[first:stop])]
    at = len(words) - 1
    at -= published and at >= 0 and words[at].text == ","
    authors = read_back(words, at, lists)
    if authors is None:
        return None
    before = [word.bare for word in words if word.end <= authors.start][-2:]
    if not published and not (before[-1:] == ["by"] and before[0] in lists.works):
        return None
    prose = AuthorYear(authors.names, int(match["year"]), _place(match), match["letter"], authors.others)
    return Citation(Span(authors.start, match.end()), "prose", _label(prose), narrative=True, prose=prose)


def _right(text: str, match: re.Match[str], lists: CitationWords) -> Citation | None:
    """Read authors that stand after the year, as in "a 2020 review by Smith and colleagues"."""
    by = _BY.match(text, match.end())
    if by is None:
        return None
    called = not lists.works.isdisjoint(m[0].lower() for m in _WORD.finditer(by[0]))
    words = [
        Word(m[0], m.start() + by.end(), m.end() + by.end()) for m in _WORD.finditer(text[by.end() : by.end() + _REACH])
    ]
    end = reach_forward(words, lists)
    authors = read_back(words, end - 1, lists) if end else None
    if authors is None:
        return None
    prose = AuthorYear(authors.names, int(match["year"]), _place(match), match["letter"], authors.others, called)
    if authors.names[-1][0].split()[-1].lower() in lists.places:
        return None
    return Citation(Span(match.start(), words[end - 1].end), "prose", _label(prose), narrative=True, prose=prose)


def _open_bracket(text: str, start: int, first: int) -> bool:
    """Tell whether a bracket is open at ``start``."""
    depth = 0
    for char in reversed(text[first:start]):
        if char in ")]":
            depth += 1
        elif char in "([":
            if not depth:
                return True
            depth -= 1
    return False


def _place(match: re.Match[str]) -> Span:
    return Span(match.start("year"), match.end("year"))


def _label(prose: AuthorYear) -> str:
    who = " and ".join(name for name, _ in prose.names)
    return f"{who}{' et al.' if prose.others else ''} {prose.year}{prose.letter}"


def _shifted(citation: Citation, by: int) -> Citation:
    prose = citation.prose
    if prose is None or not by:
        return citation
    names = tuple((name, span.shift(by)) for name, span in prose.names)
    moved = AuthorYear(names, prose.year, prose.place.shift(by), prose.letter, prose.others, prose.clear)
    return Citation(citation.span.shift(by), "prose", citation.target, citation.narrative, moved)
