"""What an editor is to do: the edits of a fix, of all fixes, and of a comment that suppresses a finding."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from difflib import SequenceMatcher

from lsprotocol import types

from stabaudit.engine.job import Result
from stabaudit.findings.finding import Edit, Finding, Position
from stabaudit.server.document import Document, Places
from stabaudit.source import lines
from stabaudit.suppress.add import add


def edits(document: Document, places: Places, wanted: Iterable[Edit], versioned: bool) -> types.WorkspaceEdit:
    """The edits at their places in the editor."""
    by_text: defaultdict[str, list[types.TextEdit]] = defaultdict(list)
    for edit in sorted(wanted, key=lambda edit: (edit.start, edit.end)):
        uri, span = places.spot(edit.start, edit.end)
        by_text[uri].append(types.TextEdit(span, edit.content))
    if not versioned:
        return types.WorkspaceEdit(changes=dict(by_text))
    versions = dict(document.texts.values())
    changes: list[types.TextDocumentEdit | types.CreateFile | types.RenameFile | types.DeleteFile] = [
        types.TextDocumentEdit(types.OptionalVersionedTextDocumentIdentifier(uri=uri, version=versions.get(uri)), texts)
        for uri, texts in by_text.items()
    ]
    return types.WorkspaceEdit(document_changes=changes)


def suppressed(result: Result, finding: Finding) -> list[Edit]:
    """The edits that put a comment behind the statement of a finding."""
    return between(result.text, add(result.text, [finding]))


def between(old: str, new: str) -> list[Edit]:
    """Whole lines of `old` to be replaced so that it becomes `new`."""
    before, after = lines.lines(old), lines.lines(new)
    # Few lines differ, and most at one place: what is equal at both ends is not compared.
    first = 0
    while first < min(len(before), len(after)) and before[first] == after[first]:
        first += 1
    last = 0
    while last < min(len(before), len(after)) - first and before[-1 - last] == after[-1 - last]:
        last += 1
    a, b = before[first : len(before) - last], after[first : len(after) - last]
    return [
        Edit(Position(first + i + 1, 1), Position(first + j + 1, 1), "".join(b[m:n]))
        for tag, i, j, m, n in SequenceMatcher(None, a, b, autojunk=len(a) * len(b) > 1_000_000).get_opcodes()
        if tag != "equal"
    ]
