"""Do the names of a vocabulary mean what the curator takes them for? Names within others, and built-in concepts.

Belongs to `audit`; needs no language model.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence

from evidencelint.claims.lexical import LexicalReader
from evidencelint.curating.check import FactProblem, problem_at
from evidencelint.factbase.facts import Declared, Fact, FactBase
from evidencelint.factbase.vocabulary import general_vocabulary
from evidencelint.frames import Mention
from evidencelint.words import stems

_HYPHENS = "-‐‑/"
_ENDINGS = ("s", "es", "'s", "’s", "s'", "s’")
_LONGEST_LIST = 8
# a comparator is an arm
_HOMES = {"comparator": "arm"}
# what a thing is done with, led by or free of names that thing: "drug-assisted", "nurse-led"
_DONE_WITH = re.compile(r"[-‐‑]\w+(?:ed|led|based|free|only|naive)\b")

Key = tuple[str, str]


def concepts_in_use(base: FactBase) -> Mapping[Key, int]:
    """Count by slot and id the facts that speak of a concept: in their quotes, or by what the curator added."""
    reader = LexicalReader(base.vocabulary)
    found: Counter[Key] = Counter()
    for fact in base.facts:
        named = {(mention.slot, mention.concept) for mention in reader.read(fact.quote).mentions}
        for slots in (fact.slots, *fact.figures.values()):
            named |= {
                ("arm" if slot == "comparator" else slot, name) for slot, names in slots.items() for name in names
            }
        found.update(named)
    return found


def audit_names(base: FactBase) -> Iterator[FactProblem]:
    """Find names that are read where another word is meant, and concepts of the fact base that are built in."""
    yield from _within(base)
    yield from _built_in(base)


def _within(base: FactBase) -> Iterator[FactProblem]:
    reader = LexicalReader(base.vocabulary)
    general = general_vocabulary().concepts
    told: dict[Key, list[tuple[Fact, str]]] = {}
    for fact in base.facts:
        mentions = reader.read(fact.quote).mentions
        for mention in mentions:
            key = (mention.slot, mention.concept)
            outer = _longer(mention, mentions)
            joined = _joined(mention, fact.quote)
            if outer is not None:
                # a rate or a time within a name is still one ("weekly takings")
                mixed = (key in general) != ((outer.slot, outer.concept) in general) and mention.slot != "timepoint"
                doubtful = mixed or joined
            else:
                doubtful = joined and key not in general and not _is_name(base, mention, fact.quote)
            if doubtful:
                told.setdefault(key, []).append((fact, _word(mention, outer, fact.quote)))
    homes = {(concept.slot, concept.id): concept for concept in base.declared}
    for (slot, identity), places in told.items():
        fact, word = places[0]
        often = f" and {len(places) - 1} more" if len(places) > 1 else ""
        where = f"{fact.id}, line {fact.quote_position.line}{often}"
        message = f"{slot} {identity} is read in “{word}” ({where}); {_remedy((slot, identity), homes)}"
        home = homes.get((slot, identity))
        position = home.position if home is not None else fact.quote_position
        yield problem_at("name-within-name", position, "" if home is not None else fact.id, message)


def _remedy(key: Key, homes: Mapping[Key, Declared]) -> str:
    if key in homes:
        return "if it is not meant there, give it longer names; its id is one, too"
    return "it is built in; if it is not meant there, say in the fact's slots what is"


def _longer(mention: Mention, mentions: Sequence[Mention]) -> Mention | None:
    """Give the mention of another slot that a mention is a part of."""
    span = mention.span
    return next(
        (
            other
            for other in mentions
            if other.slot != mention.slot
            and other.span.start <= span.start
            and span.end <= other.span.end
            and len(other.span) > len(span)
        ),
        None,
    )


def _joined(mention: Mention, quote: str) -> bool:
    """Tell whether a hyphen makes a mention a part of another word ("cross" in "cross-sectional")."""
    start, end = mention.span.start, mention.span.end
    after = quote[end : end + 1] in set(_HYPHENS) and quote[end + 1 : end + 2].isalnum()
    before = start > 1 and quote[start - 1] in _HYPHENS and quote[start - 2].isalnum()
    return before or (after and _DONE_WITH.match(quote, end) is None)


def _is_name(base: FactBase, mention: Mention, quote: str) -> bool:
    """Tell whether a mention is a name as written, but for its case and an ending: "cross" is none of "crossings"."""
    written = quote[mention.span.start : mention.span.end].lower().replace("-", " ")
    names = base.vocabulary.concepts[mention.slot, mention.concept].names
    return any(_bare(written) == _bare(name.lower().replace("-", " ")) for name in names)


def _bare(text: str) -> str:
    for ending in sorted(_ENDINGS, key=len, reverse=True):
        if text.endswith(ending) and len(text) > len(ending) + 2:
            return text[: -len(ending)]
    return text


def _word(mention: Mention, outer: Mention | None, quote: str) -> str:
    if outer is not None:
        return quote[outer.span.start : outer.span.end]
    start, end = mention.span.start, mention.span.end
    while start > 0 and not quote[start - 1].isspace():
        start -= 1
    while end < len(quote) and not quote[end].isspace():
        end += 1
    return quote[start:end].strip('.,;:()[]“”"')


def _built_in(base: FactBase) -> Iterator[FactProblem]:
    """Tell where a fact base adds to a built-in concept, or names what one of another id is named."""
    general = general_vocabulary().concepts
    homes: dict[str, dict[tuple[str, ...], str]] = {}
    for (slot, identity), concept in general.items():
        homes.setdefault(slot, {}).update({stems(name): identity for name in concept.names})
    for own in base.declared:
        known = general.get((own.slot, own.id))
        if known is not None:
            names = ", ".join(known.names[:_LONGEST_LIST]) + (", …" if len(known.names) > _LONGEST_LIST else "")
            message = f"{own.slot} {own.id} is built in, with the names {names}; those here are added to them"
            yield problem_at("built-in-concept", own.position, "", message)
            continue
        shared = [name for name in own.names if stems(name) in homes.get(own.slot, {})]
        if shared:
            other = homes[own.slot][stems(shared[0])]
            message = f"{own.slot} {own.id}: “{shared[0]}” is a name of the built-in {other}, too; both are read"
            yield problem_at("built-in-concept", own.position, "", message)
