"""Which study a sentence of a source tells of, by the author and year that it names."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, field

from evidencelint.bibliography import Work

_FARTHEST = 60


@dataclass(frozen=True, slots=True)
class Studies:
    """The works of a bibliography, ready to be found in sentences."""

    works: tuple[Work, ...] = ()
    _patterns: tuple[tuple[re.Pattern[str], str], ...] = field(default=(), repr=False)

    @classmethod
    def of(cls, works: Iterable[Work], source: str) -> Studies:
        """Take all works but the source itself."""
        others = tuple(work for work in works if work.key != source and work.authors and work.year)
        return cls(others, tuple((_named(work), work.key) for work in others))

    def named_in(self, text: str) -> str | None:
        """Give the key of the work that a sentence names by its first author and year; None for none or several."""
        found = {key for pattern, key in self._patterns if pattern.search(text) is not None}
        return next(iter(found)) if len(found) == 1 else None


def _named(work: Work) -> re.Pattern[str]:
    """Match the first author with the year after it, in brackets or not, and other authors between."""
    author, between = re.escape(work.authors[0]), rf"[^.;()]{{0,{_FARTHEST}}}(?:al\.)?[^.;()]{{0,4}}"
    return re.compile(rf"(?<!\w){author}\b{between}[(\[]?{work.year}\b", re.IGNORECASE)
