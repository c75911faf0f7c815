"""Re-phrasings that keep a sentence true."""

from __future__ import annotations

from collections.abc import Iterator

from evidencelint.mutation.refigured import refigured
from evidencelint.mutation.reworded import reworded
from evidencelint.mutation.truth import Truth
from evidencelint.mutation.types import Site, Variant


def rephrasings(site: Site, truth: Truth) -> Iterator[Variant]:
    """Yield every faithful re-phrasing that a sentence admits."""
    yield from refigured(site)
    yield from reworded(site, truth)
