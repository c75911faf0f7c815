"""Which part of a sentence belongs to which figure.

A sentence such as "67% with the drug against 32% with placebo" is parted at punctuation and at
words like "against"; a part without a figure of its own belongs to the figure it follows, or, when it
ends in a colon, to the one it introduces. What stands before the first figure is shared by all.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from evidencelint.claims.lexical import Lexical
from evidencelint.frames import Mention
from evidencelint.lexicon import boundary_cues
from evidencelint.model import Quantity, Span
from evidencelint.vocabulary import Vocabulary
from evidencelint.words import Word

_PUNCTUATION = re.compile(r"[,;:()\[\]]|[–—→|]|\s[-/=<>+]\s")

_OPENING = frozenset({";", "but", "while", "whereas", "although", "though"})


@dataclass(frozen=True, slots=True)
class Piece:
    """A stretch of a sentence between two boundaries.

    ``introduces`` says that it ends in a colon or arrow, ``opens`` that a new statement begins with it
    (after a semicolon, or with "whereas").
    """

    span: Span
    introduces: bool
    opens: bool
    figures: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Parts:
    """The pieces of a sentence and, for each figure, the indices of the pieces it owns."""

    pieces: tuple[Piece, ...]
    owned: tuple[frozenset[int], ...]
    parallel: bool

    def owns(self, figure: int, span: Span) -> bool:
        """Tell whether a stretch stands in a piece that the figure owns."""
        return any(self.pieces[index].span.overlaps(span) for index in self.owned[figure])

    def beside(self, figure: int, span: Span) -> bool:
        """Tell whether a stretch stands in the very piece that holds the figure."""
        return any(figure in piece.figures and piece.span.overlaps(span) for piece in self.pieces)


def part(text: str, sequence: Sequence[Word], quantities: Sequence[Quantity]) -> Parts:
    """Part a sentence between its figures; spans are offsets into ``text``."""
    cues = list(boundary_cues().find(sequence))
    cuts = sorted(
        {(m.start(), m.end()) for m in _PUNCTUATION.finditer(text) if not _inside(m.start(), quantities)}
        | {(c.span.start, c.span.end) for c in cues if c.value == "boundary" and not _inside(c.span.start, quantities)}
    )
    pieces: list[Piece] = []
    start, opens = 0, False
    for cut_start, cut_end in [*cuts, (len(text), len(text))]:
        mark = text[cut_start:cut_end].strip()
        if text[start:cut_start].strip():
            span = Span(start, cut_start)
            inside = tuple(i for i, q in enumerate(quantities) if span.overlaps(q.span))
            pieces.append(Piece(span, mark in {":", "→", "=", "|"}, opens, inside))
        opens = mark.lower() in _OPENING
        start = cut_end if mark and not mark[0].isalpha() else cut_start
    parallel = any(cue.value == "respectively" for cue in cues)
    return Parts(tuple(pieces), _ownership(pieces, len(quantities)), parallel)


def _inside(position: int, quantities: Sequence[Quantity]) -> bool:
    return any(q.span.start <= position < q.span.end for q in quantities)


def _leads_on(pieces: Sequence[Piece], index: int, after: int | None) -> bool:
    """Tell whether a part begins a statement whose figure comes later in it."""
    if after is None or any(piece.opens for piece in pieces[index + 1 : after + 1]):
        return False
    begins = next((i for i in range(index, -1, -1) if pieces[i].opens), None)
    return begins is not None and not any(piece.figures for piece in pieces[begins : index + 1])


def _ownership(pieces: Sequence[Piece], count: int) -> tuple[frozenset[int], ...]:
    owned: list[set[int]] = [set() for _ in range(count)]
    holders = [index for index, piece in enumerate(pieces) if piece.figures]
    for index, piece in enumerate(pieces):
        if piece.figures:
            for figure in piece.figures:
                owned[figure].add(index)
            continue
        before = max((holder for holder in holders if holder < index), default=None)
        after = min((holder for holder in holders if holder > index), default=None)
        leads = piece.introduces or _leads_on(pieces, index, after)
        if leads and after is not None:
            target: int | None = after
        else:
            target = before
        if target is not None:
            for figure in pieces[target].figures:
                owned[figure].add(index)
    return tuple(frozenset(indices) for indices in owned)


def assign(parts: Parts, count: int, mentions: Sequence[Mention], vocabulary: Vocabulary) -> list[list[Mention]]:
    """Give each figure the mentions of a sentence that speak of it.

    A slot in which the sentence names several concepts that exclude one another is shared out: in
    order, where there are as many figures as concepts in a list; else by pieces. A figure that gets
    none of them keeps them all, which conflicts with nothing.
    """
    result: list[list[Mention]] = [[] for _ in range(count)]
    for slot in dict.fromkeys(mention.slot for mention in mentions):
        here = [mention for mention in mentions if mention.slot == slot]
        names = list(dict.fromkeys(mention.concept for mention in here))
        rivals = {
            name for name in names if any(vocabulary.contrast(slot, name, other) for other in names if other != name)
        }
        free = [mention for mention in here if mention.concept not in rivals]
        contested = [mention for mention in here if mention.concept in rivals]
        ordered = _in_order(parts, count, contested)
        for figure in range(count):
            if ordered is not None:
                own = [ordered[figure]]
            else:
                own = [mention for mention in contested if parts.owns(figure, mention.span)]
                if not own:
                    own = _prefix(parts, contested) or contested
            result[figure].extend(own)
            result[figure].extend(mention for mention in free if _told_of(parts, figure, count, mention))
    return result


def _told_of(parts: Parts, figure: int, count: int, mention: Mention) -> bool:
    """Tell whether a mention without a rival speaks of a figure.

    It does in the figure's own part and before the first figure. From the part of another figure it
    carries on to later ones, as an outcome named once does; a last one carries back where the sentence says
    "respectively". An arm never carries.
    """
    owners = [other for other in range(count) if parts.owns(other, mention.span)]
    if figure in owners or not owners:
        return True
    carries_back = parts.parallel and max(owners) == count - 1
    return mention.slot != "arm" and (min(owners) < figure or carries_back)


def _prefix(parts: Parts, mentions: Sequence[Mention]) -> list[Mention]:
    """Give the mentions that stand before the first figure's piece."""
    first = next((piece.span.start for piece in parts.pieces if piece.figures), 0)
    return [mention for mention in mentions if mention.span.end <= first]


def _in_order(parts: Parts, count: int, mentions: Sequence[Mention]) -> list[Mention] | None:
    """Pair figures and concepts one by one where the sentence lists both apart from each other."""
    firsts: dict[str, Mention] = {}
    for mention in mentions:
        firsts.setdefault(mention.concept, mention)
    listed = list(firsts.values())
    if count < 2 or len(listed) != count:  # noqa: PLR2004 - a list has two items
        return None
    figure_pieces = [min((i for i, p in enumerate(parts.pieces) if n in p.figures), default=0) for n in range(count)]
    start = min(parts.pieces[i].span.start for i in figure_pieces)
    end = max(parts.pieces[i].span.end for i in figure_pieces)
    apart = all(m.span.end <= start for m in listed) or all(m.span.start >= _last_figure(parts, end) for m in listed)
    return listed if apart or parts.parallel else None


def _last_figure(parts: Parts, end: int) -> int:
    return max((piece.span.start for piece in parts.pieces if piece.figures and piece.span.end <= end), default=end)


def terms_of(
    parts: Parts, figure: int, lexical: Lexical, quantities: Sequence[Quantity]
) -> tuple[frozenset[str], frozenset[str]]:
    """Give the terms in the figure's own pieces, and those in the rest of the sentence.

    The words that figures are written in ("a third", "months") say nothing of the topic.
    """
    terms = [term for term in lexical.terms if not any(term.span.overlaps(q.span) for q in quantities)]
    local = frozenset(term.value for term in terms if parts.owns(figure, term.span))
    return local, frozenset(term.value for term in terms) - local
