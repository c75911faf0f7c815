"""Offsets and the positions of the protocol are two names of one place, in every encoding."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

pytest.importorskip("pygls")

from lsprotocol import types

from evidencelint.lsp.positions import Positions
from evidencelint.model import Span
from evidencelint.source import Source

TEXTS = st.text(st.sampled_from("aµ–😀\u0301\u2028\x0c\x85\t \n\r"), max_size=40)
ENCODINGS = st.sampled_from(["utf-8", "utf-16", "utf-32"])
WIDTHS = {"utf-8": ("utf-8", 1), "utf-16": ("utf-16-le", 2), "utf-32": ("utf-32-le", 4)}


def by_hand(text: str, offset: int, encoding: str) -> types.Position:
    lines = re.split(r"\r\n|\r|\n", text[:offset] if text[offset - 1 : offset + 1] != "\r\n" else text[: offset - 1])
    codec, width = WIDTHS[encoding]
    return types.Position(len(lines) - 1, len(lines[-1].encode(codec)) // width)


@given(text=TEXTS, encoding=ENCODINGS, data=st.data())
def test_there_and_back(text: str, encoding: str, data: st.DataObject) -> None:
    places = Positions(Source("a.md", text), encoding)
    offset = data.draw(st.integers(0, len(text)))
    if text[offset - 1 : offset + 1] == "\r\n":
        return  # within the end of a line there is no place
    assert places.position(offset) == by_hand(text, offset, encoding)
    assert places.offset(places.position(offset)) == offset


@given(text=TEXTS, encoding=ENCODINGS, line=st.integers(0, 50), character=st.integers(0, 50))
def test_any_position_is_somewhere_in_its_line(text: str, encoding: str, line: int, character: int) -> None:
    places = Positions(Source("a.md", text), encoding)
    offset = places.offset(types.Position(line, character))
    assert 0 <= offset <= len(text)
    found = places.position(offset)
    assert found.character <= character or line > found.line
    assert found.line == min(line, len(re.findall(r"\r\n|\r|\n", text)))


def test_the_middle_of_a_character_is_its_beginning() -> None:
    places = Positions(Source("a.md", "😀b"), "utf-16")
    assert [places.offset(types.Position(0, character)) for character in range(4)] == [0, 0, 1, 2]
    assert places.span(types.Range(types.Position(0, 3), types.Position(0, 0))) == Span(2, 2)
