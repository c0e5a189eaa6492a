"""Objects that are called like functions, `nn.Softmax(dim=1)(x)`, `self.softmax(x)`, or asked, `norm(0, 1).cdf(x)`."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING
from weakref import proxy

from stabaudit.dialects import REFUSED, callable_object, function
from stabaudit.dialects.copies import CHAINS
from stabaudit.lift import literals
from stabaudit.lift.classes import OWN, Classes
from stabaudit.lift.scope import Scope
from stabaudit.syntax.dotted import dotted
from stabaudit.syntax.expressions import Attribute, Call, Name
from stabaudit.syntax.node import Expression
from stabaudit.syntax.printer import source
from stabaudit.terms import App, Lit, Term, ops, placed

if TYPE_CHECKING:
    from stabaudit.lift.expressions import Lifter


class Objects:
    """Reads the calls of objects, and their properties."""

    def __init__(self, lifter: Lifter, classes: Classes) -> None:
        self.lifter: Lifter = proxy(lifter)
        self.classes = classes

    def read(self, node: Call, scope: Scope) -> Term | None:
        """What an object, or a method of an own class, computes of what it is called with; a loss of two values."""
        if (frozen := self._frozen(node, scope)) is not None:
            return frozen
        if (method := self._method(node.func, scope)) is not None:
            return self.lifter.unspelled.own_call(node, method, scope, of_self=False)
        if isinstance(node.func, Name) and node.func.name == "self" and scope.owner:
            # A module calls itself.
            forward = f"{OWN}{scope.owner}forward"
            known = forward in self.lifter.functions.definitions
            return self.lifter.unspelled.own_call(node, forward, scope) if known else None
        maker = self._maker(node.func, scope)
        if maker is None:
            return None
        if (own := self._own(maker)) is not None:
            return self.lifter.unspelled.own_call(node, own, scope, of_self=False)
        if len(node.args) not in (1, 2) or any(a.star or a.keyword is not None for a in node.args):
            return None
        if len(node.args) == 2:
            return self._of_two(node, maker, scope)
        operation = self._operation(maker, scope)
        if operation is not None:
            made = operation(self.lifter.lift(node.args[0].value, scope), node)
            return made if len(ops.TABLE[made.op].operands) == 1 else None
        path = self.lifter.path(maker.func, scope) or ""
        last = maker.args[-1].value if maker.args and not maker.args[-1].star else None
        if path.rpartition(".")[2] in CHAINS and isinstance(last, Call):
            operation = self._operation(last, scope)
            if operation is not None:
                self.lifter.inside(node, scope)
                return operation(self.lifter.unknown(f"what `{source(node)}` gives its last layer"), node)
        return None

    def _frozen(self, node: Call, scope: Scope) -> Term | None:
        """What a distribution with its parameters gives: `norm(0, 1).cdf(x)` is `norm.cdf(x, 0, 1)`."""
        if not isinstance(node.func, Attribute) or (maker := self._maker(node.func.value, scope)) is None:
            return None
        path = f"{self.lifter.path(maker.func, scope)}.{node.func.attr}"
        whole = Call(Attribute(maker.func, node.func.attr), (*node.args, *maker.args))
        term = self.lifter.spelled.read(whole, path, scope) if function(path) is not None else None
        return None if term is None else placed(term, node)

    def _of_two(self, node: Call, maker: Call, scope: Scope) -> Term | None:
        """What a loss computes of input and target."""
        operation = self._operation(maker, scope)
        if operation is None:
            return None
        values = [self.lifter.lift(argument.value, scope) for argument in node.args]
        made = operation(values[0], node)
        if len(ops.TABLE[made.op].operands) != 2:
            return None
        return App(made.op, (values[0], values[1]), made.attrs, node, made.library)

    def is_one(self, maker: Expression | None, scope: Scope) -> bool:
        """Whether a call makes an object that is looked into when it is called."""
        if not isinstance(maker, Call):
            return False
        if f"{dotted(maker.func)}." in self.classes.made:
            return True
        path = self.lifter.path(maker.func, scope) or ""
        if function(f"{path}.cdf") is not None:
            # Names in its parameters may stand for something else when it is asked.
            return all(literals.is_number(argument.value) for argument in maker.args)
        return path.rpartition(".")[2] in CHAINS or callable_object(path) is not None

    def _maker(self, func: Expression, scope: Scope) -> Call | None:
        """The call that made the object, if it is known."""
        if isinstance(func, Call):
            return func
        chain = dotted(func)
        if chain is None or chain in scope.modules or chain in scope.facts:
            return None
        return scope.objects.get(chain) or self.classes.made.get(scope.owner, {}).get(chain)

    def _method(self, func: Expression, scope: Scope) -> str | None:
        """The path of the method of an own class that is called by its name: `Softmax().forward`."""
        if not isinstance(func, Attribute) or (maker := self._maker(func.value, scope)) is None:
            return None
        return self._named(maker, func.attr, self.classes.methods)

    def property(self, node: Attribute, scope: Scope) -> Term | None:
        """What a property of `self`, or of an object of an own class, gives: it is called where its name is read."""
        known = self.classes.properties
        if not known:
            return None
        of_self = source(node.value) == "self"
        if of_self:
            path = known.get(scope.owner, {}).get(f"self.{node.attr}")
        else:
            maker = self._maker(node.value, scope)
            path = None if maker is None else self._named(maker, node.attr, known)
        if path is None:
            return None
        term = self.lifter.unspelled.own_call(Call(node, ()), path, scope, of_self=of_self)
        # Its steps are where it is read: nothing is written there that is a call.
        return App(term.op, term.args, term.attrs, node) if isinstance(term, App) else None

    @staticmethod
    def _named(maker: Call, name: str, known: Mapping[str, Mapping[str, str]]) -> str | None:
        return known.get(f"{dotted(maker.func)}.", {}).get(f"self.{name}")

    def _own(self, maker: Call) -> str | None:
        """The path of the method that a call of an object of an own class calls."""
        ways = (self._named(maker, name, self.classes.methods) for name in ("__call__", "forward"))
        return next(filter(None, ways), None)

    def _operation(self, maker: Call, scope: Scope) -> Callable[[Term, Call], App] | None:
        """What an object of a library computes, as a function of what it is called with."""
        known = callable_object(self.lifter.path(maker.func, scope) or "")
        if known is None or any(argument.star for argument in maker.args):
            return None
        dialect, spelling = known
        roles = {p.name: p.role for p in spelling.parameters}
        positional = [p.name for p in spelling.parameters]
        settings: dict[str, Term] = {}
        for argument in maker.args:
            if argument.keyword is None and not positional:
                return None
            name = argument.keyword if argument.keyword is not None else positional.pop(0)
            if roles.get(name, REFUSED) == REFUSED:
                return None
            settings[roles[name]] = self.lifter.spelled.setting(roles[name], argument.value, scope)
        row = ops.TABLE[spelling.op]
        attrs = tuple((name, settings.get(name, Lit(None))) for name in row.settings)
        return lambda value, node: App(row.name, (value,), attrs, node, dialect.name)
