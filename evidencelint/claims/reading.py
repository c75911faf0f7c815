"""A parsed sentence as its clauses are read from it: cues as they are meant, relations, and how sure each clause is."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace

from evidencelint.claims.cancelling import as_meant
from evidencelint.claims.certainty import is_absolute, level_of, meant, reaching, read_certainty, taken_back
from evidencelint.claims.relations import Stated, read_relations
from evidencelint.claims.scope import in_same_statement
from evidencelint.claims.tree import Tree
from evidencelint.frames import Certainty, Cue, Relation
from evidencelint.lexicon import relation_cues
from evidencelint.model import Direction, Span, Token
from evidencelint.words import Word

_HEDGED = 2


@dataclass(frozen=True, slots=True)
class Reading:
    """A parsed sentence with its cues as they are meant and the relations it states."""

    words: tuple[Word, ...]
    tree: Tree
    cues: tuple[Cue, ...]
    stated: tuple[Stated, ...]
    _clauses: dict[tuple[Span, int], tuple[Certainty, tuple[Relation, ...]]] = field(
        default_factory=dict, compare=False, repr=False
    )

    @classmethod
    def of(
        cls,
        text: str,
        sequence: tuple[Word, ...],
        cues: tuple[Cue, ...],
        tokens: Sequence[Token],
        *,
        disowned: bool = False,
    ) -> Reading:
        """Read a sentence; one that was not parsed keeps its cues as they are."""
        tree = Tree(tokens)
        meaning = as_meant(meant(cues, tree), tree, text) if tokens else cues
        stated = read_relations(text, tree, meaning, disowned=disowned) if tokens else ()
        return cls(sequence, tree, meaning, stated)

    def verbs(self, inside: Span) -> Iterator[tuple[Span, Direction]]:
        """Yield the verbs of change of a clause and the way they point, with spans relative to the clause."""
        known = {item.relation.cue: item.relation.sign for item in self.stated if item.relation.acts}
        for hit in relation_cues().find(self.words) if known else ():
            if inside.contains(hit.span) and hit.value.form == "verb" and self.tree.is_verb(hit.span):
                yield hit.span.shift(-inside.start), known.pop(hit.span, hit.value.direction)
        for span, way in known.items():
            if inside.contains(span):
                yield span.shift(-inside.start), way

    def of_clause(self, inside: Span, sentence: str, ceiling: int) -> tuple[Certainty, tuple[Relation, ...]]:
        """Give how sure a clause is, and the relations it states, with spans relative to the clause."""
        key = (inside, ceiling)
        if key not in self._clauses:
            self._clauses[key] = self._of_clause(inside, sentence, ceiling)
        return self._clauses[key]

    def _of_clause(self, inside: Span, sentence: str, ceiling: int) -> tuple[Certainty, tuple[Relation, ...]]:
        back = inside.start < taken_back(sentence)
        mine = [item for item in self.stated if inside.contains(item.relation.cue)]
        own = [cue for cue in self.cues if inside.contains(cue.span)]
        focus = mine[0].anchor if mine else self.tree.head_within(inside)
        if focus is None:
            certainty = read_certainty([_cue_moved(cue, -inside.start) for cue in own], sentence, ceiling)
        else:
            reach = reaching(self.cues, self.tree, focus)
            near = [cue for cue in own if cue not in reach and in_same_statement(cue, self.tree, focus)]
            asserted = [cue for cue in own if not is_absolute(cue) or self._asserts(cue)]
            if not mine:  # a judgement of what is told without a word of relation
                reach = (*reach, *(cue for cue in near if cue.kind in {"denial", "unproven", "rejection"}))
            moved = [[_cue_moved(cue, -inside.start) for cue in cues] for cues in (asserted, reach, near)]
            certainty = read_certainty(moved[0], sentence, ceiling, moved[1], moved[2])
            if self.tree.commands(focus) or (not mine and self.tree.forbids(focus)):
                certainty = replace(certainty, negated=False)  # "do not" forbids, and denies nothing
        if back:
            certainty = replace(certainty, negated=True, level=0, mood="rejection")
        return certainty, tuple(replace(item.relation, cue=item.relation.cue.shift(-inside.start)) for item in mine)

    def _asserts(self, cue: Cue) -> bool:
        """Tell whether a strong word is itself asserted where it stands."""
        place = self.tree.top(cue.span)
        return place is None or level_of(reaching(self.cues, self.tree, place)) > _HEDGED


def _cue_moved(cue: Cue, by: int) -> Cue:
    return Cue(cue.kind, cue.text, cue.span.shift(by))
