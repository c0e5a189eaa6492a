"""The nodes of expressions."""

from __future__ import annotations

from typing import Literal, TypeAlias

from stabaudit.syntax.node import Expression, Node, dataclass
from stabaudit.syntax.parameters import Parameters

Kind = Literal["list", "tuple", "set"]


@dataclass
class Name(Expression):
    """`x`."""

    name: str


@dataclass
class Attribute(Expression):
    """`value.attr`."""

    value: Expression
    attr: str


@dataclass
class Argument(Node):
    """What a call is given: `value`, `keyword=value`, `*value`, `**value`."""

    value: Expression
    keyword: str | None = None
    star: str = ""


@dataclass
class Call(Expression):
    """`func(arguments)`, in the order of the source."""

    func: Expression
    args: tuple[Argument, ...]

    @property
    def positional(self) -> list[Expression]:
        """What is given by position; `*values` are several, nobody knows how many."""
        return [argument.value for argument in self.args if argument.keyword is None and not argument.star]


@dataclass
class Unary(Expression):
    """`-x`, `+x`, `~x`, `not x`."""

    operator: str
    operand: Expression


@dataclass
class Binary(Expression):
    """`left + right` and the like."""

    left: Expression
    operator: str
    right: Expression


@dataclass
class Boolean(Expression):
    """`left and right`, `left or right`; of three operands the first two are the left."""

    left: Expression
    operator: str
    right: Expression


@dataclass
class Compare(Expression):
    """`left < others[0] < others[1]`, with an operator for each of the others."""

    left: Expression
    operators: tuple[str, ...]
    others: tuple[Expression, ...]


@dataclass
class Choice(Expression):
    """`body if test else orelse`."""

    body: Expression
    test: Expression
    orelse: Expression


@dataclass
class Slice(Node):
    """`lower:upper:step`, in a subscript alone."""

    lower: Expression | None
    upper: Expression | None
    step: Expression | None


Place: TypeAlias = Expression | Slice


@dataclass
class Subscript(Expression):
    """`value[places]`; `x[(i, j)]` is `x[i, j]`."""

    value: Expression
    places: tuple[Place, ...]


@dataclass
class Starred(Expression):
    """`*value`, in a sequence, a target or a subscript."""

    value: Expression


@dataclass
class Display(Expression):
    """A list, a tuple or a set that is written out."""

    kind: Kind
    elements: tuple[Expression, ...]


@dataclass
class Item(Node):
    """`key: value` of a dictionary, or `**value`, which has no key."""

    key: Expression | None
    value: Expression


@dataclass
class Dict(Expression):
    """A dictionary that is written out."""

    items: tuple[Item, ...]


@dataclass
class Loop(Node):
    """`for target in iter if conditions` of a comprehension."""

    target: Expression
    iter: Expression
    conditions: tuple[Expression, ...]
    asynchronous: bool


@dataclass
class Comprehension(Expression):
    """`[element for ...]`; that of a dictionary has a `key`, and its element is the value."""

    kind: str
    key: Expression | None
    element: Expression
    loops: tuple[Loop, ...]


@dataclass
class Lambda(Expression):
    """`lambda parameters: body`."""

    parameters: Parameters
    body: Expression


@dataclass
class Named(Expression):
    """`target := value`."""

    target: Expression
    value: Expression


@dataclass
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


@dataclass
class Text(Expression):
    """A text with expressions in it, `f"{x}"`; `text` is what is written, in one line."""

    values: tuple[Expression, ...]
    text: str
    PARTS, WORDS = ("values",), ()


@dataclass
class Await(Expression):
    """`await value`."""

    value: Expression


@dataclass
class Yield(Expression):
    """`yield value`, or `yield from value`."""

    value: Expression | None
    whole: bool


class Opaque(Expression):
    """An expression of a kind that is not known here."""

    __slots__ = ()
