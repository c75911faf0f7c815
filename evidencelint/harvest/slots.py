"""Which slot a noun phrase of a source belongs to: weighed by its head noun and by the parts it plays in sentences."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from evidencelint.harvest.lexicon import Nouns
from evidencelint.harvest.phrases import Phrase
from evidencelint.words import stem

SLOT_ORDER = ("population", "arm", "measure", "study", "timepoint", "topic")

# What a head noun says of its phrase: alone, and with words before it. Alone, most are too general to name anything.
_BY_HEAD = (
    ("population", "people", 0.0, 3.0),
    ("population", "places", 0.0, 2.5),
    ("arm", "arms", 0.5, 2.5),
    ("measure", "measures", 1.0, 2.0),
    ("study", "studies", 0.0, 3.0),
)
# What a part says: the slot, its parts, how much, and the share of occurrences from which it says it in full.
_BY_PART = (
    ("population", ("of-people",), 2.0, 1 / 2),
    ("population", ("of-study",), 0.8, 1 / 2),
    ("population", ("beside-found",), 2.0, 1 / 3),
    ("arm", ("given",), 2.0, 1 / 3),
    ("arm", ("beside-done",), 2.0, 1 / 3),
    ("arm", ("acting",), 1.2, 1 / 3),
    ("measure", ("changing", "measured", "affected", "reported"), 2.0, 1 / 4),
)
_CONDITION = 3.0
_FIGURED = 0.5
_GROUPED, _MOST_GROUPED = 1.0, 1.5
_ACTING, _MOST_ACTING = 0.5, 1.0
_ENOUGH = 2.0
_PLACE_ACTING = 1.5  # a kind of place that changes something was made to
_UNIT = 1.0
_REVIEW = stem("review")
_BARE = 2
_ORDERED = frozenset({"largest", "smallest", "pooled", "biggest", "earliest", "best"})
_DONE = ("given", "acting", "beside-done", "grouped")
_TWICE = 2
_AGAIN = 3
_COUNTED = 0.5  # what is mostly counted is what figures are of, not what they are for


@dataclass(frozen=True, slots=True)
class Uses:
    """The uses of one phrase and its other forms: head nouns, whether it is one word, parts, sentences with figures."""

    heads: frozenset[str]
    single: bool
    phrases: Sequence[Phrase]
    figured: int
    defined: bool

    @property
    def parts(self) -> Counter[str]:
        """Count the parts that the phrase plays."""
        return Counter(part for phrase in self.phrases for part in phrase.parts)


@dataclass(frozen=True, slots=True)
class Slotted:
    """The slot of a phrase; ``condition`` where it is an illness or the like that people have."""

    slot: str
    condition: bool = False


def slot_of(uses: Uses, known: Nouns) -> Slotted | None:
    """Give the slot of a phrase, ``topic`` where it has no better one, or None where it is no concept."""
    parts = uses.parts
    if _names_nothing(uses, parts, known):
        return None
    condition = _has(uses, "conditions", known) and (parts["of-people"] + parts["of-study"] > 0 or uses.defined)
    weights = _weights(uses, parts, known)
    weights["population"] += _CONDITION if condition else 0.0
    best = max(SLOT_ORDER, key=lambda slot: weights[slot])
    if best == "study" and not _is_design(uses):
        return None
    if weights[best] >= _ENOUGH:
        return Slotted(best, condition and best == "population")
    # what is not told how much of is a topic where the source abbreviates it, or speaks of it again and again
    telling = uses.defined or (not uses.single and len(uses.phrases) >= _AGAIN)
    return Slotted("topic") if telling and not _has(uses, "generic", known) else None


def _is_design(uses: Uses) -> bool:
    """Tell whether a phrase names a kind of study; "the largest study" is none.

    What is reviewed says what a review is of, not how it was done.
    """
    if any(stem(head) == _REVIEW for head in uses.heads):
        return False
    bare = all(len(phrase.key) <= _BARE and phrase.text.split()[0].lower() in _ORDERED for phrase in uses.phrases)
    return not bare


def _has(uses: Uses, name: str, known: Nouns) -> bool:
    return any(known.has(name, head) for head in uses.heads)


def _names_nothing(uses: Uses, parts: Counter[str], known: Nouns) -> bool:
    """Tell whether a phrase is a unit, a kind that something is said to be, or too general."""
    if uses.phrases and parts["predicate"] == len(uses.phrases):
        return True
    telling = ("measures",) if uses.single else ("measures", "studies", "places", "people")
    if all(known.has("generic", head) and not any(known.has(name, head) for name in telling) for head in uses.heads):
        return True
    bare = any(known.has("generic", head) for head in uses.heads) or all(
        any(known.has(name, head) for name in ("people", "places", "studies")) for head in uses.heads
    )
    return uses.single and (bare or parts["counted"] > _COUNTED * len(uses.phrases))


def _weights(uses: Uses, parts: Counter[str], known: Nouns) -> dict[str, float]:
    weights = dict.fromkeys(SLOT_ORDER, 0.0)
    count = max(1, len(uses.phrases))
    for slot, name, alone, qualified in _BY_HEAD:
        if _has(uses, name, known):
            weights[slot] += alone if uses.single else qualified
    for slot, names, weight, enough in _BY_PART:
        share = sum(parts[name] for name in names) / count
        weights[slot] += weight * min(1.0, share / enough)
    told = parts["changing"] + parts["reported"]
    if (
        uses.single
        and not _has(uses, "measures", known)
        and not told
        and parts["measured"] + parts["affected"] < _TWICE
    ):
        weights["measure"] = 0.0  # one word that is once said to be something may be anything
    if uses.single and not _has(uses, "arms", known) and sum(parts[name] for name in _DONE) < _TWICE:
        weights["arm"] = 0.0
    if parts["given"] and parts["beside-done"]:
        weights["arm"] += _UNIT  # more than that their name is of people or places
    if parts["acting"] and _has(uses, "places", known) and not uses.single:
        weights["arm"] += _PLACE_ACTING
    weights["arm"] += min(_MOST_GROUPED, _GROUPED * parts["grouped"]) + min(_MOST_ACTING, _ACTING * parts["acting"])
    weights["measure"] += _FIGURED if uses.figured else 0.0
    return weights
