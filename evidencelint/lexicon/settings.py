"""Where findings are made, and where they are told to hold: ``settings.yaml``."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache

from evidencelint.errors import ResourceError
from evidencelint.lexicon.shapes import as_mapping, as_phrases, read_lists
from evidencelint.words import PhraseTable


@dataclass(frozen=True, slots=True)
class Setting:
    """Phrases for where something was found, and for where that need not hold."""

    narrow: PhraseTable[str]
    wide: PhraseTable[str]


@cache
def study_settings() -> tuple[Setting, ...]:
    """Give the pairs of settings; raises ResourceError where the list is malformed."""
    pairs = read_lists("settings").get("settings")
    if not isinstance(pairs, list):
        raise ResourceError("rules/lexicon/settings.yaml: settings must be a list")
    entries = [as_mapping(pair, f"settings[{place}]") for place, pair in enumerate(pairs)]
    return tuple(Setting(_table(entry.get("narrow"), "narrow"), _table(entry.get("wide"), "wide")) for entry in entries)


@cache
def seen_or_ever() -> Setting:
    """Give the words for what studies saw, and those of a denial without bounds."""
    entry = as_mapping(read_lists("settings").get("seen"), "settings.seen")
    return Setting(_table(entry.get("narrow"), "seen.narrow"), _table(entry.get("wide"), "seen.wide"))


def _table(phrases: object, name: str) -> PhraseTable[str]:
    return PhraseTable(((phrase, phrase) for phrase in as_phrases(phrases, f"settings.{name}")), by="written")
