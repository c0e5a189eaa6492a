"""What a row of the table of operations is, and how the table is read.

Every row has a name (the symbol in terms) and a definition, the textbook formula in terms of more
primitive operations. Primitives have none: their meanings in floats and in intervals stand in
`stabaudit.proof`. `stable` marks what a good library computes accurately over its whole range:
the words in which fixes are written. Called on terms, a row builds a term, so rules are written
with these functions.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import cache, lru_cache

from stabaudit.records import Record
from stabaudit.terms import App, Const, Lit, Number, Term, Var, as_term, substitute

Value = Term | Number | None | bool | str

TABLE: dict[str, Op] = {}


class Op(Record):
    """One operation: `operands` and `settings` are the names of its arguments, in order."""

    name: str
    operands: tuple[str, ...]
    settings: tuple[str, ...] = ()
    definition: Callable[..., Term] | None = None
    stable: bool = False
    elementary: bool = False

    def __call__(self, *args: Value, **settings: Value) -> Term:
        """The term that applies this operation; settings not given are `None`, or `False` for `keepdims`."""
        missing: dict[str, Value] = {"keepdims": False}
        attrs = tuple((n, setting(settings.pop(n, missing.get(n)))) for n in self.settings)
        if settings:
            raise TypeError(f"`{self.name}` has no setting {', '.join(sorted(settings))}")
        if len(args) != len(self.operands):
            raise TypeError(f"`{self.name}` takes {len(self.operands)} operands, not {len(args)}")
        return App(self.name, tuple(as_term(a) for a in args), attrs)  # type: ignore[arg-type]

    @property
    def defining_term(self) -> Term | None:
        """The definition with the operands and settings as variables."""
        if self.definition is None:
            return None
        return self.definition(*(Var(n) for n in (*self.operands, *self.settings)))


def setting(value: Value) -> Term:
    """A setting as a term: numbers are constants, `None`, truth values and tuples are literals."""
    if isinstance(value, Term):
        return value
    if value is None or isinstance(value, (bool, tuple, str)):
        return Lit(value)
    return Const(value)


def primitive(name: str, operands: str, settings: str = "", *, elementary: bool = False) -> Op:
    """A row that is not explained by others."""
    TABLE[name] = Op(name, tuple(operands.split()), tuple(settings.split()), elementary=elementary)
    return TABLE[name]


def defined(formula: Callable[..., Term]) -> Op:
    """A row explained by others: the function's name, arguments and body are the row."""
    return _row(formula, stable=False, elementary=False)


def stable(formula: Callable[..., Term]) -> Op:
    """A row that the runtime, or the file's own library, computes well although its formula does not."""
    return _row(formula, stable=True, elementary=False)


def elementary(formula: Callable[..., Term]) -> Op:
    """A stable row that every library has, such as `expm1`."""
    return _row(formula, stable=True, elementary=True)


def _row(formula: Callable[..., Term], *, stable: bool, elementary: bool) -> Op:
    # To import `inspect` takes 6 ms, and to ask it for a hundred rows three more.
    code = formula.__code__
    names = code.co_varnames[: code.co_argcount + code.co_kwonlyargcount]
    operands, settings = names[: code.co_posonlyargcount], names[code.co_posonlyargcount :]
    name = formula.__name__.rstrip("_")
    TABLE[name] = Op(name, operands, settings, formula, stable, elementary)
    return TABLE[name]


@cache
def _defining(name: str) -> Term | None:
    return TABLE[name].defining_term if name in TABLE else None


def unfold(term: App) -> Term | None:
    """The formula of a defined operation with the operands as they are; `None` for a primitive."""
    formula = _defining(term.op)
    if formula is None:
        return None
    row = TABLE[term.op]
    bindings = {Var(n): a for n, a in zip(row.operands, term.args, strict=False)}
    return substitute(formula, bindings | {Var(n): v for n, v in term.attrs})


def expand(term: Term) -> Term:
    """The same expression with every defined operation replaced by its formula."""
    # What is kept is of any equal term, and a number is to stay as it is written here.
    return expanded_application(term) if isinstance(term, App) else term


@lru_cache(maxsize=1 << 14)
def expanded_application(term: App) -> Term:
    """An operation on operands with every defined operation replaced by its formula."""
    args = tuple(expand(a) for a in term.args)
    expanded = term if args == term.args else App(term.op, args, term.attrs, term.node)
    formula = unfold(expanded)
    return expanded if formula is None else expand(formula)
