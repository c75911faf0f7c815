"""Words and phrases without a parser: stems, and tables of phrases found in one pass.

Stems are those of the Snowball English stemmer (Porter, 2001), so that "reduced", "reduces" and
"reducing" meet. Hyphens and slashes separate words; an all-capital abbreviation keeps its case.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cache, cached_property, lru_cache
from itertools import pairwise
from typing import Generic, Literal, Protocol, TypeVar, cast

from evidencelint.diagnostics import Span
from evidencelint.errors import ResourceError
from evidencelint.resources import load_lexicon

_WORD = re.compile(r"[^\W\d_]+(?:['’][^\W\d_]+)*|\d+(?:[.,]\d+)*")
_ABBREVIATION = re.compile(r"[A-Z][a-z]*[A-Z][A-Za-z]*$")
# what a word must hold for a pattern to be asked, the pattern, and what is put in its place
_SPELLING = (
    ("isation", re.compile(r"isation(?=s?$)"), "ization"),
    ("is", re.compile(r"is(?=e[sdr]?$|ing$|er[sd]?$)"), "iz"),
    ("our", re.compile(r"our(?=s?$|al|ed|ing|able)"), "or"),
    ("aem", re.compile(r"(?<=[a-z]{2})aem(?=i)"), "em"),
    ("paed", re.compile(r"^(p)aed(?=i)"), r"\1ed"),
    ("entre", re.compile(r"(?<=[cmtb])entre(?=s?$|d$)"), "enter"),
    ("ll", re.compile(r"(?<=l)l(?=ed$|ing$|er$)"), ""),
    ("ogue", re.compile(r"ogue(?=s?$)"), "og"),
    ("programme", re.compile(r"programme"), "program"),
)
_FIRST_PERSON_AND_POSSESSIVE = re.compile(r"['’]s?$")

T = TypeVar("T")
MatchBy = Literal["stem", "written", "name"]


class _Stemmer(Protocol):
    def stemWord(self, word: str) -> str: ...  # noqa: N802 - the library's name


@cache
def _stemmer() -> _Stemmer:
    import Stemmer  # noqa: PLC0415 - only when text is read

    return cast("_Stemmer", Stemmer.Stemmer("english"))


@cache
def _own_stems() -> frozenset[str]:
    data = load_lexicon("words")
    entries = data.get("own_stem") if isinstance(data, dict) else None
    if not isinstance(entries, list):
        raise ResourceError("rules/lexicon/words.yaml: expected a list under own_stem")
    return frozenset(map(str, entries))


@lru_cache(maxsize=100_000)
def stem(word: str) -> str:
    """Give the stem under which spellings and inflections of a word meet; abbreviations keep their case."""
    bare = _FIRST_PERSON_AND_POSSESSIVE.sub("", word)
    if _ABBREVIATION.match(bare):
        return bare.rstrip("s")
    lowered = bare.lower().replace("’", "'")
    if lowered in _own_stems():
        return f"{lowered.rstrip('s')}="
    if len(lowered) > 5:  # noqa: PLR2004 - short words hold too little to tell spelling variants
        for held, pattern, replacement in _SPELLING:
            if held in lowered:
                lowered = pattern.sub(replacement, lowered)
    return _stemmer().stemWord(lowered)


@dataclass(frozen=True, slots=True)
class Word:
    """One word of a text: as it stands there, its stem, its place in that text, and as written but for case."""

    text: str
    stem: str
    span: Span
    written: str


class Words(tuple[Word, ...]):  # noqa: SLOT001 - what is made once is kept in it
    """The words of a text in order, with what tables of phrases compare them by, made once for all tables."""

    @cached_property
    def stems(self) -> tuple[str, ...]:
        """Give their stems."""
        return tuple([word.stem for word in self])

    @cached_property
    def written(self) -> tuple[str, ...]:
        """Give them as written but for case."""
        return tuple([word.written for word in self])

    @cached_property
    def names(self) -> tuple[str, ...]:
        """Give their stems, with those of participles and adverbs kept apart."""
        return tuple([_name_key(word.text, word.stem) for word in self])

    @cached_property
    def stem_pairs(self) -> frozenset[tuple[str, str]]:
        """Give the stems that follow one another."""
        return _pairs(self.stems)

    @cached_property
    def written_pairs(self) -> frozenset[tuple[str, str]]:
        """Give the written words that follow one another."""
        return _pairs(self.written)

    @cached_property
    def name_pairs(self) -> frozenset[tuple[str, str]]:
        """Give the parts of names that follow one another."""
        return _pairs(self.names)


def _pairs(keys: tuple[str, ...]) -> frozenset[tuple[str, str]]:
    return frozenset(pairwise(keys))


def _keys_of(sequence: Words, by: MatchBy) -> tuple[str, ...]:
    """Give what the words of a text are compared by."""
    if by == "written":
        return sequence.written
    return sequence.stems if by == "stem" else sequence.names


def _pairs_of(sequence: Words, by: MatchBy) -> frozenset[tuple[str, str]]:
    if by == "written":
        return sequence.written_pairs
    return sequence.stem_pairs if by == "stem" else sequence.name_pairs


def _name_key(word: str, its_stem: str) -> str:
    return its_stem + "+" if word.endswith(("ed", "ing", "ly")) else its_stem


@lru_cache(maxsize=4_096)
def words(text: str) -> Words:
    """Read the words of a text in order; figures count as words."""
    return Words([Word(m[0], stem(m[0]), Span(*m.span()), _as_written(m[0])) for m in _WORD.finditer(text)])


def stems(text: str) -> tuple[str, ...]:
    """Give only the stems of a text, in order."""
    return words(text).stems


@dataclass(frozen=True, slots=True)
class Hit(Generic[T]):
    """A phrase found: what it stands for and where (code points of the text, and word indices)."""

    value: T
    span: Span
    first: int
    last: int


def _as_written(word: str) -> str:
    return word.lower().replace("’", "'")


class PhraseTable(Generic[T]):
    """Phrases by their stems, or as written; finds the longest one at each place, in one pass over the words.

    A phrase may stand for several values; one hit each is given.
    """

    def __init__(self, entries: Iterable[tuple[str, T]], *, by: MatchBy = "stem") -> None:
        """Take pairs of phrase and value, and how words are compared.

        Stems join "likely" with "like": fine for topics, wrong for cues, which are matched as ``written`` but
        for case. A ``name`` is matched by stems, but keeps "controlled" apart from "controls"
        and "monthly" from "months".
        """
        self._by = by
        gathered: dict[tuple[str, ...], list[T]] = {}
        for phrase, value in entries:
            key = self._key(phrase)
            if key and value not in gathered.setdefault(key, []):
                gathered[key].append(value)
        self._single = {key[0]: values for key, values in gathered.items() if len(key) == 1}
        # by the words they begin with, of which many texts hold the first, and few the second behind it
        self._longer: dict[tuple[str, str], list[tuple[tuple[str, ...], list[T]]]] = {}
        for key in sorted(gathered, key=lambda key: (-len(key), key)):
            if len(key) > 1:
                self._longer.setdefault((key[0], key[1]), []).append((key, gathered[key]))
        self._firsts = frozenset(key[0] for key in gathered)

    def _key(self, phrase: str) -> tuple[str, ...]:
        """Give what the words of a phrase are compared by; tables are a tenth of a cold start, so no words are made."""
        plain = phrase.isascii() and phrase.replace(" ", "").isalpha()
        found = phrase.split() if plain else _WORD.findall(phrase)
        if self._by == "written":
            return tuple([_as_written(word) for word in found])
        return tuple([stem(word) if self._by == "stem" else _name_key(word, stem(word)) for word in found])

    def _within(self, sequence: Sequence[Word]) -> tuple[str, ...]:
        """Give what the words of a text are compared by, or nothing where it can hold no phrase: most hold none."""
        known = sequence if isinstance(sequence, Words) else Words(sequence)
        keys = _keys_of(known, self._by)
        if self._firsts.isdisjoint(keys):
            return ()
        # many phrases begin with the same common words
        alone = self._single.keys().isdisjoint(keys) and self._longer.keys().isdisjoint(_pairs_of(known, self._by))
        return () if alone else keys

    def find_all(self, sequence: Sequence[Word]) -> Iterator[Hit[T]]:
        """Yield every phrase at every place, overlapping ones too, longer ones first at each place."""
        keys = self._within(sequence)
        return self._hits(sequence, keys) if keys else iter(())

    def _hits(self, sequence: Sequence[Word], keys: tuple[str, ...]) -> Iterator[Hit[T]]:
        for position, pair in enumerate(zip(keys, (*keys[1:], ""), strict=True)):
            for key, values in self._longer.get(pair, ()):
                last = position + len(key) - 1
                if keys[position : last + 1] == key:
                    span = Span(sequence[position].span.start, sequence[last].span.end)
                    for value in values:
                        yield Hit(value, span, position, last)
            for value in self._single.get(pair[0], ()):
                yield Hit(value, sequence[position].span, position, position)

    def find(self, sequence: Sequence[Word]) -> Iterator[Hit[T]]:
        """Yield the hits from left to right; hits never overlap, the longest wins."""
        keys = self._within(sequence)
        return self._longest(sequence, keys) if keys else iter(())

    def _longest(self, sequence: Sequence[Word], keys: tuple[str, ...]) -> Iterator[Hit[T]]:
        free, taken = 0, (-1, -1)
        for hit in self._hits(sequence, keys):
            if hit.first >= free or (hit.first, hit.last) == taken:
                taken = (hit.first, hit.last)
                free = hit.last + 1
                yield hit
