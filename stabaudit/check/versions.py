"""Two versions of a text: what became of each formula that failed before or fails now, as far as it was changed.

The formulas of a function are known by the statements that hold them: the same target, the same return. What the old
one says over the real numbers is what the new one is measured against, or what a rule says was meant by it.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

import libcst as cst

from stabaudit.catalogue.rule import Rule
from stabaudit.check.checker import Checker
from stabaudit.check.code import Code
from stabaudit.check.detection import Detection
from stabaudit.check.proved import inputs_of, site_of
from stabaudit.check.sites import site_for
from stabaudit.config.project import PLAIN, Project
from stabaudit.findings.finding import Position
from stabaudit.findings.judgement import Judgement, State
from stabaudit.lift.reread import Entry, Walk
from stabaudit.lift.scope import Scope
from stabaudit.proof.assumptions import is_guard
from stabaudit.proof.bias import bias, change, is_right_at, sample_of
from stabaudit.proof.question import ALTOGETHER, At, Site, told
from stabaudit.proof.shared_verdicts import compare
from stabaudit.source.lines import bare
from stabaudit.syntax.compound import Class, Function
from stabaudit.syntax.from_ast import read
from stabaudit.syntax.node import Node, Statement, parts
from stabaudit.syntax.printer import source
from stabaudit.syntax.statements import Annotated, Assign, Augment, Evaluate, Return
from stabaudit.terms import App, Term, replaced, substitute, walk

#: A statement: the path of the function around it, its kind, what it gives a value to, and which of several it is.
Key = tuple[str, str, str, int]


def judged(before: str, after: str, rules: Sequence[Rule], project: Project = PLAIN) -> list[Judgement]:
    """What became of the formulas of `before` in `after`; raises `SyntaxError` where one cannot be parsed."""
    old, new = _Version(before, rules, project), _Version(after, rules, project)
    found: list[Judgement] = []
    known: set[int] = set()
    for hit in old.hits:
        for key, _ in old.holding(hit):
            was = old.value(key)
            if successors := new.successors(key, old):
                known |= {id(one) for now in successors for one in new.inside(now)}
                if any(now.term != was.term for now in successors):
                    found.append(_worst([_judged(hit, was, now, old.hits, new) for now in successors]))
                break
    for hit in new.hits:
        if id(hit) in known:
            continue
        holders = [*new.holding(hit)]
        counterparts = [old.entries[key] for key, _ in holders if key in old.entries]
        if holders and any(holders[0][1].term == entry.term for entries in counterparts for entry in entries):
            continue
        state: State = "made worse" if counterparts else "new"
        found.append(_told(hit, state, f"fails {_shown(hit)}", new, hit.syntax))
    return sorted(dict.fromkeys(found), key=lambda one: (one.start, one.end, one.rule))


class _Version:
    """A text as it was read, with what was found in it."""

    def __init__(self, text: str, rules: Sequence[Rule], project: Project) -> None:
        self.text = text
        tree = read(text)
        checker = Checker(Code(tree, lambda: cst.parse_module(text)), text, rules, project)

        def found(statement: Node, term: Any, scope: Scope) -> None:
            checker.found(term, scope)

        self.walk = Walk(tree, found, None, project, frozenset(), None, checker.entered)
        self.walk.read()
        self.hits = checker.all_hits
        self.keys = dict(_keys(tree))
        self.entries: Mapping[Key, list[Entry]] = defaultdict(list)
        for entry in self.walk.entries:
            if (key := self.keys.get(id(entry.statement))) is not None:
                self.entries[key].append(entry)

    def holding(self, hit: Detection) -> Iterator[tuple[Key, Entry]]:
        """The expressions that a hit is in or that are computed from it, the smallest first."""
        holders = [
            (key, entry)
            for key, entries in self.entries.items()
            for entry in entries
            if any(term.node is hit.syntax for term in walk(entry.term))
        ]
        return iter(sorted(holders, key=lambda one: one[1].term.size))

    def successors(self, key: Key, old: _Version) -> list[Entry]:
        """What a statement of an older version says now; of a function with one return all that it returns now."""
        path, kind, _, _ = key
        if kind == "return" and sum(one[:2] == (path, kind) for one in old.entries) == 1:
            return [self.value(one) for one in self.entries if one[:2] == (path, kind)]
        return [self.value(key)] if key in self.entries else []

    def value(self, key: Key) -> Entry:
        """What a statement gives, of all that is computed in it."""
        return max(self.entries[key], key=lambda entry: entry.term.size)

    def inside(self, entry: Entry) -> list[Detection]:
        """What is found in an expression."""
        nodes = {id(term.node) for term in walk(entry.term)}
        return [hit for hit in self.hits if id(hit.syntax) in nodes]


def _keys(tree: Node) -> Iterator[tuple[int, Key]]:
    """The statements of a text by identity, each with what it is known by."""
    often: Counter[tuple[str, str, str]] = Counter()

    def visit(node: Node, path: str) -> Iterator[tuple[int, Key]]:
        for part in parts(node):
            inner = f"{path}{part.name}." if isinstance(part, (Function, Class)) else path
            if isinstance(part, Statement) and (about := _about(part)) is not None:
                name = (path, *about)
                yield id(part), (*name, often[name])
                often[name] += 1
            yield from visit(part, inner)

    yield from visit(tree, "")


def _about(statement: Statement) -> tuple[str, str] | None:
    """The kind of a statement, and what it gives a value to."""
    match statement:
        case Return():
            return "return", ""
        case Assign(targets=targets):
            return "assign", " = ".join(map(source, targets))
        case Annotated(target=target) | Augment(target=target):
            return "assign", source(target)
        case Evaluate():
            return "evaluate", ""
    return None


def _narrowed(hit: Detection, was: Entry, now: Entry) -> tuple[Entry, Entry]:
    """The parts of two values that differ and hold the formula: what stands around both alike is nobody's fault."""
    old, new = was.term, now.term
    while old.node is not hit.syntax and isinstance(old, App) and isinstance(new, App):
        if (old.op, old.attrs, len(old.args)) != (new.op, new.attrs, len(new.args)):
            break
        others = [(a, b) for a, b in zip(old.args, new.args, strict=True) if a != b]
        if len(others) != 1 or all(term.node is not hit.syntax for term in walk(others[0][0])):
            break
        old, new = others[0]
    return was._replace(term=old), now._replace(term=new)


def _judged(hit: Detection, was: Entry, now: Entry, hits: Sequence[Detection], new: _Version) -> Judgement:
    """What became of one value."""
    was, now = _narrowed(hit, was, now)
    left = new.inside(now)
    node = left[0].syntax if left else now.term.node or now.statement
    strange = sorted(v.name for v in now.term.variables - was.term.variables if not is_guard(v))
    if strange:
        said = f"it reads `{' '.join(strange[0].split())}`, which it did not before"
        if left:
            return _told(hit, "not cured", f"still fails {_shown(left[0])}", new, node)
        return _told(hit, "not compared", said, new, node)
    lengths = dict(hit.candidate.lengths)
    old, value = substitute(was.term, lengths), substitute(now.term, lengths)
    site = _site(hit, was, substitute(_meant(was.term, hits), lengths))
    site = site._replace(guards=tuple(dict.fromkeys((*site.guards, *now.guards))))
    direct = was.term.node is hit.syntax
    short = compare(site, value, itself=not direct, own=None if direct else inputs_of(hit))
    if short is not None and not short.at:
        return _told(hit, "not compared", short.reason, new, node)
    off = bias(site, value)
    if short is None and off is None and not left:
        return _told(hit, "cured", "", new, node)
    failing = f"still fails {_shown(left[0])}" if left else ""
    if short is not None and short.fault != "worse" and not failing:
        failing = f"still fails {short.reason}"
    if short is not None and not failing and site.term != old and _is_gross(site, old, short.at):
        # The old value was wrong there, too.
        failing = f"still fails at {told(short.at)}"
    if failing and short is not None:
        sample = sample_of(hit.verdict.at)
        here = None if sample is None else is_right_at(site, value, sample)
        same = bool(left) and left[0].verdict.at == hit.verdict.at
        return _told(hit, "not cured" if same or here is False else "half cured", failing, new, node)
    if failing:
        return _told(hit, "half cured", failing, new, node)
    if short is not None and _is_gross(site, value, short.at):
        return _told(hit, "made worse", short.reason, new, node)
    if off is not None:
        gives = f"it gives {off.gives}, the true value is {off.truth}"
        return _told(
            hit, "biased", f"right values change by up to {off.size:.0e}: at {told(off.at)} {gives}", new, node
        )
    assert short is not None
    return _told(hit, "biased", f"right values change: {short.reason}", new, node)


def _is_gross(site: Site, now: Term, at: At) -> bool:
    """Whether a value is another one altogether, and not moved a little."""
    sample = sample_of(at)
    size = None if sample is None else change(site, now, sample)
    return size is None or size > ALTOGETHER


def _site(hit: Detection, was: Entry, meant: Term) -> Site:
    """The old value, or what was meant by it, as what the new one is measured against."""
    site = site_of(was, was.term)
    if was.term.node is hit.syntax:
        return site_for(hit.candidate, meant, site.guards, quiet=site.quiet)
    return site._replace(term=meant, digits=True)


def _meant(term: Term, hits: Sequence[Detection]) -> Term:
    """A value with what was meant in the place of each formula that says something else."""
    candidates = {id(hit.syntax): hit.candidate for hit in hits if not hit.candidate.form.equal}
    for part in walk(term) if candidates else ():
        candidate = candidates.get(id(part.node))
        if candidate is None or candidate.replacement is None:
            continue
        meant = substitute(candidate.replacement, dict(candidate.numbers))
        if meant.variables <= part.variables:
            term = replaced(term, part, meant)
    return term


def _shown(hit: Detection) -> str:
    witness = hit.verdict.witness
    return "" if witness is None else f"at {witness.at}: it gives {witness.gives}, the true value is {witness.truth}"


def _worst(judgements: Sequence[Judgement]) -> Judgement:
    order: tuple[State, ...] = ("cured", "not compared", "biased", "half cured", "new", "not cured", "made worse")
    return max(judgements, key=lambda one: order.index(one.state))


def _told(hit: Detection, state: State, says: str, new: _Version, node: Any) -> Judgement:
    place = getattr(node, "place", None)
    rows = bare(new.text)
    if place is None or place.end_lineno is None:
        return Judgement(hit.candidate.rule.name, state, Position(1, 1), Position(1, 1), says)
    ends = ((place.lineno, place.col_offset), (place.end_lineno, place.end_col_offset))
    start, end = (
        Position(row, len(rows[row - 1].encode()[:column].decode(errors="ignore")) + 1) for row, column in ends
    )
    return Judgement(hit.candidate.rule.name, state, start, end, says)
