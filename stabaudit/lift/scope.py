"""What is known of names while a function is read from top to bottom."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Iterator, Mapping
from math import inf

from stabaudit.syntax.expressions import Call
from stabaudit.syntax.node import Node
from stabaudit.terms import DRAWN_MARK, App, Bounds, Term, Var, without_origin
from stabaudit.terms.ops import expand

#: Expressions larger than this are not carried on through names; it keeps lifting linear.
LARGEST_FACT = 300

#: Names of axes, and of their number.
AXIS = re.compile(r"(?:^|[._])(?:axis|n?dims?)(?:$|\()")
EXTREMES = frozenset({"max", "min"})
COMPARISONS = frozenset({"lt", "le", "gt", "ge"})
#: Operations that give another look at the same memory.
VIEWS = frozenset({"index", "reshape", "transpose", "expand_dims", "squeeze", "pair", "same"})


class Scope:
    """Names and what they hold at the place reached so far.

    `facts` are the terms of names assigned from a known expression, `modules` the dotted paths of names bound to a
    module or one of its functions, `versions` how often a name was given a value. `guards` hold wherever the place
    is reached. `indices` are loop variables that run over positions. `quiet`: overflow warnings are off; `mapped`:
    the expression is one element of a comprehension. `rounded`: what is computed is rounded. `shares` tells which
    names may be the same memory: those that have a mark in common. `volatile` are the names that functions defined
    here change. `pinned` are names that stand for a module whatever they are given. `owners` are the names of which
    an attribute was ever known, in any scope of the module. `local` are the names that the functions around the
    place bind, `owner` is the class around it with a dot behind, `function` is the name of the innermost function and
    `body` are its statements, `objects` are the calls that made what is called like a function.
    """

    def __init__(
        self,
        facts: dict[str, Term] | None = None,
        modules: dict[str, str] | None = None,
        versions: dict[str, int] | None = None,
        guards: tuple[Term, ...] = (),
        indices: frozenset[str] = frozenset(),
        quiet: bool = False,
        mapped: bool = False,
        rounded: bool = False,
        shares: dict[str, frozenset[object]] | None = None,
        volatile: frozenset[str] = frozenset(),
        pinned: Mapping[str, str] | None = None,
        owners: set[str] | None = None,
        local: frozenset[str] = frozenset(),
        owner: str = "",
        function: str = "",
        objects: dict[str, Call] | None = None,
        body: Node | None = None,
    ) -> None:
        self.facts = {} if facts is None else facts
        self.modules = {} if modules is None else modules
        self.versions = {} if versions is None else versions
        self.guards, self.indices = guards, indices
        self.quiet, self.mapped, self.rounded = quiet, mapped, rounded
        self.shares = {} if shares is None else shares
        self.volatile, self.local = volatile, local
        self.pinned = {} if pinned is None else pinned
        self.owners = set() if owners is None else owners
        self.owner, self.function, self.body = owner, function, body
        self.objects = {} if objects is None else objects

    def copy(self) -> Scope:
        """The same knowledge, to be changed apart."""
        return Scope(
            dict(self.facts),
            dict(self.modules),
            dict(self.versions),
            self.guards,
            self.indices,
            self.quiet,
            self.mapped,
            self.rounded,
            dict(self.shares),
            self.volatile,
            self.pinned,
            self.owners,
            self.local,
            self.owner,
            self.function,
            dict(self.objects),
            self.body,
        )

    def stamp(self, names: Iterable[str]) -> tuple[tuple[str, int], ...]:
        """Which values of these names are meant now."""
        versions = self.versions
        return tuple([(n, versions.get(n, 0)) for n in sorted(set(names))])

    def variable(self, text: str, names: Iterable[str], node: object) -> Var:
        """The value of a text that is not looked into, for the present values of its names."""
        return Var(text, self.stamp(names), node)

    def is_current(self, variable: Var) -> bool:
        """Whether the variable's text still means the same value."""
        return all(self.versions.get(n, 0) == v for n, v in variable.stamp if not n.startswith("#"))

    def bind(self, name: str, term: Term | None) -> None:
        """`name = ...`: the name gets a new value, known if `term` is given."""
        self.forget(name)
        if term is not None and term.size <= LARGEST_FACT:
            self.own(name)
            self.facts[name] = term

    def count(self, name: str) -> None:
        """`for name in range(...)`: the name holds one whole number after the other."""
        self.between(name, Bounds(0, inf, whole=True))

    def between(self, name: str, bounds: Bounds) -> None:
        """The name holds a new value, of which only is known between what it lies."""
        self.forget(name)
        self.own(name)
        self.facts[name] = Var(name, self.stamp((name,)), bounds=bounds)

    def drawn(self, name: str, rank: int | None, *, exact: bool) -> None:
        """The name holds random numbers of `rank` dimensions, if that is known.

        What is taken from one is `exact` if they are between 0 and 1.
        """
        self.forget(name)
        stamp = self.stamp((name,))
        self.facts[name] = Var(name, (*stamp, (DRAWN_MARK, 1)) if exact else stamp, rank=rank)

    def own(self, path: str) -> None:
        """Something is known of `path`, which may be an attribute."""
        if "." in path:
            self.owners.update(_owners(path))

    def forget(self, name: str) -> None:
        """The name now holds something unknown."""
        self.versions[name] = self.versions.get(name, 0) + 1
        self.facts.pop(name, None)
        self.modules.pop(name, None)
        self.objects.pop(name, None)
        if name in self.owners:
            attribute = f"{name}."
            for known in (self.facts, self.modules):
                for key in [k for k in known if k.startswith(attribute)]:
                    del known[key]
        if self.pinned:
            self.modules.update((n, p) for n, p in self.pinned.items() if n == name or n.startswith(f"{name}."))

    def mutate(self, name: str) -> None:
        """The object behind the name changed in place: whatever looks at the same memory did, too."""
        roots = list(_roots(self.facts.get(name)))
        shared = {name, *(v.name for v in roots), *(n for v in roots for n, _ in v.stamp if n != "#")}
        others = [n for n, t in self.facts.items() if any(v.name in shared or name in dict(v.stamp) for v in _roots(t))]
        for other in {name, *others, *self.sharing(name), *(s for s in shared if s.isidentifier())}:
            # A module is not changed by the calls of its functions.
            if other not in self.modules:
                self.forget(other)

    def mutate_each(self, names: Collection[str]) -> None:
        """The objects behind these names changed in place; of most of them nothing is known."""
        if not names:
            return
        looked_at = {n for t in self.facts.values() for v in _roots(t) for n in (v.name, *(n for n, _ in v.stamp))}
        marked = frozenset[object]().union(*self.shares.values())
        known = looked_at | marked | self.owners | self.facts.keys() | self.shares.keys()
        for name in names:
            if name in known:
                self.mutate(name)
            elif name not in self.modules:
                self.versions[name] = self.versions.get(name, 0) + 1

    def marks(self, name: str) -> frozenset[object]:
        """What tells the memory of a name from that of others."""
        return self.shares.get(name) or frozenset({name})

    def sharing(self, name: str) -> set[str]:
        """The names that may be the same memory as one."""
        marks = self.marks(name)
        known = {n for n, m in self.shares.items() if not m.isdisjoint(marks)}
        return known | {m for m in marks if isinstance(m, str) and self.marks(m) == {m}}

    def held(self, name: str) -> set[str]:
        """The names whose values stand under words of one, as `x` does in `{"x": x}`."""
        return {v.name for path, t in self.facts.items() if path.startswith(f"{name}.[") for v in _roots(t)}

    def share(self, name: str, others: Iterable[str]) -> None:
        """`name` is now memory of its own, or that of others."""
        marks = frozenset[object]().union(*(self.marks(o) for o in others))
        self.shares[name] = marks or frozenset({(name, self.versions.get(name, 0))})

    def disturb(self, name: str) -> None:
        """Any attribute of the object may have changed."""
        self.versions[name] = self.versions.get(name, 0) + 1
        for key in [k for k in self.facts if k.startswith(f"{name}.")]:
            self.forget(key)

    def changed_since(self, earlier: Scope) -> set[str]:
        """The names that were given a value, or changed in place, since the copy `earlier` was made."""
        return {n for n, _ in self.versions.items() - earlier.versions.items()}

    def guarded(self, *conditions: Term | None) -> Scope:
        """A copy in which these conditions hold, too."""
        inner = self.copy()
        inner.guards = (*self.guards, *(c for c in conditions if c is not None))
        return inner

    def merge(self, one: Scope, other: Scope, condition: Term) -> None:
        """Take what two branches leave: the one if the condition holds, else the other."""
        known = self.versions.items()
        for name in {n for n, _ in (one.versions.items() - known) | (other.versions.items() - known)}:
            a, b = one.versions.get(name, 0), other.versions.get(name, 0)
            mine, theirs = one.facts.get(name), other.facts.get(name)
            known_one = mine if theirs is None else theirs if mine is None else None
            if known_one is not None and (
                _compares(condition) or _asks_for_an_axis(condition) or "exp" in expand(known_one).ops
            ):
                # `if x < low: x = low` is a clip, `if axis == 0: x = x - x.max(0)` one of several shifts, and
                # `if p is None: p = softmax(z)` may give exponentials.
                mine, theirs = mine or one._unchanged(name, self), theirs or other._unchanged(name, self)
            self.forget(name)
            self.versions[name] = max(a, b) + 1
            if mine is not None and theirs is not None:
                joined = join(mine, theirs, condition)
                if joined.size <= LARGEST_FACT and (not is_choice(joined) or is_worth_a_choice(joined)):
                    self.facts[name] = joined
        for name in {*one.shares, *other.shares}:
            self.shares[name] = one.marks(name) | other.marks(name)
        self.modules.update(one.modules.items() & other.modules.items())
        self.objects.update({n: made for n, made in one.objects.items() if other.objects.get(n) is made})
        held = frozenset(other.guards)
        self.guards = tuple(g for g in one.guards if g in held)

    def _unchanged(self, name: str, earlier: Scope) -> Term | None:
        """The value of a name that it had earlier, too."""
        same = self.versions.get(name, 0) == earlier.versions.get(name, 0)
        return self.variable(name, (name,), None) if same else None

    def take(self, other: Scope) -> None:
        """Go on with what `other` knows."""
        self.facts, self.modules, self.versions = other.facts, other.modules, other.versions
        self.shares, self.objects = other.shares, other.objects
        self.guards = other.guards


def join(one: Term, other: Term, condition: Term) -> Term:
    """What a name holds after two branches: the steps they share, and where they differ a choice."""
    if one == other or without_copies(one) == other:
        return other
    if one == without_copies(other):
        return one
    if isinstance(one, App) and isinstance(other, App):
        same_kind = one.op == other.op and one.attrs == other.attrs and len(one.args) == len(other.args)
        if same_kind:
            parts = tuple(join(a, b, condition) for a, b in zip(one.args, other.args, strict=True))
            return App(one.op, parts, one.attrs, one.node, one.library)
    return App("branch", (condition, without_origin(one), without_origin(other)))


def without_copies(term: Term) -> Term:
    """The values themselves, whatever they were copied or converted to."""
    while isinstance(term, App) and term.op == "same":
        term = term.args[0]
    return term


def _compares(condition: Term) -> bool:
    return isinstance(condition, App) and condition.op in COMPARISONS


def _asks_for_an_axis(condition: Term) -> bool:
    """Whether a condition is about an axis, or how many there are."""
    return any(AXIS.search(variable.name) is not None for variable in condition.variables)


def is_choice(term: Term) -> bool:
    """Whether two branches share no step: such a value is better known by its name, if it is no exponential."""
    return isinstance(term, App) and term.op == "branch"


def is_worth_a_choice(choice: Term) -> bool:
    """Whether two branches that share no step are better known by both: exponentials, a shift by a maximum, a clip."""
    condition, one, other = choice.args
    if isinstance(condition, App) and _compares(condition) and not {one, other}.isdisjoint(condition.args):
        return True
    return "exp" in expand(choice).ops or any(not EXTREMES.isdisjoint(arm.ops) for arm in choice.args[1:])


def _owners(path: str) -> Iterator[str]:
    """`a` and `a.b` of `a.b.c`."""
    while path := path.rpartition(".")[0]:
        yield path


def _roots(term: Term | None) -> Iterator[Var]:
    """The variables whose memory a term looks at without copying."""
    while isinstance(term, App) and term.op in VIEWS:
        term = term.args[0]
    if isinstance(term, Var):
        yield term
