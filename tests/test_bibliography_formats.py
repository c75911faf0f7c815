from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from contextlib import suppress
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from evidencelint.bibliography import (
    Memory,
    Work,
    load_bibliography,
    parse_bibtex,
    parse_csl_yaml,
    parse_ris,
)
from evidencelint.bibliography.retractions import parse_retractions
from evidencelint.cache import Store
from evidencelint.errors import BibliographyError
from evidencelint.model import Position

BIB = r"""% a comment
@string{jo = "Journal of " # other}
@string{other = {Noise}}
@article{marlow2020, author = {Marlow, Ana and van der Berg, Jo and others},
  title = {The {Effect} of $x$ on 50\% --- a Review}, journal = jo,
  year = 2020, doi = {https://doi.org/10.1000/ABC}, pmid = {12345678}, ids = {marlow20, m20}}
@book{who2019, author = "{World Health Organization}", shortauthor = {WHO}, date = {2019-05}, title = "Limits " # other}
@inproceedings{k, author = {M{\"u}ller, {\O}ystein}, crossref = {p}}
@proceedings{p, editor = {Lee, Kim}, year = {in press 2018}, title = {Proceedings}}
@misc{a, author = {Jean de la Fontaine and Knuth, D. E. and {A and B Ltd}}, eprint = {2101.00001}, eprinttype = {arXiv}}
@misc{twice, title = {one}, title = {two}}
"""


def brief(works: Mapping[str, Work]) -> dict[str, tuple[tuple[str, ...], int | None, str, str | None]]:
    return {key: (work.authors, work.year, work.title, work.doi) for key, work in works.items()}


def test_bibtex() -> None:
    works = parse_bibtex(BIB, "refs.bib")
    assert brief(works) == {
        "marlow2020": (("Marlow", "van der Berg"), 2020, "The Effect of $x$ on 50% — a Review", "10.1000/ABC"),
        "who2019": (("World Health Organization",), 2019, "Limits Noise", None),
        "k": (("Müller",), 2018, "", None),
        "p": (("Lee",), 2018, "Proceedings", None),
        "a": (("de la Fontaine", "Knuth", "A and B Ltd"), None, "", None),
        "twice": ((), None, "one", None),
    }
    assert works["marlow2020"].givens == ("Ana", "Jo")
    assert works["marlow2020"].numbers == (("pmid", "12345678"),)
    assert works["marlow2020"].aliases == ("marlow20", "m20")
    assert works["who2019"].short == "WHO"
    assert works["a"].numbers == (("arxiv", "2101.00001"),)
    assert works["k"].position == Position("refs.bib", 8)


@pytest.mark.parametrize(
    ("text", "message"),
    [
        (
            "@misc{a, title={x}}\n\n@misc{a, title={y}}",
            "refs.bib:3:1: a: is the key of the entry in line 1 too; keep one",
        ),
        (
            "\n@misc{a, title={x}\n@misc{b, title={y}}",
            "refs.bib:2:1: the entry is not complete: a brace, quotation mark",
        ),
        ("@misc{, title={x}}", "refs.bib:1:1: the entry has no key; give it one"),
        ("@misc{a, title={x", "refs.bib:1:1: the entry is not complete"),
        (
            "@misc{a}\n@misc{a}\n@misc{a}",
            "refs.bib:2:1: a: is the key of the entry in line 1 too; keep one (1 more of its entries cannot be used)",
        ),
    ],
)
def test_complaints_about_bibtex(text: str, message: str, capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(BibliographyError) as caught:
        parse_bibtex(text, "refs.bib")
    assert str(caught.value).startswith(message)
    assert capsys.readouterr() == ("", "")


RIS = """TY  - JOUR
ID  - marlow2020
AU  - Marlow, Ana
AU  - van der Berg, Jo
PY  - 2020/05/03/
TI  - Carpets
DO  - 10.1000/xyz
UR  - https://x.example/a
ER  -

1.
TY  - BOOK
A1  - Lee, Kim
Y1  - 2019
T1  - Doors
ER  -
TY  - BOOK
A1  - Lee, Kim
Y1  - 2019
ER  -
"""


def test_ris() -> None:
    works = parse_ris(RIS, "refs.ris")
    assert brief(works) == {
        "marlow2020": (("Marlow", "van der Berg"), 2020, "Carpets", "10.1000/xyz"),
        "Lee2019": (("Lee",), 2019, "Doors", None),
        "Lee2019a": (("Lee",), 2019, "", None),
    }
    assert works["Lee2019"].position == Position("refs.ris", 12)


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("AU  - x\n", "refs.ris:1:1: not valid RIS: a record must begin with a line “TY  - ”"),
        ("\nTY  - JOUR\nAU  - x\n", "refs.ris:2:1: the record has no end"),
        ("TY  - JOUR\nTY  - JOUR\nER  - \n", "refs.ris:1:1: the record has no end"),
        (
            "TY  - JOUR\nID  - a\nER  - \nTY  - JOUR\nID  - a\nER  - \n",
            "refs.ris:4:1: ID: a is the ID of the record in line 1 too; keep one",
        ),
    ],
)
def test_complaints_about_ris(text: str, message: str) -> None:
    with pytest.raises(BibliographyError) as caught:
        parse_ris(text, "refs.ris")
    assert str(caught.value).startswith(message)


YAML = """references:
- id: marlow2020
  author:
  - {family: Marlow, given: Ana}
  - {family: Berg, given: Jo, non-dropping-particle: van der}
  issued: {date-parts: [[2020, 5]]}
  title: Carpets
  DOI: 10.1000/xyz
  PMID: 12345678
- {id: 7, author: School Board, issued: 2019-05}
- {id: y, author: [{literal: Board}], issued: [{year: 2018}]}
"""


def test_csl_yaml() -> None:
    works = parse_csl_yaml(YAML, "refs.yaml")
    assert brief(works) == {
        "marlow2020": (("Marlow", "van der Berg"), 2020, "Carpets", "10.1000/xyz"),
        "7": (("School Board",), 2019, "", None),
        "y": (("Board",), 2018, "", None),
    }
    assert brief(parse_csl_yaml("- {id: a}", "x")) == {"a": ((), None, "", None)}


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("a: 1", "refs.yaml:1:1: the file: must be a list of works, or have one under references"),
        ("- {title: x}", "refs.yaml:1:3: [0]: id is missing; every work needs one"),
        ("- {id: a}\n- {id: a}", "refs.yaml:2:8: [1].id: a is the id of the work in line 1 too"),
        ("- [a]", "refs.yaml:1:3: [0]: must be a mapping of keys to values, not a list"),
        ("- {id: a", "refs.yaml:1:9: not valid YAML"),
    ],
)
def test_complaints_about_csl_yaml(text: str, message: str) -> None:
    with pytest.raises(BibliographyError) as caught:
        parse_csl_yaml(text, "refs.yaml")
    assert str(caught.value).startswith(message)


def test_retractions() -> None:
    head = "RetractionDate,RetractionNature,OriginalPaperDOI,OriginalPaperPubMedID,Reason\n"
    rows = (
        '6/1/2020 0:00,Retraction,10.1000/A,123,"+Data;+Figures;"\n'
        ",Expression of concern,10.1000/b,0,\n"
        ",Retraction,10.1000/c,unavailable,\n"
        ",Reinstatement,10.1000/C,,\n"
    )
    found = parse_retractions(head + rows, "list.csv")
    assert {key: (notice.nature, notice.date, notice.position.line) for key, notice in found.items()} == {
        ("doi", "10.1000/a"): ("Retraction", "6/1/2020", 2),
        ("pmid", "123"): ("Retraction", "6/1/2020", 2),
        ("doi", "10.1000/b"): ("Expression of concern", "", 3),
    }
    with pytest.raises(BibliographyError, match=r"list\.csv:1:1: has neither a column OriginalPaperDOI nor"):
        parse_retractions("a,b\n1,2\n", "list.csv")


PIECES = {
    "bib": [
        "@article{a,",
        "@string{x=",
        "}",
        "{",
        '"',
        ",",
        "=",
        "title",
        "\n",
        " and ",
        "\\",
        "%",
        "#",
        "crossref={a}",
    ],
    "ris": ["TY  - JOUR\n", "ER  - \n", "AU  - A, B\n", "ID  - x\n", "\n", "junk\n", "\r", "TY  -\n", "\u2028"],
    "yaml": [
        "- id: a\n",
        "  author: [{family: X}]\n",
        "references:\n",
        "{",
        "]",
        "&a ",
        "*a",
        "\n",
        "  issued: 2020\n",
    ],
    "csv": ["OriginalPaperDOI\n", "10.1/x,1,Retraction\n", '"', ",", "\n", "\0"],
}
PARSERS: Mapping[str, Callable[[str, str], object]] = {
    "bib": parse_bibtex,
    "ris": parse_ris,
    "yaml": parse_csl_yaml,
    "csv": parse_retractions,
}


@pytest.mark.parametrize("form", sorted(PIECES))
@given(data=st.data())
@settings(deadline=None)
def test_anything_is_read_or_complained_about(form: str, data: st.DataObject) -> None:
    text = "".join(data.draw(st.lists(st.sampled_from(PIECES[form]), max_size=15)))
    with suppress(BibliographyError):
        PARSERS[form](text, "x")


def test_the_form_is_told_by_the_name_or_else_by_the_content(tmp_path: Path) -> None:
    for name, text in (("r.bib", BIB), ("r.ris", RIS), ("r.yaml", YAML), ("plain", BIB), ("other", RIS)):
        (tmp_path / name).write_text(text, encoding="utf-8")
        assert "marlow2020" in load_bibliography(tmp_path / name)


def test_what_was_read_is_remembered_by_content(tmp_path: Path) -> None:
    file, store = tmp_path / "r.bib", Store(tmp_path / "cache")
    file.write_text(BIB, encoding="utf-8")
    fresh = load_bibliography(file)
    assert load_bibliography(file, Memory(store, 0)) == fresh
    again = load_bibliography(file, Memory(store, 0))
    assert again == fresh
    for key, work in fresh.items():
        other = again[key]
        for name in ("givens", "numbers", "aliases", "short", "position"):
            assert getattr(other, name) == getattr(work, name)
    file.write_text(BIB.replace("year = 2020", "year = 2021"), encoding="utf-8")
    assert load_bibliography(file, Memory(store, 0))["marlow2020"].year == 2021
    store.close()


@pytest.mark.parametrize("damage", ["", 1, [1], [["a"]], {}, None])
def test_damage_in_a_store_is_a_miss(tmp_path: Path, damage: object) -> None:
    class Damaged:
        def get(self, keys: Sequence[bytes]) -> Mapping[bytes, object]:
            return dict.fromkeys(keys, damage)

        def put(self, values: Mapping[bytes, object]) -> None:
            assert values

    file = tmp_path / "r.bib"
    file.write_text(BIB, encoding="utf-8")
    assert load_bibliography(file, Memory(Damaged(), 0)) == load_bibliography(file)


def test_a_remembered_bibliography_is_not_parsed(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    file, store = tmp_path / "r.bib", Store(tmp_path / "cache")
    file.write_text(BIB, encoding="utf-8")
    fresh = load_bibliography(file, Memory(store, 0))

    def refuse(*_: object, **__: object) -> None:
        raise AssertionError

    monkeypatch.setattr("bibtexparser.entrypoint.parse_string", refuse)
    assert load_bibliography(file, Memory(store, 0)) == fresh
    store.close()


def test_a_store_that_cannot_be_written_is_not_missed(tmp_path: Path) -> None:
    file = tmp_path / "r.bib"
    file.write_text(BIB, encoding="utf-8")
    assert "marlow2020" in load_bibliography(file, Memory(Store(file / "no folder"), 0))


def test_what_is_short_is_not_kept(tmp_path: Path) -> None:
    class Never:
        def get(self, keys: Sequence[bytes]) -> Mapping[bytes, object]:
            raise AssertionError(keys)

        def put(self, values: Mapping[bytes, object]) -> None:
            raise AssertionError(values)

    file = tmp_path / "r.bib"
    file.write_text(BIB, encoding="utf-8")
    assert "marlow2020" in load_bibliography(file, Memory(Never()))
