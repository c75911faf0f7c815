"""A claims-and-citations linter for evidence documents.

``check_text``, ``check_paths`` and ``FactBase.load`` are its Python interface; see `evidencelint.api`.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from evidencelint.api import check_paths, check_text
    from evidencelint.errors import EvidencelintError
    from evidencelint.factbase.facts import FactBase
    from evidencelint.model import Diagnostic, FactRef, Fix, Position, Severity, Span, Suppressed, Verdict
    from evidencelint.outcome import FileReport
    from evidencelint.reported import ClaimReport

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
_HOMES = ("errors", "model", "factbase.facts", "outcome", "reported", "api")  # the cheap ones first


def __getattr__(name: str) -> object:
    """Load a name when it is first used: the command line imports this module for its version alone."""
    for home in _HOMES if name in __all__ else ():
        value: object = getattr(import_module(f"{__name__}.{home}"), name, None)
        if value is not None:
            return value
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")


def __dir__() -> list[str]:
    return __all__
