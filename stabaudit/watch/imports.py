"""The import hook: modules with findings get code with gauges in it, and stay in all else what they are.

What is replaced is the step in which Python's own loader, or that of pytest which rewrites `assert`, makes the code of
a file. So the module has the loader, the specification and the file that it would have, and its source is not touched.
"""

from __future__ import annotations

import ast
import os
import sys
from collections import defaultdict
from collections.abc import Callable, Iterable, Sequence
from importlib.machinery import SourceFileLoader
from types import CodeType
from typing import Any

from stabaudit.findings.reach import Reach
from stabaudit.watch.gauges import GAUGES, Gauge
from stabaudit.watch.instrument import Key, Unplaced, code_of
from stabaudit.watch.live import Watcher
from stabaudit.watch.plan import Module, Target, digest_of

Rewrite = Callable[[ast.Module, bytes, str], None]


class Imports:
    """Watches the modules of a plan as they are imported."""

    def __init__(self, modules: Sequence[Module]) -> None:
        self._modules = modules
        self._by_name: dict[str, list[int]] = defaultdict(list)
        for number, module in enumerate(modules):
            self._by_name[os.path.basename(module.path)].append(number)
        self._gauges: dict[tuple[int, int], list[Gauge]] = defaultdict(list)
        # What was imported, and why it is not watched if it is not.
        self._seen: dict[int, str | None] = {}
        self._undo: list[Callable[[], None]] = []

    def begin(self, rewriting: Any = None) -> None:
        """Watch from now on; `rewriting` is the hook of pytest that rewrites `assert`, if there is one."""
        loading = SourceFileLoader.get_code

        def get_code(loader: Any, fullname: str) -> CodeType | None:
            # A class of somebody's own may do more with the text.
            code = self._code(loader.path) if type(loader) is SourceFileLoader else None
            return loading(loader, fullname) if code is None else code

        setattr(SourceFileLoader, "get_code", get_code)  # noqa: B010
        # It is inherited.
        self._undo.append(lambda: delattr(SourceFileLoader, "get_code"))
        if rewriting is not None:
            self._begin_rewritten(rewriting)

    def _begin_rewritten(self, rewriting: Any) -> None:
        from _pytest.assertion import rewrite

        cached = getattr(rewrite, "_read_pyc", None)
        if cached is None or not hasattr(rewrite, "rewrite_asserts"):
            return

        def rewritten(tree: ast.Module, data: bytes, path: str) -> None:
            rewrite.rewrite_asserts(tree, data, path, rewriting.config)

        def read_pyc(source: Any, *more: Any, **others: Any) -> CodeType | None:
            code = self._code(str(source), rewritten)
            found: CodeType | None = cached(source, *more, **others) if code is None else code
            return found

        setattr(rewrite, "_read_pyc", read_pyc)  # noqa: B010
        self._undo.append(lambda: setattr(rewrite, "_read_pyc", cached))

    def end(self) -> None:
        """Import modules as ever."""
        while self._undo:
            self._undo.pop()()

    def seen(self) -> list[list[Reach]]:
        """What was seen of each finding of each module."""
        loaded = {os.path.realpath(path) for path in _files()}
        found = []
        for number, module in enumerate(self._modules):
            why = self._seen.get(number)
            if number not in self._seen and module.path in loaded:
                why = "its module was imported before the tests, or in a way of its own"
            targets = enumerate(module.targets)
            found.append([_reach(one, self._gauges.get((number, place), ()), why) for place, one in targets])
        return found

    def _code(self, path: str, rewrite: Rewrite | None = None) -> CodeType | None:
        """The code of the file at `path` with its gauges; `None` where there are none to be in it."""
        numbers = self._by_name.get(os.path.basename(path))
        if not numbers:
            return None
        try:
            with open(path, "rb") as file:
                data = file.read()
        except OSError:
            return None
        digest = digest_of(data)
        number = next((n for n in numbers if self._modules[n].digest == digest), None)
        if number is None:
            for one in numbers:
                if self._modules[one].path == os.path.realpath(path):
                    self._seen[one] = "its file was changed after it was checked"
            return None
        self._seen[number] = None
        try:
            tree = ast.parse(data, path)
            if rewrite is not None:
                rewrite(tree, data, path)
            return code_of(tree, path, self._wanted(number))
        except Unplaced:
            self._seen[number] = "its code was rewritten by another tool"
        except (SyntaxError, ValueError, RecursionError, MemoryError):
            self._seen[number] = "its code cannot be changed"
        return None

    def _wanted(self, number: int) -> dict[Key, list[tuple[str, Watcher]]]:
        """New gauges for each spot: a module that is imported twice has two of each."""
        wanted: dict[Key, list[tuple[str, Watcher]]] = defaultdict(list)
        for place, target in enumerate(self._modules[number].targets):
            for spot in target.spots:
                gauge = GAUGES[spot.gauge]()
                self._gauges[number, place].append(gauge)
                wanted[spot.at, spot.node].append((spot.part, gauge.see))
        return wanted


def _files() -> Iterable[str]:
    """The files of the modules that are loaded."""
    for module in [*sys.modules.values()]:
        path = getattr(module, "__dict__", {}).get("__file__")
        if isinstance(path, str):
            yield path


def _reach(target: Target, gauges: Iterable[Gauge], why: str | None) -> Reach:
    """What the gauges of a finding have seen."""
    told = [gauge.told() for gauge in gauges]

    def most(name: str) -> int:
        return int(max((one.get(name, 0) for one in told), default=0))

    exponents = [(one["exponent"] / one["limit"], one["exponent"], one["limit"]) for one in told if "exponent" in one]
    losses = [(one["lost"], one["digits"]) for one in told if "lost" in one]
    arguments = [one["argument"] for one in told if "argument" in one]
    _, exponent, limit = max(exponents, default=(0.0, None, None))
    lost, digits = max(losses, default=(None, None))
    return Reach(
        target.kind,
        most("calls"),
        most("overflows"),
        most("zeros"),
        # What is given nan gives nan.
        max(most("undefined") - most("odd"), 0),
        most("lossy"),
        exponent,
        limit,
        min(arguments, default=None),
        lost,
        digits,
        most("unseen"),
        target.why or why,
    )
