"""The single values of a fact as its file writes them: days, words of a choice, shares, slots."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from typing import TypeVar, get_args

from evidencelint.dates import read_day
from evidencelint.factbase.facts import STATUSES, Status
from evidencelint.factbase.vocabulary import Vocabulary, check_concept
from evidencelint.model import SLOTS, Direction, Strength
from evidencelint.yamlio import Value

_Word = TypeVar("_Word", bound=str)
_STRENGTHS: tuple[Strength, ...] = get_args(Strength)
_DIRECTIONS: tuple[Direction, ...] = get_args(Direction)


def read_date(value: Value | None) -> date | None:
    """Give a day; raises the value's error for what is none."""
    if value is None:
        return None
    day = read_day(value.word())
    if day is None:
        raise value.wrong(f"{value.word()} is no date; write 2026, 2026-05 or 2026-05-31")
    return day


def read_status(value: Value | None) -> Status:
    """Give a status, which only what awaits a person's decision has."""
    if value is None:
        return "kept"
    for status in STATUSES:
        if value.text == status:
            return status
    raise value.wrong(f"{value.word()} is not one of {', '.join(STATUSES)}; a fact that is kept has no status")


def read_share(value: Value | None) -> float | None:
    """Give a number from 0 to 1."""
    if value is None:
        return None
    try:
        number = float(value.word())
    except ValueError:
        number = -1.0
    if not 0 <= number <= 1:
        raise value.wrong(f"{value.word()} is no number from 0 to 1")
    return number


def read_slots(value: Value | None, vocabulary: Vocabulary) -> dict[str, frozenset[str]]:
    """Give the concepts of slots; raises the value's error for one that the vocabulary lacks."""
    if value is None:
        return {}
    return {slot: read_names(entry, slot, vocabulary) for slot, entry in value.mapping(SLOTS).items()}


def read_names(value: Value, slot: str, vocabulary: Vocabulary) -> frozenset[str]:
    """Give the concepts that are named for one slot."""
    return frozenset(check_concept(name, slot, vocabulary) for name in value.words())


def read_strength(value: Value | None) -> Strength | None:
    """Give a grade of relations."""
    return _one_of(_STRENGTHS, value)


def read_optional(fields: Mapping[str, Value], name: str) -> str:
    """Give free text; an empty one is as good as none."""
    value = fields.get(name)
    return value.word() if value is not None and value.text != "" else ""


def read_direction(value: Value | None) -> Direction | None:
    """Give a way that something moved."""
    return _one_of(_DIRECTIONS, value)


def _one_of(allowed: Sequence[_Word], value: Value | None) -> _Word | None:
    if value is None:
        return None
    for word in allowed:
        if value.text == word:
            return word
    raise value.wrong(f"{value.word()} is not one of {', '.join(allowed)}")
