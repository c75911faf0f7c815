"""Every machine's format, held against its schema or read back by a parser that others use."""

from __future__ import annotations

import json
import os
import re
from pathlib import Path
from typing import Any
from urllib.parse import unquote
from xml.etree import ElementTree as ET

import jsonschema
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from evidencelint.errors import DocumentError
from evidencelint.model import Diagnostic, FactRef, Fix, Position, Span, Suppressed
from evidencelint.outcome import FileReport
from evidencelint.reporters import FORMATS, BaseRef, Run
from evidencelint.reporters.line_hash import line_hashes
from evidencelint.reporters.run import clean
from evidencelint.rules import all_rules
from evidencelint.source import Source

ROOT = Path(__file__).resolve().parents[1]
SCHEMAS = Path(os.environ.get("EVIDENCELINT_SCHEMAS") or ROOT.parent / "shared" / "schemas")
GOLDEN = Path(__file__).parent / "golden"
MACHINES = ["json", "jsonl", "github", "gitlab", "sarif", "junit", "checkstyle", "rdjson", "rdjsonl", "markdown"]


def invented(text: str, span: Span, message: str, path: str = "docs/a.md", count: int = 1) -> Run:
    """Give a run with findings at a span, each with all that a finding can have."""
    source = Source(path, text)
    line, column = source.position(span.start)
    end_line, end_column = source.position(span.end)
    found = Diagnostic(
        code="EL101", name="value-mismatch", verdict="mismatched", severity="error", confidence=0.9, path=path,
        line=line, column=column, end_line=end_line, end_column=end_column, span=span, text=source.slice(span),
        claim=message, message=message, expected=message,
        facts=(FactRef("tea", message, "lee2021", Position("facts.yaml", 3)),),
        fix=Fix(span, message, safe=True), details=(message,), fingerprint="0123456789abcdef",
    )  # fmt: skip
    hidden = (Suppressed(found, "document", message), Suppressed(found, "baseline"))
    report = FileReport(path, checked=True, error=None, claims=(), diagnostics=(found,) * count, suppressed=hidden)
    clean = FileReport("docs/clean.md", checked=True, error=None, claims=(), diagnostics=())
    error = DocumentError(message, Position("docs/bad.md", 2))
    unread = FileReport("docs/bad.md", checked=False, error=error, claims=(), diagnostics=())
    base = BaseRef("facts.yaml", "fedcba9876543210")
    return Run(
        (report, clean, unread), {path: text, "docs/clean.md": ""}, "1.2.3", "a model",
        bases={path: (base,), "docs/clean.md": (base,)}, folder="/project", root="/project",
    )  # fmt: skip


RUN = invented("µ𝒳 says 21%\r\nof it\n", Span(8, 17), "says 21%, fact `tea` has [12](1)% <b>")
NOTHING = Run((), {}, "1.2.3", "a model")


def schema(name: str) -> dict[str, Any]:
    if not (SCHEMAS / name).is_file():
        pytest.skip(f"{name} is not in {SCHEMAS.name}")
    data: dict[str, Any] = json.loads((SCHEMAS / name).read_text(encoding="utf-8"))
    return data


def validate(data: object, name: str) -> None:
    content = schema(name)
    jsonschema.validators.validator_for(content)(content).validate(data)


@pytest.mark.parametrize("run", [RUN, NOTHING], ids=["findings", "nothing"])
def test_sarif_fits_its_schema(run: Run) -> None:
    validate(json.loads(FORMATS["sarif"](run)), "sarif-2.1.0.schema.json")


@pytest.mark.parametrize("run", [RUN, NOTHING], ids=["findings", "nothing"])
def test_gitlab_fits_its_schema(run: Run) -> None:
    validate(json.loads(FORMATS["gitlab"](run)), "gitlab-code-quality.schema.json")


@pytest.mark.parametrize("run", [RUN, NOTHING], ids=["findings", "nothing"])
def test_rdjson_fits_its_schema(run: Run) -> None:
    validate(json.loads(FORMATS["rdjson"](run)), "rdjson.schema.json")
    for line in FORMATS["rdjsonl"](run).splitlines():
        validate(json.loads(line), "rdjsonl-diagnostic.schema.json")


def test_golden_files_fit_the_schemas() -> None:
    validate(json.loads((GOLDEN / "pond.sarif").read_text("utf-8")), "sarif-2.1.0.schema.json")
    validate(json.loads((GOLDEN / "pond-gitlab.json").read_text("utf-8")), "gitlab-code-quality.schema.json")
    validate(json.loads((GOLDEN / "pond-rdjson.json").read_text("utf-8")), "rdjson.schema.json")


def test_rdjson_has_no_field_but_its_own() -> None:
    # the reader of the format refuses what it does not know, though the schema lets it pass
    known = {
        "message", "location", "path", "range", "start", "end", "line", "column", "severity", "source", "name", "url",
        "code", "value", "suggestions", "text", "original_output", "related_locations", "diagnostics",
    }  # fmt: skip

    def keys(data: object) -> set[str]:
        if isinstance(data, dict):
            return set(data).union(*(keys(value) for value in data.values()))
        return set().union(*(keys(item) for item in data)) if isinstance(data, list) else set()

    assert keys(json.loads(FORMATS["rdjson"](RUN))) <= known


def test_columns_in_the_unit_of_each_format() -> None:
    # "µ𝒳 says " is 8 code points and 12 bytes in UTF-8
    rdjson = json.loads(FORMATS["rdjson"](RUN))["diagnostics"][0]["location"]["range"]
    assert rdjson == {"start": {"line": 1, "column": 13}, "end": {"line": 2, "column": 5}}
    sarif = json.loads(FORMATS["sarif"](RUN))["runs"][0]
    assert sarif["columnKind"] == "unicodeCodePoints"
    region = sarif["results"][0]["locations"][0]["physicalLocation"]["region"]
    assert region == {"startLine": 1, "startColumn": 9, "endLine": 2, "endColumn": 5}
    # of two lines, the service takes no columns
    assert FORMATS["github"](RUN).startswith("::error file=docs/a.md,line=1,endLine=2,title=EL101 value-mismatch::")


def test_junit_is_read_back() -> None:
    junitparser = pytest.importorskip("junitparser")
    suites = list(junitparser.JUnitXml.fromstring(FORMATS["junit"](RUN).encode()))
    assert [(suite.name, suite.tests, suite.failures, suite.errors) for suite in suites] == [
        ("docs/a.md", 1, 1, 0),
        ("docs/clean.md", 1, 0, 0),
        ("docs/bad.md", 1, 0, 1),
    ]
    (case,) = suites[0]
    assert (case.name, case.classname) == ("EL101 value-mismatch", "docs/a.md")
    assert case.result[0].message == "says 21%, fact `tea` has [12](1)% <b>"


def test_checkstyle_is_read_back() -> None:
    root = ET.fromstring(FORMATS["checkstyle"](RUN).encode())  # noqa: S314 - our own text
    assert [file.get("name") for file in root] == ["docs/a.md", "docs/clean.md", "docs/bad.md"]
    (error,) = root[0]
    assert (error.get("line"), error.get("column"), error.get("severity")) == ("1", "9", "error")
    assert error.get("source") == "evidencelint.EL101"
    assert error.get("message") == "value-mismatch: says 21%, fact `tea` has [12](1)% <b>"


@pytest.mark.parametrize("name", MACHINES)
def test_machines_are_told_what_made_the_report(name: str) -> None:
    report = FORMATS[name](RUN)
    assert "fedcba9876543210" in report
    assert "a model" in report
    assert "1.2.3" in report


def test_what_could_not_be_checked_is_in_every_format() -> None:
    for name in MACHINES:
        assert "bad.md" in FORMATS[name](RUN), name


def test_sarif_rules_and_results() -> None:
    (run,) = json.loads(FORMATS["sarif"](RUN))["runs"]
    rules = run["tool"]["driver"]["rules"]
    assert [rule["id"] for rule in rules] == [rule.code for rule in all_rules()]
    for rule in rules:
        assert rule["shortDescription"]["text"].strip()
        assert len(rule["fullDescription"]["text"]) <= 1024
        assert rule["help"]["markdown"].startswith("## ")
        assert len(rule["properties"]["tags"]) <= 20
    first, hidden = run["results"]
    assert rules[first["ruleIndex"]]["id"] == first["ruleId"] == "EL101"
    assert "suppressions" not in first
    assert hidden["suppressions"] == [{"kind": "inSource", "justification": "says 21%, fact `tea` has [12](1)% <b>"}]
    # brackets of the text are no links; ours is
    assert first["message"]["text"].startswith("says 21%, fact `tea` has \\[12\\](1)% <b>\n[tea](1): ")
    assert set(first["partialFingerprints"]) == {"primaryLocationLineHash", "evidencelint/claim/v1"}


def test_sarif_keeps_to_what_services_take() -> None:
    (run,) = json.loads(FORMATS["sarif"](invented("a", Span(0, 1), "m", count=25_001)))["runs"]
    reported = [result for result in run["results"] if "suppressions" not in result]
    assert len(reported) == 25_000
    assert "1 results are left out" in run["invocations"][0]["toolExecutionNotifications"][-1]["message"]["text"]


def test_line_hashes_are_those_of_the_service() -> None:
    # from the test of github/codeql-action's own implementation
    assert line_hashes("", [1]) == {1: "c129715d7a2bc9a3:1"}
    text = " a\nb\n  \t\tc\n d"
    assert line_hashes(text, [1, 2, 3, 4]) == {
        1: "271789c17abda88f:1", 2: "54703d4cd895b18:1", 3: "180aee12dab6264:1", 4: "a23a3dc5e078b07b:1",
    }  # fmt: skip
    assert line_hashes("\n\n a\nb", [1, 3])[3] == line_hashes(" a\nb", [1])[1]
    assert set(line_hashes("x\r\n" * 5, range(1, 6)).values()) != set(line_hashes("x\n" * 5, [1]).values())


def test_gitlab_fingerprints_tell_documents_apart() -> None:
    one, two = (json.loads(FORMATS["gitlab"](invented("a", Span(0, 1), "m", path)))[0] for path in ("a.md", "b.md"))
    assert one["fingerprint"] != two["fingerprint"]
    assert one["location"] == {"path": "a.md", "lines": {"begin": 1, "end": 1}}


def test_paths_count_from_the_root_of_the_repository() -> None:
    run = Run((), {}, "1", "m", folder="/project/site", root="/project")
    assert run.repository_path("docs/a.md") == "site/docs/a.md"
    assert run.repository_path("../a.md") == "a.md"
    assert run.repository_path("/project/a b.md") == "a b.md"
    assert run.repository_path("/else/a.md") == "/else/a.md"
    assert run.repository_path("docs\\a.md") == "site/docs/a.md"


# what the services obey, as their runners read it: a command at the start of a line, after blanks, or anywhere
COMMAND = re.compile(r"^\s*::[A-Za-z-]+( [^\n]*)?::|##\[", re.MULTILINE)
HOSTILE = st.lists(
    st.sampled_from(
        ["::error::x", "##[error]", "\n", "\r", "\x1b[31m", "\x00", "\ufffe", "\u2028", "\u202e", "]]>", "-->", "<!--",
         "</message>", "<script>alert(1)</script>", "&amp;", '"', "'", "`", "|", "@everyone", "[x](javascript:y)",
         "%0A", ",file=z", "\\", "\ud800", "µ", "𝒳", "${{ x }}", "::set-output name=a::b", "# ", "\x9b1m"]
    ),
    max_size=8,
).map("".join)  # fmt: skip


@settings(max_examples=150, deadline=None)
@given(HOSTILE)
def test_no_report_obeys_what_a_document_says(hostile: str) -> None:
    text = hostile.encode("utf-8", "replace").decode() + "x"
    run = invented(text, Span(0, len(text)), hostile, path=f"docs/{hostile.replace('/', '')}.md")
    for name in MACHINES:
        report = FORMATS[name](run)
        report.encode("utf-8")
        assert not [c for c in report if c in "\x1b\x00\x9b\u202e\u2028"], name
        found = COMMAND.findall(report)
        lines = [line for line in report.split("\n") if line.lstrip().startswith("::")]
        assert len(found) == len(lines) == (2 if name == "github" else 0), name
    assert all("\r" not in line for line in FORMATS["github"](run).split("\n"))
    ET.fromstring(FORMATS["junit"](run).encode())  # noqa: S314 - read back to see that it can be
    (error,) = ET.fromstring(FORMATS["checkstyle"](run).encode())[0]  # noqa: S314
    assert error.get("severity") == "error"
    assert json.loads(FORMATS["json"](run))["diagnostics"][0]["text"] == text
    table = [line for line in FORMATS["markdown"](run).split("\n") if line.startswith("| <code>")]
    assert len(table) == 1
    assert table[0].count("|") == 6
    assert set(re.findall(r"</?\w+>", table[0])) <= {"<code>", "</code>", "<br>"}
    assert "@" not in table[0]
    uri = json.loads(FORMATS["sarif"](run))["runs"][0]["results"][0]["locations"][0]["physicalLocation"]
    assert unquote(uri["artifactLocation"]["uri"]).endswith(".md")


def workflow_command(line: str) -> tuple[str, dict[str, str], str] | None:
    """Read a line of a log as the runner of GitHub Actions does (ActionCommand.TryParseV2)."""
    line = line.lstrip()
    end = line.find("::", 2)
    if not line.startswith("::") or end < 0:
        return None
    name, _, rest = line[2:end].partition(" ")
    escapes = {"%0D": "\r", "%0A": "\n", "%3A": ":", "%2C": ",", "%25": "%"}

    def plain(text: str, marks: tuple[str, ...]) -> str:
        for mark in marks:
            text = text.replace(mark, escapes[mark])
        return text

    pairs = [pair.partition("=") for pair in rest.strip().split(",") if pair]
    properties = {key: plain(value, tuple(escapes)) for key, _, value in pairs if value}
    return name, properties, plain(line[end + 2 :], ("%0D", "%0A", "%25"))


@settings(max_examples=100, deadline=None)
@given(HOSTILE)
def test_github_reads_back_what_is_meant(hostile: str) -> None:
    text = hostile.encode("utf-8", "replace").decode() + "x"
    path = f"docs/{hostile.replace('/', '').replace(chr(92), '')}.md"
    first, *_ = FORMATS["github"](invented(text, Span(0, 1), hostile, path=path)).split("\n")
    command = workflow_command(first)
    assert command is not None
    name, properties, message = command
    assert name == "error"
    assert (properties["file"], properties["title"]) == (clean(path), "EL101 value-mismatch")
    assert message == f"{clean(hostile)}\ntea: “{clean(hostile)}”"
    assert properties["line"] == "1"


def test_github_shows_the_severest_first_and_says_what_it_hides() -> None:
    report = FORMATS["github"](invented("a", Span(0, 1), "100%, so: x", count=11))
    lines = report.splitlines()
    assert lines[0].endswith("::100%25, so: x%0Atea: “100%25, so: x”")
    assert "shows 10 annotations of each kind" in lines[-4]
    assert lines[-3].startswith("0 claims in 3 files")
