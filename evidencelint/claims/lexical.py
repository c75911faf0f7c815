"""What a text is about, word by word: vocabulary concepts, synonym groups, and plain stems."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from evidencelint.factbase.vocabulary import Vocabulary
from evidencelint.frames import NO_SLOTS, Mention, Slots
from evidencelint.lexicon import company, idioms, stop_stems, synonym_groups
from evidencelint.model import SLOTS, Span
from evidencelint.words import Hit, PhraseTable, Word, stem, words

_EXCLUDERS = frozenset(stem(word) for word in ("not", "non", "without", "unlike", "excluding", "excluded", "except"))
_EXCLUDING_PAIRS = frozenset(
    (stem(first), stem(second))
    for first, second in (
        ("rather", "than"),
        ("instead", "of"),
        ("other", "than"),
        ("opposed", "to"),
        ("no", "longer"),
    )
)
_TRANSPARENT = frozenset(
    stem(word)
    for word in (
        *("a", "an", "the", "in", "on", "with", "for", "of", "to", "about", "at", "by", "after"),
        *("people", "patients", "yet", "been", "so", "far", "necessarily"),
        *("as", "done", "conducted", "carried", "out", "run", "planned", "designed", "meant", "intended", "set", "up"),
    )
)
# Words after which "a year" is a duration.
_STRETCHING = frozenset(
    ("", "for", "over", "after", "within", "in", "about", "of", "than", "at", "by", "half", "under", "nearly", "almost")
)
_REACH = 5
# texts are read again clause by clause, and facts for every claim near them
_MOST_KNOWN = 4_096


@dataclass(frozen=True, slots=True)
class Term:
    """One unit of meaning and where it stands: ``slot:concept``, ``~group`` or a stem."""

    value: str
    span: Span


@dataclass(frozen=True, slots=True)
class Lexical:
    """The words of a text with the concepts and terms they carry."""

    words: tuple[Word, ...]
    mentions: tuple[Mention, ...]
    terms: tuple[Term, ...]

    def values(self) -> frozenset[str]:
        """Give the terms without their places."""
        return frozenset(term.value for term in self.terms)


class LexicalReader:
    """Reads texts against one vocabulary; built once per fact base."""

    def __init__(self, vocabulary: Vocabulary) -> None:
        """Take the names of all concepts into one table."""
        self.vocabulary = vocabulary
        self._concepts: PhraseTable[tuple[str, str]] = PhraseTable(vocabulary.names(), by="name")
        self._known: dict[str, Lexical] = {}

    def read(self, text: str) -> Lexical:
        """Find mentions and terms; a mention that the text sets apart ("not in ...") is no mention."""
        known = self._known.get(text)
        if known is None:
            if len(self._known) >= _MOST_KNOWN:
                self._known.clear()
            known = self._known[text] = self._read(text)
        return known

    def _read(self, text: str) -> Lexical:
        sequence = words(text)
        owner: dict[int, list[str]] = {}
        mentions: list[Mention] = []
        terms: list[Term] = []
        for hit in self._hits(sequence):
            slot, concept = hit.value
            for index in range(hit.first, hit.last + 1):
                owner.setdefault(index, []).append(concept)
            terms.extend(Term(f"{slot}:{name}", hit.span) for name in sorted(self.vocabulary.closure(slot, concept)))
            apart = _excluded(sequence, hit.first) or _a_stretch(sequence, hit) or _company(sequence, hit)
            if not apart:
                mentions.append(Mention(slot, concept, hit.span))
        for found in synonym_groups().find(sequence):
            if not any(index in owner for index in range(found.first, found.last + 1)):
                terms.append(Term(found.value, found.span))
                owner.update({index: [] for index in range(found.first, found.last + 1)})
        stops = stop_stems()
        for index, word in enumerate(sequence):
            if index not in owner and word.stem not in stops and not word.text[0].isdigit():
                terms.append(Term(word.stem, word.span))
        return Lexical(sequence, tuple(mentions), tuple(sorted(terms, key=lambda term: (term.span, term.value))))

    def _hits(self, sequence: Sequence[Word]) -> Iterator[Hit[tuple[str, str]]]:
        """Yield the concepts named: the longest name wins in each slot ("drug sessions" names drug and session).

        The last word of a longer name of any slot is no name by itself ("drug session" names no session), nor is that
        of an idiom ("under control" names no control group).
        """
        found = list(self._concepts.find_all(sequence))
        longest: dict[int, int] = {}
        for idiom in idioms().find(sequence) if found else ():
            longest[idiom.last] = idiom.first
        for hit in found:
            longest[hit.last] = min(hit.first, longest.get(hit.last, hit.first))
        free: dict[str, tuple[int, tuple[int, int]]] = {}
        for hit in found:
            slot = hit.value[0]
            start, taken = free.get(slot, (0, (-1, -1)))
            if longest[hit.last] < hit.first:
                continue
            if hit.first >= start or (hit.first, hit.last) == taken:
                free[slot] = (hit.last + 1, (hit.first, hit.last))
                yield hit

    def parts(self, text: str) -> frozenset[str]:
        """Give the stems of the words of the longer names in a text: "carbon" may stand for "soil carbon"."""
        sequence = words(text)
        found = {
            index for hit in self._hits(sequence) if hit.last > hit.first for index in range(hit.first, hit.last + 1)
        }
        stems = (sequence[index].stem for index in found if not sequence[index].text[0].isdigit())
        return frozenset(stems) - stop_stems()

    def slots(self, mentions: Iterable[Mention]) -> Slots:
        """Gather mentions by slot; topics are no slot."""
        mentions = tuple(mentions)
        if not mentions:
            return NO_SLOTS
        return {slot: frozenset(mention.concept for mention in mentions if mention.slot == slot) for slot in SLOTS}


def _a_stretch(sequence: Sequence[Word], hit: Hit[tuple[str, str]]) -> bool:
    """Tell whether "a year" is a stretch of time ("after a year") and not a rate ("two visits a year")."""
    before = sequence[hit.first - 1].text.lower() if hit.first else ""
    return hit.value[0] == "timepoint" and sequence[hit.first].text.lower() == "a" and before in _STRETCHING


def _company(sequence: Sequence[Word], hit: Hit[tuple[str, str]]) -> bool:
    """Tell whether people are only there beside those who are told of: "with an adult present"."""
    behind = sequence[hit.last + 1].written if hit.last + 1 < len(sequence) else ""
    before = [word.written for word in sequence[max(0, hit.first - 2) : hit.first]]
    return hit.value[0] == "population" and "with" in before and behind in company()


def _excluded(sequence: Sequence[Word], first: int) -> bool:
    """Tell whether the words just before a mention set it apart."""
    index = first - 1
    while index >= 0 and first - index <= _REACH:
        word = sequence[index].stem
        if word in _EXCLUDERS:
            return True
        if index > 0 and (sequence[index - 1].stem, word) in _EXCLUDING_PAIRS:
            return True
        if word not in _TRANSPARENT:
            return False
        index -= 1
    return False
