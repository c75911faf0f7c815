"""Every figure of a document is accounted for, in exactly one way."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest
from click.testing import CliRunner
from hypothesis import given, settings
from hypothesis import strategies as st

from evidencelint.accounts import Accounts, FigureReport, add_up
from evidencelint.cli.main import group
from evidencelint.configuration.settings import Config
from evidencelint.outcome import FileReport
from evidencelint.policy.triage import make_policy, triage
from tests.helmets import linting

FACTS = """\
version: 1
sources: [{key: lee2021}]
vocabulary:
  arm:
    club: [breakfast club, breakfast clubs]
  measure:
    absence: [days of school missed, absence]
    scores: [Stanford 9, reading scores]
facts:
  - id: absence-cut
    quote: Breakfast clubs cut absence by 21%.
  - id: two-groups
    quote: Absence was 12% in the breakfast clubs and 19% in other schools.
"""
LINTER = linting(FACTS)


def check(text: str) -> FileReport:
    report = LINTER.check(text.encode(), "x.md")
    assert report.error is None
    return report


def accounts(text: str) -> list[tuple[str, str]]:
    return [(f.text, f.reason or f.account) for f in check(text).figures]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Breakfast clubs cut absence by 21%.", [("21%", "matched")]),
        ("Breakfast clubs cut absence by 25%.", [("25%", "matched")]),
        ("Absence was 7 percentage points lower in the breakfast clubs.", [("7 percentage points", "derived")]),
        ("A total of 540 pupils came: 340 pupils on Monday and 200 pupils on Friday.",
         [("540", "arithmetic"), ("340", "arithmetic"), ("200", "arithmetic")]),
        ("In all, 57 of 105 pupils (54%) came.", [("57", "arithmetic"), ("105", "arithmetic"), ("54%", "arithmetic")]),
        ("Breakfast clubs cost €1,340 a term.", [("€1,340", "unmatched")]),
        ("The river is 340 km long.", [("340 km", "other topic")]),
        ("On 3 May 2021 it began.", [("3", "date"), ("2021", "date")]),
        ("See Table 3 and version 2.1.4, and v3.", [("3", "label"), ("2.1.4", "version"), ("v3", "version")]),
        ("The second of the two groups and a few hundred more, aged 12.",
         [("second", "ordinal"), ("two", "reference"), ("a few hundred", "vague"), ("12", "age")]),
        ("A Stanford 9 test.", [("9", "name")]),
        ("One day it will rain.", [("One", "idiom")]),
        ("Run `x1 y22` now.", [("x1", "code"), ("y22", "code")]),
        ("    for i in range(12)\n\n```\n3.5\n```\n", [("12", "code"), ("3.5", "code")]),
        ("Sum $x_1 = 5$ here.", [("x_1", "math"), ("5", "math")]),
        ("<div>\nAbsence fell by 30%.\n</div>\n", [("30", "html")]),
        ('It <span data-n="4">fell</span>.', [("4", "html")]),
        ("<!-- 17 -->\n\nIt fell. %% 18 %%", [("17", "comment"), ("18", "comment")]),
        ("---\ntitle: 12 clubs\ntwo: 3\n---\nIt fell.", [("12", "metadata"), ("two", "metadata"), ("3", "metadata")]),
        ("See [the page](https://a.org/2021/x9) and https://b.org/77.",
         [("2021/x9", "link"), ("77", "link")]),
        ("![plot 4](a5.png)", [("4", "image"), ("a5", "image")]),
        ("It fell [@lee2021, p. 12].[^1]\n\n[^1]: A note.",
         [("lee2021", "citation"), ("12", "citation"), ("1", "footnote"), ("1", "footnote")]),
        ("As Lee et al. (2021) found.", [("2021", "citation")]),
        ("1. It fell.\n2. It rose.\n", [("1", "list number"), ("2", "list number")]),
        ("## 3. Costs\n", [("3", "list number")]),
        ("It was ~~76%~~ less.", [("76", "struck out")]),
        ('[a]: https://a.org/5 "x"\n', [("5", "link")]),
        ("A dash &#8211; here.", [("8211", "markup")]),
        ("| arm | absence |\n| --- | --- |\n| breakfast clubs | 12% |\n", [("12%", "matched")]),
        (f"In all {'7' * 300} of them.", [("7" * 300, "data")]),
    ],
)  # fmt: skip
def test_what_becomes_of_a_figure(text: str, expected: list[tuple[str, str]]) -> None:
    assert accounts(text) == expected


def test_a_derivation_names_its_fact_and_its_sum() -> None:
    (figure,) = check("Absence was 7 percentage points lower in the breakfast clubs.").figures
    assert (figure.verdict, [fact.id for fact in figure.facts]) == ("supported", ["two-groups"])
    assert figure.derivation == "19 - 12 = 7"


def test_a_matched_figure_shows_frame_against_frame() -> None:
    (figure,) = check("Breakfast clubs cut absence by 25%.").figures
    assert (figure.verdict, [fact.id for fact in figure.facts]) == ("mismatched", ["absence-cut"])
    assert figure.details == (
        "text '25%', fact '21%'",
        "measure: text absence, fact absence",
        "arm: text club, fact club",
    )


PIECES = (
    "Breakfast clubs cut absence by 21%.", "Two thirds of 412 pupils (66.7%) came twice.", "`a1`", "``x 2``", "$y_3$",
    "~~76%~~", "[p 4](u5)", "https://a.org/6?b=77", "<b>8</b>", "<!-- 9 -->", "[@lee2021]", "^[a note of 12]", "[^1]",
    "&#50;", "![i 3](j4)", "**5** kg", "20–30 mg", "£1,600", "COVID-19", "1.2.3", "twelve", "%% 31 %%", "<sup>3</sup>",
    "12:30", "3 May 2021", "H1N1", "p < 0.05", "(95% CI 1.2 to 3.4)", "½", "10^5", "٣٤", "\\*7\\*", ":100:", "{#s-8}",
    "a@b7.org", "9" * 230, "one", "[[n 6]]", "[[n|6]]", "{{x 4}}", "\\$5", "[@a; @b, 12]", "5 6 7", "1/3", "3x",
)  # fmt: skip
BLOCKS = (
    "{}", "# {}", "> {}", "- {}", "1. {}", "12) {}", "| {} | 1 |\n| --- | --- |\n| two | {} |", "```py3\n{}\n```",
    "<div>\n{}\n</div>", "[^1]: {}", "[r2]: https://x/3 '{}'", "    {}", "Term 4\n: {}", "::: note 5\n{}\n:::",
    "{}\n===",    "- [x] {}", "$$\n{}\n$$", "> [!note] {}", "<p>{}</p>", "{{/* {} */}}", "7. 8. {}",
)  # fmt: skip


@st.composite
def documents(draw: st.DrawFn) -> str:
    line = st.lists(st.sampled_from(PIECES) | st.text("ab1 2*_`[](<>~$", max_size=6), min_size=1, max_size=5).map(
        " ".join
    )
    blocks = [draw(st.sampled_from(BLOCKS)).replace("{}", draw(line)) for _ in range(draw(st.integers(1, 5)))]
    head = draw(st.sampled_from(["", "---\na: 1\nb: [two, 3.5]\n---\n", "+++\nc = 4\n+++\n"]))
    return head + draw(st.sampled_from(["\n\n", "\n"])).join(blocks)


@settings(max_examples=150, deadline=None)
@given(documents())
def test_every_digit_and_number_word_is_in_exactly_one_figure(text: str) -> None:
    report = check(text)
    figures = report.figures
    for match in re.finditer(r"\d+|\b(?:twelve|two|one|Two)\b", text):
        at = [f for f in figures if f.span.start < match.end() and match.start() < f.span.end]
        assert len(_innermost(at)) == 1, (match, at)
    counts = report.accounts()
    assert (
        counts.figures
        == len(figures)
        == counts.matched + counts.derived + counts.arithmetic + counts.unmatched + sum(counts.set_aside.values())
    )
    assert all((f.account == "set_aside") == (f.reason is not None) for f in figures)


def _innermost(figures: list[FigureReport]) -> list[FigureReport]:
    """Leave out a figure in whose middle stands another, as a note may ("57^[a note of 12] of 105")."""
    return [f for f in figures if not any(f is not g and f.span.contains(g.span) for g in figures)]


def test_what_is_taken_back_or_off_the_topic_is_set_aside() -> None:
    text = (
        "Breakfast clubs cost €1,340 a term. <!-- evidencelint-disable-line unsupported-figure -->\n\n"
        "Breakfast clubs cut absence by 25%. <!-- evidencelint-disable-line value-mismatch reason='old' -->\n"
    )
    report = triage(check(text), text.encode(), make_policy(Config(Path("/")), ()))
    assert [f.reason for f in report.settled_figures()] == ["suppressed", "suppressed"]
    assert report.accounts() == Accounts(set_aside={"suppressed": 2})
    off = triage(check("Breakfast clubs cost €1,340 a term."), b"", make_policy(Config(Path("/"), topic=("tea",)), ()))
    assert off.accounts() == Accounts(set_aside={"other topic": 1})


def test_accounts_add_up() -> None:
    one, two = (
        check("Breakfast clubs cut absence by 21%. See Table 3.").accounts(),
        check("In 2021, Table 4.").accounts(),
    )
    assert one + two == Accounts(matched=1, set_aside={"date": 1, "label": 2})
    assert add_up(()) == Accounts()


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    (tmp_path / ".git").mkdir()
    (tmp_path / "facts.yaml").write_text(FACTS)
    (tmp_path / "a.md").write_text("Breakfast clubs cut absence by 21%.\n\nFive of us ran breakfast clubs in 2021.\n")
    return tmp_path


def run(*arguments: str) -> tuple[int, str]:
    result = CliRunner().invoke(group, [*arguments, "--no-cache"], standalone_mode=False)
    if result.exception is not None:
        raise result.exception
    return int(result.return_value or 0), result.stdout


@pytest.mark.usefixtures("folder")
def test_claims_numbers_lists_every_figure() -> None:
    code, out = run("claims", "a.md", "--numbers")
    expected_text = (
        "a.md:1:32: 21%: supported by `absence-cut`\n"
        "a.md:3:1: Five: unmatched\n"
        "a.md:3:35: 2021: set aside: date\n"
        "3 figures: 1 matched, 1 unmatched, 1 set aside (date 1)\n"
    )
    assert (code, out) == (0, expected_text)
    whole = json.loads(run("claims", "a.md", "--numbers", "--output-format", "json")[1])
    expected = {
        "figures": 3, "matched": 1, "departing": 0, "derived": 0, "arithmetic": 0, "unmatched": 1,
        "set_aside": {"date": 1},
    }  # fmt: skip
    assert whole["summary"]["numbers"] == whole["files"][0]["numbers"] == expected
    assert [(each["text"], each["account"], each["reason"]) for each in whole["numbers"]] == [
        ("21%", "matched", None),
        ("Five", "unmatched", None),
        ("2021", "set_aside", "date"),
    ]
    assert "numbers" not in json.loads(run("claims", "a.md", "--output-format", "json")[1])
    assert json.loads(run("check", "a.md", "--output-format", "json")[1])["summary"]["numbers"] == expected


def test_strict_fails_on_unmatched_figures(folder: Path) -> None:
    assert run("check", "a.md")[0] == 0
    code, out = run("check", "a.md", "--strict", "--fail-on", "error", "--output-format", "concise")
    assert (code, out) == (1, "a.md:3:1: EL108 unmatched-figure no fact speaks to Five\n")
    assert run("check", "a.md", "--strict", "--fail-on", "never")[0] == 0
    assert run("check", "a.md", "--strict", "--exit-zero")[0] == 0
    assert run("check", "a.md", "--strict", "--ignore", "unmatched-figure")[0] == 0
    assert run("check", "a.md", "--select", "EL108")[0] == 1
    assert run("check", "a.md", "--select", "EL1")[0] == 0
    assert run("claims", "a.md", "--strict")[0] == 1
    (folder / "evidencelint.yaml").write_text("strict: true\nignore: [unmatched-figure]\n")
    assert (run("check", "a.md")[0], run("claims", "a.md")[0]) == (0, 0)
    (folder / "evidencelint.yaml").write_text("strict: true\n")
    assert (run("check", "a.md")[0], run("claims", "a.md")[0], run("check", "a.md", "--no-strict")[0]) == (1, 1, 0)
    text = (folder / "a.md").read_text().replace("2021.", "2021. <!-- evidencelint-disable-line unmatched-figure -->")
    (folder / "a.md").write_text(text)
    assert (run("check", "a.md")[0], run("claims", "a.md")[0]) == (0, 0)


def test_the_level_of_an_interval_is_no_figure_of_its_own() -> None:
    assert ("95%", "level") in accounts("The gain in breakfast clubs was 4.5 points (95% CI 1.2 to 7.8).")
