"""The language server, driven by a real client over standard input and output."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

pytest.importorskip("pygls")

from lsprotocol import types

from tests.lsp_helpers import FACTS, Editor, Server, apply

WRONG = "Bicycle helmets lowered the risk of head injury by 84%.\n"
RIGHT = "With bicycle helmets, the risk of head injury fell by 48%.\n"
KINDS = types.PositionEncodingKind
# a byte order mark is what editors take away; the line separator is no end of a line to the protocol
AWKWARD = (
    "# µ and –\r\n\r\nTabs\tand 😀 \u2028 signs \x0c. **Bicycle helmets** lowered the\r\n"
    "risk of head injury by 84%.\r\n"
)


def with_facts(folder: Path) -> Path:
    (folder / "facts.yaml").write_text(FACTS, encoding="utf-8")
    (folder / ".git").mkdir()
    return folder


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return with_facts(tmp_path)


@pytest.fixture(scope="module")
def able(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    """A server whose client can do what the common editors can."""
    server = Server(with_facts(tmp_path_factory.mktemp("able")))
    yield server
    server.stop()


@pytest.fixture(scope="module")
def simple(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    """A server whose client can do only what every client can."""
    server = Server(with_facts(tmp_path_factory.mktemp("simple")), able=False)
    yield server
    server.stop()


def at(line: int, start: int, end: int) -> types.Range:
    return types.Range(types.Position(line, start), types.Position(line, end))


def messages(found: object) -> list[str]:
    assert isinstance(found, (list, tuple))
    return [each.message for each in found]


def test_findings_come_while_typing_and_go_when_fixed(able: Server, folder: Path) -> None:
    async def story(editor: Editor) -> None:
        editor.open("a.md", WRONG)
        (found,) = await editor.findings("a.md", 1)
        assert found.range == at(0, 51, 54)
        assert (found.code, found.source, found.severity) == ("EL101", "evidencelint", types.DiagnosticSeverity.Error)
        assert found.message == "says 84%, fact `injuries` has 48%"
        assert found.code_description is not None
        assert found.code_description.href.startswith("file:")
        assert found.code_description.href.endswith("EL101-value-mismatch.md")
        (fact,) = found.related_information or []
        assert fact.location.uri == editor.uri("facts.yaml")
        assert "lowered the risk of head injury by 48%" in fact.message
        editor.type("a.md", WRONG.replace("84", "74"), 2)
        editor.type("a.md", RIGHT, 3)
        assert list(await editor.findings("a.md")) == [], "the second version was typed over"
        editor.type("a.md", WRONG, 4)
        assert len(await editor.findings("a.md", 4)) == 1
        editor.close("a.md")
        assert list(await editor.findings("a.md")) == [], "a closed document keeps no findings"

    able.play(story, folder)


@pytest.mark.parametrize(
    ("encodings", "agreed", "character"),
    [
        ([], "utf-16", 59),
        ([KINDS.Utf8, KINDS.Utf16], "utf-8", 64),
        ([KINDS.Utf32, KINDS.Utf16], "utf-32", 58),
    ],
)
def test_positions_in_the_encoding_agreed_on(
    folder: Path, encodings: list[types.PositionEncodingKind], agreed: str, character: int
) -> None:
    async def story(editor: Editor) -> None:
        assert editor.initialized.capabilities.position_encoding == agreed
        editor.open("a.md", f"µ – 😀 {WRONG}")
        (found,) = await editor.findings("a.md")
        assert found.range == at(0, character - 1, character + 2)
        (place,) = await editor.definition("a.md", 0, character)
        before = '  - {note: "µ 😀 –", '
        units = {"utf-8": len(before.encode()), "utf-16": len(before.encode("utf-16-le")) // 2, "utf-32": len(before)}
        assert place.range.start == types.Position(5, units[agreed])

    server = Server(folder, encodings=encodings)
    server.play(story)
    server.stop()


def test_lines_are_those_of_the_protocol(able: Server, folder: Path) -> None:
    async def story(editor: Editor) -> None:
        editor.open("a.md", AWKWARD)
        (found,) = await editor.findings("a.md")
        assert found.range == at(3, 23, 26)
        fix, quiet, _ = await editor.actions("a.md", found.range)
        assert apply(AWKWARD, edits(fix)) == AWKWARD.replace("84%", "48%")
        comment = " <!-- evidencelint-disable-line value-mismatch -->"
        assert apply(AWKWARD, edits(quiet)) == AWKWARD.replace("84%.", f"84%.{comment}")

    able.play(story, folder)


def test_hover_shows_the_fact_and_its_quote(able: Server, folder: Path) -> None:
    async def story(editor: Editor) -> None:
        editor.open("a.md", f"{WRONG}\n{RIGHT}\nA sentence about *nothing* at all.\n")
        wrong = await editor.hover("a.md", 0, 52)
        assert wrong is not None
        assert isinstance(wrong.contents, types.MarkupContent)
        assert wrong.contents.kind is types.MarkupKind.Markdown
        assert wrong.range == at(0, 51, 54)
        assert "**EL101 value-mismatch** (mismatched, error): says 84%, fact `injuries` has 48%" in wrong.contents.value
        assert "> “Bicycle helmets lowered the risk of head injury by 48%" in wrong.contents.value
        assert r"fact injuries (lee2021, facts\.yaml:6)" in wrong.contents.value
        right = await editor.hover("a.md", 2, 8)
        assert right is not None
        assert isinstance(right.contents, types.MarkupContent)
        assert right.contents.value.startswith("**supported** (numeric claim)")
        assert right.range == at(2, 0, len(RIGHT) - 1)
        assert await editor.hover("a.md", 4, 20) is None

    able.play(story, folder)


def test_hover_is_plain_where_the_client_reads_no_markdown(simple: Server, folder: Path) -> None:
    async def story(editor: Editor) -> None:
        editor.open("a.md", WRONG)
        hover = await editor.hover("a.md", 0, 52)
        assert hover is not None
        assert isinstance(hover.contents, types.MarkupContent)
        assert hover.contents.kind is types.MarkupKind.PlainText
        first, quote, *_ = hover.contents.value.splitlines()
        assert first == "EL101 value-mismatch (mismatched, error): says 84%, fact `injuries` has 48%"
        assert quote == "“Bicycle helmets lowered the risk of head injury by 48%.”"

    simple.play(story, folder)


def test_go_to_fact_from_findings_and_from_what_is_right(able: Server, folder: Path) -> None:
    async def story(editor: Editor) -> None:
        editor.open("a.md", f"{WRONG}\n{RIGHT}\nNothing here.\n")
        for line, character in ((0, 52), (0, 3), (2, 50)):
            (place,) = await editor.definition("a.md", line, character)
            assert place.uri == editor.uri("facts.yaml")
            assert place.range.start == types.Position(5, 21)
        assert await editor.definition("a.md", 4, 2) == []

    able.play(story, folder)


def test_quick_fixes_and_leaving_alone(able: Server, folder: Path) -> None:
    async def story(editor: Editor) -> None:
        editor.open("a.md", WRONG)
        (found,) = await editor.findings("a.md")
        fix, quiet, everything = await editor.actions("a.md", found.range)
        assert (fix.title, fix.kind, fix.is_preferred) == ("Replace “84%” by “48%”", "quickfix", True)
        assert messages(fix.diagnostics) == [found.message]
        assert apply(WRONG, edits(fix)) == WRONG.replace("84", "48")
        assert quiet.title == "Ignore value-mismatch here"
        silenced = apply(WRONG, edits(quiet))
        assert silenced == f"<!-- evidencelint-disable-next-line value-mismatch -->\n{WRONG}"
        assert everything.kind == "source.fixAll.evidencelint"
        assert apply(WRONG, edits(everything)) == WRONG.replace("84", "48")
        assert [a.kind for a in await editor.actions("a.md", found.range, only=["source.fixAll"])] == [everything.kind]
        assert [a.kind for a in await editor.actions("a.md", found.range, only=["quickfix"])] == ["quickfix"] * 2
        assert await editor.actions("a.md", found.range, only=["refactor"]) == []
        assert [a.kind for a in await editor.actions("a.md", at(0, 0, 3))] == [everything.kind]

    able.play(story, folder)


def test_leaving_a_finding_alone_takes_it_away(able: Server, folder: Path) -> None:
    async def story(editor: Editor) -> None:
        editor.open("a.md", WRONG)
        (found,) = await editor.findings("a.md")
        _, quiet, _ = await editor.actions("a.md", found.range)
        editor.type("a.md", apply(WRONG, edits(quiet)), 2)
        assert list(await editor.findings("a.md", 2)) == []
        editor.type("a.md", apply(WRONG, edits(quiet)).replace("84", "48"), 3)
        assert [each.code for each in await editor.findings("a.md", 3)] == ["EL902"], "it is of no use any more"

    able.play(story, folder)


def test_settings_hold_and_are_read_anew(able: Server, folder: Path) -> None:
    async def story(editor: Editor) -> None:
        editor.open("a.md", WRONG)
        (found,) = await editor.findings("a.md")
        assert found.severity is types.DiagnosticSeverity.Error
        for settings, expected in (
            ("severities: {value-mismatch: warning}", [types.DiagnosticSeverity.Warning]),
            ("ignore: [EL1]", []),
            ("exclude: [a.md]", []),
            ("per-file-ignores: {'b.md': [EL1]}", [types.DiagnosticSeverity.Error]),
        ):
            (folder / "evidencelint.yaml").write_text(settings, encoding="utf-8")
            editor.changed_on_disk("evidencelint.yaml")
            assert [each.severity for each in await editor.findings("a.md")] == expected, settings
        (folder / "evidencelint.yaml").write_text("ignroe: [EL1]", encoding="utf-8")
        editor.changed_on_disk("evidencelint.yaml")
        (broken,) = await editor.findings("a.md")
        assert "did you mean ignore?" in broken.message

    able.play(story, folder)


def edits(action: types.CodeAction) -> list[types.TextEdit]:
    """The edits of an action, whichever way the client takes them; versioned ones name the version."""
    assert action.edit is not None
    if action.edit.changes is not None:
        return [each for some in action.edit.changes.values() for each in some]
    (document,) = action.edit.document_changes or ()
    assert isinstance(document, types.TextDocumentEdit)
    assert document.text_document.version == 1
    return [each for each in document.edits if isinstance(each, types.TextEdit)]


def test_a_client_without_versioned_edits_gets_plain_ones(simple: Server, folder: Path) -> None:
    async def story(editor: Editor) -> None:
        editor.open("a.md", WRONG)
        fix, *_ = await editor.actions("a.md", at(0, 51, 54))
        assert fix.edit is not None
        assert fix.edit.document_changes is None
        assert apply(WRONG, edits(fix)) == WRONG.replace("84", "48")

    simple.play(story, folder)


@pytest.mark.parametrize("told", ["watcher", "saved"])
def test_a_changed_fact_base_is_read_anew(able: Server, folder: Path, told: str) -> None:
    async def story(editor: Editor) -> None:
        editor.open("a.md", WRONG)
        assert len(await editor.findings("a.md")) == 1
        watchers = [r for r in editor.screen.registrations if r.method == types.WORKSPACE_DID_CHANGE_WATCHED_FILES]
        assert len(watchers) == 1
        (folder / "facts.yaml").write_text(FACTS.replace("48%", "84%"), encoding="utf-8")
        tell(editor, told)
        assert list(await editor.findings("a.md")) == []
        (folder / "facts.yaml").write_text(FACTS.replace("id: injuries, ", ""), encoding="utf-8")
        tell(editor, told)
        (broken,) = await editor.findings("a.md")
        assert broken.message.startswith("not checked: ")
        assert "facts[0].id: missing" in broken.message
        (place,) = broken.related_information or []
        assert place.location.uri == editor.uri("facts.yaml")
        (folder / "facts.yaml").write_text(FACTS, encoding="utf-8")
        tell(editor, told)
        assert messages(await editor.findings("a.md")) == ["says 84%, fact `injuries` has 48%"]

    able.play(story, folder)


def tell(editor: Editor, told: str) -> None:
    if told == "watcher":
        editor.changed_on_disk("facts.yaml")
    else:
        editor.save("facts.yaml")


def test_a_changed_source_counts_even_if_nobody_tells(able: Server, folder: Path) -> None:
    (folder / "source.md").write_text("Bicycle helmets lowered the risk of head injury by 48%.\n", encoding="utf-8")
    (folder / "facts.yaml").write_text(FACTS.replace("key: lee2021", "key: lee2021, path: source.md"), encoding="utf-8")

    async def story(editor: Editor) -> None:
        editor.open("a.md", WRONG)
        assert len(await editor.findings("a.md")) == 1
        (folder / "source.md").write_text("Nothing of the kind.\n", encoding="utf-8")
        editor.type("a.md", f"{WRONG}\n", 2)
        (broken,) = await editor.findings("a.md", 2)
        assert "EL601 quote-not-in-source" in broken.message
        (folder / "source.md").write_text("Bicycle helmets lowered the risk of head injury by 48%.\n")
        editor.changed_on_disk("source.md")
        assert messages(await editor.findings("a.md", 2)) == ["says 84%, fact `injuries` has 48%"]

    able.play(story, folder)


def test_a_fact_base_is_validated_as_it_is_written(able: Server, folder: Path) -> None:
    async def story(editor: Editor) -> None:
        editor.open("facts.yaml", FACTS, "yaml")
        assert list(await editor.findings("facts.yaml", 1)) == []
        editor.type("facts.yaml", FACTS.replace("note:", "nota:"), 2)
        (found,) = await editor.findings("facts.yaml", 2)
        assert found.message == "facts[0].nota: unknown key; did you mean note?"
        assert found.range.start.line == 5
        editor.open("other.yaml", "a: [", "yaml")
        assert list(await editor.findings("other.yaml")) == []

    able.play(story, folder)


def test_pages_without_a_fact_base_are_left_alone(able: Server, tmp_path: Path) -> None:
    (tmp_path / ".git").mkdir()

    async def story(editor: Editor) -> None:
        editor.open("readme.md", WRONG)
        assert list(await editor.findings("readme.md")) == []
        assert await editor.hover("readme.md", 0, 52) is None
        assert await editor.actions("readme.md", at(0, 51, 54)) == []

    able.play(story, tmp_path)


def test_a_named_fact_base_holds_for_all(folder: Path, tmp_path: Path) -> None:
    other = tmp_path / "elsewhere"
    (other / ".git").mkdir(parents=True)

    async def story(editor: Editor) -> None:
        editor.open("a.md", WRONG)
        assert len(await editor.findings("a.md")) == 1

    server = Server(other, "--facts", str(folder / "facts.yaml"))
    server.play(story)
    server.stop()


def test_what_cannot_be_read_says_where(able: Server, folder: Path) -> None:
    async def story(editor: Editor) -> None:
        editor.open("a.md", "One line.\nA NUL: \0.\n")
        (found,) = await editor.findings("a.md")
        assert found.code == "EL901"
        assert found.range.start == types.Position(1, 7)
        editor.open("b.md", "---\na: [\n---\n\nText.\n")
        (found,) = await editor.findings("b.md")
        assert found.code == "EL901"

    able.play(story, folder)


def test_unsaved_and_odd_documents_do_no_harm(able: Server, folder: Path) -> None:
    async def story(editor: Editor) -> None:
        item = types.TextDocumentItem("untitled:Untitled-1", "markdown", 1, WRONG)
        editor.client.text_document_did_open(types.DidOpenTextDocumentParams(item))
        editor.open("a.md", "")
        assert list(await editor.findings("a.md")) == []
        hover = types.HoverParams(types.TextDocumentIdentifier("untitled:Untitled-1"), types.Position(0, 52))
        assert await editor.client.text_document_hover_async(hover) is not None
        beyond = types.HoverParams(types.TextDocumentIdentifier("untitled:Untitled-1"), types.Position(900, 5000))
        assert await editor.client.text_document_hover_async(beyond) is None

    able.play(story, folder)


def test_a_client_that_pulls_is_not_sent_the_same_twice(able: Server, folder: Path) -> None:
    async def story(editor: Editor) -> None:
        editor.open("a.md", WRONG)
        assert len(await editor.findings("a.md")) == 1
        parameters = types.DocumentDiagnosticParams(types.TextDocumentIdentifier(editor.uri("a.md")))
        report = await editor.client.text_document_diagnostic_async(parameters)
        assert isinstance(report, types.RelatedFullDocumentDiagnosticReport)
        assert messages(report.items) == ["says 84%, fact `injuries` has 48%"]
        assert list(await editor.findings("a.md")) == [], "what was sent before is taken back"
        editor.type("a.md", RIGHT, 2)
        report = await editor.client.text_document_diagnostic_async(parameters)
        assert isinstance(report, types.RelatedFullDocumentDiagnosticReport)
        assert list(report.items) == []
        before = editor.screen.refreshed
        (folder / "facts.yaml").write_text(FACTS.replace("48%", "47%"), encoding="utf-8")
        editor.changed_on_disk("facts.yaml")
        report = await editor.client.text_document_diagnostic_async(parameters)
        assert isinstance(report, types.RelatedFullDocumentDiagnosticReport)
        assert messages(report.items) == ["says 48%, fact `injuries` has 47%"]
        assert editor.screen.refreshed == before + 1
        assert [each for each in editor.screen.published if each.uri == editor.uri("a.md")] == []

    able.play(story, folder)


def test_without_pygls_the_command_says_what_to_install(tmp_path: Path) -> None:
    script = (
        "import sys\nfrom importlib import util\nfind = util.find_spec\n"
        "util.find_spec = lambda name, *rest: None if name == 'pygls' else find(name, *rest)\n"
        "from evidencelint.cli import main\nmain(['lsp'])\n"
    )
    done = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=False, cwd=tmp_path)
    assert (done.returncode, done.stdout) == (2, "")
    assert done.stderr == (
        "evidencelint: error: the language server needs pygls; run: pip install 'evidencelint[lsp]'\n"
    )
