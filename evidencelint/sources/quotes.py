"""Whether a quote stands in the text of a source, and if not, which passage is most like it."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Sequence
from heapq import nlargest

from rapidfuzz import fuzz, process

from evidencelint.documents.sentences import split
from evidencelint.sources.text import bare_text

_LOOKALIKES = str.maketrans(
    {
        **dict.fromkeys("‐‑‒–—―−﹣－", "-"),
        **dict.fromkeys("‘’‚‛′`´", "'"),
        **dict.fromkeys("“”„‟″«»", '"'),
        "…": "...",
        "\u00ad": "",
        "\u200b": "",
    }
)
_WITHIN_FIGURE = re.compile(r"\d[.,]\d")
_ALIKE_ENOUGH = 50
_LONGEST_SHOWN = 300
_LONGEST_PIECE = 600
_LONGEST_PASSAGE = 2_000
_SHORT_LIST = 8
_WORD = re.compile(r"\w+")
_HEAD = re.compile(r"[^\W\d_]+|\d+|_+")
_HEAD_SIZE = 20
# characters to compare from which one pass is faster than many
_MANY = 20_000_000


def stands_in_text(quote: str, text: str) -> bool:
    """Tell whether a text holds a quote, but for white space and what typesetting changes."""
    return SourceText(text).has(quote)


class SourceText:
    """A source made ready for many quotes; it is cut into pieces only when a quote is missing."""

    def __init__(self, text: str, markdown_path: str | None = None) -> None:
        """Take a text; that of a Markdown file may be quoted without its markup, too."""
        self._raw = text
        self._markdown_path = markdown_path
        self._text = " ".join(text.split())
        self._plain = plain_text(text)
        self._prose: str | None = None
        self._pieces: list[tuple[str, frozenset[str]]] | None = None
        self._found: frozenset[str] = frozenset()

    def look_for(self, quotes: Sequence[str]) -> None:
        """Look for many quotes at once, which a long text makes slow one by one; `has` knows those that are there."""
        if len(quotes) * len(self._text) >= _MANY:
            self._found = frozenset(_standing(quotes, self._text))

    def has(self, quote: str) -> bool:
        """Tell whether the text holds a quote: exactly, or but for what typesetting and markup change."""
        if quote in self._found:
            return True
        plain = plain_text(quote)
        if stands_whole(quote, self._text) or stands_whole(plain, self._plain):
            return True
        if self._markdown_path is None:
            return False
        if self._prose is None:
            self._prose = plain_text(bare_text(self._raw, self._markdown_path))
        return stands_whole(plain, self._prose)

    def exact(self, quote: str) -> bool:
        """Tell whether the text holds a quote to the letter, white space apart."""
        return stands_whole(quote, self._text)

    def nearest(self, quote: str) -> str:
        """Give the end of a message: the passage most like a quote, with how alike it is in percent."""
        found = self.nearest_passage(quote)
        if found is None:
            return "; nothing there is like it"
        return f"; nearest ({found[1]:.0f}% alike): “{found[0]}”"

    def nearest_passage(self, quote: str) -> tuple[str, float] | None:
        """Give the passage most like a quote with how alike it is in percent; None where nothing is like it."""
        if self._pieces is None:
            sentences = (self._text[span.start : span.end] for span in split(self._text))
            self._pieces = [(piece, _words(piece)) for sentence in sentences for piece in _clipped(sentence)]
        wanted, part = _words(quote), quote[:_LONGEST_PIECE]
        count = max(1, sum(1 for _ in split(part)))
        # Letters are compared only where words are shared, as comparing them costs the product of both lengths.
        shared = [len(wanted & words) for _, words in self._pieces]
        starts = range(max(1, len(shared) - count + 1))
        likely = nlargest(_SHORT_LIST, starts, key=lambda start: (sum(shared[start : start + count]), -start))
        passages = [" ".join(piece for piece, _ in self._pieces[start : start + count]) for start in likely]
        found = process.extractOne(part, passages, scorer=_likeness, score_cutoff=_ALIKE_ENOUGH)
        return (_cut(part, found[0][:_LONGEST_PASSAGE]), float(found[1])) if found is not None else None


def _words(text: str) -> frozenset[str]:
    return frozenset(_WORD.findall(text.lower()))


def _clipped(sentence: str) -> Iterator[str]:
    """Cut what is too long for a sentence, such as a table."""
    for start in range(0, len(sentence), _LONGEST_PIECE):
        yield sentence[start : start + _LONGEST_PIECE]


def plain_text(text: str) -> str:
    """Fold white space and what typesetting changes: dashes, quotation marks, composed letters."""
    return " ".join(unicodedata.normalize("NFC", text).translate(_LOOKALIKES).split())


def stands_whole(piece: str, text: str) -> bool:
    """Tell whether a piece stands in a text whole: "1 days" is no piece of "3.1 days"."""
    start = text.find(piece)
    while start >= 0:
        end = start + len(piece)
        if not _cuts(text, start) and not _cuts(text, end):
            return True
        start = text.find(piece, start + 1)
    return False


def _standing(quotes: Sequence[str], text: str) -> Iterator[str]:
    """Yield those of many pieces that stand in a text whole, in one pass: the text is read at the heads of words.

    Pieces too short to be told by their heads are left to be looked for one by one.
    """
    # many quotes may begin alike ("No study has ..."): of those, each length is looked up, not each quote
    heads: dict[str, set[tuple[int, int]]] = {}
    wanted = frozenset(quotes)
    for quote in wanted:
        first = _HEAD.search(quote)
        if first is not None and len(quote) - first.start() >= _HEAD_SIZE:
            head = quote[first.start() : first.start() + _HEAD_SIZE]
            heads.setdefault(head, set()).add((first.start(), len(quote)))
    for match in _HEAD.finditer(text):
        for before, size in heads.get(text[match.start() : match.start() + _HEAD_SIZE], ()):
            start = match.start() - before
            end = start + size
            if start >= 0 and text[start:end] in wanted and not _cuts(text, start) and not _cuts(text, end):
                yield text[start:end]


def _cuts(text: str, at: int) -> bool:
    """Tell whether a place is within a word or a figure, such as "3.1" on either side of its point."""
    before, after = text[max(0, at - 2) : at], text[at : at + 2]
    if not before or not after:
        return False
    if (before[-1].isalpha() and after[0].isalpha()) or (before[-1].isdigit() and after[0].isdigit()):
        return True
    return any(_WITHIN_FIGURE.fullmatch(piece) is not None for piece in (before + after[0], before[-1] + after))


def _likeness(quote: str, passage: str, *, score_cutoff: float | None = None) -> float:
    """Score a piece of a longer passage as high as a whole one; a passage shorter than the quote as a whole."""
    passage = passage[:_LONGEST_PASSAGE]
    if len(passage) <= len(quote):
        return fuzz.ratio(quote, passage, score_cutoff=score_cutoff)
    return fuzz.partial_ratio(quote, passage, score_cutoff=score_cutoff)


def _cut(quote: str, passage: str) -> str:
    """Cut out the piece that is like the quote, at the ends of words."""
    found = fuzz.partial_ratio_alignment(quote, passage) if len(passage) > len(quote) else None
    if found is None:
        piece = passage
    else:
        start = passage.rfind(" ", 0, found.dest_start + 1) + 1
        end = passage.find(" ", max(found.dest_end - 1, start))
        piece = passage[start : end if end >= 0 else len(passage)]
    return piece if len(piece) <= _LONGEST_SHOWN else f"{piece[:_LONGEST_SHOWN]}…"
