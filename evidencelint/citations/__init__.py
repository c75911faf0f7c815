"""Find what a document cites, in every syntax, and which citations belong to which clause."""

from __future__ import annotations

from evidencelint.citations.keys import (
    CitationScan,
    is_cite_role,
    is_cross_reference,
    role_citations,
    scan_citations,
    wiki_citation,
)
from evidencelint.citations.links import identifiers, identify, link_citation, url_citation
from evidencelint.citations.prose import prose_citations
from evidencelint.citations.scope import with_citations

__all__ = [
    "CitationScan",
    "identifiers",
    "identify",
    "is_cite_role",
    "is_cross_reference",
    "link_citation",
    "prose_citations",
    "role_citations",
    "scan_citations",
    "url_citation",
    "wiki_citation",
    "with_citations",
]
