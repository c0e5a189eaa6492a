"""A module read from top to bottom: what each name holds at each expression, and what holds there."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Container, Iterable

from stabaudit.config.project import PLAIN, Project
from stabaudit.dialects import dialect_of, function
from stabaudit.dialects.arrays import ANY
from stabaudit.lift.array_modules import told_modules
from stabaudit.lift.assignments import Assignments
from stabaudit.lift.branches import Branches
from stabaudit.lift.classes import OWN
from stabaudit.lift.effects import Effects, ignores_overflow
from stabaudit.lift.expressions import Lifter
from stabaudit.lift.functions import LOCAL, Exit, Functions, Reading
from stabaudit.lift.growing import Growing
from stabaudit.lift.jumps import Loops
from stabaudit.lift.reexports import library_behind
from stabaudit.lift.scope import Scope
from stabaudit.source.sibling_modules import names_of
from stabaudit.syntax.bindings import bound_names, deleted, imported, simple_statements
from stabaudit.syntax.compound import Class, For, Function, If, Match, Try, While, With
from stabaudit.syntax.expressions import Call
from stabaudit.syntax.memory import bindings, changed_from_inside, has_functions
from stabaudit.syntax.node import Expression, Node, Statement, parts
from stabaudit.syntax.reads import parameters_of
from stabaudit.syntax.statements import (
    Annotated,
    Assert,
    Assign,
    Augment,
    Block,
    Declare,
    Delete,
    Evaluate,
    Import,
    ImportFrom,
    Jump,
    Module,
    Raise,
    Return,
)
from stabaudit.terms import App, Const, Data, Term


class Reader:
    """Walks the statements of a module and hands every expression to `found`, with its scope.

    `entered` gets what helpers that take logarithms make of exponentials that they are given.
    Of functions and methods only those that are `wanted` by name are walked, if it says so. `changed_elsewhere` are
    names that functions change which are not in `module`.
    """

    def __init__(
        self,
        module: Module,
        found: Callable[[Term, Scope], None],
        functions: Functions | None = None,
        project: Project = PLAIN,
        changed_elsewhere: frozenset[str] = frozenset(),
        wanted: Container[str] | None = None,
        entered: Callable[[Term, Scope], None] = lambda term, scope: None,
    ) -> None:
        self.module = module
        self.wanted = wanted
        self.project = project
        self.found = found
        self.functions = functions or Functions(module, self._read_in_silence, changed_elsewhere)
        self.lifter = Lifter(module, found, self.functions, entered)
        self.effects = Effects(self.lifter)
        self._class = ""
        self._exits: list[Exit] | None = None
        self._depth = 0
        self._bindings = self.functions.bindings
        self._start: tuple[Scope, bool] | None = None
        # These hold the reader, and those of a lifter that, by a weak reference: a circle would keep the tree.
        self.assignments = Assignments(self)
        self.loops = Loops(self)
        self.growing = Growing(self)
        self.branches = Branches(self)

    def read(self) -> None:
        """Read the whole module."""
        self.block(self.module.body, self._outermost())

    def _outermost(self) -> Scope:
        """What is known before the first statement: imports, and the module's own functions."""
        pinned = {way: path for name, path in self.project.arrays for way in (name, f"self.{name}")}
        scope = Scope(modules=dict(pinned), volatile=self.functions.volatile, pinned=pinned)
        scope.modules |= self.functions.classes.of_classes
        for name in scope.modules:
            scope.own(name)
        self._hoist_imports(self.module, scope)
        for name in bound_names(self.module):
            if function(f"builtins.{name}") is not None:
                scope.forget(name)
        for path in self.functions.definitions:
            name = path.removeprefix(OWN)
            if "." not in name:
                scope.modules[name] = path
        return scope

    def _read_in_silence(self, path: str, node: Function, around: Scope | None) -> Reading:
        """A function read in silence.

        `around` is known where a lambda, or a function in a function, is defined.
        """
        silent = self.silent()
        silent._exits = []
        if not path.startswith(f"{OWN}{LOCAL}"):
            owner = path.removeprefix(OWN).rpartition(".")[0]
            silent._class = f"{owner}." if owner else ""
        silent._bindings = self.functions.bindings
        if self._start is None:
            self._start = silent._outermost(), silent.lifter.uses_torch
        outer, torch = self._start
        silent.lifter.uses_torch = silent.lifter.uses_torch or torch
        start = silent._inner_scope(node, (outer if around is None else around).copy())
        silent._bindings = silent._bindings_in(node)
        end = start.copy()
        silent.statement(node.body, end)
        return Reading(start, end, silent._exits)

    def silent(self) -> Reader:
        """A reader of the same module that hands nothing on."""
        silent = Reader(self.module, lambda term, scope: None, self.functions, self.project)
        silent.lifter.uses_torch = self.lifter.uses_torch
        silent._bindings = self._bindings
        return silent

    @property
    def derives(self) -> bool:
        """Whether a function is read for what it computes of its parameters, not for what its names hold."""
        return self._exits is not None

    def _hoist_imports(self, node: Node, scope: Scope) -> None:
        """Imports at the top level hold in functions that stand above them, too."""
        assert isinstance(node, Module)
        for statement in node.body:
            inside = simple_statements(statement) if isinstance(statement, (Try, If)) else (statement,)
            for simple in inside:
                if isinstance(simple, (Import, ImportFrom)):
                    self._import(simple, scope)

    def block(self, body: Iterable[Node], scope: Scope) -> bool:
        """Read statements in order; true if the end is never reached."""
        ended = False
        for statement in body:
            ended = self.statement(statement, scope) or ended
        return ended

    def statement(self, node: Node, scope: Scope) -> bool:
        """Read a statement or a block; true if its end is never reached."""
        self.lifter.next_statement()
        match node:
            case Block():
                return self.block(node.body, scope)
            case If():
                return self.branches.of_if(node, scope)
            case For():
                self.loops.of_for(node, scope)
            case While():
                self.loops.of_while(node, scope)
            case With():
                return self.branches.of_with(node, scope)
            case Try():
                self.branches.of_try(node, scope)
            case Function():
                self._function(node, scope)
            case Class():
                for argument in [*node.args, *node.decorators]:
                    self.children(argument, scope)
                outside, self._class = self._class, f"{self._class}{node.name}."
                inner = scope.copy()
                for name in bound_names(node.body):
                    self._bindings[name] += 1
                self.block(node.body.body, inner)
                self._class = outside
                scope.forget(node.name)
                every = self.functions.classes.of_classes
                called = {name: path for name, path in every.items() if name.startswith(f"{outside}{node.name}.")}
                for name in called:
                    scope.own(name)
                scope.modules |= called
            case Match():
                self.branches.of_match(node, scope)
            case Statement():
                return self._simple(node, scope)
        return False

    def _simple(self, node: Statement, scope: Scope) -> bool:
        match node:
            case Import() | ImportFrom():
                self._import(node, scope)
            case Assign():
                self.assignments.assign(node.targets, node.value, scope)
            case Annotated(value=Expression()):
                assert node.value is not None
                self.assignments.assign([node.target], node.value, scope)
            case Augment():
                self.assignments.augment(node, scope)
            case Evaluate():
                left = self.effects.in_place(node.value, scope)
                self.expression(node.value, scope)
                self.effects.of_statement(node.value, left, scope)
            case Return(value=Expression()):
                assert node.value is not None
                term = self.expression(node.value, scope)
                if self._exits is not None and self._depth == 0:
                    self._exits.append((scope.guards, self.lifter.several(node.value, scope) or term))
                return True
            case Return() | Raise():
                self.children(node, scope)
                return True
            case Jump(word=word):
                if word == "pass":
                    return False
                self.loops.record_jump(scope)
                return True
            case Declare():
                for name in node.names:
                    scope.forget(name)
            case Delete():
                self.children(node, scope)
                for name in deleted(node):
                    scope.forget(name)
            case Assert():
                self.children(node, scope)
                condition = self.lifter.lift(node.test, scope)
                scope.guards = (*scope.guards, condition)
            case _:
                self.children(node, scope)
        return False

    def expression(self, node: Expression, scope: Scope) -> Term:
        """Read an expression, hand it on, and forget what its calls may have changed."""
        term = self.lifter.lift(node, scope)
        self.found(term, scope)
        self.effects.settle(scope)
        return term

    def children(self, node: Node, scope: Scope) -> None:
        """The expressions in a statement that is not read closer."""
        for child in parts(node):
            if isinstance(child, Expression):
                self.expression(child, scope)
            else:
                self.children(child, scope)

    def _import(self, node: Import | ImportFrom, scope: Scope) -> None:
        for name, written in imported(node):
            scope.forget(name)
            source = library_behind(written) if isinstance(node, ImportFrom) else written
            path = self.functions.borrowed.get(written) or self.project.meaning(source)
            if name in scope.pinned and dialect_of(path) is None:
                continue
            scope.modules[name] = path
            self.lifter.uses_torch = self.lifter.uses_torch or path.split(".")[0] == "torch"
        if isinstance(node, ImportFrom) and node.is_of_all:
            package = node.package
            home = dialect_of(package)
            if home is not None:
                for path in home.functions:
                    parent, _, name = path.rpartition(".")
                    if parent == package:
                        scope.forget(name)
                        scope.modules[name] = path
            else:
                self._import_all(package, scope)

    def _import_all(self, package: str, scope: Scope) -> None:
        """`from .common import *`: what a module of the project binds, as far as it is of a library."""
        for name, origin in (names_of(package) or {}).items():
            scope.forget(name)
            if origin is not None and dialect_of(origin) is not None:
                scope.modules[name] = origin
        for path, own in self.functions.borrowed.items():
            if path == f"{package}.{own.removeprefix(OWN)}" or path == f"{package}{own.removeprefix(OWN)}":
                scope.modules[own.removeprefix(OWN)] = own

    def _function(self, node: Function, scope: Scope) -> None:
        if self._depth or self.wanted is None or node.name in self.wanted:
            self._read_function(node, scope)
        scope.forget(node.name)
        if self._depth:
            scope.modules[node.name] = self.functions.define(node, scope)
        elif (path := f"{OWN}{self._class}{node.name}") in self.functions.definitions and not self._class:
            scope.modules[node.name] = path

    def _read_function(self, node: Function, scope: Scope) -> None:
        for decorator in node.decorators:
            self.expression(decorator, scope)
        self.children(node.parameters, scope)
        inner = self._inner_scope(node, scope)
        outside, self._bindings = self._bindings, self._bindings_in(node)
        self._depth += 1
        self.statement(node.body, inner)
        self._depth -= 1
        self._bindings = outside

    def _names_no_module(self, name: str, own: set[str], scope: Scope) -> bool:
        """Whether a name is none of a module that is known around a function, which does not bind it itself."""
        root = name.partition(".")[0]
        return root in own or (root not in scope.modules and name not in scope.modules)

    def _bindings_in(self, node: Function) -> Counter[str]:
        """How often the names that the functions in a function see are given a value where they are at home."""
        if not has_functions(node.body):
            return self._bindings
        own = bindings(node.body)
        return Counter({**self._bindings, **dict.fromkeys(parameters_of(node.parameters), 0), **own})

    def _inner_scope(self, node: Function, scope: Scope) -> Scope:
        """What is known at the first statement of a function."""
        inner = Scope(
            modules=dict(scope.modules),
            versions=dict(scope.versions),
            quiet=scope.quiet,
            pinned=scope.pinned,
            owners=scope.owners,
        )
        # A name that is bound once, and not in a class body, is the same number whenever the function is called.
        inner.facts = {n: t for n, t in scope.facts.items() if _is_number(t) and self._bindings[n] == 1}
        for call in node.decorators:
            if isinstance(call, Call) and self.lifter.path(call.func, scope) == "numpy.errstate":
                inner.quiet = inner.quiet or ignores_overflow(call)
        own = {*parameters_of(node.parameters), *bound_names(node.body, scope.modules)}
        told = {name: ANY for name in told_modules(node.body) if self._names_no_module(name, own, scope)}
        inner.pinned = {**told, **scope.pinned}
        for name in told:
            inner.own(name)
        for name in (*own, *told):
            inner.forget(name)
        inner.volatile = changed_from_inside(node.body) | (scope.volatile - parameters_of(node.parameters))
        inner.local, inner.owner, inner.function, inner.body = scope.local | own, self._class, node.name, node.body
        inner.objects = {name: made for name, made in scope.objects.items() if name not in own}
        if self._class:
            inner.owners.add("self")
            inner.modules |= self.functions.classes.methods.get(self._class, {})
        return inner


def _is_number(term: Term) -> bool:
    """Whether it is the same number, or numbers, wherever it is read: `3`, `np.log(2 * np.pi)`."""
    return isinstance(term, (Const, Data)) or (isinstance(term, App) and not term.variables)
