from __future__ import annotations

from functools import cache

import pytest

from evidencelint.citations import with_citations
from evidencelint.claims import ClaimReader
from evidencelint.documents.markdown import read_markdown
from evidencelint.factbase.vocabulary import general_vocabulary
from evidencelint.source import Source


@cache
def reader() -> ClaimReader:
    return ClaimReader(general_vocabulary())


def owned(text: str) -> list[tuple[str, list[str]]]:
    """Give the first word of each clause with the targets of its citations; notes are named by their label."""
    document = read_markdown(Source("x.md", text))
    claims = with_citations(reader().read(document), document)
    return [(claim.text.split()[0], [citation.target for citation in claim.citations]) for claim in claims]


@pytest.mark.parametrize(
    ("text", "clauses"),
    [
        ("Pain fell by 3 points [@a].", [("Pain", ["a"])]),
        ("Pain fell by 3 points. [@a]", [("Pain", ["a"])]),
        ("Pain fell by 3 points. [@a] Sleep rose by 4 points.", [("Pain", ["a"]), ("Sleep", [])]),
        (
            "Pain fell by 3 points.[^1] Sleep rose.\n\n[^1]: [@a], p. 3",
            [("Pain", ["1", "a"]), ("Sleep", []), ("p.", ["a"])],
        ),
        ("Pain fell by 3 points. @a reports that sleep rose.", [("Pain", []), ("reports", ["a"])]),
        ("@a reports that pain fell by 3 points.", [("reports", ["a"])]),
        ("Pain fell. {cite:t}`a` reports that sleep rose {cite:p}`b`.", [("Pain", []), ("reports", ["a", "b"])]),
        ("[@a] reports that pain fell.", [("reports", ["a"])]),
        (
            "Pain fell by 3 points [@a], while sleep rose by 4 points [@b].",
            [("Pain", ["a"]), ("while", ["b"])],
        ),
        ("Pain fell by 3 points, while sleep rose by 4 points [@b].", [("Pain", ["b"]), ("while", ["b"])]),
        ("Pain fell by 3 points [@a], while sleep rose by 4 points.", [("Pain", ["a"]), ("while", [])]),
        ("Pain fell by 3 points [@a; @b] [@c].", [("Pain", ["a", "b", "c"])]),
        (
            "In Marlow (2020) pain fell by 3 points, while sleep rose by 4 points.",
            [("In", ["Marlow 2020"]), ("while", ["Marlow 2020"])],
        ),
        ("Pain fell by 3 points (Marlow, 2020; Lee, 2019).", [("Pain", ["Marlow 2020", "Lee 2019"])]),
        ("Pain fell ([trial](https://doi.org/10.1000/a)).", [("Pain", ["10.1000/a"])]),
        ("Pain fell [@a].\n\nSleep rose (ibid.).", [("Pain", ["a"]), ("Sleep", ["", "a"])]),
        (
            "From one trial [@a]:\n\n- pain fell\n- sleep rose [@b]",
            [("From", ["a"]), ("pain", ["a"]), ("sleep", ["b"])],
        ),
        ("- Outer [@a]\n    - pain fell", [("Outer", ["a"]), ("pain", ["a"])]),
        ("- Outer [@a]:\n    - pain fell", [("Outer", ["a"]), ("pain", ["a"])]),
        ("A note^[See [@a].] stands here.", [("A", ["a"]), ("See", ["a"])]),
    ],
)
def test_which_citations_belong_to_which_clause(text: str, clauses: list[tuple[str, list[str]]]) -> None:
    assert owned(text) == clauses


def test_tables() -> None:
    text = (
        "Table: Results [@a]\n\n| x | y [@h] | source |\n| - | - | - |\n| pain | 3% | [@b] |\n| sleep | 4% | none |\n"
    )
    found = dict(owned(text))
    assert found["3%"] == ["b", "h", "a"]
    assert found["4%"] == ["h", "a"]


def test_a_label_is_found_whatever_its_case() -> None:
    assert owned("Pain fell.[^A]\n\n[^a]: [@k] here")[0] == ("Pain", ["A", "k"])


def test_nothing_cited_changes_nothing() -> None:
    document = read_markdown(Source("x.md", "Pain fell by 3 points."))
    claims = reader().read(document)
    assert with_citations(claims, document) == claims
