"""`stabaudit server` with a real client: pygls' own, through standard input and output of the installed command."""

from __future__ import annotations

import asyncio
import contextlib
import os
import sys
from collections import defaultdict
from collections.abc import AsyncIterator, Callable, Coroutine
from pathlib import Path
from typing import Any

import pytest
from lsprotocol import types
from pygls.lsp.client import LanguageClient

COMMAND = str(Path(sys.executable).with_name("stabaudit"))
SOFTMAX = "p = np.exp(z) / np.exp(z).sum()\n"
SOFTPLUS = "y = np.log(1 + np.exp(x))\n"
HEAD = "import numpy as np\n\n"
IMPORT = "from stabaudit import runtime as stable\n"
SECONDS = 60.0


class Client(LanguageClient):
    """An editor that keeps what it is shown."""

    def __init__(self) -> None:
        super().__init__("editor", "1")
        self.shown: dict[str, list[types.Diagnostic]] = {}
        self.versions: dict[str, int | None] = {}
        self.messages: list[str] = []
        self.registered: list[str] = []
        self.told = asyncio.Condition()
        self.texts: defaultdict[str, str] = defaultdict(str)
        feature: Callable[..., Any] = self.feature

        @feature(types.TEXT_DOCUMENT_PUBLISH_DIAGNOSTICS)
        async def shown(params: types.PublishDiagnosticsParams) -> None:
            async with self.told:
                self.shown[params.uri] = list(params.diagnostics)
                self.versions[params.uri] = params.version
                self.told.notify_all()

        @feature(types.WINDOW_SHOW_MESSAGE)
        async def message(params: types.ShowMessageParams) -> None:
            async with self.told:
                self.messages.append(params.message)
                self.told.notify_all()

        @feature(types.CLIENT_REGISTER_CAPABILITY)
        def register(params: types.RegistrationParams) -> None:
            self.registered += [one.method for one in params.registrations]

    async def until(self, done: Callable[[], object]) -> None:
        """Wait for something that is told."""
        async with self.told:
            await asyncio.wait_for(self.told.wait_for(done), SECONDS)

    async def open(self, uri: str, text: str, language: str = "python", wait: bool = True) -> list[types.Diagnostic]:
        """Open a file; what is shown of it."""
        self.texts[uri] = text
        item = types.TextDocumentItem(uri, language, 1, text)
        self.text_document_did_open(types.DidOpenTextDocumentParams(item))
        if wait:
            await self.until(lambda: self.versions.get(uri) == 1)
        return self.shown.get(uri, [])

    async def type(self, uri: str, text: str, version: int) -> list[types.Diagnostic]:
        """Change the whole of a file; what is shown then."""
        self.texts[uri] = text
        document = types.VersionedTextDocumentIdentifier(version=version, uri=uri)
        whole = types.TextDocumentContentChangeWholeDocument(text)
        self.text_document_did_change(types.DidChangeTextDocumentParams(document, [whole]))
        await self.until(lambda: self.versions.get(uri) == version)
        return self.shown[uri]

    async def actions(self, uri: str, span: types.Range, *only: str) -> dict[str, types.CodeAction]:
        """What may be done at a place, by title, with the edits."""
        context = types.CodeActionContext([], list(only) or None)
        params = types.CodeActionParams(types.TextDocumentIdentifier(uri), span, context)
        found = await self.text_document_code_action_async(params) or []
        actions = [one for one in found if isinstance(one, types.CodeAction)]
        resolved = [one if one.edit else await self.code_action_resolve_async(one) for one in actions]
        return {one.title: one for one in resolved}

    def applied(self, uri: str, action: types.CodeAction) -> str:
        """A text after an action."""
        return applied(self.texts[uri], edits(action)[uri])


def edits(action: types.CodeAction) -> dict[str, list[types.TextEdit]]:
    """The edits of an action, by text."""
    assert action.edit
    if action.edit.changes:
        return {uri: list(one) for uri, one in action.edit.changes.items()}
    found = {}
    for change in action.edit.document_changes or []:
        assert isinstance(change, types.TextDocumentEdit)
        found[change.text_document.uri] = [edit for edit in change.edits if isinstance(edit, types.TextEdit)]
    return found


def applied(text: str, changes: list[types.TextEdit]) -> str:
    """A text after edits, whose columns count units of UTF-16."""
    rows = [row.encode("utf-16-le") for row in text.split("\n")]
    starts = [sum(len(row) + 2 for row in rows[:number]) for number in range(len(rows) + 1)]
    data = "\n".join(text.split("\n")).encode("utf-16-le")
    for edit in sorted(changes, key=lambda one: (one.range.start.line, one.range.start.character), reverse=True):
        first, last = (starts[at.line] + 2 * at.character for at in (edit.range.start, edit.range.end))
        data = data[:first] + edit.new_text.encode("utf-16-le") + data[last:]
    return data.decode("utf-16-le")


@contextlib.asynccontextmanager
async def editor(
    folder: Path, *words: str, options: Any = None, resolves: bool = True, **env: str
) -> AsyncIterator[Client]:
    """An editor with `folder` open."""
    client = Client()
    settings = {**os.environ, "STABAUDIT_NO_CACHE": "1", **env}
    await client.start_io(COMMAND, "server", *words, cwd=folder, env=settings)
    support = types.ClientCodeActionResolveOptions(["edit"]) if resolves else None
    capabilities = types.ClientCapabilities(
        text_document=types.TextDocumentClientCapabilities(
            code_action=types.CodeActionClientCapabilities(resolve_support=support)
        ),
        workspace=types.WorkspaceClientCapabilities(
            workspace_edit=types.WorkspaceEditClientCapabilities(document_changes=resolves),
            did_change_watched_files=types.DidChangeWatchedFilesClientCapabilities(dynamic_registration=True),
        ),
    )
    workspace = [types.WorkspaceFolder(folder.as_uri(), "project")]
    params = types.InitializeParams(capabilities, workspace_folders=workspace, initialization_options=options)
    await client.initialize_async(params)
    client.initialized(types.InitializedParams())
    try:
        yield client
        await client.shutdown_async(None)
    finally:
        client.exit(None)
        await asyncio.wait_for(client.stop(), SECONDS)


def run(work: Coroutine[Any, Any, None]) -> None:
    """Do what is asynchronous."""
    asyncio.run(work)


def whole(text: str) -> types.Range:
    return types.Range(types.Position(0, 0), types.Position(text.count("\n"), 0))


def test_findings_are_shown_with_their_weight_and_place_and_go_when_they_are_gone(tmp_path: Path):
    async def work() -> None:
        async with editor(tmp_path) as client:
            uri = (tmp_path / "a.py").as_uri()
            text = f"{HEAD}s = '😀'; {SOFTPLUS}z = np.log(1 + w)\n"
            first, second = await client.open(uri, text)
            assert (first.code, first.source, first.severity) == (
                "softplus",
                "stabaudit",
                types.DiagnosticSeverity.Error,
            )
            # Columns count units of UTF-16.
            assert first.range == types.Range(types.Position(2, 14), types.Position(2, 35))
            assert "\nat x = 1000.0: this gives inf, the true value is 1000.0" in first.message
            assert (second.code, second.severity) == ("log1p", types.DiagnosticSeverity.Warning)
            assert [one.code for one in await client.type(uri, HEAD + SOFTPLUS, 2)] == ["softplus"]
            assert await client.type(uri, HEAD, 3) == []
            document = types.TextDocumentIdentifier(uri)
            await client.type(uri, HEAD + SOFTPLUS, 4)
            client.text_document_did_close(types.DidCloseTextDocumentParams(document))
            await client.until(lambda: client.shown[uri] == [])

    run(work())


def test_what_is_not_python_for_a_moment_keeps_its_findings(tmp_path: Path):
    async def work() -> None:
        async with editor(tmp_path) as client:
            uri = (tmp_path / "a.py").as_uri()
            await client.open(uri, HEAD + SOFTPLUS)
            document = types.VersionedTextDocumentIdentifier(version=2, uri=uri)
            broken = types.TextDocumentContentChangeWholeDocument(HEAD + SOFTPLUS + "def f(")
            client.text_document_did_change(types.DidChangeTextDocumentParams(document, [broken]))
            assert [one.code for one in await client.type(uri, HEAD + SOFTPLUS + "def f(): 1\n", 3)] == ["softplus"]
            assert client.messages == []

    run(work())


def test_a_finding_is_told_in_full_where_the_pointer_is(tmp_path: Path):
    async def work() -> None:
        async with editor(tmp_path) as client:
            uri = (tmp_path / "a.py").as_uri()
            await client.open(uri, HEAD + "y = np.log(1 + d['`*<b>`'])\n")
            document = types.TextDocumentIdentifier(uri)
            told = await client.text_document_hover_async(types.HoverParams(document, types.Position(2, 6)))
            assert told
            assert isinstance(told.contents, types.MarkupContent)
            said = told.contents.value
            assert said.startswith("**log1p** (warning): ` log(1 + x) ` absorbs a small x")
            assert "\n* at `` d['`*<b>`'] = " in said
            assert "\n* the true value is ` " in said
            assert told.range == types.Range(types.Position(2, 4), types.Position(2, 27))
            nothing = await client.text_document_hover_async(types.HoverParams(document, types.Position(0, 0)))
            assert nothing is None

    run(work())


@pytest.mark.parametrize("resolves", [True, False])
def test_fixes_are_offered_one_by_one_by_rule_and_all_together(tmp_path: Path, resolves: bool):
    async def work() -> None:
        async with editor(tmp_path, resolves=resolves) as client:
            uri = (tmp_path / "a.py").as_uri()
            text = HEAD + SOFTPLUS + SOFTPLUS.replace("y", "v") + SOFTMAX
            found = await client.open(uri, text)
            actions = await client.actions(uri, found[0].range)
            fix, by_rule, quiet, everything = actions.values()
            assert [*actions] == [
                "replace with `stable.softplus(x)`",
                "Fix all of softplus that is safe",
                "Suppress softplus here",
                "Fix all that is safe (stabaudit)",
            ]
            assert (fix.is_preferred, quiet.is_preferred) == (True, None)
            one = text.replace(SOFTPLUS, "y = stable.softplus(x)\n").replace("np\n", f"np\n{IMPORT}", 1)
            assert client.applied(uri, fix) == one
            both = one.replace(SOFTPLUS.replace("y", "v"), "v = stable.softplus(x)\n")
            assert client.applied(uri, by_rule) == both
            assert client.applied(uri, quiet) == text.replace(
                SOFTPLUS, f"{SOFTPLUS.strip()}  # stabaudit: ignore[softplus]\n", 1
            )
            after = client.applied(uri, everything)
            assert "np.exp" not in after
            assert await client.type(uri, after, 2) == []
            assert await client.actions(uri, whole(after), "source.fixAll") == {}

    run(work())


def test_only_the_kinds_of_actions_are_given_that_are_asked_for(tmp_path: Path):
    async def work() -> None:
        async with editor(tmp_path) as client:
            uri = (tmp_path / "a.py").as_uri()
            text = HEAD + SOFTPLUS
            await client.open(uri, text)
            for asked in ("source.fixAll", "source.fixAll.stabaudit", "source"):
                [action] = (await client.actions(uri, whole(text), asked)).values()
                assert action.kind == "source.fixAll.stabaudit"
                assert "stable.softplus(x)" in client.applied(uri, action)
            assert await client.actions(uri, whole(text), "refactor") == {}
            assert await client.actions(uri, types.Range(types.Position(0, 0), types.Position(0, 1)), "quickfix") == {}

    run(work())


def test_an_unsafe_fix_says_why_and_is_not_among_all(tmp_path: Path):
    async def work() -> None:
        async with editor(tmp_path) as client:
            uri = (tmp_path / "a.py").as_uri()
            text = HEAD + "def f(x):\n    return np.exp(x) / np.exp(x).sum(axis=1)\n"
            found = await client.open(uri, text)
            actions = await client.actions(uri, found[0].range)
            [fix] = [one for title, one in actions.items() if "(unsafe: " in title]
            assert fix.is_preferred is False
            assert not any(title.startswith("Fix all") for title in actions)

    run(work())


def notebook(folder: Path, *cells: str) -> tuple[types.DidOpenNotebookDocumentParams, list[str]]:
    """A notebook that is opened, and the addresses of its cells; what begins with # is prose."""
    uri = (folder / "a.ipynb").as_uri()
    kinds = [types.NotebookCellKind.Markup if cell.startswith("#") else types.NotebookCellKind.Code for cell in cells]
    names = [f"{uri.replace('file:', 'vscode-notebook-cell:')}#W{number}" for number in range(len(cells))]
    listed = [types.NotebookCell(kind, name) for kind, name in zip(kinds, names, strict=True)]
    texts = [
        types.TextDocumentItem(name, "python", 1, cell)
        for kind, name, cell in zip(kinds, names, cells, strict=True)
        if kind == types.NotebookCellKind.Code
    ]
    book = types.NotebookDocument(uri, "jupyter-notebook", 1, listed)
    return types.DidOpenNotebookDocumentParams(book, texts), names


def test_a_notebook_is_one_program_with_findings_and_fixes_in_its_cells(tmp_path: Path):
    async def work() -> None:
        async with editor(tmp_path) as client:
            cells = ["import numpy as np", "# prose", f"%%time\n{SOFTPLUS}", "%matplotlib inline\n1"]
            params, names = notebook(tmp_path, *cells)
            client.notebook_document_did_open(params)
            # The cells are shown one after the other.
            await client.until(lambda: all(names[at] in client.shown for at in (0, 2, 3)))
            [found] = client.shown[names[2]]
            assert found.range == types.Range(types.Position(1, 4), types.Position(1, 25))
            assert client.shown[names[0]] == client.shown[names[3]] == []
            actions = await client.actions(names[2], found.range)
            changes = edits(actions["replace with `stable.softplus(x)`"])
            assert applied(cells[2], changes[names[2]]) == "%%time\ny = stable.softplus(x)\n"
            assert "runtime as stable" in applied(cells[0], changes[names[0]])
            [all_] = (await client.actions(names[2], found.range, "notebook.source.fixAll")).values()
            assert applied(cells[2], edits(all_)[names[2]]) == "%%time\ny = stable.softplus(x)\n"
            # A change in one cell concerns the others.
            text = types.NotebookDocumentCellContentChanges(
                types.VersionedTextDocumentIdentifier(version=2, uri=names[0]),
                [types.TextDocumentContentChangeWholeDocument("import sympy as np")],
            )
            client.notebook_document_did_change(
                types.DidChangeNotebookDocumentParams(
                    types.VersionedNotebookDocumentIdentifier(version=2, uri=params.notebook_document.uri),
                    types.NotebookDocumentChangeEvent(cells=types.NotebookDocumentCellChanges(text_content=[text])),
                )
            )
            await client.until(lambda: client.shown[names[2]] == [])

    run(work())


def test_the_nearest_configuration_holds_and_is_read_again(tmp_path: Path):
    async def work() -> None:
        settings = tmp_path / "in" / "stabaudit.toml"
        settings.parent.mkdir()
        settings.write_text('ignore = ["softplus"]\n')
        async with editor(tmp_path) as client:
            uri = (settings.parent / "a.py").as_uri()
            assert await client.open(uri, HEAD + SOFTPLUS) == []
            assert client.registered == ["workspace/didChangeWatchedFiles"]
            settings.write_text("")
            change = types.FileEvent(settings.as_uri(), types.FileChangeType.Changed)
            client.workspace_did_change_watched_files(types.DidChangeWatchedFilesParams([change]))
            await client.until(lambda: client.shown[uri])
            settings.write_text('ignore = ["sofplus"]\n')
            client.workspace_did_change_watched_files(types.DidChangeWatchedFilesParams([change]))
            await client.until(lambda: client.messages)
            assert client.messages[0].startswith("stabaudit: ")
            assert client.messages[0].endswith("`ignore` has an unknown rule `sofplus`; did you mean `softplus`?")
            settings.write_text('exclude = ["a.py"]\n')
            client.workspace_did_change_watched_files(types.DidChangeWatchedFilesParams([change]))
            await client.until(lambda: client.shown[uri] == [])

    run(work())


def test_what_another_file_says_is_read_again_when_it_is_saved(tmp_path: Path):
    async def work() -> None:
        (tmp_path / "util.py").write_text(f"{HEAD}def weight(z):\n    return np.exp(z)\n")
        text = "from util import weight\n\ndef share(z):\n    w = weight(z)\n    return w / w.sum()\n"
        async with editor(tmp_path) as client:
            uri, other = (tmp_path / "a.py").as_uri(), (tmp_path / "util.py").as_uri()
            assert [one.code for one in await client.open(uri, text)] == ["softmax"]
            saved = f"{HEAD}def weight(z):\n    return np.exp(z - z.max())\n"
            (tmp_path / "util.py").write_text(saved)
            await client.open(other, saved)
            client.text_document_did_save(types.DidSaveTextDocumentParams(types.TextDocumentIdentifier(other)))
            await client.until(lambda: client.shown[uri] == [])

    run(work())


def test_after_an_edit_and_a_rest_all_of_a_text_is_checked_again(tmp_path: Path):
    async def work() -> None:
        text = f"{HEAD}def f(x):\n    {SOFTPLUS}    return y\n\n\ndef g(x):\n    return x\n"
        async with editor(tmp_path) as client:
            uri = (tmp_path / "a.py").as_uri()
            await client.open(uri, text)
            await client.type(uri, text.replace("    return x", "    x = 1\n    return x"), 2)
            client.shown.clear()
            await client.until(lambda: uri in client.shown)
            assert [one.code for one in client.shown[uri]] == ["softplus"]

    run(work())


def test_the_settings_of_the_editor_hold_over_those_of_the_file(tmp_path: Path):
    async def work() -> None:
        (tmp_path / "stabaudit.toml").write_text('min-severity = "error"\n')
        text = HEAD + SOFTPLUS + "z = np.log(1 + w)\n"
        async with editor(tmp_path, options={"min-severity": "note", "ignore": ["softplus"]}) as client:
            uri = (tmp_path / "a.py").as_uri()
            assert [one.code for one in await client.open(uri, text)] == ["log1p"]
            params = types.DidChangeConfigurationParams({"stabaudit": {}})
            client.workspace_did_change_configuration(params)
            await client.until(lambda: [one.code for one in client.shown[uri]] == ["softplus"])
            client.workspace_did_change_configuration(types.DidChangeConfigurationParams({"stabaudit": {"no": 1}}))
            await client.until(lambda: client.messages)
            assert "unknown key `no`" in client.messages[0]
            # What the editor says may be the tree's: it leads nowhere else.
            outside = {"baseline": "../known.json"}
            client.workspace_did_change_configuration(types.DidChangeConfigurationParams({"stabaudit": outside}))
            await client.until(lambda: len(client.messages) > 1)
            assert "`baseline` leads out of the folder" in client.messages[1]

    run(work())


def test_options_of_the_command_and_documents_and_unsaved_files(tmp_path: Path):
    async def work() -> None:
        async with editor(tmp_path, "--ignore", "softplus", "--config", "documents = true") as client:
            assert await client.open((tmp_path / "a.py").as_uri(), HEAD + SOFTPLUS) == []
            assert [one.code for one in await client.open("untitled:Untitled-1", HEAD + SOFTMAX)] == ["softmax"]
            text = f"# x\n\n```python\n{HEAD}{SOFTMAX}```\n"
            [found] = await client.open((tmp_path / "a.md").as_uri(), text, "markdown")
            assert found.range.start == types.Position(5, 4)
            assert await client.open((tmp_path / "b.txt").as_uri(), HEAD + SOFTMAX, "plaintext") == []

    run(work())


def test_hostile_files_stop_neither_the_server_nor_the_others(tmp_path: Path):
    async def work() -> None:
        async with editor(tmp_path, "--timeout", "2") as client:
            deep = HEAD + "y = " + "np.log(1 + " * 5000 + "x" + ")" * 5000
            wide = HEAD + "y = np.log(1 + " + " + ".join(f"np.exp(x{n} - x{n + 1})" for n in range(30_000)) + ")\n"
            await client.open((tmp_path / "deep.py").as_uri(), deep, wait=False)
            await client.open((tmp_path / "wide.py").as_uri(), wide, wait=False)
            await client.open((tmp_path / "nul.py").as_uri(), "\0" + HEAD + SOFTPLUS, wait=False)
            await client.open((tmp_path / "coding.py").as_uri(), f"# coding: rot13\n{HEAD}{SOFTPLUS}", wait=False)
            coded = (tmp_path / "latin.py").as_uri()
            [found] = await client.open(coded, f"# coding: latin-1\n{HEAD}ä = 1; {SOFTPLUS}")
            assert found.range.start == types.Position(3, 11)
            uri = (tmp_path / "a.py").as_uri()
            assert [one.code for one in await client.open(uri, HEAD + SOFTPLUS)] == ["softplus"]

    run(work())


def test_what_a_formula_was_judged_is_kept_while_the_text_around_it_changes(tmp_path: Path):
    from stabaudit.engine.job import FileJob
    from stabaudit.engine.limits import LIMITS
    from stabaudit.server.judge import Judge

    judge = Judge(LIMITS, None)
    try:
        path = str(tmp_path / "a.py")
        body = "".join(f"def f{n}(x, z):\n    {SOFTMAX}    return np.log({n + 2} + np.exp(x))\n\n" for n in range(20))
        first = judge.result(path, (HEAD + body).encode(), FileJob())
        # The time of the processor that the other process has used.
        pid = judge._pool._workers[0].process.pid
        used = [_used(pid)]
        for number in range(5):
            again = judge.result(path, f"{HEAD}a = {number}\n\n{body}".encode(), FileJob())
            assert [one.rule for one in again.findings] == [one.rule for one in first.findings]
            used.append(_used(pid))
        judged, *kept = (after - before for before, after in zip([0.0, *used], used, strict=False))
        assert sorted(kept)[2] < judged / 2
    finally:
        judge.close()


def _used(pid: int) -> float:
    if not os.path.exists(f"/proc/{pid}/stat"):
        pytest.skip("the system does not tell the time of another process")
    fields = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
    return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")


def test_the_server_ends_with_the_editor_that_started_it(tmp_path: Path):
    async def work() -> None:
        process = await asyncio.create_subprocess_exec(
            COMMAND, "server", stdin=asyncio.subprocess.PIPE, stdout=asyncio.subprocess.PIPE, cwd=tmp_path
        )
        assert process.stdin
        process.stdin.close()
        assert await asyncio.wait_for(process.wait(), SECONDS) == 0

    run(work())
