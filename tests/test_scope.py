from __future__ import annotations

import pytest

from evidencelint.claims.certainty import find_cues, hedges_among, meant, negated_by, reaching
from evidencelint.claims.tree import Tree
from evidencelint.frames import Cue
from evidencelint.nlp import parse
from evidencelint.words import words


def reaching_word(text: str, word: str) -> tuple[Cue, ...]:
    (tokens,) = parse([text])
    tree = Tree(tokens)
    target = next(index for index, token in enumerate(tree.tokens) if token.text == word)
    return reaching(meant(find_cues(words(text), text), tree), tree, target)


@pytest.mark.parametrize(
    ("text", "word", "expected"),
    [
        ("The drug did not reduce pain.", "reduce", True),
        ("The drug reduced pain without causing nausea.", "reduced", False),
        ("The clinic lowered costs instead of raising them.", "lowered", False),
        ("Rather than raising costs, the clinic lowered them.", "lowered", False),
        ("Unlike aspirin, the new drug lowered fever.", "lowered", False),
        ("The filter removes bacteria but not viruses.", "removes", False),
        ("The drug failed to reduce pain.", "reduce", True),
        ("The trial failed to rule out an increase.", "increase", False),
        ("The result isn't surprising.", "surprising", True),
        ("Although it did not cure them, the drug eased pain.", "eased", False),
        ("Mulch keeps weeds down; it does not feed the soil.", "keeps", False),
        ("The tax neither raised prices nor lowered them.", "raised", True),
    ],
)
def test_negation(text: str, word: str, expected: bool) -> None:  # noqa: FBT001
    assert negated_by(reaching_word(text, word)) is expected


@pytest.mark.parametrize(
    ("text", "word", "expected"),
    [
        ("The drug may reduce pain.", "reduce", ("may",)),
        ("The drug reduced pain, but it may cause nausea.", "reduced", ()),
        ("The results suggest that the drug reduced pain.", "reduced", ("suggest",)),
        ("The drug, which some argue is overpriced, reduced pain.", "reduced", ()),
        ("You may take the tablet with water.", "take", ()),
        ("Schools may serve juice with lunch.", "serve", ()),
        ("The index should speed up searches.", "speed", ("should",)),
        ("The month of May reduced sales.", "reduced", ()),
    ],
)
def test_hedges(text: str, word: str, expected: tuple[str, ...]) -> None:
    assert hedges_among(reaching_word(text, word)) == expected
