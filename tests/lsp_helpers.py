"""A real client that talks to a real server over standard input and output."""

from __future__ import annotations

import asyncio
import re
import sys
from collections.abc import Awaitable, Callable, Sequence
from pathlib import Path
from threading import Thread
from typing import TypeVar

from lsprotocol import types
from pygls.lsp.client import LanguageClient

SOON = 30
T = TypeVar("T")
FACTS = """\
sources: [{key: lee2021}]
vocabulary:
  arm: {helmets: [bicycle helmets, helmets]}
  measure: {injury: [head injury, head injuries]}
facts:
  - {note: "µ 😀 –", id: injuries, quote: "Bicycle helmets lowered the risk of head injury by 48%."}
"""


class Screen:
    """What a server sends of its own accord, as a client collects it."""

    def __init__(self, client: LanguageClient) -> None:
        self.published: list[types.PublishDiagnosticsParams] = []
        self.registrations: list[types.Registration] = []
        self.errors: list[types.ShowMessageParams] = []
        self.refreshed = 0

        def register(params: types.RegistrationParams) -> None:
            self.registrations.extend(params.registrations)

        def show(params: types.ShowMessageParams) -> None:
            self.errors.append(params)

        def refresh(_: None) -> None:
            self.refreshed += 1

        def publish(params: types.PublishDiagnosticsParams) -> None:
            self.published.append(params)

        client.feature(types.CLIENT_REGISTER_CAPABILITY)(register)
        client.feature(types.WINDOW_SHOW_MESSAGE)(show)
        client.feature(types.WORKSPACE_DIAGNOSTIC_REFRESH)(refresh)
        client.feature(types.TEXT_DOCUMENT_PUBLISH_DIAGNOSTICS)(publish)


class Editor:
    """An editor at work in a folder of its own; several may share one server."""

    def __init__(
        self, client: LanguageClient, screen: Screen, folder: Path, initialized: types.InitializeResult
    ) -> None:
        self.client = client
        self.screen = screen
        self.folder = folder
        self.initialized = initialized

    def uri(self, name: str) -> str:
        return (self.folder / name).as_uri()

    def open(self, name: str, text: str, language: str = "markdown") -> None:
        item = types.TextDocumentItem(self.uri(name), language, 1, text)
        self.client.text_document_did_open(types.DidOpenTextDocumentParams(item))

    def type(self, name: str, text: str, version: int) -> None:
        document = types.VersionedTextDocumentIdentifier(version, self.uri(name))
        change = types.TextDocumentContentChangeWholeDocument(text)
        self.client.text_document_did_change(types.DidChangeTextDocumentParams(document, [change]))

    def save(self, name: str) -> None:
        document = types.TextDocumentIdentifier(self.uri(name))
        self.client.text_document_did_save(types.DidSaveTextDocumentParams(document))

    def close(self, name: str) -> None:
        document = types.TextDocumentIdentifier(self.uri(name))
        self.client.text_document_did_close(types.DidCloseTextDocumentParams(document))

    def changed_on_disk(self, name: str) -> None:
        event = types.FileEvent(self.uri(name), types.FileChangeType.Changed)
        self.client.workspace_did_change_watched_files(types.DidChangeWatchedFilesParams([event]))

    async def findings(self, name: str, version: int | None = None) -> Sequence[types.Diagnostic]:
        """Wait for the findings of a version of a document; each set is given once."""

        async def wait() -> Sequence[types.Diagnostic]:
            while True:
                for params in self.screen.published:
                    if params.uri == self.uri(name) and (version is None or params.version == version):
                        self.screen.published.remove(params)
                        return params.diagnostics
                await asyncio.sleep(0.02)

        return await asyncio.wait_for(wait(), SOON)

    async def hover(self, name: str, line: int, character: int) -> types.Hover | None:
        place = types.HoverParams(types.TextDocumentIdentifier(self.uri(name)), types.Position(line, character))
        return await self.client.text_document_hover_async(place)

    async def definition(self, name: str, line: int, character: int) -> list[types.Location]:
        place = types.DefinitionParams(types.TextDocumentIdentifier(self.uri(name)), types.Position(line, character))
        found = await self.client.text_document_definition_async(place)
        assert isinstance(found, list)
        assert all(isinstance(each, types.Location) for each in found)
        return [each for each in found if isinstance(each, types.Location)]

    async def actions(self, name: str, place: types.Range, only: Sequence[str] | None = None) -> list[types.CodeAction]:
        context = types.CodeActionContext([], only=only)
        document = types.TextDocumentIdentifier(self.uri(name))
        found = await self.client.text_document_code_action_async(types.CodeActionParams(document, place, context))
        return [each for each in found or [] if isinstance(each, types.CodeAction)]


Story = Callable[[Editor], Awaitable[None]]


class Server:
    """A server that runs in a folder, and a client of it in a thread with a loop of its own."""

    def __init__(
        self, folder: Path, *arguments: str, able: bool = True, encodings: Sequence[types.PositionEncodingKind] = ()
    ) -> None:
        self._folder = folder
        self._loop = asyncio.new_event_loop()
        self._thread = Thread(target=self._loop.run_forever, daemon=True)
        self._thread.start()
        self._client = LanguageClient("test-client", "1")
        self._screen = Screen(self._client)
        self._initialized = self._wait(self._start(arguments, able=able, encodings=encodings))

    def play(self, story: Story, folder: Path | None = None) -> None:
        """Play a story in a folder; whatever the server complains of fails it."""
        self._wait(story(Editor(self._client, self._screen, folder or self._folder, self._initialized)))
        assert self._screen.errors == []

    def stop(self) -> None:
        """End in good order."""
        try:
            self._wait(self._end())
        finally:
            self._loop.call_soon_threadsafe(self._loop.stop)
            self._thread.join(SOON)
            self._loop.close()

    def _wait(self, work: Awaitable[T]) -> T:
        async def limited() -> T:
            return await asyncio.wait_for(work, 4 * SOON)

        return asyncio.run_coroutine_threadsafe(limited(), self._loop).result()

    async def _start(
        self, arguments: Sequence[str], *, able: bool, encodings: Sequence[types.PositionEncodingKind]
    ) -> types.InitializeResult:
        command = ("-W", "error", "-m", "evidencelint", "lsp", *arguments)
        await self._client.start_io(sys.executable, *command, cwd=self._folder)
        capabilities = _capable() if able else types.ClientCapabilities()
        if encodings:
            capabilities.general = types.GeneralClientCapabilities(position_encodings=list(encodings))
        uri = self._folder.as_uri()
        folders = [types.WorkspaceFolder(uri, self._folder.name)]
        initialized = await self._client.initialize_async(
            types.InitializeParams(capabilities, root_uri=uri, workspace_folders=folders)
        )
        self._client.initialized(types.InitializedParams())
        return initialized

    async def _end(self) -> None:
        await self._client.shutdown_async(None)
        self._client.exit(None)
        await self._client.stop()  # type: ignore[no-untyped-call]


def _capable() -> types.ClientCapabilities:
    """What the common editors say of themselves, as far as it matters here."""
    return types.ClientCapabilities(
        workspace=types.WorkspaceClientCapabilities(
            workspace_edit=types.WorkspaceEditClientCapabilities(document_changes=True),
            did_change_watched_files=types.DidChangeWatchedFilesClientCapabilities(dynamic_registration=True),
            diagnostics=types.DiagnosticWorkspaceClientCapabilities(refresh_support=True),
        ),
        text_document=types.TextDocumentClientCapabilities(
            hover=types.HoverClientCapabilities(content_format=[types.MarkupKind.Markdown, types.MarkupKind.PlainText]),
        ),
    )


def apply(text: str, edits: Sequence[types.TextEdit]) -> str:
    """Apply edits as an editor does that counts in UTF-16, with the line ends of the protocol."""
    lines = re.findall(r"[^\r\n]*(?:\r\n|\r|\n|\Z)", text)
    data = text.encode("utf-16-le")

    def offset(position: types.Position) -> int:
        return len("".join(lines[: position.line]).encode("utf-16-le")) + 2 * position.character

    for edit in sorted(edits, key=lambda edit: offset(edit.range.start), reverse=True):
        data = data[: offset(edit.range.start)] + edit.new_text.encode("utf-16-le") + data[offset(edit.range.end) :]
    return data.decode("utf-16-le")
