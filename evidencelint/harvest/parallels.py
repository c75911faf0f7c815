"""What a sentence with several figures sets side by side: "31 kg on sandy soils, against 14 kg on clay soils"."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import pairwise

from evidencelint.harvest.collocations import Occurrence
from evidencelint.harvest.lexicon import nouns

_FIGURE = re.compile(r"\d+(?:[.,]\d+)*")
# Prepositions that lead to what was done, and to where or with whom.
_DONE = frozenset({"with", "without", "under", "after"})
_FOUND = frozenset({"among", "on"})


def side_by_side(occurrences: Sequence[Occurrence], texts: Sequence[str]) -> Iterator[tuple[Occurrence, Occurrence]]:
    """Yield the pairs of phrases that one preposition each leads to, the same one, with a figure between or after."""
    links: dict[tuple[int, str], list[Occurrence]] = defaultdict(list)
    for occurrence in occurrences:
        if occurrence.phrase.link is not None:
            links[occurrence.sentence, occurrence.phrase.link[0]].append(occurrence)
    for (sentence, _), members in links.items():
        if len(_FIGURE.findall(texts[sentence])) < 2:  # noqa: PLR2004 - each side has its own
            continue
        ordered = sorted(members, key=lambda o: o.phrase.span.start)
        for first, second in pairwise(ordered):
            between = texts[sentence][first.phrase.span.end : second.phrase.span.start]
            apart = first.phrase.link != second.phrase.link and _FIGURE.search(between) is not None
            if apart and _kind(first) == _kind(second) and "(" not in between.rstrip("("):
                yield first, second


def _kind(occurrence: Occurrence) -> tuple[bool, bool, bool]:
    """Tell who has it from what it is: "falls with injury" is nothing beside "with telemonitoring"."""
    known, head = nouns(), occurrence.phrase.head
    return (
        "of-people" in occurrence.phrase.parts,
        known.has("conditions", head),
        known.has("measures", head) or known.has("generic", head),
    )


def with_parts(occurrences: Sequence[Occurrence], texts: Sequence[str]) -> list[Occurrence]:
    """Give the phrases with the part that a comparison gives them: ``done`` or ``found`` beside another."""
    parts: dict[int, str] = {}
    for pair in side_by_side(occurrences, texts):
        for occurrence in pair:
            link = occurrence.phrase.link
            if link is not None and link[0] in _DONE | _FOUND and "of-people" not in occurrence.phrase.parts:
                parts[id(occurrence)] = "beside-done" if link[0] in _DONE else "beside-found"
    return [
        replace(o, phrase=replace(o.phrase, parts=o.phrase.parts | {parts[id(o)]})) if id(o) in parts else o
        for o in occurrences
    ]
