"""The tree of what LibCST read: for each type of its nodes what ours is; each of ours knows that of LibCST."""

from __future__ import annotations

import warnings
from collections.abc import Callable, Iterable
from typing import Any

import libcst as cst

from stabaudit.syntax import compound as c
from stabaudit.syntax import expressions as e
from stabaudit.syntax import libcst_words as words
from stabaudit.syntax import statements as s
from stabaudit.syntax.caching import cached_by_node
from stabaudit.syntax.node import Expression, Node, Statement
from stabaudit.syntax.parameters import Parameter, Parameters

SINGLETONS = {"None": None, "True": True, "False": False}


def from_libcst(module: cst.Module) -> s.Module:
    """The tree of a module as LibCST read it; may raise `RecursionError`."""
    with warnings.catch_warnings():
        # What Python says of old escapes in the user's texts is not for us to say.
        warnings.simplefilter("ignore")
        made = s.Module(_statements(module.body))
    made.origin = module
    return made


@cached_by_node
def lowered(node: cst.CSTNode) -> Any:
    """What ours is of an expression, a statement, or a block of LibCST."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        if isinstance(node, cst.Module):
            return from_libcst(node)
        if isinstance(node, cst.BaseSuite):
            return _block(node)
        if isinstance(node, cst.SimpleStatementLine):
            return s.Block(_statements([node]))
        return _argument(node) if isinstance(node, cst.Arg) else _of(node)


def _of(node: Any) -> Any:
    made = TABLE.get(node.__class__, _opaque)(node)
    made.origin = node
    return made


def _maybe(node: Any) -> Any:
    return None if node is None else _of(node)


def _all(nodes: Iterable[Any]) -> tuple[Any, ...]:
    return tuple([_of(node) for node in nodes])


def _opaque(node: cst.CSTNode) -> Node:
    return s.Opaque() if isinstance(node, (cst.BaseSmallStatement, cst.BaseCompoundStatement)) else e.Opaque()


def _statements(body: Iterable[Any]) -> tuple[Statement, ...]:
    found: list[Statement] = []
    for line in body:
        if line.__class__ is cst.SimpleStatementLine:
            found += [_of(small) for small in line.body]
        else:
            found.append(_of(line))
    return tuple(found)


def _block(suite: Any) -> s.Block:
    made = s.Block(_statements([suite] if suite.__class__ is cst.SimpleStatementLine else suite.body))
    made.origin = suite
    return made


def _maybe_block(part: Any) -> s.Block | None:
    """The block of an `else` or a `finally`; what an `elif` says is one of one statement."""
    if part is None:
        return None
    return s.Block((_of(part),)) if part.__class__ is cst.If else _block(part.body)


def _name(node: cst.Name) -> Expression:
    value = node.value
    return e.Constant(SINGLETONS[value], value) if value in SINGLETONS else e.Name(words.word(node))


def _string(node: cst.SimpleString) -> Expression:
    return e.Constant(words.value(node), node.value if "\n" not in node.value and "\r" not in node.value else "")


def _concatenated(node: cst.ConcatenatedString) -> Expression:
    pieces = [*words.pieces(node)]
    if not all(isinstance(piece, cst.SimpleString) for piece in pieces):
        values = [value for piece in pieces for value in _values(getattr(piece, "parts", ()))]
        return e.Text(tuple(values), words.on_one_line(node))
    parts: list[Any] = [words.value(piece) for piece in pieces]
    return e.Constant(parts[0][:0].join(parts), words.written(node))


def _values(parts: Iterable[Any]) -> list[Expression]:
    found: list[Expression] = []
    for part in parts:
        if hasattr(part, "expression"):
            found.append(_of(part.expression))
            found += _values(part.format_spec or ())
    return found


def _argument(node: cst.Arg) -> e.Argument:
    made = e.Argument(_of(node.value), None if node.keyword is None else words.word(node.keyword), node.star)
    made.origin = node
    return made


def _subscript(node: cst.Subscript) -> Expression:
    places = [_place(element.slice) for element in node.slice]
    match node.slice:
        case [cst.SubscriptElement(slice=cst.Index(star=None, value=cst.Tuple(elements=[_, *_] as inner)))]:
            # `x[(i, j)]`
            places = [_element(element) for element in inner]
    return e.Subscript(_of(node.value), tuple(places))


def _place(part: Any) -> e.Place:
    if part.__class__ is cst.Slice:
        made = e.Slice(_maybe(part.lower), _maybe(part.upper), _maybe(part.step))
        made.origin = part
        return made
    value: Expression = _of(part.value)
    return e.Starred(value) if part.star else value


def _element(element: Any) -> Expression:
    found: Expression = _of(element if element.__class__ is cst.StarredElement else element.value)
    return found


def _item(element: Any) -> e.Item:
    key = None if element.__class__ is cst.StarredDictElement else _of(element.key)
    made = e.Item(key, _of(element.value))
    made.origin = element
    return made


def _loops(loop: cst.CompFor | None) -> tuple[e.Loop, ...]:
    found: list[e.Loop] = []
    while loop is not None:
        conditions = _all(c.test for c in loop.ifs)
        found.append(e.Loop(_of(loop.target), _of(loop.iter), conditions, loop.asynchronous is not None))
        found[-1].origin = loop
        loop = loop.inner_for_in
    return tuple(found)


def _comprehension(kind: str) -> Callable[[Any], Node]:
    return lambda n: e.Comprehension(kind, None, _of(n.elt), _loops(n.for_in))


def _parameters(given: cst.Parameters) -> Parameters:
    star = given.star_arg if isinstance(given.star_arg, cst.Param) else None
    made = Parameters(
        tuple([_parameter(p) for p in given.posonly_params]),
        tuple([_parameter(p) for p in given.params]),
        None if star is None else _parameter(star),
        tuple([_parameter(p) for p in given.kwonly_params]),
        None if given.star_kwarg is None else _parameter(given.star_kwarg),
    )
    made.origin = given
    return made


def _parameter(node: cst.Param) -> Parameter:
    annotation = None if node.annotation is None else _of(node.annotation.annotation)
    made = Parameter(words.word(node.name), annotation, _maybe(node.default))
    made.origin = node
    return made


def _yield(node: cst.Yield) -> Expression:
    if isinstance(node.value, cst.From):
        return e.Yield(_of(node.value.item), True)
    return e.Yield(_maybe(node.value), False)


def _delete(node: cst.Del) -> Statement:
    if isinstance(node.target, cst.Tuple):
        return s.Delete(tuple([_element(element) for element in node.target.elements]))
    return s.Delete((_of(node.target),))


def _alias(node: cst.ImportAlias) -> s.Alias:
    return s.Alias(words.dotted(node.name), None if node.asname is None else words.dotted(node.asname.name))


def _import_from(node: cst.ImportFrom) -> Statement:
    package = "." * len(node.relative) + ("" if node.module is None else words.dotted(node.module))
    if isinstance(node.names, cst.ImportStar):
        return s.ImportFrom(package, (s.Alias("*", None),))
    return s.ImportFrom(package, tuple([_alias(a) for a in node.names]))


def _with(node: cst.With) -> Statement:
    items = [c.WithItem(_of(i.item), None if i.asname is None else _of(i.asname.name)) for i in node.items]
    return c.With(tuple(items), _block(node.body), node.asynchronous is not None)


def _for(node: cst.For) -> Statement:
    orelse = _maybe_block(node.orelse)
    return c.For(_of(node.target), _of(node.iter), _block(node.body), orelse, node.asynchronous is not None)


def _try(node: Any) -> Statement:
    handlers = tuple([_handler(h) for h in node.handlers])
    return c.Try(_block(node.body), handlers, _maybe_block(node.orelse), _maybe_block(node.finalbody))


def _handler(node: Any) -> c.Handler:
    name = None if node.name is None else words.word(node.name.name)
    made = c.Handler(_maybe(node.type), name, _block(node.body))
    made.origin = node
    return made


def _case(node: cst.MatchCase) -> c.Case:
    names: list[str] = []
    values: list[Expression] = []
    _pattern(node.pattern, names, values)
    pattern = c.Pattern(tuple(names), tuple(values))
    pattern.origin = node.pattern
    made = c.Case(pattern, _maybe(node.guard), _block(node.body))
    made.origin = node
    return made


def _pattern(node: Any, names: list[str], values: list[Expression]) -> None:
    match node:
        case cst.MatchValue(value=value) | cst.MatchSingleton(value=value):
            values.append(_of(value))
        case cst.MatchOr(patterns=ways):
            for way in ways:
                _pattern(way.pattern, names, values)
        case cst.MatchList(patterns=inner) | cst.MatchTuple(patterns=inner):
            for one in inner:
                _pattern(one if isinstance(one, cst.MatchStar) else one.value, names, values)
        case cst.MatchMapping(elements=elements, rest=rest):
            for pair in elements:
                values.append(_of(pair.key))
                _pattern(pair.pattern, names, values)
            names += [words.word(rest)] if rest is not None else []
        case cst.MatchClass(cls=cls, patterns=by_position, kwds=named):
            values.append(_of(cls))
            for element in by_position:
                _pattern(element.value, names, values)
            for keyword in named:
                _pattern(keyword.pattern, names, values)
        case cst.MatchStar(name=name):
            names += [words.word(name)] if name is not None else []
        case cst.MatchAs(pattern=whole, name=name):
            _pattern(whole, names, values)
            names += [words.word(name)] if name is not None else []


def _function(node: cst.FunctionDef) -> Statement:
    return c.Function(
        words.word(node.name),
        _parameters(node.params),
        _block(node.body),
        _all(d.decorator for d in node.decorators),
        None if node.returns is None else _of(node.returns.annotation),
        node.asynchronous is not None,
    )


def _class(node: cst.ClassDef) -> Statement:
    args = sorted(
        (_argument(a) for a in (*node.bases, *node.keywords)), key=lambda a: a.keyword is not None or a.star == "**"
    )
    return c.Class(words.word(node.name), tuple(args), _block(node.body), _all(d.decorator for d in node.decorators))


TABLE: dict[type[cst.CSTNode], Callable[[Any], Node]] = {
    cst.Name: _name,
    cst.Integer: lambda n: e.Constant(words.whole(n.value), n.value),
    cst.Float: lambda n: e.Constant(float(n.value), n.value),
    cst.Imaginary: lambda n: e.Constant(complex(n.value.replace("_", "")), n.value),
    cst.SimpleString: _string,
    cst.ConcatenatedString: _concatenated,
    cst.FormattedString: lambda n: e.Text(tuple(_values(n.parts)), words.on_one_line(n)),
    cst.Ellipsis: lambda n: e.Constant(..., "..."),
    cst.Attribute: lambda n: e.Attribute(_of(n.value), words.word(n.attr)),
    cst.Call: lambda n: e.Call(_of(n.func), tuple([_argument(a) for a in n.args])),
    cst.UnaryOperation: lambda n: e.Unary(words.OPERATORS[n.operator.__class__], _of(n.expression)),
    cst.BinaryOperation: lambda n: e.Binary(_of(n.left), words.OPERATORS[n.operator.__class__], _of(n.right)),
    cst.BooleanOperation: lambda n: e.Boolean(_of(n.left), words.OPERATORS[n.operator.__class__], _of(n.right)),
    cst.Comparison: lambda n: e.Compare(
        _of(n.left),
        tuple([words.OPERATORS[t.operator.__class__] for t in n.comparisons]),
        _all(t.comparator for t in n.comparisons),
    ),
    cst.IfExp: lambda n: e.Choice(_of(n.body), _of(n.test), _of(n.orelse)),
    cst.Subscript: _subscript,
    cst.StarredElement: lambda n: e.Starred(_of(n.value)),
    cst.List: lambda n: e.Display("list", tuple([_element(x) for x in n.elements])),
    cst.Tuple: lambda n: e.Display("tuple", tuple([_element(x) for x in n.elements])),
    cst.Set: lambda n: e.Display("set", tuple([_element(x) for x in n.elements])),
    cst.Dict: lambda n: e.Dict(tuple([_item(x) for x in n.elements])),
    cst.ListComp: _comprehension("list"),
    cst.SetComp: _comprehension("set"),
    cst.GeneratorExp: _comprehension("generator"),
    cst.DictComp: lambda n: e.Comprehension("dict", _of(n.key), _of(n.value), _loops(n.for_in)),
    cst.Lambda: lambda n: e.Lambda(_parameters(n.params), _of(n.body)),
    cst.NamedExpr: lambda n: e.Named(_of(n.target), _of(n.value)),
    cst.Await: lambda n: e.Await(_of(n.expression)),
    cst.Yield: _yield,
    cst.Assign: lambda n: s.Assign(_all(t.target for t in n.targets), _of(n.value)),
    cst.AnnAssign: lambda n: s.Annotated(_of(n.target), _of(n.annotation.annotation), _maybe(n.value)),
    cst.AugAssign: lambda n: s.Augment(_of(n.target), words.OPERATORS[n.operator.__class__], _of(n.value)),
    cst.Expr: lambda n: s.Evaluate(_of(n.value)),
    cst.Return: lambda n: s.Return(_maybe(n.value)),
    cst.Raise: lambda n: s.Raise(_maybe(n.exc), None if n.cause is None else _of(n.cause.item)),
    cst.Assert: lambda n: s.Assert(_of(n.test), _maybe(n.msg)),
    cst.Del: _delete,
    cst.Import: lambda n: s.Import(tuple([_alias(a) for a in n.names])),
    cst.ImportFrom: _import_from,
    cst.Global: lambda n: s.Declare("global", tuple([words.word(i.name) for i in n.names])),
    cst.Nonlocal: lambda n: s.Declare("nonlocal", tuple([words.word(i.name) for i in n.names])),
    cst.Pass: lambda n: s.Jump("pass"),
    cst.Break: lambda n: s.Jump("break"),
    cst.Continue: lambda n: s.Jump("continue"),
    cst.TypeAlias: lambda n: s.TypeAlias(words.word(n.name)),
    cst.If: lambda n: c.If(_of(n.test), _block(n.body), _maybe_block(n.orelse)),
    cst.While: lambda n: c.While(_of(n.test), _block(n.body), _maybe_block(n.orelse)),
    cst.For: _for,
    cst.With: _with,
    cst.Try: _try,
    cst.TryStar: _try,
    cst.Match: lambda n: c.Match(_of(n.subject), tuple([_case(c) for c in n.cases])),
    cst.FunctionDef: _function,
    cst.ClassDef: _class,
}
# What later versions of LibCST know.
if _kind := getattr(cst, "TemplatedString", None):
    TABLE[_kind] = lambda n: e.Text(tuple(_values(n.parts)), words.on_one_line(n))
