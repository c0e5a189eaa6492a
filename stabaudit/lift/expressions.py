"""LibCST expression to term, with what is known of the names in it."""

from __future__ import annotations

import functools
import itertools
from collections.abc import Callable
from fractions import Fraction
from typing import cast

import libcst as cst

from stabaudit.dialects import constant, dialect_of, function
from stabaudit.lift import literals
from stabaudit.lift.comprehensions import Comprehensions
from stabaudit.lift.dialect_calls import DialectCalls
from stabaudit.lift.functions import Functions
from stabaudit.lift.intrinsics import Intrinsics, same_values
from stabaudit.lift.names import called, dotted, loop_names, names_in, parameters_of
from stabaudit.lift.nodes import LEAVES, is_expression, parts
from stabaudit.lift.objects import Objects
from stabaudit.lift.piecewise import Piecewise
from stabaudit.lift.scope import Scope
from stabaudit.lift.segments import Segments
from stabaudit.lift.subscripts import Subscripts
from stabaudit.lift.text import source
from stabaudit.source.dotted import LONGEST
from stabaudit.terms import App, Const, Data, Lit, Term, TooLarge, Var, named, ops, placed

BINARY: dict[type[cst.CSTNode], ops.Op] = {
    cst.Add: ops.add,
    cst.Subtract: ops.sub,
    cst.Multiply: ops.mul,
    cst.Divide: ops.div,
    cst.Power: ops.pow_,
    cst.BitAnd: ops.and_,
    cst.BitOr: ops.or_,
}
COMPARISONS: dict[type[cst.CSTNode], ops.Op] = {
    cst.LessThan: ops.lt,
    cst.LessThanEqual: ops.le,
    cst.GreaterThan: ops.gt,
    cst.GreaterThanEqual: ops.ge,
    cst.Equal: ops.eq,
    cst.NotEqual: ops.ne,
}
#: Methods and functions that compute from their object and arguments alone, so that equal calls give equal values.
PURE = frozenset(
    {"dot", "matmul", "mm", "bmm", "reshape", "view", "flatten", "ravel", "std", "var", "size", "get", "items",
     "keys", "values", "diagonal", "diag", "argmax", "argmin", "nonzero", "cumsum", "mv", "tolist",
     "len", "range", "int", "round"}
)  # fmt: skip

#: Nodes that bind names of their own.
OWN_NAMES = frozenset({cst.Lambda, cst.ListComp, cst.SetComp, cst.DictComp, cst.GeneratorExp})
#: Expressions that are read closer, beside names, attributes, subscripts and calls.
READ = frozenset(
    {cst.Integer, cst.Float, cst.UnaryOperation, cst.BinaryOperation, cst.BooleanOperation, cst.Comparison, cst.IfExp,
     cst.List, cst.Tuple, cst.ListComp, cst.GeneratorExp, cst.DictComp, cst.NamedExpr}
)  # fmt: skip
NEVER_PURE = OWN_NAMES | {cst.Await, cst.Yield, cst.NamedExpr}


class Lifter:
    """Turns the expressions of one module into terms.

    `found` is called with each expression that is nobody's operand, and the scope it stands in; `entered` with what a
    helper that takes logarithms computes of the caller's exponentials. `functions` are the module's own. Into `seen`,
    if it is there, goes the term of every node.
    """

    def __init__(
        self,
        module: cst.Module,
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
        self.objects = Objects(self, functions.made)
        self.subscripts = Subscripts(self)
        self.segments = Segments(self)
        self.piecewise = Piecewise(self)
        self.comprehensions = Comprehensions(self)
        self.seen: dict[int, Term] | None = None
        self.uses_torch = False
        #: The calls lifted since the last statement: what they do beside giving a value is looked at after it.
        self.calls: list[cst.Call] = []
        self._fresh = itertools.count(1)
        self._known: dict[int, tuple[Scope, Term]] = {}

    def lift(self, node: cst.BaseExpression, scope: Scope) -> Term:
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

    def path(self, node: cst.BaseExpression, scope: Scope) -> str | None:
        """The dotted path of a module, function or constant, `np.exp` being `numpy.exp`; `None` for values."""
        if isinstance(node, cst.Name):
            if node.value in scope.modules:
                return scope.modules[node.value]
            builtin = f"builtins.{node.value}"
            return builtin if node.value not in scope.versions and function(builtin) else None
        if isinstance(node, cst.Call) and len(node.args) == 1 and isinstance(node.args[0].value, cst.SimpleString):
            # `np = pytest.importorskip("numpy")` and `importlib.import_module("numpy")` give the module.
            name = called(node)
            return node.args[0].value.raw_value if name in ("importorskip", "import_module") else None
        attributes: list[str] = []
        while isinstance(node, cst.Attribute) and len(attributes) < LONGEST:
            if (chain := dotted(node)) in scope.modules:
                return ".".join([scope.modules[chain], *reversed(attributes)])
            attributes.append(node.attr.value)
            node = node.value
        if attributes and not isinstance(node, cst.Attribute) and (root := self.path(node, scope)) is not None:
            return ".".join([root, *reversed(attributes)])
        return None

    def source(self, node: cst.BaseExpression) -> str:
        """The source of an expression without the parentheses around it, as far as it can stand without."""
        return dotted(node) or source(node, self.module)

    def _lift(self, node: cst.BaseExpression, scope: Scope) -> Term:
        # The commonest first, by type: a pattern is tried with `isinstance`, which is slow for LibCST's classes.
        kind = type(node)
        if kind is cst.Name:
            return self._name(cast("cst.Name", node), scope)
        if kind is cst.Call:
            return self.call(cast("cst.Call", node), scope)
        if kind is cst.Attribute:
            return self._attribute(cast("cst.Attribute", node), scope)
        if kind is cst.Subscript:
            return self.subscripts.read(cast("cst.Subscript", node), scope)
        if kind not in READ:
            return self.opaque(node, scope)
        match node:
            case cst.Integer() | cst.Float():
                value = literals.exact(node)
                return App("infinity", (), (), node) if value is None else Const(value, node)
            case cst.UnaryOperation(operator=cst.Minus()):
                return App("neg", (self.lift(node.expression, scope),), (), node)
            case cst.UnaryOperation(operator=cst.Plus()):
                return self.lift(node.expression, scope)
            case cst.UnaryOperation(operator=cst.Not() | cst.BitInvert()):
                return App("not", (self.lift(node.expression, scope),), (), node)
            case cst.BinaryOperation(operator=operator) if type(operator) in BINARY:
                row = BINARY[type(operator)]
                return App(row.name, (self.lift(node.left, scope), self.lift(node.right, scope)), (), node)
            case cst.BinaryOperation(operator=cst.MatrixMultiply()):
                product = self.unspelled.sums.dot(node.left, node.right, node, scope)
                return product if product is not None else self.opaque(node, scope)
            case cst.BooleanOperation():
                row = ops.and_ if isinstance(node.operator, cst.And) else ops.or_
                both = (self.lift(node.left, scope), self.lift(node.right, scope))
                self.perhaps(node.right, scope)
                return App(row.name, both, (), node)
            case cst.Comparison(comparisons=chain) if all(type(t.operator) in COMPARISONS for t in chain):
                return self._compared(node, scope)
            case cst.IfExp():
                whole = tuple(self.lift(p, scope) for p in (node.test, node.body, node.orelse))
                self.perhaps(node.body, scope)
                self.perhaps(node.orelse, scope)
                return App("where", whole, (), node)
            case cst.List() | cst.Tuple() if values := literals.numbers(node):
                return Data(values, node)
            case cst.List() | cst.Tuple() if joined := self.unspelled.joined(node, scope):
                return joined
            case cst.ListComp() | cst.GeneratorExp() | cst.DictComp():
                return self.comprehensions.read(node, scope)
            case cst.NamedExpr(target=cst.Name(value=name)):
                term = self.lift(node.value, scope)
                scope.bind(name, term)
                return placed(term, node)
        return self.opaque(node, scope)

    def _compared(self, node: cst.Comparison, scope: Scope) -> Term:
        """A comparison; `a <= x < b` is `a <= x and x < b`."""
        values = [self.lift(v, scope) for v in (node.left, *(t.comparator for t in node.comparisons))]
        rows = [COMPARISONS[type(t.operator)] for t in node.comparisons]
        pairs = [App(row.name, pair) for row, pair in zip(rows, itertools.pairwise(values), strict=True)]
        return placed(functools.reduce(lambda one, other: App(ops.and_.name, (one, other)), pairs), node)

    def several(self, node: cst.BaseExpression, scope: Scope) -> Term | None:
        """What `return a, b` gives."""
        if not isinstance(node, cst.Tuple) or not all(isinstance(e, cst.Element) for e in node.elements):
            return None
        return App("several", tuple(self.lift(element.value, scope) for element in node.elements), (), node)

    def perhaps(self, node: cst.CSTNode, scope: Scope) -> None:
        """What is bound in an expression that may be left out, or be computed many times, is not known."""
        if type(node) is cst.NamedExpr:
            assert isinstance(node, cst.NamedExpr)
            for name in names_in(node.target):
                scope.forget(name)
        for child in parts(node):
            if type(child) not in LEAVES:
                self.perhaps(child, scope)

    def _name(self, node: cst.Name, scope: Scope) -> Term:
        name = node.value
        if name in ("None", "True", "False"):
            return Lit({"None": None, "True": True, "False": False}[name], node)
        if name in scope.facts:
            return named(scope.variable(name, (name,), node), scope.facts[name])
        return self.constant(scope.modules.get(name), node) or scope.variable(name, (name,), node)

    def constant(self, path: str | None, node: cst.BaseExpression) -> Term | None:
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

    def _attribute(self, node: cst.Attribute, scope: Scope) -> Term:
        path = self.path(node, scope)
        text = self.source(node)
        if path is not None:
            return self.constant(path, node) or scope.variable(text, names_in(node), node)
        if text in scope.facts:
            return named(scope.variable(text, {*names_in(node), text}, node), scope.facts[text])
        name = node.attr.value
        if (limit := literals.float_limit(node)) is not None:
            return Const(Fraction(limit), node)
        if name in ("T", "mT", "data", "values", "real"):
            inner = self.lift(node.value, scope)
            if name in ("T", "mT"):
                return App("transpose", (inner,), (), node)
            if isinstance(inner, App) and inner.op == "pair":
                return placed(inner.args[0], node)
            if isinstance(inner, App) or name == "data":
                return same_values(inner, node)
        elif not isinstance(node.value, (cst.Name, cst.Attribute)):
            return self.opaque(node, scope)
        return scope.variable(text, {*names_in(node), text}, node)

    def call(self, node: cst.Call, scope: Scope) -> Term:
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

    def opaque(self, node: cst.BaseExpression, scope: Scope) -> Term:
        """A value that is not looked into; the expressions inside it are looked at on their own."""
        self.inside(node, scope)
        if self.is_pure(node, scope):
            return scope.variable(self.source(node), names_in(node), node)
        return self.unique(node, literals.drawn_rank(node) if isinstance(node, cst.Call) else None)

    def unique(self, node: cst.BaseExpression, rank: int | None = None) -> Var:
        """A value that is equal to no other, not even to that of the same text elsewhere."""
        return Var(self.source(node), (("#", next(self._fresh)),), node, rank)

    def inside(self, node: cst.CSTNode, scope: Scope) -> None:
        """The expressions in something that is not looked into are looked at on their own."""
        if type(node) in OWN_NAMES:
            assert isinstance(node, (cst.Lambda, cst.BaseComp))
            self.perhaps(node, scope)
            inner = scope.copy()
            bound = loop_names(node.for_in) if isinstance(node, cst.BaseComp) else parameters_of(node.params)
            for name in bound:
                inner.forget(name)
            if isinstance(node, cst.Lambda):
                inner.guards = ()
            scope = inner
        # Not in a copy of the scope: names may be bound in there.
        around = scope.rounded
        scope.rounded = (around and type(node) in (cst.Arg, cst.Attribute)) or literals.gives_whole_numbers(node)
        for child in parts(node):
            if is_expression(child):
                self.found(self.lift(child, scope), scope)
            else:
                self.inside(child, scope)
        scope.rounded = around

    def is_pure(self, node: cst.CSTNode, scope: Scope) -> bool:
        """Whether the expression gives the same value wherever it stands, its names unchanged."""
        if type(node) is cst.Call:
            assert isinstance(node, cst.Call)
            path = self.path(node.func, scope)
            name = called(node)
            home = dialect_of(path) if path is not None else None
            known = home is not None and bool(home.functions) and ".random" not in (path or "")
            if not known and name not in PURE:
                return False
        if type(node) in NEVER_PURE:
            return False
        return all(self.is_pure(child, scope) for child in parts(node) if type(child) not in LEAVES)
