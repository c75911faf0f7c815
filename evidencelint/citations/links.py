"""Addresses as citations: DOI, PubMed, PubMed Central, arXiv, and other pages."""

from __future__ import annotations

import re
from collections.abc import Iterator
from urllib.parse import unquote

from evidencelint.model import Citation, CitationKind, Span

_DOI = re.compile(r"10\.\d{4,9}(?:\.\d+)*/\S*[^\s.,;:]")
_DOI_ADDRESS = re.compile(r"(?:https?://)?(?:dx\.|www\.)?doi\.org/(?:doi:)?|doi:\s?", re.IGNORECASE)
_DOI_IN_PAGE = re.compile(r"/doi/(?:abs/|full/|pdf/|epdf/|book/)?(10\.\d{4,9}/[^?#\s]+)", re.IGNORECASE)
_PUBMED = re.compile(
    r"(?:pubmed\.ncbi\.nlm\.nih\.gov|ncbi\.nlm\.nih\.gov/pubmed)/(\d{1,9})\b|^pmid:\s?(\d{1,9})$", re.IGNORECASE
)
_CENTRAL = re.compile(r"/(?:pmc/)?articles/(PMC\d{1,9})\b", re.IGNORECASE)
_ARXIV = re.compile(
    r"(?:arxiv\.org/(?:abs|pdf|html)/|^arxiv:\s?)((?:[a-z-]+(?:\.[A-Z]{2})?/\d{7}|\d{4}\.\d{4,5}))", re.IGNORECASE
)
_ARXIV_DOI = re.compile(r"10\.48550/arxiv\.(.+)", re.IGNORECASE)
_WEB = re.compile(r"(?:https?:)?//(?:www\.)?([^\s#]+)", re.IGNORECASE)
# What is called a DOI, and has a figure and a slash as one has, or begins as one does.
_CALLED_DOI = re.compile(r"(?<![\w/.:-])doi:[ ]?(?=[^\s<>|]*\d)(?=10|[^\s<>|]*/)[^\s<>|]+", re.IGNORECASE)
_CALLED_NUMBER = re.compile(
    r"(?<![\w/.:-])(?:pmid:?[ ]?\d{4,9}|arxiv:[ ]?\d{4}\.\d{4,5}(?:v\d+)?)(?!\w)", re.IGNORECASE
)
_REGISTERED = re.compile(r"doi:[ ]?10\.\d{4,9}/[^\s<>|]", re.IGNORECASE)
_TRAILING = ".,;:!?'\")]}*_~”’"


def identify(address: str) -> tuple[CitationKind, str]:
    """Tell what an address names: a kind, and an identifier that is the same for all spellings of it.

    A DOI that cannot be one keeps its spelling; `is_doi` tells the two apart.
    """
    address = address.strip()
    opened = _DOI_ADDRESS.match(address)
    if opened is not None:
        return _doi(unquote(address[opened.end() :]))
    if address.startswith("10.") and _DOI.fullmatch(address):
        return _doi(address)
    for pattern, kind in _NAMED:
        found = pattern.search(address)
        if found is not None:
            return kind, next(filter(None, found.groups())).lower()
    page = _DOI_IN_PAGE.search(address)
    if page is not None:
        return _doi(unquote(page[1]).rstrip("/"))
    web = _WEB.match(address)
    return "url", (web[1].rstrip("/") if web is not None else address).lower()


_NAMED: tuple[tuple[re.Pattern[str], CitationKind], ...] = (
    (_PUBMED, "pmid"),
    (_CENTRAL, "pmcid"),
    (_ARXIV, "arxiv"),
)


def _doi(rest: str) -> tuple[CitationKind, str]:
    archive = _ARXIV_DOI.fullmatch(rest)
    if archive is not None:
        return "arxiv", archive[1].lower()
    return "doi", rest.lower() if is_doi(rest) else rest


def is_doi(text: str) -> bool:
    """Tell whether a text has the form of a DOI."""
    return _DOI.fullmatch(text) is not None and "doi.org/" not in text.lower()


def link_citation(source: str, span: Span, target: str) -> Citation | None:
    """Read a Markdown link as a citation; addresses within the document or folder cite nothing.

    The span is the address where it stands in the link itself, so that what is wrong with it shows.
    """
    if not target or target[0] in "#./@" or not (_WEB.match(target) or _DOI_ADDRESS.match(target)):
        return None
    kind, name = identify(target)
    place = span
    if kind == "doi" and not is_doi(name):
        start = source.find(target, span.start, span.end)
        place = Span(start, start + len(target)) if start >= 0 else span
    text_end = source.find("](", span.start, span.end)
    return Citation(place, kind, name, narrative=text_end > span.start + 1)


def url_citation(source: str, span: Span) -> Citation | None:
    """Read a bare URL or DOI, covered by ``span``, as a citation."""
    text = source[span.start : span.end]
    if text.startswith(("(", "mailto:")):
        return None
    return Citation(span, *identify(text))


def identifiers(masked: str) -> Iterator[Span]:
    """Yield PubMed and arXiv numbers, and what is called a DOI ("doi:10.123") but has not the form of one."""
    for match in _CALLED_NUMBER.finditer(masked):
        yield Span(match.start(), match.end())
    for match in _CALLED_DOI.finditer(masked):
        if not _REGISTERED.match(match[0]):
            end = match.start() + len(match[0].rstrip(_TRAILING))
            yield Span(match.start(), end)
