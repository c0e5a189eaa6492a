"""The words of LibCST's nodes: operators, names, texts and numbers."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable
from typing import Any

import libcst as cst

OPERATORS: dict[type[cst.CSTNode], str] = {
    cst.Add: "+", cst.Subtract: "-", cst.Multiply: "*", cst.Divide: "/", cst.FloorDivide: "//", cst.Modulo: "%",
    cst.Power: "**", cst.MatrixMultiply: "@", cst.BitAnd: "&", cst.BitOr: "|", cst.BitXor: "^", cst.LeftShift: "<<",
    cst.RightShift: ">>", cst.Minus: "-", cst.Plus: "+", cst.BitInvert: "~", cst.Not: "not", cst.And: "and",
    cst.Or: "or", cst.LessThan: "<", cst.LessThanEqual: "<=", cst.GreaterThan: ">", cst.GreaterThanEqual: ">=",
    cst.Equal: "==", cst.NotEqual: "!=", cst.In: "in", cst.NotIn: "not in", cst.Is: "is", cst.IsNot: "is not",
    cst.AddAssign: "+", cst.SubtractAssign: "-", cst.MultiplyAssign: "*", cst.DivideAssign: "/",
    cst.FloorDivideAssign: "//", cst.ModuloAssign: "%", cst.PowerAssign: "**", cst.MatrixMultiplyAssign: "@",
    cst.BitAndAssign: "&", cst.BitOrAssign: "|", cst.BitXorAssign: "^", cst.LeftShiftAssign: "<<",
    cst.RightShiftAssign: ">>",
}  # fmt: skip
#: Writes single nodes; of a module it takes the indentation and the line ends, which one line has not.
_WRITER = cst.Module([])


def word(node: Any) -> str:
    """A name as Python knows it: two ways to write one letter are one."""
    name: str = node.value
    return name if name.isascii() else unicodedata.normalize("NFKC", name)


def value(node: cst.SimpleString) -> str | bytes:
    """What a text says; one that Python does not read says what is written."""
    try:
        return node.evaluated_value
    except (ValueError, SyntaxError):
        return node.value


def pieces(node: Any) -> Iterable[Any]:
    """The texts that stand one behind the other."""
    while node.__class__ is cst.ConcatenatedString:
        yield from pieces(node.left)
        node = node.right
    yield node


def on_one_line(node: cst.CSTNode) -> str:
    """What stands there, on one line even if it is on several."""
    text = _WRITER.code_for_node(node.with_changes(lpar=(), rpar=()))
    return " ".join(text.split()) if "\n" in text or "\r" in text else text


def written(node: cst.CSTNode) -> str:
    """What stands there, if it is on one line."""
    text = _WRITER.code_for_node(node.with_changes(lpar=(), rpar=()))
    return "" if "\n" in text or "\r" in text else text


def dotted(node: Any) -> str:
    """The path of an import."""
    names: list[str] = []
    while node.__class__ is cst.Attribute:
        names.append(word(node.attr))
        node = node.value
    return ".".join([word(node), *reversed(names)])


def whole(text: str) -> int:
    """A whole number, in whatever base it is written."""
    digits = text.replace("_", "")
    try:
        return int(digits, 0)
    except ValueError:
        # Of more digits Python reads none: it is as large as no float is.
        return int(set(digits) != {"0"}) << 1024
