"""Which part of a sentence belongs to which figure.

A sentence such as "67% with the drug against 32% with placebo" is parted at punctuation and at
words like "against"; a part without a figure of its own belongs to the figure it follows, or, when it
ends in a colon, to the one it introduces. What stands before the first figure is shared by all.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from evidencelint.claims import pairing
from evidencelint.claims.estimates import share_estimates
from evidencelint.claims.lexical import Lexical, Term
from evidencelint.factbase.vocabulary import Vocabulary
from evidencelint.frames import Mention
from evidencelint.lexicon import boundary_cues
from evidencelint.model import Quantity, Span
from evidencelint.words import Word

_PUNCTUATION = re.compile(r"[,;:()\[\]]|[–—→|]|\s[-/=<>+]\s")

_OVER = re.compile(
    r"\b(?:over|than|against|versus|vs|relative to|beyond|above|up on|down on)\s+"
    r"(?:(?:after|with|without|in|on|under|for|among|from|by|at)\s+)?(?:the\s+|that\s+of\s+|those\s+(?:with|on|in)\s+)?$",
    re.IGNORECASE,
)
# slots of what an estimate compares
_COMPARED = frozenset({"arm", "population"})
_CONTROL = "control"
_INTRODUCING = frozenset({":", "→", "=", "|"})
_OPENING = frozenset({";", "but", "while", "whereas", "although", "though"})
# Words after which the figure of the other side of a comparison stands.
_SETTING_AGAINST = frozenset(
    (
        *("against", "versus", "vs", "compared with", "compared to", "as opposed to", "as against", "set against"),
        *("in contrast to", "rather than", "whereas", "while", "than"),
    )
)


@dataclass(frozen=True, slots=True)
class Piece:
    """A stretch of a sentence between two boundaries.

    ``introduces`` says that it ends in a colon or arrow, ``opens`` that a new statement begins with it
    (after a semicolon, or with "whereas"), ``against`` that it holds the other side of a comparison, ``bracketed`` that
    it stands in brackets.
    """

    span: Span
    introduces: bool
    opens: bool
    against: bool
    bracketed: bool
    figures: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Parts:
    """The pieces of a sentence, ``text``, and for each figure the indices of the pieces it owns.

    ``listed`` are the figures that "respectively" pairs with a list beside them.
    """

    pieces: tuple[Piece, ...]
    owned: tuple[frozenset[int], ...]
    parallel: bool
    listed: tuple[int, ...]
    text: str

    def owns(self, figure: int, span: Span) -> bool:
        """Tell whether a stretch stands in a piece that the figure owns."""
        return any(self.pieces[index].span.overlaps(span) for index in self.owned[figure])

    def beside(self, figure: int, span: Span) -> bool:
        """Tell whether a stretch stands in the very piece that holds the figure."""
        return any(figure in piece.figures and piece.span.overlaps(span) for piece in self.pieces)

    def introduced(self, figure: int, span: Span) -> bool:
        """Tell whether a stretch stands in what the piece of the figure leads on to ("nine in ten: no harm")."""
        following = zip(self.pieces, self.pieces[1:], strict=False)
        return any(
            figure in piece.figures and piece.introduces and not after.figures and after.span.overlaps(span)
            for piece, after in following
        )

    def compared(self, span: Span) -> bool:
        """Tell whether a stretch names only what a figure is compared with ("lower than after fallow")."""
        apart = any(piece.against and not piece.figures and piece.span.overlaps(span) for piece in self.pieces)
        return apart or _OVER.search(self.text[: span.start]) is not None

    def against(self, figure: int) -> bool:
        """Tell whether a figure stands on the other side of a comparison."""
        return any(piece.against and figure in piece.figures for piece in self.pieces)


def part(text: str, sequence: Sequence[Word], quantities: Sequence[Quantity]) -> Parts:
    """Part a sentence between its figures; spans are offsets into ``text``."""
    cues = list(boundary_cues().find(sequence))
    cuts = sorted(
        {(m.start(), m.end()) for m in _PUNCTUATION.finditer(text) if not _inside(m.start(), quantities)}
        | {(c.span.start, c.span.end) for c in cues if c.value == "boundary" and not _inside(c.span.start, quantities)}
    )
    pieces: list[Piece] = []
    start, opens, against = 0, False, False
    for cut_start, cut_end in [*cuts, (len(text), len(text))]:
        mark = text[cut_start:cut_end].strip()
        if text[start:cut_start].strip():
            span = Span(start, cut_start)
            inside = tuple(i for i, q in enumerate(quantities) if span.overlaps(q.span))
            bracketed = text.count("(", 0, start + 1) > text.count(")", 0, start)
            pieces.append(Piece(span, mark in _INTRODUCING, opens, against, bracketed, inside))
        opens = mark.lower() in _OPENING
        against = mark.lower() in _SETTING_AGAINST
        start = cut_end if mark and not mark[0].isalpha() else cut_start
    parallel = next((cue.span for cue in cues if cue.value == "respectively"), None)
    listed = pairing.listed_figures(text, quantities, parallel) if parallel is not None else ()
    return Parts(tuple(pieces), _ownership(pieces, len(quantities)), parallel is not None, listed, text)


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


def assign(
    parts: Parts, quantities: Sequence[Quantity], mentions: Sequence[Mention], vocabulary: Vocabulary
) -> list[list[Mention]]:
    """Give each figure the mentions of a sentence that speak of it.

    A slot in which the sentence names several concepts that exclude one another is shared out: in
    order, where there are as many figures as concepts in a list; else by pieces. A figure that gets
    none of them, or whose partner in a list is not sure, keeps them all, which conflicts with nothing.
    """
    count = len(quantities)
    result: list[list[Mention]] = [[] for _ in range(count)]
    for slot in dict.fromkeys(mention.slot for mention in mentions):
        here = [mention for mention in mentions if mention.slot == slot]
        names = list(dict.fromkeys(mention.concept for mention in here))
        rivals = {
            name for name in names if any(vocabulary.contrast(slot, name, other) for other in names if other != name)
        }
        free = [mention for mention in here if mention.concept not in rivals]
        contested = [mention for mention in here if mention.concept in rivals]
        ordered = _paired(parts, quantities, contested)
        shares: list[Sequence[Mention]] = []
        for figure in range(count):
            if figure in ordered:
                own = [ordered[figure]]
            elif figure in parts.listed:
                own = contested
            else:
                own = [mention for mention in contested if parts.owns(figure, mention.span)]
                own = [mention for mention in own if not parts.compared(mention.span)] or own
                if own and all(parts.compared(mention.span) for mention in own):
                    own = _prefix(parts, contested) or own
                if not own:
                    own = _before_brackets(parts, figure, contested) or _prefix(parts, contested) or contested
            shares.append([*own, *(mention for mention in free if _told_of(parts, figure, count, mention))])
        if slot in _COMPARED and not parts.listed:
            controls = {name for name in rivals if _CONTROL in vocabulary.closure(slot, name)}
            shares = [*share_estimates(parts.text, quantities, contested, controls, shares)]
        for figure, share in enumerate(shares):
            result[figure].extend(share)
    return result


def _paired(parts: Parts, quantities: Sequence[Quantity], mentions: Sequence[Mention]) -> dict[int, Mention]:
    if parts.listed:
        return pairing.respectively(parts.text, quantities, parts.listed, mentions)
    held = [piece.span for piece in parts.pieces if piece.figures]
    return pairing.in_order(quantities, mentions, held)


def _told_of(parts: Parts, figure: int, count: int, mention: Mention) -> bool:
    """Tell whether a mention without a rival speaks of a figure.

    It does in the figure's own part and before the first figure. From the part of another figure it
    carries on to later ones, as an outcome named once does; a last one carries back where the sentence says
    "respectively". An arm never carries, not even from the beginning to the other side of a comparison.
    """
    owners = [other for other in range(count) if parts.owns(other, mention.span)]
    if mention.slot == "arm" and parts.compared(mention.span):
        return False
    if figure in owners:
        return True
    if mention.slot == "arm" and parts.against(figure):
        return False
    if not owners:
        return True
    carries_back = parts.parallel and max(owners) == count - 1
    return mention.slot != "arm" and (min(owners) < figure or carries_back)


def _before_brackets(parts: Parts, figure: int, mentions: Sequence[Mention]) -> list[Mention]:
    """Give the mentions in the part that a figure in brackets comments on ("at 3 months (SMD 0.14)")."""
    place = next(i for i, piece in enumerate(parts.pieces) if figure in piece.figures)
    if not parts.pieces[place].bracketed:
        return []
    while place and parts.pieces[place].bracketed:
        place -= 1
    return [mention for mention in mentions if parts.pieces[place].span.overlaps(mention.span)]


def _prefix(parts: Parts, mentions: Sequence[Mention]) -> list[Mention]:
    """Give the mentions that stand before the first figure's piece."""
    first = next((piece.span.start for piece in parts.pieces if piece.figures), 0)
    return [mention for mention in mentions if mention.span.end <= first]


def topical(lexical: Lexical, quantities: Sequence[Quantity]) -> tuple[Term, ...]:
    """Give the terms of a sentence that say something of its topic.

    The words that figures are written in ("a third", "months") do not, unless they belong to a name ("below 140/90").
    """
    written = {place for quantity in quantities for place in range(quantity.span.start, quantity.span.end)}
    return tuple(
        term for term in lexical.terms if _is_name(term) or written.isdisjoint(range(term.span.start, term.span.end))
    )


def terms_of(parts: Parts, figure: int, terms: Sequence[Term]) -> tuple[frozenset[str], frozenset[str]]:
    """Give the terms in the figure's own pieces, and those in the rest of the sentence."""
    local = frozenset(term.value for term in terms if parts.owns(figure, term.span))
    return local, frozenset(term.value for term in terms) - local


def _is_name(term: Term) -> bool:
    """Tell whether a term is a concept of the vocabulary, time points aside."""
    return ":" in term.value and not term.value.startswith("timepoint:")


def inside_name(quantity: Quantity, mentions: Sequence[Mention]) -> bool:
    """Tell whether a figure is only part of a name of the vocabulary, such as that of a group by age."""
    return any(m.slot != "timepoint" and m.span.contains(quantity.span) for m in mentions)
