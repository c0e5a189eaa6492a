"""The text of an expression in one form: the same for the same code, however it is laid out.

Literals are written as they were, if they were on one line. What is not understood is known by this text.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Any

from stabaudit.syntax import expressions as e
from stabaudit.syntax.caching import cached_by_node
from stabaudit.syntax.node import Expression
from stabaudit.syntax.parameters import Parameter

# How tightly what is written binds, loosest first.
NAMED, CHOICE, OR, AND, NOT, COMPARE, UNION, XOR, BOTH, SHIFT, SUM, PRODUCT, SIGN, POWER, AWAIT, ATOM = range(16)
BINARY = {
    "|": UNION, "^": XOR, "&": BOTH, "<<": SHIFT, ">>": SHIFT, "+": SUM, "-": SUM, "*": PRODUCT, "/": PRODUCT,
    "//": PRODUCT, "%": PRODUCT, "@": PRODUCT, "**": POWER,
}  # fmt: skip
BRACKETS = {"list": ("[", "]"), "set": ("{", "}"), "generator": ("(", ")"), "dict": ("{", "}")}


@cached_by_node
def source(node: e.Place) -> str:
    """The text of an expression, without parentheses around it as far as it can stand without."""
    return _written(node)[0]


def arguments(given: Iterable[e.Argument]) -> str:
    """The arguments of a call, without the parentheses."""
    return ", ".join([_argument(argument) for argument in given])


def places(given: Iterable[e.Place]) -> str:
    """The places of a subscript, without the brackets."""
    return ", ".join([_in(place, CHOICE) for place in given])


def _written(node: Any) -> tuple[str, int]:
    return TABLE.get(node.__class__, _unknown)(node)


def _in(node: e.Place, strength: int) -> str:
    """An expression as an operand of what binds so tightly."""
    text, own = _written(node)
    return f"({text})" if own < strength else text


def _unknown(node: e.Place) -> tuple[str, int]:
    return f"<{type(node).__name__.lower()}>", ATOM


def _constant(node: e.Constant) -> tuple[str, int]:
    value = node.value
    if node.text:
        return node.text, ATOM
    if type(value) is int:
        return hex(value) if abs(value) >> 64 else str(value), ATOM
    return "..." if value is ... else repr(value), ATOM


def _attribute(node: e.Attribute) -> tuple[str, int]:
    inner = _in(node.value, ATOM)
    if isinstance(node.value, e.Constant) and inner.isdigit():
        inner = f"({inner})"
    return f"{inner}.{node.attr}", ATOM


def _call(node: e.Call) -> tuple[str, int]:
    match node.args:
        case [e.Argument(e.Comprehension(kind="generator"), None, "")]:
            return f"{_in(node.func, ATOM)}{_written(node.args[0].value)[0]}", ATOM
    return f"{_in(node.func, ATOM)}({arguments(node.args)})", ATOM


def _argument(node: e.Argument) -> str:
    if node.keyword is not None:
        return f"{node.keyword}={_in(node.value, CHOICE)}"
    return f"{node.star}{_in(node.value, CHOICE if not node.star else OR)}" if node.star else _in(node.value, NAMED)


def _unary(node: e.Unary) -> tuple[str, int]:
    if node.operator == "not":
        return f"not {_in(node.operand, NOT)}", NOT
    return f"{node.operator}{_in(node.operand, SIGN)}", SIGN


def _binary(node: e.Binary) -> tuple[str, int]:
    strength = BINARY[node.operator]
    if strength == POWER:
        left, right = _in(node.left, AWAIT), _in(node.right, SIGN)
        close = _is_simple(node.left) and _is_simple(node.right)
        return (f"{left}**{right}" if close else f"{left} ** {right}"), POWER
    return f"{_in(node.left, strength)} {node.operator} {_in(node.right, strength + 1)}", strength


def _is_simple(node: Expression) -> bool:
    """Whether an operand of a power, or a bound of a slice, is written without spaces around it."""
    if isinstance(node, e.Unary):
        return node.operator != "not" and _is_simple(node.operand)
    while isinstance(node, e.Attribute):
        node = node.value
    return isinstance(node, (e.Name, e.Constant))


def _boolean(node: e.Boolean) -> tuple[str, int]:
    strength = AND if node.operator == "and" else OR
    return f"{_in(node.left, strength)} {node.operator} {_in(node.right, strength + 1)}", strength


def _compare(node: e.Compare) -> tuple[str, int]:
    pairs = zip(node.operators, node.others, strict=True)
    others = "".join([f" {word} {_in(other, COMPARE + 1)}" for word, other in pairs])
    return f"{_in(node.left, COMPARE + 1)}{others}", COMPARE


def _choice(node: e.Choice) -> tuple[str, int]:
    return f"{_in(node.body, OR)} if {_in(node.test, OR)} else {_in(node.orelse, CHOICE)}", CHOICE


def _subscript(node: e.Subscript) -> tuple[str, int]:
    return f"{_in(node.value, ATOM)}[{places(node.places)}]", ATOM


def _slice(node: e.Slice) -> tuple[str, int]:
    bounds = [node.lower, node.upper, *([] if node.step is None else [node.step])]
    colon = ":" if all(part is None or _is_simple(part) for part in bounds) else " : "
    return colon.join(["" if part is None else _in(part, CHOICE) for part in bounds]).strip(), CHOICE


def _sequence(node: e.Display) -> tuple[str, int]:
    inside = ", ".join([_in(element, NAMED + 1) for element in node.elements])
    if node.kind == "tuple":
        return f"({inside},)" if len(node.elements) == 1 else f"({inside})", ATOM
    start, end = BRACKETS[node.kind]
    return f"{start}{inside}{end}", ATOM


def _dict(node: e.Dict) -> tuple[str, int]:
    items = [f"**{_in(i.value, OR)}" if i.key is None else f"{_pair(i.key, i.value)}" for i in node.items]
    return "{" + ", ".join(items) + "}", ATOM


def _pair(key: Expression, value: Expression) -> str:
    return f"{_in(key, CHOICE)}: {_in(value, CHOICE)}"


def _comprehension(node: e.Comprehension) -> tuple[str, int]:
    start, end = BRACKETS[node.kind]
    element = _in(node.element, CHOICE) if node.key is None else _pair(node.key, node.element)
    return f"{start}{element}{''.join(map(_loop, node.loops))}{end}", ATOM


def _loop(node: e.Loop) -> str:
    conditions = "".join([f" if {_in(condition, OR)}" for condition in node.conditions])
    word = " async for" if node.asynchronous else " for"
    return f"{word} {_target(node.target)} in {_in(node.iter, OR)}{conditions}"


def _target(node: Expression) -> str:
    """A tuple that names are taken from needs no parentheses."""
    text = source(node)
    bare = isinstance(node, e.Display) and node.kind == "tuple" and len(node.elements) > 1
    return text[1:-1] if bare else text


def _lambda(node: e.Lambda) -> tuple[str, int]:
    given = node.parameters
    words = [_parameter(p) for p in given.by_position]
    words += ["/"] if given.by_position else []
    words += [_parameter(p) for p in given.plain]
    words += [f"*{given.star.name}"] if given.star is not None else ["*"] if given.by_name else []
    words += [_parameter(p) for p in given.by_name]
    words += [f"**{given.stars.name}"] if given.stars is not None else []
    said = ", ".join(words)
    return f"lambda {said}: {_in(node.body, CHOICE)}" if said else f"lambda: {_in(node.body, CHOICE)}", CHOICE


def _parameter(node: Parameter) -> str:
    return node.name if node.default is None else f"{node.name}={_in(node.default, CHOICE)}"


def _text(node: e.Text) -> tuple[str, int]:
    return node.text or 'f"' + "".join([f"{{{source(value)}}}" for value in node.values]) + '"', ATOM


def _yield(node: e.Yield) -> tuple[str, int]:
    word = "yield from" if node.whole else "yield"
    return (word if node.value is None else f"{word} {_in(node.value, CHOICE)}"), NAMED


TABLE: dict[type[e.Place], Callable[[Any], tuple[str, int]]] = {
    e.Name: lambda n: (n.name, ATOM),
    e.Constant: _constant,
    e.Attribute: _attribute,
    e.Call: _call,
    e.Unary: _unary,
    e.Binary: _binary,
    e.Boolean: _boolean,
    e.Compare: _compare,
    e.Choice: _choice,
    e.Subscript: _subscript,
    e.Slice: _slice,
    e.Display: _sequence,
    e.Starred: lambda n: (f"*{_in(n.value, UNION)}", CHOICE),
    e.Dict: _dict,
    e.Comprehension: _comprehension,
    e.Lambda: _lambda,
    e.Named: lambda n: (f"{source(n.target)} := {_in(n.value, CHOICE)}", NAMED),
    e.Text: _text,
    e.Await: lambda n: (f"await {_in(n.value, ATOM)}", AWAIT),
    e.Yield: _yield,
}
