"""Harvest a source: its statements as candidate facts, in the order of the source, and a vocabulary for them."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from evidencelint.claims import ClaimReader
from evidencelint.frames import Claim
from evidencelint.harvest.abbreviations import read_abbreviations
from evidencelint.harvest.concepts import Occurrence, Suggestion, slug, suggest_concepts
from evidencelint.harvest.contrasts import find_contrasts, modifier_names, relate
from evidencelint.harvest.phrases import read_phrases
from evidencelint.harvest.statements import Statement, confidence, read_statements
from evidencelint.lexicon import stop_stems
from evidencelint.nlp import parse
from evidencelint.sourcetext import Block
from evidencelint.vocabulary import Concept, Vocabulary, combined, general_vocabulary
from evidencelint.words import words

_ID_WORDS = 4
_LEAST_CONFIDENCE = 0.4
_FIGURE = re.compile(r"\d")


@dataclass(frozen=True, slots=True)
class Candidate:
    """A statement as a fact to be: id, quote, place, how sure it is worth keeping, and its frame as read."""

    id: str
    quote: str
    at: str
    confidence: float
    frame: str


@dataclass(frozen=True, slots=True)
class Harvest:
    """What a source gives: concepts, contrast sets of their ids, and candidates in the order of the source."""

    concepts: tuple[Concept, ...]
    contrasts: tuple[tuple[str, ...], ...]
    candidates: tuple[Candidate, ...]


def harvest(blocks: Sequence[Block], *, least: float = _LEAST_CONFIDENCE, known: Sequence[str] = ()) -> Harvest:
    """Harvest the blocks of a source; ids in ``known`` are not given again, statements below ``least`` left out."""
    statements = list(read_statements(blocks))
    texts = [statement.text for statement in statements]
    suggestions, contrasts = _vocabulary(texts, "\n\n".join(block.text for block in blocks))
    concepts = tuple(Concept(s.slot, s.id, tuple(s.names), tuple(s.is_a)) for s in suggestions)
    vocabulary = combined(general_vocabulary(), concepts, [frozenset(group) for group in contrasts])
    read = ClaimReader(vocabulary).read_quotes(texts)
    candidates = []
    ids = set(known)
    for statement, claims in zip(statements, read, strict=True):
        named = {(m.slot, m.concept) for claim in claims for m in claim.mentions}
        sure = confidence(claims, len(named))
        if sure < least:
            continue
        identity = _identity(statement, vocabulary, claims, ids)
        ids.add(identity)
        candidates.append(Candidate(identity, statement.text, statement.at, sure, describe(claims)))
    return Harvest(concepts, tuple(contrasts), tuple(candidates))


def _vocabulary(texts: Sequence[str], whole: str) -> tuple[list[Suggestion], list[tuple[str, ...]]]:
    occurrences = [
        Occurrence(phrase, index, _FIGURE.search(text) is not None)
        for index, (text, tokens) in enumerate(zip(texts, parse(texts), strict=True))
        for phrase in read_phrases(text, tokens)
    ]
    suggestions = suggest_concepts(occurrences, texts, list(read_abbreviations(whole)), general_vocabulary())
    relate(suggestions)
    for identity, name in modifier_names(suggestions, texts).items():
        next(s for s in suggestions if s.id == identity).names.append(name)
    return suggestions, list(find_contrasts(suggestions, texts))


def _identity(statement: Statement, vocabulary: Vocabulary, claims: Sequence[Claim], taken: set[str]) -> str:
    """Make an id of what the statement is about: its concepts, else its telling words."""
    mentions = sorted({(m.span.start, m.concept) for claim in claims for m in claim.mentions if m.slot in _TELLING})
    parts = list(dict.fromkeys(concept for _, concept in mentions))[:2]
    stops = stop_stems()
    if len(parts) < 2:  # noqa: PLR2004 - one concept is hardly telling
        rest = [w.text.lower() for w in words(statement.text) if w.stem not in stops and len(w.text) > 3 and w.text.isalpha()]  # noqa: PLR2004
        parts += rest[: _ID_WORDS - len(parts)]
    base = slug(" ".join(dict.fromkeys(parts)).replace("-", " "))
    identity, number = base, 2
    while identity in taken:
        identity, number = f"{base}-{number}", number + 1
    return identity


_TELLING = frozenset({"measure", "population", "arm", "topic"})


def describe(claims: Sequence[Claim]) -> str:
    """Say in one line how the reader reads a statement: figures with their slots, relation, hedges."""
    parts: list[str] = []
    for claim in claims:
        for figure in claim.figures:
            slots = " ".join(name for names in figure.stated.values() for name in sorted(names))
            parts.append(f"{figure.quantity.text}: {slots}" if slots else figure.quantity.text)
        if claim.relation is not None and not claim.figures:
            parts.append(f"{claim.relation.strength} {claim.relation.direction}")
        if claim.certainty.hedges and not claim.figures:
            parts.append(f"hedged ({', '.join(claim.certainty.hedges)})")
    return "; ".join(parts)
