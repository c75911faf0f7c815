"""What the reader makes of a sentence: the same frames for drafts and for the quotes of facts."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Literal

from evidencelint.model import SLOTS, Citation, ClaimKind, Direction, PassageKind, Quantity, Span, Strength

Mood = Literal["statement", "question", "recommendation", "condition", "rejection"]
Slots = Mapping[str, frozenset[str]]
NO_SLOTS: Slots = {slot: frozenset() for slot in SLOTS}


@dataclass(frozen=True, slots=True)
class Mention:
    """A vocabulary concept named in a text."""

    slot: str
    concept: str
    span: Span


@dataclass(frozen=True, slots=True)
class Cue:
    """A word or phrase of the lexicon found in a clause; ``kind`` is its list, such as ``hedge``."""

    kind: str
    text: str
    span: Span


@dataclass(frozen=True, slots=True)
class Relation:
    """A stated relation: what acts, on what, which way, and how strongly it is put.

    ``cause`` and ``effect`` are pieces of the text (empty where the clause does not name them);
    ``cue`` is the word that states the relation, ``negated`` says that it is denied, and ``hedges`` are the words
    that weaken it. ``sign`` is the way its own words point where they do (what something "causes" has a direction,
    increase, but no sign), and ``compared`` marks groups that only differ. Of strength ``none`` is a relation that is
    only asked about, planned, supposed or rejected.
    """

    cause: str
    effect: str
    direction: Direction
    strength: Strength
    cue: Span
    negated: bool = False
    hedges: tuple[str, ...] = ()
    sign: Direction = "unknown"
    compared: bool = False

    @property
    def acts(self) -> bool:
        """Tell whether one thing is said to act on another, not only to go with it."""
        return not self.compared and self.strength not in {"none", "correlational"}


@dataclass(frozen=True, slots=True)
class Quantifier:
    """How much of a group a clause speaks of: rank 0 (none) to 6 (all), and the noun's class."""

    name: str
    rank: int
    low: int
    high: int
    noun: str
    span: Span


@dataclass(frozen=True, slots=True)
class Certainty:
    """How sure a clause is of what it says.

    ``level`` is 4 asserted, 3 weakly hedged, 2 hedged, 1 an idea or an open question, and 0 where the
    clause asserts nothing (a question, a recommendation, a condition, a claim it rejects): ``mood`` says which.
    What is not ``owned`` the text tells without saying it itself: a myth, a title, an item of what is missing.
    """

    hedges: tuple[str, ...] = ()
    boosters: tuple[Cue, ...] = ()
    absolutes: tuple[Cue, ...] = ()
    negations: tuple[Cue, ...] = ()
    negated: bool = False
    attribution: str | None = None
    level: int = 4
    mood: Mood = "statement"
    owned: bool = True


@dataclass(frozen=True, slots=True)
class Figure:
    """One quantity with the part of the sentence that belongs to it.

    ``stated`` slots stand in the sentence, ``filled`` ones come from its surroundings; ``local`` are
    the terms of the figure's own part, ``shared`` those of the rest of its sentence; ``arrival`` marks a
    figure that something rose or fell *to*, ``when`` a duration that says when another figure was measured.
    """

    quantity: Quantity
    stated: Slots
    filled: Slots
    local: frozenset[str]
    shared: frozenset[str]
    negated: bool = False
    arrival: bool = False
    when: bool = False


@dataclass(frozen=True, slots=True)
class Claim:
    """A clause and everything the reader knows about it; spans are offsets into the document.

    ``direction`` is the way the clause says something moved, whether or not it names a cause; ``denied``
    are the ways it says that something did not move. ``verb`` is the word that asserts, where the clause was parsed.
    ``relation`` is the most prominent of its ``relations``.
    ``citations`` are those that belong to the clause, with what its footnotes cite.
    """

    span: Span
    sentence: Span
    text: str
    kind: ClaimKind
    passage: PassageKind
    figures: tuple[Figure, ...] = ()
    set_aside: tuple[Quantity, ...] = ()
    relation: Relation | None = None
    relations: tuple[Relation, ...] = ()
    direction: Direction = "unknown"
    denied: frozenset[Direction] = frozenset()
    certainty: Certainty = field(default_factory=Certainty)
    quantifiers: tuple[Quantifier, ...] = ()
    stated: Slots = field(default_factory=lambda: NO_SLOTS)
    filled: Slots = field(default_factory=lambda: NO_SLOTS)
    mentions: tuple[Mention, ...] = ()
    terms: frozenset[str] = frozenset()
    context: frozenset[str] = frozenset()
    verb: Span | None = None
    citations: tuple[Citation, ...] = ()
