"""Causal and correlational statements: what acts on what, which way, and how strongly it is put.

Strength is graded none, correlational, conditional, causal as in Sumner et al. (2014, BMJ 349:g7015) and Yu, Li and
Wang (2019, EMNLP): a causal construction under a hedge is conditional, and one that is only asked about, planned,
supposed in an "if" or rejected states nothing. Which hedges and negations bear on a relation their reach decides.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from evidencelint.claims.candidates import COMPARED, Candidate
from evidencelint.claims.certainty import hedges_among, is_question, negated_by, reaching, taken_back
from evidencelint.claims.comparisons import read_comparisons
from evidencelint.claims.consequences import read_consequences
from evidencelint.claims.constructions import cues_in, parted_cues, read_construction
from evidencelint.claims.echoes import read_echoes
from evidencelint.claims.tree import Tree
from evidencelint.claims.verbs import read_unlisted
from evidencelint.frames import Certainty, Cue, Relation
from evidencelint.lexicon import RelationCue, change_cues, relation_cues
from evidencelint.model import Direction, Span, Strength
from evidencelint.words import Hit, Word

_UNSTATED = frozenset({"open", "inquiry", "recommendation", "condition", "rejection", "denial"})
_SUPPOSED = frozenset({"hedge", "speculation"})
_TRANSPARENT = frozenset({"ccomp", "xcomp", "ROOT", "conj", "csubj", "csubjpass", "parataxis", "dep"})
_NEAR = 32
_NOT_AS = re.compile(r"(?:not|n['’]t) (?:\w+ )?as ", re.IGNORECASE)
_SET_APART = re.compile(
    r",?[ \n](?:but|though|although|albeit|if)[ ]not[ \n]|,[ \n]not[ \n]"
    r"|[ \n](?:without|instead of|rather than) \w{1,30}ing\b",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Stated:
    """A relation of a sentence, the token that states it, and how prominent it is (less is more)."""

    relation: Relation
    anchor: int
    order: tuple[bool, int, int, int]


def read_relations(text: str, tree: Tree, cues: Sequence[Cue], *, disowned: bool = False) -> tuple[Stated, ...]:
    """Find the relations that a parsed sentence states, the most prominent first; spans are offsets into ``text``.

    ``disowned`` says that the next sentence takes back what this one reports ("It does not.").
    """
    hits = [*parted_cues(tree), *cues_in(text)]
    found = [c for c in (read_construction(hit, tree, text) for hit in hits) if c is not None]
    found += list(read_consequences(tree, text))
    heads = {c.anchor for c in found}
    found += [c for c in read_unlisted(tree) if c.anchor not in heads]
    taken = {tree.predicate(c.anchor) for c in found if c.rank <= _SURE}
    found += [c for c in read_comparisons(tree, text) if tree.predicate(c.anchor) not in taken]
    found += list(read_echoes(tree, found))
    until = len(text) if disowned else taken_back(text)
    stated = [_weigh(candidate, text, tree, cues, until) for candidate in found]
    return tuple(sorted(stated, key=lambda item: item.order))


_SURE = 2


def _weigh(candidate: Candidate, text: str, tree: Tree, cues: Sequence[Cue], until: int) -> Stated:
    reach = reaching(cues, tree, candidate.anchor)
    if candidate.denied or _NOT_AS.match(text, candidate.cue.start):  # its own "no" is not told twice
        reach = tuple(cue for cue in reach if not cue.span.overlaps(candidate.cue))
    kinds = {cue.kind for cue in reach}
    back = candidate.cue.start < until
    unstated = bool(kinds & _UNSTATED) or is_question(text) or back
    strength: Strength = candidate.strength
    if unstated:
        strength = "none"
    elif strength == "causal" and kinds & _SUPPOSED:
        strength = "conditional"
    negated = (negated_by(reach) != candidate.denied) or back
    direction: Direction = candidate.direction
    if unstated:
        direction = "unknown"
    elif direction == "no_difference" and negated_by(cue for cue in reach if cue.span.end <= candidate.cue.start):
        below = text[candidate.cue.start : candidate.cue.end].lower().startswith("as ")  # "not as effective as"
        negated, direction = False, "decrease" if below else "unknown"  # "did not leave wages unaffected"
    elif negated:
        direction = "no_difference"
    relation = Relation(
        cause=_slice(text, candidate.cause),
        effect=_slice(text, candidate.effect),
        direction=direction,
        strength=strength,
        cue=candidate.cue,
        negated=negated,
        hedges=hedges_among(reach),
        sign=candidate.sign,
        compared=candidate.rank == COMPARED,
    )
    order = (unstated, _depth(tree, candidate.anchor), candidate.rank, candidate.cue.start)
    return Stated(relation, candidate.anchor, order)


def _slice(text: str, span: Span | None) -> str:
    """Give what a span covers, without what it sets apart: "cholesterol, but not blood pressure"."""
    if span is None:
        return ""
    whole = text[span.start : span.end].strip(" ,;:.")
    return _SET_APART.split(whole, maxsplit=1)[0].strip(" ,;:.") or whole


def _depth(tree: Tree, anchor: int) -> int:
    """Count the relative, adverbial and participle clauses that a statement is buried in."""
    home = tree.predicate(anchor)
    path = [home, *(tree.predicate(index) for index in tree.above(home))]
    return sum(tree.tokens[index].dep not in _TRANSPARENT for index in dict.fromkeys(path))


def read_plain(text: str, sequence: Sequence[Word], certainty: Certainty) -> Relation | None:
    """Read the relation of a text too short to parse ("Exercise cuts anxiety") from its words alone."""
    hit = next((h for h in relation_cues().find(sequence) if _stands_between(h, sequence, text)), None)
    if hit is None:
        return None
    strength: Strength = hit.value.strength
    if certainty.level < 1:
        strength = "none"
    elif strength == "causal" and certainty.hedges:
        strength = "conditional"
    cause, effect = text[: hit.span.start].strip(" ,;:"), text[hit.span.end :].strip(" ,;:.")
    direction: Direction = "no_difference" if certainty.negated else hit.value.direction
    return Relation(cause, effect, direction, strength, hit.span, certainty.negated, certainty.hedges)


def _stands_between(hit: Hit[RelationCue], sequence: Sequence[Word], text: str) -> bool:
    """Tell whether a word of relation stands between two others, written as a verb in the present or past."""
    word = sequence[hit.last]
    inside = hit.first > 0 and hit.last + 1 < len(sequence)
    joined = inside and text[sequence[hit.first - 1].span.end : hit.span.start] == " "
    verb = word.text.endswith("s") or hit.last > hit.first
    return inside and joined and verb and hit.value.form in {"verb", "outcome", "link"}


def read_movement(
    sequence: Sequence[Word], certainty: Certainty, stated: Iterable[tuple[Span, Direction]] = ()
) -> tuple[Direction, frozenset[Direction]]:
    """Give the way a clause says something moved, and the ways it says it did not; ``stated`` are its verbs of change.

    "Did not raise" denies an increase and says nothing of a decrease; "no effect" denies both. The way is
    unknown where the clause says both or neither.
    """
    found: set[Direction] = set()
    denied: set[Direction] = set()
    moves = [(hit.span, hit.value) for hit in change_cues().find(sequence)]
    moves += stated
    for span, direction in moves:
        if any(cue.span.overlaps(span) for cue in certainty.absolutes):
            continue  # what is no cure may still be a relief
        negated = any(_reaches(cue, span) for cue in certainty.negations)
        if direction == "no_difference" or (negated and direction == "unknown"):
            found.add("no_difference")
            denied |= {"increase", "decrease"}
        elif negated:
            denied.add(direction)
        elif direction != "unknown":
            found.add(direction)
    if "no_difference" in found:
        return "no_difference", frozenset(denied)
    return (found.pop() if len(found) == 1 else "unknown"), frozenset(denied)


def _reaches(cue: Cue, span: Span) -> bool:
    """Tell whether a negation covers a word: before it, or, for "was not seen", on either side."""
    if cue.span.end <= span.start:
        return span.start - cue.span.end < _NEAR
    return cue.kind == "negation.after" and cue.span.start - span.end < _NEAR
