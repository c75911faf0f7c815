"""The words by which a text says that something is shown or settled: ``proofs.yaml``."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache

from evidencelint.lexicon.quantifiers import counted_nouns
from evidencelint.lexicon.shapes import as_phrases, read_lists
from evidencelint.lexicon.wordlists import source_nouns
from evidencelint.model import Span
from evidencelint.words import PhraseTable, Word, words

_SUBJECT = 6
_AFTER = 8


def proof(text: str) -> Span | None:
    """Give the words by which a text says that something is shown or settled; None where it has none or denies them."""
    said = words(text)
    opens = next(iter(_table("open").find(said)), None)
    found = _settled(said)
    return None if found is None or (opens is not None and opens.span.start < found.start) else found


def _settled(said: Sequence[Word]) -> Span | None:
    settled = next(iter(_table("settled").find(said)), None)
    if settled is not None:
        return settled.span
    for hit in _table("showing").find(said):
        before = [word for word in said if word.span.end <= hit.span.start][-_SUBJECT:]
        after = " ".join(word.written for word in said if word.span.start >= hit.span.end)
        of_evidence = any(_of_evidence(word) for word in before)
        shown = any(f" {word} " in f" {' '.join(after.split()[:_AFTER])} " for word in _list("shown"))
        if shown and (of_evidence or hit.value == "proving"):
            return hit.span
    return None


def _of_evidence(word: Word) -> bool:
    """Tell whether a word names a source or its studies, or points back to what was said of them."""
    known = word.stem in source_nouns() or counted_nouns().get(word.stem) == "studies"
    return known or word.written in _list("pointing")


@cache
def _list(name: str) -> tuple[str, ...]:
    return tuple(as_phrases(read_lists("proofs").get(name), f"proofs.{name}"))


@cache
def _table(name: str) -> PhraseTable[str]:
    return PhraseTable(((phrase, phrase) for phrase in _list(name)), by="written")
