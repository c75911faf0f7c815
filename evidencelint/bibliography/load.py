"""Bibliography files by the form that their name or content tells."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from pathlib import Path

from evidencelint.bibliography.bibtex import parse_bibtex
from evidencelint.bibliography.cache import Memory
from evidencelint.bibliography.csl import parse_csl_json, parse_csl_yaml
from evidencelint.bibliography.ris import parse_ris
from evidencelint.bibliography.work import Work
from evidencelint.errors import BibliographyError
from evidencelint.yamlio import read_text

_MOST_BYTES = 50_000_000
_Parser = Callable[[str, str], Mapping[str, Work]]
_PARSERS: Mapping[str, _Parser] = {
    "json": parse_csl_json,
    "yaml": parse_csl_yaml,
    "bib": parse_bibtex,
    "ris": parse_ris,
}
_SUFFIXES: Mapping[str, str] = {
    ".json": "json",
    ".yaml": "yaml",
    ".yml": "yaml",
    ".bib": "bib",
    ".bibtex": "bib",
    ".biblatex": "bib",
    ".ris": "ris",
}


def load_bibliography(path: Path, memory: Memory | None = None) -> Mapping[str, Work]:
    """Load a file of CSL JSON or YAML, BibTeX, BibLaTeX or RIS.

    Raises BibliographyError, with the place, where it is missing or malformed. ``memory`` knows what was read before.
    """
    text = read_text(path, "bibliography", BibliographyError, _MOST_BYTES)
    form = _form(path, text)
    return (memory or Memory()).works(form, text, str(path), lambda: _PARSERS[form](text, str(path)))


def load_all(paths: Sequence[Path], memory: Memory | None = None) -> Mapping[str, Work] | None:
    """Load several bibliographies as one, later files first; None where there is none to load."""
    if not paths:
        return None
    return {key: work for path in paths for key, work in load_bibliography(path, memory).items()}


def _form(path: Path, text: str) -> str:
    """Tell the form of a file, by its name or else by how it begins."""
    known = _SUFFIXES.get(path.suffix.lower())
    if known is not None:
        return known
    start = text.lstrip("\ufeff \t\r\n")
    return "bib" if start.startswith(("@", "%")) else "ris" if start.startswith("TY  -") else "json"
