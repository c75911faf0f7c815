"""Reports of one awkward document, compared with ``tests/golden``.

``EVIDENCELINT_GOLDEN=write python -m pytest tests/test_reporters.py`` writes the golden files anew.
"""

from __future__ import annotations

import json
import os
import re
import unicodedata
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from evidencelint.cli.options import FORMATS as CLI_FORMATS
from evidencelint.configuration.settings import FORMATS as SETTINGS_FORMATS
from evidencelint.configuration.settings import Config
from evidencelint.engine import Linter
from evidencelint.errors import DocumentError
from evidencelint.factbase.load import parse_facts
from evidencelint.model import Diagnostic, FactRef, Fix, Position, Span
from evidencelint.outcome import FileReport
from evidencelint.policy.triage import make_policy, triage
from evidencelint.reporters import FORMATS, BaseRef, Run, claims_text, json_report
from evidencelint.reporters.run import clean, slashes
from evidencelint.rules import all_rules, select

GOLDEN = Path(__file__).parent / "golden"
FACTS = """\
version: 1
title: Pond water
sources: [{key: lee2021}]
vocabulary:
  measure:
    nitrate: [nitrate]
    algae: [algal cover, algae]
  arm:
    reeds: [reed beds]
facts:
  - id: nitrate-level
    quote: Ponds with reed beds held 250 µg of nitrate per sample – about 36% less than before.
  - id: algae-share
    quote: "Algae covered 12% of the ponds with reed beds. \\e[31m##[warning]"
"""
# A byte order mark, a micro sign, a dash, an astral character and a tab before findings, a terminal escape, commands
# that build services obey, marks of HTML and Markdown, both kinds of line ends, a finding that runs over a line end,
# and one that the document takes back.
DOCUMENT = (
    "\ufeff# Ponds 𝒳 ##[error]\r\n"
    "\r\n"
    "𝒳 – In ponds with reed beds, algae covered 21% of the ponds.\r\n"
    "\r\n"
    "-\t::error::Ponds with reed beds held\t350\u00a0µg of nitrate per sample \x1b[mnow ##[error].\n"
    "\n"
    "Elsewhere, 𝒳 ponds with reed beds held 450\r\n"
    "µg of nitrate per sample; \u202ethat is much.\r\n"
    "\r\n"
    "Algae covered 12% of the ponds with reed beds.\r\n"
    "\r\n"
    '<!-- evidencelint-disable-next-line value-mismatch reason="as [printed](1) <b>then</b>" -->\r\n'
    "Algae | covered 31% of <script>the</script> ponds with reed beds, @everyone.\r\n"
    "\r\n"
    "Algae | covered 41% of the ponds with reed beds, @everyone.\r\n"
)
DIAGNOSTIC_KEYS = [
    *("code", "name", "verdict", "severity", "confidence", "path", "line", "column", "end_line", "end_column"),
    *("offset", "end_offset", "text", "claim", "message", "expected", "facts", "details", "fix", "fingerprint"),
]


@pytest.fixture(scope="module")
def run() -> Run:
    base = parse_facts(FACTS, "facts.yaml", None)
    data = DOCUMENT.encode()
    report = Linter(base, select()).check(data, "docs\\pond.md")
    assert report.error is None
    report = triage(report, data, make_policy(Config(root=Path("/")), ()))
    unread = DocumentError("byte 3 ##[x] is <not> UTF-8", Position("docs/b.md", 2, 3))
    return Run(
        (report, FileReport("docs/b.md", checked=False, error=unread, claims=(), diagnostics=())),
        {"docs\\pond.md": DOCUMENT},
        "1.2.3",
        "a model",
        bases={"docs\\pond.md": (BaseRef("facts.yaml", "0123456789abcdef"),)},
        folder="/project/pages",
        root="/project",
        rules=frozenset(rule.name for rule in all_rules()),
    )


def compare(name: str, text: str) -> None:
    path = GOLDEN / name
    if os.environ.get("EVIDENCELINT_GOLDEN") == "write":
        path.write_bytes(text.encode())
    assert text == path.read_bytes().decode()


GOLDEN_FILES = {
    "full": "pond.txt",
    "concise": "pond-concise.txt",
    "json": "pond.json",
    "jsonl": "pond.jsonl",
    "github": "pond-github.txt",
    "gitlab": "pond-gitlab.json",
    "junit": "pond-junit.xml",
    "checkstyle": "pond-checkstyle.xml",
    "rdjson": "pond-rdjson.json",
    "rdjsonl": "pond.rdjsonl",
    "markdown": "pond.md",
}


@pytest.mark.parametrize("name", GOLDEN_FILES)
def test_golden(run: Run, name: str) -> None:
    compare(GOLDEN_FILES[name], FORMATS[name](run))


def test_golden_sarif(run: Run) -> None:
    # the pages of the rules are long and change with them
    log = json.loads(FORMATS["sarif"](run))
    rules = log["runs"][0]["tool"]["driver"]["rules"]
    assert [rule["id"] for rule in rules] == [rule.code for rule in all_rules()]
    log["runs"][0]["tool"]["driver"]["rules"] = []
    for result in log["runs"][0]["results"]:
        assert rules[result.pop("ruleIndex")]["id"] == result["ruleId"]
    compare("pond.sarif", json.dumps(log, ensure_ascii=False, indent=1) + "\n")


def test_every_format_has_its_golden_file() -> None:
    assert {*GOLDEN_FILES, "sarif"} == set(FORMATS) == set(SETTINGS_FORMATS) == set(CLI_FORMATS)


def test_golden_claims(run: Run) -> None:
    compare("pond-claims.txt", claims_text.render(run, everything=True))
    compare("pond-claims.json", json_report.render_claims(run, everything=True))


def test_the_document_has_what_makes_it_awkward(run: Run) -> None:
    found = list(run.diagnostics())
    assert any("\n" in d.text for d in found)
    assert any("µ" in d.text for d in found)
    assert any("𝒳" in DOCUMENT[d.span.start - d.column + 1 : d.span.start] for d in found)
    assert [d.text for d in found] == [DOCUMENT[d.span.start : d.span.end] for d in found]


def test_lines_and_columns_count_code_points(run: Run) -> None:
    for d in run.diagnostics():
        lines = re.split(r"(?<=\n)|(?<=\r)(?!\n)", DOCUMENT)
        assert sum(len(line) for line in lines[: d.line - 1]) + d.column - 1 == d.span.start
        assert sum(len(line) for line in lines[: d.end_line - 1]) + d.end_column - 1 == d.span.end


def test_json_keys_in_order(run: Run) -> None:
    data: dict[str, Any] = json.loads(json_report.render(run))
    assert list(data) == ["schema_version", "tool", "files", "diagnostics", "summary", "fact_bases", "suppressed"]
    assert data["fact_bases"] == [{"path": "facts.yaml", "fingerprint": "0123456789abcdef"}]
    assert data["tool"] == {"name": "evidencelint", "version": "1.2.3", "model": "a model"}
    assert [list(file) for file in data["files"]] == [
        ["path", "claims", "checked", "numbers"],
        ["path", "claims", "checked", "numbers", "error"],
    ]
    assert [file["checked"] for file in data["files"]] == [True, False]
    counts = ["files", "claims", "supported", "errors", "warnings", "infos", "suppressed", "numbers"]
    assert list(data["summary"]) == counts
    numbers = data["summary"]["numbers"]
    assert list(numbers) == ["figures", "matched", "departing", "derived", "arithmetic", "unmatched", "set_aside"]
    assert numbers == data["files"][0]["numbers"]
    (hidden,) = data["suppressed"]
    assert (hidden["by"], hidden["reason"]) == ("document", "as [printed](1) <b>then</b>")
    assert data["diagnostics"]
    for found in (*data["diagnostics"], hidden["diagnostic"]):
        assert list(found) == DIAGNOSTIC_KEYS
        assert DOCUMENT[found["offset"] : found["end_offset"]] == found["text"]
        assert all(list(fact) == ["id", "quote", "source", "path", "line"] for fact in found["facts"])
        assert found["fix"] is None or list(found["fix"]) == ["safe", "offset", "end_offset", "replacement"]
        assert found["path"] == "docs/pond.md"
        assert re.fullmatch(r"[0-9a-f]{16}", found["fingerprint"])


@pytest.mark.parametrize("name", ["full", "concise"])
def test_reports_for_people_have_no_control_characters_or_commands(run: Run, name: str) -> None:
    text = FORMATS[name](run)
    assert {c for c in text if unicodedata.category(c) in {"Cc", "Cf", "Zl", "Zp"}} <= {"\n"}
    assert "##[" not in text
    assert not re.search(r"^\s*::", text, re.MULTILINE)


def test_marks_stand_under_what_they_mark(run: Run) -> None:
    lines = FORMATS["full"](run).splitlines()
    marked = [
        lines[index - 1][len(line) - len(line.lstrip(" |")) : len(line)]
        for index, line in enumerate(lines)
        if line.endswith("^")
    ]
    first_lines = [clean(d.text.splitlines()[0]) for d in run.diagnostics()]
    # a character that nobody sees is marked where it would stand
    assert [shown if text else "" for shown, text in zip(marked, first_lines, strict=True)] == first_lines


def test_nothing_to_say() -> None:
    nothing = Run((), {}, "1.2.3", "a model")
    assert FORMATS["concise"](nothing) == ""
    assert FORMATS["full"](nothing) == "0 claims in 0 files: 0 supported, 0 errors, 0 warnings, 0 notes\n0 figures\n"
    assert json.loads(FORMATS["json"](nothing))["diagnostics"] == []
    assert claims_text.render(nothing, everything=True) == ""


def invented(text: str, span: Span, line: int, column: int, end: tuple[int, int]) -> Run:
    found = Diagnostic(
        code="EL101",
        name="value-mismatch",
        verdict="mismatched",
        severity="error",
        confidence=0.5,
        path="a.md",
        line=line,
        column=column,
        end_line=end[0],
        end_column=end[1],
        span=span,
        text=text[span.start : span.end],
        claim="the claim",
        message="the message",
        expected="1",
        facts=(FactRef("tea", "A quote.", "lee2021", Position("facts.yaml", 3)),),
        fix=Fix(span, "1", safe=False),
        details=("a detail",),
        fingerprint="0",
    )
    report = FileReport("a.md", checked=True, error=None, claims=(), diagnostics=(found,))
    return Run((report,), {"a.md": text}, "1.2.3", "a model", quiet=True)


def test_a_long_line_is_cut_around_the_finding() -> None:
    text = f"{'a ' * 100}77%{' b' * 100}\n"
    lines = FORMATS["full"](invented(text, Span(200, 203), 1, 201, (1, 204))).splitlines()
    assert lines[1] == f"    1 | …{'a ' * 15}77%{' b' * 31} …"
    assert lines[2] == f"      | {' ' * 31}^^^"
    assert lines[3:-1] == [
        "   = fact: tea (lee2021, facts.yaml:3)",
        "   = quote: “A quote.”",
        "   = a detail",
        "   = suggestion: replace by “1”",
    ]


@pytest.mark.parametrize("text", ["77%", "77%\n", "77%\r\n"])
def test_a_finding_that_is_the_whole_document(text: str) -> None:
    lines = FORMATS["full"](invented(text, Span(0, 3), 1, 1, (1, 4))).splitlines()
    assert lines[1:3] == ["    1 | 77%", "      | ^^^"]


def test_a_finding_at_the_end_of_the_document() -> None:
    lines = FORMATS["full"](invented("a\n", Span(2, 2), 2, 1, (2, 1))).splitlines()
    assert lines[1:3] == ["    2 | ", "      | ^"]


@given(st.text())
def test_clean_text_is_one_line_without_hidden_characters(text: str) -> None:
    shown = clean(text)
    assert len(shown.splitlines()) <= 1
    assert "##[" not in shown
    assert not [c for c in shown if unicodedata.category(c) in {"Cc", "Cf", "Cs", "Zl", "Zp"}]
    assert clean(shown) == shown


def test_paths_have_forward_slashes() -> None:
    assert slashes("docs\\a\x1b.md") == "docs/a .md"
