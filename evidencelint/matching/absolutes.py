"""Words too strong for almost any evidence ("cure", "proven", "risk-free"), where they are meant as such."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from evidencelint.claims.certainty import negates
from evidencelint.frames import Claim, Cue
from evidencelint.lexicon import (
    counted_nouns,
    denied_after,
    effect_nouns,
    first_person,
    others_say,
    tells_of_evidence,
    weak_senses,
)
from evidencelint.matching.index import FactStatement
from evidencelint.matching.nearness import ASSERTED, SPEAKS, Near, StatementMatch, asserts, in_topic
from evidencelint.words import Word, words

_CONFIDENCE = 0.85
_BESIDE = 3
_WHOLE = 100
# between a share and what is said of it, where no verb joins them
_APART = re.compile(r"^[^.;]*(?::|\s[–—-]\s)\W*$")
_QUOTES = (("“", "”"), ('"', '"'), ("‘", "’"))


def absolutes(claim: Claim, near: Sequence[Near]) -> Iterator[StatementMatch]:
    """Find words like "cure" and "proven" that no fact near the clause uses."""
    if not asserts(claim) or not in_topic(claim) or not _of_effects(claim) or first_person(claim.text):
        return
    for cue in claim.certainty.absolutes:
        if negates(claim.certainty, cue.span, claim.text) or _in_quotes(claim, cue) or not _meant(claim, cue):
            continue
        if any(_uses(item.fact, cue) for item in near if item.similarity >= SPEAKS):
            continue
        best = next((n for n in near if not n.slots.hard), None)
        yield StatementMatch(
            claim, "absolute", cue.span.shift(claim.span.start), _CONFIDENCE,
            best.fact if best else None, best.similarity if best else 0.0, found=cue.text,
        )  # fmt: skip


def _of_effects(claim: Claim) -> bool:
    """Tell whether a clause itself names something of the field, or speaks of a treatment, effect or harm at all."""
    if claim.verb is None and claim.passage == "paragraph":
        return False
    named = any(m.slot in {"arm", "measure", "population", "species", "study"} for m in claim.mentions)
    return named or any(word.stem in effect_nouns() for word in words(claim.text))


def _meant(claim: Claim, cue: Cue) -> bool:
    """Tell whether a cue is said of an effect, by the writer: not "proved popular", "for good reason", "the slogan"."""
    said = cue.text.lower()
    before, after = words(claim.text[: cue.span.start]), words(claim.text[cue.span.end :])
    if others_say(claim.text[: cue.span.start]) or _any(before, "mentions") or _taken_back(claim, cue):
        return False
    if said in weak_senses("turns_out") and not _any(after[:1], "that") and not _any(before[-2:], "being"):
        return False
    if said in weak_senses("at_the_end") and not _ends(claim.text[cue.span.end :]):
        return False
    if said in weak_senses("of_methods") and tells_of_evidence(claim.text):
        return False
    beside = (*before[-_BESIDE:], *after[:_BESIDE])
    counted = any(counted_nouns().get(word.stem) is not None for word in beside)
    return not (said in weak_senses("of_things") and (counted or _any(after[:1], "out_of")))


def _taken_back(claim: Claim, cue: Cue) -> bool:
    """Tell whether a clause goes on to deny or narrow a cue: "proven it is not", "no harm was severe"."""
    after = claim.text[cue.span.end :]
    following = words(after)
    if next(iter(denied_after().find(following)), None) is not None:
        return True
    if not cue.text.lower().startswith("no "):
        return False
    return _of_a_share(claim, cue) or _any(following[:1], "narrowed")


def _of_a_share(claim: Claim, cue: Cue) -> bool:
    """Tell whether a clause says of what share it holds ("no harm reported by 91.6%", "nine in ten: no harm")."""
    start, end = (claim.span.start + place for place in (cue.span.start, cue.span.end))
    shares = [f.quantity for f in claim.figures if f.quantity.dimension == "fraction" and f.quantity.value != _WHOLE]
    before = [claim.text[q.span.end - claim.span.start : cue.span.start] for q in shares if q.span.end <= start]
    return any(_APART.search(between) for between in before) or any(q.span.start >= end for q in shares)


def _any(beside: Sequence[Word], name: str) -> bool:
    return any(word.written in weak_senses(name) for word in beside)


def _ends(after: str) -> bool:
    """Tell whether nothing that belongs to a cue comes after it."""
    following = words(after)
    return not following or re.match(r"\s*[.,;:!?)]", after) is not None or _any(following[:1], "joins")


def _uses(fact: FactStatement, cue: Cue) -> bool:
    own = fact.claim.certainty
    return own.level >= ASSERTED and any(
        other.kind == cue.kind and not negates(own, other.span, fact.claim.text) for other in own.absolutes
    )


def _in_quotes(claim: Claim, cue: Cue) -> bool:
    before, after = claim.text[: cue.span.start], claim.text[cue.span.end :]
    if claim.text.count('"') == 1 and claim.text.rstrip(" .!?").endswith('"'):
        return True  # the quotation began in a sentence before
    return any(mark in before and close in after for mark, close in _QUOTES)
