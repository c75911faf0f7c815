"""Find a plain statement that says the opposite of the fact it tells: "were admitted" for "were excluded".

Two clauses that share their matter contradict one another where one word of a pair of opposites stands against the
other, or where what the one negates the other asserts; both at once cancel out. The idea is that of alignment and
polarity in recognising contradictions (de Marneffe, Rafferty and Manning, 2008), kept to what a lexicon can show.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from evidencelint.claims.lexical import Lexical
from evidencelint.diagnostics import Span
from evidencelint.frames import Claim
from evidencelint.lexicon import dissuading, has_words, inflected_comparatives, quantifier_cues
from evidencelint.matching.departures import small
from evidencelint.matching.index import FactIndex
from evidencelint.matching.matter import of_others
from evidencelint.matching.nearness import HEDGED, RIVAL_SHARE, Near, StatementMatch, inverted, of_one_mood
from evidencelint.matching.polarity import Polarity, read_polarity
from evidencelint.matching.values import same_number
from evidencelint.words import words

_NEAR = 0.36
_LEANING_NEAR = 0.3
_COVERED = 0.5
_RIVAL = 0.6
_FEWEST_SHARED = 2


def contradictions(claim: Claim, near: Sequence[Near], index: FactIndex) -> Iterator[StatementMatch]:
    """Find the fact that a clause turns round, where no other fact as near says what the clause says."""
    if inverted(claim) or _counts_none(claim) or claim.passage == "heading" or claim.text.startswith("Not "):
        return  # "Not before there are trials" leaves out what it denies
    speaking = [n for n in near if n.similarity >= _NEAR and not n.slots.hard and _of_one_mood(claim, n)][:8]
    speaking = [n for n in speaking if _carries_figures(claim, n) and not of_others(claim, n)]
    if not speaking:
        return
    lexical = index.reader.lexical.read(claim.text)
    ours = read_polarity(claim, lexical)
    speaking = [n for n in speaking if n.similarity >= speaking[0].similarity * _RIVAL]
    read = [(item, _polarity_of(item, index)) for item in speaking]
    if any(_denies_the_same(ours, theirs) for _, theirs in read):
        return
    for item, theirs in read:
        span = _opposed(ours, theirs)
        plain = all(map(small, claim.figures)) and item.fact.claim.direction != "no_difference"
        plain = plain and not (ours.negates and _dissuades(item.fact.claim))
        plain = plain and claim.verb is not None and item.fact.claim.certainty.mood not in {"condition", "question"}
        if span is None and not _agrees(ours, theirs) and plain:
            span = _turned(ours, theirs)
        if span is None and _agrees(ours, theirs):
            return
        if span is not None and _covered(lexical, item, span, index):
            confidence = min(0.9, 0.4 + item.similarity * 0.5)
            yield StatementMatch(
                claim, "contradiction", span.shift(claim.span.start), confidence, item.fact, item.similarity,
                found=claim.text[span.start : span.end],
            )  # fmt: skip
            return


def turned_leanings(claim: Claim, near: Sequence[Near], index: FactIndex) -> Iterator[StatementMatch]:
    """Find a thing told to be more where the fact says less of it ("dampened limbic" for "hyperactive limbic")."""
    speaking = [n for n in near if n.similarity >= _LEANING_NEAR and not n.slots.hard and _of_one_mood(claim, n)][:8]
    if not speaking or claim.certainty.level < HEDGED or not all(small(figure) for figure in claim.figures):
        return
    ours = read_polarity(claim, index.reader.lexical.read(claim.text)).leanings
    best: tuple[Near, Span] | None = None
    for item in speaking:
        theirs = _polarity_of(item, index).leanings
        shared = ours.keys() & theirs.keys()
        same = [term for term in shared if ours[term][0] == theirs[term][0]]
        if same and item.similarity >= speaking[0].similarity * RIVAL_SHARE:
            return
        opposite = sorted(ours[term][1] for term in shared if ours[term][0] != theirs[term][0])
        if opposite and best is None and _shares_more(claim, item, shared):
            best = item, opposite[0]
    if best is not None and best[0].similarity >= speaking[0].similarity * RIVAL_SHARE:
        item, span = best
        confidence = min(0.9, 0.45 + item.similarity * 0.6)
        yield StatementMatch(claim, "direction", span.shift(claim.span.start), confidence, item.fact, item.similarity)


def _shares_more(claim: Claim, item: Near, turned: frozenset[str] | set[str]) -> bool:
    """Tell whether clause and fact share a concept, or more than the word that is turned."""
    shared = claim.terms & item.fact.claim.terms
    concepts = [term for term in shared if ":" in term]
    return bool(concepts) and len(shared - {"~increase", "~decrease"}) > len(turned & shared) - bool(concepts)


def _carries_figures(claim: Claim, item: Near) -> bool:
    """Tell whether a fact has the figures of a clause, small counts aside: one that has others is not turned round."""
    theirs = [figure.quantity for figure in item.fact.claim.figures]
    return all(small(f) or any(same_number(f.quantity, other) for other in theirs) for f in claim.figures)


def _polarity_of(item: Near, index: FactIndex) -> Polarity:
    fact = item.fact.claim
    return read_polarity(fact, index.reader.lexical.read(fact.text))


def _of_one_mood(claim: Claim, item: Near) -> bool:
    """Tell whether clause and fact are of one mood, and the fact negates by no figure."""
    return not _counts_none(item.fact.claim) and of_one_mood(claim, item.fact.claim)


def _counts_none(claim: Claim) -> bool:
    """Tell whether a clause negates by counting none of something, which is a figure's matter."""
    return any(figure.quantity.value == 0 for figure in claim.figures)


def _opposed(ours: Polarity, theirs: Polarity) -> Span | None:
    """Give the draft's word of a pair of opposites whose other side is the fact's.

    Where both sides negate something, a word that both use is taken to be negated in both.
    """
    for pair, mine in ours.pairs.items():
        other = theirs.pairs.get(pair)
        if other is None or mine.named or other.named or (ours.negates and theirs.negates and mine.side == other.side):
            continue
        longer = inflected_comparatives()
        if mine.side == other.side and longer.search(theirs.text) and not longer.search(ours.text):
            continue  # where none is longer than a year, the longest takes a year
        if mine.side == other.side and has_words("lacking", f"{ours.text}\n{theirs.text}"):
            continue  # "intolerance of being alone" is being unable to be alone
        if mine.side == other.side and _tells_how_many(ours.text[mine.span.start : mine.span.end]):
            continue
        if mine.sign == -other.sign:
            return mine.span
    return None


def _turned(ours: Polarity, theirs: Polarity) -> Span | None:
    """Give the draft's word that one side negates and the other, which negates nothing, does not; or None."""
    if ours.negates and theirs.negates:
        return None
    turns = [span for word, span in ours.heads.items() if word in theirs.plain]
    turns += [span for word, span in ours.plain.items() if word in theirs.heads]
    turns = [span for span in turns if not _tells_how_many(ours.text[span.start : span.end])]
    return turns[0] if len(turns) == 1 else None


def _tells_how_many(said: str) -> bool:
    """Tell whether a word is a quantifier, beside which another matter may be denied ("missing in several")."""
    return next(iter(quantifier_cues().find(words(said))), None) is not None


def _dissuades(fact: Claim) -> bool:
    """Tell whether a fact advises against something, which is a "not" by another word."""
    return fact.certainty.mood == "recommendation" and next(iter(dissuading().find(words(fact.text))), None) is not None


def _denies_the_same(ours: Polarity, theirs: Polarity) -> bool:
    """Tell whether clause and fact negate the same word."""
    return bool(ours.heads.keys() & theirs.heads.keys())


def _agrees(ours: Polarity, theirs: Polarity) -> bool:
    """Tell whether the fact says the same of a pair of opposites, or negates the same word."""
    same = any(pair in theirs.pairs and theirs.pairs[pair].sign == mine.sign for pair, mine in ours.pairs.items())
    return same or bool(ours.heads.keys() & theirs.heads.keys())


def _covered(lexical: Lexical, item: Near, turned: Span, index: FactIndex) -> bool:
    """Tell whether the fact speaks of nearly everything else that the clause speaks of."""
    rest = {term.value for term in lexical.terms} - {t.value for t in lexical.terms if t.span.overlaps(turned)}
    shared = rest & item.fact.told
    enough = len(shared) >= _FEWEST_SHARED or any(":" in term for term in shared)
    return enough and index.weight(shared) >= _COVERED * index.weight(rest)
