"""The user's own text for the parts of an expression, as far as it means the same where a fix is written."""

from __future__ import annotations

import builtins
from collections.abc import Callable, Iterator, Mapping, Sequence
from fractions import Fraction

import libcst as cst

from stabaudit.concrete.nodes import below
from stabaudit.dialects import Dialect, function
from stabaudit.fix.aliases import is_alias
from stabaudit.fix.code_text import bare_source, negated, strength
from stabaudit.fix.layout import joined
from stabaudit.fix.text import ATOM, LOOSE, SUM, Text
from stabaudit.lift.scope import Scope
from stabaudit.records import Record
from stabaudit.syntax.dotted import dotted
from stabaudit.syntax.expressions import Call, Choice
from stabaudit.syntax.from_libcst import lowered
from stabaudit.syntax.node import Expression
from stabaudit.syntax.reads import names_in
from stabaudit.terms import App, Const, Term, Var, applications, by_name, children, is_constant, walk
from stabaudit.terms.arithmetic import addends, base_and_exponent, scale, split
from stabaudit.terms.match import divides_exponentials, is_endless, undoes_an_exponential
from stabaudit.terms.normal import normal, summands
from stabaudit.terms.ops import expand

#: What operators do.
OPERATIONS = ("add", "sub", "mul", "div", "pow", "neg")
#: Expressions that are written again with other text for their operands.
WRITTEN_AGAIN = (cst.Call, cst.BinaryOperation, cst.UnaryOperation, cst.IfExp, cst.Subscript, cst.Attribute)


class Part(Record):
    """A part of an expression: its normal form, and whether it is written `here` and not under a name."""

    term: Term
    key: Term
    here: bool


class Own:
    """The user's text for the parts of `term` where `scope` holds, by their normal form.

    `known` is the text of what can be said as it stands. What only holds names that have another value by now is
    written `again`: the user's call with the present text of its operands. With `earlier`, the scope is that of
    statements before the one with the term, and its own text is asked about, too. `is_array` says of variables whether
    they are made arrays.
    """

    def __init__(
        self,
        term: Term,
        module: cst.Module,
        scope: Scope,
        *,
        earlier: bool = False,
        is_array: Callable[[Var], bool] = lambda _: False,
    ) -> None:
        self.module = module
        self._term = term
        self._is_array = is_array
        self._earlier = earlier
        self.scope = scope
        # `exp(a) / exp(b)` is no way to write `exp(a - b)`, and `log(exp(x))` none to write `x`.
        unsaid = (divides_exponentials, undoes_an_exponential)
        self.parts = tuple(p for p in said_apart(term) if not any(is_so(p.term) for is_so in unsaid))
        #: The variables that are written as they are, not only inside of a conversion such as `x.data`.
        self.bare = frozenset(part.term for part in self.parts if isinstance(part.term, Var))
        #: The libraries that the code calls.
        self.libraries = frozenset(p.library for p in applications(term) if p.library is not None)
        #: The numbers that stand in the code.
        literals = {abs(p.value) for p in walk(term) if isinstance(p, Const) and _is_literal(p.origin)}
        calls = [part.node for part in applications(term) if isinstance(part.node, Call)]
        #: The keywords with which the code gives arguments.
        self.keywords = frozenset(a.keyword for call in calls for a in call.args if a.keyword is not None)
        # The base of a logarithm is not written as a number.
        self.numbers = frozenset({*literals, Fraction(10)} if "log10" in term.ops else literals)
        self._settings = [value for part in applications(term) for _, value in part.attrs]
        self.known = self._known()
        self._ways = self._written(term)

    def _known(self) -> Mapping[Term, Text]:
        known: dict[Term, Text] = {}
        negatives: dict[Term, Text] = {}
        for part in self.parts:
            for node in self._sayable(part):
                text = self._text(node)
                if text is None:
                    continue
                if part.key not in known or len(text.source) < len(known[part.key].source):
                    known[part.key] = text
                if (opposite := negated(self.module, node)) is not None:
                    negatives.setdefault(scale(Fraction(-1), part.key), opposite)
        return negatives | known

    def says(self, variable: Var) -> bool:
        """Whether a variable can be written by its name, as it is in the code."""
        return variable in self.bare and means_the_same(variable, self.scope)

    def position(self, term: Term) -> int:
        """Where a normal term, or its opposite or reciprocal, comes first in the code."""
        base, _ = base_and_exponent(split(term)[1])
        found = (i for i, p in enumerate(self.parts) if base_and_exponent(split(p.key)[1])[0] == base)
        return next(found, len(self.parts))

    def first(self, term: Term) -> int:
        """Where a normal term itself comes first in the code, as an exponent if not by itself."""
        return next((i for i, p in enumerate(self.parts) if p.key == term), len(self.parts))

    @property
    def sums(self) -> list[tuple[frozenset[Term], Text]]:
        """The sums that are written as one text, each as the set of its addends, the longest first."""
        keys = {part.key for part in self.parts if part.key in self.known}
        found = [(frozenset(addends(key)), self.known[key]) for key in keys if len(addends(key)) > 1]
        return sorted(found, key=lambda pair: (-len(pair[0]), pair[1]))

    def is_number(self, term: Term) -> bool:
        """Whether a term is a number, by itself or under a name."""
        return is_constant(term)

    def of_setting(self, value: Term) -> str | None:
        """The user's text for an axis or the like, if it means the same here.

        A normal form may be that of another place, with what is written there.
        """
        for setting in self._settings:
            node = setting.origin
            if setting == value and isinstance(node, cst.BaseExpression) and means(node, setting, self.scope):
                return bare_source(self.module, node)
        return None

    def otherwise(self, op: str, home: Dialect) -> str | None:
        """How an operation is written in the code if that is not quite what the library's function computes."""
        for way in sorted(self._ways.get(op, ())):
            known = function(way)
            if known is not None and not known[1].near:
                continue
            if way.startswith(".") and home.home == "own":
                continue
            return way.removeprefix("builtins.").removeprefix(".")
        return None

    @property
    def functions_for_operators(self) -> str | None:
        """A function such as `numpy.subtract` that is called in the code for what operators do."""
        listed = {part.op for part in applications(self._term) if not all(map(self._is_no_list, part.args))}
        ways = (way for op in OPERATIONS if op in listed for way in sorted(self._ways.get(op, ())) if "." in way)
        return next(ways, None)

    def _is_no_list(self, operand: Term) -> bool:
        """Whether a value is what a function gave."""
        if isinstance(operand, Var):
            return self._is_array(operand)
        return isinstance(operand, App) and not isinstance(operand.made, (cst.List, cst.Tuple, cst.ListComp))

    def _written(self, term: Term) -> dict[str, set[str]]:
        """For each operation that is written as a call or a choice, how that is."""
        found: dict[str, set[str]] = {}
        for part in applications(term):
            match part.steps:
                case Call(func=func):
                    found.setdefault(part.op, set()).add(self._path(func))
                case Choice():
                    found.setdefault(part.op, set()).add("... if ... else ...")
        return found

    def _path(self, func: Expression) -> str:
        """The dotted path of a function; that of a method is its name behind a dot."""
        chain = dotted(func) or ""
        root, _, rest = chain.partition(".")
        if root in self.scope.modules:
            return ".".join(filter(None, (self.scope.modules[root], rest)))
        return f".{chain.rpartition('.')[2]}" if not chain or rest else f"builtins.{chain}"

    def _sayable(self, part: Part) -> Iterator[cst.BaseExpression]:
        """Where a part is written in a way that means the same here."""
        term = part.term
        here = part.here and not self._earlier
        if isinstance(term.origin, cst.BaseExpression) and (here or means(term.origin, term, self.scope)):
            yield term.origin
        made = term.made if isinstance(term, App) else None
        if made is not term.origin and isinstance(made, cst.BaseExpression) and means(made, term, self.scope):
            yield made

    def _text(self, node: cst.BaseExpression) -> Text | None:
        source = bare_source(self.module, node)
        return None if "#" in source else Text(joined(source), strength(node))

    def again(self, key: Term) -> Text | None:
        """The user's own code for a part with other text for its operands, where that can be said."""
        for part in self.parts:
            if part.key == key and isinstance(part.term, App) and (text := self._again(part.term)) is not None:
                return text
        return None

    def _again(self, term: App) -> Text | None:
        term = _inmost(term)
        if not isinstance(term.made, WRITTEN_AGAIN) or term.op in ("call", "pair", "built"):
            return None
        texts = []
        for operand in term.args:
            text = self.known.get(normal(expand(operand)))
            if text is None and isinstance(operand, App):
                text = self._again(operand)
            if text is None:
                return None
            texts.append(text)
        return self.with_operands(term, texts)

    def call_of(self, term: App) -> App | None:
        """The part of the code of which a term is the same call with other operands, if it is such a one."""
        return next((p.term for p in self.parts if isinstance(p.term, App) and _is_same_call(p.term, term)), None)

    def with_operands(self, term: App, texts: Sequence[Text]) -> Text | None:
        """The user's code of a part with other text for its operands; `None` if it says what is no longer so."""
        node = term.made
        inside = {id(n) for n in below(node)} if isinstance(node, cst.BaseExpression) else set()
        if any(id(operand.origin) not in inside or operand.origin is node for operand in term.args):
            return None
        assert isinstance(node, cst.BaseExpression)
        holes = {id(operand.origin): cst.Name(_hole(index)) for index, operand in enumerate(term.args)}
        new = node.visit(_WithHoles(holes))
        assert isinstance(new, cst.BaseExpression)
        settings = [leaf for _, value in term.attrs for leaf in _leaves(value)]
        blank = {hole.value for hole in holes.values()}
        source = joined(bare_source(self.module, new))
        names = (name for name in _read(new) if name.partition(".")[0] not in blank)
        if "#" in source or not all(_is_current(name, settings, self.scope) for name in names):
            return None
        for index, (text, operand) in enumerate(zip(texts, term.args, strict=True)):
            assert isinstance(operand.origin, cst.BaseExpression)
            is_argument = isinstance(node, cst.Call) and any(a.value is operand.origin for a in node.args)
            needed = LOOSE if is_argument else max(strength(operand.origin), SUM)
            bracketed = operand.origin.lpar and not is_argument
            source = source.replace(_hole(index), text.within(ATOM if bracketed else needed))
        return Text(source, strength(node))


def _inmost(term: App) -> App:
    """The operation that a part is; what is near to one is read as that and something else."""
    while len(term.args) == 1 and isinstance(inner := term.args[0], App) and inner.origin is term.made:
        term = inner
    return term


def _is_same_call(part: App, term: App) -> bool:
    return part.op == term.op and part.made is term.made and part.made is not None and part.args != term.args


def _is_literal(node: object) -> bool:
    """Whether it is a number as it stands in the code."""
    return isinstance(node, (cst.Integer, cst.Float, cst.UnaryOperation))


def means_the_same(variable: Var, scope: Scope) -> bool:
    """Whether a variable's name still holds its value, which no call would have to give again."""
    return scope.is_current(variable) and not any(mark == "#" for mark, _ in variable.stamp)


def _hole(index: int) -> str:
    return f"_operand_{index}_"


class _WithHoles(cst.CSTTransformer):
    """An expression with other nodes for some, by their identity."""

    def __init__(self, holes: Mapping[int, cst.Name]) -> None:
        super().__init__()
        self.holes = holes

    def on_leave(self, original_node: cst.CSTNode, updated_node: cst.CSTNode) -> cst.CSTNode:  # type: ignore[override]
        """The hole in the place of a node, or the node."""
        return self.holes.get(id(original_node), updated_node)


def said_apart(term: Term, above: Term | None = None, *, here: bool = True) -> Iterator[Part]:
    """The parts of a term."""
    key = normal(expand(term))
    if isinstance(key, Const) and isinstance(term.origin, cst.Tuple):
        # An axis that is written `(0,)` is no number.
        return
    # Of `x.astype(int)` and the `x` in it only the former is what is computed with.
    if key != above:
        yield Part(term, key, here)
    # Each sum within an endless one would be written and put in order again.
    inside = summands(term) if isinstance(term, App) and is_endless(term) else children(term)
    for child in inside:
        yield from said_apart(child, key, here=here and not is_alias(term))


def means(node: cst.BaseExpression, term: Term, scope: Scope) -> bool:
    """Whether the text of an earlier statement, in which `term` was read, gives the same value where `scope` holds.

    No name in it has another value since, and no call in it is made again.
    """
    held = scope.facts.get(node.value) if isinstance(node, cst.Name) else None
    # What a name holds may be made of numbers that the formula says by their names.
    if held is not None and term in (held, by_name(held)):
        return True
    if isinstance(node, cst.Name) and isinstance(term, App):
        return False
    leaves = [leaf for child in children(term) for leaf in _leaves(child)] if isinstance(term, App) else [term]
    if any(mark == "#" for leaf in leaves if isinstance(leaf, Var) for mark, _ in leaf.stamp):
        return False
    return all(_is_current(name, leaves, scope) for name in _read(node))


def _leaves(term: Term) -> Iterator[Term]:
    """What the text of a term says by name, and the variables in it."""
    if is_alias(term) or not isinstance(term, App):
        yield term
        return
    for child in children(term):
        yield from _leaves(child)


def _is_current(name: str, leaves: list[Term], scope: Scope) -> bool:
    """Whether a name still has the value that it had in an expression with these leaves."""
    root, _, attribute = name.partition(".")
    if root in scope.modules:
        return True
    said = [leaf for leaf in leaves if _name_of(leaf) == name]
    # What is known by another name is a value as well: `beta = x[4]`.
    if said and not (isinstance(said[0], Var) and said[0].name == name):
        return all(scope.facts.get(name) == leaf for leaf in said)
    stamps = {v for leaf in leaves if isinstance(leaf, Var) for n, v in leaf.stamp if n == name}
    if stamps:
        return stamps == {scope.versions.get(name, 0)}
    # An attribute that was never set here, or a method, is that of its unchanged owner.
    return not scope.versions.get(name, 0) and (bool(attribute) or hasattr(builtins, name))


def _name_of(term: Term) -> str | None:
    """The name that a term was read under."""
    return dotted(term.node)


def _read(node: cst.CSTNode) -> set[str]:
    """The names that are read in an expression; those of keywords are none."""
    return {name for name in names_in(lowered(node)) if name not in ("None", "True", "False")}
