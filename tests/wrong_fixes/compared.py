"""Whether a program still does what it did: the same up to rounding, or right where it was not."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import Any, NamedTuple

import numpy as np

from tests.wrong_fixes.described import Seen

#: By how much two results of a dtype may differ by rounding, and half a unit of one.
TOLERANCE = {"float16": (2e-2, 5e-4), "bfloat16": (1e-1, 4e-3), "float32": (2e-4, 6e-8), "complex64": (2e-4, 6e-8)}
PRECISION = ["bfloat16", "float16", "float32", "complex64"]
AS_FLOATS = {"int8": "float16", "uint8": "float16", "bool": "float16", "int16": "float32", "uint16": "float32"}
PLAIN = (1e-9, 1.2e-16)
#: Of numbers in texts, which have fewer digits.
TEXT = (1e-6, 1e-8)
#: What the naive form raises where the stable one has a value.
FLOATING = ("builtins.OverflowError", "builtins.FloatingPointError", "builtins.ZeroDivisionError")
#: Said of a fault that a fix has left where it was.
STILL = "is still wrong:"
#: From which relative error on a result is off altogether, as in `stabaudit.proof`.
ALTOGETHER = 0.1
SMALL = re.compile(r"\b(u?int(8|16)|bool_?)\b", re.IGNORECASE)
NARROW = re.compile(r"\bfloat(16|32)\b")
#: What is said of a use that a function is not made for: it may have a value afterwards, as where a formula negates
#: truth values, calls a method that an `Index` has not, or divides by a row that does not line up.
MISUSE = re.compile(r"\.(Type|Attribute|Alignment)Error |size of tensor a .* must match")
#: Said of a use that fails sooner or later: what was done before is no matter.
FAILS_ANYHOW = re.compile(rf"AxisError|LinAlgError|No axis named|{MISUSE.pattern}")
#: What torch says of integers and complex numbers: its stable functions take floats alone, as its layers do. Fixes
#: take tensors for floats where the code says nothing else, and the error tells of it.
ONLY_FLOATS = re.compile(
    r"not implemented for '(Long|Int|Short|Byte|Char|Bool|Complex\w+)'|operator, on a bool tensor is not supported"
)
#: What NumPy says of an array of objects without an exponential.
UNKNOWN_OBJECT = "which has no callable"
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


def worse(before: Run, after: Run, truths: Mapping[str, Seen] | None = None, *, altogether: bool = False) -> list[str]:
    """What the program no longer does as it did, each a line; empty where nothing is.

    `truths` holds the exact results of the calls that have one. A call of the name `extreme` has to give it. What was
    wrong before and has lost half of its digits is still wrong, or `altogether` what is off by a tenth.
    """
    if before.failed or after.failed:
        return [] if before.failed == after.failed else [f"{before.failed or 'ran'} became {after.failed or 'ran'}"]
    found: list[str] = []
    if [name for name, _ in before.calls] != [name for name, _ in after.calls]:
        return [f"the calls {[n for n, _ in before.calls]} became {[n for n, _ in after.calls]}"]
    for (name, one), (_, other) in zip(before.calls, after.calls, strict=True):
        if name.startswith("under errstate") and one.raised and one.raised.kind[0] in FLOATING:
            continue
        lines = _call(name, one, other, (truths or {}).get(name), altogether=altogether)
        found += [f"{name}: {line}" for line in lines]
    if before.left is not None and after.left is not None:
        kept = dict(after.left.parts)
        for name, seen in before.left.parts:
            if name not in kept:
                found.append(f"the global {name} is gone")
            else:
                found += [f"the global {name}{line}" for line in _same(seen, kept[name])]
    return found


def _call(name: str, before: Call, after: Call, truth: Seen | None, *, altogether: bool) -> Iterator[str]:
    if before.raised is not None:
        yield from _exception(name, before, after, truth)
    elif after.raised is not None:
        if ONLY_FLOATS.search(_short(after.raised)):
            return
        yield f"now raises {_short(after.raised)}"
    elif before.result is not None and after.result is not None:
        faulty = any(kind in line for line in before.warned for kind in ("overflow", "divide", "invalid"))
        # Derivatives lose digits of their own on either way.
        loose = 100 if name.startswith("gradient") else 1
        coarse = min(_dtypes(before.arguments), key=PRECISION.index, default="")
        small = _has_small_integers(before.arguments)
        judge = _Judge(before.size, name.startswith("extreme"), faulty, loose, coarse, small, altogether)
        yield from (f"the result{line}" for line in judge.seen(before.result, after.result, truth))
    if before.raised is None or (after.raised is not None and not FAILS_ANYHOW.search(_short(before.raised))):
        yield from (f"the arguments{line}" for line in _same(before.arguments, after.arguments, before.size))
        printed = before.printed
        if _has_small_integers(before.arguments):
            printed = NARROW.sub("float64", printed)
        if not (_same_text(before.printed, after.printed) or _same_text(printed, after.printed)):
            yield f"printed {before.printed!r}, now {after.printed!r}"
    if before.raised is None:
        # What warned of an error of floats may warn of another one.
        faulty = any(w.startswith("RuntimeWarning ") for w in before.warned)
        for category in sorted(set(after.warned) - set(before.warned)):
            if not (faulty and category.startswith("RuntimeWarning ")):
                yield f"now warns: {category}"


def _exception(name: str, before: Call, after: Call, truth: Seen | None) -> Iterator[str]:
    assert before.raised is not None
    kind = before.raised.kind[0]
    floating = kind in FLOATING or (kind == "builtins.ValueError" and "math domain" in str(before.raised.numbers))
    if after.raised is not None:
        now = after.raised.kind[0]
        if kind not in after.raised.kind and not (floating and now in (*FLOATING, "builtins.ValueError")):
            yield f"raised {_short(before.raised)}, now {_short(after.raised)}"
        return
    assert after.result is not None
    if truth is not None and floating:
        yield from (
            f"the result{line}" for line in _Judge(before.size, must=True).seen(after.result, after.result, truth)
        )
        return
    if MISUSE.search(_short(before.raised)):
        return
    if UNKNOWN_OBJECT in str(before.raised.numbers):
        # NumPy takes no exponential of the numbers in an array of objects; the runtime does.
        return
    right = floating and all(np.all(np.isfinite(numbers)) for numbers in _numbers(after.result))
    if not right and not (name.startswith("gradient") and not floating):
        yield f"raised {_short(before.raised)}, now gives {_short(after.result)}"


def _same(before: Seen, after: Seen, size: float = 1.0) -> Iterator[str]:
    return _Judge(size).seen(before, after, None)


def _has_small_integers(seen: Seen) -> bool:
    """Whether there are integers of fewer than 32 bits, or truth values, among some values."""
    return any(SMALL.search(str(k)) for k in seen.kind) or any(_has_small_integers(part) for _, part in seen.parts)


def _widened(kind: tuple[Any, ...]) -> tuple[Any, ...]:
    """What is said of a value if its numbers were a float64."""
    return tuple(NARROW.sub("float64", k) if isinstance(k, str) else k for k in kind)


class _Judge(NamedTuple):
    """Compares two results of a call whose largest argument is `size`; the second `must` be right, or just no worse.

    In a `faulty` call something overflowed on the way, so that a finite result may have been wrong, too. Of `small`
    integers the runtime gives float64, where NumPy gives a float16 or float32.
    """

    size: float
    must: bool = False
    faulty: bool = False
    loose: int = 1
    coarse: str = ""
    small: bool = False
    altogether: bool = False

    def seen(self, before: Seen, after: Seen, truth: Seen | None) -> Iterator[str]:
        if before.kind[:-1] == after.kind[:-1] and truth is not None and _are_those(truth.numbers, after.kind):
            return
        if before.kind != after.kind and not (self.small and _widened(before.kind) == after.kind):
            yield f": {_short(before)} became {_short(after)}"
            return
        if isinstance(before.numbers, str):
            relative, half = TOLERANCE.get(self.coarse, TEXT)
            same = _same_text(before.numbers, after.numbers, relative, half)
            same = same or (self.small and _same_text(NARROW.sub("float64", before.numbers), after.numbers))
            if not same and not (truth is not None and _is_nearer(before.numbers, after.numbers, truth.numbers)):
                yield f": {before.numbers!r} became {after.numbers!r}"
        elif before.numbers is not None:
            yield from self.numbers(before, after, None if truth is None else truth.numbers)
        if [name for name, _ in before.parts] != [name for name, _ in after.parts]:
            yield f": the parts {[n for n, _ in before.parts]} became {[n for n, _ in after.parts]}"
            return
        known = dict(truth.parts) if truth is not None else {}
        for (name, one), (_, other) in zip(before.parts, after.parts, strict=True):
            yield from (f".{name}{line}" for line in self.seen(one, other, known.get(name)))

    def numbers(self, before: Seen, after: Seen, truth: Any) -> Iterator[str]:
        one, other = np.asarray(before.numbers), np.asarray(after.numbers)
        if one.shape != other.shape:
            yield f": {one.shape} became {other.shape}"
            return
        dtype = next(_dtypes(before._replace(parts=())), "")
        relative, half = TOLERANCE.get(dtype or self.coarse, PLAIN)
        # Derivatives are sums of larger ones.
        largest = np.max(np.abs(one), initial=0.0, where=np.isfinite(one)) if self.loose > 1 else 0.0
        size = max(self.size, largest)
        bad = _bad(one, other, min(relative * self.loose, 0.3), half * self.loose, size, self.loose == 1)
        if isinstance(truth, np.ndarray) and truth.shape == one.shape and one.dtype.kind == "f":
            with np.errstate(all="ignore"):
                # What is out of range is inf, and what is below the smallest normal number may be zero.
                narrow = "float32" if dtype == "bfloat16" else dtype or one.dtype
                exact = truth.astype("float64" if self.small else narrow)
                tiny = np.finfo(exact.dtype).tiny
                off = _error(other, exact, tiny)
                usually = _error(one, exact, tiny)
            # Half of the digits.
            much = half**0.5
            right = usually < much
            usual = np.max(usually[right], initial=0.0)
            # What is out of range may be lost as it was.
            wrong = ~np.isnan(exact) & (off > much) & (np.isfinite(exact) | (usually <= much))
            if self.altogether:
                wrong &= (usually <= much) | (off > ALTOGETHER)
            if self.faulty:
                # Nobody tells zero from -0.0, by which there is another infinity.
                wrong &= ~(np.isinf(one) & np.isinf(other) & np.isinf(exact))
            if self.must and np.any(wrong):
                word = "became" if np.any(usually[wrong] <= much) else STILL
                yield f": {one[wrong][:4]} {word} {other[wrong][:4]}, the truth is {exact[wrong][:4]}"
                return
            if self.must and np.any(lost := right & (off > 8 * usual + 128 * half)):
                yield f": {off[lost].max() / half / 2:.3g} ULP off, were {usual / half / 2:.3g} at most"
                return
            if not self.faulty:
                # Digits may have been lost before, but not all of them; else it may be no result of floats at all.
                wrong |= bad & np.isfinite(one) & ~(usually < 0.5) & (off > ALTOGETHER)
            mended = ~np.isfinite(one) & (one != other) & ~(np.isnan(one) & np.isnan(other))
            # Where there is no true value, nan says so.
            bad = np.where(np.isnan(exact), bad & ~np.isnan(other), wrong & (bad | mended))
        if self.faulty:
            # Nobody tells zero from -0.0, by which there is another infinity.
            bad = bad & ~(np.isinf(one) & np.isinf(other))
        if np.any(bad):
            yield f": {one[bad][:4]} became {other[bad][:4]}"


def _are_those(truth: Any, kind: tuple[Any, ...]) -> bool:
    """Whether an array of some kind is one of truth values, those of an exact result."""
    return isinstance(truth, np.ndarray) and truth.dtype.kind == "b" and kind[-1] == repr(truth.tolist())


def _error(result: Any, exact: Any, tiny: float) -> Any:
    """The relative errors of `result`."""
    off = np.abs(result.astype(float) - exact.astype(float)) / np.maximum(np.abs(exact.astype(float)), tiny)
    return np.where(result == exact, 0.0, np.where(np.isnan(off), np.inf, off))


def _bad(one: Any, other: Any, relative: float, half: float, size: float, tails: bool = True) -> Any:
    """Where the second of two arrays is neither the first up to rounding nor finite where that was not.

    A rounding is one of the arguments or of one; a number far below that is no rounding but one of the `tails`, which
    must not be lost.
    """
    with np.errstate(all="ignore"):
        far = np.abs(one - other)
        scale = max(size, 1.0) if np.isfinite(size) else 1.0
        rounding = np.where((one == 0) | (np.abs(one) >= half / 8) | (not tails), 64 * half * scale, 0)
        close = (far <= relative * np.abs(one)) | (far <= rounding)
        same = (one == other) | (np.isnan(one) & np.isnan(other))
        mended = ~np.isfinite(one) & np.isfinite(other) & (np.isnan(one) | np.isfinite(size))
        # At infinity a formula may have a limit where the code takes infinity from infinity.
        mended |= np.isnan(one) & np.isinf(other) & (not np.isfinite(size))
        return ~(same | np.where(np.isfinite(one), np.isfinite(other) & close, mended))


def _dtypes(seen: Seen) -> Iterator[str]:
    """The dtypes in a value that are coarser than float64; NumPy's functions make small integers into such floats."""
    words = {str(kind).removeprefix("torch.").lower() for kind in seen.kind}
    yield from (AS_FLOATS.get(word, word) for word in words & {*TOLERANCE, *AS_FLOATS})
    for _, part in seen.parts:
        yield from _dtypes(part)


def _numbers(seen: Seen) -> Iterator[Any]:
    if seen.numbers is not None and not isinstance(seen.numbers, str):
        yield seen.numbers
    for _, part in seen.parts:
        yield from _numbers(part)


def _same_text(one: str, other: str, relative: float = TEXT[0], half: float = TEXT[1]) -> bool:
    """Whether two texts are the same but for rounding in the numbers in them, and for the layout that follows."""
    if _layout(one) != _layout(other):
        return False
    pairs = zip(NUMBER.findall(one), NUMBER.findall(other), strict=True)
    return not any(np.any(_bad(np.asarray(float(a)), np.asarray(float(b)), relative, half, 1.0)) for a, b in pairs)


def _is_nearer(one: str, other: str, exact: Any) -> bool:
    """Whether the numbers in the second of two texts are as near to those in an exact one as in the first."""
    if not isinstance(exact, str) or len({_layout(one), _layout(other), _layout(exact)}) > 1:
        return False
    numbers = (np.array(NUMBER.findall(text), dtype=float) for text in (one, other, exact))
    first, second, right = numbers
    with np.errstate(all="ignore"):
        was, now = (_error(given, right, np.finfo(float).tiny) for given in (first, second))
    return bool(np.all((now <= was) | (now <= TEXT[0])))


def _layout(text: str) -> str:
    return re.sub(r"\s+", "", NUMBER.sub("#", text))


def _short(seen: Seen | None) -> str:
    if seen is None:
        return "nothing"
    if len(seen.kind) > 2 and seen.kind[-1] == "builtins.object":
        return f"{seen.kind[0]} {seen.numbers}"[:200]
    words = [*map(str, seen.kind), *([] if seen.numbers is None else [str(seen.numbers).replace("\n", "")])]
    return " ".join(words)[:200]
