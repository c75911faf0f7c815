"""Sentences of several fields, construction by construction: what of them is read, which way, and whether it is denied.

The label is of the relation that shares most words with the cause and the effect named. A sentence is listed in
``tests/data/constructions.yaml`` only if it is read as labelled: these are no measure, ``tests/measures`` has those.
"""

from __future__ import annotations

from pathlib import Path

import pytest
import yaml

from evidencelint.claims import ClaimReader
from evidencelint.factbase.vocabulary import general_vocabulary
from evidencelint.frames import Relation
from evidencelint.words import stems

DATA = Path(__file__).parent / "data" / "constructions.yaml"
SENTENCES = [tuple(row) for rows in yaml.safe_load(DATA.read_text(encoding="utf-8")).values() for row in rows]
READER = ClaimReader(general_vocabulary())


def pair(text: str, cause: str, effect: str) -> Relation:
    found = [relation for claims in READER.read_quotes([text]) for claim in claims for relation in claim.relations]
    return max(found, key=lambda r: 2 * common(effect, r.effect) + common(cause, r.cause))


def common(wanted: str, named: str) -> float:
    ours, theirs = set(stems(wanted)), set(stems(named))
    return len(ours & theirs) / len(ours | theirs) if theirs else 0.0


@pytest.mark.parametrize(("text", "cause", "effect", "strength", "direction", "negated"), SENTENCES)
def test_reads_what_a_construction_says(
    text: str, cause: str, effect: str, strength: str, direction: str, *, negated: bool
) -> None:
    found = pair(text, cause, effect)
    assert (found.strength, found.direction, found.negated) == (strength, direction, negated)


SUBJECTS = [
    "The levy",
    "Hedges",
    "Removing the fee",
    "Aspirin",
    "The merger of the two hospitals",
    "A daily walk",
    "Telework",
]


@pytest.mark.parametrize("subject", SUBJECTS)
@pytest.mark.parametrize(
    "frame",
    [
        "{S} reduced the risk of falls, and the budget did not rise.",
        "{S} reduced the risk of falls, whereas fines did not.",
        "{S} reduced the risk of falls, none of which was foreseen.",
        "{S} reduced the risk of falls (no other change was made).",
        "{S} reduced the risk of falls and did not raise costs.",
        "{S}, which had never been tried before, reduced the risk of falls.",
        "Although prices did not fall, {s} reduced the risk of falls.",
        "Prices did not fall; {s} reduced the risk of falls.",
        "Prices did not fall, but {s} reduced the risk of falls.",
        "Fines neither helped nor harmed, while {s} reduced the risk of falls.",
        "Unlike fines, {s} reduced the risk of falls.",
    ],
)
def test_a_negation_stays_in_its_own_clause(subject: str, frame: str) -> None:
    text = frame.format(S=subject, s=subject if subject.isupper() else subject[0].lower() + subject[1:])
    found = pair(text, subject, "the risk of falls")
    assert (found.direction, found.negated) == ("decrease", False)


@pytest.mark.parametrize("subject", SUBJECTS)
@pytest.mark.parametrize(
    "frame",
    [
        "At no dose did {s} reduce the risk of falls.",
        "{S} neither reduced the risk of falls nor saved money.",
        "{S} never reduced the risk of falls.",
        "{S} did not succeed in reducing the risk of falls.",
        "{S} came too late to reduce the risk of falls.",
        "{S} cut costs without reducing the risk of falls.",
        "No change in the risk of falls was seen after {s}.",
        "It was not {s} that reduced the risk of falls.",
    ],
)
def test_a_negation_reaches_what_it_denies(subject: str, frame: str) -> None:
    text = frame.format(S=subject, s=subject if subject.isupper() else subject[0].lower() + subject[1:])
    found = pair(text, subject, "the risk of falls")
    assert (found.direction, found.negated) == ("no_difference", True)
