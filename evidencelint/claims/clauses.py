"""Take a parsed sentence apart into clauses that each make a statement of their own."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

from evidencelint.model import Span, Token

_SUBJECTS = frozenset({"nsubj", "nsubjpass", "expl", "csubj"})
_CONTRAST_MARKS = frozenset({"while", "whereas", "although", "though", "but"})
_SHORTEST = 3
# A subject and its commas: what is only inserted (", they say,").
_INSERTED = 3


def split_clauses(tokens: Sequence[Token]) -> tuple[Span, ...]:
    """Give the spans of the clauses in order; together they cover the sentence.

    A new clause starts at a conjoined verb with a subject of its own, at "while ..." and the like, at
    a second root, and after a semicolon. Spans are offsets into the sentence.
    """
    if not tokens:
        return ()
    asked = _bidding(tokens)
    if asked is not None:
        first = split_clauses(tokens[:asked]) if _self_contained(tokens[:asked]) else (_span(tokens[:asked]),)
        return (*first, _span(tokens[asked:]))
    heads = frozenset(index for index, token in enumerate(tokens) if _heads_clause(index, token, tokens))
    segments = _segments(tokens)
    owners = [(segment, _owner(index, tokens, heads)) for index, segment in enumerate(segments)]
    return _runs(tokens, owners)


def _bidding(tokens: Sequence[Token]) -> int | None:
    """Give where what a statement bids its readers do begins: ", so plan for it", ", so please ask"."""
    for index in range(_SHORTEST, len(tokens) - _SHORTEST):
        if tokens[index].text.lower() != "so" or tokens[index - 1].text != ",":
            continue
        first = tokens[index + 1]
        bare = first.tag in {"VB", "VBP"} and not any(t.head == index + 1 and t.dep in _SUBJECTS for t in tokens)
        if first.text.lower() == "please" or bare:
            return index
    return None


def _self_contained(tokens: Sequence[Token]) -> bool:
    """Tell whether no token of a stretch hangs on one after it."""
    return all(token.head < len(tokens) for token in tokens)


def _span(tokens: Sequence[Token]) -> Span:
    return Span(tokens[0].span.start, tokens[-1].span.end)


def _segments(tokens: Sequence[Token]) -> list[int]:
    """Give each token the number of its stretch between semicolons, of those that have a subject."""
    cuts = [index for index, token in enumerate(tokens) if token.text == ";"]
    bounds = [-1, *cuts, len(tokens)]
    stated = [any(t.dep in _SUBJECTS for t in tokens[a + 1 : b]) for a, b in pairwise(bounds)]
    numbers: list[int] = []
    segment = 0
    for place, (start, end) in enumerate(pairwise(bounds)):
        if place and stated[place] and any(stated[:place]):
            segment += 1
        numbers.extend([segment] * (end - start))
    return numbers[: len(tokens)]


def _heads_clause(index: int, token: Token, tokens: Sequence[Token]) -> bool:
    if token.dep == "ROOT":
        return True
    children = [child for child in tokens if child.head == index and child is not token]
    has_subject = any(child.dep in _SUBJECTS for child in children)
    if token.dep == "conj" and token.pos in {"VERB", "AUX"}:
        return has_subject
    if token.dep == "parataxis" and token.pos in {"VERB", "AUX"}:
        return has_subject and len(children) > _INSERTED
    if token.dep == "ccomp" and has_subject:
        between = tokens[min(index, token.head) + 1 : max(index, token.head)]
        return any(other.text in {";", ":", "—"} for other in between)
    if token.dep == "advcl":
        return has_subject and any(child.text.lower() in _CONTRAST_MARKS for child in children)
    return False


def _owner(index: int, tokens: Sequence[Token], heads: frozenset[int]) -> int:
    seen = 0
    while index not in heads and seen <= len(tokens):
        index = tokens[index].head
        seen += 1
    return index


def _runs(tokens: Sequence[Token], owners: Sequence[tuple[int, int]]) -> tuple[Span, ...]:
    """Join neighbouring tokens of one owner; pieces too short to state anything join what is before."""
    runs: list[tuple[int, int, tuple[int, int]]] = []
    for index, owner in enumerate(owners):
        if runs and runs[-1][2] == owner:
            runs[-1] = (runs[-1][0], index, owner)
        else:
            runs.append((index, index, owner))
    merged: list[tuple[int, int]] = []
    for first, last, _ in runs:
        if merged and (last - first + 1 < _SHORTEST or merged[-1][1] - merged[-1][0] + 1 < _SHORTEST):
            merged[-1] = (merged[-1][0], last)
        else:
            merged.append((first, last))
    return tuple(Span(tokens[first].span.start, tokens[last].span.end) for first, last in merged)
