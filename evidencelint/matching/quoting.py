"""What a clause only quotes: whoever is quoted need not be the source, and what is quoted need not be meant."""

from __future__ import annotations

from evidencelint.words import words

_MARKS = (("“", "”"), ('"', '"'), ("‘", "’"), ("«", "»"))
_MOST = 0.5


def quoted(text: str) -> bool:
    """Tell whether most of a text stands between quotation marks, or ends a quotation begun before."""
    if text.count('"') == 1 and text.rstrip(" .!?").endswith('"'):
        return True
    for opening, closing in _MARKS:
        start = text.find(opening)
        end = text.find(closing, start + 1)
        if 0 <= start < end and len(words(text[start:end])) >= _MOST * len(words(text)):
            return True
    return False
