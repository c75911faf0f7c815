"""What the heads of columns add to a row of a table: whose figures they are, and units that the row does not say."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence

from evidencelint.claims.lexical import LexicalReader
from evidencelint.harvest.lexicon import nouns
from evidencelint.quantities import read_quantities
from evidencelint.sources.text import Block
from evidencelint.words import words

_INTERVAL = re.compile(r"(?<!\d)\d+\s*%\s*(?:CI|CrI|confidence|credible|interval)", re.IGNORECASE)
_SIGN = re.compile(r"[%‰€£$°]")
# "Control, 3 months" says when, not in what
_UNIT = re.compile(r"[(,\[](?!\s*\d)\s*([^()\[\],]+)")
_BAR = " | "
_BESIDES = re.compile(r"[(\[].*|,.*|[%‰€£$°]")
_FIGURE = re.compile(r"\d")


def figures_of(row: Block, lexical: LexicalReader) -> Mapping[str, Mapping[str, str]]:
    """Give the concepts that the head of its column names, by a piece of the row that holds one figure.

    That is the figure where the row has it once; else it is with the cell beside it.
    """
    found: dict[str, dict[str, str]] = {}
    for number, (cell, head) in enumerate(zip(row.cells, row.heads, strict=True)):
        named = lexical.slots(lexical.read(head).mentions) if number else {}
        slots = {slot: min(names) for slot, names in named.items() if len(names) == 1}
        for quantity in read_quantities(cell) if slots else ():
            piece = next((p for p in _pieces(row, number, quantity.text) if row.text.count(p) == 1), None)
            if piece is not None:
                found[piece] = slots
    return found


def _pieces(row: Block, number: int, figure: str) -> Iterator[str]:
    yield figure
    cells = row.cells
    if cells[number] != figure:
        yield cells[number]
    if number > 1:
        yield _BAR.join(cells[number - 1 : number + 1])
    if number + 1 < len(cells):
        yield _BAR.join(cells[number : number + 2])


def heads_of(rows: Sequence[Block]) -> Iterator[str]:
    """Yield what the heads of columns say, each once, without units and what stands in brackets."""
    heads = (_BESIDES.sub("", head).strip() for row in rows for head in row.heads[1:])
    yield from dict.fromkeys(head for head in heads if head)


def name_measures(heads: Sequence[str]) -> bool:
    """Tell whether heads of columns name outcomes, so that a row begins with whose they are."""
    return any(nouns().has("measures", word.text) for head in heads for word in words(head))


def is_clear(row: Block) -> bool:
    """Tell whether a row can be quoted by itself: no unit of its figures stands in the head of a column only."""
    return not any(_has_unit(head) and _is_bare(cell) for cell, head in zip(row.cells, row.heads, strict=True))


def _has_unit(head: str) -> bool:
    plain = _INTERVAL.sub("", head)
    if _SIGN.search(plain) is not None:
        return True
    return any(q.unit is not None for piece in _UNIT.findall(plain) for q in read_quantities(f"2 {piece}"))


def _is_bare(cell: str) -> bool:
    figures = read_quantities(cell)
    return _FIGURE.search(cell) is not None and all(quantity.unit is None for quantity in figures)
