"""Bibliographies: the works a document may cite, by key, from CSL JSON and YAML, BibTeX, BibLaTeX and RIS."""

from __future__ import annotations

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
