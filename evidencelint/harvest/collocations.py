"""Phrases that a parse has cut short, made whole by how the source words them everywhere else."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from evidencelint.diagnostics import Span
from evidencelint.harvest.phrases import Phrase
from evidencelint.lexicon import stop_stems
from evidencelint.words import Word, stems, words

_OFTEN = 3
_MOSTLY = 0.7


@dataclass(frozen=True, slots=True)
class Occurrence:
    """A phrase in a sentence of the source, which may hold figures."""

    phrase: Phrase
    sentence: int
    figures: bool


def made_whole(occurrences: Sequence[Occurrence], texts: Sequence[str]) -> list[Occurrence]:
    """Widen one-word phrases that a source hardly ever uses by themselves ("crops" where it says "cover crops")."""
    sequences = [words(text) for text in texts]
    before = _companions(occurrences, sequences)
    pairs = {(first, noun) for noun, first in before.items()}
    common = Counter(occurrence.phrase.key for occurrence in occurrences)
    found: dict[tuple[int, Span], Occurrence] = {}
    for occurrence in occurrences:
        whole = _widened(occurrence, sequences[occurrence.sentence], texts, before, pairs, common)
        known = found.setdefault((whole.sentence, whole.phrase.span), whole)
        if known is not whole:
            # both words of a pair were taken for nouns
            parts = known.phrase.parts | whole.phrase.parts
            found[whole.sentence, whole.phrase.span] = replace(known, phrase=replace(known.phrase, parts=parts))
    return list(found.values())


def _companions(occurrences: Sequence[Occurrence], sequences: Sequence[Sequence[Word]]) -> Mapping[str, str]:
    """Give by noun the word that nearly always stands before it."""
    single = {o.phrase.key[0] for o in occurrences if len(o.phrase.key) == 1}
    seen: dict[str, Counter[str]] = defaultdict(Counter)
    for sequence in sequences:
        for index, word in enumerate(sequence):
            if word.stem in single:
                seen[word.stem][sequence[index - 1].stem if index else ""] += 1
    return dict(_steady(seen))


def _steady(seen: Mapping[str, Counter[str]]) -> Iterator[tuple[str, str]]:
    for noun, counts in seen.items():
        companion, count = counts.most_common(1)[0]
        mostly = count >= _OFTEN and count >= _MOSTLY * counts.total()
        if mostly and companion.isalpha() and companion not in stop_stems():
            yield noun, companion


def _widened(
    occurrence: Occurrence,
    sequence: Sequence[Word],
    texts: Sequence[str],
    before: Mapping[str, str],
    pairs: set[tuple[str, str]],
    common: Mapping[tuple[str, ...], int],
) -> Occurrence:
    phrase = occurrence.phrase
    at = next((i for i, word in enumerate(sequence) if word.span.start == phrase.span.start), None)
    if len(phrase.key) != 1 or at is None:
        return occurrence
    first = last = at
    if at and sequence[at - 1].stem == before.get(phrase.key[0]):
        first -= 1
    following = tuple(word.stem for word in sequence[at + 1 : at + 3])
    if following[:1] and (phrase.key[0], following[0]) in pairs:
        last += 1
    elif len(following) == 2 and (following in pairs or common.get(following, 0) >= _OFTEN):  # noqa: PLR2004 - a pair
        last += 2
    span = Span(sequence[first].span.start, sequence[last].span.end)
    text = texts[occurrence.sentence][span.start : span.end]
    if first == last or not text.replace(" ", "").replace("-", "").isalpha():
        return occurrence
    if span.start == 0 and text[1:2].islower():
        text = text[0].lower() + text[1:]
    whole = replace(phrase, text=text, head=sequence[last].text, key=stems(text), span=span)
    return replace(occurrence, phrase=whole)
