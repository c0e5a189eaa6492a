"""numba's compiler, and the two machine instructions that Python has no word for."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, TypeVar, cast

from llvmlite import ir
from numba import njit, types
from numba.extending import intrinsic

F = TypeVar("F", bound=Callable[..., Any])


def compiled(function: F) -> F:
    """`function` as machine code, kept on disk; no step of it is reordered, so that results do not vary."""
    return cast(F, njit(cache=True, nogil=True, error_model="numpy")(function))


def instruction(function: Callable[..., Any]) -> Callable[..., Any]:
    """`function` as a pair of types and the code that a compiled caller gets in its place."""
    return cast(Callable[..., Any], intrinsic(function))


@instruction
def _bits(typing: Any, x: Any) -> Any:
    return types.int64(types.float64), lambda _, b, s, args: b.bitcast(args[0], ir.IntType(64))


@instruction
def _number(typing: Any, x: Any) -> Any:
    return types.float64(types.int64), lambda _, b, s, args: b.bitcast(args[0], ir.DoubleType())


@instruction
def _fma(typing: Any, x: Any, y: Any, z: Any) -> Any:
    real = types.float64
    return real(real, real, real), lambda _, b, s, args: b.fma(*args)


# The bits of a float64 as an integer, the float64 with these bits, and `x * y + z` rounded once.
bits: Callable[[float], int] = _bits
number: Callable[[int], float] = _number
fma: Callable[[float, float, float], float] = _fma
