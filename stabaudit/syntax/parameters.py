"""The nodes of what a function or a lambda is given."""

from __future__ import annotations

from stabaudit.syntax.node import Expression, Node, dataclass


@dataclass
class Parameter(Node):
    """One parameter of a function."""

    name: str
    annotation: Expression | None
    default: Expression | None


@dataclass
class Parameters(Node):
    """The parameters of a function: those before `/`, those after it, `*args`, those after that, `**options`."""

    by_position: tuple[Parameter, ...]
    plain: tuple[Parameter, ...]
    star: Parameter | None
    by_name: tuple[Parameter, ...]
    stars: Parameter | None

    @property
    def named(self) -> tuple[Parameter, ...]:
        """Those that take one value each."""
        return (*self.by_position, *self.plain, *self.by_name)
