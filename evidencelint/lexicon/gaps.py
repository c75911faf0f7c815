"""The words by which evidence is said to be missing, and advice to be against something: ``gaps.yaml``."""

from __future__ import annotations

import re
from functools import cache

from evidencelint.lexicon.shapes import as_phrases, read_lists
from evidencelint.model import Span
from evidencelint.words import PhraseTable, words


@cache
def gap_phrases() -> PhraseTable[str]:
    """Give the table of phrases that say that something was not studied."""
    data = read_lists("gaps")
    return PhraseTable(((phrase, phrase) for phrase in as_phrases(data.get("gaps"), "gaps.gaps")), by="stem")


@cache
def dissuading() -> PhraseTable[str]:
    """Give the table of words by which advice is not to do something."""
    data = read_lists("gaps")
    return PhraseTable(
        ((phrase, phrase) for phrase in as_phrases(data.get("dissuading"), "gaps.dissuading")), by="written"
    )


def waiving(text: str) -> Span | None:
    """Give the words by which a text says that something is not called for; None where it has none."""
    hit = next(iter(_waiving_words().find(words(text))), None)
    return hit.span if hit is not None else None


@cache
def _waiving_words() -> PhraseTable[str]:
    data = read_lists("gaps")
    return PhraseTable(((phrase, phrase) for phrase in as_phrases(data.get("waiving"), "gaps.waiving")), by="written")


def keeps_apart(text: str) -> bool:
    """Tell whether a text says to keep something out, with what is kept out between the words ("keep it out")."""
    return _apart().search(text) is not None


@cache
def _apart() -> re.Pattern[str]:
    phrases = [phrase.split("…") for phrase in as_phrases(read_lists("gaps").get("apart"), "gaps.apart")]
    parts = [rf"{re.escape(first.strip())}\b.{{1,60}}?\b{re.escape(last.strip())}" for first, last in phrases]
    return re.compile(rf"\b(?:{'|'.join(parts)})\b", re.IGNORECASE)


@cache
def _observing_words() -> PhraseTable[str]:
    data = read_lists("gaps")
    return PhraseTable(
        ((phrase, phrase) for phrase in as_phrases(data.get("observing"), "gaps.observing")), by="written"
    )


def observes(text: str) -> bool:
    """Tell whether a text speaks of looking at something, or of knowing it."""
    return next(iter(_observing_words().find(words(text))), None) is not None


@cache
def _research_words() -> PhraseTable[str]:
    data = read_lists("gaps")
    return PhraseTable(((phrase, phrase) for phrase in as_phrases(data.get("research"), "gaps.research")), by="written")


def asks_for_research(text: str) -> bool:
    """Tell whether a recommendation asks for studies, so that what they are to look at is not known."""
    return next(iter(_research_words().find(words(text))), None) is not None
