"""An expression of the code as text: how tightly it binds, and its negative in its own words."""

from __future__ import annotations

import libcst as cst

from stabaudit.concrete.text import source
from stabaudit.fix.layout import joined
from stabaudit.fix.not_renderable import UNREADABLE, NotRenderable
from stabaudit.fix.text import ATOM, LOOSE, POWER, PRODUCT, SIGN, SUM, Text
from stabaudit.syntax.expressions import Attribute, Call, Name, Subscript
from stabaudit.syntax.find import read_expression

STRENGTH_OF: dict[type[cst.CSTNode], int] = {
    cst.Add: SUM,
    cst.Subtract: SUM,
    cst.Multiply: PRODUCT,
    cst.Divide: PRODUCT,
    # A sign or a factor before the first operand of these is none of the result.
    cst.FloorDivide: SUM,
    cst.Modulo: SUM,
    cst.MatrixMultiply: SUM,
    cst.Power: POWER,
}


def bare_source(module: cst.Module, node: cst.BaseExpression) -> str:
    """The source of an expression without the parentheses around it, as far as it can stand without."""
    return source(node, module)


def strength(node: cst.BaseExpression) -> int:
    """How tightly the outermost operator of an expression binds."""
    match node:
        case cst.BinaryOperation():
            return STRENGTH_OF.get(type(node.operator), LOOSE)
        case cst.UnaryOperation():
            return LOOSE if isinstance(node.operator, cst.Not) else SIGN
        case cst.Name() | cst.Attribute() | cst.Call() | cst.Subscript() | cst.Integer() | cst.Float() | cst.List():
            return ATOM
        case cst.Tuple() if node.lpar:
            return ATOM
    return LOOSE


def negated(module: cst.Module, node: cst.BaseExpression) -> Text | None:
    """The negative of an expression in its own words: `b - a` for `a - b`, `x / s` for `-x / s`."""
    match node:
        case cst.UnaryOperation(operator=cst.Minus()):
            return Text(joined(bare_source(module, node.expression)), strength(node.expression))
        case cst.BinaryOperation(operator=cst.Add() | cst.Subtract() as operator):
            left, right = (Text(joined(bare_source(module, n)), strength(n)) for n in (node.left, node.right))
            turned = negated(module, node.left) if _begins_with_minus(node.left) else None
            if turned is not None:
                return Text(taken(turned, right) if isinstance(operator, cst.Add) else _added(turned, right), SUM)
            if isinstance(operator, cst.Subtract):
                return Text(taken(right, left), SUM)
        case cst.BinaryOperation(operator=cst.Multiply() | cst.Divide() | cst.MatrixMultiply() as operator):
            sign = module.code_for_node(operator)
            if (left_negated := negated(module, node.left)) is not None:
                if left_negated.source in ("1", "1.0") and isinstance(operator, cst.Multiply):
                    return Text(joined(bare_source(module, node.right)), strength(node.right))
                rest = joined(module.code_for_node(node.right))
                return Text(f"{left_negated.within(PRODUCT)}{sign}{rest}", strength(node))
            if isinstance(operator, cst.Multiply) and (right_negated := negated(module, node.right)) is not None:
                return Text(f"{joined(module.code_for_node(node.left))}{sign}{right_negated.within(SIGN)}", PRODUCT)
    return None


def taken(left: Text, right: Text) -> str:
    """One text less another; `x - -2` reads better as `x + 2`."""
    if right.source.startswith("-") and right.strength >= PRODUCT:
        return f"{left.within(SUM)} + {right.source.removeprefix('-')}"
    return f"{left.within(SUM)} - {right.within(PRODUCT)}"


def _added(left: Text, right: Text) -> str:
    return f"{left.within(SUM)} + {right.within(SUM)}"


def _begins_with_minus(node: cst.BaseExpression) -> bool:
    """Whether a sign stands in front of a product, or of the first addend of a sum."""
    if isinstance(node, cst.BinaryOperation) and not node.lpar:
        return _begins_with_minus(node.left)
    return isinstance(node, cst.UnaryOperation) and isinstance(node.operator, cst.Minus) and not node.lpar


def is_atom(text: str) -> bool:
    """Whether an expression binds tighter than any operator."""
    node = read_expression(text)
    if node is None:
        raise NotRenderable(UNREADABLE)
    return isinstance(node, (Name, Attribute, Subscript, Call))
