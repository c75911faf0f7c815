"""Find facts by what they say: a figure, a concept under any of its names, or words that are roughly theirs."""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from rapidfuzz import fuzz, process

from evidencelint.claims.lexical import LexicalReader
from evidencelint.factbase.facts import Fact, FactBase
from evidencelint.matching.values import Agreement, compare
from evidencelint.model import Quantity
from evidencelint.quantities import read_quantities
from evidencelint.words import words

_AGREEING: frozenset[Agreement] = frozenset({"same", "weaker", "dropped", "sharpened", "collapsed"})
_ALIKE = 80.0
_FUZZY_LETTERS = 4  # a shorter word with a wrong letter is another word
_CONCEPT = 2.0
_FIGURE = 3.0
_OF_BEST = 0.5


@dataclass(frozen=True, slots=True)
class Found:
    """A fact, how much of what was asked for it has (over 0, up to 1), and what it has of it."""

    fact: Fact
    score: float
    why: str


@dataclass(frozen=True, slots=True)
class _Held:
    """What a fact holds: figures, concepts and kinds of words that it speaks of, its words as written and as stems."""

    figures: Sequence[Quantity]
    terms: frozenset[str]
    words: frozenset[str]


@dataclass(frozen=True, slots=True)
class _Asked:
    """One thing that a query asks for: a figure, else a concept, a kind of word or a word; and what it counts."""

    label: str
    weight: float
    term: str = ""
    figure: Quantity | None = None

    def share(self, held: _Held) -> float:
        """Tell how well a fact has it, from 0 to 1."""
        if self.figure is not None:
            return float(any(_agree(self.figure, other) for other in held.figures))
        if self.term in held.terms or self.term in held.words:
            return 1.0
        if ":" in self.term or len(self.term) < _FUZZY_LETTERS:
            return 0.0
        near = process.extractOne(self.label.lower(), held.words, scorer=fuzz.ratio, score_cutoff=_ALIKE)
        return near[1] / 100 if near is not None else 0.0


def search(base: FactBase, query: str, limit: int | None = None) -> list[Found]:
    """Give the facts that fit a query, best first, without those that fit less than half as well as the best.

    What a query asks for counts by how few facts have it; a figure counts more than a concept, a concept more than a
    word. Where nothing but figures is asked for, only facts with one of them are given.
    """
    lexical = LexicalReader(base.vocabulary)
    asked = list(dict.fromkeys(_asked(query, lexical, base)))
    held = [_hold(fact, lexical) for fact in base.facts]
    shares = [[item.share(one) for item in asked] for one in held]
    known = [sum(share > 0 for share in column) for column in zip(*shares, strict=True)]
    weights = [item.weight * math.log(1 + (len(held) + 1) / (n + 1)) for item, n in zip(asked, known, strict=False)]
    found: list[tuple[float, float, int]] = []
    for index, row in enumerate(shares):
        score = sum(share * weight for share, weight in zip(row, weights, strict=True)) / (sum(weights) or 1.0)
        if score > 0:
            likeness = fuzz.token_set_ratio(query.lower(), base.facts[index].quote.lower())
            found.append((-score, -likeness, index))
    found.sort()
    return [
        Found(
            base.facts[index],
            round(-score, 3),
            ", ".join(item.label for item, share in zip(asked, shares[index], strict=True) if share),
        )
        for score, _, index in found[:limit]
        if score <= found[0][0] * _OF_BEST
    ]


def _asked(query: str, lexical: LexicalReader, base: FactBase) -> Iterator[_Asked]:
    """Take a query apart; the words of a figure are no words of their own ("days" in "3.1 days")."""
    figures = read_quantities(query)
    for figure in figures:
        yield _Asked(f"figure {figure.text}", _FIGURE, figure=figure)
    read = lexical.read(query)
    named = {(m.slot, m.concept) for m in read.mentions if not any(f.span.overlaps(m.span) for f in figures)}
    named |= {key for key in base.vocabulary.concepts if key[1] == query.strip()}
    for slot, concept in sorted(named):
        yield _Asked(f"{slot} {concept}", _CONCEPT, f"{slot}:{concept}")
    for term in read.terms:
        if ":" not in term.value and not any(figure.span.overlaps(term.span) for figure in figures):
            yield _Asked(query[term.span.start : term.span.end], 1.0, term.value)


def _hold(fact: Fact, lexical: LexicalReader) -> _Held:
    texts = (fact.quote, fact.note, fact.id.replace("-", " "), fact.at)
    # a heading lends its words, but what it names is not what each fact below it is of
    terms = {value for text in texts[:-1] for value in lexical.read(text).values()}
    for slots in (fact.slots, *fact.figures.values()):
        for slot, concepts in slots.items():
            terms |= {f"{slot}:{name}" for concept in concepts for name in lexical.vocabulary.closure(slot, concept)}
    spoken = {form for text in texts for word in words(text) for form in (word.text.lower(), word.stem)}
    return _Held(read_quantities(fact.quote), frozenset(terms), frozenset(spoken))


def _agree(asked: Quantity, other: Quantity) -> bool:
    """Tell whether a figure is the one asked for, or an end of the range that it is asked for by."""
    ends = asked.value is not None and asked.value in {other.low, other.high} and asked.dimension == other.dimension
    return ends or compare(asked, other) in _AGREEING
