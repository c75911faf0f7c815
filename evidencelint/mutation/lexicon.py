"""The words by which faults and re-phrasings are made: ``rules/lexicon/faults.yaml``, validated when first used."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, fields
from functools import cache

from evidencelint.errors import ResourceError
from evidencelint.lexicon.shapes import as_list, as_mapping, as_phrases, read_lists, refuse_unknown


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
    data = read_lists("faults")
    refuse_unknown(data, {field.name for field in fields(FaultWords)}, "faults")
    return FaultWords(
        directions=tuple(
            _pair(entry, index) for index, entry in enumerate(as_list(data.get("directions"), "faults.directions"))
        ),
        assertions=_mapping(data.get("assertions"), "assertions"),
        dropped=tuple(as_phrases(data.get("dropped"), "faults.dropped")),
        modals=tuple(as_phrases(data.get("modals"), "faults.modals")),
        seeming=_mapping(data.get("seeming"), "seeming"),
        causes=_mapping(data.get("causes"), "causes"),
        units={
            unit: tuple(as_phrases(others, f"faults.units.{unit}"))
            for unit, others in as_mapping(data.get("units"), "faults.units").items()
        },
        shortened=frozenset(as_phrases(data.get("shortened"), "faults.shortened")),
        paces=_mapping(data.get("paces"), "paces"),
        factors=_mapping(data.get("factors"), "factors"),
        shares=tuple(as_phrases(data.get("shares"), "faults.shares")),
        widened=_mapping(data.get("widened"), "widened"),
        designs=tuple(as_phrases(data.get("designs"), "faults.designs")),
        equals=_groups(data.get("equals"), "equals"),
        limits=_groups(data.get("limits"), "limits"),
        loose=tuple(as_phrases(data.get("loose"), "faults.loose")),
        lengths=_groups(data.get("lengths"), "lengths"),
        determined=frozenset(as_phrases(data.get("determined"), "faults.determined")),
        exact=str(data.get("exact")),
        movable=tuple(as_phrases(data.get("movable"), "faults.movable")),
        intransitive=frozenset(as_phrases(data.get("intransitive"), "faults.intransitive")),
        transitive=frozenset(as_phrases(data.get("transitive"), "faults.transitive")),
        unexchanged=frozenset(as_phrases(data.get("unexchanged"), "faults.unexchanged")),
    )


def _groups(value: object, where: str) -> tuple[tuple[str, ...], ...]:
    entries = as_list(value, f"faults.{where}")
    return tuple(tuple(as_phrases(entry, f"faults.{where}[{index}]")) for index, entry in enumerate(entries))


def _pair(value: object, index: int) -> tuple[str, str]:
    match as_phrases(value, f"faults.directions[{index}]"):
        case [up, down]:
            return up, down
        case _:
            raise ResourceError(f"rules/lexicon: faults.directions[{index}] must be a pair of words")


def _mapping(value: object, where: str) -> dict[str, str]:
    entries = as_mapping(value, f"faults.{where}")
    if not all(isinstance(entry, str) for entry in entries.values()):
        raise ResourceError(f"rules/lexicon: faults.{where} must map words to words")
    return {key: str(entry) for key, entry in entries.items()}
