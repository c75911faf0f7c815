"""The cue lists of ``rules/lexicon`` as phrase tables, validated when first used."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from typing import Literal

from evidencelint.errors import ResourceError
from evidencelint.model import Direction, Strength
from evidencelint.resources import load_lexicon
from evidencelint.words import PhraseTable, stem, words

_FLAT_CUES = (
    "hedge", "weak_hedge", "speculation", "open", "inquiry", "recommendation", "condition", "attribution", "rejection",
    "denial", "unproven", "booster",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class QuantifierLevel:
    """A quantifier's rank and the shares (percent) it may stand for."""

    name: str
    rank: int
    low: int
    high: int


Form = Literal["verb", "outcome", "predicate", "noun", "shift", "connective", "blame", "link"]
_FORMS: tuple[Form, ...] = ("verb", "outcome", "predicate", "noun", "shift", "connective", "blame")


@dataclass(frozen=True, slots=True)
class RelationCue:
    """What a relation word says: how strongly, and which way; ``form`` is the construction it counts in.

    A ``link`` is a word of correlation; the other forms are the lists of ``causal.yaml``. ``denies`` marks words that
    deny the relation by themselves ("unrelated").
    """

    strength: Strength
    direction: Direction
    form: Form
    denies: bool = False


@dataclass(frozen=True, slots=True)
class CueScope:
    """How far cues of certainty reach: the exceptions to the reach of the verb they belong to."""

    phrase: frozenset[str]
    leave: frozenset[str]
    epistemic: frozenset[str]
    things: frozenset[str]
    verbs: frozenset[str]
    content: frozenset[str]
    terminators: frozenset[str]
    absent: frozenset[str]


@cache
def certainty_cues() -> PhraseTable[str]:
    """Give the table of certainty cues; values are ``hedge``, ``absolute.cure``, ``negation.before`` ..."""
    data = _mapping(load_lexicon("certainty"), "certainty")
    _known(data, {*_FLAT_CUES, "negation", "absolute", "scope"}, "certainty")
    entries = [(phrase, kind) for kind in _FLAT_CUES for phrase in _phrases(data.get(kind), f"certainty.{kind}")]
    for family in ("negation", "absolute"):
        for part, phrases in _mapping(data.get(family), f"certainty.{family}").items():
            entries.extend((phrase, f"{family}.{part}") for phrase in _phrases(phrases, f"certainty.{family}.{part}"))
    return PhraseTable(entries, by="written")


@cache
def cue_scope() -> CueScope:
    """Give the exceptions to the reach of cues; ``epistemic`` and ``things`` hold stems, the rest words as written."""
    scope = _mapping(_mapping(load_lexicon("certainty"), "certainty").get("scope"), "certainty.scope")
    listed = {part: _phrases(scope.get(part), f"certainty.scope.{part}") for part in CueScope.__slots__}
    return CueScope(
        phrase=frozenset(listed["phrase"]),
        leave=frozenset(listed["leave"]),
        epistemic=frozenset(map(stem, listed["epistemic"])),
        things=frozenset(map(stem, listed["things"])),
        verbs=frozenset(listed["verbs"]),
        content=frozenset(listed["content"]),
        terminators=frozenset(listed["terminators"]),
        absent=frozenset(listed["absent"]),
    )


@cache
def relation_cues() -> PhraseTable[RelationCue]:
    """Give the table of words that state a causal or correlational relation."""
    data = _mapping(load_lexicon("causal"), "causal")
    entries: list[tuple[str, RelationCue]] = []
    for form in _FORMS:
        raw = data.get(form)
        ways = raw if isinstance(raw, dict) else {"unknown": raw}
        for way, phrases in _mapping(ways, f"causal.{form}").items():
            cue = RelationCue("causal", "no_difference" if way == "none" else _direction(way), form, way == "none")
            entries.extend((phrase, cue) for phrase in _phrases(phrases, f"causal.{form}.{way}"))
    for way, phrases in _mapping(data.get("correlational"), "causal.correlational").items():
        direction = "no_difference" if way == "none" else _direction(way)
        cue = RelationCue("correlational", direction, "link", way == "none")
        entries.extend((phrase, cue) for phrase in _phrases(phrases, f"causal.correlational.{way}"))
    return PhraseTable(entries)


@cache
def motion_cues() -> PhraseTable[Direction]:
    """Give the table of words that say which way an outcome went."""
    data = _mapping(load_lexicon("causal"), "causal")
    entries = (
        (phrase, _direction(way))
        for way, phrases in _mapping(data.get("motion"), "causal.motion").items()
        for phrase in _phrases(phrases, f"causal.motion.{way}")
    )
    return PhraseTable(entries)


@cache
def causal_words(name: str) -> PhraseTable[str]:
    """Give one plain list of ``causal.yaml``: ``assigned``, ``observed``, ``evidence`` or ``actors``."""
    data = _mapping(load_lexicon("causal"), "causal")
    return PhraseTable(((phrase, phrase) for phrase in _phrases(data.get(name), f"causal.{name}")), by="written")


@cache
def word_set(name: str) -> frozenset[str]:
    """Give one of the closed sets of words of ``causal.yaml``, in lower case."""
    data = _mapping(_mapping(load_lexicon("causal"), "causal").get("words"), "causal.words")
    return frozenset(_phrases(data.get(name), f"causal.words.{name}"))


@cache
def change_cues() -> PhraseTable[Direction]:
    """Give the table of words that say which way something moved."""
    data = _mapping(load_lexicon("causal"), "causal")
    return PhraseTable(
        (phrase, _direction(way))
        for way, phrases in _mapping(data.get("change"), "causal.change").items()
        for phrase in _phrases(phrases, f"causal.change.{way}")
    )


@cache
def comparison_cues() -> PhraseTable[str]:
    """Give the table of words that set one treatment above another."""
    data = _mapping(load_lexicon("causal"), "causal")
    return PhraseTable((phrase, phrase) for phrase in _phrases(data.get("comparison"), "causal.comparison"))


@cache
def quantifier_cues() -> PhraseTable[QuantifierLevel]:
    """Give the table of quantifying words."""
    data = _mapping(load_lexicon("quantifiers"), "quantifiers")
    levels = data.get("levels")
    if not isinstance(levels, list):
        raise ResourceError("rules/lexicon/quantifiers.yaml: levels must be a list")
    entries: list[tuple[str, QuantifierLevel]] = []
    for rank, raw in enumerate(levels):
        item = _mapping(raw, f"quantifiers.levels[{rank}]")
        share = item.get("share")
        if not isinstance(share, list) or len(share) != 2:  # noqa: PLR2004 - a pair
            raise ResourceError(f"rules/lexicon/quantifiers.yaml: levels[{rank}].share must be a pair of numbers")
        level = QuantifierLevel(str(item.get("name")), rank, int(share[0]), int(share[1]))
        entries.extend((phrase, level) for phrase in _phrases(item.get("words"), f"quantifiers.levels[{rank}].words"))
    return PhraseTable(entries, by="written")


@cache
def counted_nouns() -> Mapping[str, str]:
    """Map the stem of a noun to its class, ``people`` or ``studies``."""
    data = _mapping(load_lexicon("quantifiers"), "quantifiers")
    return {
        stem(word): kind for kind in ("people", "studies") for word in _phrases(data.get(kind), f"quantifiers.{kind}")
    }


@cache
def stop_stems() -> frozenset[str]:
    """Give the stems of words without content."""
    data = _mapping(load_lexicon("words"), "words")
    return frozenset(stem(word) for word in _phrases(data.get("stop"), "words.stop"))


@dataclass(frozen=True, slots=True)
class Opposite:
    """One side, 1 or -1, of a numbered pair of opposites."""

    pair: int
    side: int


@cache
def opposite_words() -> Mapping[tuple[int, int], tuple[str, ...]]:
    """Give the words of each side of each pair of opposites, by the pair's number and the side, 1 or -1."""
    data = _mapping(load_lexicon("opposites"), "opposites")
    pairs = data.get("pairs")
    if not isinstance(pairs, list) or not all(isinstance(pair, list) and len(pair) == 2 for pair in pairs):  # noqa: PLR2004
        raise ResourceError("rules/lexicon/opposites.yaml: pairs must be a list of pairs of lists")
    return {
        (number, side): tuple(_phrases(phrases, f"opposites.pairs[{number}]"))
        for number, pair in enumerate(pairs)
        for side, phrases in zip((1, -1), pair, strict=True)
    }


@cache
def opposites() -> PhraseTable[Opposite]:
    """Give the table of words that exclude one another when said of the same thing."""
    return PhraseTable(
        ((phrase, Opposite(*key)) for key, phrases in opposite_words().items() for phrase in phrases),
        by="written",
    )


@cache
def _observing_words() -> PhraseTable[str]:
    data = _mapping(load_lexicon("gaps"), "gaps")
    return PhraseTable(((phrase, phrase) for phrase in _phrases(data.get("observing"), "gaps.observing")), by="written")


def observes(text: str) -> bool:
    """Tell whether a text speaks of looking at something, or of knowing it."""
    return next(iter(_observing_words().find(words(text))), None) is not None


@cache
def _research_words() -> PhraseTable[str]:
    data = _mapping(load_lexicon("gaps"), "gaps")
    return PhraseTable(((phrase, phrase) for phrase in _phrases(data.get("research"), "gaps.research")), by="written")


def asks_for_research(text: str) -> bool:
    """Tell whether a recommendation asks for studies, so that what they are to look at is not known."""
    return next(iter(_research_words().find(words(text))), None) is not None


@cache
def gap_phrases() -> PhraseTable[str]:
    """Give the table of phrases that say that something was not studied."""
    data = _mapping(load_lexicon("gaps"), "gaps")
    return PhraseTable(((phrase, phrase) for phrase in _phrases(data.get("gaps"), "gaps.gaps")), by="stem")


@cache
def dissuading() -> PhraseTable[str]:
    """Give the table of words by which advice is not to do something."""
    data = _mapping(load_lexicon("gaps"), "gaps")
    return PhraseTable(
        ((phrase, phrase) for phrase in _phrases(data.get("dissuading"), "gaps.dissuading")), by="written"
    )


@cache
def people_roles() -> PhraseTable[int]:
    """Give the table of people by their part ("parents"); values number the parts, of which nobody has two."""
    data = _mapping(load_lexicon("people"), "people")
    roles = data.get("roles")
    if not isinstance(roles, list):
        raise ResourceError("rules/lexicon/people.yaml: roles must be a list")
    return PhraseTable(
        ((name, number) for number, names in enumerate(roles) for name in _phrases(names, f"people.roles[{number}]")),
        by="written",
    )


_FIRST_PERSON = frozenset({"i", "we", "my", "our", "ours", "mine", "us"})


@cache
def _personal_words() -> frozenset[str]:
    data = _mapping(load_lexicon("words"), "words")
    return frozenset(_phrases(data.get("personal"), "words.personal"))


def first_person(text: str) -> bool:
    """Tell whether a text speaks of the writer's own affairs ("our default mix has five species")."""
    return any(word.text.lower() in _FIRST_PERSON and word.text != "US" for word in words(text))


def own_matter(text: str) -> bool:
    """Tell whether a text speaks of its writer's or reader's own affairs ("your 40 homes"), not of the evidence."""
    return any(word.text.lower() in _personal_words() and word.text != "US" for word in words(text))


@cache
def _inferring_phrases() -> PhraseTable[str]:
    data = _mapping(load_lexicon("words"), "words")
    phrases = _phrases(data.get("inferring"), "words.inferring")
    return PhraseTable(((phrase, phrase) for phrase in phrases), by="written")


def infers(text: str) -> bool:
    """Tell whether a text draws what it says from something else ("hence around 16 hours")."""
    return next(iter(_inferring_phrases().find(words(text))), None) is not None


Operation = Literal["sum", "part", "rest", "difference", "share", "product"]
_OPERATIONS: tuple[Operation, ...] = ("sum", "part", "rest", "difference", "share", "product")


@cache
def _operation_cues() -> PhraseTable[Operation]:
    data = _mapping(load_lexicon("derivations"), "derivations")
    _known(data, set(_OPERATIONS), "derivations")
    entries = [(phrase, name) for name in _OPERATIONS for phrase in _phrases(data.get(name), f"derivations.{name}")]
    return PhraseTable(entries, by="written")


def operations(text: str) -> frozenset[Operation]:
    """Give the steps of arithmetic that a text speaks of ("apart" of a difference, "altogether" of a sum)."""
    return frozenset(hit.value for hit in _operation_cues().find_all(words(text)))


@cache
def effect_nouns() -> frozenset[str]:
    """Give the stems of the nouns by which any field speaks of what is done and what comes of it."""
    data = _mapping(load_lexicon("words"), "words")
    return frozenset(stem(noun) for noun in _phrases(data.get("effects"), "words.effects"))


@cache
def source_nouns() -> frozenset[str]:
    """Give the stems of the nouns by which a text names the source it tells of."""
    data = _mapping(load_lexicon("words"), "words")
    return frozenset(stem(noun) for noun in _phrases(data.get("source"), "words.source"))


@cache
def sequence_cues() -> PhraseTable[str]:
    """Give the words of order in time; values ``after`` (what follows comes first), ``before``, or ``first``."""
    data = _mapping(_mapping(load_lexicon("words"), "words").get("sequence"), "words.sequence")
    _known(data, {"after", "before", "first"}, "words.sequence")
    return PhraseTable(
        ((phrase, kind) for kind, entry in data.items() for phrase in _phrases(entry, f"words.sequence.{kind}")),
        by="written",
    )


@cache
def boundary_cues() -> PhraseTable[str]:
    """Give the words that part a sentence between its figures; values ``boundary`` or ``respectively``."""
    data = _mapping(load_lexicon("words"), "words")
    return PhraseTable(
        (phrase, kind) for kind in ("boundary", "respectively") for phrase in _phrases(data.get(kind), f"words.{kind}")
    )


@cache
def synonym_words() -> tuple[tuple[str, ...], ...]:
    """Give the groups of words and phrases that say the same."""
    data = _mapping(load_lexicon("synonyms"), "synonyms")
    groups = data.get("groups")
    if not isinstance(groups, list):
        raise ResourceError("rules/lexicon/synonyms.yaml: groups must be a list")
    return tuple(tuple(_phrases(group, f"synonyms.groups[{index}]")) for index, group in enumerate(groups))


@cache
def synonym_groups() -> PhraseTable[str]:
    """Give the table that maps a word or phrase to the first word of its synonym group."""
    return PhraseTable((name, f"~{names[0]}") for names in synonym_words() for name in names)


def _direction(way: object) -> Direction:
    match way:
        case "increase" | "decrease" | "no_difference" | "unknown":
            return way
        case _:
            raise ResourceError(f"rules/lexicon/causal.yaml: unknown direction {way!r}")


def _mapping(value: object, where: str) -> dict[str, object]:
    if not isinstance(value, dict):
        raise ResourceError(f"rules/lexicon: {where} must be a mapping")
    return {str(key): item for key, item in value.items()}


def _phrases(value: object, where: str) -> list[str]:
    if not isinstance(value, list) or not all(isinstance(item, str) for item in value):
        # an unquoted no, on or off is a boolean to YAML
        raise ResourceError(f"rules/lexicon: {where} must be a list of words (quote no, on, off, yes and numbers)")
    return list(value)


def _known(data: Mapping[str, object], allowed: set[str], where: str) -> None:
    for key in data:
        if key not in allowed:
            raise ResourceError(f"rules/lexicon/{where}.yaml: unknown key {key!r}")


@cache
def reach_words(name: str) -> tuple[str, ...]:
    """Give one list of ``reach.yaml``: ``lasting``, ``of_effects``, ``unsure``, ``single`` or ``studies``."""
    return tuple(_phrases(_mapping(load_lexicon("reach"), "reach").get(name), f"reach.{name}"))


@cache
def study_designs() -> Mapping[str, int]:
    """Map kinds of study to their weight, the lightest first; raises ResourceError where the list is malformed."""
    levels = _mapping(load_lexicon("reach"), "reach").get("designs")
    if not isinstance(levels, list):
        raise ResourceError("rules/lexicon/reach.yaml: designs must be a list of lists")
    return {
        concept: weight
        for weight, level in enumerate(levels)
        for concept in _phrases(level, f"reach.designs[{weight}]")
    }


@cache
def whole_words(name: str) -> tuple[str, ...]:
    """Give one list of ``wholes.yaml``: ``total_rows``, ``made_of`` or ``open_parts``."""
    return tuple(_phrases(_mapping(load_lexicon("wholes"), "wholes").get(name), f"wholes.{name}"))


@cache
def exhaustive_pairs() -> frozenset[frozenset[str]]:
    """Give the pairs of kinds that between them are all there is; raises ResourceError where the list is malformed."""
    pairs = _mapping(load_lexicon("wholes"), "wholes").get("halves")
    if not isinstance(pairs, list):
        raise ResourceError("rules/lexicon/wholes.yaml: halves must be a list of pairs")
    return frozenset(frozenset(_phrases(pair, f"wholes.halves[{place}]")) for place, pair in enumerate(pairs))
