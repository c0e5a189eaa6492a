"""From the text of one module to its findings: lift, match, judge, propose."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from functools import cache

import libcst as cst
from libcst.metadata import CodeRange

from stabaudit.dialects import Dialect, named
from stabaudit.finding import Edit, Finding, Fix, Position, Unparsable
from stabaudit.fix.dead import Dead, dead_after
from stabaudit.fix.imports import free_alias, insertion
from stabaudit.fix.place import replacement
from stabaudit.fix.propose import NotRenderable, Place, Proposal, is_alias, propose
from stabaudit.fix.render import Text
from stabaudit.lift.names import dotted
from stabaudit.lift.places import places
from stabaudit.lift.scope import Scope
from stabaudit.lift.statements import Reader
from stabaudit.match import Match, Pattern, narrower
from stabaudit.ops import TABLE, expand
from stabaudit.proof.samples import SHAPED
from stabaudit.proof.site import UNTESTED, Site, Verdict, judge
from stabaudit.rule import Form, Rule, load
from stabaudit.sieve.excerpt import TOO_DEEP, Excerpt, excerpt
from stabaudit.terms import App, Term, Var, substitute
from stabaudit.terms.normal import ONE, normal, split

#: Without one of these there is nothing to find: every pattern has an exponential or a logarithm.
TELLING = frozenset({"exp", "log"})

#: A number that makes an expression complex: nothing is known of such formulas.
IMAGINARY = re.compile(r"(?<![\w.])[\d.]+(?:e[+-]?\d+)?j\b", re.IGNORECASE)


@dataclass(frozen=True)
class Candidate:
    """A rule's form that fits an expression."""

    rule: Rule
    form: Form
    pattern: Pattern
    match: Match

    @property
    def inputs(self) -> tuple[Term, ...]:
        """What the formula is a function of, settings left out."""
        return tuple(t for v, t in self.match.bindings.items() if not self.form.domains[v.name].setting)

    @property
    def twin(self) -> Term | None:
        """The stable form of the whole expression, in the variables of the site."""
        if self.form.stable is None:
            return None
        bindings = {v: self.match.bindings[v] for v in self.pattern.variables}
        stable = substitute(self.form.stable, bindings)
        if self.match.rest == ONE:
            return stable
        return App("mul", (self.match.rest, stable))


@dataclass(frozen=True)
class Hit:
    """An expression found unstable, before it is put into words."""

    node: cst.CSTNode
    dead: Sequence[Dead]
    candidate: Candidate
    verdict: Verdict
    text: Text | None
    runtime_alias: str | None
    withheld: str | None
    unsafe: str | None


def check_text(text: str, rules: Sequence[Rule] | None = None) -> list[Finding]:
    """All findings of `text`, in the order of the text; raises `Unparsable`."""
    part = excerpt(text) if rules is None else Excerpt(text)
    if part is None:
        return []
    try:
        module = cst.parse_module(part.text)
    except cst.ParserSyntaxError as error:
        message = error.message.splitlines()[0].removeprefix("Syntax Error: ").strip()
        raise Unparsable(message, Position(part.row(error.editor_line), error.editor_column)) from error
    except (RecursionError, ValueError) as error:
        raise Unparsable(f"cannot be parsed: {error}", Position(1, 1)) from error
    checker = _Checker(module, text, load() if rules is None else tuple(rules))
    try:
        Reader(module, checker.found).read()
    except RecursionError as error:
        raise Unparsable(TOO_DEEP, Position(1, 1)) from error
    if not checker.hits:
        return []
    ranges = places(
        module, part.text, [n for hit in checker.hits for n in (hit.node, *(d.statement for d in hit.dead))]
    )
    findings = {_finding(hit, ranges, checker, part) for hit in checker.hits}
    return sorted(findings, key=lambda f: (f.start, f.end, f.rule))


class _Checker:
    def __init__(self, module: cst.Module, text: str, rules: Sequence[Rule]) -> None:
        self.module = module
        self.text = text
        self.lines = text.splitlines(keepends=True)
        self.forms = [(r, f, p) for r in rules for f in r.forms for p in f.patterns]
        self.hits: list[Hit] = []
        self.reported: set[Term] = set()
        self._alias: str | None = None

    @property
    def alias(self) -> str:
        """The name under which fixes import the runtime."""
        if self._alias is None:
            self._alias = free_alias(self.module, self.text)
        return self._alias

    def found(self, term: Term, scope: Scope) -> None:
        """Look at an expression and the expressions in it."""
        self._visit(term, scope)

    def _visit(self, term: Term, scope: Scope) -> bool:
        """Judge an expression, outermost first; true if anything in it was found unstable."""
        if not isinstance(term, App) or not _is_telling(term) or is_alias(term):
            return False
        if term.op == "call":
            return False
        if term.op == "same":
            # What stands in a comprehension was looked at there.
            return not isinstance(term.origin, cst.BaseComp) and self._visit(term.args[0], scope)
        candidates = self._candidates(term)
        whole = [c for c in candidates if c.match.rest == ONE]
        hit = self._judge(term, whole, scope) if whole else None
        if hit is None:
            inside = [self._visit(child, inner) for child, inner in _operands(term, scope)]
            if any(inside):
                return True
            # A multiple of a value that was reported where it is computed is no fault of its own.
            partial = [c for c in candidates if c.match.rest != ONE]
            hit = self._judge(term, partial, scope) if partial and not self._is_reported(term) else None
        if hit is not None:
            self.hits.append(hit)
        return hit is not None

    def _candidates(self, term: Term) -> list[Candidate]:
        """The forms that fit, the narrowest first."""
        if not (term.variables or _has_data(term)) or _is_stable(term):
            return []
        key = normal(expand(term))
        matched = []
        for rule, form, pattern in self.forms:
            match = pattern.match(key) if pattern.ops <= key.ops else None
            # A fault of meaning is one of the whole expression: what is left over may not mend it.
            if match is not None and (form.equal or "exp" not in match.rest.ops):
                matched.append(Candidate(rule, form, pattern, match))
        kept = [c for c in matched if not any(narrower(o.pattern, c.pattern) for o in matched if o is not c)]
        rest = [c for c in matched if c not in kept]
        return [*sorted(kept, key=_rank), *sorted(rest, key=_rank)]

    def _judge(self, term: App, candidates: list[Candidate], scope: Scope) -> Hit | None:
        """The verdict under the narrowest form; a fault of meaning that is not there gives way to the next."""
        dialect = self._home(term)
        if any(IMAGINARY.search(v.name) for v in term.variables):
            return None
        for candidate in candidates:
            site = Site(
                term,
                candidate.inputs,
                _relevant(scope.guards, term),
                quiet=scope.quiet or self._is_reported(term),
                raises=dialect.raises,
                differentiated=dialect.differentiated,
                digits=loses_digits(candidate.form),
            )
            verdict = judge(site, candidate.twin, equal=candidate.form.equal)
            if verdict.witness is None and candidate.match.rest == ONE and _cancels_here(term):
                # The narrower form is named even if here it only loses digits, as a wider one would find.
                verdict = judge(replace(site, digits=True), candidate.twin, equal=candidate.form.equal)
            if verdict.witness is not None:
                self.reported.add(term)
                return self._hit(term, candidate, verdict, dialect, scope)
            if verdict.refuted == UNTESTED and (plain := shallow(term)) != term:
                assert isinstance(plain, App)
                return self._judge(plain, self._candidates(plain), scope)
            if candidate.form.equal:
                return None
        return None

    def _hit(self, term: App, candidate: Candidate, verdict: Verdict, dialect: Dialect, scope: Scope) -> Hit:
        text = alias = None
        withheld = verdict.refuted
        unsafe = candidate.form.caution
        node = term.origin
        assert isinstance(node, cst.CSTNode)
        if candidate.twin is None:
            withheld = "no stable form of it is known"
        elif withheld is None:
            withheld = _hindrance(term, scope, candidate.twin)
        dead: list[Dead] = []
        if withheld is None:
            assert candidate.twin is not None
            try:
                place = Place(term, self.module, scope, dialect, self.alias)
                proposal, dead = self._propose(place, candidate.twin)
                if isinstance(node, cst.AugAssign) and dotted(node.target) not in {d.name for d in dead}:
                    raise NotRenderable("it changes an array in place")
                text, alias = proposal.text, proposal.needs_runtime
                unsafe = unsafe or _lost_conversion(term, candidate)
            except NotRenderable as reason:
                withheld = str(reason)
        return Hit(node, dead, candidate, verdict, text, alias, withheld, unsafe)

    def _propose(self, place: Place, twin: Term) -> tuple[Proposal, list[Dead]]:
        """The rewrite, and the statements it makes dead; a name may take back the value it had before those."""
        try:
            proposal = propose(place, twin)
            return proposal, dead_after(place.term, proposal.text.source, self.module)
        except NotRenderable:
            served = {d.name for d in dead_after(place.term, "", self.module)}
            earlier = place.scope.copy()
            for name in served:
                earlier.versions[name] = earlier.versions.get(name, 1) - 1
            proposal = propose(replace(place, scope=earlier), twin)
            dead = dead_after(place.term, proposal.text.source, self.module, served)
            if not served or {d.name for d in dead} != served:
                raise
            return proposal, dead

    def _is_reported(self, term: Term) -> bool:
        """Whether all exponentials are under names, in values that were reported where they are computed."""
        grown = {"exp", "exp2", "expm1", "pow", "cosh", "sinh"}
        if not isinstance(term, App) or grown.isdisjoint(term.ops):
            return False
        if term.op == "call" or (is_alias(term) and term in self.reported):
            return True
        growing = [operand for operand in term.args if not grown.isdisjoint(operand.ops)]
        return term.op not in grown and all(self._is_reported(operand) for operand in growing)

    def _home(self, term: Term) -> Dialect:
        """The library an expression is written for."""
        found = {t.library for t in _applications(term) if t.library is not None}
        return max((named(n) for n in found), key=lambda d: (d.precedence, d.name), default=named("builtins"))


def _finding(hit: Hit, ranges: dict[cst.CSTNode, CodeRange], checker: _Checker, part: Excerpt) -> Finding:
    place = ranges[hit.node]
    start = Position(part.row(place.start.line), place.start.column + 1)
    end = Position(part.row(place.end.line), place.end.column + 1)
    rule = hit.candidate.rule
    fix = None
    if hit.text is not None:
        edit = replacement(hit.node, start, end, hit.text, checker.lines)
        edits = [edit]
        for dead in hit.dead:
            lines = ranges[dead.statement]
            first, last = part.row(lines.start.line), part.row(lines.end.line)
            edits.append(Edit(Position(first, 1), Position(last + 1, 1), ""))
        if hit.runtime_alias is not None:
            # Every row before that of the import is in the excerpt.
            edits.insert(0, insertion(checker.module, hit.runtime_alias, checker.module.default_newline))
        fix = Fix("unsafe" if hit.unsafe else "safe", f"replace with `{hit.text.source}`", tuple(edits), hit.unsafe)
    return Finding(rule.name, rule.summary, start, end, hit.verdict.witness, fix, hit.withheld)


@cache
def loses_digits(form: Form) -> bool:
    """Whether a form is blamed for lost digits alone: it never leaves the float range before its true value does."""
    template = expand(form.unstable)
    return judge(Site(template), form.stable, equal=form.equal).witness is None


def _rank(candidate: Candidate) -> tuple[bool, int, int, str]:
    """Forms that leave little over come first, and those that leave no sign over."""
    rest = candidate.match.rest
    return split(rest)[0] < 0, rest.size, -candidate.pattern.term.size, candidate.rule.name


def _operands(term: App, scope: Scope) -> Iterator[tuple[Term, Scope]]:
    """Operands with what is known where they are computed."""
    if term.op == "where":
        condition, yes, no = term.args
        yield condition, scope
        yield yes, scope.guarded(condition)
        yield no, scope.guarded(App("not", (condition,)))
        return
    for operand in term.args:
        yield operand, scope


def _is_stable(term: Term) -> bool:
    """Whether the outermost step is a function that was made for it, such as `logaddexp`."""
    return isinstance(term, App) and term.op in TABLE and TABLE[term.op].stable and not TABLE[term.op].elementary


def _cancels_here(term: Term) -> bool:
    """Whether a difference of exponentials is taken in the expression itself, not under a name."""
    if not isinstance(term, App) or is_alias(term):
        return False
    if term.op == "sub" and any(isinstance(o, App) and o.op == "exp" for o in term.args):
        return True
    return any(_cancels_here(operand) for operand in term.args)


def shallow(term: Term) -> Term:
    """The expression with the names in it taken for values not looked into."""
    if isinstance(term, App):
        if is_alias(term) and isinstance(term.origin, cst.Name):
            return Var(term.origin.value, (("#", id(term.origin)),), term.origin)
        return App(term.op, tuple(shallow(a) for a in term.args), term.attrs, term.origin, term.library)
    return term


def _is_telling(term: Term) -> bool:
    return not TELLING.isdisjoint(expand(term).ops)


def _has_data(term: Term) -> bool:
    return "$" in term.key


def _applications(term: Term) -> Iterator[App]:
    if isinstance(term, App):
        yield term
        for child in term.args:
            yield from _applications(child)


def _relevant(guards: tuple[Term, ...], term: Term) -> tuple[Term, ...]:
    """Conditions that say something about the variables of the term, masks of its own operands included."""
    masks = tuple(t.args[1] for t in _applications(term) if t.op == "masked")
    return tuple(g for g in (*guards, *masks) if not g.variables.isdisjoint(term.variables))


def _lost_conversion(term: Term, candidate: Candidate) -> str | None:
    """Why a rewrite is not safe that drops a conversion of type inside the formula."""
    bound = set(candidate.match.bindings.values())

    def loses(part: Term) -> bool:
        if normal(expand(part)) in bound:
            return False
        if isinstance(part, App) and part.op == "same":
            return True
        return any(loses(operand) for operand in part.args)

    if any(loses(a) for a in term.args):
        return "it drops a conversion inside the formula"
    assert candidate.twin is not None
    lost = sorted(v.name for v in _values(term) - _values(candidate.twin))
    if lost:
        return f"the shape of `{' '.join(lost[0].split())}` is lost"
    methods = (t.origin for t in _applications(term) if t.op == "call")
    if any(isinstance(m, cst.Call) and isinstance(m.func, cst.Attribute) for m in methods):
        return "a subclass may have a method of its own"
    return None


def _values(term: Term) -> set[Var]:
    """The variables among the operands."""
    if isinstance(term, Var):
        return {term}
    return set[Var]().union(*(_values(operand) for operand in term.args))


def _hindrance(term: Term, scope: Scope, twin: Term) -> str | None:
    """What forbids to replace the text of `term`, whatever it is replaced with."""
    node = term.origin
    assert isinstance(node, cst.CSTNode)
    if isinstance(node, cst.AugAssign) and not isinstance(node.target, cst.Name):
        return "it changes an array in place"
    if scope.mapped and not SHAPED.isdisjoint(twin.ops):
        return "it stands in a comprehension, of which it computes one element"
    if scope.compiled:
        return f"`{scope.compiled}` compiles the function and knows no other library"
    if "built" in term.ops:
        return "a loop builds what it is computed from"
    if _has_comment(node):
        return "there is a comment inside"
    if (effect := _effect(node)) is not None:
        return effect
    return None


def _effect(node: cst.CSTNode) -> str | None:
    """What an expression does beside giving a value, if it may not be dropped or repeated."""
    if isinstance(node, cst.NamedExpr):
        return "a name is bound inside"
    if isinstance(node, (cst.Await, cst.Yield)):
        return "it waits inside"
    if isinstance(node, cst.Arg) and node.keyword is not None and node.keyword.value == "out":
        return "it writes to an array with `out=`"
    return next((e for e in map(_effect, node.children) if e is not None), None)


def _has_comment(node: cst.CSTNode) -> bool:
    return isinstance(node, cst.Comment) or any(_has_comment(c) for c in node.children)
