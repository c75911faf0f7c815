"""Merge a new version of a source into a fact base that people have worked on, and leave their work alone."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from rapidfuzz import fuzz

from evidencelint.errors import FactBaseError
from evidencelint.factbase.facts import Fact, FactBase
from evidencelint.harvest.reading import Candidate, Harvest
from evidencelint.harvest.writing import concept_line, fact_lines
from evidencelint.sources.quotes import stands_in_text
from evidencelint.words import stems
from evidencelint.yamledit import YamlText
from evidencelint.yamlio import read_text

_SAME = 70
_COVERED = 90


@dataclass(frozen=True, slots=True)
class Update:
    """What an update did: the texts of changed files by path, and ids by what became of the facts."""

    texts: dict[str, str]
    added: tuple[str, ...]
    changed: tuple[str, ...]
    gone: tuple[str, ...]
    concepts: tuple[str, ...]


def update(base: FactBase, harvest: Harvest, key: str, text: str) -> Update:
    """Merge a harvest of a source's new ``text`` into a fact base; only marks and new candidates are written."""
    editors = {
        path: YamlText(read_text(Path(path), "fact base", FactBaseError), path, FactBaseError) for path in base.files
    }
    mine = [fact for fact in base.facts if key in fact.quoted_from]
    lost = [fact for fact in mine if not stands_in_text(fact.quote, text)]
    new = [c for c in harvest.candidates if not any(covers(fact.quote, c.quote) for fact in mine if fact not in lost)]
    new = [c for c in new if not any(covers(quote, c.quote) for quote in base.dropped)]
    pairs = dict(_pairs(lost, new))
    for fact in mine:
        at = _index(editors[fact.position.path], fact.id)
        editor = editors[fact.position.path]
        if fact in lost:
            editor.put("status", "changed" if fact.id in pairs else "gone", "facts", at)
            if fact.id in pairs:
                editor.put("now", pairs[fact.id].quote, "facts", at)
            else:
                editor.drop("now", "facts", at)
        elif fact.status in {"changed", "gone"}:
            editor.drop("status", "facts", at)
            editor.drop("now", "facts", at)
    added = [candidate for candidate in new if candidate not in pairs.values()]
    home = editors[base.path]
    _insert(home, added, mine, text, key if len(base.sources) > 1 else None)
    concepts = tuple(_concepts(home, base, harvest, added))
    return Update(
        texts={path: editor.text for path, editor in editors.items()},
        added=tuple(candidate.id for candidate in added),
        changed=tuple(fact.id for fact in lost if fact.id in pairs),
        gone=tuple(fact.id for fact in lost if fact.id not in pairs),
        concepts=concepts,
    )


def _pairs(lost: Sequence[Fact], new: Sequence[Candidate]) -> Iterator[tuple[str, Candidate]]:
    """Pair facts whose quote is gone with what now stands in its place, the most alike first."""
    scores = sorted(
        ((fuzz.token_sort_ratio(fact.quote, candidate.quote), fact, candidate) for fact in lost for candidate in new),
        key=lambda entry: -entry[0],
    )
    taken: set[str] = set()
    for likeness, fact, candidate in scores:
        if likeness >= _SAME and fact.id not in taken and candidate.id not in taken:
            taken |= {fact.id, candidate.id}
            yield fact.id, candidate


def covers(quote: str, other: str) -> bool:
    """Tell whether a quote and a candidate are of one statement: one holds the other, or they hardly differ."""
    first, second = stems(quote), stems(other)
    shorter, longer = sorted((" ".join(first), " ".join(second)), key=len)
    return bool(shorter) and (shorter in longer or fuzz.ratio(shorter, longer) >= _COVERED)


def _index(editor: YamlText, identity: str) -> int:
    for index in range(editor.count("facts")):
        if editor.has("facts", index, "id") and editor.value("facts", index, "id") == identity:
            return index
    raise FactBaseError(f"{identity}: the fact is written with << or an alias; update it by hand")


def _insert(editor: YamlText, added: Sequence[Candidate], mine: Sequence[Fact], text: str, key: str | None) -> None:
    """Put new candidates after the fact that stands before them in the source, or at the end."""
    if not editor.has("facts"):
        editor.append_line("\nfacts: []")
    places = {fact.id: text.find(fact.quote) for fact in mine if fact.position.path == editor.path}
    for candidate in added:
        at = text.find(candidate.quote)
        before = [(place, identity) for identity, place in places.items() if 0 <= place < at]
        after = _index(editor, max(before)[1]) if before else editor.count("facts") - 1 if at < 0 else -1
        lines = fact_lines(candidate)
        if key is not None:
            lines.insert(2, f"source: {key}")
        editor.insert(lines, after, "facts")
        places[candidate.id] = at


def _concepts(editor: YamlText, base: FactBase, harvest: Harvest, added: Sequence[Candidate]) -> Iterator[str]:
    """Add the concepts that only new statements name."""
    known = {stems(name) for name, _ in base.vocabulary.names()}
    ids = {identity for _, identity in base.vocabulary.concepts}
    spoken = " ".join(" ".join(stems(candidate.quote)) for candidate in added)
    for concept in harvest.concepts:
        keys = [stems(name) for name in concept.names]
        if concept.id in ids or any(key in known for key in keys) or concept.is_a:
            continue
        if not any(f" {' '.join(key)} " in f" {spoken} " for key in keys):
            continue
        line = f"{concept_line(concept)}  # new in the source"
        if editor.has("vocabulary", concept.slot):
            editor.add_line_to(line, "vocabulary", concept.slot)
        elif editor.has("vocabulary"):
            editor.add_line_to(f"{concept.slot}:\n    {line}", "vocabulary")
        else:
            continue
        yield concept.id
