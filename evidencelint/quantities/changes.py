"""Which way something moved: level against change, "to" against "by"."""

from __future__ import annotations

import re

from evidencelint.model import Change
from evidencelint.quantities.lexicon import number_words

_WINDOW = 80
_ARROWS: dict[str, Change] = {"↑": "increase", "↓": "decrease"}
_WORD = re.compile(r"[^\W\d_]+(?:['’-][^\W\d_]+)*")
_PIECE = re.compile(r"[^\W\d_]+(?:['’-][^\W\d_]+)*|[;:.!?](?=\s|$)|,(?=\s)|\(")
# Where a clause ends: marks, and words that begin another.
_CUTS = frozenset({";", ":", ".", "!", "?", ",", "and", "but", "while", "whereas", "against", "versus", "than"})
_HARD_CUT = re.compile(r"[;:.!?](?=\s|$)|\b(?:but|while|whereas|against|versus|than)\b", re.IGNORECASE)
# Verbs whose subject the figure is part of: "a 5% tariff lowers output".
_VERBS = frozenset(
    {"lowers", "raises", "boosts", "lifts", "narrows", "weakens", "expands", "cuts", "saves", "jumps", "dips"}
)
# How far a cue may stand from its figure: "fell sharply by 12%", "fell 12%", "a 12% relative reduction".
_BY_FAR, _FAR, _NEAR, _AFTER = 10, 4, 2, 3
_NOUN_ENDS = ("tion", "ease", "ment", "ine", "duction")
_PAST = frozenset({"rose", "fell", "grew", "lost", "shed", "sank", "risen", "fallen", "grown", "shrank", "shrunk"})
_STOPS = frozenset({"of", "in", "to", "at", "on", "with", "had", "were", "was", "is", "are", "have", "has", "by", "or"})
_BEING = frozenset({"was", "is", "were", "being"})
_MOVES = frozenset({"reduction", "increase", "decrease", "rise", "decline", "improvement"})
# "make up 5%" and "shot down 37 drones" say nothing of a rise or fall.
_PHRASAL = re.compile(
    r"\b(?:(?:make|made|makes|making|set|sets|setting|follow|take|takes|taken|took|sign|signed|pick|picked|give|gave|given"
    r"|split|break|broke|broken|bring|brought|grew|grow|grown|back|backed|follow|turned|show|showed|end|ended|blew)\s+up"
    r"|(?:shot|shoot|shut|broke|broken|break|lay|laid|turned|put|settle|hand|handed|wrote|written|stand|stood)\s+down|(?:up|down)\s+(?:here|there))\b",
    re.IGNORECASE,
)
_PLACED = re.compile(
    r"\s+(?:below|above)\s+(?:(?:the|its)\s+)?(?:ground|sea|surface|water|street|deck|floor|soil|canopy|knee|waist)\b"
)
_PASSED = re.compile(r"(?:below|above|beneath|past|beyond)\s", re.IGNORECASE)
_SAID_AGAIN = re.compile(r",\s+(?:or|that\s+is|i\.e\.|which\s+is)(?:\s+to\s+say)?,?\s+by\s+(?:about\s+|some\s+)?$")
_ADVERB_ENDS = ("ly", "further", "another")


def read_change(text: str, start: int, end: int) -> Change:
    """Tell whether a figure is the size of a rise or fall: "fell by 12%", "a 12% drop", "12% lower"."""
    if _PASSED.match(text, start):
        return "level"  # "fell below 200 tonnes" says where to, not by how much
    left = _left(text, start)
    arrow = _ARROWS.get(text[max(0, start - 2) : start].rstrip()[-1:])
    if arrow is not None or (left and left[-1] in {"to", "from"}):
        return arrow or "level"
    if len(left) > 1 and left[-1] in _BEING and left[-2] in _MOVES and (found := _direction(left[-2])):
        return found
    if _SAID_AGAIN.search(text, max(0, start - _WINDOW), start) is not None:
        # "fell from 12 to 5, or by 58%": the verb is that of the part before
        before = _left(text, text.rfind(",", 0, start))
        return next((found for word in reversed(before) if (found := _direction(word))), "level")
    by = bool(left) and left[-1] in {"by", "of"}
    adverb = bool(left) and left[-1].endswith(_ADVERB_ENDS)
    far = left[-1:] == ["by"] and len(left) > 1 and not _is_done(left[-2])
    reach = (_BY_FAR if far else _FAR) if by else _NEAR if adverb else 1
    nearby = left[-reach:]
    for word in reversed(nearby):
        if word == "to":
            break
        if (found := _direction(word)) and (by or word not in number_words().moved_by):
            return found
    return _after(text, end)


def _is_done(word: str) -> bool:
    """Tell whether "by" after a word says who did it: "was achieved by 86%"."""
    return word.endswith(("ed", "en", "wn")) and _direction(word) is None


def _left(text: str, start: int) -> list[str]:
    """Give the last words before a figure, back to where its clause begins."""
    words: list[str] = []
    for piece in reversed(_PIECE.findall(_plain(text[max(0, start - _WINDOW) : start]).lower())):
        if piece in _CUTS or len(words) > _BY_FAR:
            break
        if piece != "(":
            words.append(piece)
    words.reverse()
    return words


def _plain(text: str) -> str:
    """Leave out "make up" and the like."""
    return _PHRASAL.sub(" ", text) if " up" in text or " down" in text else text


def _after(text: str, end: int) -> Change:
    if _PLACED.match(text, end):
        return "level"
    right: list[str] = []
    for match in _PIECE.finditer(_plain(text[end : end + _WINDOW])):
        piece = match[0].lower()
        if piece in _CUTS or piece == "(" or len(right) == _AFTER:
            break
        right.append(piece)
    for index, word in enumerate(right):
        if word in _STOPS:
            break
        near = index < _AFTER - 1 or word.endswith(_NOUN_ENDS)
        # "67% improved" and "12% dropped out" say what people did, not by how much something moved.
        if near and not word.endswith("ed") and word not in _PAST | _VERBS and (found := _direction(word)):
            return found
    return "level"


def _direction(word: str) -> Change | None:
    known = number_words()
    if word in known.increase:
        return "increase"
    return "decrease" if word in known.decrease else None


def is_moving(text: str, start: int) -> bool:
    """Tell whether "from A to B" tells of a move, not of a range: "rose from 20% to 35%"."""
    before = _plain(text[max(0, start - _WINDOW) : start])
    cuts = list(_HARD_CUT.finditer(before))
    words = [word.lower() for word in _WORD.findall(before[cuts[-1].end() :] if cuts else before)]
    moving = number_words().moving | number_words().going_from
    return any(_direction(word) or word in moving for word in words[-2 * _FAR :])
