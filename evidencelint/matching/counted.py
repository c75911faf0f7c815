"""Compare what two counts count."""

from __future__ import annotations

from typing import Literal

from evidencelint.lexicon import counted_nouns, synonym_groups
from evidencelint.model import Quantity
from evidencelint.words import stem, words

Counting = Literal["same", "other", "unknown"]


def compare_counted(draft: Quantity, fact: Quantity) -> Counting:
    """Say whether two counts count the same thing; only bare counts are told apart by their noun."""
    if draft.dimension != "count" or fact.dimension != "count":
        return "unknown"
    if draft.counted is None or fact.counted is None:
        return "unknown"
    ours, theirs = _kind(draft.counted), _kind(fact.counted)
    return "same" if ours & theirs else "other"


def _kind(noun: str) -> frozenset[str]:
    sequence = words(noun)
    found = {hit.value for hit in synonym_groups().find(sequence)}
    classes = counted_nouns()
    for word in sequence:
        found.add(classes.get(word.stem, stem(word.text)))
    return frozenset(found)
