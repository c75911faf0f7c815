"""What the sources themselves say, beyond the facts that were made of them: which figures and concepts stand together.

A fact base is never the whole of its sources. A figure of a draft that no fact carries may stand in the source all the
same, and one that a fact carries of one thing may stand there of another thing, too.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from functools import cached_property

from evidencelint.claims.lexical import LexicalReader
from evidencelint.diagnostics import Span
from evidencelint.documents.sentences import split
from evidencelint.lexicon import Family, design_features, lacks_or_asks, words_of_families
from evidencelint.matching.values import same_number
from evidencelint.model import Quantity
from evidencelint.quantities import read_quantities
from evidencelint.words import words

# Sources longer than this (in characters) are not read for their figures; a claim meets only their facts.
_LONGEST = 1_000_000


@dataclass(frozen=True, slots=True)
class Told:
    """A sentence of a source with its figures."""

    text: str
    span: Span
    figures: tuple[Quantity, ...]


class SourceFigures:
    """The figures of the sources by sentence, read when first asked for."""

    def __init__(self, texts: Mapping[str, str], lexical: LexicalReader) -> None:
        """Take the texts of the sources by their keys, and what reads the concepts in them."""
        self._texts = texts
        self._lexical = lexical
        self._read: dict[str, tuple[Told, ...]] = {}

    def tells(self, quantity: Quantity) -> bool:
        """Tell whether a source gives this number in this unit anywhere."""
        return any(_has(told, quantity) for key in self._texts for told in self._of(key))

    def tells_of(self, quantity: Quantity, slot: str, concept: str, quote: str) -> bool:
        """Tell whether a sentence of a source, other than those of a quote, gives a number and names a concept."""
        for key, text in self._texts.items():
            start = text.find(quote)
            inside = Span(start, start + len(quote)) if start >= 0 else Span(0, 0)
            for told in self._of(key):
                if _has(told, quantity) and not told.span.overlaps(inside) and self._names(told, slot, concept):
                    return True
        return False

    def _names(self, told: Told, slot: str, concept: str) -> bool:
        return any(m.slot == slot and m.concept == concept for m in self._lexical.read(told.text).mentions)

    def _of(self, key: str) -> tuple[Told, ...]:
        if key not in self._read:
            text = self._texts[key]
            spans = split(text) if len(text) <= _LONGEST else ()
            read = (Told(text[s.start : s.end], s, tuple(read_quantities(text[s.start : s.end]))) for s in spans)
            self._read[key] = tuple(told for told in read if told.figures)
        return self._read[key]


def _has(told: Told, quantity: Quantity) -> bool:
    return any(_same(quantity, other) for other in told.figures)


def _same(draft: Quantity, source: Quantity) -> bool:
    if draft.dimension != source.dimension or draft.unit != source.unit:
        return False
    ends = draft.value is None and (draft.low, draft.high) == (source.low, source.high)
    return ends or same_number(draft, source)


class SourceConcepts:
    """The concepts that the sentences of the sources name together, read when first asked for."""

    def __init__(self, texts: Mapping[str, str], lexical: LexicalReader) -> None:
        """Take the texts of the sources by their keys, and what reads the concepts in them."""
        self._texts = texts
        self._lexical = lexical

    @cached_property
    def _named(self) -> tuple[frozenset[str], ...]:
        """Give the concepts (``slot:concept``) of each sentence that names two or more."""
        texts = [text for text in self._texts.values() if len(text) <= _LONGEST]
        read = [self._lexical.read(text[span.start : span.end]).values() for text in texts for span in split(text)]
        named = [frozenset(term for term in terms if ":" in term) for terms in read]
        return tuple(terms for terms in named if len(terms) > 1)

    def link(self, some: Collection[str], others: Collection[str]) -> bool:
        """Tell whether a sentence names a term of each side."""
        return any(not terms.isdisjoint(some) and not terms.isdisjoint(others) for terms in self._named)


def known_families(texts: Iterable[str]) -> frozenset[Family]:
    """Give the outcomes of everyday life that texts have a word of."""
    read = (words(text) for text in texts if len(text) <= _LONGEST)
    return frozenset(hit.value for said in read for hit in words_of_families().find_all(said))


def known_features(texts: Iterable[str]) -> frozenset[int]:
    """Give the features of a design that a sentence of the texts may tell of a study: without a word that denies it."""
    found: set[int] = set()
    for text in texts:
        for span in split(text) if len(text) <= _LONGEST else ():
            sentence = text[span.start : span.end]
            if not lacks_or_asks(sentence):
                found.update(hit.value for hit in design_features().find(words(sentence)))
    return frozenset(found)
