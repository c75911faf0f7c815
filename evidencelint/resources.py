"""Find and read the project's own data: ``rules/`` beside the package, or inside the wheel; and what is installed."""

from __future__ import annotations

import os
import re
import sys
from functools import cache
from pathlib import Path

from evidencelint.errors import ResourceError

_METADATA = ".dist-info"
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
    loader = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
    try:
        text = path.read_text(encoding="utf-8")
        data: object = yaml.load(text, Loader=loader)  # noqa: S506 - both loaders are safe ones
    except (OSError, yaml.YAMLError) as error:
        from evidencelint.model import Position  # noqa: PLC0415 - only where something is wrong

        raise ResourceError(f"cannot read the lexicon {name}: {error}", Position(path.name, 1)) from error
    return data


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
