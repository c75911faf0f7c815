"""Faults of figures: another value, another unit, two exchanged, a bound or an "about" lost."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import combinations, islice

from evidencelint.frames import Figure
from evidencelint.matching.values import compare
from evidencelint.model import Quantity, Span
from evidencelint.mutation.lexicon import fault_words
from evidencelint.mutation.numerals import digest, other_numbers
from evidencelint.mutation.truth import Truth, changed, is_prose
from evidencelint.mutation.types import Carried, Edit, Site, Variant
from evidencelint.mutation.units import other_forms
from evidencelint.mutation.wording import like, with_article

_UPPER = frozenset({"less", "at_most"})
_TRIES = 12


def figure_faults(site: Site, truth: Truth) -> Iterator[Variant]:
    """Yield every fault that the figures of a sentence admit."""
    for carried in site.figures:
        for make in (_values, _units, _limits):
            yield from make(site, carried, truth)
    yield from _exchanges(site)


def number_of(quantity: Quantity) -> Span:
    """Give the place of a figure's number."""
    return quantity.number or quantity.span


def _values(site: Site, carried: Carried, truth: Truth) -> Iterator[Variant]:
    """Give the figure one other value, in the same writing, that no fact has for such a thing."""
    quantity = carried.figure.quantity
    span = number_of(quantity)
    # the level of an interval (95%) is no finding
    level = quantity.role == "bound" and quantity.value is not None
    if level or not is_prose(site, span):
        return
    written = site.page.source.slice(span)
    seed = digest(site.text, span.start - site.sentence.start)
    for number in islice(other_numbers(written, seed), _TRIES):
        edit = Edit(span, like(written, number))
        read = changed(site, (edit,), carried.figure)
        if read is None or not _same_kind(read, quantity) or not _possible(read) or truth.carries(carried, read):
            continue
        yield Variant("value", (edit,), carried.fact.fact.id)
        return


def _same_kind(read: Quantity, quantity: Quantity) -> bool:
    """Tell whether only the value of a figure differs."""
    kept = (read.unit, read.bound, read.dimension) == (quantity.unit, quantity.bound, quantity.dimension)
    return kept and (read.value, read.low, read.high) != (quantity.value, quantity.low, quantity.high)


def _possible(quantity: Quantity) -> bool:
    """Tell whether a figure is one that a writer could believe: no share over the whole, no range upside down."""
    if quantity.low is not None and quantity.high is not None and quantity.low >= quantity.high:
        return False
    whole = quantity.dimension == "fraction" and quantity.change == "level"
    return not whole or (quantity.value or quantity.high or 0) <= 100  # noqa: PLR2004 - percent


def _units(site: Site, carried: Carried, truth: Truth) -> Iterator[Variant]:
    """Give the figure the unit that is likeliest taken for its own, or another pace."""
    quantity = carried.figure.quantity
    if quantity.unit is not None:
        for span, form in other_forms(quantity):
            edit = Edit(span, form)
            read = changed(site, (edit,), carried.figure) if is_prose(site, span) else None
            if read is None or read.unit == quantity.unit or truth.carries(carried, read):
                continue
            yield Variant("unit", (edit,), carried.fact.fact.id)
            break
    if quantity.per is not None:
        yield from _paces(site, carried, truth)


def _paces(site: Site, carried: Carried, truth: Truth) -> Iterator[Variant]:
    quantity = carried.figure.quantity
    last = (quantity.per or "").split()[-1]
    other = fault_words().paces.get(last)
    start = quantity.span.end - site.sentence.start
    found = re.compile(rf"\b(a|an|per|each|every)\s+({last})\b").search(site.text, start, start + 40)
    if other is None or found is None:
        return
    span = Span(*found.span(2)).shift(site.sentence.start)
    span, text = with_article(site.page.source.text, span, other)
    edit = Edit(span, text)
    read = changed(site, (edit,), carried.figure) if is_prose(site, span) else None
    if read is not None and read.per != quantity.per and not truth.carries(carried, read):
        yield Variant("unit", (edit,), carried.fact.fact.id)


def _limits(site: Site, carried: Carried, _: Truth) -> Iterator[Variant]:
    """Strike out an "up to", or say "exactly" for "about" and "more than", where the fact has the same.

    To leave "about" or "at least" out is no fault that the linter reports: most readers take a round number as round.
    """
    quantity, fact = carried.figure.quantity, carried.fact.figure.quantity
    kind = "bound" if quantity.bound in _UPPER else "approximation"
    if quantity.bound == "exact" or quantity.value is None or quantity.number is None or fact.bound != quantity.bound:
        return
    head = Span(quantity.span.start, _start_of_figure(site, quantity))
    if quantity.dimension == "duration" and site.page.source.slice(head).strip().lower() == "over":
        return  # "over one year" is as often the time it took
    if not len(head) or not is_prose(site, head):
        return
    first = site.page.source.text[head.end : head.end + 1]
    edits = (Edit(head, ""),)
    if kind == "approximation":
        edits = (Edit(head, like(site.page.source.slice(head), fault_words().exact + " ")),)
    elif head.start == site.sentence.start and first.islower():
        edits = (Edit(Span(head.start, head.end + 1), first.upper()),)
    read = changed(site, edits, carried.figure)
    if read is not None and read.bound == "exact" and compare(read, fact) == "sharpened":
        yield Variant(kind, edits, carried.fact.fact.id)


def _start_of_figure(site: Site, quantity: Quantity) -> int:
    """Give where a figure begins after the words that bound it: at its number, or its sign of money."""
    start = number_of(quantity).start
    before = site.page.source.text[quantity.span.start : start]
    sign = re.search(r"\S*[^\w\s<>~≈≥≤]\s?$|\b[A-Z]{3}\s?$", before)
    return start - len(sign[0]) if sign is not None else start


def _exchanges(site: Site) -> Iterator[Variant]:
    """Exchange two figures that one fact tells of different things."""
    for first, second in combinations(site.figures, 2):
        if not _exchangeable(first, second):
            continue
        one, other = number_of(first.figure.quantity), number_of(second.figure.quantity)
        if one.end > other.start:
            one, other = other, one
        text = site.page.source
        alike = text.slice(one)[:1].isdigit() is text.slice(other)[:1].isdigit()
        if not (alike and is_prose(site, one) and is_prose(site, other)) or one.end > other.start:
            continue
        edits = (Edit(one, like(text.slice(one), text.slice(other))), Edit(other, text.slice(one).lower()))
        yield Variant("swapped", edits, first.fact.fact.id)


def _exchangeable(first: Carried, second: Carried) -> bool:
    a, b = first.figure.quantity, second.figure.quantity
    if first.fact.fact.id != second.fact.fact.id or first.fact is second.fact or first.derived or second.derived:
        return False
    alike = (a.unit, a.dimension, a.role, a.change, a.bound) == (b.unit, b.dimension, b.role, b.change, b.bound)
    if not alike or not a.value or not b.value or a.role in {"n", "total", "p"}:
        return False
    apart = compare(a, second.fact.figure.quantity) == compare(b, first.fact.figure.quantity) == "differs"
    return apart and _told_apart(first.figure, second.figure) and _counts_alike(a, b)


def _told_apart(first: Figure, second: Figure) -> bool:
    """Tell whether each of two figures has words of its own, so that exchanging them says something else."""
    return bool(first.local - second.local) and bool(second.local - first.local)


def _counts_alike(a: Quantity, b: Quantity) -> bool:
    return a.dimension != "count" or a.counted == b.counted or a.counted is None or b.counted is None
