"""``evidencelint init``: what a project needs for a first green run; nothing that exists is touched."""

from __future__ import annotations

from pathlib import Path

import click

from evidencelint import __version__
from evidencelint.cli.common import say
from evidencelint.errors import EvidencelintError

_DOCUMENT_FOLDERS = ("docs", "doc", "content", "pages", "src", "text", "drafts")

_CONFIG = """\
# evidencelint, see: evidencelint check --help
paths: [{paths}]
facts: {facts}
fail-on: warning
"""

_SOURCE = """\
# Breakfast clubs in twelve schools: a digest

This source was made up to show what a fact base is anchored to. Put your review in its place.

In the first year, pupils in the breakfast clubs missed 3.1 days of school, pupils in control schools 4.4 days.
The clubs may improve concentration in the first lesson.
The study was a cohort study in twelve primary schools.
"""

_FACTS = """\
# A fact is an id, a quote that stands in the source to the letter, and only what the quote does not say itself.
# `evidencelint facts check` says whether it is true to its source; `evidencelint facts harvest SOURCE` drafts one.
version: 1
title: Breakfast clubs (made up; put your own review in its place)
sources:
  - {key: example2024, path: evidence/source.md}
bibliography: evidence/references.json

vocabulary:
  arm:
    clubs: [breakfast clubs, breakfast club, clubs]
  measure:
    absence: [days of school, missed, absence]
    concentration: [concentration]

contrasts:
  - [absence, concentration]  # a figure for the one is no figure for the other

facts:
  - id: days-missed
    quote: >-
      In the first year, pupils in the breakfast clubs missed 3.1 days of school, pupils in control schools 4.4 days.
    at: Digest, first paragraph
  - id: concentration
    quote: The clubs may improve concentration in the first lesson.
  - id: design
    quote: The study was a cohort study in twelve primary schools.
"""

_REFERENCES = """\
[
  {
    "id": "example2024",
    "type": "article-journal",
    "title": "Breakfast clubs in twelve schools",
    "author": [{"family": "Example", "given": "E."}],
    "issued": {"date-parts": [[2024]]}
  }
]
"""

_DOCUMENT = """\
# What we know about breakfast clubs

In the first year, pupils in the breakfast clubs missed just over three days of school, against 4.4 days in the
control schools [@example2024]. The clubs may improve concentration, but that is less certain.
"""

_HOOK = """\
  - repo: local
    hooks:
      - id: evidencelint
        name: evidencelint
        entry: evidencelint check
        language: python
        additional_dependencies: [evidencelint=={version}]
        types_or: [markdown]
        require_serial: true
"""


@click.command()
@click.argument("folder", default=".", type=click.Path(path_type=Path))
def init(folder: Path) -> int:
    """Make FOLDER ready: a configuration, an example fact base that passes, and the lines of a commit hook.

    Whatever exists is left as it is.
    """
    if folder.exists() and not folder.is_dir():
        raise EvidencelintError(f"{folder}: is a file; name a folder")
    known = next(
        (path for path in (folder / "facts.yaml", *sorted(folder.glob("*/facts.yaml"))) if path.is_file()), None
    )
    facts = known.relative_to(folder).as_posix() if known is not None else "facts.yaml"
    documents = [name for name in _DOCUMENT_FOLDERS if any((folder / name).glob("**/*.md"))]
    wanted: list[tuple[str, str]] = []
    if known is None:
        wanted += [
            ("facts.yaml", _FACTS),
            ("evidence/source.md", _SOURCE),
            ("evidence/references.json", _REFERENCES),
            ("evidence/example.md", _DOCUMENT),
        ]
    if not _configured(folder):
        paths = ", ".join([*documents, *(["evidence/example.md"] if known is None else [])] or ["."])
        wanted.append(("evidencelint.yaml", _CONFIG.format(paths=paths, facts=facts)))
    hook = _HOOK.format(version=__version__)
    hooks = folder / ".pre-commit-config.yaml"
    if not hooks.exists() and (folder / ".git").exists():
        wanted.append((hooks.name, f"repos:\n{hook}"))
    for name, text in wanted:
        _write(folder / name, text)
    if known is not None:
        say(f"kept {known.as_posix()}")
    if not hooks.exists():
        say(f"for a check before every commit, put into {hooks.as_posix()}:")
        click.echo(f"repos:\n{hook}", nl=False)
    elif "evidencelint" not in hooks.read_text(encoding="utf-8", errors="replace"):
        say(f"add to {hooks.as_posix()}:")
        click.echo(hook, nl=False)
    say("next: evidencelint check" + ("" if folder == Path() else f" (in {folder.as_posix()})"))
    return 0


def _configured(folder: Path) -> bool:
    project = folder / "pyproject.toml"
    return project.is_file() and "[tool.evidencelint]" in project.read_text(encoding="utf-8", errors="replace")


def _write(path: Path, text: str) -> None:
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        with path.open("x", encoding="utf-8", newline="\n") as file:
            file.write(text)
    except FileExistsError:
        say(f"kept {path.as_posix()}")
    except OSError as error:
        raise EvidencelintError(f"{path}: cannot be written: {error.strerror}") from error
    else:
        say(f"wrote {path.as_posix()}")
