"""Room for code that is nested deeply: a sum of a thousand terms is a thousand sums within each other."""

from __future__ import annotations

import sys
import threading
from collections.abc import Callable
from functools import wraps
from typing import ParamSpec, TypeVar

P = ParamSpec("P")
T = TypeVar("T")

#: Bytes of stack; they are taken from memory only when they are used.
STACK = 256 << 20


def with_room(calls: int) -> Callable[[Callable[P, T]], Callable[P, T]]:
    """What is nested too deeply is done once more with room for so many calls; may still raise `RecursionError`."""

    def with_so_much(work: Callable[P, T]) -> Callable[P, T]:
        @wraps(work)
        def done(*args: P.args, **options: P.kwargs) -> T:
            try:
                return work(*args, **options)
            except RecursionError:
                return _apart(lambda: work(*args, **options), calls)

        return done

    return with_so_much


def _apart(work: Callable[[], T], calls: int) -> T:
    """The value of `work` in a thread of its own, as only a new thread gets another stack."""
    found: list[T] = []
    raised: list[BaseException] = []

    def run() -> None:
        try:
            found.append(work())
        except BaseException as error:
            raised.append(error)

    limit, size = sys.getrecursionlimit(), threading.stack_size(STACK)
    sys.setrecursionlimit(max(limit, calls))
    try:
        thread = threading.Thread(target=run)
        thread.start()
        thread.join()
    finally:
        threading.stack_size(size)
        sys.setrecursionlimit(limit)
    if raised:
        raise raised[0]
    return found[0]
