"""The command line: the only place that reads arguments, environment and standard input, and exits."""

from evidencelint.cli.main import main

__all__ = ["main"]
