"""What the loading of a model need not do at once, or at all."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import contextmanager
from importlib import import_module
from itertools import pairwise
from typing import Any

_PLUG_INS = "catalogue"
# how many characters are looked through for strings before all are given out: a long run asks no more
_MOST_LOOKED_THROUGH = 50_000


class SpecialCases:
    """Strings with a value each, such as the special cases of a tokenizer, given out when a text holds the string.

    They wait under their first two characters, so that a text is asked only for strings that it may hold.
    """

    def __init__(self, cases: Mapping[str, object]) -> None:
        """Take the values by string."""
        self._looked_through = 0
        self._waiting: dict[tuple[str, str], dict[str, object]] = {}
        self._always = {string: case for string, case in cases.items() if len(string) == 1}
        for string, case in cases.items():
            if len(string) > 1:
                self._waiting.setdefault((string[0], string[1]), {})[string] = case

    def met_in(self, text: str) -> list[tuple[str, object]]:
        """Give the strings that a text holds and no text before it held, with their values, in the order of strings.

        After much text all that still wait are given out.
        """
        met, self._always = dict(self._always), {}
        if not self._waiting:
            return sorted(met.items())
        self._looked_through += len(text)
        if self._looked_through > _MOST_LOOKED_THROUGH:
            met.update(case for waiting in self._waiting.values() for case in waiting.items())
            self._waiting.clear()
            return sorted(met.items())
        for pair in self._waiting.keys() & set(pairwise(text)):
            waiting = self._waiting[pair]
            held = [string for string in waiting if string in text]
            met.update((string, waiting.pop(string)) for string in held)
            if not waiting:
                del self._waiting[pair]
        return sorted(met.items())


class _PlugIns:
    """Entry points of the installed packages, asked for when they are wanted."""

    def __init__(self, asked: Callable[[], Any]) -> None:
        self._asked = asked
        self._found: Any = None
        self.wanted = False

    def select(self, **what: str) -> Iterable[Any]:
        """Give the entry points of a group, or none while they are not wanted."""
        if not self.wanted:
            return ()
        if self._found is None:
            self._found = self._asked()
        found: Iterable[Any] = self._found.select(**what)
        return found


@contextmanager
def without_plug_ins() -> Iterator[None]:
    """Keep spaCy from reading the metadata of every installed package for parts of a model that is complete in itself.

    It asks for them some hundred times while it is imported and loads a model. At the end they are there for
    whoever else uses spaCy, and read when asked for.
    """
    if _PLUG_INS in sys.modules:
        yield
        return
    metadata: Any = import_module("importlib.metadata")
    real = metadata.entry_points
    plug_ins = _PlugIns(real)
    metadata.entry_points = lambda: plug_ins
    try:
        import_module(_PLUG_INS)
    finally:
        metadata.entry_points = real
    try:
        yield
    finally:
        plug_ins.wanted = True
