"""Walks over a dependency parse: who governs whom, which verb a word belongs to, who its subject is.

The labels are those of the ClearNLP scheme (Choi and Palmer, 2012) that spaCy's English models use.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Sequence
from functools import cached_property

from evidencelint.claims.repair import repaired
from evidencelint.lexicon import word_set
from evidencelint.model import Span, Token

SUBJECTS = frozenset({"nsubj", "nsubjpass", "csubj", "csubjpass", "expl"})
OBJECTS = frozenset({"dobj", "dative", "oprd", "attr"})
_CLAUSAL = frozenset({"ROOT", "ccomp", "xcomp", "advcl", "relcl", "acl", "pcomp", "csubj", "csubjpass", "parataxis"})
_HELPERS = frozenset({"aux", "auxpass", "amod", "compound", "prep", "det", "npadvmod", "mark", "case"})
_INHERITS = frozenset({"xcomp", "conj", "acomp", "oprd", "attr"})


class Tree:
    """One parsed sentence; indices are places of tokens."""

    def __init__(self, tokens: Sequence[Token]) -> None:
        """Take the tokens of a sentence; heads are indices into them."""
        self.tokens = repaired(tokens)

    @cached_property
    def children(self) -> tuple[tuple[int, ...], ...]:
        """Give the dependents of every token, in order."""
        found: list[list[int]] = [[] for _ in self.tokens]
        for index, token in enumerate(self.tokens):
            if token.head != index:
                found[token.head].append(index)
        return tuple(map(tuple, found))

    @cached_property
    def _bounds(self) -> tuple[list[int], list[int]]:
        return [token.span.start for token in self.tokens], [token.span.end for token in self.tokens]

    def within(self, span: Span) -> list[int]:
        """Give the tokens that a stretch of the text covers."""
        starts, ends = self._bounds
        return list(range(bisect_right(ends, span.start), bisect_left(starts, span.end)))

    def reach(self, span: Span) -> tuple[int, int]:
        """Give the first token that lies in a stretch of the text, and the one after the last."""
        starts, ends = self._bounds
        first = bisect_left(starts, span.start)
        return first, max(first, bisect_right(ends, span.end))

    def top(self, span: Span) -> int | None:
        """Give the token of a stretch that governs the rest of it."""
        inside = self.within(span)
        return next((i for i in inside if self.tokens[i].head not in inside or self.tokens[i].head == i), None)

    def kids(self, index: int, *labels: str) -> Iterator[int]:
        """Yield the dependents of a token that bear one of the labels."""
        return (child for child in self.children[index] if self.tokens[child].dep in labels)

    def subtree(self, index: int, without: frozenset[str] = frozenset()) -> list[int]:
        """Give a token and all that hangs on it, in order, leaving out branches with some labels."""
        found, waiting = [], [index]
        while waiting:
            here = waiting.pop()
            found.append(here)
            waiting.extend(child for child in self.children[here] if self.tokens[child].dep not in without)
        return sorted(found)

    def span(self, indices: Sequence[int]) -> Span:
        """Give the stretch that some tokens cover."""
        spans = [self.tokens[index].span for index in indices]
        return Span(min(span.start for span in spans), max(span.end for span in spans))

    def is_predicate(self, index: int) -> bool:
        """Tell whether a token heads a clause, finite or not."""
        token = self.tokens[index]
        if token.dep in _CLAUSAL:
            return True
        return token.pos in {"VERB", "AUX"} and token.dep not in _HELPERS

    def predicate(self, index: int) -> int:
        """Give the head of the clause that a token stands in."""
        for _ in self.tokens:
            if self.is_predicate(index) or self.tokens[index].head == index:
                return index
            index = self.tokens[index].head
        return index

    def above(self, index: int) -> Iterator[int]:
        """Yield the governors of a token from near to far."""
        seen = 0
        while self.tokens[index].head != index and seen <= len(self.tokens):
            index = self.tokens[index].head
            seen += 1
            yield index

    def passive(self, index: int) -> bool:
        """Tell whether a verb is passive, or a participle that stands after its noun."""
        token = self.tokens[index]
        marked = any(True for _ in self.kids(index, "nsubjpass", "auxpass", "csubjpass"))
        return marked or (token.tag == "VBN" and token.dep == "acl")

    def subject(self, index: int) -> int | None:  # noqa: C901, PLR0911 - one case after the other
        """Find the subject of a verb, climbing from conjoined and open clauses to the verb that has one."""
        for _ in self.tokens:
            token = self.tokens[index]
            found = next(self.kids(index, *(SUBJECTS - {"expl"})), None)
            if found is not None:
                if token.dep == "relcl" and self.tokens[found].tag in {"WDT", "WP"}:
                    return self._in_cleft(token.head)
                return self._meant_by_what(index) if self.tokens[found].text.lower() == "what" else found
            mistaken = next((i for i in self.kids(index, "compound", "nmod") if i < index), None)
            if token.tag in {"VBZ", "VBD"} and mistaken is not None:
                return mistaken
            if token.dep in {"relcl", "acl"}:
                doing = self.tokens[token.head].head
                if self.tokens[token.head].text.lower() in word_set("measures") and self.tokens[
                    doing
                ].text.lower() in word_set("doing"):
                    index = doing  # "did little to change"
                    continue
                return token.head
            if token.head == index:
                return next(self.kids(index, "compound", "nmod"), None) if token.pos == "NOUN" else None
            if token.dep == "pcomp":
                if not self._carries_over(token.head):
                    return None
                index = self.predicate(token.head)
                continue
            if token.dep == "advmod" and token.pos in {"ADJ", "ADV"}:
                index = token.head  # "came too late to prevent it"
                continue
            if token.dep not in _INHERITS:
                return None
            moved = next(self.kids(token.head, "dobj"), None) if token.dep == "xcomp" else None
            if moved is not None and moved < index and self.tokens[moved].text.lower() not in word_set("measures"):
                return moved
            index = token.head
        return None

    def _in_cleft(self, noun: int) -> int:
        """Give what a relative clause is really about: in "it is the lack of rain that ...", the lack."""
        for above in (noun, *self.above(noun)):
            if self.tokens[above].dep == "attr":
                being = self.tokens[above].head
                it = any(self.tokens[i].text.lower() == "it" for i in self.kids(being, "nsubj", "expl"))
                return above if it else noun
            if self.tokens[above].pos not in {"NOUN", "PROPN", "ADP"}:
                break
        return noun

    def _meant_by_what(self, clause: int) -> int | None:
        """Give what "what" stands for: "the bus is what made ...", "what made ... is the bus"; None if it asks."""
        being = self.tokens[clause].head
        if self.tokens[clause].dep == "csubj" and self.tokens[being].tag == "VBG":
            return being  # "what drives absence is bullying"
        if self.tokens[being].pos != "AUX" or being == clause:
            return None
        if self.tokens[clause].dep == "csubj":
            return next(self.kids(being, "attr"), None)
        return next(self.kids(being, "nsubj"), None) if self.tokens[clause].dep in {"ccomp", "attr"} else None

    def _carries_over(self, preposition: int) -> bool:
        """Tell whether the subject of a clause also does what stands after a preposition ("effective in reducing")."""
        token = self.tokens[preposition]
        head = self.tokens[token.head]
        word = token.text.lower()
        if word == "for" and head.text.lower() in word_set("promising"):
            return True
        return (
            word in {"by", "without"}
            or (word == "of" and head.text.lower() == "short")
            or (word in {"in", "at"} and (head.pos == "ADJ" or head.text.lower() in word_set("succeeding")))
            or (word == "of" and head.pos in {"VERB", "ADJ"})
        )

    def marked(self, index: int, *words: str) -> bool:
        """Tell whether a word stands among the direct dependents of a token."""
        return any(self.tokens[child].text.lower() in words for child in self.children[index])

    def infinitive(self, index: int) -> bool:
        """Tell whether a verb stands with "to"."""
        return any(self.tokens[child].tag == "TO" for child in self.kids(index, "aux", "mark"))

    def is_verb(self, span: Span) -> bool:
        """Tell whether a stretch is headed by a verb that is no adjective."""
        top = self.top(span)
        return top is not None and (self.tokens[top].pos in {"VERB", "AUX"} and self.tokens[top].dep != "amod")

    def commands(self, index: int) -> bool:
        """Tell whether a verb tells somebody to do or not to do something ("do not exceed the dose")."""
        token = self.tokens[index]
        helpers = {self.tokens[child].text.lower() for child in self.kids(index, "aux", "auxpass")}
        alone = next(self.kids(index, *SUBJECTS), None) is None
        return token.tag == "VB" and token.head == index and alone and helpers <= {"do"}

    def forbids(self, index: int) -> bool:
        """Tell whether a verb under "not" says what is not allowed ("must not exceed it", "may not be used")."""
        helpers = {self.tokens[child].text.lower() for child in self.kids(index, "aux", "auxpass")}
        return "must" in helpers or (bool(helpers & {"may", "should", "shall"}) and self.passive(index))

    def head_within(self, inside: Span) -> int | None:
        """Give the predicate that heads a stretch of the sentence: the one that hangs on nothing in it."""
        kept = [index for index, token in enumerate(self.tokens) if inside.contains(token.span)]
        outer = [index for index in kept if self.tokens[index].head not in kept or self.tokens[index].head == index]
        return next((index for index in outer if self.is_predicate(index)), next(iter(outer), None))
