"""The shapes that the files of ``rules/lexicon`` must have; whatever has another raises ResourceError."""

from __future__ import annotations

from collections.abc import Mapping

from evidencelint.errors import ResourceError
from evidencelint.model import Direction
from evidencelint.resources import load_lexicon


def read_lists(name: str) -> dict[str, object]:
    """Read ``rules/lexicon/<name>.yaml``, whose top is a mapping of lists and groups of lists."""
    return as_mapping(load_lexicon(name), name)


def as_mapping(value: object, where: str) -> dict[str, object]:
    """Give a mapping with its keys as text; ``where`` is the key of the file that a complaint names."""
    if not isinstance(value, dict):
        raise ResourceError(f"rules/lexicon: {where} must be a mapping")
    return {str(key): item for key, item in value.items()}


def as_list(value: object, where: str) -> list[object]:
    """Give a list of anything; ``where`` is the key of the file that a complaint names."""
    if not isinstance(value, list):
        raise ResourceError(f"rules/lexicon: {where} must be a list")
    return list(value)


def as_phrases(value: object, where: str) -> list[str]:
    """Give a list of words and phrases; ``where`` is the key of the file that a complaint names."""
    if not isinstance(value, list) or not all(isinstance(item, str) for item in value):
        # an unquoted no, on or off is a boolean to YAML
        raise ResourceError(f"rules/lexicon: {where} must be a list of words (quote no, on, off, yes and numbers)")
    return list(value)


def refuse_unknown(data: Mapping[str, object], allowed: set[str], where: str) -> None:
    """Refuse keys that nothing reads; ``where`` is the name of the file."""
    for key in data:
        if key not in allowed:
            raise ResourceError(f"rules/lexicon/{where}.yaml: unknown key {key!r}")


def as_direction(way: object) -> Direction:
    """Give a direction of change as ``causal.yaml`` names it."""
    match way:
        case "increase" | "decrease" | "no_difference" | "unknown":
            return way
        case _:
            raise ResourceError(f"rules/lexicon/causal.yaml: unknown direction {way!r}")
