"""Which of two groups has more: a clause's ranking ("higher among girls than boys") against a fact's.

A fact ranks two groups in words, or by a figure for each of them.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from evidencelint.diagnostics import Span
from evidencelint.factbase.vocabulary import Vocabulary
from evidencelint.frames import Claim, Figure, Mention
from evidencelint.lexicon import change_cues, has_words, own_matter, polarity_words, told_of
from evidencelint.matching.index import FactFigure, FactIndex
from evidencelint.matching.nearness import ASSERTED, CLOSE, HEDGED, RIVAL_SHARE, Near, StatementMatch, in_topic
from evidencelint.words import words

_SLOTS = ("arm", "population", "timepoint", "study")
_LEVEL_WORDS = frozenset({"higher", "lower"})
_REACH = 60
_SHARED = 2
_UNCOMPARED = 0.75


@dataclass(frozen=True, slots=True)
class Ranking:
    """Two concepts of a slot that exclude one another, that which has more first, and the words that say so."""

    slot: str
    more: str
    less: str
    span: Span
    of_level: bool = False


def misranked(claim: Claim, near: Sequence[Near], index: FactIndex) -> Iterator[StatementMatch]:
    """Find a clause that puts first the group which the fact puts second."""
    if claim.certainty.level < HEDGED or claim.certainty.negations or claim.figures:
        return
    ours = read_ranking(claim, index.vocabulary)
    speaking = [n for n in near if n.similarity >= CLOSE and not n.slots.hard] if ours is not None else []
    if ours is None or not speaking:
        return
    best = next((n for n in speaking if _order(n, ours, index)), None)
    if best is None or best.similarity < speaking[0].similarity * RIVAL_SHARE or not _of_one_outcome(claim, best):
        return
    if all(_order(n, ours, index) <= 0 for n in speaking if n.similarity >= best.similarity * RIVAL_SHARE):
        confidence = min(0.9, 0.5 + best.similarity / 2)
        span = ours.span.shift(claim.span.start)
        yield StatementMatch(claim, "direction", span, confidence, best.fact, best.similarity)


def uncompared(claim: Claim, _near: Sequence[Near], index: FactIndex) -> Iterator[StatementMatch]:
    """Find two groups set one above the other that no fact tells apart ("women gained more than men")."""
    asserted = claim.certainty.level >= ASSERTED and not claim.certainty.negated
    ours = read_ranking(claim, index.vocabulary) if asserted and not own_matter(claim.text) else None
    if ours is None or ours.slot != "population" or not in_topic(claim):
        return
    told = index.statements_on(f"population:{ours.more}")
    if any(ours.less in item.slots["population"] or item.claim.figures for item in told):
        return
    if not any(item.claim.figures for item in index.statements_on(f"population:{ours.less}")):
        yield StatementMatch(claim, "unsupported", ours.span.shift(claim.span.start), _UNCOMPARED)


def read_ranking(claim: Claim, vocabulary: Vocabulary) -> Ranking | None:
    """Read which of two groups a clause says has more; None where it does not compare two in one slot."""
    than = next((hit.span for hit in polarity_words("beside").find(words(claim.text))), None)
    if than is None:
        return None
    cue = _cue(claim, than.start)
    if cue is None:
        return None
    place, way = cue
    for slot in _SLOTS:
        pair = _either_side(claim, slot, than.start, vocabulary)
        if pair is not None:
            first, second = pair if way == "increase" else pair[::-1]
            said = claim.text[place.start : place.end].lower()
            return Ranking(slot, first, second, Span(place.start, than.end), said in _LEVEL_WORDS)
    return None


def _cue(claim: Claim, than: int) -> tuple[Span, str] | None:
    """Give the word that says which side has more, and the way it points; a name ("falls") is no such word."""
    plain = next((hit for hit in polarity_words("plainly").find(words(claim.text)) if hit.span.end + 1 == than), None)
    if plain is not None:
        return plain.span, "increase" if plain.value == "more" else "decrease"
    names = [m.span.shift(-claim.span.start) for m in claim.mentions]
    ways = [
        (hit.span, hit.value)
        for hit in change_cues().find(words(claim.text))
        if hit.span.end <= than <= hit.span.start + _REACH and hit.value in {"increase", "decrease"}
        if not any(hit.span.overlaps(name) for name in names)
    ]
    return ways[-1] if ways else None


def turned(claim: Claim, figure: Figure, high: FactFigure, low: FactFigure, vocabulary: Vocabulary) -> bool:
    """Tell whether a distance or ratio of two figures of a fact is told of the wrong one of the two groups.

    "Twice as far in people with diabetes" is turned where the fact has the larger fall in those without.
    """
    quantity = figure.quantity
    times = quantity.dimension == "ratio" and quantity.value is not None and quantity.value > 1
    after = claim.text[quantity.span.end - claim.span.start :].split(maxsplit=1)
    multiple = quantity.change in {"level", high.figure.quantity.change} or after[:1] == ["as"]  # "fall twice as far"
    way = "increase" if times and multiple else quantity.change
    if way not in {"increase", "decrease"} or claim.certainty.negated:
        return False
    if high.figure.quantity.counted is not None:
        return False  # "twice as many models" names what there is more of behind the figure
    if {high.figure.quantity.change, low.figure.quantity.change} & {"increase", "decrease"} and not times:
        return False  # "lower by 3.4" may be of the pressure or of its fall
    for slot in _SLOTS:
        ours, theirs = _apart(high, low, slot, vocabulary)
        subjects = [m for m in claim.mentions if m.slot == slot and _is_one(m, ours | theirs, slot, vocabulary)]
        subjects = [m for m in subjects if not _on_the_other_side(claim, quantity.span, m)]
        named = {_is_one(m, ours, slot, vocabulary) for m in subjects}
        if theirs and len(named) == 1:
            return (way == "decrease") in named
    return False


def _apart(
    high: FactFigure, low: FactFigure, slot: str, vocabulary: Vocabulary
) -> tuple[frozenset[str], frozenset[str]]:
    """Give the concepts of a slot that only the one and only the other figure has.

    They exclude one another, or the larger figure is of the others, whom the fact names by none ("those without").
    """
    ours, theirs = high.slots[slot] - low.slots[slot], low.slots[slot] - high.slots[slot]
    if not high.slots[slot] or any(vocabulary.contrast(slot, a, b) for a in ours for b in theirs):
        return ours, theirs
    return frozenset(), frozenset()


def _is_one(mention: Mention, concepts: frozenset[str], slot: str, vocabulary: Vocabulary) -> bool:
    return bool(vocabulary.closure(slot, mention.concept) & concepts)


def _on_the_other_side(claim: Claim, figure: Span, mention: Mention) -> bool:
    """Tell whether a mention names what the figure is compared with."""
    between = claim.text[max(0, figure.end - claim.span.start) : max(0, mention.span.start - claim.span.start)]
    return mention.span.start > figure.start and (has_words("other_side", between) or told_of().search(between) is None)


def _either_side(claim: Claim, slot: str, than: int, vocabulary: Vocabulary) -> tuple[str, str] | None:
    """Give the two groups that a comparison sets against one another, as the text orders them."""
    here = [m for m in claim.mentions if m.slot == slot]
    after = [m for m in here if 0 <= m.span.start - claim.span.start - than <= _REACH]
    if not after:
        return None
    other = min(after, key=lambda m: m.span).concept
    before = [m for m in here if m.span.end - claim.span.start <= than]
    rivals = {m.concept for m in before if vocabulary.contrast(slot, m.concept, other)}
    if len(rivals) != 1 or any(m.concept == other for m in before):
        return None
    return rivals.pop(), other


def _order(near: Near, ours: Ranking, index: FactIndex) -> int:
    """Say whether a fact ranks the two groups as the clause does (1), the other way round (-1), or not at all (0)."""
    theirs = read_ranking(near.fact.claim, index.vocabulary)
    if theirs is not None and theirs.slot == ours.slot:
        if (theirs.more, theirs.less) == (ours.more, ours.less):
            return 1
        return -1 if (theirs.more, theirs.less) == (ours.less, ours.more) else 0
    figures = index.figures_of(near.fact.fact.id)
    more = _only(figures, ours.slot, ours.more, ours.less)
    less = _only(figures, ours.slot, ours.less, ours.more)
    signs = {_sign(a, b, ours) for a in more for b in less if _alike(a, b, ours.slot)}
    return signs.pop() if len(signs) == 1 else 0


def _only(figures: Sequence[FactFigure], slot: str, concept: str, other: str) -> list[FactFigure]:
    return [f for f in figures if concept in f.slots[slot] and other not in f.slots[slot]]


def _alike(first: FactFigure, second: FactFigure, slot: str) -> bool:
    """Tell whether two figures differ only in the group they are told of."""
    a, b = first.figure.quantity, second.figure.quantity
    same = a.unit == b.unit and a.dimension == b.dimension and a.role == b.role == "estimate" and a.change == b.change
    return same and all(first.slots[other] == second.slots[other] for other in ("measure", *_SLOTS) if other != slot)


def _sign(first: FactFigure, second: FactFigure, ours: Ranking) -> int:
    a, b = first.figure.quantity, second.figure.quantity
    if a.value is None or b.value is None or a.value == b.value or (ours.of_level and a.change == "decrease"):
        return 0
    return 1 if a.value > b.value else -1


def _of_one_outcome(claim: Claim, near: Near) -> bool:
    """Tell whether clause and fact name an outcome in common, or share words besides the two groups."""
    measures = claim.stated["measure"] or claim.filled["measure"]
    if measures & near.fact.slots["measure"]:
        return True
    shared = {t for t in claim.terms & near.fact.claim.terms if t.partition(":")[0] not in _SLOTS}
    return not claim.stated["measure"] and len(shared) >= _SHARED
