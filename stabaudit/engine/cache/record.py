"""What is known of a file as one line of JSON, and back: each value is the list of its fields.

What is read may have been written by someone else: each field has the type that it must have, or nothing is known.
"""

from __future__ import annotations

import json
from typing import Any, get_args

from stabaudit.catalogue.folder import names
from stabaudit.engine.cache.memo import Entries, Entry, Said, Unread
from stabaudit.findings.finding import Applicability, Edit, Finding, Fix, Position, Related, Witness
from stabaudit.findings.severity import SEVERITIES
from stabaudit.suppress.comment import NONE, Comment, Comments, Flaw, Span

#: How near the data came is not of the text, and neither is what the settings say.
_OF_THE_TEXT = Finding._fields.index("reach")


def written(entries: Entries) -> str:
    """The entries as text."""
    plain = {key: [_plain(said), *_spoken(comments)] for key, (said, comments) in entries.items()}
    return json.dumps(plain, separators=(",", ":"))


def read(text: str) -> Entries | None:
    """The entries in a text; `None` if it is damaged."""
    try:
        return {key: Entry(_said(said), _heard(*heard)) for key, (said, *heard) in json.loads(text).items()}
    except (ValueError, TypeError, AttributeError, LookupError, RecursionError):
        return None


def _plain(said: Said) -> Any:
    return said._asdict() if isinstance(said, Unread) else [finding[:_OF_THE_TEXT] for finding in said]


def _spoken(said: Comments) -> list[Any]:
    """The comments without the statements around them, which no report asks for; nothing for none."""
    return [said.comments, said.flaws] if said.comments or said.flaws else []


def _said(plain: Any) -> Said:
    if isinstance(plain, dict):
        return Unread(_text(plain["message"]), _position(plain["position"]))
    return tuple(_finding(*row) for row in plain)


def _finding(
    rule: str, message: str, start: Any, end: Any, seen: Any, fix: Any, withheld: str | None, related: Any
) -> Finding:
    if rule not in names():
        raise ValueError(rule)
    mended = None
    if fix is not None:
        level, told, edits, reason = fix
        if level not in get_args(Applicability):
            raise ValueError(level)
        changes = tuple(Edit(_position(first), _position(last), _text(text)) for first, last, text in edits)
        mended = Fix(level, _text(told), changes, _maybe(reason))
    witness = None
    if seen is not None:
        at, gives, truth, fixed, note, severity, script = seen
        if severity not in SEVERITIES:
            raise ValueError(severity)
        witness = Witness(_text(at), _text(gives), _text(truth), _maybe(fixed), _maybe(note), severity, _maybe(script))
    others = tuple(Related(_position(first), _position(last), _text(told)) for first, last, told in related)
    return Finding(rule, _text(message), _position(start), _position(end), witness, mended, _maybe(withheld), others)


def _heard(comments: Any = (), flaws: Any = ()) -> Comments:
    if not comments and not flaws:
        return NONE
    told = [Flaw(_number(row), _text(message)) for row, message in flaws]
    return Comments([_comment(*one) for one in comments], told, [])


def _comment(
    verb: str, names: Any, row: int, span: Any, names_span: Any, alone: bool, first: int, last: int
) -> Comment:
    inner = None if names_span is None else _span(names_span)
    named = None if names is None else tuple(map(_text, names))
    return Comment(_text(verb), named, _number(row), _span(span), inner, bool(alone), _number(first), _number(last))


def _position(plain: Any) -> Position:
    row, column = plain
    return Position(_number(row), _number(column))


def _span(plain: Any) -> Span:
    start, end = plain
    return Span(_number(start), _number(end))


def _number(plain: Any) -> int:
    if type(plain) is not int or plain < 1:
        raise ValueError(plain)
    return plain


def _text(plain: Any) -> str:
    if type(plain) is not str:
        raise ValueError(plain)
    return plain


def _maybe(plain: Any) -> str | None:
    return None if plain is None else _text(plain)
