"""What a rewrite reads that the code has read before, and where."""

from __future__ import annotations

from collections.abc import Container, Iterable, Iterator

import libcst as cst

from stabaudit.concrete.nodes import below
from stabaudit.concrete.paths import path_to
from stabaudit.fix.aliases import is_alias
from stabaudit.fix.not_renderable import UNREADABLE, NotRenderable
from stabaudit.fix.propose import Place
from stabaudit.records import Record
from stabaudit.syntax.find import read_expression
from stabaudit.syntax.node import Expression
from stabaudit.syntax.node import below as syntax_below
from stabaudit.syntax.printer import source
from stabaudit.terms import App, Const, Term, Var, applications, children

#: A rewrite of more characters is not written: each part of it is compared, which takes the square of its length.
LONGEST = 4_000
#: Functions that keep digits and nothing else, and what stands around them.
FOR_DIGITS = frozenset({"log1p", "expm1"})
PLAIN = FOR_DIGITS | {"add", "sub", "mul", "div", "neg", "+", "*", "^", "pow", "log", "item", "index", "same", "picked"}


class Read(Record):
    """An expression that the rewrite says as the code does, and the node that is evaluated first; `None` if unknown."""

    text: str
    node: cst.CSTNode | None


def readings(place: Place, text: str, gone: Container[str]) -> tuple[Read, ...]:
    """What the rewrite `text` of the expression at `place` says of what the code says there or before.

    The statements that give the names in `gone` their values go with it. Raises `NotRenderable`.
    """
    if len(text) > LONGEST:
        raise NotRenderable("it would be too long to be read")
    tree = read_expression(text)
    if tree is None:
        raise NotRenderable(UNREADABLE)
    said = {source(node) for node in syntax_below(tree) if isinstance(node, Expression)}
    return tuple(dict.fromkeys(_Readings(place.module, said, gone).of(place.term, place.term.origin)))


def computed_again(place: Place, reads: Iterable[Read], gone: Container[str]) -> str | None:
    """Why a rewrite is not safe to make unasked that makes a call of an exponential which stays for others."""
    staying = [part for part in _staying(place.term, gone) if part.op == "exp"]
    # What is read at several places is written out at each.
    aliases = (part for part in applications(place.term) if is_alias(part))
    staying += [part for part in aliases if _is_read_elsewhere(part, place, gone)]
    made = {id(n) for part in staying for o in part.args if isinstance(o.origin, cst.CSTNode) for n in below(o.origin)}
    for read in reads:
        if isinstance(read.node, cst.BaseExpression) and id(read.node) in made and _calls(read.node):
            return f"it would compute `{read.text}` twice"
    return None


def _is_read_elsewhere(part: Term, place: Place, gone: Container[str]) -> bool:
    """Whether a name is read outside of an expression, and not for another name that goes."""
    name = part.origin
    if not isinstance(name, cst.Name) or not isinstance(place.term.origin, cst.CSTNode):
        return False
    way = path_to(place.module, place.term.origin)
    function = next((node for node in reversed(way) if isinstance(node, cst.FunctionDef)), None)
    if function is None:
        return False
    given = [n for n in below(function) if isinstance(n, cst.Assign)]
    if sum(_gives_one_of(n, {name.value}) for n in given) != 1:
        # Elsewhere it may be the name of something else.
        return False
    going = (n for n in given if _gives_one_of(n, gone))
    targets = (target for assign in given for target in assign.targets)
    known = {id(n) for node in (place.term.origin, *going, *targets) for n in below(node)}
    return any(isinstance(n, cst.Name) and n.value == name.value and id(n) not in known for n in below(function))


def _gives_one_of(node: cst.Assign, names: Container[str]) -> bool:
    return any(isinstance(t.target, cst.Name) and t.target.value in names for t in node.targets)


def said_twice(place: Place, replacement: Term, reads: Iterable[Read], gone: Container[str]) -> str | None:
    """Why a rewrite is not safe to make unasked that, for some digits, says the formula of a name that stays."""
    if FOR_DIGITS.isdisjoint(replacement.ops) or not replacement.ops <= PLAIN:
        return None
    for part in _staying(place.term, gone):
        origins = [o.origin for o in part.args if isinstance(o.origin, cst.CSTNode)]
        made = {id(n) for origin in origins if _calculates(origin) for n in below(origin)}
        if any(id(read.node) in made for read in reads):
            name = place.module.code_for_node(part.origin) if isinstance(part.origin, cst.CSTNode) else "a name"
            return f"it would repeat the formula of `{name}`, which stays"
    return None


def _calculates(origin: cst.CSTNode) -> bool:
    return any(isinstance(node, cst.BinaryOperation) for node in below(origin))


def _staying(term: Term, gone: Container[str]) -> Iterator[App]:
    """What is computed under a name that is still there."""
    return (p for p in applications(term) if is_alias(p) and getattr(p.origin, "value", None) not in gone)


def _calls(node: cst.CSTNode) -> bool:
    return any(isinstance(inner, cst.Call) for inner in below(node))


class _Readings:
    """The outermost parts of a term that are `said`."""

    def __init__(self, module: cst.Module, said: set[str], gone: Container[str]) -> None:
        self._module = module
        self._said = said
        self._gone = gone
        self._done: set[tuple[int, int]] = set()
        self._sources: dict[int, str | None] = {}

    def of(self, term: Term, around: object, earlier: frozenset[str] = frozenset()) -> Iterator[Read]:
        """The readings of a term; `around` is the node whose evaluation reads it.

        Names in `earlier` are read in a statement that goes, and hold what they held before it: `t = x; t = exp(t)`.
        """
        if isinstance(term, Const) or (id(term), id(around)) in self._done:
            return
        self._done.add((id(term), id(around)))
        origin = term.origin
        node = origin if isinstance(origin, cst.CSTNode) else around
        source = self._source(term)
        stays = not is_alias(term) or source not in self._gone or source in earlier
        if source is not None and source in self._said and stays:
            yield Read(source, node if isinstance(node, cst.CSTNode) else None)
            return
        if isinstance(term, Var) and (source := _unparsed(term.name)) in self._said:
            # It was read under another name, nobody knows when.
            yield Read(source, None)
            return
        # What a name stands for was computed somewhere else.
        inner = None if is_alias(term) else node
        if not stays and source is not None:
            earlier |= {source}
        for child in children(term):
            yield from self.of(child, inner, earlier)

    def _source(self, term: Term) -> str | None:
        """How the code says a part."""
        origin = term.origin
        if isinstance(origin, cst.BaseExpression):
            if id(origin) not in self._sources:
                self._sources[id(origin)] = _unparsed(self._module.code_for_node(origin))
            return self._sources[id(origin)]
        return _unparsed(term.name) if isinstance(term, Var) else None


def _unparsed(text: str) -> str | None:
    tree = read_expression(text)
    return None if tree is None else source(tree)
