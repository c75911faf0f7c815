"""Authors' names as texts write them, read from words outwards: particles, given names, initials, "et al."."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from evidencelint.citations.wordlists import CitationWords
from evidencelint.diagnostics import Span

_MOST_INITIALS = 2
_MOST_GIVEN = 4
_SHORT_LEAD = 5
_JOINS = frozenset({"&", "and", "und", "y", "et"})


@dataclass(frozen=True, slots=True)
class Word:
    """A word or mark of a text with its place."""

    text: str
    start: int
    end: int

    @property
    def bare(self) -> str:
        """Give the word in lower case without a full stop or the mark of the possessive."""
        return re.sub(r"['’]s?$", "", self.text.rstrip(".")).lower()

    @property
    def capital(self) -> bool:
        """Tell whether it begins with a capital letter."""
        return self.text[0].isupper()

    @property
    def initials(self) -> bool:
        """Tell whether it may be the initials of given names."""
        letters = self.text.replace(".", "").replace("-", "").replace("‑", "")
        return letters.isalpha() and letters.isupper() and len(letters) <= _MOST_INITIALS


@dataclass(frozen=True, slots=True)
class Authors:
    """A list of authors as written, whether it goes on with "et al.", and where it begins."""

    names: tuple[tuple[str, Span], ...]
    others: bool
    start: int


def reach_forward(words: Sequence[Word], lists: CitationWords) -> int:
    """Give the number of words from the first on that are names, joined by "and", and "et al."."""
    end = 0
    for index, word in enumerate(words):
        if word.capital and word.bare not in lists.not_names:
            end = index + 1
            if word.text.endswith(("'s", "’s")) or (word.text.endswith(".") and not word.initials):
                break
        elif word.bare in {"al", *lists.others} and index and words[index - 1].bare in {"et", "and", "&"}:
            return index + 1
        elif word.bare not in {"and", "&", "et", *lists.particles}:
            break
    return end


def read_back(words: Sequence[Word], at: int, lists: CitationWords) -> Authors | None:
    """Read a list of authors that ends with the word at ``at``."""
    end = _before_others(words, at, lists)
    others = end != at
    names: list[tuple[str, Span]] = []
    back, joined = end, False
    while back >= 0:
        read = _name_back(words, back, lists, whole=not joined, sure=others and not names)
        if read is None:
            break
        name, back = read
        names.append(name)
        if back >= 0 and words[back].text == "," and joined:
            back -= 1
        elif back >= 0 and words[back].text in _JOINS and not joined:
            joined = True
            back -= 2 if back and words[back - 1].text == "," else 1
        else:
            break
    if not names:
        return None
    names.reverse()
    return Authors(tuple(names), others, names[0][1].start)


def _before_others(words: Sequence[Word], at: int, lists: CitationWords) -> int:
    """Step back over "et al.", "and colleagues" and the like; gives ``at`` where there is nothing of the kind."""
    back = at - 1 if at >= 0 and words[at].text == "." else at
    if back >= 1 and words[back].bare == "al" and words[back - 1].bare == "et":
        back -= 2
    elif at >= 1 and words[at].bare in lists.others:
        back = at - 2 if words[at - 1].bare in {"her", "his", "their", "the"} else at - 1
        if back < 0 or words[back].bare not in {"and", "&"}:
            return at
        back -= 1
    else:
        return at
    return back - 1 if back >= 0 and words[back].text == "," else back


def _name_back(
    words: Sequence[Word], at: int, lists: CitationWords, *, whole: bool, sure: bool = False
) -> tuple[tuple[str, Span], int] | None:
    """Read one name that ends at ``at``; gives it with the index of the word before it.

    Initials after the name are left out, given names and particles before it are part of it. Before "et al." it is
    ``sure`` to be a name, even if it looks like another word ("He et al.").
    """
    end = _before_initials(words, at, lists)
    if end < 0 or not (_is_name(words[end], lists) or (sure and words[end].capital and len(words[end].bare) > 1)):
        return None
    start = end
    given = 0
    while start >= 1:
        word = words[start - 1]
        if words[start].start - word.end > _SHORT_LEAD:
            break
        lower = word.text.islower() and word.bare in lists.particles and not word.text.endswith(".")
        connects = whole and word.text in {"of", "for"} and start >= 2 and _is_name(words[start - 2], lists)  # noqa: PLR2004
        if lower or connects:
            start -= 1
        elif given < _MOST_GIVEN and (_is_name(word, lists) or (word.initials and word.capital)):
            if word.text.endswith(".") and not word.initials:
                break
            start, given = start - 1, given + 1
        else:
            break
    while words[start].text.islower() and words[start].text in {"y", "e", "of", "for"} and start < end:
        start += 1
    pieces = [words[index].text for index in range(start, end + 1)]
    pieces[-1] = re.sub(r"['’]s?$", "", pieces[-1].rstrip("."))
    if not pieces[-1]:
        return None
    stop = words[end].start + len(pieces[-1])
    return (" ".join(pieces), Span(words[start].start, stop)), start - 1


def _before_initials(words: Sequence[Word], at: int, lists: CitationWords) -> int:
    """Step back from initials to the family name they follow ("Smith, J. R.", "Smith JR")."""
    back = at
    while back >= 0 and (words[back].initials or (words[back].text == "," and back < at and words[back + 1].initials)):
        back -= 1
    return back if 0 <= back < at and _is_name(words[back], lists) else at


def _is_name(word: Word, lists: CitationWords) -> bool:
    if not word.capital or len(word.bare) == 1:
        return False
    return word.text.isupper() or word.bare not in lists.not_names
