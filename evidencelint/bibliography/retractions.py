"""A local list of retracted works, with the columns of the Retraction Watch data (CSV)."""

from __future__ import annotations

import csv
import io
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from evidencelint.bibliography.work import plain_doi
from evidencelint.diagnostics import Position
from evidencelint.errors import BibliographyError
from evidencelint.yamlio import read_text

_MOST_BYTES = 200_000_000
_NEEDED = ("OriginalPaperDOI", "OriginalPaperPubMedID")
_UNKNOWN = frozenset({"", "0", "unavailable", "none"})


@dataclass(frozen=True, slots=True)
class Retraction:
    """What became of a work: the nature of the notice ("Retraction", "Expression of concern"), its date and DOI."""

    nature: str
    date: str
    notice: str
    reason: str
    position: Position


Retractions = Mapping[tuple[str, str], Retraction]


def load_retractions(path: Path) -> Retractions:
    """Load a list; raises BibliographyError where it is missing or lacks the columns that name the works.

    Works are found by ``("doi", …)`` in lower case and ``("pmid", …)``; of several notices the last counts,
    and a reinstatement takes a work off the list.
    """
    text = read_text(path, "retraction list", BibliographyError, _MOST_BYTES)
    return parse_retractions(text, str(path))


def parse_retractions(text: str, path: str) -> Retractions:
    """Read a list from its text."""
    rows = csv.DictReader(io.StringIO(text, newline=""))
    columns = rows.fieldnames or ()
    if not any(name in columns for name in _NEEDED):
        message = f"has neither a column {_NEEDED[0]} nor {_NEEDED[1]}; use the columns of the Retraction Watch data"
        raise BibliographyError(message, Position(path, 1))
    found: dict[tuple[str, str], Retraction] = {}
    try:
        for row in rows:
            place = Position(path, rows.line_num)
            nature = (row.get("RetractionNature") or "Retraction").strip()
            notice = Retraction(
                nature,
                (row.get("RetractionDate") or "").strip().split(" ")[0],
                (row.get("RetractionDOI") or "").strip(),
                (row.get("Reason") or "").strip(" ;+"),
                place,
            )
            doi = (plain_doi(row.get(_NEEDED[0])) or "").lower()
            for key in (("doi", doi), ("pmid", (row.get(_NEEDED[1]) or "").strip())):
                if key[1] in _UNKNOWN:
                    continue
                if nature.lower() == "reinstatement":
                    found.pop(key, None)
                else:
                    found[key] = notice
    except csv.Error as error:
        raise BibliographyError(f"not valid CSV: {error}", Position(path, rows.line_num)) from error
    return found
