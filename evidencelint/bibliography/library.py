"""Works findable by key, identifier, and author and year."""

from __future__ import annotations

import re
import unicodedata
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping

from rapidfuzz.distance import OSA

from evidencelint.bibliography.work import Number, Work
from evidencelint.citations.links import identify
from evidencelint.citations.wordlists import citation_words
from evidencelint.model import AuthorYear, Citation

_LETTERS = str.maketrans(
    {"ø": "o", "ł": "l", "đ": "d", "ß": "ss", "æ": "ae", "œ": "oe", "þ": "th", "ı": "i", "’": "'", "‑": "-"}
)
_VERSION = re.compile(r"v\d+$")
_SHORTEST_SLIP = 5
_LONG_NAME = 9
_CAPITAL = re.compile(r"\b[A-ZÀ-ÖØ-Þ]")
_MOST_ALIKE = 40
_INITIALS = 2


class Library(Mapping[str, Work]):
    """A bibliography by key (aliases included), with indices for what else a text may cite by."""

    def __init__(self, works: Mapping[str, Work]) -> None:
        """Index the works; the first of several works with one identifier is found by it."""
        self._works = {**{alias: w for w in works.values() for alias in w.aliases}, **works}
        self._numbers: dict[Number, str] = {}
        self._names: dict[str, list[Work]] = defaultdict(list)
        for work in works.values():
            for number in _numbers(work):
                self._numbers.setdefault(number, work.key)
            for name in dict.fromkeys(form for author in work.authors for form in _forms(author, work)):
                self._names[name].append(work)

    def __getitem__(self, key: str) -> Work:
        """Give a work by key or alias."""
        return self._works[key]

    def __iter__(self) -> Iterator[str]:
        """Iterate over the keys."""
        return iter(self._works)

    def __len__(self) -> int:
        """Count the keys."""
        return len(self._works)

    def keys_of(self, citation: Citation) -> tuple[str, ...]:
        """Give the keys of the works that a citation names; a key that is in no bibliography names itself."""
        if citation.kind == "key":
            found = self._works.get(citation.target)
            # MyST and pandoc take a DOI for a key, too
            named = self._numbers.get(identify(citation.target)) if found is None else found.key
            return (named or citation.target,)
        if citation.kind == "prose" and citation.prose is not None:
            return tuple(dict.fromkeys(work.key for work in self.written(citation.prose)))
        key = self._numbers.get((citation.kind, _VERSION.sub("", citation.target)))
        return (key,) if key is not None else ()

    def written(self, prose: AuthorYear) -> list[Work]:
        """Give the works of the first author named, in the year named."""
        return [work for work in self.by_name(prose.names[0][0]) if work.year == prose.year]

    def by_name(self, name: str) -> list[Work]:
        """Give the works of an author as a text names one: with or without given names, accents and particles."""
        words = fold(name).split()
        for start in range(len(words)):
            found = self._names.get(" ".join(words[start:]))
            if found and start == 0:
                return found
            if found:
                return [work for work in found if _given_fits(words[:start], words[start:], work)]
        return []

    def near_names(self, name: str) -> list[str]:
        """Give the family names of authors that a name is a slip of, nearest first: one letter, two in a long one."""
        last = fold(name)
        if last in self._names or len(last) < _SHORTEST_SLIP:
            return []
        most = 2 if len(last) >= _LONG_NAME else 1
        found: list[tuple[int, str]] = []
        for known, works in self._names.items():
            if len(known) < _SHORTEST_SLIP or abs(len(known) - len(last)) > most or known[0] != last[0]:
                continue
            distance = OSA.distance(known, last, score_cutoff=most)
            if distance <= most:
                found += [
                    (distance, author) for work in works for author in work.authors if known in _forms(author, work)
                ]
        return list(dict.fromkeys(author for _, author in sorted(found)[:_MOST_ALIKE]))


def fold(name: str) -> str:
    """Fold a name: case, accents, kinds of hyphen and apostrophe."""
    lower = name.casefold().translate(_LETTERS)
    bare = "".join(char for char in unicodedata.normalize("NFKD", lower) if not unicodedata.combining(char))
    return " ".join(bare.replace(".", " ").split())


def _forms(author: str, work: Work) -> Iterable[str]:
    """Yield what an author may be called by: the name, without its particles, and an organisation's initials."""
    whole = fold(author)
    yield whole
    words = whole.split()
    particles = citation_words().particles
    start = next((index for index, word in enumerate(words) if word not in particles), 0)
    if start:
        yield " ".join(words[start:])
    capitals = _CAPITAL.findall(author)
    if len(words) > 2 and len(capitals) > 2:  # noqa: PLR2004 - two capitals are a person's
        yield "".join(capitals).casefold()
    if work.short and author == work.authors[0]:
        yield fold(work.short)


def _given_fits(before: list[str], family: list[str], work: Work) -> bool:
    """Tell whether the words before a family name may be the author's given names, or none at all.

    One word may be any that begins a sentence; two or more are a name, and must begin as the author's do.
    """
    initial = before[0][0]
    if len(before) == 1 and len(before[0]) > _INITIALS:
        return True
    for author, given in zip(work.authors, work.givens, strict=False):
        if " ".join(family) in _forms(author, work) and given:
            return any(fold(word)[:1] == initial for word in given.split())
    return True


def _numbers(work: Work) -> Iterable[Number]:
    if work.doi:
        yield identify(f"doi:{work.doi}")
    for kind, value in work.numbers:
        yield identify(value) if kind == "url" else (kind, _VERSION.sub("", value.lower()))
