"""Find facts by what they say: a figure, a concept, or words that are roughly theirs."""

from __future__ import annotations

from dataclasses import dataclass

from rapidfuzz import fuzz

from evidencelint.claims.lexical import LexicalReader
from evidencelint.facts import Fact, FactBase
from evidencelint.matching.values import compare
from evidencelint.quantities import read_quantities
from evidencelint.words import stems

_ENOUGH = 80.0
_AGREEING = frozenset({"same", "weaker", "dropped", "sharpened", "collapsed"})
_EXACT = 100.0
_NAMED = 95.0
_LEAST_TEXT = 4


@dataclass(frozen=True, slots=True)
class Found:
    """A fact, how well it fits (0 to 100), and why."""

    fact: Fact
    score: float
    why: str


def search(base: FactBase, query: str) -> list[Found]:
    """Give the facts that fit a query, best first: by figures and concepts where it names any, else by its words."""
    lexical = LexicalReader(base.vocabulary)
    wanted = read_quantities(query)
    asked = lexical.read(query)
    concepts = {(mention.slot, mention.concept) for mention in asked.mentions}
    concepts |= {key for key in base.vocabulary.concepts if key[1] == query.strip()}
    found: list[Found] = []
    for fact in base.facts:
        reasons: list[tuple[float, str]] = []
        figures = [q for q in read_quantities(fact.quote) if any(compare(w, q) in _AGREEING for w in wanted)]
        reasons += [(_EXACT, f"figure {quantity.text}") for quantity in figures]
        if not wanted or figures:
            named = {(m.slot, m.concept) for m in lexical.read(fact.quote).mentions}
            named |= {(slot, concept) for slot, own in fact.slots.items() for concept in own}
            shared = sorted(f"{slot} {concept}" for slot, concept in concepts & named)
            if shared:
                reasons.append((_NAMED * len(shared) / len(concepts), ", ".join(shared)))
            if not concepts and not wanted:
                reasons.append((_likeness(query, fact), "words"))
        best = max(reasons, default=(0.0, ""))
        if best[0] >= _ENOUGH or (concepts and reasons):
            found.append(
                Found(fact, round(best[0] + len(reasons), 1), "; ".join(dict.fromkeys(why for _, why in reasons)))
            )
    return sorted(found, key=lambda item: -item.score)


def _likeness(query: str, fact: Fact) -> float:
    """Compare word by word, by stems, so that a slip of the finger does no harm; what is hardly a word as written."""
    texts = (fact.id.replace("-", " "), fact.quote, fact.note, fact.at)
    if len(query.strip()) < _LEAST_TEXT:
        return _EXACT if any(query.lower() in text.lower() for text in texts) else 0.0
    known = {stem for text in texts for stem in stems(text)}
    asked = stems(query)
    return sum(max((fuzz.ratio(word, other) for other in known), default=0.0) for word in asked) / max(1, len(asked))
