"""Which values of the code at a finding tell how near it comes to where it fails."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterable, Iterator, Sequence
from functools import cache

from stabaudit.catalogue.load import load
from stabaudit.findings.finding import Finding, Position
from stabaudit.findings.reach import Kind
from stabaudit.records import Record
from stabaudit.source.dotted import dotted_name
from stabaudit.watch.plan import Span, Spot

#: What watches the argument of a function of this name, and its parameters by name.
STEPS = {
    **dict.fromkeys(("exp", "expm1"), "exp"),
    "exp2": "exp2",
    **dict.fromkeys(("cosh", "sinh"), "cosh"),
    **dict.fromkeys(("log", "log2", "log10"), "log"),
}
#: What a value says that is no number.
OUT_OF_RANGE = re.compile(r"inf|nan|Error")
EXPONENTIALS = frozenset({"exp", "cosh", "exp2"})
#: From this size on a number is one that digits are lost beside, and no guard.
SIZEABLE = 0.5
#: Functions whose distance from 1 goes with the square of their argument.
FLAT = frozenset({"cos", "cosh", "sech"})
PARAMETERS = frozenset({"x", "a", "input", "self"})


class Code(Record):
    """What is asked of a module for each of its findings: its lines, its expressions, and functions under new names."""

    rows: Sequence[str]
    nodes: Sequence[tuple[Span, ast.expr]]
    names: dict[str, str]


def code_of(tree: ast.Module, rows: Sequence[str]) -> Code:
    """The code of the tree of a text that has these lines."""
    nodes = [(span, node) for node in _expressions(tree) if (span := _of(node)) is not None]
    return Code(rows, nodes, _renamed(tree))


def kind_of(finding: Finding) -> Kind:
    """What fails at a finding."""
    if finding.rule in _of_meaning():
        return "meaning"
    witness = finding.witness
    if witness is None or (witness.severity == "note" and not witness.is_off) or OUT_OF_RANGE.search(witness.gives):
        return "range"
    return "digits"


def spots(code: Code, finding: Finding, kind: Kind) -> list[Spot]:
    """The spots of a finding of this kind."""
    rows, nodes, names = code
    own = _span(rows, finding.start, finding.end)
    spans = [own, *(_span(rows, one.start, one.end) for one in finding.related)]
    whole = next((node for span, node in nodes if span == own and not isinstance(node, ast.Starred)), None)
    inside = [node for span, node in nodes if any(_contains(outer, span) for outer in spans)]
    found = [*(_steps(inside, names) if kind == "range" else _remainders(inside, names) if kind == "digits" else ())]
    if whole is not None and (not found or (kind == "range" and _may_be_undefined(inside, names))):
        found.append(Spot(own, type(whole).__name__, "itself", "result"))
    return list(dict.fromkeys(found))


@cache
def _of_meaning() -> frozenset[str]:
    """The rules of which no form says what the code is equal to."""
    return frozenset(r.name for r in load() if not any(form.equal or form.traits.floored for form in r.forms))


def _expressions(tree: ast.Module) -> Iterator[ast.expr]:
    """The expressions that give a value, from the outside in; those in text are at no place of their own."""
    left: list[ast.AST] = [tree]
    for node in left:
        if isinstance(node, ast.expr) and isinstance(getattr(node, "ctx", ast.Load()), ast.Load):
            yield node
        if not isinstance(node, ast.JoinedStr):
            left += ast.iter_child_nodes(node)


def _may_be_undefined(nodes: Sequence[ast.expr], names: dict[str, str]) -> bool:
    """Whether 0/0 may come about, or something that no exponential and no logarithm shows."""
    ratios = [node for node in nodes if isinstance(node, ast.BinOp) and isinstance(node.op, ast.Div)]
    shown = any(isinstance(node, ast.Call) and _called(node, names) in STEPS for node in nodes)
    return not shown or any(not _is_positive(ratio.right) for ratio in ratios)


def _is_positive(node: ast.expr) -> bool:
    """Whether a number is added, so that small values are no 0 in the end."""
    return (
        isinstance(node, ast.BinOp)
        and isinstance(node.op, ast.Add)
        and max(_number(node.left), _number(node.right)) > 0
    )


def _steps(nodes: Iterable[ast.expr], names: dict[str, str]) -> Iterator[Spot]:
    """The exponentials and logarithms among `nodes`."""
    for node in nodes:
        if not isinstance(node, ast.Call) or (gauge := STEPS.get(_called(node, names))) is None:
            continue
        of = (*node.args[:1], *_receiver(node))
        if gauge != "log" or not any(map(_is_positive, of)):
            yield from _given(node, gauge)


def _remainders(nodes: Sequence[ast.expr], names: dict[str, str]) -> Iterator[Spot]:
    """What is added to a number or taken from it, where one of the two is small beside the other."""
    logarithms = [node for node in nodes if isinstance(node, ast.Call) and _called(node, names) in ("log", "log2")]
    for node in nodes:
        if not isinstance(node, ast.BinOp) or not isinstance(node.op, (ast.Add, ast.Sub)):
            continue
        part, number = ("right", _number(node.left)) if _number(node.left) else ("left", _number(node.right))
        if not number:
            continue
        other = node.right if part == "right" else node.left
        name = _called(other, names) if isinstance(other, ast.Call) else ""
        # Of a sum nothing is lost but what is small; a difference may be small itself.
        if isinstance(node.op, ast.Add) and number > 0:
            if any(node in (*one.args, *_receiver(one)) for one in logarithms):
                yield Spot(_place(node), "BinOp", part, "small")
        elif isinstance(other, ast.Call) and (STEPS.get(name) in EXPONENTIALS or name in FLAT):
            yield from _given(other, "square" if name in FLAT else "small")
        elif any(node in (*one.args, *_receiver(one)) for one in logarithms):
            yield Spot(_place(node), "BinOp", part, "small")
        else:
            yield Spot(_place(node), "BinOp", "itself", "remainder")


def _given(call: ast.Call, gauge: str) -> Iterator[Spot]:
    """The spot of what a function of one argument is called with."""
    words = {word.arg for word in call.keywords}
    if "where" in words or None in words:
        return
    if call.args:
        if not isinstance(call.args[0], ast.Starred):
            yield Spot(_place(call), "Call", "argument", gauge)
    elif words & PARAMETERS:
        yield Spot(_place(call), "Call", next(iter(words & PARAMETERS)) or "", gauge)
    elif isinstance(call.func, ast.Attribute):
        yield Spot(_place(call), "Call", "receiver", gauge)


def _receiver(call: ast.Call) -> tuple[ast.expr, ...]:
    return (call.func.value,) if isinstance(call.func, ast.Attribute) and not call.args else ()


def _called(call: ast.Call, names: dict[str, str]) -> str:
    """The last name of what is called, as the library has it."""
    name = call.func.attr if isinstance(call.func, ast.Attribute) else dotted_name(call.func) or ""
    return names.get(name, name).rstrip("_")


def _renamed(tree: ast.Module) -> dict[str, str]:
    """What functions that are imported under other names are called where they come from."""
    taken = (alias for node in ast.walk(tree) if isinstance(node, ast.ImportFrom) for alias in node.names)
    return {alias.asname: alias.name for alias in taken if alias.asname}


def _number(node: ast.expr) -> float:
    """The number that is written, if it is one that digits are lost beside; else 0."""
    if isinstance(node, ast.UnaryOp) and isinstance(node.op, ast.USub):
        return -_number(node.operand)
    value = node.value if isinstance(node, ast.Constant) else 0
    return float(value) if isinstance(value, (int, float)) and abs(value) >= SIZEABLE else 0.0


def _span(rows: Sequence[str], start: Position, end: Position) -> Span:
    return (start.row, _bytes(rows, start), end.row, _bytes(rows, end))


def _bytes(rows: Sequence[str], position: Position) -> int:
    return len(rows[position.row - 1][: position.column - 1].encode("utf-8", "surrogatepass"))


def _of(node: ast.expr) -> Span | None:
    if node.end_lineno is None or node.end_col_offset is None:
        return None
    return node.lineno, node.col_offset, node.end_lineno, node.end_col_offset


def _place(node: ast.expr) -> Span:
    return _of(node) or (0, 0, 0, 0)


def _contains(outer: Span, inner: Span) -> bool:
    return outer[:2] <= inner[:2] and inner[2:] <= outer[2:]
