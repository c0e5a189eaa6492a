"""Which stretches of a module could hold an expression that some pattern fits, told from Python's own syntax tree.

The shadow of the lift: a value reaches an expression in the same ways (names, helpers of the module, accumulators,
comprehensions) and in the same order, but without conditions, and a name keeps all that it ever held, so that it sees
more and never less.
"""

from __future__ import annotations

import re
from collections import defaultdict
from functools import cached_property

from stabaudit.sieve.bits import helpful, number, told_of
from stabaudit.sieve.changes import changed_by
from stabaudit.sieve.formula import could_be_formula
from stabaudit.sieve.names import CALLED_AS, Meaning, aliases, words
from stabaudit.sieve.needles import differentiates
from stabaudit.sieve.stretch import IMPORTS, Module, Stretch
from stabaudit.sieve.walk import Walk
from stabaudit.sieve.words import objects

#: Methods that are called when an object is.
_CALLED = frozenset(way.removeprefix("self.") for way in CALLED_AS)
_CLASS = re.compile(rb"^[ \t]*class[ \t]+(\w+)", re.MULTILINE)
_NAME = re.compile(r"\w+")
# The name of a function that an import brings under another one; NumPy itself is called like a method of tensors.
_AS = re.compile(rb"(?!numpy\b)\b(\w+)[ \t\\\n]+as\b")
# The last part of a name that is given away and not called.
_BARE = re.compile(rb"\b(\w+)(?=\s*(?:[]=,;)\n\\]|\Z|\bas\b))")
_ANY = number(0) | number(1) | number(2)
# A line in which names are given what begins like a number, from the equals sign on and before it.
_GIVEN = re.compile(rb"=[ \t(\[]*([-+]?[\d.][^\s,;)\]]*)")
# The same of what begins like a name, or a bracket: it may be a number, `LOG_EPS = np.log(EPS)`.
_COMPUTED = re.compile(
    rb"^[ \t]*([a-zA-Z_\x80-\xff][\w\x80-\xff,= \t]*?)(?::[^=\n]*)?=(?!=)[ \t(\[]*[-+]?(?=[a-zA-Z_\x80-\xff(])",
    re.MULTILINE,
)
_ADDED_TO = re.compile(rb"\b(self\.\w+)[ \t]*\+=")
_NAMES = re.compile(rb"[ \t]*([a-zA-Z_\x80-\xff][\w\x80-\xff,= \t]*?)(?::[^=\n]*)?")


class Flow:
    """The stretches of a module, those that could hold a finding first of all."""

    def __init__(self, module: Module) -> None:
        self.module = module
        self.functions: dict[str, list[Stretch]] = defaultdict(list)
        for stretch in module.functions:
            for name in stretch.names:
                self.functions[name].append(stretch)
        self.aliases: dict[str, set[str]] = {}
        self.differentiates = differentiates(module.code)
        self._known: dict[str, Meaning] = {}
        self._read: set[Stretch] = set()
        self._telling: set[Stretch] = set()
        self._guesses = False
        self._seen_through: dict[Stretch, bool] = {}
        #: What is gone through at the moment, the last for the sake of the one before it.
        self._walked: list[Stretch] = []

    @cached_property
    def makers(self) -> list[Stretch]:
        """The stretches that make objects which are called like functions, of a library's classes or of own ones."""
        named = {stretch for stretch in self.module.named() if stretch.block is not None}
        called = [s.block.start for s in named if s.block is not None and s.block.name in _CALLED]
        own = [found[-1] for start in called if (found := _CLASS.findall(self.module.code, 0, start))]
        for name in {name.decode("utf-8", "replace") for name in own}:
            self.aliases.setdefault(name, set()).update(CALLED_AS)
        names = [*own, *(name.encode() for name in objects() if name.encode() in self.module.code)]
        if not names:
            return []
        made = re.compile(rb"=[^=\n]*\b(?:" + b"|".join(sorted({*names})) + rb")[ \t]*\(")
        return [stretch for stretch in self.module.at(made) if stretch.block is not None]

    def telling(self) -> list[Stretch]:
        """The stretches that could hold a finding; raises `SyntaxError`."""
        for stretch in self.makers:
            self._learns(stretch)
        # Most modules hold nothing even if all is assumed of the helpers without exponentials that they call.
        self._guesses = True
        if not self._told():
            return []
        self._guesses = False
        self._seen_through.clear()
        self._learns(self.module.outside)
        # Who calls no helper has heard of no guess.
        for stretch in frozenset[Stretch]().union(*(helper.callers for helper in self.module.functions)):
            stretch.given, stretch.hit = None, False
        return self._told()

    def _told(self) -> list[Stretch]:
        if self._renames:
            self._learns(self.module.outside)
        new = self.module.named()
        self._telling = set(new)
        telling: list[Stretch] = []
        while new:
            telling += new
            learned = [self._learns(stretch) for stretch in new]
            if any(learned):
                # What was thought of names before may not hold.
                for stretch in self._read:
                    stretch.given = None
                new = telling
            for stretch in new:
                self.given(stretch)
            # Whoever calls what gives back an exponential may hold one, and so may who knows one by another name.
            givers = {n for s in self._read if (s.given or 0) & told_of() and self.seen_through(s) for n in s.names}
            names = {n for n in self.aliases if self.meaning(n).telling or self.meaning(n).own & givers}
            new = [s for s in self.module.mentioning({*givers, *names}) if s not in self._telling]
            self._telling.update(new)
        return [s for s in telling if s.hit]

    def seen_through(self, stretch: Stretch) -> bool:
        """Whether a call of a function could be taken for what it computes."""
        if stretch not in self._seen_through:
            # A function that calls itself is asked for in the midst of it.
            self._seen_through[stretch] = True
            self._seen_through[stretch] = could_be_formula(stretch) and (
                self._guesses or self._changes_nothing(stretch)
            )
        return self._seen_through[stretch]

    def _changes_nothing(self, stretch: Stretch) -> bool:
        assert stretch.node is not None
        return not changed_by(stretch.node)

    def given(self, stretch: Stretch) -> int:
        """The shapes of what a function gives back, as far as they are known."""
        if self._guesses and stretch not in self._telling:
            return helpful()
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
                given = Walk(self, one).walk() | (one.given or 0)
                self._walked.pop()
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
        return frozenset(name.decode("utf-8", "replace") for name in _ADDED_TO.findall(self.module.code))

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
    def _renames(self) -> bool:
        """Whether something outside of functions may give another name to a function that is looked into."""
        outside = self.module.outside_code
        renamed = [name for line in IMPORTS.findall(outside) for name in _AS.findall(line)]
        given = _BARE.findall(IMPORTS.sub(b"", outside))
        names = {name.decode("utf-8", "replace") for name in (*renamed, *given)}
        return not names.isdisjoint(words()) or not names.isdisjoint(self.functions)

    @cached_property
    def _numbers(self) -> dict[str, int]:
        """All names that are anywhere given what begins like a number."""
        found: dict[str, int] = {}
        code, line = self.module.code, -1
        for match in _GIVEN.finditer(code):
            before, line = line, code.rfind(b"\n", 0, match.start()) + 1
            head = _NAMES.fullmatch(code, line, match.start()) if line != before else None
            if head is None:
                continue
            names = _NAME.findall(head[1].decode("utf-8", "replace"))
            try:
                # Of several names each may be given its own.
                value = number(float(match[1])) if len(names) == 1 else _ANY
            except ValueError:
                value = _ANY
            for name in names:
                found[name] = found.get(name, 0) | value
        for given in _COMPUTED.findall(self.module.outside_code):
            found |= dict.fromkeys(_NAME.findall(given.decode("utf-8", "replace")), _ANY)
        return found

    def _learns(self, stretch: Stretch) -> bool:
        """Read what else names are called in a stretch; true if that is new."""
        if stretch in self._read:
            return False
        self._read.add(stretch)
        before = sum(map(len, self.aliases.values()))
        aliases(stretch.body, self.aliases)
        if sum(map(len, self.aliases.values())) == before:
            return False
        self._known.clear()
        return True
