"""LibCST expression to term, with what is known of the names in it."""

from __future__ import annotations

import functools
import itertools
import re
from collections.abc import Callable
from fractions import Fraction
from typing import cast

from stabaudit.dialects import constant, dialect_of, function
from stabaudit.dialects.pure import DRAWING
from stabaudit.lift import literals
from stabaudit.lift.comprehensions import Comprehensions
from stabaudit.lift.dialect_calls import DialectCalls
from stabaudit.lift.functions import Functions
from stabaudit.lift.intrinsics import Intrinsics, same_values
from stabaudit.lift.objects import Objects
from stabaudit.lift.piecewise import Piecewise
from stabaudit.lift.scope import Scope
from stabaudit.lift.segments import Segments
from stabaudit.lift.subscripts import Subscripts
from stabaudit.source.dotted import LONGEST
from stabaudit.syntax.dotted import called, dotted
from stabaudit.syntax.expressions import (
    Argument,
    Attribute,
    Await,
    Binary,
    Boolean,
    Call,
    Choice,
    Compare,
    Comprehension,
    Constant,
    Display,
    Lambda,
    Name,
    Named,
    Starred,
    Subscript,
    Unary,
    Yield,
)
from stabaudit.syntax.node import Expression, Node, parts
from stabaudit.syntax.printer import source
from stabaudit.syntax.reads import LEAVES, loop_names, names_in, parameters_of
from stabaudit.syntax.statements import Module
from stabaudit.terms import CONSTANT_MARK, App, Const, Data, Lit, Term, TooLarge, Var, named, ops, placed

BINARY = {"+": ops.add, "-": ops.sub, "*": ops.mul, "/": ops.div, "**": ops.pow_, "&": ops.and_, "|": ops.or_}
COMPARISONS = {"<": ops.lt, "<=": ops.le, ">": ops.gt, ">=": ops.ge, "==": ops.eq, "!=": ops.ne}
#: Methods and functions that compute from their object and arguments alone, so that equal calls give equal values.
PURE = frozenset(
    {"dot", "matmul", "mm", "bmm", "reshape", "view", "flatten", "ravel", "std", "var", "size", "get", "items",
     "keys", "values", "diagonal", "diag", "argmax", "argmin", "nonzero", "cumsum", "mv", "tolist",
     "len", "range", "int", "round"}
)  # fmt: skip

#: Nodes that bind names of their own.
OWN_NAMES = frozenset({Lambda, Comprehension})
NEVER_PURE = OWN_NAMES | {Await, Yield, Named}
SINGLETONS = (None, True, False)
#: What is imported from a module of constants, as `scipy.constants.k`.
OF_CONSTANTS = re.compile(r"(?:^|[._])(?:const|consts|constants)\.\w+$")


class Lifter:
    """Turns the expressions of one module into terms.

    `found` is called with each expression that is nobody's operand, and the scope it stands in; `entered` with what a
    helper that takes logarithms computes of the caller's exponentials. `functions` are the module's own. Into `seen`,
    if it is there, goes the term of every node.
    """

    def __init__(
        self,
        module: Module,
        found: Callable[[Term, Scope], None],
        functions: Functions,
        entered: Callable[[Term, Scope], None],
    ) -> None:
        self.module = module
        self.found = found
        self.entered = entered
        self.functions = functions
        self.spelled = DialectCalls(self)
        self.unspelled = Intrinsics(self)
        self.objects = Objects(self, functions.classes)
        self.subscripts = Subscripts(self)
        self.segments = Segments(self)
        self.piecewise = Piecewise(self)
        self.comprehensions = Comprehensions(self)
        self.seen: dict[int, Term] | None = None
        self.uses_torch = False
        #: The calls lifted since the last statement: what they do beside giving a value is looked at after it.
        self.calls: list[Call] = []
        self._fresh = itertools.count(1)
        self._known: dict[int, tuple[Scope, Term]] = {}

    def lift(self, node: Expression, scope: Scope) -> Term:
        """The term of an expression; what is not understood becomes a variable."""
        known = self._known.get(id(node))
        if known is None or known[0] is not scope:
            try:
                term = self._lift(node, scope)
            except TooLarge:
                # Its normal form was asked for, and holds a number that no float can hold.
                term = self.opaque(node, scope)
            known = self._known[id(node)] = (scope, term)
            if self.seen is not None:
                self.seen[id(node)] = known[1]
        return known[1]

    def fresh(self) -> int:
        """A number that marks a value equal to no other."""
        return next(self._fresh)

    def unknown(self, text: str) -> Var:
        """Something of which only is known that it is there."""
        return Var(text, (("#", self.fresh()),))

    def next_statement(self) -> None:
        """Names may have changed: nothing lifted so far is looked at again."""
        self._known.clear()

    def path(self, node: Expression, scope: Scope) -> str | None:
        """The dotted path of a module, function or constant, `np.exp` being `numpy.exp`; `None` for values."""
        if isinstance(node, Name):
            if node.name in scope.modules:
                return scope.modules[node.name]
            builtin = f"builtins.{node.name}"
            return builtin if node.name not in scope.versions and function(builtin) else None
        if isinstance(node, Call):
            return self.unspelled.made.path(node, scope)
        attributes: list[str] = []
        while isinstance(node, Attribute) and len(attributes) < LONGEST:
            if (chain := dotted(node)) in scope.modules:
                return ".".join([scope.modules[chain], *reversed(attributes)])
            attributes.append(node.attr)
            node = node.value
        if attributes and not isinstance(node, Attribute) and (root := self.path(node, scope)) is not None:
            return ".".join([root, *reversed(attributes)])
        return None

    def _lift(self, node: Expression, scope: Scope) -> Term:
        # The commonest first, by type: a pattern is tried with `isinstance`, which is slower.
        kind = node.__class__
        if kind is Name:
            return self._name(cast("Name", node), scope)
        if kind is Constant:
            return self._constant(cast("Constant", node), scope)
        if kind is Call:
            return self.call(cast("Call", node), scope)
        if kind is Attribute:
            return self._attribute(cast("Attribute", node), scope)
        if kind is Subscript:
            return self.subscripts.read(cast("Subscript", node), scope)
        match node:
            case Unary(operator="-"):
                return App("neg", (self.lift(node.operand, scope),), (), node)
            case Unary(operator="+"):
                return self.lift(node.operand, scope)
            case Unary():
                return App("not", (self.lift(node.operand, scope),), (), node)
            case Binary(operator="@"):
                product = self.unspelled.sums.dot(node.left, node.right, node, scope)
                return product if product is not None else self.opaque(node, scope)
            case Binary(operator=operator) if operator in BINARY:
                both = (self.lift(node.left, scope), self.lift(node.right, scope))
                return App(BINARY[operator].name, both, (), node)
            case Boolean():
                row = ops.and_ if node.operator == "and" else ops.or_
                both = (self.lift(node.left, scope), self.lift(node.right, scope))
                self.perhaps(node.right, scope)
                return App(row.name, both, (), node)
            case Compare(operators=operators) if COMPARISONS.keys() >= {*operators} and not _has_word(node):
                return self._compared(node, scope)
            case Choice():
                whole = tuple(self.lift(p, scope) for p in (node.test, node.body, node.orelse))
                self.perhaps(node.body, scope)
                self.perhaps(node.orelse, scope)
                return App("where", whole, (), node)
            case Display(kind="list" | "tuple"):
                if values := literals.numbers(node):
                    return Data(values, node)
                return self.unspelled.joined(node, scope) or self.opaque(node, scope)
            case Comprehension(kind="list" | "generator" | "dict"):
                return self.comprehensions.read(node, scope)
            case Named(target=Name(name=name)):
                term = self.lift(node.value, scope)
                scope.bind(name, term)
                return placed(term, node)
        return self.opaque(node, scope)

    def _constant(self, node: Constant, scope: Scope) -> Term:
        if literals.is_number(node):
            value = literals.exact(node)
            return App("infinity", (), (), node) if value is None else Const(value, node)
        return Lit(node.value, node) if node.value in SINGLETONS else self.opaque(node, scope)

    def _compared(self, node: Compare, scope: Scope) -> Term:
        """A comparison; `a <= x < b` is `a <= x and x < b`."""
        values = [self.lift(v, scope) for v in (node.left, *node.others)]
        rows = [COMPARISONS[operator] for operator in node.operators]
        pairs = [App(row.name, pair) for row, pair in zip(rows, itertools.pairwise(values), strict=True)]
        return placed(functools.reduce(lambda one, other: App(ops.and_.name, (one, other)), pairs), node)

    def several(self, node: Expression, scope: Scope) -> Term | None:
        """What `return a, b` gives."""
        if not (isinstance(node, Display) and node.kind == "tuple") or any(
            isinstance(e, Starred) for e in node.elements
        ):
            return None
        return App("several", tuple(self.lift(element, scope) for element in node.elements), (), node)

    def perhaps(self, node: Node, scope: Scope) -> None:
        """What is bound in an expression that may be left out, or be computed many times, is not known."""
        if type(node) is Named:
            assert isinstance(node, Named)
            for name in names_in(node.target):
                scope.forget(name)
        for child in parts(node):
            if type(child) not in LEAVES:
                self.perhaps(child, scope)

    def _name(self, node: Name, scope: Scope) -> Term:
        name = node.name
        if name in scope.facts:
            return named(scope.variable(name, (name,), node), scope.facts[name])
        path = scope.modules.get(name)
        if path is not None and OF_CONSTANTS.search(path):
            return Var(name, (*scope.stamp((name,)), (CONSTANT_MARK, 1)), node)
        return self.constant(path, node) or scope.variable(name, (name,), node)

    def constant(self, path: str | None, node: Expression) -> Term | None:
        """The number, or `None`, that a name such as `numpy.inf` stands for."""
        match constant(path) if path else None:
            case "e":
                home = dialect_of(path or "")
                return App("exp", (Const(1),), (), node, home.name if home else None)
            case "none":
                return Lit(None, node)
            case "inf":
                return App("infinity", (), (), node)
            case "pi":
                return App("pi", (), (), node)
        return None

    def _attribute(self, node: Attribute, scope: Scope) -> Term:
        path = self.path(node, scope)
        text = source(node)
        if path is not None:
            return self.constant(path, node) or scope.variable(text, names_in(node), node)
        if text in scope.facts:
            return named(scope.variable(text, {*names_in(node), text}, node), scope.facts[text])
        if (total := self.functions.classes.running.get(scope.owner, {}).get(text)) is not None:
            return named(scope.variable(text, {*names_in(node), text}, node), total)
        if scope.owner and (kept := self.functions.kept(text, scope)) is not None:
            return App("call", (kept,), (("free", Lit(True)), ("kept", Lit(True))), node)
        if (given := self.objects.property(node, scope)) is not None:
            return given
        name = node.attr
        if (limit := literals.float_limit(node)) is not None:
            return Const(Fraction(limit), node)
        if name in ("T", "mT", "data", "values", "real"):
            if name == "T" and (column := self.unspelled.columns.turned(node.value, scope)) is not None:
                return placed(column, node)
            inner = self.lift(node.value, scope)
            if name in ("T", "mT"):
                return App("transpose", (inner,), (), node)
            if isinstance(inner, App) and inner.op == "pair":
                return placed(inner.args[0], node)
            if isinstance(inner, App) or name in ("data", "real"):
                return same_values(inner, node)
        elif not isinstance(node.value, (Name, Attribute)):
            return self.opaque(node, scope)
        return scope.variable(text, {*names_in(node), text}, node)

    def call(self, node: Call, scope: Scope) -> Term:
        """What a call gives: what a dialect spells, what none does and is known all the same, or a variable."""
        self.calls.append(node)
        path = self.path(node.func, scope)
        term = (
            self.segments.read(node, path, scope)
            or self.spelled.read(node, path, scope)
            or self.unspelled.read(node, path, scope)
            or self.piecewise.read(node, path, scope)
        )
        if term is None and path is None:
            term = self.objects.read(node, scope)
        return term if term is not None else self.opaque(node, scope)

    def opaque(self, node: Expression, scope: Scope) -> Term:
        """A value that is not looked into; the expressions inside it are looked at on their own."""
        self.inside(node, scope)
        if self.is_pure(node, scope):
            return scope.variable(source(node), names_in(node), node)
        return self.unique(node, literals.drawn_rank(node) if isinstance(node, Call) else None)

    def unique(self, node: Expression, rank: int | None = None) -> Var:
        """A value that is equal to no other, not even to that of the same text elsewhere."""
        return Var(source(node), (("#", next(self._fresh)),), node, rank)

    def inside(self, node: Node, scope: Scope) -> None:
        """The expressions in something that is not looked into are looked at on their own."""
        if type(node) in OWN_NAMES:
            assert isinstance(node, (Lambda, Comprehension))
            self.perhaps(node, scope)
            inner = scope.copy()
            bound = loop_names(node.loops) if isinstance(node, Comprehension) else parameters_of(node.parameters)
            for name in bound:
                inner.forget(name)
            if isinstance(node, Lambda):
                inner.guards = ()
            scope = inner
        # Not in a copy of the scope: names may be bound in there.
        around = scope.rounded
        scope.rounded = (around and type(node) in (Argument, Attribute)) or literals.gives_whole_numbers(node)
        for child in parts(node):
            self.apart(child, scope)
        scope.rounded = around

    def apart(self, node: Node, scope: Scope) -> None:
        """An expression, or the expressions in something else, looked at on its own."""
        if isinstance(node, Expression):
            self.found(self.lift(node, scope), scope)
        else:
            self.inside(node, scope)

    def is_pure(self, node: Node, scope: Scope) -> bool:
        """Whether the expression gives the same value wherever it stands, its names unchanged."""
        if type(node) is Call:
            assert isinstance(node, Call)
            path = self.path(node.func, scope)
            name = called(node)
            home = dialect_of(path) if path is not None else None
            known = home is not None and bool(home.functions) and ".random" not in (path or "")
            if name in DRAWING or (not known and name not in PURE):
                return False
        if type(node) in NEVER_PURE:
            return False
        return all(self.is_pure(child, scope) for child in parts(node) if type(child) not in LEAVES)


def _has_word(node: Compare) -> bool:
    """Whether something is compared with a text, which no number stands for."""
    return any(literals.word(value) is not None for value in (node.left, *node.others))
