"""Find and read the project's own data: ``rules/`` beside the package, or inside the wheel."""

from __future__ import annotations

from functools import cache
from pathlib import Path

import yaml

from evidencelint.errors import ResourceError
from evidencelint.model import Position

_Loader = getattr(yaml, "CSafeLoader", yaml.SafeLoader)


@cache
def rules_folder() -> Path:
    """Give the folder of rule pages; raises ResourceError where the installation lacks it."""
    package = Path(__file__).resolve().parent
    for candidate in (package / "rules", package.parent / "rules"):
        if (candidate / "lexicon").is_dir():
            return candidate
    raise ResourceError("the folder rules/ is missing from this installation; reinstall evidencelint")


def load_lexicon(name: str) -> object:
    """Read ``rules/lexicon/<name>.yaml``; the caller validates its shape."""
    path = rules_folder() / "lexicon" / f"{name}.yaml"
    try:
        text = path.read_text(encoding="utf-8")
        data: object = yaml.load(text, Loader=_Loader)  # noqa: S506 - both loaders are safe ones
    except (OSError, yaml.YAMLError) as error:
        raise ResourceError(f"cannot read the lexicon {name}: {error}", Position(path.name, 1)) from error
    return data
