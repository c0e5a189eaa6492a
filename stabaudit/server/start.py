"""The server: what the editor says, and what it is answered."""

from __future__ import annotations

from argparse import Namespace
from collections.abc import Callable
from typing import Any

from lsprotocol import types

from stabaudit.cli.console import CLEAN
from stabaudit.config.find import NAMES
from stabaudit.engine import memory
from stabaudit.server.actions import ALL, ALL_CELLS, FIX, actions, resolve, resolves
from stabaudit.server.diagnostics import hover
from stabaudit.server.session import Server


def serve(arguments: Namespace) -> int:
    """Speak with an editor through standard input and output until it ends; the exit code."""
    # There are threads here, so the other process is no copy of this one.
    memory.ours = False
    server = features(Server(arguments))
    try:
        server.start_io()
    finally:
        server.judge.close()
    return CLEAN


def features(server: Server) -> Server:
    """The server with answers to what editors say."""
    feature: Callable[..., Callable[[Any], Any]] = server.feature

    @feature(types.INITIALIZE)
    def initialize(params: types.InitializeParams) -> None:
        if wrong := server.plan.configure(params.initialization_options):
            server.tell(wrong)

    @feature(types.INITIALIZED)
    def initialized(params: types.InitializedParams) -> None:
        told = server.client_capabilities.workspace
        watches = told and told.did_change_watched_files and told.did_change_watched_files.dynamic_registration
        if watches:
            watchers = [types.FileSystemWatcher(f"**/{name}") for name in (*NAMES, "stabaudit-baseline.json")]
            options = types.DidChangeWatchedFilesRegistrationOptions(watchers)
            one = types.Registration("stabaudit-settings", types.WORKSPACE_DID_CHANGE_WATCHED_FILES, options)
            server.client_register_capability(types.RegistrationParams([one]))

    @feature(types.WORKSPACE_DID_CHANGE_WATCHED_FILES)
    def watched(params: types.DidChangeWatchedFilesParams) -> None:
        server.check_all()

    @feature(types.WORKSPACE_DID_CHANGE_CONFIGURATION)
    def configured(params: types.DidChangeConfigurationParams) -> None:
        settings: Any = params.settings
        if isinstance(settings, dict) and set(settings) <= {"stabaudit"}:
            settings = settings.get("stabaudit")
        if wrong := server.plan.configure(settings):
            server.tell(wrong)
        server.check_all()

    @feature(types.TEXT_DOCUMENT_DID_OPEN)
    def opened(params: types.DidOpenTextDocumentParams) -> None:
        server.soon(params.text_document.uri, 0)

    @feature(types.TEXT_DOCUMENT_DID_CHANGE)
    def changed(params: types.DidChangeTextDocumentParams) -> None:
        server.soon(params.text_document.uri)

    @feature(types.TEXT_DOCUMENT_DID_SAVE)
    def saved(params: types.DidSaveTextDocumentParams) -> None:
        # Other files may import it.
        server.check_all()

    @feature(types.TEXT_DOCUMENT_DID_CLOSE)
    def closed(params: types.DidCloseTextDocumentParams) -> None:
        server.forget(params.text_document.uri, [params.text_document.uri])

    @feature(types.NOTEBOOK_DOCUMENT_DID_OPEN)
    def opened_book(params: types.DidOpenNotebookDocumentParams) -> None:
        server.soon(params.notebook_document.uri, 0)

    @feature(types.NOTEBOOK_DOCUMENT_DID_CHANGE)
    def changed_book(params: types.DidChangeNotebookDocumentParams) -> None:
        server.soon(params.notebook_document.uri)

    @feature(types.NOTEBOOK_DOCUMENT_DID_CLOSE)
    def closed_book(params: types.DidCloseNotebookDocumentParams) -> None:
        server.forget(params.notebook_document.uri, [cell.uri for cell in params.cell_text_documents])

    @feature(types.TEXT_DOCUMENT_HOVER)
    def hovered(params: types.HoverParams) -> types.Hover | None:
        uri = params.text_document.uri
        done = server.checked.get(server.owner(uri))
        if done is None:
            return None
        found = done.at(uri, types.Range(params.position, params.position))
        if not found:
            return None
        said = "\n\n---\n\n".join(map(hover, found))
        spot = done.places.spot(found[0].start, found[0].end)
        return types.Hover(types.MarkupContent(types.MarkupKind.Markdown, said), spot.range)

    kinds: list[types.CodeActionKind | str] = [FIX, ALL, ALL_CELLS]

    @feature(types.TEXT_DOCUMENT_CODE_ACTION, types.CodeActionOptions(code_action_kinds=kinds, resolve_provider=True))
    async def offered(params: types.CodeActionParams) -> list[types.CodeAction]:
        done = await server.check(server.owner(params.text_document.uri))
        if done is None:
            return []
        found = actions(server, done, params)
        return found if resolves(server) else [await resolve(server, one) for one in found]

    @feature(types.CODE_ACTION_RESOLVE)
    async def chosen(action: types.CodeAction) -> types.CodeAction:
        return await resolve(server, action)

    return server
