from __future__ import annotations

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from evidencelint.citations import is_cite_role, is_cross_reference, role_citations, scan_citations, wiki_citation
from evidencelint.documents.masking import blank
from evidencelint.model import Span


def found(text: str) -> list[tuple[str, str, str]]:
    return [(c.kind, c.target, text[c.span.start : c.span.end]) for c in scan_citations(text).citations]


def prose(text: str) -> str:
    return " ".join(blank(text, scan_citations(text).hidden).split())


@pytest.mark.parametrize(
    ("text", "keys", "left"),
    [
        ("x [@a] y", ["a"], "x y"),
        ("x [@a; see @b, pp. 33-35 and passim].", ["a", "b"], "x ."),
        ("x [-@a] y", ["a"], "x y"),
        ("@a says 5", ["a"], "says 5"),
        ("-@a says 5", ["a"], "says 5"),
        ("@a [p. 33] says 5", ["a"], "says 5"),
        ("@a\n[p. 33] says 5", ["a"], "says 5"),
        ("@a says [p. 33]", ["a"], "says [p. 33]"),
        ("@{https://x?y} 5", ["https://x?y"], "5"),
        ("@Foo_bar.baz.", ["Foo_bar.baz"], "."),
        ("@a--b", ["a"], "--b"),
        ("@a's", ["a"], "'s"),
        ("@10.1056/NEJM-5, z", ["10.1056/NEJM-5"], ", z"),
        ("(@a)", ["a"], "( )"),
        ("[see @a [p. 3]; @b]", ["a", "b"], ""),
        ("[outer [@a] 5]", ["a"], "[outer 5]"),
        ("[12] [1, 2] [55–79]", [], "[1, 2] [55–79]"),
        ("[@fig-x and 5] @tbl-2 @Sec-a z", [], "z"),
        ("@figure", ["figure"], ""),
        ("a@b x/@c .@d \0name", [], "a@b x/@c .@d \0name"),
        ("@ 5 and @-x", [], "@ 5 and @-x"),
        ("] [ @a", ["a"], "] ["),
    ],
)
def test_pandoc_citations(text: str, keys: list[str], left: str) -> None:
    assert [target for _, target, _ in found(text)] == keys
    assert prose(text) == left


def test_spans_are_the_smallest_piece_that_names_the_target() -> None:
    text = "[see -@a, p. 3; @{b c}] and [^n1]"
    assert found(text) == [("key", "a", "@a"), ("key", "b c", "@{b c}"), ("footnote", "n1", "[^n1]")]


def test_an_inline_footnote_is_a_note_and_not_prose() -> None:
    text = "Yes^[In @a, 5 of [@b p. 3]] and ^[x]."
    scan = scan_citations(text)
    assert [text[note.start : note.end] for note in scan.notes] == ["In @a, 5 of [@b p. 3]", "x"]
    assert [each.target for each in scan.citations] == ["a", "b"]
    assert prose(text) == "Yes In , 5 of and x ."


def test_offsets_within_a_span_are_those_of_the_text() -> None:
    text = "@a | @b [p. 2] | @c"
    scan = scan_citations(text, Span(4, 15))
    assert [text[c.span.start : c.span.end] for c in scan.citations] == ["@b"]
    assert scan.hidden == (Span(5, 7), Span(8, 14))


@pytest.mark.parametrize("role", ["cite", "cite:p", "cite:t", "citep", "footcite", "footcite:t", "footfullcite"])
def test_cite_roles(role: str) -> None:
    assert is_cite_role(role)


@pytest.mark.parametrize("role", ["ref", "excited", "numref", "code", "cites-not!"])
def test_other_roles(role: str) -> None:
    assert not is_cite_role(role)


def test_the_keys_of_a_role() -> None:
    text = "`a; {see}b{fig 1},c`"
    assert [each.target for each in role_citations(text, Span(0, len(text)))] == ["a", "b", "c"]


def test_literature_notes() -> None:
    citation = wiki_citation("[[@a.b|x]]", Span(0, 10))
    assert citation is not None
    assert (citation.target, citation.span) == ("a.b", Span(2, 6))
    assert wiki_citation("[[a]]", Span(0, 5)) is None


def test_cross_references() -> None:
    assert is_cross_reference("fig-flow")
    assert is_cross_reference("Tbl-1")
    assert not is_cross_reference("figflow")
    assert not is_cross_reference("smith-fig-1")


@given(st.text(alphabet="[]@^-{} ;.a1_\n\0", max_size=80))
def test_the_scan_stays_inside_the_text(text: str) -> None:
    scan = scan_citations(text)
    for span in (*scan.hidden, *scan.notes, *(each.span for each in scan.citations)):
        assert 0 <= span.start <= span.end <= len(text)
    assert len(blank(text, scan.hidden)) == len(text)


@pytest.mark.parametrize("unit", ["[", "]", "[@a", "@a[", "@", "^[", "[^", "@{", "-@a.", "@a]", "@a:"])
def test_the_scan_is_linear(unit: str) -> None:
    started = time.process_time()
    scan_citations(unit * (200_000 // len(unit)))
    assert time.process_time() - started < 3
