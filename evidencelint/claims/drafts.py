"""A sentence on its way to becoming claims, and what of it counts as claimed."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from evidencelint.claims import pieces
from evidencelint.claims.lexical import Lexical
from evidencelint.claims.surroundings import Surroundings
from evidencelint.frames import Cue, Mention
from evidencelint.lexicon import motion_cues, relation_cues
from evidencelint.model import Passage, Quantity, Span

_NOT_CLAIMED = frozenset({"date", "identifier", "ordinal", "age", "anaphor", "vague", "proportion"})
_NO_PARSE_BELOW = 4


@dataclass(frozen=True, slots=True)
class Draft:
    """A sentence on its way to becoming claims; spans inside are offsets into its text."""

    passage: Passage
    span: Span
    text: str
    lexical: Lexical
    quantities: tuple[Quantity, ...]
    cues: tuple[Cue, ...]
    surroundings: Surroundings
    disowned: bool = False


def in_name(span: Span, mentions: Sequence[Mention]) -> bool:
    """Tell whether a word is part of a name of the vocabulary ("reduced tillage", "lack of time"), silent itself.

    A name of one word may still be a verb ("disclose").
    """
    return any(m.span.contains(span) and m.span != span for m in mentions)


def is_claimed(quantity: Quantity, lexical: Lexical) -> bool:
    """Tell whether a figure is said of something, and is no date, name or part of one."""
    return quantity.role not in _NOT_CLAIMED and not pieces.inside_name(quantity, lexical.mentions)


def worth_parsing(draft: Draft) -> bool:
    """Tell whether a sentence carries anything that the parse is asked about."""
    if len(draft.lexical.words) < _NO_PARSE_BELOW - draft.text.endswith("."):
        return False
    if any(q.role not in _NOT_CLAIMED for q in draft.quantities) or draft.cues:
        return True
    if [word.written for word in draft.lexical.words].count("as") > 1:
        return True  # "as high with the one as with the other"
    tables = (relation_cues(), motion_cues())
    return any(next(iter(table.find(draft.lexical.words)), None) is not None for table in tables)
