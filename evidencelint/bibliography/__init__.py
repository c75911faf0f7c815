"""Bibliographies: the works a document may cite, by key, from CSL JSON and YAML, BibTeX, BibLaTeX and RIS."""

from __future__ import annotations

from collections.abc import Mapping
from importlib import import_module
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from evidencelint.bibliography.bibtex import parse_bibtex
    from evidencelint.bibliography.cache import Memory
    from evidencelint.bibliography.csl import parse_csl_json, parse_csl_yaml
    from evidencelint.bibliography.documents import DocumentWorks, works_of
    from evidencelint.bibliography.library import Library
    from evidencelint.bibliography.load import load_all, load_bibliography
    from evidencelint.bibliography.retractions import Retraction, load_retractions
    from evidencelint.bibliography.ris import parse_ris
    from evidencelint.bibliography.work import Work

__all__ = [
    "DocumentWorks",
    "Library",
    "Memory",
    "Retraction",
    "Work",
    "load_all",
    "load_bibliography",
    "load_retractions",
    "parse_bibtex",
    "parse_csl_json",
    "parse_csl_yaml",
    "parse_ris",
    "works_of",
]

_HOMES: Mapping[str, str] = {
    "parse_bibtex": "bibtex",
    "Memory": "cache",
    "parse_csl_json": "csl",
    "parse_csl_yaml": "csl",
    "DocumentWorks": "documents",
    "works_of": "documents",
    "Library": "library",
    "load_all": "load",
    "load_bibliography": "load",
    "Retraction": "retractions",
    "load_retractions": "retractions",
    "parse_ris": "ris",
    "Work": "work",
}


def __getattr__(name: str) -> object:
    """Load a reader when it is first used: what only names a work needs none of them."""
    if name not in _HOMES:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    value: object = getattr(import_module(f"{__name__}.{_HOMES[name]}"), name)
    globals()[name] = value
    return value
