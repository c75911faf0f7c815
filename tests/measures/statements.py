"""Print how well the reader grades the labelled sentences of ``tests/data/statements*.yaml``.

Run as ``python tests/measures/statements.py``; ``--errors`` lists the misread sentences of the part that was tuned on.
A third of the sentences, chosen by the checksum of their text, is held out: its errors are never listed.
The labels are of one pair of cause and effect each, so the relation is taken that shares most words with that pair
("paired"); "first" takes the most prominent relation of the sentence, as one does who does not know the pair.
"""

from __future__ import annotations

import sys
import zlib
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from itertools import chain
from pathlib import Path

import yaml

from evidencelint.claims import ClaimReader
from evidencelint.documents.markdown import read_markdown
from evidencelint.factbase.vocabulary import general_vocabulary
from evidencelint.frames import Certainty, Claim, Relation
from evidencelint.source import read_source
from evidencelint.words import stems

DATA = Path(__file__).resolve().parents[1] / "data" / "statements.yaml"
CLAUSES = DATA.with_name("statements-clauses.yaml")  # by the same hand as the reader, but before looking at it
NEGATION = DATA.with_name("statements-negation.yaml")  # likewise, after what grammars say of negation and of direction
STRENGTHS = ("none", "correlational", "conditional", "causal")
DIRECTIONS = ("increase", "decrease", "no_difference", "unknown")
_ORDER = {name: rank for rank, name in enumerate(STRENGTHS)}


@dataclass(frozen=True, slots=True)
class Statement:
    """A labelled sentence."""

    text: str
    strength: str
    direction: str
    hedged: bool
    negated: bool
    cause: str
    effect: str

    @property
    def held_out(self) -> bool:
        """Tell whether the sentence is kept out of sight while tuning."""
        return zlib.crc32(self.text.encode()) % 3 == 0


@dataclass(frozen=True, slots=True)
class Reading:
    """What the reader makes of a sentence."""

    strength: str
    direction: str
    hedged: bool
    negated: bool


def load(path: Path = DATA) -> list[Statement]:
    """Read the labelled sentences of a file."""
    fields = Statement.__slots__
    return [Statement(**{f: item[f] for f in fields}) for item in yaml.safe_load(path.read_text(encoding="utf-8"))]


def read(statements: Sequence[Statement]) -> list[tuple[Claim, ...]]:
    """Read every sentence as a paragraph of its own, in one document."""
    source = read_source("\n\n".join(s.text for s in statements).encode(), "statements.md")
    claims = ClaimReader(general_vocabulary()).read(read_markdown(source))
    result: list[tuple[Claim, ...]] = []
    start = 0
    for statement in statements:
        end = start + len(statement.text)
        result.append(tuple(c for c in claims if start <= c.span.start < end))
        start = end + 2
    return result


def grade(statement: Statement, claims: Sequence[Claim], *, paired: bool) -> Reading:
    """Give the reader's answer for a sentence."""
    relations = [r for claim in claims for r in claim.relations]
    chosen: Relation | None
    if paired and statement.effect:
        chosen = max(relations, key=lambda r: (_share(statement, r), _ORDER[r.strength]), default=None)
    else:
        leading = [claim.relation for claim in claims if claim.relation is not None]
        chosen = max(leading, key=lambda r: _ORDER[r.strength], default=None)
    if chosen is None or chosen.strength == "none":
        main = claims[0].certainty if claims else Certainty()
        return Reading("none", "unknown", bool(main.hedges), main.negated)
    return Reading(chosen.strength, chosen.direction, bool(chosen.hedges), chosen.negated)


def _share(statement: Statement, relation: Relation) -> float:
    return 2 * _common(statement.effect, relation.effect) + _common(statement.cause, relation.cause)


def _common(wanted: str, named: str) -> float:
    ours, theirs = set(stems(wanted)), set(stems(named))
    return len(ours & theirs) / len(ours | theirs) if theirs else 0.0


def f1(gold: Sequence[object], said: Sequence[object], value: object) -> float:
    """Give the F1 of one class."""
    hits = sum(g == s == value for g, s in zip(gold, said, strict=True))
    total = sum(g == value for g in gold) + sum(s == value for s in said)
    return 2 * hits / total if total else 1.0


def macro(gold: Sequence[object], said: Sequence[object], classes: Sequence[object]) -> float:
    """Give the mean of the F1 of some classes."""
    return sum(f1(gold, said, value) for value in classes) / len(classes)


def figures(statements: Sequence[Statement], readings: Sequence[Reading]) -> dict[str, float]:
    """Give the four figures of a part."""

    def both(get: Callable[[Statement | Reading], object]) -> tuple[list[object], list[object]]:
        return [get(s) for s in statements], [get(r) for r in readings]

    return {
        "strength macro-F1": macro(*both(lambda x: x.strength), STRENGTHS),
        "hedged F1": f1(*both(lambda x: x.hedged), value=True),
        "negation F1": f1(*both(lambda x: x.negated), value=True),
        "direction macro-F1": macro(*both(lambda x: x.direction), DIRECTIONS),
    }


def main(arguments: Sequence[str]) -> None:
    """Print the figures of both parts and, if asked, the errors of the part that was tuned on."""
    paths = (DATA, CLAUSES, NEGATION)
    sets = [load(path) for path in paths]
    read_as = [read(statements) for statements in sets]
    for path, statements, claims in zip(paths, sets, read_as, strict=True):
        print(path.name)
        _measure(statements, claims, errors="--errors" in arguments)
    for name, count in (("the first two", 2), ("all of them", 3)):
        print(name)
        _measure(list(chain(*sets[:count])), list(chain(*read_as[:count])), errors=False)


def _measure(statements: Sequence[Statement], claims: Sequence[Sequence[Claim]], *, errors: bool) -> None:
    for paired in (True, False):
        readings = [grade(s, c, paired=paired) for s, c in zip(statements, claims, strict=True)]
        print("the labelled pair of each sentence" if paired else "the first relation of each sentence")
        for name, held_out in (("tuned on", False), ("held out", True)):
            part = [(s, r) for s, r in zip(statements, readings, strict=True) if s.held_out == held_out]
            shown = figures([s for s, _ in part], [r for _, r in part])
            print(f"  {name} ({len(part)})  " + "  ".join(f"{key} {value:.2f}" for key, value in shown.items()))
        if paired and errors:
            for statement, reading, found in zip(statements, readings, claims, strict=True):
                if not statement.held_out:
                    _show(statement, reading, found)


def _show(statement: Statement, reading: Reading, claims: Sequence[Claim]) -> None:
    wrong = [
        f"{name}: {getattr(statement, name)} read as {getattr(reading, name)}"
        for name in Reading.__slots__
        if getattr(statement, name) != getattr(reading, name)
    ]
    if wrong:
        print(statement.text, *wrong, sep="\n      ")
        for relation in (r for claim in claims for r in claim.relations):
            print(f"      = {relation}")


if __name__ == "__main__":
    main(sys.argv[1:])
