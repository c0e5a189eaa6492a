"""What is known of a file as one line of JSON, and back."""

from __future__ import annotations

import json
from typing import Any

from stabaudit.cache.memo import Entries, Said, Unread
from stabaudit.finding import Edit, Finding, Fix, Position, Witness


def written(entries: Entries) -> str:
    """The entries as text."""
    return json.dumps({key: _plain(said) for key, said in entries.items()}, separators=(",", ":"))


def read(text: str) -> Entries | None:
    """The entries in a text; `None` if it is damaged."""
    try:
        return {key: _said(plain) for key, plain in json.loads(text).items()}
    except (ValueError, TypeError, AttributeError, LookupError):
        return None


def _plain(said: Said) -> Any:
    if isinstance(said, Unread):
        return {"message": said.message, "at": _place(said.position)}
    return [_row(finding) for finding in said]


def _row(found: Finding) -> list[Any]:
    seen = found.witness and [
        found.witness.at,
        found.witness.gives,
        found.witness.truth,
        found.witness.fixed,
        found.witness.note,
    ]
    fix = found.fix and [
        found.fix.applicability,
        found.fix.message,
        [[_place(e.start), _place(e.end), e.content] for e in found.fix.edits],
        found.fix.reason,
    ]
    return [found.rule, found.message, _place(found.start), _place(found.end), seen, fix, found.withheld]


def _place(position: Position) -> list[int]:
    return [position.row, position.column]


def _said(plain: Any) -> Said:
    if isinstance(plain, dict):
        return Unread(plain["message"], Position(*plain["at"]))
    return tuple(_finding(*row) for row in plain)


def _finding(rule: str, message: str, start: Any, end: Any, seen: Any, fix: Any, withheld: str | None) -> Finding:
    mended = None
    if fix is not None:
        level, told, edits, reason = fix
        changes = tuple(Edit(Position(*first), Position(*last), text) for first, last, text in edits)
        mended = Fix(level, told, changes, reason)
    witness = None if seen is None else Witness(*seen)
    return Finding(rule, message, Position(*start), Position(*end), witness, mended, withheld)
