"""Read the claims of a document or of a quote: the order of the steps, and nothing else."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import chain, islice, pairwise

from evidencelint.claims import pieces
from evidencelint.claims.certainty import (
    ceiling_of,
    find_cues,
    is_absolute,
    takes_back,
)
from evidencelint.claims.clauses import split_clauses
from evidencelint.claims.heads import tells
from evidencelint.claims.lexical import Lexical, LexicalReader
from evidencelint.claims.quantifiers import read_quantifiers
from evidencelint.claims.reading import Reading
from evidencelint.claims.relations import read_movement, read_plain
from evidencelint.claims.retractions import disclaimed
from evidencelint.claims.stances import withheld, without_titles
from evidencelint.claims.surroundings import Surroundings, Surveyor
from evidencelint.claims.tabled import of_others, side_by_side, with_units
from evidencelint.claims.timepoints import Timepoints
from evidencelint.claims.tree import Tree
from evidencelint.errors import DocumentError
from evidencelint.frames import Certainty, Claim, Cue, Figure, Mention, Quantifier, Relation, Slots
from evidencelint.lexicon import change_cues, motion_cues, relation_cues
from evidencelint.model import SLOTS, ClaimKind, Document, Passage, Quantity, Span, Token
from evidencelint.nlp import parse
from evidencelint.quantities import read_quantities
from evidencelint.sentences import split
from evidencelint.vocabulary import Vocabulary
from evidencelint.words import words

Parse = Callable[[Sequence[str]], Iterable[tuple[Token, ...]]]
_NOT_CLAIMED = frozenset({"date", "identifier", "ordinal", "age", "anaphor", "vague", "proportion"})
_MOST_SENTENCES = 200_000
_NO_PARSE_BELOW = 4
_MOST_READINGS = 2_000
_WITH = re.compile(r"\bwith\s+\Z", re.IGNORECASE)
_ARRIVAL = re.compile(r"\b(?:to|reach(?:ed|ing)?|stood at)\s+(?:just\s+|only\s+)?$", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class _Draft:
    """A sentence on its way to becoming claims; spans inside are offsets into its text."""

    passage: Passage
    span: Span
    text: str
    lexical: Lexical
    quantities: tuple[Quantity, ...]
    cues: tuple[Cue, ...]
    surroundings: Surroundings
    disowned: bool = False


class ClaimReader:
    """Reads claims against one vocabulary."""

    def __init__(self, vocabulary: Vocabulary, parse: Parse = parse) -> None:
        """Prepare the tables for the vocabulary's names; ``parse`` gives the tokens of sentences."""
        self._parse = parse
        self.lexical = LexicalReader(vocabulary)
        self._vocabulary = vocabulary
        self._surveyor = Surveyor(self.lexical)
        self._timepoints = Timepoints(vocabulary)
        self._readings: dict[tuple[str, bool, bool], Reading] = {}

    def read(self, document: Document) -> tuple[Claim, ...]:
        """Give the claims of a document in order; sentences that claim nothing have kind ``none``."""
        drafts = list(islice(chain.from_iterable(map(self._sentences, document.passages)), _MOST_SENTENCES + 1))
        if len(drafts) > _MOST_SENTENCES:
            raise DocumentError(f"more than {_MOST_SENTENCES:,} sentences; split the document")
        return tuple(self._claims(drafts))

    def read_quotes(self, quotes: Sequence[str]) -> list[tuple[Claim, ...]]:
        """Read each quote of a fact base as a passage of its own, all parsed in one batch."""
        drafts: list[_Draft] = []
        owners: list[int] = []
        for index, quote in enumerate(quotes):
            found = list(self._sentences(Passage(Span(0, len(quote)), "paragraph", quote)))
            drafts.extend(found)
            owners.extend([index] * len(found))
        result: list[list[Claim]] = [[] for _ in quotes]
        for draft, owner, tokens in zip(drafts, owners, self._parsed(drafts), strict=True):
            result[owner].extend(self._of_sentence(draft, tokens))
        return [tuple(claims) for claims in result]

    def read_each(self, quotes: Sequence[str]) -> list[tuple[Claim, ...]]:
        """Read some quotes of a fact base that is not read as a whole."""
        return self.read_quotes(quotes)

    def terms_of(self, texts: Iterable[str]) -> frozenset[str]:
        """Give the terms of whole texts."""
        empty: frozenset[str] = frozenset()
        return empty.union(*(self.lexical.read(text).values() for text in texts))

    def _sentences(self, passage: Passage) -> Iterator[_Draft]:
        survey = self._surveyor.begin(passage)
        shown = without_titles(passage)
        for place, (local, following) in enumerate(pairwise(chain(split(passage.text), (None,)))):
            if local is None:
                break
            after = shown[following.start : following.end] if following is not None else ""
            text = shown[local.start : local.end]
            lexical = self.lexical.read(text)
            yield _Draft(
                passage=passage,
                span=local.shift(passage.span.start),
                text=text,
                lexical=lexical,
                quantities=with_units(passage, read_quantities(text)),
                cues=tuple(cue for cue in find_cues(lexical.words, text) if not _in_name(cue.span, lexical.mentions)),
                surroundings=survey.current(),
                disowned=takes_back(text, after) or disclaimed(text, after) or withheld(passage, local, place),
            )
            survey = survey.after(lexical)

    def _claims(self, drafts: Sequence[_Draft]) -> Iterator[Claim]:
        for draft, tokens in zip(drafts, self._parsed(drafts), strict=True):
            yield from self._of_sentence(draft, tokens)

    def _parsed(self, drafts: Sequence[_Draft]) -> list[tuple[Token, ...]]:
        """Parse only the sentences that carry a claim trigger; the others keep no tokens."""
        wanted = [index for index, draft in enumerate(drafts) if _worth_parsing(draft)]
        tokens: list[tuple[Token, ...]] = [()] * len(drafts)
        if wanted:
            for index, parsed in zip(wanted, self._parse([drafts[i].text for i in wanted]), strict=True):
                tokens[index] = parsed
        return tokens

    def _of_sentence(self, draft: _Draft, tokens: tuple[Token, ...]) -> Iterator[Claim]:
        claimed = tuple(q for q in draft.quantities if _is_claimed(q, draft.lexical))
        clauses = split_clauses(tokens) or (Span(0, len(draft.text)),)
        figures = self._figures(draft, tuple(_with_noun(q, tokens) for q in claimed), clauses)
        ceiling = 0 if draft.disowned else ceiling_of(draft.passage.lead_ins, _speaking(draft.passage))
        reading = self._reading(draft, tokens)
        for index, clause in enumerate(clauses):
            start = 0 if index == 0 else clause.start
            end = clauses[index + 1].start if index + 1 < len(clauses) else len(draft.text)
            yield self._clause(draft, reading, Span(start, end), figures, ceiling)

    def _reading(self, draft: _Draft, tokens: tuple[Token, ...]) -> Reading:
        """Read a parsed sentence; what many documents repeat is read once, because only its own words decide."""
        key = (draft.text, draft.disowned, bool(tokens))
        reading = self._readings.pop(key, None)
        if reading is None:
            reading = Reading.of(draft.text, draft.lexical.words, draft.cues, tokens, disowned=draft.disowned)
            if len(self._readings) >= _MOST_READINGS:
                del self._readings[next(iter(self._readings))]
        self._readings[key] = reading  # the last to be forgotten
        return reading

    def _clause(
        self,
        draft: _Draft,
        reading: Reading,
        clause: Span,
        figures: Sequence[tuple[Figure, Span]],
        ceiling: int,
    ) -> Claim:
        whole = draft.text[clause.start : clause.end]
        text = whole.strip(" ,;:")
        begin = clause.start + len(whole) - len(whole.lstrip(" ,;:"))
        inside = Span(begin, begin + len(text))
        sequence = words(text)
        tree = reading.tree
        local = range(*tree.reach(inside))
        certainty, relations = reading.of_clause(inside, draft.text, ceiling)
        mentions = [m for m in draft.lexical.mentions if inside.contains(m.span)]
        own = [Mention(m.slot, m.concept, m.span.shift(-begin)) for m in mentions]
        relations = tuple(r for r in relations if not _in_name(r.cue, own))
        if not relations:
            plain = read_plain(text, sequence, certainty)
            as_verb = plain is not None and (not tree.tokens or _taken_for_noun(plain.cue.shift(begin), tree, local))
            relations = (plain,) if plain is not None and as_verb else ()
        if draft.disowned:
            certainty = replace(certainty, owned=False, level=0)
        relation = next(iter(relations), None)
        denying = [cue.span for cue in certainty.negations if " " in cue.text]
        free = tuple(
            word
            for word in sequence
            if not _in_name(word.span, own) and not any(span.contains(word.span) for span in denying)  # "no longer"
        )
        verbs = [(span, way) for span, way in reading.verbs(inside) if not _in_name(span, own)]
        direction, denied = read_movement(free, certainty, verbs)
        stated = _first(self.lexical.slots(mentions), draft.surroundings.near)
        mine = tuple(figure for figure, place in figures if clause.start <= place.start < clause.end)
        offset = draft.span.start
        quantifiers = read_quantifiers(text, sequence, own)
        return Claim(
            span=inside.shift(offset),
            sentence=draft.span,
            text=text,
            kind=_kind(mine, relation, certainty, stated, quantifiers),
            passage=draft.passage.kind,
            figures=mine,
            set_aside=tuple(
                _moved(q, offset)
                for q in draft.quantities
                if not _is_claimed(q, draft.lexical) and clause.start <= q.span.start < clause.end
            ),
            relation=relation,
            relations=relations,
            direction=direction,
            denied=denied,
            certainty=certainty,
            quantifiers=quantifiers,
            stated=stated,
            filled=self._filled(draft, stated),
            mentions=tuple(Mention(m.slot, m.concept, m.span.shift(offset)) for m in mentions),
            terms=frozenset(term.value for term in draft.lexical.terms if inside.contains(term.span)),
            context=draft.surroundings.header_terms | draft.surroundings.lead_terms | draft.surroundings.far_terms,
            verb=_verb(tree, local, offset),
        )

    def _filled(self, draft: _Draft, stated: Slots) -> Slots:
        """Fill empty slots: from the rest of the sentence first, then from farther away."""
        sentence = self.lexical.slots(draft.lexical.mentions)
        return _where_empty(stated, _first(sentence, draft.surroundings.far))

    def _figures(
        self, draft: _Draft, quantities: Sequence[Quantity], clauses: Sequence[Span]
    ) -> list[tuple[Figure, Span]]:
        if not quantities:
            return []
        parts = pieces.part(draft.text, draft.lexical.words, quantities)
        mentions = draft.lexical.mentions
        times = tuple(self._timepoints.mentions(draft.text, quantities, mentions))
        mentions = (*mentions, *times)
        when = [m.span for m in mentions if m.slot == "timepoint"]
        others = any(not any(q.span.overlaps(span) for span in when) for q in quantities)
        shares = pieces.assign(parts, quantities, sorted(mentions, key=lambda m: m.span), self._vocabulary)
        terms = pieces.topical(draft.lexical, quantities)
        sides = side_by_side(draft.passage, draft.text, quantities, self.lexical)
        result: list[tuple[Figure, Span]] = []
        for index, quantity in enumerate(quantities):
            local, shared = pieces.terms_of(parts, index, terms)
            ends = next((c.end for c in clauses if quantity.span.start < c.end), len(draft.text))
            told = shares[index] if parts.parallel else [m for m in shares[index] if m.span.start < ends]
            around = draft.surroundings
            headed = around.header_terms
            stated = _first(self.lexical.slots(told), around.near)
            if sides:
                stated = {**stated, **sides[index]}
                headed = headed - of_others(sides, index)
            figure = Figure(
                quantity=_moved(quantity, draft.span.start),
                stated=stated,
                filled=_where_empty(stated, around.far),
                local=local | headed,
                shared=shared | around.lead_terms,
                arrival=bool(_ARRIVAL.search(draft.text[: quantity.span.start])) and _moves(draft, parts, index),
                negated=_negated(draft, parts, index),
                when=others and quantity.dimension == "duration" and any(quantity.span.overlaps(s) for s in when),
            )
            result.append((figure, quantity.span))
        return result


def _speaking(passage: Passage) -> tuple[str, ...]:
    """Give the heading whose words hold for a passage; to one that tells a myth ("Myth 2: it melts") it replies."""
    return tuple(heading for heading in passage.headings[-1:] if passage.kind == "heading" or not tells(heading))


def _taken_for_noun(span: Span, tree: Tree, clause: range) -> bool:
    """Tell whether the parser took the only verb for part of a noun ("Skipping breakfast lowers test scores")."""
    tokens = [tree.tokens[index] for index in clause]
    others = any(t.tag in {"VBZ", "VBD", "VBP", "MD"} and not t.span.overlaps(span) for t in tokens)
    return not others and any(t.span.overlaps(span) and (t.tag == "NNS" or t.dep == "compound") for t in tokens)


def _in_name(span: Span, mentions: Sequence[Mention]) -> bool:
    """Tell whether a word is part of a name of the vocabulary ("reduced tillage", "lack of time"), silent itself.

    A name of one word may still be a verb ("disclose").
    """
    return any(m.span.contains(span) and m.span != span for m in mentions)


def _is_claimed(quantity: Quantity, lexical: Lexical) -> bool:
    """Tell whether a figure is said of something, and is no date, name or part of one."""
    return quantity.role not in _NOT_CLAIMED and not pieces.inside_name(quantity, lexical.mentions)


def _with_noun(quantity: Quantity, tokens: Sequence[Token]) -> Quantity:
    """Let the parse say what a bare count counts, where it has the number modify a noun."""
    if quantity.dimension != "count" or quantity.number is None:
        return quantity
    token = next((t for t in tokens if t.span.start <= quantity.number.start < t.span.end), None)
    if token is None or token.dep != "nummod" or tokens[token.head].pos != "NOUN":
        return quantity
    return replace(quantity, counted=tokens[token.head].text.lower())


def _first(preferred: Slots, otherwise: Slots) -> Slots:
    return {slot: preferred[slot] or otherwise[slot] for slot in SLOTS}


def _where_empty(stated: Slots, otherwise: Slots) -> Slots:
    return {slot: frozenset() if stated[slot] else otherwise[slot] for slot in SLOTS}


def _negated(draft: _Draft, parts: pieces.Parts, figure: int) -> bool:
    """Tell whether a figure is told of those to whom something did not happen."""
    none = [
        c for c in draft.cues if c.kind == "negation.before" or (is_absolute(c) and c.text.lower().startswith("no "))
    ]
    none = [c for c in none if not _WITH.search(draft.text, 0, c.span.start)]  # "animations with no link to the story"
    if any(parts.beside(figure, cue.span) or parts.introduced(figure, cue.span) for cue in none):
        return True
    headers = (*draft.passage.row[:1], *draft.passage.column) if draft.passage.kind == "cell" else ()
    return any(cue.kind.startswith("negation") for text in headers for cue in find_cues(words(text), text))


def _moves(draft: _Draft, parts: pieces.Parts, figure: int) -> bool:
    return any(parts.owns(figure, hit.span) for hit in change_cues().find(draft.lexical.words))


def _worth_parsing(draft: _Draft) -> bool:
    if len(draft.lexical.words) < _NO_PARSE_BELOW:
        return False
    if any(q.role not in _NOT_CLAIMED for q in draft.quantities) or draft.cues:
        return True
    tables = (relation_cues(), motion_cues())
    return any(next(iter(table.find(draft.lexical.words)), None) is not None for table in tables)


def _kind(
    figures: Sequence[Figure],
    relation: Relation | None,
    certainty: Certainty,
    stated: Slots,
    quantifiers: Sequence[Quantifier],
) -> ClaimKind:
    if figures:
        return "numeric"
    if certainty.absolutes:
        return "certainty"
    if relation is not None:
        return "causal"
    if stated["study"]:
        return "evidence"
    return "scope" if quantifiers else "none"


def _moved(quantity: Quantity, by: int) -> Quantity:
    number = quantity.number.shift(by) if quantity.number is not None else None
    return replace(quantity, span=quantity.span.shift(by), number=number)


def _verb(tree: Tree, clause: range, offset: int) -> Span | None:
    """Give the finite verb that heads a clause, under no other word of it, as a span of the document."""
    for index in clause:
        token = tree.tokens[index]
        if token.pos in {"VERB", "AUX"} and (token.head == index or token.head not in clause):
            return token.span.shift(offset)
    return None
