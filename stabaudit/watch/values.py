"""The numbers in a value, looked at in a way that the program cannot notice.

Only values of types that are known exactly are looked at: a class of the program's own may do anything when it is
compared. Nothing is imported: where a library is not loaded, there are no values of it.
"""

from __future__ import annotations

import sys
from collections.abc import Callable
from functools import cache
from typing import Any

#: The largest exponent that gives a finite number, by the bytes of a number.
LIMITS = {2: 11.09, 4: 88.72, 8: 709.78, 12: 11356.52, 16: 11356.52}
#: The digits of a number, by its bytes.
DIGITS = {2: 3.0, 4: 7.0, 8: 16.0, 12: 19.0, 16: 19.0}
#: The bytes of the floats that `exp` makes of whole numbers of so many bytes.
FLOATS = {1: 2, 2: 4, 4: 8, 8: 8}
#: Arrays of so many numbers are looked at one by one.
FEW = 16
INF = float("inf")

Reader = Callable[[Any], Any]


def array_of(value: object) -> Any:
    """The numbers in `value` as an array of NumPy that is not empty; `None` where they are not looked at."""
    kind = type(value)
    try:
        reader = _READERS[kind]
    except KeyError:
        make = _BY_NAME.get(f"{kind.__module__}.{kind.__qualname__}")
        reader = _READERS[kind] = None if make is None else make()
    if reader is None:
        return None
    array = reader(value)
    return array if array is not None and array.dtype.kind in "fiu" and array.size else None


def is_compiled(value: object) -> bool:
    """Whether this is read by a compiler that would make it a part of the program."""
    torch = None if type(value) is float else sys.modules.get("torch")
    return torch is not None and torch.compiler.is_compiling()


def width_of(array: Any) -> int:
    """The bytes of a float that a function makes of a number in `array`."""
    size: int = array.dtype.itemsize
    return size if array.dtype.kind == "f" else FLOATS.get(size, 8)


def largest(array: Any) -> float:
    """The largest number in an array; nan if there is one."""
    return float(array.item(array.argmax()))


def smallest(array: Any) -> float:
    """The smallest number in an array; nan if there is one."""
    return float(array.item(array.argmin()))


def nearest(array: Any, zero: bool) -> float:
    """The size of the number in an array that is nearest to 0, and unless `zero` is told not 0 itself."""
    if array.size <= FEW:
        return min([abs(number) for number in array.ravel().tolist() if number or zero], default=INF)
    sizes = abs(array)
    least = smallest(sizes)
    if least != 0.0 or zero:
        return least
    if sizes.dtype.kind == "f" and sizes.itemsize <= 8 and sizes.flags.c_contiguous:
        # Floats without a sign are in the order of their bits, and 0 less 1 is the largest whole number.
        whole, one = _bits(sizes.itemsize)
        return float(sizes.item((sizes.view(whole) - one).argmin())) or INF
    sizes = sizes[sizes > 0]
    return smallest(sizes) if sizes.size else INF


@cache
def _bits(size: int) -> tuple[Any, Any]:
    """The whole numbers of so many bytes, and 1 among them."""
    whole = getattr(sys.modules["numpy"], f"uint{8 * size}")
    return whole, whole(1)


def _arrays() -> Reader:
    return lambda value: value


def _as_arrays() -> Reader:
    asarray: Reader = sys.modules["numpy"].asarray
    return asarray


def _tensors() -> Reader:
    torch = sys.modules["torch"]
    low = torch._C
    tracing, wrapped = low._get_tracing_state, low._functorch.is_functorch_wrapped_tensor
    dispatching, replacing = low._len_torch_dispatch_stack, low._len_torch_function_stack
    strided, single, half = torch.strided, torch.float32, torch.bfloat16

    def read(value: Any) -> Any:
        # What is traced would hold what is done here, and a mode of the program would see it.
        if tracing() is not None or wrapped(value) or dispatching() or replacing():
            return None
        if value.layout is not strided:
            return None
        return (value.to(single) if value.dtype is half else value).numpy(force=True)

    return read


def _columns() -> Reader:
    return lambda value: value.to_numpy() if type(value.dtype).__module__.startswith("numpy") else None


_READERS: dict[type, Reader | None] = {}
_NUMBERS = (
    "float16",
    "float32",
    "float64",
    "longdouble",
    *(f"{sign}int{n}" for sign in ("", "u") for n in (8, 16, 32, 64)),
)
_BY_NAME: dict[str, Callable[[], Reader]] = {
    "numpy.ndarray": _arrays,
    "numpy.memmap": _arrays,
    **{f"numpy.{name}": _as_arrays for name in _NUMBERS},
    "torch.Tensor": _tensors,
    "torch.nn.parameter.Parameter": _tensors,
    "pandas.Series": _columns,
    "pandas.core.series.Series": _columns,
    "jaxlib._jax.ArrayImpl": _as_arrays,
    "jaxlib.xla_extension.ArrayImpl": _as_arrays,
}
