"""What is computed from a rewritten value and stays wrong, mended by the same fix: `1 - s` of a sigmoid `s`."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from stabaudit.check.changed import outermost
from stabaudit.check.checker import Checker
from stabaudit.check.detection import Detection
from stabaudit.check.instances import is_instance
from stabaudit.check.proved import Prover, Rewrite
from stabaudit.concrete import nodes as concrete
from stabaudit.fix.aliases import is_alias
from stabaudit.lift.reread import Entry
from stabaudit.lift.scope import Scope
from stabaudit.syntax.compound import Function
from stabaudit.syntax.dotted import called
from stabaudit.syntax.expressions import Call
from stabaudit.syntax.node import Expression, Node, below
from stabaudit.syntax.statements import Module
from stabaudit.syntax.ways import path_to
from stabaudit.terms import App, Term, walk

#: Steps in which what is left of a value loses its digits.
CANCELLING = frozenset({"sub", "add"})


def companions(prover: Prover, hit: Detection, piece: Function | Module, value: Entry) -> Sequence[Detection]:
    """What has to be replaced in a piece of code, too, so that a value in it is right with the rewrite of `hit`.

    It is a difference with what is rewritten in it, under a name or as a call gives it, that has a stable form of its
    own, wherever it stands.
    """
    was = prover.rewrites[id(hit.syntax)].was
    taken = {id(n) for known in prover.checker.all_hits for n in below(known.syntax)}
    around = outermost(prover.checker.code.tree, hit.syntax)
    is_elsewhere = around is not piece
    if is_elsewhere and isinstance(around, Function) and around.decorators:
        # To call it may do more than to compute its value: a cache counts.
        return ()
    read = _read_again(prover, piece)
    parts = (part for term, _ in read for part in walk(term) if part == value.term)
    first = next((part for term in parts for part in _remainders(term, was)), None)
    same = ((part, scope) for term, scope in read for part in _remainders(term, was) if part == first)
    places = {id(part.node): (part, scope) for part, scope in same}
    if not taken.isdisjoint(places) or any(_is_handed_on(prover, part) for part, _ in places.values()):
        return ()
    found = []
    for part, scope in places.values():
        checker = prover.checker
        fresh = Checker(checker.code, checker.text, checker.rules, checker.project)
        more = fresh.by_itself(part, scope)
        if more is None or more.text is None or more.unsafe or more.candidate.replacement is None:
            return ()
        # Where nothing else reads the name, the line goes that gives it its value.
        gives_it = is_elsewhere or any(hit.node in concrete.below(dead.statement) for dead in more.dead)
        if more.dead and not (len(places) == 1 and gives_it):
            return ()
        prover.rewrites[id(more.syntax)] = Rewrite(piece, part, more.candidate.replacement)
        found.append(more)
    return found


def _remainders(term: Term, was: Term) -> Iterator[App]:
    """The differences with a value in them that has a name, or that a call gives."""
    for part in walk(term):
        is_written = isinstance(part.node, Expression)
        if not isinstance(part, App) or part.op not in CANCELLING or not is_written:
            continue
        if any((operand == was and is_alias(operand)) or _is_given(operand, was) for operand in part.args):
            yield part


def _is_given(operand: Term, was: Term) -> bool:
    """Whether it is what a call of the function gives in which something is rewritten."""
    return isinstance(operand, App) and operand.op == "call" and is_instance(was, operand.args[0], {})


def _is_handed_on(prover: Prover, part: App) -> bool:
    """Whether a function of the module is given it, which may take the logarithm of what leaves the range of floats."""
    assert isinstance(part.node, Node)
    calls = (node for node in path_to(prover.checker.code.tree, part.node) if isinstance(node, Call))
    return any(path.endswith(f".{called(c)}") for c in calls for path in prover.walk.functions.definitions)


def _read_again(prover: Prover, piece: Function | Module) -> list[tuple[Term, Scope]]:
    """What a piece of code computes, each with what is known there."""
    read: list[tuple[Term, Scope]] = []

    def found(statement: Node, term: Term, scope: Scope) -> None:
        read.append((term, scope.copy()))

    prover.walk.again(piece, prover.walk.starts.get(id(piece)), found)
    return read
