"""A fix is proved as text: the changed function is read again from it, and compared with what stood there.

What the rewritten expression gives must be right where the original was wrong, and nowhere worse; so must all that
the function computes from it, as far as nothing more is reported there.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence
from functools import cached_property

import libcst as cst

from stabaudit.check.changed import Changed
from stabaudit.check.checker import Checker
from stabaudit.check.detection import Detection
from stabaudit.check.digits import loses_digits
from stabaudit.check.exponents import as_one
from stabaudit.check.guards import relevant
from stabaudit.check.reported import Reported
from stabaudit.check.same_names import Names, is_call
from stabaudit.check.unread import unread
from stabaudit.fix.code_text import bare_source
from stabaudit.lift.reread import Entry, Walk, numbered
from stabaudit.lift.scope import Scope
from stabaudit.proof.question import Shortfall, Site
from stabaudit.proof.shared_verdicts import compare
from stabaudit.records import Record
from stabaudit.syntax.compound import Function
from stabaudit.syntax.dotted import called
from stabaudit.syntax.expressions import Argument, Attribute, Call, Display, Item, Yield
from stabaudit.syntax.node import Expression, Node, below
from stabaudit.syntax.statements import Assign, Evaluate, Return
from stabaudit.syntax.ways import path_to
from stabaudit.terms import App, Term, Var, replaced, walk
from stabaudit.terms.ops import expand

#: Without one of these a formula is made of stable functions.
TELLING = frozenset({"exp", "exp2", "log", "log2", "log10", "pow", "cosh", "sinh", "tanh"})
#: Operations whose value is one of their operands, all but the first.
CHOOSING = frozenset({"where", "branch"})
#: Methods that put a value into a list or the like.
COLLECTS = frozenset({"append", "appendleft", "add", "insert", "setdefault", "put"})
#: So many statements of one piece are read again, for all of its fixes together: what is read grows with the square.
MOST_READ = 4_000
#: The expressions of a piece of code by the numbers of their statements.
Entries = Mapping[int, Sequence[Entry]]


class Proof(Record):
    """What the text of a fix amounts to: how it falls short, and what is still found in the rewritten expression.

    `unread` says why the function was not read again; `value` is what falls short, if it is not the expression itself.
    """

    shortfall: Shortfall | None
    nested: Sequence[Detection] = ()
    unread: str | None = None
    value: Entry | None = None


class Rewrite(Record):
    """A rewrite that was compared: in which piece of the module, and what it makes of which expression."""

    piece: Node
    was: Term
    now: Term


class Prover:
    """Reads the functions of one module again, each as it is and as a fix would leave it."""

    def __init__(self, checker: Checker, walk: Walk) -> None:
        self.checker = checker
        self.walk = walk
        #: What was compared of each hit, by its node.
        self.rewrites: dict[int, Rewrite] = {}
        self._before: dict[int, Entries] = {}
        self._numbers: dict[int, Mapping[int, int]] = {}
        #: How many statements of each piece were read again, for all of its fixes.
        self._read: Counter[int] = Counter()

    def prove(self, hit: Detection, change: Changed) -> Proof:
        """Whether the changed text holds what the rewrite of `hit` promises."""
        if not hit.candidate.form.equal:
            # What was meant is another function than what is written.
            return Proof(None)
        numbers = self._numbers_of(change.before)
        before = self.entries(change.before, numbers)
        if hit.candidate.form.is_choice:
            return self._as_meant(hit, change, numbers, before)
        if not hit.dead and (proof := self._at_once(hit, change, numbers, before)) is not None:
            return proof
        if isinstance(change.before, Function):
            self._read[id(change.before)] += len(numbers)
        if self._read[id(change.before)] > MOST_READ:
            return Proof(None, unread="the function is too long to check each of its many fixes")
        return self._in_full(hit, change, numbers, before)

    def _numbers_of(self, piece: Node) -> Mapping[int, int]:
        if id(piece) not in self._numbers:
            self._numbers[id(piece)] = numbered(piece)
        return self._numbers[id(piece)]

    def _as_meant(self, hit: Detection, change: Changed, numbers: Mapping[int, int], before: Entries) -> Proof:
        """The proof by the rewrite itself, whose gradient was held against the true one."""
        here = before.get(_statement(change.before, hit.syntax, numbers), ())
        entry, was = _found(hit, here)
        if entry is None or was is None or not isinstance(change.expression, Expression):
            return Proof(None, unread="the function is not read again")
        term = self.walk.one(change.expression, hit.scope, change.imports)
        names = Names(path_to(change.after, change.expression))
        now = names.translated(term, entry._replace(term=was, versions=hit.scope.versions), hit.scope.versions)
        same = now == hit.candidate.replacement
        return Proof(None if same else Shortfall("worse", "it is another formula in this function"))

    def _at_once(self, hit: Detection, change: Changed, numbers: Mapping[int, int], before: Entries) -> Proof | None:
        """The proof where the expression alone is another one; `None` where there is more to say."""
        expression = change.expression.value if isinstance(change.expression, Assign) else change.expression
        here = before.get(_statement(change.before, hit.syntax, numbers), ())
        entry, was = _found(hit, here)
        if entry is None or was is None or not isinstance(expression, Expression):
            return None
        term = self.walk.one(expression, hit.scope, change.imports)
        names = Names(path_to(change.after, change.expression))
        now = names.translated(term, entry._replace(term=was, versions=hit.scope.versions), hit.scope.versions)
        self.rewrites[id(hit.syntax)] = Rewrite(change.before, was, now)
        worst = self._of_rewrite(hit, entry, was, now)
        if not TELLING.isdisjoint(now.ops):
            return None
        if worst is not None:
            return Proof(worst)
        if self._unread(hit, was, change) is not None:
            return None
        inputs = inputs_of(hit)
        for entry in (entry for entries in before.values() for entry in entries):
            for old, new in _values(entry, replaced(entry.term, was, now)):
                if old.term not in (new, was) and new.variables <= inputs and self._of_value(old, new, was) is not None:
                    return None
        return Proof(None)

    def _in_full(self, hit: Detection, change: Changed, numbers: Mapping[int, int], before: Entries) -> Proof:
        """The proof by all that the changed function computes."""
        after_numbers = numbered(change.after)
        names = Names(path_to(change.after, change.expression))
        fresh: dict[int, list[Term]] = defaultdict(list)
        looked_at: list[tuple[Term, Scope]] = []

        def found(statement: Node, term: Term, scope: Scope) -> None:
            number = after_numbers.get(id(statement), -1)
            there, place = before.get(number, ()), len(fresh[number])
            now = names.translated(term, there[place], scope.versions) if place < len(there) else term
            fresh[number].append(now)
            if place >= len(there) or now != there[place].term:
                looked_at.append((term, scope.copy()))

        start = self.walk.starts.get(id(change.before))
        self.walk.again(change.after, start, found, change.imports)
        here = _statement(change.before, hit.syntax, numbers)
        expression = change.expression.value if isinstance(change.expression, Assign) else change.expression
        entry, was = _found(hit, before.get(here, ()))
        now = next((t for term in fresh[here] for t in walk(term) if t.node is expression), None)
        if entry is None or was is None or now is None:
            return Proof(None)
        self.rewrites[id(hit.syntax)] = Rewrite(change.before, was, now)
        worst = self._of_rewrite(hit, entry, was, now)
        # Functions that are stable leave nothing to find.
        left = _Left(self.checker, change, looked_at)
        if not TELLING.isdisjoint(now.ops) and (nested := left.inside(change.expression)):
            return Proof(None, nested)
        if worst is not None and worst.fault == "worse":
            return Proof(worst)
        if worst is None and (name := self._unread(hit, was, change)) is not None:
            worst = Shortfall("as wrong", f"`{name}`, which is no longer used, still overflows")
        inputs, value = inputs_of(hit), None
        for number, entries in before.items():
            if len(entries) != len(fresh[number]):
                continue
            pairs = zip(entries, fresh[number], strict=True)
            for old, new in (value for entry, term in pairs for value in _values(entry, term)):
                if old.term in (new, was) or not _is_blamed(old.term, was, now, new, inputs):
                    continue
                short = self._of_value(old, new, was)
                if short is not None and number not in left.statements(after_numbers):
                    value = old if worst is None else value
                    worst = _worst(worst, short)
        return Proof(worst, value=value)

    def _of_rewrite(self, hit: Detection, entry: Entry, was: Term, now: Term) -> Shortfall | None:
        """How the rewritten expression falls short."""
        site = site_of(entry, was)
        # An exponential that the formula is given may overflow in it: then the formula is half of what fails.
        site = site._replace(
            inputs=tuple(i for i in hit.candidate.inputs if "exp" not in expand(i).ops),
            guards=(*site.guards, *hit.candidate.assumed),
            digits=loses_digits(hit.candidate.form),
            relative=hit.candidate.form.traits.relative,
            samples=hit.candidate.form.traits.samples,
            limit=hit.candidate.form.traits.limit,
        )
        return self._compared(site, now)

    def _of_value(self, old: Entry, new: Term, was: Term) -> Shortfall | None:
        """How a value falls short that is computed from the rewritten expression."""
        site, itself = site_of(old, old.term)._replace(digits=True), self.leaves(old)
        short = self._compared(site, new, itself=itself)
        if short is None and not site.guards and (one := as_one(old.term, new, was)) is not None:
            return self._compared(site._replace(term=one[0]), one[1], itself=itself)
        return short

    def leaves(self, entry: Entry) -> bool:
        """Whether nobody knows what is made of a value.

        It is returned or yielded, handed to a function of the file, or put into a list or the like. It is measured
        against itself; what is computed with is measured against what it is made of.
        """
        statement = entry.statement
        if isinstance(statement, Return):
            return True
        if isinstance(statement, Evaluate) and isinstance(statement.value, Yield):
            return True
        node = entry.term.node
        if node is None:
            return False
        way = path_to(statement, node)
        call, holder, value = (None, None, None, *way)[-3:]
        if value is not node:
            return False
        if isinstance(holder, (Display, Item)):
            # A list that is handed on at once is computed with.
            return not any(isinstance(outer, Call) for outer in way)
        return (
            isinstance(holder, Argument)
            and isinstance(call, Call)
            and (
                (isinstance(call.func, Attribute) and called(call) in COLLECTS)
                or any(path.endswith(f".{called(call)}") for path in self.walk.functions.definitions)
            )
        )

    def _compared(self, site: Site, after: Term, *, itself: bool = False) -> Shortfall | None:
        """How a value falls short, where what is reported elsewhere is taken for mended."""
        strange = after.variables - site.term.variables
        if site.term.variables - after.variables and strange:
            # More is known of it than before, as where two branches are alike now.
            return None
        if any(not is_call(v) for v in strange):
            said = " ".join(min(v.name for v in strange).split())
            return Shortfall("worse", f"it reads `{said}`, which the original does not")
        return None if strange else compare(site, self.checker.reported.stabilised(after), itself=itself)

    def _unread(self, hit: Detection, was: Term, change: Changed) -> str | None:
        name = unread(hit, was, change.after, self.checker.code.tree)
        return None if name in {dead.name for dead in hit.dead} else name

    def entries(self, piece: Node, numbers: Mapping[int, int]) -> Entries:
        """The expressions of a piece of the module by the numbers of their statements."""
        if id(piece) not in self._before:
            found: dict[int, list[Entry]] = defaultdict(list)
            for entry in self.walk.entries:
                if (number := numbers.get(id(entry.statement))) is not None:
                    found[number].append(entry)
            self._before[id(piece)] = found
        return self._before[id(piece)]


class _Left:
    """What is found in the changed expressions, looked for when it is asked."""

    def __init__(self, checker: Checker, change: Changed, expressions: Sequence[tuple[Term, Scope]]) -> None:
        self._checker = checker
        self._change = change
        self._expressions = expressions

    @cached_property
    def hits(self) -> Sequence[Detection]:
        """What is found."""
        known = self._checker
        checker = Checker(self._change.code, known.text, known.rules, known.project)
        checker.reported = Reported(known.forms, known.reported.values)
        for term, scope in self._expressions:
            checker.found(term, scope)
        return checker.hits

    def inside(self, expression: Node) -> Sequence[Detection]:
        """What is found in an expression, and not what is right as it stands there."""
        nodes = {id(n) for n in below(expression)}
        return [h for h in self.hits if id(h.syntax) in nodes and not _is_in_place(h, self._change.code.module)]

    def statements(self, numbers: Mapping[int, int]) -> set[int]:
        """The numbers of the statements in which something is found."""
        return {_statement(self._change.after, h.syntax, numbers) for h in self.hits}


def _found(hit: Detection, entries: Sequence[Entry]) -> tuple[Entry | None, Term | None]:
    """The expression of a hit among those of its statement, and the one that it is part of."""
    return next(((e, t) for e in entries for t in walk(e.term) if t.node is hit.syntax), (None, None))


def _values(entry: Entry, new: Term) -> Iterator[tuple[Entry, Term]]:
    """An expression with what it is now, and each value in it that may be chosen as the whole."""
    yield entry, new
    old = entry.term
    if isinstance(old, App) and isinstance(new, App) and old.op == new.op and old.op in CHOOSING:
        for chosen, now in zip(old.args[1:], new.args[1:], strict=True):
            yield from _values(entry._replace(term=chosen), now)


def inputs_of(hit: Detection) -> frozenset[Var]:
    """The variables that the formula of a hit is a function of."""
    return frozenset[Var]().union(*(i.variables for i in hit.candidate.inputs))


def _is_blamed(old: Term, was: Term, now: Term, new: Term, inputs: frozenset[Var]) -> bool:
    """Whether a value is asked about that is computed from what was rewritten.

    It is if it is a formula of the same inputs, and if it is another one than before in more than that part.
    """
    return new.variables <= inputs or replaced(old, was, now) != new


def _is_in_place(hit: Detection, module: cst.Module) -> bool:
    """Whether the rewrite of a formula is what stands there."""
    here = hit.node
    return (
        hit.text is not None and isinstance(here, cst.BaseExpression) and bare_source(module, here) == hit.text.source
    )


def _worst(one: Shortfall | None, other: Shortfall | None) -> Shortfall | None:
    if one is None or (other is not None and other.fault == "worse"):
        return other or one
    return one


def site_of(entry: Entry, term: Term) -> Site:
    """The place of an expression, where `term` is computed."""
    return Site(term, guards=relevant(entry.guards, term), quiet=entry.quiet)


def _statement(piece: Node, node: Node, numbers: Mapping[int, int]) -> int:
    """The number of the statement in which a node stands."""
    path = path_to(piece, node)
    return next((numbers[id(n)] for n in reversed(path) if id(n) in numbers), -1)
