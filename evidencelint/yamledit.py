"""Change a YAML file that a person wrote and leave every other character of it alone.

The parser says where each node stands, and only the piece that changes is replaced: comments, order, anchors,
quoting and spacing survive, as no dumper would let them. Every change is read again before it counts.
"""

from __future__ import annotations

import json
import os
import re
import tempfile
from collections.abc import Mapping, Sequence
from contextlib import suppress
from pathlib import Path

import yaml

from evidencelint.diagnostics import Position
from evidencelint.errors import EvidencelintError
from evidencelint.yamlio import read_yaml

Step = str | int
Plain = str | Sequence["Plain"] | Mapping[str, "Plain"]

_Loader = getattr(yaml, "CBaseLoader", yaml.BaseLoader)
_PLAIN = re.compile(r"[A-Za-z0-9€£$(][\w €£$%()/'’.+–—-]*[\w%).]|[A-Za-z0-9]")
_RESERVED = re.compile(r"(?i)(?:~|null|true|false|yes|no|on|off|y|n|[-+.\d][\d_.,:eExXoO+-]*)$")
_NUMBER = re.compile(r"\d{4}-\d\d(?:-\d\d)?|[01]\.\d+")
_INDENT = re.compile(r"[ \t]*")


class YamlText:
    """The text of one YAML file; methods change it, ``save`` writes it."""

    def __init__(self, text: str, path: str, error: type[EvidencelintError] = EvidencelintError) -> None:
        """Take a text; raises ``error`` where it is not YAML that this tool reads."""
        self.text = text if text.endswith("\n") or not text else f"{text}\n"
        self.path = path
        self._error = error
        self._root = self._parsed(self.text)

    def has(self, *path: Step) -> bool:
        """Tell whether there is a node at a path of keys and indices."""
        with suppress(KeyError, IndexError):
            self._node(path)
            return True
        return False

    def count(self, *path: Step) -> int:
        """Give the number of items of a list; none where it is not there."""
        return len(self._node(path).value) if self.has(*path) else 0

    def value(self, *path: Step) -> str:
        """Give a scalar."""
        return str(self._node(path).value)

    def replace(self, value: Plain, *path: Step) -> None:
        """Put a value in the place of another."""
        node = self._node(path)
        start, end = self._ends(node)
        self._change(start, end, flow(value))

    def put(self, key: str, value: Plain, *path: Step) -> None:
        """Set a key of the mapping at a path; a new one goes to its end."""
        if self.has(*path, key):
            self.replace(value, *path, key)
            return
        node = self._node(path)
        start, end = self._ends(node)
        if _is_flow(node):
            inner = f", {key}: {flow(value)}" if node.value else f"{key}: {flow(value)}"
            at = self.text.rindex("}", start, end)
            at = start + len(self.text[start:at].rstrip())
            self._change(at, at, inner)
            return
        line = self._line_end(end)
        indent = " " * self._column(node.value[0][0].start_mark.index)
        self._change(line, line, f"{indent}{key}: {flow(value)}\n")

    def drop(self, key: str, *path: Step) -> None:
        """Take a key out of the mapping at a path, where it is."""
        if not self.has(*path, key):
            return
        node = self._node(path)
        pairs = [(name, inner) for name, inner in node.value]
        index = next(i for i, (name, _) in enumerate(pairs) if name.value == key)
        start = pairs[index][0].start_mark.index
        end = self._ends(pairs[index][1])[1]
        if _is_flow(node):
            if index + 1 < len(pairs):
                end = pairs[index + 1][0].start_mark.index
            elif index:
                start = self._ends(pairs[index - 1][1])[1]
            self._change(start, end, "")
            return
        if index == 0 and len(pairs) > 1:
            # the first key stands beside the dash of its item
            self._change(start, pairs[1][0].start_mark.index, "")
            return
        self._change(self._line_start(start), self._line_end(end), "")

    def remove(self, index: int, *path: Step) -> None:
        """Take an item out of the list at a path; comments above it stay."""
        node = self._node(path)
        item = node.value[index]
        if _is_flow(node):
            start, end = self._ends(item)
            if index + 1 < len(node.value):
                end = node.value[index + 1].start_mark.index
            elif index:
                start = self._ends(node.value[index - 1])[1]
            self._change(start, end, "")
            return
        start = self._line_start(self._dash(item))
        end = self._line_end(self._ends(item)[1])
        if len(node.value) == 1:
            # a list without items is written out, or its key would be empty
            key_end = self.text.rindex(":", 0, start) + 1
            self._change(key_end, end, f" []{self.text[key_end:start].rstrip()}\n")
            return
        self._change(start, end, "")

    def insert(self, lines: Sequence[str], after: int, *path: Step) -> None:
        """Add an item to the list at a path after the item of an index (-1: first); ``lines`` are those of a block."""
        node = self._node(path)
        if not node.value:
            start, end = self._ends(node)
            indent = " " * (self._column(self._line_start(start)) + 2)
            self._change(len(self.text[:start].rstrip()), end, "\n" + _block(lines, indent).rstrip("\n"))
            return
        if _is_flow(node):
            raise self._error("a list in [ ] cannot take this; write it as lines that start with -", self._place(node))
        first = self._dash(node.value[0])
        indent = " " * self._column(first)
        at = self._line_start(first) if after < 0 else self._line_end(self._ends(node.value[after])[1])
        self._change(at, at, _block(lines, indent))

    def block(self, index: int, *path: Step) -> str:
        """Give the lines of an item of a list as a text of its own, without the dash and the indent."""
        item = self._node(path).value[index]
        start, end = item.start_mark.index, self._ends(item)[1]
        indent = " " * self._column(start)
        lines = self.text[start : self._line_end(end)].splitlines()
        return "\n".join(line.removeprefix(indent) for line in lines) + "\n"

    def replace_block(self, index: int, lines: str, *path: Step) -> None:
        """Put lines in the place of an item of a list."""
        item = self._node(path).value[index]
        start, end = item.start_mark.index, self._ends(item)[1]
        indent = " " * self._column(start)
        first, *rest = lines.strip("\n").splitlines() or [""]
        text = "\n".join([first, *(f"{indent}{line}" if line.strip() else "" for line in rest)]) + "\n"
        self._change(start, self._line_end(end), text)

    def append_line(self, line: str) -> None:
        """Add a line at the end, or several."""
        self._change(len(self.text), len(self.text), line if line.endswith("\n") else f"{line}\n")

    def add_line_to(self, line: str, *path: Step) -> None:
        """Add a line at the end of the block mapping or list at a path, indented as its other lines."""
        node = self._node(path)
        if _is_flow(node) or not node.value:
            raise self._error("what is written in { } or [ ] cannot take this; write it in lines", self._place(node))
        first = node.value[0]
        start = first[0].start_mark.index if isinstance(node, yaml.MappingNode) else self._dash(first)
        at = self._line_end(self._ends(node)[1])
        self._change(at, at, f"{' ' * self._column(start)}{line}\n")

    def _change(self, start: int, end: int, replacement: str) -> None:
        text = self.text[:start] + replacement + self.text[end:]
        self._root = self._parsed(text)
        self.text = text

    def _parsed(self, text: str) -> yaml.Node:
        read_yaml(text, self.path, self._error)
        node = yaml.compose(text, Loader=_Loader)
        assert node is not None  # noqa: S101 - read_yaml refuses an empty file
        return node

    def _node(self, path: Sequence[Step]) -> yaml.Node:
        node = self._root
        for step in path:
            if isinstance(step, int):
                node = node.value[step]
                continue
            found = [inner for name, inner in node.value if isinstance(node, yaml.MappingNode) and name.value == step]
            if not found:
                raise KeyError(step)
            node = found[0]
        return node

    def _ends(self, node: yaml.Node) -> tuple[int, int]:
        """Give where a node starts and where its last character ends; a block's end mark lies too far."""
        start, end = node.start_mark.index, node.end_mark.index
        if isinstance(node, yaml.ScalarNode) or _is_flow(node) or not node.value:
            return start, start + len(self.text[start:end].rstrip())
        last = node.value[-1]
        return start, self._ends(last[1] if isinstance(last, tuple) else last)[1]

    def _dash(self, item: yaml.Node) -> int:
        return self.text.rindex("-", self._line_start(item.start_mark.index), item.start_mark.index)

    def _line_start(self, at: int) -> int:
        return self.text.rfind("\n", 0, at) + 1

    def _line_end(self, at: int) -> int:
        found = self.text.find("\n", at)
        return len(self.text) if found < 0 else found + 1

    def _column(self, at: int) -> int:
        start = self._line_start(at)
        if at == start:
            indent = _INDENT.match(self.text, start)
            return len(indent[0]) if indent is not None else 0
        return at - start

    def _place(self, node: yaml.Node) -> Position:
        return Position(self.path, node.start_mark.line + 1, node.start_mark.column + 1)


def _is_flow(node: yaml.Node) -> bool:
    """Tell whether a list or mapping is written in brackets."""
    return isinstance(node, yaml.CollectionNode) and bool(node.flow_style)


def _block(lines: Sequence[str], indent: str) -> str:
    return "".join(f"{indent}{'- ' if number == 0 else '  '}{line}\n" for number, line in enumerate(lines))


def scalar(text: str, *, inside: bool = False) -> str:
    """Write a text so that YAML reads it back; ``inside`` means inside of brackets, where commas part values."""
    if _PLAIN.fullmatch(text) is not None and _RESERVED.match(text) is None and "  " not in text:
        return text
    if not inside and _NUMBER.fullmatch(text) is not None:
        return text  # a share or a day, which other tools may read as one
    return json.dumps(text, ensure_ascii=False)


def flow(value: Plain) -> str:
    """Write a value on one line."""
    return _flow(value, inside=False)


def _flow(value: Plain, *, inside: bool) -> str:
    if isinstance(value, str):
        return scalar(value, inside=inside)
    if isinstance(value, Mapping):
        return "{" + ", ".join(f"{scalar(k, inside=True)}: {_flow(v, inside=True)}" for k, v in value.items()) + "}"
    return "[" + ", ".join(_flow(item, inside=True) for item in value) + "]"


def write_whole(path: Path, text: str) -> None:
    """Write a text file by way of a temporary one, so that a crash leaves the old one; keeps the file's mode."""
    try:
        handle, name = tempfile.mkstemp(dir=path.parent, prefix=f".{path.name}.")
        with os.fdopen(handle, "w", encoding="utf-8", newline="\n") as file:
            file.write(text)
        mode = path.stat().st_mode & 0o777 if path.exists() else 0o666 & ~_umask()
        Path(name).chmod(mode)
        Path(name).replace(path)
    except OSError as error:
        raise EvidencelintError(f"{path}: cannot be written: {error.strerror}") from error


def _umask() -> int:
    mask = os.umask(0)
    os.umask(mask)
    return mask
