"""Why a rewrite cannot be written."""

from __future__ import annotations

from stabaudit.dialects import Dialect
from stabaudit.terms import Data, Term, Var

#: Operations that choose among values, and what they choose by.
CHOICES = frozenset({"branch", "where", "masked", "not", "eq", "ne", "lt", "le", "gt", "ge"})
#: What dialects are called that are no library.
CALLED = {"runtime": "the runtime", "scalar": "the runtime", "array_module": "an array module"}
#: Why there is no rewrite of what this Python does not parse.
UNREADABLE = "Python itself cannot read what it is made of"


class NotRenderable(Exception):
    """The rewrite cannot be written down here; the message says why, in words for the user."""


def lacking(home: Dialect, op: str) -> str:
    """Why an operation cannot be written that a library does not have."""
    if op in CHOICES:
        return "part of it is chosen by a condition; assign that part to a name first"
    return f"{CALLED.get(home.name, home.name)} has no `{op}`"


def why_not(term: Term) -> str:
    """Why a part of the rewrite cannot be written."""
    if isinstance(term, Var) and not any(name == "#" for name, _ in term.stamp):
        return f"`{term.name}` was reassigned before this line"
    return f"`{_name(term)}` has no name that a fix could use here"


def _name(term: Term) -> str:
    return term.name if isinstance(term, Var) else "a list" if isinstance(term, Data) else repr(term)
