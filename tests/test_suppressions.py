"""Directives in comments: where they hold, and what is said of those that do nothing."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from evidencelint.configuration.settings import Config
from evidencelint.engine import Linter
from evidencelint.errors import DocumentError
from evidencelint.factbase.load import parse_facts
from evidencelint.outcome import FileReport
from evidencelint.policy import fixes
from evidencelint.policy.directives import read_directives
from evidencelint.policy.documentsettings import read_document_settings
from evidencelint.policy.triage import ignored_in, make_policy, triage
from evidencelint.rules import find_rule, select
from evidencelint.source import Source
from tests import helmets

WRONG = helmets.WRONG.strip()
LINTER = Linter(parse_facts(helmets.FACTS, "facts.yaml", None), select())
PLAIN = Config(root=Path("/"))


def check(text: str, config: Config = PLAIN) -> FileReport:
    policy = make_policy(config, ignored_in(Path("x.md"), config))
    report = triage(LINTER.check(text.encode(), "x.md"), text.encode(), policy)
    assert report.error is None
    return report


def names(report: FileReport) -> list[str]:
    return [found.name for found in report.diagnostics]


@pytest.mark.parametrize(
    "text",
    [
        f"<!-- evidencelint-disable-next-line value-mismatch -->\n{WRONG}\n",
        f"<!-- evidencelint-disable-next-line EL101 -->\n\n{WRONG}\n",
        f"<!--evidencelint-disable-next-line\nvalue-mismatch\nreason='poster'-->\r\n\r\n{WRONG}\r\n",
        f"# Title <!-- evidencelint-disable-file value-mismatch -->\n\n{WRONG}\n",
        f"{WRONG}\n\n<!-- evidencelint-disable-file EL101, value-mismatch -->\n",
        f"{WRONG} <!-- evidencelint-disable-line value-mismatch -->\n",
        f"**Note** <!-- evidencelint-disable-line value-mismatch --> {WRONG}\n",
        f"<!-- evidencelint-disable value-mismatch -->\n\n{WRONG}\n\n<!-- evidencelint-enable value-mismatch -->\n",
        f"<!-- evidencelint-disable value-mismatch -->\n\n{WRONG}\n",
        f"- <!-- evidencelint-disable-next-line value-mismatch -->\n  {WRONG}\n",
        f"> <!-- evidencelint-disable-next-line value-mismatch -->\n>\n> {WRONG}\n",
        f"| a | b |\n| - | - |\n| x | {WRONG} <!-- evidencelint-disable-line value-mismatch --> |\n",
        f'{{/* evidencelint-disable-next-line value-mismatch reason="as the *paper* put it" */}}\n\n{WRONG}\n',
        f"{WRONG} {{/* evidencelint-disable-line value-mismatch */}}\n",
        f"%% evidencelint-disable-next-line value-mismatch %%\n{WRONG}\n",
        f'{WRONG} %%evidencelint-disable-line value-mismatch reason="100% so"%%\n',
        f"[//]: # (evidencelint-disable-next-line value-mismatch)\n\n{WRONG}\n",
        f'[comment]: <> "evidencelint-disable-next-line value-mismatch"\n{WRONG}\n',
        f'{WRONG}[^1]\n\n[^1]: evidencelint-disable-file value-mismatch reason="see the errata"\n',
        f"A note.[^1]\n\n[^1]: {WRONG} <!-- evidencelint-disable-line value-mismatch -->\n",
        ("<!-- evidencelint-disable-next-line value-mismatch -->\n" * 2) + WRONG,
        f"Term\n\n:   A definition.\n\n    {WRONG} <!-- evidencelint-disable-line value-mismatch -->\n",
        f"::: note\n{WRONG} <!-- evidencelint-disable-line value-mismatch -->\n:::\n",
        f"<div>\n<!-- evidencelint-disable value-mismatch -->\n</div>\n\n{WRONG}\n",
        f"---\nevidencelint:\n  ignore: [value-mismatch]\n---\n\n{WRONG}\n",
        f"\ufeff---\r\nevidencelint: {{ignore: EL1}}\r\n---\r\n\r\n{WRONG}\r\n",
    ],
)  # fmt: skip
def test_a_finding_is_taken_back(text: str) -> None:
    assert names(check(text)) == []


def test_the_next_line_is_one_line() -> None:
    text = "<!-- evidencelint-disable-next-line value-mismatch -->\n" + WRONG.replace("by ", "by\n") + "\n"
    assert names(check(text)) == ["unused-suppression", "value-mismatch"]


@pytest.mark.parametrize(
    "text",
    [
        f"`<!-- evidencelint-disable-file value-mismatch -->` {WRONG}\n",
        f"```\n<!-- evidencelint-disable-file value-mismatch -->\n```\n\n{WRONG}\n",
        f"    %% evidencelint-disable-file value-mismatch %%\n\n{WRONG}\n",
        f"```md\n[//]: # (evidencelint-disable-file value-mismatch)\n```\n\n{WRONG}\n",
        f"<!-- a remark: evidencelint-disable-file value-mismatch -->\n\n{WRONG}\n",
        f"<!-- evidencelint -->\n\n{WRONG}\n",
    ],
)
def test_what_is_no_directive_does_nothing(text: str) -> None:
    assert names(check(text)) == ["value-mismatch"]


@pytest.mark.parametrize(
    ("comment", "message"),
    [
        ("evidencelint-disable-nextline value-mismatch", "did you mean disable-next-line?"),
        ("evidencelint-disable-file value-mismach", "did you mean value-mismatch?"),
        ("evidencelint-disable-file", "names no rule"),
        ("evidencelint-disable-file EL1", "EL1 names several rules"),
        ("evidencelint-disable-file EL999", "no rule EL999"),
        ("evidencelint-disable-file value-mismatch reason=poster", "needs quotes"),
        ("evidencelint-disable-file unused-suppression", "cannot be disabled in a document"),
        ("evidencelint: disable-file value-mismatch", "with a hyphen"),
        ("evidencelint disable value-mismatch", "with a hyphen"),
        ("evidencelint- value-mismatch", "no directive"),
    ],
)
def test_a_directive_that_is_wrong_is_an_error_and_does_nothing(comment: str, message: str) -> None:
    report = check(f"<!-- {comment} -->\n\n{WRONG}\n")
    assert names(report) == ["unknown-suppression", "value-mismatch"]
    assert message in report.diagnostics[0].message
    assert report.diagnostics[0].severity == "error"
    assert report.diagnostics[0].text == f"<!-- {comment} -->"


def test_what_is_unused_is_reported_by_rule() -> None:
    text = f"<!-- evidencelint-disable-next-line value-mismatch hedge-dropped -->\n{WRONG}\n"
    (found,) = check(text).diagnostics
    assert found.name == "unused-suppression"
    assert found.message == "disables hedge-dropped, where there is no such finding"


def test_a_rule_that_is_not_reported_cannot_be_unused() -> None:
    text = f"<!-- evidencelint-disable-next-line value-mismatch -->\n{WRONG}\n"
    assert names(check(text, Config(root=Path("/"), ignore=("EL101",)))) == []
    assert names(check(text, Config(root=Path("/"), select=("EL2",)))) == []


def test_a_range_ends_where_its_rule_is_enabled() -> None:
    text = (
        f"<!-- evidencelint-disable value-mismatch -->\n\n{WRONG}\n\n<!-- evidencelint-enable hedge-dropped -->\n\n"
        f"{WRONG}\n\n<!-- evidencelint-enable -->\n\n{WRONG}\n"
    )
    report = check(text)
    assert names(report) == ["unused-suppression", "value-mismatch"]
    assert report.diagnostics[1].line == 11
    assert len(report.suppressed) == 2


def test_the_reason_is_kept() -> None:
    text = f'<!-- evidencelint-disable-next-line value-mismatch reason="quoted as\n   printed" -->\n{WRONG}\n'
    (taken,) = check(text).suppressed
    assert (taken.by, taken.reason, taken.diagnostic.name) == ("document", "quoted as printed", "value-mismatch")


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("a\n<!-- evidencelint-disable-next-line value-mismatch -->\nb\n", "a\n\nb\n"),
        ("a <!-- evidencelint-disable-line value-mismatch --> b\n", "a b\n"),
        ("a {/* evidencelint-disable-line value-mismatch */}\n", "a\n"),
        ("> %% evidencelint-disable-file value-mismatch %%\r\n", "> \r\n"),
        ("a\n\n<!-- evidencelint-enable -->\n", "a\n\n\n"),
        (
            f"{WRONG} <!--evidencelint-disable-line EL201,EL101, reason='as\nprinted'-->\n",
            f'{WRONG} <!-- evidencelint-disable-line value-mismatch reason="as printed" -->\n',
        ),
        ("<!-- evidencelint-disable-line value-mismatch --> b\n", None),
        ("[//]: # (evidencelint-disable-file value-mismatch)\n", None),
        ("a[^1]\n\n[^1]: evidencelint-disable-file value-mismatch\n", None),
    ],
)
def test_what_is_unused_can_be_taken_away(before: str, after: str | None) -> None:
    (found,) = check(before).diagnostics
    assert found.name == "unused-suppression"
    if after is None:
        assert found.fix is None
    else:
        assert found.fix is not None
        assert found.fix.safe
        assert fixes.apply(before, [found.fix]) == after


def test_front_matter_with_an_unknown_rule_or_key() -> None:
    report = check(f"---\nevidencelint: {{ignore: [value-mismach]}}\n---\n\n{WRONG}\n")
    assert names(report) == ["unknown-suppression", "value-mismatch"]
    assert report.diagnostics[0].text == "value-mismach"
    with pytest.raises(DocumentError, match=r"x\.md:2:16: .*unknown key 'fact'; did you mean facts"):
        read_document_settings(Source("x.md", "---\nevidencelint: {fact: a.yaml}\n---\n"))


@pytest.mark.parametrize(
    ("settings", "message"),
    [
        ("evidencelint: [EL101]", r"x\.md:3:15: front matter evidencelint: must be a mapping of settings .*not a list"),
        ("evidencelint: EL101", r"x\.md:3:15: front matter evidencelint: must be a mapping .*not text \('EL101'\)"),
        ("evidencelint:", r"x\.md:3:14: front matter evidencelint: must be a mapping .*not empty"),
        ("evidencelint: {ignore: {EL101: true}}", r"x\.md:3:24: front matter evidencelint\.ignore: .*not a mapping"),
        ("evidencelint:\n  ignore:\n    - [EL101]", r"x\.md:5:7: front matter evidencelint\.ignore: .*not a list"),
        ("evidencelint:\n  facts:", r"x\.md:4:9: front matter evidencelint\.facts: .*not empty"),
        ("evidencelint: {citations: [never]}", r"x\.md:3:27: front matter evidencelint\.citations: a list is not one"),
        ("evidencelint.ignore: {a: b}", r"x\.md:3:22: front matter evidencelint\.ignore: .*not a mapping"),
    ],
)
def test_front_matter_of_a_wrong_kind_ends_the_check_of_its_document(settings: str, message: str) -> None:
    with pytest.raises(DocumentError, match=message):
        read_document_settings(Source("x.md", f"---\ntitle: a\n{settings}\n---\n\n{WRONG}\n"))


def test_front_matter_that_only_speaks_of_the_tool_sets_nothing() -> None:
    for head in ("title: evidencelint", "tags: [evidencelint]", "other: {evidencelint: [a]}"):
        assert read_document_settings(Source("x.md", f"---\n{head}\n---\n\n{WRONG}\n")).ignore == ()


@pytest.mark.parametrize("name", ["unused-suppression", "unknown-suppression"])
def test_the_examples_of_the_pages(name: str) -> None:
    rule = find_rule(name)
    linter = Linter(parse_facts(rule.blocks("Fact base")[0], "facts.yaml", None), select())

    def found(block: str) -> list[str]:
        return names(triage(linter.check(block.encode(), "x.md"), block.encode(), make_policy(PLAIN, ())))

    assert [found(block) for block in rule.blocks("Bad")] == [[name]] * len(rule.blocks("Bad"))
    assert [found(block) for block in rule.blocks("Good")] == [[]] * len(rule.blocks("Good"))


PIECES = st.sampled_from(
    ["<!--", "-->", "{/*", "*/}", "%%", "`", "\n", "\r\n", " ", "evidencelint-disable", "-line", " value-mismatch",
     'reason="', '"', "[//]: # (", ")", "[^1]: ", "µ", "𝒳", "84%", "> ", "- ", "$", "\ufeff", "---\n"]
)  # fmt: skip


@given(st.lists(PIECES, max_size=40).map("".join))
def test_directives_lie_inside_the_document(text: str) -> None:
    source = Source("x.md", text)
    try:
        directives = read_directives(source)
    except DocumentError:
        return
    for directive in directives:
        assert 0 <= directive.span.start < directive.span.end <= len(text)
        assert "evidencelint" in source.slice(directive.span)
    assert [d.span for d in directives] == sorted(d.span for d in directives)


@pytest.mark.parametrize("piece", ["<!-- evidencelint", "{/* evidencelint", "%% evidencelint", "[evidencelint]: # ("])
def test_marks_without_an_end_cost_little(piece: str) -> None:
    read_directives(Source("x.md", f"{piece}\n" * 20_000))
