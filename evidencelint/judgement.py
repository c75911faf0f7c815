"""Everything known about one document once its claims have met the facts: what rules look at."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from evidencelint.bibliography import Work
from evidencelint.frames import Claim
from evidencelint.matching.decisions import FigureMatch
from evidencelint.matching.nearness import StatementMatch
from evidencelint.model import Document
from evidencelint.source import Source


@dataclass(frozen=True, slots=True)
class Judgement:
    """A document, its claims, and the match of every figure and statement.

    ``works`` is the bibliography by key, None where the fact base has none.
    """

    source: Source
    document: Document
    claims: tuple[Claim, ...]
    figures: tuple[FigureMatch, ...]
    statements: tuple[StatementMatch, ...]
    works: Mapping[str, Work] | None
