"""What the front matter of a document sets under ``evidencelint:``."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

import yaml

from evidencelint.configuration.settings import TOOL
from evidencelint.documents.frontmatter import read_front_matter
from evidencelint.errors import DocumentError
from evidencelint.model import CITATION_POLICIES, Position
from evidencelint.source import Source
from evidencelint.yamlio import suggest

_KEYS = ("facts", "ignore", "citations")
_NAMED = {"SequenceNode": "a list", "MappingNode": "a mapping"}


@dataclass(frozen=True, slots=True)
class DocumentSettings:
    """What the front matter sets under ``evidencelint:``; ``ignore`` names rules as they are written."""

    facts: tuple[str, ...] = ()
    ignore: tuple[str, ...] = ()


def read_document_settings(source: Source) -> DocumentSettings:
    """Read the front matter's settings; raises DocumentError for one that there is not, or that is of another kind."""
    if TOOL not in source.text:
        return DocumentSettings()
    place = read_front_matter(source).yaml
    if place is None or TOOL not in source.text[place.start : place.end]:
        return DocumentSettings()
    first, _ = source.position(place.start)
    # what is malformed was refused when the front matter was read
    root = yaml.compose(source.text[place.start : place.end], Loader=yaml.BaseLoader)
    reader = _Reader(source.path, first)
    found: dict[str, tuple[str, ...]] = {}
    for name, node in _pairs(root):
        if name == TOOL:
            found |= reader.settings(node)
        elif name.startswith(f"{TOOL}."):
            found |= reader.setting(name.partition(".")[2], node, node)
    return DocumentSettings(found.get("facts", ()), found.get("ignore", ()))


def _pairs(root: yaml.Node | None) -> Iterator[tuple[str, yaml.Node]]:
    for key, value in root.value if isinstance(root, yaml.MappingNode) else ():
        yield str(key.value), value


@dataclass(frozen=True, slots=True)
class _Reader:
    """Reads the nodes of a front matter whose YAML begins in line ``first`` of its document."""

    path: str
    first: int

    def settings(self, node: yaml.Node) -> Mapping[str, tuple[str, ...]]:
        if not isinstance(node, yaml.MappingNode):
            kind = f"text ({node.value!r})" if node.value and isinstance(node.value, str) else _kind(node)
            raise self._wrong(node, TOOL, f"must be a mapping of settings ({', '.join(_KEYS)}), not {kind}")
        found: dict[str, tuple[str, ...]] = {}
        for key, value in node.value:
            found |= self.setting(str(key.value), value, key)
        return found

    def setting(self, key: str, node: yaml.Node, named: yaml.Node) -> Mapping[str, tuple[str, ...]]:
        if key not in _KEYS:
            raise self._wrong(named, TOOL, f"unknown key {key!r}{suggest(key, _KEYS)}")
        where = f"{TOOL}.{key}"
        if key == "citations":
            if not isinstance(node, yaml.ScalarNode) or node.value not in CITATION_POLICIES:
                given = repr(node.value) if isinstance(node, yaml.ScalarNode) else _kind(node)
                raise self._wrong(node, where, f"{given} is not one of {', '.join(CITATION_POLICIES)}")
            return {key: (node.value,)}
        entries = node.value if isinstance(node, yaml.SequenceNode) else [node]
        for entry in entries:
            if not isinstance(entry, yaml.ScalarNode) or not entry.value.strip():
                raise self._wrong(entry, where, f"must be a name or a list of names, not {_kind(entry)}")
        names = (line.strip() for entry in entries for line in entry.value.split("\n"))
        return {key: tuple(name for name in names if name)}

    def _wrong(self, node: yaml.Node, where: str, message: str) -> DocumentError:
        mark = node.start_mark
        return DocumentError(
            f"front matter {where}: {message}", Position(self.path, self.first + mark.line, mark.column + 1)
        )


def _kind(node: yaml.Node) -> str:
    return _NAMED.get(type(node).__name__, "empty")
