"""One change that a piece of code makes, and the pieces of code of which changes are asked."""

from __future__ import annotations

from typing import TypeAlias

from stabaudit.records import Record
from stabaudit.syntax.compound import Function
from stabaudit.syntax.expressions import Call, Lambda
from stabaudit.syntax.node import Expression
from stabaudit.syntax.places import Spot
from stabaudit.syntax.statements import Block, Module

#: What has names of its own.
Scope: TypeAlias = Function | Lambda | Module


class Change(Record):
    """One change: when it is done, and the text of what does it.

    `binds` is the name that gets another value; else the contents of any object may change, or only of that `within`
    a name. `yields` says that others run then, and nothing else; `draws` that random numbers are drawn, and nothing
    else.
    """

    time: Spot
    by: str
    binds: str | None = None
    within: str | None = None
    yields: bool = False
    draws: bool = False


def body_of(scope: Scope) -> Block | Expression:
    """What a function, a lambda or a module computes."""
    return scope if isinstance(scope, Module) else scope.body


def without_out(call: Call) -> tuple[list[Expression], Call]:
    """What a call writes to by `out=`, and the call without that."""
    outs = [argument.value for argument in call.args if argument.keyword == "out"]
    return outs, Call(call.func, tuple(a for a in call.args if a.keyword != "out")) if outs else call
