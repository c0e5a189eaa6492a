"""Functions and modules that a call gives: `np.vectorize(f)`, `jax.jit(f)`, `partial(f, t=2)`, `import_module("m")`."""

from __future__ import annotations

from typing import TYPE_CHECKING
from weakref import proxy

from stabaudit.dialects import function
from stabaudit.dialects.copies import GIVING_ARGUMENTS, OF_EACH_ELEMENT
from stabaudit.lift import literals
from stabaudit.lift.classes import OWN
from stabaudit.lift.scope import Scope
from stabaudit.syntax.dotted import called
from stabaudit.syntax.expressions import Argument, Call, Lambda, Name
from stabaudit.syntax.memory import bindings
from stabaudit.syntax.node import Expression
from stabaudit.syntax.parameters import Parameter, Parameters
from stabaudit.syntax.reads import names_in
from stabaudit.syntax.wrappers import wrapped
from stabaudit.terms import App, ops, walk

if TYPE_CHECKING:
    from stabaudit.lift.expressions import Lifter


class MadeFunctions:
    """Reads such calls in one module."""

    def __init__(self, lifter: Lifter) -> None:
        self.lifter: Lifter = proxy(lifter)
        #: A lambda for each call of `partial`, kept as long as the call is known by its number.
        self._lambdas: dict[int, tuple[Call, Lambda]] = {}

    def path(self, node: Call, scope: Scope) -> str | None:
        """The path of the function, or of the module, that a call gives."""
        if called(node) in ("importorskip", "import_module"):
            return literals.word(node.args[0].value) if len(node.args) == 1 else None
        inner = wrapped(node)
        if inner is None or self.lifter.path(node.func, scope) is None:
            return None
        path = self._function(inner, scope)
        if path is None:
            return None
        if called(node) in GIVING_ARGUMENTS:
            return self._with_arguments(node, inner, path, scope)
        if called(node) in OF_EACH_ELEMENT:
            return self._of_arrays(path) if self._is_elementwise(node, path) else None
        return path

    def _function(self, node: Expression, scope: Scope) -> str | None:
        """The path of a function that a wrapper is given."""
        if isinstance(node, Lambda):
            return self.lifter.functions.define(node, scope)
        path = self.lifter.path(node, scope)
        return path if path is not None and (path.startswith(OWN) or function(path) is not None) else None

    def _is_elementwise(self, node: Call, path: str) -> bool:
        """Whether a function computes each element by itself, so that it makes no difference how it is called."""
        of_one = called(node) == "vmap"
        if (of_one and len(node.args) > 1) or any(a.keyword == "signature" for a in node.args):
            return False
        if (known := function(path)) is not None:
            row = ops.TABLE[known[1].op]
            return not row.settings and (not of_one or len(row.operands) == 1)
        formula = self.lifter.functions.formula(path)
        if formula is None or formula.acts or (of_one and len(formula.parameters) != 1):
            return False
        return not any(ops.TABLE[op].settings for op in formula.term.ops if op in ops.TABLE)

    def _of_arrays(self, path: str) -> str:
        """The path of the same function of arrays: those of Python's own library take one number."""
        if not path.startswith(OWN):
            return path.replace("math.", "numpy.", 1) if path.startswith("math.") else path
        functions = self.lifter.functions
        formula = functions.formula(path)
        assert formula is not None
        if not any(isinstance(term, App) and term.library == "math" for term in walk(formula.term)):
            return path
        return functions.add(f"{path}[]", path, formula.of_arrays())

    def _with_arguments(self, node: Call, inner: Expression, path: str, scope: Scope) -> str | None:
        """The path of `lambda b: f(a, b, c=c)` for `partial(f, a, c=c)`, where the names hold in it what they held."""
        definition = self.lifter.functions.definitions.get(path)
        given = node.args[1:]
        if definition is None or any(a.star for a in given) or not _stay(given, scope):
            return None
        by_name = {a.keyword for a in given if a.keyword is not None}
        takes = [p for p in definition.parameters.named if p.name not in ("self", "cls")]
        left = [p for p in takes[sum(a.keyword is None for a in given) :] if p.name not in by_name]
        if {p.name for p in left} & set().union(*(names_in(a.value) for a in given), names_in(inner)):
            return None
        if id(node) not in self._lambdas:
            plain = tuple(Parameter(p.name, None, p.default) for p in left)
            # Those left are given by name: what is given by name already may stand before them.
            handed = (*given, *(Argument(Name(p.name), p.name) for p in left))
            self._lambdas[id(node)] = (node, Lambda(Parameters((), plain, None, (), None), Call(inner, handed)))
        return self.lifter.functions.define(self._lambdas[id(node)][1], scope)


def _stay(given: tuple[Argument, ...], scope: Scope) -> bool:
    """Whether the names in these arguments hold the same wherever the function is called later."""
    names = set().union(*(names_in(argument.value) for argument in given))
    often = bindings(scope.body) if names and scope.body is not None else {}
    return all(name not in often for name in names)
