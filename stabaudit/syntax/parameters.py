"""The nodes of what a function or a lambda is given."""

from __future__ import annotations

from stabaudit.syntax.node import Expression, Node


class Parameter(Node):
    """One parameter of a function."""

    __slots__ = ("annotation", "default", "name")
    __match_args__ = ("name", "annotation", "default")
    PARTS, WORDS = ("annotation", "default"), ("name",)

    def __init__(self, name: str, annotation: Expression | None, default: Expression | None) -> None:
        self.origin = self.place = None
        self.name = name
        self.annotation = annotation
        self.default = default


class Parameters(Node):
    """The parameters of a function: those before `/`, those after it, `*args`, those after that, `**options`."""

    __slots__ = ("by_name", "by_position", "plain", "star", "stars")
    __match_args__ = PARTS = ("by_position", "plain", "star", "by_name", "stars")

    def __init__(
        self,
        by_position: tuple[Parameter, ...],
        plain: tuple[Parameter, ...],
        star: Parameter | None,
        by_name: tuple[Parameter, ...],
        stars: Parameter | None,
    ) -> None:
        self.origin = self.place = None
        self.by_position = by_position
        self.plain = plain
        self.star = star
        self.by_name = by_name
        self.stars = stars

    @property
    def named(self) -> tuple[Parameter, ...]:
        """Those that take one value each."""
        return (*self.by_position, *self.plain, *self.by_name)
