"""A module read from top to bottom: what each name holds at each expression, and what holds there."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence

import libcst as cst

from stabaudit import ops
from stabaudit.dialects import dialect_of, function
from stabaudit.lift.effects import Effects, ignores_overflow
from stabaudit.lift.expressions import Lifter
from stabaudit.lift.functions import OWN, Exit, Functions
from stabaudit.lift.known import says_more
from stabaudit.lift.literals import column, is_range
from stabaudit.lift.loops import Accumulator, accumulators, total
from stabaudit.lift.memory import changed_from_inside, changed_in_place, viewed
from stabaudit.lift.names import bound_names, deleted, dotted, imported, names_in, parameters_of, small_statements
from stabaudit.lift.nodes import parts
from stabaudit.lift.scope import Scope, is_choice, join
from stabaudit.project import PLAIN, Project
from stabaudit.terms import App, Const, Data, Lit, Term, Var, without_origin

AUGMENTED: dict[type[cst.CSTNode], ops.Op] = {
    cst.AddAssign: ops.add,
    cst.SubtractAssign: ops.sub,
    cst.MultiplyAssign: ops.mul,
    cst.DivideAssign: ops.div,
    cst.PowerAssign: ops.pow_,
}


class Reader:
    """Walks the statements of a module and hands every expression to `found`, with its scope."""

    def __init__(
        self,
        module: cst.Module,
        found: Callable[[Term, Scope], None],
        functions: Functions | None = None,
        project: Project = PLAIN,
    ) -> None:
        self.module = module
        self.project = project
        self.found = found
        self.functions = functions or Functions(module, self._exits_of)
        self.lifter = Lifter(module, found, self.functions)
        self.effects = Effects(self.lifter)
        self._class = ""
        self._exits: list[Exit] | None = None
        self._depth = 0
        self._bindings = self.functions.bindings
        # What is known at each `break` and `continue` of the loops around, innermost last.
        self._leaps: list[list[Scope]] = []

    def read(self) -> None:
        """Read the whole module."""
        self._block(self.module.body, self._outermost())

    def _outermost(self) -> Scope:
        """What is known before the first statement: imports, and the module's own functions."""
        pinned = {way: path for name, path in self.project.arrays for way in (name, f"self.{name}")}
        scope = Scope(modules=dict(pinned), volatile=changed_from_inside(self.module), pinned=pinned)
        self._hoist_imports(self.module, scope)
        for name in bound_names(self.module):
            if function(f"builtins.{name}") is not None:
                scope.forget(name)
        for path in self.functions.definitions:
            name = path.removeprefix(OWN)
            if "." not in name:
                scope.modules[name] = path
        return scope

    def _exits_of(self, node: cst.FunctionDef) -> tuple[Scope, list[Exit]]:
        """The parameters' scope and the ways out of a function, read in silence."""
        silent = Reader(self.module, lambda term, scope: None, self.functions, self.project)
        silent.lifter.uses_torch = self.lifter.uses_torch
        silent._exits = []
        outer = silent._outermost()
        start = silent._inner_scope(node, outer)
        silent._statement(node.body, start.copy())
        return start, silent._exits

    def _hoist_imports(self, node: cst.CSTNode, scope: Scope) -> None:
        """Imports at the top level hold in functions that stand above them, too."""
        assert isinstance(node, cst.Module)
        for statement in node.body:
            if isinstance(statement, cst.SimpleStatementLine):
                for small in statement.body:
                    if isinstance(small, (cst.Import, cst.ImportFrom)):
                        self._import(small, scope)
            elif isinstance(statement, (cst.Try, cst.If)):
                for small in small_statements(statement):
                    if isinstance(small, (cst.Import, cst.ImportFrom)):
                        self._import(small, scope)

    def _block(self, body: Iterable[cst.CSTNode], scope: Scope) -> bool:
        """Read statements in order; true if the end is never reached."""
        ended = False
        for statement in body:
            ended = self._statement(statement, scope) or ended
        return ended

    def _statement(self, node: cst.CSTNode, scope: Scope) -> bool:
        self.lifter.next_statement()
        match node:
            case cst.SimpleStatementLine() | cst.SimpleStatementSuite():
                ended = [self._small(s, scope) for s in node.body]
                return any(ended)
            case cst.IndentedBlock():
                return self._block(node.body, scope)
            case cst.If():
                return self._if(node, scope)
            case cst.For():
                self._for(node, scope)
            case cst.While():
                self._while(node, scope)
            case cst.With():
                return self._with(node, scope)
            case cst.Try() | cst.TryStar():
                self._try(node, scope)
            case cst.FunctionDef():
                self._function(node, scope)
            case cst.ClassDef():
                for argument in [*node.bases, *node.keywords, *node.decorators]:
                    self._children(argument, scope)
                outside, self._class = self._class, f"{self._class}{node.name.value}."
                inner = scope.copy()
                for name in bound_names(node.body):
                    self._bindings[name] += 1
                self._block(node.body.body, inner)
                self._class = outside
                scope.forget(node.name.value)
            case cst.Match():
                self._expression(node.subject, scope)
                branches = [scope.copy() for _ in node.cases]
                for case, branch in zip(node.cases, branches, strict=False):
                    for name in bound_names(case, scope.modules):
                        branch.forget(name)
                    self._block(case.body.body, branch)
                for branch in branches:
                    scope.merge(scope.copy(), branch, self.lifter.unknown("no exception"))
        return False

    def _small(self, node: cst.BaseSmallStatement, scope: Scope) -> bool:
        self.lifter.next_statement()
        match node:
            case cst.Import() | cst.ImportFrom():
                self._import(node, scope)
            case cst.Assign():
                self._assign([t.target for t in node.targets], node.value, scope)
            case cst.AnnAssign(value=cst.BaseExpression()):
                assert node.value is not None
                self._assign([node.target], node.value, scope)
            case cst.AugAssign():
                self._augment(node, scope)
            case cst.Expr():
                self._expression(node.value, scope)
                self.effects.of_statement(node.value, scope)
            case cst.Return(value=cst.BaseExpression()):
                assert node.value is not None
                term = self._expression(node.value, scope)
                if self._exits is not None and self._depth == 0:
                    self._exits.append((scope.guards, term))
                return True
            case cst.Return() | cst.Raise():
                self._children(node, scope)
                return True
            case cst.Continue() | cst.Break():
                if self._leaps:
                    self._leaps[-1].append(scope.copy())
                return True
            case cst.Global() | cst.Nonlocal():
                for item in node.names:
                    scope.forget(item.name.value)
            case cst.Del():
                self._children(node, scope)
                for name in deleted(node):
                    scope.forget(name)
            case cst.Assert():
                self._children(node, scope)
                condition = self.lifter.lift(node.test, scope)
                scope.guards = (*scope.guards, condition)
            case _:
                self._children(node, scope)
        return False

    def _expression(self, node: cst.BaseExpression, scope: Scope) -> Term:
        term = self.lifter.lift(node, scope)
        self.found(term, scope)
        self.effects.settle(scope)
        return term

    def _children(self, node: cst.CSTNode, scope: Scope) -> None:
        """The expressions in a statement that is not read closer."""
        for child in parts(node):
            if isinstance(child, cst.BaseExpression):
                self._expression(child, scope)
            else:
                self._children(child, scope)

    def _import(self, node: cst.Import | cst.ImportFrom, scope: Scope) -> None:
        for name, written in imported(node):
            scope.forget(name)
            path = self.project.meaning(written)
            if name in scope.pinned and dialect_of(path) is None:
                continue
            scope.modules[name] = path
            self.lifter.uses_torch = self.lifter.uses_torch or path.split(".")[0] == "torch"
        if isinstance(node, cst.ImportFrom) and isinstance(node.names, cst.ImportStar) and node.module is not None:
            package = dotted(node.module)
            home = dialect_of(package)
            if home is not None:
                for path in home.functions:
                    parent, _, name = path.rpartition(".")
                    if parent == package:
                        scope.forget(name)
                        scope.modules[name] = path

    def _assign(self, targets: Sequence[cst.BaseExpression], value: cst.BaseExpression, scope: Scope) -> None:
        path = self.lifter.path(value, scope)
        term = self._expression(value, scope)
        for target in targets:
            self._bind(target, value, term, path, scope)

    def _bind(
        self,
        target: cst.BaseExpression,
        value: cst.BaseExpression | None,
        term: Term | None,
        path: str | None,
        scope: Scope,
    ) -> None:
        if isinstance(target, (cst.Name, cst.Attribute)):
            name = dotted(target)
            if name is None:
                return
            scope.bind(name, term if path is None and says_more(term, value) else None)
            if path is None:
                scope.share(name, (viewed(value) if value is not None else set()) - {name})
            if path is not None:
                scope.modules[name] = path
        elif isinstance(target, (cst.Tuple, cst.List)):
            parts = [e.value for e in target.elements]
            if isinstance(value, (cst.Tuple, cst.List)) and len(value.elements) == len(parts):
                terms = [self.lifter.lift(e.value, scope) for e in value.elements]
                for part, element, known_term in zip(parts, value.elements, terms, strict=False):
                    self._bind(part, element.value, known_term, self.lifter.path(element.value, scope), scope)
                return
            for i, part in enumerate(parts):
                first = term.args[0] if i == 0 and isinstance(term, App) and term.op == "pair" else None
                self._bind(part, None, first, None, scope)
                if value is not None:
                    for name in names_in(part):
                        scope.share(name, viewed(value) - {name})
        elif isinstance(target, cst.Subscript):
            self._children(target, scope)
            name = dotted(target.value)
            if (key := column(target)) is not None:
                # Another column, or another key, is as it was.
                for other in viewed(target) - {name}:
                    scope.mutate(other)
                scope.bind(key, term)
                return
            self.effects.mutate(target, scope)
            whole = all(isinstance(s.slice, cst.Slice) and s.slice.lower is s.slice.upper is None for s in target.slice)
            if name is not None and whole and isinstance(term, App):
                scope.bind(name, term)
        elif isinstance(target, cst.StarredElement):
            self._bind(target.value, None, None, None, scope)

    def _augment(self, node: cst.AugAssign, scope: Scope) -> None:
        value = self.lifter.lift(node.value, scope)
        row = AUGMENTED.get(type(node.operator))
        name = dotted(node.target) or column(node.target)
        before = self.lifter.lift(node.target, scope)
        if row is None or name is None:
            if row is not None and isinstance(before, App):
                self.found(App(row.name, (before, value), (), node), scope)
            else:
                self.found(value, scope)
                self._children(node.target, scope)
            self.effects.mutate(node.target, scope)
            return
        term = App(row.name, (before, value), (), node)
        self.found(term, scope)
        scope.mutate(name)
        # A weight multiplied up from round to round is not the exponential of its last step.
        running = row is ops.mul and isinstance(before, Var)
        scope.bind(name, None if running else term)

    def _if(self, node: cst.If, scope: Scope) -> bool:
        condition = self._expression(node.test, scope)
        negation = App("not", (condition,))
        taken, other = scope.guarded(condition), scope.guarded(negation)
        taken_ends = self._statement(node.body, taken)
        other_ends = False
        if isinstance(node.orelse, cst.If):
            other_ends = self._if(node.orelse, other)
        elif node.orelse is not None:
            other_ends = self._statement(node.orelse.body, other)
        if taken_ends and not other_ends:
            scope.take(other)
        elif other_ends and not taken_ends:
            scope.take(taken)
        else:
            guards = scope.guards
            scope.merge(taken, other, condition)
            scope.guards = guards
        return taken_ends and other_ends

    def _loop(
        self, body: cst.BaseSuite, orelse: cst.Else | None, scope: Scope, targets: set[str], *guards: Term
    ) -> None:
        in_place = changed_in_place(body) - scope.modules.keys()
        changed = targets | bound_names(body, scope.modules) | in_place
        before = {n: scope.facts.get(n) for n in changed}
        fresh = {n for n in changed if n not in scope.versions}
        for name in changed:
            if name in targets and name not in in_place:
                scope.forget(name)
            else:
                scope.mutate(name)
        entered = scope.copy()
        inner = scope.guarded(*guards)
        self._leaps.append([])
        self._statement(body, inner)
        leaps = self._leaps.pop()
        for name in changed:
            left = self._left(name, [inner, *leaps])
            if name in targets and name not in in_place:
                scope.forget(name)
            else:
                scope.mutate(name)
            scope.versions[name] = max(s.versions.get(name, 0) for s in (scope, inner, *leaps)) + 1
            old = before[name] if name not in fresh else left
            if left is not None and old is not None:
                joined = join(left, old, self.lifter.unknown("another round"))
                if not is_choice(joined) and not isinstance(joined, Const):
                    scope.facts[name] = joined
        for name in inner.changed_since(entered) - changed:
            scope.mutate(name)
        if orelse is not None:
            self._statement(orelse.body, scope)

    def _left(self, name: str, ends: Sequence[Scope]) -> Term | None:
        """What a name holds after a round, whichever way it ended."""
        first, *others = (end.facts.get(name) for end in ends)
        for other in others:
            if first is None or other is None:
                return None
            first = join(first, other, self.lifter.unknown("another way out"))
        return first

    def _for(self, node: cst.For, scope: Scope) -> None:
        source = self._expression(node.iter, scope)
        built = accumulators(node)
        starts = {a.name: scope.facts.get(a.name) for a in built}
        rounds = self._all_rounds(node, source, scope) if built else None
        for name in names_in(node.target):
            scope.share(name, viewed(node.iter) - {name})
        self._loop(node.body, node.orelse, scope, names_in(node.target))
        if rounds is None:
            return
        for accumulator in built:
            start = starts[accumulator.name]
            if (whole := self._from_first_on(node, accumulator, start, scope)) is not None:
                scope.bind(accumulator.name, whole)
                continue
            step = rounds.get(id(accumulator.step))
            value = total(accumulator, step, start) if step is not None else None
            if value is not None and not isinstance(step, Const):
                scope.bind(accumulator.name, value)

    def _from_first_on(self, node: cst.For, built: Accumulator, start: Term | None, scope: Scope) -> Term | None:
        """`s = xs[0]`, then `for x in xs[1:]: s += x`: the sum of all."""
        if built.kind != "sum" or dotted(built.step) != dotted(node.target):
            return None
        match node.iter:
            case cst.Subscript(
                value=whole, slice=[cst.SubscriptElement(slice=cst.Slice(lower=cst.Integer("1"), upper=None))]
            ):
                first = start
                while isinstance(first, App) and first.op == "same":
                    first = first.args[0]
                values = self.lifter.lift(whole, scope)
                if isinstance(first, App) and first.op == "item" and first.args[0] == values:
                    attrs = (("axis", Const(0)), ("keepdims", Lit(False)))
                    return App("built", (App("sum", (without_origin(values),), attrs),)) if _is_first(first) else None
        return None

    def _all_rounds(self, node: cst.For, source: Term, scope: Scope) -> dict[int, Term]:
        """What the expressions of a loop's body are over all rounds at once, by node."""
        assert isinstance(node.target, cst.Name)
        silent = Reader(self.module, lambda term, scope: None, self.functions, self.project)
        silent.lifter.uses_torch = self.lifter.uses_torch
        silent.lifter.seen = {}
        inner = scope.copy()
        for name in bound_names(node.body, scope.modules):
            inner.forget(name)
        if is_range(node.iter):
            inner.forget(node.target.value)
            inner.indices |= {node.target.value}
        else:
            inner.bind(node.target.value, source)
        silent._statement(node.body, inner)
        return silent.lifter.seen

    def _while(self, node: cst.While, scope: Scope) -> None:
        for name in bound_names(node.body, scope.modules) | (changed_in_place(node.body) - scope.modules.keys()):
            scope.mutate(name)
        condition = self._expression(node.test, scope)
        self._loop(node.body, node.orelse, scope, set(), condition)

    def _with(self, node: cst.With, scope: Scope) -> bool:
        before = scope.quiet
        for item in node.items:
            self._expression(item.item, scope)
            if isinstance(item.item, cst.Call) and self.lifter.path(item.item.func, scope) == "numpy.errstate":
                scope.quiet = scope.quiet or ignores_overflow(item.item)
            if item.asname is not None:
                for name in names_in(item.asname.name):
                    scope.forget(name)
                    scope.share(name, viewed(item.item) - {name})
        outside = scope.copy()
        ended = self._statement(node.body, scope)
        scope.quiet = before
        if any(_swallows(item.item) for item in node.items):
            for name in scope.changed_since(outside):
                scope.forget(name)
            return False
        return ended

    def _try(self, node: cst.Try | cst.TryStar, scope: Scope) -> None:
        start = scope.copy()
        before = scope.copy()
        self._statement(node.body, scope)
        # An exception comes before or after any of the body's steps.
        for name in {*bound_names(node.body, scope.modules), *scope.changed_since(start)}:
            before.forget(name)
            before.versions[name] = max(before.versions[name], scope.versions.get(name, 0)) + 1
        for handler in node.handlers:
            branch = before.copy()
            if handler.name is not None:
                for name in names_in(handler.name.name):
                    branch.forget(name)
            if not self._statement(handler.body, branch):
                scope.merge(scope.copy(), branch, self.lifter.unknown("no exception"))
        if node.orelse is not None:
            self._statement(node.orelse.body, scope)
        if node.finalbody is not None:
            # It is reached with an exception under way, too.
            final = scope.copy()
            for part in (node.body, *node.handlers, *([node.orelse] if node.orelse else ())):
                for name in bound_names(part, scope.modules):
                    final.forget(name)
            for name in scope.changed_since(start):
                final.forget(name)
            entered = final.copy()
            self._statement(node.finalbody.body, final)
            for name in final.changed_since(entered):
                scope.forget(name)

    def _function(self, node: cst.FunctionDef, scope: Scope) -> None:
        for decorator in node.decorators:
            self._expression(decorator.decorator, scope)
        self._children(node.params, scope)
        inner = self._inner_scope(node, scope)
        self._depth += 1
        self._statement(node.body, inner)
        self._depth -= 1
        scope.forget(node.name.value)
        if (path := f"{OWN}{self._class}{node.name.value}") in self.functions.definitions and not self._class:
            scope.modules[node.name.value] = path

    def _inner_scope(self, node: cst.FunctionDef, scope: Scope) -> Scope:
        """What is known at the first statement of a function."""
        inner = Scope(
            modules=dict(scope.modules), versions=dict(scope.versions), quiet=scope.quiet, pinned=scope.pinned
        )
        # A name that is bound once, and not in a class body, is the same number whenever the function is called.
        inner.facts = {n: t for n, t in scope.facts.items() if isinstance(t, (Const, Data)) and self._bindings[n] == 1}
        inner.compiled = scope.compiled
        for decorator in node.decorators:
            call = decorator.decorator
            inner.compiled = inner.compiled or self._compiler(call, scope)
            if isinstance(call, cst.Call) and self.lifter.path(call.func, scope) == "numpy.errstate":
                inner.quiet = inner.quiet or ignores_overflow(call)
        own = {*parameters_of(node.params), *bound_names(node.body, scope.modules)}
        inner.forget_each(own)
        inner.volatile = changed_from_inside(node.body) | (scope.volatile - parameters_of(node.params))
        if self._class:
            inner.modules |= self.functions.methods.get(self._class, {})
        return inner

    def _compiler(self, decorator: cst.BaseExpression, scope: Scope) -> str | None:
        """The name of a decorator that compiles what it decorates and takes NumPy alone."""
        func = decorator.func if isinstance(decorator, cst.Call) else decorator
        path = self.lifter.path(func, scope) or ""
        return path if path.split(".")[0] in ("numba", "taichi", "pythran", "cython") else None


def _is_first(item: App) -> bool:
    place = item.attr("place")
    return isinstance(place, Var) and place.name == "0"


def _swallows(manager: cst.BaseExpression) -> bool:
    """Whether a context manager is made to end its block early: `suppress(ValueError)`, `pytest.raises(...)`."""
    func = manager.func if isinstance(manager, cst.Call) else manager
    name = (dotted(func) or "").rpartition(".")[2].lower()
    return "suppress" in name or "raises" in name or "ignore" in name
