"""The number words and units of ``rules/lexicon``, validated once and kept as exact fractions."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from fractions import Fraction
from functools import cache

from evidencelint.errors import ResourceError
from evidencelint.model import Bound
from evidencelint.resources import load_lexicon

_SHORTEST_NAME = 3


@dataclass(frozen=True, slots=True)
class Unit:
    """A unit: its name, dimension, and size in the dimension's base unit (None where none is fixed)."""

    name: str
    dimension: str
    size: Fraction | None


@dataclass(frozen=True, slots=True)
class NumberWords:
    """Every word list of ``numbers.yaml``, ready to use."""

    cardinals: Mapping[str, Fraction]
    scales: Mapping[str, Fraction]
    suffixes: Mapping[str, Fraction]
    denominators: Mapping[str, int]
    glyphs: Mapping[str, Fraction]
    ordinals: Mapping[str, Fraction]
    romans: Mapping[str, Fraction]
    roman_labels: tuple[str, ...]
    factors: Mapping[str, Fraction]
    moving: frozenset[str]
    not_doubled: tuple[str, ...]
    before: tuple[tuple[Bound, re.Pattern[str]], ...]
    after: tuple[tuple[Bound, re.Pattern[str]], ...]
    emphatic: frozenset[str]
    last_words: frozenset[str]
    none_of: tuple[str, ...]
    both_of: tuple[str, ...]
    millions_of: tuple[str, ...]
    not_counted: frozenset[str]
    increase: frozenset[str]
    decrease: frozenset[str]
    moved_by: frozenset[str]
    months: tuple[str, ...]
    labels: tuple[str, ...]


@cache
def units() -> Mapping[str, Unit]:
    """Give the units by name."""
    return {name: Unit(name, dimension, size) for name, dimension, size, _, _ in _unit_rows()}


@cache
def unit_names() -> Mapping[str, str]:
    """Map a written form (lower case for words, as is for symbols) to the name of its unit."""
    found: dict[str, str] = {}
    for name, _, _, words, symbols in _unit_rows():
        for word in words:
            for form in {word.lower(), *_plurals(word.lower())}:
                found.setdefault(form, name)
        for symbol in symbols:
            found[symbol] = name
    return found


def _plurals(word: str) -> set[str]:
    first, _, rest = word.partition(" ")
    heads = {word + "s", word if word.endswith("s") else word + "es"}
    return heads | ({f"{first}s {rest}"} if rest else set())


def _unit_rows() -> list[tuple[str, str, Fraction | None, list[str], list[str]]]:
    data = load_lexicon("units")
    entries = data.get("units") if isinstance(data, dict) else None
    if not isinstance(entries, dict):
        raise ResourceError("rules/lexicon/units.yaml: expected a mapping under units")
    rows = []
    for name, entry in entries.items():
        if not isinstance(entry, dict) or set(entry) - {"dimension", "size", "names", "symbols"}:
            raise ResourceError(f"rules/lexicon/units.yaml: {name}: expected dimension, size, names, symbols")
        size = Fraction(entry["size"]) if "size" in entry else None
        rows.append((str(name), str(entry["dimension"]), size, _strings(entry, "names"), _strings(entry, "symbols")))
    return rows


@cache
def currency_before() -> re.Pattern[str]:
    """Match a currency sign or code that ends where a number begins."""
    signs = [form for form, name in unit_names().items() if units()[name].dimension == "money" and not form.islower()]
    return re.compile(rf"(?<![A-Za-z])(?:{alternatives(signs)})\s?$")


@cache
def measures() -> str:
    """Give the alternatives of unit names that a part can be taken of: "half an hour", "a third of a mile"."""
    whole = {"fraction", "points", "ratio", "money-minor", "share"}
    forms = [form for form in unit_names() if form.isalpha() and len(form) >= _SHORTEST_NAME]
    return alternatives([form for form in forms if units()[unit_names()[form]].dimension not in whole])


@cache
def number_words() -> NumberWords:
    """Give the word lists of ``numbers.yaml``."""
    data = load_lexicon("numbers")
    if not isinstance(data, dict):
        raise ResourceError("rules/lexicon/numbers.yaml: expected a mapping")
    return NumberWords(
        cardinals=_numbers(data, "cardinals"),
        scales=_numbers(data, "scales"),
        suffixes=_numbers(data, "suffixes"),
        denominators={word: int(value) for word, value in _numbers(data, "denominators").items()},
        glyphs=_numbers(data, "glyphs"),
        ordinals=_numbers(data, "ordinals"),
        romans=_numbers(data, "romans"),
        roman_labels=tuple(_strings(data, "roman_labels")),
        factors=_numbers(data, "factors"),
        moving=frozenset(_strings(data, "moving")),
        not_doubled=tuple(_strings(data, "not_doubled")),
        before=_bounds(data, "before", r"(?<![\w.-])(?:{})\s*$"),
        after=_bounds(data, "after", r"[\s-]+(?:{})\b"),
        emphatic=frozenset(_strings(data, "emphatic")),
        last_words=_last_words(data),
        both_of=tuple(_strings(data, "both_of")),
        millions_of=tuple(_strings(data, "millions_of")),
        none_of=tuple(_strings(data, "none_of")),
        not_counted=frozenset(_strings(data, "not_counted")),
        increase=frozenset(_strings(data, "increase")),
        decrease=frozenset(_strings(data, "decrease")),
        moved_by=frozenset(_strings(data, "moved_by")),
        months=tuple(_strings(data, "months")),
        labels=tuple(_strings(data, "labels")),
    )


def _bounds(data: Mapping[str, object], key: str, shape: str) -> tuple[tuple[Bound, re.Pattern[str]], ...]:
    groups = data.get(key)
    if not isinstance(groups, dict):
        raise ResourceError(f"rules/lexicon/numbers.yaml: {key}: expected a mapping")
    found = []
    for name in groups:
        words = [word for word in _strings(groups, name) if word[-1].isalpha() or word[-1] == "."]
        signs = [word for word in _strings(groups, name) if word not in words]
        pattern = shape.format(alternatives(words)) + (rf"|(?:{alternatives(signs)})\s*$" if signs else "")
        found.append((_bound(name), re.compile(pattern, re.IGNORECASE)))
    return tuple(found)


def _last_words(data: Mapping[str, object]) -> frozenset[str]:
    """Give the word each phrase before a figure ends in, so that most figures need no search for phrases."""
    groups = data["before"]
    phrases = [phrase for name in groups for phrase in _strings(groups, name)] if isinstance(groups, dict) else []
    return frozenset(phrase.split()[-1].lower() for phrase in phrases)


def _bound(name: object) -> Bound:
    match name:
        case "exact" | "approximate" | "less" | "at_most" | "more" | "at_least":
            return name
        case _:
            raise ResourceError(f"rules/lexicon/numbers.yaml: unknown bound {name!r}")


def alternatives(words: list[str]) -> str:
    """Join words into a pattern, longest first, with any white space between their parts."""
    ordered = sorted(words, key=lambda word: (-len(word), word))
    return "|".join(r"\s+".join(re.escape(part) for part in word.split()) for word in ordered)


def _numbers(data: Mapping[str, object], key: str) -> dict[str, Fraction]:
    values = data.get(key)
    if not isinstance(values, dict):
        raise ResourceError(f"rules/lexicon/numbers.yaml: {key}: expected a mapping")
    return {str(word): Fraction(str(value)) for word, value in values.items()}


def _strings(data: Mapping[str, object], key: str) -> list[str]:
    values = data.get(key)
    if not isinstance(values, list) or not all(isinstance(value, str) for value in values):
        raise ResourceError(f"rules/lexicon: {key}: expected a list of words (quote no, on, off and numbers)")
    return list(values)
