"""Facts by words, by concepts under any name, and by figures."""

from __future__ import annotations

import pytest

from evidencelint.curating.search import search
from evidencelint.factbase.load import parse_facts

BASE = parse_facts(
    """\
sources: [{key: lee2021}]
vocabulary:
  measure:
    dropout: [dropout, left the programme early, attrition]
    cost: [cost, price]
  arm: {club: [breakfast club, club]}
facts:
  - {id: leavers, quote: In the breakfast clubs 12% left the programme early., slots: {measure: dropout}}
  - {id: price, quote: A breakfast club costs 1.6 thousand euros a year.}
  - {id: range, quote: Between 30% and 45% of pupils came daily., at: "Table 2"}
  - {id: plain, quote: Teachers liked the club.}
""",
    "facts.yaml",
    None,
)


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        ("attrition", ["leavers"]),
        ("dropout", ["leavers"]),
        ("12%", ["leavers"]),
        ("twelve per cent", ["leavers"]),
        ("12", []),
        ("1,600 euros", ["price"]),
        ("45%", ["range"]),
        ("Table", ["range"]),
        ("teacher", ["plain"]),
        # what has less than half of it is left out
        ("what did the club cost", ["price"]),
        ("in the clubs", ["leavers", "plain", "price"]),
        ("teechers", ["plain"]),
        ("thousend", ["price"]),
        ("programe", ["leavers"]),
        ("99%", []),
        # a figure that is wrong does not hide the fact that it should be
        ("99% left the programme early", ["leavers"]),
        ("the of and", []),
        ("", []),
        ("nowhere", []),
    ],
)
def test_what_is_found(query: str, expected: list[str]) -> None:
    assert [found.fact.id for found in search(BASE, query)] == expected


def test_scores_fall_from_one_and_the_limit_holds() -> None:
    found = search(BASE, "club", limit=2)
    assert len(found) == 2
    assert all(1 >= each.score > 0 for each in found)
    assert search(BASE, "teachers liked the club")[0].score == 1.0


def test_it_is_told_what_a_fact_has_of_the_query() -> None:
    assert search(BASE, "12% attrition")[0].why == "figure 12%, measure dropout"
    assert search(BASE, "teechers club")[0].why == "arm club, teechers"
