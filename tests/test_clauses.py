from __future__ import annotations

import pytest

from evidencelint.claims.clauses import split_clauses
from evidencelint.nlp import parse


def clauses(text: str) -> list[str]:
    (tokens,) = parse([text])
    return [text[span.start : span.end] for span in split_clauses(tokens)]


@pytest.mark.parametrize(
    ("text", "count"),
    [
        ("The tax reduced smoking.", 1),
        ("The tax reduced smoking, but it may hurt small shops.", 2),
        ("Smoking fell in the north, whereas it rose in the south.", 2),
        ("The tax reduced smoking and drinking.", 1),
        ("The authors suggest that the tax reduced smoking.", 1),
        ("The permit took nine weeks on average, so ask for it early.", 2),
        ("About half of the flats were empty, so please ask us first.", 2),
        ("The tax rose, so fewer people smoked.", 1),
    ],
)
def test_statements_of_their_own(text: str, count: int) -> None:
    assert len(clauses(text)) == count


def test_clauses_cover_the_sentence_in_order() -> None:
    text = "While prices rose in towns, they fell in villages; nobody knows why."
    found = clauses(text)
    assert "".join("".join(found).split()) == "".join(text.split())
