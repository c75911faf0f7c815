"""YAML from people: safe, limited, and with the place of every key and value for messages.

Only plain scalars, lists and mappings are read, with anchors, aliases and merge keys; tags are refused, and
scalars stay the strings they were written as, so that an unquoted ``no`` is never a boolean.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol

import yaml

from evidencelint.diagnostics import Position
from evidencelint.errors import EvidencelintError
from evidencelint.reading import TooLargeError, read_bytes, trouble

_MOST_BYTES = 5_000_000
_DEEPEST = 40
_MERGE = "<<"
_MOST_ALIASES = 100
_MOST_REPEATS = 100_000
_NEAR = 60
_NEAR_FILE = 70
_SHORT_LIST = 12
_LONGEST_SHOWN = 80
_LINE_END = re.compile(r"\r\n|\r|\n")
_NOT_YAML = re.compile("[^\t\n\r\x20-\x7e\x85\xa0-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
_Loader = getattr(yaml, "CBaseLoader", yaml.BaseLoader)


@dataclass(frozen=True, slots=True)
class Value:
    """A value of a YAML file with its place; ``data`` is a string, a tuple of values, or a mapping.

    ``key`` is the path to it (``facts[3].slots.population``); ``key_position`` is where its key stands, for
    a value of a mapping; ``error`` is what its complaints are raised as.
    """

    data: str | tuple[Value, ...] | dict[str, Value]
    position: Position
    key: str
    error: type[EvidencelintError] = EvidencelintError
    key_position: Position | None = None

    @property
    def text(self) -> str | None:
        """Give the scalar, or None for a list or mapping."""
        return self.data if isinstance(self.data, str) else None

    def wrong(self, message: str, position: Position | None = None) -> EvidencelintError:
        """Make the error that says what is wrong with this value; the caller raises it."""
        return self.error(f"{self.key or 'the file'}: {message}", position or self.position)

    def mapping(self, allowed: Sequence[str] | None = None) -> dict[str, Value]:
        """Give the mapping; anything else, or a key that is not ``allowed``, is an error."""
        if not isinstance(self.data, dict):
            raise self.wrong(f"must be a mapping of keys to values, not {self._kind()}")
        for name, value in self.data.items():
            if allowed is not None and name not in allowed:
                raise value.wrong(f"unknown key{suggest(name, allowed)}", value.key_position)
        return self.data

    def items(self) -> tuple[Value, ...]:
        """Give the items of a list; anything else is an error."""
        if not isinstance(self.data, tuple):
            raise self.wrong(f"must be a list, not {self._kind()}")
        return self.data

    def word(self) -> str:
        """Give the scalar; an empty one, a list or a mapping is an error."""
        if not isinstance(self.data, str) or not self.data.strip():
            raise self.wrong(f"must be text, not {self._kind()}")
        return self.data

    def words(self) -> tuple[Value, ...]:
        """Give the scalars of a list; a single scalar counts as a list of one."""
        values = self.data if isinstance(self.data, tuple) else (self,)
        for value in values:
            value.word()
        return values

    def _kind(self) -> str:
        match self.data:
            case tuple():
                return "a list"
            case dict():
                return "a mapping"
            case data:
                return "text" if data.strip() else "empty"


def read_text(path: Path, noun: str, error: type[EvidencelintError], most_bytes: int = _MOST_BYTES) -> str:
    """Read a UTF-8 text file with its line ends as LF; raises ``error`` with what to do where that fails."""
    place = Position(str(path), 1)
    try:
        data = read_bytes(path, most_bytes)
    except FileNotFoundError:
        raise error(f"no such {noun}{nearest_file(path) or '; check the path'}", place) from None
    except IsADirectoryError:
        raise error(f"is a folder; name the {noun} file in it", place) from None
    except TooLargeError as problem:
        raise error(f"{problem}; split it into several files", place) from None
    except (OSError, ValueError) as problem:
        raise error(trouble(problem), place) from problem
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError as problem:
        before = data[: problem.start].decode("utf-8-sig", "replace")
        raise error("is not UTF-8 text; save it as UTF-8", _Places(before, str(path)).at(len(before))) from problem
    return _LINE_END.sub("\n", text)


def read_yaml(text: str, path: str, error: type[EvidencelintError], most_bytes: int = _MOST_BYTES) -> Value:
    """Read one YAML document; raises ``error`` with the place of whatever is wrong."""
    places = _Places(text, path)
    if len(text) > most_bytes:
        raise error(f"the file is over {most_bytes // 1_000_000} MB; split it into several", places.at(0))
    if (strange := _NOT_YAML.search(text)) is not None:
        message = f"not valid YAML: the character U+{ord(strange[0]):04X} is not allowed; delete it"
        raise error(message, places.at(strange.start()))
    try:
        _check_events(text, places, error)
        node = yaml.compose(text, Loader=_Loader)
    except yaml.MarkedYAMLError as problem:
        mark = problem.problem_mark or problem.context_mark
        what = problem.problem or problem.context or "it cannot be read"
        raise error(f"not valid YAML: {what}", places.of(mark)) from problem
    except yaml.YAMLError as problem:
        raise error(f"not valid YAML: {' '.join(str(problem).split())}", places.at(0)) from problem
    if node is None:
        raise error("the file is empty; fill it, or name another", places.at(0))
    return _Builder(places, error).value(node, "", 1)


def suggest(name: str, known: Sequence[str]) -> str:
    """Give the end of a message about an unknown name: the nearest known one, or all where they are few."""
    return nearest(name, known) or (f"; known: {', '.join(known)}" if 0 < len(known) <= _SHORT_LIST else "")


def nearest(name: str, known: Iterable[str], least: int = _NEAR) -> str:
    """Give the end of a message about an unknown name: the nearest known one, if one is ``least`` (to 100) alike."""
    from rapidfuzz.fuzz import ratio  # noqa: PLC0415 - only where something is misspelt
    from rapidfuzz.process import extractOne  # noqa: PLC0415

    near = extractOne(name[:_LONGEST_SHOWN].lower(), sorted(known), scorer=ratio, score_cutoff=least)
    return f"; did you mean {near[0]}?" if near is not None else ""


def nearest_file(path: Path) -> str:
    """Give the end of a message about a path that is not there: what stands in its folder by a like name."""
    try:
        names = [entry.name for entry in path.parent.iterdir() if not entry.name.startswith(".")]
    except (OSError, ValueError):
        return ""
    # endings would make all names alike
    by_stem: dict[str, str] = {}
    for name in sorted(names, key=lambda name: (not name.endswith(path.suffix), name)):
        by_stem.setdefault(name.removesuffix(Path(name).suffix).lower(), name)
    near = nearest(path.stem, by_stem, _NEAR_FILE)
    _, _, stem = near.partition("did you mean ")
    return f"; did you mean {(path.parent / by_stem[stem.rstrip('?')]).as_posix()}?" if near else ""


class _Mark(Protocol):
    """A place as either of the YAML readers gives it."""

    @property
    def index(self) -> int: ...


class _Places:
    """Offsets as positions; lines end at CR LF, LF or CR only, as editors count them and YAML does not."""

    def __init__(self, text: str, path: str) -> None:
        self._path = path
        self._starts = (0, *(match.end() for match in _LINE_END.finditer(text)))

    def at(self, offset: int) -> Position:
        line = bisect_right(self._starts, offset)
        return Position(self._path, line, offset - self._starts[line - 1] + 1)

    def of(self, mark: _Mark | None) -> Position:
        return self.at(mark.index if mark is not None else 0)


def _check_events(text: str, places: _Places, error: type[EvidencelintError]) -> None:
    """Refuse depth, tags and many aliases before anything is built from them."""
    depth = aliases = 0
    for event in yaml.parse(text, Loader=_Loader):
        if isinstance(event, (yaml.MappingStartEvent, yaml.SequenceStartEvent)):
            depth += 1
            if depth > _DEEPEST:
                raise error(f"nested deeper than {_DEEPEST} levels", places.of(event.start_mark))
        elif isinstance(event, (yaml.MappingEndEvent, yaml.SequenceEndEvent)):
            depth -= 1
        elif isinstance(event, yaml.AliasEvent):
            aliases += 1
            if aliases > _MOST_ALIASES:
                raise error(f"more than {_MOST_ALIASES} aliases; write the values out", places.of(event.start_mark))
        tag = getattr(event, "tag", None)
        if tag is not None:
            raise error(f"tags such as {_shown(str(tag))} are not allowed; delete it", places.of(event.start_mark))


class _Builder:
    """Turns nodes into values; counts what aliases repeat, so that few of them cannot become very many."""

    def __init__(self, places: _Places, error: type[EvidencelintError]) -> None:
        self._places = places
        self._error = error
        self._seen: set[int] = set()
        self._repeats = 0

    def value(self, node: yaml.Node, key: str, depth: int, key_position: Position | None = None) -> Value:
        place = self._places.of(node.start_mark)
        # An alias within its own anchor goes down for ever.
        if depth > _DEEPEST + 1:
            raise self._error(f"aliases nest deeper than {_DEEPEST} levels", place)
        if id(node) in self._seen:
            self._repeats += 1
            if self._repeats > _MOST_REPEATS:
                raise self._error(f"aliases repeat more than {_MOST_REPEATS:,} values", place)
        self._seen.add(id(node))
        data: str | tuple[Value, ...] | dict[str, Value]
        if isinstance(node, yaml.ScalarNode):
            data = str(node.value)
        elif isinstance(node, yaml.SequenceNode):
            data = tuple(self.value(item, f"{key}[{index}]", depth + 1) for index, item in enumerate(node.value))
        else:
            data = self._fields(node, key, depth)
        return Value(data, place, key, self._error, key_position)

    def _fields(self, node: yaml.Node, key: str, depth: int) -> dict[str, Value]:
        found: dict[str, Value] = {}
        merged: list[yaml.Node] = []
        for name_node, value_node in node.value:
            name = str(name_node.value) if isinstance(name_node, yaml.ScalarNode) else ""
            where = self._places.of(name_node.start_mark)
            if name == _MERGE:
                merged.append(value_node)
                continue
            if not name:
                raise self._error(f"{key or 'the file'}: keys must be plain words", where)
            inner = f"{key}.{_shown(name)}" if key else _shown(name)
            if name in found:
                first = found[name].key_position
                line = f" in line {first.line}" if first is not None else ""
                raise self._error(f"{inner}: the key stands twice, first{line}", where)
            found[name] = self.value(value_node, inner, depth + 1, where)
        for value_node in merged:
            self._merge(value_node, key, depth, found)
        return found

    def _merge(self, node: yaml.Node, key: str, depth: int, found: dict[str, Value]) -> None:
        """Add the keys of one mapping, or of several, that the mapping itself does not have; the first has its way."""
        for part in node.value if isinstance(node, yaml.SequenceNode) else (node,):
            if not isinstance(part, yaml.MappingNode):
                what = f"{key or 'the file'}: << takes a mapping, or a list of mappings"
                raise self._error(what, self._places.of(part.start_mark))
            inner = self.value(part, key, depth + 1)
            for name, value in inner.mapping().items():
                found.setdefault(name, value)


def _shown(name: str) -> str:
    """Clip what a message repeats."""
    return name if len(name) <= _LONGEST_SHOWN else f"{name[:_LONGEST_SHOWN]}…"
