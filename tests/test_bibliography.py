from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from evidencelint.bibliography import Work, load_all, load_bibliography, parse_csl_json
from evidencelint.errors import BibliographyError

WORKS = """[
  {"id": "lee2021", "type": "article-journal", "title": "Breakfast  clubs",
   "author": [{"family": "Lee", "given": "A."}, {"literal": "School Meals Board"}, {"given": "B."}],
   "issued": {"date-parts": [[2021, 5]]}, "DOI": "10.1000/xyz"},
  {"id": 7}
]"""


def test_works() -> None:
    assert parse_csl_json(WORKS, "refs.json") == {
        "lee2021": Work("lee2021", ("Lee", "School Meals Board"), 2021, "Breakfast clubs", "10.1000/xyz"),
        "7": Work("7", (), None, "", None),
    }


@pytest.mark.parametrize(
    ("issued", "year"),
    [
        ('{"date-parts": [["2019"]]}', 2019),
        ('{"literal": "Spring 2018"}', 2018),
        ('{"raw": "2017-03-01"}', 2017),
        ('{"date-parts": [[1e999]]}', None),
        ('{"date-parts": [[true]]}', None),
        ('{"date-parts": []}', None),
        ('{"date-parts": {"0": 1}}', None),
        ('{"literal": "n.d."}', None),
        ('"2016"', 2016),
    ],
)
def test_years(issued: str, year: int | None) -> None:
    assert parse_csl_json(f'[{{"id": "a", "issued": {issued}}}]', "refs.json")["a"].year == year


def test_a_list_without_works_is_allowed() -> None:
    assert parse_csl_json(" [ ] \n", "refs.json") == {}


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("", "refs.json:1:1: is empty; export the bibliography as CSL JSON"),
        ('\n {"id": "a"}', "refs.json:2:2: must be a list of works; export the bibliography as CSL JSON"),
        ("@article{a}", "refs.json:1:1: must be a list of works; export the bibliography as CSL JSON"),
        ('[{"id": "a"},\n  3]', "refs.json:2:3: [1]: must be a work with an id, in braces"),
        ('[\n{"title": "x"}]', "refs.json:2:1: [0].id: must be text or a whole number; every work needs one"),
        ('[{"id": true}]', "refs.json:1:2: [0].id: must be text or a whole number; every work needs one"),
        ('[{"id": " "}]', "refs.json:1:2: [0].id: must be text or a whole number; every work needs one"),
        ('[\n{"id": 1},\n\n {"id": "1"}]', "refs.json:4:2: [1].id: 1 is the id of the work in line 2 too"),
        ('[\n{"id": "a",}]', "refs.json:2:"),
        ('[{"id": "a"}\n{"id": "b"}]', "refs.json:2:1: not valid JSON: a comma or the closing bracket is missing;"),
        ('[{"id": "a"}', "refs.json:1:13: not valid JSON: a comma or the closing bracket is missing;"),
        ('[{"id": "a"},]', "refs.json:1:14: not valid JSON: Expecting value;"),
        ("[]\n x", "refs.json:2:2: not valid JSON: something follows the list"),
        ("[" * 100_000, "refs.json:1:2: nested too deeply for a work"),
    ],
)
def test_complaints(text: str, message: str) -> None:
    with pytest.raises(BibliographyError) as caught:
        parse_csl_json(text, "refs.json")
    assert str(caught.value).startswith(message)


def test_files(tmp_path: Path) -> None:
    (tmp_path / "refs.json").write_text(WORKS, encoding="utf-8")
    assert list(load_bibliography(tmp_path / "refs.json")) == ["lee2021", "7"]
    with pytest.raises(BibliographyError) as caught:
        load_bibliography(tmp_path / "none.json")
    assert str(caught.value) == f"{tmp_path / 'none.json'}:1:1: no such bibliography; check the path"
    with pytest.raises(BibliographyError, match="is a folder; name the bibliography file in it"):
        load_bibliography(tmp_path)


def outcome(text: str) -> Mapping[str, Work] | BibliographyError:
    try:
        return parse_csl_json(text, "refs.json")
    except BibliographyError as error:
        return error


def test_several_files_are_one_bibliography(tmp_path: Path) -> None:
    for name in ("a", "b"):
        (tmp_path / name).write_text(f'[{{"id": "{name}"}}]', encoding="utf-8")
    assert load_all([]) is None
    assert list(load_all([tmp_path / "a", tmp_path / "b"]) or ()) == ["a", "b"]


@given(st.text(st.sampled_from('[]{}",: id1e9.-truenl\\\n\ud800')) | st.text())
def test_any_text_gives_works_or_an_error_with_a_place(text: str) -> None:
    for candidate in (text, f"[{text}]", f'[{{"id": "a", "issued": {text}}}]'):
        result = outcome(candidate)
        assert not isinstance(result, BibliographyError) or result.position is not None
