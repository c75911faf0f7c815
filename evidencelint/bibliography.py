"""Bibliographies: the works a document may cite, by key."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from evidencelint.errors import BibliographyError
from evidencelint.model import Position
from evidencelint.yamlio import read_text

_MOST_BYTES = 50_000_000
_SPACE = re.compile(r"[ \t\n\r]*")
_YEAR = re.compile(r"(?<!\d)\d{4}(?!\d)")
_ADVICE = "export the bibliography as CSL JSON"


@dataclass(frozen=True, slots=True)
class Work:
    """A work: its key, the family names of its authors, its year, title and DOI."""

    key: str
    authors: tuple[str, ...]
    year: int | None
    title: str
    doi: str | None


def load_bibliography(path: Path) -> Mapping[str, Work]:
    """Load a CSL JSON file; raises BibliographyError where it is missing or malformed."""
    return parse_csl_json(read_text(path, "bibliography", BibliographyError, _MOST_BYTES), str(path))


def load_all(paths: Sequence[Path]) -> Mapping[str, Work] | None:
    """Load several bibliographies as one; None where there is none to load."""
    if not paths:
        return None
    return {key: work for path in paths for key, work in load_bibliography(path).items()}


def parse_csl_json(text: str, path: str) -> Mapping[str, Work]:
    """Read CSL JSON: a list of works, each with an ``id`` that is a string or a number."""
    works: dict[str, Work] = {}
    lines: dict[str, int] = {}
    for index, (place, item) in enumerate(_items(text, path)):
        if not isinstance(item, dict):
            raise BibliographyError(f"[{index}]: must be a work with an id, in braces", place)
        identity = item.get("id")
        if isinstance(identity, bool) or not isinstance(identity, (str, int)) or not str(identity).strip():
            raise BibliographyError(f"[{index}].id: must be text or a whole number; every work needs one", place)
        key = str(identity)
        if key in works:
            raise BibliographyError(f"[{index}].id: {key} is the id of the work in line {lines[key]} too", place)
        lines[key] = place.line
        works[key] = Work(
            key=key,
            authors=tuple(_authors(item.get("author"))),
            year=_year(item.get("issued")),
            title=_text(item.get("title")),
            doi=_text(item.get("DOI")) or None,
        )
    return works


def _items(text: str, path: str) -> Iterator[tuple[Position, object]]:
    """Decode the list item by item, because each is wanted with the place where it begins."""
    offset = _skip(text, 0)
    if text[offset : offset + 1] != "[":
        what = "is empty" if offset == len(text) else "must be a list of works"
        raise BibliographyError(f"{what}; {_ADVICE}", _place(text, path, offset))
    decoder = json.JSONDecoder()
    offset = _skip(text, offset + 1)
    here, counted = _place(text, path, offset), offset
    closed = text[offset : offset + 1] == "]"
    while not closed:
        here, counted = _move(here, text, counted, offset), offset
        item, offset = _decode(decoder, text, offset, here)
        yield here, item
        offset = _skip(text, offset)
        mark = text[offset : offset + 1]
        if mark not in {",", "]"}:
            message = f"not valid JSON: a comma or the closing bracket is missing; {_ADVICE}"
            raise BibliographyError(message, _move(here, text, counted, offset))
        closed = mark == "]"
        if not closed:
            offset = _skip(text, offset + 1)
    offset = _skip(text, offset + 1)
    if offset < len(text):
        raise BibliographyError("not valid JSON: something follows the list", _move(here, text, counted, offset))


def _decode(decoder: json.JSONDecoder, text: str, offset: int, place: Position) -> tuple[object, int]:
    try:
        return decoder.raw_decode(text, offset)
    except json.JSONDecodeError as error:
        where = Position(place.path, error.lineno, error.colno)
        raise BibliographyError(f"not valid JSON: {error.msg}; {_ADVICE}", where) from error
    except RecursionError as error:
        raise BibliographyError("nested too deeply for a work", place) from error
    except ValueError as error:
        # Python refuses to read whole numbers of thousands of digits.
        raise BibliographyError("not valid JSON: a number is too long", place) from error


def _skip(text: str, offset: int) -> int:
    match = _SPACE.match(text, offset)
    return match.end() if match is not None else offset


def _place(text: str, path: str, offset: int) -> Position:
    return _move(Position(path, 1), text, 0, offset)


def _move(place: Position, text: str, start: int, end: int) -> Position:
    """Give the position of ``end`` from that of ``start``, so that the whole file is counted through once."""
    lines = text.count("\n", start, end)
    if not lines:
        return Position(place.path, place.line, place.column + end - start)
    return Position(place.path, place.line + lines, end - text.rfind("\n", start, end))


def _authors(authors: object) -> Iterator[str]:
    for author in authors if isinstance(authors, list) else ():
        if isinstance(author, dict):
            name = _text(author.get("family")) or _text(author.get("literal"))
            if name:
                yield name


def _year(issued: object) -> int | None:
    """Read the year of a date in parts, or of one written out where it has no parts."""
    if not isinstance(issued, dict):
        return None
    parts = issued.get("date-parts")
    first = parts[0] if isinstance(parts, list) and parts else None
    year = first[0] if isinstance(first, list) and first else None
    if isinstance(year, int) and not isinstance(year, bool):
        return year
    for written in (year, issued.get("literal"), issued.get("raw")):
        found = _YEAR.search(written) if isinstance(written, str) else None
        if found is not None:
            return int(found[0])
    return None


def _text(value: object) -> str:
    return " ".join(value.split()) if isinstance(value, str) else ""
