"""Re-phrasings of figures: another spelling of unit or number, a rounding, a complement, a length as long."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from decimal import ROUND_HALF_EVEN, Decimal
from fractions import Fraction
from functools import cache

from evidencelint.model import Quantity, Span, Token
from evidencelint.mutation.figures import number_of
from evidencelint.mutation.lexicon import fault_words
from evidencelint.mutation.numerals import grouped
from evidencelint.mutation.reworded import subtree
from evidencelint.mutation.truth import changed, is_prose
from evidencelint.mutation.types import Carried, Edit, Site, Variant
from evidencelint.mutation.units import is_word, plural_of, written_form
from evidencelint.mutation.wording import like
from evidencelint.quantities import read_quantities
from evidencelint.quantities.lexicon import number_words, written_forms

_PLAIN = re.compile(r"\d[\d,]*(?:\.\d+)?")
_LONG = 4
_SPELLED = 20
_HUNDRED = 100
_CLOSE = Decimal("0.03")
_HELPERS = frozenset({"was", "were", "is", "are", "had", "has", "have", "did", "could", "would", "will", "can"})


def refigured(site: Site) -> Iterator[Variant]:
    """Yield the re-phrasings of each figure that a fact carries."""
    for carried in site.figures:
        yield from _unit_spelled(site, carried)
        yield from _number_spelled(site, carried)
        yield from _rounded(site, carried)
        yield from _complement(site, carried)
        yield from _as_long(site, carried)


def _kept(site: Site, kind: str, carried: Carried, edits: tuple[Edit, ...]) -> Iterator[Variant]:
    """Yield a variant whose figure reads as before."""
    quantity = carried.figure.quantity
    read = changed(site, edits, carried.figure) if all(is_prose(site, e.span) for e in edits) else None
    if read is not None and (read.value, read.low, read.high, read.unit, read.bound) == (
        *(quantity.value, quantity.low, quantity.high),
        *(quantity.unit, quantity.bound),
    ):
        yield Variant(kind, edits, carried.fact.fact.id)


def _unit_spelled(site: Site, carried: Carried) -> Iterator[Variant]:
    """Write "67 per cent" for "67%", "8 h" for "8 hours"."""
    quantity = carried.figure.quantity
    found = written_form(quantity)
    if found is None or quantity.unit is None or quantity.number is None:
        return
    place, form = found
    digits = quantity.text[quantity.number.start - quantity.span.start :][:1].isdigit()
    gap = site.page.source.text[quantity.number.end : place.start]
    if place.start < quantity.number.end or not digits or gap.strip() or quantity.text.count(form) > 1:
        return
    other = _other_form(form, quantity)
    if other is not None:
        space = "" if other == "%" else " "
        yield from _kept(site, "unit-spelling", carried, (Edit(Span(quantity.number.end, place.end), space + other),))


def _other_form(form: str, quantity: Quantity) -> str | None:
    """Give the word for a symbol, and a symbol that prose uses for a word."""
    unit = quantity.unit or ""
    words, symbols = written_forms()[unit]
    if is_word(form):
        usual = (each for each in symbols if each == "%" or (each.isalpha() and each not in fault_words().shortened))
        return next(usual, None)
    if not words:
        return None
    return words[0] if quantity.value == 1 else plural_of(words[0], unit)


def _number_spelled(site: Site, carried: Carried) -> Iterator[Variant]:
    """Write "seven" for "7" and the reverse, "1600" for "1,600" and the reverse."""
    quantity = carried.figure.quantity
    span = number_of(quantity)
    written = site.page.source.slice(span)
    plain = quantity.dimension in {"count", "duration"} and quantity.role in {"estimate", "n", "total", "duration"}
    words = _by_word()
    other: str | None = None
    if written.lower() in words and plain and span.start != site.sentence.start and words[written.lower()] > 1:
        other = str(words[written.lower()])
    elif _PLAIN.fullmatch(written) and "." not in written:
        number = int(written.replace(",", ""))
        if 1 < number <= _SPELLED and plain:
            other = next((word for word, value in words.items() if value == number), None)
            other = None if _beside_sign(site, span) else other
        elif len(str(number)) == _LONG:
            other = str(number) if "," in written else grouped(str(number))
    if other is not None:
        yield from _kept(site, "number-spelling", carried, (Edit(span, like(written, other)),))


@cache
def _by_word() -> Mapping[str, int]:
    return {word: int(value) for word, value in number_words().cardinals.items()}


def _beside_sign(site: Site, span: Span) -> bool:
    """Tell whether a number stands in a formula, a range or a hyphenated word."""
    text = site.page.source.text
    around = text[max(0, span.start - 2) : span.start] + text[span.end : span.end + 2]
    return re.search(r"[-–−=<>/+:×%(]", around) is not None


def _rounded(site: Site, carried: Carried) -> Iterator[Variant]:
    """Write "about 8%" for "8.4%", "about 210" for "212"."""
    quantity = carried.figure.quantity
    number = quantity.number
    if quantity.bound != "exact" or quantity.emphatic or quantity.value is None or number is None:
        return
    if quantity.role not in {"estimate", "cost", "dose"} or carried.derived or carried.figure.arrival:
        return
    if carried.fact.figure.quantity.value is None:
        return
    written = site.page.source.slice(number)
    short = _shorter(written) if _PLAIN.fullmatch(written) else None
    before = site.page.source.text[site.sentence.start : quantity.span.start].split()
    if short is None or not before or {word.lower() for word in before[-2:]} & fault_words().determined:
        return
    if quantity.text[: number.start - quantity.span.start].strip(" $£€") or before[-1][-1] in "(=:–-":
        return
    sign = quantity.text[: number.start - quantity.span.start]
    edits = (Edit(Span(quantity.span.start, number.end), f"about {sign}{short}"),)
    read = changed(site, edits, carried.figure) if is_prose(site, edits[0].span) else None
    if read is not None and read.bound == "approximate" and read.unit == quantity.unit:
        yield Variant("rounding", edits, carried.fact.fact.id)


def _shorter(written: str) -> str | None:
    """Give a number with two digits that mean something, or without its decimals; None where that says too little."""
    value = Decimal(written.replace(",", ""))
    digits = len(str(int(value)))
    places = -int(value.as_tuple().exponent)
    step = Decimal(10) ** (digits - 2) if places == 0 else Decimal(1)
    if (places == 0 and digits < 3) or value < 3:  # noqa: PLR2004
        return None
    rounded = (value / step).quantize(Decimal(1), ROUND_HALF_EVEN) * step
    if rounded == value or abs(rounded - value) > _CLOSE * value:
        return None
    return grouped(f"{rounded:f}") if "," in written else f"{rounded:f}"


def _complement(site: Site, carried: Carried) -> Iterator[Variant]:
    """Write "33% were not" for "67% were", where the share is the subject."""
    quantity = carried.figure.quantity
    number = quantity.number
    if number is None or quantity.value is None or not _is_plain_share(site, carried):
        return
    helper = _helper_of(site, number.start - site.sentence.start)
    rest = Fraction(_HUNDRED) - quantity.value
    written = site.page.source.slice(number)
    if helper is None or not _PLAIN.fullmatch(written) or rest <= 0:
        return
    decimals = len(written.partition(".")[2])
    after = Span(helper.span.end, helper.span.end).shift(site.sentence.start)
    edits = (Edit(number, f"{float(rest):.{decimals}f}"), Edit(after, " not"))
    read = changed(site, edits, carried.figure) if is_prose(site, number) else None
    if read is not None and read.value == rest:
        yield Variant("complement", edits, carried.fact.fact.id)


def _is_plain_share(site: Site, carried: Carried) -> bool:
    """Tell whether a figure is the only one of its sentence, and an exact share of a whole."""
    quantity = carried.figure.quantity
    figures = [figure for claim in site.claims for figure in claim.figures]
    exact = quantity.bound == "exact" and quantity.step != 0 and not carried.derived
    return len(figures) == 1 and quantity.dimension == "fraction" and quantity.change == "level" and exact


def _helper_of(site: Site, place: int) -> Token | None:
    """Give the auxiliary of a sentence whose subject holds the number at a place, where "not" can follow it."""
    tokens = site.tokens
    root = next((i for i, t in enumerate(tokens) if t.dep == "ROOT"), None)
    before = site.text[:place].split()
    if root is None or any(t.dep == "neg" for t in tokens) or _is_determined(before):
        return None
    subject = next((i for i, t in enumerate(tokens) if t.head == root and t.dep in {"nsubj", "nsubjpass"}), None)
    inside = subtree(tokens, subject) if subject is not None else []
    if not any(tokens[i].span.start <= place < tokens[i].span.end for i in inside):
        return None
    helpers = (t for i, t in enumerate(tokens) if root in {i, t.head} and t.text.lower() in _HELPERS and t.pos == "AUX")
    helper = next(helpers, None)
    fits = helper is not None and helper.span.start > place and not _has_main(tokens, helper)
    return helper if fits else None


def _is_determined(before: Sequence[str]) -> bool:
    return bool(before) and before[-1].lower() in fault_words().determined


def _has_main(tokens: Sequence[Token], helper: Token) -> bool:
    """Tell whether "had" is no helper but says what somebody had."""
    verbs = {"VBN", "VB"}
    return helper.text.lower() not in {"was", "were", "is", "are"} and tokens[helper.head].tag not in verbs


@cache
def _lengths() -> Mapping[tuple[Fraction | None, str | None], tuple[str, ...]]:
    """Map a length to the ways of writing others that are as long, in another unit."""
    found: dict[tuple[Fraction | None, str | None], tuple[str, ...]] = {}
    for group in fault_words().lengths:
        read = {entry: read_quantities(f"after {entry} of")[0] for entry in group}
        for quantity in read.values():
            others = tuple(entry for entry, other in read.items() if other.unit != quantity.unit)
            found[quantity.value, quantity.unit] = others
    return found


def _as_long(site: Site, carried: Carried) -> Iterator[Variant]:
    """Write "a year" for "12 months"."""
    quantity = carried.figure.quantity
    others = _lengths().get((quantity.value, quantity.unit), ())
    if quantity.dimension != "duration" or quantity.bound != "exact" or not others or quantity.role == "age":
        return
    text = site.page.source.text
    before = text[site.sentence.start : quantity.span.start].split()
    if "-" in quantity.text or quantity.number is None or quantity.number.start != quantity.span.start:
        return
    if quantity.text.isdigit():
        return  # "year 1"
    if _is_determined(before):
        return
    if text[quantity.span.end : quantity.span.end + 1] in {"-", "'", "’"} or not is_prose(site, quantity.span):
        return
    edit = Edit(quantity.span, like(quantity.text, others[0]))
    read = changed(site, (edit,), carried.figure)
    if read is not None and read.dimension == "duration":
        yield Variant("same-length", (edit,), carried.fact.fact.id)
