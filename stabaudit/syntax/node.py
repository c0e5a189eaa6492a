"""What all nodes of the syntax tree have in common."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import TYPE_CHECKING, Any, ClassVar, TypeVar, cast

from stabaudit.records import Record

T = TypeVar("T")


class Extent(Record):
    """Where a node stands, as Python's parser says it: lines from 1, columns in bytes of UTF-8 from 0."""

    lineno: int
    col_offset: int
    end_lineno: int | None
    end_col_offset: int | None


class LeftOut(Record):
    """Where a `pass` stands for statements that are left out of a tree: at the first of them, up to their last row."""

    lineno: int
    col_offset: int
    last: int


#: The types of the fields that hold words.
WORDS = frozenset({"str", "bool", "str | None", "tuple[str, ...]", "Kind"})


class Node:
    """A part of a program, without white space, comments and parentheses.

    `place` says where it stands, as an `Extent` does; `origin` is the node of LibCST that says the same, once there is
    one. Two trees are the same if `same` says so; nodes by themselves are told apart by their identity.
    """

    __slots__ = ("origin", "place")

    #: The fields that hold nodes, or tuples of nodes, in the order of the source.
    PARTS: ClassVar[tuple[str, ...]] = ()
    #: The fields that hold words.
    WORDS: ClassVar[tuple[str, ...]] = ()

    def __init__(self) -> None:
        self.origin: Any = None
        self.place: Any = None

    def __repr__(self) -> str:
        said = ", ".join(repr(getattr(self, name)) for name in (*self.WORDS, *self.PARTS))
        return f"{type(self).__name__}({said})"


# To make the fifty classes as dataclasses takes 7 ms, a tenth of a run on a file without findings.
def _declared(cls: type[T]) -> type[T]:
    """A kind of node with all that follows from its fields: slots, parts, words and how it is made."""
    fields: dict[str, str] = cls.__annotations__
    own = {name: value for name, value in vars(cls).items() if name not in ("__dict__", "__weakref__")}
    defaults = {name: own.pop(name) for name in fields if name in own}
    if fields:
        given = ", ".join(f"{name}=defaults[{name!r}]" if name in defaults else name for name in fields)
        kept = "; ".join(f"self.{name} = {name}" for name in fields)
        exec(f"def __init__(self, {given}): {kept}; self.origin = self.place = None", {"defaults": defaults}, own)
        own |= {"__match_args__": tuple(fields)}
        own.setdefault("PARTS", tuple(name for name, kind in fields.items() if kind not in WORDS))
        own.setdefault("WORDS", tuple(name for name, kind in fields.items() if kind in WORDS))
    return cast("type[T]", type(cls.__name__, cls.__bases__, {**own, "__slots__": tuple(fields)}))


if TYPE_CHECKING:
    # Type checkers know what that makes of a class.
    from dataclasses import dataclass as dataclass
else:
    dataclass = _declared


class Expression(Node):
    """What has a value."""

    __slots__ = ()


class Statement(Node):
    """What is carried out."""

    __slots__ = ()


# Asked a million times in a run: what the fields of a kind hold is looked up once.
_PARTS: dict[type[Any], Callable[[Node], list[Any]]] = {}
_SAID: dict[type[Any], Callable[[Node], tuple[object, ...]]] = {}


def parts(node: Node) -> list[Any]:
    """The nodes directly inside `node`, in the order of the source."""
    read = _PARTS.get(node.__class__)
    if read is None:
        kind = node.__class__
        kinds = vars(kind).get("__annotations__", {})
        found = ", ".join(_inside(name, kinds.get(name, "")) for name in kind.PARTS)
        read = _PARTS[kind] = eval(f"lambda node: [{found}]", {"several": _several})
    return read(node)


def _said(node: Node) -> tuple[object, ...]:
    """The words of a node, and which of its parts are not there."""
    read = _SAID.get(node.__class__)
    if read is None:
        kind = node.__class__
        found = [*(f"node.{name}" for name in kind.WORDS), *(f"node.{name} is None" for name in kind.PARTS)]
        read = _SAID[kind] = eval(f"lambda node: ({''.join(f'{one}, ' for one in found)})")
    return read(node)


def _inside(name: str, kind: str) -> str:
    """The code for the nodes in a field: one, some, or whatever it holds."""
    if kind.startswith("tuple["):
        return f"*node.{name}"
    return f"node.{name}" if kind.isidentifier() else f"*several(node.{name})"


def _several(value: Node | tuple[Node, ...] | None) -> tuple[Node, ...]:
    if isinstance(value, tuple):
        return value
    return () if value is None else (value,)


def below(node: Node) -> Iterator[Any]:
    """The node and all nodes in it."""
    todo = [node]
    while todo:
        one = todo.pop()
        yield one
        todo += parts(one)


class Different(Exception):
    """Two trees are not the same; `nodes` are the first that differ."""

    def __init__(self, one: Node, other: Node) -> None:
        self.nodes = one, other


def pairs(one: Node, other: Node) -> Iterator[tuple[Any, Any]]:
    """The nodes of two trees that stand at the same place in them; raises `Different`."""
    todo: list[tuple[Any, Any]] = [(one, other)]
    while todo:
        a, b = todo.pop()
        if a.__class__ is not b.__class__ or _said(a) != _said(b):
            raise Different(a, b)
        mine, theirs = parts(a), parts(b)
        if len(mine) != len(theirs):
            raise Different(a, b)
        yield a, b
        todo += zip(mine, theirs, strict=True)


def difference(one: Node, other: Node) -> tuple[Node, Node] | None:
    """The first nodes in which two trees differ; `None` if they are the same."""
    try:
        for _ in pairs(one, other):
            pass
    except Different as found:
        return found.nodes
    return None


def same(one: Node, other: Node) -> bool:
    """Whether two pieces of code say the same."""
    return difference(one, other) is None
