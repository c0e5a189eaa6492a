"""What may be done about a finding: its fix, all fixes of its rule, all that are safe, or a comment."""

from __future__ import annotations

import asyncio
from collections.abc import Sequence
from typing import Any

from lsprotocol import types

from stabaudit.config.offers import Offers
from stabaudit.findings.finding import Edit, Finding
from stabaudit.server.change import between, edits, suppressed
from stabaudit.server.checked import Checked
from stabaudit.server.diagnostics import diagnostic
from stabaudit.server.session import Server

FIX, ALL, ALL_CELLS = "quickfix", "source.fixAll.stabaudit", "notebook.source.fixAll.stabaudit"


def actions(server: Server, done: Checked, params: types.CodeActionParams) -> list[types.CodeAction]:
    """What may be done at a place."""
    uri = params.text_document.uri
    only = params.context.only
    found: list[types.CodeAction] = []
    if _wants(only, FIX):
        for finding in done.at(uri, params.range):
            found += _about(server, done, finding)
    for kind in (ALL, ALL_CELLS):
        if _wants(only, kind) and (only is not None or kind == ALL) and _has_safe(done):
            found.append(_lazy("Fix all that is safe (stabaudit)", kind, done, None))
    return found


def _about(server: Server, done: Checked, finding: Finding) -> list[types.CodeAction]:
    told = [diagnostic(finding, done.places)]
    found: list[types.CodeAction] = []
    if fix := finding.fix:
        unsafe = f" (unsafe: {fix.reason or 'it may change behaviour'})" if fix.applicability == "unsafe" else ""
        title = f"{' '.join(fix.message.split())}{unsafe}"
        edit = _edit(server, done, fix.edits)
        found.append(types.CodeAction(title, FIX, told, is_preferred=not unsafe, edit=edit))
        same = [one for one in done.result.findings if one.rule == finding.rule and _is_safe(one)]
        if len(same) > 1:
            found.append(_lazy(f"Fix all of {finding.rule} that is safe", FIX, done, finding.rule))
    title = f"Suppress {finding.rule} here"
    edit = _edit(server, done, suppressed(done.result, finding))
    found.append(types.CodeAction(title, FIX, told, edit=edit))
    return found


def _lazy(title: str, kind: str, done: Checked, rule: str | None) -> types.CodeAction:
    """An action whose edits are made when it is chosen: they take as long as the first check."""
    data = {"uri": done.document.uri, "rule": rule}
    return types.CodeAction(title, kind, data=data)


async def resolve(server: Server, action: types.CodeAction) -> types.CodeAction:
    """The action with its edits."""
    data: Any = action.data
    done = server.checked.get(data["uri"]) if isinstance(data, dict) else None
    if done is None or action.edit is not None:
        return action
    offers = done.task.offers
    if data.get("rule") is not None:
        rule = frozenset({str(data["rule"])})
        fixable = rule if offers.fixable is None else rule & offers.fixable
        offers = Offers(fixable, *offers[1:])
    task = done.task._replace(fix="safe", offers=offers)
    result = await asyncio.to_thread(server.judge.result, done.document.path, done.document.data, task)
    if result.trouble is None and result.text and result.fixed:
        action.edit = _edit(server, done, between(done.result.text, result.text))
    return action


def _edit(server: Server, done: Checked, wanted: list[Edit] | tuple[Edit, ...]) -> types.WorkspaceEdit:
    """Edits in the form that the editor takes."""
    told = server.client_capabilities.workspace
    versioned = bool(told and told.workspace_edit and told.workspace_edit.document_changes)
    return edits(done.document, done.places, wanted, versioned)


def resolves(server: Server) -> bool:
    """Whether the editor asks for the edits of an action when it is chosen."""
    told = server.client_capabilities.text_document
    support = told and told.code_action and told.code_action.resolve_support
    return bool(support and "edit" in support.properties)


def _wants(only: Sequence[types.CodeActionKind | str] | None, kind: str) -> bool:
    """Whether an editor that asks for certain kinds of actions asks for one."""
    names = None if only is None else [str(getattr(one, "value", one)) for one in only]
    return names is None or any(kind == name or kind.startswith(f"{name}.") or not name for name in names)


def _is_safe(finding: Finding) -> bool:
    return finding.fix is not None and finding.fix.applicability == "safe"


def _has_safe(done: Checked) -> bool:
    return any(map(_is_safe, done.result.findings))
