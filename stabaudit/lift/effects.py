"""What calls do beside giving a value: they change the memory of what they are given and called on."""

from __future__ import annotations

from stabaudit.dialects import dialect_of, function
from stabaudit.dialects.views import changes_its_object
from stabaudit.lift.classes import OWN
from stabaudit.lift.expressions import Lifter
from stabaudit.lift.literals import word
from stabaudit.lift.scope import Scope
from stabaudit.syntax.dotted import dotted
from stabaudit.syntax.expressions import Attribute, Call, Name
from stabaudit.syntax.memory import viewed
from stabaudit.syntax.node import Expression
from stabaudit.terms import Term


class Effects:
    """Forgets in a scope what calls may have changed."""

    def __init__(self, lifter: Lifter) -> None:
        self.lifter = lifter

    def settle(self, scope: Scope) -> None:
        """What the calls read so far may have changed beside giving their values."""
        calls, self.lifter.calls = self.lifter.calls, []
        foreign = False
        for call in calls:
            path = self.lifter.path(call.func, scope)
            for argument in call.args:
                if argument.keyword == "out":
                    seen = isinstance(argument.value, Name) and path is not None and function(path) is not None
                    if not seen:
                        self.mutate(argument.value, scope)
            home = dialect_of(path) if path is not None else None
            if home is not None and home.functions:
                continue
            foreign = True
            if path is not None and path.startswith(OWN):
                self._changed_by_own(call, path, scope)
            elif path is None and isinstance(call.func, Attribute):
                owner = call.func.value
                if isinstance(owner, Name) and owner.name in ("self", "cls"):
                    scope.disturb(owner.name)
                elif changes_its_object(call.func.attr):
                    self.mutate(owner, scope)
        if foreign:
            scope.mutate_each(scope.volatile)

    def _changed_by_own(self, call: Call, path: str, scope: Scope) -> None:
        """What a function of this module changes of what it is given."""
        node = self.lifter.functions.definitions.get(path)
        if node is None:
            return
        changed = self.lifter.functions.changed(path)
        is_method = isinstance(call.func, Attribute)
        names = [p.name for p in node.parameters.plain][1 if is_method else 0 :]
        for i, argument in enumerate(call.args):
            name = argument.keyword if argument.keyword is not None else names[i] if i < len(names) else None
            if name is None or name in changed:
                self.mutate(argument.value, scope)
        if is_method and any(n.startswith("self.") for n in changed):
            scope.disturb("self")

    def mutate(self, node: Expression, scope: Scope) -> None:
        """The memory of an expression's value changed."""
        for name in viewed(node):
            if name not in scope.modules:
                scope.mutate(name)

    def in_place(self, node: Expression, scope: Scope) -> tuple[str, Term] | None:
        """The name of the array that a call gives other values, and these: `np.add.at(s, i, x)`, `x.exp_()`."""
        if not isinstance(node, Call):
            return None
        path = self.lifter.path(node.func, scope)
        if (added := self.lifter.segments.onto(node, path, scope)) is not None:
            return added
        if path is not None or not isinstance(node.func, Attribute) or not node.func.attr.endswith("_"):
            return None
        name = dotted(node.func.value)
        value = self.lifter.spelled.read(node, path, scope) if name is not None else None
        return None if name is None or value is None else (name, value)

    def of_statement(self, node: Expression, left: tuple[str, Term] | None, scope: Scope) -> None:
        """A call made for its effect may change what it is called on and what it is given; `left` is known of one."""
        if not isinstance(node, Call):
            return
        path = self.lifter.path(node.func, scope)
        if path == "numpy.seterr" and ignores_overflow(node):
            scope.quiet = True
        if path is not None and (path.startswith(("numpy.testing", "builtins."))):
            return
        name = node.func.name if isinstance(node.func, Name) else ""
        if left is not None:
            array, term = left
            scope.mutate(array)
            scope.bind(array, term)
            return
        if name == "print" or (path and any(a.keyword == "out" for a in node.args)):
            return
        if path is not None and path.startswith(OWN) and path in self.lifter.functions.definitions:
            return
        touched = [a.value for a in node.args]
        if isinstance(node.func, Attribute) and path is None:
            touched.append(node.func.value)
        for owner in touched:
            self.mutate(owner, scope)


def ignores_overflow(call: Call) -> bool:
    """Whether `errstate` or `seterr` switches the warnings of overflow off."""
    quiet = {a.keyword for a in call.args if a.keyword is not None and word(a.value) == "ignore"}
    return bool(quiet & {"over", "all"})
