"""Which noun phrases of a source are concepts, of which slot, and by which names."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence

from evidencelint.factbase.vocabulary import Vocabulary
from evidencelint.harvest.abbreviations import Abbreviation
from evidencelint.harvest.collocations import Occurrence
from evidencelint.harvest.lexicon import Nouns, nouns
from evidencelint.harvest.naming import ProperNames, is_place
from evidencelint.harvest.parallels import control_names
from evidencelint.harvest.shared import shared_outcomes
from evidencelint.harvest.slots import SLOT_ORDER, Uses, slot_of
from evidencelint.harvest.suggestions import Suggestion, slug
from evidencelint.model import Token
from evidencelint.words import PhraseTable, stems, words

CONTROL = "control"
_JOINTS = frozenset(stems("of for to"))
_TOLD = frozenset({"changing", "measured", "affected", "reported"})
_PLAINLY = frozenset({"changing", "reported"})
_ABLE = re.compile(r"(?:ability|capacity) to (\S+ .+)")
_FIGURE = re.compile(r"\d")


def suggest_concepts(
    occurrences: Sequence[Occurrence],
    texts: Sequence[str],
    parsed: Sequence[Sequence[Token]],
    abbreviations: Sequence[Abbreviation],
    general: Vocabulary,
) -> list[Suggestion]:
    """Suggest the concepts of a source, in the order of slots and of first mention."""
    known = nouns()
    proper = ProperNames(texts)
    groups: dict[tuple[str, ...], list[Occurrence]] = defaultdict(list)
    for occurrence in occurrences:
        groups[occurrence.phrase.key].append(occurrence)
    shared = list(shared_outcomes(texts, parsed))
    taken = {key for suggestion in shared for key in suggestion.keys}
    taken |= {stems(name) for name, _ in general.names()}
    aliases = _aliases(abbreviations, groups)
    found: dict[tuple[str, ...], Suggestion] = {}
    for key, mine in groups.items():
        root = aliases.get(key, key)
        if key in taken or root in taken or root in found:
            continue
        members = [key for key in groups if aliases.get(key, key) == root]
        if root not in members:
            members.insert(0, root)
        if root not in aliases.values() and proper.is_name(mine[0].phrase.text):
            suggestion = _place(mine)
        else:
            suggestion = _suggestion(root, members, groups, abbreviations, known)
        if suggestion is not None and not (suggestion.slot in {"arm", "study"} and _known_part(root, general)):
            found[root] = suggestion
    own = _levels_joined(_joined_populations(list(found.values()), known), known)
    named = {key for suggestion in own if suggestion.slot in {"population", "arm"} for key in suggestion.keys}
    short = {key for suggestion in own if suggestion.abbreviated for key in suggestion.keys}
    own = [
        s
        for s in own
        if s.abbreviated
        or not any(_within(part, key) for part in (named if s.slot == "study" else short) for key in s.keys)
    ]
    _also_named(own, texts)
    controls = list(_controls(texts, general))
    taken = {key for suggestion in controls for key in suggestion.keys}
    return _distinct([*controls, *(s for s in own if not s.keys & taken), *shared])


def _place(mine: Sequence[Occurrence]) -> Suggestion | None:
    """Take a place that findings are told of for a population; other names are no concepts."""
    if not is_place(mine):
        return None
    name = mine[0].phrase.text
    name = name[0].upper() + name[1:]
    return Suggestion(
        slot="population",
        id=slug(name),
        names=[name],
        keys={mine[0].phrase.key},
        sentences={occurrence.sentence for occurrence in mine},
        figured={occurrence.sentence for occurrence in mine if occurrence.figures},
    )


def _known_part(key: tuple[str, ...], general: Vocabulary) -> bool:
    """Tell whether a phrase is made with what every vocabulary has: "placebo group", "Phase II trial"."""
    return any(
        _within(part, key) and of[0] in {"arm", "study", "species"}
        for name, of in general.names()
        if (part := stems(name))
    )


def _within(part: tuple[str, ...], whole: tuple[str, ...]) -> bool:
    return any(whole[at : at + len(part)] == part for at in range(len(whole) - len(part) + 1))


def _joined_populations(suggestions: list[Suggestion], known: Nouns) -> list[Suggestion]:
    """Join groups that differ only in the noun for people or places: "rural schools" and "rural areas"."""
    first: dict[tuple[str, ...], Suggestion] = {}
    kept: list[Suggestion] = []
    for suggestion in suggestions:
        key = next(iter(suggestion.keys))
        if (
            suggestion.slot == "population"
            and len(key) > 1
            and key[-1] in known.lists["people"] | known.lists["places"]
        ):
            other = first.setdefault(key[:-1], suggestion)
            if other is not suggestion:
                other.names += [name for name in suggestion.names if name not in other.names]
                other.keys |= suggestion.keys
                other.sentences |= suggestion.sentences
                other.figured |= suggestion.figured
                continue
        kept.append(suggestion)
    return kept


def _levels_joined(suggestions: list[Suggestion], known: Nouns) -> list[Suggestion]:
    """Take "rate of cyclist injuries" for a name of "cyclist injuries", where both are suggested as outcomes."""
    homes = {key: s for s in suggestions if s.slot == "measure" for key in s.keys if not set(key) & _JOINTS}
    kept: list[Suggestion] = []
    for suggestion in suggestions:
        head, joint, rest = suggestion.names[0].partition(" of ")
        home = homes.get(stems(rest)) if joint and known.has("rates", head.split()[-1]) else None
        if suggestion.slot == "measure" and home is not None and home is not suggestion:
            home.names += [name for name in suggestion.names if name not in home.names]
            home.keys |= suggestion.keys
            home.sentences |= suggestion.sentences
            home.figured |= suggestion.figured
            home.told += suggestion.told
            continue
        kept.append(suggestion)
    return kept


def _also_named(suggestions: Sequence[Suggestion], texts: Sequence[str]) -> None:
    """Add the sentences that name a concept in so many words, however they were parsed."""
    table: PhraseTable[Suggestion] = PhraseTable(
        ((name, suggestion) for suggestion in suggestions for name in suggestion.names), by="name"
    )
    for index, text in enumerate(texts):
        for hit in table.find(words(text)):
            hit.value.sentences.add(index)
            if _FIGURE.search(text) is not None:
                hit.value.figured.add(index)


def _controls(texts: Sequence[str], general: Vocabulary) -> Iterator[Suggestion]:
    """Offer the source's own names of its controls as names of the built-in concept, but for those that it has."""
    known = {stems(name) for name, _ in general.names()}
    names = [name for name in control_names(texts) if stems(name) not in known]
    if names:
        yield Suggestion("arm", CONTROL, names, keys={stems(name) for name in names})


def _aliases(
    abbreviations: Sequence[Abbreviation], groups: Iterable[tuple[str, ...]]
) -> dict[tuple[str, ...], tuple[str, ...]]:
    """Lead every spelling of the long form, and the first part of a hyphenated short form, to the short form."""
    found: dict[tuple[str, ...], tuple[str, ...]] = {}
    known = set(groups)
    letters: dict[str, list[tuple[str, ...]]] = defaultdict(list)
    for key in known:
        letters["".join(key)].append(key)
    roots: dict[tuple[str, ...], tuple[str, ...]] = {}
    for entry in abbreviations:
        root = stems(entry.short)
        long = stems(entry.long)
        if len(root) > 1 and root[:1] in known and long[:1] == root[:1]:
            root = roots.setdefault(root[:1], root)  # a drug and the therapies named after it are one arm
            found[root[:1]] = root
        for key in (long, stems(entry.short), *letters["".join(long)]):
            if key != root:
                found[key] = root
    for key, root in list(found.items()):
        found[key] = found.get(root, root)
    return {key: root for key, root in found.items() if key != root}


def _suggestion(
    root: tuple[str, ...],
    members: Sequence[tuple[str, ...]],
    groups: Mapping[tuple[str, ...], list[Occurrence]],
    abbreviations: Sequence[Abbreviation],
    known: Nouns,
) -> Suggestion | None:
    mine = [occurrence for key in members for occurrence in groups.get(key, ())]
    longs = [e for e in abbreviations if stems(e.short) in {root, *members} or stems(e.long) in members]
    longs.sort(key=lambda entry: -len(groups.get(stems(entry.short), ())))
    forms = [(entry.long.split()[-1], stems(entry.long)) for entry in longs]
    forms += [(occurrence.phrase.head, occurrence.phrase.key) for occurrence in mine]
    uses = Uses(
        heads=frozenset(head for head, _ in forms),
        single=all(len(key) == 1 for _, key in forms),
        phrases=[occurrence.phrase for occurrence in mine],
        figured=sum(occurrence.figures for occurrence in mine),
        defined=bool(longs),
    )
    slotted = slot_of(uses, known)
    if slotted is None:
        return None
    names = [name for entry in longs for name in (entry.short, entry.long)]
    names += [occurrence.phrase.text for occurrence in mine]
    first = names[0]
    if slotted.slot in {"measure", "arm"} and len(root) == 1 and root[0] in known.lists["vague"]:
        return None
    return Suggestion(
        slot=slotted.slot,
        id=slug(first),
        names=_names(names),
        keys=set(members),
        sentences={occurrence.sentence for occurrence in mine},
        figured={occurrence.sentence for occurrence in mine if occurrence.figures},
        condition=slotted.condition,
        abbreviated=bool(longs),
        told=sum(bool(occurrence.phrase.parts & _TOLD) for occurrence in mine),
        proper=not uses.single
        or any(known.has("measures", head) for head in uses.heads)
        or any(occurrence.phrase.parts & _PLAINLY for occurrence in mine),
    )


def _names(written: Iterable[str]) -> list[str]:
    """Give the names in order, "X of Y" is "Y X", and "ability to do" is "do"."""
    found: dict[tuple[str, ...], str] = {}
    for name in written:
        found.setdefault(stems(name), name)
        if (able := _ABLE.fullmatch(name)) is not None:
            found.setdefault(stems(able[1]), able[1])
            verb, _, rest = able[1].partition(" ")
            theirs = f"{verb} their {rest}"
            found.setdefault(stems(theirs), theirs)
        turned = re.fullmatch(r"(\S+(?: \S+)?) (?:of|for) (?:the )?(\S+(?: \S+)?)", name)
        if turned is not None:
            other = f"{turned[2]} {turned[1]}"
            found.setdefault(stems(other), other)
    return list(found.values())


def _distinct(suggestions: Sequence[Suggestion]) -> list[Suggestion]:
    """Give every id once over all slots, and put slots in order."""
    seen: Counter[str] = Counter()
    for suggestion in suggestions:
        seen[suggestion.id] += 1
        if seen[suggestion.id] > 1:
            suggestion.id = f"{suggestion.id}-{seen[suggestion.id]}"
    return sorted(suggestions, key=lambda s: SLOT_ORDER.index(s.slot))
