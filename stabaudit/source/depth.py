"""Room for code that is nested deeply: a sum of a thousand terms is a thousand sums within each other."""

from __future__ import annotations

import contextlib
import sys
import threading
from collections.abc import Callable
from functools import wraps
from typing import ParamSpec, TypeVar

P = ParamSpec("P")
T = TypeVar("T")

#: Room for so many calls is made for what is nested deeply.
CALLS = 20_000
#: Bytes of stack; they are taken from memory only when they are used.
STACK = 256 << 20


def with_room(calls: int) -> Callable[[Callable[P, T]], Callable[P, T]]:
    """What is nested too deeply is done once more with room for so many calls; may still raise `RecursionError`."""

    def with_so_much(work: Callable[P, T]) -> Callable[P, T]:
        @wraps(work)
        def done(*args: P.args, **options: P.kwargs) -> T:
            # Left behind before the second try, as the error holds on to all frames of the first.
            with contextlib.suppress(RecursionError):
                return work(*args, **options)
            return with_more_room(lambda: work(*args, **options), calls)

        return done

    return with_so_much


def with_more_room(work: Callable[[], T], calls: int) -> T:
    """The value of `work` with room for so many calls: in a thread of its own, as only that gets another stack."""
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
        # A daemon: nobody waits for it after Ctrl-C.
        thread = threading.Thread(target=run, daemon=True)
        thread.start()
        thread.join()
    except RuntimeError as error:
        raise RecursionError(f"there is no room for so deep a nesting: {error}") from error
    finally:
        threading.stack_size(size)
        sys.setrecursionlimit(limit)
    if raised:
        raise raised[0]
    return found[0]
