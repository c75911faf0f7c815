"""Which of the suggested concepts exclude one another, and which are kinds of others."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from itertools import combinations, pairwise

from evidencelint.factbase.vocabulary import general_vocabulary
from evidencelint.harvest.lexicon import nouns
from evidencelint.harvest.suggestions import Suggestion
from evidencelint.words import stems, words

_FIGURE = re.compile(r"\d")
_MOST = 24
_OFTEN = 2
_MOSTLY = 0.6
_JOINTS = frozenset({"of", "for", "to"})
_SHORTENED = frozenset({"arm", "population"})


def relate(suggestions: list[Suggestion]) -> None:
    """Make a longer phrase of a slot a kind of the shorter one that it ends with ("ground-source pump": "pump").

    Where there is one such kind of what is given or of who gets it, the shorter name is short for the longer one.
    """
    for parent in [s for s in suggestions if s.slot in _SHORTENED and all(len(key) == 1 for key in s.keys)]:
        peers = [s for s in suggestions if s is not parent and s.slot == parent.slot]
        kinds = [s for s in peers if any(_ends(longer, shorter) for longer in s.keys for shorter in parent.keys)]
        if len(kinds) == 1:
            kinds[0].names += [name for name in parent.names if name not in kinds[0].names]
            kinds[0].keys |= parent.keys
            kinds[0].sentences |= parent.sentences
            kinds[0].figured |= parent.figured
            suggestions.remove(parent)
    for child in suggestions:
        parents = [
            parent
            for parent in suggestions
            if parent is not child
            and parent.slot == child.slot
            and any(_ends(longer, shorter) for longer in child.keys for shorter in parent.keys)
        ]
        if parents and not child.is_a:
            nearest = max(parents, key=lambda parent: max(map(len, parent.keys)))
            child.is_a.append(nearest.id)


def _ends(longer: tuple[str, ...], shorter: tuple[str, ...]) -> bool:
    """Tell whether a phrase ends with another, or is the other one of something ("survival of oysters")."""
    ends = [index for index, word in enumerate(longer) if word in _JOINTS]
    if ends:
        longer = longer[: ends[0]]
        return longer[-len(shorter) :] == shorter
    return len(longer) > len(shorter) and longer[-len(shorter) :] == shorter


Key = tuple[str, ...]


def find_contrasts(
    suggestions: Sequence[Suggestion], texts: Sequence[str], beside: Sequence[tuple[Key, Key]] = ()
) -> Iterator[tuple[str, ...]]:
    """Yield sets of ids: rival conditions, rival arms, measures with figures, and what sentences compare.

    ``beside`` are the names of what sentences set side by side, each with figures of its own.
    """
    by_slot: dict[str, list[Suggestion]] = defaultdict(list)
    for suggestion in suggestions:
        by_slot[suggestion.slot].append(suggestion)
    groups = [
        [s for s in by_slot["population"] if s.condition],
        [s for s in by_slot["arm"] if s.abbreviated],
        [s for s in by_slot["measure"] if s.figured and s.told >= (1 if s.proper else _OFTEN)],
    ]
    done: list[set[str]] = []
    for group in groups:
        for members in _rivals(group, suggestions):
            done.append(set(members))
            yield members
    for slot in ("population", "arm", "study"):
        for pair in (*_beside(by_slot[slot], beside), *_compared(by_slot[slot], texts)):
            if not any(set(pair) <= one for one in done):
                done.append(set(pair))
                yield pair


def _rivals(group: Sequence[Suggestion], every: Sequence[Suggestion]) -> Iterator[tuple[str, ...]]:
    """Yield those of a group that are no kinds of one another and share no name."""
    kept: list[Suggestion] = []
    for suggestion in sorted(group, key=lambda s: (-len(s.sentences), s.id)):
        mine = _kinds(suggestion, every)
        if len(kept) < _MOST and not any(_near(a, b) for other in kept for a in mine for b in _kinds(other, every)):
            kept.append(suggestion)
    if len(kept) > 1:
        order = [suggestion.id for suggestion in group]
        yield tuple(sorted((s.id for s in kept), key=order.index))


def _kinds(suggestion: Suggestion, every: Sequence[Suggestion]) -> list[Suggestion]:
    """Give a concept with its kinds: what a kind may be, the whole may be."""
    return [suggestion, *(other for other in every if suggestion.id in other.is_a)]


def _near(first: Suggestion, second: Suggestion) -> bool:
    """Tell whether two concepts may be one thing: one is a kind of the other, or holds the other's words."""
    if second.id in first.is_a or first.id in second.is_a:
        return True
    return any(set(a) <= set(b) or set(b) <= set(a) for a in first.keys for b in second.keys)


def _beside(group: Sequence[Suggestion], beside: Sequence[tuple[Key, Key]]) -> Iterator[tuple[str, str]]:
    """Yield pairs that a sentence gives figures for, side by side."""
    for first, second in combinations(group, 2):
        if not _near(first, second) and any(
            (one in first.keys and other in second.keys) or (one in second.keys and other in first.keys)
            for one, other in beside
        ):
            yield first.id, second.id


def _compared(group: Sequence[Suggestion], texts: Sequence[str]) -> Iterator[tuple[str, str]]:
    """Yield pairs that one sentence sets against each other; with the same last word, figures are enough."""
    for first, second in combinations(group, 2):
        if _near(first, second):
            continue
        together = [texts[index] for index in first.sentences & second.sentences]
        if _siblings(first, second):
            rivals = any(map(_compares, together))
        else:
            rivals = first.slot != "population" and any(_sets_against(text, first, second) for text in together)
        if rivals:
            yield first.id, second.id


def _siblings(first: Suggestion, second: Suggestion) -> bool:
    return any(a[-1] == b[-1] for a in first.keys for b in second.keys)


def _sets_against(text: str, first: Suggestion, second: Suggestion) -> bool:
    """Tell whether a word of comparison stands between the names of two things ("lamps rather than shade")."""
    sequence, comparing = stems(text), nouns().lists["comparing"]
    places = [(place, side) for side, each in enumerate((first, second)) for place in _places(sequence, each)]
    return any(
        one[1] != other[1] and any(word in comparing for word in sequence[one[0] : other[0]])
        for one, other in pairwise(sorted(places))
    )


def _places(sequence: tuple[str, ...], suggestion: Suggestion) -> Iterator[int]:
    for key in suggestion.keys:
        for at in range(len(sequence) - len(key) + 1):
            if sequence[at : at + len(key)] == key:
                yield at


def _compares(text: str) -> bool:
    comparing = nouns().lists["comparing"]
    return any(word.stem in comparing for word in words(text)) or len(_FIGURE.findall(text)) > 1


def modifier_names(
    suggestions: Sequence[Suggestion], contrasts: Sequence[Sequence[str]], texts: Sequence[str]
) -> Mapping[str, str]:
    """Give by id what is enough to name a contrasted concept: a modifier that the source uses with its noun only."""
    rivals = {member for group in contrasts for member in group}
    taken = {stems(name) for name, _ in general_vocabulary().names()}
    # what is a thing of its own is not short for another ("heat" for "heat pumps")
    taken |= {key for suggestion in suggestions for key in suggestion.keys}
    sequences = [stems(text) for text in texts]
    found: dict[str, str] = {}
    for suggestion in suggestions:
        if suggestion.slot not in {"population", "arm", "study"} or suggestion.condition or suggestion.abbreviated:
            continue
        modifier, _, noun = suggestion.names[0].partition(" ")
        key = stems(modifier)
        if suggestion.slot == "study" and any(nouns().has(name, modifier) for name in ("people", "places")):
            continue  # what is done at home is not done in home trials
        if (
            suggestion.id in rivals
            and noun
            and key not in taken
            and not nouns().has("leading", modifier)
            and _mostly_with(key, suggestion, sequences)
        ):
            found[suggestion.id] = modifier
    return found


def _mostly_with(key: tuple[str, ...], suggestion: Suggestion, sequences: Sequence[tuple[str, ...]]) -> bool:
    wholes = [whole for whole in suggestion.keys if whole[: len(key)] == key]
    places = [
        any(sequence[at : at + len(whole)] == whole for whole in wholes)
        for sequence in sequences
        for at in range(len(sequence) - len(key) + 1)
        if sequence[at : at + len(key)] == key
    ]
    return sum(places) >= _MOSTLY * len(places)
