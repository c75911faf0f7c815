"""A concept that a source suggests, and how its id is made."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass, field

_LONGEST_ID = 5
_NOT_ID = re.compile(r"[^a-z0-9]+")
# letters that no accent is taken off of
_LETTERS = str.maketrans({"ø": "o", "æ": "ae", "œ": "oe", "ß": "ss", "ł": "l", "đ": "d", "ð": "d", "þ": "th", "ı": "i"})


@dataclass(slots=True)
class Suggestion:
    """A concept that a source suggests; ``sentences`` name it, ``figured`` are those of them with figures.

    ``told`` counts where the source tells how much of it there was, or that it changed; ``proper`` is false where only
    that says that it is an outcome. ``lacks`` is the id of what these people are said to be without.
    """

    slot: str
    id: str
    names: list[str]
    is_a: list[str] = field(default_factory=list)
    keys: set[tuple[str, ...]] = field(default_factory=set)
    sentences: set[int] = field(default_factory=set)
    figured: set[int] = field(default_factory=set)
    condition: bool = False
    abbreviated: bool = False
    told: int = 0
    proper: bool = True
    lacks: str = ""


def slug(text: str) -> str:
    """Give an id made of the first words of a text."""
    plain = unicodedata.normalize("NFKD", text.lower().translate(_LETTERS)).encode("ascii", "ignore").decode().lower()
    parts = [part for part in _NOT_ID.split(plain) if part][:_LONGEST_ID]
    return "-".join(parts) or "concept"
