"""Which stretches of a module could hold an expression that some pattern fits.

The shadow of the lift: a value reaches an expression in the same ways (names, helpers of the module, accumulators,
comprehensions) and in the same order, but without conditions, and a name keeps all that it ever held, so that it sees
more and never less.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Collection
from functools import cached_property

from stabaudit.sieve.bits import number, told_of
from stabaudit.sieve.kept import MOST_ROUNDS, Kept
from stabaudit.sieve.names import CALLED_AS, Meaning, aliases
from stabaudit.sieve.needles import differentiates
from stabaudit.sieve.stretch import Module, Stretch
from stabaudit.sieve.walk import Walk
from stabaudit.sieve.words import objects
from stabaudit.syntax.bindings import values_given
from stabaudit.syntax.expressions import Attribute, Constant, Dict, Display, Lambda, Name, Text, Unary
from stabaudit.syntax.memory import changes_more_than_itself
from stabaudit.syntax.node import Expression
from stabaudit.syntax.plain import is_plain, is_property
from stabaudit.syntax.statements import Annotated, Assign, Return

#: Methods that are called when an object is.
_CALLED = frozenset(way.removeprefix("self.") for way in CALLED_AS)
#: What is no number, however it is computed.
_NO_NUMBERS = (Display, Dict, Text, Lambda)
_ANY = number(0) | number(1) | number(2)
#: So many helpers of one function, of code no longer than this, are looked into for what a pattern is made of.
MOST_HELPERS, LONGEST_HELPER = 8, 1_500
_ADDED_TO = rb"\b(self\.\w+)[ \t]*\+="


class Flow:
    """The stretches of a module, those that could hold a finding first of all."""

    def __init__(self, module: Module) -> None:
        self.module = module
        self.functions: dict[str, list[Stretch]] = defaultdict(list)
        self.properties: dict[str, list[Stretch]] = defaultdict(list)
        for stretch in module.functions:
            of_name = stretch.owner and stretch.node is not None and is_property(stretch.node)
            for name in stretch.names:
                self.functions[name].append(stretch)
                if of_name:
                    self.properties[name].append(stretch)
        self.aliases: dict[str, set[str]] = {}
        self.differentiates = differentiates(module.code)
        if not CALLED_AS.isdisjoint(self.functions):
            # A module calls itself.
            self.aliases["self"] = {*CALLED_AS}
        self.kept = Kept()
        self._known: dict[str, Meaning] = {}
        self._read: set[Stretch] = set()
        self._seen_through: dict[Stretch, bool] = {}
        #: What is gone through at the moment, the last for the sake of the one before it.
        self._walked: list[Stretch] = []

    @cached_property
    def makers(self) -> list[Stretch]:
        """The stretches that make objects which are called like functions, of a library's classes or of own ones."""
        methods = [s for s in self.module.named if s.node is not None and s.owner]
        own = {s.owner for s in methods if s.node is not None and s.node.name in _CALLED}
        for name in own:
            self.aliases.setdefault(name, set()).update(CALLED_AS)
        # Of the others an object is called by the name of a method, and has to be kept in an attribute.
        others = {s.owner for s in methods} - (names := {*own, *objects()})
        makers = {*self.module.given(names, rb"="), *self.module.given(others, rb"\bself\.\w+[ \t]*=")}
        return [stretch for stretch in self.module.functions if stretch in makers]

    @property
    def keepers(self) -> list[Stretch]:
        """The stretches read so far in which an object keeps a function: `self.activation = sigmoid`."""
        return [stretch for stretch in self._read if stretch.owner and self._keeps_a_function(stretch)]

    def _keeps_a_function(self, stretch: Stretch) -> bool:
        given = (node for node in stretch.statements if isinstance(node, Assign) and isinstance(node.value, Name))
        return any(
            isinstance(target, Attribute)
            for node in given
            if isinstance(node.value, Name) and node.value.name in self.functions
            for target in node.targets
        )

    def telling(self) -> list[Stretch]:
        """The stretches that could hold a finding."""
        for stretch in (*self.makers, self.module.outside):
            self._learns(stretch)
        new = [*self.module.named, *self._together(self.module.named)]
        known: set[Stretch] = set()
        telling: list[Stretch] = []
        while new:
            telling += [stretch for stretch in new if stretch not in known]
            known.update(new)
            learned = [self._learns(stretch) for stretch in new]
            if any(learned):
                # What was thought of names before may not hold.
                for stretch in self._read:
                    stretch.given = None
                new = telling
            for stretch in new:
                self.given(stretch)
            readers = self._readers_of_kept()
            # Whoever calls what gives back an exponential may hold one, and so may who knows one by another name.
            givers = {n for s in self._read if (s.given or 0) & told_of() and self.seen_through(s) for n in s.names}
            names = {n for n in self.aliases if self.meaning(n).telling or self.meaning(n).own & givers}
            new = [s for s in self.module.mentioning({*givers, *names}) if s not in known]
            new += [s for s in readers if s not in new]
        return [s for s in telling if s.hit]

    def _readers_of_kept(self) -> list[Stretch]:
        """The methods that read attributes of which was learned meanwhile what exponentials others keep in them."""
        news = self.kept.news()
        places = self.module.mentioning({attribute for _, attribute in news}) if news else []
        owners = {owner for owner, _ in news}
        readers = [s for s in places if s.owner in owners and any(self.kept.shapes(s, a) for _, a in news)]
        if self.kept.rounds > MOST_ROUNDS:
            for stretch in readers:
                stretch.hit = True
            return [s for s in readers if s.given is None]
        for stretch in readers:
            stretch.given = None
        return readers

    def _together(self, named: Collection[Stretch]) -> list[Stretch]:
        """The functions that name all of a needle together with those that they call, and that are not `named`."""
        if not self.module.needles or not any(any(f.signs.values()) for every in self._short.values() for f in every):
            return []
        known = {*named}
        others = (f for f in self.module.functions if f not in known)
        return [f for f in others if (helpers := self._helpers(f)) and self.module.have_a_needle([f, *helpers])]

    def _helpers(self, stretch: Stretch) -> list[Stretch]:
        """The short functions of the module that a function calls, and those that these call."""
        found: list[Stretch] = []
        todo = [stretch]
        while todo and len(found) < MOST_HELPERS:
            called = todo.pop().called
            ways = {f"{owner}{name}" for name in called for owner in ("", "self.")}
            means = {own for way in ways & self.aliases.keys() for own in self.meaning(way).own} | ways
            for own in sorted(means & self._short.keys()):
                for helper in self._short[own]:
                    if helper is not stretch and helper not in found:
                        found.append(helper)
                        todo.append(helper)
        return found

    @cached_property
    def _short(self) -> dict[str, list[Stretch]]:
        """The functions of the module that are short and give something back."""
        short = {f for f in self.module.functions if len(f.code) <= LONGEST_HELPER and b"return" in f.code}
        return {name: own for name, every in self.functions.items() if (own := [f for f in every if f in short])}

    def seen_through(self, stretch: Stretch) -> bool:
        """Whether a call of a function could be taken for what it computes."""
        if stretch not in self._seen_through:
            # A function that calls itself is asked for in the midst of it.
            self._seen_through[stretch] = True
            self._seen_through[stretch] = _could_be_formula(stretch)
        return self._seen_through[stretch]

    def given(self, stretch: Stretch) -> int:
        """The shapes of what a function gives back, as far as they are known."""
        if stretch.given is None:
            self._learns(stretch)
            stretch.given = 0
            # Who is gone through at the moment waits for this, and has not used it yet.
            waiting = [*self._walked]
            todo = [stretch]
            while todo:
                one = todo.pop()
                # It may have been gone through again meanwhile, and have learned more.
                before = one.given or 0
                self._walked.append(one)
                walk = Walk(self, one)
                given = walk.walk() | (one.given or 0)
                self._walked.pop()
                if one.owner:
                    self.kept.learn(one, walk.names)
                if given != before:
                    one.given = given
                    # Functions that call each other are gone through until nothing is new.
                    todo += [s for s in one.callers if s not in todo and not (one is stretch and s in waiting)]
        return stretch.given

    @cached_property
    def running(self) -> frozenset[str]:
        """The attributes of `self` that are added to, where products are added to some."""
        if not self.module.added:
            return frozenset()
        return frozenset(name.decode("utf-8", "replace") for name in re.findall(_ADDED_TO, self.module.code))

    def meaning(self, name: str) -> Meaning:
        """What a name may stand for, by all the ways it is given a value."""
        if name not in self._known:
            seen, todo = {name}, [name]
            while todo:
                more = self.aliases.get(todo.pop(), set()) - seen
                seen |= more
                todo += more
            self._known[name] = Meaning.of(seen, self.functions)
        return self._known[name]

    def number(self, name: str) -> int:
        """The shapes of a number that the module keeps under a name."""
        return self._numbers.get(name, 0)

    @cached_property
    def _numbers(self) -> dict[str, int]:
        """All names that are given what may be a number outside of functions."""
        found: dict[str, int] = {}
        for node in self.module.outside.statements:
            if isinstance(node, Assign):
                for target in node.targets:
                    _given(target, node.value, found)
            elif isinstance(node, Annotated) and node.value is not None:
                _given(node.target, node.value, found)
        return found

    def _learns(self, stretch: Stretch) -> bool:
        """Read what else names are called in a stretch; true if that is new."""
        if stretch in self._read:
            return False
        self._read.add(stretch)
        before = sum(map(len, self.aliases.values()))
        aliases(stretch.statements, self.aliases)
        if sum(map(len, self.aliases.values())) == before:
            return False
        self._known.clear()
        return True


def _could_be_formula(stretch: Stretch) -> bool:
    """Whether a function gives something back, and beside that only gives attributes of `self` other values."""
    node = stretch.node
    if node is None or b"return" not in stretch.code or not is_plain(node) or changes_more_than_itself(node):
        return False
    return any(isinstance(one, Return) and one.value is not None for one in stretch.statements)


def _given(target: Expression, value: Expression, found: dict[str, int]) -> None:
    """Into `found` go the names of a target that are given what may be a number."""
    for place, one, _ in values_given(target, value):
        if isinstance(place, Name):
            found[place.name] = found.get(place.name, 0) | _number(one)


def _number(value: Expression) -> int:
    """The numbers that an expression may be."""
    while isinstance(value, Unary):
        value = value.operand
    if isinstance(value, Constant):
        return number(value.value) if type(value.value) in (int, float) else 0  # type: ignore[arg-type]
    return 0 if isinstance(value, _NO_NUMBERS) else _ANY
