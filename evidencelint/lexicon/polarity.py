"""Words by which statements agree or oppose one another, beyond pairs of opposites: ``polarity.yaml``."""

from __future__ import annotations

import re
from functools import cache

from evidencelint.lexicon.shapes import as_mapping, as_phrases, read_lists, refuse_unknown
from evidencelint.words import PhraseTable, words

_LISTS = ("lacking", "limits", "beside", "other_side", "plainly", "also", "modelled", "tellers", "disbelieved")


@cache
def polarity_words(name: str) -> PhraseTable[str]:
    """Give one of the lists as a table of phrases as written; raises ResourceError for a malformed file."""
    data = read_lists("polarity")
    refuse_unknown(data, {*_LISTS, "working"}, "polarity")
    return PhraseTable(
        ((phrase, phrase) for phrase in as_phrases(data.get(name), f"polarity.{name}")),
        by="written",
    )


def has_words(name: str, text: str) -> bool:
    """Tell whether a text has a phrase of one of the lists."""
    return next(iter(polarity_words(name).find(words(text))), None) is not None


@cache
def working_words() -> re.Pattern[str]:
    """Give the pattern of words that work too much (group ``more``) or too little: "overreacts", "hypoactive"."""
    parts = as_mapping(read_lists("polarity").get("working"), "polarity.working")
    more, less, does = (
        "|".join(map(re.escape, as_phrases(parts.get(part), f"polarity.working.{part}")))
        for part in ("more", "less", "does")
    )
    return re.compile(rf"\b(?:(?P<more>{more})|{less})-?(?:re)?(?:{does})\w*", re.IGNORECASE)
