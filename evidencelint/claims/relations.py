"""Causal and correlational statements: what acts on what, which way, and how strongly it is put.

Strength is graded none, correlational, conditional, causal as in Sumner et al. (2014, BMJ 349:g7015).
"""

from __future__ import annotations

from collections.abc import Sequence

from evidencelint.frames import Certainty, Cue, Relation
from evidencelint.lexicon import RelationCue, change_cues, relation_cues
from evidencelint.model import Direction, Span, Strength, Token
from evidencelint.words import Hit, Word, words

_HEDGED = 2
_WEAK = 3
_SUBJECTS = ("nsubj", "nsubjpass", "csubj")
_ALWAYS = frozenset({"due to", "because of", "owing to", "thanks to", "as a result of", "risk factor for"})


def read_relation(
    text: str, tokens: Sequence[Token], sequence: Sequence[Word], certainty: Certainty
) -> Relation | None:
    """Find the strongest relation a clause states, or None; spans are offsets into ``text``.

    A causal word counts where it is used as a verb (or is a fixed phrase); under a hedge it is
    conditional, under a negation it states no difference.
    """
    hits = [hit for hit in relation_cues().find(sequence) if _used_as_relation(hit, text, tokens)]
    if not hits:
        return None
    causal = [h for h in hits if h.value.strength == "causal"] or hits
    hit = next((h for h in causal if _heads(h, tokens)), causal[0])
    strength: Strength = hit.value.strength
    if strength == "causal" and certainty.level <= _WEAK and certainty.hedges:
        strength = "conditional"
    cause, effect = _arguments(hit, text, tokens)
    direction = "no_difference" if _negated(hit, tokens, certainty) else _direction(hit, text, effect)
    return Relation(cause, effect, direction, strength, hit.span)


def read_movement(sequence: Sequence[Word], certainty: Certainty) -> tuple[Direction, frozenset[Direction]]:
    """Give the way a clause says something moved, and the ways it says it did not.

    "Did not raise" denies an increase and says nothing of a decrease; "no effect" denies both. The way is
    unknown where the clause says both or neither.
    """
    found: set[Direction] = set()
    denied: set[Direction] = set()
    moves = [(hit.span, hit.value) for hit in change_cues().find(sequence)]
    moves += [
        (hit.span, hit.value.direction) for hit in relation_cues().find(sequence) if hit.value.strength == "causal"
    ]
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


def read_direction(sequence: Sequence[Word]) -> Direction:
    """Give the way a piece of text says something moved; unknown where it says both or neither."""
    found = {hit.value for hit in change_cues().find(sequence)}
    if "no_difference" in found:
        return "no_difference"
    return found.pop() if len(found) == 1 else "unknown"


def _heads(hit: Hit[RelationCue], tokens: Sequence[Token]) -> bool:
    """Tell whether a word is the main verb of its clause ("By lowering X, it reduces Y": reduces)."""
    return any(t.dep == "ROOT" and t.span.overlaps(hit.span) for t in tokens)


def _used_as_relation(hit: Hit[RelationCue], text: str, tokens: Sequence[Token]) -> bool:
    phrase = text[hit.span.start : hit.span.end].lower()
    if hit.last > hit.first or hit.value.strength == "correlational" or phrase in _ALWAYS:
        return True
    token = next((t for t in tokens if t.span.overlaps(hit.span)), None)
    if token is None:
        return True
    if token.tag == "NNS" and not any(t.pos in {"VERB", "AUX"} for t in tokens):
        return True  # "X lowers Y" in which the tagger saw no verb
    return (token.pos == "VERB" and token.dep != "amod") or (
        token.pos == "ADJ" and token.dep in {"acomp", "ROOT", "conj"}
    )


def _negated(hit: Hit[RelationCue], tokens: Sequence[Token], certainty: Certainty) -> bool:
    index = next((i for i, t in enumerate(tokens) if t.span.overlaps(hit.span)), None)
    if index is not None and any(t.dep == "neg" and t.head == index for t in tokens):
        return True
    return any(_reaches(cue, hit.span) for cue in certainty.negations)


_NEAR = 32


def _direction(hit: Hit[RelationCue], text: str, effect: str) -> Direction:
    if hit.value.direction != "unknown":
        return hit.value.direction
    return read_direction(words(effect or text[hit.span.end :]))


def _arguments(hit: Hit[RelationCue], text: str, tokens: Sequence[Token]) -> tuple[str, str]:
    """Give cause and effect as pieces of the text, from the parse where it names them."""
    index = next((i for i, t in enumerate(tokens) if t.span.overlaps(hit.span)), None)
    before, after = text[: hit.span.start].strip(" ,;:"), text[hit.span.end :].strip(" ,;:.")
    if index is None:
        return before, after
    passive = any(t.head == index and t.dep in {"nsubjpass", "auxpass"} for t in tokens)
    subject = _subject(index, tokens)
    subject_text = _subtree(subject, tokens, text) if subject is not None else before
    object_text = after
    if passive:
        agent = next(
            (
                i
                for i, t in enumerate(tokens)
                if t.head == index and t.dep in {"agent", "prep"} and t.text.lower() in _BY
            ),
            None,
        )
        return (_subtree(agent, tokens, text) if agent is not None else after), subject_text
    return subject_text, object_text


_BY = frozenset({"by", "with", "after", "to"})


def _subject(index: int, tokens: Sequence[Token]) -> int | None:
    """Find the subject of a verb, climbing from conjoined and open clauses to the verb that has one."""
    for _ in range(len(tokens)):
        found = next((i for i, t in enumerate(tokens) if t.head == index and t.dep in _SUBJECTS and i != index), None)
        if found is not None:
            return found
        if (
            tokens[index].dep in {"conj", "xcomp", "advcl", "ccomp", "pcomp", "prep", "acl"}
            and tokens[index].head != index
        ):
            index = tokens[index].head
        elif tokens[index].dep == "relcl":
            return tokens[index].head
        else:
            return None
    return None


def _subtree(root: int, tokens: Sequence[Token], text: str) -> str:
    members = {root}
    for _ in range(len(tokens)):
        grown = members | {i for i, t in enumerate(tokens) if t.head in members and t.dep != "relcl"}
        if grown == members:
            break
        members = grown
    spans = [tokens[i].span for i in members]
    return text[min(s.start for s in spans) : max(s.end for s in spans)].strip()
