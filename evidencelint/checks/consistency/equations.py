"""Sums, differences, products and quotients written in symbols: "3 + 3 + 9 = 15 sessions", "2,400 x $63 = $151,200"."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from fractions import Fraction
from functools import cache
from itertools import islice, product

from evidencelint.checks.consistency.reading import Told, told
from evidencelint.checks.consistency.rounding import Reach, fits, reach, show
from evidencelint.judgement import Judgement
from evidencelint.lexicon import arithmetic_words
from evidencelint.model import Finding, Quantity
from evidencelint.quantities import convert, convertible, read_quantities
from evidencelint.quantities.lexicon import alternatives

_WORDS = r"(?:\s+[^\W\d_](?:[^\W\d_]|['’-])*){0,5}"
# a hyphen or a dash is a minus between spaces only: "3-5" is a range
_SIGN = r"\s*(?P<sign>[+×*÷/=≈]|−|(?<=\s)[-–](?=\s)|\\times|\\div|\\approx|(?<=[\s\d])x(?=[\s\d€$£]))\s*"
_SIGNED = re.compile(_WORDS + _SIGN, re.IGNORECASE)
_MATH = re.compile(r"\$(?P<inside>[\d\s.,+×*÷/=≈−-]{3,60})\$")
_DIVIDED = re.compile(r"(?P<sign>\s*[/÷])(?P<by>\s*\d[\d.,]*(?:\s+[^\W\d_]+)?)")
_JOINED_BEFORE = re.compile(r"(?:[+×*÷/=≈−^(\[]|(?<=\s)[-–x]|\d)\s*$", re.IGNORECASE)
_JOINED_AFTER = re.compile(r"\s*(?:[+×*÷/=≈^−]|[-–x](?=[\s\d])|to\s+\d)|\d", re.IGNORECASE)
_PLAIN: dict[str, str] = {"−": "-", "–": "-", "*": "×", "x": "×", "X": "×", "÷": "/", "≈": "="}
_PLAIN |= {"\\times": "×", "\\div": "/", "\\approx": "="}
_SET_ASIDE = frozenset({"p", "bound", "statistic", "date", "identifier", "ordinal", "anaphor", "vague"})
_FEWEST = 3
_MOST_TERMS = 8
_MOST_READINGS = 512
_PERCENT = Fraction(100)
_NAMES = {"+": "sum-mismatch", "-": "difference-mismatch", "×": "product-mismatch", "/": "quotient-mismatch"}


@dataclass(frozen=True, slots=True)
class Equation:
    """Terms with the signs between them (one fewer), and the figure that the text sets equal to them."""

    sentence: Told
    terms: tuple[Quantity, ...]
    signs: tuple[str, ...]
    stated: Quantity

    @property
    def rule(self) -> str:
        """Give the rule that the equation breaks if it is wrong: that of its last kind of step."""
        if self.signs == ("/",) and self.stated.unit == "times":
            return "ratio-mismatch"
        return _NAMES[next(sign for sign in "/×-+" if sign in self.signs)]


def wrong_equations(judgement: Judgement, rule: str) -> Iterator[Finding]:
    """Report the figures that one rule recomputes from an expression in symbols."""
    for equation in equations(judgement):
        if equation.rule != rule:
            continue
        truth = _truth(equation)
        if truth is None:
            continue
        shown = " ".join(piece for pair in zip(_texts(equation), (*equation.signs, ""), strict=True) for piece in pair)
        message = f"{shown.strip()} is {truth}, the text says {equation.stated.text}"
        yield Finding(rule, equation.stated.span, equation.sentence.span, message, 0.95, expected=truth)


def _texts(equation: Equation) -> list[str]:
    return [term.text for term in equation.terms]


def equations(judgement: Judgement) -> Iterator[Equation]:
    """Yield every expression of a document that is set equal to one figure."""
    for sentence in told(judgement):
        whole = _with_divisors(_with_math(sentence, judgement.source.text[sentence.span.start : sentence.span.end]))
        if len(whole.figures) >= _FEWEST:
            yield from _in_sentence(whole)


def _with_math(sentence: Told, raw: str) -> Told:
    """Let a sentence have its plain sums between dollar signs, which are no prose otherwise."""
    if len(raw) != len(sentence.text) or "$" not in raw:
        return sentence
    text, added = sentence.text, list(sentence.figures)
    for math in _MATH.finditer(raw):
        if text[math.start() : math.end()].strip():
            continue  # amounts of dollars
        start, end = math.span("inside")
        text = text[:start] + math["inside"] + text[end:]
        added += [replace(q, span=q.span.shift(sentence.span.start + start)) for q in read_quantities(math["inside"])]
    return replace(sentence, text=text, figures=tuple(sorted(added, key=lambda q: q.span)))


def _with_divisors(sentence: Told) -> Told:
    """Let "$84,000 / 120 pupils" be two figures; elsewhere it is read as one that is per 120 pupils."""
    added: list[Quantity] = []
    for figure in sentence.figures:
        divided = _DIVIDED.match(sentence.after(figure, 60))
        if divided is not None and figure.per is not None and figure.per[:1].isdigit():
            at = figure.span.end + divided.end("sign")
            found = read_quantities(divided["by"])
            added += [replace(figure, per=None), *(replace(q, span=q.span.shift(at)) for q in found[:1])]
        else:
            added.append(figure)
    return replace(sentence, figures=tuple(added))


def _in_sentence(sentence: Told) -> Iterator[Equation]:
    chain: list[Quantity] = []
    signs: list[str] = []
    for figure in (*sentence.figures, None):
        sign = None if not chain or figure is None else _sign(sentence, chain[-1], figure, signs)
        if figure is not None and sign is not None:
            chain.append(figure)
            signs.append(sign)
            continue
        found = _equation(sentence, chain, signs)
        if found is not None:
            yield found
        chain, signs = ([] if figure is None else [figure]), []


def _sign(sentence: Told, first: Quantity, second: Quantity, before: Sequence[str]) -> str | None:
    """Give the sign between two figures, a word of equality only behind an expression."""
    between = sentence.between(first, second)
    signed = _SIGNED.fullmatch(between)
    if signed is not None:
        return _PLAIN.get(signed["sign"], signed["sign"])
    return "=" if before and "=" not in before and _equals().fullmatch(between) is not None else None


def _equation(sentence: Told, chain: Sequence[Quantity], signs: Sequence[str]) -> Equation | None:
    if signs.count("=") != 1 or not _FEWEST <= len(chain) <= _MOST_TERMS:
        return None
    at = signs.index("=")
    left, right = chain[: at + 1], chain[at + 1 :]
    terms, stated = (left, right[0]) if len(right) == 1 else (right, left[0])
    steps = signs[:at] if len(right) == 1 else signs[at + 1 :]
    if min(len(left), len(right)) > 1 or any(q.role in _SET_ASIDE or q.value is None for q in chain):
        return None
    start = chain[0].span.start - sentence.span.start
    end = chain[-1].span.end - sentence.span.start
    if _JOINED_BEFORE.search(sentence.text[:start]) or _JOINED_AFTER.match(sentence.text[end:]):
        return None
    if stated.unit == "times" or all(term.unit != "times" for term in chain):
        return Equation(sentence, tuple(terms), tuple(steps), stated)
    return None


def _truth(equation: Equation) -> str | None:
    """Give what the expression comes to as text; None where some reading of it is the stated figure."""
    terms, stated = equation.terms, equation.stated
    units = {term.unit for term in terms}
    if "/" not in equation.signs and stated.unit not in {*units, None}:
        return None
    if "/" in equation.signs and not units - {None} and stated.unit not in {None, "times", "percent"}:
        return None  # "on 3/4 = 12 days" is a date
    if not {"×", "/"} & set(equation.signs) and len(units - {None}) > 1:
        return None  # two cans and one pound are no sum
    choices = [_readings(term, stated.unit) for term in terms]
    if not all(choices):
        return None
    readings = islice(product(*choices), _MOST_READINGS)
    results = [found for each in readings if (found := _reckon(each, equation.signs)) is not None]
    own = replace(stated, bound="approximate") if "/" in equation.signs and stated.bound == "exact" else stated
    shares = [result.scaled(factor) for result in results for factor in (1 / _PERCENT, Fraction(1), _PERCENT)]
    if not results or any(fits(own, result) for result in (shares if "percent" in {*units, stated.unit} else results)):
        return None
    middle = (results[0].low + results[0].high) / 2
    return show(middle, stated.step or Fraction(1, 10))


def _readings(term: Quantity, unit: str | None) -> list[Reach]:
    """Give what a term can be: its number, its share of one, its amount in the unit of the result."""
    own = reach(term)
    if own is None:
        return []
    found = [own]
    if term.unit == "percent":
        found.append(own.scaled(1 / _PERCENT))
    if term.unit is not None and unit is not None and term.unit != unit and convertible(term.unit, unit):
        found.append(Reach(convert(own.low, term.unit, unit), convert(own.high, term.unit, unit)))
    return found


def _reckon(values: Sequence[Reach], signs: Sequence[str]) -> Reach | None:
    """Work an expression out, products and quotients first."""
    sums, adding = [values[0]], []
    for sign, value in zip(signs, values[1:], strict=True):
        match sign:
            case "×":
                sums[-1] *= value
            case "/":
                quotient = sums[-1].over(value)
                if quotient is None:
                    return None
                sums[-1] = quotient
            case _:
                sums.append(value)
                adding.append(sign)
    total = sums[0]
    for sign, value in zip(adding, sums[1:], strict=True):
        total = total + value if sign == "+" else total - value
    return total


@cache
def _equals() -> re.Pattern[str]:
    words = alternatives([word for word in arithmetic_words("equals") if word[0].isalpha()])
    return re.compile(rf"{_WORDS}\s+(?:{words})\s+(?:an?\s+)?", re.IGNORECASE)
