"""Find a result on an outcome that the source has no word of ("patients slept better"), told as one of the source's.

Any unknown word may retell what the source says in others. So only outcomes that general English has a family of words
for are looked at, where the source knows none of the family, and only what is told of the people or the treatment of
the facts, or beside other results of theirs.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from evidencelint.diagnostics import Span
from evidencelint.frames import Claim
from evidencelint.lexicon import (
    change_cues,
    effect_nouns,
    family_words,
    listing_words,
    moving_words,
    others_say,
    own_matter,
)
from evidencelint.matching.index import FactIndex
from evidencelint.matching.nearness import HEDGED, Near, StatementMatch, asserts, in_topic
from evidencelint.matching.quoting import quoted
from evidencelint.words import Words, words

_CONFIDENCE = 0.7
_REACH = 45
_ONLY_CONDITIONAL = frozenset({"would"})
_PARTED = re.compile(r"[;.()]|\b(?:but|while|whereas|although|though|which|who|because|if)\b", re.IGNORECASE)
_ASIDE = re.compile(
    r",\s*(?:we|I)\s+(?:[\w'’]+\s+){0,4}(?:say|report|hear|read|note|add|gather|told|see)\b\W*$", re.IGNORECASE
)
# "those who sleep badly", "people with insomnia": whom a clause speaks of, not what of theirs has moved
_OF_WHOM = re.compile(r"\b(?:(?:who|whose)\s+(?:\w+\s+){0,3}|(?:with|from)\s+(?:\w+\s+)?)\Z", re.IGNORECASE)
_TO = re.compile(r"\bto\s+\Z", re.IGNORECASE)
_AMOUNT = re.compile(
    r"\w+\s+than\s+(?:\d|an?\b|half|one|two|three|four|five|six|seven|eight|nine|ten|most|usual)", re.IGNORECASE
)


def unstudied(claim: Claim, _near: Sequence[Near], index: FactIndex) -> Iterator[StatementMatch]:
    """Find a result on an outcome of which neither facts nor source have a word."""
    if claim.passage == "heading" or claim.certainty.mood != "statement" or claim.certainty.negations:
        return
    said = words(claim.text)
    hits = list(family_words().find(said))
    if not hits or not _asserts(claim) or _of_others(claim):
        return
    for hit in hits:
        family, tells = hit.value
        if not (in_topic(claim) if tells else _of_the_source(claim, said)):
            continue
        told = _sets_apart(claim, hit.span) if family.compared else tells or _moves(claim, said, hit.span)
        if told and not _known(claim, hit.span, index) and index.unheard(family):
            yield StatementMatch(claim, "unsupported", hit.span.shift(claim.span.start), _CONFIDENCE)
            return


def _asserts(claim: Claim) -> bool:
    """Tell whether a clause asserts what it says, or says what would come ("would pay for itself")."""
    certainty = claim.certainty
    hedges = {hedge.lower() for hedge in certainty.hedges}
    return asserts(claim) or (certainty.level >= HEDGED and not certainty.negated and hedges <= _ONLY_CONDITIONAL)


def _of_others(claim: Claim) -> bool:
    """Tell whether a clause speaks of the writer's own affairs, or says what others say."""
    dated = any(quantity.role == "date" for quantity in claim.set_aside)
    own = own_matter(_ASIDE.sub("", claim.text))  # "…, we are pleased to say" is no part of what is told
    return dated or own or others_say(claim.text) or quoted(claim.text)


def _of_the_source(claim: Claim, said: Words) -> bool:
    """Tell whether a result is told of what the facts are about, or beside others in their topic."""
    if any(claim.stated[slot] for slot in ("arm", "population")):
        return True
    listed = claim.passage in {"item", "cell"} or next(iter(listing_words().find(said)), None) is not None
    return listed and in_topic(claim)


def _moves(claim: Claim, said: Words, named: Span) -> bool:
    """Tell whether a word of change or comparison stands beside what is named, in one part of the clause."""
    text = claim.text
    acting = [each for each in claim.relations if each.acts or each.compared]
    others = [r.cue for r in acting if r.acts and r.effect and text[named.start : named.end] not in r.effect]
    cues = [hit.span for hit in change_cues().find(said)] + [hit.span for hit in moving_words().find(said)]
    cues += [each.cue for each in acting if each.compared or each.cue not in others]
    cues = [cue for cue in cues if not cue.overlaps(named) or len(cue) < len(named)]
    # what does something to another thing says nothing of what stands before it ("the jobless use buses to cut delays")
    cues = [cue for cue in cues if cue.end <= named.start or not any(cue.overlaps(other) for other in others)]
    cues = [cue for cue in cues if cue.end <= named.start or not _TO.search(text, 0, cue.start)]  # "… to reduce delays"
    before = _OF_WHOM.search(text, 0, named.start) is not None
    return any(_beside(text, named, cue) for cue in cues if not (before and cue.start > named.end))


def _beside(text: str, named: Span, cue: Span) -> bool:
    first, second = (cue, named) if cue.start < named.start else (named, cue)
    between = text[first.end : second.start]
    return len(between) <= _REACH and not _PARTED.search(between) and not _AMOUNT.match(text, cue.start)


def _known(claim: Claim, named: Span, index: FactIndex) -> bool:
    """Tell whether the vocabulary has what is named under another name, of which a fact or a source speaks."""
    here = [m for m in claim.mentions if m.slot == "measure" and m.span.overlaps(named.shift(claim.span.start))]
    return any(not index.unknown([f"measure:{m.concept}"]) for m in here)


def _sets_apart(claim: Claim, cue: Span) -> bool:
    """Tell whether what a word of comparison is followed by is a treatment."""
    after = claim.text[cue.end :]
    arms = any(m.slot == "arm" and m.span.start - claim.span.start >= cue.end for m in claim.mentions)
    return "without" not in after and (arms or any(word.stem in effect_nouns() for word in words(after)))
