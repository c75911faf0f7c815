"""Relations that lean on another, negations that cancel, and levels that are the same."""

from __future__ import annotations

import pytest

from evidencelint.claims import ClaimReader
from evidencelint.factbase.vocabulary import general_vocabulary
from evidencelint.frames import Relation

READER = ClaimReader(general_vocabulary())


def relations(text: str) -> list[Relation]:
    (claims,) = READER.read_quotes([text])
    return [relation for claim in claims for relation in claim.relations]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            "The high dose reduced pain, but the low dose did not.",
            {("The high dose", "decrease"), ("the low dose", "no_difference")},
        ),
        ("Oats lowered cholesterol, but not blood pressure.", {("Oats", "decrease"), ("Oats", "no_difference")}),
        (
            "The outage was caused by a typo, not by the attack.",
            {("a typo", "increase"), ("the attack", "no_difference")},
        ),
        (
            "The course cut side effects without raising the relapse rate.",
            {("The course", "decrease"), ("The course", "no_difference")},
        ),
        ("The statin lowered cholesterol more than the diet did.", {("The statin", "decrease")}),
    ],
)
def test_causes_and_directions(text: str, expected: set[tuple[str, str]]) -> None:
    assert {(relation.cause, relation.direction) for relation in relations(text)} == expected


def test_a_contrast_is_no_part_of_the_effect() -> None:
    assert [r.effect for r in relations("Oats lowered cholesterol, but not blood pressure.")] == [
        "cholesterol",
        "blood pressure",
    ]


@pytest.mark.parametrize(
    ("text", "direction", "negated"),
    [
        ("Nobody denies that alcohol increases the risk of cancer.", "increase", False),
        ("The inspectors never doubted that the ban reduced bullying.", "decrease", False),
        ("Nothing has cut the bill more than turning off idle machines.", "decrease", False),
        ("Nothing reduced pain more than placebo.", "no_difference", True),
        ("The reform is far from effective in reducing fraud.", "no_difference", True),
        ("The vaccine neither caused fever nor triggered seizures.", "no_difference", True),
        ("The strike was not without effect on prices.", "unknown", False),
        ("It was not the ban that lowered bullying.", "no_difference", True),
        ("Children not given honey had shorter colds with zinc.", "decrease", False),
        ("No one complained, and the sugar tax reduced soda sales.", "decrease", False),
        ("Although costs did not fall, the app reduced errors.", "decrease", False),
        ("The sedative made driving performance worse.", "decrease", False),
        ("The cream made the rash worse.", "increase", False),
        ("The splint is effective for carpal tunnel syndrome.", "decrease", False),
        ("Survival was the same in men and women.", "no_difference", False),
        ("The robot was no more accurate than the surgeon.", "no_difference", True),
        ("Smokers were less often free of relapse.", "decrease", False),
    ],
)
def test_directions_and_negations(text: str, direction: str, negated: bool) -> None:  # noqa: FBT001
    found = relations(text)
    assert found
    assert {(relation.direction, relation.negated) for relation in found} == {(direction, negated)}


def test_what_is_forbidden_is_not_denied() -> None:
    for text in ("Schools must not exceed the limit of thirty pupils.", "The lake may not be used for bathing."):
        (claims,) = READER.read_quotes([text])
        assert [claim.certainty.negated for claim in claims] == [False]
