"""Which figures of a document its own arithmetic vouches for: those that some rule of this family recomputes."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import chain

from evidencelint.checks.consistency.conversions import pairs
from evidencelint.checks.consistency.grim import means
from evidencelint.checks.consistency.moves import moves
from evidencelint.checks.consistency.pvalues import p_after
from evidencelint.checks.consistency.reading import Told, intervals, told
from evidencelint.checks.consistency.shares import triples, under_a_lead
from evidencelint.checks.consistency.tests_reported import reported_tests
from evidencelint.checks.consistency.totals import sums
from evidencelint.judgement import Judgement
from evidencelint.model import Quantity, Span


def recomputed_figures(judgement: Judgement) -> frozenset[Span]:
    """Give the places of the figures that are held against one another, whatever comes of it."""
    beside = chain.from_iterable(map(_in_sentence, told(judgement)))
    return frozenset(chain((q.span for each in sums(judgement) for q in (each.total, *each.parts)), beside))


def _in_sentence(sentence: Told) -> Iterator[Span]:
    for figure in _compared(sentence):
        yield figure.span
    tests = [sentence.part(test.start, test.end) for test in reported_tests(sentence.text)]
    yield from (q.span for q in sentence.figures if any(test.overlaps(q.span) for test in tests))


def _compared(sentence: Told) -> Iterator[Quantity]:
    for count, totals, percent in chain(triples(sentence), under_a_lead(sentence)):
        yield from (count, *totals, percent)
    yield from chain.from_iterable(chain(moves(sentence), pairs(sentence)))
    for interval in intervals(sentence):
        yield from (interval.estimate, interval.limits)
        p = p_after(sentence, interval.limits)
        if p is not None:
            yield p
    yield from (mean for mean, _, _ in means(sentence))
