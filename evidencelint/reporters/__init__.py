"""Reports: one module per format, each a function from the results of a run to text."""

from collections.abc import Callable, Mapping
from importlib import import_module
from typing import cast

from evidencelint.reporters.run import BaseRef, Run

Render = Callable[[Run], str]

# a run needs one of them, and the others need not be loaded for it
_MODULES: Mapping[str, tuple[str, str]] = {
    "full": ("full", "render"),
    "concise": ("concise", "render"),
    "json": ("json_report", "render"),
    "jsonl": ("jsonl", "render"),
    "github": ("github", "render"),
    "gitlab": ("gitlab", "render"),
    "sarif": ("sarif", "render"),
    "junit": ("junit", "render"),
    "checkstyle": ("checkstyle", "render"),
    "rdjson": ("rdjson", "render"),
    "rdjsonl": ("rdjson", "render_lines"),
    "markdown": ("markdown_report", "render"),
}


def _loaded_when_called(module: str, function: str) -> Render:
    def render(run: Run) -> str:
        found = cast("Render", getattr(import_module(f"evidencelint.reporters.{module}"), function))
        return found(run)

    return render


FORMATS: Mapping[str, Render] = {name: _loaded_when_called(*place) for name, place in _MODULES.items()}

__all__ = ["FORMATS", "BaseRef", "Render", "Run"]
