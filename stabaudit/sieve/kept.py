"""The shapes of attributes that one method of a class sets and others read."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping

from stabaudit.sieve.bits import EXP, below, quiet
from stabaudit.sieve.stretch import Stretch

#: So many times what is kept may be news; after that it could be anything.
MOST_ROUNDS = 8


class Kept:
    """What methods keep in attributes of `self`, as far as there is an exponential in it, by the class."""

    def __init__(self) -> None:
        self._held: dict[str, dict[str, dict[Stretch, int]]] = defaultdict(dict)
        self._news: set[tuple[str, str]] = set()
        self.rounds = 0

    def learn(self, setter: Stretch, names: Mapping[str, int]) -> None:
        """A method was gone through, and its names hold what has these shapes."""
        for name, value in names.items():
            if name.startswith("self.") and name.count(".") == 1 and below(value) & EXP:
                setters = self._held[setter.owner].setdefault(name, {})
                before = setters.get(setter, 0)
                # What is at fault by itself is so where it is computed.
                setters[setter] = before | quiet(value)
                if setters[setter] != before:
                    self._news.add((setter.owner, name))

    def shapes(self, reader: Stretch, name: str) -> int:
        """The shapes of an attribute that a method reads, and of all others one alone sets."""
        setters = self._held[reader.owner].get(name, {}) if reader.owner in self._held else {}
        return next(iter(setters.values())) if len(setters) == 1 and reader not in setters else 0

    def news(self) -> set[tuple[str, str]]:
        """The classes and attributes of which something was learned since this was asked before."""
        news, self._news = self._news, set()
        self.rounds += bool(news)
        return news
