"""What all nodes of the syntax tree have in common."""

from __future__ import annotations

from collections.abc import Iterator
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


def parts(node: Node) -> list[Any]:
    """The nodes directly inside `node`, in the order of the source."""
    found: list[Any] = []
    for name in node.PARTS:
        value = getattr(node, name)
        if value.__class__ is tuple:
            found += value
        elif value is not None:
            found.append(value)
    return found


def below(node: Node) -> Iterator[Any]:
    """The node and all nodes in it."""
    todo = [node]
    while todo:
        one = todo.pop()
        yield one
        todo += parts(one)


def pairs(one: Node, other: Node) -> Iterator[tuple[Any, Any]]:
    """The nodes of two trees that stand at the same place in them; ends with `(a, b)` that differ, if any do."""
    todo: list[tuple[Any, Any]] = [(one, other)]
    while todo:
        a, b = todo.pop()
        yield a, b
        if a.__class__ is not b.__class__ or any(getattr(a, n) != getattr(b, n) for n in a.WORDS):
            return
        mine, theirs = parts(a), parts(b)
        if len(mine) != len(theirs):
            return
        todo += zip(mine, theirs, strict=True)


def difference(one: Node, other: Node) -> tuple[Node, Node] | None:
    """The first nodes in which two trees differ; `None` if they are the same."""
    a, b = one, other
    for a, b in pairs(one, other):
        if a.__class__ is not b.__class__ or any(getattr(a, n) != getattr(b, n) for n in a.WORDS):
            return a, b
        if [getattr(a, n) is None for n in a.PARTS] != [getattr(b, n) is None for n in b.PARTS] or (
            len(parts(a)) != len(parts(b))
        ):
            return a, b
    return None


def same(one: Node, other: Node) -> bool:
    """Whether two pieces of code say the same."""
    return difference(one, other) is None
