"""Which configuration a document has: the nearest one at or above it, up to the root of the repository."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING

from evidencelint.configuration.settings import Config, Overrides, read_config
from evidencelint.diagnostics import Position
from evidencelint.errors import ConfigError
from evidencelint.reading import inside, project_root, real

if TYPE_CHECKING:
    from evidencelint.yamlio import Value

YAML_NAME = "evidencelint.yaml"
TOML_NAME = "pyproject.toml"
_MISNAMED = ("evidencelint.yml", ".evidencelint.yaml", ".evidencelint.yml")
_TABLE = ("tool", "evidencelint")
_ROOT_MARKS = (".git", ".hg", ".jj")


def load_config(path: Path) -> Config:
    """Read a configuration that is named; raises ConfigError, also where a TOML file lacks our table."""
    value = _read(path)
    if value is None:
        raise ConfigError("has no table [tool.evidencelint]; add one", Position(path.as_posix(), 1))
    return _config(value, real(path).parent, path)


def repository_root(folder: Path) -> Path | None:
    """Find the root of the repository that a folder lies in."""
    for candidate in _upwards(folder):
        if any((candidate / mark).exists() for mark in _ROOT_MARKS):
            return candidate
    return None


@dataclass(slots=True)
class Configs:
    """Finds the configuration of documents; each folder is looked at once.

    ``named`` is the one that the command line names, which holds for all documents; ``isolated`` reads none.
    """

    named: Config | None = None
    isolated: bool = False
    overrides: Overrides = field(default_factory=Overrides)
    _known: dict[Path, Config | None] = field(default_factory=dict)
    _given: dict[Path, Config] = field(default_factory=dict)
    _changed: list[tuple[Config, Config]] = field(default_factory=list)

    def of(self, folder: Path) -> Config:
        """Give the settings for the documents of a folder; the defaults where no file sets any."""
        if folder not in self._given:
            origin = self._file(real(folder))
            # documents of one configuration share the object, by which others keep what they make of it
            for known, changed in self._changed:
                if known is origin or known == origin:
                    self._given[folder] = changed
                    return changed
            self._given[folder] = self.overrides.over(origin)
            self._changed.append((origin, self._given[folder]))
        return self._given[folder]

    def _file(self, folder: Path) -> Config:
        if self.named is not None:
            return self.named
        found = None if self.isolated else self._nearest(folder)
        return found if found is not None else Config(root=repository_root(folder) or folder)

    def _nearest(self, folder: Path) -> Config | None:
        passed: list[Path] = []
        found: Config | None = None
        for candidate in _upwards(folder):
            if candidate in self._known:
                found = self._known[candidate]
                break
            passed.append(candidate)
            found = _in_folder(candidate)
            if found is not None or any((candidate / mark).exists() for mark in _ROOT_MARKS):
                break
        self._known.update(dict.fromkeys(passed, found))
        return found


def _upwards(folder: Path) -> Iterator[Path]:
    folder = real(folder)
    yield folder
    yield from folder.parents


def _in_folder(folder: Path) -> Config | None:
    for name in _MISNAMED:
        if (folder / name).is_file():
            raise ConfigError(f"is not read; call it {YAML_NAME}", Position(shorter(folder / name).as_posix(), 1))
    yaml_file, toml_file = folder / YAML_NAME, folder / TOML_NAME
    for file in (yaml_file, toml_file):
        if file.is_symlink() and not inside(file, project_root(folder)):
            message = "is a link that leads outside the project; name the file with --config to use it"
            raise ConfigError(message, Position(shorter(folder).joinpath(file.name).as_posix(), 1))
    own = yaml_file.is_file()
    table = _read(toml_file) if toml_file.is_file() else None
    if own and table is not None:
        message = f"[tool.evidencelint] and {YAML_NAME} stand in one folder; keep one of them"
        raise ConfigError(message, table.position)
    if table is not None:
        return _config(table, folder, toml_file)
    if own:
        value = _read(yaml_file)
        return _config(value, folder, yaml_file) if value is not None else None
    return None


def _config(value: Value, folder: Path, path: Path) -> Config:
    return read_config(value, folder, path, repository_root(folder))


def _read(path: Path) -> Value | None:
    # most projects set nothing, and the reader takes longer to import than a run in which nothing has changed
    from evidencelint.configuration.tomlio import read_table  # noqa: PLC0415
    from evidencelint.yamlio import Value, read_text, read_yaml  # noqa: PLC0415

    shown = shorter(path).as_posix()
    text = read_text(path, "configuration", ConfigError)
    if path.suffix != ".toml":
        blank = not any(line.strip() and not line.lstrip().startswith("#") for line in text.split("\n"))
        return Value("", Position(shown, 1), "", ConfigError) if blank else read_yaml(text, shown, ConfigError)
    # most of these files have nothing for us, and need not be parsed to know it
    return read_table(text, shown, _TABLE, ConfigError) if "evidencelint" in text else None


def shorter(path: Path) -> Path:
    """Give a path relative to the working folder where it lies inside, so that messages are the same everywhere."""
    try:
        return real(path).relative_to(Path.cwd())
    except ValueError:
        return path
