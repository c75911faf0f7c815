"""What the repairs of the parse may and may not do to a tree."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from evidencelint.claims.repair import repaired
from evidencelint.model import Span, Token
from evidencelint.nlp import parse

WORDS = ("the", "tax", "lowered", "lowers", "cut", "did", "not", "that", "and", ",", "prices", "reading", "to", "given")
LABELS = ("ROOT", "nsubj", "dobj", "amod", "compound", "ccomp", "acl", "relcl", "aux", "conj", "pobj", "neg", "nmod")
TAGS = (
    ("NOUN", "NNS"),
    ("VERB", "VBD"),
    ("VERB", "VBN"),
    ("VERB", "VBZ"),
    ("ADJ", "JJR"),
    ("ADP", "IN"),
    ("AUX", "VBD"),
)


@st.composite
def trees(draw: st.DrawFn) -> list[Token]:
    """Give any words in any tree."""
    size = draw(st.integers(2, 14))
    root = draw(st.integers(0, size - 1))
    order = [root, *draw(st.permutations([i for i in range(size) if i != root]))]
    heads = {root: root}
    for place, index in enumerate(order[1:], 1):
        heads[index] = order[draw(st.integers(0, place - 1))]
    tokens, start = [], 0
    for index in range(size):
        text = draw(st.sampled_from(WORDS))
        pos, tag = draw(st.sampled_from(TAGS))
        label = "ROOT" if index == root else draw(st.sampled_from(LABELS[1:]))
        tokens.append(Token(text, pos, tag, label, heads[index], Span(start, start + len(text))))
        start += len(text) + 1
    return tokens


def is_tree(tokens: tuple[Token, ...]) -> bool:
    for start in range(len(tokens)):
        here = start
        for _ in tokens:
            here = tokens[here].head
        if tokens[here].head != here:
            return False
    return True


@given(trees())
@settings(max_examples=400, deadline=None)
def test_every_repair_leaves_a_tree(tokens: list[Token]) -> None:
    after = repaired(tokens)
    assert is_tree(after)
    assert [(t.text, t.span) for t in after] == [(t.text, t.span) for t in tokens]


@pytest.mark.parametrize(
    ("text", "verb", "subject", "thing"),
    [
        ("The absence of a library lowered reading scores in the villages.", "lowered", "absence", "scores"),
        ("Shade cloth mitigates heat stress.", "mitigates", "cloth", "stress"),
        ("There is little evidence that breakfast aids weight loss.", "aids", "breakfast", "loss"),
        ("The study offers no proof that mergers lower prices.", "lower", "mergers", "prices"),
        ("The statin lowered cholesterol more than the diet did.", "lowered", "statin", "cholesterol"),
        ("Zinc, unlike vitamin C, shortened colds.", "shortened", "Zinc", "colds"),
        ("Schools that had no library scored lower in the test.", "scored", "Schools", None),
        ("There is little evidence that rent control lowered memory use.", "lowered", "control", "use"),
    ],
)
def test_lost_verbs(text: str, verb: str, subject: str, thing: str | None) -> None:
    (tokens,) = parse([text])
    after = repaired(tokens)
    place = next(i for i, token in enumerate(after) if token.text == verb)
    found = {token.dep: token.text for token in after if token.head == place}
    assert (found.get("nsubj"), found.get("dobj")) == (subject, thing)


@pytest.mark.parametrize(
    "text",
    [
        "Patients with reduced lung function need oxygen.",
        "The trials reported improved sleep and reduced anxiety.",
        "One trial is thin ice to build on.",
        "It costs more, though one trial is thin ice to build on.",
    ],
)
def test_what_is_no_lost_verb(text: str) -> None:
    (tokens,) = parse([text])
    assert repaired(tokens) == tokens
