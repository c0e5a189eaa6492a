"""Whether a program still does what it did: the same up to rounding, or right where it was not."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any, NamedTuple

import numpy as np

from tests.wrong_fixes.described import Seen

#: By how much two results of a dtype may differ by rounding, and half a unit of one.
TOLERANCE = {"float16": (2e-2, 5e-4), "bfloat16": (1e-1, 4e-3), "float32": (2e-4, 6e-8), "complex64": (2e-4, 6e-8)}
PLAIN = (1e-9, 1.2e-16)
#: What the naive form raises where the stable one has a value.
FLOATING = ("builtins.OverflowError", "builtins.FloatingPointError", "builtins.ZeroDivisionError")
NUMBER = re.compile(r"(?<![\w.])[-+]?(?:\d+\.\d*(?:e[-+]?\d+)?|\d+e[-+]?\d+|nan\b|inf\b)", re.IGNORECASE)


class Call(NamedTuple):
    """One call of a program: what it gave or raised, its arguments afterwards, what it printed, its warnings.

    `size` is the largest number among its arguments, infinite where one is not finite.
    """

    result: Seen | None
    raised: Seen | None
    arguments: Seen
    printed: str
    warned: tuple[str, ...]
    size: float = 1.0


class Run(NamedTuple):
    """A program run once: its calls by name, the global data afterwards, and why it came to no end."""

    calls: tuple[tuple[str, Call], ...] = ()
    left: Seen | None = None
    failed: str = ""


def worse(before: Run, after: Run) -> list[str]:
    """What the program no longer does as it did, each a line; empty where nothing is."""
    if before.failed or after.failed:
        return [] if before.failed == after.failed else [f"{before.failed or 'ran'} became {after.failed or 'ran'}"]
    found: list[str] = []
    if [name for name, _ in before.calls] != [name for name, _ in after.calls]:
        return [f"the calls {[n for n, _ in before.calls]} became {[n for n, _ in after.calls]}"]
    for (name, one), (_, other) in zip(before.calls, after.calls, strict=True):
        found += [f"{name}: {line}" for line in _call(name, one, other)]
    if before.left is not None and after.left is not None:
        kept = dict(after.left.parts)
        for name, seen in before.left.parts:
            if name not in kept:
                found.append(f"the global {name} is gone")
            else:
                found += [f"the global {name}{line}" for line in _seen(seen, kept[name], 1.0)]
    return found


def _call(name: str, before: Call, after: Call) -> Iterator[str]:
    if before.raised is not None:
        yield from _exception(name, before, after)
    elif after.raised is not None:
        yield f"now raises {_short(after.raised)}"
    elif before.result is not None and after.result is not None:
        yield from (f"the result{line}" for line in _seen(before.result, after.result, before.size))
    if before.raised is None or after.raised is not None:
        yield from (f"the arguments{line}" for line in _seen(before.arguments, after.arguments, before.size))
        if not _same_text(before.printed, after.printed):
            yield f"printed {before.printed!r}, now {after.printed!r}"
    if before.raised is None:
        for category in sorted(set(after.warned) - set(before.warned)):
            yield f"now warns: {category}"


def _exception(name: str, before: Call, after: Call) -> Iterator[str]:
    assert before.raised is not None
    kind = before.raised.kind[0]
    floating = kind in FLOATING or (kind == "builtins.ValueError" and "math domain" in str(before.raised.numbers))
    if after.raised is not None:
        now = after.raised.kind[0]
        if now != kind and not (floating and now in (*FLOATING, "builtins.ValueError")):
            yield f"raised {_short(before.raised)}, now {_short(after.raised)}"
        return
    assert after.result is not None
    right = floating and all(np.all(np.isfinite(numbers)) for numbers in _numbers(after.result))
    if not right and not (name.endswith("gradient") and not floating):
        yield f"raised {_short(before.raised)}, now gives {_short(after.result)}"


def _seen(before: Seen, after: Seen, size: float) -> Iterator[str]:
    if before.kind != after.kind:
        yield f": {_short(before)} became {_short(after)}"
        return
    if isinstance(before.numbers, str):
        if not _same_text(before.numbers, after.numbers):
            yield f": {before.numbers!r} became {after.numbers!r}"
    elif before.numbers is not None and (line := _numbers_differ(before, after, size)):
        yield f": {line}"
    if [name for name, _ in before.parts] != [name for name, _ in after.parts]:
        yield f": the parts {[n for n, _ in before.parts]} became {[n for n, _ in after.parts]}"
        return
    for (name, one), (_, other) in zip(before.parts, after.parts, strict=True):
        yield from (f".{name}{line}" for line in _seen(one, other, size))


def _numbers_differ(before: Seen, after: Seen, size: float) -> str:
    one, other = np.asarray(before.numbers), np.asarray(after.numbers)
    if one.shape != other.shape:
        return f"{one.shape} became {other.shape}"
    dtype = next((d for d in TOLERANCE if any(d == str(k).removeprefix("torch.") for k in before.kind)), "")
    bad = _bad(one, other, *TOLERANCE.get(dtype, PLAIN), size)
    return f"{one[bad][:4]} became {other[bad][:4]}" if np.any(bad) else ""


def _bad(one: Any, other: Any, relative: float, half: float, size: float) -> Any:
    """Where the second of two arrays is neither the first up to rounding nor finite where that was not.

    A rounding is one of the arguments or of one; a number far below that is no rounding but a tail of its own, which
    must not be lost.
    """
    with np.errstate(all="ignore"):
        far = np.abs(one - other)
        scale = max(size, 1.0) if np.isfinite(size) else 1.0
        rounding = np.where((one == 0) | (np.abs(one) >= half / 8), 64 * half * scale, 0)
        close = (far <= relative * np.abs(one)) | (far <= rounding)
        same = (one == other) | (np.isnan(one) & np.isnan(other))
        mended = ~np.isfinite(one) & np.isfinite(other) & (np.isnan(one) | np.isfinite(size))
        return ~(same | np.where(np.isfinite(one), np.isfinite(other) & close, mended))


def _numbers(seen: Seen) -> Iterator[Any]:
    if seen.numbers is not None and not isinstance(seen.numbers, str):
        yield seen.numbers
    for _, part in seen.parts:
        yield from _numbers(part)


def _same_text(one: str, other: str) -> bool:
    """Whether two texts are the same but for rounding in the numbers in them."""
    if NUMBER.sub("#", one) != NUMBER.sub("#", other):
        return False
    pairs = zip(NUMBER.findall(one), NUMBER.findall(other), strict=True)
    return not any(np.any(_bad(np.asarray(float(a)), np.asarray(float(b)), 1e-6, 1e-8, 1.0)) for a, b in pairs)


def _short(seen: Seen | None) -> str:
    if seen is None:
        return "nothing"
    words = [*map(str, seen.kind), *([] if seen.numbers is None else [str(seen.numbers).replace("\n", "")])]
    return " ".join(words)[:200]
