"""Lists of words: ``words``, ``people``, ``reach``, ``wholes`` and ``arithmetic.yaml``."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache

from evidencelint.errors import ResourceError
from evidencelint.lexicon.shapes import as_mapping, as_phrases, read_lists, refuse_unknown
from evidencelint.words import PhraseTable, stem, words

_FIRST_PERSON = frozenset({"i", "we", "my", "our", "ours", "mine", "us"})


@cache
def stop_stems() -> frozenset[str]:
    """Give the stems of words without content."""
    data = read_lists("words")
    return frozenset(stem(word) for word in as_phrases(data.get("stop"), "words.stop"))


@cache
def effect_nouns() -> frozenset[str]:
    """Give the stems of the nouns by which any field speaks of what is done and what comes of it."""
    data = read_lists("words")
    return frozenset(stem(noun) for noun in as_phrases(data.get("effects"), "words.effects"))


@cache
def source_nouns() -> frozenset[str]:
    """Give the stems of the nouns by which a text names the source it tells of."""
    data = read_lists("words")
    return frozenset(stem(noun) for noun in as_phrases(data.get("source"), "words.source"))


@cache
def sequence_cues() -> PhraseTable[str]:
    """Give the words of order in time; values ``after`` (what follows comes first), ``before``, or ``first``."""
    data = as_mapping(read_lists("words").get("sequence"), "words.sequence")
    refuse_unknown(data, {"after", "before", "first"}, "words.sequence")
    return PhraseTable(
        ((phrase, kind) for kind, entry in data.items() for phrase in as_phrases(entry, f"words.sequence.{kind}")),
        by="written",
    )


@cache
def boundary_cues() -> PhraseTable[str]:
    """Give the words that part a sentence between its figures; values ``boundary`` or ``respectively``."""
    data = read_lists("words")
    return PhraseTable(
        (phrase, kind)
        for kind in ("boundary", "respectively")
        for phrase in as_phrases(data.get(kind), f"words.{kind}")
    )


@cache
def idioms() -> PhraseTable[str]:
    """Give the phrases in which a word means no thing of its own ("under control"); each is its own value."""
    phrases = as_phrases(read_lists("words").get("idioms"), "words.idioms")
    return PhraseTable(((phrase, phrase) for phrase in phrases), by="written")


@cache
def company() -> frozenset[str]:
    """Give the words after people who are only there beside those whom a statement is about, as written."""
    return frozenset(as_phrases(read_lists("words").get("company"), "words.company"))


@cache
def clause_openers() -> tuple[str, ...]:
    """Give the words that open a clause inside a sentence."""
    return tuple(as_phrases(read_lists("words").get("openers"), "words.openers"))


@cache
def _personal_words() -> frozenset[str]:
    data = read_lists("words")
    return frozenset(as_phrases(data.get("personal"), "words.personal"))


def first_person(text: str) -> bool:
    """Tell whether a text speaks of the writer's own affairs ("our default mix has five species")."""
    return any(word.text.lower() in _FIRST_PERSON and word.text != "US" for word in words(text))


def own_matter(text: str) -> bool:
    """Tell whether a text speaks of its writer's or reader's own affairs ("your 40 homes"), not of the evidence."""
    return any(word.text.lower() in _personal_words() and word.text != "US" for word in words(text))


@cache
def people_roles() -> PhraseTable[int]:
    """Give the table of people by their part ("parents"); values number the parts, of which nobody has two."""
    data = read_lists("people")
    roles = data.get("roles")
    if not isinstance(roles, list):
        raise ResourceError("rules/lexicon/people.yaml: roles must be a list")
    return PhraseTable(
        ((name, number) for number, names in enumerate(roles) for name in as_phrases(names, f"people.roles[{number}]")),
        by="written",
    )


@dataclass(frozen=True, slots=True)
class PeopleKind:
    """Words for people who are set against one another (as written), and words by which a text knows of them."""

    groups: frozenset[str]
    known_by: frozenset[str]


@cache
def kinds_of_people() -> tuple[PeopleKind, ...]:
    """Give the kinds by which people are compared in any field; raises ResourceError where the list is malformed."""
    kinds = read_lists("people").get("kinds")
    if not isinstance(kinds, list):
        raise ResourceError("rules/lexicon/people.yaml: kinds must be a list")
    entries = [as_mapping(kind, f"people.kinds[{place}]") for place, kind in enumerate(kinds)]
    return tuple(
        PeopleKind(*(frozenset(as_phrases(entry.get(key), f"people.kinds.{key}")) for key in ("groups", "known_by")))
        for entry in entries
    )


@cache
def faring_words(name: str) -> frozenset[str]:
    """Give the words by which people are said to fare (``faring``), or by how much (``by_how_much``)."""
    return frozenset(as_phrases(read_lists("people").get(name), f"people.{name}"))


@cache
def reach_words(name: str) -> tuple[str, ...]:
    """Give one list of ``reach.yaml``: ``lasting``, ``of_effects``, ``unsure``, ``single``, ``sole`` or ``studies``."""
    return tuple(as_phrases(read_lists("reach").get(name), f"reach.{name}"))


@cache
def study_designs() -> Mapping[str, int]:
    """Map kinds of study to their weight, the lightest first; raises ResourceError where the list is malformed."""
    levels = read_lists("reach").get("designs")
    if not isinstance(levels, list):
        raise ResourceError("rules/lexicon/reach.yaml: designs must be a list of lists")
    return {
        concept: weight
        for weight, level in enumerate(levels)
        for concept in as_phrases(level, f"reach.designs[{weight}]")
    }


@cache
def _features() -> tuple[tuple[str, ...], ...]:
    features = read_lists("reach").get("features")
    if not isinstance(features, list):
        raise ResourceError("rules/lexicon/reach.yaml: features must be a list of lists")
    return tuple(tuple(as_phrases(phrases, f"reach.features[{place}]")) for place, phrases in enumerate(features))


def every_feature() -> tuple[str, ...]:
    """Give a word for each feature of a design."""
    return tuple(phrases[0] for phrases in _features())


@cache
def design_features() -> PhraseTable[int]:
    """Give the table of the features of a design ("randomised"); values number the features."""
    return PhraseTable(
        ((phrase, number) for number, phrases in enumerate(_features()) for phrase in phrases), by="written"
    )


@cache
def _without() -> PhraseTable[str]:
    return PhraseTable(
        ((phrase, phrase) for phrase in as_phrases(read_lists("reach").get("without"), "reach.without")), by="written"
    )


def lacks_or_asks(text: str) -> bool:
    """Tell whether a text denies something or asks for it, so that what it names need not be there."""
    return next(iter(_without().find(words(text))), None) is not None


@cache
def whole_words(name: str) -> tuple[str, ...]:
    """Give one list of ``wholes.yaml``: ``total_rows``, ``rest_rows``, ``made_of`` or ``open_parts``."""
    return tuple(as_phrases(read_lists("wholes").get(name), f"wholes.{name}"))


@cache
def exhaustive_pairs() -> frozenset[frozenset[str]]:
    """Give the pairs of kinds that between them are all there is; raises ResourceError where the list is malformed."""
    pairs = read_lists("wholes").get("halves")
    if not isinstance(pairs, list):
        raise ResourceError("rules/lexicon/wholes.yaml: halves must be a list of pairs")
    return frozenset(frozenset(as_phrases(pair, f"wholes.halves[{place}]")) for place, pair in enumerate(pairs))


@cache
def arithmetic_words(name: str) -> tuple[str, ...]:
    """Give one list of ``arithmetic.yaml``; raises ResourceError where there is none of the name."""
    return tuple(as_phrases(read_lists("arithmetic").get(name), f"arithmetic.{name}"))
