"""A work, and the clean-up of its parts that all formats share."""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from evidencelint.diagnostics import CitationKind, Position

_SAME_TITLE = 80
Number = tuple[CitationKind, str]
_YEAR = re.compile(r"(?<!\d)\d{4}(?!\d)")
_RESOLVER = re.compile(r"(?:https?://)?(?:dx\.|www\.)?doi\.org/|doi:\s*", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Work:
    """A work: its key, the family names of its authors (or editors), its year, title and DOI.

    ``givens`` are the given names or initials in the order of ``authors``, empty where unknown or where the
    author is an organisation; ``numbers`` are its other identifiers by kind (pmid, pmcid, arxiv, url);
    ``aliases`` further keys, ``short`` a short name of the first author; ``position`` where its entry begins.
    """

    key: str
    authors: tuple[str, ...]
    year: int | None
    title: str
    doi: str | None
    givens: tuple[str, ...] = field(default=(), compare=False)
    numbers: tuple[Number, ...] = field(default=(), compare=False)
    aliases: tuple[str, ...] = field(default=(), compare=False)
    short: str = field(default="", compare=False)
    position: Position | None = field(default=None, compare=False)


def folded(value: object) -> str:
    """Give a text with its white space folded; anything else is no text."""
    return " ".join(value.split()) if isinstance(value, str) else ""


def year_in(text: str) -> int | None:
    """Find the first whole number of four digits."""
    found = _YEAR.search(text)
    return int(found[0]) if found is not None else None


def plain_doi(value: object) -> str | None:
    """Give a DOI without the address of a resolver."""
    return _RESOLVER.sub("", folded(value), count=1) or None


def numbers(*, pmid: str = "", pmcid: str = "", arxiv: str = "", url: str = "") -> tuple[Number, ...]:
    """Give the identifiers that are there."""
    found: tuple[Number, ...] = (("pmid", pmid), ("pmcid", pmcid), ("arxiv", arxiv), ("url", url))
    return tuple(number for number in found if number[1])


def differ(one: Work, other: Work) -> bool:
    """Tell whether two entries cannot be one work."""
    from rapidfuzz.fuzz import ratio  # noqa: PLC0415 - slow to import, and seldom needed

    if one.doi and other.doi:
        return one.doi.lower() != other.doi.lower()
    if one.title and other.title and ratio(one.title.lower(), other.title.lower()) >= _SAME_TITLE:
        return False
    apart = (one.year or other.year) != (other.year or one.year) or one.authors[:1] != other.authors[:1]
    return apart or bool(one.title and other.title)


def described(work: Work) -> str:
    """Name a work in a few words."""
    who = f"{work.authors[0]} " if work.authors else ""
    return f"“{who}{work.year or 'n.d.'}: {work.title}”" if work.title else f"“{who}{work.year or 'n.d.'}”"
