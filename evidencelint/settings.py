"""The settings of a project: what there is to set, the defaults, and how a value is read."""

from __future__ import annotations

from dataclasses import dataclass, replace
from pathlib import Path
from typing import Literal, cast, get_args

from evidencelint.errors import EvidencelintError
from evidencelint.rules import find_rules
from evidencelint.yamlio import Value, suggest

Kind = Literal["words", "flag", "choice", "path", "paths", "rules", "words by pattern", "paths by pattern", "severities"]
FailOn = Literal["error", "warning", "info", "never"]
Level = Literal["error", "warning", "info", "off"]

FAIL_ON: tuple[FailOn, ...] = get_args(FailOn)
LEVELS: tuple[Level, ...] = get_args(Level)
FORMATS = (
    *("full", "concise", "json", "jsonl", "github", "gitlab", "sarif", "junit", "checkstyle", "rdjson", "rdjsonl"),
    "markdown",
)


@dataclass(frozen=True, slots=True)
class Setting:
    """One key of the configuration, its shape and what it is for."""

    key: str
    kind: Kind
    about: str
    choices: tuple[str, ...] = ()


SETTINGS = (
    Setting("paths", "words", "Files and folders to check where the command line names none."),
    Setting("include", "words", "Patterns of the file names that count as documents when a folder is searched."),
    Setting("exclude", "words", "Patterns of files and folders to leave out when a folder is searched."),
    Setting("extend-exclude", "words", "More patterns to leave out."),
    Setting("respect-gitignore", "flag", "Leave out what .gitignore names when a folder is searched."),
    Setting("force-exclude", "flag", "Leave out excluded files even where they are named, as hooks name them."),
    Setting("facts", "paths", "The fact base; without it, the nearest facts.yaml of each document."),
    Setting("per-path-facts", "paths by pattern", "The fact base of some documents; the last pattern that fits counts."),
    Setting("topic", "words", "Words of the topic; a document with none of them is not asked for support."),
    Setting("select", "rules", "Report only these rules: a code, the beginning of one (EL1), or a name."),
    Setting("extend-select", "rules", "Report these rules, too."),
    Setting("ignore", "rules", "Leave these rules out."),
    Setting("per-file-ignores", "words by pattern", "Rules to leave out in some documents."),
    Setting("severities", "severities", "The severity of rules: error, warning, info or off."),
    Setting("fail-on", "choice", "The least severe finding that makes the exit code 1.", FAIL_ON),
    Setting("baseline", "path", "The file of findings that are known and not reported."),
    Setting("output-format", "choice", "The format of the report.", FORMATS),
    Setting("unsafe-fixes", "flag", "Let --fix and --diff apply suggestions as well as safe fixes."),
)


@dataclass(frozen=True, slots=True)
class Config:
    """The settings of one project; patterns and paths count from ``root``, ``path`` is the file they came from."""

    root: Path
    path: Path | None = None
    paths: tuple[str, ...] = ()
    include: tuple[str, ...] = ("*.md", "*.markdown")
    exclude: tuple[str, ...] = (".*", "node_modules", "__pycache__", "site-packages")
    extend_exclude: tuple[str, ...] = ()
    respect_gitignore: bool = True
    force_exclude: bool = False
    facts: tuple[Path, ...] = ()
    per_path_facts: tuple[tuple[str, tuple[Path, ...]], ...] = ()
    topic: tuple[str, ...] = ()
    select: tuple[str, ...] = ()
    extend_select: tuple[str, ...] = ()
    ignore: tuple[str, ...] = ()
    per_file_ignores: tuple[tuple[str, tuple[str, ...]], ...] = ()
    severities: tuple[tuple[str, Level], ...] = ()
    fail_on: FailOn = "warning"
    baseline: Path | None = None
    output_format: str | None = None
    unsafe_fixes: bool = False

    def get(self, key: str) -> object:
        """Give the value of a setting by its key."""
        value: object = getattr(self, key.replace("-", "_"))
        return value


def read_config(value: Value, root: Path, path: Path | None) -> Config:
    """Validate a table of settings; raises the value's error with the place, the key and what to write instead."""
    if value.data == "":
        return Config(root=root, path=path)
    table = value.mapping([setting.key for setting in SETTINGS])
    found = {
        setting.key.replace("-", "_"): _read(setting, table[setting.key], root)
        for setting in SETTINGS
        if setting.key in table
    }
    # each kind is read as its field is typed
    return replace(Config(root=root, path=path), **found)  # type: ignore[arg-type]


def _read(setting: Setting, value: Value, root: Path) -> object:
    match setting.kind:
        case "words":
            return _words(value)
        case "rules":
            return _rules(value)
        case "flag":
            return _choice(value, ("true", "false")) == "true"
        case "choice":
            return _choice(value, setting.choices)
        case "path":
            return root / value.word()
        case "paths":
            return _paths(value, root)
        case "words by pattern":
            return tuple((pattern, _rules(item)) for pattern, item in value.mapping().items())
        case "paths by pattern":
            return tuple((pattern, _paths(item, root)) for pattern, item in value.mapping().items())
        case "severities":
            return tuple(_severity(name, item) for name, item in value.mapping().items())


def _words(value: Value) -> tuple[str, ...]:
    return tuple(item.word() for item in value.words())


def _paths(value: Value, root: Path) -> tuple[Path, ...]:
    return tuple(root / word for word in _words(value))


def _choice(value: Value, choices: tuple[str, ...]) -> str:
    if value.text not in choices:
        raise value.wrong(f"{value.word()!r} is not one of {', '.join(choices)}{suggest(value.word(), choices)}")
    return str(value.text)


def _rules(value: Value) -> tuple[str, ...]:
    for item in value.words():
        _known(item, item.word())
    return _words(value)


def _severity(name: str, value: Value) -> tuple[str, Level]:
    _known(value, name)
    return name, cast("Level", _choice(value, LEVELS))


def _known(value: Value, name: str) -> None:
    try:
        find_rules(name)
    except EvidencelintError as error:
        raise value.wrong(error.message, value.key_position if value.text != name else None) from error

