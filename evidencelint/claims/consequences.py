"""Clauses that tell what came of the clause before them: "which is why sales fell", "and sales fell as a result".

The adverbials are the result conjuncts of Quirk et al. (1985, 8.144) that claim a cause; "so", "then" and "thus" also
only lead on, and are left out.
"""

from __future__ import annotations

from collections.abc import Iterator

from evidencelint.claims.candidates import Candidate, span_of
from evidencelint.claims.directions import own_way, predicate_way
from evidencelint.claims.tree import Tree
from evidencelint.lexicon import word_set
from evidencelint.model import Direction, Span

_APART = frozenset({"conj", "advcl", "cc", "punct", "relcl"})


def read_consequences(tree: Tree, text: str) -> Iterator[Candidate]:
    """Yield what the clauses of a sentence say came of others."""
    for index in range(len(tree.tokens)):
        found = _why(tree, index, text) or _result(tree, index, text)
        if found is not None:
            yield found


def _why(tree: Tree, index: int, text: str) -> Candidate | None:
    """Read "X happened, which is why Y" and "X is why Y", with "why" as the index."""
    token = tree.tokens[index]
    if token.text.lower() != "why" or token.dep != "advmod":
        return None
    told = token.head
    being = tree.tokens[told].head
    if told == being or tree.tokens[told].dep not in {"ccomp", "advcl", "relcl"} or tree.tokens[being].pos != "AUX":
        return None
    subject = next(tree.kids(being, "nsubj"), None)
    if subject is None or subject > index:
        return None
    cause = _before(tree, subject) if tree.tokens[subject].text.lower() == "which" else span_of(tree, subject)
    if cause is None:
        return None
    return Candidate(token.span, being, "causal", _way(tree, told, text), cause, _clause(tree, told, index), rank=2)


def _result(tree: Tree, index: int, text: str) -> Candidate | None:
    """Read "X happened, and Y fell as a result", with the noun of result as the index."""
    token = tree.tokens[index]
    if token.text.lower() not in {"result", "consequence"} or token.dep != "pobj":
        return None
    preposition = token.head
    if tree.tokens[preposition].text.lower() != "as" or any(True for _ in tree.kids(index, "prep", "relcl", "acl")):
        return None
    home = tree.predicate(preposition)
    first = next((i for i in tree.kids(home, "ccomp") if i < preposition), None)
    if tree.tokens[home].dep == "conj":
        first = tree.tokens[home].head
    subject = next(tree.kids(home, "nsubj", "nsubjpass"), None)
    way = _way(tree, home, text)
    if first is None or subject is None or not tree.is_predicate(first) or way == "unknown":
        return None
    cause = tree.span(tree.subtree(first, _APART))
    span = Span(tree.tokens[preposition].span.start, token.span.end)
    return Candidate(span, home, "causal", way, cause, span_of(tree, subject), rank=2)


def _way(tree: Tree, verb: int, text: str) -> Direction:
    way, _ = predicate_way(tree, verb, text)
    if way == "unknown" and tree.tokens[verb].pos == "VERB" and tree.tokens[verb].text.lower() not in word_set("light"):
        way = own_way(tree, verb)
    return way


def _before(tree: Tree, place: int) -> Span | None:
    return Span(0, tree.tokens[place - 1].span.start) if place > 1 else None


def _clause(tree: Tree, told: int, why: int) -> Span:
    return tree.span([i for i in tree.subtree(told, frozenset({"punct"})) if i > why])
