"""Other units, and other spellings of one unit, in the writing of a figure."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache

from evidencelint.model import Quantity, Span
from evidencelint.mutation.lexicon import fault_words
from evidencelint.quantities.lexicon import unit_names, units, written_forms


@cache
def forms(unit: str) -> tuple[str, ...]:
    """Give the written forms of a unit, the longest first; words in lower case, with their plurals."""
    return tuple(sorted((form for form, name in unit_names().items() if name == unit), key=lambda f: (-len(f), f)))


def written_form(quantity: Quantity) -> tuple[Span, str] | None:
    """Find the unit in a figure as written: its place in the document, and the form."""
    if quantity.unit is None or quantity.number is None:
        return None
    begin, end = (place - quantity.span.start for place in (quantity.number.start, quantity.number.end))
    before, after = quantity.text[:begin], quantity.text[end:]
    for form in forms(quantity.unit):
        place = after.lower().find(form) if form.islower() else after.find(form)
        if place >= 0:
            return Span(end + place, end + place + len(form)).shift(quantity.span.start), form
        place = before.rfind(form)
        if place >= 0:
            return Span(place, place + len(form)).shift(quantity.span.start), form
    return None


def other_forms(quantity: Quantity) -> Iterator[tuple[Span, str]]:
    """Yield replacements of a figure's unit by units that writers take for it, likeliest first."""
    found = written_form(quantity)
    if found is None or quantity.unit is None:
        return
    place, form = found
    for other in confused_with(quantity):
        written = form_like(form, other)
        if written is not None:
            yield place, written


def confused_with(quantity: Quantity) -> list[str]:
    """Give the units that a figure's unit is taken for: those listed, else the nearest in size of its dimension."""
    unit = quantity.unit or ""
    if unit == "percent":
        return ["percentage point"] if quantity.change != "level" else []
    listed = fault_words().units.get(unit)
    if listed is not None:
        return list(listed)
    own = units().get(unit)
    if own is None or own.size is None:
        return []
    same = [u for u in units().values() if u.dimension == own.dimension and u.size and u.size != own.size]
    size = own.size
    return [u.name for u in sorted(same, key=lambda u: (max(u.size or size, size) / min(u.size or size, size), u.name))]


def form_like(form: str, unit: str) -> str | None:
    """Give a form of a unit in the manner of another's: a word for a word, with its plural, a symbol for a symbol."""
    words, symbols = written_forms()[unit]
    if not is_word(form):
        return symbols[0] if symbols else None
    if not words:
        return None
    plural = form.endswith("s") and not form.endswith("ss")
    return plural_of(words[0], unit) if plural else words[0]


def plural_of(word: str, unit: str) -> str:
    """Give the plural of a word for a unit; shares have none ("45 percent")."""
    if units()[unit].dimension == "fraction":
        return word
    first, _, rest = word.partition(" ")
    if rest.endswith("s") or rest.startswith(("of ", "per ")):
        return f"{first}s {rest}"  # "degrees Celsius", "tonnes of CO2"
    return next((each for each in (f"{word}s", f"{word}es") if each.lower() in forms(unit)), word)


@cache
def _symbols() -> frozenset[str]:
    return frozenset(symbol for _, symbols in written_forms().values() for symbol in symbols)


def is_word(form: str) -> bool:
    """Tell whether a written form of a unit is a word and no symbol."""
    return form not in _symbols() and form[0].isalpha()
