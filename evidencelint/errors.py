"""The errors a run can end with; each says what, where and what to do."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from evidencelint.diagnostics import Position


class EvidencelintError(ValueError):
    """The run, or one document of it, could not do its job (exit code 2)."""

    def __init__(self, message: str, position: Position | None = None) -> None:
        """Keep the place so that every caller prints it the same way."""
        super().__init__(message)
        self.message = message
        self.position = position

    def __reduce__(self) -> tuple[type[EvidencelintError], tuple[str, Position | None]]:
        """Keep the place on the way from one process to another."""
        return type(self), (self.message, self.position)

    def __str__(self) -> str:
        """Give ``path:line:column: message``."""
        if self.position is None:
            return self.message
        return f"{self.position.path}:{self.position.line}:{self.position.column}: {self.message}"


class ConfigError(EvidencelintError):
    """A configuration is malformed or names something that does not exist."""


class FactBaseError(EvidencelintError):
    """A fact base is missing, malformed or says something its source does not."""


class BibliographyError(EvidencelintError):
    """A bibliography is missing or malformed."""


class DocumentError(EvidencelintError):
    """A document could not be read as Markdown text."""


class ResourceError(EvidencelintError):
    """The tool's own data (rules, lexicon, language model) is missing or malformed."""
