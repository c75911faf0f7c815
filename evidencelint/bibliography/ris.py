"""RIS, parsed by rispy; a record without an ID gets the key that pandoc gives it (family name and year)."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping

from evidencelint.bibliography.work import Work, folded, numbers, plain_doi, year_in
from evidencelint.diagnostics import Position
from evidencelint.errors import BibliographyError

_TAG = re.compile(r"([A-Z][A-Z0-9]) {0,2}-(?: |$)")
_COUNTER = re.compile(r"\ufeff?\s*\d+\.?\s*")
_LETTERS = "abcdefghijklmnopqrstuvwxyz"
_FORMS = ("authors", "first_authors", "secondary_authors", "editors")


def parse_ris(text: str, path: str) -> Mapping[str, Work]:
    """Read RIS; raises BibliographyError for a record that is not closed, or whose ID stands twice."""
    import rispy  # noqa: PLC0415 - needed only on the first reading of such a file

    lines = list(_records(text, path))
    try:
        records = rispy.loads(text)
    except (KeyError, ValueError, TypeError):
        # a first line of a tag that is none, for one
        records = []
    if len(records) != len(lines):
        raise BibliographyError("not valid RIS: a record cannot be read; export it again", Position(path, 1))
    works: dict[str, Work] = {}
    given = {folded(record.get("id")) for record in records}
    for record, line in zip(records, lines, strict=True):
        work = _work(record, Position(path, line), given | set(works))
        if work.key in works:
            first = works[work.key].position
            message = f"ID: {work.key} is the ID of the record in line {first.line if first else '?'} too; keep one"
            raise BibliographyError(message, Position(path, line))
        works[work.key] = work
    return works


def _records(text: str, path: str) -> Iterator[int]:
    """Yield the line in which each record begins; whatever stands outside a record is an error."""
    opened: int | None = None
    for number, line in enumerate(text.split("\n"), 1):
        tag = _TAG.match(line)
        name = tag[1] if tag is not None else ""
        if name == "TY":
            if opened is not None:
                raise BibliographyError("the record has no end (a line “ER  - ”)", Position(path, opened))
            opened = number
        elif name == "ER" and opened is not None:
            yield opened
            opened = None
        elif opened is None and line.strip() and not _COUNTER.fullmatch(line):
            raise BibliographyError("not valid RIS: a record must begin with a line “TY  - ”", Position(path, number))
    if opened is not None:
        raise BibliographyError("the record has no end (a line “ER  - ”)", Position(path, opened))


def _work(record: Mapping[str, object], place: Position, taken: set[str]) -> Work:
    people = next((list(_people(record[form])) for form in _FORMS if record.get(form)), [])
    year = year_in(_first(record, "year", "publication_year", "date", "primary_date"))
    urls = record.get("urls")
    return Work(
        key=folded(record.get("id")) or _made_up(people, year, taken),
        authors=tuple(name for name, _ in people),
        year=year,
        title=_first(record, "title", "primary_title"),
        doi=plain_doi(record.get("doi")),
        givens=tuple(given for _, given in people),
        numbers=numbers(url=folded(urls[0]) if isinstance(urls, list) and urls else ""),
        position=place,
    )


def _first(record: Mapping[str, object], *names: str) -> str:
    return next((folded(record[name]) for name in names if folded(record.get(name))), "")


def _people(names: object) -> Iterator[tuple[str, str]]:
    for name in names if isinstance(names, list) else ():
        family, _, given = folded(name).partition(",")
        if family:
            yield family, folded(given)


def _made_up(people: list[tuple[str, str]], year: int | None, taken: set[str]) -> str:
    base = f"{people[0][0].replace(' ', '') if people else 'untitled'}{year or ''}"
    return next(
        key for key in (base, *(base + letter for letter in _LETTERS), f"{base}{len(taken)}") if key not in taken
    )
