"""What the heads of columns add to a row of a table: whose figures they are, and units that the row does not say."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence

from evidencelint.claims.lexical import LexicalReader
from evidencelint.harvest.lexicon import nouns
from evidencelint.model import SLOTS
from evidencelint.quantities import read_quantities
from evidencelint.sourcetext import Block
from evidencelint.words import words

_INTERVAL = re.compile(r"(?<!\d)\d+\s*%\s*(?:CI|CrI|confidence|credible|interval)", re.IGNORECASE)
_SIGN = re.compile(r"[%‰€£$°]")
_UNIT = re.compile(r"[(,\[]\s*([^()\[\],]+)")
_BESIDES = re.compile(r"[(\[].*|,.*|[%‰€£$°]")
_FIGURE = re.compile(r"\d")


def figures_of(row: Block, lexical: LexicalReader) -> Mapping[str, Mapping[str, str]]:
    """Give the concepts that the head of its column names, by figure of a row as its text writes it once."""
    found: dict[str, dict[str, str]] = {}
    for cell, head in zip(row.cells[1:], row.heads[1:], strict=True):
        named = lexical.slots(lexical.read(head).mentions)
        slots = {slot: min(named[slot]) for slot in SLOTS if len(named[slot]) == 1}
        for quantity in read_quantities(cell) if slots else ():
            if row.text.count(quantity.text) == 1:
                found[quantity.text] = slots
    return found


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
