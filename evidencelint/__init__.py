"""A claims-and-citations linter for evidence documents.

``check_text``, ``check_paths`` and ``FactBase.load`` are its Python interface; see `evidencelint.api`.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from evidencelint.api import (
        ClaimReport,
        Diagnostic,
        EvidencelintError,
        FactBase,
        FactRef,
        FileReport,
        Fix,
        Position,
        Severity,
        Span,
        Suppressed,
        Verdict,
        check_paths,
        check_text,
    )

__version__ = "0.1.0"
__all__ = [
    "ClaimReport",
    "Diagnostic",
    "EvidencelintError",
    "FactBase",
    "FactRef",
    "FileReport",
    "Fix",
    "Position",
    "Severity",
    "Span",
    "Suppressed",
    "Verdict",
    "__version__",
    "check_paths",
    "check_text",
]


def __getattr__(name: str) -> object:
    """Load the interface when it is first used: the command line imports this module for its version alone."""
    if name not in __all__:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    value: object = getattr(import_module("evidencelint.api"), name)
    return value


def __dir__() -> list[str]:
    return __all__
