"""The nodes of expressions."""

from __future__ import annotations

from typing import Literal, TypeAlias

from stabaudit.syntax.node import Expression, Node, declared
from stabaudit.syntax.parameters import Parameters

Kind = Literal["list", "tuple", "set"]


@declared
class Name(Expression):
    """`x`."""

    name: str


@declared
class Attribute(Expression):
    """`value.attr`."""

    value: Expression
    attr: str


@declared
class Argument(Node):
    """What a call is given: `value`, `keyword=value`, `*value`, `**value`."""

    value: Expression
    keyword: str | None = None
    star: str = ""


@declared
class Call(Expression):
    """`func(arguments)`, in the order of the source."""

    func: Expression
    args: tuple[Argument, ...]

    @property
    def positional(self) -> list[Expression]:
        """What is given by position; `*values` are several, nobody knows how many."""
        return [argument.value for argument in self.args if argument.keyword is None and not argument.star]


@declared
class Unary(Expression):
    """`-x`, `+x`, `~x`, `not x`."""

    operator: str
    operand: Expression


@declared
class Binary(Expression):
    """`left + right` and the like."""

    left: Expression
    operator: str
    right: Expression


@declared
class Boolean(Expression):
    """`left and right`, `left or right`; of three operands the first two are the left."""

    left: Expression
    operator: str
    right: Expression


@declared
class Compare(Expression):
    """`left < others[0] < others[1]`, with an operator for each of the others."""

    left: Expression
    operators: tuple[str, ...]
    others: tuple[Expression, ...]


@declared
class Choice(Expression):
    """`body if test else orelse`."""

    body: Expression
    test: Expression
    orelse: Expression


@declared
class Slice(Node):
    """`lower:upper:step`, in a subscript alone."""

    lower: Expression | None
    upper: Expression | None
    step: Expression | None


Place: TypeAlias = Expression | Slice


@declared
class Subscript(Expression):
    """`value[places]`; `x[(i, j)]` is `x[i, j]`."""

    value: Expression
    places: tuple[Place, ...]


@declared
class Starred(Expression):
    """`*value`, in a sequence, a target or a subscript."""

    value: Expression


@declared
class Display(Expression):
    """A list, a tuple or a set that is written out."""

    kind: Kind
    elements: tuple[Expression, ...]


@declared
class Item(Node):
    """`key: value` of a dictionary, or `**value`, which has no key."""

    key: Expression | None
    value: Expression


@declared
class Dict(Expression):
    """A dictionary that is written out."""

    items: tuple[Item, ...]


@declared
class Loop(Node):
    """`for target in iter if conditions` of a comprehension."""

    target: Expression
    iter: Expression
    conditions: tuple[Expression, ...]
    asynchronous: bool


@declared
class Comprehension(Expression):
    """`[element for ...]`; that of a dictionary has a `key`, and its element is the value."""

    kind: str
    key: Expression | None
    element: Expression
    loops: tuple[Loop, ...]


@declared
class Lambda(Expression):
    """`lambda parameters: body`."""

    parameters: Parameters
    body: Expression


@declared
class Named(Expression):
    """`target := value`."""

    target: Expression
    value: Expression


@declared
class Constant(Expression):
    """A number, a text, `None`, `True`, `False` or `...`; `text` is what is written, in one line.

    Numbers keep their text, from which `literals` reads as many digits as there are.
    """

    value: object
    text: str
    PARTS, WORDS = (), ("said",)

    @property
    def said(self) -> tuple[type, str]:
        """What tells it from others: `1`, `1.0` and `True` are three; a `nan` and `-0.0` are what they are."""
        return type(self.value), repr(self.value) if type(self.value) is not int else hex(self.value)


@declared
class Text(Expression):
    """A text with expressions in it, `f"{x}"`; `text` is what is written, in one line."""

    values: tuple[Expression, ...]
    text: str
    PARTS, WORDS = ("values",), ()


@declared
class Await(Expression):
    """`await value`."""

    value: Expression


@declared
class Yield(Expression):
    """`yield value`, or `yield from value`."""

    value: Expression | None
    whole: bool


class Opaque(Expression):
    """An expression of a kind that is not known here."""

    __slots__ = ()
