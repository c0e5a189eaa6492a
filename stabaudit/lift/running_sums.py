"""Attributes in which the methods of a class add up values and their squares: `self.sum += x; self.sum2 += x * x`.

Only both together are of interest: a variance or a covariance is computed from them.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from stabaudit.records import Record
from stabaudit.syntax.bindings import telling_nodes
from stabaudit.syntax.compound import Class, Function
from stabaudit.syntax.dotted import called, dotted
from stabaudit.syntax.expressions import Argument, Attribute, Binary, Call, Constant
from stabaudit.syntax.node import Expression
from stabaudit.syntax.printer import source
from stabaudit.syntax.statements import Augment
from stabaudit.terms import App, Lit, Term, Var

#: Functions that add up an array.
SUMS = frozenset({"sum", "nansum", "fsum"})


class Added(Record):
    """What is added to an attribute in each call: the product of two factors, or one value."""

    one: str
    other: str | None = None


def running_sums(node: Class) -> dict[str, Term]:
    """What attributes of `self` hold that add up values, or products of such, by their paths."""
    found: dict[str, Term] = {}
    for method in node.body.body:
        if isinstance(method, Function):
            found |= _of(dict(_added(method)), f"{node.name}.{method.name}")
    return found


def _of(added: Mapping[str, Added], where: str) -> dict[str, Term]:
    """The sums of a method in which there are products of what is summed as well."""
    plain = {a.one for a in added.values() if a.other is None}
    products = {n: a for n, a in added.items() if a.other is not None and {a.one, a.other} <= plain}
    factors = {factor for a in products.values() for factor in (a.one, a.other)}
    kept = {n: a for n, a in added.items() if n in products or (a.other is None and a.one in factors)}
    return {name: _total(one, where) for name, one in kept.items()}


def _total(added: Added, where: str) -> Term:
    values = [Var(f"each {text}", ((f"#{where}", 0),)) for text in (added.one, added.other) if text is not None]
    step: Term = values[0]
    if len(values) == 2:
        step = App("mul", (values[0], values[1]))
    return App("sum", (step,), (("axis", Lit(None)), ("keepdims", Lit(False))))


def _added(method: Function) -> Iterator[tuple[str, Added]]:
    for node in telling_nodes(method.body):
        if isinstance(node, Augment) and node.operator == "+" and isinstance(node.target, Attribute):
            name = dotted(node.target) or ""
            if name.startswith("self.") and name.count(".") == 1:
                yield name, _read(_summed(node.value))


def _summed(node: Expression) -> Expression:
    """What is summed in an expression that is the sum of an array."""
    if isinstance(node, Call) and called(node) in SUMS:
        if node.args and (dotted(node.func) or "").partition(".")[0] in ("np", "numpy", "torch", "jnp", "math", "sum"):
            return node.args[0].value
        if isinstance(node.func, Attribute):
            return node.func.value
    return node


def _read(node: Expression) -> Added:
    match node:
        case Binary(left=one, operator="*", right=other):
            return Added(*sorted((source(one), source(other))))
        case Binary(left=one, operator="**", right=Constant(value=2 | 2.0)):
            return Added(source(one), source(one))
        case Call(func=Attribute(value=owner, attr="square"), args=[]):
            return Added(source(owner), source(owner))
        case Call(func=Attribute(attr="square"), args=[Argument(value=base, star="")]):
            return Added(source(base), source(base))
        case Call(func=Attribute(value=base, attr="pow" | "power"), args=[Argument(value=Constant(value=2 | 2.0))]):
            return Added(source(base), source(base))
        case Call(
            func=Attribute(attr="pow" | "power"),
            args=[Argument(value=base, star=""), Argument(value=Constant(value=2 | 2.0))],
        ):
            return Added(source(base), source(base))
    return Added(source(node))
