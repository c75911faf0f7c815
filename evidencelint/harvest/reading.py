"""Harvest a source: its statements as candidate facts, in the order of the source, and a vocabulary for them."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from itertools import combinations, groupby, islice

from evidencelint.claims import ClaimReader
from evidencelint.factbase.vocabulary import Concept, combined, general_vocabulary
from evidencelint.frames import Claim
from evidencelint.harvest.abbreviations import read_abbreviations
from evidencelint.harvest.collocations import Occurrence, made_whole
from evidencelint.harvest.concepts import suggest_concepts
from evidencelint.harvest.contrasts import find_contrasts, modifier_names, relate
from evidencelint.harvest.forms import suggest_forms
from evidencelint.harvest.parallels import grouped_by, side_by_side, with_parts
from evidencelint.harvest.phrases import read_phrases
from evidencelint.harvest.pieces import cut, inherited
from evidencelint.harvest.slots import SLOT_ORDER
from evidencelint.harvest.statements import concludes, confidence, read_statements
from evidencelint.harvest.studies import Studies
from evidencelint.harvest.suggestions import Suggestion, slug
from evidencelint.harvest.tables import figures_of, heads_of, is_clear, name_measures
from evidencelint.lexicon import stop_stems
from evidencelint.model import Span, Token
from evidencelint.nlp import parse
from evidencelint.sources.text import Block
from evidencelint.words import stem, words

_ID_WORDS = 4
_LEAST_LETTERS = 4
_LEAST_CONFIDENCE = 0.35
_MOST_ROWS = 24
_FIGURE = re.compile(r"\d")


@dataclass(frozen=True, slots=True)
class Candidate:
    """A statement as a fact to be: id, quote, place, how sure it is worth keeping, and its frame as read.

    ``slots`` are concepts that the rest of its sentence names, not the quote; ``figures`` those that the heads of a
    table name, by figure; ``study`` is the key of the work whose finding the sentence says it is.
    """

    id: str
    quote: str
    at: str
    slots: Mapping[str, str]
    confidence: float
    frame: str
    figures: Mapping[str, Mapping[str, str]] = field(default_factory=dict)
    study: str | None = None


@dataclass(frozen=True, slots=True)
class Harvest:
    """What a source gives: concepts, contrast sets of their ids, and candidates in the order of the source.

    ``unclear`` are the rows of tables that cannot be quoted, as the heads of their columns say the units.
    """

    concepts: tuple[Concept, ...]
    contrasts: tuple[tuple[str, ...], ...]
    candidates: tuple[Candidate, ...]
    unclear: tuple[str, ...] = ()


def harvest(
    blocks: Sequence[Block],
    *,
    least: float = _LEAST_CONFIDENCE,
    known: Sequence[str] = (),
    studies: Studies | None = None,
) -> Harvest:
    """Harvest the blocks of a source; ids in ``known`` are not given again, statements below ``least`` left out.

    ``studies`` are the works that its sentences may tell of.
    """
    statements = list(read_statements(blocks))
    unclear = tuple(s.text for s in statements if s.block.kind == "row" and not is_clear(s.block))
    statements = [s for s in statements if s.block.kind != "row" or is_clear(s.block)]
    # of a row, the first cell says what it is about
    texts = [s.block.cells[0] if s.block.kind == "row" else s.text for s in statements]
    parsed = list(parse(texts))
    rows = {number for number, statement in enumerate(statements) if statement.block.kind == "row"}
    heads = list(heads_of([statements[number].block for number in sorted(rows)]))
    suggestions, contrasts = _vocabulary(
        [*texts, *heads],
        [*parsed, *parse(heads)],
        dict.fromkeys(rows, "of-people" if name_measures(heads) else "measured")
        | {len(texts) + index: "measured" for index, head in enumerate(heads) if name_measures([head])},
        [list(numbers) for _, numbers in groupby(sorted(rows), key=lambda number: statements[number].block.heads)],
        "\n\n".join(block.text for block in blocks),
        [head for number in sorted(rows) for head in statements[number].block.heads[1:]],
    )
    concepts = tuple(Concept(s.slot, s.id, tuple(s.names), tuple(s.is_a)) for s in suggestions)
    vocabulary = combined(general_vocabulary(), concepts, [frozenset(group) for group in contrasts])
    quotes = [
        (number, statement.text[span.start : span.end])
        for number, (statement, tokens) in enumerate(zip(statements, parsed, strict=True))
        for span in (cut(statement.text, tokens) if number not in rows else (Span(0, len(statement.text)),))
    ]
    reader = ClaimReader(vocabulary)
    read = reader.read_quotes([quote for _, quote in quotes])
    common = Counter(concept for claims in read for concept in {m.concept for c in claims for m in c.mentions})
    candidates: list[Candidate] = []
    ids = set(known)
    before: list[tuple[Claim, ...]] = []
    last = -1
    for (number, quote), claims in zip(quotes, read, strict=True):
        before = before if number == last else []
        last = number
        slots = inherited(before, claims)
        before.append(claims)
        named = {(m.slot, m.concept) for claim in claims for m in claim.mentions}
        sure = confidence(claims, len(named), parsed[number], concluding=concludes(statements[number]))
        if sure < least:
            continue
        identity = _identity(quote, claims, common, ids)
        ids.add(identity)
        figures = figures_of(statements[number].block, reader.lexical) if number in rows else {}
        study = studies.named_in(statements[number].text) if studies is not None else None
        place = statements[number].at
        candidates.append(Candidate(identity, quote, place, slots, sure, describe(claims), figures, study))
    return Harvest(concepts, tuple(contrasts), tuple(candidates), unclear)


def _vocabulary(
    texts: Sequence[str],
    parsed: Sequence[tuple[Token, ...]],
    parts: Mapping[int, str],
    tables: Sequence[Sequence[int]],
    whole: str,
    heads: Sequence[str],
) -> tuple[list[Suggestion], list[tuple[str, ...]]]:
    occurrences = [
        Occurrence(phrase, index, _FIGURE.search(text) is not None)
        for index, (text, tokens) in enumerate(zip(texts, parsed, strict=True))
        for phrase in read_phrases(text, tokens)
    ]
    occurrences = [_in_row(o, parts[o.sentence]) if o.sentence in parts else o for o in occurrences]
    occurrences = with_parts(made_whole(occurrences, texts), texts)
    occurrences = grouped_by(occurrences, texts)
    suggestions = suggest_concepts(occurrences, texts, parsed, list(read_abbreviations(whole)), general_vocabulary())
    relate(suggestions)
    beside = list(_in_one_table(occurrences, tables))
    beside += [(one.phrase.key, other.phrase.key) for one, other in side_by_side(occurrences, texts)]
    contrasts = list(find_contrasts(suggestions, texts, beside))
    for identity, name in modifier_names(suggestions, contrasts, texts).items():
        next(s for s in suggestions if s.id == identity).names.append(name)
    formed, apart = suggest_forms(texts, suggestions, heads)
    return sorted([*suggestions, *formed], key=lambda s: SLOT_ORDER.index(s.slot)), [*contrasts, *apart]


def _in_one_table(
    occurrences: Sequence[Occurrence], tables: Sequence[Sequence[int]]
) -> Iterator[tuple[tuple[str, ...], tuple[str, ...]]]:
    """Yield the pairs of what the rows of a table begin with."""
    for numbers in tables:
        keys = dict.fromkeys(o.phrase.key for o in occurrences if o.sentence in numbers)
        yield from combinations(islice(keys, _MOST_ROWS), 2)


def _in_row(occurrence: Occurrence, part: str) -> Occurrence:
    """Say what a phrase of a table is: what figures are of, or whose they are."""
    phrase = replace(occurrence.phrase, parts=occurrence.phrase.parts | {part})
    return replace(occurrence, phrase=phrase, figures=True)


def _identity(quote: str, claims: Sequence[Claim], common: Mapping[str, int], taken: set[str]) -> str:
    """Make an id of what the statement is about: its rarest concepts, then telling words."""
    mentions = sorted({(m.span.start, m.concept) for claim in claims for m in claim.mentions if m.slot in _TELLING})
    ranked = sorted(dict.fromkeys(concept for _, concept in mentions), key=lambda concept: common[concept])[:2]
    stops = stop_stems()
    parts = [concept for _, concept in mentions if concept in ranked]
    rest = [
        word.text.lower()
        for number, word in enumerate(words(quote))
        if word.stem not in stops
        and len(word.text) >= _LEAST_LETTERS
        and word.text.isascii()
        and word.text.isalpha()
        and (word.text.islower() or number == 0)  # who said it is no id
    ]
    spoken = [part for concept in parts for part in concept.split("-")]
    telling: dict[str, str] = {}
    # the words of the concepts, and so many others that it can be told from its neighbours
    most = max(len({stem(part) for part in spoken}), _ID_WORDS - 1) if spoken else _ID_WORDS
    for word in (*spoken, *rest):
        if len(telling) < most:
            telling.setdefault(stem(word), word)
    base = slug(" ".join(telling.values()))
    identity, number = base, 1
    for word in rest:
        if identity not in taken or number > _ID_WORDS:
            break
        if word not in identity:
            identity, number = f"{identity}-{word}", number + 1
    base = identity
    number = 2
    while identity in taken:
        identity, number = f"{base}-{number}", number + 1
    return identity


_TELLING = frozenset({"measure", "population", "arm", "topic"})


def describe(claims: Sequence[Claim]) -> str:
    """Say in one line how the reader reads a statement: figures with their slots, relation, hedges."""
    parts: list[str] = []
    for claim in claims:
        for figure in claim.figures:
            if figure.quantity.role == "bound" and figure.quantity.counted == "level":
                continue  # the 95% of an interval is of nothing
            slots = " ".join(name for names in figure.stated.values() for name in sorted(names))
            parts.append(f"{figure.quantity.text}: {slots}" if slots else figure.quantity.text)
        if claim.relation is not None and not claim.figures:
            parts.append(f"{claim.relation.strength} {claim.relation.direction}")
        if claim.certainty.hedges and not claim.figures:
            parts.append(f"hedged ({', '.join(claim.certainty.hedges)})")
    return "; ".join(parts)
