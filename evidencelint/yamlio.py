"""YAML from people: safe, limited, and with the place of every key and value for messages.

Only plain scalars, lists and mappings are read; tags are refused, and scalars stay the strings they
were written as, so that an unquoted ``no`` is never a boolean.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import yaml

from evidencelint.errors import EvidencelintError
from evidencelint.model import Position

_MOST_BYTES = 5_000_000
_DEEPEST = 40
_MOST_ALIASES = 100
_PLAIN_TAGS = ("tag:yaml.org,2002:",)
_Loader = getattr(yaml, "CBaseLoader", yaml.BaseLoader)


@dataclass(frozen=True, slots=True)
class Value:
    """A value of a YAML file with its place; ``data`` is a string, a tuple of values, or a mapping."""

    data: str | tuple[Value, ...] | dict[str, Value]
    position: Position
    key: str

    @property
    def text(self) -> str | None:
        """Give the scalar, or None for a list or mapping."""
        return self.data if isinstance(self.data, str) else None


def read_yaml(text: str, path: str, error: type[EvidencelintError]) -> Value:
    """Read one YAML document; raises ``error`` with the place of whatever is wrong."""
    if len(text) > _MOST_BYTES:
        raise error(f"the file is over {_MOST_BYTES // 1_000_000} MB; split it into several", Position(path, 1))
    try:
        _check_events(text, path, error)
        node = yaml.compose(text, Loader=_Loader)
    except yaml.MarkedYAMLError as problem:
        mark = problem.problem_mark or problem.context_mark
        place = Position(path, mark.line + 1, mark.column + 1) if mark is not None else Position(path, 1)
        raise error(f"not valid YAML: {problem.problem or problem.context or problem}", place) from problem
    except yaml.YAMLError as problem:
        raise error(f"not valid YAML: {' '.join(str(problem).split())}", Position(path, 1)) from problem
    if node is None:
        raise error("the file is empty", Position(path, 1))
    return _value(node, path, "", error)


def _check_events(text: str, path: str, error: type[EvidencelintError]) -> None:
    """Refuse depth and aliases before anything is built from them."""
    depth = aliases = 0
    for event in _events(text):
        mark = event.start_mark
        place = Position(path, mark.line + 1, mark.column + 1) if mark is not None else Position(path, 1)
        if isinstance(event, (yaml.MappingStartEvent, yaml.SequenceStartEvent)):
            depth += 1
            if depth > _DEEPEST:
                raise error(f"nested deeper than {_DEEPEST} levels", place)
        elif isinstance(event, (yaml.MappingEndEvent, yaml.SequenceEndEvent)):
            depth -= 1
        elif isinstance(event, yaml.AliasEvent):
            aliases += 1
            if aliases > _MOST_ALIASES:
                raise error(f"more than {_MOST_ALIASES} aliases", place)


def _events(text: str) -> Iterator[yaml.Event]:
    yield from yaml.parse(text, Loader=_Loader)


def _value(node: yaml.Node, path: str, key: str, error: type[EvidencelintError]) -> Value:
    place = Position(path, node.start_mark.line + 1, node.start_mark.column + 1)
    if node.tag and not node.tag.startswith(_PLAIN_TAGS):
        raise error(f"{key or 'the document'}: tags such as {node.tag} are not allowed", place)
    if isinstance(node, yaml.ScalarNode):
        return Value(str(node.value), place, key)
    if isinstance(node, yaml.SequenceNode):
        items = tuple(_value(item, path, f"{key}[{index}]", error) for index, item in enumerate(node.value))
        return Value(items, place, key)
    found: dict[str, Value] = {}
    for name_node, value_node in node.value:
        name = str(name_node.value) if isinstance(name_node, yaml.ScalarNode) else ""
        inner = f"{key}.{name}" if key else name
        where = Position(path, name_node.start_mark.line + 1, name_node.start_mark.column + 1)
        if not name:
            raise error(f"{key or 'the document'}: keys must be plain words", where)
        if name in found:
            raise error(f"{inner}: the key stands twice", where)
        value = _value(value_node, path, inner, error)
        found[name] = Value(value.data, where if isinstance(value.data, str) else value.position, inner)
    return Value(found, place, key)
