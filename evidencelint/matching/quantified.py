"""How many a clause speaks of ("all", "most", "nobody"), against how many the fact does that tells the same."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from evidencelint.frames import Claim, Figure, Quantifier
from evidencelint.lexicon import counted_nouns, first_person, partial_words, reach_words
from evidencelint.matching.index import FactIndex, FactStatement
from evidencelint.matching.nearness import CLOSE, RIVAL_SHARE, SPEAKS, Near, StatementMatch, asserts
from evidencelint.matching.values import same_number
from evidencelint.model import Span
from evidencelint.words import stem, words

# how near a fact has to be, and how much of a clause it has to speak of, to count the same; chosen on the drafts
_TOLD, _COVERED = 0.42, 0.45
# "most did not wear it" is right of a fact by which 44% did: only a fact that says nearly the same tells them apart
_NEARLY_THE_SAME = 0.7
_BETWEEN = 3
_WIDE = frozenset({"most", "nearly all", "all"})
_PART_ENDS = re.compile(r"[;:,.()]|\b(?:but|while|whereas|although)\b")


def quantifiers(claim: Claim, near: Sequence[Near], index: FactIndex) -> Iterator[StatementMatch]:
    """Find "most" or "all" where the fact that tells the same says fewer."""
    best = next((n for n in near if n.similarity >= SPEAKS and not n.slots.hard), None)
    if best is None or not asserts(claim) or first_person(claim.text) or not _denies_the_same(claim, best.fact.claim):
        return
    if any(map(_is_share, claim.figures)) or not _of_the_outcome(claim, best):
        return  # "in all, 38% did"
    told = (best.similarity >= _TOLD or _tells_size(claim, best)) and _covered(claim, best, index)
    for quantifier in claim.quantifiers:
        if claim.text[quantifier.span.end :].startswith("-") or _excepts(claim, quantifier):
            continue  # "all-cause deaths", "all the trials but two"
        if any(
            q.rank >= quantifier.rank and q.noun == quantifier.noun
            for n in near
            if n.similarity >= best.similarity * RIVAL_SHARE
            for q in n.fact.claim.quantifiers
        ):
            continue
        if (told and _outgrows(quantifier, best)) or _more_than_counted(quantifier, best.fact):
            yield StatementMatch(
                claim, "quantifier", quantifier.span.shift(claim.span.start), 0.5 + best.similarity / 2,
                best.fact, best.similarity,
                found=claim.text[quantifier.span.start : quantifier.span.end],
            )  # fmt: skip


def _excepts(claim: Claim, quantifier: Quantifier) -> bool:
    """Tell whether some are taken out of the "all" of a clause."""
    part = _PART_ENDS.split(claim.text[quantifier.span.end :].replace(" but ", " except "), maxsplit=1)[0]
    said = claim.text[quantifier.span.start : quantifier.span.end]
    return any(word.written in partial_words("excepting") for word in (*words(said), *words(part)))


def _of_the_outcome(claim: Claim, best: Near) -> bool:
    """Tell whether a clause speaks of what the fact tells of so many: its outcome, where it has one, or its size."""
    outcomes = {f"measure:{name}" for name in best.fact.slots["measure"]}
    return not outcomes or _shares_size(claim, best) or bool(outcomes & claim.terms)


def _shares_size(claim: Claim, best: Near) -> bool:
    """Tell whether a clause gives a figure of the fact, other than a count."""
    sizes = [f.quantity for f in best.fact.claim.figures if f.quantity.dimension != "count"]
    measured = [f.quantity for f in claim.figures if f.quantity.dimension != "count"]
    return any(same_number(ours, theirs) for ours in measured for theirs in sizes)


def _tells_size(claim: Claim, best: Near) -> bool:
    """Tell whether a clause names the outcome of a fact and gives the fact's own size of it."""
    return _shares_size(claim, best) and bool(claim.stated["measure"] & best.fact.slots["measure"])


def _more_than_counted(quantifier: Quantifier, fact: FactStatement) -> bool:
    """Tell whether a fact counts fewer of the same things ("three of the four models"), or rests on one study."""
    if _many_for_one(quantifier, fact):
        return True
    parts = [
        f.quantity for f in fact.claim.figures if f.quantity.role in {"n", "total"} and f.quantity.value is not None
    ]
    if [part.role for part in parts] != ["n", "total"]:
        return False
    count, total = parts[0].value, parts[1].value
    alike = counted_nouns().get(stem(parts[1].counted or "")) == quantifier.noun
    fewer = count is not None and bool(total) and total is not None and 100 * count / total < quantifier.low - 1
    return quantifier.name in _WIDE and alike and fewer


def _outgrows(quantifier: Quantifier, best: Near) -> bool:
    """Tell whether a quantifier takes in more than the fact's share of people, or its own quantifiers."""
    fact = best.fact.claim
    shares = [f.quantity.value for f in fact.figures if _is_share(f)]
    if len(shares) == 1 and shares[0] is not None:
        sure = quantifier.name != "most" or best.similarity >= _NEARLY_THE_SAME
        return quantifier.name in _WIDE and sure and shares[0] < quantifier.low - 1
    lower = [q for q in fact.quantifiers if q.noun == quantifier.noun]
    if not lower and quantifier.name == "all" and partial_words() & {word.written for word in words(fact.text)}:
        return True  # "has commonly been left out"
    return quantifier.name in _WIDE and bool(lower) and all(q.rank < quantifier.rank for q in lower)


def _denies_the_same(claim: Claim, fact: Claim) -> bool:
    """Tell whether a clause denies nothing, or only as the fact does ("excluded from all trials")."""
    denied = {stem(cue.text) for cue in fact.certainty.negations}
    return all(stem(cue.text) in denied for cue in claim.certainty.negations)


def _covered(claim: Claim, best: Near, index: FactIndex) -> bool:
    """Tell whether the fact speaks of enough of what the clause speaks of."""
    return index.weight(claim.terms & best.fact.told) >= _COVERED * index.weight(claim.terms)


def _is_share(figure: Figure) -> bool:
    quantity = figure.quantity
    return quantity.dimension == "fraction" and quantity.value is not None and quantity.role == "estimate"


def none_or_some(claim: Claim, near: Sequence[Near], index: FactIndex) -> Iterator[StatementMatch]:
    """Find "some" where the nearest fact says none of them, and "none" where it says some."""
    speaking = [n for n in near if n.similarity >= CLOSE and not n.slots.hard]
    if not asserts(claim) or not speaking:
        return
    for quantifier in claim.quantifiers:
        end = _PART_ENDS.search(claim.text, quantifier.span.end)
        stop = end.start() if end else len(claim.text)
        part = claim.text[quantifier.span.end : stop]
        told = Span(quantifier.span.start, stop).shift(claim.span.start)
        if any(figure.quantity.span.overlaps(told) for figure in claim.figures):
            continue  # "not one took under 12 days" is a matter of the figure
        said = index.reader.lexical.read(part).values() - {f"measure:{quantifier.noun}"}
        alike = [n for n in speaking if said and said <= n.fact.claim.terms and _quantified(n, quantifier)]
        if not alike or any((q.rank == 0) == (quantifier.rank == 0) for n in alike for q in _quantified(n, quantifier)):
            continue
        best = alike[0]
        span = quantifier.span.shift(claim.span.start)
        yield StatementMatch(claim, "direction", span, 0.5 + best.similarity / 3, best.fact, best.similarity)


def _quantified(near: Near, quantifier: Quantifier) -> list[Quantifier]:
    """Give the quantifiers of a fact that stand on the same things."""
    return [q for q in near.fact.claim.quantifiers if q.noun == quantifier.noun]


def _many_for_one(quantifier: Quantifier, fact: FactStatement) -> bool:
    """Tell whether a clause speaks of many studies where the fact rests on one ("in the only trial that ...")."""
    if quantifier.noun != "studies" or quantifier.name in {"none", "few", "some"}:
        return False
    figures = [
        f.quantity for f in fact.claim.figures if counted_nouns().get(stem(f.quantity.counted or "")) == "studies"
    ]
    if figures:
        return all(q.value == 1 for q in figures)
    sequence = words(fact.claim.text)
    return any(
        word.text.lower() in reach_words("sole") and any(counted_nouns().get(w.stem) == "studies" for w in following)
        for place, word in enumerate(sequence)
        if (following := sequence[place + 1 : place + 1 + _BETWEEN])
    )
