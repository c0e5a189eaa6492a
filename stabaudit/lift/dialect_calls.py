"""Calls that a dialect spells: the operation, its operands, and its settings."""

from __future__ import annotations

from typing import TYPE_CHECKING
from weakref import proxy

from stabaudit.catalogue.active import signs
from stabaudit.dialects import OF_TWO, Spelling, named
from stabaudit.dialects.copies import SPREADING
from stabaudit.lift import literals
from stabaudit.lift.calls import Arguments, Reading, read_arguments, read_call, says_nothing_of_its_library
from stabaudit.lift.folds import REDUCE, fold
from stabaudit.lift.intrinsics import same_values
from stabaudit.lift.scope import Scope
from stabaudit.syntax.dotted import called
from stabaudit.syntax.expressions import Attribute, Call, Constant, Name
from stabaudit.syntax.node import Expression
from stabaudit.syntax.printer import source
from stabaudit.syntax.reads import names_in
from stabaudit.terms import App, Const, Data, Lit, Term, Var, applications, ops, placed, walk
from stabaudit.terms.special import ASKED_FOR

if TYPE_CHECKING:
    from stabaudit.lift.expressions import Lifter

_PAIRWISE = {
    f"builtins.{name}": Spelling(op, named("numpy").functions[f"numpy.{op}"].parameters) for name, op in OF_TWO.items()
}


class DialectCalls:
    """Reads what the tables of the dialects say."""

    def __init__(self, lifter: Lifter) -> None:
        self.lifter: Lifter = proxy(lifter)

    def read(self, node: Call, path: str | None, scope: Scope) -> Term | None:
        """The operation that a call spells; `None` if it spells none, or has arguments that are not understood."""
        reading = read_call(node, path, torch_first=self.lifter.uses_torch)
        if path in _PAIRWISE and len(node.args) == 2:
            reading = Reading(named("builtins"), _PAIRWISE[path])
        if path == REDUCE:
            reading = fold(node, self.lifter, scope)
        if reading is None:
            return None
        row = ops.TABLE[reading.spelling.op]
        if row.name in ASKED_FOR and row.name not in signs().asked:
            return None
        if row is ops.reshape and (column := self.lifter.unspelled.columns.read(node, path, scope)) is not None:
            return column
        arguments = read_arguments(node, reading, row.operands.__contains__)
        if row is ops.clip and arguments is not None:
            row = arguments.clipped()
        absent = reading.spelling.absent
        if arguments is None or not set(row.operands) <= arguments.operands.keys() | absent.keys():
            return None
        axis = arguments.settings.get("axis")
        if reading.spelling.part is not None or (isinstance(axis, Constant) and isinstance(axis.value, float)):
            # pandas takes `axis=1.0`, and no array library does.
            return None
        operands = tuple(
            self.lifter.lift(arguments.operands[n], scope) if n in arguments.operands else ops.setting(absent[n])
            for n in row.operands
        )
        if row is ops.sum_ and "axis" not in arguments.settings:
            flat = self.lifter.comprehensions.flattened(arguments.operands["x"], scope)
            operands = operands if flat is None else (flat,)
        if path in ("builtins.max", "builtins.min") and "x" in arguments.operands:
            elements = self.lifter.comprehensions.elements(arguments.operands["x"], scope)
            operands = operands if elements is None else (elements,)
        if row.settings and any(map(_is_spread, operands)):
            return None
        settings: dict[str, Term] = {
            p.role: Const(p.default) for p in reading.spelling.parameters if p.default is not None
        }
        settings |= {n: self.setting(n, v, scope) for n, v in arguments.settings.items()}
        settings |= {n: ops.setting(v) for n, v in absent.items() if n in row.settings}
        missing: dict[str, Term] = {"keepdims": Lit(False)}
        if path in ("builtins.sum", REDUCE) and _may_be_rows(operands[0]):
            settings["axis"] = Const(0)
        if named_axis := literals.names_dimensions(axis):
            # xarray sums along a dimension by name, and matches the result with others by their names.
            settings["keepdims"] = Lit(True)
        attrs = tuple((n, settings.get(n, missing.get(n, Lit(None)))) for n in row.settings)
        neutral = reading.receiver is not None and says_nothing_of_its_library(node)
        term: Term = App(
            row.name, operands, attrs, node, "arrays" if named_axis else None if neutral else reading.dialect.name
        )
        if reading.spelling.paired and settings.get("axis", Lit(None)) != Lit(None):
            others = _of_array(node, term) or self._of_two(node, row.name, operands, arguments, scope)
            term = App("pair", (term, *others), (), node)
        if arguments.cast or (path or "").endswith((".nansum", ".nanmean")):
            # Another type, or a sum that leaves something out: not quite the operation.
            term = same_values(term, node)
        if arguments.where is not None and arguments.out is not None:
            chosen, rest = (self.lifter.lift(part, scope) for part in (arguments.where, arguments.out))
            term = App("where", (chosen, term, rest), (), node, reading.dialect.name)
        if isinstance(arguments.out, Name):
            if not _has_type_of_operands(arguments, scope):
                term = same_values(term, node)
            scope.mutate(arguments.out.name)
            scope.bind(arguments.out.name, term)
        elif arguments.out is not None:
            term = same_values(term, node)
        return term

    def _of_two(
        self, node: Call, op: str, operands: tuple[Term, ...], arguments: Arguments, scope: Scope
    ) -> tuple[Term, ...]:
        """What `torch.max(a, b)` is if b is no axis but a tensor, which its use tells."""
        other = arguments.settings["axis"]
        if literals.integer(other) is not None or any(argument.keyword for argument in node.args):
            return ()
        return (App(OF_TWO[op], (*operands, self.lifter.lift(other, scope)), (), node),)

    def setting(self, role: str, node: Expression, scope: Scope) -> Term:
        """An axis, a truth value, a shape."""
        number = literals.integer(node)
        if role == "keepdims" and number is not None:
            return Lit(bool(number), node)
        if number is not None:
            return Const(number, node)
        if (whole := literals.integers(node)) is not None:
            return Const(whole[0], node) if len(whole) == 1 and role == "axis" else Lit(whole, node)
        term = self.lifter.lift(node, scope)
        if isinstance(term, (Lit, Const, Var)):
            return placed(term, node)
        return scope.variable(source(node), names_in(node), node)


def _has_type_of_operands(arguments: Arguments, scope: Scope) -> bool:
    """Whether what a result is written to is an operand, or was made like one."""
    out = arguments.out.name if isinstance(arguments.out, Name) else ""
    if any(isinstance(o, Name) and o.name == out for o in arguments.operands.values()):
        return True
    known = scope.facts.get(out)
    made = getattr(known, "steps", None) or getattr(known, "node", None)
    return isinstance(made, Call) and called(made).endswith("_like") and len(made.args) == 1


def _of_array(node: Call, largest: Term) -> tuple[Term, ...]:
    """What `x.max(axis=1, keepdim=True)` is if x is an array of neither torch nor NumPy."""
    told = isinstance(node.func, Attribute) and any(a.keyword == "axis" for a in node.args)
    return (largest,) if told else ()


def _may_be_rows(term: Term) -> bool:
    """Whether Python's `sum` of it could add rows: it is an array, and not known to be of one dimension."""
    if all(isinstance(v, Data) and not isinstance(v.values[0], tuple) for v in _leaves(term)):
        return False
    if all(v.rank == 1 for v in term.variables):
        return False
    if any(isinstance(t, App) and t.op in ("max", "min") and t.library == "builtins" for t in walk(term)):
        # Python's own `max` compares its elements: they are numbers.
        return False
    return any(isinstance(t, App) and t.library not in (None, "math", "builtins") for t in walk(term))


def _leaves(term: Term) -> list[Term]:
    return [t for t in walk(term) if isinstance(t, (Var, Data))]


def _is_spread(term: Term) -> bool:
    """Whether there may be more elements than the formula says, which have another sum."""
    if "same" not in term.ops:
        return False
    calls = (part.node for part in applications(term) if part.op == "same")
    return any(isinstance(call, Call) and called(call) in SPREADING for call in calls)
