"""Bibliographies: the works a document may cite, by key."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from evidencelint.errors import BibliographyError
from evidencelint.model import Position


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
    try:
        text = path.read_text(encoding="utf-8-sig")
    except FileNotFoundError:
        raise BibliographyError("no such bibliography", Position(str(path), 1)) from None
    except (OSError, UnicodeDecodeError) as error:
        raise BibliographyError(f"cannot be read as UTF-8 text: {error}", Position(str(path), 1)) from error
    return parse_csl_json(text, str(path))


def parse_csl_json(text: str, path: str) -> Mapping[str, Work]:
    """Read CSL JSON: a list of works, each with an ``id`` that is a string or a number."""
    try:
        data = json.loads(text)
    except (json.JSONDecodeError, RecursionError) as error:
        line, column = (error.lineno, error.colno) if isinstance(error, json.JSONDecodeError) else (1, 1)
        raise BibliographyError("not valid JSON", Position(path, line, column)) from error
    if not isinstance(data, list):
        raise BibliographyError("must be a list of works (CSL JSON)", Position(path, 1))
    works: dict[str, Work] = {}
    for index, item in enumerate(data):
        if not isinstance(item, dict) or not isinstance(item.get("id"), (str, int)) or isinstance(item["id"], bool):
            raise BibliographyError(f"[{index}].id: every work needs an id", Position(path, 1))
        key = str(item["id"])
        if key in works:
            raise BibliographyError(f"[{index}].id: {key} stands twice", Position(path, 1))
        doi = item.get("DOI")
        works[key] = Work(
            key, tuple(_authors(item)), _year(item), str(item.get("title", "")), doi if isinstance(doi, str) else None
        )
    return works


def _authors(item: Mapping[str, object]) -> Iterator[str]:
    authors = item.get("author")
    for author in authors if isinstance(authors, list) else ():
        if isinstance(author, dict):
            name = author.get("family") or author.get("literal")
            if isinstance(name, str):
                yield name


def _year(item: Mapping[str, object]) -> int | None:
    issued = item.get("issued")
    parts = issued.get("date-parts") if isinstance(issued, dict) else None
    try:
        return int(parts[0][0]) if parts else None
    except (TypeError, ValueError, IndexError, KeyError):
        return None
