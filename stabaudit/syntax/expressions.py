"""The nodes of expressions."""

from __future__ import annotations

from typing import Literal, TypeAlias

from stabaudit.syntax.node import Expression, Node
from stabaudit.syntax.parameters import Parameters

Kind = Literal["list", "tuple", "set"]


class Name(Expression):
    """`x`."""

    __slots__ = ("name",)
    __match_args__ = WORDS = ("name",)

    def __init__(self, name: str) -> None:
        self.origin = self.place = None
        self.name = name


class Attribute(Expression):
    """`value.attr`."""

    __slots__ = ("attr", "value")
    __match_args__ = ("value", "attr")
    PARTS, WORDS = ("value",), ("attr",)

    def __init__(self, value: Expression, attr: str) -> None:
        self.origin = self.place = None
        self.value = value
        self.attr = attr


class Argument(Node):
    """What a call is given: `value`, `keyword=value`, `*value`, `**value`."""

    __slots__ = ("keyword", "star", "value")
    __match_args__ = ("value", "keyword", "star")
    PARTS, WORDS = ("value",), ("keyword", "star")

    def __init__(self, value: Expression, keyword: str | None = None, star: str = "") -> None:
        self.origin = self.place = None
        self.value = value
        self.keyword = keyword
        self.star = star


class Call(Expression):
    """`func(arguments)`, in the order of the source."""

    __slots__ = ("args", "func")
    __match_args__ = PARTS = ("func", "args")

    def __init__(self, func: Expression, args: tuple[Argument, ...]) -> None:
        self.origin = self.place = None
        self.func = func
        self.args = args

    @property
    def positional(self) -> list[Expression]:
        """What is given by position; `*values` are several, nobody knows how many."""
        return [argument.value for argument in self.args if argument.keyword is None and not argument.star]


class Unary(Expression):
    """`-x`, `+x`, `~x`, `not x`."""

    __slots__ = ("operand", "operator")
    __match_args__ = ("operator", "operand")
    PARTS, WORDS = ("operand",), ("operator",)

    def __init__(self, operator: str, operand: Expression) -> None:
        self.origin = self.place = None
        self.operator = operator
        self.operand = operand


class Binary(Expression):
    """`left + right` and the like."""

    __slots__ = ("left", "operator", "right")
    __match_args__ = ("left", "operator", "right")
    PARTS, WORDS = ("left", "right"), ("operator",)

    def __init__(self, left: Expression, operator: str, right: Expression) -> None:
        self.origin = self.place = None
        self.left = left
        self.operator = operator
        self.right = right


class Boolean(Expression):
    """`left and right`, `left or right`; of three operands the first two are the left."""

    __slots__ = ("left", "operator", "right")
    __match_args__ = ("left", "operator", "right")
    PARTS, WORDS = ("left", "right"), ("operator",)

    def __init__(self, left: Expression, operator: str, right: Expression) -> None:
        self.origin = self.place = None
        self.left = left
        self.operator = operator
        self.right = right


class Compare(Expression):
    """`left < others[0] < others[1]`, with an operator for each of the others."""

    __slots__ = ("left", "operators", "others")
    __match_args__ = ("left", "operators", "others")
    PARTS, WORDS = ("left", "others"), ("operators",)

    def __init__(self, left: Expression, operators: tuple[str, ...], others: tuple[Expression, ...]) -> None:
        self.origin = self.place = None
        self.left = left
        self.operators = operators
        self.others = others


class Choice(Expression):
    """`body if test else orelse`."""

    __slots__ = ("body", "orelse", "test")
    __match_args__ = PARTS = ("body", "test", "orelse")

    def __init__(self, body: Expression, test: Expression, orelse: Expression) -> None:
        self.origin = self.place = None
        self.body = body
        self.test = test
        self.orelse = orelse


class Slice(Node):
    """`lower:upper:step`, in a subscript alone."""

    __slots__ = ("lower", "step", "upper")
    __match_args__ = PARTS = ("lower", "upper", "step")

    def __init__(self, lower: Expression | None, upper: Expression | None, step: Expression | None) -> None:
        self.origin = self.place = None
        self.lower = lower
        self.upper = upper
        self.step = step


Place: TypeAlias = Expression | Slice


class Subscript(Expression):
    """`value[places]`; `x[(i, j)]` is `x[i, j]`."""

    __slots__ = ("places", "value")
    __match_args__ = PARTS = ("value", "places")

    def __init__(self, value: Expression, places: tuple[Place, ...]) -> None:
        self.origin = self.place = None
        self.value = value
        self.places = places


class Starred(Expression):
    """`*value`, in a sequence, a target or a subscript."""

    __slots__ = ("value",)
    __match_args__ = PARTS = ("value",)

    def __init__(self, value: Expression) -> None:
        self.origin = self.place = None
        self.value = value


class Display(Expression):
    """A list, a tuple or a set that is written out."""

    __slots__ = ("elements", "kind")
    __match_args__ = ("kind", "elements")
    PARTS, WORDS = ("elements",), ("kind",)

    def __init__(self, kind: Kind, elements: tuple[Expression, ...]) -> None:
        self.origin = self.place = None
        self.kind = kind
        self.elements = elements


class Item(Node):
    """`key: value` of a dictionary, or `**value`, which has no key."""

    __slots__ = ("key", "value")
    __match_args__ = PARTS = ("key", "value")

    def __init__(self, key: Expression | None, value: Expression) -> None:
        self.origin = self.place = None
        self.key = key
        self.value = value


class Dict(Expression):
    """A dictionary that is written out."""

    __slots__ = ("items",)
    __match_args__ = PARTS = ("items",)

    def __init__(self, items: tuple[Item, ...]) -> None:
        self.origin = self.place = None
        self.items = items


class Loop(Node):
    """`for target in iter if conditions` of a comprehension."""

    __slots__ = ("asynchronous", "conditions", "iter", "target")
    __match_args__ = ("target", "iter", "conditions")
    PARTS, WORDS = ("target", "iter", "conditions"), ("asynchronous",)

    def __init__(
        self, target: Expression, iter: Expression, conditions: tuple[Expression, ...], asynchronous: bool
    ) -> None:
        self.origin = self.place = None
        self.target = target
        self.iter = iter
        self.conditions = conditions
        self.asynchronous = asynchronous


class Comprehension(Expression):
    """`[element for ...]`; that of a dictionary has a `key`, and its element is the value."""

    __slots__ = ("element", "key", "kind", "loops")
    __match_args__ = ("kind", "key", "element", "loops")
    PARTS, WORDS = ("key", "element", "loops"), ("kind",)

    def __init__(self, kind: str, key: Expression | None, element: Expression, loops: tuple[Loop, ...]) -> None:
        self.origin = self.place = None
        self.kind = kind
        self.key = key
        self.element = element
        self.loops = loops


class Lambda(Expression):
    """`lambda parameters: body`."""

    __slots__ = ("body", "parameters")
    __match_args__ = PARTS = ("parameters", "body")

    def __init__(self, parameters: Parameters, body: Expression) -> None:
        self.origin = self.place = None
        self.parameters = parameters
        self.body = body


class Named(Expression):
    """`target := value`."""

    __slots__ = ("target", "value")
    __match_args__ = PARTS = ("target", "value")

    def __init__(self, target: Expression, value: Expression) -> None:
        self.origin = self.place = None
        self.target = target
        self.value = value


class Constant(Expression):
    """A number, a text, `None`, `True`, `False` or `...`; `text` is what is written, in one line.

    Numbers keep their text, from which `literals` reads as many digits as there are.
    """

    __slots__ = ("text", "value")
    __match_args__ = ("value",)

    def __init__(self, value: object, text: str) -> None:
        self.origin = self.place = None
        self.value = value
        self.text = text

    WORDS = ("said",)

    @property
    def said(self) -> tuple[type, str]:
        """What tells it from others: `1`, `1.0` and `True` are three; a `nan` and `-0.0` are what they are."""
        return type(self.value), repr(self.value) if type(self.value) is not int else hex(self.value)


class Text(Expression):
    """A text with expressions in it, `f"{x}"`; `text` is what is written, in one line."""

    __slots__ = ("text", "values")
    __match_args__ = PARTS = ("values",)

    def __init__(self, values: tuple[Expression, ...], text: str) -> None:
        self.origin = self.place = None
        self.values = values
        self.text = text


class Await(Expression):
    """`await value`."""

    __slots__ = ("value",)
    __match_args__ = PARTS = ("value",)

    def __init__(self, value: Expression) -> None:
        self.origin = self.place = None
        self.value = value


class Yield(Expression):
    """`yield value`, or `yield from value`."""

    __slots__ = ("value", "whole")
    __match_args__ = ("value",)
    PARTS, WORDS = ("value",), ("whole",)

    def __init__(self, value: Expression | None, whole: bool) -> None:
        self.origin = self.place = None
        self.value = value
        self.whole = whole


class Opaque(Expression):
    """An expression of a kind that is not known here."""

    __slots__ = ()

    def __init__(self) -> None:
        self.origin = self.place = None
