"""Parts that a text says make up a whole: rows above "Total", what a thing "consists of", women and men in brackets."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import cache
from itertools import groupby

from evidencelint.checks.consistency.reading import Told
from evidencelint.checks.consistency.rounding import fits, reach, show
from evidencelint.judgement import Judgement
from evidencelint.lexicon import exhaustive_pairs, whole_words
from evidencelint.model import Finding, Passage, Quantity, Span
from evidencelint.quantities import read_quantities
from evidencelint.quantities.lexicon import alternatives

_FEWEST = 2
_HUNDRED = 100
_PLAIN_ROLES = frozenset({"estimate", "n", "total", "cost"})
_DIMENSIONS = frozenset({"count", "money", "mass", "area", "energy", "emission", "volume", "length", "duration"})
_SURE = 0.85


def tables(judgement: Judgement) -> Iterator[Finding]:
    """Report a row called "Total" that is not the sum of the rows above it."""
    for table in _tables(judgement.document.passages):
        columns: dict[tuple[str, ...], list[Passage]] = {}
        for cell in table:
            if cell.row and cell.column:
                columns.setdefault(cell.column, []).append(cell)
        for cells in columns.values():
            yield from _column(cells)


def _tables(passages: Sequence[Passage]) -> Iterator[list[Passage]]:
    """Yield the body cells of each table; a table begins with the cells of its head, which have no column."""
    table: list[Passage] = []
    for passage in passages:
        begins = passage.kind != "cell" or not passage.column
        if begins and table:
            yield table
            table = []
        elif not begins:
            table.append(passage)
    if table:
        yield table


def _column(cells: Sequence[Passage]) -> Iterator[Finding]:
    """Check the one total of a column against all cells above it; a column with any other text claims no sum."""
    totals = [index for index, cell in enumerate(cells) if _is_total(cell)]
    if len(totals) != 1 or totals[0] < _FEWEST or totals[0] != len(cells) - 1:
        return
    read = [_only_figure(cell) for cell in cells]
    parts = [figure for figure in read[:-1] if figure is not None]
    total = read[-1]
    if total is None or len(parts) != len(cells) - 1 or any(_opens(cell.row[0]) for cell in cells[:-1]):
        return
    shares = total.unit == "percent" and total.value == _HUNDRED
    if not (shares or total.dimension in _DIMENSIONS) or any(part.unit != total.unit for part in parts):
        return
    place = cells[-1].span
    yield from _unlike(parts, total, place, total.span.shift(place.start), larger=not shares)


def _is_total(cell: Passage) -> bool:
    return cell.row[0].strip(" *_:").lower() in _words("total_rows")


def _only_figure(cell: Passage) -> Quantity | None:
    """Give the figure of a cell that holds one and nothing else."""
    found = [q for q in read_quantities(cell.text) if q.role in _PLAIN_ROLES]
    if len(found) != 1 or found[0].value is None or found[0].bound != "exact" or found[0].per is not None:
        return None
    rest = (cell.text[: found[0].span.start] + cell.text[found[0].span.end :]).strip(" *_~")
    return found[0] if not rest else None


def _unlike(
    parts: Sequence[Quantity], total: Quantity, claim: Span, place: Span, *, larger: bool = True
) -> Iterator[Finding]:
    reaches = [each for each in map(reach, parts) if each is not None]
    values = [part.value for part in parts if part.value is not None]
    if len(reaches) != len(parts) or len(parts) < _FEWEST or total.value is None:
        return
    if larger and total.value <= max(values):
        return  # a mean, or the largest: no sum is claimed
    truth = sum(reaches[1:], start=reaches[0])
    if fits(total, truth):
        return
    mark = "%" if total.unit == "percent" else ""
    expected = show((truth.low + truth.high) / 2, total.step) + mark
    shown = " + ".join(part.text for part in parts)
    message = f"{shown} is {expected}, the text says {total.text}"
    yield Finding("sum-mismatch", place, claim, message, _SURE, expected=expected)


def made_of(sentence: Told) -> Iterator[Finding]:
    """Report "the budget of £1,200 consists of £500, £400 and £200", where that is not their sum."""
    found = _made_of().search(sentence.text)
    if found is None or _opens(sentence.text[found.end() :]):
        return
    at = sentence.span.start + found.start()
    before = [q for q in sentence.figures if q.span.end <= at]
    parts = [q for q in sentence.figures if q.span.start >= at]
    if len(before) != 1 or not _is_plain(before[0]) or not all(map(_is_plain, parts)):
        return
    if all(part.unit == before[0].unit for part in parts):
        yield from _unlike(parts, before[0], sentence.span, before[0].span)


def lists(judgement: Judgement) -> Iterator[Finding]:
    """Report "The budget of £1,200 is split into:" with items that do not add up to it."""
    items = (p for p in judgement.document.passages if p.kind == "item" and p.lead_ins)
    for lead_ins, group in groupby(items, key=lambda item: item.lead_ins):
        found = _made_of().search(lead_ins[-1])
        listed = list(group)
        wholes = [q for q in read_quantities(lead_ins[-1]) if q.role in _PLAIN_ROLES]
        if found is None or len(wholes) != 1 or wholes[0].span.end > found.start() or not _is_plain(wholes[0]):
            continue
        parts = [_first_figure(item) for item in listed]
        named = [part for part in parts if part is not None and part.unit == wholes[0].unit]
        if len(named) == len(listed) and not any(_opens(item.text) for item in listed):
            last = listed[-1]
            place = named[-1].span.shift(last.span.start)
            yield from _unlike(named, wholes[0], last.span, place)


def _first_figure(item: Passage) -> Quantity | None:
    """Give the figure that an item begins with, if it is the only one."""
    found = [q for q in read_quantities(item.text) if q.role in _PLAIN_ROLES]
    begins = len(found) == 1 and not item.text[: found[0].span.start].strip(" *_")
    return found[0] if begins and _is_plain(found[0]) else None


def both_halves(sentence: Told) -> Iterator[Finding]:
    """Report "200 people (110 women and 80 men)": two kinds that between them are all there is."""
    for match in _halves().finditer(sentence.text):
        places = [sentence.part(*match.span(name)) for name in ("whole", "one", "other")]
        figures = [next((q for q in sentence.figures if q.span.overlaps(place)), None) for place in places]
        whole, one, other = figures
        kinds = frozenset({match["kind"].lower(), match["rest"].lower()})
        if whole is None or one is None or other is None or kinds not in exhaustive_pairs():
            continue
        if all(map(_is_plain, (whole, one, other))) and whole.unit == one.unit == other.unit:
            yield from _unlike([one, other], whole, sentence.span, whole.span)


def _is_plain(quantity: Quantity) -> bool:
    level = quantity.change == "level" and quantity.bound == "exact" and quantity.role in _PLAIN_ROLES
    return level and quantity.value is not None and quantity.dimension in _DIMENSIONS and quantity.per is None


def _opens(text: str) -> bool:
    """Tell whether a text says that parts are left out, or lie in one another."""
    return _open().search(text) is not None


@cache
def _words(name: str) -> frozenset[str]:
    return frozenset(whole_words(name))


@cache
def _open() -> re.Pattern[str]:
    return re.compile(rf"(?<![\w-])(?:{alternatives(list(whole_words('open_parts')))})(?![\w-])", re.IGNORECASE)


@cache
def _made_of() -> re.Pattern[str]:
    return re.compile(rf"\b(?:{alternatives(list(whole_words('made_of')))})\b", re.IGNORECASE)


@cache
def _halves() -> re.Pattern[str]:
    kinds = alternatives(sorted({kind for pair in exhaustive_pairs() for kind in pair}))
    figure = r"\d[\d,]*"
    return re.compile(
        rf"(?<![\w.,-])(?P<whole>{figure})\s+(?:[a-z-]+\s+){{1,4}}?\((?P<one>{figure})\s+(?P<kind>{kinds})\s*(?:,|;|and|,\s+and)"
        rf"\s*(?P<other>{figure})\s+(?P<rest>{kinds})\)",
        re.IGNORECASE,
    )
