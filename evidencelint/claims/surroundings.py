"""What a sentence inherits from around it: table headers and lead-ins, the sentence before, headings."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from evidencelint.claims.lexical import Lexical, LexicalReader
from evidencelint.frames import NO_SLOTS, Slots
from evidencelint.model import SLOTS, Passage

_MOST_SEEN = 2_000


def first_of(preferred: Slots, otherwise: Slots) -> Slots:
    """Give the slots of one source, and those of another where it has none."""
    return {slot: preferred[slot] or otherwise[slot] for slot in SLOTS}


def where_empty(stated: Slots, otherwise: Slots) -> Slots:
    """Give the slots of another source where nothing is stated, and nothing elsewhere."""
    return {slot: frozenset() if stated[slot] else otherwise[slot] for slot in SLOTS}


@dataclass(frozen=True, slots=True)
class Surroundings:
    """Slots and terms that the context supplies.

    ``near`` comes from what a cell or list item is written to be read with (headers, caption, lead-in)
    and counts as stated; ``far`` from the sentence before and the headings, and is weaker evidence.
    Terms are kept apart for the headers of a cell, for captions and lead-ins, and for the rest.
    """

    near: Slots
    far: Slots
    header_terms: frozenset[str]
    lead_terms: frozenset[str]
    far_terms: frozenset[str]


@dataclass(frozen=True, slots=True)
class Survey:
    """The context at one sentence of a passage."""

    reader: LexicalReader
    headers: tuple[Lexical, ...]
    leads: tuple[Lexical, ...]
    previous: tuple[Lexical, ...]
    headings: tuple[Lexical, ...]

    def current(self) -> Surroundings:
        """Give what the next sentence inherits; the nearest source wins each slot."""
        far = (*self.previous, *self.headings)
        return Surroundings(
            near=self._slots((*self.headers, *self.leads)),
            far=self._slots(far),
            header_terms=_terms(self.headers),
            lead_terms=_terms(self.leads),
            far_terms=_terms(far),
        )

    def after(self, sentence: Lexical) -> Survey:
        """Give the context for the sentence after this one."""
        return Survey(self.reader, self.headers, self.leads, (sentence, *self.previous[:1]), self.headings)

    def _slots(self, sources: Iterable[Lexical]) -> Slots:
        slots = dict(NO_SLOTS)
        for source in sources:
            found = self.reader.slots(source.mentions)
            for slot in SLOTS:
                slots[slot] = slots[slot] or found[slot]
        return slots


def _terms(sources: Iterable[Lexical]) -> frozenset[str]:
    empty: frozenset[str] = frozenset()
    return empty.union(*(source.values() for source in sources))


def _beside(passage: Passage) -> tuple[str, ...]:
    """Give the other cells of a row that hold words only, such as the study a figure is from."""
    return tuple(text for text in passage.row[1:] if not any(char.isdigit() for char in text))


class Surveyor:
    """Reads the context of passages; texts seen before (headings, headers) are read once."""

    def __init__(self, reader: LexicalReader) -> None:
        """Take the lexical reader of the vocabulary in use."""
        self._reader = reader
        self._seen: dict[str, Lexical] = {}

    def begin(self, passage: Passage) -> Survey:
        """Give the context at the first sentence of a passage."""
        return Survey(
            self._reader,
            tuple(self._read(text) for text in (*passage.row[:1], *passage.column)),
            tuple(self._read(text) for text in (*_beside(passage), *reversed(passage.lead_ins))),
            (),
            tuple(self._read(text) for text in reversed(passage.headings)),
        )

    def _read(self, text: str) -> Lexical:
        if text not in self._seen:
            if len(self._seen) >= _MOST_SEEN:
                self._seen.clear()
            self._seen[text] = self._reader.read(text)
        return self._seen[text]
