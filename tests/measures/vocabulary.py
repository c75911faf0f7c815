"""How good is the vocabulary that a harvest suggests?

``python tests/measures/vocabulary.py [--errors] [--no-held-out] [CORPUS]...`` harvests the source of every corpus and
sets the concepts it suggests beside those of the curated vocabulary, by slot. A suggested concept is right where a
curated concept of its slot has a name for the same thing; a curated one that the source names is found where a
suggested one of
its slot does. The column "other slot" counts suggestions that are right but for their slot, "stray" those that name
nothing that a curator thought worth a concept. Concepts that every vocabulary has count on neither side. A corpus whose
drafts are all held out is measured, and its errors are not shown.
"""

from __future__ import annotations

import argparse
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from evidencelint.evaluation import find_gold, load_gold
from evidencelint.factbase.load import load_facts
from evidencelint.factbase.vocabulary import Concept, Vocabulary, general_vocabulary
from evidencelint.harvest.reading import harvest
from evidencelint.harvest.slots import SLOT_ORDER
from evidencelint.sources.text import read_blocks
from evidencelint.words import stems

ROOT = Path(__file__).resolve().parents[2]
Key = tuple[str, ...]
_SMALL = frozenset({"the", "a", "an", "of", "in", "for", "to"})


@dataclass
class Tally:
    """Counts by slot."""

    suggested: Counter[str] = field(default_factory=Counter)
    right: Counter[str] = field(default_factory=Counter)
    elsewhere: Counter[str] = field(default_factory=Counter)
    curated: Counter[str] = field(default_factory=Counter)
    found: Counter[str] = field(default_factory=Counter)

    def __add__(self, other: Tally) -> Tally:
        return Tally(
            self.suggested + other.suggested,
            self.right + other.right,
            self.elsewhere + other.elsewhere,
            self.curated + other.curated,
            self.found + other.found,
        )

    def rows(self) -> Iterator[str]:
        for slot in (*SLOT_ORDER, "all"):
            of = [slot] if slot != "all" else list(SLOT_ORDER)
            suggested, right, elsewhere, curated, found = (
                sum(counts[name] for name in of)
                for counts in (self.suggested, self.right, self.elsewhere, self.curated, self.found)
            )
            stray = suggested - right - elsewhere
            yield (
                f"  {slot:12}{suggested:10}{right:7}{elsewhere:12}{stray:7}{_share(right, suggested):>11}"
                f"{curated:9}{found:7}{_share(found, curated):>8}"
            )


def _share(part: int, whole: int) -> str:
    return f"{part / whole:.2f}" if whole else "-"


def names(concept: Concept) -> frozenset[Key]:
    """Give the names of a concept as texts are searched for them, without small words."""
    keys = (stems(name) for name in concept.names)
    return frozenset(tuple(word for word in key if word not in _SMALL) for key in keys)


def measure(suggested: Sequence[Concept], curated: Vocabulary, text: str) -> tuple[Tally, list[str]]:
    """Set suggested concepts beside curated ones, as far as the text names those; with a line for each error."""
    general = general_vocabulary().concepts
    spoken = " ".join(word for word in stems(text) if word not in _SMALL)
    wanted = [
        concept
        for key, concept in curated.concepts.items()
        if key not in general and any(f" {' '.join(name)} " in f" {spoken} " for name in names(concept))
    ]
    own = [concept for concept in suggested if (concept.slot, concept.id) not in general]
    homes: Mapping[str, dict[Key, Concept]] = {
        slot: {
            name: concept for concept in curated.concepts.values() if concept.slot == slot for name in names(concept)
        }
        for slot in SLOT_ORDER
    }
    tally, errors = Tally(), []
    for concept in own:
        tally.suggested[concept.slot] += 1
        slots = [slot for slot in SLOT_ORDER if any(name in homes[slot] for name in names(concept))]
        if concept.slot in slots:
            tally.right[concept.slot] += 1
        elif slots:
            tally.elsewhere[concept.slot] += 1
            errors.append(f"  {concept.slot}: {concept.names[0]}: is of {', '.join(slots)}")
        else:
            errors.append(f"  {concept.slot}: {concept.names[0]}: stray")
    for concept in wanted:
        tally.curated[concept.slot] += 1
        same = [other for other in own if names(other) & names(concept)]
        if any(other.slot == concept.slot for other in same):
            tally.found[concept.slot] += 1
        elif not same:
            errors.append(f"  {concept.slot}: {concept.id} ({', '.join(concept.names[:3])}): missed")
    return tally, errors


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("corpora", nargs="*", type=Path)
    parser.add_argument("--errors", action="store_true")
    parser.add_argument("--no-held-out", action="store_true")
    arguments = parser.parse_args()
    total = Tally()
    for corpus in arguments.corpora or sorted(path.parent for path in (ROOT / "corpus").glob("*/source.md")):
        held_out = all(load_gold(path).held_out for path in find_gold([corpus]))
        if held_out and arguments.no_held_out:
            continue
        source = corpus / "source.md"
        found, errors = measure(
            harvest(read_blocks(source)).concepts,
            load_facts(corpus / "facts.yaml").vocabulary,
            source.read_text(encoding="utf-8"),
        )
        total += found
        print(corpus.name)
        *_, line = found.rows()
        print(line)
        for error in errors if arguments.errors and not held_out else ():
            print(error)
    print(" " * 15 + "suggested  right  other slot  stray  precision  curated  found  recall")
    for line in total.rows():
        print(line)


if __name__ == "__main__":
    main()
