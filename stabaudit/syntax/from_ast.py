"""The tree of what Python's own parser read: for each type of its nodes what ours is.

Implicit concatenation, the places of a subscript, `elif`, chains of `and`, and the order of arguments are brought into
one form here and in `from_libcst`, and nowhere else.
"""

from __future__ import annotations

import ast
import warnings
from collections.abc import Callable, Sequence
from typing import Any

from stabaudit.source.lines import bare
from stabaudit.syntax import compound as c
from stabaudit.syntax import expressions as e
from stabaudit.syntax import statements as s
from stabaudit.syntax.node import Expression, Extent, Node, Statement
from stabaudit.syntax.parameters import Parameter, Parameters

OPERATORS: dict[type[ast.AST], str] = {
    ast.Add: "+", ast.Sub: "-", ast.Mult: "*", ast.Div: "/", ast.FloorDiv: "//", ast.Mod: "%", ast.Pow: "**",
    ast.MatMult: "@", ast.BitAnd: "&", ast.BitOr: "|", ast.BitXor: "^", ast.LShift: "<<", ast.RShift: ">>",
    ast.USub: "-", ast.UAdd: "+", ast.Invert: "~", ast.Not: "not", ast.And: "and", ast.Or: "or",
    ast.Lt: "<", ast.LtE: "<=", ast.Gt: ">", ast.GtE: ">=", ast.Eq: "==", ast.NotEq: "!=",
    ast.In: "in", ast.NotIn: "not in", ast.Is: "is", ast.IsNot: "is not",
}  # fmt: skip


def from_ast(tree: ast.Module, text: str) -> s.Module:
    """The tree of a text as Python's parser read it; may raise `RecursionError`."""
    reading = _Reading(text)
    module = s.Module(reading.all(tree.body))
    module.place = Extent(1, 0, len(reading.lines), 0)
    return module


def read(text: str) -> s.Module:
    """The tree of a text; raises as `ast.parse` does."""
    with warnings.catch_warnings():
        # What Python says about the user's own code is not for us to say.
        warnings.simplefilter("ignore")
        return from_ast(ast.parse(text), text)


class _Reading:
    """One text on its way into the tree."""

    def __init__(self, text: str) -> None:
        self.lines = bare(text)
        self._ascii = text.isascii()
        #: Before Python 3.12 what stands in an f-string has no certain place.
        self.in_text = 0

    def of(self, node: Any) -> Any:
        made = TABLE.get(node.__class__, _opaque)(self, node)
        made.place = node
        return made

    def all(self, nodes: Sequence[ast.AST]) -> tuple[Any, ...]:
        return tuple([self.of(node) for node in nodes])

    def maybe(self, node: ast.AST | None) -> Any:
        return None if node is None else self.of(node)

    def block(self, body: Sequence[ast.stmt]) -> s.Block:
        made = s.Block(tuple([self.of(node) for node in body]))
        first, last = body[0], body[-1]
        made.place = Extent(first.lineno, first.col_offset, last.end_lineno, last.end_col_offset)
        return made

    def maybe_block(self, body: Sequence[ast.stmt]) -> s.Block | None:
        return self.block(body) if body else None

    def written(self, node: Any) -> str:
        """What stands there, if it is on one line."""
        row = node.lineno
        if self.in_text or row != node.end_lineno:
            return ""
        line: str = self.lines[row - 1]
        if not self._ascii:
            return line.encode()[node.col_offset : node.end_col_offset].decode()
        return line[node.col_offset : node.end_col_offset]

    def written_anyhow(self, node: Any) -> str:
        """What stands there, on one line even if it is on several."""
        if self.in_text or node.lineno == node.end_lineno:
            return self.written(node)
        rows = [line.encode() for line in self.lines[node.lineno - 1 : node.end_lineno]]
        rows[-1] = rows[-1][: node.end_col_offset]
        rows[0] = rows[0][node.col_offset :]
        return " ".join(b" ".join(rows).decode().split())


def _opaque(r: _Reading, node: ast.AST) -> Node:
    return s.Opaque() if isinstance(node, ast.stmt) else e.Opaque()


def _constant(r: _Reading, node: ast.Constant) -> Expression:
    return e.Constant(node.value, r.written(node))


def _call(r: _Reading, node: ast.Call) -> Expression:
    args = [_argument(r, a) for a in node.args]
    if node.keywords:
        args += [_keyword(r, k) for k in node.keywords]
        if node.args and _start(node.args[-1]) > _start(node.keywords[0]):
            args.sort(key=lambda a: _start(a.place))
    return e.Call(r.of(node.func), tuple(args))


def _start(node: Any) -> tuple[int, int]:
    return node.lineno, node.col_offset


def _argument(r: _Reading, node: ast.expr) -> e.Argument:
    made = e.Argument(r.of(node.value), None, "*") if isinstance(node, ast.Starred) else e.Argument(r.of(node))
    made.place = node
    return made


def _keyword(r: _Reading, node: ast.keyword) -> e.Argument:
    made = e.Argument(r.of(node.value), node.arg, "" if node.arg is not None else "**")
    made.place = node
    return made


def _boolean(r: _Reading, node: ast.BoolOp) -> Expression:
    word = OPERATORS[node.op.__class__]
    first, *others = node.values
    made: Expression = r.of(first)
    for other in others:
        made = e.Boolean(made, word, r.of(other))
        made.place = Extent(node.lineno, node.col_offset, other.end_lineno, other.end_col_offset)
    return made


def _compare(r: _Reading, node: ast.Compare) -> Expression:
    words = tuple([OPERATORS[op.__class__] for op in node.ops])
    return e.Compare(r.of(node.left), words, r.all(node.comparators))


def _subscript(r: _Reading, node: ast.Subscript) -> Expression:
    places = node.slice
    if places.__class__ is ast.Tuple and places.elts:
        return e.Subscript(r.of(node.value), r.all(places.elts))
    return e.Subscript(r.of(node.value), (r.of(places),))


def _text(r: _Reading, node: Any) -> Expression:
    written = r.written_anyhow(node)
    r.in_text += 1
    made = e.Text(tuple(_values(r, node.values)), written)
    r.in_text -= 1
    return made


def _values(r: _Reading, parts: Sequence[Any]) -> list[Expression]:
    found: list[Expression] = []
    for part in parts:
        if not isinstance(part, (ast.Constant, ast.JoinedStr)):
            found.append(r.of(part.value))
            if part.format_spec is not None:
                found += _values(r, part.format_spec.values)
    return found


def _loops(r: _Reading, loops: Sequence[ast.comprehension]) -> tuple[e.Loop, ...]:
    return tuple([e.Loop(r.of(o.target), r.of(o.iter), r.all(o.ifs), bool(o.is_async)) for o in loops])


def _parameters(r: _Reading, given: ast.arguments) -> Parameters:
    plain = [*given.posonlyargs, *given.args]
    defaults: list[ast.expr | None] = [None] * (len(plain) - len(given.defaults))
    defaults += given.defaults
    made = [_parameter(r, p, d) for p, d in zip(plain, defaults, strict=True)]
    first = len(given.posonlyargs)
    return Parameters(
        tuple(made[:first]),
        tuple(made[first:]),
        None if given.vararg is None else _parameter(r, given.vararg, None),
        tuple([_parameter(r, p, d) for p, d in zip(given.kwonlyargs, given.kw_defaults, strict=True)]),
        None if given.kwarg is None else _parameter(r, given.kwarg, None),
    )


def _parameter(r: _Reading, node: ast.arg, default: ast.expr | None) -> Parameter:
    made = Parameter(node.arg, r.maybe(node.annotation), r.maybe(default))
    made.place = node
    return made


def _delete(r: _Reading, node: ast.Delete) -> Statement:
    targets: Sequence[ast.expr] = node.targets
    if len(targets) == 1 and isinstance(targets[0], ast.Tuple):
        targets = targets[0].elts
    return s.Delete(r.all(targets))


def _with(r: _Reading, node: Any) -> Statement:
    items = tuple([_item(r, item) for item in node.items])
    return c.With(items, r.block(node.body), node.__class__ is ast.AsyncWith)


def _item(r: _Reading, node: ast.withitem) -> c.WithItem:
    made = c.WithItem(r.of(node.context_expr), r.maybe(node.optional_vars))
    made.place = node.context_expr
    return made


def _for(r: _Reading, node: Any) -> Statement:
    orelse = r.maybe_block(node.orelse)
    return c.For(r.of(node.target), r.of(node.iter), r.block(node.body), orelse, node.__class__ is ast.AsyncFor)


def _try(r: _Reading, node: Any) -> Statement:
    handlers = tuple([_handler(r, h) for h in node.handlers])
    return c.Try(r.block(node.body), handlers, r.maybe_block(node.orelse), r.maybe_block(node.finalbody))


def _handler(r: _Reading, node: ast.ExceptHandler) -> c.Handler:
    made = c.Handler(r.maybe(node.type), node.name, r.block(node.body))
    made.place = node
    return made


def _match(r: _Reading, node: ast.Match) -> Statement:
    return c.Match(r.of(node.subject), tuple([_case(r, c) for c in node.cases]))


def _case(r: _Reading, node: ast.match_case) -> c.Case:
    names: list[str] = []
    values: list[Expression] = []
    _pattern(r, node.pattern, names, values)
    pattern = c.Pattern(tuple(names), tuple(values))
    pattern.place = node.pattern
    made = c.Case(pattern, r.maybe(node.guard), r.block(node.body))
    made.place = node.pattern
    return made


def _pattern(r: _Reading, node: ast.pattern | None, names: list[str], values: list[Expression]) -> None:
    match node:
        case ast.MatchValue(value=value):
            values.append(r.of(value))
        case ast.MatchSingleton(value=value):
            said = e.Constant(value, repr(value))
            said.place = node
            values.append(said)
        case ast.MatchSequence(patterns=inner) | ast.MatchOr(patterns=inner):
            for one in inner:
                _pattern(r, one, names, values)
        case ast.MatchMapping(keys=keys, patterns=inner, rest=rest):
            for key, one in zip(keys, inner, strict=True):
                values.append(r.of(key))
                _pattern(r, one, names, values)
            names += [rest] if rest is not None else []
        case ast.MatchClass(cls=cls, patterns=inner, kwd_patterns=named):
            values.append(r.of(cls))
            for one in (*inner, *named):
                _pattern(r, one, names, values)
        case ast.MatchStar(name=name):
            names += [name] if name is not None else []
        case ast.MatchAs(pattern=one, name=name):
            _pattern(r, one, names, values)
            names += [name] if name is not None else []


def _function(r: _Reading, node: Any) -> Statement:
    return c.Function(
        node.name,
        _parameters(r, node.args),
        lambda: r.block(node.body),
        r.all(node.decorator_list),
        r.maybe(node.returns),
        node.__class__ is ast.AsyncFunctionDef,
    )


def _class(r: _Reading, node: ast.ClassDef) -> Statement:
    args = (*[_argument(r, b) for b in node.bases], *[_keyword(r, k) for k in node.keywords])
    return c.Class(node.name, args, r.block(node.body), r.all(node.decorator_list))


TABLE: dict[type[ast.AST], Callable[[_Reading, Any], Node]] = {
    ast.Name: lambda r, n: e.Name(n.id),
    ast.Constant: _constant,
    ast.Attribute: lambda r, n: e.Attribute(r.of(n.value), n.attr),
    ast.Call: _call,
    ast.UnaryOp: lambda r, n: e.Unary(OPERATORS[n.op.__class__], r.of(n.operand)),
    ast.BinOp: lambda r, n: e.Binary(r.of(n.left), OPERATORS[n.op.__class__], r.of(n.right)),
    ast.BoolOp: _boolean,
    ast.Compare: _compare,
    ast.IfExp: lambda r, n: e.Choice(r.of(n.body), r.of(n.test), r.of(n.orelse)),
    ast.Subscript: _subscript,
    ast.Slice: lambda r, n: e.Slice(r.maybe(n.lower), r.maybe(n.upper), r.maybe(n.step)),
    ast.Starred: lambda r, n: e.Starred(r.of(n.value)),
    ast.List: lambda r, n: e.Display("list", r.all(n.elts)),
    ast.Tuple: lambda r, n: e.Display("tuple", r.all(n.elts)),
    ast.Set: lambda r, n: e.Display("set", r.all(n.elts)),
    ast.Dict: lambda r, n: e.Dict(tuple([e.Item(r.maybe(k), r.of(v)) for k, v in zip(n.keys, n.values, strict=True)])),
    ast.ListComp: lambda r, n: e.Comprehension("list", None, r.of(n.elt), _loops(r, n.generators)),
    ast.SetComp: lambda r, n: e.Comprehension("set", None, r.of(n.elt), _loops(r, n.generators)),
    ast.GeneratorExp: lambda r, n: e.Comprehension("generator", None, r.of(n.elt), _loops(r, n.generators)),
    ast.DictComp: lambda r, n: e.Comprehension("dict", r.of(n.key), r.of(n.value), _loops(r, n.generators)),
    ast.Lambda: lambda r, n: e.Lambda(_parameters(r, n.args), r.of(n.body)),
    ast.NamedExpr: lambda r, n: e.Named(r.of(n.target), r.of(n.value)),
    ast.JoinedStr: _text,
    ast.Await: lambda r, n: e.Await(r.of(n.value)),
    ast.Yield: lambda r, n: e.Yield(r.maybe(n.value), False),
    ast.YieldFrom: lambda r, n: e.Yield(r.of(n.value), True),
    ast.Assign: lambda r, n: s.Assign(r.all(n.targets), r.of(n.value)),
    ast.AnnAssign: lambda r, n: s.Annotated(r.of(n.target), r.of(n.annotation), r.maybe(n.value)),
    ast.AugAssign: lambda r, n: s.Augment(r.of(n.target), OPERATORS[n.op.__class__], r.of(n.value)),
    ast.Expr: lambda r, n: s.Evaluate(r.of(n.value)),
    ast.Return: lambda r, n: s.Return(r.maybe(n.value)),
    ast.Raise: lambda r, n: s.Raise(r.maybe(n.exc), r.maybe(n.cause)),
    ast.Assert: lambda r, n: s.Assert(r.of(n.test), r.maybe(n.msg)),
    ast.Delete: _delete,
    ast.alias: lambda r, n: s.Alias(n.name, n.asname),
    ast.Import: lambda r, n: s.Import(r.all(n.names)),
    ast.ImportFrom: lambda r, n: s.ImportFrom("." * n.level + (n.module or ""), r.all(n.names)),
    ast.Global: lambda r, n: s.Declare("global", tuple(n.names)),
    ast.Nonlocal: lambda r, n: s.Declare("nonlocal", tuple(n.names)),
    ast.Pass: lambda r, n: s.Jump("pass"),
    ast.Break: lambda r, n: s.Jump("break"),
    ast.Continue: lambda r, n: s.Jump("continue"),
    ast.If: lambda r, n: c.If(r.of(n.test), r.block(n.body), r.maybe_block(n.orelse)),
    ast.While: lambda r, n: c.While(r.of(n.test), r.block(n.body), r.maybe_block(n.orelse)),
    ast.For: _for,
    ast.AsyncFor: _for,
    ast.With: _with,
    ast.AsyncWith: _with,
    ast.Try: _try,
    ast.Match: _match,
    ast.FunctionDef: _function,
    ast.AsyncFunctionDef: _function,
    ast.ClassDef: _class,
}
# What later versions of Python know.
for _name, _lower in {
    "TryStar": _try,
    "TypeAlias": lambda r, n: s.TypeAlias(n.name.id),
    "TemplateStr": _text,
}.items():
    if _kind := getattr(ast, _name, None):
        TABLE[_kind] = _lower
