"""Set the cause and the effect that a clause names against what a fact says, apart from everything else in both.

A long fact and a short clause share few of their words even where they state one relation; what counts is whether the
fact speaks of the effect, and of the cause.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from evidencelint.frames import Claim
from evidencelint.matching.index import FactIndex
from evidencelint.matching.nearness import Near

_ENOUGH = 0.5
_EFFECT, _CAUSE = 0.6, 0.4


@dataclass(frozen=True, slots=True)
class Aligned:
    """A fact that names the cause and the effect of a clause; ``share`` is how much of both, 0 to 1."""

    near: Near
    share: float


def aligned(claim: Claim, near: Sequence[Near], index: FactIndex) -> list[Aligned]:
    """Give the facts that speak of the relation a clause states, best first.

    There are none where the clause names no effect of the vocabulary.
    """
    relation = claim.relation
    if relation is None:
        return []
    read = index.reader.lexical.read
    effect = frozenset(t for t in read(relation.effect).values() if not t.startswith(("arm:", "species:")))
    effect -= {"~increase", "~decrease"}
    cause = read(relation.cause).values() - effect or frozenset(f"arm:{arm}" for arm in claim.filled["arm"])
    if not any(term.startswith(("measure:", "topic:")) for term in effect):
        return []
    found = [
        Aligned(item, _EFFECT * there + _CAUSE * here)
        for item in near
        if (there := _share(effect, item, index)) >= _ENOUGH and (here := _share(cause, item, index)) >= _ENOUGH
    ]
    return sorted(found, key=lambda each: (-each.share, -each.near.similarity, each.near.fact.order))


def _share(terms: frozenset[str], item: Near, index: FactIndex) -> float:
    """Give the share of terms, by weight, that a fact speaks of."""
    whole = index.weight(terms)
    return index.weight(terms & item.fact.weights.keys()) / whole if whole else 1.0
