"""One table of a TOML file as the same located values that YAML gives."""

from __future__ import annotations

import re
import sys
from collections.abc import Iterator, Mapping, Sequence

from evidencelint.diagnostics import Position
from evidencelint.errors import EvidencelintError
from evidencelint.yamlio import Value

_KEY = r"(?:\"[^\"\n]*\"|'[^'\n]*'|[\w-]+)"
_DOTTED = rf"{_KEY}(?:[ \t]*\.[ \t]*{_KEY})*"
_HEADER = re.compile(rf"[ \t]*\[{{1,2}}[ \t]*({_DOTTED})[ \t]*\]{{1,2}}")
_PAIR = re.compile(rf"[ \t]*({_DOTTED})[ \t]*=")
_PART = re.compile(_KEY)
_WHERE = re.compile(r"at line (\d+), column (\d+)")

Path = tuple[str, ...]


def read_table(text: str, path: str, table: Sequence[str], error: type[EvidencelintError]) -> Value | None:
    """Read one table (``("tool", "evidencelint")``), None where the file has none; raises ``error``.

    Scalars come as the text they are written as in YAML (``true``, ``3``). The reader of TOML knows no places:
    lines are found by the keys, and what stands inside an inline value has the line of its key.
    """
    try:
        data: object = _parse(text)
    except ValueError as problem:
        where = _WHERE.search(str(problem))
        place = Position(path, int(where[1]), int(where[2])) if where else Position(path, 1)
        raise error(f"not valid TOML: {problem}", place) from problem
    for part in table:
        if not isinstance(data, Mapping) or part not in data:
            return None
        data = data[part]
    return _value(data, tuple(table), len(table), _Lines(text, path), error)


def _parse(text: str) -> dict[str, object]:
    if sys.version_info >= (3, 11):
        import tomllib  # noqa: PLC0415 - only where a file has our table
    else:
        import tomli as tomllib  # noqa: PLC0415

    parsed: dict[str, object] = tomllib.loads(text)
    return parsed


class _Lines:
    """The line of every key that begins one."""

    def __init__(self, text: str, path: str) -> None:
        self._path = path
        self._lines = dict(reversed(list(_keys(text))))

    def at(self, path: Path) -> Position:
        while path and path not in self._lines:
            path = path[:-1]
        return Position(self._path, self._lines.get(path, 1))


def _keys(text: str) -> Iterator[tuple[Path, int]]:
    current: Path = ()
    for number, line in enumerate(text.split("\n"), start=1):
        if header := _HEADER.match(line):
            current = _parts(header[1])
            yield current, number
        elif pair := _PAIR.match(line):
            yield current + _parts(pair[1]), number


def _parts(dotted: str) -> Path:
    return tuple(part.strip("\"'") for part in _PART.findall(dotted))


def _value(data: object, path: Path, root: int, lines: _Lines, error: type[EvidencelintError]) -> Value:
    key = ".".join(path[root:])
    place = lines.at(path)
    content: str | tuple[Value, ...] | dict[str, Value]
    if isinstance(data, Mapping):
        content = {str(name): _value(item, (*path, str(name)), root, lines, error) for name, item in data.items()}
    elif isinstance(data, list):
        content = tuple(_value(item, path, root, lines, error) for item in data)
    elif isinstance(data, bool):
        content = "true" if data else "false"
    else:
        content = str(data)
    return Value(content, place, key, error, place)
