"""Everything known about one document once its claims have met the facts: what rules look at."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any, TypeVar

from evidencelint.bibliography import DocumentWorks, Library, Retraction, Work
from evidencelint.frames import Claim
from evidencelint.matching.decisions import FigureMatch
from evidencelint.matching.index import FactIndex
from evidencelint.matching.nearness import StatementMatch
from evidencelint.model import CitationPolicy, Document
from evidencelint.source import Source

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Citing:
    """What is asked of citations: where one is needed, and which works are retracted.

    ``shared`` is the bibliography of the fact base, ``own`` what the document names itself.
    """

    policy: CitationPolicy = "never"
    retractions: Mapping[tuple[str, str], Retraction] = field(default_factory=dict)
    shared: Mapping[str, Work] = field(default_factory=dict)
    own: DocumentWorks = field(default_factory=DocumentWorks)


@dataclass(frozen=True, slots=True)
class Judgement:
    """A document, its claims, and the match of every figure and statement.

    ``works`` is the bibliography by key, None where neither the fact base nor the document has one.
    """

    source: Source
    document: Document
    claims: tuple[Claim, ...]
    figures: tuple[FigureMatch, ...]
    statements: tuple[StatementMatch, ...]
    works: Library | None
    index: FactIndex
    citing: Citing = field(default_factory=Citing)
    # what several rules walk over, made once by the first
    _shared: dict[Callable[[Judgement], Iterator[Any]], tuple[Any, ...]] = field(
        default_factory=dict, compare=False, repr=False
    )

    def shared(self, make: Callable[[Judgement], Iterator[T]]) -> tuple[T, ...]:
        """Give what ``make`` makes of this, made when it is first asked for."""
        if make not in self._shared:
            self._shared[make] = tuple(make(self))
        return self._shared[make]
