"""Compare what two counts count."""

from __future__ import annotations

from functools import lru_cache
from typing import Literal

from evidencelint.lexicon import counted_nouns, nouns_apart, people_roles, synonym_groups
from evidencelint.model import Quantity
from evidencelint.words import stem, words

Counting = Literal["same", "other", "unknown"]


def compare_counted(draft: Quantity, fact: Quantity) -> Counting:
    """Say whether two counts count the same thing; only bare counts are told apart by their noun."""
    if draft.dimension != "count" or fact.dimension != "count":
        return "unknown"
    if draft.counted is None or fact.counted is None:
        return "unknown"
    ours, theirs = _kind(draft.counted), _kind(fact.counted)
    return "same" if ours & theirs else "other"


def clearly_other(draft: Quantity, fact: Quantity) -> bool:
    """Tell whether two counts count things of two kinds that exclude one another, such as people and doses."""
    if compare_counted(draft, fact) != "other" or draft.counted is None or fact.counted is None:
        return False
    ours, theirs = (nouns_apart().get(stem(noun.split()[-1])) for noun in (draft.counted, fact.counted))
    return ours is not None and theirs is not None and ours != theirs


def other_people(draft: Quantity, fact: Quantity, quote: str) -> tuple[str, str] | None:
    """Give the people whom a draft's figure is of and those of the fact, where nobody is both (teachers, parents).

    None where either side names no people by their part, or the fact's quote names the draft's too.
    """
    ours = next(iter(people_roles().find(words(draft.counted or ""))), None)
    # "nurse time" names no nurses
    named = [hit for hit in people_roles().find(words(quote)) if quote[hit.span.start : hit.span.end].endswith("s")]
    theirs = next((hit for hit in people_roles().find(words(fact.counted or ""))), None)
    if ours is None or not named or any(hit.value == ours.value for hit in named):
        return None
    first = named[0].span
    return draft.counted or "", quote[first.start : first.end] if theirs is None else fact.counted or ""


def counts_outcome(draft: Quantity, fact: Quantity, measures: frozenset[str]) -> bool:
    """Tell whether a draft counts the events of an outcome where the fact counts those who had them ("61 strokes")."""
    noun = stem(draft.counted or "")
    if counted_nouns().get(stem(fact.counted or "")) != "people" or noun in counted_nouns():
        return False
    return any(noun == stem(part) for name in measures for part in name.replace("-", " ").split())


@lru_cache(maxsize=4_096)
def _kind(noun: str) -> frozenset[str]:
    sequence = words(noun)
    found = {hit.value for hit in synonym_groups().find(sequence)}
    classes = counted_nouns()
    for word in sequence:
        found.add(classes.get(word.stem, stem(word.text)))
    return frozenset(found)
