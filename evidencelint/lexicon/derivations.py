"""The words by which a figure is said to follow from others: ``derivations.yaml``, and those that infer."""

from __future__ import annotations

from functools import cache
from typing import Literal

from evidencelint.lexicon.shapes import as_phrases, read_lists, refuse_unknown
from evidencelint.words import PhraseTable, words

Operation = Literal["sum", "part", "rest", "left", "difference", "share", "product"]
_OPERATIONS: tuple[Operation, ...] = ("sum", "part", "rest", "left", "difference", "share", "product")


@cache
def _operation_cues() -> PhraseTable[Operation]:
    data = read_lists("derivations")
    refuse_unknown(data, set(_OPERATIONS), "derivations")
    entries = [(phrase, name) for name in _OPERATIONS for phrase in as_phrases(data.get(name), f"derivations.{name}")]
    return PhraseTable(entries, by="written")


def operations(text: str) -> frozenset[Operation]:
    """Give the steps of arithmetic that a text speaks of ("apart" of a difference, "altogether" of a sum)."""
    return frozenset(hit.value for hit in _operation_cues().find_all(words(text)))


@cache
def _inferring_phrases() -> PhraseTable[str]:
    data = read_lists("words")
    phrases = as_phrases(data.get("inferring"), "words.inferring")
    return PhraseTable(((phrase, phrase) for phrase in phrases), by="written")


def infers(text: str) -> bool:
    """Tell whether a text draws what it says from something else ("hence around 16 hours")."""
    return next(iter(_inferring_phrases().find(words(text))), None) is not None
