"""The words by which faults and re-phrasings are made: ``rules/lexicon/faults.yaml``, validated when first used."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, fields
from functools import cache

from evidencelint.errors import ResourceError
from evidencelint.resources import load_lexicon

_FILE = "rules/lexicon/faults.yaml"


@dataclass(frozen=True, slots=True)
class FaultWords:
    """The lists of ``faults.yaml``, in lower case; its comments say what each holds."""

    directions: tuple[tuple[str, str], ...]
    assertions: Mapping[str, str]
    dropped: tuple[str, ...]
    modals: tuple[str, ...]
    seeming: Mapping[str, str]
    causes: Mapping[str, str]
    units: Mapping[str, tuple[str, ...]]
    shortened: frozenset[str]
    paces: Mapping[str, str]
    factors: Mapping[str, str]
    shares: tuple[str, ...]
    widened: Mapping[str, str]
    designs: tuple[str, ...]
    equals: tuple[tuple[str, ...], ...]
    limits: tuple[tuple[str, ...], ...]
    loose: tuple[str, ...]
    lengths: tuple[tuple[str, ...], ...]
    determined: frozenset[str]
    exact: str
    movable: tuple[str, ...]
    intransitive: frozenset[str]
    transitive: frozenset[str]
    unexchanged: frozenset[str]


@cache
def fault_words() -> FaultWords:
    """Give the lists; raises ResourceError where the file is malformed."""
    data = load_lexicon("faults")
    known = {field.name for field in fields(FaultWords)}
    if not isinstance(data, dict) or set(data) != known:
        raise ResourceError(f"{_FILE}: expected the keys {', '.join(sorted(known))}")
    return FaultWords(
        directions=tuple(_pair(entry, index) for index, entry in enumerate(_list(data["directions"], "directions"))),
        assertions=_mapping(data["assertions"], "assertions"),
        dropped=_words(data["dropped"], "dropped"),
        modals=_words(data["modals"], "modals"),
        seeming=_mapping(data["seeming"], "seeming"),
        causes=_mapping(data["causes"], "causes"),
        units={unit: _words(others, f"units.{unit}") for unit, others in _entries(data["units"], "units")},
        shortened=frozenset(_words(data["shortened"], "shortened")),
        paces=_mapping(data["paces"], "paces"),
        factors=_mapping(data["factors"], "factors"),
        shares=_words(data["shares"], "shares"),
        widened=_mapping(data["widened"], "widened"),
        designs=_words(data["designs"], "designs"),
        equals=_groups(data["equals"], "equals"),
        limits=_groups(data["limits"], "limits"),
        loose=_words(data["loose"], "loose"),
        lengths=_groups(data["lengths"], "lengths"),
        determined=frozenset(_words(data["determined"], "determined")),
        exact=str(data["exact"]),
        movable=_words(data["movable"], "movable"),
        intransitive=frozenset(_words(data["intransitive"], "intransitive")),
        transitive=frozenset(_words(data["transitive"], "transitive")),
        unexchanged=frozenset(_words(data["unexchanged"], "unexchanged")),
    )


def _list(value: object, where: str) -> list[object]:
    if not isinstance(value, list):
        raise ResourceError(f"{_FILE}: {where} must be a list")
    return value


def _words(value: object, where: str) -> tuple[str, ...]:
    entries = _list(value, where)
    if not all(isinstance(entry, str) for entry in entries):
        raise ResourceError(f"{_FILE}: {where} must be a list of words (quote no, on, off, yes and numbers)")
    return tuple(map(str, entries))


def _groups(value: object, where: str) -> tuple[tuple[str, ...], ...]:
    return tuple(_words(entry, f"{where}[{index}]") for index, entry in enumerate(_list(value, where)))


def _pair(value: object, index: int) -> tuple[str, str]:
    match _words(value, f"directions[{index}]"):
        case (up, down):
            return up, down
        case _:
            raise ResourceError(f"{_FILE}: directions[{index}] must be a pair of words")


def _entries(value: object, where: str) -> list[tuple[str, object]]:
    if not isinstance(value, dict):
        raise ResourceError(f"{_FILE}: {where} must be a mapping")
    return [(str(key), entry) for key, entry in value.items()]


def _mapping(value: object, where: str) -> dict[str, str]:
    entries = _entries(value, where)
    if not all(isinstance(entry, str) for _, entry in entries):
        raise ResourceError(f"{_FILE}: {where} must map words to words")
    return {key: str(entry) for key, entry in entries}
