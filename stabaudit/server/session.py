"""What is open in an editor, checked when it changes, and what is shown of it."""

from __future__ import annotations

import asyncio
import contextlib
import os
from argparse import Namespace
from urllib.parse import unquote

from lsprotocol import types
from pygls.exceptions import PyglsError
from pygls.lsp.server import LanguageServer
from pygls.uris import to_fs_path

from stabaudit import __version__
from stabaudit.catalogue.names import UsageError
from stabaudit.engine.edited import Edited
from stabaudit.engine.job import FileJob, Result
from stabaudit.engine.limits import Limits
from stabaudit.server import document as open_
from stabaudit.server.checked import Checked
from stabaudit.server.diagnostics import diagnostic
from stabaudit.server.document import Document, Places
from stabaudit.server.judge import Judge
from stabaudit.server.plan import Plan

#: So many seconds nothing has to be typed before what an edit changed is checked, and before all of a text is.
PAUSE, REST = 0.2, 1.0
NOTEBOOKS = types.NotebookDocumentSyncOptions(
    notebook_selector=[
        types.NotebookDocumentFilterWithNotebook(
            notebook=types.NotebookDocumentFilterNotebookType(notebook_type="jupyter-notebook"),
            cells=[types.NotebookCellLanguage(language="python")],
        )
    ],
    save=False,
)


class Server(LanguageServer):
    """The server with what it knows of open files."""

    def __init__(self, arguments: Namespace) -> None:
        super().__init__(
            "stabaudit", __version__, types.TextDocumentSyncKind.Incremental, notebook_document_sync=NOTEBOOKS
        )
        self.plan = Plan(arguments)
        store = None if arguments.no_cache or os.environ.get("STABAUDIT_NO_CACHE") else _store()
        self.judge = Judge(Limits(arguments.timeout, arguments.max_memory), store)
        #: By the address of the file or notebook.
        self.checked: dict[str, Checked] = {}
        self._waiting: dict[str, asyncio.Task[None]] = {}
        self._told: set[str] = set()

    # What is open.

    def document(self, uri: str) -> Document | None:
        """The file or notebook at an address, as it is open now."""
        texts = self.workspace.text_documents
        book = self.workspace.get_notebook_document(notebook_uri=uri)
        if book is not None:
            cells = []
            for cell in book.cells:
                # Those of other languages are not told of.
                inner = texts.get(unquote(cell.document))
                code = inner is not None and cell.kind == types.NotebookCellKind.Code
                source, version = ("", None) if inner is None else (inner.source, inner.version)
                cells.append((code, cell.document, source, version))
            return open_.notebook(uri, cells)
        text = texts.get(unquote(uri))
        return None if text is None else open_.file(uri, text.source, text.version)

    def owner(self, uri: str) -> str:
        """The address of the notebook that a cell belongs to, or that of the file itself."""
        book = self.workspace.get_notebook_document(cell_uri=uri)
        return uri if book is None else book.uri

    def folders(self) -> list[str]:
        """The folders that are open."""
        with contextlib.suppress(PyglsError, RuntimeError):
            found = [to_fs_path(uri) for uri in self.workspace.folders]
            root = self.workspace.root_path
            return [folder for folder in (*found, root) if folder]
        return []

    # What is said of it.

    def soon(self, uri: str, pause: float = PAUSE, *, whole: bool = False) -> None:
        """Check what an edit changed at an address, or the `whole`, when nothing was typed for a moment."""
        if (waiting := self._waiting.pop(uri, None)) is not None:
            waiting.cancel()
        self._waiting[uri] = asyncio.get_running_loop().create_task(self._later(uri, pause, whole))

    async def _later(self, uri: str, pause: float, whole: bool) -> None:
        await asyncio.sleep(pause)
        self._waiting.pop(uri, None)
        done = await self.check(uri, whole=whole)
        if done is not None and not done.whole and uri not in self._waiting:
            self.soon(uri, REST, whole=True)

    def check_all(self) -> None:
        """Check again all that is open, as settings or other files may have changed."""
        self.checked = {uri: done._replace(whole=False) for uri, done in self.checked.items()}
        for uri in {self.owner(uri) for uri in self.workspace.text_documents}:
            self.soon(uri, 0, whole=True)

    async def check(self, uri: str, *, whole: bool = False) -> Checked | None:
        """Check what is open at an address and show what is found; what came of it."""
        document = self.document(uri)
        if document is None:
            return None
        known = self.checked.get(uri)
        try:
            task = self.plan.task(document.path, self.folders())
        except UsageError as error:
            self.tell(str(error))
            return known
        if task is None or not self.is_code(uri, document):
            self._show(Checked(document, FileJob(), Result(document.path), self._places(document, Result(""))))
            return None
        if known is not None and (known.document, known.task) == (document, task) and (known.whole or not whole):
            return known
        whole = whole or known is None
        edited = task._replace(check=Edited(task.check, whole=whole))
        result = await asyncio.to_thread(self.judge.result, document.path, document.data, edited)
        if (now := self.document(uri)) is None or now.versions != document.versions:
            # What was typed meanwhile is checked anyway.
            return None
        if result.trouble is not None:
            # While it is typed, hardly any text is Python: what was found stays till then.
            if "cannot be parsed" not in result.trouble.message:
                self.window_log_message(types.LogMessageParams(types.MessageType.Warning, str(result.trouble)))
            return known
        done = Checked(document, task, result, self._places(document, result), whole)
        self._show(done)
        return done

    def is_code(self, uri: str, document: Document) -> bool:
        """Whether a file is Python, or a document that the settings want to be checked."""
        text = self.workspace.text_documents.get(unquote(uri))
        if text is None or text.language_id in (None, "python"):
            return True
        return document.path.endswith((".md", ".markdown", ".rst"))

    def _places(self, document: Document, result: Result) -> Places:
        return Places(document, result, self.workspace.position_codec.client_num_units)

    def _show(self, done: Checked) -> None:
        self.checked[done.document.uri] = done
        shown: dict[str, list[types.Diagnostic]] = {uri: [] for uri, _ in done.document.texts.values()}
        for finding in done.result.findings:
            uri = done.places.spot(finding.start, finding.end).uri
            shown[uri].append(diagnostic(finding, done.places))
        versions = dict(done.document.texts.values())
        for uri, found in shown.items():
            self.text_document_publish_diagnostics(types.PublishDiagnosticsParams(uri, found, versions[uri]))

    def forget(self, uri: str, texts: list[str]) -> None:
        """Something was closed."""
        self.checked.pop(uri, None)
        if (waiting := self._waiting.pop(uri, None)) is not None:
            waiting.cancel()
        for text in texts:
            self.text_document_publish_diagnostics(types.PublishDiagnosticsParams(text, []))

    def tell(self, message: str) -> None:
        """Show a message once."""
        if message not in self._told:
            self._told.add(message)
            self.window_show_message(types.ShowMessageParams(types.MessageType.Warning, f"stabaudit: {message}"))


def _store() -> str | None:
    """The file of verdicts that earlier runs have given."""
    from stabaudit.engine.cache.folder import home
    from stabaudit.engine.cache.key import cache_key

    try:
        return os.path.join(home(), f"{cache_key()}.sqlite")
    except OSError:
        return None
