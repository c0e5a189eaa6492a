"""Which names take the value of which expressions, whenever that is: the ways a kind of values spreads in a module."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from typing import NamedTuple

from stabaudit.source.dotted import dotted_name

Owner = ast.AST
FUNCTIONS = (ast.FunctionDef, ast.AsyncFunctionDef, ast.Lambda)


class Flow(NamedTuple):
    """A name of `owner` that takes the value of an expression of `source`, or is told to be of a kind by a type."""

    owner: Owner
    name: str
    value: ast.expr
    source: Owner
    is_type: bool = False


def parameters(node: ast.FunctionDef | ast.AsyncFunctionDef | ast.Lambda, owner: Owner) -> Iterator[Flow]:
    """What annotations and defaults say of the parameters."""
    a = node.args
    every = [*a.posonlyargs, *a.args]
    for parameter in [*every, *a.kwonlyargs]:
        if parameter.annotation is not None:
            yield Flow(node, parameter.arg, parameter.annotation, owner, is_type=True)
        else:
            yield Flow(node, parameter.arg, ast.Constant(None), owner)
    if a.defaults:
        for parameter, default in zip(every[-len(a.defaults) :], a.defaults, strict=True):
            yield Flow(node, parameter.arg, default, owner)
    for parameter, keyword in zip(a.kwonlyargs, a.kw_defaults, strict=True):
        if keyword is not None:
            yield Flow(node, parameter.arg, keyword, owner)


def passed(call: ast.Call, owner: Owner, function: ast.FunctionDef | ast.AsyncFunctionDef) -> Iterator[Flow]:
    """What a call in the module gives to the parameters of one of its functions."""
    names = [p.arg for p in (*function.args.posonlyargs, *function.args.args)]
    if names[:1] in (["self"], ["cls"]):
        names = names[1:]
    for name, argument in zip(names, call.args, strict=False):
        if isinstance(argument, ast.Starred):
            break
        yield Flow(function, name, argument, owner)
    for keyword in call.keywords:
        if keyword.arg is not None:
            yield Flow(function, keyword.arg, keyword.value, owner)


def assigned(node: ast.AST, owner: Owner) -> Iterator[Flow]:
    """The names that a statement gives a value to, each with the value."""
    match node:
        case ast.Assign(targets=found, value=value):
            pass
        case ast.AnnAssign(target=target, annotation=annotation, value=value):
            found = [target]
            if (name := dotted_name(target)) is not None:
                yield Flow(owner, name, annotation, owner, is_type=True)
        case ast.AugAssign(target=target, op=op, value=added):
            found, value = [target], ast.BinOp(target, op, added)
        case ast.Attribute(value=used, attr="imag" | "conj" | "conjugate"):
            # Who asks for an imaginary part has one.
            found, value = [used], ast.Constant(1j)
        case (
            ast.NamedExpr(target=target, value=value)
            | ast.For(target=target, iter=value)
            | ast.comprehension(target=target, iter=value)
        ):
            found = [target]
        case _:
            return
    if value is None:
        return
    for target in found:
        match target, value:
            case ((ast.Tuple() | ast.List()), (ast.Tuple() | ast.List())) if len(target.elts) == len(value.elts):
                pairs = list(zip(target.elts, value.elts, strict=True))
            case ((ast.Tuple() | ast.List()), _):
                pairs = [(element, value) for element in target.elts]
            case _:
                pairs = [(target, value)]
        for place, source in pairs:
            place = place.value if isinstance(place, ast.Starred) else place
            if (name := dotted_name(place)) is not None:
                yield Flow(owner, name, source, owner)
