"""What is known of a file as one line of JSON, and back: each value is the list of its fields."""

from __future__ import annotations

import json
from typing import Any

from stabaudit.cache.memo import Entries, Entry, Said, Unread
from stabaudit.finding import Edit, Finding, Fix, Position, Witness
from stabaudit.suppress.comment import NONE, Comment, Comments, Flaw, Span


def written(entries: Entries) -> str:
    """The entries as text."""
    plain = {key: [_plain(said), *_spoken(comments)] for key, (said, comments) in entries.items()}
    return json.dumps(plain, separators=(",", ":"))


def read(text: str) -> Entries | None:
    """The entries in a text; `None` if it is damaged."""
    try:
        return {key: Entry(_said(said), _heard(*heard)) for key, (said, *heard) in json.loads(text).items()}
    except (ValueError, TypeError, AttributeError, LookupError):
        return None


def _plain(said: Said) -> Any:
    return said._asdict() if isinstance(said, Unread) else said


def _spoken(said: Comments) -> list[Any]:
    """The comments without the statements around them, which no report asks for; nothing for none."""
    return [said.comments, said.flaws] if said.comments or said.flaws else []


def _said(plain: Any) -> Said:
    if isinstance(plain, dict):
        return Unread(plain["message"], Position(*plain["position"]))
    return tuple(_finding(*row) for row in plain)


def _finding(rule: str, message: str, start: Any, end: Any, seen: Any, fix: Any, withheld: str | None) -> Finding:
    mended = None
    if fix is not None:
        level, told, edits, reason = fix
        changes = tuple(Edit(Position(*first), Position(*last), text) for first, last, text in edits)
        mended = Fix(level, told, changes, reason)
    witness = None if seen is None else Witness(*seen)
    return Finding(rule, message, Position(*start), Position(*end), witness, mended, withheld)


def _heard(comments: Any = (), flaws: Any = ()) -> Comments:
    if not comments and not flaws:
        return NONE
    return Comments([_comment(*one) for one in comments], [Flaw(*flaw) for flaw in flaws], [])


def _comment(verb: str, names: Any, row: int, span: Any, names_span: Any, *places: Any) -> Comment:
    inner = None if names_span is None else Span(*names_span)
    return Comment(verb, None if names is None else tuple(names), row, Span(*span), inner, *places)
