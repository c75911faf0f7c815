"""Read the claims of a document or of a quote: the order of the steps, and nothing else."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import replace
from itertools import chain, islice, pairwise

from evidencelint.claims.certainty import (
    ceiling_of,
    find_cues,
    takes_back,
)
from evidencelint.claims.clauses import split_clauses
from evidencelint.claims.drafts import Draft, in_name, is_claimed, worth_parsing
from evidencelint.claims.figures import FigureReader, moved, with_noun
from evidencelint.claims.heads import tells
from evidencelint.claims.lexical import LexicalReader
from evidencelint.claims.quantifiers import read_quantifiers
from evidencelint.claims.reading import Reading
from evidencelint.claims.relations import read_movement, read_plain
from evidencelint.claims.retractions import disclaimed
from evidencelint.claims.stances import withheld, without_titles
from evidencelint.claims.surroundings import Surveyor, first_of, where_empty
from evidencelint.claims.tabled import with_units
from evidencelint.claims.tree import Tree
from evidencelint.documents.sentences import split
from evidencelint.errors import DocumentError
from evidencelint.factbase.vocabulary import Vocabulary
from evidencelint.frames import Certainty, Claim, Figure, Mention, Quantifier, Relation, Slots
from evidencelint.model import ClaimKind, Document, Passage, Span, Token
from evidencelint.nlp import parse
from evidencelint.quantities import read_quantities
from evidencelint.words import words

Parse = Callable[[Sequence[str]], Iterable[tuple[Token, ...]]]
_MOST_SENTENCES = 200_000
_MOST_READINGS = 2_000


class ClaimReader:
    """Reads claims against one vocabulary."""

    def __init__(self, vocabulary: Vocabulary, parse: Parse = parse) -> None:
        """Prepare the tables for the vocabulary's names; ``parse`` gives the tokens of sentences."""
        self._parse = parse
        self.lexical = LexicalReader(vocabulary)
        self._surveyor = Surveyor(self.lexical)
        self._figures = FigureReader(self.lexical, vocabulary)
        self._readings: dict[tuple[str, bool, bool], Reading] = {}

    def read(self, document: Document) -> tuple[Claim, ...]:
        """Give the claims of a document in order; sentences that claim nothing have kind ``none``."""
        drafts = list(islice(chain.from_iterable(map(self._sentences, document.passages)), _MOST_SENTENCES + 1))
        if len(drafts) > _MOST_SENTENCES:
            raise DocumentError(f"more than {_MOST_SENTENCES:,} sentences; split the document")
        return tuple(self._claims(drafts))

    def read_quotes(self, quotes: Sequence[str]) -> list[tuple[Claim, ...]]:
        """Read each quote of a fact base as a passage of its own, all parsed in one batch."""
        drafts: list[Draft] = []
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

    def _sentences(self, passage: Passage) -> Iterator[Draft]:
        survey = self._surveyor.begin(passage)
        shown = without_titles(passage)
        for place, (local, following) in enumerate(pairwise(chain(split(passage.text), (None,)))):
            if local is None:
                break
            after = shown[following.start : following.end] if following is not None else ""
            text = shown[local.start : local.end]
            lexical = self.lexical.read(text)
            yield Draft(
                passage=passage,
                span=local.shift(passage.span.start),
                text=text,
                lexical=lexical,
                quantities=with_units(passage, read_quantities(text)),
                cues=tuple(cue for cue in find_cues(lexical.words, text) if not in_name(cue.span, lexical.mentions)),
                surroundings=survey.current(),
                disowned=takes_back(text, after) or disclaimed(text, after) or withheld(passage, local, place),
            )
            survey = survey.after(lexical)

    def _claims(self, drafts: Sequence[Draft]) -> Iterator[Claim]:
        for draft, tokens in zip(drafts, self._parsed(drafts), strict=True):
            yield from self._of_sentence(draft, tokens)

    def _parsed(self, drafts: Sequence[Draft]) -> list[tuple[Token, ...]]:
        """Parse only the sentences that carry a claim trigger; the others keep no tokens."""
        wanted = [index for index, draft in enumerate(drafts) if worth_parsing(draft)]
        tokens: list[tuple[Token, ...]] = [()] * len(drafts)
        if wanted:
            for index, parsed in zip(wanted, self._parse([drafts[i].text for i in wanted]), strict=True):
                tokens[index] = parsed
        return tokens

    def _of_sentence(self, draft: Draft, tokens: tuple[Token, ...]) -> Iterator[Claim]:
        claimed = tuple(q for q in draft.quantities if is_claimed(q, draft.lexical))
        clauses = split_clauses(tokens) or (Span(0, len(draft.text)),)
        figures = self._figures.read(draft, tuple(with_noun(q, tokens) for q in claimed), clauses)
        ceiling = 0 if draft.disowned else ceiling_of(draft.passage.lead_ins, _speaking(draft.passage))
        reading = self._reading(draft, tokens)
        for index, clause in enumerate(clauses):
            start = 0 if index == 0 else clause.start
            end = clauses[index + 1].start if index + 1 < len(clauses) else len(draft.text)
            yield self._clause(draft, reading, Span(start, end), figures, ceiling)

    def _reading(self, draft: Draft, tokens: tuple[Token, ...]) -> Reading:
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
        draft: Draft,
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
        relations = tuple(r for r in relations if not in_name(r.cue, own))
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
            if not in_name(word.span, own) and not any(span.contains(word.span) for span in denying)  # "no longer"
        )
        verbs = [(span, way) for span, way in reading.verbs(inside) if not in_name(span, own)]
        direction, denied = read_movement(free, certainty, verbs)
        stated = first_of(self.lexical.slots(mentions), draft.surroundings.near)
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
                moved(q, offset)
                for q in draft.quantities
                if not is_claimed(q, draft.lexical) and clause.start <= q.span.start < clause.end
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

    def _filled(self, draft: Draft, stated: Slots) -> Slots:
        """Fill empty slots: from the rest of the sentence first, then from farther away."""
        sentence = self.lexical.slots(draft.lexical.mentions)
        return where_empty(stated, first_of(sentence, draft.surroundings.far))


def _speaking(passage: Passage) -> tuple[str, ...]:
    """Give the heading whose words hold for a passage; to one that tells a myth ("Myth 2: it melts") it replies."""
    return tuple(heading for heading in passage.headings[-1:] if passage.kind == "heading" or not tells(heading))


def _taken_for_noun(span: Span, tree: Tree, clause: range) -> bool:
    """Tell whether the parser took the only verb for part of a noun ("Skipping breakfast lowers test scores")."""
    tokens = [tree.tokens[index] for index in clause]
    others = any(t.tag in {"VBZ", "VBD", "VBP", "MD"} and not t.span.overlaps(span) for t in tokens)
    return not others and any(t.span.overlaps(span) and (t.tag == "NNS" or t.dep == "compound") for t in tokens)


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


def _verb(tree: Tree, clause: range, offset: int) -> Span | None:
    """Give the finite verb that heads a clause, under no other word of it, as a span of the document."""
    for index in clause:
        token = tree.tokens[index]
        if token.pos in {"VERB", "AUX"} and (token.head == index or token.head not in clause):
            return token.span.shift(offset)
    return None
