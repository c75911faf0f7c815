from __future__ import annotations

import time
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from evidencelint.documents.markdown import read_markdown
from evidencelint.errors import DocumentError
from evidencelint.model import Document, Passage, Position
from evidencelint.source import Source


def read(text: str) -> Document:
    document = read_markdown(Source("a.md", text))
    check(document, text)
    return document


def check(document: Document, text: str) -> None:
    for passage in document.passages:
        assert len(passage.text) == len(passage.span)
        assert 0 <= passage.span.start < passage.span.end <= len(text)
        assert passage.text.strip()
        if "&" not in text:
            for at, char in enumerate(passage.text, passage.span.start):
                assert char.isspace() or char == text[at]
    for citation in document.citations:
        assert 0 <= citation.span.start < citation.span.end <= len(text)
        if "&" not in text and citation.kind in {"key", "footnote"}:
            assert citation.target in text[citation.span.start : citation.span.end]


def plain(passage: Passage) -> str:
    return " ".join(passage.text.split())


def prose(text: str) -> list[tuple[str, str]]:
    return [(passage.kind, plain(passage)) for passage in read(text).passages]


def cited(text: str) -> set[tuple[str, str]]:
    return {(each.kind, each.target) for each in read(text).citations}


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("A **bold** _it_ [link](http://x/5 'title 5') `5`.", "A bold it link ."),
        ("<b>67%</b> of <https://x/5> and https://x.org/a/67).", "67% of and )."),
        ("see https://x.org/a\\_6?b=1&amp;c=2, 5", "see , 5"),
        ("x <!-- 5 --> <code>6</code> <script>7</script> <del>8</del> y", "x y"),
        ("x <code>6", "x 6"),
        ("<code>1<code>2</code>3</code>4", "4"),
        ("m<sup>2</sup> 67%<sup>3,4</sup> 1<sup>st</sup>", "m 67% 1 st"),
        ("$5-$10 and $x = 5$ and $$7$$ end", "$5-$10 and and end"),
        ("(~20~) and ~30 and ~~67~~ 76", "(~20~) and ~30 and 76"),
        ("![alt 5](x.png){width=50%} ![[e 5.png]] y", "y"),
        ("x {{< v 50 >}} {% if 5 %} {{ 6 }} :100: 1:30:2", "x 1:30:2"),
        ("doi:10.1056/abc.5, 10.5/6 and 10.5 mg.", ", 10.5/6 and 10.5 mg."),
        ("me@x5.org and {ref}`sec 5` end", "and end"),
        ("x %% 5 *a* %% {/*6*/} {/* *7* */} y 8%%", "x y 8%%"),
        ("67%% of x, 68%% of y", "67%% of x, 68%% of y"),
        ("para ^block-5", "para"),
        ("[[Page 2|alias]] [[Page]] [[2024-01-05]] [[12]](#c-12) [67](#r) z", "alias Page z"),
        ("\\@name \\* \\[@b\\] x", "@name * [ ] x"),
        ("[@user](http://x) 5", "@user 5"),
        ("5 &ndash; 6&#37; &lt;7 &amp; a&nbsp;b", "5 – 6% < 7 & a b"),
        ("x [text 5%][r] [12] y\n\n[r]: http://x/9 'title 9'", "x text 5% y"),
        ("a\\\nb  \nc\nd", "a b c d"),
        ("[[1]](https://x.y/5) [[a|b 5]](c)", "b 5"),
    ],
)
def test_inline_masking(text: str, expected: str) -> None:
    assert [plain(each) for each in read(text).passages] == [expected]


@pytest.mark.parametrize(
    "text",
    [
        "```\n5\n```",
        "    code 5",
        "<div>\n5\n</div>",
        "<!-- 5\n\n6 -->",
        "<script>\nvar x = 5;\n</script>",
        "%%\nhidden 5\n\n- more\n%%",
        "$$\n5\n$$",
        "![5](x)",
        "[@a, p. 5]",
        "[x]: http://y/5 'z 5'",
        '::: {.note title="5"}\n:class: tip 5\n:::',
        "---\na: 5\n---\n",
        "+++\na = 5\n+++\n",
        "(target-5)=\n",
        "",
        "\ufeff",
    ],
)
def test_no_prose_at_all(text: str) -> None:
    assert read(text).passages == ()


def test_hard_breaks_stay_line_ends_and_soft_ones_do_not() -> None:
    passage = read("a\nb  \nc<br>d\\\r\ne").passages[0]
    assert passage.text == "a b  \nc\n   d  \ne"


def test_kinds() -> None:
    text = "# H 1\n\npara\n\n> quote\n> - in quote\n\n- item\n\n> [!note]- Title\n> body\n\nTerm\n: Definition\n"
    assert prose(text) == [
        ("heading", "H 1"),
        ("paragraph", "para"),
        ("quote", "quote"),
        ("quote", "in quote"),
        ("item", "item"),
        ("paragraph", "Title"),
        ("paragraph", "body"),
        ("paragraph", "Term"),
        ("item", "Definition"),
    ]


def test_heading_paths() -> None:
    text = "# A *x* {#id}\n## B\ntext\n\nC\n===\n> # Q\n\n- # li\n\nend"
    assert {plain(each): each.headings for each in read(text).passages} == {
        "A x": (),
        "B": ("A x",),
        "text": ("A x", "B"),
        "C": (),
        "Q": ("C",),
        "li": ("C",),
        "end": ("C",),
    }


def test_lead_ins() -> None:
    text = (
        "**Outcomes**: [@a]\n\n- a 5\n  - b\n    1. c\n- d:\n\n  - e\n\n    second\n\nNo colon\n\n- f\n\n"
        "With colon:\n\n```\ncode\n```\n\n- g\n\nAgain:\n\n<!-- note -->\n\n- [ ] h\n"
    )
    assert {plain(each): each.lead_ins for each in read(text).passages if each.kind == "item"} == {
        "a 5": ("Outcomes:",),
        "b": ("Outcomes:", "a 5"),
        "c": ("Outcomes:", "a 5", "b"),
        "d:": ("Outcomes:",),
        "e": ("Outcomes:", "d:"),
        "second": ("Outcomes:", "d:"),
        "f": (),
        "g": (),
        "h": ("Again:",),
    }


def test_context_has_no_gaps_where_markup_stood() -> None:
    text = "# The **b**ig *x*: 5&nbsp;mg&ndash;6 `c` d\n\nEnd<br>*y*"
    assert read(text).passages[1].headings == ("The big x: 5 mg–6 d",)


def test_a_definition_is_led_in_by_its_term() -> None:
    passages = read("Term\n: One\n: Two\n").passages
    assert [(plain(each), each.lead_ins) for each in passages] == [("Term", ()), ("One", ("Term",)), ("Two", ("Term",))]


def test_tables() -> None:
    head = "Table 1. Rates\n\n| A | B \\| x | `q\\|r` |\n|--|--|--|\n"
    text = head + "| *row* | 5<br>6 | `a\\|b` z |\n| s |\n\n: After {#tbl-5}\n\nEnd"
    cells = [each for each in read(text).passages if each.kind == "cell"]
    captions = ("Table 1. Rates", "After")
    assert [(plain(each), each.row, each.column, each.lead_ins) for each in cells] == [
        ("A", (), (), captions),
        ("B | x", (), (), captions),
        ("row", ("5 6", "z"), ("A",), captions),
        ("5 6", ("row", "z"), ("B | x",), captions),
        ("z", ("row", "5 6"), (), captions),
        ("s", (), ("A",), captions),
    ]


def test_a_paragraph_near_a_table_is_not_always_its_caption() -> None:
    cells = read("Some text.\n\n|A|\n|-|\n|5|\n\nMore text.").passages
    assert [each.lead_ins for each in cells if each.kind == "cell"] == [(), ()]


def test_citations_of_every_kind() -> None:
    text = (
        "@a [p. 3], [@b; -@c], {cite:p}`d; {see}e{fig 1}`, {cite}`f,g`, [[@h]] [[@i|Alias]] [^1] [^2] @{j k}^[see @l] "
        "`@no` <code>@no2</code> x@no3.org https://x/@no4 \\@no5 @fig-no $@no6$ %% @no8 [^no9] [[@no]] %%\n\n"
        "| x |\n|---|\n| @m |\n\n[^1]: @n\n"
    )
    assert cited(text) == {("key", letter) for letter in "abcdefghilmn"} | {
        ("key", "j k"),
        ("footnote", "1"),
        ("footnote", "2"),
        ("url", "x/@no4"),
    }


def test_footnotes() -> None:
    document = read("x[^1] y[^2]^[Inline 5]\n\n[^1]: Note *one*\n\n    second\n\n[^9]: nobody\n")
    assert document.footnotes == ("1", "9")
    assert [(each.kind, plain(each)) for each in document.passages] == [
        ("paragraph", "x y"),
        ("footnote", "Inline 5"),
        ("footnote", "Note one"),
        ("footnote", "second"),
        ("footnote", "nobody"),
    ]


def test_front_matter() -> None:
    document = read("\ufeff---\na: 1.10\nb: [x, y]\nc: {d: no}\ne: 'q: r'\n---\n67% é𝛼 [@k]\n")
    assert document.front_matter == (("a", "1.10"), ("b", "x\ny"), ("c.d", "no"), ("e", "q: r"))
    assert [each.text for each in document.passages] == ["67% é𝛼     "]


def test_prose_between_thematic_breaks_is_no_front_matter() -> None:
    assert prose("---\n\nText: 5\n\n---\n\nmore") == [("paragraph", "Text: 5"), ("paragraph", "more")]
    assert prose("x\n\n---\nText: 5\n\n---\n") == [("paragraph", "x"), ("paragraph", "Text: 5")]
    assert prose("---\nJust text\n---\n") == [("heading", "Just text")]


@pytest.mark.parametrize(
    ("text", "line"),
    [
        ("---\na: 1\nb: [\n---\nx", 4),
        ("---\na: 1\nb: c: d\n---\nx", 3),
        ("---\na: \x07\n---\n", 2),
        ("---\na: *x\n---\n", 2),
        ("---\n? [a]\n: b\n---\n", 2),
        ("---\na: " + "[" * 5000 + "\n---\n", 2),
    ],
)
def test_malformed_front_matter_is_an_error_with_its_line(text: str, line: int) -> None:
    with pytest.raises(DocumentError, match="malformed front matter") as caught:
        read(text)
    assert isinstance(caught.value.position, Position)
    assert caught.value.position.line == line


def test_fenced_divs_are_not_definitions() -> None:
    text = 'text\n::: {.note title="é"}\nfoo\n:::\n\n:::{tip} Title 5\n:class: x 5\n\nbar\n:::\n'
    assert prose(text) == [("paragraph", "text"), ("paragraph", "foo"), ("paragraph", "bar")]


def test_line_ends_tabs_and_astral_characters() -> None:
    text = "-\ta 𝛼\r\n\t- b\tµ 5\r\r> c 𝛽\r> d"
    passages = read(text).passages
    assert [(each.kind, text[each.span.start : each.span.end], each.text) for each in passages] == [
        ("item", "a 𝛼", "a 𝛼"),
        ("item", "b\tµ 5", "b\tµ 5"),
        ("quote", "c 𝛽\r> d", "c 𝛽   d"),
    ]


BLOCK_PIECES = (
    "# ¦> ¦- ¦1. ¦    ¦\t¦|¦|-|-|\n¦\n¦\n\n¦\r\n¦\r¦```\n¦---\n¦===¦:::¦: ¦- [ ] ¦[!note] ¦[^1]: ¦^id¦<div>\n"
)
INLINE_PIECES = (
    "*¦**¦_¦~~¦~¦`¦$¦[¦]¦(¦)¦[^1]¦^[¦@key¦[@k; p. 5]¦{cite}`k`¦[[@k|a]]¦[[¦]](¦![¦<b>¦</b>¦<code>¦</code>¦<sup>"
    "¦<!--¦-->¦</sup>¦<br>¦%%¦{/*¦*/}¦\\¦https://x.y/5¦{#i}¦é¦𝛼¦67%¦word ¦\ufeff¦\xa0¦\u2028¦$5$6"
)
PIECES = st.sampled_from([*BLOCK_PIECES.split("¦"), *INLINE_PIECES.split("¦")])


@settings(max_examples=400, deadline=None)
@given(st.lists(PIECES, max_size=30).map("".join))
def test_invariants_on_markup(text: str) -> None:
    try:
        document = read(text)
    except DocumentError:
        return
    assert document == read_markdown(Source("a.md", text))


@settings(max_examples=200, deadline=None)
@given(st.text(max_size=80))
def test_invariants_on_any_text(text: str) -> None:
    try:
        read(text)
    except DocumentError:
        return


@settings(max_examples=200, deadline=None)
@given(
    st.lists(st.sampled_from(["&ndash;", "&lt;", "&#64;a", "&ngE;", "&bogus;", "&#10;", "a", "*", " ", "`"])).map(
        "".join
    )
)
def test_invariants_with_entities(text: str) -> None:
    read(text)


PATHOLOGICAL = [
    "[",
    "*",
    "|",
    "`",
    "_",
    "~",
    "$",
    "![",
    "<",
    "[^",
    "*a ",
    "[a](",
    "&",
    "a**b",
    "{",
    "[[",
    ")]",
    "\\",
    "@a[",
]
PATHOLOGICAL += [
    "^[",
    "%%",
    "{/*",
    "%% a\n\n",
    ":a",
    "{a=",
    "<code>",
    "<sup>",
    "https://",
    "a.b@",
    "10.1234/",
    "- a\n",
    "> ",
    "#",
]
PATHOLOGICAL += [
    "a\n: b\n",
    "^a ",
    "[^1]: a\n\n",
    "|a|b|\n",
    "&lt;",
    "(a)=\n",
    "\r",
    " \n",
    "]](",
    "{cite}`a`",
    "[[@a]]",
    "::: \n",
]


@pytest.mark.parametrize("unit", PATHOLOGICAL)
def test_reading_is_linear(unit: str) -> None:
    started = time.process_time()
    read_markdown(Source("a.md", unit * (200_000 // len(unit))))
    assert time.process_time() - started < 4


@pytest.mark.parametrize(
    "text",
    [
        ">" * 10_000 + " x",
        "> " * 10_000 + "x",
        "- " * 10_000 + "x",
        "<code>" * 15_000 + "</code>" * 15_000,
        "<sup>" * 15_000 + "</sup>" * 15_000,
        "|a" * 3_000 + "\n" + "|-" * 3_000 + "\n" + ("|b" * 3_000 + "\n") * 10,
        "\r\n" * 50_000 + "x",
        "---\n" + "a: b\n" * 5_000,
        "%%a%% x[^1] " * 10_000 + "\n\n[^1]: x",
        "".join("  " * depth + f"- a{depth}\n" for depth in range(400)),
    ],
    ids=range(10),
)
def test_depth_and_width_cost_no_recursion_and_no_hang(text: str) -> None:
    started = time.process_time()
    assert read_markdown(Source("a.md", text)) is not None
    assert time.process_time() - started < 4


def test_the_corpus_reads() -> None:
    for path in sorted(Path(__file__).resolve().parents[1].glob("corpus/**/*.md")):
        text = path.read_text(encoding="utf-8")
        check(read_markdown(Source(path.name, text)), text)
