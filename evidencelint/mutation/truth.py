"""What is false against a fact base, so that no planted fault is right by chance."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

from evidencelint.claims.reader import Parse
from evidencelint.frames import Figure
from evidencelint.matching.candidates import AGREEING, ENOUGH, find_candidates
from evidencelint.matching.index import FactIndex
from evidencelint.matching.values import comparable, compare
from evidencelint.model import Quantity, Span, Token
from evidencelint.mutation.types import Carried, Edit, Site, Told, applied
from evidencelint.quantities import convert, read_quantities

_SHARED = 0.5


class Truth:
    """Asks a fact base whether a changed statement may still be right."""

    def __init__(self, index: FactIndex, parse: Parse) -> None:
        """Take the facts, and what parses a changed sentence to see whether it is still one."""
        self.index = index
        self._parse = parse
        self.vocabulary = index.vocabulary
        self.quoted = " ".join(fact.quote for fact in index.base.facts).lower()

    def uses(self, slot: str, concept: str) -> int:
        """Count the facts that are about a concept."""
        return len({item.fact.id for item in self.index.statements if concept in item.slots[slot]})

    def carries(self, carried: Carried, quantity: Quantity) -> bool:
        """Tell whether some fact that speaks of such a thing has another value for a figure, rounding included."""
        figure = replace(carried.figure, quantity=quantity)
        fact = carried.fact.figure.quantity
        if compare(quantity, fact) in AGREEING or implied(quantity, fact):
            return True
        near = self.index.nearest_figures(self.index.draft_weights(figure, carried.claim.context))
        return any(
            candidate.agreement in AGREEING
            and candidate.similarity >= ENOUGH
            and candidate.counting != "other"
            and not candidate.slots.hard
            for candidate in find_candidates(figure, near, self.index)
        )

    def told_of(self, carried: Carried, slot: str, concept: str) -> bool:
        """Tell whether a fact has the value of a figure for a concept, so that telling it of that is no fault."""
        return any(
            self._is_of(item.slots[slot], slot, concept)
            and compare(carried.figure.quantity, item.figure.quantity) in AGREEING
            for item in self.index.figures
        )

    def stated_of(self, told: Told, slot: str, old: str, concept: str) -> bool:
        """Tell whether another fact says of a concept what a clause says, or half of it."""
        shared = (told.claim.terms & told.fact.claim.terms) - {f"{slot}:{old}"}
        return any(
            item.fact.id != told.fact.fact.id
            and self._is_of(item.slots[slot], slot, concept)
            and len(shared & item.claim.terms) >= _SHARED * max(1, len(shared))
            for item in self.index.statements
        )

    def _is_of(self, concepts: frozenset[str], slot: str, concept: str) -> bool:
        return any(
            concept in self.vocabulary.closure(slot, each) or each in self.vocabulary.closure(slot, concept)
            for each in concepts
        )

    def excludes(self, slot: str, theirs: frozenset[str], concept: str) -> bool:
        """Tell whether a contrast set says that what a fact names is not this concept."""
        return bool(theirs) and all(self.vocabulary.contrast(slot, concept, each) for each in theirs)

    def alike(self, told: Told) -> Iterator[Told]:
        """Yield other clauses of facts that say what a clause says in much the same words."""
        mine = told.claim.terms & told.fact.claim.terms
        for item in self.index.statements:
            if item is not told.fact and mine and len(mine & item.claim.terms) >= _SHARED * len(mine):
                yield Told(told.claim, item)

    def same_shape(self, site: Site, edit: Edit, *, names: bool = False) -> bool:
        """Tell whether what stands in place of some words is of their part of speech, as the parse has it.

        ``names`` asks for a noun or adjective. Sentences that were not parsed are believed.
        """
        if not site.tokens:
            return True
        start = edit.span.start - site.sentence.start
        (tokens,) = self._parse([within(site, (edit,))])
        old = _last_tag(site.tokens, start, start + len(edit.span))
        new = _last_tag(tokens, start, start + len(edit.text))
        if old is None or new is None or (names and _CLASSES.get(old, old) not in _NAMING):
            return False
        return _CLASSES.get(old, old) == _CLASSES.get(new, new)


_CLASSES = {"NN": "N", "NNP": "N", "NNS": "N", "NNPS": "N", "JJ": "J", "VBD": "VBN", "JJR": "R", "RBR": "R"}

_NAMING = frozenset({"N", "J", "CD"})


def _last_tag(tokens: Sequence[Token], start: int, end: int) -> str | None:
    inside = [token.tag for token in tokens if start <= token.span.start < end]
    return inside[-1] if inside else None


def implied(quantity: Quantity, fact: Quantity) -> bool:
    """Tell whether a limit follows from a fact's figure, however little it says: who has 12 has more than one."""
    low, high = (fact.low, fact.high) if fact.value is None else (fact.value, fact.value)
    ours = quantity.value
    if ours is None or low is None or high is None or not comparable(quantity, fact) or quantity.per != fact.per:
        return False
    if quantity.unit is not None and fact.unit is not None and quantity.unit != fact.unit:
        ours = convert(ours, quantity.unit, fact.unit)
    if quantity.bound in {"more", "at_least"}:
        return ours <= low
    return quantity.bound in {"less", "at_most"} and ours >= high


def within(site: Site, edits: tuple[Edit, ...]) -> str:
    """Give the text of a site's sentence with edits made, as the reader sees it."""
    by = -site.sentence.start
    return applied(site.text, tuple(Edit(edit.span.shift(by), edit.text) for edit in edits))


def is_prose(site: Site, span: Span) -> bool:
    """Tell whether a stretch of a sentence holds no markup, so that it can be replaced."""
    inside = site.sentence.contains(span) and len(span) > 0
    return inside and site.page.source.slice(span) == site.text[span.start - site.sentence.start :][: len(span)]


def changed(site: Site, edits: tuple[Edit, ...], figure: Figure) -> Quantity | None:
    """Give a figure as it reads after edits; None where they change any other figure of the sentence, or join two.

    Spans of the result are relative to the sentence.
    """
    before, after = read_quantities(site.text), read_quantities(within(site, edits))
    if len(before) != len(after):
        return None
    start = figure.quantity.span.start - site.sentence.start
    found: Quantity | None = None
    for old, new in zip(before, after, strict=True):
        if old.span.start == start:
            found = new
        elif (old.value, old.low, old.high, old.unit) != (new.value, new.low, new.high, new.unit):
            return None
    return found
