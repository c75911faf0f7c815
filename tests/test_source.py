from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from evidencelint.errors import DocumentError
from evidencelint.model import Position, Span
from evidencelint.source import Source, read_source


def test_lines_end_at_crlf_lf_or_a_lone_cr() -> None:
    source = Source("a.md", "a\r\nb\rc\nd")
    assert [source.position(at) for at in range(len(source.text) + 1)] == [
        (1, 1),
        (1, 2),
        (1, 3),
        (2, 1),
        (2, 2),
        (3, 1),
        (3, 2),
        (4, 1),
        (4, 2),
    ]


def test_other_separators_end_no_line() -> None:
    source = Source("a.md", "a\u2028b\x85c\x0bd\x0ce")
    assert source.position(8) == (1, 9)


def test_columns_count_code_points() -> None:
    text = "5 µg 𝛼 67%"
    assert Source("a.md", text).position(text.index("67")) == (1, 8)


def test_a_slice_is_the_text_as_written() -> None:
    assert Source("a.md", "some text").slice(Span(5, 9)) == "text"


@pytest.mark.parametrize("offset", [-1, 2])
def test_an_offset_outside_is_an_error(offset: int) -> None:
    with pytest.raises(ValueError, match="outside the document"):
        Source("a.md", "a").position(offset)


def test_a_byte_order_mark_counts_as_a_code_point() -> None:
    source = read_source(b"\xef\xbb\xbfabc", "a.md")
    assert source.text == "\ufeffabc"
    assert source.position(1) == (1, 2)


def test_an_empty_file_is_fine() -> None:
    assert read_source(b"", "a.md").text == ""


@pytest.mark.parametrize(
    ("data", "position", "part"),
    [
        ("é\nab".encode() + b"\xe9", Position("a.md", 2, 3), "byte 5 (0xe9) is not UTF-8; save the file as UTF-8"),
        (b"ab\ncd\x00", Position("a.md", 2, 3), "byte 5 is NUL"),
        ("a".encode("utf-16"), Position("a.md", 1, 1), "UTF-16"),
        ("a".encode("utf-32"), Position("a.md", 1, 1), "UTF-32"),
        (b"\xfe\xff\x00a", Position("a.md", 1, 1), "UTF-16"),
    ],
)
def test_what_is_not_utf8_is_refused_with_its_place(data: bytes, position: Position, part: str) -> None:
    with pytest.raises(DocumentError) as caught:
        read_source(data, "a.md")
    assert caught.value.position == position
    assert part in caught.value.message


@given(st.text(max_size=100).filter(lambda text: "\0" not in text))
def test_text_survives(text: str) -> None:
    assert read_source(text.encode(), "a.md").text == text


@given(st.binary(max_size=100))
def test_bytes_are_decoded_or_refused(data: bytes) -> None:
    try:
        source = read_source(data, "a.md")
    except DocumentError:
        return
    assert source.text.encode() == data
