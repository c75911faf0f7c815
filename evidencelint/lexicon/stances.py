"""The words by which a text keeps apart what it does not assert itself: ``stances.yaml``."""

from __future__ import annotations

from functools import cache

from evidencelint.lexicon.shapes import as_mapping, as_phrases, read_lists, refuse_unknown
from evidencelint.words import PhraseTable

_HEADS = ("false", "true", "absent", "unsaid")
_LISTS = ("telling", "pointing", "pointers", "titled", "hearsay", "labels")


@cache
def head_words() -> PhraseTable[str]:
    """Give the table of words that say of what stands under them ``false``, ``true``, ``absent`` or ``unsaid``."""
    data = read_lists("stances")
    refuse_unknown(data, {*_HEADS, *_LISTS, "marks"}, "stances")
    return PhraseTable(
        ((phrase, kind) for kind in _HEADS for phrase in as_phrases(data.get(kind), f"stances.{kind}")), by="written"
    )


@cache
def stance_words(name: str) -> PhraseTable[str]:
    """Give one list as a table: ``telling``, ``pointing``, ``pointers``, ``titled``, ``hearsay`` or ``labels``."""
    entries = as_phrases(read_lists("stances").get(name), f"stances.{name}")
    return PhraseTable(((phrase, name) for phrase in entries), by="written")


@cache
def stance_marks(kind: str) -> tuple[str, ...]:
    """Give the signs before an item that say that it is ``false`` or ``true``."""
    marks = as_mapping(read_lists("stances").get("marks"), "stances.marks")
    return tuple(as_phrases(marks.get(kind), f"stances.marks.{kind}"))
