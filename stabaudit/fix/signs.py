"""The sign of a rewrite within a sum or product: `a - f(x)` for `a + (-f(x))`, `w * f(x)` for `-w * (-f(x))`.

No float differs by where a sign stands, so what is proved of the one is true of the other.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Sequence
from typing import TypeGuard

from stabaudit.findings.finding import Edit, Position
from stabaudit.fix.apply import offsets
from stabaudit.fix.text import PRODUCT, SIGN, Text
from stabaudit.records import Record
from stabaudit.source import lines
from stabaudit.syntax.dotted import called
from stabaudit.syntax.expressions import Binary, Call, Constant, Unary
from stabaudit.syntax.expressions import Text as Formatted
from stabaudit.syntax.node import Expression, Node
from stabaudit.syntax.places import Span, end, nodes_around, span, start
from stabaudit.syntax.statements import Module

#: What stands between two operands: brackets, white space, line breaks, the operator.
BETWEEN = re.compile(r"[)\s\\]*([-+*/])[\s(\\]*")
#: Functions that give floats, whatever they are given.
FLOATS = frozenset({"exp", "log", "sqrt", "sin", "cos", "tanh", "log1p", "expm1", "float"})


class _Piece(Record):
    """Other text for what stands from one offset to another."""

    first: int
    last: int
    content: str


def settled(module: Module, source: str, place: Span, text: Text, edit: Edit, negative: Collection[Span]) -> Edit:
    """The edit that puts `text` at `place`, with its sign where one would write it.

    `negative` are the places of other formulas that are to get a text with a sign: they are not edited at once.
    """
    if not text.source.startswith("-") or text.strength < PRODUCT or "\n" in edit.content:
        return edit
    way = _way(module, place)
    if not way:
        return edit
    return _Signs(source, way, text, negative).settled(edit)


class _Signs:
    def __init__(self, source: str, way: Sequence[Node], text: Text, negative: Collection[Span]) -> None:
        self.source = source
        self.way = way
        self.text = text
        self.negative = negative
        self._rows = lines.lines(source)
        self._at = offsets(source)

    def settled(self, edit: Edit) -> Edit:
        """The edit with the sign moved."""
        node, above = self.way[-1], self.way[-2]
        is_addend = isinstance(above, Binary) and above.operator in ("+", "-")
        if self.text.strength < SIGN and not is_addend:
            return edit
        first, last = self._with_brackets(node)
        without = _Piece(first, last, self.text.source.removeprefix("-"))
        if pieces := self._moved():
            return self._edit([without, *pieces])
        if isinstance(above, Binary) and above.operator == "**":
            is_gone = above.left is node and _is_even(above.right) and without.content.endswith(")")
            return self._edit([without]) if is_gone else edit
        if not _is_product(above):
            return edit
        head = self._first(above)
        here = self._with_brackets(head)[0]
        ours = _Piece(first, last, self.text.source)
        if head is not node and Span(start(head), end(head)) in self.negative:
            return self._edit([_Piece(here, here, ""), ours])
        if head is not node and _is_float(head):
            return self._edit([_Piece(here, here, "-"), without])
        return self._edit([ours])

    def _first(self, product: Node) -> Node:
        """The first factor, be it a product in brackets."""
        while _is_product(product):
            product = product.left
            if self._with_brackets(product)[0] < self._offset(start(product)):
                break
        return product

    def _moved(self) -> list[_Piece]:
        """What becomes of the sign that takes up that of the rewrite; nothing if there is none."""
        below = self.way[-1]
        for around, above in zip([*reversed(self.way[:-2]), self.way[0]], reversed(self.way[:-1]), strict=False):
            match above:
                case Unary(operator="-", operand=operand):
                    return self._without(above, operand, around)
                case Binary(operator="*" | "/"):
                    head = _head(above)
                    if head is not below and isinstance(head, Unary) and head.operator == "-":
                        return [self._unsigned(above, head)]
                case Binary(operator="+" | "-" as operator, left=left, right=right) if right is below:
                    return self._turned(left, right, "-" if operator == "+" else "+")
                case _:
                    return []
            below = above
        return []

    def _without(self, signed: Unary, operand: Expression, around: Node) -> list[_Piece]:
        """A sign that goes, with the brackets behind it where a product needs none."""
        first, last = self._with_brackets(operand)
        inner, end_of_inner = self._offset(start(operand)), self._offset(end(operand))
        here = self._offset(start(signed))
        if operand is self.way[-1]:
            return [_Piece(here, first, "")]
        loose = not isinstance(around, Binary) or around.operator in ("+", "-")
        if not loose or first == inner:
            return [_Piece(here, first, "")]
        return [_Piece(here, inner, ""), _Piece(end_of_inner, last, "")]

    def _unsigned(self, product: Node, head: Unary) -> _Piece:
        """The sign of a first factor that goes, and a one with it."""
        here = self._offset(start(head))
        whole = product
        while isinstance(whole, Binary) and whole.left is not head:
            whole = whole.left
        is_one = isinstance(head.operand, Constant) and head.operand.value == 1
        if is_one and isinstance(whole, Binary) and whole.operator == "*":
            return _Piece(here, self._with_brackets(whole.right)[0], "")
        return _Piece(here, self._with_brackets(head.operand)[0], "")

    def _turned(self, left: Expression, right: Expression, sign: str) -> list[_Piece]:
        """The operator between two operands, turned."""
        found = BETWEEN.match(self.source, self._offset(end(left)))
        if found is None or self._offset(start(right)) < found.end(1):
            return []
        return [_Piece(found.start(1), found.end(1), sign)]

    def _edit(self, pieces: Sequence[_Piece]) -> Edit:
        """One edit, so that no other sign is moved to the same place at once."""
        pieces = sorted(pieces)
        content, last = "", pieces[0].first
        for piece in pieces:
            content += self.source[last : piece.first] + piece.content
            last = piece.last
        return Edit(self._position(pieces[0].first), self._position(last), content)

    def _with_brackets(self, node: Node) -> tuple[int, int]:
        """From where to where an operand stands with the brackets around it alone."""
        first, last = self._offset(start(node)), self._offset(end(node))
        while True:
            head, tail = self.source[:first].rstrip(), self.source[last:]
            inside = len(tail) - len(tail.lstrip())
            if not head.endswith("(") or tail[inside : inside + 1] != ")":
                return first, last
            first, last = len(head) - 1, last + inside + 1

    def _offset(self, spot: tuple[int, int]) -> int:
        row, column = spot
        before = self._rows[row - 1].encode("utf-8", "surrogatepass")[:column]
        return self._at(Position(row, len(before.decode("utf-8", "surrogatepass")) + 1))

    def _position(self, offset: int) -> Position:
        starts = lines.starts(self.source)
        row = max(i for i, first in enumerate(starts) if first <= offset)
        return Position(row + 1, offset - starts[row] + 1)


def _way(module: Module, place: Span) -> list[Node]:
    """The nodes around the expression at a place and itself, the outermost first."""
    way: list[Node] = [module]
    for node in nodes_around(module, place):
        way.append(node)
        if isinstance(node, Formatted):
            break
        if isinstance(node, Expression) and span(node) == place:
            return way
    return []


def _is_product(node: Node) -> TypeGuard[Binary]:
    return isinstance(node, Binary) and node.operator in ("*", "/")


def _head(product: Node) -> Node:
    """The first factor."""
    while _is_product(product):
        product = product.left
    return product


def _is_even(exponent: Expression) -> bool:
    return isinstance(exponent, Constant) and type(exponent.value) is int and exponent.value % 2 == 0


def _is_float(factor: Node) -> bool:
    """Whether a factor can be negated: a mask cannot, and of small whole numbers it is another one."""
    match factor:
        case Constant(value=int() | float()) | Binary(operator="/"):
            return True
        case Call():
            return called(factor) in FLOATS
        case Binary(left=left, right=right):
            return any(isinstance(n, Constant) and isinstance(n.value, float) for n in (left, right))
    return False
