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

# The multiples of the SI (brochure, 9th edition, table 7): symbol, and power of ten.
_PREFIXES = {
    "exa": ("E", 18),
    "peta": ("P", 15),
    "tera": ("T", 12),
    "giga": ("G", 9),
    "mega": ("M", 6),
    "kilo": ("k", 3),
    "hecto": ("h", 2),
    "deci": ("d", -1),
    "centi": ("c", -2),
    "milli": ("m", -3),
    "micro": ("µ", -6),
    "nano": ("n", -9),
    "pico": ("p", -12),
    "femto": ("f", -15),
}
_Row = tuple[str, str, Fraction | None, list[str], list[str]]


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
    moving_verbs: frozenset[str]
    not_doubled: tuple[str, ...]
    few: Mapping[str, Fraction]
    per_one: tuple[str, ...]
    of_time: tuple[str, ...]
    spells: frozenset[str]
    scored: tuple[str, ...]
    graded: tuple[str, ...]
    shares: tuple[str, ...]
    one_of: tuple[str, ...]
    moving_up: frozenset[str]
    more_than_after: frozenset[str]
    plurals: frozenset[str]
    ranked: tuple[str, ...]
    nth_of: tuple[str, ...]
    no_base: frozenset[str]
    before: tuple[tuple[Bound, re.Pattern[str]], ...]
    within: re.Pattern[str]
    after: tuple[tuple[Bound, re.Pattern[str]], ...]
    after_all: tuple[tuple[Bound, re.Pattern[str]], ...]
    emphatic: frozenset[str]
    last_words: frozenset[str]
    none_of: tuple[str, ...]
    both_of: tuple[str, ...]
    millions_of: tuple[str, ...]
    not_counted: frozenset[str]
    increase: frozenset[str]
    decrease: frozenset[str]
    moved_by: frozenset[str]
    going_from: frozenset[str]
    months: tuple[str, ...]
    labels: tuple[str, ...]
    named: tuple[str, ...]


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
            for form in (symbol, symbol.replace("µ", "μ")):  # the micro sign and the Greek letter
                found.setdefault(form, name)
    return found


@cache
def written_forms() -> Mapping[str, tuple[tuple[str, ...], tuple[str, ...]]]:
    """Map the name of a unit to its words and its symbols, as written, the usual one first."""
    return {name: (tuple(words), tuple(symbols)) for name, _, _, words, symbols in _unit_rows()}


@cache
def currency_codes() -> tuple[str, ...]:
    """Give the codes of currencies in three letters, which may stand right before a figure: "EUR7.50"."""
    codes = [form for form, name in unit_names().items() if units()[name].dimension == "money" and form.isupper()]
    return tuple(code for code in codes if code.isalpha() and len(code) == len("EUR"))


def _plurals(word: str) -> set[str]:
    first, _, rest = word.partition(" ")
    heads = {word + "s", word if word.endswith("s") else word + "es"}
    return heads | ({f"{first}s {rest}"} if rest else set())


@cache
def _unit_rows() -> tuple[_Row, ...]:
    """Give the rows of ``units.yaml``, and after them the multiples that some ask for."""
    data = load_lexicon("units")
    entries = data.get("units") if isinstance(data, dict) else None
    if not isinstance(entries, dict):
        raise ResourceError("rules/lexicon/units.yaml: expected a mapping under units")
    rows: list[_Row] = []
    multiples: list[_Row] = []
    for name, entry in entries.items():
        if not isinstance(entry, dict) or set(entry) - {"dimension", "size", "names", "symbols", "prefixes"}:
            raise ResourceError(f"rules/lexicon/units.yaml: {name}: expected dimension, size, names, symbols, prefixes")
        size = Fraction(entry["size"]) if "size" in entry else None
        row = (str(name), str(entry["dimension"]), size, _strings(entry, "names"), _strings(entry, "symbols"))
        rows.append(row)
        if "prefixes" in entry:
            multiples.extend(_multiple(row, prefix) for prefix in _strings(entry, "prefixes"))
    return (*rows, *multiples)


def _multiple(row: _Row, prefix: str) -> _Row:
    """Give a multiple of a unit: "kilo" of pascal."""
    if prefix not in _PREFIXES:
        raise ResourceError(f"rules/lexicon/units.yaml: {row[0]}: unknown prefix {prefix}")
    name, dimension, size, _, symbols = row
    sign, power = _PREFIXES[prefix]
    signs = (sign, "μ") if sign == "µ" else (sign,)
    scaled = None if size is None else size * Fraction(10) ** power
    return prefix + name, dimension, scaled, [prefix + name], [one + symbol for one in signs for symbol in symbols]


@cache
def currency_before() -> re.Pattern[str]:
    """Match a currency sign or code that ends where a number begins."""
    signs = [form for form, name in unit_names().items() if units()[name].dimension == "money" and not form.islower()]
    return re.compile(rf"(?<![A-Za-z])(?:{alternatives(signs)})\s?$")


@cache
def currency_ends() -> frozenset[str]:
    """Give every character a currency sign or code can end in, so that most numbers need no search for one."""
    return frozenset(form[-1] for form, name in unit_names().items() if units()[name].dimension == "money")


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
        moving_verbs=frozenset(_strings(data, "moving_verbs")),
        not_doubled=tuple(_strings(data, "not_doubled")),
        few=_numbers(data, "few"),
        per_one=tuple(_strings(data, "per_one")),
        of_time=tuple(_strings(data, "of_time")),
        spells=frozenset(_strings(data, "spells")),
        scored=tuple(_strings(data, "scored")),
        graded=tuple(_strings(data, "graded")),
        shares=tuple(_strings(data, "shares")),
        one_of=tuple(_strings(data, "one_of")),
        moving_up=frozenset(_strings(data, "moving_up")),
        more_than_after=frozenset(_strings(data, "more_than_after")),
        plurals=frozenset(_strings(data, "plurals")),
        nth_of=tuple(_strings(data, "nth_of")),
        ranked=tuple(_strings(data, "ranked")),
        no_base=frozenset(_strings(data, "no_base")),
        before=_bounds(data, "before", _before_shapes(data)),
        within=re.compile(rf"(?<![\w.-])(?:{alternatives(_strings(data, 'within'))})\s*$", re.IGNORECASE),
        after=_bounds(data, "after", {"": r"[\s-]+(?:{})\b"}),
        after_all=_bounds(data, "after_all", _after_shapes(data)),
        emphatic=frozenset(_strings(data, "emphatic")),
        last_words=_last_words(data),
        both_of=tuple(_strings(data, "both_of")),
        millions_of=tuple(_strings(data, "millions_of")),
        none_of=tuple(_strings(data, "none_of")),
        not_counted=frozenset(_strings(data, "not_counted")),
        increase=frozenset(_strings(data, "increase")),
        decrease=frozenset(_strings(data, "decrease")),
        going_from=frozenset(_strings(data, "going_from")),
        moved_by=frozenset(_strings(data, "moved_by")),
        months=tuple(_strings(data, "months")),
        labels=tuple(_strings(data, "labels")),
        named=tuple(_strings(data, "named")),
    )


def _before_shapes(data: Mapping[str, object]) -> dict[str, str]:
    """Give the shapes of words before a figure; a limit may have a word between, as in "at least another 12"."""
    filled = rf"(?<![\w.-])(?:{{}})(?:\s+(?:{alternatives(_strings(data, 'fillers'))}))?\s*$"
    return {"": r"(?<![\w.-])(?:{})\s*$", "at_least": filled, "at_most": filled}


def _after_shapes(data: Mapping[str, object]) -> dict[str, str]:
    """Give the shapes of words that close a figure's phrase: behind them stands a mark, a function word, or nothing."""
    mark = r"\s*(?:[,.;:!?)\]\u2013\u2014|]|-\s|$)"
    every, least = (alternatives(_strings(data, key)) for key in ("after_bound", "after_least"))
    shape = r"\s+(?:{{}})(?={}|\s+(?:{})\b)"
    return {"": shape.format(mark, every), "at_least": shape.format(mark, least)}


def _bounds(
    data: Mapping[str, object], key: str, shapes: Mapping[str, str]
) -> tuple[tuple[Bound, re.Pattern[str]], ...]:
    groups = data.get(key)
    if not isinstance(groups, dict):
        raise ResourceError(f"rules/lexicon/numbers.yaml: {key}: expected a mapping")
    found = []
    for name in groups:
        words = [word for word in _strings(groups, name) if word[-1].isalpha() or word[-1] == "."]
        signs = [word for word in _strings(groups, name) if word not in words]
        shape = shapes.get(str(name), shapes[""])
        pattern = shape.format(alternatives(words)) + (rf"|(?:{alternatives(signs)})\s*$" if signs else "")
        found.append((_bound(name), re.compile(pattern, re.IGNORECASE)))
    return tuple(found)


def _last_words(data: Mapping[str, object]) -> frozenset[str]:
    """Give the word each phrase before a figure ends in, so that most figures need no search for phrases."""
    groups = data["before"]
    phrases = [phrase for name in groups for phrase in _strings(groups, name)] if isinstance(groups, dict) else []
    phrases += [*_strings(data, "within"), *_strings(data, "fillers")]
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
