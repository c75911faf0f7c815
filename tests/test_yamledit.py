from __future__ import annotations

from pathlib import Path

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from evidencelint.errors import FactBaseError
from evidencelint.yamledit import YamlText, flow, scalar, write_whole
from evidencelint.yamlio import read_yaml

TEXT = """# head
x-where: &where {at: Results}
facts:
  # one
  - id: a   # the first
    quote: >-
      hello
      world

  # two
  - {id: b, quote: "c, d"}
  # three
  - quote: z
    id: c
    status: candidate
# end
"""


def edited() -> YamlText:
    return YamlText(TEXT, "facts.yaml", FactBaseError)


def test_a_key_is_put_and_nothing_else_moves() -> None:
    text = edited()
    text.put("status", "candidate", "facts", 0)
    text.put("at", "Results: one", "facts", 1)
    text.put("quote", "new, one", "facts", 2)
    assert text.text == TEXT.replace("      world\n", "      world\n    status: candidate\n").replace(
        '"c, d"}', '"c, d", at: "Results: one"}'
    ).replace("quote: z", 'quote: "new, one"')


def test_a_folded_text_is_replaced_whole() -> None:
    text = edited()
    text.replace("short", "facts", 0, "quote")
    assert text.text == TEXT.replace(">-\n      hello\n      world", "short")


@pytest.mark.parametrize(
    ("index", "key", "gone"),
    [(2, "status", "    status: candidate\n"), (2, "id", "    id: c\n"), (1, "quote", ', quote: "c, d"')],
)
def test_a_key_is_dropped_with_its_line(index: int, key: str, gone: str) -> None:
    text = edited()
    text.drop(key, "facts", index)
    assert text.text == TEXT.replace(gone, "")
    text.drop("none", "facts", index)
    assert text.text == TEXT.replace(gone, "")


def test_the_first_key_of_an_item_leaves_the_dash() -> None:
    text = edited()
    text.drop("quote", "facts", 2)
    assert text.text == TEXT.replace("  - quote: z\n    id: c", "  - id: c")


def test_comments_outlive_the_items_below_them() -> None:
    text = edited()
    for index in (2, 1, 0):
        text.remove(index, "facts")
    assert [line for line in text.text.splitlines() if "#" in line] == [
        "# head",
        "  # one",
        "  # two",
        "  # three",
        "# end",
    ]
    assert text.count("facts") == 0
    text.insert(["id: n", "quote: q"], -1, "facts")
    assert text.value("facts", 0, "id") == "n"


def test_an_item_is_inserted_where_it_belongs() -> None:
    text = edited()
    text.insert(["id: n", 'quote: "q"'], 0, "facts")
    assert text.text == TEXT.replace("      world\n", '      world\n  - id: n\n    quote: "q"\n')


def test_an_item_goes_to_an_editor_and_back() -> None:
    text = edited()
    block = text.block(0, "facts")
    assert block == "id: a   # the first\nquote: >-\n  hello\n  world\n"
    text.replace_block(0, block, "facts")
    assert text.text == TEXT
    text.replace_block(0, "id: a\nquote: b\nnote: |\n  two\n  lines\n", "facts")
    assert text.value("facts", 0, "note") == "two\nlines\n"


def test_what_would_not_be_read_again_is_refused() -> None:
    text = edited()
    with pytest.raises(FactBaseError, match="tags such as"):
        text.replace_block(0, "id: !!python/name:os.system x", "facts")
    assert text.text == TEXT


def test_a_file_is_written_whole_and_keeps_its_mode(tmp_path: Path) -> None:
    path = tmp_path / "facts.yaml"
    path.write_text("a", encoding="utf-8")
    path.chmod(0o640)
    write_whole(path, "b: ä\n")
    assert (path.read_text(encoding="utf-8"), path.stat().st_mode & 0o777) == ("b: ä\n", 0o640)
    assert [entry.name for entry in tmp_path.iterdir()] == ["facts.yaml"]


WORDS = st.text(st.characters(codec="utf-8", exclude_categories=("Cs", "Cc", "Cn", "Co")), max_size=30)


@given(WORDS)
def test_a_scalar_is_read_back_as_it_was(text: str) -> None:
    for line in (f"a: {scalar(text)}\n", f"a: {flow([text])}\n", f"a: {flow({'k': text})}\n"):
        if any(not character.isprintable() for character in text):
            continue
        data = yaml.load(line, Loader=yaml.BaseLoader)["a"]  # noqa: S506 - scalars stay strings
        assert (data if isinstance(data, str) else data[0] if isinstance(data, list) else data["k"]) == text


@given(st.lists(st.tuples(st.sampled_from(["put", "drop", "remove", "insert"]), st.integers(0, 5), WORDS), max_size=6))
def test_edits_keep_every_comment_and_do_only_what_they_say(edits: list[tuple[str, int, str]]) -> None:
    text = edited()
    for what, number, word in edits:
        count = text.count("facts")
        index = number % count if count else 0
        before = [dict(item.mapping()) for item in read_yaml(text.text, "f", FactBaseError).mapping()["facts"].items()]
        shown = [{key: value.text for key, value in item.items()} for item in before]
        clean = "".join(c for c in word if c.isprintable())
        if what == "insert":
            text.insert([f"id: {scalar(clean)}"], index if count else -1, "facts")
            shown.insert(index + 1 if count else 0, {"id": clean})
        elif not count:
            continue
        elif what == "put":
            text.put("note", clean, "facts", index)
            shown[index]["note"] = clean
        elif what == "drop" and len(shown[index]) > 1:
            text.drop("id", "facts", index)
            shown[index].pop("id", None)
        elif what == "remove":
            text.remove(index, "facts")
            del shown[index]
        after = read_yaml(text.text, "f", FactBaseError).mapping()["facts"].items()
        assert [{key: value.text for key, value in item.mapping().items()} for item in after] == shown
        assert [c for c in ("# head", "# one", "# two", "# three", "# end") if c not in text.text] == []


@pytest.mark.parametrize(
    ("index", "left"),
    [(0, "[{key: b}, {key: c}]"), (1, "[{key: a}, {key: c}]"), (2, "[{key: a}, {key: b}]")],
)
def test_an_item_of_a_list_in_brackets_is_taken_out_with_one_comma(index: int, left: str) -> None:
    text = YamlText("sources: [{key: a}, {key: b}, {key: c}] # three\n", "facts.yaml", FactBaseError)
    text.remove(index, "sources")
    assert text.text == f"sources: {left} # three\n"


def test_the_last_item_of_a_list_leaves_an_empty_list() -> None:
    text = YamlText("sources:\n  - key: a\nfacts: []\n", "facts.yaml", FactBaseError)
    text.remove(0, "sources")
    assert text.text == "sources: []\nfacts: []\n"
