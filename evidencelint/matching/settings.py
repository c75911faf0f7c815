"""A finding of a laboratory, a model or a clinic told of use, of the field or of people at large."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from evidencelint.frames import Claim
from evidencelint.lexicon import Setting, first_person, gap_phrases, seen_or_ever, study_settings
from evidencelint.matching.nearness import CLOSE, RIVAL_SHARE, SPEAKS, Near, StatementMatch, asserts
from evidencelint.matching.values import same_number
from evidencelint.model import Quantity
from evidencelint.words import PhraseTable, words

_NEAR_WITH_FIGURE = 0.15


def settings(claim: Claim, near: Sequence[Near]) -> Iterator[StatementMatch]:
    """Find the fact of a narrow setting that a clause tells of a wide one, where no fact as near is of a wide one."""
    yield from _without_bounds(claim, near)
    certainty = claim.certainty
    if certainty.mood != "statement" or certainty.level == 0 or certainty.negations or claim.passage == "heading":
        return
    for setting in study_settings():
        wide = next(iter(setting.wide.find(words(claim.text))), None)
        if wide is None or _says(setting.narrow, claim.text):
            continue
        told = [n for n in near if n.similarity >= _NEAR_WITH_FIGURE and _shares_a_figure(claim, n.fact.claim)]
        told = told or [n for n in near if n.similarity >= CLOSE]
        told = [n for n in told if n.similarity >= told[0].similarity * RIVAL_SHARE]
        if told and all(_of_the_narrow(setting, n.fact.fact.quote) for n in told):
            best = told[0]
            yield StatementMatch(
                claim, "setting", wide.span.shift(claim.span.start), min(0.9, 0.6 + best.similarity / 2),
                best.fact, best.similarity, found=claim.text[wide.span.start : wide.span.end],
            )  # fmt: skip
            return


def _without_bounds(claim: Claim, near: Sequence[Near]) -> Iterator[StatementMatch]:
    """Find a denial of all times and places ("nobody has ever died of it") where a fact denies it of its studies."""
    wide = next(iter(seen_or_ever().wide.find(words(claim.text))), None)
    if wide is None or not asserts(claim) or _says(seen_or_ever().narrow, claim.text) or first_person(claim.text):
        return
    if not _denies(claim):
        return
    outcomes = claim.stated["measure"]
    best = next((n for n in near if n.similarity >= SPEAKS and not n.slots.hard), None)
    if best is None or not outcomes & best.fact.slots["measure"] or not _denies(best.fact.claim):
        return
    if _says(seen_or_ever().narrow, best.fact.fact.quote) and not _says(seen_or_ever().wide, best.fact.fact.quote):
        yield StatementMatch(
            claim, "setting", wide.span.shift(claim.span.start), min(0.9, 0.5 + best.similarity / 2),
            best.fact, best.similarity, found=claim.text[wide.span.start : wide.span.end],
        )  # fmt: skip


def _denies(claim: Claim) -> bool:
    negated = claim.certainty.negated or bool(claim.certainty.negations)
    return negated or any(q.rank == 0 for q in claim.quantifiers) or any(f.negated for f in claim.figures)


def _of_the_narrow(setting: Setting, quote: str) -> bool:
    """Tell whether a fact is of the narrow setting, and names the wide one at most to say that nobody looked there."""
    untried = next(iter(gap_phrases().find(words(quote))), None) is not None
    return _says(setting.narrow, quote) and (untried or not _says(setting.wide, quote))


def _says(phrases: PhraseTable[str], text: str) -> bool:
    return next(iter(phrases.find(words(text))), None) is not None


def _shares_a_figure(claim: Claim, fact: Claim) -> bool:
    return any(_alike(a.quantity, b.quantity) for a in claim.figures for b in fact.figures)


def _alike(draft: Quantity, fact: Quantity) -> bool:
    if draft.low is not None and draft.high is not None:
        return (draft.low, draft.high) == (fact.low, fact.high)
    return same_number(draft, fact)
