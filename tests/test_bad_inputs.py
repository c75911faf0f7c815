"""A corpus of inputs that nobody means well: read or refused, alike twice, with every place inside the document."""

from __future__ import annotations

from contextlib import suppress
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from evidencelint.configuration.settings import Config
from evidencelint.engine import Linter
from evidencelint.errors import EvidencelintError
from evidencelint.model import Diagnostic
from evidencelint.policy.triage import make_policy, triage
from evidencelint.reported import ClaimReport
from tests.helmets import linting

FACTS = """\
version: 1
sources: [{key: pond2020}]
vocabulary:
  measure: {algae: [algae], dose: [dose, doses]}
facts:
  - {id: algae-fell, quote: Algae fell by 40% in the treated ponds.}
  - {id: dose, quote: The treated ponds got a dose of 80 mg of copper.}
"""
CLAIM = "Algae fell by 41% in the treated ponds."

# after what CommonMark and GFM define, each with a claim in it or beside it
MARKDOWN = {
    "tabs": "\tAlgae fell by 41%.\n\n  \t- \tAlgae fell by 41%.\n",
    "thematic breaks": "***\n---\n___\n- - -\n" + CLAIM,
    "setext": f"{CLAIM}\n===\n{CLAIM}\n---\n",
    "atx": f"# {CLAIM} #\n####### {CLAIM}\n#{CLAIM}\n## \\## {CLAIM} ##\\#\n",
    "indented code": f"    {CLAIM}\n\n{CLAIM}\n    {CLAIM}\n",
    "fences": f"```\n{CLAIM}\n~~~\n```\n~~~~ md\n{CLAIM}\n~~~\n~~~~\n````\n{CLAIM}",
    "html blocks": f"<table><tr><td>\n\n{CLAIM}\n\n</td></tr></table>\n<!-- {CLAIM}\n-->\n"
    f"<?php {CLAIM} ?>\n<![CDATA[\n{CLAIM}",
    "html inline": f"a <b>{CLAIM}</b> <i a='{CLAIM}'> <x-y/> </b>\n",
    "references": f"[a]: /u '{CLAIM}'\n[a]:\n/v\n\n[a][] [A] [b]{CLAIM}\n",
    "quotes": f"> {CLAIM}\n{CLAIM}\n>> {CLAIM}\n> > - {CLAIM}\n",
    "lists": f"- a\n\n  {CLAIM}\n10) {CLAIM}\n   1. {CLAIM}\n* \n\n  {CLAIM}\n+ {CLAIM}\n",
    "escapes": '\\!\\"\\#\\41\\% Algae fell by 41\\%. \\',
    "entities": "Algae fell by &#52;1&percnt; &nbsp; &amp;copy; &#0; &#xD800; &#1114112; &nope;\n",
    "code spans": f"`` ` `` ` {CLAIM} ` `` {CLAIM} `\n",
    "emphasis": "***Algae** fell by __4*1*%__ in *the treated ponds.\n",
    "links": f"[{CLAIM}](<a b> 'c') ![{CLAIM}](a\\)b) [a](b{CLAIM}\n[[{CLAIM}]](x)\n",
    "autolinks": "<https://a.example/41%> <a@b.example> https://c.example/41% fell by 41%\n",
    "breaks": "Algae fell\\\nby  \n41%\tin\r\nthe\rtreated ponds.",
    "tables": f"| a | b |\n|:-|-:|\n| {CLAIM} | `|` \\| |\n|{CLAIM}\n\na | b\n-|-\n",
    "strike and tasks": f"- [x] ~~{CLAIM}~~\n- [ ] ~{CLAIM}~ ~~~{CLAIM}\n",
    "footnotes": f"{CLAIM}[^1][^1][^nope]\n\n[^1]: {CLAIM}\n\n    {CLAIM}[^1]\n[^1]: again\n",
    "math": f"$ {CLAIM} $ $$ {CLAIM} $$ \\( x \\) $5 and $6\n",
    "directives": "::: note\n" + CLAIM + "\n:::\n{{< figure >}} {% raw %} {{ x }} {# y #}\n",
    "definition lists": f"Term\n: {CLAIM}\n\n  : {CLAIM}\n",
    "wiki": f"[[a|{CLAIM}]] ![[b]] ==41%== %%{CLAIM}%% #tag ^id\n",
    "front matter twice": f"---\na: 1\n---\n---\nb: 2\n---\n{CLAIM}\n",
    "front matter without an end": f"---\na: 1\n{CLAIM}\n",
    "nothing": "",
    "white space": " \t\r\n\n\f\v\x1c\x1d\x85\u2028\u2029",
}
# after what breaks programs that take text for simple
NAUGHTY = (
    *("undefined", "NULL", "(null)", "true", "-0", "1/0", "1e309", "NaN%", "Infinity%", "0x41%", "1_000%", "١٢٣%"),
    *("1,00,000", "1.2.3.4.5%", "--41%", "+-41%", "41%%", "％41", "1" * 400, "0." + "0" * 400 + "1%", "9" * 400 + "e9"),
    *("';DROP TABLE facts", "<script>alert(41%)</script>", "${41%}", "{{41%}}", "$(41%)", "`41%`", "%s%n%d41%", "%00"),
    *("../../../../etc/passwd%00", "file:///etc/passwd", "C:\\con\\nul", "::error file=a::41%", "##[error]41%"),
    *(
        "\ufeff41%",
        "\ufffe41%",
        "\uffff",
        "\U0010ffff41%",
        "ﷺ41%",
        "Z\u0351\u036b\u0343\u036a41%",
        "👩‍👩‍👧‍👦41%",
        "🇬🇧41%",
        "ᚠᛇᚻ41%",
    ),
    *(
        "\u202e%14 yb llef eaglA",
        "\u2066\u206641%\u2069",
        "\u200f41%\u200e",
        "𝟜𝟙%",
        "④①%",
        "⁴¹%",
        "Ⅳ%",
        "½%",
        "⅓⅓⅓",
        "一二三%",
    ),
    *(
        "a\u0300" * 50 + "41%",
        "ß41%",
        "İ41%",
        "ŉ41%",
        "ﬁfty%",
        "41\u00a0%",
        "41\u2009\u202f%",
        "41\u0338%",
        "\x1b[31m41%",
        "\x0741%",
    ),
    *("\x7f41%\x80\x9f", "p < .05 <.05< .05", "(41% [41% {41%", '"41%', "41%” “", "‘’‚‛“”„‟41%", "…….41%", "!!!???41%"),
)
HUGE = {
    "a wide table": "|" + "a|" * 60 + "\n|" + "-|" * 60 + "\n" + ("|" + "41%|" * 60 + "\n") * 10,
    "10,000 nested quotes": ">" * 10_000 + " " + CLAIM,
    "10,000 nested lists in one line": "- " * 10_000 + CLAIM,
    "a list 150 deep": "\n".join("  " * depth + "- " + CLAIM for depth in range(150)),
    "1,000 footnotes": "".join(f"a[^{n}] " for n in range(1_000)) + "\n\n" + "[^1]: 41%\n\n" * 1_000,
    "one line of 400,000 characters": (CLAIM + " ") * 100 + "x" * 400_000,
    "100,000 line ends": "\n\r" * 50_000 + CLAIM,
}
_linters: list[Linter] = []


def checked(text: str | bytes) -> None:
    """Check a text twice, and that all that is said of it lies inside."""
    if not _linters:
        _linters.append(linting(FACTS))
    data = text if isinstance(text, bytes) else text.encode("utf-8", "surrogatepass")
    report = _linters[0].check(data, "x.md")
    again = _linters[0].check(data, "x.md")
    if report.error is not None:
        assert (report.checked, str(report.error)) == (False, str(again.error))
        return
    assert report == again
    assert report.checked
    read = data.decode("utf-8")
    lines = read.replace("\r\n", "\n").replace("\r", "\n").split("\n")
    told: list[Diagnostic | ClaimReport] = [*report.diagnostics, *report.claims]
    for found in told:
        assert 0 <= found.span.start <= found.span.end <= len(read)
        assert 1 <= found.line <= found.end_line <= len(lines)
        assert 1 <= found.column <= len(lines[found.line - 1]) + 1
        assert 1 <= found.end_column <= len(lines[found.end_line - 1]) + 1
    for found in report.diagnostics:
        assert read[found.span.start : found.span.end] == found.text
    with suppress(EvidencelintError):
        triage(report, data, make_policy(Config(root=Path()), ()))


@pytest.mark.parametrize("name", MARKDOWN)
def test_every_construct_of_markdown_is_read(name: str) -> None:
    checked(MARKDOWN[name])
    checked(MARKDOWN[name].replace("\n", "\r\n"))
    checked("\ufeff" + MARKDOWN[name])


def test_naughty_strings_are_read() -> None:
    for text in NAUGHTY:
        checked(f"Algae fell by {text} in the treated ponds.")
        checked(f"# {text}\n\n- {text}\n\n| {text} |\n|-|\n| {text} |\n\n[{text}]({text})")


@pytest.mark.parametrize("name", HUGE)
def test_what_is_huge_is_read(name: str) -> None:
    checked(HUGE[name])


@pytest.mark.parametrize(
    "data",
    [
        b"\xff",
        b"41\x80%",
        b"\xc3",
        b"\xed\xa0\x80 41%",
        b"\xf4\x90\x80\x80",
        b"\xc0\xae",
        b"a\0b",
        b"\xfe\xff\0a",
        b"\x00",
    ],
)
def test_what_is_no_utf8_is_refused(data: bytes) -> None:
    checked(data)
    assert not _linters[0].check(data, "x.md").checked


@given(
    st.lists(st.sampled_from([*MARKDOWN.values(), *NAUGHTY, "\n\n", "\n", " ", "> ", "- ", "|", "```\n"]), max_size=6)
)
@settings(max_examples=40, deadline=None)
def test_any_mixture_is_read(pieces: list[str]) -> None:
    checked("".join(pieces))


def found_in(text: str) -> list[tuple[str, str, str | None]]:
    checked(text)
    report = _linters[0].check(text.encode(), "x.md")
    return [(found.name, found.text, found.expected) for found in report.diagnostics]


@pytest.mark.parametrize(
    "figure",
    [
        *(
            "4\u200b1%",
            "4\u200d1%",
            "4\u2060\u200b1%",
            "4\u00ad1%",
            "4\ufe0f1%",
            "4\u034f1%",
            "4\u200e1%",
            "4\u061c1%",
            "4\u180e1%",
        ),
        *("4\u20641%", "4\U000e00411%", "４１%", "４１％", "٤١%", "۴۱٪", "𝟒𝟏%", "4１%", "f\u200borty-one per cent"),
    ],
)
def test_a_figure_that_looks_like_another_is_read_as_what_it_looks_like(figure: str) -> None:
    assert found_in(f"Algae fell by {figure} in the treated ponds.") == [("value-mismatch", figure, "40%")]


@pytest.mark.parametrize(
    ("text", "piece", "expected"),
    [
        ("The treated ponds got a dose of 90 мg of copper.", "мg", "mg"),
        ("The treated ponds got a dose of 90 mɡ of сopper.", "сopper", "copper"),
        ("The treated ponds got a dose of 90 ｍｇ of copper.", "ｍｇ", "mg"),
        ("The treated ponds got 90 м of copper.", "м", "m"),
        ("Algae fell by 4О% in the treated ponds.", "4О", None),
        ("Algae fell by 4l% in the treated ponds.", "4l", None),
        ("Algae fell by ⁴¹% in the treated ponds.", "⁴¹", None),
        ("Algae fell by ④① per cent in the treated ponds.", "④①", None),
        ("Algae fell by 41⁒ in the treated ponds.", "⁒", None),
        ("Algae fell by \u202e14\u202c% in the treated ponds.", "\u202e", None),
        ("Algаe fell by 40% in the treated ponds.", "Algаe", "Algae"),
        ("ΑPOE carriers had 40% less algae.", "ΑPOE", "APOE"),
    ],
)
def test_what_is_not_read_as_it_looks_is_reported(text: str, piece: str, expected: str | None) -> None:
    assert ("disguised-text", piece, expected) in found_in(text)


@pytest.mark.parametrize(
    "text",
    [
        "TNFα, IκB, Δ9-THC, β-blockers, µg, 5 µg, 20 Ω, χ² = 4.1, p < 0.05 and λ = 3 nm.",
        "Война и мир, Άλφα, 41 % мяса, 5 кг, около 5 м. Ελληνικά.",
        "An area of 5 m², 10⁶ cells, 3×10⁻⁵, H₂O, note¹, 41%² and CO₂ at 5 °C.",
        "naïve café Ångström œuvre İstanbul Łódź 5 l, 10 l% and 41 %",
        "\u202bעברית\u202c without a number.",
        "Types O and I, 10 of 40, I/O, No. 1O and 0.5 l.",
    ],
)
def test_honest_letters_of_other_scripts_are_left_alone(text: str) -> None:
    assert [found for found in found_in(text) if found[0] == "disguised-text"] == []
