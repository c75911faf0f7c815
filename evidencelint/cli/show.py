"""``check --show-settings`` and ``--show-files``."""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from pathlib import Path

from evidencelint.configuration.files import shorter
from evidencelint.configuration.settings import SETTINGS, Config
from evidencelint.project import Project, run_config
from evidencelint.reporters.run import clean

_TABLES = frozenset({"rules by pattern", "paths by pattern", "levels"})


def files(names: Sequence[str]) -> str:
    """List documents, one a line."""
    return "".join(f"{clean(name)}\n" for name in names)


def settings(project: Project, paths: Sequence[Path]) -> str:
    """Print the settings of the first path as YAML that is a configuration itself, with its origin in front."""
    return "".join(f"{line}\n" for line in _lines(run_config(project, paths)))


def _lines(config: Config) -> Iterator[str]:
    origin = shorter(config.path).as_posix() if config.path is not None else "no file: defaults and command line"
    yield clean(f"# {origin}; patterns and paths count from {config.root.as_posix()}")
    for setting in SETTINGS:
        value = config.get(setting.key)
        # null is no value of a configuration: what is not set is shown and left out
        mark = "# " if value is None else ""
        plain = _pairs(value, config) if setting.kind in _TABLES else _plain(value, config)
        # JSON is YAML
        yield f"{mark}{setting.key}: {clean(json.dumps(plain, ensure_ascii=False))}"


def _pairs(value: object, config: Config) -> dict[str, object]:
    return {key: _plain(item, config) for key, item in value} if isinstance(value, tuple) else {}


def _plain(value: object, config: Config) -> object:
    if isinstance(value, Path):
        return value.relative_to(config.root).as_posix() if value.is_relative_to(config.root) else value.as_posix()
    if isinstance(value, tuple):
        return [_plain(item, config) for item in value]
    return value
