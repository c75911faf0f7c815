"""The figures of a sentence, each with the part of the sentence that belongs to it."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from evidencelint.claims import pieces
from evidencelint.claims.certainty import find_cues, is_absolute
from evidencelint.claims.drafts import Draft
from evidencelint.claims.lexical import LexicalReader
from evidencelint.claims.surroundings import first_of, where_empty
from evidencelint.claims.tabled import of_others, side_by_side
from evidencelint.claims.timepoints import Timepoints
from evidencelint.factbase.vocabulary import Vocabulary
from evidencelint.frames import Figure
from evidencelint.lexicon import change_cues
from evidencelint.model import Quantity, Span, Token
from evidencelint.words import words

_WITH = re.compile(r"\bwith\s+\Z", re.IGNORECASE)
_ARRIVAL = re.compile(r"\b(?:to|reach(?:ed|ing)?|stood at)\s+(?:just\s+|only\s+)?$", re.IGNORECASE)


class FigureReader:
    """Gives the figures of sentences what belongs to them, in the terms of one vocabulary."""

    def __init__(self, lexical: LexicalReader, vocabulary: Vocabulary) -> None:
        """Take the lexical reader of the vocabulary, and the vocabulary."""
        self.lexical = lexical
        self._vocabulary = vocabulary
        self._timepoints = Timepoints(vocabulary)

    def read(self, draft: Draft, quantities: Sequence[Quantity], clauses: Sequence[Span]) -> list[tuple[Figure, Span]]:
        """Give the figures made of some quantities, each with its place in the sentence."""
        if not quantities:
            return []
        parts = pieces.part(draft.text, draft.lexical.words, quantities)
        mentions = draft.lexical.mentions
        times = tuple(self._timepoints.mentions(draft.text, quantities, mentions))
        mentions = (*mentions, *times)
        when = [m.span for m in mentions if m.slot == "timepoint"]
        others = any(not any(q.span.overlaps(span) for span in when) for q in quantities)
        shares = pieces.assign(parts, quantities, sorted(mentions, key=lambda m: m.span), self._vocabulary)
        terms = pieces.topical(draft.lexical, quantities)
        sides = side_by_side(draft.passage, draft.text, quantities, self.lexical)
        result: list[tuple[Figure, Span]] = []
        for index, quantity in enumerate(quantities):
            local, shared = pieces.terms_of(parts, index, terms)
            ends = next((c.end for c in clauses if quantity.span.start < c.end), len(draft.text))
            told = shares[index] if parts.parallel else [m for m in shares[index] if m.span.start < ends]
            around = draft.surroundings
            headed = around.header_terms
            stated = first_of(self.lexical.slots(told), around.near)
            if sides:
                stated = {**stated, **sides[index]}
                headed = headed - of_others(sides, index)
            figure = Figure(
                quantity=moved(quantity, draft.span.start),
                stated=stated,
                filled=where_empty(stated, around.far),
                local=local | headed,
                shared=shared | around.lead_terms,
                arrival=bool(_ARRIVAL.search(draft.text[: quantity.span.start])) and _moves(draft, parts, index),
                negated=_negated(draft, parts, index),
                when=others and quantity.dimension == "duration" and any(quantity.span.overlaps(s) for s in when),
            )
            result.append((figure, quantity.span))
        return result


def with_noun(quantity: Quantity, tokens: Sequence[Token]) -> Quantity:
    """Let the parse say what a bare count counts, where it has the number modify a noun."""
    if quantity.dimension != "count" or quantity.number is None:
        return quantity
    token = next((t for t in tokens if t.span.start <= quantity.number.start < t.span.end), None)
    if token is None or token.dep != "nummod" or tokens[token.head].pos != "NOUN":
        return quantity
    return replace(quantity, counted=tokens[token.head].text.lower())


def _negated(draft: Draft, parts: pieces.Parts, figure: int) -> bool:
    """Tell whether a figure is told of those to whom something did not happen."""
    none = [
        c for c in draft.cues if c.kind == "negation.before" or (is_absolute(c) and c.text.lower().startswith("no "))
    ]
    none = [c for c in none if not _WITH.search(draft.text, 0, c.span.start)]  # "animations with no link to the story"
    if any(parts.beside(figure, cue.span) or parts.introduced(figure, cue.span) for cue in none):
        return True
    headers = (*draft.passage.row[:1], *draft.passage.column) if draft.passage.kind == "cell" else ()
    return any(cue.kind.startswith("negation") for text in headers for cue in find_cues(words(text), text))


def _moves(draft: Draft, parts: pieces.Parts, figure: int) -> bool:
    return any(parts.owns(figure, hit.span) for hit in change_cues().find(draft.lexical.words))


def moved(quantity: Quantity, by: int) -> Quantity:
    """Give a quantity with its spans moved."""
    number = quantity.number.shift(by) if quantity.number is not None else None
    return replace(quantity, span=quantity.span.shift(by), number=number)
