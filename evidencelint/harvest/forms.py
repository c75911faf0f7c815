"""Concepts that their form gives away in any field: ages, people without something, numbered weeks, instruments."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from itertools import combinations

from evidencelint.harvest.lexicon import nouns
from evidencelint.harvest.suggestions import Suggestion, slug
from evidencelint.words import stems

_OVER = re.compile(
    r"\baged (\d+)(?: years)? (?:or|and) (?:over|older|above)\b|\b(\d+) years (?:or|and) older\b", re.IGNORECASE
)
_UNDER = re.compile(
    r"\b(?:aged|(?P<who>\w+)) (?:under|younger than|below) (?P<age>\d+)(?=[.,;)]|$| (?:and|or|years)\b| \()",
    re.IGNORECASE,
)
_AGES = re.compile(r"\baged (\d+) ?(?:to|-|–) ?(\d+)\b", re.IGNORECASE)
_NUMBERED = re.compile(r"\b(week|month|day|year|wave|visit|session) (\d{1,3})\b", re.IGNORECASE)
_NTH = re.compile(r"\b(\w+) (week|month|year|wave|visit|session)\b", re.IGNORECASE)
_LENGTH = re.compile(r"\b(\d{1,3})[ -](day|week|month|year)s?\b", re.IGNORECASE)
_NUMBERS = (*("one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve"),)
_NTHS = ("first", "second", "third", "fourth", "fifth", "sixth", "seventh", "eighth", "ninth", "tenth")
_INSTRUMENT = re.compile(
    r"\b([A-Z][A-Za-z]*-(?:\d+[A-Z]*|[IVX]+)) (?:scores?|scale|questionnaire|inventory|index|total)\b"
)
_YOUNGER = re.compile(r"\byounger (?P<who>[a-z]+)\b")
_AMOUNT = r"(?<![\d.,])(\d{1,12}(?:[.,]\d{1,12}){0,4})\s?(%|[^\W\d_]{1,40})"
_AT_LEAST = re.compile(rf"\bat least {_AMOUNT}|\b{_AMOUNT} or (?:more|above|over|higher)\b", re.IGNORECASE)
_WITHOUT = re.compile(r"\b(\w+) without ")


def suggest_forms(
    texts: Sequence[str], known: Sequence[Suggestion], heads: Sequence[str] = ()
) -> tuple[list[Suggestion], list[tuple[str, ...]]]:
    """Give the concepts that are known by their form, and the pairs and sets of ids that exclude one another.

    ``heads`` are those of the columns of tables, whose figures only they say the time of.
    """
    found: dict[str, Suggestion] = {}
    for suggestion in (made for head in heads for made in _lengths(head)):
        found.setdefault(suggestion.id, suggestion)
    for index, text in enumerate(texts):
        formed = (*_ages(text), *_younger(text), *_limits(text), *_numbered(text), *_instruments(text))
        for suggestion in (*formed, *_without(text, known)):
            found.setdefault(suggestion.id, suggestion).sentences.add(index)
    taken = {suggestion.id for suggestion in known}
    times = Counter(_unit(s) for s in found.values() if s.slot == "timepoint")
    # a single numbered week is told from no other
    own = [
        suggestion
        for suggestion in found.values()
        if suggestion.id not in taken and (suggestion.slot != "timepoint" or times[_unit(suggestion)] > 1)
    ]
    return own, list(_sets(own))


def _form(slot: str, names: Sequence[str]) -> Suggestion:
    return Suggestion(slot, slug(names[0]), list(names), keys={stems(name) for name in names})


def _ages(text: str) -> Iterator[Suggestion]:
    for found in _OVER.finditer(text):
        age = found[1] or found[2]
        ways = (f"aged {age} or over", f"aged {age} and over", f"{age} or older", f"{age} and older")
        yield _form("population", [*ways, f"{age} years or older", f"over {age}", f"over-{age}s", f"over {age}s"])
    for found in _UNDER.finditer(text):
        age = found["age"]
        if found["who"] is None or nouns().has("people", found["who"]):
            ways = (f"under {age}", f"aged under {age}", f"younger than {age}", f"below {age}")
            yield _form("population", [*ways, f"under-{age}s", f"under {age}s"])
    for found in _AGES.finditer(text):
        low, high = found[1], found[2]
        ways = (
            f"aged {low} to {high}",
            f"aged {low}-{high}",
            f"{low} to {high} years old",
            f"{low} to {high} year olds",
        )
        yield _form("population", [*ways, f"{low}-{high} year olds", f"{low}- to {high}-year-olds"])


def _younger(text: str) -> Iterator[Suggestion]:
    """Take the younger ones beside an age for those below it: "aged 80 or over (37%) than among younger patients"."""
    over, younger = list(_OVER.finditer(text)), _YOUNGER.search(text)
    if len(over) == 1 and younger is not None and younger["who"].endswith(("s", "people", "men", "children")):
        age = over[0][1] or over[0][2]
        own = [younger[0], "younger people", "younger ones"]
        yield _form("population", [f"under {age}", f"under-{age}s", f"younger than {age}", *dict.fromkeys(own)])


def _limits(text: str) -> Iterator[Suggestion]:
    """Find who is on either side of one limit in a sentence: "160 mmHg or more", "started below 160 mmHg"."""
    for found in _AT_LEAST.finditer(text):
        number, unit = (found[1], found[2]) if found[1] else (found[3], found[4])
        amount = f"{number}%" if unit == "%" else f"{number} {unit}"
        if (
            unit.startswith("year")
            or re.search(rf"\b(?:below|under|less than) {re.escape(amount)}(?!\w)", text) is None
        ):
            continue
        ways = [f"{amount} or {more}" for more in ("more", "above", "over", "higher")]
        above = _form("population", [*ways, f"at least {amount}", f"above {amount}", f"{number} or more"])
        ways = [f"{way} {of}" for of in (amount, number) for way in ("below", "under", "less than")]
        below = _form("population", ways)
        below.lacks = above.id
        yield from (above, below)


def _numbered(text: str) -> Iterator[Suggestion]:
    """Take "week 8" and "the eighth week" for one time point."""
    pairs = [(found[1].lower(), int(found[2])) for found in _NUMBERED.finditer(text)]
    pairs += [
        (found[2].lower(), _NTHS.index(found[1].lower()) + 1)
        for found in _NTH.finditer(text)
        if found[1].lower() in _NTHS
    ]
    for unit, number in pairs:
        nth = [f"{_NTHS[number - 1]} {unit}"] if 0 < number <= len(_NTHS) else []
        yield _form("timepoint", [f"{unit} {number}", *nth])


def _lengths(head: str) -> Iterator[Suggestion]:
    """Take "3 months" in the head of a column for a time point."""
    for found in _LENGTH.finditer(head):
        number, unit = int(found[1]), found[2].lower()
        spelt = [f"{_NUMBERS[number - 1]} {unit}{'s' if number > 1 else ''}"] if 0 < number <= len(_NUMBERS) else []
        made = _form("timepoint", [f"{number} {unit}{'s' if number > 1 else ''}", *spelt])
        made.id = f"{unit}s-{number}"
        yield made


def _instruments(text: str) -> Iterator[Suggestion]:
    for found in _INSTRUMENT.finditer(text):
        yield _form("measure", [found[1], found[0]])


def _without(text: str, known: Sequence[Suggestion]) -> Iterator[Suggestion]:
    """Find who lacks what others have: "patients without diabetes"."""
    for found in _WITHOUT.finditer(text):
        if not nouns().has("people", found[1]) and found[1].lower() != "those":
            continue
        for suggestion in known:
            name = next((n for n in suggestion.names if text.startswith(n, found.end())), None)
            if suggestion.condition and name is not None:
                who = f"{found[1]} without {name}"
                names = [f"without {name}", who, f"people without {name}", f"no {name}", f"non-{name}"]
                made = _form("population", list(dict.fromkeys(names)))
                made.lacks = suggestion.id
                yield made


def _sets(own: Sequence[Suggestion]) -> Iterator[tuple[str, ...]]:
    """Yield what one of two forms excludes: numbers of one unit, an age and the same age from the other side."""
    for suggestion in own:
        if suggestion.lacks:
            yield suggestion.lacks, suggestion.id
    units: dict[str, list[str]] = {}
    for suggestion in own:
        if suggestion.slot == "timepoint":
            units.setdefault(_unit(suggestion), []).append(suggestion.id)
    yield from (tuple(ids) for ids in units.values() if len(ids) > 1)
    ages = [s for s in own if s.slot == "population" and s.id.startswith(("aged-", "under-"))]
    for first, second in combinations(ages, 2):
        if _apart(_span(first.id), _span(second.id)):
            yield first.id, second.id


def _unit(suggestion: Suggestion) -> str:
    """Give what a time point counts: "week" of "week 8", "months" of "3 months"."""
    first, second = suggestion.names[0].split()
    return f"{second.removesuffix('s')}s" if first.isdigit() else first


def _span(identity: str) -> tuple[int, int]:
    ages = [int(number) for number in re.findall(r"\d+", identity)]
    if identity.startswith("under"):
        return 0, ages[0] - 1
    return (ages[0], ages[1]) if len(ages) > 1 else (ages[0], 200)


def _apart(first: tuple[int, int], second: tuple[int, int]) -> bool:
    return first[1] < second[0] or second[1] < first[0]
