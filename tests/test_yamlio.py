from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from evidencelint.errors import FactBaseError
from evidencelint.model import Position
from evidencelint.yamlio import Value, read_text, read_yaml, suggest


def read(text: str) -> Value:
    return read_yaml(text, "f.yaml", FactBaseError)


def complaint(text: str) -> str:
    with pytest.raises(FactBaseError) as caught:
        read(text)
    return str(caught.value)


def test_every_key_and_value_has_its_place_and_path() -> None:
    root = read("é😀: x\nmeals:\n  - {name: no, cost: 3}\n").mapping()
    assert (root["é😀"].position, root["é😀"].key_position) == (Position("f.yaml", 1, 5), Position("f.yaml", 1, 1))
    cost = root["meals"].items()[0].mapping()["cost"]
    assert (cost.key, cost.text) == ("meals[0].cost", "3")
    assert (cost.position, cost.key_position) == (Position("f.yaml", 3, 22), Position("f.yaml", 3, 16))


def test_scalars_stay_as_written() -> None:
    root = read("a: no\nb: 1.0\nc: 2020-01-01\nd: ~\ne:\n").mapping()
    assert [value.text for value in root.values()] == ["no", "1.0", "2020-01-01", "~", ""]


@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
def test_lines_are_counted_as_editors_do(end: str) -> None:
    root = read(f"a: 'x\u2028y'{end}b: z").mapping()
    assert root["b"].position == Position("f.yaml", 2, 4)


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("", "f.yaml:1:1: the file is empty; fill it, or name another"),
        ("# only a comment\n", "f.yaml:1:1: the file is empty; fill it, or name another"),
        ("a: 1\nb:\n  c: 1\n  c: 2\n", "f.yaml:4:3: b.c: the key stands twice, first in line 3"),
        ("a: !!python/object:os.x {}\n", "f.yaml:1:4: tags such as tag:yaml.org,2002:python/object:os.x are not"),
        ("a: !!str b\n", "f.yaml:1:4: tags such as tag:yaml.org,2002:str are not allowed; delete it"),
        ("- ! a\n", "f.yaml:1:3: tags such as ! are not allowed; delete it"),
        ("? [a]\n: b\n", "f.yaml:1:3: the file: keys must be plain words"),
        ("a: b: c\n", "f.yaml:1:5: not valid YAML: mapping values are not allowed in this context"),
        ("- [a, b\n", "f.yaml:2:1: not valid YAML: did not find expected ',' or ']'"),
        ("a\n---\nb\n", "f.yaml:2:1: not valid YAML: but found another document"),
        ("a: 1\nb: x\x00", "f.yaml:2:5: not valid YAML: the character U+0000 is not allowed; delete it"),
        ("a: \ud800", "f.yaml:1:4: not valid YAML: the character U+D800 is not allowed; delete it"),
        ("a: *b\n", "f.yaml:1:4: not valid YAML: found undefined alias"),
        ("[" * 41 + "]" * 41, "f.yaml:1:41: nested deeper than 40 levels"),
        ("- &a b\n" + "- *a\n" * 101, "f.yaml:102:3: more than 100 aliases; write the values out"),
        ("a: &a [*a]\n", "f.yaml:1:4: aliases nest deeper than 40 levels"),
        ("a" * 5_000_001, "f.yaml:1:1: the file is over 5 MB; split it into several"),
    ],
)
def test_complaints(text: str, message: str) -> None:
    assert complaint(text).startswith(message)


def test_the_limits_themselves_are_allowed() -> None:
    assert read("[" * 40 + "]" * 40).items()
    assert len(read("- &a b\n" + "- *a\n" * 100).items()) == 101


def test_few_aliases_cannot_become_very_many_values() -> None:
    lines = ["a0: &a0 [x, x, x, x, x, x, x, x, x]"]
    lines += [f"a{n}: &a{n} [{', '.join([f'*a{n - 1}'] * 9)}]" for n in range(1, 10)]
    assert "aliases repeat more than 100,000 values" in complaint("\n".join(lines))


def test_shapes() -> None:
    root = read("list: [a]\nmap: {b: c}\nword: d\nempty:\n").mapping()
    cases: dict[str, Callable[[], object]] = {
        "f.yaml:1:7: list: must be a mapping of keys to values, not a list": root["list"].mapping,
        "f.yaml:2:6: map: must be a list, not a mapping": root["map"].items,
        "f.yaml:3:7: word: must be a list, not text": root["word"].items,
        "f.yaml:4:7: empty: must be text, not empty": root["empty"].word,
    }
    for message, call in cases.items():
        with pytest.raises(FactBaseError) as caught:
            call()
        assert str(caught.value) == message
    assert [word.text for word in root["word"].words()] == ["d"]


@pytest.mark.parametrize(
    ("name", "known", "end"),
    [
        ("tilte", ("title", "facts"), "; did you mean title?"),
        ("xyz", ("title", "facts"), "; known: title, facts"),
        ("xyz", (), ""),
        ("xyz", tuple(f"name-{n}" for n in range(13)), ""),
    ],
)
def test_suggestions(name: str, known: tuple[str, ...], end: str) -> None:
    assert suggest(name, known) == end


def test_files_that_cannot_be_read(tmp_path: Path) -> None:
    (tmp_path / "latin.yaml").write_bytes("title: tea\nnote: caf\u00e9".encode("latin-1"))
    (tmp_path / "big.yaml").write_bytes(b"a" * 11)
    cases = {
        "none.yaml": "1:1: no such fact base; check the path",
        "": "1:1: is a folder; name the fact base file in it",
        "latin.yaml": "2:10: is not UTF-8 text; save it as UTF-8",
        "latin.yaml/x": "1:1: cannot be read (Not a directory)",
        "a\0b": "1:1: cannot be read (embedded null byte)",
    }
    for name, message in cases.items():
        with pytest.raises(FactBaseError) as caught:
            read_text(tmp_path / name, "fact base", FactBaseError)
        assert str(caught.value) == f"{tmp_path / name}:{message}"
    with pytest.raises(FactBaseError, match="is over 0 MB; split it into several files"):
        read_text(tmp_path / "big.yaml", "fact base", FactBaseError, 10)


def test_a_byte_order_mark_and_line_ends_are_no_text(tmp_path: Path) -> None:
    (tmp_path / "f.yaml").write_bytes(b"\xef\xbb\xbfa\r\nb\rc\n")
    assert read_text(tmp_path / "f.yaml", "fact base", FactBaseError) == "a\nb\nc\n"


def outcome(text: str) -> Value | FactBaseError:
    try:
        return read(text)
    except FactBaseError as error:
        return error


@given(st.text(st.sampled_from("ab:-[]{}&*!|>'\"#?, \n\t\r%@`\x00\ud800\u2028\ufeff")))
def test_any_text_gives_a_value_or_an_error_with_a_place(text: str) -> None:
    result = outcome(text)
    assert result.position is not None
    assert 1 <= result.position.line <= text.count("\n") + text.count("\r") + 1
