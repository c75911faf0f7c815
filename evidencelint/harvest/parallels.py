"""What a sentence with several figures sets side by side: "31 kg on sandy soils, against 14 kg on clay soils"."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import pairwise

from evidencelint.harvest.collocations import Occurrence
from evidencelint.harvest.lexicon import nouns
from evidencelint.words import stem

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


_CONTROLS = re.compile(
    r"\b(?:control|comparison|usual[- ]care|intervention|treatment|placebo)[ -]([a-z]+s)\b", re.IGNORECASE
)
_CONTROLLED = re.compile(
    r"\b(?:control|comparison|usual[- ]care) (?!groups?\b|arms?\b|conditions?\b)[a-z]+s\b", re.IGNORECASE
)
_WITHOUT = re.compile(r"\bwith(?:out)?\b", re.IGNORECASE)


def grouped_by(occurrences: Sequence[Occurrence], texts: Sequence[str]) -> list[Occurrence]:
    """Give the phrases that say how units were treated ("reminder teams" beside "control teams") as what was given.

    The other side of "with X ... without" and of "with ... without X" is given, too.
    """
    known = nouns()
    units: dict[int, set[str]] = {
        index: {stem(found[1]) for found in _CONTROLS.finditer(text)} for index, text in enumerate(texts)
    }
    every = {unit for each in units.values() for unit in each if not known.has("conditions", unit)}
    # a kind of unit is a treatment wherever it is named, once it was set beside its controls
    treated = {
        o.phrase.key
        for o in occurrences
        if len(o.phrase.key) > 1 and o.phrase.key[-1] in units[o.sentence] and not _CONTROLS.fullmatch(o.phrase.text)
    }
    treated |= {
        o.phrase.key
        for pair in side_by_side(occurrences, texts)
        for o in pair
        if pair[0].phrase.key[-1] == pair[1].phrase.key[-1] in every and min(len(each.phrase.key) for each in pair) > 1
    }
    ways: dict[tuple[str, ...], set[str]] = defaultdict(set)
    for o in occurrences:
        if o.phrase.link is not None:
            ways[o.phrase.key].add(o.phrase.link[0])
    paired = {index for index, text in enumerate(texts) if len({w.lower() for w in _WITHOUT.findall(text)}) > 1}
    result: list[Occurrence] = []
    for occurrence in occurrences:
        phrase, link = occurrence.phrase, occurrence.phrase.link
        both = ways[phrase.key] >= {"with", "without"}
        had = link is not None and link[0] in {"with", "without"} and (both or occurrence.sentence in paired)
        had = (
            had
            and "of-people" not in phrase.parts
            and not any(known.has(kind, phrase.head) for kind in ("measures", "conditions"))
        )
        by_unit = phrase.key in treated and phrase.key[-1] in every
        more = phrase.parts | ({"given", "beside-done"} if by_unit else set()) | ({"beside-done"} if had else set())
        if by_unit:
            more -= {"of-people", "of-study", "beside-found"}
        result.append(replace(occurrence, phrase=replace(phrase, parts=frozenset(more))))
    return result


def control_names(texts: Sequence[str]) -> tuple[str, ...]:
    """Give what a source calls its controls by the noun for who or what they are, each once: "control teams"."""
    found: dict[str, str] = {}
    for text in texts:
        for match in _CONTROLLED.finditer(text):
            found.setdefault(match[0].lower(), match[0].lower())
    return tuple(found)


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
