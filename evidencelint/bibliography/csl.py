"""CSL JSON and CSL YAML, as pandoc and reference managers write them."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping

from evidencelint.bibliography.work import Work, folded, numbers, plain_doi, year_in
from evidencelint.diagnostics import Position
from evidencelint.errors import BibliographyError
from evidencelint.yamlio import Value, read_yaml

_SPACE = re.compile(r"[ \t\n\r]*")
_ADVICE = "export the bibliography as CSL JSON"


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
        works[key] = _work(key, item, place)
    return works


def parse_csl_yaml(text: str, path: str) -> Mapping[str, Work]:
    """Read CSL YAML: a list of works, or a mapping with the list under ``references``."""
    root = read_yaml(text, path, BibliographyError)
    listed = root.mapping().get("references") if isinstance(root.data, dict) else root
    if listed is None:
        raise root.wrong("must be a list of works, or have one under references")
    return works_in(listed)


def works_in(listed: Value) -> Mapping[str, Work]:
    """Read a YAML list of works, each with an ``id``."""
    works: dict[str, Work] = {}
    for entry in listed.items():
        identity = entry.mapping().get("id")
        if identity is None:
            raise entry.wrong("id is missing; every work needs one")
        key = identity.word()
        if key in works:
            first = works[key].position
            raise identity.wrong(f"{key} is the id of the work in line {first.line if first else '?'} too")
        works[key] = _work(key, _mapping(entry), entry.position)
    return works


def _mapping(entry: Value) -> Mapping[str, object]:
    return {name: _plain(value) for name, value in entry.mapping().items()}


def _plain(value: Value) -> object:
    if isinstance(value.data, dict):
        return _mapping(value)
    return [_plain(item) for item in value.data] if isinstance(value.data, tuple) else value.data


def _work(key: str, item: Mapping[str, object], place: Position) -> Work:
    people = list(_people(item.get("author"))) or list(_people(item.get("editor")))
    return Work(
        key=key,
        authors=tuple(name for name, _ in people),
        year=_year(item.get("issued")),
        title=folded(item.get("title")),
        doi=plain_doi(item.get("DOI")),
        givens=tuple(given for _, given in people),
        numbers=numbers(
            pmid=_number(item.get("PMID")),
            pmcid=_number(item.get("PMCID")).lower(),
            url=folded(item.get("URL")),
        ),
        position=place,
    )


def _number(value: object) -> str:
    return str(value) if isinstance(value, int) else folded(value)


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


def _people(authors: object) -> Iterator[tuple[str, str]]:
    """Yield family and given names; particles are part of the family name."""
    for author in authors if isinstance(authors, list) else (authors,):
        if isinstance(author, str) and author.strip():
            yield folded(author), ""
        if isinstance(author, dict):
            family = folded(author.get("family"))
            literal = folded(author.get("literal")) or folded(author.get("name"))
            particle = folded(author.get("non-dropping-particle")) or folded(author.get("dropping-particle"))
            if family or literal:
                yield (f"{particle} {family}".strip(), folded(author.get("given"))) if family else (literal, "")


def _year(issued: object) -> int | None:
    """Read the year of a date in parts, or of one written out where it has no parts."""
    if isinstance(issued, list):
        issued = issued[0] if issued else None
    if isinstance(issued, (str, int)) and not isinstance(issued, bool):
        return year_in(str(issued))
    if not isinstance(issued, dict):
        return None
    parts = issued.get("date-parts")
    first = parts[0] if isinstance(parts, list) and parts else None
    year = first[0] if isinstance(first, list) and first else None
    if isinstance(year, int) and not isinstance(year, bool):
        return year
    for written in (year, issued.get("year"), issued.get("literal"), issued.get("raw")):
        found = year_in(str(written)) if isinstance(written, (str, int)) and not isinstance(written, bool) else None
        if found is not None:
            return found
    return None
