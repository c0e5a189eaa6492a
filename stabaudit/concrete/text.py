"""The source of an expression, to the character as LibCST gives it, in a tenth of the time.

LibCST writes through a context manager a node. Here a table says which fields of a node follow each other; what is
not in the table is left to LibCST.
"""

from __future__ import annotations

from dataclasses import fields
from typing import Any

import libcst as cst

from stabaudit.syntax.caching import cached_by_node

#: What a node is written as: names of its fields, and tokens, which are no names or begin with a `%`.
SPELLED: dict[type[cst.CSTNode], str] = {
    cst.Attribute: "value dot attr",
    cst.Call: "func whitespace_after_func ( whitespace_before_args args )",
    cst.Arg: "star whitespace_after_star keyword equal value comma whitespace_after_arg",
    cst.Subscript: "value whitespace_after_value lbracket slice rbracket",
    cst.SubscriptElement: "slice comma",
    cst.Index: "star whitespace_after_star value",
    cst.Slice: "lower first_colon upper second_colon step",
    cst.BinaryOperation: "left operator right",
    cst.BooleanOperation: "left operator right",
    cst.UnaryOperation: "operator expression",
    cst.Comparison: "left comparisons",
    cst.ComparisonTarget: "operator comparator",
    cst.Tuple: "elements",
    cst.List: "lbracket elements rbracket",
    cst.Element: "value comma",
    cst.ConcatenatedString: "left whitespace_between right",
    cst.FormattedString: "start parts end",
    cst.FormattedStringText: "value",
    cst.LeftParen: "( whitespace_after",
    cst.RightParen: "whitespace_before )",
    cst.LeftSquareBracket: "[ whitespace_after",
    cst.RightSquareBracket: "whitespace_before ]",
    cst.Minus: "- whitespace_after",
    cst.Plus: "+ whitespace_after",
    cst.BitInvert: "~ whitespace_after",
}
#: What stands between white space, by its token.
OPERATORS: dict[type[cst.CSTNode], str] = {
    cst.Dot: ".", cst.Comma: ",", cst.Colon: ":", cst.AssignEqual: "=", cst.Add: "+", cst.Subtract: "-",
    cst.Multiply: "*", cst.Divide: "/", cst.FloorDivide: "//", cst.Modulo: "%%", cst.Power: "**",
    cst.MatrixMultiply: "@", cst.BitAnd: "&", cst.BitOr: "|", cst.BitXor: "^", cst.LeftShift: "<<",
    cst.RightShift: ">>", cst.LessThan: "<", cst.LessThanEqual: "<=", cst.GreaterThan: ">",
    cst.GreaterThanEqual: ">=", cst.Equal: "==", cst.And: "%and", cst.Or: "%or",
}  # fmt: skip
#: Nodes that are one token.
TOKENS: frozenset[type[cst.CSTNode]] = frozenset(
    {cst.Name, cst.Integer, cst.Float, cst.Imaginary, cst.SimpleString, cst.SimpleWhitespace}
)
#: Nodes whose own parentheses are more than grouping.
KEPT = frozenset({cst.Tuple, cst.GeneratorExp, cst.Yield, cst.NamedExpr})


def _pieces(spelled: str) -> tuple[tuple[str, bool], ...]:
    """Each piece, and whether it is the name of a field."""
    return tuple((p.removeprefix("%"), p.isidentifier()) for p in spelled.split())


_PIECES = {kind: _pieces(spelled) for kind, spelled in SPELLED.items()}
_PIECES |= {kind: _pieces(f"whitespace_before {token} whitespace_after") for kind, token in OPERATORS.items()}
_GROUPED = frozenset(kind for kind in (*SPELLED, *TOKENS) if "lpar" in {f.name for f in fields(kind)})


@cached_by_node
def source(node: cst.BaseExpression, module: cst.Module) -> str:
    """The source of an expression of `module` without the parentheses around it, as far as it can stand without."""
    tokens: list[str] = []
    _write(node, tokens, module, bare=type(node) not in KEPT)
    return "".join(tokens)


def text(node: cst.CSTNode, module: cst.Module) -> str:
    """The source of a node of `module` as it stands."""
    tokens: list[str] = []
    _write(node, tokens, module)
    return "".join(tokens)


def _write(node: Any, tokens: list[str], module: cst.Module, *, bare: bool = False) -> None:
    kind = node.__class__
    pieces = _PIECES.get(kind)
    if pieces is None and kind not in TOKENS:
        tokens.append(module.code_for_node(node.with_changes(lpar=(), rpar=()) if bare else node))
        return
    parenthesised = not bare and kind in _GROUPED and node.lpar
    if parenthesised:
        for one in node.lpar:
            _write(one, tokens, module)
    if pieces is None:
        tokens.append(node.value)
    else:
        for piece, is_field in pieces:
            if not is_field:
                tokens.append(piece)
                continue
            value = getattr(node, piece)
            inner = value.__class__
            if inner is cst.SimpleWhitespace:
                if value.value:
                    tokens.append(value.value)
            elif inner is tuple or inner is list:
                for one in value:
                    _write(one, tokens, module)
            elif inner is str:
                tokens.append(value)
            elif value is not None and inner is not cst.MaybeSentinel:
                _write(value, tokens, module)
    if parenthesised:
        for one in node.rpar:
            _write(one, tokens, module)
