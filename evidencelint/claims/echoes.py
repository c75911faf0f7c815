"""Statements that lean on the one before: "the low dose did not", "but not blood pressure", "not by the attack".

Ellipsis of the verb phrase and bare contrasts repeat a relation with another cause or effect (Huddleston and Pullum,
2002, ch. 17; Morante and Blanco, 2012, on negation of what is left out). They are read from the relation they lean on.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

from evidencelint.claims.candidates import Candidate, span_of
from evidencelint.claims.order import CONCEDING
from evidencelint.claims.tree import Tree
from evidencelint.lexicon import word_set
from evidencelint.model import Span

_CONTRASTS = frozenset({"but", ",", *CONCEDING})
_SURE = 2
_FAR = 60


def read_echoes(tree: Tree, found: Sequence[Candidate]) -> Iterator[Candidate]:
    """Yield the relations that repeat others of a sentence with a piece exchanged."""
    sure = [c for c in found if c.rank <= _SURE and c.cause is not None and c.effect is not None]
    if not sure:
        return
    for index in range(1, len(tree.tokens)):
        echo = _ellipsis(tree, index, sure) or _contrast(tree, index, sure)
        if echo is not None:
            yield echo


def _ellipsis(tree: Tree, index: int, sure: Sequence[Candidate]) -> Candidate | None:
    """Read "whereas Z did not": a helper without a verb, with a subject of its own, after a relation."""
    token = tree.tokens[index]
    if token.text.lower() not in word_set("helpers") or token.dep in {"aux", "auxpass"}:
        return None
    after = tree.tokens[index + 1 : index + 3]
    alone = bool(after) and (
        after[0].pos == "PUNCT" or (after[0].text.lower() in {"not", "n't", "n’t"} and _ends(after))
    )
    subject = next(tree.kids(index, "nsubj", "nsubjpass"), None)
    if not alone or subject is None or subject > index or tree.tokens[subject].pos not in {"NOUN", "PROPN"}:
        return None
    if any(t.text.lower() in {"than", "as"} for t in tree.tokens[max(0, subject - 3) : subject]):
        return None  # "more than the diet did"
    model = max((c for c in sure if c.cue.end <= token.span.start), key=lambda c: c.cue.start, default=None)
    if model is None:
        return None
    return replace(model, cue=token.span, anchor=index, cause=span_of(tree, subject), denied=False)


def _ends(after: Sequence[object]) -> bool:
    return len(after) == 1 or getattr(after[1], "pos", "") in {"PUNCT", "CCONJ"}


def _contrast(tree: Tree, index: int, sure: Sequence[Candidate]) -> Candidate | None:
    """Read "but not Z" and ", not by Z" after a relation: what it does not act on, or what does not act."""
    token = tree.tokens[index]
    if (
        token.text.lower() != "not"
        or tree.tokens[index - 1].text.lower() not in _CONTRASTS
        or index + 1 >= len(tree.tokens)
    ):
        return None
    start = index + 1
    preposition = tree.tokens[start].text.lower() if tree.tokens[start].pos == "ADP" else ""
    first = start + 1 if preposition else start
    end = _phrase_end(tree, first)
    if end is None:
        return None
    span = Span(tree.tokens[first].span.start, tree.tokens[end].span.end)
    model = max((c for c in sure if c.cue.end <= token.span.start), key=lambda c: c.cue.start, default=None)
    if model is None or token.span.start - model.cue.end > _FAR:
        return None
    swapped = _swapped(tree, model, preposition, index)
    if swapped is None:
        return None
    echo = replace(model, cue=token.span, denied=not model.denied, rank=max(model.rank, _SURE))
    return replace(echo, cause=span) if swapped == "cause" else replace(echo, effect=span)


def _swapped(tree: Tree, model: Candidate, preposition: str, index: int) -> str | None:
    """Tell which piece of a relation a contrast exchanges: the one that ends nearest before it, by its preposition."""
    here = tree.tokens[index].span.start
    ends = {"cause": model.cause, "effect": model.effect}
    before = {name: span.end for name, span in ends.items() if span is not None and span.start < here}
    if not before:
        return None
    if preposition in {"by", "to", "from", "of"}:
        return "cause" if model.cause is not None and model.cause.start > model.cue.start else None
    if preposition:
        return None
    nearest = max(before, key=lambda name: before[name])
    span = ends[nearest]
    return nearest if span is not None and span.start > model.cue.start else None


def _hyphened(tree: Tree, place: int) -> bool:
    """Tell whether a token is a piece of a word with a hyphen ("drop-out rates")."""
    return any(token.text in {"-", "‑"} for token in tree.tokens[max(0, place - 1) : place + 2])


def _phrase_end(tree: Tree, start: int) -> int | None:
    """Give the last token of the noun phrase that begins somewhere, if the clause ends or turns after it."""
    place = start
    parts = {"DET", "ADJ", "NOUN", "PROPN", "NUM", "PRON", "PART"}
    while place < len(tree.tokens) and (tree.tokens[place].pos in parts or _hyphened(tree, place)):
        place += 1
    if place == start or tree.tokens[place - 1].pos not in {"NOUN", "PROPN", "PRON", "NUM", "ADJ"}:
        return None
    closes = place >= len(tree.tokens) or tree.tokens[place].pos in {"PUNCT", "CCONJ", "ADP"}
    return place - 1 if closes else None
