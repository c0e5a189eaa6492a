"""Assignments that a fix makes dead: `e = np.exp(x)` in front of `return e / e.sum()`.

Left where they are they would still overflow and warn.
"""

from __future__ import annotations

import re
from collections.abc import Container, Iterator, Sequence

import libcst as cst

from stabaudit.concrete.nodes import below, parts
from stabaudit.concrete.paths import path_to
from stabaudit.fix.aliases import is_alias
from stabaudit.records import Record
from stabaudit.syntax.caching import cached_by_node
from stabaudit.syntax.from_libcst import lowered
from stabaudit.syntax.memory import viewed
from stabaudit.terms import App, Lit, Term, Var, applications, children
from stabaudit.terms.ops import expand


class Dead(Record):
    """A statement that only served a replaced expression, and the name it gave a value to.

    The `comment` behind it is one of the statement in which the expression stands, too.
    """

    name: str
    statement: cst.SimpleStatementLine
    comment: str | None = None

    def nodes(self) -> Iterator[cst.CSTNode]:
        """The value that it gave, and all in it."""
        for part in self.statement.body:
            if isinstance(part, (cst.Assign, cst.AnnAssign, cst.AugAssign)) and part.value is not None:
                yield from below(part.value)

    @property
    def is_fresh(self) -> bool:
        """Whether the memory is the name's own, and nobody sees what is done to it: `z = y` is another look at y."""
        match self.statement.body[0]:
            case cst.Assign(value=value):
                return not viewed(lowered(value))
        return False


def dead_after(term: Term, text: str, module: cst.Module, revived: Container[str] = ()) -> list[Dead]:
    """The statements that only served the expression `term`, which is replaced with `text`.

    A name in the text keeps its statement, unless it is `revived`: then the text means its value before the last.
    """
    node = term.origin
    assert isinstance(node, cst.CSTNode)
    names = list(_names(term))
    if not names:
        return []
    path = path_to(module, node)
    function = next((n for n in reversed(path) if isinstance(n, (cst.FunctionDef, cst.ClassDef))), None)
    block = next((n for n in reversed(path) if isinstance(n, cst.IndentedBlock)), None)
    # The names of a class are its attributes.
    if not isinstance(function, cst.FunctionDef) or block is None:
        return []
    statement = next(n for n in path if any(n is s for s in block.body))
    before = block.body[: next(i for i, s in enumerate(block.body) if s is statement)]
    again = any(isinstance(n, (cst.For, cst.While)) for n in path[path.index(function) :])
    shown = _shown_elsewhere(function)
    if shown is None:
        return []
    found: list[Dead] = []
    for name, value in names:
        if name in shown or (name in revived and any(d.name == name for d in found)):
            continue
        gone = [d.statement for d in found]
        left = [s for s in before if s not in gone]
        assignment = next((s for s in reversed(left) if name in _mentioned(s)), None)
        # A name that was given a value in between is not that of the formula any more.
        often = sum(name in _assigned(s) for s in before)
        if (
            often == 0
            or (often > 1 and (assignment is None or not _gives(assignment, value)))
            or _repeats_a_call(value)
            or (name not in revived and re.search(rf"\b{re.escape(name)}\b", text))
        ):
            continue
        next_to_it = bool(left) and assignment is left[-1]
        if (
            isinstance(assignment, cst.SimpleStatementLine)
            and _assigns_only(assignment, name)
            and (not _has_comment(assignment) or (next_to_it and _takes_comments(statement, found)))
        ):
            readers = _occurrences(function, name)
            if not again and not _is_captured(function, name):
                readers = readers[readers.index(_occurrences(assignment, name)[0]) :]
            served = [n for s in (node, assignment, *gone) for n in _occurrences(s, name)]
            if len(readers) == len(served) or _is_overwritten(statement, node, name):
                comment = assignment.trailing_whitespace.comment
                found.append(Dead(name, assignment, None if comment is None else comment.value))
    return found


def renewed_value(term: Term, name: str) -> Term | None:
    """What a name in a term held before it was given its present value, an exponential of it: `w = np.exp(w)`."""
    value = next((value for said, value in _names(term) if said == name), None)
    if value is None or "exp" not in expand(value).ops:
        return None
    before = (_read_as(name, operand) for operand in value.args)
    return next((found for found in before if found is not None and "exp" not in expand(found).ops), None)


def _read_as(name: str, term: Term) -> Term | None:
    """The part of a term that was read under a name, not of what other names stand for."""
    if isinstance(term.origin, cst.Name):
        return term if term.origin.value == name else None
    inside = (_read_as(name, child) for child in children(term))
    return next((found for found in inside if found is not None), None)


#: Functions and methods that read every local name, or those in a text.
ALL_NAMES = frozenset(
    {"locals", "vars", "eval", "exec", "dir", "query", "evaluate", "_getframe", "currentframe", "sql"}
)


# Asked again with each finding of a function.
@cached_by_node
def _shown_elsewhere(function: cst.CSTNode) -> set[str] | None:
    """The names of a function that others see, by `global` and `nonlocal`; `None` if all of them may be read."""
    found: set[str] = set()
    for node in below(function):
        match node:
            case cst.Global() | cst.Nonlocal():
                found.update(item.name.value for item in node.names)
            case cst.Call(func=cst.Name(value=name) | cst.Attribute(attr=cst.Name(value=name))) if _shows(name, node):
                return None
    return found


def _shows(name: str, call: cst.Call) -> bool:
    """Whether a call may read any local name; `model.eval()` reads none."""
    return name in ALL_NAMES and not (name == "eval" and not call.args)


def _is_captured(function: cst.CSTNode, name: str) -> bool:
    """Whether a function or lambda inside reads the name, whenever it is called."""
    inside = [n for n in below(function) if n is not function and isinstance(n, (cst.FunctionDef, cst.Lambda))]
    return any(_occurrences(n, name) for n in inside)


def _names(term: Term) -> Iterator[tuple[str, App]]:
    """The names under which parts of the term stand, each with what it holds, the last assigned first."""
    level = [term]
    while level:
        yield from (
            (t.origin.value, t) for t in level if isinstance(t, App) and is_alias(t) and isinstance(t.origin, cst.Name)
        )
        level = [operand for t in level if isinstance(t, App) for operand in t.args]


def _repeats_a_call(value: Term) -> bool:
    """Whether there is a call in it that might have been made for its effect, where its own statement stands."""
    return isinstance(value, App) and (_acts(value) or any(map(_calls, value.args)))


def _acts(value: Term) -> bool:
    """Whether it is what a function gives that does more than compute it: it raises errors, or keeps what it gives."""
    return any(part.op == "call" and part.attr("acts") == Lit(True) for part in applications(value))


def _calls(part: Term) -> bool:
    if isinstance(part, Var):
        named = isinstance(part.origin, cst.Name) and part.origin.value != part.name
        return not named and any(mark == "#" for mark, _ in part.stamp)
    return isinstance(part, App) and not is_alias(part) and any(map(_calls, part.args))


def _gives(statement: cst.CSTNode, value: Term) -> bool:
    """Whether a statement computes this very value: the operands of it are read there."""
    inside = {id(node) for node in below(statement)}
    return any(id(operand.origin) in inside for operand in value.args)


def _assigns_only(statement: cst.SimpleStatementLine, name: str) -> bool:
    """Whether the line is `name = ...`, nothing else."""
    if len(statement.body) != 1 or _binds_inside(statement):
        return False
    match statement.body[0]:
        case cst.Assign(targets=[cst.AssignTarget(target=cst.Name(value=target))]):
            return target == name
    return False


def _has_comment(statement: cst.SimpleStatementLine) -> bool:
    """Whether there is a comment above a line or behind it."""
    above = any(line.comment is not None for line in statement.leading_lines)
    return above or statement.trailing_whitespace.comment is not None


def _takes_comments(statement: cst.CSTNode, gone: Sequence[Dead]) -> bool:
    """Whether the comments of the line before a statement speak of it as well: it has none itself, nor a gap before.

    What is gone between the two has none either.
    """
    lines = [statement, *(dead.statement for dead in gone)]
    return all(
        isinstance(line, cst.SimpleStatementLine)
        and not line.leading_lines
        and line.trailing_whitespace.comment is None
        for line in lines
    )


def _binds_inside(node: cst.CSTNode) -> bool:
    """Whether a walrus in the line gives another name a value."""
    return isinstance(node, cst.NamedExpr) or any(_binds_inside(child) for child in parts(node))


def _is_overwritten(statement: cst.CSTNode, node: cst.CSTNode, name: str) -> bool:
    """Whether the statement gives the name a new value, and reads the old one in `node` alone."""
    match statement:
        case cst.SimpleStatementLine(body=[cst.AugAssign(target=cst.Name(value=target)) as only]):
            return only is node and target == name
        case cst.SimpleStatementLine(body=[cst.Assign(targets=[cst.AssignTarget(target=cst.Name(value=target))])]):
            return target == name and len(_occurrences(statement, name)) == len(_occurrences(node, name)) + 1
    return False


def _assigned(statement: cst.CSTNode) -> set[str]:
    """The names a line gives a value to."""
    match statement:
        case cst.SimpleStatementLine(body=[cst.Assign(targets=[cst.AssignTarget(target=cst.Name(value=name))])]):
            return {name}
    return set()


def _mentioned(node: cst.CSTNode) -> set[str]:
    if isinstance(node, cst.Name):
        return {node.value}
    return set[str]().union(*(_mentioned(child) for child in parts(node)))


def _occurrences(node: cst.CSTNode, name: str) -> list[cst.CSTNode]:
    """Where a name stands in a piece of code, in the order of the source."""
    own = [node] if isinstance(node, cst.Name) and node.value == name else []
    return own + [found for child in parts(node) for found in _occurrences(child, name)]
