"""Many spans at once, asked which of them another meets without looking at each."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable
from itertools import accumulate

from evidencelint.diagnostics import Span


class Spans:
    """Stretches of one text, which may overlap."""

    def __init__(self, spans: Iterable[Span]) -> None:
        """Put them in order."""
        self._spans = sorted(spans)
        self._starts = [span.start for span in self._spans]
        self._farthest = list(accumulate((span.end for span in self._spans), max))

    def meet(self, span: Span) -> bool:
        """Tell whether one of them shares a code point with another span."""
        at = bisect_left(self._starts, span.end) - 1
        return at >= 0 and self._farthest[at] > span.start

    def last(self, span: Span) -> Span | None:
        """Give the last one to begin before the end of another span, where it overlaps that."""
        at = bisect_left(self._starts, span.end) - 1
        return self._spans[at] if at >= 0 and self._spans[at].overlaps(span) else None

    def beginning_in(self, span: Span) -> tuple[Span, ...]:
        """Give those that begin inside another span, in order."""
        return tuple(self._spans[bisect_left(self._starts, span.start) : bisect_left(self._starts, span.end)])
