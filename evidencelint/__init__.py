"""A claims-and-citations linter for evidence documents."""

__version__ = "0.1.0"
