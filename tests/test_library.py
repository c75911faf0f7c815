from __future__ import annotations

import pytest

from evidencelint.bibliography import Library, Work
from evidencelint.citations import prose_citations
from evidencelint.model import Citation, CitationKind, Span

WORKS = {
    work.key: work
    for work in (
        Work("delacruz2020", ("de la Cruz", "Ångström"), 2020, "Carpets", "10.1000/A", ("José", "Britta")),
        Work("marlow2019a", ("Marlow",), 2019, "One", None, ("Ana",), (("pmid", "12345678"),)),
        Work("marlow2019b", ("Marlow",), 2019, "Two", None, ("A.",), (("url", "https://www.x.example/b/"),)),
        Work("who2018", ("World Health Organization",), 2018, "Limits", None, ("",), aliases=("w18",)),
        Work("board2017", ("National Board",), 2017, "Sound", None, short="NB"),
        Work("arx2016", ("Øre",), 2016, "Archive", None, ("O.",), (("arxiv", "2101.00001v1"),)),
    )
}
LIBRARY = Library(WORKS)


def keys(text: str) -> list[tuple[str, ...]]:
    return [LIBRARY.keys_of(citation) for citation in prose_citations(text)]


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("de la Cruz and Ångström (2020)", ["delacruz2020"]),
        ("De La Cruz (2020)", ["delacruz2020"]),
        ("Cruz (2020)", ["delacruz2020"]),
        ("José de la Cruz (2020)", ["delacruz2020"]),
        ("Angstrom (2020)", ["delacruz2020"]),
        ("MARLOW (2019)", ["marlow2019a", "marlow2019b"]),
        ("WHO (2018)", ["who2018"]),
        ("World Health Organization (2018)", ["who2018"]),
        ("NB (2017)", ["board2017"]),
        ("Ore (2016)", ["arx2016"]),
        ("However Marlow (2019)", ["marlow2019a", "marlow2019b"]),
        ("Marlow (2018)", []),
        ("Harlow (2019)", []),
        ("Peter Paul Cruz (2020)", []),
    ],
)
def test_author_and_year(text: str, found: list[str]) -> None:
    assert keys(text) == [tuple(found)]


@pytest.mark.parametrize(
    ("kind", "target", "found"),
    [
        ("key", "w18", ("who2018",)),
        ("key", "nobody", ("nobody",)),
        ("doi", "10.1000/a", ("delacruz2020",)),
        ("pmid", "12345678", ("marlow2019a",)),
        ("url", "x.example/b", ("marlow2019b",)),
        ("arxiv", "2101.00001v3", ("arx2016",)),
        ("url", "y.example", ()),
        ("footnote", "1", ()),
    ],
)
def test_keys_and_identifiers(kind: CitationKind, target: str, found: tuple[str, ...]) -> None:
    assert LIBRARY.keys_of(Citation(Span(0, 1), kind, target)) == found


def test_slips_of_a_name() -> None:
    assert LIBRARY.near_names("Marlowe") == ["Marlow"]
    assert LIBRARY.near_names("Malrow") == ["Marlow"]
    assert LIBRARY.near_names("Harlow") == []
    assert LIBRARY.near_names("Cruz") == []
    assert LIBRARY.near_names("Marlow") == []
    assert LIBRARY.near_names("Oree") == []


def test_a_library_is_a_mapping_of_works() -> None:
    assert "w18" in LIBRARY
    assert LIBRARY["w18"] is WORKS["who2018"]
    assert len(LIBRARY) == len(WORKS) + 1
    assert set(LIBRARY) == {*WORKS, "w18"}
