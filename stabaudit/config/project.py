"""What a project says of its code: where fixes take their functions from, and which names are array libraries."""

from __future__ import annotations

from stabaudit.records import Record


class Vendored(Record):
    """A module of the project with functions of the runtime in it: its dotted name and theirs; none for all."""

    module: str
    functions: frozenset[str] | None = None

    def has(self, name: str) -> bool:
        """Whether the function is there; `scalar.softmax` is the replacement of `softmax` for single floats."""
        return self.functions is None or name in self.functions


class Project(Record):
    """What holds for a file beside its text.

    `target` is one of the setting's choices, `vendored` the module if it is `vendored`; `scipy` the oldest
    release of SciPy that the code has to run with; `arrays` are names with the array libraries they stand for.
    `has_special`: the file imports something of `scipy.special`. `more` are the rules that hold beside those that do by
    default. `guards` are the smallest numbers that count as guards, by rule.
    """

    target: str = "auto"
    vendored: Vendored | None = None
    scipy: tuple[int, ...] = (1, 10)
    arrays: tuple[tuple[str, str], ...] = ()
    has_special: bool = False
    more: frozenset[str] = frozenset()
    guards: tuple[tuple[str, float], ...] = ()

    def meaning(self, path: str) -> str:
        """The dotted path by which what an import names is known: a vendored function is that of the runtime."""
        if self.vendored is None:
            return path
        relative = path.startswith(".")
        module = self.vendored.module.rpartition(".")[2] if relative else self.vendored.module
        before, found, after = f".{path.lstrip('.')}.".partition(f".{module}.")
        if not found or (before and not relative):
            return path
        return f"stabaudit.runtime.{after}".rstrip(".")


#: A project that says nothing.
PLAIN = Project()
