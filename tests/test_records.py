"""A record is what `typing.NamedTuple` makes of the same class."""

from __future__ import annotations

import copy
import pickle
from collections.abc import Callable
from typing import Any, NamedTuple

import pytest

from stabaudit.records import Record


class Point(Record):
    x: int
    name: str = "origin"
    new: float = 0.5

    @property
    def double(self) -> int:
        return 2 * self.x


class Same(NamedTuple):
    x: int
    name: str = "origin"
    new: float = 0.5

    @property
    def double(self) -> int:
        return 2 * self.x


class Below(Point):
    def __new__(cls, x: int) -> Below:
        return super().__new__(cls, x, "below")


@pytest.mark.parametrize(
    "used",
    [
        lambda kind: kind(1),
        lambda kind: kind(1, "a"),
        lambda kind: kind(1, new=2.0),
        lambda kind: kind(name="a", x=3),
        lambda kind: kind._make([1, "a", 2.0]),
        lambda kind: kind(1)._replace(name="b"),
        lambda kind: kind(1)._asdict(),
        lambda kind: kind(4).double,
        lambda kind: kind(4).new,
        lambda kind: kind._fields,
        lambda kind: kind.__match_args__,
        lambda kind: [*kind.__annotations__],
        lambda kind: kind(1) == (1, "origin", 0.5),
        lambda kind: {kind(1): 1}[(1, "origin", 0.5)],
        lambda kind: kind(1)[1:],
        lambda kind: repr(kind("'")).partition("(")[2],
        lambda kind: copy.deepcopy(kind([1])),
    ],
)
def test_a_record_does_what_a_named_tuple_does(used: Callable[[Any], Any]):
    assert used(Point) == used(Same)


@pytest.mark.parametrize(
    "wrong",
    [
        lambda kind: kind(),
        lambda kind: kind(1, "a", 2.0, 3),
        lambda kind: kind(1, x=1),
        lambda kind: kind(1, y=2),
        lambda kind: kind(1)._replace(y=2),
        lambda kind: kind._make([]),
        lambda kind: kind._make([1, 2, 3, 4]),
    ],
)
def test_what_is_no_field_is_refused_at_first_and_later(wrong: Callable[[Any], Any]):
    class Fresh(Record):
        x: int
        name: str = "origin"
        new: float = 0.5

    for _ in range(2):
        with pytest.raises(TypeError):
            wrong(Fresh)


def test_nothing_can_be_set():
    point = Point(1)
    with pytest.raises(AttributeError):
        point.x = 2  # type: ignore[misc]
    with pytest.raises(AttributeError):
        point.other = 2  # type: ignore[attr-defined]
    assert not hasattr(point, "__dict__")


def test_a_record_goes_to_another_process():
    assert pickle.loads(pickle.dumps(Point(1, "a"))) == Point(1, "a")
    assert type(pickle.loads(pickle.dumps(Point(1)))) is Point


def test_a_class_below_a_record_keeps_its_own_constructor():
    assert [Below(1), Below(2)] == [Point(1, "below"), Point(2, "below")]
    assert Point(3) == (3, "origin", 0.5)
    assert Below(1)._replace(new=2.0) == (1, "below", 2.0)
    assert type(Below._make([1, "a", 2.0])) is Below
