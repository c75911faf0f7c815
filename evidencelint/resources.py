"""Find and read the project's own data: ``rules/`` beside the package, or inside the wheel; and what is installed."""

from __future__ import annotations

import os
import re
import sys
from functools import cache
from pathlib import Path

from evidencelint.errors import ResourceError

_METADATA = ".dist-info"
_TEXT, _LIST, _MAPPING = (f"tag:yaml.org,2002:{kind}" for kind in ("str", "seq", "map"))
_APART = re.compile(r"[-_.]+")


@cache
def rules_folder() -> Path:
    """Give the folder of rule pages; raises ResourceError where the installation lacks it."""
    package = Path(__file__).resolve().parent
    for candidate in (package / "rules", package.parent / "rules"):
        if (candidate / "lexicon").is_dir():
            return candidate
    raise ResourceError("the folder rules/ is missing from this installation; reinstall evidencelint")


@cache
def load_lexicon(name: str) -> object:
    """Read ``rules/lexicon/<name>.yaml``; the caller validates its shape."""
    import yaml  # noqa: PLC0415 - only where text is read

    path = rules_folder() / "lexicon" / f"{name}.yaml"
    try:
        data = _data(path.read_text(encoding="utf-8"))
    except (OSError, yaml.YAMLError) as error:
        from evidencelint.model import Position  # noqa: PLC0415 - only where something is wrong

        raise ResourceError(f"cannot read the lexicon {name}: {error}", Position(path.name, 1)) from error
    return data


def _data(text: str) -> object:
    """Read YAML as its safe loader does, but take plain words as they are: nearly all of a list of words is words."""
    import yaml  # noqa: PLC0415 - only where text is read

    safe = getattr(yaml, "CSafeLoader", yaml.SafeLoader)

    class Loader(safe):  # type: ignore[misc, valid-type]
        def resolve(self, kind: type[yaml.Node], value: str, implicit: tuple[bool, bool]) -> str:
            if kind is yaml.ScalarNode and (not implicit[0] or value[:1] not in self.yaml_implicit_resolvers):
                return _TEXT
            tag: str = super().resolve(kind, value, implicit)
            return tag

        def value(self, node: yaml.Node) -> object:
            """Give what a node stands for; what is not plain is left to the loader itself."""
            if node.tag == _TEXT:
                return node.value
            if node.tag == _LIST:
                return [self.value(each) for each in node.value]
            if node.tag == _MAPPING and all(name.tag == _TEXT for name, _ in node.value):
                return {name.value: self.value(each) for name, each in node.value}
            return self.construct_object(node, deep=True)

    loader = Loader(text)
    try:
        node = loader.get_single_node()
        return None if node is None else loader.value(node)
    finally:
        loader.dispose()


def version(name: str) -> str:
    """Give the version of an installed package; empty where it has no metadata."""
    return _installed().get(_normal(name), "")


@cache
def _installed() -> dict[str, str]:
    """Give version by name, from the names of the metadata folders.

    The library for this takes longer to import than all of a run in which nothing has changed.
    """
    found: dict[str, str] = {}
    for entry in sys.path:
        try:
            # the plain function of the system: this is read in every run
            names = sorted(name for name in os.listdir(entry or ".") if name.endswith(_METADATA))  # noqa: PTH208
        except OSError:
            continue
        for name in names:
            package, _, number = name.removesuffix(_METADATA).rpartition("-")
            found.setdefault(_normal(package), number)
    return found


def _normal(name: str) -> str:
    return _APART.sub("-", name).lower()
