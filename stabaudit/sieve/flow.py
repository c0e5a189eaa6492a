"""Which stretches of a module could hold an expression that some pattern fits, told from Python's own syntax tree.

The shadow of the lift: a value reaches an expression in the same ways (names, helpers of the module, accumulators,
comprehensions), but without order and without conditions, so that it sees more and never less.
"""

from __future__ import annotations

import ast
from collections import defaultdict
from collections.abc import Iterable, Sequence

from stabaudit.sieve.bits import telling_bits
from stabaudit.sieve.names import Meaning, aliases
from stabaudit.sieve.stretch import FUNCTIONS, Function, Stretch, blocks, mentions, names_a_word
from stabaudit.sieve.walk import Walk


class Flow:
    """The stretches of a module, each with whether it could hold a finding and which functions it calls."""

    def __init__(self, tree: ast.Module, lines: Sequence[str]) -> None:
        self.lines = lines
        self.outside = Stretch([s for s in tree.body if not isinstance(s, FUNCTIONS)])
        self.functions: dict[str, list[Stretch]] = defaultdict(list)
        self.stretches = [self.outside]
        self._collect(tree.body, "")
        self._aliases = aliases(tree)
        self._known: dict[str, Meaning] = {}

    def telling(self) -> list[Stretch]:
        """The stretches that could hold a finding."""
        others = set(self.stretches)
        names = {last_part(n) for n in self._aliases if self.meaning(n).telling}
        found = [s for s in self.stretches if names_a_word(s, self.lines) or mentions(s, self.lines, names)]
        while found:
            others.difference_update(found)
            for stretch in found:
                self.given(stretch)
            # Whoever calls what gives back an exponential may hold one.
            givers = {s.name for s in self.stretches if s.name and (s.given or 0) & telling_bits()}
            names = {last_part(n) for n in (*givers, *(n for n in self._aliases if self.meaning(n).own & givers))}
            found = [s for s in self.stretches if s in others and mentions(s, self.lines, names)]
        return [s for s in self.stretches if s.hit]

    def needed(self, telling: Iterable[Stretch]) -> set[Function]:
        """The functions to be read closely: those that could hold a finding, and all that they call."""
        todo = [*telling]
        found: dict[Stretch, None] = {}
        while todo:
            stretch = todo.pop()
            if stretch not in found:
                found[stretch] = None
                todo += [s for name in stretch.calls for s in self.functions[name]]
        return {s.node for s in found if s.node is not None}

    def given(self, stretch: Stretch) -> int:
        """The marks of what a function gives back, as far as they are known."""
        if stretch.given is None:
            stretch.given = 0
            todo = [stretch]
            while todo:
                one = todo.pop()
                given = Walk(self, one).walk()
                if given != one.given:
                    one.given = given
                    # Functions that call each other are gone through until nothing is new.
                    todo += [s for s in one.callers if s not in todo]
        return stretch.given

    def meaning(self, name: str) -> Meaning:
        """What a name may stand for, by all the ways it is given a value."""
        if name not in self._known:
            seen, todo = {name}, [name]
            while todo:
                more = self._aliases.get(todo.pop(), set()) - seen
                seen |= more
                todo += more
            self._known[name] = Meaning.of(seen, self.functions)
        return self._known[name]

    def _collect(self, body: Iterable[ast.stmt], owner: str) -> None:
        for statement in body:
            if isinstance(statement, FUNCTIONS):
                stretch = Stretch(statement.body, statement, name=f"{owner}{statement.name}")
                self.stretches.append(stretch)
                self.functions[stretch.name].append(stretch)
            else:
                inner = "self." if isinstance(statement, ast.ClassDef) else owner
                for block in blocks(statement):
                    self._collect(block, inner)


def last_part(name: str) -> str:
    """`f` of `self.f`."""
    return name.rpartition(".")[2]
