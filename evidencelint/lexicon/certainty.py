"""The cues of certainty, and how far they reach: ``certainty.yaml``."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache

from evidencelint.lexicon.shapes import as_mapping, as_phrases, read_lists, refuse_unknown
from evidencelint.words import PhraseTable, stem

_FLAT_CUES = (
    "hedge", "weak_hedge", "speculation", "open", "inquiry", "recommendation", "condition", "attribution", "rejection",
    "denial", "unproven", "booster",
)  # fmt: skip


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
    data = read_lists("certainty")
    refuse_unknown(data, {*_FLAT_CUES, "negation", "absolute", "scope"}, "certainty")
    entries = [(phrase, kind) for kind in _FLAT_CUES for phrase in as_phrases(data.get(kind), f"certainty.{kind}")]
    for family in ("negation", "absolute"):
        for part, phrases in as_mapping(data.get(family), f"certainty.{family}").items():
            entries.extend((phrase, f"{family}.{part}") for phrase in as_phrases(phrases, f"certainty.{family}.{part}"))
    return PhraseTable(entries, by="written")


@cache
def cue_scope() -> CueScope:
    """Give the exceptions to the reach of cues; ``epistemic`` and ``things`` hold stems, the rest words as written."""
    scope = as_mapping(read_lists("certainty").get("scope"), "certainty.scope")
    listed = {part: as_phrases(scope.get(part), f"certainty.scope.{part}") for part in CueScope.__slots__}
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
