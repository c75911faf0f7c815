"""What is a name of somebody or somewhere, and no concept: surnames of citations, cities, trials by their names."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

from evidencelint.harvest.collocations import Occurrence

_WORD = re.compile(r"[^\W\d_]+")
_LOCATING = frozenset({"in", "from", "at", "near"})
_OFTEN = 2


class ProperNames:
    """Tells names from nouns: what a source never writes in lower case."""

    def __init__(self, texts: Iterable[str]) -> None:
        """Take the sentences of a source."""
        self._common: set[str] = set()
        self._inner: set[str] = set()
        for text in texts:
            for found in _WORD.finditer(text):
                word = found[0]
                if word[0].islower():
                    self._common.add(_bare(word))
                elif found.start() > 0 and not _begins(text, found.start()):
                    self._inner.add(_bare(word))

    def is_name(self, phrase: str) -> bool:
        """Tell whether all words of a phrase are written with a capital, within sentences, and never without.

        What has two capitals is an abbreviation.
        """
        parts = [word for word in _WORD.findall(phrase) if len(word) > 1 or word.isupper()]
        capitals = any(sum(letter.isupper() for letter in word) > 1 for word in parts)
        keys = [_bare(word) for word in parts]
        return bool(keys) and not capitals and all(key in self._inner and key not in self._common for key in keys)


def is_place(occurrences: Sequence[Occurrence]) -> bool:
    """Tell whether a name is of a place that several sentences tell figures of ("in Utrecht, takings rose by 5%")."""
    told = {o.sentence for o in occurrences if o.figures and o.phrase.link and o.phrase.link[0] in _LOCATING}
    return len(told) >= _OFTEN


def _bare(word: str) -> str:
    return word.lower().removesuffix("s")


def _begins(text: str, at: int) -> bool:
    """Tell whether a word begins a sentence, a title or what follows a colon."""
    before = text[:at].rstrip(" “\"'(*_")
    return not before or before[-1] in ".:;!?|"
