"""A bar on stderr for runs that take long; nothing where stderr is no terminal."""

from __future__ import annotations

import sys
from contextlib import suppress
from dataclasses import dataclass, field
from time import perf_counter
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from click._termui_impl import ProgressBar

_PATIENCE = 1.0


@dataclass(slots=True)
class Progress:
    """Counts documents, and begins to show it once the run has taken a second."""

    total: int
    _done: int = 0
    _started: float = field(default_factory=perf_counter)
    _bar: ProgressBar[int] | None = None

    def close(self) -> None:
        """End the line of the bar, where there is one."""
        if self._bar is not None:
            self._bar.render_finish()

    def advance(self, name: str) -> None:
        """Count a document."""
        self._done += 1
        steps = 1
        if self._bar is None:
            if self._done >= self.total or perf_counter() - self._started < _PATIENCE or not _shown():
                return
            self._bar = _bar(self.total)
            steps = self._done
        self._bar.label = _label(name)
        with suppress(OSError):
            self._bar.update(steps)


def _shown() -> bool:
    return sys.stderr is not None and sys.stderr.isatty()


def _bar(total: int) -> ProgressBar[int]:
    import click  # noqa: PLC0415 - a bar is seldom wanted

    bar: ProgressBar[int] = click.progressbar(length=total, file=sys.stderr, show_pos=True)
    bar.render_progress()
    return bar


def _label(name: str) -> str:
    from evidencelint.reporters.run import clean  # noqa: PLC0415

    return clean(name)[-40:].ljust(40)
