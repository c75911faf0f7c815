"""The words that state a relation, a change or a comparison: ``causal.yaml``."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from typing import Literal

from evidencelint.lexicon.shapes import as_direction, as_mapping, as_phrases, read_lists
from evidencelint.model import Direction, Strength
from evidencelint.words import PhraseTable, stem

Form = Literal["verb", "outcome", "predicate", "noun", "shift", "connective", "blame", "link"]
_FORMS: tuple[Form, ...] = ("verb", "outcome", "predicate", "noun", "shift", "connective", "blame")


@dataclass(frozen=True, slots=True)
class RelationCue:
    """What a relation word says: how strongly, and which way; ``form`` is the construction it counts in.

    A ``link`` is a word of correlation; the other forms are the lists of ``causal.yaml``. ``denies`` marks words that
    deny the relation by themselves ("unrelated").
    """

    strength: Strength
    direction: Direction
    form: Form
    denies: bool = False


@cache
def relation_cues() -> PhraseTable[RelationCue]:
    """Give the table of words that state a causal or correlational relation."""
    data = read_lists("causal")
    entries: list[tuple[str, RelationCue]] = []
    for form in _FORMS:
        raw = data.get(form)
        ways = raw if isinstance(raw, dict) else {"unknown": raw}
        for way, phrases in as_mapping(ways, f"causal.{form}").items():
            cue = RelationCue("causal", "no_difference" if way == "none" else as_direction(way), form, way == "none")
            entries.extend((phrase, cue) for phrase in as_phrases(phrases, f"causal.{form}.{way}"))
    for way, phrases in as_mapping(data.get("correlational"), "causal.correlational").items():
        direction = "no_difference" if way == "none" else as_direction(way)
        cue = RelationCue("correlational", direction, "link", way == "none")
        entries.extend((phrase, cue) for phrase in as_phrases(phrases, f"causal.correlational.{way}"))
    return PhraseTable(entries)


@cache
def motion_cues() -> PhraseTable[Direction]:
    """Give the table of words that say which way an outcome went."""
    data = read_lists("causal")
    entries = (
        (phrase, as_direction(way))
        for way, phrases in as_mapping(data.get("motion"), "causal.motion").items()
        for phrase in as_phrases(phrases, f"causal.motion.{way}")
    )
    return PhraseTable(entries)


@cache
def change_cues() -> PhraseTable[Direction]:
    """Give the table of words that say which way something moved."""
    data = read_lists("causal")
    return PhraseTable(
        (phrase, as_direction(way))
        for way, phrases in as_mapping(data.get("change"), "causal.change").items()
        for phrase in as_phrases(phrases, f"causal.change.{way}")
    )


@cache
def comparison_cues() -> PhraseTable[str]:
    """Give the table of words that set one treatment above another."""
    data = read_lists("causal")
    return PhraseTable((phrase, phrase) for phrase in as_phrases(data.get("comparison"), "causal.comparison"))


@cache
def causal_words(name: str) -> PhraseTable[str]:
    """Give one plain list of ``causal.yaml``: ``assigned``, ``observed``, ``evidence`` or ``actors``."""
    data = read_lists("causal")
    return PhraseTable(((phrase, phrase) for phrase in as_phrases(data.get(name), f"causal.{name}")), by="written")


@cache
def word_set(name: str) -> frozenset[str]:
    """Give one of the closed sets of words of ``causal.yaml``, in lower case."""
    data = as_mapping(read_lists("causal").get("words"), "causal.words")
    return frozenset(as_phrases(data.get(name), f"causal.words.{name}"))


@cache
def word_stems(name: str) -> frozenset[str]:
    """Give the stems of one of the closed sets of words of ``causal.yaml``."""
    return frozenset(map(stem, word_set(name)))
