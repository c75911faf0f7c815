"""The settings of a project: what there is to set, the defaults, and how a value is read."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING, Literal, cast, get_args

from evidencelint.configuration.ignoring import fits
from evidencelint.diagnostics import CITATION_POLICIES, CitationPolicy, Position
from evidencelint.errors import EvidencelintError
from evidencelint.rules import find_rules

if TYPE_CHECKING:
    from evidencelint.yamlio import Value

Kind = Literal[
    "words",
    "patterns",
    "flag",
    "choice",
    "path",
    "paths",
    "rules",
    "rules by pattern",
    "paths by pattern",
    "levels",
]
FailOn = Literal["error", "warning", "info", "never"]
Level = Literal["error", "warning", "info", "off"]

TOOL = "evidencelint"
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
    Setting("include", "patterns", "Patterns of the file names that count as documents when a folder is searched."),
    Setting("exclude", "patterns", "Patterns of what a search leaves out; hidden files always are."),
    Setting("extend-exclude", "patterns", "More patterns to leave out."),
    Setting("respect-gitignore", "flag", "Leave out what .gitignore names when a folder is searched."),
    Setting("force-exclude", "flag", "Leave out excluded files even where they are named, as hooks name them."),
    Setting("facts", "paths", "The fact base, or several; without it, the nearest facts.yaml of each document."),
    Setting("per-path-facts", "paths by pattern", "The fact bases of some documents; the last fitting pattern counts."),
    Setting("topic", "words", "Words of the topic; a document with none of them is not asked for support."),
    Setting("strict", "flag", "Report every claim that no fact speaks to, and fail on figures among them."),
    Setting("citations", "choice", "Which claims need a citation.", CITATION_POLICIES),
    Setting("select", "rules", "Report only these rules: a code, the beginning of one (EL1), or a name."),
    Setting("extend-select", "rules", "Report these rules, too."),
    Setting("ignore", "rules", "Leave these rules out."),
    Setting("per-file-ignores", "rules by pattern", "Rules to leave out in some documents."),
    Setting("severities", "levels", "The severity of rules: error, warning, info or off."),
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
    exclude: tuple[str, ...] = ()
    extend_exclude: tuple[str, ...] = ()
    respect_gitignore: bool = True
    force_exclude: bool = False
    facts: tuple[Path, ...] = ()
    per_path_facts: tuple[tuple[str, tuple[Path, ...]], ...] = ()
    topic: tuple[str, ...] = ()
    strict: bool = False
    citations: CitationPolicy = "never"
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


def read_config(value: Value, root: Path, path: Path | None, limit: Path | None = None) -> Config:
    """Validate a table of settings; raises the value's error with the place, the key and what to write instead.

    Files that it names must lie in ``limit``: a configuration may come from anyone who proposes a change.
    """
    if value.data == "":
        return Config(root=root, path=path)
    table = value.mapping([setting.key for setting in SETTINGS])
    found = {
        setting.key.replace("-", "_"): _read(setting, table[setting.key], _Folder(root, limit))
        for setting in SETTINGS
        if setting.key in table
    }
    # each kind is read as its field is typed
    return replace(Config(root=root, path=path), **found)  # type: ignore[arg-type]


@dataclass(frozen=True, slots=True)
class _Folder:
    """Where the paths of a configuration count from, and where they must stay."""

    root: Path
    limit: Path | None

    def file(self, value: Value) -> Path:
        """Give the place of a file; it need not be there yet."""
        path = self.root / value.word()
        if self.limit is not None and not path.resolve().is_relative_to(self.limit):
            raise value.wrong(f"{value.word()} lies outside of the repository; name it on the command line instead")
        return path


def _read(setting: Setting, value: Value, folder: _Folder) -> object:
    readers: Mapping[Kind, Callable[[], object]] = {
        "words": lambda: _words(value),
        "patterns": lambda: tuple(_pattern(item.word(), item) for item in value.words()),
        "rules": lambda: _rules(value),
        "flag": lambda: _choice(value, ("true", "false")) == "true",
        "choice": lambda: _choice(value, setting.choices),
        "path": lambda: folder.file(value),
        "paths": lambda: _paths(value, folder),
        "rules by pattern": lambda: tuple((pattern, _rules(item)) for pattern, item in _patterns(value)),
        "paths by pattern": lambda: tuple((pattern, _paths(item, folder)) for pattern, item in _patterns(value)),
        "levels": lambda: tuple(_severity(name, item) for name, item in value.mapping().items()),
    }
    return readers[setting.kind]()


def _patterns(value: Value) -> Iterator[tuple[str, Value]]:
    for pattern, item in value.mapping().items():
        yield _pattern(pattern, item, item.key_position), item


def _pattern(pattern: str, value: Value, position: Position | None = None) -> str:
    try:
        fits((pattern,), Path(), Path("a"))
    except ValueError as error:
        raise value.wrong(f"{pattern!r} is no pattern: {error}", position) from error
    return pattern


def _words(value: Value) -> tuple[str, ...]:
    return tuple(item.word() for item in value.words())


def _paths(value: Value, folder: _Folder) -> tuple[Path, ...]:
    return tuple(folder.file(item) for item in value.words())


def _choice(value: Value, choices: tuple[str, ...]) -> str:
    from evidencelint.yamlio import nearest  # noqa: PLC0415 - whoever has a value has loaded it

    if value.text not in choices:
        raise value.wrong(f"{value.word()!r} is not one of {', '.join(choices)}{nearest(value.word(), choices)}")
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


@dataclass(frozen=True, slots=True)
class Overrides:
    """What the command line sets; None and the empty leave what the configuration says."""

    facts: tuple[Path, ...] = ()
    select: tuple[str, ...] = ()
    extend_select: tuple[str, ...] = ()
    ignore: tuple[str, ...] = ()
    per_file_ignores: tuple[tuple[str, tuple[str, ...]], ...] = ()
    exclude: tuple[str, ...] = ()
    extend_exclude: tuple[str, ...] = ()
    force_exclude: bool | None = None
    respect_gitignore: bool | None = None
    strict: bool | None = None
    fail_on: FailOn | None = None
    baseline: Path | None = None
    output_format: str | None = None
    unsafe_fixes: bool | None = None

    def over(self, config: Config) -> Config:
        """Give the settings with these in place of the configuration's; ``extend`` ones are added."""
        return replace(
            config,
            facts=self.facts or config.facts,
            per_path_facts=() if self.facts else config.per_path_facts,
            select=self.select or config.select,
            # rules that are asked for are not left out again by a file
            ignore=self.ignore if self.select else (*config.ignore, *self.ignore),
            extend_select=(*config.extend_select, *self.extend_select),
            per_file_ignores=(*config.per_file_ignores, *self.per_file_ignores),
            exclude=self.exclude or config.exclude,
            extend_exclude=(*config.extend_exclude, *self.extend_exclude),
            force_exclude=_or(self.force_exclude, config.force_exclude),
            respect_gitignore=_or(self.respect_gitignore, config.respect_gitignore),
            strict=_or(self.strict, config.strict),
            fail_on=self.fail_on or config.fail_on,
            baseline=self.baseline or config.baseline,
            output_format=self.output_format or config.output_format,
            unsafe_fixes=_or(self.unsafe_fixes, config.unsafe_fixes),
        )


def _or(chosen: bool | None, configured: bool) -> bool:  # noqa: FBT001 - two values of one setting
    return configured if chosen is None else chosen
