"""The server: what an editor asks and tells, and when a document is checked."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Coroutine
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

from lsprotocol import types
from pygls.capabilities import get_capability
from pygls.lsp.server import LanguageServer
from pygls.uris import to_fs_path

from evidencelint import __version__
from evidencelint.configuration.settings import Overrides
from evidencelint.lsp.actions import KINDS, code_actions
from evidencelint.lsp.checker import Checker
from evidencelint.lsp.view import TOOL, View
from evidencelint.project import Project
from evidencelint.session import Session

_PAUSE_SECONDS = 0.2
_WATCHED = "**/*.{yaml,yml,json,bib,toml,md,markdown}"
_log = logging.getLogger(__name__)


class Server(LanguageServer):
    """Keeps the newest check of each open document, and tells the editor of it once the typing pauses."""

    def __init__(self, checker: Checker) -> None:
        """Wait for an editor; nothing is loaded before it says hello."""
        # whole texts, not changes: pygls applies changes by Python's idea of a line, which is not the protocol's
        super().__init__(TOOL, __version__, text_document_sync_kind=types.TextDocumentSyncKind.Full)
        self._checker = checker
        # the parser is made for one thread
        self._worker = ThreadPoolExecutor(max_workers=1, thread_name_prefix="check")
        self._views: dict[str, asyncio.Task[View]] = {}
        self._timers: dict[str, asyncio.TimerHandle] = {}
        self._tasks: set[asyncio.Task[None]] = set()
        self._shown: set[str] = set()
        self._pulled: set[str] = set()
        self._round = 0

    def wants(self, *path: str) -> bool:
        """Tell whether the client has a capability, by its path in the protocol."""
        return bool(get_capability(self.client_capabilities, ".".join(path), default=False))

    async def view(self, uri: str) -> View:
        """Give the check of the text as it is now; one that runs already is waited for."""
        document = self.workspace.get_text_document(uri)
        name = f"{self._round} {document.version} {uri}"
        task = self._views.get(uri)
        if task is None or task.get_name() != name or (task.done() and task.exception() is not None):
            arguments = (uri, self._path(uri), document.version, document.source, self._encoding())
            task = asyncio.create_task(self._run(*arguments), name=name)
            self._views[uri] = task
        return await asyncio.shield(task)

    def edited(self, uri: str) -> None:
        """Check a document once its writer pauses."""
        self._drop_timer(uri)
        loop = asyncio.get_running_loop()
        self._timers[uri] = loop.call_later(_PAUSE_SECONDS, lambda: self.start(self._publish(uri)))

    def closed(self, uri: str) -> None:
        """Forget a document, and take its findings off the screen."""
        self._drop_timer(uri)
        self._views.pop(uri, None)
        self._pulled.discard(uri)
        self._clear(uri)

    def pulled(self, uri: str) -> None:
        """Note that the client fetches a document's findings: it would show them twice if they were sent, too."""
        self._pulled.add(uri)
        self._clear(uri)

    def changed(self, path: Path) -> None:
        """Check everything anew if a file matters to what is open."""
        if self._checker.depends_on(path):
            self._round += 1
            if self._pulled and self.wants("workspace", "diagnostics", "refresh_support"):
                self.workspace_diagnostic_refresh(None)
            elif self._pulled:
                self._pulled.clear()
            for uri in list(self.workspace.text_documents):
                self.edited(uri)

    async def warm_up(self) -> None:
        """Load the parser and the fact base before the first question."""
        folder = Path(self.workspace.root_path or Path.cwd())
        await asyncio.get_running_loop().run_in_executor(self._worker, self._checker.warm_up, folder)

    def start(self, work: Coroutine[object, object, None]) -> None:
        """Run something in the background, and say on stderr if it fails."""
        task = asyncio.get_running_loop().create_task(work)
        self._tasks.add(task)
        task.add_done_callback(self._finished)

    def shutdown(self) -> None:
        """End, without waiting for checks that nobody will see."""
        self._worker.shutdown(wait=False, cancel_futures=True)
        super().shutdown()  # type: ignore[no-untyped-call]

    async def _run(self, uri: str, path: str, version: int | None, text: str, encoding: str) -> View:
        loop = asyncio.get_running_loop()
        return await loop.run_in_executor(self._worker, self._checker.check, uri, path, version, text, encoding)

    async def _publish(self, uri: str) -> None:
        if uri not in self.workspace.text_documents or uri in self._pulled:
            return
        view = await self.view(uri)
        document = self.workspace.text_documents.get(uri)
        # what was typed meanwhile has its own timer
        if document is not None and document.version == view.version and uri not in self._pulled:
            self._shown.add(uri)
            found = types.PublishDiagnosticsParams(uri, view.diagnostics(), view.version)
            self.text_document_publish_diagnostics(found)

    def _clear(self, uri: str) -> None:
        if uri in self._shown:
            self._shown.discard(uri)
            self.text_document_publish_diagnostics(types.PublishDiagnosticsParams(uri, []))

    def _drop_timer(self, uri: str) -> None:
        timer = self._timers.pop(uri, None)
        if timer is not None:
            timer.cancel()

    def _finished(self, task: asyncio.Task[None]) -> None:
        self._tasks.discard(task)
        if not task.cancelled() and task.exception() is not None:
            _log.error("evidencelint: internal error", exc_info=task.exception())

    def _path(self, uri: str) -> str:
        """Give the file of a document; one that was never saved counts as lying in the folder that is open."""
        path = to_fs_path(uri) if uri.startswith("file:") else None
        return path or str(Path(self.workspace.root_path or Path.cwd()) / "untitled.md")

    def _encoding(self) -> str:
        encoding = self.server_capabilities.position_encoding or types.PositionEncodingKind.Utf16
        return types.PositionEncodingKind(encoding).value


def make_server(facts: tuple[Path, ...] = ()) -> Server:
    """Make a server that is ready to be started; ``facts`` hold for all documents."""
    # what is left out of a run is left alone in an editor, too
    overrides = Overrides(facts=facts, force_exclude=True)
    server = Server(Checker(Session(lambda: Project.open(overrides))))
    _register_documents(server)
    _register_questions(server)
    return server


def _register_documents(server: Server) -> None:
    @server.feature(types.INITIALIZED)
    async def initialized(ls: Server, _: types.InitializedParams) -> None:
        ls.start(ls.warm_up())
        if ls.wants("workspace", "did_change_watched_files", "dynamic_registration"):
            options = types.DidChangeWatchedFilesRegistrationOptions([types.FileSystemWatcher(_WATCHED)])
            method = types.WORKSPACE_DID_CHANGE_WATCHED_FILES
            registration = types.Registration("evidencelint-files", method, options)
            await ls.client_register_capability_async(types.RegistrationParams([registration]))

    @server.feature(types.TEXT_DOCUMENT_DID_OPEN)
    @server.feature(types.TEXT_DOCUMENT_DID_CHANGE)
    def edited(ls: Server, params: types.DidOpenTextDocumentParams | types.DidChangeTextDocumentParams) -> None:
        ls.edited(params.text_document.uri)

    @server.feature(types.TEXT_DOCUMENT_DID_SAVE)
    def saved(ls: Server, params: types.DidSaveTextDocumentParams) -> None:
        _tell_changed(ls, params.text_document.uri)

    @server.feature(types.TEXT_DOCUMENT_DID_CLOSE)
    def closed(ls: Server, params: types.DidCloseTextDocumentParams) -> None:
        ls.closed(params.text_document.uri)

    @server.feature(types.WORKSPACE_DID_CHANGE_WATCHED_FILES)
    def changed(ls: Server, params: types.DidChangeWatchedFilesParams) -> None:
        for event in params.changes:
            _tell_changed(ls, event.uri)


def _tell_changed(server: Server, uri: str) -> None:
    path = to_fs_path(uri)
    if path is not None:
        server.changed(Path(path))


def _register_questions(server: Server) -> None:
    @server.feature(
        types.TEXT_DOCUMENT_DIAGNOSTIC,
        types.DiagnosticOptions(inter_file_dependencies=True, workspace_diagnostics=False, identifier=TOOL),
    )
    async def pull(ls: Server, params: types.DocumentDiagnosticParams) -> types.RelatedFullDocumentDiagnosticReport:
        ls.pulled(params.text_document.uri)
        view = await ls.view(params.text_document.uri)
        return types.RelatedFullDocumentDiagnosticReport(items=view.diagnostics())

    @server.feature(types.TEXT_DOCUMENT_HOVER)
    async def hover(ls: Server, params: types.HoverParams) -> types.Hover | None:
        view = await ls.view(params.text_document.uri)
        formats = get_capability(ls.client_capabilities, "text_document.hover.content_format", default=())
        markdown = types.MarkupKind.Markdown in (formats or ())
        return view.hover(view.places.offset(params.position), markdown=markdown)

    @server.feature(types.TEXT_DOCUMENT_DEFINITION)
    async def definition(ls: Server, params: types.DefinitionParams) -> list[types.Location]:
        view = await ls.view(params.text_document.uri)
        return view.facts_at(view.places.offset(params.position))

    @server.feature(types.TEXT_DOCUMENT_CODE_ACTION, types.CodeActionOptions(code_action_kinds=list(KINDS)))
    async def actions(ls: Server, params: types.CodeActionParams) -> list[types.CodeAction]:
        view = await ls.view(params.text_document.uri)
        only = None if params.context.only is None else [getattr(kind, "value", kind) for kind in params.context.only]
        versioned = ls.wants("workspace", "workspace_edit", "document_changes")
        return list(code_actions(view, view.places.span(params.range), only, versioned=versioned))
