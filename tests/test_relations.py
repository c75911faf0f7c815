from __future__ import annotations

import pytest

from evidencelint.claims import ClaimReader
from evidencelint.claims.certainty import find_cues, meant
from evidencelint.claims.relations import read_relations
from evidencelint.claims.tree import Tree
from evidencelint.factbase.vocabulary import general_vocabulary
from evidencelint.frames import Relation
from evidencelint.nlp import parse
from evidencelint.words import words


def relations(text: str) -> list[Relation]:
    (tokens,) = parse([text])
    tree = Tree(tokens)
    return [item.relation for item in read_relations(text, tree, meant(find_cues(words(text), text), tree))]


def relation(text: str) -> Relation | None:
    return next(iter(relations(text)), None)


@pytest.mark.parametrize(
    ("text", "strength", "direction"),
    [
        ("Exercise reduces blood pressure.", "causal", "decrease"),
        ("Exercise may reduce blood pressure.", "conditional", "decrease"),
        ("Exercise did not reduce blood pressure.", "causal", "no_difference"),
        ("Exercise was associated with lower blood pressure.", "correlational", "decrease"),
        ("Smoking causes cancer.", "causal", "increase"),
        ("Screen time is linked to poor sleep.", "correlational", "increase"),
        ("Homework improves grades.", "causal", "increase"),
        ("The pill was effective in reducing fever.", "causal", "decrease"),
        ("The programme led to fewer accidents.", "causal", "decrease"),
        ("The programme drove prices up.", "causal", "increase"),
        ("The course had no effect on attendance.", "causal", "no_difference"),
        ("Traffic fell thanks to the toll.", "causal", "decrease"),
        ("Income was not related to mood.", "correlational", "no_difference"),
        ("We found no association between noise and sleep.", "correlational", "no_difference"),
        ("Height was unrelated to income.", "correlational", "no_difference"),
        ("The drug is unlikely to reduce pain.", "conditional", "no_difference"),
        ("We could not rule out that the drug increases risk.", "conditional", "increase"),
        ("People who smoke have more accidents.", "correlational", "increase"),
        ("Pain fell more in the treatment group than in the placebo group.", "causal", "decrease"),
        ("Patients given the drug were less often readmitted.", "causal", "decrease"),
        ("Exercise training improved walking distance.", "causal", "increase"),
        ("Statins prolong life in people with heart failure.", "causal", "increase"),
        ("The law, which may be extended, reduced accidents.", "causal", "decrease"),
        ("The main cause of obesity is cheap sugar.", "causal", "increase"),
        ("Sugar is behind the rise in obesity.", "causal", "increase"),
        ("Obesity stems from cheap sugar.", "causal", "increase"),
        ("The outage was triggered by an expired certificate.", "causal", "increase"),
        ("There was a reduction in falls after balance training.", "causal", "decrease"),
        ("The ban was followed by better marks.", "correlational", "increase"),
        ("In this cohort, aspirin use was followed by fewer cancers.", "correlational", "decrease"),
        ("Sugar intake was higher in obese children.", "correlational", "increase"),
        ("The trial failed to rule out an increase in strokes with the drug.", "conditional", "increase"),
        ("At no dose did the extract affect sleep.", "causal", "no_difference"),
        ("Loans did nothing to raise investment.", "causal", "no_difference"),
        ("The campaign was of no benefit to voters.", "causal", "no_difference"),
        ("Caffeine was no longer associated with insomnia.", "correlational", "no_difference"),
        ("A lack of exercise increases the risk of diabetes.", "causal", "increase"),
        ("Sugar, not fat, raises cholesterol.", "causal", "increase"),
        ("Nobody doubts that the law cut deaths.", "causal", "decrease"),
    ],
)
def test_strength_and_direction(text: str, strength: str, direction: str) -> None:
    found = relation(text)
    assert found is not None
    assert (found.strength, found.direction) == (strength, direction)


@pytest.mark.parametrize(
    "text",
    [
        "We investigate whether exercise reduces pain.",
        "Headlines said that wine prevents dementia; it does not.",
        "Supporters say it cuts crime, but the figures do not bear this out.",
        "The minister's claim that the tax created jobs is wrong.",
        "Experts have cast doubt on the claim that the diet reverses diabetes.",
        "By definition, an antipyretic reduces fever.",
        "Trials should test whether exercise reduces pain.",
        "The plan aims to reduce traffic.",
        "Does exercise reduce pain?",
        "It is a myth that exercise reduces pain.",
        "The claim that exercise reduces pain is not true.",
        "If the tax reduces smoking, the budget will shrink.",
    ],
)
def test_what_is_asked_planned_or_rejected_states_nothing(text: str) -> None:
    found = [item for item in relations(text) if "pain" in item.effect or "smoking" in item.effect]
    assert {item.strength for item in found} <= {"none"}


def test_cause_and_effect_in_active_and_passive() -> None:
    active, passive = relation("The new tax has reduced smoking."), relation("Smoking was reduced by the new tax.")
    assert active is not None
    assert passive is not None
    assert (active.cause, active.effect) == ("The new tax", "smoking")
    assert (passive.cause, passive.effect) == ("the new tax", "Smoking")


def test_all_relations_of_a_sentence() -> None:
    found = relations("The tax reduced smoking, but it did not improve health.")
    assert [(item.effect, item.direction) for item in found] == [("smoking", "decrease"), ("health", "no_difference")]


@pytest.mark.parametrize(
    "text",
    [
        "The school opened in May.",
        "Reduced fees apply.",
        "The treatment group met weekly.",
        "Prices rose in March.",
        "We reduced the dose.",
        "These results support the hypothesis.",
        "Everyone reported better relationships.",
    ],
)
def test_no_relation(text: str) -> None:
    assert relation(text) is None


@pytest.mark.parametrize(
    ("text", "directions"),
    [
        ("Attendance rose.", ["increase"]),
        ("Absences fell.", ["decrease"]),
        ("Scores did not change.", ["no_difference"]),
        ("Scores rose and absences fell.", ["increase", "decrease"]),
    ],
)
def test_direction_without_a_cause(text: str, directions: list[str]) -> None:
    (claims,) = ClaimReader(general_vocabulary()).read_quotes([text])
    assert [claim.direction for claim in claims] == directions
